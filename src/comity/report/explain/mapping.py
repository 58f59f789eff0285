"""Build the page of a mapping row."""

from __future__ import annotations

from datetime import date

from comity.judgement.chain import network
from comity.model.knowledge import Knowledge
from comity.model.mappings import Relation, Row
from comity.report.explain.pages import MappingPage

SAYS = (
    (Relation.EQ, "Meeting the subject guarantees the object, and the other way round."),
    (Relation.COVERS, "Meeting the subject guarantees the object."),
    (Relation.COVERED_BY, "Meeting the subject meets a part of the object; meeting the object guarantees the subject."),
    (Relation.OVERLAPS, "Meeting the subject meets a part of the object."),
    (Relation.DR, "Meeting the subject says nothing about the object."),
)
"""The first that contains the row's mask, in words (semantics, section 2)."""


def page(knowledge: Knowledge, row: Row, on: date) -> MappingPage:
    """Build the page of one row.

    :param on: the day whose contradictions are shown.
    """
    disputed = next((c for c in network(knowledge, on).conflicts if row.id in c.rows), None)
    subject, target = knowledge.criteria.get(row.subject), knowledge.criteria.get(row.object)
    return MappingPage(
        id=row.id,
        subject=subject.notation if subject else row.subject,
        subject_label=subject.label if subject else "",
        relation=("not " if row.negated else "") + row.predicate.replace("#", "/").rpartition("/")[2],
        object=target.notation if target else row.object,
        object_label=target.label if target else "",
        says=says(row),
        reason=row.reason,
        justification=row.justification,
        author=row.author,
        reviewer=row.reviewer,
        authority=row.authority.token,
        confidence=row.confidence,
        valid_from=row.valid_from.isoformat() if row.valid_from else None,
        valid_until=row.valid_until.isoformat() if row.valid_until else None,
        basis=row.basis.value if row.basis else None,
        disputed_with=tuple(r for r in disputed.rows if r != row.id) if disputed else None,
        place=f"{row.place.document} {row.place.path}".strip(),
    )


def says(row: Row) -> str:
    """Say in a sentence what follows from a row."""
    if row.lead:
        return "Nothing follows: it is a lead."
    otherwise = "It does not say that meeting the subject guarantees the object."
    return next((text for mask, text in SAYS if not row.mask & ~mask), otherwise)
