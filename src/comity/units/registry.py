"""The units that are known, by IRI."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Final

from comity.model.classes import dataclass
from comity.model.errors import UnknownNameError
from comity.units.table import TABLE

NAMESPACES: Final = MappingProxyType({"qudt": "http://qudt.org/vocab/unit/", "comity": "https://w3id.org/comity/unit/"})
"""QUDT's own namespace, and ours for compounds that QUDT does not define, named by QUDT's pattern."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: value in SI base units = (value + offset) * factor.

    :param dimension: powers of SI base dimensions (``L2.M.T-2``), ``1`` for a pure number, or the code of a currency.
        Units of one dimension convert into each other, and no others do.
    """

    iri: str
    symbol: str
    label: str
    dimension: str
    factor: Fraction
    offset: Fraction


@cache
def known() -> Mapping[str, Unit]:
    """Return every unit by its QUDT local name, other local names of QUDT for the same unit included."""
    units: dict[str, Unit] = {}
    for name, home, sign, words, dimension, factor_, offset, *_, aliases in _cells():
        one = Unit(NAMESPACES[home] + name, sign, words, dimension, Fraction(factor_), Fraction(offset))
        units.update(dict.fromkeys((name, *_several(aliases)), one))
    return MappingProxyType(units)


@cache
def written() -> tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]]:
    """Return the local names of units by code, by exact text and by folded spelling."""
    codes: dict[str, str] = {}
    exact: dict[str, str] = {}
    folded: dict[str, str] = {}
    for cells in _cells():
        for index, cell in zip((codes, exact, folded), cells[7:10], strict=True):
            index.update(dict.fromkeys(_several(cell), cells[0]))
    return codes, exact, folded


def _cells() -> Iterator[list[str]]:
    return (line.split("|") for line in TABLE.strip().splitlines())


def _several(cell: str) -> list[str]:
    return cell.split(";") if cell else []


def local_name(iri: str) -> str | None:
    """Return the local name of a unit IRI, ``None`` when the IRI is in no namespace of units.

    >>> local_name("http://qudt.org/vocab/unit/PERCENT")
    'PERCENT'
    """
    for namespace in NAMESPACES.values():
        for start in (namespace, namespace.replace("http:", "https:")):
            if iri.startswith(start):
                return iri.removeprefix(start)
    return None


def factor(unit_iri: str) -> Unit:
    """Return the unit of an IRI.

    :raises UnknownNameError: when the IRI names no unit of the table.

    >>> factor("http://qudt.org/vocab/unit/KiloW-HR").factor
    Fraction(3600000, 1)
    """
    found = known().get(local_name(unit_iri) or "")
    if found is None:
        raise UnknownNameError("unit", unit_iri)
    return found


def label(unit_iri: str) -> str:
    """Return a unit's name in words, the IRI itself when the unit is not known.

    >>> label("http://qudt.org/vocab/unit/MegaJ")
    'megajoule'
    """
    try:
        return factor(unit_iri).label
    except UnknownNameError:
        return unit_iri


def symbol(unit_iri: str) -> str:
    """Return a unit's symbol, the IRI itself when the unit is not known; empty for the unit one.

    >>> symbol("http://qudt.org/vocab/unit/PERCENT")
    '%'
    """
    try:
        return factor(unit_iri).symbol
    except UnknownNameError:
        return unit_iri
