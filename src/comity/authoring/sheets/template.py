"""Tables to begin with: empty, or filled from editions that are known."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from comity.authoring.draft import Draft, DraftCriterion, DraftLimit, DraftRow, DraftScheme, Sort
from comity.authoring.sheets.grid import grid, used
from comity.authoring.sheets.grid import shown as spelled
from comity.authoring.sheets.identifiers import MARK, mappable, natural
from comity.authoring.sheets.workbook import Lists, Side
from comity.authoring.sheets.workbook import write as write_workbook
from comity.model.criteria import Criterion, Limit, SchemeVersion
from comity.model.knowledge import Knowledge
from comity.model.places import Place

_HERE = Place("template")


def mappings(
    knowledge: Knowledge,
    subject: SchemeVersion | None = None,
    object_: SchemeVersion | None = None,
    rows: Sequence[DraftRow] | None = None,
) -> Draft:
    """Begin a mapping set: one row for each criterion of the subject scheme, its relation open.

    :param rows: what to begin with instead, such as suggestions with their relation open.
    """
    header: dict[str, object] = {}
    if subject:
        header["subject_source"] = subject.iri
    if object_:
        header["object_source"] = object_.iri
    if subject and object_:
        header["mapping_set_title"] = f"{subject.label} to {object_.label}"
    if rows is None:
        rows = [
            DraftRow(c.iri, "", "", _HERE, subject_label=c.label)
            for c in (criteria_of(knowledge, subject) if subject else ())
        ]
    name = f"{subject.notation if subject else 'subject'}--{object_.notation if object_ else 'object'}"
    return Draft(name, "mappings", rows=tuple(rows), header=header)


def criteria(knowledge: Knowledge, version: SchemeVersion | None = None) -> Draft:
    """Begin a table of criteria, empty or with those of an edition."""
    if version is None:
        return Draft("criteria", "criteria")
    return drafted(knowledge, version)


def drafted(knowledge: Knowledge, version: SchemeVersion) -> Draft:
    """Return an edition that is known as a draft of it."""
    members = sorted((c for c in knowledge.criteria.values() if c.version == version.iri), key=_order)
    iris = {c.iri for c in members}
    parents = {p: d.whole for d in knowledge.decompositions if d.whole in iris for p in d.parts}
    complete = frozenset(d.whole for d in knowledge.decompositions if d.whole in iris and d.complete)
    scheme = DraftScheme(
        iri=version.iri,
        notation=version.notation,
        label=version.label,
        place=_HERE,
        version=version.version,
        scheme=version.scheme,
        scheme_label=knowledge.labels.get(version.scheme, ""),
        source=version.source,
        basis=version.basis,
        in_force_from=version.in_force_from,
        in_force_until=version.in_force_until,
        withdrawn_from=version.withdrawn_from,
        stewards=version.stewards,
        bodies=version.bodies,
        jurisdiction=version.jurisdiction or "",
        state=version.state,
    )
    rows = tuple(_criterion(c, parents.get(c.iri, "")) for c in members)
    return Draft(version.notation, "criteria", scheme, rows, complete=complete)


def _order(criterion: Criterion) -> tuple[bool, object]:
    return criterion.kind.value != "root", natural(criterion.notation)


def _criterion(criterion: Criterion, parent: str) -> DraftCriterion:
    return DraftCriterion(
        iri=criterion.iri,
        notation=criterion.notation,
        label=criterion.label,
        kind=criterion.kind,
        level=criterion.level,
        place=_HERE,
        text=criterion.text,
        citation=criterion.citation if criterion.citation != criterion.notation else "",
        source=criterion.source,
        basis=criterion.basis,
        parent=parent,
        limits=(_limit(criterion.limit),) if criterion.limit else (),
        unit_parts=criterion.unit_parts,
        lifts=criterion.lifts,
        topics=criterion.topics,
        doubts=criterion.doubts,
    )


def _limit(limit: Limit) -> DraftLimit:
    return DraftLimit(
        metric=limit.metric,
        role=limit.role,
        comparator=limit.comparator,
        value=limit.value,
        unit=limit.unit,
        qualifiers=tuple(limit.qualifiers.values()),
        start_event=limit.start_event,
        iri=limit.iri,
    )


def criteria_of(knowledge: Knowledge, version: SchemeVersion) -> Sequence[Criterion]:
    """Return the criteria of an edition on which rows may end, in their order; its root first."""
    members = mappable(c for c in knowledge.criteria.values() if c.version == version.iri)
    return sorted(members, key=lambda c: c.kind.value != "root")


def lists(
    knowledge: Knowledge, subject: SchemeVersion | None, object_: SchemeVersion | None, sort: Sort = "mappings"
) -> Lists:
    """Return what the drop-down lists of the two ends offer, or those of metrics and topics."""
    if sort == "criteria":
        return {"metric": sorted(m.notation for m in knowledge.metrics.values())}
    return {
        slot: [f"{c.notation}{MARK}{c.label}" for c in criteria_of(knowledge, version)]
        for slot, version in (("subject_id", subject), ("object_id", object_))
        if version is not None
    }


def sides(knowledge: Knowledge, subject: SchemeVersion | None, object_: SchemeVersion | None) -> list[Side]:
    """Return the criteria of the two schemes, for sheets on which an author can read them."""
    return [
        Side(
            title,
            slot,
            [(c.notation, c.label, c.kind.value, c.level.value, c.text) for c in criteria_of(knowledge, version)],
        )
        for title, slot, version in (("Subjects", "subject_id", subject), ("Objects", "object_id", object_))
        if version is not None
    ]


def as_workbook(
    draft: Draft, sort: Sort, knowledge: Knowledge, offered: Lists | None = None, shown: Sequence[Side] = ()
) -> bytes:
    """Write a draft as a workbook.

    :param offered: what drop-down lists offer (:func:`lists`).
    :param shown: schemes whose criteria have sheets of their own (:func:`sides`).
    """
    return write_workbook(grid(draft, sort, knowledge), offered, shown)


def as_text(draft: Draft, sort: Sort, knowledge: Knowledge, separator: str = ",") -> str:
    """Write a draft as a text table, with what an About sheet would say in lines above it."""
    table = grid(draft, sort, knowledge)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    for title, value in table.about:
        writer.writerow([f"# {title}: {value}".rstrip()])
    columns = used(table) if table.rows else table.columns
    writer.writerow([c.title for c in columns])
    for row in table.rows:
        writer.writerow([spelled(row[c.slot]) if c.slot in row else "" for c in columns])
    return out.getvalue()
