"""Check drafts before anybody imports them: each cell, the rows among each other, and beside what others published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from comity.authoring.checking.check import Checked, Contradiction, check_mappings
from comity.authoring.draft import CellFinding, Draft, DraftRow
from comity.authoring.faults import fault
from comity.authoring.sheets.identifiers import mappable
from comity.authoring.sssom import record_ids, write_sssom
from comity.formats import sssom
from comity.formats.sssom import SssomFile
from comity.knowledge.slots import PREDICATES
from comity.model.classes import dataclass
from comity.model.criteria import SchemeVersion
from comity.model.knowledge import Knowledge
from comity.model.mappings import Relation, Row
from comity.model.places import Finding, Place
from comity.model.scales import Kind

_BEYOND = {
    "standing": ("authority",),
    "record-id": ("record_id",),
    "duplicate-row": ("predicate_id",),
    "joint-group": ("joint_group",),
    "limits-disagree": ("predicate_id",),
    "superseded-edition": ("subject_id", "object_id"),
}
"""Codes of what only the rows together show, with the columns that they concern; the cells have told the rest."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of an edition rows end on.

    :param unmapped: notation and name of each criterion on which none does.
    """

    version: SchemeVersion
    criteria: int
    unmapped: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Inspected:
    """What is to be said of drafts.

    :param checked: rows and what is wrong with them, each at its cell.
    :param coverage: of the editions that the rows' objects are of.
    """

    drafts: tuple[Draft, ...]
    checked: Checked
    coverage: tuple[Coverage, ...]


def inspect(knowledge: Knowledge, drafts: Sequence[Draft], on: date | None = None) -> Inspected:
    """Check drafts against the knowledge, and together with the rows that it has.

    :param knowledge: that of the user included, and the criteria of the drafts.
    :param on: the day after which no row can have been stated yet.
    """
    files = [_as_file(draft) for draft in drafts]
    checked = check_mappings(knowledge, files)
    where = _Where(drafts, files)
    findings: list[Finding] = [f for draft in drafts for f in draft.problems]
    findings += where.moved(checked.findings, knowledge)
    findings += _published(knowledge, drafts)
    findings += _ahead(drafts, on) if on else ()
    moved = replace(
        checked,
        files=tuple(draft.name for draft in drafts),
        findings=tuple(sorted(dict.fromkeys(findings), key=order)),
        contradictions=tuple(replace(c, rows=where.rows(c.rows)) for c in checked.contradictions),
        equal=tuple(replace(e, rows=where.rows(e.rows)) for e in checked.equal),
        exploding=tuple(replace(e, rows=where.rows(e.rows)) for e in checked.exploding),
    )
    return Inspected(tuple(drafts), moved, tuple(_coverage(knowledge, drafts)))


def flat(checked: Checked, knowledge: Knowledge) -> tuple[Finding, ...]:
    """Return everything that was found as findings, each at one cell: for what has room for nothing else.

    What rows say together is told at the relation of each row that takes part.
    """
    own = set(checked.files)
    found: list[Finding] = list(checked.findings)
    for contradiction in checked.contradictions:
        mine = [row for row in contradiction.rows if row.place.document in own]
        found += [_told(contradiction, row, knowledge) for row in mine]
    for equal in checked.equal:
        names = ", ".join(_name(knowledge, iri) for iri in equal.criteria)
        for row in equal.rows:
            if row.place.document in own:
                message = (
                    f"Together with other rows it makes {names} equal, which one edition has as different criteria."
                )
                fix = "If they cover it only together, give the rows the same word in the column 'together'."
                found.append(fault("forced-equal", row.place, message, fix))
    return tuple(sorted(dict.fromkeys(found), key=order))


def order(finding: Finding) -> tuple[str, str, int, int, str, str]:
    """Order findings by file, sheet, row and column."""
    sheet, mark, cell = finding.place.pointer.rpartition("!")
    parts = re.fullmatch(r"([A-Z]*)(\d*)", cell)
    line = re.search(r"\d+", cell)
    row = int(parts[2] or 0) if parts else int(line[0]) if line else 0
    column = _number(parts[1]) if parts else 0
    return finding.place.document, sheet + mark, row, column, finding.code, finding.message


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _as_file(draft: Draft) -> SssomFile:
    """Write a draft's rows as a mapping set, and read it as one."""
    return sssom.read(write_sssom(draft).encode("utf-8"), draft.name)


class _Where:
    """Finds the cells of rows that were read from a mapping set, which was written from drafts."""

    def __init__(self, drafts: Sequence[Draft], files: Sequence[SssomFile]) -> None:
        self._at: dict[Place, DraftRow] = {}
        self._ids: dict[tuple[str, str], DraftRow] = {}
        for draft, file in zip(drafts, files, strict=True):
            for row, record in zip(draft.rows, file.rows, strict=True):
                self._at[file.place(record.line)] = row
                self._ids.setdefault((draft.name, record.cells.get("record_id", "")), row)
        self._own = {draft.name for draft in drafts}

    def rows(self, rows: Iterable[Row]) -> tuple[Row, ...]:
        """Put rows where their relations stand."""
        return tuple(self._row(row) if row.place in self._at else row for row in rows)

    def _row(self, row: Row) -> Row:
        place = _cell(self._at[row.place], "predicate_id")
        return replace(row, id=row.id.replace(f"({_spelled(row.place)})", f"({_spelled(place)})"), place=place)

    def moved(self, findings: Iterable[Finding], knowledge: Knowledge) -> Iterator[CellFinding]:
        """Put what the rows together show at the cells that it concerns."""
        for finding in findings:
            row = self._at.get(finding.place)
            if row is None or finding.code not in _BEYOND:
                continue
            slots = _BEYOND[finding.code]
            slot = next((s for s in slots if len(slots) > 1 and finding.message.startswith(s)), slots[0])
            message = self._spots(finding.message) if finding.code != "duplicate-row" else self._twice(finding)
            if finding.code == "superseded-edition":
                end = row.subject if slot == "subject_id" else row.object
                message = message.replace(slot, f"{slot.removesuffix('_id')} {_name(knowledge, end)}", 1)
            yield fault(finding.code, _cell(row, slot), *_words(row, message[:1].upper() + message[1:], finding.fix))

    def _twice(self, finding: Finding) -> str:
        """Name the row that states the same by its place: its id may be one that nobody has seen."""
        other = re.search(r"states what row '(.+)' states", finding.message)
        row = self._ids.get((finding.place.document, other[1])) if other else None
        return f"The row states what {_spelled(_cell(row, 'predicate_id'))} states." if row else finding.message

    def _spots(self, message: str) -> str:
        """Name places of the mapping set in a message as the author knows them."""

        def spot(match: re.Match[str]) -> str:
            row = self._at.get(Place(match[1], match[2]))
            return _spelled(row.place) if row else match[0]

        names = "|".join(re.escape(name) for name in sorted(self._own))
        return re.sub(rf"({names}) (line \d+)", spot, message) if names else message


def _words(row: DraftRow, *texts: str) -> tuple[str, ...]:
    """Name columns as a table of the author's does, where it is not one of SSSOM."""
    if row.place.pointer.startswith("line "):
        return texts
    return tuple(re.sub(r"\b(Record|record|author|reviewer)_id\b", _title, text) for text in texts)


def _title(match: re.Match[str]) -> str:
    return {"Record": "Row id", "record": "row id"}.get(match[1], f"{match[1]} id")


def _cell(row: DraftRow, slot: str) -> Place:
    return row.cells.get(slot, row.place)


def _spelled(place: Place) -> str:
    return f"{place.document} {place.pointer}".strip()


def _published(knowledge: Knowledge, drafts: Iterable[Draft]) -> Iterator[CellFinding]:
    """Tell of rows that state what another published set states."""
    stated = {(r.subject, r.object, r.mask): r for r in knowledge.rows if not r.joint_group}
    for draft in drafts:
        for row, key in zip(draft.rows, record_ids(draft), strict=True):
            mask = PREDICATES.get(row.predicate)
            if mask is None or row.joint_group:
                continue
            said = Relation.ANYTHING & ~mask if row.negated else mask
            other = stated.get((row.subject, row.object, said))
            if other is not None and other.id != key:
                by = f", by {other.author}" if other.author else ""
                message = f"A published set states it already: {_spelled(other.place)}{by}."
                fix = "Leave it out, or say why it takes two."
                yield fault("duplicate-row", _cell(row, "predicate_id"), message, fix)


def _ahead(drafts: Iterable[Draft], on: date) -> Iterator[CellFinding]:
    """Tell of rows that were stated after the day of the check."""
    for draft in drafts:
        for row in draft.rows:
            if row.stated_on is not None and row.stated_on > on:
                message = f"The row was stated on {row.stated_on}, after {on}."
                yield fault("date-ahead", _cell(row, "mapping_date"), message, "Mend the year, the month or the day.")


def _coverage(knowledge: Knowledge, drafts: Iterable[Draft]) -> Iterator[Coverage]:
    """Count the criteria of the object schemes on which a row ends, leads and negations left aside."""
    objects: dict[str, set[str]] = {}
    for draft in drafts:
        for row in draft.rows:
            criterion = knowledge.criteria.get(row.object)
            if criterion is not None:
                covered = objects.setdefault(criterion.version, set())
                if PREDICATES.get(row.predicate) is not Relation.ANYTHING and not row.negated:
                    covered.add(row.object)
    for version, covered in sorted(objects.items()):
        members = [c for c in mappable(knowledge.criteria.values()) if c.version == version and c.kind is not Kind.ROOT]
        left = tuple((c.notation, c.label) for c in members if c.iri not in covered)
        if version in knowledge.schemes:
            yield Coverage(knowledge.schemes[version], len(members), left)


def _told(contradiction: Contradiction, row: Row, knowledge: Knowledge) -> CellFinding:
    others = [r for r in contradiction.rows if r is not row]
    beside = [f"{_statement(r, knowledge)} ({_spelled(r.place)}{', ' + r.author if r.author else ''})" for r in others]
    beside += [_given(key, knowledge) for key in contradiction.given]
    message = f"{_statement(row, knowledge)} cannot be true beside {'; '.join(beside)}."
    fix = f"Mend or withdraw one of them (comity explain {contradiction.sort.value})."
    if len(beside) > 6:
        message = (
            f"{_statement(row, knowledge)} cannot be true beside {'; '.join(beside[:5])} and {len(beside) - 5} more."
        )
    return fault(contradiction.sort.value, row.place, message, fix)


def _statement(row: Row, knowledge: Knowledge) -> str:
    relation = f"{'not ' if row.negated else ''}{row.predicate.removeprefix('comity:')}"
    return f"'{_name(knowledge, row.subject)} {relation} {_name(knowledge, row.object)}'"


def _given(key: str, knowledge: Knowledge) -> str:
    if not key.startswith("derived:"):
        return f"what <{key}> says of a whole and its parts"
    ends = key.removeprefix("derived:").split("--")
    return "the limits: " + " and ".join(_limit(knowledge, iri) for iri in ends)


def _limit(knowledge: Knowledge, iri: str) -> str:
    criterion = knowledge.criteria.get(iri)
    limit = criterion.limit if criterion else None
    if limit is None or limit.value is None or limit.comparator is None:
        return _name(knowledge, iri)
    from comity import units

    unit = f" {units.symbol(limit.unit)}" if limit.unit else ""
    return f"{_name(knowledge, iri)} asks for {limit.comparator.value} {float(limit.value):g}{unit}"


def _name(knowledge: Knowledge, iri: str) -> str:
    criterion = knowledge.criteria.get(iri)
    return criterion.notation if criterion else f"<{iri}>"
