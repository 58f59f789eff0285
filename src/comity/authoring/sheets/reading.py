"""Read an author's workbook, text table or mapping set as a draft, with all that is wrong in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from comity.authoring.draft import CellFinding, Draft, DraftCriterion, DraftRow, DraftScheme, DraftWhole, Sort
from comity.authoring.faults import fault
from comity.authoring.sheets.columns import ABOUT_CRITERIA, ABOUT_MAPPINGS, Column
from comity.authoring.sheets.criteria_rows import read_criteria
from comity.authoring.sheets.identifiers import Identifiers, edition, guessed_editions, near_editions
from comity.authoring.sheets.known import extended
from comity.authoring.sheets.mapping_faults import of_set
from comity.authoring.sheets.mapping_rows import read_mappings
from comity.authoring.sheets.tables import SET_SLOTS, Opened, Table, about_slots, open_tables
from comity.formats.sheets import Cell
from comity.model.criteria import SchemeVersion
from comity.model.knowledge import Knowledge
from comity.model.places import Finding, Place


def read(
    content: bytes, name: str, knowledge: Knowledge, sort: Sort | None = None, metadata: bytes | None = None
) -> Draft:
    """Read a file; whatever is wrong stands in the draft's problems, all of it at once.

    :param name: as the user gave it.
    :param knowledge: by which identifiers, metrics and topics are known.
    :param sort: what the tables are, where their headings would not tell.
    :param metadata: of a mapping set in SSSOM whose metadata are a file of their own.
    """
    return drafted(open_tables(content, name, sort, metadata), knowledge)


def drafted(opened: Opened, knowledge: Knowledge) -> Draft:
    """Read the tables of an opened file."""
    findings: list[Finding] = list(opened.findings)
    scheme: DraftScheme | None = None
    assumed: DraftScheme | None = None
    criteria: list[DraftCriterion] = []
    complete: set[str] = set()
    wholes: dict[str, DraftWhole] = {}
    for table in opened.tables:
        if table.sort == "criteria":
            about, blank = (about_slots(a, ABOUT_CRITERIA) for a in (opened.about, opened.blank))
            read_ = read_criteria(table, about, knowledge, blank)
            scheme, assumed = scheme or read_.scheme, assumed or read_.assumed
            criteria += read_.criteria
            complete |= read_.complete
            wholes |= read_.wholes
            findings += read_.findings
    if scheme is not None and any(t.sort == "mappings" for t in opened.tables):
        own = Draft(opened.name, "criteria", scheme, tuple(criteria), complete=frozenset(complete))
        knowledge = extended(knowledge, [own])
    rows: list[DraftRow] = []
    header = dict(opened.header)
    for table in opened.tables:
        if table.sort == "mappings":
            header = header or _header(opened, knowledge, findings)
            found, faults = read_mappings(table, _identifiers(table, opened, header, knowledge))
            rows += found
            findings += faults
            findings += _unnamed(opened, header, table)
            findings += of_set(about_slots(opened.about, ABOUT_MAPPINGS))
    kind: Sort = "criteria" if any(t.sort == "criteria" for t in opened.tables) else "mappings"
    return Draft(
        name=opened.name,
        kind=kind,
        scheme=scheme,
        assumed=assumed,
        criteria=tuple(criteria),
        rows=tuple(rows),
        complete=frozenset(complete),
        wholes=wholes,
        header=header,
        prefixes=opened.prefixes,
        problems=tuple(findings),
    )


def _header(opened: Opened, knowledge: Knowledge, findings: list[Finding]) -> dict[str, object]:
    """Read what an About sheet says of a mapping set, as the header that SSSOM would have."""
    about = about_slots(opened.about, ABOUT_MAPPINGS)
    header: dict[str, object] = {}
    for slot, cell in opened.about.items():
        if slot in SET_SLOTS and slot not in about:
            header[slot] = [p.strip() for p in cell.text.split("|")] if SET_SLOTS[slot] else cell.text
    for slot, cell in about.items():
        header[slot] = cell.text
        if slot in ("subject_source", "object_source"):
            version = edition(knowledge, cell.text, opened.prefixes)
            header[slot] = version.iri if version else cell.text
            if version is None and "://" not in cell.text:
                findings.append(_no_edition(cell, knowledge, ABOUT_MAPPINGS, slot))
        if slot == "mapping_date":
            try:
                date.fromisoformat(cell.text)
            except ValueError:
                message = f"date: {cell.text!r} is no day of the calendar."
                findings.append(fault("bad-date", cell.place, message, "Write it as 2026-11-30.", value=cell.text))
                header.pop(slot)
    return header


def _no_edition(cell: Cell, knowledge: Knowledge, columns: Iterable[Column], slot: str) -> CellFinding:
    title = next(c.title for c in columns if c.slot == slot)
    near = near_editions(knowledge, cell.text)
    fix = f"Did you mean {' or '.join(near)}?" if near else "'comity schemes list' lists the editions that are known."
    message = f"{title}: {cell.text!r} is no edition that Comity knows."
    return fault("dangling-row", cell.place, message, fix, column=title, value=cell.text, allowed=near)


def _identifiers(table: Table, opened: Opened, header: Mapping[str, object], knowledge: Knowledge) -> Identifiers:
    """Prepare to find criteria: of each column, the edition that the file names, or that most of its cells are of."""
    editions: dict[str, SchemeVersion] = {}
    said: dict[str, SchemeVersion] = {}
    for slot, source in (("subject_id", "subject_source"), ("object_id", "object_source")):
        named = edition(knowledge, str(header.get(source, "")), opened.prefixes) if header.get(source) else None
        found = named or guessed_editions(knowledge, (r.text(slot) for r in table.records))
        if found is not None:
            editions[slot] = found
        if named is not None:
            said[slot] = named
    return Identifiers(knowledge, opened.prefixes, editions, said, header)


def _unnamed(opened: Opened, header: Mapping[str, object], table: Table) -> Iterable[CellFinding]:
    """Tell what a mapping set needs before it is published."""
    lacking = {c.slot: c.title for c in ABOUT_MAPPINGS if c.needed and not header.get(c.slot)}
    if lacking:
        blank = about_slots(opened.blank, ABOUT_MAPPINGS)
        cells = [*(blank[slot] for slot in lacking if slot in blank), *opened.about.values()]
        place = cells[0].place if cells else Place(opened.name, table.place.pointer)
        message = f"The set has no {' and no '.join(lacking.values())} yet."
        fix = "Write them on the sheet About." if table.name else "Write them in the header."
        if not table.name and not opened.header:
            fix = "Write them above the table, each in a line of its own: # set id: …"
        yield fault("set-unnamed", place, message, fix + " It is needed to publish the set.")
