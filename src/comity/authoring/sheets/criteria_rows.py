"""A table of criteria and its About sheet as drafted criteria; each fault with its cell."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import quote

from comity.authoring.draft import CellFinding, DraftCriterion, DraftLimit, DraftScheme, DraftWhole
from comity.authoring.faults import fault
from comity.authoring.sheets.columns import ABOUT_CRITERIA, BASES, KINDS, LEVELS, LIFTS
from comity.authoring.sheets.limits import parted, read_limit, slug
from comity.authoring.sheets.properties import property_of
from comity.authoring.sheets.tables import Record, Table
from comity.authoring.sheets.values import Reader, token, unmangled
from comity.formats.sheets import Cell
from comity.knowledge.vocabulary import fold
from comity.model.classes import dataclass
from comity.model.knowledge import Knowledge
from comity.model.places import Place
from comity.model.scales import Basis, Kind, Level, Lift


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a table of criteria says.

    :param complete: IRIs of criteria whose parts make them up entirely.
    :param wholes: what else is said of that, by IRI.
    """

    scheme: DraftScheme | None
    criteria: tuple[DraftCriterion, ...]
    complete: frozenset[str]
    wholes: Mapping[str, DraftWhole]
    findings: tuple[CellFinding, ...]


def read_criteria(table: Table, about: Mapping[str, Cell], knowledge: Knowledge) -> Criteria:
    """Read the rows of a table; one with an error is reported and left out.

    :param about: what the file says of the edition, by slot.
    """
    aside = _About(table, about)
    scheme = aside.scheme()
    reader = Reader(table, aside.reader.findings)
    base = scheme or DraftScheme("urn:comity:edition", "edition", "", table.place)
    kept: dict[str, DraftCriterion] = {}
    first: dict[str, Record] = {}
    complete: set[str] = set()
    wholes: dict[str, DraftWhole] = {}
    faulty: set[str] = set()
    for record in table.records:
        before = reader.errors
        criterion = _criterion(reader, record, base, knowledge)
        if criterion is None:
            continue
        key = fold(record.text("number"))
        if key in first:
            _again(reader, record, first[key], criterion, kept, key)
            continue
        first[key] = record
        kept[key] = criterion
        if reader.errors > before:
            faulty.add(key)
        if token(record.text("parts_complete")) in ("yes", "true", "complete"):
            complete.add(criterion.iri)
        if whole := _whole(reader, record):
            wholes[criterion.iri] = whole
    criteria = tuple(c for key, c in zip(kept, _placed(reader, kept, first), strict=True) if key not in faulty)
    if scheme is not None and criteria and not scheme.jurisdiction and not any(c.kind is Kind.ROOT for c in criteria):
        criteria = (_root(scheme, criteria), *criteria)
        message = f"{scheme.notation} is added for conformity with the whole of it; certificates often say no more."
        reader.findings.append(fault("root-added", table.place, message))
    return Criteria(scheme, criteria, frozenset(complete), wholes, tuple(reader.findings))


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
    reader.choice(record, "parts_complete", ("yes", "no", "true", "false", "complete", "partial"), token)
    limit = read_limit(reader, record, knowledge, scheme.iri)
    notation = record.text("notation") or (scheme.notation if kind == Kind.ROOT else f"{scheme.notation}-{number}")
    return DraftCriterion(
        iri=_address(reader, record, "iri") or f"{scheme.iri}/{quote(number, safe='.-_~()')}",
        notation=notation,
        label=record.text("label"),
        kind=Kind(kind) if kind else Kind.PROCESS,
        level=Level(level) if level else Level.ORGANISATION,
        place=record.place,
        text=record.text("text"),
        citation=record.text("citation"),
        source=record.text("source"),
        basis=Basis(basis) if basis else scheme.basis,
        parent=record.text("parent"),
        limits=(limit,) if limit else (),
        unit_parts=tuple(slug(p) for p in parted(record.text("unit_parts"))),
        lifts=_lifts(reader, record),
        topics=_topics(reader, record, knowledge),
        doubts=parted(record.text("doubt")),
        tags=parted(record.text("tags")),
        same_as=parted(record.text("same_as")),
        more=_more(record),
    )


def _whole(reader: Reader, record: Record) -> DraftWhole | None:
    """Return what is said of how a criterion is made up of its parts; ``None`` for nothing."""
    basis = reader.choice(record, "parts_basis", BASES, token)
    whole = DraftWhole(record.text("parts_iri"), record.text("parts_note"), Basis(basis) if basis else None)
    return whole if whole != DraftWhole() else None


def _more(record: Record) -> dict[str, tuple[str, ...]]:
    """Return what stands under headings that are names of properties, a value a line."""
    named = {property_of(slot): tuple(cell.text.split("\n")) for slot, cell in record.cells.items()}
    return {predicate: values for predicate, values in named.items() if predicate}


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
    return cell.text


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


def _address(reader: Reader, record: Record, slot: str) -> str:
    text = record.text(slot)
    if text and not re.fullmatch(r"(https?://|urn:|did:)[^\s<>\"{}|^`\\]+", text):
        message = f"{reader.table.titles.get(slot, slot)}: {text!r} is no address on the web."
        reader.complain(record, slot, "iri", message, "Write it whole, beginning with https://.")
        return ""
    return text


@dataclass(slots=True)
class _About:
    """Reads what a file says of an edition."""

    table: Table
    cells: Mapping[str, Cell]
    reader: Reader
    record: Record

    def __init__(self, table: Table, cells: Mapping[str, Cell]) -> None:
        titles = {c.slot: c.title for c in ABOUT_CRITERIA}
        place = next((c.place for c in cells.values()), Place(table.place.document, "About" if table.name else ""))
        self.table, self.cells = table, cells
        self.record = Record(place, cells)
        self.reader = Reader(Table("criteria", "About", place, titles, {}, ()))

    def scheme(self) -> DraftScheme | None:
        """Read the edition; ``None`` where it cannot be told which it is."""
        text, day = self.record.text, self.day
        for column in ABOUT_CRITERIA:
            if column.needed and not text(column.slot):
                message = f"It is not said what the edition's {column.title} is. {column.meaning}"
                fix = f"Write it on the sheet About, beside {column.title!r}."
                if not self.table.name:
                    fix = f"Write it above the table, in a line of its own: # {column.title}: …"
                self.reader.findings.append(fault("cell-empty", self.record.place, message, fix, column=column.title))
        iri = _address(self.reader, self.record, "iri").rstrip("/")
        basis = self.reader.choice(self.record, "basis", BASES, token)
        scheme = DraftScheme(
            iri=iri,
            notation=text("notation"),
            label=text("label"),
            place=self.record.place,
            version=text("version"),
            scheme=_address(self.reader, self.record, "scheme"),
            scheme_label=text("scheme_label"),
            source=text("source"),
            description=text("description"),
            basis=Basis(basis) if basis else Basis.NOT_VERIFIED,
            in_force_from=day("in_force_from"),
            in_force_until=day("in_force_until"),
            withdrawn_from=day("withdrawn_from"),
            stewards=parted(text("steward")),
            bodies=parted(text("body")),
            jurisdiction=text("jurisdiction"),
            state=text("state"),
            more=_more(self.record),
        )
        return scheme if iri and scheme.notation and scheme.label else None

    def day(self, slot: str) -> date | None:
        """Read a day."""
        return self.reader.day(self.record, slot)
