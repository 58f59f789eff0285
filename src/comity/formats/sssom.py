"""SSSOM TSV as rows with their lines (https://mapping-commons.github.io/sssom/).

Line by line and without a data model, because validating readers take seconds for what takes a
tenth of one here. A row that cannot be read becomes a finding, never a silence.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml  # type: ignore[import-untyped]  # its types are a package of their own, for four calls

from comity.model.places import Finding, Place, Severity


@dataclass(frozen=True, slots=True)
class SssomRow:
    """One row as read.

    :param line: in the file, from 1.
    :param cells: column to text, stripped; empty cells left out.
    """

    line: int
    cells: Mapping[str, str]


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
    lines = io.StringIO(text).readlines()
    height = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    header = _header(lines[:height], reading)
    curie_map = header.get("curie_map")
    prefixes = {str(k): str(v) for k, v in curie_map.items()} if isinstance(curie_map, dict) else {}
    columns, rows = _table(lines[height:], height, reading)
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


def _header(lines: list[str], reading: _Reading) -> Mapping[str, object]:
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


def _table(lines: list[str], above: int, reading: _Reading) -> tuple[tuple[str, ...], tuple[SssomRow, ...]]:
    records = _records(lines, above, reading)
    first = next(records, None)
    if first is None:
        reading.fault("sssom-columns", above + 1, "There is no row of column names.")
        return (), ()
    columns = tuple(cell.strip() for cell in first[1])
    for column in {c for c in columns if columns.count(c) > 1}:
        reading.fault("sssom-columns", first[0], f"The column {column!r} stands there twice.")
    rows = []
    for line, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(columns):
            extra = len(cells) - len(columns)
            reading.fault("sssom-row", line, f"The row has {extra} cells more than there are columns.")
            continue
        rows.append(SssomRow(line, {c: v for c, cell in zip(columns, cells, strict=False) if (v := cell.strip())}))
    return columns, tuple(rows)


def _records(lines: list[str], above: int, reading: _Reading) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter="\t", strict=True)
    while True:
        start = above + reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reading.fault(
                "sssom-row", start, f"The row cannot be read: {error}.", 'Close the quotation mark, or write it as "".'
            )
            continue
        yield start, record
