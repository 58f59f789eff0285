"""What a workbook shows and does not hold: percentages, and formulas that nobody calculated."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from comity.formats import loose, sheets
from comity.model.errors import UnreadableError


def _book() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "A & B"
    for cell, value, shown in (
        ("A1", 0.16, "0%"),
        ("B1", 0.071, "0.00%"),
        ("C1", 0.5, '0.0" %"'),  # the sign is a text, and multiplies nothing
        ("D1", 12, "0 %"),
        ("E1", "0.16", "0%"),  # a text
        ("F1", "=A1", "General"),
        ("G1", "x", "General"),
    ):
        sheet[cell], sheet[cell].number_format = value, shown
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_cell_says_that_a_hundred_times_its_number_is_seen() -> None:
    cells = sheets.read(_book(), "a.xlsx")[0].rows[0]
    assert [(c.text, c.kind) for c in cells[:5]] == [
        ("0.16", "percent"),
        ("0.071", "percent"),
        ("0.5", "number"),
        ("12", "percent"),
        ("0.16", ""),
    ]


def test_an_authors_table_is_read_as_it_is_seen() -> None:
    cells = loose.read(_book(), "a.xlsx")[0][0].rows[0]
    assert [c.text for c in cells] == ["16 %", "7.1 %", "0.5", "1200 %", "0.16", "=A1", "x"]


def test_a_workbook_whose_styles_are_damaged_is_refused_by_name() -> None:
    """A byte of the packed styles is changed, so that they cannot be unpacked or their checksum differs."""
    content = bytearray(_book())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = archive.getinfo("xl/styles.xml")
    content[entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2] ^= 0xFF
    with pytest.raises(UnreadableError) as caught:
        sheets.read(bytes(content), "a.xlsx")
    assert caught.value.code == "bad-sheet"


def test_formulas_at_the_end_of_a_row_and_of_the_table_are_there() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["subject", "object", "why"])
    sheet.append(["a", "b", "=A1"])
    sheet.append(["=A2"])
    buffer = io.BytesIO()
    book.save(buffer)
    rows = loose.read(buffer.getvalue(), "a.xlsx")[0][0].rows
    assert [[c.text for c in row if c.text] for row in rows] == [
        ["subject", "object", "why"],
        ["a", "b", "=A1"],
        ["=A2"],
    ]
    assert (rows[1][2].place.pointer, rows[2][0].place.pointer, rows[2][0].kind) == ("Sheet!C2", "Sheet!A3", "formula")
