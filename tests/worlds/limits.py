"""How limits stand to each other, by trying numbers: naive, and without a line of the engine's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tests.worlds.texts import IN_PERCENT

from comity.model.criteria import Criterion, Limit
from comity.model.knowledge import Knowledge

NOTHING = ("EQ", "SUB", "SUP", "PO", "DR")


def compared(known: Knowledge, a: str, b: str) -> Sequence[str]:
    """Return how the criterion of one limit stands to that of another (semantics, section 3, Thresholds).

    :returns: names of base relations; all five where nothing can be said.
    """
    one, other = known.criteria[a], known.criteria[b]
    there, back = _covers(known, one, other), _covers(known, other, one)
    if there and back:
        return ("EQ",)
    return ("EQ", "SUP") if there else ("EQ", "SUB") if back else NOTHING


def _covers(known: Knowledge, one: Criterion, other: Criterion) -> bool:
    """Tell whether whatever meets one limit, and counts there, meets and counts for the other as well."""
    a, b = one.limit, other.limit
    if a is None or b is None or a.metric != b.metric or one.level.is_product != other.level.is_product:
        return False
    if not one.level.is_product and one.level is not other.level:
        return False
    if a.role != "limit" or b.role not in ("limit", "declare"):
        return False
    if set(a.qualifiers) != set(b.qualifiers):
        return False
    if not all(b.qualifiers[d] in _broader(known, v) for d, v in a.qualifiers.items()):
        return False
    if b.role == "declare":
        return set(other.unit_parts) <= set(one.unit_parts)
    if set(one.unit_parts) != set(other.unit_parts) or a.value is None or b.value is None:
        return False
    return all(_inside(b, number) for number in _numbers(a, b) if _inside(a, number))


def _numbers(a: Limit, b: Limit) -> Iterator[Fraction]:
    """List numbers at both bounds, between them, and beyond."""
    assert a.value is not None
    assert b.value is not None
    ends = sorted({a.value * IN_PERCENT[a.unit or ""], b.value * IN_PERCENT[b.unit or ""]})
    yield from (ends[0] - 1, *ends, sum(ends, Fraction(0)) / len(ends), ends[-1] + 1)


def _inside(limit: Limit, number: Fraction) -> bool:
    assert limit.value is not None
    assert limit.comparator is not None
    bound = limit.value * IN_PERCENT[limit.unit or ""]
    return {
        ">=": number >= bound,
        ">": number > bound,
        "<=": number <= bound,
        "<": number < bound,
        "=": number == bound,
    }[limit.comparator.value]


def _broader(known: Knowledge, value: str) -> set[str]:
    """Return a qualifier value and all that it falls under."""
    found = {value}
    for broader in known.qualifiers[value].broader:
        found |= _broader(known, broader)
    return found
