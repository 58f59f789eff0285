"""SSSOM TSV as rows with their lines (https://mapping-commons.github.io/sssom/).

Line by line and without a data model, because validating readers take seconds for what takes a
tenth of one here. A row that cannot be read becomes a finding, never a silence.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, TextIO

import yaml  # type: ignore[import-untyped]  # its types are a package of their own, for four calls

from comity.model.classes import dataclass
from comity.model.memory import uncollected
from comity.model.places import Finding, Place, Severity

SLOTS = "https://w3id.org/sssom/"
"""What the properties of SSSOM's own slots begin with."""


class SssomRow(NamedTuple):  # made faster than a frozen dataclass, and there are many
    """One row as read.

    :param line: in the file, from 1.
    :param values: as written, one for each column.
    """

    line: int
    columns: tuple[str, ...]
    values: Sequence[str]

    @property
    def cells(self) -> Mapping[str, str]:
        """Column to text, stripped; empty cells left out."""
        return {
            column: cell for column, value in zip(self.columns, self.values, strict=True) if (cell := value.strip())
        }


@dataclass(frozen=True, slots=True)
class SssomFile:
    """One mapping set as read.

    :param header: the metadata block.
    :param prefixes: its ``curie_map``.
    :param findings: what could not be read.
    """

    name: str
    header: Mapping[str, object]
    prefixes: Mapping[str, str]
    columns: tuple[str, ...]
    rows: tuple[SssomRow, ...]
    findings: tuple[Finding, ...]

    def place(self, line: int) -> Place:
        """Return the place of a line."""
        return Place(self.name, f"line {line}")


_BLOCK = 1 << 18
"""Characters that are read at a time."""


class Stream:
    """A mapping set whose rows are read one after the other, and not kept.

    :param text: at its beginning, with its line ends as they are.
    """

    def __init__(self, text: TextIO, name: str) -> None:
        self.name = name
        self.findings: list[Finding] = []
        self.header, self._line = self._metadata(text)
        curie_map = self.header.get("curie_map")
        self.prefixes = {str(k): str(v) for k, v in curie_map.items()} if isinstance(curie_map, dict) else {}
        self._text = text
        self.columns = self._columns()

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the line and the cells of each row, one cell for each column."""
        return self._whole(self._records(self._text))

    def blocks(self) -> Iterator[tuple[Sequence[int], Sequence[Sequence[str]]]]:
        """Yield the lines and the columns of many rows at a time."""
        while written := self._written():
            if columns := self._split(written):
                yield range(self._line + 1, self._line + 1 + len(columns[0])), columns
                self._line += len(columns[0])
            elif careful := list(self._whole(self._records(io.StringIO(written, newline="")))):
                yield [line for line, _ in careful], list(zip(*(cells for _, cells in careful), strict=True))

    def _split(self, written: str) -> Sequence[Sequence[str]]:
        """Return the columns of whole lines; nothing when a line needs to be looked at."""
        if '"' in written or "\r" in written:
            return ()
        # A line end between two tabs is a cell of its own: in rows of full length it is always the same one.
        cells = written.removesuffix("\n").replace("\n", "\t\n\t").split("\t")
        width = len(self.columns)
        ends = cells[width :: width + 1]
        columns = [cells[n :: width + 1] for n in range(width)]
        if not ends.count("\n") == len(ends) == written.count("\n", 0, -1) or "" in columns[0]:
            return ()
        return columns if {*map(len, columns)} == {len(ends) + 1} else ()

    def _whole(self, records: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
        width = len(self.columns)
        for line, cells in records:
            if len(cells) == width and cells[0]:
                yield line, cells
            elif fitted := self._fitted(line, cells):
                yield line, fitted

    def _written(self) -> str:
        """Return the next lines, each to its end."""
        try:
            return self._text.read(_BLOCK) + self._text.readline()
        except UnicodeDecodeError:
            self._fault("not-utf-8", self._line + 1, "The file is not UTF-8 from here on.", "Save it as UTF-8.")
            return ""

    def _records(self, lines: Iterator[str]) -> Iterator[tuple[int, list[str]]]:
        try:
            for written in lines:
                self._line += 1
                if '"' not in written:
                    yield self._line, written.rstrip("\r\n").split("\t")
                    continue
                # A cell in quotation marks may go on over several lines: only then is the slower parser needed.
                reader = csv.reader(chain((written,), lines, self._text), delimiter="\t", strict=True)
                start = self._line
                try:
                    cells = next(reader)
                    self._line += reader.line_num - 1
                    yield start, cells
                except csv.Error as error:
                    self._line += reader.line_num - 1
                    fix = 'Close the quotation mark, or write it as "".'
                    self._fault("sssom-row", start, f"The row cannot be read: {error}.", fix)
        except UnicodeDecodeError:
            self._fault("not-utf-8", self._line + 1, "The file is not UTF-8 from here on.", "Save it as UTF-8.")

    def file(self, rows: Iterable[SssomRow]) -> SssomFile:
        """Return what is known, with rows."""
        return SssomFile(self.name, self.header, self.prefixes, self.columns, tuple(rows), tuple(self.findings))

    def _columns(self) -> tuple[str, ...]:
        for line, cells in self._records(self._text):
            names = self._meant(tuple(cell.strip() for cell in cells))
            for name in {c for c in names if names.count(c) > 1}:
                self._fault("sssom-columns", line, f"The column {name!r} stands there twice.")
            return names
        self._fault("sssom-columns", self._line + 1, "There is no row of column names.")
        return ()

    def _meant(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Name columns that are declared as an extension, and are a slot of a later SSSOM, as that slot."""
        declared = self.header.get("extension_definitions")
        slots = {
            str(d.get("slot_name")): str(d.get("property")).removeprefix(SLOTS).removeprefix("sssom:")
            for d in (declared if isinstance(declared, list) else ())
            if isinstance(d, dict) and str(d.get("property")).startswith((SLOTS, "sssom:"))
        }
        return tuple(slots[name] if slots.get(name, name) not in names else name for name in names)

    def _fitted(self, line: int, cells: list[str]) -> list[str] | None:
        """Fill up a row that lacks its last cells; report one that has too many, pass over one that is empty."""
        if not any(cell.strip() for cell in cells):
            return None
        extra = len(cells) - len(self.columns)
        if extra > 0:
            self._fault("sssom-row", line, f"The row has {extra} cells more than there are columns.")
            return None
        return cells + [""] * -extra

    def _metadata(self, text: TextIO) -> tuple[Mapping[str, object], int]:
        """Read the metadata block, leave the text at what follows it, and return how many lines it has."""
        lines: list[str] = []
        begin = text.tell()
        while (line := text.readline()).startswith("#"):
            lines.append(line)
            begin = text.tell()
        text.seek(begin)
        return self._parsed(lines), len(lines)

    def _parsed(self, lines: Sequence[str]) -> Mapping[str, object]:
        # One optional space after the "#" belongs to the mark, the rest to YAML's indentation.
        body = [line[1:] for line in lines]
        if all(line.startswith(" ") or not line.strip() for line in body):
            body = [line[1:] if line.startswith(" ") else line for line in body]
        try:
            header = yaml.load("".join(body), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # safe
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark is not None else 1
            self._fault("sssom-header", line, f"The header is not YAML: {getattr(error, 'problem', error)}.")
            return {}
        if header is None:
            return {}
        if not isinstance(header, dict):
            self._fault("sssom-header", 1, "The header is not a list of keys and values.")
            return {}
        return {str(key): value for key, value in header.items()}

    def _fault(self, code: str, line: int, message: str, fix: str = "") -> None:
        self.findings.append(Finding(code, Severity.ERROR, Place(self.name, f"line {line}"), message, fix))


def read(content: bytes, name: str) -> SssomFile:
    r"""Read a mapping set; whatever is wrong stands in its ``findings``.

    >>> text = "#curie_map:\n#  a: http://a.example/\nsubject_id\tobject_id\na:1\ta:2\n"
    >>> file = read(text.encode(), "a.sssom.tsv")
    >>> file.prefixes["a"], file.rows[0].line, dict(file.rows[0].cells)
    ('http://a.example/', 4, {'subject_id': 'a:1', 'object_id': 'a:2'})
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(name, f"line {content.count(bytes((10,)), 0, error.start) + 1}")
        finding = Finding("not-utf-8", Severity.ERROR, place, "The file is not UTF-8.", "Save it as UTF-8.")
        return SssomFile(name, {}, {}, (), (), (finding,))
    with uncollected():
        stream = Stream(io.StringIO(text), name)
        return stream.file([SssomRow(line, stream.columns, cells) for line, cells in stream.records()])


def expand(text: str, prefixes: Mapping[str, str]) -> str | None:
    """Write a CURIE out; a full IRI stays; ``None`` when the prefix is not known.

    >>> expand("a:1", {"a": "http://a.example/"}), expand("http://b.example/2", {}), expand("b:2", {})
    ('http://a.example/1', 'http://b.example/2', None)
    """
    prefix, colon, local = text.partition(":")
    if colon and prefix in prefixes:
        return prefixes[prefix] + local
    if "://" in text or text.startswith(("urn:", "did:")):
        return text
    return None
