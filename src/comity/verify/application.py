"""How a requirement stands to a subject on a day, as far as a proof shows it (semantics, section 6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from comity.model.requirements import FloatingDate, Requirement
from comity.verify.bench import Bench
from comity.verify.dates import later

APPLIES, UPCOMING, UNKNOWN, ENDED = "applies", "upcoming", "unknown", "ended"


def tested(requirement: Requirement, subject: str, bench: Bench) -> tuple[str, bool]:
    """Return the day on which application is tested: the event's where the report tells it, else the day judged."""
    told = bench.told or {}
    for near in bench.scene.above(bench.scene.same.of(subject)):
        found = told.get(near, {}).get(requirement.event or "")
        if found is not None:
            try:
                return date.fromisoformat(found[0][0]).isoformat(), True
            except (ValueError, IndexError):
                return bench.on, False
    return bench.on, False


def state(requirement: Requirement, values: Iterable[object], day: str, event: bool, bench: Bench) -> str:
    """Tell whether a requirement applies.

    :param values: how its conditions came out.
    :param event: true when ``day`` is that of the event.
    """
    came_out = list(values)
    ended = requirement.ends is not None and day > requirement.ends.isoformat()
    period = ENDED if ended else _period(requirement, day, bench)
    if event and period == UPCOMING and isinstance(requirement.starts, date):
        period = ENDED
    if False in came_out or period == ENDED:
        return ENDED
    return UNKNOWN if None in came_out else period


def _period(requirement: Requirement, day: str, bench: Bench) -> str:
    starts = requirement.starts
    if isinstance(starts, FloatingDate):
        return _floating(starts, requirement, day, bench)
    return UPCOMING if starts is not None and day < starts.isoformat() else APPLIES


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
