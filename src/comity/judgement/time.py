"""Dates: is this valid on D, and what does a date say that is not wholly known (semantics, section 4, Time)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from comity.model.classes import dataclass
from comity.model.criteria import SchemeVersion
from comity.model.evidence import Validity


class When(StrEnum):
    """How a day lies to a period."""

    WITHIN = "within"
    ENDED = "ended"
    NOT_BEGUN = "not-begun"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day seen against a period, with the sentence that says so.

    :param undated: nothing says when the evidence itself holds, though it is certain that it does not.
    """

    when: When
    text: str
    undated: bool = False

    @property
    def valid(self) -> bool:
        """True when the day lies within the period."""
        return self.when is When.WITHIN


def against(period: Validity, on: date, fallback: str | None = None) -> Moment:
    """See a day against a validity.

    :param on: the day judged.
    :param fallback: an assessment's own date, used where the credential states none.

    >>> against(Validity("2024-03-15", "2024-12-31"), date(2025, 6, 1)).when
    <When.ENDED: 'ended'>
    >>> against(Validity(start="2024"), date(2024, 1, 1)).when
    <When.WITHIN: 'within'>
    """
    if period.unreadable:
        return Moment(When.UNDATED, "states a date that cannot be read")
    start = period.start or period.issued or fallback
    end = period.end
    if start is None and end is None:
        return Moment(When.UNDATED, "states no date")
    if start is not None and before(on, start):
        return Moment(When.NOT_BEGUN, f"valid only from {start}")
    if end is not None and after(on, end):
        return Moment(When.ENDED, f"valid until {end}")
    return Moment(When.WITHIN, f"valid from {start or 'an unstated day'} until {end or 'no stated end'}")


def before(on: date, text: str) -> bool:
    """Tell whether a day lies before an ISO date or a bare year."""
    return on.isoformat()[: len(text[:10])] < text[:10]


def after(on: date, text: str) -> bool:
    """Tell whether a day lies after an ISO date or a bare year."""
    return on.isoformat()[: len(text[:10])] > text[:10]


def in_force(version: SchemeVersion | None, dated: str | None, on: date, moment: Moment) -> Moment:
    """Narrow a moment to that of the edition: in force on the assessment date, not withdrawn on the day judged."""
    if version is None or moment.when not in (When.WITHIN, When.UNDATED):
        return moment
    if version.withdrawn_from is not None and on >= version.withdrawn_from:
        # Whatever its date may be, it counts no more.
        said = f"{version.label} is withdrawn since {version.withdrawn_from}"
        return Moment(When.ENDED, said, moment.when is When.UNDATED)
    if not moment.valid:
        return moment
    if version.is_draft:
        return Moment(When.NOT_BEGUN, f"{version.label} is a draft, not in force")
    if dated and not scheme_was_open(version.in_force_from, version.in_force_until, dated):
        return Moment(When.ENDED, f"{version.label} was not in force on the assessment date {dated}")
    return moment


def scheme_was_open(first: date | None, last: date | None, dated: str) -> bool:
    """Tell whether an edition could be assessed against on an ISO date or in a bare year.

    >>> scheme_was_open(date(2024, 1, 1), None, "2023-12-31")
    False
    """
    if first is not None and dated[:10] < first.isoformat()[: len(dated[:10])]:
        return False
    return last is None or dated[:10] <= last.isoformat()[: len(dated[:10])]


def add_months(day: date, months: int) -> date:
    """Add whole months; the last day of a shorter month stands for a later one.

    >>> add_months(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
