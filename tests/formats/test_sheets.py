"""Tables: cells with their places, whatever the file format."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from comity.formats import limits, sheets
from comity.model.errors import UnreadableError


def workbook(**tables: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in tables.items():
        table = book.create_sheet(title)
        for row in rows:
            table.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def shown(sheet: sheets.Sheet) -> list[list[tuple[str, str]]]:
    return [[(c.text, c.place.pointer) for c in row] for row in sheet.rows]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_tables_with_any_separator(separator: str) -> None:
    text = f'subject{separator}value\n"a{separator}b"{separator} 1 \n\n{separator}\nc{separator}2\n'
    (sheet,) = sheets.read(text.encode(), "a.csv")
    assert shown(sheet) == [
        [("subject", "A1"), ("value", "B1")],
        [(f"a{separator}b", "A2"), ("1", "B2")],
        [("c", "A5"), ("2", "B5")],
    ]


def test_workbooks_keep_the_names_of_their_sheets() -> None:
    content = workbook(Claims=[["subject", "value"], ["a", 16.5]], Other=[[], [None, True, date(2025, 1, 31)]])
    first, second = sheets.read(content, "a.xlsx")
    assert shown(first)[1] == [("a", "Claims!A2"), ("16.5", "Claims!B2")]
    assert shown(second) == [[("", "Other!A2"), ("true", "Other!B2"), ("2025-01-31", "Other!C2")]]


@pytest.mark.parametrize(
    ("value", "text"), [(16.0, "16"), (0.1, "0.1"), (datetime(2025, 1, 31, 12), "2025-01-31"), (7, "7")]
)
def test_values_are_written_the_shortest_way(value: object, text: str) -> None:
    assert shown(sheets.read(workbook(A=[[value]]), "a.xlsx")[0]) == [[(text, "A!A1")]]


@pytest.mark.parametrize(
    ("name", "content"), [("a.xlsx", b"PK\x03\x04 no"), ("a.xlsx", b"no"), ("a.ods", b"no"), ("a.xls", b"no")]
)
def test_a_broken_workbook_is_named(name: str, content: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        sheets.read(content, name)
    assert caught.value.code == "bad-sheet"


def test_an_open_quotation_mark_is_named() -> None:
    with pytest.raises(UnreadableError) as caught:
        sheets.read(b'subject,value\n"a,1\n', "a.csv")
    assert caught.value.code == "bad-sheet"


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = workbook(A=[["x" * 30_000]])
    monkeypatch.setenv(limits.VARIABLE, str(len(content)))
    sheets.read(content, "a.xlsx")
    monkeypatch.setattr(limits, "ARCHIVE_FACTOR", 1)
    with pytest.raises(UnreadableError) as caught:
        sheets.read(content, "a.xlsx")
    assert caught.value.code == "too-large"


def test_a_workbook_is_known_by_its_content(tmp_path: Path) -> None:
    assert sheets.is_workbook(workbook(A=[[1]]), "-")
    assert not sheets.is_workbook(b"{}", "-")


def test_a_cell_at_the_far_end_does_not_exhaust_the_memory() -> None:
    book = openpyxl.Workbook()
    table = book.active
    table["A1"], table["XFD1048576"] = "subject", "x"
    buffer = io.BytesIO()
    book.save(buffer)
    with pytest.raises(UnreadableError) as caught:
        sheets.read(buffer.getvalue(), "a.xlsx")
    assert caught.value.code == "too-large"
    assert "XFD1048576" in caught.value.message


def test_an_archive_that_is_no_workbook_is_named() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(UnreadableError) as caught:
        sheets.read(buffer.getvalue(), "a.ods")
    assert (caught.value.code, caught.value.fix) == ("bad-sheet", "Save it as .xlsx or CSV.")


def test_a_text_table_of_too_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_CELLS", 4)
    assert len(sheets.read(b"a,b\nc,d\n", "a.csv")[0].rows) == 2
    with pytest.raises(UnreadableError) as caught:
        sheets.read(b"a,b\nc,d\ne,f\n", "a.csv")
    assert (caught.value.code, caught.value.place.pointer) == ("too-large", "line 3")
