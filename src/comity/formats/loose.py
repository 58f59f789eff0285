"""Text tables as spreadsheets save them: any separator, any common encoding, and a word on what was guessed."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePath

from comity.formats import limits, sheets
from comity.formats.failed import failed_formulas
from comity.formats.percents import as_shown
from comity.formats.sheets import Cell, Sheet
from comity.formats.text import MARKS
from comity.model.errors import UnreadableError
from comity.model.places import Finding, Place, Severity

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SAMPLE = 20
"""Records from which the separator is guessed."""

_SEP = re.compile(r"sep=(.)\r?\n")
"""A first line by which Excel is told the separator."""


def read(content: bytes, name: str) -> tuple[tuple[Sheet, ...], tuple[Finding, ...]]:
    r"""Read every table of a workbook or of a text table, and say what had to be guessed.

    :raises UnreadableError: code ``empty-file``, ``not-utf-8``, ``too-large`` or ``bad-sheet``.

    >>> tables, findings = read("name;caf\u00e9\n".encode("cp1252"), "a.csv")
    >>> [c.text for c in tables[0].rows[0]], [f.code for f in findings]
    (['name', 'café'], ['other-encoding', 'other-separator'])
    """
    if sheets.is_workbook(content, name):
        tables = sheets.read(content, name)
        failed = failed_formulas(content)
        return tuple(_with(table, failed) for table in tables), ()
    limits.refuse_above(len(content), name)
    text, findings = decode(content, name)
    told = _SEP.match(text)
    if told:
        text = text[told.end() :]
    separator = told[1] if told else guess(text, name)
    if not told and separator != ("\t" if PurePath(name).suffix.lower() == ".tsv" else ","):
        what = SEPARATORS.get(separator, repr(separator))
        message = f"The columns are taken to be separated by {what}."
        findings = (*findings, Finding("other-separator", Severity.INFO, Place(name), message))
    return (sheets.separated(text, name, separator),), findings


def decode(content: bytes, name: str) -> tuple[str, tuple[Finding, ...]]:
    """Decode text: UTF-8, else UTF-16 or UTF-32 by their marks, else what Windows calls ANSI.

    :raises UnreadableError: code ``empty-file`` or ``not-utf-8``.
    """
    if not content.strip():
        raise UnreadableError("empty-file", Place(name), "The file is empty.", "Check that it was written completely.")
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace"), (_told(name, encoding, ""),)
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode("utf-8"), ()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        if 0 in content[:100]:
            message = "The file is neither text nor a workbook that Comity reads."
            raise UnreadableError("not-utf-8", Place(name), message, "Save it as .xlsx, or as CSV in UTF-8.") from error
        text = content.decode("cp1252", "replace")
        word = re.findall(r"\S+", text.split("\n")[line - 1])
        odd = next((w for w in word if not w.isascii()), "")
        return text, (_told(name, "Windows-1252", f"line {line}", odd),)


def guess(text: str, name: str) -> str:
    r"""Guess the separator: the one that cuts the first records into most columns, the same number in each.

    >>> guess("a;b;c\n1,5;2;3\n", "x.csv"), guess("a,b\n", "x.csv")
    (';', ',')
    """
    usual = "\t" if PurePath(name).suffix.lower() == ".tsv" else ","
    found = {separator: _columns(text, separator) for separator in SEPARATORS}
    best = max(found.values())
    return usual if found[usual] == best else max(found, key=lambda s: found[s])


def _columns(text: str, separator: str) -> tuple[int, int]:
    """Return how many columns the first record has, lines of remarks left aside, and how many records agree."""
    widths: list[int] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if any(cell.strip() for cell in record) and not record[0].startswith("#"):
                widths.append(len(record))
            if len(widths) == _SAMPLE:
                break
    except csv.Error:
        return 0, 0
    return (widths[0], widths.count(widths[0])) if widths else (0, 0)


def _with(sheet: Sheet, failed: Mapping[tuple[str, str], str]) -> Sheet:
    """Put what failed formulas left where the reader found nothing, and percentages as they are seen."""
    own = {cell: text for (title, cell), text in failed.items() if title == sheet.name}

    def shown(cell: Cell) -> Cell:
        if cell.kind == "percent":
            return replace(cell, text=as_shown(cell.text))
        text = own.get(_spot(cell))
        kind = "formula" if text and text.startswith("=") else cell.kind
        return replace(cell, text=text, kind=kind) if text and not cell.text else cell

    rows = (
        sheet.rows if sheet.rows and own.keys() <= {_spot(c) for r in sheet.rows for c in r} else _widened(sheet, own)
    )
    return Sheet(sheet.name, tuple(tuple(shown(cell) for cell in row) for row in rows))


def _widened(sheet: Sheet, cells: Iterable[str]) -> tuple[tuple[Cell, ...], ...]:
    """Add empty cells where the reader saw the end of a row, or no row at all."""
    if not sheet.rows:
        return ()
    document = sheet.rows[0][0].place.document
    rows = {int(re.sub(r"\D", "", _spot(row[0]))): list(row) for row in sheet.rows}
    for cell in cells:
        letters, number = re.sub(r"\d", "", cell), int(re.sub(r"\D", "", cell))
        row = rows.setdefault(number, [])
        position = sheets.position(letters)
        row += [
            Cell("", Place(document, f"{sheet.name}!{sheets.column(n)}{number}")) for n in range(len(row), position + 1)
        ]
    return tuple(tuple(rows[number]) for number in sorted(rows))


def _spot(cell: Cell) -> str:
    return cell.place.pointer.rpartition("!")[2]


def _told(name: str, encoding: str, where: str, odd: str = "") -> Finding:
    seen = f" Its first word that is not plain ASCII is read as {odd!r}." if odd else ""
    message = f"The file is not UTF-8; it is read as {encoding}.{seen}"
    fix = "Save it as 'CSV UTF-8', so that nobody has to guess."
    return Finding("other-encoding", Severity.WARNING if odd else Severity.INFO, Place(name, where), message, fix)
