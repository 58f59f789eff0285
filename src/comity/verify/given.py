"""What a replay is given: bytes and tables, nothing that somebody else has understood already."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import date
from fractions import Fraction

from comity.model.classes import dataclass
from comity.model.knowledge import Knowledge
from comity.model.scales import Assurance


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: value in base units = (value + offset) * factor.

    :param dimension: units of one dimension convert into each other, and no others do.
    """

    iri: str
    dimension: str
    factor: Fraction
    offset: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Trusted:
    """An issuer that the user vouches for.

    :param roles: IRIs of the roles that it is vouched to have.
    :param schemes: notations of the scheme versions that it is vouched for; empty for all.
    """

    id: str
    assurance: Assurance
    roles: frozenset[str] = frozenset()
    schemes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Given:
    """Everything that a report is held against.

    :param documents: name to bytes.
    :param tables: name of a claim sheet to its cells, by their names (``B7``, ``Sheet1!B7``).
    :param keys: (kind of node, key as written) to (key's name today, kind of what it holds), of UNTP's versions.
    :param unit: reads the IRI, code or spelling of a unit; ``None`` when none is known.
    :param disputed: ids of the mapping rows that contradict others.
    :param on: the day that the report must be as of; ``None`` for the day that it names.
    """

    knowledge: Knowledge
    documents: Mapping[str, bytes]
    unit: Callable[[str], Unit | None]
    keys: Mapping[tuple[str, str], tuple[str, str]]
    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    trust: Sequence[Trusted] = ()
    disputed: frozenset[str] = frozenset()
    on: date | None = None
