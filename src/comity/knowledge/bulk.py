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
from comity.knowledge.problems import Problems
from comity.knowledge.rows import BY_WHOM, Reader, Texts, has_columns
from comity.model.classes import dataclass
from comity.model.mappings import Relation, Row
from comity.model.memory import uncollected
from comity.model.places import Finding, Place, Severity
from comity.model.scales import Authority

_SAID = ("predicate_id", "predicate_modifier", "valid_from", "valid_until", "basis", *BY_WHOM)
"""Cells that say what a row says and by whose word: few different things in a million rows."""


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


@dataclass(frozen=True, slots=True)
class _File:
    """A file with what was learnt of it.

    :param meanings: words to the mask and the authority of rows with them; no mask for rows that say nothing.
    """

    reader: Reader
    numbers: _Numbers
    meanings: dict[tuple[str, ...], tuple[int, int]] = field(default_factory=dict)

    @property
    def checked(self) -> tuple[Column[Any], ...]:
        """Columns that a table does not need, and that are read all the same."""
        return self.reader.confidence, self.reader.stated_on

    def named(self, columns: Sequence[Sequence[str]]) -> dict[str, Sequence[str]]:
        """Return columns by name; empty ones for those that the file does not have."""
        return defaultdict(lambda: ("",) * len(columns[0]), zip(self.reader.cells.file.columns, columns, strict=True))


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
        try:
            meanings = self._meanings(file, columns, lines, block)
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
        masks, authorities = zip(*meanings, strict=True)
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

    def _meanings(
        self, file: _File, columns: Mapping[str, Sequence[str]], lines: Sequence[int], block: Sequence[Sequence[str]]
    ) -> list[tuple[int, int]]:
        """Return the mask and the authority of each row."""
        said = [columns[name] for name in _SAID]
        differing = [cells for cells in said if len(set(cells)) > 1] or said[:1]
        # as a rule only a few differ; one text is looked up faster than a tuple
        words: Sequence[Any] = differing[0] if len(differing) == 1 else list(zip(*differing, strict=True))
        known: dict[Any, tuple[int, int]] = {}
        for text in set(words):
            row = words.index(text)
            known[text] = self._learned(file, tuple(cells[row] for cells in said), lines[row], [c[row] for c in block])
        return list(map(known.__getitem__, words))

    def _learned(self, file: _File, words: tuple[str, ...], line: int, cells: Sequence[str]) -> tuple[int, int]:
        """Read what rows with certain words say from one of them.

        :raises ValueError: when they cannot be read, or it depends on who signed.
        """
        if words in file.meanings:
            return file.meanings[words]
        findings = self.problems.findings
        before = len(findings)
        row = file.reader.row(SssomRow(line, file.reader.cells.file.columns, cells))
        bad = any(f.severity is Severity.ERROR for f in findings[before:])
        del findings[before:]  # they are found again when the block is read row by row
        if row is None or bad or (row.authority >= Authority.ASSERTED_BY_OWNER and self.texts.versions):
            raise ValueError(words)
        meaning = file.meanings[words] = (int(row.mask) if counts_on(row, self.on) else 0), int(row.authority)
        return meaning

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
