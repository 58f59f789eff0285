"""Claim sheets: one claim or assessment a row (columns in :data:`comity.evidence.kinds.COLUMNS`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace

from comity.evidence import identity, rows
from comity.evidence.kinds import COLUMNS, fold
from comity.evidence.notes import Notes
from comity.formats import sheets
from comity.formats.sheets import Cell
from comity.model.classes import dataclass
from comity.model.errors import UnreadableError
from comity.model.evidence import (
    Assessment,
    Claim,
    Document,
    DocumentKind,
    Link,
    LinkKind,
    Party,
    Subject,
)
from comity.model.places import Finding, Place, Severity
from comity.model.scales import Level

_SAID = {"yes": True, "true": True, "pass": True, "conforms": True, "met": True}
_SAID |= {"no": False, "false": False, "fail": False, "not met": False, "does not conform": False}


_GRANULARITIES = (Level.MODEL, Level.BATCH, Level.ITEM)
"""Levels of which a product has one; of a ``product`` it is not said which."""


@dataclass(frozen=True, slots=True)
class Claims:
    """A claim sheet as read.

    :param guessed: keys of subjects whose sort the sheet does not state; other documents may know it.
    """

    document: Document
    guessed: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Reading:
    name: str
    notes: Notes = field(default_factory=Notes)
    subjects: dict[str, Subject] = field(default_factory=dict)
    stated: dict[str, dict[Level, Place]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    guessed: set[str] = field(default_factory=set)
    claims: list[Claim] = field(default_factory=list)
    claimants: list[tuple[str, Party | None]] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)

    @property
    def issuer(self) -> Party | None:
        """Who claims: the one party that every claim names; nobody, where one names none or another."""
        named = [party for subject, party in self.claimants if subject not in self.ambiguous]
        first = next(iter(named), None)
        alike = first is not None and all(p is not None and p.keys & first.keys for p in named)
        return first if alike else None

    @property
    def ambiguous(self) -> frozenset[str]:
        """Keys of subjects that rows give several levels: nobody knows which of the things is meant."""
        return frozenset(key for key, levels in self.stated.items() if len(levels) > 1)


def read(content: bytes, name: str) -> Claims:
    """Read a claim sheet; what is wrong in a cell is a finding, and the other rows are read.

    A row whose issuer is blank, or the operator itself, is a claim; otherwise it is an assessment. Where every claim
    names the same issuer, the sheet is its word. Rows that give one identifier several levels are not used.

    :raises UnreadableError: when the file is no table, or no table of it has the columns needed.
    """
    reading = _Reading(name)
    found = [s for s in sheets.read(content, name) if s.rows]
    known = [(s, columns) for s in found if (columns := _columns(s.rows[0], reading.notes))]
    if not known:
        seen = ", ".join(c.text for c in found[0].rows[0] if c.text) if found else "nothing"
        raise UnreadableError(
            "sheet-columns",
            found[0].rows[0][0].place if found else Place(name),
            f"The first row names no column subject and no column criterion or metric; it says {seen}.",
            "Name the columns subject, criterion, metric, value, unit, material, date, valid until, issuer, assurance.",
        )
    for table, columns in known:
        for cells in table.rows[1:]:
            row = {c: cells[i] for c, i in columns.items() if i < len(cells) and cells[i].text}
            _row(row, cells[0].place, reading)
    refused = _refused(reading)
    document = Document(
        name,
        "",
        DocumentKind.SHEET,
        issuer=reading.issuer,
        subjects=tuple(reading.subjects.values()),
        links=tuple(dict.fromkeys(reading.links)),
        claims=tuple(c for c in reading.claims if c.subject not in refused),
        assessments=tuple(a for a in reading.assessments if not refused & frozenset(a.subjects)),
        findings=reading.notes.found,
        status=("not signed",),
    )
    return Claims(document, frozenset(reading.guessed))


def settle(sheet: Claims, others: Iterable[Document]) -> Document:
    """Take the sort of a subject from other documents, where the sheet does not state it.

    A sheet may say of ``https://plants.example/7`` what a facility record knows to be a facility.
    """
    known: dict[str, set[str]] = {}
    levels: dict[str, Level] = {}
    for other in others:
        for subject in other.subjects:
            for key in subject.keys:
                known.setdefault(key.partition(":")[2], set()).add(key.partition(":")[0])
                levels.setdefault(key, subject.level)
    names = {k: _sort(k, known) for k in sheet.guessed}
    renamed = identity.rename(sheet.document, lambda key: names.get(key, key))
    return replace(renamed, subjects=tuple(_moved(s, names, levels) for s in sheet.document.subjects))


def _columns(header: Sequence[Cell], notes: Notes) -> dict[str, int]:
    found: dict[str, int] = {}
    unknown = []
    for position, cell in enumerate(header):
        names = [c for c, headers in COLUMNS.items() if fold(cell.text) in headers]
        for name in names:
            found.setdefault(name, position)
        if not names and cell.text:
            unknown.append(cell)
    if "subject" not in found or not {"criterion", "metric"} & found.keys():
        return {}
    for cell in unknown:
        notes.info("sheet-column", cell.place, f"The column {cell.text!r} is not known; it was not used.")
    return found


def _row(row: Mapping[str, Cell], place: Place, reading: _Reading) -> None:
    if not row:
        return
    subject = _subject(row, place, reading)
    if subject is None:
        return
    if "criterion" not in row and "metric" not in row:
        message = "The row names neither a criterion nor a metric; it was not used."
        reading.notes.warn("bad-cell", place, message, "Write the notation or IRI of a criterion, or a metric.")
        return
    issuer, operator = rows.party(row.get("issuer")), rows.party(row.get("operator"))
    said = _SAID.get(row["value"].text.casefold()) if "value" in row else None
    own = issuer is None or bool(issuer.keys & ((operator.keys if operator else frozenset()) | subject.keys))
    if operator is not None:
        target = identity.best(operator.keys)
        reading.links.append(Link(LinkKind.OPERATED_BY, subject.key, target, row["operator"].place, "operator"))
    if own and said is not False:
        claim = rows.claim(row, subject, reading.notes, said)
        reading.claims.append(replace(claim, issuer=issuer or operator))
        reading.claimants.append((subject.key, issuer))
    else:
        # A claim cannot say "no": what an operator admits is a finding about its own subject.
        finding = rows.assessment(row, subject, issuer or operator, said, reading.notes, own=own)
        reading.assessments.append(finding)


def _subject(row: Mapping[str, Cell], place: Place, reading: _Reading) -> Subject | None:
    cell = row.get("subject")
    if cell is None:
        reading.notes.warn(
            "bad-cell", place, "The row names no subject; it was not used.", "Write the identifier of the subject."
        )
        return None
    level = _level(row.get("level"), reading.notes)
    stated = level is not None
    level = level or _usual(cell.text)
    keys = identity.keys(level, cell.text)
    key = identity.best(keys)
    found = Subject(key, cell.text, cell.text, level, keys, cell.place)
    if not stated:
        reading.guessed.add(key)
        return reading.subjects.setdefault(key, found)
    if level in _GRANULARITIES:
        reading.stated.setdefault(key, {}).setdefault(level, row["level"].place)
    known = reading.subjects.setdefault(key, found)
    if known.level is Level.PRODUCT:
        reading.subjects[key] = replace(known, level=level)
    return reading.subjects[key]


def _refused(reading: _Reading) -> frozenset[str]:
    """Report subjects with several levels, at each row that first gives another; return their keys."""
    for key in sorted(reading.ambiguous):
        (first, place), *others = reading.stated[key].items()
        for level, other in others:
            message = (
                f"{reading.subjects[key].id} is a {level} here and a {first} in {place.pointer}; "
                "no row about it was used."
            )
            fix = f"Give the {level} an identifier of its own, or write the same level."
            reading.notes.add(Finding("two-levels", Severity.ERROR, other, message, fix))
    return reading.ambiguous


def _level(cell: Cell | None, notes: Notes) -> Level | None:
    if cell is None:
        return None
    try:
        return Level(cell.text.casefold().replace("organization", "organisation"))
    except ValueError:
        allowed = ", ".join(Level)
        notes.warn("bad-cell", cell.place, f"{cell.text!r} is no level; it was not used.", f"Write one of {allowed}.")
        return None


def _usual(identifier: str) -> Level:
    """Guess what an identifier without a level is of: a location number is a facility's, a DID somebody's."""
    if identity.digital_link(identifier).startswith("414/"):
        return Level.FACILITY
    return Level.ORGANISATION if identifier.startswith("did:") else Level.PRODUCT


def _sort(key: str, known: Mapping[str, set[str]]) -> str:
    kind, _, rest = key.partition(":")
    found = known.get(rest, set())
    return f"{next(iter(found))}:{rest}" if len(found) == 1 and kind not in found else key


def _moved(subject: Subject, names: Mapping[str, str], levels: Mapping[str, Level]) -> Subject:
    key = names.get(subject.key, subject.key)
    level = levels.get(key, subject.level)
    return replace(subject, key=key, keys=(subject.keys - {subject.key}) | {key}, level=level)
