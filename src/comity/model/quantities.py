"""Measured values, exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction

from comity.model.classes import dataclass
from comity.model.places import Place


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a unit.

    :param value: exact; a JSON ``0.1`` is one tenth.
    :param unit: QUDT unit IRI, ``None`` when the unit is not known (see ``unit_text``).
    :param unit_text: the unit as the document wrote it.
    :param lower: distance of the lower end of the stated tolerance, in the same unit.
    :param upper: distance of the upper end.
    """

    value: Fraction
    unit: str | None
    unit_text: str = ""
    lower: Fraction = Fraction(0)
    upper: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a claim or an assessment states.

    :param metric: the metric's IRI as the document gives it, or ``None``.
    :param name: the metric's name as the document gives it.
    :param qualifiers: dimension IRI to qualifier value IRI, where the document states them.
    :param period: first and last day that the value is for, ISO dates or years, where stated.
    :param score: a grade such as ``AAA``.
    """

    place: Place
    metric: str | None
    name: str
    quantity: Quantity | None
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    period: tuple[str, str] | None = None
    score: str | None = None
