"""Limits of one criterion that exclude each other: no value meets them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations
from typing import TypeVar

from comity import units
from comity.authoring.draft import DraftLimit
from comity.knowledge.vocabulary import UNITLESS
from comity.model.errors import ComityError
from comity.model.quantities import Quantity
from comity.model.scales import Comparator, ThresholdRole

Where = TypeVar("Where")

_LOW = {Comparator.AT_LEAST: False, Comparator.MORE_THAN: True, Comparator.EXACTLY: False}
_HIGH = {Comparator.AT_MOST: False, Comparator.LESS_THAN: True, Comparator.EXACTLY: False}
"""Comparisons that bound a value from below and from above, and whether the bound itself is left out."""


def excluding(limits: Iterable[tuple[Where, DraftLimit]]) -> Iterator[tuple[Where, Where]]:
    """Yield each two limits that no value meets both, the earlier first.

    :param limits: of one criterion, each with where it stands.
    """
    held = [(w, x) for w, x in limits if x.role is ThresholdRole.LIMIT and x.value is not None]
    for (one, first), (other, second) in combinations(held, 2):
        if _about(first) == _about(second) and (_above(first, second) or _above(second, first)):
            yield one, other


def _about(limit: DraftLimit) -> tuple[str, frozenset[str], str]:
    return limit.metric, frozenset(limit.qualifiers), limit.start_event


def _above(low: DraftLimit, high: DraftLimit) -> bool:
    """Tell whether the lower bound of one limit lies above the upper bound of another."""
    if low.comparator is None or high.comparator is None or low.value is None:
        return False
    if low.comparator not in _LOW or high.comparator not in _HIGH:
        return False
    top = _in_unit_of(low, high)
    open_ = _LOW[low.comparator] or _HIGH[high.comparator]
    return top is not None and (low.value > top or (low.value == top and open_))


def _in_unit_of(low: DraftLimit, high: DraftLimit) -> Fraction | None:
    try:
        return units.convert(Quantity(high.value or Fraction(0), high.unit or UNITLESS), low.unit or UNITLESS).value
    except ComityError:
        return None
