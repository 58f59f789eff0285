"""A draft as the cells of a table: what workbooks and text tables are written from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from comity import units
from comity.authoring.draft import (
    CellFinding,
    Draft,
    DraftCriterion,
    DraftLimit,
    DraftRow,
    DraftScheme,
    DraftWhole,
    Sort,
)
from comity.authoring.faults import fault
from comity.authoring.sheets.columns import ABOUT_CRITERIA, ABOUT_MAPPINGS, CRITERIA, MAPPINGS, Column
from comity.authoring.sheets.identifiers import MARK
from comity.authoring.sheets.limits import slug
from comity.authoring.sheets.properties import heading
from comity.authoring.sheets.properties import shown as written
from comity.authoring.sssom import curie
from comity.knowledge.vocabulary import NS
from comity.model.classes import dataclass
from comity.model.knowledge import Knowledge
from comity.model.places import Place
from comity.model.scales import Kind
from comity.stores.terms import decimal

Value = str | float | date
"""What a cell holds."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table to be written.

    :param rows: by slot; empty cells left out.
    :param about: title and value of each line of the About sheet; empty values are for the author to fill.
    :param findings: what has no place in a table.
    """

    sort: Sort
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Value], ...]
    about: tuple[tuple[str, str], ...]
    findings: tuple[CellFinding, ...] = ()


def grid(draft: Draft, sort: Sort, knowledge: Knowledge) -> Grid:
    """Lay out the rows or the criteria of a draft."""
    return _mappings(draft, knowledge) if sort == "mappings" else _criteria(draft, knowledge)


def _mappings(draft: Draft, knowledge: Knowledge) -> Grid:
    rows = [_row(row, draft, knowledge) for row in draft.rows]
    extra = sorted({slot for row in draft.rows for slot in row.more})
    columns = (*MAPPINGS, *(Column(slot, slot, "") for slot in extra))
    about = [(c.title, _text(draft.header.get(c.slot, ""), c.slot, knowledge)) for c in ABOUT_MAPPINGS]
    known = {c.slot for c in ABOUT_MAPPINGS}
    about += [(key, _text(value, key, knowledge)) for key, value in sorted(draft.header.items()) if key not in known]
    about += [(f"prefix {name}", space) for name, space in sorted(draft.prefixes.items())]
    lost = [
        fault("not-carried", Place(draft.name), f"The header's {key} is no text, and has no place in a table.")
        for key, value in draft.header.items()
        if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(v, dict | list) for v in value))
    ]
    return Grid("mappings", columns, tuple(rows), tuple(about), tuple(lost))


def _text(value: object, slot: str, knowledge: Knowledge) -> str:
    if slot in ("subject_source", "object_source") and str(value) in knowledge.schemes:
        return knowledge.schemes[str(value)].notation
    return "|".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _row(row: DraftRow, draft: Draft, knowledge: Knowledge) -> dict[str, Value]:
    subject, subject_label = _end(row.subject, row.subject_label, draft, knowledge)
    object_, object_label = _end(row.object, row.object_label, draft, knowledge)
    predicate = row.predicate.removeprefix(NS) if row.predicate.startswith(NS) else curie(row.predicate, draft.prefixes)
    cells: dict[str, Value | None] = {
        **row.more,
        "subject_id": subject,
        "predicate_id": f"{'not ' if row.negated else ''}{predicate}",
        "predicate_label": row.foreign,
        "object_id": object_,
        "comment": row.reason,
        "author_label": row.author_label,
        "author_id": row.author_id,
        "mapping_date": row.stated_on,
        "reviewer_label": row.reviewer_label,
        "reviewer_id": row.reviewer_id,
        "confidence": row.confidence,
        "other": row.note,
        "mapping_justification": row.justification.rpartition("/")[2]
        if "semapv" in row.justification
        else row.justification,
        "subject_label": subject_label,
        "object_label": object_label,
        "authority": row.authority.token if row.authority is not None else None,
        "scope": row.scope,
        "joint_group": row.joint_group,
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
        "basis": row.basis.value if row.basis is not None else None,
        "record_id": row.id,
    }
    return {slot: value for slot, value in cells.items() if value is not None and value != ""}


def _end(iri: str, label: str, draft: Draft, knowledge: Knowledge) -> tuple[str, str]:
    """Write an end of a row as people know it, and its name where that is another."""
    criterion = knowledge.criteria.get(iri)
    if criterion is None:
        return curie(iri, draft.prefixes), label
    if label == criterion.label:
        return f"{criterion.notation}{MARK}{label}", ""
    return criterion.notation, label


def _criteria(draft: Draft, knowledge: Knowledge) -> Grid:
    scheme = draft.scheme
    about = [(c.title, _edition(scheme, c.slot)) for c in ABOUT_CRITERIA]
    numbers = {c.iri: number(c, scheme) for c in draft.criteria}
    rows = [cells for c in draft.criteria for cells in _criterion(c, draft, numbers, knowledge)]
    about += [(heading(p), "\n".join(values)) for p, values in (scheme.more if scheme else {}).items()]
    extra = sorted({heading(predicate) for c in draft.criteria for predicate in c.more} - {c.slot for c in CRITERIA})
    columns = (*CRITERIA, *(Column(name, name, "") for name in extra))
    return Grid("criteria", columns, tuple(rows), tuple(about), tuple(_lost(draft, knowledge)))


def _edition(scheme: DraftScheme | None, slot: str) -> str:
    if scheme is None:
        return ""
    other = {"steward": "stewards", "body": "bodies"}
    value = getattr(scheme, other.get(slot, slot))
    if slot == "basis":
        return str(scheme.basis.value)
    if isinstance(value, tuple):
        return "|".join(value)
    return value.isoformat() if isinstance(value, date) else str(value or "")


def number(criterion: DraftCriterion, scheme: DraftScheme | None) -> str:
    """Return the number of a criterion within its edition."""
    if scheme and criterion.notation.startswith(scheme.notation + "-"):
        return criterion.notation[len(scheme.notation) + 1 :]
    return "root" if criterion.kind is Kind.ROOT else criterion.notation


def _criterion(
    criterion: DraftCriterion, draft: Draft, numbers: Mapping[str, str], knowledge: Knowledge
) -> Iterator[dict[str, Value]]:
    scheme = draft.scheme
    mine = numbers[criterion.iri]
    made = f"{scheme.iri}/{mine}" if scheme else ""
    named = f"{scheme.notation}-{mine}" if scheme else ""
    lifts = sorted(lift.value for lift in criterion.lifts)
    cells: dict[str, Value] = {
        "number": mine,
        "label": criterion.label,
        "text": criterion.text,
        "kind": criterion.kind.value,
        "level": criterion.level.value,
        "parent": numbers.get(criterion.parent, criterion.parent),
        "parts_complete": "yes" if criterion.iri in draft.complete else "",
        **_whole(draft.wholes.get(criterion.iri), criterion),
        "citation": criterion.citation,
        "source": criterion.source,
        "basis": criterion.basis.value if scheme is None or criterion.basis is not scheme.basis else "",
        "topic": "|".join(knowledge.labels.get(t, t) for t in criterion.topics),
        "unit_parts": "|".join(criterion.unit_parts),
        "lift": "|".join(lifts),
        "doubt": "|".join(criterion.doubts),
        "tags": "|".join(criterion.tags),
        "same_as": "|".join(criterion.same_as),
        "iri": "" if criterion.iri == made else criterion.iri,
        "notation": "" if criterion.notation in (named, scheme.notation if scheme else "") else criterion.notation,
    }
    cells |= {heading(p): "\n".join(written(p, v) for v in values) for p, values in criterion.more.items()}
    base = scheme.iri if scheme else criterion.iri
    first, *others = criterion.limits or (None,)
    yield {k: v for k, v in {**cells, **_limit(first, base, knowledge)}.items() if v != ""}
    for limit in others:
        yield {"number": mine, **{k: v for k, v in _limit(limit, base, knowledge).items() if v != ""}}


def _whole(whole: DraftWhole | None, criterion: DraftCriterion) -> dict[str, Value]:
    if whole is None:
        return {}
    basis = whole.basis.value if whole.basis and whole.basis is not criterion.basis else ""
    return {"parts_note": whole.note, "parts_basis": basis, "parts_iri": whole.iri}


def _limit(limit: DraftLimit | None, base: str, knowledge: Knowledge) -> dict[str, Value]:
    if limit is None:
        return {}
    metric = knowledge.metrics.get(limit.metric)
    return {
        "metric": _own_metric(limit, base, knowledge) or (metric.notation if metric else limit.metric),
        "comparator": limit.comparator.value if limit.comparator else "",
        "value": plain(decimal(limit.value) or "") if limit.value is not None else "",
        "unit": _unit(limit),
        "qualifiers": "|".join(_qualifier(q, knowledge) for q in limit.qualifiers),
        "role": limit.role.value,
        "start_event": limit.start_event,
    }


def _own_metric(limit: DraftLimit, base: str, knowledge: Knowledge) -> str:
    """Return the name of a metric that the edition declares, from which its address is made; empty for another."""
    metric = knowledge.metrics.get(limit.metric)
    label = limit.metric_label or (metric.label if metric else "")
    return label if label and limit.metric == f"{base}/metric/{slug(label)}" else ""


def _unit(limit: DraftLimit) -> str:
    if limit.unit is None:
        return "1" if limit.value is not None else ""
    symbol = units.symbol(limit.unit)
    return symbol if units.unit(symbol) == limit.unit else limit.unit


def _qualifier(iri: str, knowledge: Knowledge) -> str:
    value = knowledge.qualifiers.get(iri)
    if value is None or value.dimension not in knowledge.dimensions:
        return iri
    return f"{knowledge.dimensions[value.dimension].notation}={value.notation}"


def plain(text: str) -> str:
    """Write a decimal number without zeros that say nothing.

    >>> plain("16.0"), plain("0.125")
    ('16', '0.125')
    """
    return text.rstrip("0").rstrip(".") if "." in text else text


def _lost(draft: Draft, knowledge: Knowledge) -> Iterator[CellFinding]:
    """Tell what a table of criteria has no column for, once for each sort of thing."""
    fix = "Keep the Turtle beside the table."
    lost: dict[str, list[DraftCriterion]] = {}
    for criterion in draft.criteria:
        for what in _unwritten(criterion, draft.scheme.iri if draft.scheme else criterion.iri, knowledge):
            lost.setdefault(what, []).append(criterion)
    for what, criteria in lost.items():
        first = ", ".join(c.notation for c in criteria[:3]) + (", …" if len(criteria) > 3 else "")
        message = f"{what} of {len(criteria)} criteria ({first}) has no column."
        yield fault("not-carried", criteria[0].place, message, fix)


def _unwritten(criterion: DraftCriterion, base: str, knowledge: Knowledge) -> Iterator[str]:
    for predicate, values in criterion.more.items():
        if any("\n" in value for value in values):
            yield f"a line end in {heading(predicate)}"
    several = len(criterion.limits) > 1
    for position, limit in enumerate(criterion.limits, 1):
        if limit.iri not in ("", f"{criterion.iri}/{position}/limit" if several else f"{criterion.iri}/limit"):
            yield "the address of the limit"
        if limit.value is not None and decimal(limit.value) is None:
            yield "a value that is no decimal number"
        if limit.metric_label and limit.metric not in knowledge.metrics and not _own_metric(limit, base, knowledge):
            yield "the name of a metric whose address is not made from it"


def shown(value: Value) -> str:
    """Write a cell as text."""
    if isinstance(value, float):
        return f"{value:g}"
    return value.isoformat() if isinstance(value, date) else value


def used(table: Grid) -> Sequence[Column]:
    """Return the columns that an author begins with, and those that hold something."""
    filled = {slot for row in table.rows for slot in row}
    return [c for c in table.columns if c.first or c.slot in filled]
