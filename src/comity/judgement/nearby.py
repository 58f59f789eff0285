"""The part of the knowledge that can bear on some criteria: what a question about one rule is judged by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from comity.knowledge.limits import by_metric
from comity.model.knowledge import Knowledge
from comity.model.mappings import Relation, Row


def nearby(knowledge: Knowledge, criteria: Iterable[str]) -> Knowledge:
    """Leave out what nothing ties to some criteria: no fact comes from there, and no contradiction.

    Criteria are tied by rows that say something, by being parts or options of a whole or members of a joint coverage,
    and by limits on one metric, which have an order. A minimal conflicting set of rows hangs together by the same
    ties, so that the rows in quarantine are those of the whole knowledge, as far as they are left.

    :param criteria: IRIs.
    """
    reached = _reached(knowledge, criteria)
    return replace(
        knowledge,
        criteria={iri: knowledge.criteria[iri] for iri in reached if iri in knowledge.criteria},
        rows=tuple(r for r in knowledge.rows if r.subject in reached or r.object in reached),
        decompositions=tuple(d for d in knowledge.decompositions if d.whole in reached),
        joints=tuple(j for j in knowledge.joints if j.covers in reached),
        choices=tuple(c for c in knowledge.choices if c.whole in reached),
    )


def _reached(knowledge: Knowledge, criteria: Iterable[str]) -> Mapping[str, None]:
    """Return the criteria that are tied to some, and those, in a stable order."""
    ties = _ties(knowledge)
    limited = by_metric(knowledge.criteria)
    metrics: set[str] = set()
    found: dict[str, None] = {}
    todo = list(criteria)
    while todo:
        iri = todo.pop()
        if iri in found:
            continue
        found[iri] = None
        todo += ties.get(iri, ())
        known = knowledge.criteria.get(iri)
        if known is not None and known.limit is not None and known.limit.metric not in metrics:
            metrics.add(known.limit.metric)
            todo += (c.iri for c in limited.get(known.limit.metric, ()))
    return found


def _ties(knowledge: Knowledge) -> Mapping[str, list[str]]:
    ties: dict[str, list[str]] = defaultdict(list)
    groups: list[tuple[str, ...]] = [(r.subject, r.object) for r in knowledge.rows if _says(r)]
    groups += [(d.whole, *d.parts) for d in knowledge.decompositions]
    groups += [(j.covers, *j.members) for j in knowledge.joints]
    groups += [(c.whole, *c.options) for c in knowledge.choices]
    for first, *others in groups:
        ties[first] += others
        for other in others:
            ties[other].append(first)
    return ties


def _says(row: Row) -> bool:
    return not row.lead and row.mask != Relation.ANYTHING
