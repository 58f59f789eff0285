"""What a report repeats of the knowledge about a rule: words, citation, dates, doubts, what is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from comity.model.criteria import Criterion
from comity.model.knowledge import Knowledge
from comity.model.requirements import FloatingDate, Requirement
from comity.model.scales import Confidence
from comity.verify.problems import shown

Object = Mapping[str, object]


def of_requirement(requirement: Requirement, knowledge: Knowledge) -> dict[str, object]:
    """Return what a report says of a requirement, whoever the subject is."""
    criterion = knowledge.criteria.get(requirement.criterion)
    return {
        "label": requirement.label,
        "citation": requirement.citation,
        "basis": requirement.basis.value,
        "record_confidence": _lowest(requirement.confidence, criterion.confidence if criterion is not None else None),
        "doubts": _doubts(requirement, criterion, knowledge),
        "actor": requirement.actor_label or requirement.actor,
    }


def of_criterion(criterion: Criterion, knowledge: Knowledge) -> dict[str, object]:
    """Return what a report says of a rule that no market binds."""
    return {
        "notation": criterion.notation,
        "label": criterion.label,
        "citation": criterion.citation,
        "basis": criterion.basis.value,
        "record_confidence": _lowest(criterion.confidence),
        "doubts": _doubts(None, criterion, knowledge),
        "actor": None,
        "applies_from": None,
        "tested_on": None,
        "conditions": [],
    }


def differing(answer: Object, should: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Compare, and name each field that differs with what it should be; the order of doubts is none of their words."""
    for name, value in should.items():
        stands = answer.get(name)
        if isinstance(value, list) and isinstance(stands, list):
            if sorted(map(str, stands)) != sorted(map(str, value)):
                yield name, shown(value)
        elif stands != value:
            yield name, shown(value)


def _lowest(*stated: Confidence | None) -> str | None:
    known = [c for c in stated if c is not None]
    return min(known).token if known else None


def _doubts(requirement: Requirement | None, criterion: Criterion | None, knowledge: Knowledge) -> list[str]:
    """List the doubts about a rule, its criterion, and all that they stand on."""
    own: list[str] = []
    about: set[str] = set()
    if requirement is not None:
        own += requirement.doubts
        about |= {requirement.iri, requirement.criterion}
        about |= {*requirement.conditions, *requirement.exemptions, *requirement.party_conditions}
        about |= {requirement.starts.act} if isinstance(requirement.starts, FloatingDate) else set()
    if criterion is not None:
        own += criterion.doubts
        about |= {criterion.iri, criterion.version}
    for doubt in knowledge.doubts:
        if about & set(doubt.bears_on):
            check = f"; to check: {doubt.check}" if doubt.check else ""
            text = f"{doubt.notation}: {doubt.label}: {doubt.reason.rstrip('.')}{check.rstrip('.')}."
            own.append(text)
    return list(dict.fromkeys(own))
