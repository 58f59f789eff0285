"""How a condition comes out of facts: true, false, or unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction

from comity.model.requirements import CaseFact, Combination, Condition, Test

Words = Mapping[str, tuple[str, ...]]
"""Name of a fact to its value."""


def holds(iri: str, conditions: Mapping[str, Condition], facts: Words, declared: Mapping[str, CaseFact]) -> bool | None:
    """Evaluate a condition in Kleene's three values; ``None`` is unknown."""
    condition = conditions.get(iri)
    if isinstance(condition, Test):
        fact = declared.get(condition.fact)
        known = facts.get(condition.fact)
        return _test(condition, fact, known) if fact is not None and known is not None else None
    if not isinstance(condition, Combination):
        return None
    values = [holds(o, conditions, facts, declared) for o in condition.operands]
    if condition.operator == "not":
        return None if values[0] is None else not values[0]
    least = {"and": len(values), "or": 1}.get(condition.operator, condition.at_least)
    if values.count(True) >= least:
        return True
    return False if len(values) - values.count(False) < least else None


def _test(test: Test, fact: CaseFact, known: tuple[str, ...]) -> bool | None:
    ordered = fact.datatype in ("decimal", "date")
    if fact.many:
        return _of_list(test, fact, known, ordered=ordered)
    found = {_of_one(test, fact, text, ordered=ordered) for text in known}
    return found.pop() if len(found) == 1 else None


def _of_one(test: Test, fact: CaseFact, text: str, *, ordered: bool) -> bool | None:
    if ordered:
        mine = span(text, fact.datatype)
        others = [r for v in test.values if (r := span(v, fact.datatype)) is not None]
        if mine is None or not others:
            return None
        if test.operator in ("=", "!=", "in"):
            each = [_equal(mine, other) for other in others]
            value = True if True in each else None if None in each else False
            return _turned(value, test.operator)
        return _order(test.operator, mine, others[0])
    word = _word(text, fact)
    return None if word is None else _turned(_has((word,), _words(test.values, fact), fact), test.operator)


def _of_list(test: Test, fact: CaseFact, known: tuple[str, ...], *, ordered: bool) -> bool | None:
    if ordered and test.operator not in ("=", "!="):
        each = [_of_one(Test("", "", fact.name, "in", test.values), fact, text, ordered=True) for text in known]
        return True if True in each else None if None in each else False
    if ordered:
        ranges = [span(text, fact.datatype) for text in known]
        wanted = {span(v, fact.datatype) for v in test.values}
        open_ = None in ranges and {r for r in ranges if r is not None} <= wanted
        return _turned(None if open_ else set(ranges) - {None} == wanted, test.operator)
    words = [_word(text, fact) for text in known]
    clear = tuple(w for w in words if w is not None)
    asked = _words(test.values, fact)
    if test.operator in ("=", "!="):
        open_ = len(clear) < len(words) and set(clear) <= set(asked)
        return _turned(None if open_ else set(clear) == set(asked), test.operator)
    found = _has(clear, asked, fact)
    return None if found is False and len(clear) < len(words) else found


def _turned(value: bool | None, operator: str) -> bool | None:
    return value if value is None or operator != "!=" else not value


def _word(text: str, fact: CaseFact) -> str | None:
    if fact.datatype != "boolean":
        return text
    return {"true": "true", "1": "true", "false": "false", "0": "false"}.get(text.strip().lower())


def _words(texts: Iterable[str], fact: CaseFact) -> list[str]:
    return [w for t in texts if (w := _word(t, fact)) is not None]


def span(text: str, datatype: str) -> tuple[Fraction, Fraction] | None:
    """Return the least and the greatest that a number or date may be; a month is any day of it.

    >>> [date.fromordinal(int(end)).isoformat() for end in span("2024-02", "date")]
    ['2024-02-01', '2024-02-29']
    """
    try:
        if datatype == "decimal":
            return Fraction(text.strip()), Fraction(text.strip())
        match = re.match(r"^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T.*)?)?)?$", text.strip())
        if match is None:
            return None
        year, month, day = (int(p) if p else None for p in match.groups())
        first = date(year or 0, month or 1, day or 1)
        if day is not None:
            last = first
        elif month is not None:
            last = date(first.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        else:
            last = date(first.year, 12, 31)
    except (ValueError, OverflowError, ZeroDivisionError):
        return None
    return Fraction(first.toordinal()), Fraction(last.toordinal())


def _equal(mine: tuple[Fraction, Fraction], other: tuple[Fraction, Fraction]) -> bool | None:
    if mine[1] < other[0] or other[1] < mine[0]:
        return False
    return True if other[0] <= mine[0] and mine[1] <= other[1] else None


def _order(operator: str, mine: tuple[Fraction, Fraction], other: tuple[Fraction, Fraction]) -> bool | None:
    """Compare with a limit; one that is a whole year begins on its first day and ends on its last."""
    each = {
        ">=": {m >= other[0] for m in mine},
        ">": {m > other[1] for m in mine},
        "<=": {m <= other[1] for m in mine},
        "<": {m < other[0] for m in mine},
    }[operator]
    return each.pop() if len(each) == 1 else None


def _has(known: tuple[str, ...], wanted: list[str], fact: CaseFact) -> bool | None:
    """Tell whether a known word is, or falls under, a wanted one; a broader word alone leaves it open."""
    above = {word: _broader(word, fact) for word in {*known, *wanted}}
    if any(target in above[word] for word in known for target in wanted):
        return True
    for word in known:
        narrowed = any(word in above[other] for other in known if other != word)
        if not narrowed and any(word in above[target] for target in wanted):
            return None
    return False


def _broader(word: str, fact: CaseFact) -> set[str]:
    found = {word}
    while more := {above for below, above in fact.broader if below in found} - found:
        found |= more
    return found
