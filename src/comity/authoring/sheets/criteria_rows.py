"""A table of criteria and its About sheet as drafted criteria; each fault with its cell."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from urllib.parse import quote

from comity.authoring.draft import CellFinding, DraftCriterion, DraftLimit, DraftScheme, DraftWhole
from comity.authoring.faults import fault
from comity.authoring.sheets.bounds import excluding
from comity.authoring.sheets.columns import BASES, DUTIES, DUTY, KINDS, LEVELS, LIFTS, UNIT_PARTS
from comity.authoring.sheets.edition import EditionSheet, address, other_properties, source
from comity.authoring.sheets.limits import parted, read_limit, slug
from comity.authoring.sheets.repeating import repeated, spot_of
from comity.authoring.sheets.tables import Record, Table
from comity.authoring.sheets.values import Reader, plain_id, token, unmangled
from comity.formats.sheets import Cell
from comity.knowledge.vocabulary import fold
from comity.model.classes import dataclass
from comity.model.knowledge import Knowledge
from comity.model.scales import Basis, Kind, Level, Lift


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a table of criteria says.

    :param assumed: the edition under which criteria are checked while it cannot be told which it is.
    :param complete: IRIs of criteria whose parts make them up entirely.
    :param wholes: what else is said of that, by IRI.
    """

    scheme: DraftScheme | None
    assumed: DraftScheme
    criteria: tuple[DraftCriterion, ...]
    complete: frozenset[str]
    wholes: Mapping[str, DraftWhole]
    findings: tuple[CellFinding, ...]


def read_criteria(
    table: Table, about: Mapping[str, Cell], knowledge: Knowledge, blank: Mapping[str, Cell] | None = None
) -> Criteria:
    """Read the rows of a table; one with an error is reported and left out.

    :param about: what the file says of the edition, by slot.
    :param blank: where it leaves a slot empty.
    """
    aside = EditionSheet(table, about, blank or {}, knowledge)
    scheme = aside.scheme()
    reader = Reader(table, aside.reader.findings)
    rows = _read_rows(reader, table, scheme, knowledge)
    rows.faulty |= repeated(reader, rows.kept, rows.first, knowledge, scheme)
    _impossible(reader, rows)
    placed = zip(rows.kept, _placed(reader, rows.kept, rows.first), strict=True)
    criteria = tuple(c for key, c in placed if key not in rows.faulty)
    told = None if aside.lacking else scheme
    if told is not None and criteria and not told.jurisdiction and not any(c.kind is Kind.ROOT for c in criteria):
        criteria = (_root(told, criteria), *criteria)
        message = f"{told.notation} is added for conformity with the whole of it; certificates often say no more."
        reader.findings.append(fault("root-added", table.place, message))
    return Criteria(told, scheme, criteria, frozenset(rows.complete), rows.wholes, tuple(reader.findings))


@dataclass(slots=True)
class _Rows:
    """What the rows say, by the folded number of their criterion.

    :param first: the row that states the criterion.
    :param limiting: the rows that state its limits.
    """

    kept: dict[str, DraftCriterion] = field(default_factory=dict)
    first: dict[str, Record] = field(default_factory=dict)
    limiting: dict[str, list[Record]] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)
    complete: set[str] = field(default_factory=set)
    wholes: dict[str, DraftWhole] = field(default_factory=dict)


def _read_rows(reader: Reader, table: Table, scheme: DraftScheme, knowledge: Knowledge) -> _Rows:
    rows = _Rows()
    for record in table.records:
        before = reader.errors
        criterion = _criterion(reader, record, scheme, knowledge)
        if criterion is None:
            continue
        key = fold(plain_id(record.text("number")))
        if criterion.limits:
            rows.limiting.setdefault(key, []).append(record)
        if key in rows.first:
            _again(reader, record, rows.first[key], criterion, rows.kept, key)
            continue
        rows.first[key] = record
        rows.kept[key] = criterion
        if reader.errors > before:
            rows.faulty.add(key)
        if token(record.text("parts_complete")) in ("yes", "true", "1", "complete"):
            rows.complete.add(criterion.iri)
        if whole := _whole(reader, record):
            rows.wholes[criterion.iri] = whole
    return rows


def _impossible(reader: Reader, rows: _Rows) -> None:
    """Tell of limits of one criterion that no value meets both."""
    for key, criterion in rows.kept.items():
        records = rows.limiting.get(key, ())
        if len(records) == len(criterion.limits):
            for one, other in excluding(zip(records, criterion.limits, strict=True)):
                said = f"{other.text('comparator')} {other.text('value')} {other.text('unit')}".strip()
                beside = f"{one.text('comparator')} {one.text('value')} {one.text('unit')}".strip()
                message = f"No value is {said} and {beside} ({spot_of(one, 'value')}): nobody can meet both."
                fix = "Mend one of them; limits of different things have different metrics or qualifiers."
                reader.complain(other, "value", "limits-exclude", message, fix)


def _criterion(reader: Reader, record: Record, scheme: DraftScheme, knowledge: Knowledge) -> DraftCriterion | None:
    """Read one row; ``None`` where it has no number to know it by."""
    reader.unsound(record)
    number = _number(reader, record)
    if not number:
        return None
    for slot in ("label", "kind", "level"):
        if not record.text(slot) and slot in reader.table.titles and not _limit_only(record):
            reader.complain(record, slot, "cell-empty", f"{reader.table.titles[slot]} is empty.", _WANTED[slot])
    kind = reader.choice(record, "kind", KINDS, token)
    level = reader.choice(record, "level", LEVELS, lambda text: token(_LEVELS.get(token(text), text)))
    basis = reader.choice(record, "basis", BASES, token)
    reader.choice(record, "parts_complete", ("yes", "no", "true", "false", "1", "0", "complete", "partial"), token)
    reader.choice(record, DUTY, DUTIES, lambda text: token(text).removesuffix("rule"))
    limit = read_limit(reader, record, knowledge, scheme.iri)
    notation = record.text("notation") or _notation(scheme, number, kind)
    return DraftCriterion(
        iri=address(reader, record, "iri") or f"{scheme.iri}/{quote(number, safe='.-_~()')}",
        notation=notation,
        label=record.text("label"),
        kind=Kind(kind) if kind else Kind.PROCESS,
        level=Level(level) if level else Level.ORGANISATION,
        place=record.place,
        text=record.text("text"),
        citation=record.text("citation"),
        source=source(reader, record),
        basis=Basis(basis) if basis else scheme.basis,
        parent=plain_id(record.text("parent")),
        limits=(limit,) if limit else (),
        unit_parts=_unit_parts(reader, record),
        lifts=_lifts(reader, record),
        topics=_topics(reader, record, knowledge),
        doubts=parted(record.text("doubt")),
        tags=parted(record.text("tags")),
        same_as=_same_as(reader, record),
        more=other_properties(record),
    )


def _notation(scheme: DraftScheme, number: str, kind: str) -> str:
    if kind == Kind.ROOT:
        return scheme.notation
    return f"{scheme.notation}-{number}" if scheme.notation else number


def _unit_parts(reader: Reader, record: Record) -> tuple[str, ...]:
    """Read what one answer is for."""
    parts = tuple(slug(p) for p in parted(record.text("unit_parts")))
    for part in parts:
        if part not in UNIT_PARTS:
            title = reader.table.titles["unit_parts"]
            near = difflib.get_close_matches(part, UNIT_PARTS, 1, 0.6)
            fix = f"Did you mean {near[0]!r}?" if near else f"Write one of {', '.join(UNIT_PARTS)}."
            message = f"{title}: {part!r} is none of the words that are allowed."
            reader.complain(record, "unit_parts", "unknown-value", message, fix, UNIT_PARTS)
    return parts


def _same_as(reader: Reader, record: Record) -> tuple[str, ...]:
    """Read other identifiers of a criterion."""
    found = parted(record.text("same_as"))
    for text in found:
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]+", text):
            message = f"{reader.table.titles['same_as']}: {text!r} is no identifier on the web."
            fix = "Write it whole, beginning with https://, or put it among the tags."
            reader.complain(record, "same_as", "iri", message, fix)
    return found


def _whole(reader: Reader, record: Record) -> DraftWhole | None:
    """Return what is said of how a criterion is made up of its parts; ``None`` for nothing."""
    basis = reader.choice(record, "parts_basis", BASES, token)
    whole = DraftWhole(record.text("parts_iri"), record.text("parts_note"), Basis(basis) if basis else None)
    return whole if whole != DraftWhole() else None


def _lifts(reader: Reader, record: Record) -> frozenset[Lift]:
    known = {token(word): Lift(word) for word in LIFTS}
    parts = parted(record.text("lift"))
    if any(token(part) not in known for part in parts):
        message = f"{reader.table.titles['lift']}: {record.text('lift')!r} is none of the words that are allowed."
        reader.complain(record, "lift", "unknown-value", message, f"Write one of {', '.join(LIFTS)}.", LIFTS)
    return frozenset(known[token(part)] for part in parts if token(part) in known)


_LEVELS = {
    "organization": "organisation",
    "company": "organisation",
    "operator": "organisation",
    "entity": "organisation",
    "site": "facility",
    "plant": "facility",
    "installation": "facility",
    "producttype": "model",
    "type": "model",
    "lot": "batch",
    "unit": "item",
    "piece": "item",
}
"""Other words for levels."""

_WANTED = {
    "label": "Give it a short name.",
    "kind": f"Write one of {', '.join(KINDS)}.",
    "level": f"Write one of {', '.join(LEVELS)}.",
}


def _number(reader: Reader, record: Record) -> str:
    cell = record.cells.get("number")
    if cell is None:
        if "number" in reader.table.titles:
            reader.complain(
                record, "number", "cell-empty", "The criterion has no number.", "Write the text's own number."
            )
        return ""
    guesses = unmangled(cell)
    if guesses:
        message = f"The spreadsheet has turned the number into the date {cell.text!r}."
        fix = f"It may have been {' or '.join(guesses)}; format the column as text and write it again."
        reader.complain(record, "number", "id-mangled", message, fix)
    elif cell.kind == "number" and re.fullmatch(r"\d+\.\d", cell.text):
        message = f"The spreadsheet holds {cell.text} as a number; {cell.text}0 would look the same."
        reader.complain(record, "number", "id-number", message, "Format the column as text and write it again.")
    elif " " in cell.text:
        message = f"The number {cell.text!r} holds a blank, and the criterion's short name and address hold it too."
        fix = f"Write {cell.text.replace(' ', '')} or {cell.text.replace(' ', '.')}, or what the text has."
        reader.complain(record, "number", "number-blank", message, fix)
    plain = cell.text if guesses else plain_id(cell.text)
    if plain != cell.text:
        message = f"The number {cell.text!r} holds signs that look like others; it is read as {plain}."
        reader.complain(record, "number", "id-look-alike", message, f"Write {plain}.")
    return plain


def _limit_only(record: Record) -> bool:
    """Tell whether a row only adds a limit to a criterion that stands above it."""
    return bool(record.text("metric")) and not record.text("label")


def _again(
    reader: Reader,
    record: Record,
    first: Record,
    criterion: DraftCriterion,
    kept: dict[str, DraftCriterion],
    key: str,
) -> None:
    """Take a further limit of a criterion, or tell that its number was used before."""
    if criterion.limits and fold(record.text("label") or first.text("label")) == fold(first.text("label")):
        if key in kept:
            limits: tuple[DraftLimit, ...] = (*kept[key].limits, *criterion.limits)
            kept[key] = replace(kept[key], limits=limits)
        return
    number = record.text("number")
    message = f"The number {number} is that of {first.text('label')!r} ({first.place.pointer}) too."
    zero = f" Was it {number}0, and the spreadsheet took the zero away?" if re.fullmatch(r"\d+\.\d", number) else ""
    reader.complain(record, "number", "id-twice", message, f"Give one of them another number.{zero}")


def _placed(
    reader: Reader, kept: Mapping[str, DraftCriterion], first: Mapping[str, Record]
) -> tuple[DraftCriterion, ...]:
    """Turn the numbers of parents into addresses."""
    by_name = {**{fold(c.notation): c for c in kept.values()}, **{c.iri: c for c in kept.values()}, **kept}
    placed = []
    for key, criterion in kept.items():
        if not criterion.parent:
            placed.append(criterion)
            continue
        parent = by_name.get(fold(criterion.parent)) or by_name.get(criterion.parent)
        if parent is None:
            near = difflib.get_close_matches(fold(criterion.parent), kept, 1, 0.6)
            fix = f"Did you mean {near[0]}?" if near else "Write the number of a row of this table."
            message = f"No row has the number {criterion.parent!r}."
            reader.complain(first[key], "parent", "part-of-nothing", message, fix)
        elif parent is not None and _within(parent, criterion, by_name):
            message = f"{criterion.notation} and {parent.notation} are part of each other."
            reader.complain(first[key], "parent", "part-of-itself", message, "Say which is the whole.")
            parent = None
        placed.append(replace(criterion, parent=parent.iri if parent else ""))
    return tuple(placed)


def _within(parent: DraftCriterion, criterion: DraftCriterion, by_name: Mapping[str, DraftCriterion]) -> bool:
    seen: set[str] = set()
    at: DraftCriterion | None = parent
    while at is not None and at.iri not in seen:
        if at.iri == criterion.iri:
            return True
        seen.add(at.iri)
        at = by_name.get(fold(at.parent)) or by_name.get(at.parent) if at.parent else None
    return False


def _root(scheme: DraftScheme, criteria: Sequence[DraftCriterion]) -> DraftCriterion:
    """Make the criterion "conforms to the whole of it"; a law has none: nobody certifies conformity with it."""
    level = Counter(c.level for c in criteria).most_common(1)[0][0]
    label = f"{scheme.label} as a whole"
    iri = f"{scheme.iri}/root"
    return DraftCriterion(iri, scheme.notation, label, Kind.ROOT, level, scheme.place, basis=scheme.basis)


def _topics(reader: Reader, record: Record, knowledge: Knowledge) -> tuple[str, ...]:
    found = []
    topics = {fold(label): iri for iri, label in knowledge.labels.items() if "/conformity-topics/" in iri}
    for text in parted(record.text("topic")):
        if "://" in text:
            found.append(text)
        elif fold(text) in topics:
            found.append(topics[fold(text)])
        elif slug_iri := next((i for i in topics.values() if i.endswith("/" + slug(text))), ""):
            found.append(slug_iri)
        else:
            near = difflib.get_close_matches(fold(text), topics, 2, 0.6)
            fix = f"Did you mean {' or '.join(knowledge.labels[topics[n]] for n in near)}?" if near else ""
            reader.complain(record, "topic", "unknown-value", f"{text!r} is no conformity topic of UNTP.", fix)
    return tuple(found)
