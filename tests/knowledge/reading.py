"""How tests read the knowledge: by notation, and by facts as people write them."""

from __future__ import annotations

from collections.abc import Mapping

from comity.algebra.conditions import evaluate
from comity.model.criteria import Criterion, Limit
from comity.model.knowledge import Knowledge
from comity.model.mappings import Relation
from comity.model.requirements import Requirement
from comity.model.scales import Kind

NS = "https://w3id.org/comity/"
UNIT = "http://qudt.org/vocab/unit/"


def criterion(known: Knowledge, notation: str) -> Criterion:
    """Find a criterion, in whichever case its notation is written."""
    return known.criteria[known.by_notation[notation.lower()]]


def members(known: Knowledge, version: str) -> list[Criterion]:
    """List what a version such as ``rra/3.0`` holds beside its root."""
    return [c for c in known.criteria.values() if c.version == NS + version and c.kind is not Kind.ROOT]


def mask(known: Knowledge, subject: str, object_: str) -> Relation:
    """Intersect what all rows say of a pair; a pair without a row is anything."""
    ends = criterion(known, subject).iri, criterion(known, object_).iri
    result = Relation.ANYTHING
    for row in known.rows:
        if (row.subject, row.object) == ends:
            result &= row.mask
    return result


def qualifiers(limit: Limit | None) -> dict[str, str]:
    """Name the qualifiers of a limit: ``{"material": "cobalt"}``."""
    assert limit is not None
    return {d.rsplit("/", 1)[1]: v.rsplit("/", 1)[1] for d, v in limit.qualifiers.items()}


def stated(facts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Read facts that are written ``{"battery_category": "EV,SLI"}``: words are parted by commas."""
    return {name.replace("_", "-"): tuple(words.split(",")) for name, words in facts.items()}


def holds(known: Knowledge, requirement: Requirement, **facts: str) -> bool | None:
    """Evaluate all conditions of a requirement; see :func:`stated` for facts."""
    values = [evaluate(c, known.conditions, stated(facts), known.facts).value for c in requirement.conditions]
    return False if False in values else None if None in values else True
