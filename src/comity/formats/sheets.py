"""Tables from CSV files and workbooks: rows of text cells, each with its place."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath

import python_calamine

from comity.formats import limits, text
from comity.formats.archives import BOOKS
from comity.model.errors import UnreadableError
from comity.model.places import Place

TEXTS = {".csv": ",;\t", ".tsv": "\t"}
"""Suffixes of text tables, and the separators that are tried."""

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    :param text: trimmed; a number in the shortest way to write it, a date in ISO form.
    :param place: such as ``B7``, or ``Sheet1!B7`` in a workbook.
    """

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table; rows that are wholly empty are left out.

    :param name: of the sheet; empty in a text table.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def is_workbook(content: bytes, name: str) -> bool:
    """Tell whether bytes are a workbook: by the file's name, or by what a zip file holds."""
    if PurePath(name).suffix.lower() in WORKBOOKS:
        return True
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(entry in BOOKS for entry in archive.namelist())
    except zipfile.BadZipFile:
        return False


def read(content: bytes, name: str) -> tuple[Sheet, ...]:
    r"""Read every table of a file.

    :raises UnreadableError: code ``empty-file``, ``not-utf-8``, ``too-large`` or ``bad-sheet``.

    >>> sheet = read(b"subject;value\n a ;1\n", "claims.csv")[0]
    >>> [(c.text, c.place.pointer) for c in sheet.rows[1]]
    [('a', 'A2'), ('1', 'B2')]
    """
    limits.refuse_above(len(content), name)
    return tuple(_workbook(content, name) if is_workbook(content, name) else _table(content, name))


def column(position: int) -> str:
    """Name a column, counted from 0, as spreadsheets do.

    >>> column(0), column(25), column(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _table(content: bytes, name: str) -> Iterator[Sheet]:
    source, _ = text.decode(content, name)
    head = source.lstrip().split("\n", 1)[0]
    separators = TEXTS.get(PurePath(name).suffix.lower(), TEXTS[".csv"])
    separator = max(separators, key=head.count)
    reader = csv.reader(io.StringIO(source, newline=""), delimiter=separator, strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        place = Place(name, f"line {reader.line_num}")
        raise UnreadableError(
            "bad-sheet", place, f"The table cannot be read: {error}.", "Close every quotation mark."
        ) from error
    numbered = [row for _, row in rows]
    yield Sheet(
        "",
        tuple(
            _cells(number, row, Place(name), "")
            for number, row in enumerate(numbered, 1)
            if any(_shown(v) for v in row)
        ),
    )


def _workbook(content: bytes, name: str) -> Iterator[Sheet]:
    _refuse_bomb(content, name)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for title in book.sheet_names:
            rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
            yield Sheet(
                title,
                tuple(
                    _cells(n, r, Place(name), f"{title}!") for n, r in enumerate(rows, 1) if any(_shown(v) for v in r)
                ),
            )
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableError(
            "bad-sheet", Place(name), f"The workbook cannot be opened: {error}.", "Save it again as .xlsx or .csv."
        ) from error


def _refuse_bomb(content: bytes, name: str) -> None:
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableError(
            "bad-sheet", Place(name), f"The workbook cannot be opened: {error}.", "Save or fetch it again."
        ) from error
    limits.refuse_above(size, name, limits.max_bytes() * limits.ARCHIVE_FACTOR)


def _cells(number: int, row: Sequence[object], place: Place, prefix: str) -> tuple[Cell, ...]:
    return tuple(Cell(_shown(v), Place(place.document, f"{prefix}{column(i)}{number}")) for i, v in enumerate(row))


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip() if value is not None else ""
