"""Dates as documents write them, to days (semantics, section 4, Time)."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime

from comity.evidence.node import Node
from comity.evidence.notes import Notes
from comity.model.evidence import Validity
from comity.model.places import Place

_DATE = re.compile(
    r"^(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})"
    r"(?P<time>[Tt ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)?(?P<zone>[Zz]|[+-]\d{2}:?\d{2})?)?)?$"
)


def read(node: Node | None, notes: Notes, *, end: bool = False) -> str | None:
    """Read a date; one that cannot be read is a finding and counts as not stated.

    :param end: true where a month stands for its last day.
    :returns: an ISO date, or a bare year where only that is known.
    """
    if node is None or node.as_text() == "":
        return None
    return parse(node.as_text(), node.place, notes, end=end)


def parse(text: str, place: Place, notes: Notes, *, end: bool = False) -> str | None:
    """Read a date from text; see :func:`read`.

    >>> notes = Notes()
    >>> parse("2025-02-30", Place("a.json", "/validFrom"), notes)
    >>> notes.found[0].code, notes.found[0].message
    ('D13', '2025-02-30 is no date: February 2025 has 28 days. It counts as not known.')
    >>> parse("2024", Place("a.json"), notes), parse("2024-02", Place("a.json"), notes, end=True)
    ('2024', '2024-02-29')
    """
    match = _DATE.match(text)
    if match is None:
        notes.warn("D13", place, f"{text!r} is no date. It counts as not known.", "Write a date such as 2025-01-31.")
        return None
    year, month, day = (int(match[p]) if match[p] else None for p in ("year", "month", "day"))
    wrong = _impossible(year, month, day)
    if wrong:
        notes.warn(
            "D13", place, f"{text} is no date: {wrong}. It counts as not known.", "Write the date that is meant."
        )
        return None
    if year is None or month is None:
        return match["year"]
    if day is None:
        last = calendar.monthrange(year, month)[1]
        notes.info(
            "D13", place, f"{text} names a month; its {'last' if end else 'first'} day was taken.", "Write the day."
        )
        return date(year, month, last if end else 1).isoformat()
    if match["time"] and not match["zone"]:
        notes.info("D13", place, f"{text} names no time zone; UTC was taken.", f"Write {text}Z.")
    return _day(text, match, date(year, month, day), place, notes)


def validity(envelope: Node | None, notes: Notes) -> Validity:
    """Read the period of an envelope; without an envelope there is none.

    A verifiable credential of the first data model states ``issuanceDate`` and ``expirationDate`` instead.
    """
    if envelope is None:
        return Validity()
    start = read(envelope.first("validFrom"), notes)
    issued = read(envelope.first("issuanceDate"), notes)
    end = read(envelope.first("validUntil"), notes, end=True) or read(envelope.first("expirationDate"), notes, end=True)
    _remark(envelope, start, issued, end, notes)
    lost = _lost(envelope, ("validFrom", "issuanceDate"), start or issued) or _lost(
        envelope, ("validUntil", "expirationDate"), end
    )
    return Validity(start or issued, end, issued, unreadable=lost)


def _lost(envelope: Node, names: tuple[str, ...], found: str | None) -> bool:
    """Tell whether a date is stated and could not be read: then nobody knows when the period is."""
    nodes = (envelope.first(name) for name in names)
    return found is None and any(node is not None and node.as_text() != "" for node in nodes)


def _remark(envelope: Node, start: str | None, issued: str | None, end: str | None, notes: Notes) -> None:
    both = envelope.first("issuanceDate"), envelope.first("validFrom")
    if both[0] is not None and both[1] is not None:
        message = "Both issuanceDate and validFrom are stated; validFrom was taken."
        notes.info("D13", both[0].place, message, "State validFrom only.")
    if both[0] is None and both[1] is None:
        notes.warn("D13", envelope.place, "The credential does not state from when it is valid.", "State validFrom.")
    if end is None and envelope.first("validUntil") is None and envelope.first("expirationDate") is None:
        message = "The credential states no end of its validity; it counts from its start on."
        notes.info("D13", envelope.place, message, "State validUntil.")
    begin = start or issued
    if begin and end and end[: len(begin)] < begin[: len(end)]:
        message = f"The validity ends ({end}) before it begins ({begin})."
        notes.warn("D13", envelope.place, message, "Exchange or mend the dates.")


def _impossible(year: int | None, month: int | None, day: int | None) -> str:
    if year is None or year == 0:
        return "there is no year 0"
    if month is None:
        return ""
    if not 1 <= month <= 12:
        return f"there is no month {month}"
    if day is None:
        return ""
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        return f"{calendar.month_name[month]} {year} has {last} days"
    return ""


def _day(text: str, match: re.Match[str], day: date, place: Place, notes: Notes) -> str | None:
    if not match["time"]:
        return day.isoformat()
    try:
        moment = datetime.fromisoformat(text.upper().replace(",", "."))
        return (moment if moment.tzinfo is None else moment.astimezone(UTC)).date().isoformat()
    except (ValueError, OverflowError):
        notes.warn("D13", place, f"{text} states no possible time of day; the day alone was taken.", "Mend the time.")
        return day.isoformat()
