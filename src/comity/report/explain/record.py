"""What a page says of the record of a rule: how sure it is, where its text stands, and what goes with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypedDict

from comity.model.criteria import Criterion, SchemeVersion
from comity.model.knowledge import Knowledge
from comity.model.requirements import Combination, FloatingDate, LegalEffect, Requirement, Test

ORDERS = (">", ">=", "<", "<=")
"""Operators of tests that turn on a number."""

NUMBERS = 6
"""Numbers of a condition that are written; the condition itself has all of them."""


class OfCriterion(TypedDict):
    """What a page of a criterion has of its record."""

    deontic: str | None
    actors: tuple[str, ...]
    concerns: tuple[str, ...]
    confidence: str | None
    notes: tuple[str, ...]
    state: tuple[str, ...]
    applies_from: str | None
    applies_until: str | None
    deadlines: tuple[str, ...]
    evidence: tuple[str, ...]
    tightened_by: tuple[str, ...]
    superseded_by: tuple[str, ...]
    effects: tuple[str, ...]


class OfRequirement(TypedDict):
    """What a page has of the record of a requirement."""

    confidence: str | None
    notes: tuple[str, ...]
    before: tuple[str, ...]
    deadlines: tuple[str, ...]
    penalties: tuple[str, ...]
    over: str | None


def of_criterion(knowledge: Knowledge, criterion: Criterion) -> OfCriterion:
    """Write what is known of a criterion's record."""
    return OfCriterion(
        deontic=criterion.deontic.value if criterion.deontic else None,
        actors=named(knowledge, criterion.actors),
        concerns=tuple(sorted(_label(knowledge, q) for q in criterion.concerns)),
        confidence=criterion.confidence.token if criterion.confidence is not None else None,
        notes=(*criterion.notes, *_notes_of_text(criterion, knowledge.schemes[criterion.version])),
        state=tuple(_state(knowledge, knowledge.schemes[criterion.version])),
        applies_from=starts(criterion.starts, knowledge),
        applies_until=criterion.ends.isoformat() if criterion.ends else None,
        deadlines=criterion.deadlines,
        evidence=criterion.evidence,
        tightened_by=named(knowledge, criterion.tightened_by),
        superseded_by=named(knowledge, criterion.superseded_by),
        effects=tuple(_effect(e) for e in knowledge.effects if criterion.iri in e.applies_to),
    )


def of_requirement(knowledge: Knowledge, found: Requirement) -> OfRequirement:
    """Write what is known of a requirement's record."""
    return OfRequirement(
        confidence=found.confidence.token if found.confidence is not None else None,
        notes=found.notes,
        before=tuple(
            f"{e.day}, as the law stood before {e.until} ({', '.join(named(knowledge, (e.changed_by,)))})"
            for e in found.earlier_starts
        ),
        deadlines=found.deadlines,
        penalties=named(knowledge, found.penalties),
        over=_over(knowledge, found),
    )


def _over(knowledge: Knowledge, found: Requirement) -> str | None:
    """Say whom a requirement ranges over, and which of them it means."""
    if found.ranges_over is None:
        return None
    meant = " and ".join(condition(knowledge, c) for c in found.party_conditions)
    return f"each that {found.ranges_over} reaches" + (f", of which it holds that {meant}" if meant else "")


def starts(day: date | FloatingDate | None, knowledge: Knowledge) -> str | None:
    """Write the day from which something applies, in words where it floats."""
    if not isinstance(day, FloatingDate):
        return day.isoformat() if day else None
    known = knowledge.acts.get(day.act)
    act = known.label if known else day.act
    floating = f"{day.months} months after {act}" if day.months else f"the day of {act}"
    state = f" ({known.state})" if known and known.state else ""
    return (f"the later of {day.fixed} and {floating}" if day.fixed else floating) + state


def condition(knowledge: Knowledge, iri: str) -> str:
    """Write a condition: its words and, where it combines others, the numbers that it turns on."""
    found = knowledge.conditions[iri]
    numbers = [] if isinstance(found, Test) else list(dict.fromkeys(_numbers(knowledge, iri)))
    more = f", and {len(numbers) - NUMBERS} more" if len(numbers) > NUMBERS else ""
    return found.label + (f" [{', '.join(numbers[:NUMBERS])}{more}]" if numbers else "")


def _numbers(knowledge: Knowledge, iri: str) -> Iterator[str]:
    found = knowledge.conditions[iri]
    if isinstance(found, Combination):
        for operand in found.operands:
            yield from _numbers(knowledge, operand)
    elif found.operator in ORDERS and found.values != ("0",):
        yield f"{found.fact} {found.operator} {', '.join(found.values)}"


def _state(knowledge: Knowledge, version: SchemeVersion) -> Iterator[str]:
    """Say where a text stands."""
    window = [(w, d) for w, d in (("from", version.in_force_from), ("until", version.in_force_until)) if d]
    words = " ".join(["in force", *(f"{word} {day}" for word, day in window)]) if window else ""
    state = "" if words and version.state == "in-force" else version.state
    if state or words:
        yield ", ".join(filter(None, (state, words)))
    if version.withdrawn_from:
        yield f"no longer from {version.withdrawn_from}"
    if version.consolidation_read:
        yield f"read in the consolidation {version.consolidation_read}"
    if version.consolidations_known:
        yield f"newer, and not read: {', '.join(version.consolidations_known)}"
    if version.amended_by:
        yield f"changed by {'; '.join(named(knowledge, version.amended_by))}"


def _notes_of_text(criterion: Criterion, text: SchemeVersion) -> tuple[str, ...]:
    """Return what is noted of a text as a whole, for the page that stands for the whole."""
    return text.notes if text.root in (criterion.iri, None) else ()


def _label(knowledge: Knowledge, qualifier: str) -> str:
    return knowledge.qualifiers[qualifier].label if qualifier in knowledge.qualifiers else qualifier


def _effect(found: LegalEffect) -> str:
    told = [found.label, f"({'; '.join(t for t in (found.provision, found.instrument, found.state) if t)})"]
    left = f"; it leaves to the operator: {'; '.join(found.leaves)}" if found.leaves else ""
    means = f". {found.text}" if found.text else ""
    return f"{found.mode.replace('-', ' ')}: {' '.join(told)}{left}{means}"


def named(knowledge: Knowledge, iris: Iterable[str]) -> tuple[str, ...]:
    """Name things as people do: criteria by their notation, others by their label."""
    return tuple(_name(knowledge, iri) for iri in iris)


def _name(knowledge: Knowledge, iri: str) -> str:
    if iri in knowledge.criteria:
        return f"{knowledge.criteria[iri].notation}  {knowledge.criteria[iri].label}"
    for among in (knowledge.acts, knowledge.schemes):
        if iri in among:
            return among[iri].label
    return knowledge.labels.get(iri, iri)
