"""Days and years as documents write them, and how a day lies to a period."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime

from comity.model.classes import dataclass

_WRITTEN = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2})([Tt ][\d:.,]+)?([Zz]|[+-]\d{2}:?\d{2})?)?)?$")
_CLOCK = re.compile(r"^[Tt ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?$")


@dataclass(frozen=True, slots=True)
class Period:
    """When a document holds, as it says itself; days, or bare years.

    :param start: ``validFrom``, else the date of issue.
    :param unreadable: true when a first or last day is stated and cannot be read: the period is not known.
    """

    start: str | None = None
    end: str | None = None
    unreadable: bool = False


def day(text: str, *, end: bool = False) -> str | None:
    """Read a date; a month is its first day, or its last where a period ends; no date at all is ``None``.

    >>> day("2025-01-01T00:30:00+02:00"), day("2024-02", end=True), day("2024"), day("2025-02-30")
    ('2024-12-31', '2024-02-29', '2024', None)
    """
    match = _WRITTEN.match(text.strip())
    if match is None or (match[4] and not _CLOCK.match(match[4])):
        return None
    try:
        if match[2] is None:
            return match[1] if int(match[1]) else None
        year, month = int(match[1]), int(match[2])
        if match[3] is None:
            return date(year, month, monthrange(year, month)[1] if end else 1).isoformat()
        known = date(year, month, int(match[3]))
    except ValueError:
        return None
    return _in_utc(text.strip(), known) if match[4] else known.isoformat()


def _in_utc(text: str, known: date) -> str:
    try:
        moment = datetime.fromisoformat(text.upper().replace(",", "."))
        return (moment.astimezone(UTC) if moment.tzinfo else moment).date().isoformat()
    except (ValueError, OverflowError):
        return known.isoformat()


def lies(on: str, start: str | None, end: str | None) -> str:
    """Say how a day lies to a period, each date compared as far as it is known.

    >>> lies("2025-06-01", "2025", None), lies("2025-06-01", None, "2024-12-31"), lies("2025-06-01", None, None)
    ('within', 'ended', 'undated')
    """
    if start is None and end is None:
        return "undated"
    if start is not None and on[: len(start)] < start:
        return "not-begun"
    return "ended" if end is not None and on[: len(end)] > end else "within"


def when(on: str, period: Period, assessed: str | None = None) -> str:
    """Say how a day lies to a document's period; an assessment's own date fills in, and none counts before it.

    >>> when("2025-06-01", Period(), "2025-01-01"), when("2025-06-01", Period("2025-01-01"), "2025-07-01")
    ('within', 'not-begun')
    """
    if period.unreadable:
        return "undated"
    found = lies(on, period.start or assessed, period.end)
    early = assessed is not None and on[: len(assessed)] < assessed
    return "not-begun" if found == "within" and early else found


def was_open(first: date | None, last: date | None, dated: str) -> bool:
    """Tell whether an edition could be assessed against on a day, or in a year."""
    size = len(dated)
    if first is not None and dated < first.isoformat()[:size]:
        return False
    return last is None or dated <= last.isoformat()[:size]


def later(start: date, months: int) -> date:
    """Add whole months; a shorter month's last day stands for a later one.

    >>> later(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
