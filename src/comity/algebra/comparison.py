"""Stated values against limits, and limits against limits (semantics, section 3, Thresholds).

Everything is compared exactly: fractions, after conversion into the limit's unit.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from fractions import Fraction
from typing import Final

from comity.algebra.relation import converse
from comity.model.classes import dataclass
from comity.model.criteria import Limit
from comity.model.errors import IncommensurableError, UnknownNameError
from comity.model.mappings import Relation
from comity.model.quantities import Quantity
from comity.model.scales import Comparator, ThresholdRole
from comity.units import convert, symbol

PURE: Final = "http://qudt.org/vocab/unit/UNITLESS"
"""The unit of a limit that states none."""


class Fit(Enum):
    """How a value stands to a limit."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome of a comparison.

    :param reason: what was compared, in one sentence; for ``UNKNOWN`` what stands in the way.
    :param original: the value as stated.
    :param converted: the value in the limit's unit, ``None`` when no conversion was needed or possible.
    """

    fit: Fit
    reason: str
    original: Quantity
    converted: Quantity | None = None


def compare(quantity: Quantity, limit: Limit) -> Comparison:
    """Hold a stated value against a limit.

    A declaration is met once a value is stated, in a unit of the right kind where the text names a unit. A value whose
    stated tolerance reaches over the limit, or whose unit is not known or measures something else, decides nothing;
    nor does a limit that is not set yet, and a trigger, scope, retention period or sanction is never compared.
    """
    if limit.role not in (ThresholdRole.LIMIT, ThresholdRole.DECLARE):
        return Comparison(Fit.UNKNOWN, f"a {limit.role} is not a limit that values are held against", quantity)
    if limit.role is ThresholdRole.DECLARE and limit.unit is None:
        return Comparison(Fit.INSIDE, "a value is stated", quantity)
    if quantity.unit is None and (limit.unit is not None or quantity.unit_text.strip()):
        return Comparison(Fit.UNKNOWN, _unknown_unit(quantity, limit), quantity)
    converted: Quantity | None = None
    if quantity.unit is not None and quantity.unit != (limit.unit or PURE):
        try:
            converted = convert(quantity, limit.unit or PURE)
        except (IncommensurableError, UnknownNameError) as error:
            return Comparison(Fit.UNKNOWN, str(error).rstrip("."), quantity)
    if limit.role is ThresholdRole.DECLARE:
        return Comparison(Fit.INSIDE, "a value is stated", quantity, converted)
    if limit.value is None or limit.comparator is None:
        return Comparison(Fit.UNKNOWN, "the text has not set the limit yet", quantity, converted)
    fit, reason = _fit(converted or quantity, limit.comparator, limit.value, limit.unit)
    return Comparison(fit, reason, quantity, converted)


def _unknown_unit(quantity: Quantity, limit: Limit) -> str:
    wanted = f"; the limit is in {symbol(limit.unit)}" if limit.unit and symbol(limit.unit) else ""
    written = quantity.unit_text.strip()
    return (f"the unit {written!r} is not known" if written else "no unit is stated") + wanted


def _fit(quantity: Quantity, comparator: Comparator, limit: Fraction, unit: str | None) -> tuple[Fit, str]:
    # A distance has no sign; some documents write the lower tolerance as a negative number.
    low, high = quantity.value - abs(quantity.lower), quantity.value + abs(quantity.upper)
    ends = {_holds(end, comparator, limit) for end in (low, high)}
    if comparator is Comparator.EXACTLY and low < limit < high:
        ends = {True, False}
    value, bound = _shown(quantity.value, unit), _shown(limit, unit)
    if len(ends) == 2:
        within = f"between {_shown(low, unit)} and {_shown(high, unit)}"
        return Fit.UNKNOWN, f"with its stated tolerance the value lies {within}: {bound} is in between"
    inside = ends.pop()
    words = _WORDS[comparator]
    return (Fit.INSIDE if inside else Fit.OUTSIDE), f"{value} is {'' if inside else 'not '}{words} {bound}"


_WORDS: Final = {
    Comparator.AT_LEAST: "at least",
    Comparator.MORE_THAN: "more than",
    Comparator.AT_MOST: "at most",
    Comparator.LESS_THAN: "less than",
    Comparator.EXACTLY: "exactly",
}


def _holds(value: Fraction, comparator: Comparator, limit: Fraction) -> bool:
    match comparator:
        case Comparator.AT_LEAST:
            return value >= limit
        case Comparator.MORE_THAN:
            return value > limit
        case Comparator.AT_MOST:
            return value <= limit
        case Comparator.LESS_THAN:
            return value < limit
        case Comparator.EXACTLY:
            return value == limit


def _shown(value: Fraction, unit: str | None) -> str:
    return f"{decimal(value)} {symbol(unit) if unit else ''}".strip()


def decimal(value: Fraction) -> str:
    """Write a fraction as a decimal number where it is one, else as a fraction.

    >>> decimal(Fraction(159, 10)), decimal(Fraction(5, 18)), decimal(Fraction(26))
    ('15.9', '5/18', '26')
    """
    places, rest = 0, value.denominator
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest //= prime
            count += 1
        places = max(places, count)
    if rest != 1:
        return str(value)
    digits = f"{abs(value.numerator) * 10**places // value.denominator:0{places + 1}d}"
    whole, part = digits[: len(digits) - places], digits[len(digits) - places :]
    return f"{'-' if value < 0 else ''}{whole}{'.' if part else ''}{part}"


def covers(a: Limit, b: Limit, falls_under: Callable[[str, str], bool]) -> Relation | None:
    """Return what two limits on one metric say of their criteria, read from ``a`` to ``b``; ``None`` for nothing.

    A limit covers another when every value that it allows is allowed there and counts there: the same dimensions, each
    qualifier under the other's. It is a superset when it allows less; more than a bound allows less than at least that
    bound. Every limit covers a declaration of its metric. Two declarations say nothing of each other.

    :param falls_under: tells whether a qualifier value is, or is narrower than, another (IRIs).
    """
    if a.metric != b.metric:
        return None
    there, back = _covers(a, b, falls_under), _covers(b, a, falls_under)
    if there is not None and back is not None:
        return Relation.EQ
    return there if there is not None or back is None else converse(back)


def _covers(a: Limit, b: Limit, falls_under: Callable[[str, str], bool]) -> Relation | None:
    if a.role is not ThresholdRole.LIMIT or b.role not in (ThresholdRole.LIMIT, ThresholdRole.DECLARE):
        return None
    # A dimension that only one of them names changes what the value is of: a part says nothing of the whole.
    if set(a.qualifiers) != set(b.qualifiers) or not all(
        falls_under(v, b.qualifiers[d]) for d, v in a.qualifiers.items()
    ):
        return None
    if b.role is ThresholdRole.DECLARE:
        return Relation.COVERS
    mine, other = _region(a, a.unit), _region(b, a.unit)
    if mine is None or other is None or not (other[0] <= mine[0] and mine[1] <= other[1]):
        return None
    return Relation.COVERS if mine == other else Relation.SUP


class Guarantee(Enum):
    """Whether who meets one limit meets another."""

    YES = "yes"
    NO = "a value can meet the one and not the other"
    APART = "no value meets both"
    ELSEWHERE = "they are limits of different things"
    UNKNOWN = "unknown"

    @property
    def refuted(self) -> bool:
        """True when it is certain that meeting the one does not give the other."""
        return self not in (Guarantee.YES, Guarantee.UNKNOWN)


def guarantee(a: Limit, b: Limit, falls_under: Callable[[str, str], bool]) -> Guarantee:
    """Tell whether each value that meets limit ``a`` meets limit ``b`` on the same metric, and counts there.

    Nothing is said where a dimension is named by one of them alone, or a value is not set or of another kind of unit.
    """
    if a.metric != b.metric or {a.role, b.role} != {ThresholdRole.LIMIT} or set(a.qualifiers) != set(b.qualifiers):
        return Guarantee.UNKNOWN
    mine, other = _region(a, a.unit), _region(b, a.unit)
    if mine is None or other is None:
        return Guarantee.UNKNOWN
    if not all(falls_under(v, b.qualifiers[d]) for d, v in a.qualifiers.items()):
        return Guarantee.ELSEWHERE
    if other[0] <= mine[0] and mine[1] <= other[1]:
        return Guarantee.YES
    return Guarantee.APART if max(mine[0], other[0]) > min(mine[1], other[1]) else Guarantee.NO


Bound = tuple[float | Fraction, int]


def _region(limit: Limit, unit: str | None) -> tuple[Bound, Bound] | None:
    """Return the values that a limit allows, as its lower and upper end in ``unit``; ``None`` when it cannot be told.

    An end is a number and 1 or -1 when the number itself is left out, so that ends are ordered as they are written.
    """
    if limit.value is None or limit.comparator is None:
        return None
    value = limit.value
    if limit.unit != unit:
        try:
            value = convert(Quantity(value, limit.unit or PURE), unit or PURE).value
        except (IncommensurableError, UnknownNameError):
            return None
    lowest: Bound = (float("-inf"), 0)
    highest: Bound = (float("inf"), 0)
    match limit.comparator:
        case Comparator.AT_LEAST:
            return (value, 0), highest
        case Comparator.MORE_THAN:
            return (value, 1), highest
        case Comparator.AT_MOST:
            return lowest, (value, 0)
        case Comparator.LESS_THAN:
            return lowest, (value, -1)
        case Comparator.EXACTLY:
            return (value, 0), (value, 0)
