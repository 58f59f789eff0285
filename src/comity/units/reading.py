"""What unit a text means: a code of UN/ECE Recommendation 20, UCUM, a QUDT IRI or name, or a common spelling."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from comity.units.registry import known, local_name, written

_REC20_IRI: Final = re.compile(r"UnitMeasureCode[#/]?([0-9A-Z]{2,3})$")
_PREFIXED: Final = re.compile(r"^(?:unit|qudt):(.+)$")
_ANNOTATION: Final = re.compile(r"\{[^{}]*\}")
_ANNOTATED: Final = re.compile(r"([^./(){}]+)\{[^{}]*\}")
_CARBON: Final = re.compile(r"\s*(?:of\s+)?CO2(?:[\s-]*(?:eq|e|equivalents?|equiv)\.?)?$", re.IGNORECASE)
_PER: Final = re.compile(r"\s+per\s+", re.IGNORECASE)
_FACTOR: Final = re.compile(r"([./]|^)\s*(?:\(([^()]+)\)\s*|([^./()]+))")
_INVERSE: Final = re.compile(r"^(.*[^\d^-])\^?-([1-3])$")
_RAISED: Final = re.compile(r"\^(?=\d)")


@lru_cache(maxsize=4096)
def unit(text: str) -> str | None:
    """Return the IRI of the unit that a text means, ``None`` when it means none that is known.

    The IRI is QUDT's, or ours for a compound that QUDT does not define. A text is tried as an IRI, as a code, as UCUM
    or a symbol (case matters), as a QUDT local name, as a common spelling (case does not matter), and last as a
    quotient of these. Nothing is guessed: a text with more in it than a unit, such as what the denominator is made
    of, is not read.

    A mass of CO2 equivalent is a mass: what it is a mass *of* is the metric's to say. A share is not so patient: parts
    of a volume or of an amount of substance are not parts of a weight, so a pure number with an annotation, or with
    any words but those for a weight, is not read.

    >>> unit("Percent by Weight")
    'http://qudt.org/vocab/unit/PERCENT'
    >>> unit("kg/(kW.h)") == unit("kg CO2e/kWh")
    True
    >>> unit("kg/kW.h") is None  # UCUM reads from left to right: (kg/kW).h
    True
    >>> unit("t per metric tonne of something") is None
    True
    >>> unit("% v/v") is None and unit("%{vol}") is None
    True
    """
    folded = _RAISED.sub("", " ".join(unicodedata.normalize("NFKC", text).split())).rstrip(".")
    folded = folded.replace("·", ".").replace("⋅", ".").replace("*", ".")
    if "://" in folded:
        return _by_iri(folded)
    if prefixed := _PREFIXED.match(folded):
        return _iri(prefixed[1])
    return _iri(_atom(folded)) or _quotient(folded)


def _by_iri(iri: str) -> str | None:
    if code := _REC20_IRI.search(iri):
        return _iri(written()[0].get(code[1]))
    return _iri(local_name(iri))


def _iri(name: str | None) -> str | None:
    found = known().get(name) if name else None
    return found.iri if found else None


def _atom(text: str) -> str | None:
    """Return the local name of a unit that is written as one word, in the order that :func:`unit` states."""
    codes, exact, folded = written()
    name = codes.get(text) or exact.get(text)
    return name or (text if text in known() else folded.get(text.casefold()))


def _quotient(text: str) -> str | None:
    """Return the IRI of a unit written as numerators over denominators, or of a mass with its annotation."""
    if any(_is_pure(word) for word in _ANNOTATED.findall(text)):
        return None
    upper: list[str] = []
    lower: list[str] = []
    for position, part in enumerate(_PER.split(_ANNOTATION.sub("", text))):
        factors = _factors(part, below=position > 0)
        if factors is None:
            return None
        upper += [word for word, below in factors if not below]
        lower += [word for word, below in factors if below]
    name, divisor = _product(upper), _product(lower)
    if not lower or name is None:
        return _iri(name)
    return _iri(f"{name}-PER-{divisor}") if divisor else None


def _is_pure(word: str) -> bool:
    name = _atom(word.strip())
    return name is not None and known()[name].dimension == "1"


def _factors(text: str, *, below: bool = False) -> list[tuple[str, bool]] | None:
    """Split a product as UCUM does, each factor with "stands in the denominator"; ``None`` when it is no product.

    >>> _factors("kg/(kW.h)")
    [('kg', False), ('kW', True), ('h', True)]
    >>> _factors("kg/kW.h")
    [('kg', False), ('kW', True), ('h', False)]
    """
    factors: list[tuple[str, bool]] = []
    end = 0
    for match in _FACTOR.finditer(text):
        if match.start() != end:
            return None
        end = match.end()
        under = below is not (match[1] == "/")
        if match[2] is not None:
            inner = _factors(match[2], below=under)
            if inner is None:
                return None
            factors += inner
        else:
            factors.append(_upright(match[3].strip(), under))
    return factors if end == len(text) else None


def _upright(word: str, below: bool) -> tuple[str, bool]:
    """Turn a negative power into a power in the denominator.

    >>> _upright("m-2", False)
    ('m2', True)
    """
    inverse = _INVERSE.match(word)
    return (inverse[1] + inverse[2].replace("1", ""), not below) if inverse else (word, below)


def _product(words: list[str]) -> str | None:
    """Return the local name of a product of units, such as kW and h, or of a mass of CO2 equivalent."""
    name = _atom(".".join(words)) or _atom(".".join(reversed(words)))
    if name or len(words) != 1:
        return name
    mass, count = _CARBON.subn("", words[0])
    name = _atom(mass) if count else None
    return name if name and known()[name].dimension == "M" else None
