"""Tables from CSV files and workbooks: rows of text cells, each with its place."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import PurePath
from typing import IO

from comity.formats import limits, text
from comity.formats.archives import BOOKS
from comity.formats.percents import percent_cells
from comity.model.classes import dataclass
from comity.model.errors import UnreadableError
from comity.model.places import Place

TEXTS = {".csv": ",;\t", ".tsv": "\t"}
"""Suffixes of text tables, and the separators that are tried."""

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
"""Suffixes of workbooks; only the first two are read, the others are told so."""

OTHERS = WORKBOOKS - {".xlsx", ".xlsm"}
"""Suffixes of workbooks that are not read."""

WORKBOOK = "[Content_Types].xml"
"""The entry that makes a zip file an .xlsx workbook (ECMA-376, part 2)."""

MAX_CELLS = 2_000_000
"""Cells of one table, the empty ones included."""

_REFERENCE = re.compile(rb'\br="([A-Z]{0,3})([0-9]{1,7})"')
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What reading an entry of a damaged archive may raise."""
_LONGEST = 16
"""Bytes of the longest cell reference, which may lie across two chunks."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    :param text: trimmed; a number in the shortest way to write it, a date in ISO form.
    :param place: such as ``B7``, or ``Sheet1!B7`` in a workbook.
    :param kind: how a workbook holds it: ``number``, ``percent`` (of which a hundred times the number is seen),
        ``date``, ``boolean``, ``formula`` (without a value); empty for text.
    """

    text: str
    place: Place
    kind: str = ""


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


def position(letters: str) -> int:
    """Return where a column stands, counted from 0.

    >>> position("A"), position("Z"), position("AA")
    (0, 25, 26)
    """
    return _number(letters.encode()) - 1


def _table(content: bytes, name: str) -> Iterator[Sheet]:
    source, _ = text.decode(content, name)
    head = source.lstrip().split("\n", 1)[0]
    separators = TEXTS.get(PurePath(name).suffix.lower(), TEXTS[".csv"])
    yield separated(source, name, max(separators, key=head.count))


def separated(source: str, name: str, separator: str) -> Sheet:
    """Read a text table.

    :raises UnreadableError: code ``too-large`` or ``bad-sheet``.
    """
    reader = csv.reader(io.StringIO(source, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[Cell, ...]] = []
    cells = 0
    try:
        for number, row in enumerate(reader, 1):
            cells += len(row)
            if cells > MAX_CELLS:
                place = Place(name, f"line {reader.line_num}")
                raise UnreadableError("too-large", place, f"The table has more than {MAX_CELLS} cells.", "Split it.")
            if any(value.strip() for value in row):
                rows.append(_cells(number, row, Place(name), ""))
    except csv.Error as error:
        place = Place(name, f"line {reader.line_num}")
        message = f"The table cannot be read: {error}."
        raise UnreadableError("bad-sheet", place, message, "Close every quotation mark.") from error
    return Sheet("", tuple(rows))


def _workbook(content: bytes, name: str) -> Iterator[Sheet]:
    import python_calamine

    _refuse_bomb(content, name)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        percents = percent_cells(content)
        for title in book.sheet_names:
            rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
            read = (_cells(n, r, Place(name), f"{title}!") for n, r in enumerate(rows, 1) if any(_shown(v) for v in r))
            yield Sheet(title, tuple(_percent(row, title, percents) for row in read) if percents else tuple(read))
    except (python_calamine.CalamineError, OSError, ValueError, *_DAMAGED) as error:
        raise _broken(name, str(error)) from error
    except BaseException as error:
        # A panic of the reader, which is written in Rust, is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _broken(name, "its reader gave up") from error


def _broken(name: str, why: str) -> UnreadableError:
    suffix = PurePath(name).suffix.lower()
    if suffix in OTHERS:
        return UnreadableError(
            "bad-sheet", Place(name), f"A workbook in {suffix} is not read.", "Save it as .xlsx or CSV."
        )
    message = f"The workbook cannot be opened: {why.rstrip('.')}."
    return UnreadableError("bad-sheet", Place(name), message, "Save it again as .xlsx or .csv.")


def _refuse_bomb(content: bytes, name: str) -> None:
    """Refuse what would exhaust the memory: the reader makes room for every cell up to the last."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if WORKBOOK not in archive.namelist():
                raise _broken(name, "it is no .xlsx workbook")
            size = sum(entry.file_size for entry in archive.infolist())
            limits.refuse_above(size, name, limits.max_bytes() * limits.ARCHIVE_FACTOR)
            for entry in archive.infolist():
                if entry.filename.startswith("xl/worksheets/"):
                    with archive.open(entry) as stream:
                        _refuse_wide(stream, name)
    except _DAMAGED as error:
        raise _broken(name, str(error)) from error


def _refuse_wide(stream: IO[bytes], name: str) -> None:
    right = down = 1
    rest = b""
    while chunk := stream.read(1 << 20):
        for letters, digits in _REFERENCE.findall(rest + chunk):
            down = max(down, int(digits))
            right = max(right, _number(letters))
        rest = chunk[-_LONGEST:]
    if right * down > MAX_CELLS:
        message = f"The table reaches to the cell {column(right - 1)}{down}, beyond {MAX_CELLS} cells."
        raise UnreadableError("too-large", Place(name), message, "Delete the empty rows and columns at its end.")


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _cells(number: int, row: Sequence[object], place: Place, prefix: str) -> tuple[Cell, ...]:
    return tuple(
        Cell(_shown(v), Place(place.document, f"{prefix}{column(i)}{number}"), _kind(v)) for i, v in enumerate(row)
    )


def _percent(row: tuple[Cell, ...], title: str, percents: frozenset[tuple[str, str]]) -> tuple[Cell, ...]:
    """Say of which numbers a hundred times is seen."""

    def told(cell: Cell) -> Cell:
        seen = cell.kind == "number" and (title, cell.place.pointer.rpartition("!")[2]) in percents
        return replace(cell, kind="percent") if seen else cell

    return tuple(told(cell) for cell in row)


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "date" if isinstance(value, date) else ""


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
