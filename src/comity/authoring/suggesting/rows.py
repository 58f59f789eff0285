"""Suggestions as rows that a person finishes: why each was made, and nothing of how the two relate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from comity.algebra.relation import token
from comity.authoring.draft import Draft, DraftRow
from comity.authoring.sheets import template
from comity.authoring.suggesting.passages import Passage
from comity.authoring.suggesting.suggest import Suggestion, topic_name
from comity.knowledge.vocabulary import NS, SEMAPV
from comity.model.criteria import Criterion, Limit, SchemeVersion
from comity.model.knowledge import Knowledge
from comity.model.mappings import Row
from comity.model.places import Place
from comity.model.scales import Authority, Basis
from comity.units import symbol

_QUESTION = "Does meeting {a} guarantee {b}?"
_HERE = Place("suggestions")


def suggested(
    knowledge: Knowledge, subject: SchemeVersion, object_: SchemeVersion, found: Sequence[Suggestion], on: date
) -> Draft:
    """Begin a mapping set with suggestions, each a lead (``comity:closeMatch``) until somebody says how it relates."""
    return begun(knowledge, subject, object_, [_row(knowledge, s, on) for s in found], on, "comity suggest")


def begun(
    knowledge: Knowledge, subject: SchemeVersion, object_: SchemeVersion, rows: Sequence[DraftRow], on: date, tool: str
) -> Draft:
    """Begin a mapping set with rows that a tool suggests.

    :param tool: what made them.
    """
    draft = template.mappings(knowledge, subject, object_, rows)
    header = {
        **draft.header,
        "license": "https://www.apache.org/licenses/LICENSE-2.0",
        "mapping_date": on.isoformat(),
        "mapping_set_id": f"https://w3id.org/comity/mappings/{draft.name}",
        "mapping_tool": tool,
    }
    return Draft(draft.name, "mappings", rows=draft.rows, header=header)


def opened(draft: Draft) -> Draft:
    """Leave the relation of each row empty, for a table in which one is chosen from a list."""
    return replace(draft, rows=tuple(replace(row, predicate="") for row in draft.rows))


def reasons(knowledge: Knowledge, s: Suggestion) -> tuple[str, ...]:
    """Say what speaks for a pair, the surest first."""
    found = []
    if s.passage:
        found.append(f"path: {_way(knowledge, s, s.passage)}")
    if s.limits:
        one, other = (_number(limit) for limit in s.limits)
        metric = knowledge.metrics.get(s.limits[0].metric)
        found.append(f"numbers on one metric, {metric.label if metric else s.limits[0].metric}: {one} and {other}")
    if s.topics:
        names = ", ".join(topic_name(knowledge, t) for t in s.topics)
        found.append(f"shared topic: {names}" if len(s.topics) == 1 else f"shared topics: {names}")
    if s.words:
        found.append(f"words in common: {', '.join(s.words)}")
    return tuple(found)


def _row(knowledge: Knowledge, s: Suggestion, on: date) -> DraftRow:
    why = "; ".join(reasons(knowledge, s))
    question = _QUESTION.format(a=s.subject.notation, b=s.object.notation)
    return DraftRow(
        subject=s.subject.iri,
        predicate=NS + "closeMatch",
        object=s.object.iri,
        place=_HERE,
        subject_label=s.subject.label,
        object_label=s.object.label,
        justification=SEMAPV + _justification(s),
        stated_on=on,
        authority=Authority.SUGGESTED,
        basis=Basis.NOT_VERIFIED,
        reason=f"{why[:1].upper()}{why[1:]}. {question}",
        more={"similarity_score": f"{s.score:.2f}", "similarity_measure": "comity suggest"},
    )


def _justification(s: Suggestion) -> str:
    if s.topics or s.limits or (s.passage and s.words):
        return "CompositeMatching"
    return "MappingChaining" if s.passage else "LexicalMatching"


def _way(knowledge: Knowledge, s: Suggestion, passage: Passage) -> str:
    """Tell a way step by step, each row as its author wrote it."""
    names = knowledge.criteria
    steps = []
    if passage.begins != s.subject.iri:
        steps.append(f"{s.subject.notation} is worded like {_name(names.get(passage.begins), passage.begins)}")
    for row in passage.rows:
        one, other = (_name(names.get(iri), iri) for iri in (row.subject, row.object))
        steps.append(f"{one} {_word(row)} {other}")
    if passage.ends != s.object.iri:
        steps.append(f"{_name(names.get(passage.ends), passage.ends)} is worded like {s.object.notation}")
    return ", ".join(steps)


def _name(criterion: Criterion | None, iri: str) -> str:
    return criterion.notation if criterion else iri


def _word(row: Row) -> str:
    return ("not " if row.negated else "") + (token(row.mask) or row.predicate.rpartition(":")[2])


def _number(limit: Limit) -> str:
    if limit.value is None:
        return "a value to be stated" if limit.comparator is None else "a value not set yet"
    value = f"{float(limit.value):g}"
    sign = limit.comparator.value if limit.comparator else ""
    return f"{sign} {value} {symbol(limit.unit) if limit.unit else ''}".strip()
