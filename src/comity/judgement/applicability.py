"""Does a requirement apply to a subject on a day (semantics, section 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import Enum
from fractions import Fraction

from comity.algebra.conditions import evaluate
from comity.algebra.operators import Interval, interval
from comity.judgement.time import add_months
from comity.model.classes import dataclass
from comity.model.knowledge import Knowledge
from comity.model.requirements import FloatingDate, Requirement
from comity.model.verdicts import ConditionReport, FactValue


class State(Enum):
    """How a requirement stands to a subject."""

    APPLIES = "applies"
    NOT_APPLICABLE = "not-applicable"
    UNKNOWN = "unknown"
    UPCOMING = "upcoming"


@dataclass(frozen=True, slots=True)
class Application:
    """The outcome, with all that went into it.

    :param asked: names of the facts that would settle it; none where what is known rules it out already.
    :param notes: exemptions that nobody claims.
    """

    state: State
    reason: str
    conditions: tuple[ConditionReport, ...]
    applies_from: str | None
    tested_on: date
    asked: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def apply(requirement: Requirement, facts: Mapping[str, FactValue], knowledge: Knowledge, on: date) -> Application:
    """Test a requirement's conditions, exemptions and period.

    :param facts: the facts known of the subject, by name.
    :param on: the day judged; the event's own date takes its place where the case gives it.
    """
    known = {name: value.value for name, value in facts.items()}
    reports: list[ConditionReport] = []
    asked: list[str] = []
    state, why = State.APPLIES, ""
    for iri in requirement.conditions:
        outcome = evaluate(iri, knowledge.conditions, known, knowledge.facts)
        label = knowledge.conditions[iri].label
        reports.append(ConditionReport(label, outcome.value, outcome.used))
        if outcome.value is False and state is not State.NOT_APPLICABLE:
            state, why = State.NOT_APPLICABLE, f"it does not hold that {label}"
        elif outcome.value is None:
            asked += outcome.unknown
            if state is State.APPLIES:
                state, why = State.UNKNOWN, f"not known: {', '.join(outcome.unknown)}"
    notes: list[str] = []
    for exemption in requirement.exemptions:
        outcome = evaluate(exemption_condition(exemption, knowledge), knowledge.conditions, known, knowledge.facts)
        label = exemption_label(exemption, knowledge)
        if outcome.value is True and state is not State.NOT_APPLICABLE:
            state, why = State.NOT_APPLICABLE, f"exempt: {label}"
        elif outcome.value is None:
            notes.append(f"exemption not claimed: {label}")
    days, event = _event(requirement, facts, on)
    asked_for = replace(requirement, starts=starts_as_of(requirement, on))
    period, text, starts = _between(asked_for, knowledge, days, event)
    if (state is not State.NOT_APPLICABLE and period is State.NOT_APPLICABLE) or (
        state is State.APPLIES and period is not State.APPLIES
    ):
        state, why = period, text
    if text == _vague(requirement):
        asked.append(str(requirement.event))
    return Application(
        state,
        why,
        tuple(reports),
        starts,
        days[0] if days[0] > date.min else on,
        () if state is State.NOT_APPLICABLE else tuple(dict.fromkeys(asked)),
        tuple(notes),
    )


def starts_as_of(requirement: Requirement, on: date) -> date | FloatingDate | None:
    """Return from when a requirement applies, as the law stood on the day judged."""
    return next((e.day for e in requirement.earlier_starts if on < e.until), requirement.starts)


def exemption_condition(iri: str, knowledge: Knowledge) -> str:
    """Return the condition under which an exemption holds."""
    return knowledge.exemptions[iri].condition


def exemption_label(iri: str, knowledge: Knowledge) -> str:
    """Return an exemption's words and where it stands."""
    exemption = knowledge.exemptions[iri]
    return f"{exemption.label} ({exemption.citation})"


def _event(requirement: Requirement, facts: Mapping[str, FactValue], on: date) -> tuple[tuple[date, date], bool]:
    """Return the first and last day that the event may have been on, and whether the case gives it."""
    value = facts.get(requirement.event or "")
    if value is None:
        return (on, on), False
    days = [interval(text, "date") for text in value.value]
    known = [d for d in days if isinstance(d, Interval)]
    if not known or len(known) < len(days):
        return (date.min, date.max), True
    return (_day(min(d.low for d in known)), _day(max(d.high for d in known))), True


def _day(ordinal: Fraction) -> date:
    return date.fromordinal(int(ordinal))


def _between(
    requirement: Requirement, knowledge: Knowledge, days: tuple[date, date], event: bool
) -> tuple[State, str, str | None]:
    """Test the period on the first and the last day that the event may have been on; they must agree."""
    first, last = (_period(requirement, knowledge, day, event) for day in days)
    if first[0] is last[0]:
        return first
    return State.UNKNOWN, _vague(requirement), last[2]


def _vague(requirement: Requirement) -> str:
    return f"{requirement.event} is not known to the day"


def _period(requirement: Requirement, knowledge: Knowledge, tested: date, event: bool) -> tuple[State, str, str | None]:
    if requirement.ends is not None and tested > requirement.ends:
        return State.NOT_APPLICABLE, f"it ended on {requirement.ends}", _text(requirement.starts)
    starts = requirement.starts
    if isinstance(starts, FloatingDate):
        return _floating(starts, requirement, knowledge, tested, event)
    if starts is not None and tested < starts:
        return _later(tested, starts.isoformat(), f"on {starts}", event)
    return State.APPLIES, "", _text(starts)


def _later(tested: date, text: str | None, words: str, event: bool) -> tuple[State, str, str | None]:
    """A rule that starts later than a known event never applies to it."""
    if event:
        return State.NOT_APPLICABLE, f"the event of {tested} lies before it starts {words}", text
    return State.UPCOMING, f"it applies {words}".replace("applies on", "applies from"), text


def _floating(
    starts: FloatingDate, requirement: Requirement, knowledge: Knowledge, tested: date, event: bool
) -> tuple[State, str, str | None]:
    """Decide a floating date from what was known when the knowledge was checked (semantics, section 6)."""
    act = knowledge.acts[starts.act]
    checked = knowledge.markets_by_iri[requirement.market].checked_on
    anchor = act.adopted_on or checked
    start = add_months(anchor, starts.months)
    if starts.fixed is not None:
        start = max(start, starts.fixed)
    if act.adopted_on is not None:
        if tested < start:
            return _later(tested, start.isoformat(), f"on {start}", event)
        return State.APPLIES, "", start.isoformat()
    after = f"{starts.months} months after {act.label}" if starts.months else f"the day of {act.label}"
    words = f"the later of {starts.fixed} and {after}" if starts.fixed else after
    if start > tested:
        return _later(tested, None, f"from {words}, not adopted on {checked}: not before {start}", event)
    return State.UNKNOWN, f"it applies from {words}, which was not adopted on {checked}", None


def _text(starts: date | FloatingDate | None) -> str | None:
    return starts.isoformat() if isinstance(starts, date) else None
