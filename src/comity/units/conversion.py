"""Exact conversion between units of one dimension."""

from __future__ import annotations

from fractions import Fraction

from comity.model.errors import IncommensurableError
from comity.model.quantities import Quantity
from comity.units.registry import factor


def scale(unit_iri: str, into_iri: str) -> Fraction:
    """Return what a *difference* in one unit is multiplied by to stand in another.

    :raises IncommensurableError: when the units measure different things.
    :raises UnknownNameError: when one of them is not known.

    >>> scale("http://qudt.org/vocab/unit/MegaJ", "http://qudt.org/vocab/unit/KiloW-HR")
    Fraction(5, 18)
    """
    source, target = factor(unit_iri), factor(into_iri)
    if source.dimension != target.dimension:
        raise IncommensurableError(source.label, target.label)
    return source.factor / target.factor


def convert(quantity: Quantity, unit_iri: str) -> Quantity:
    """Return the same quantity in another unit, its tolerance converted with it.

    :raises IncommensurableError: when the units measure different things, or the quantity's unit is not known.
    :raises UnknownNameError: when ``unit_iri`` is not known.

    >>> kwh, mj = "http://qudt.org/vocab/unit/KiloW-HR", "http://qudt.org/vocab/unit/MegaJ"
    >>> convert(Quantity(Fraction(1), kwh), mj).value
    Fraction(18, 5)
    """
    target = factor(unit_iri)
    if quantity.unit is None:
        raise IncommensurableError(quantity.unit_text or "no unit", target.label)
    source, by = factor(quantity.unit), scale(quantity.unit, unit_iri)
    value = (quantity.value + source.offset) * by - target.offset
    return Quantity(value, target.iri, quantity.unit_text, quantity.lower * by, quantity.upper * by)
