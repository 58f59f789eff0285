"""What a workbook shows and does not hold: percentages, and formulas that nobody calculated."""

from __future__ import annotations

import io

import openpyxl

from comity.formats import loose, sheets


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
