"""An author's file as tables whose columns are known: records of cells, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from comity.authoring.draft import CellFinding, Sort
from comity.authoring.faults import fault
from comity.authoring.sheets.columns import (
    ABOUT_CRITERIA,
    ABOUT_MAPPINGS,
    CRITERIA,
    MAPPINGS,
    Column,
    fold,
    nearest,
    understood,
)
from comity.authoring.sheets.properties import property_of
from comity.authoring.sssom import REFERENCES
from comity.formats import loose, sssom
from comity.formats.sheets import Cell, Sheet
from comity.knowledge.slots import COLUMNS as SLOTS
from comity.model.classes import dataclass
from comity.model.errors import UnreadableError
from comity.model.places import Finding, Place

ABOUT = "about"
ASIDE = frozenset({"help", "lists", "problems", "subjects", "objects"})
"""Sheets of a template that hold no statements."""

PREFIX = "prefix "
"""What a line of an About sheet begins with that says what a prefix of short identifiers stands for."""

SET_SLOTS: Mapping[str, bool] = {
    "mapping_set_source": True,
    "mapping_set_confidence": False,
    "mapping_provider": False,
    "mapping_tool": False,
    "mapping_tool_id": False,
    "mapping_tool_version": False,
    "mapping_justification": False,
    "publication_date": False,
    "creator_id": True,
    "creator_label": True,
    "reviewer_id": True,
    "reviewer_label": True,
    "author_id": True,
    "author_label": True,
    "subject_source_version": False,
    "object_source_version": False,
    "subject_type": False,
    "predicate_type": False,
    "object_type": False,
    "subject_match_field": True,
    "object_match_field": True,
    "similarity_measure": False,
    "see_also": True,
    "issue_tracker": False,
    "other": False,
    "comment": False,
    "sssom_version": False,
    "cardinality_scope": True,
    "curation_rule": True,
    "curation_rule_text": True,
    "authority": False,
    "basis": False,
    "valid_from": False,
    "valid_until": False,
    "scope": False,
}
"""Other slots that the header of a mapping set may have, and whether they hold lists."""

_HEADS = 20
"""Rows among which the headings are looked for."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row.

    :param place: of its first cell that holds something.
    :param cells: by slot; empty ones left out.
    """

    place: Place
    cells: Mapping[str, Cell]

    def text(self, slot: str) -> str:
        """Return what stands in a cell; empty for nothing."""
        return self.cells[slot].text if slot in self.cells else ""


@dataclass(frozen=True, slots=True)
class Table:
    """Criteria, or mapping rows.

    :param titles: slot to the heading as the author wrote it.
    :param head: where each heading stands, by slot.
    """

    sort: Sort
    name: str
    place: Place
    titles: Mapping[str, str]
    head: Mapping[str, Place]
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A file with its tables.

    :param about: what an About sheet, or the header of a mapping set, says: by slot.
    :param blank: empty cells of an About sheet, by what should stand in them.
    :param header: the header of a mapping set as it stands.
    """

    name: str
    tables: tuple[Table, ...]
    about: Mapping[str, Cell] = field(default_factory=dict)
    header: Mapping[str, object] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    blank: Mapping[str, Cell] = field(default_factory=dict)


def open_tables(content: bytes, name: str, sort: Sort | None = None, metadata: bytes | None = None) -> Opened:
    """Open a workbook, a text table or a mapping set in SSSOM; whatever is wrong stands in its findings.

    :param sort: what its tables are, where their headings would not tell.
    :param metadata: the YAML of a mapping set whose metadata are a file of their own.
    """
    if is_sssom(content, name):
        return _mapping_set(content, name, metadata)
    try:
        sheets, findings = loose.read(content, name)
    except UnreadableError as error:
        return Opened(name, (), findings=(fault(error.code, error.place, error.message, error.fix),))
    return _opened(name, sheets, findings, sort)


def is_sssom(content: bytes, name: str) -> bool:
    """Tell whether a text is SSSOM TSV: by its name, its header, or its columns."""
    start = content.removeprefix(b"\xef\xbb\xbf")[:4096]
    if name.endswith((".sssom.tsv", ".sssom")) or re.match(rb"# ?(curie_map|mapping_set_id|license)", start):
        return True
    head = start.split(b"\n", 1)[0].rstrip().split(b"\t")
    return {b"subject_id", b"predicate_id", b"object_id"} <= set(head)


def _opened(name: str, sheets: Sequence[Sheet], guessed: Iterable[Finding], sort: Sort | None) -> Opened:
    tables: list[Table] = []
    told: dict[str, Cell] = {}
    findings = list(guessed)
    stray = []
    for sheet in sheets:
        title = sheet.name.casefold().strip()
        if title in ASIDE or not sheet.rows:
            continue
        if title == ABOUT:
            told |= _about(sheet, findings)
            continue
        if not sheet.name:
            sheet = _headed(sheet, told, findings)
        read = _table(sheet, sort, findings)
        if read is None:
            stray.append(sheet)
        else:
            tables.append(read)
    for sheet in stray:
        seen = ", ".join(c.text for c in sheet.rows[0][:6] if c.text)
        needed = ", ".join(c.title for c in MAPPINGS if c.needed), ", ".join(c.title for c in CRITERIA if c.needed)
        message = (
            f"{f'The sheet {sheet.name!r}' if sheet.name else 'The table'} has no headings that are known ({seen})."
        )
        fix = f"A table of mappings has {needed[0]}; one of criteria has {needed[1]}."
        code = "no-headings" if not tables else "sheet-passed-over"
        findings.append(fault(code, sheet.rows[0][0].place, message, fix))
    if not tables and not stray:
        findings.append(fault("no-headings", Place(name), "The file holds no table."))
    about = {key: cell for key, cell in told.items() if cell.text}
    blank = {key: cell for key, cell in told.items() if not cell.text}
    prefixes = {key.removeprefix(PREFIX): cell.text for key, cell in about.items() if key.startswith(PREFIX)}
    return Opened(name, tuple(tables), about, prefixes=prefixes, findings=tuple(findings), blank=blank)


def _about(sheet: Sheet, findings: list[Finding]) -> dict[str, Cell]:
    """Read a sheet of two columns, what and which, empty cells as well; what nothing reads is told."""
    about: dict[str, Cell] = {}
    columns = (*ABOUT_MAPPINGS, *ABOUT_CRITERIA)
    for row in sheet.rows:
        key, cell = row[0].text, next((c for c in row[1:2]), None) or _beside(row[0])
        if not key or fold(key) in ("what", "about"):
            continue
        prefix = re.fullmatch(r"prefix\s+(\S+)", key)
        if property_of(key):
            about[key] = cell
            continue
        if prefix:
            about[f"{PREFIX}{prefix[1]}"] = cell
        elif key in SET_SLOTS:
            about[key] = cell
        elif not any(understood(key, c) for c in (ABOUT_MAPPINGS, ABOUT_CRITERIA)):
            near = nearest(key, columns)
            fix = f"Did you mean {near!r}?" if near else ""
            findings.append(fault("unknown-column", row[0].place, f"Nothing reads {key!r}.", fix, value=key))
        else:
            about[fold(key)] = cell
    return about


def _beside(cell: Cell) -> Cell:
    """Return the empty cell to the right of one in the first column."""
    return Cell("", replace(cell.place, pointer=re.sub(r"A(\d+)$", r"B\1", cell.place.pointer)))


def _headed(sheet: Sheet, about: dict[str, Cell], findings: list[Finding]) -> Sheet:
    """Take the lines above a text table that say what it is: ``# title: …``."""
    lines = 0
    for row in sheet.rows:
        if not row[0].text.startswith("#"):
            break
        line = ", ".join(c.text for c in row if c.text).removeprefix("#").strip()
        named = property_of(line.partition(": ")[0])  # a property has a colon of its own
        key, colon, value = line.partition(": " if named else ":")
        if colon:
            pair = (replace(row[0], text=key.strip()), replace(row[0], text=value.strip()))
            about |= _about(Sheet("", (pair,)), findings)
        lines += 1
    return Sheet(sheet.name, sheet.rows[lines:])


def about_slots(about: Mapping[str, Cell], columns: Sequence[Column]) -> dict[str, Cell]:
    """Return what an About sheet says, by the slots of one sort of file."""
    found: dict[str, Cell] = {}
    for key, cell in about.items():
        slot = key if columns is ABOUT_CRITERIA and property_of(key) else understood(key, columns)
        if slot is not None:
            found.setdefault(slot, cell)
    return found


def _table(sheet: Sheet, sort: Sort | None, findings: list[Finding]) -> Table | None:
    best = max(range(min(_HEADS, len(sheet.rows))), key=lambda n: (_known(sheet.rows[n], sort)[0], -n))
    count, found = _known(sheet.rows[best], sort)
    if count < 2:
        return None
    columns = MAPPINGS if found == "mappings" else CRITERIA
    slots = _slots(sheet.rows[best], columns, findings)
    records = []
    for row in sheet.rows[best + 1 :]:
        cells = {slot: _clean(row[i]) for i, slot in slots.items() if i < len(row) and row[i].text}
        _extra(row, slots, len(sheet.rows[best]), findings)
        if cells:
            records.append(Record(next(iter(cells.values())).place, cells))
    head = sheet.rows[best]
    titles = {slot: head[i].text for i, slot in slots.items()}
    places = {slot: head[i].place for i, slot in slots.items()}
    table = Table(found, sheet.name, head[0].place, titles, places, tuple(records))
    findings.extend(_lacking(table, columns))
    return table


def _known(row: Sequence[Cell], sort: Sort | None) -> tuple[int, Sort]:
    """Count the headings that are known, as the sort of table of which more are."""
    counts: dict[Sort, int] = {}
    lists: tuple[tuple[Sort, Sequence[Column]], ...] = (("mappings", MAPPINGS), ("criteria", CRITERIA))
    for one, columns in lists:
        slots = {slot for cell in row if cell.text and (slot := _slot(cell.text, row, columns))}
        needed = {c.slot for c in columns if c.needed}
        counts[one] = len(slots) if len(slots & needed) >= 2 else 0
    best: Sort = sort or ("criteria" if counts["criteria"] > counts["mappings"] else "mappings")
    return counts[best], best


def _slot(heading: str, row: Sequence[Cell], columns: Sequence[Column]) -> str | None:
    if any(cell.text == "subject_id" for cell in row):  # the names of SSSOM, in which "comment" is the reason
        return heading if heading in SLOTS else None
    found = understood(heading, columns)
    if columns is CRITERIA:
        return found or (heading if property_of(heading) else None)
    return found or (heading if heading in SLOTS else None)


def _slots(head: Sequence[Cell], columns: Sequence[Column], findings: list[Finding]) -> dict[int, str]:
    slots: dict[int, str] = {}
    titles = {c.slot: c.title for c in columns}
    for position, cell in enumerate(head):
        if not cell.text:
            continue
        slot = _slot(cell.text, head, columns)
        if slot is None:
            near = nearest(cell.text, columns)
            fix = f"Did you mean {near!r}?" if near else f"Known are {', '.join(titles.values())}."
            message = f"Nothing reads the column {cell.text!r}; what stands in it is not carried."
            findings.append(fault("unknown-column", cell.place, message, fix, column=cell.text, value=cell.text))
        elif slot in slots.values():
            message = f"Two columns are read as {titles.get(slot, slot)!r}."
            fix = "Rename or delete one of them."
            findings.append(fault("column-twice", cell.place, message, fix, column=cell.text, value=cell.text))
        else:
            slots[position] = slot
    return slots


def _lacking(table: Table, columns: Sequence[Column]) -> Iterator[CellFinding]:
    for column in columns:
        if column.needed and column.slot not in table.titles:
            message = f"There is no column {column.title!r}. {column.meaning}"
            yield fault("column-missing", table.place, message, f"Add a column with the heading {column.title!r}.")


def _extra(row: Sequence[Cell], slots: Mapping[int, str], width: int, findings: list[Finding]) -> None:
    """Tell of what stands beyond the last heading: usually a separator inside of a text."""
    for position, cell in enumerate(row):
        if cell.text and position >= width and position not in slots:
            message = "The row has more cells than there are headings."
            fix = "Put quotation marks around a text that holds the separator."
            findings.append(fault("cell-without-column", cell.place, message, fix, value=cell.text))
            return


_BLANKS = re.compile(r"[\u00a0\u2007\u202f\s]+")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]")


def _clean(cell: Cell) -> Cell:
    """Take out what nobody sees: blanks of no width, and blanks that do not break."""
    text = _UNSEEN.sub("", cell.text)
    text = "\n".join(_BLANKS.sub(" ", line).strip() for line in text.splitlines()).strip()
    return cell if text == cell.text else replace(cell, text=text)


def _written_out(value: object, prefixes: Mapping[str, str]) -> object:
    """Write CURIEs out, so that a set says the same whatever its prefixes."""
    if isinstance(value, list):
        return [_written_out(v, prefixes) for v in value]
    return sssom.expand(value, prefixes) or value if isinstance(value, str) else value


def _mapping_set(content: bytes, name: str, metadata: bytes | None) -> Opened:
    try:
        text, findings = loose.decode(content, name)
    except UnreadableError as error:
        return Opened(name, (), findings=(fault(error.code, error.place, error.message, error.fix),))
    body = text
    if metadata is not None:
        lines = metadata.decode("utf-8-sig", "replace").splitlines()
        body = "".join(f"#{line}\n" for line in lines) + text
    file = sssom.read(body.encode("utf-8"), name)
    ahead = body.count("\n") - text.count("\n")
    records = []
    for row in file.rows:
        place = Place(name, f"line {row.line - ahead}")
        cells = {slot: Cell(value, place) for slot, value in row.cells.items()}
        if cells:
            records.append(Record(place, cells))
    head = Place(name, "")
    titles = {c: c for c in file.columns}
    found = [CellFinding(f.code, f.severity, f.place, f.message, f.fix) for f in file.findings]
    table = Table("mappings", "", head, titles, dict.fromkeys(titles, head), tuple(records))
    lacking = [
        fault("column-missing", head, f"There is no column {c!r}.", f"Every row needs {c}.")
        for c in (c.slot for c in MAPPINGS if c.needed)
        if c not in titles
    ]
    header = {
        k: _written_out(v, file.prefixes) if k in REFERENCES else v
        for k, v in file.header.items()
        if k not in ("curie_map", "extension_definitions")
    }
    declared = file.header.get("extension_definitions")
    known = (
        {*SLOTS, *(str(d.get("slot_name")) for d in declared if isinstance(d, dict))}
        if isinstance(declared, list)
        else SLOTS
    )
    unknown = [
        fault("unknown-column", head, f"Nothing reads the column {c!r}; it is carried as it stands.", column=c)
        for c in file.columns
        if c not in known
    ]
    return Opened(
        name,
        (table,),
        {
            k: Cell(str(v), head)
            for k, v in header.items()
            if isinstance(v, str | int | float) or hasattr(v, "isoformat")
        },
        header,
        file.prefixes,
        (*findings, *found, *lacking, *unknown),
    )
