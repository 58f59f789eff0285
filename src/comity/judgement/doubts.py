"""What is doubtful about a rule: its record, and all that it stands on."""

from __future__ import annotations

from collections.abc import Iterable

from comity.model.criteria import Criterion
from comity.model.knowledge import Knowledge
from comity.model.requirements import Doubt, FloatingDate, Requirement
from comity.model.scales import Confidence


def about_requirement(knowledge: Knowledge, requirement: Requirement) -> tuple[str, ...]:
    """Return the doubts about a requirement: its own, and those of all that it stands on."""
    criterion = knowledge.criteria.get(requirement.criterion)
    own = (*requirement.doubts, *(criterion.doubts if criterion is not None else ()))
    return tuple(dict.fromkeys((*own, *map(sentence, bearing(knowledge, under(knowledge, requirement))))))


def about_criterion(knowledge: Knowledge, criterion: Criterion) -> tuple[str, ...]:
    """Return the doubts about a criterion: its own, and those of its text."""
    found = bearing(knowledge, {criterion.iri, criterion.version})
    return tuple(dict.fromkeys((*criterion.doubts, *map(sentence, found))))


def bearing(knowledge: Knowledge, iris: set[str]) -> Iterable[Doubt]:
    """Yield the doubts that bear on any of some things."""
    return (doubt for doubt in knowledge.doubts if not iris.isdisjoint(doubt.bears_on))


def sentence(doubt: Doubt) -> str:
    """Write a doubt as people read it.

    >>> sentence(Doubt("x", "doubt-2", "The size of the plot", "it may change", "the gazette", ()))
    'doubt-2: The size of the plot: it may change; to check: the gazette.'
    """
    check = f"; to check: {doubt.check}" if doubt.check else ""
    return f"{doubt.notation}: {doubt.label}: {doubt.reason.rstrip('.')}{check.rstrip('.')}."


def lowest_confidence(knowledge: Knowledge, requirement: Requirement) -> Confidence | None:
    """Return how far a requirement's record and its criterion's are trusted; ``None`` where neither says."""
    criterion = knowledge.criteria.get(requirement.criterion)
    stated = (requirement.confidence, criterion.confidence if criterion is not None else None)
    return min((c for c in stated if c is not None), default=None)


def under(knowledge: Knowledge, requirement: Requirement) -> set[str]:
    """Return the IRIs of what a requirement stands on: criterion, text, conditions, exemptions, acts."""
    criterion = knowledge.criteria.get(requirement.criterion)
    found = {requirement.iri, requirement.criterion, *requirement.conditions, *requirement.exemptions}
    found.update(requirement.party_conditions)
    if criterion is not None:
        found.add(criterion.version)
    if isinstance(requirement.starts, FloatingDate):
        found.add(requirement.starts.act)
    return found
