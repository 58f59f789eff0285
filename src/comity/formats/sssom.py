"""SSSOM TSV as rows with their lines (https://mapping-commons.github.io/sssom/).

Line by line and without a data model, because validating readers take seconds for what takes a
tenth of one here. A row that cannot be read becomes a finding, never a silence.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TextIO

import yaml  # type: ignore[import-untyped]  # its types are a package of their own, for four calls

from comity.formats.memory import uncollected
from comity.model.places import Finding, Place, Severity


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


@dataclass(slots=True)
class _Reading:
    name: str
    findings: list[Finding] = field(default_factory=list)

    def fault(self, code: str, line: int, message: str, fix: str = "") -> None:
        self.findings.append(Finding(code, Severity.ERROR, Place(self.name, f"line {line}"), message, fix))


def read(content: bytes, name: str) -> SssomFile:
    r"""Read a mapping set; whatever is wrong stands in its ``findings``.

    >>> text = "#curie_map:\n#  a: http://a.example/\nsubject_id\tobject_id\na:1\ta:2\n"
    >>> file = read(text.encode(), "a.sssom.tsv")
    >>> file.prefixes["a"], file.rows[0].line, dict(file.rows[0].cells)
    ('http://a.example/', 4, {'subject_id': 'a:1', 'object_id': 'a:2'})
    """
    reading = _Reading(name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reading.fault("not-utf-8", line, "The file is not UTF-8.", "Save it as UTF-8.")
        return SssomFile(name, {}, {}, (), (), tuple(reading.findings))
    with uncollected():
        return _read(io.StringIO(text), name, reading)


def _read(text: TextIO, name: str, reading: _Reading) -> SssomFile:
    header, height = _header(text, reading)
    curie_map = header.get("curie_map")
    prefixes = {str(k): str(v) for k, v in curie_map.items()} if isinstance(curie_map, dict) else {}
    columns, rows = _table(text, height, reading)
    return SssomFile(name, header, prefixes, columns, rows, tuple(reading.findings))


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


def _header(text: TextIO, reading: _Reading) -> tuple[Mapping[str, object], int]:
    """Read the metadata block, leave the text at what follows it, and return how many lines it has."""
    lines = []
    begin = text.tell()
    while (line := text.readline()).startswith("#"):
        lines.append(line)
        begin = text.tell()
    text.seek(begin)
    return _metadata(lines, reading), len(lines)


def _metadata(lines: list[str], reading: _Reading) -> Mapping[str, object]:
    # One optional space after the "#" belongs to the mark, the rest to YAML's indentation.
    body = [line[1:] for line in lines]
    if all(line.startswith(" ") or not line.strip() for line in body):
        body = [line[1:] if line.startswith(" ") else line for line in body]
    try:
        header = yaml.load("".join(body), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # safe loaders
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        reading.fault("sssom-header", line, f"The header is not YAML: {getattr(error, 'problem', error)}.")
        return {}
    if header is None:
        return {}
    if not isinstance(header, dict):
        reading.fault("sssom-header", 1, "The header is not a list of keys and values.")
        return {}
    return {str(key): value for key, value in header.items()}


def _table(text: TextIO, above: int, reading: _Reading) -> tuple[tuple[str, ...], tuple[SssomRow, ...]]:
    reader = csv.reader(text, delimiter="\t", strict=True)
    columns: tuple[str, ...] = ()
    rows: list[SssomRow] = []
    start = above + 1
    while True:
        try:
            for cells in reader:
                line, start = start, above + reader.line_num + 1
                if not columns:
                    columns = tuple(cell.strip() for cell in cells)
                    for column in {c for c in columns if columns.count(c) > 1}:
                        reading.fault("sssom-columns", line, f"The column {column!r} stands there twice.")
                elif len(cells) != len(columns):
                    rows += _fitted(line, columns, cells, reading)
                elif cells[0] or any(cell.strip() for cell in cells):
                    rows.append(SssomRow(line, columns, cells))
        except csv.Error as error:
            fix = 'Close the quotation mark, or write it as "".'
            reading.fault("sssom-row", start, f"The row cannot be read: {error}.", fix)
            start = above + reader.line_num + 1
            continue
        break
    if not columns:
        reading.fault("sssom-columns", above + 1, "There is no row of column names.")
    return columns, tuple(rows)


def _fitted(line: int, columns: tuple[str, ...], cells: list[str], reading: _Reading) -> list[SssomRow]:
    """Fill up a row that lacks its last cells; report one that has too many, pass over one that is empty."""
    if not any(cell.strip() for cell in cells):
        return []
    extra = len(cells) - len(columns)
    if extra > 0:
        reading.fault("sssom-row", line, f"The row has {extra} cells more than there are columns.")
        return []
    return [SssomRow(line, columns, cells + [""] * -extra)]
