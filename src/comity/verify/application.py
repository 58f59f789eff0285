"""How a requirement stands to a subject on a day, as far as a proof shows it (semantics, section 6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from comity.model.classes import dataclass
from comity.model.requirements import FloatingDate, Requirement
from comity.verify.bench import Bench
from comity.verify.conditions import span
from comity.verify.dates import later
from comity.verify.facts import told

APPLIES, UPCOMING, UNKNOWN, ENDED = "applies", "upcoming", "unknown", "ended"


@dataclass(frozen=True, slots=True)
class Days:
    """The first and last day on which application may be tested.

    :param event: true when they are those of an event that the case gives.
    """

    first: str
    last: str
    event: bool = False


def tested(requirement: Requirement, subject: str, bench: Bench, stated: object) -> Days:
    """Return when application is tested: on the event where the case gives it, else on the day judged.

    :param stated: the day that the report says; it is taken where the report does not tell what the case gives.
    """
    declared = bench.given.knowledge.facts.get(requirement.event or "")
    if bench.told is None:
        day = stated if isinstance(stated, str) else bench.on
        return Days(day, day, day != bench.on)
    found = told(bench, subject, declared) if declared is not None else None
    if found is None:
        return Days(bench.on, bench.on)
    ranges = [span(text, "date") for text in found.value]
    known = [r for r in ranges if r is not None]
    if not known or len(known) < len(ranges):
        return Days(date.min.isoformat(), date.max.isoformat(), True)
    ends = min(r[0] for r in known), max(r[1] for r in known)
    first, last = (date.fromordinal(int(end)).isoformat() for end in ends)
    return Days(first, last, event=True)


def state(requirement: Requirement, values: Iterable[object], days: Days, bench: Bench) -> str:
    """Tell whether a requirement applies.

    :param values: how its conditions came out.
    """
    came_out = list(values)
    periods = {_period(requirement, day, days.event, bench) for day in (days.first, days.last)}
    period = periods.pop() if len(periods) == 1 else UNKNOWN
    if False in came_out or period == ENDED:
        return ENDED
    return UNKNOWN if None in came_out else period


def _period(requirement: Requirement, day: str, event: bool, bench: Bench) -> str:
    if requirement.ends is not None and day > requirement.ends.isoformat():
        return ENDED
    starts = next((e.day for e in requirement.earlier_starts if bench.on < e.until.isoformat()), requirement.starts)
    if isinstance(starts, FloatingDate):
        found = _floating(starts, requirement, day, bench)
    else:
        found = UPCOMING if starts is not None and day < starts.isoformat() else APPLIES
    # A rule that starts later than a known event never applies to it.
    return ENDED if event and found == UPCOMING else found


def _floating(starts: FloatingDate, requirement: Requirement, day: str, bench: Bench) -> str:
    """Decide a date that waits for an act, by what was known when the knowledge was checked."""
    knowledge = bench.given.knowledge
    act = knowledge.acts[starts.act]
    market = next(m for m in knowledge.markets.values() if m.iri == requirement.market)
    first = later(act.adopted_on or market.checked_on, starts.months)
    first = max(first, starts.fixed) if starts.fixed is not None else first
    if first.isoformat() > day:
        return UPCOMING
    return APPLIES if act.adopted_on is not None else UNKNOWN
