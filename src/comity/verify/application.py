"""How a requirement stands to a subject on a day: conditions, exemptions, period (semantics, section 6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from comity.model.classes import dataclass
from comity.model.requirements import Combination, FloatingDate, Requirement
from comity.verify.bench import Bench
from comity.verify.conditions import Words, holds, span
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

    def tested(self, bench: Bench) -> str:
        """Return the day that a report names."""
        return self.first if self.first > date.min.isoformat() else bench.on


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


def words(requirement: Requirement, subject: str, bench: Bench) -> Words:
    """Return the facts that a requirement's conditions and exemptions ask for, as the report tells them."""
    knowledge = bench.given.knowledge
    exempt = (knowledge.exemptions[e].condition for e in requirement.exemptions)
    found = {}
    for name in {n for iri in (*requirement.conditions, *exempt) for n in asks(iri, bench)}:
        declared = knowledge.facts.get(name)
        known = told(bench, subject, declared) if declared is not None else None
        if known is not None:
            found[name] = known.value
    return found


def asks(iri: str, bench: Bench) -> Iterator[str]:
    """List the names of the facts that a condition asks for."""
    found = bench.given.knowledge.conditions.get(iri)
    if isinstance(found, Combination):
        for operand in found.operands:
            yield from asks(operand, bench)
    elif found is not None:
        yield found.fact


def unsettled(iri: str, facts: Words, bench: Bench) -> Iterator[str]:
    """List the names of the facts that are not known, and would settle a condition."""
    knowledge = bench.given.knowledge
    if holds(iri, knowledge.conditions, facts, knowledge.facts) is not None:
        return
    found = knowledge.conditions.get(iri)
    if isinstance(found, Combination):
        for operand in found.operands:
            yield from unsettled(operand, facts, bench)
    elif found is not None:
        yield found.fact


def conditions(requirement: Requirement, facts: Words, bench: Bench) -> list[tuple[str, bool | None]]:
    """Evaluate each condition of a requirement: its words, and how it comes out."""
    known = bench.given.knowledge
    return [
        (known.conditions[iri].label, holds(iri, known.conditions, facts, known.facts))
        for iri in requirement.conditions
    ]


def exemptions(requirement: Requirement, facts: Words, bench: Bench) -> Mapping[str, bool | None]:
    """Evaluate each exemption: its words and citation, and whether it holds."""
    known = bench.given.knowledge
    found = [known.exemptions[iri] for iri in requirement.exemptions]
    return {f"{e.label} ({e.citation})": holds(e.condition, known.conditions, facts, known.facts) for e in found}


def state(requirement: Requirement, values: Iterable[object], days: Days, bench: Bench, *, exempt: bool = False) -> str:
    """Tell whether a requirement applies.

    :param values: how its conditions came out.
    :param exempt: true when an exemption holds.
    """
    came_out = list(values)
    period = period_of(requirement, days, bench)
    if exempt or False in came_out or period == ENDED:
        return ENDED
    return UNKNOWN if None in came_out else period


def period_of(requirement: Requirement, days: Days, bench: Bench) -> str:
    """Tell how a requirement's period lies to the days; where the first and the last disagree, it is not known."""
    periods = {_period(requirement, day, days.event, bench) for day in (days.first, days.last)}
    return periods.pop() if len(periods) == 1 else UNKNOWN


def applies_from(requirement: Requirement, days: Days, bench: Bench) -> str | None:
    """Return the day from which a requirement applies, where it is known, as the law stood on the day judged."""
    starts = _starts(requirement, bench)
    if not isinstance(starts, FloatingDate):
        return starts.isoformat() if starts is not None else None
    first, last = (_period(requirement, day, days.event, bench) for day in (days.first, days.last))
    decisive = days.first if first == last else days.last
    if requirement.ends is not None and decisive > requirement.ends.isoformat():
        return None
    act = bench.given.knowledge.acts[starts.act]
    return _begin(starts, requirement, bench).isoformat() if act.adopted_on is not None else None


def _starts(requirement: Requirement, bench: Bench) -> date | FloatingDate | None:
    earlier = (e.day for e in requirement.earlier_starts if bench.on < e.until.isoformat())
    return next(earlier, requirement.starts)


def _period(requirement: Requirement, day: str, event: bool, bench: Bench) -> str:
    if requirement.ends is not None and day > requirement.ends.isoformat():
        return ENDED
    starts = _starts(requirement, bench)
    if isinstance(starts, FloatingDate):
        found = _floating(starts, requirement, day, bench)
    else:
        found = UPCOMING if starts is not None and day < starts.isoformat() else APPLIES
    # A rule that starts later than a known event never applies to it.
    return ENDED if event and found == UPCOMING else found


def _floating(starts: FloatingDate, requirement: Requirement, day: str, bench: Bench) -> str:
    """Decide a date that waits for an act, by what was known when the knowledge was checked."""
    if _begin(starts, requirement, bench).isoformat() > day:
        return UPCOMING
    return APPLIES if bench.given.knowledge.acts[starts.act].adopted_on is not None else UNKNOWN


def _begin(starts: FloatingDate, requirement: Requirement, bench: Bench) -> date:
    """Return the first day on which it may start."""
    knowledge = bench.given.knowledge
    market = next(m for m in knowledge.markets.values() if m.iri == requirement.market)
    first = later(knowledge.acts[starts.act].adopted_on or market.checked_on, starts.months)
    return max(first, starts.fixed) if starts.fixed is not None else first
