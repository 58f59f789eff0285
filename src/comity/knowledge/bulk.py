"""Mapping sets of a million rows, as a table of numbers.

What :mod:`comity.knowledge.rows` reads into objects is read here into columns: the same cells are checked, each
different text once. What a table does not need (labels, reasons) stays in the file, where a row's place says.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date
from itertools import compress
from operator import eq
from typing import Any, TextIO

from comity.algebra.edges import counts_on
from comity.algebra.ties import Table
from comity.formats.sssom import SssomRow, Stream, expand
from comity.knowledge.cells import Column
from comity.knowledge.ends import Texts
from comity.knowledge.problems import Problems
from comity.knowledge.rows import BY_WHOM, Reader, has_columns
from comity.model.classes import dataclass
from comity.model.mappings import Relation, Row
from comity.model.memory import uncollected
from comity.model.places import Finding, Place, Severity
from comity.model.scales import Authority

_SAID = ("predicate_id", "predicate_modifier", "valid_from", "valid_until", "basis")
"""Cells that say what a row says: few different things in a million rows, as are those that say by whose word."""


@dataclass(frozen=True, slots=True)
class BulkRows:
    """Rows that say something on a day, by position.

    :param keys: record ids; empty for rows that have none.
    :param lines: of each row, in its file.
    :param confidences: of each row; nothing where nobody asked for them.
    :param starts: the first position of each file's rows.
    :param findings: errors.
    """

    table: Table
    keys: Sequence[str]
    lines: Sequence[int]
    files: tuple[str, ...]
    starts: tuple[int, ...]
    findings: tuple[Finding, ...]
    prefixes: Mapping[str, Sequence[str]]
    """what the files' prefixes stand for"""
    confidences: Sequence[float | None] = ()

    def place(self, position: int) -> Place:
        """Return the place of a row."""
        return Place(self.files[bisect_right(self.starts, position) - 1], f"line {self.lines[position]}")

    def row(self, position: int) -> Row:
        """Return what is known of a row."""
        table, place = self.table, self.place(position)
        return Row(
            id=self.keys[position].strip() or f"{place.document}#{self.lines[position]}",
            subject=table.names[table.subjects[position]],
            predicate="",
            object=table.names[table.objects[position]],
            mask=Relation(table.masks[position]),
            authority=Authority(table.authorities[position]),
            place=place,
            confidence=self.confidences[position] if self.confidences else None,
        )


def read(
    texts: Iterable[tuple[str, TextIO]], on: date, known: Texts | None = None, *, confidences: bool = False
) -> BulkRows:
    """Read mapping sets.

    :param texts: name and text of each, with its line ends as they are.
    :param known: the criteria and stewards that rows are checked against; ``None`` for nothing.
    :param confidences: keep how sure each row is.
    """
    columns = _Columns(on, known or Texts({}, {}, {}, on), [] if confidences else None)
    files: list[str] = []
    starts: list[int] = []
    prefixes: dict[str, list[str]] = defaultdict(list)
    with uncollected():
        for name, text in texts:
            files.append(name)
            starts.append(len(columns.masks))
            stream = Stream(text, name)
            for prefix, iri in stream.prefixes.items():
                prefixes[prefix].append(iri)
            columns.add(stream)
        table = Table.of(list(columns.names), (columns.subjects, columns.objects, columns.masks, columns.authorities))
    errors = tuple(f for f in columns.problems.ordered() if f.severity is Severity.ERROR)
    places = tuple(files), tuple(starts)
    return BulkRows(table, columns.keys, columns.lines, *places, errors, dict(prefixes), columns.sure or ())


class _Numbers(dict[str, int]):
    """Cells to the numbers of their criteria; looking up one that is new reads it, or raises ``ValueError``."""

    def __init__(self, number: Callable[[str], int]) -> None:
        super().__init__()
        self.number = number

    def __missing__(self, text: str) -> int:
        """Number what was not met before."""
        number = self[text] = self.number(text)
        return number


_Learned = dict[tuple[str | None, ...], dict[Any, int]]
"""Of columns, the words that are the same in all of a block (``None`` for a column in which they differ), to the words
of the others, to a number."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file with what was learnt of it.

    :param masks: what rows with certain words say; 0 where that is nothing.
    :param authorities: by whose word rows with certain words stand.
    """

    reader: Reader
    numbers: _Numbers
    masks: _Learned = field(default_factory=dict)
    authorities: _Learned = field(default_factory=dict)

    @property
    def checked(self) -> tuple[Column[Any], ...]:
        """Columns that a table does not need, and that are read all the same."""
        return self.reader.confidence, self.reader.stated_on

    def named(self, columns: Sequence[Sequence[str]]) -> dict[str, Sequence[str]]:
        """Return columns by name; empty ones for those that the file does not have."""
        return defaultdict(lambda: ("",) * len(columns[0]), zip(self.reader.cells.file.columns, columns, strict=True))


def _looked_up(known: _Learned, columns: Sequence[Sequence[str]], learn: Callable[[int], int]) -> list[int]:
    """Return a number for each row of a block, which follows from its cells in some columns.

    :param learn: finds it for the row at a position; called once for each different thing that cells say.
    """
    alike = tuple(cells[0] if len(set(cells)) == 1 else None for cells in columns)
    differing = [cells for cells, word in zip(columns, alike, strict=True) if word is None] or columns[:1]
    numbers = known.setdefault(alike, {})

    def words() -> Iterable[Any]:  # one text is looked up faster than a tuple
        return differing[0] if len(differing) == 1 else zip(*differing, strict=True)

    try:  # as a rule all has been said before
        return list(map(numbers.__getitem__, words()))
    except KeyError:
        said = list(words())
        for text in set(said) - numbers.keys():
            numbers[text] = learn(said.index(text))
        return list(map(numbers.__getitem__, said))


@dataclass(slots=True)
class _Columns:
    """Rows as they are read; criteria are numbered as they come."""

    on: date
    texts: Texts
    sure: list[float | None] | None = None
    problems: Problems = field(default_factory=Problems)
    names: dict[str, int] = field(default_factory=dict)
    subjects: list[int] = field(default_factory=list)
    objects: list[int] = field(default_factory=list)
    masks: bytearray = field(default_factory=bytearray)
    authorities: bytearray = field(default_factory=bytearray)
    keys: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def add(self, stream: Stream) -> None:
        """Read a file, block by block; a block with anything wrong in it is read again, row by row."""
        if has_columns(stream.name, stream.columns, self.problems):
            reader = Reader(stream.file(()), self.texts, self.problems)
            file = _File(reader, _Numbers(lambda text: self._number(self._end(reader, text))))
            for lines, columns in stream.blocks():
                if not self._at_once(file, lines, columns):
                    self._one_by_one(file, lines, zip(*columns, strict=True))
        self.problems.extend(stream.findings)

    def _at_once(self, file: _File, lines: Sequence[int], block: Sequence[Sequence[str]]) -> bool:
        """Read a block column by column; false when a cell needs to be looked at."""
        columns = file.named(block)

        def mask(number: int) -> int:
            row = self._row(file, lines, block, number)
            return int(row.mask) if counts_on(row, self.on) else 0

        def authority(number: int) -> int:
            if self.texts.versions and not file.reader.is_settled([cells[number] for cells in block]):
                raise ValueError(number)
            return int(self._row(file, lines, block, number).authority)

        try:
            masks = _looked_up(file.masks, [columns[c] for c in _SAID], mask)
            authorities = _looked_up(file.authorities, [columns[c] for c in BY_WHOM], authority)
            sources, targets = (
                list(map(file.numbers.__getitem__, columns[end])) for end in ("subject_id", "object_id")
            )
            for column in file.checked:
                for text in set(columns[column.name]):
                    column[text]
        except ValueError:
            return False
        if any(map(eq, sources, targets)):
            return False
        told = masks if 0 in masks else None
        self.subjects.extend(compress(sources, told) if told else sources)
        self.objects.extend(compress(targets, told) if told else targets)
        self.masks.extend(compress(masks, told) if told else masks)
        self.authorities.extend(compress(authorities, told) if told else authorities)
        self.keys.extend(compress(columns["record_id"], told) if told else columns["record_id"])
        self.lines.extend(compress(lines, told) if told else lines)
        if self.sure is not None:
            sure = map(file.reader.confidence.__getitem__, columns["confidence"])
            self.sure.extend(compress(sure, told) if told else sure)
        return True

    def _row(self, file: _File, lines: Sequence[int], block: Sequence[Sequence[str]], number: int) -> Row:
        """Read one row of a block.

        :raises ValueError: when it cannot be read.
        """
        findings = self.problems.findings
        before = len(findings)
        columns = file.reader.cells.file.columns
        row = file.reader.row(SssomRow(lines[number], columns, [cells[number] for cells in block]))
        bad = any(f.severity is Severity.ERROR for f in findings[before:])
        del findings[before:]  # they are found again when the block is read row by row
        if row is None or bad:
            raise ValueError(number)
        return row

    def _end(self, reader: Reader, text: str) -> str:
        """Write out a criterion's identifier.

        :raises ValueError: when that is impossible, or its scheme is known and has no such criterion.
        """
        iri = expand(text.strip(), reader.cells.prefixes)
        if iri is None:
            raise ValueError(text)
        iri = self.texts.aliases.get(iri, iri)
        if iri not in self.texts.criteria and self.texts.version_of(iri) is not None:
            raise ValueError(iri)
        return iri

    def _one_by_one(self, file: _File, lines: Sequence[int], rows: Iterable[Sequence[str]]) -> None:
        """Read a block row by row: each row that cannot be read is a finding."""
        key = file.reader.pick(("record_id", "subject_id"))
        for line, cells in zip(lines, rows, strict=True):
            row = file.reader.row(SssomRow(line, file.reader.cells.file.columns, cells))
            if row is not None and row.subject != row.object and counts_on(row, self.on):
                self.subjects.append(self._number(row.subject))
                self.objects.append(self._number(row.object))
                self.masks.append(int(row.mask))
                self.authorities.append(int(row.authority))
                self.keys.append(key((*cells, ""))[0])
                self.lines.append(line)
                if self.sure is not None:
                    self.sure.append(row.confidence)

    def _number(self, iri: str) -> int:
        return self.names.setdefault(iri, len(self.names))
