"""Numbers against limits, and limits against limits: exact, after conversion into the limit's unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from comity.model.classes import dataclass
from comity.model.criteria import Criterion, Limit, QualifierValue
from comity.model.mappings import Relation
from comity.model.scales import Comparator, ThresholdRole
from comity.verify.given import Unit
from comity.verify.items import Stated
from comity.verify.relations import converse

PURE = "http://qudt.org/vocab/unit/UNITLESS"
"""The unit of a limit that states none."""

ReadUnit = Callable[[str], Unit | None]
Qualifiers = Mapping[str, QualifierValue]


def falls_under(value: str, other: str, qualifiers: Qualifiers) -> bool:
    """Tell whether a qualifier value is another, or narrower than it."""
    found = {value}
    while more := {b for v in found if v in qualifiers for b in qualifiers[v].broader} - found:
        found |= more
    return other in found


def into(value: Fraction, source: Unit, target: Unit) -> Fraction | None:
    """Convert a value; ``None`` where the units measure different things."""
    if source.dimension != target.dimension:
        return None
    return (value + source.offset) * source.factor / target.factor - target.offset


@dataclass(frozen=True, slots=True)
class Outcome:
    """A stated value against a limit.

    :param value: as compared, in the limit's unit where that has one.
    :param inside: true when the limit allows it.
    :param source: the unit that it was converted from; ``None`` when it was not.
    :param target: the unit that it was converted into.
    """

    value: Fraction
    inside: bool
    source: Unit | None = None
    target: Unit | None = None


def compared(stated: Stated, limit: Limit, unit: ReadUnit) -> Outcome | None:
    """Hold a stated value against a limit; ``None`` when nothing can be said."""
    if stated.number is None or limit.role not in (ThresholdRole.LIMIT, ThresholdRole.DECLARE):
        return None
    declared = limit.role is ThresholdRole.DECLARE
    source = unit(stated.unit) if stated.unit else None
    if declared and limit.unit is None:
        return Outcome(stated.number, True)
    if source is None and (limit.unit is not None or stated.unit.strip()):
        return None
    target = unit(limit.unit or PURE)
    by, value, changed = Fraction(1), stated.number, False
    if source is not None and source.iri != (limit.unit or PURE):
        converted = into(stated.number, source, target) if target is not None else None
        if converted is None or target is None:
            return None
        by, value, changed = source.factor / target.factor, converted, source.iri != target.iri
    inside = True if declared else _inside(value, abs(stated.lower * by), abs(stated.upper * by), limit)
    if inside is None:
        return None
    return Outcome(value, inside, source if changed else None, target if changed else None)


def _inside(value: Fraction, lower: Fraction, upper: Fraction, limit: Limit) -> bool | None:
    """Compare a value and both ends of its tolerance; ``None`` where they fall apart, or there is no limit yet."""
    if limit.value is None or limit.comparator is None:
        return None
    ends = (value - lower, value + upper)
    each = {_allows(limit.comparator, limit.value, end) for end in ends}
    if limit.comparator is Comparator.EXACTLY and ends[0] < limit.value < ends[1]:
        return None
    return each.pop() if len(each) == 1 else None


def _allows(comparator: Comparator, limit: Fraction, value: Fraction) -> bool:
    return {
        Comparator.AT_LEAST: value >= limit,
        Comparator.MORE_THAN: value > limit,
        Comparator.AT_MOST: value <= limit,
        Comparator.LESS_THAN: value < limit,
        Comparator.EXACTLY: value == limit,
    }[comparator]


def ordered(a: Criterion, b: Criterion, qualifiers: Qualifiers, unit: ReadUnit) -> Relation | None:
    """Return what the limits of two criteria say of them, read from ``a``; ``None`` for nothing.

    Who meets a limit for a plant and a year has not met it for all plants and years; but has stated a value.
    """
    mine, other = a.limit, b.limit
    if mine is None or other is None or mine.metric != other.metric:
        return None
    if not (a.level.accepts(b.level) and b.level.accepts(a.level)):
        return None
    there, back = _stricter(mine, other, qualifiers, unit), _stricter(other, mine, qualifiers, unit)
    if there is not None and back is not None:
        mask: Relation | None = Relation.EQ
    else:
        mask = converse(back) if back is not None else there
    parts, others = set(a.unit_parts), set(b.unit_parts)
    if parts == others:
        return mask
    declares = (parts < others) if mine.role is ThresholdRole.DECLARE else (others < parts)
    return mask if declares and ThresholdRole.DECLARE in (mine.role, other.role) else None


def _stricter(mine: Limit, other: Limit, qualifiers: Qualifiers, unit: ReadUnit) -> Relation | None:
    """Tell whether meeting one limit is meeting the other, and whether it is more."""
    if mine.role is not ThresholdRole.LIMIT or mine.qualifiers.keys() != other.qualifiers.keys():
        return None
    if not all(falls_under(v, other.qualifiers[d], qualifiers) for d, v in mine.qualifiers.items()):
        return None
    if other.role is ThresholdRole.DECLARE:
        return Relation.COVERS
    inner, outer = _allowed(mine, mine.unit, unit), _allowed(other, mine.unit, unit)
    if other.role is not ThresholdRole.LIMIT or inner is None or outer is None:
        return None
    if not (outer[0] <= inner[0] and inner[1] <= outer[1]):
        return None
    return Relation.COVERS if inner == outer else Relation.SUP


End = tuple[float | Fraction, int]
"""An end of what a limit allows: a number, and 1 or -1 where the number itself is left out."""


def _allowed(limit: Limit, in_unit: str | None, unit: ReadUnit) -> tuple[End, End] | None:
    if limit.value is None or limit.comparator is None:
        return None
    value: Fraction | None = limit.value
    if limit.unit != in_unit:
        source, target = unit(limit.unit or PURE), unit(in_unit or PURE)
        value = into(limit.value, source, target) if source is not None and target is not None else None
    if value is None:
        return None
    least: End = (float("-inf"), 0)
    most: End = (float("inf"), 0)
    return {
        Comparator.AT_LEAST: ((value, 0), most),
        Comparator.MORE_THAN: ((value, 1), most),
        Comparator.AT_MOST: (least, (value, 0)),
        Comparator.LESS_THAN: (least, (value, -1)),
        Comparator.EXACTLY: ((value, 0), (value, 0)),
    }[limit.comparator]
