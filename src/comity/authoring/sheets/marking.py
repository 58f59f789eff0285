"""A copy of an author's table with a sheet of its problems, and the cells marked that they stand in."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from comity.authoring.sheets.workbook import put, saved
from comity.formats import loose, sheets
from comity.model.errors import UnreadableError
from comity.model.places import Finding, Place, Severity

if TYPE_CHECKING:
    from openpyxl import Workbook

TITLE = "Problems"
HEADS = ("how bad", "sheet", "cell", "column", "value", "what is wrong", "what to do", "allowed", "code")
_WIDTHS = (10, 14, 8, 16, 26, 60, 50, 30, 20)
_WORDS: Mapping[Severity, str] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_COLOURS: Mapping[Severity, str] = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.INFO: "DDEBF7"}
_LONGEST = 1000
"""Characters of a note at a cell."""


def marked(content: bytes, name: str, findings: Iterable[Finding]) -> bytes:
    """Return a workbook like the one given, or of the text table given, with its problems.

    :param findings: those of other files are passed over.
    :raises UnreadableError: when the file is no table.
    """
    own = [f for f in findings if f.place.document == name]
    book = _book(content, name)
    if TITLE in book.sheetnames:
        del book[TITLE]
    names = {n.casefold(): n for n in book.sheetnames}
    for sheet, cell, found in _cells(own):
        title = names.get(sheet.casefold()) if sheet else book.sheetnames[0]
        if title is not None:
            _mark(book[title][cell], found)
    _problems(book, own)
    return saved(book)


def _book(content: bytes, name: str) -> Workbook:
    from openpyxl import Workbook, load_workbook

    if sheets.is_workbook(content, name):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of what a copy does not keep, such as macros
                return load_workbook(io.BytesIO(content))
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            message = f"The workbook cannot be copied: {error}."
            raise UnreadableError("bad-sheet", Place(name), message, "Save it again as .xlsx.") from error
    book = Workbook()
    sheet = book.active
    sheet.title = "Table"
    for row in loose.read(content, name)[0][0].rows:
        number = int(re.sub(r"\D", "", row[0].place.pointer))
        for position, cell in enumerate(row, 1):
            put(sheet, number, position, cell.text)
    return book


def _cells(findings: Sequence[Finding]) -> Iterable[tuple[str, str, list[Finding]]]:
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        sheet, _, cell = finding.place.pointer.rpartition("!")
        cell = re.sub(r"line (\d+)", r"A\1", cell)  # of a mapping set in SSSOM
        if re.fullmatch(r"[A-Z]{1,3}[1-9]\d*", cell):
            by_cell.setdefault((sheet, cell), []).append(finding)
    return [(sheet, cell, found) for (sheet, cell), found in by_cell.items()]


def _mark(cell: Any, findings: Sequence[Finding]) -> None:
    """Colour a cell by the worst of its problems, and note them all."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    worst = min((f.severity for f in findings), key=list(Severity).index)
    cell.fill = PatternFill("solid", fgColor=_COLOURS[worst])
    notes = [f"{_WORDS[f.severity]}: {f.message} {f.fix}".strip() for f in findings]
    before = [cell.comment.text] if cell.comment else []
    cell.comment = Comment("\n\n".join([*before, *notes])[:_LONGEST], "Comity", height=150, width=340)


def _problems(book: Workbook, findings: Sequence[Finding]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(TITLE, 0)
    for position, (head, width) in enumerate(zip(HEADS, _WIDTHS, strict=True), 1):
        put(sheet, 1, position, head)
        sheet.cell(1, position).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(position)].width = width
    ranked = sorted(findings, key=lambda f: list(Severity).index(f.severity))
    for row, finding in enumerate(ranked, 2):
        title, mark, cell = finding.place.pointer.rpartition("!")
        allowed = ", ".join(getattr(finding, "allowed", ()))
        texts = (
            _WORDS[finding.severity],
            title,
            cell,
            getattr(finding, "column", ""),
            getattr(finding, "value", ""),
            finding.message,
            finding.fix,
            allowed[:_LONGEST],
            finding.code,
        )
        for position, text in enumerate(texts, 1):
            put(sheet, row, position, text)
            sheet.cell(row, position).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, 1).fill = PatternFill("solid", fgColor=_COLOURS[finding.severity])
        if mark and title in book.sheetnames:
            link = sheet.cell(row, 3)
            link.hyperlink = f"#'{title}'!{cell}"
            link.font = Font(underline="single", color="0563C1")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(HEADS))}{max(2, len(ranked) + 1)}"
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other.title == TITLE
