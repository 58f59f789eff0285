"""Write workbooks: tables with drop-down lists, an About and a Help sheet. The same draft is the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from comity.authoring.sheets.columns import Column
from comity.authoring.sheets.grid import Grid, Value
from comity.authoring.sheets.helping import page
from comity.authoring.sheets.identifiers import MARK
from comity.formats.sheets import column as column_name
from comity.model.classes import dataclass

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Lists = Mapping[str, Sequence[str]]
"""What a drop-down list offers, by slot."""


@dataclass(frozen=True, slots=True)
class Side:
    """The criteria of one of the two schemes, for a sheet of their own.

    :param title: of the sheet.
    :param slot: of the column whose rows are counted.
    :param lines: what stands in the sheet's columns A to E: identifier, name, kind, level, text.
    """

    title: str
    slot: str
    lines: Sequence[tuple[str, str, str, str, str]]


ROWS = 2000
"""Rows for which a template offers drop-down lists."""

_WIDTHS = {"comment": 60, "text": 60, "subject_id": 38, "object_id": 38, "label": 34, "other": 30}
_DATES = frozenset({"mapping_date", "valid_from", "valid_until"})
_NUMBERS = frozenset({"confidence"})
_EPOCH = (1980, 1, 1, 0, 0, 0)
_STAMP = b"2000-01-01T00:00:00Z"


def write(table: Grid, offered: Lists | None = None, sides: Sequence[Side] = ()) -> bytes:
    """Write a workbook with the sheets Mappings or Criteria, About, Help and Lists, and one for each side.

    :param offered: lists beside those of words that the columns bring.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = table.sort.capitalize()
    lists = {c.slot: c.words for c in table.columns if c.words} | dict(offered or {})
    places = _lists(book, lists)
    _fill(sheet, table, places)
    _about(book.create_sheet("About", 1), table)
    _help(book.create_sheet("Help", 2), table)
    slots = [c.slot for c in table.columns]
    for position, side in enumerate(sides, 1):
        _side(book.create_sheet(side.title, position), side, column_name(slots.index(side.slot)), sheet.title)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Save a workbook without the time of day, which would make each a different file."""
    raw = io.BytesIO()
    book.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", _STAMP, content)
            target.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def put(sheet: Worksheet, row: int, column: int, value: Value) -> None:
    """Write a cell as what it is: a text that begins like a formula stays a text."""
    cell = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


def _lists(book: Workbook, lists: Lists) -> dict[str, str]:
    """Write what the drop-down lists offer; return the range of each."""
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet("Lists")
    sheet.sheet_state = "hidden"
    places = {}
    for position, (slot, words) in enumerate(sorted(lists.items()), 1):
        put(sheet, 1, position, slot)
        for row, word in enumerate(words, 2):
            put(sheet, row, position, word)
        if words:
            letter = get_column_letter(position)
            places[slot] = f"Lists!${letter}$2:${letter}${len(words) + 1}"
    return places


def _fill(sheet: Worksheet, table: Grid, places: Mapping[str, str]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for position, column in enumerate(table.columns, 1):
        letter = get_column_letter(position)
        put(sheet, 1, position, column.title)
        head = sheet.cell(1, position)
        head.font = Font(bold=True, color="FFFFFF" if column.first else "1F3864")
        head.fill = PatternFill("solid", fgColor="1F3864" if column.first else "D9E2F3")
        dimension = sheet.column_dimensions[letter]
        dimension.width = _WIDTHS.get(column.slot, max(12, len(column.title) + 4))
        if column.slot in _DATES:
            dimension.number_format = "yyyy-mm-dd"
        elif column.slot not in _NUMBERS:
            dimension.number_format = "@"
        _note(head, column)
        if column.slot in places:
            _offer(sheet, f"{letter}2:{letter}{max(ROWS, len(table.rows) + 500)}", places[column.slot], column)
    slots = {c.slot: n for n, c in enumerate(table.columns, 1)}
    for row, cells in enumerate(table.rows, 2):
        for slot, value in cells.items():
            put(sheet, row, slots[slot], value)
            if slot in ("comment", "text"):
                sheet.cell(row, slots[slot]).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "C2" if table.sort == "criteria" else "E2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{max(2, len(table.rows) + 1)}"


def _note(cell: object, column: Column) -> None:
    from openpyxl.comments import Comment

    if column.meaning:
        needed = " Every row needs it." if column.needed else ""
        cell.comment = Comment(column.meaning + needed, "Comity", height=90, width=260)  # type: ignore[attr-defined]


def _offer(sheet: Worksheet, where: str, source: str, column: Column) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    closed = bool(column.words)
    validation = DataValidation(type="list", formula1=f"={source}", allow_blank=True)
    validation.errorStyle = "warning"
    validation.showErrorMessage = closed
    validation.errorTitle, validation.error = column.title, f"{column.meaning[:180]} Keep it all the same?"
    validation.add(where)
    sheet.add_data_validation(validation)


def _side(sheet: Worksheet, side: Side, letter: str, counted: str) -> None:
    """List the criteria of a scheme, and count the rows that each has while the author writes."""
    from openpyxl.styles import Alignment, Font

    heads = ("criterion", "rows so far", "name", "kind", "level", "text")
    for position, head in enumerate(heads, 1):
        put(sheet, 1, position, head)
        sheet.cell(1, position).font = Font(bold=True)
    for row, (notation, *others) in enumerate(side.lines, 2):
        put(sheet, row, 1, notation)
        whole = f"{counted}!${letter}:${letter}"
        sheet.cell(row, 2).value = f'=COUNTIF({whole},A{row})+COUNTIF({whole},A{row}&"{MARK}*")'
        for position, text in enumerate(others, 3):
            put(sheet, row, position, text)
            sheet.cell(row, position).alignment = Alignment(wrap_text=True, vertical="top")
    for column, width in zip("ABCDEF", (24, 12, 44, 14, 14, 90), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "C2"


def _about(sheet: Worksheet, table: Grid) -> None:
    from openpyxl.styles import Font

    for row, (title, value) in enumerate((("what", "about this file"), *table.about), 1):
        put(sheet, row, 1, title)
        put(sheet, row, 2, value)
        sheet.cell(row, 1).font = Font(bold=True)
    sheet.column_dimensions["A"].width = 22
    sheet.column_dimensions["B"].width = 80
    sheet.column_dimensions["B"].number_format = "@"
    sheet.freeze_panes = "A2"


def _help(sheet: Worksheet, table: Grid) -> None:
    from openpyxl.styles import Alignment, Font

    for row, cells in enumerate(page(table.sort, table.columns), 1):
        heading = len(cells) == 1 and bool(cells[0])
        for position, text in enumerate(cells, 1):
            put(sheet, row, position, text)
            cell = sheet.cell(row, position)
            cell.alignment = Alignment(wrap_text=not heading, vertical="top")
            if heading or position == 1:
                cell.font = Font(bold=True, size=13 if heading else 11)
    for letter, width in zip("ABCD", (22, 46, 52, 60), strict=True):
        sheet.column_dimensions[letter].width = width
