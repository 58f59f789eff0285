"""The comparisons of a test: words, exact numbers and dates, three-valued."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from comity.model.classes import dataclass
from comity.model.requirements import CaseFact

_DATE: Final = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T.*)?)?)?$")
ORDERED: Final = ("decimal", "date")
"""The datatypes that have a smaller and a larger."""
_TRUTH: Final = {"true": "true", "1": "true", "false": "false", "0": "false"}


@dataclass(frozen=True, slots=True)
class Interval:
    """What is known of a number or a date: it lies between ``low`` and ``high``, both included."""

    low: Fraction
    high: Fraction


def interval(text: str, datatype: str) -> Interval | str | None:
    """Read a text as its datatype says; ``None`` when it cannot be read so.

    A date of which only the year or the month is known is any day of it.

    >>> interval("2.5", "decimal")
    Interval(low=Fraction(5, 2), high=Fraction(5, 2))
    >>> interval("True", "boolean")
    'true'
    """
    if datatype == "decimal":
        try:
            number = Fraction(text.strip())
        except (ValueError, ZeroDivisionError):
            return None
        return Interval(number, number)
    if datatype == "date":
        return _days(text.strip())
    return _TRUTH.get(text.strip().lower()) if datatype == "boolean" else text


def _days(text: str) -> Interval | None:
    match = _DATE.match(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        after = first + timedelta(days=1)
        if month is None:
            after = date(first.year + 1, 1, 1)
        elif day is None:
            after = date(first.year + month // 12, month % 12 + 1, 1)
    except (ValueError, OverflowError):
        return None
    return Interval(Fraction(first.toordinal()), Fraction(after.toordinal() - 1))


def compare_scalar(operator: str, fact: CaseFact, text: str, wanted: tuple[Interval | str, ...]) -> bool | None:
    """Compare a fact's one value; ``None`` when it cannot be read or does not decide.

    :param wanted: the values of the test, read.
    """
    known = interval(text, fact.datatype)
    if known is None:
        return None
    if isinstance(known, Interval):
        limits = [limit for limit in wanted if isinstance(limit, Interval)]
        if operator in ("=", "!=", "in"):
            return _negated_if(operator == "!=", _any([_same(known, limit) for limit in limits]))
        return _ordered(operator, known, limits[0])
    words = [word for word in wanted if isinstance(word, str)]
    return _negated_if(operator == "!=", _has((known,), words, fact))


def compare_list(
    operator: str, fact: CaseFact, texts: tuple[str, ...], wanted: tuple[Interval | str, ...]
) -> bool | None:
    """Compare a list: ``includes`` and ``in`` ask for one of the values, ``=`` for exactly these.

    An element that cannot be read leaves open what it could have decided.
    """
    read = [interval(text, fact.datatype) for text in texts]
    known = tuple(element for element in read if element is not None)
    if operator in ("=", "!="):
        same = None if len(known) < len(read) and set(known) <= set(wanted) else set(known) == set(wanted)
        return _negated_if(operator == "!=", same)
    if fact.datatype in ORDERED:
        return _any([compare_scalar("in", fact, text, wanted) for text in texts])
    found = _has(tuple(w for w in known if isinstance(w, str)), [w for w in wanted if isinstance(w, str)], fact)
    return None if found is False and len(known) < len(read) else found


def _negated_if(negated: bool, value: bool | None) -> bool | None:
    return value if value is None or not negated else not value


def _any(values: list[bool | None]) -> bool | None:
    return True if True in values else None if None in values else False


def _same(known: Interval, limit: Interval) -> bool | None:
    if known.high < limit.low or limit.high < known.low:
        return False
    return True if limit.low <= known.low and known.high <= limit.high else None


def _ordered(operator: str, known: Interval, limit: Interval) -> bool | None:
    """Compare with a limit; a limit that is a whole year begins on its first day and ends on its last."""
    if operator == ">=":
        certain, possible = known.low >= limit.low, known.high >= limit.low
    elif operator == ">":
        certain, possible = known.low > limit.high, known.high > limit.high
    elif operator == "<=":
        certain, possible = known.high <= limit.high, known.low <= limit.high
    else:
        certain, possible = known.high < limit.low, known.low < limit.low
    return True if certain else None if possible else False


def _has(known: tuple[str, ...], wanted: list[str], fact: CaseFact) -> bool | None:
    """Tell whether one of the words known is, or falls under, a word wanted.

    A word that is only a broader one of what is wanted leaves it open, unless a narrower word that is known too says
    what it is: of a bird nobody knows whether it is a duck, of a bird that is said to be an owl one does.
    """
    if any(_falls_under(word, target, fact) for word in known for target in wanted):
        return True
    for word in known:
        explained = any(other != word and _falls_under(other, word, fact) for other in known)
        if not explained and any(_falls_under(target, word, fact) for target in wanted):
            return None
    return False


def _falls_under(word: str, broad: str, fact: CaseFact) -> bool:
    seen: set[str] = set()
    waiting = [word]
    while waiting:
        current = waiting.pop()
        if current == broad:
            return True
        if current not in seen:
            seen.add(current)
            waiting += [above for below, above in fact.broader if below == current]
    return False
