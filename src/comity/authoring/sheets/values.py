"""Days, numbers and words in an author's cells, and what a spreadsheet made of them."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import field
from datetime import date, timedelta
from fractions import Fraction

from comity.authoring.draft import CellFinding
from comity.authoring.faults import fault
from comity.authoring.sheets.columns import fold
from comity.authoring.sheets.tables import Record, Table
from comity.formats.sheets import Cell
from comity.model.classes import dataclass
from comity.model.places import Place, Severity

_EPOCH = date(1899, 12, 30)
"""Day 0 of the dates of spreadsheets (ECMA-376, part 1, 18.17.4.1)."""
_SERIALS = range(20_000, 80_000)
"""Numbers that are days from 1954 to 2119."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ERRORS = frozenset({"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"})
_GARBLED = re.compile(r"Ã[\u0080-\u00bf\u0152-\u0178‚-›€™]|â€|Â[\u00a0-\u00bf]|\ufffd")
"""UTF-8 that was read as Windows-1252."""
_MANGLED = re.compile(
    r"(?:(?P<day>\d{1,2})[-./ ](?P<month>[A-Za-z]{3})|(?P<month2>[A-Za-z]{3})[-./ ](?P<day2>\d{1,4}))(?:[-./ ]\d{2,4})?"
)


@dataclass(slots=True)
class Reader:
    """Reads the cells of a table, and gathers what is wrong with them.

    :param findings: what was found so far.
    :param errors: how many of them are errors.
    """

    table: Table
    findings: list[CellFinding] = field(default_factory=list)
    errors: int = 0
    _chosen: dict[tuple[str, str], str] = field(default_factory=dict)

    def complain(
        self, record: Record, slot: str, code: str, message: str, fix: str = "", allowed: Sequence[str] = ()
    ) -> None:
        """Note a problem of one cell, or of the row where the cell is empty."""
        cell = record.cells.get(slot)
        if cell is not None and cell.kind == "formula" and code != "cell-formula":
            self.errors += 1  # what else is wrong with a value that is not there, its formula has told
            return
        place = cell.place if cell else self.spot(record, slot)
        title = self.table.titles.get(slot, slot)
        value = cell.text if cell else ""
        found = fault(code, place, message, fix, column=title, value=value, allowed=allowed)
        self.errors += found.severity is Severity.ERROR
        self.findings.append(found)

    def spot(self, record: Record, slot: str) -> Place:
        """Return where the empty cell of a slot stands."""
        head = self.table.head.get(slot)
        row = re.search(r"\d+$", record.place.pointer)
        if head is None or row is None or not re.search(r"\d+$", head.pointer):
            return record.place
        return Place(head.document, re.sub(r"\d+$", row[0], head.pointer))

    def unsound(self, record: Record) -> bool:
        """Tell of failed formulas and garbled letters; true when a formula failed."""
        failed = False
        for slot, cell in record.cells.items():
            title = self.table.titles.get(slot, slot)
            if cell.kind == "formula":
                failed = True
                message = f"{title}: the formula {cell.text} has no value; no program has calculated it."
                fix = "Open the file in a spreadsheet program and save it, or write the value itself."
                self.complain(record, slot, "cell-formula", message, fix)
            elif cell.text in _ERRORS:
                failed = True
                message = f"{title}: a formula failed and left {cell.text}."
                self.complain(record, slot, "cell-formula", message, "Mend the formula, or write the value itself.")
            elif found := _GARBLED.search(cell.text):
                message = f"{title}: {found[0]!r} is a letter that was garbled."
                fix = f"It was probably {mended(cell.text)!r}." if mended(cell.text) else "Write it again."
                self.complain(record, slot, "cell-garbled", message, fix)
        return failed

    def day(self, record: Record, slot: str) -> date | None:
        """Read a day; one that is not certain is a finding."""
        cell = record.cells.get(slot)
        if cell is None:
            return None
        try:
            return date.fromisoformat(cell.text)
        except ValueError:
            pass
        guess = _days(cell.text)
        title = self.table.titles[slot]
        if len(guess) == 1 and cell.text.isdigit():
            message = f"{title}: {cell.text} is how a spreadsheet stores the day {guess[0]}."
        elif len(guess) > 1:
            message = f"{title}: {cell.text!r} is read as {' or '.join(d.isoformat() for d in guess)}."
        else:
            message = f"{title}: {cell.text!r} is no day of the calendar."
        fix = f"Write {' or '.join(d.isoformat() for d in guess)}." if guess else "Write it as 2026-11-30."
        self.complain(record, slot, "bad-date", message, fix, ("YYYY-MM-DD",))
        return None

    def share(self, record: Record, slot: str) -> float | None:
        """Read a number from 0 to 1."""
        found = self.number(record, slot, "Write a number from 0 to 1, such as 0.8.")
        if found is None:
            return None
        if 0 <= found <= 1:
            return float(found)
        text = record.text(slot)
        fix = f"Write {float(found / 100):g}." if 1 < found <= 100 else "Write a number from 0 to 1, such as 0.8."
        message = f"{self.table.titles[slot]}: {text!r} lies outside of 0 to 1."
        self.complain(record, slot, "confidence", message, fix, ("0 to 1",))
        return None

    def number(self, record: Record, slot: str, fix: str) -> Fraction | None:
        """Read a number exactly; a decimal comma and a percent sign are understood."""
        text = record.text(slot)
        if not text:
            return None
        plain = text.replace(" ", "").replace("\u2212", "-")
        if re.fullmatch(r"-?\d+,\d+", plain) and not re.fullmatch(r"-?\d{1,3},\d{3}", plain):
            plain = plain.replace(",", ".")
        percent = plain.endswith("%")
        try:
            found = Fraction(plain.removesuffix("%"))
        except (ValueError, ZeroDivisionError):
            self.complain(record, slot, "bad-number", f"{self.table.titles[slot]}: {text!r} is no number.", fix)
            return None
        return found / 100 if percent and slot == "confidence" else found

    def choice(self, record: Record, slot: str, words: Sequence[str], reader: Callable[[str], str] = fold) -> str:
        """Read one of the words that are allowed; empty where there is none."""
        text = record.text(slot)
        if not text:
            return ""
        if (slot, text) in self._chosen:
            return self._chosen[slot, text]
        known = {reader(w): w for w in words}
        if reader(text) in known:
            found = self._chosen[slot, text] = known[reader(text)]
            return found
        near = difflib.get_close_matches(reader(text), known, 1, 0.6)
        fix = f"Did you mean {known[near[0]]!r}?" if near else f"Write one of {', '.join(words)}."
        message = f"{self.table.titles[slot]}: {text!r} is none of the words that are allowed."
        self.complain(record, slot, "unknown-value", message, fix, words)
        return ""


def plain_id(text: str) -> str:
    r"""Write an identifier with the signs of a keyboard: other hyphens, blanks and digits look the same.

    >>> plain_id("hive\u20112\u20134.1")
    'hive-2-4.1'
    """
    return " ".join(_HYPHENS.sub("-", unicodedata.normalize("NFKC", text)).split())


_HYPHENS = re.compile("[\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]")


def token(text: str) -> str:
    """Fold a word of a closed list: case, blanks and hyphens do not matter.

    >>> token("Read in source"), token("comity:readInSource")
    ('readinsource', 'readinsource')
    """
    return re.sub(r"[\s_-]+", "", text.removeprefix("comity:").removeprefix("semapv:")).casefold()


def mended(text: str) -> str:
    """Undo a wrong reading of UTF-8; empty where that is impossible.

    >>> mended("prÃ©cis")
    'précis'
    """
    try:
        return text.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return ""


def unmangled(cell: Cell) -> tuple[str, ...]:
    """Return what an identifier may have been before a spreadsheet made a date of it; none where it did not.

    >>> unmangled(Cell("10-Jan", Place("a.csv", "A2")))
    ('1-10', '10-1', '1.10', '10.1')
    >>> unmangled(Cell("2026-02-01", Place("a.xlsx", "A2"), "date"))[:2]
    ('2-1', '1-2')
    """
    found = _MANGLED.fullmatch(cell.text)
    month = (found["month"] or found["month2"] or "").casefold() if found else ""
    if found and month in _MONTHS:
        one, other = _MONTHS.index(month) + 1, int(found["day"] or found["day2"])
    elif cell.kind == "date" or re.fullmatch(r"\d{4}-\d\d-\d\d( 00:00:00)?", cell.text):
        day = date.fromisoformat(cell.text[:10])
        one, other = day.month, day.day
    else:
        return ()
    return tuple(dict.fromkeys(f"{a}{mark}{b}" for mark in "-." for a, b in ((one, other), (other, one))))


def _days(text: str) -> list[date]:
    """Return the days that a text may mean, in the orders in which people write them."""
    if text.isdigit() and int(text) in _SERIALS:
        return [_EPOCH + timedelta(days=int(text))]
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    named = [i + 1 for i, m in enumerate(_MONTHS) if re.search(rf"\b{m}", text.casefold())]
    orders: list[tuple[int, int, int]] = []
    if len(numbers) >= 3:
        a, b, c = numbers[:3]
        orders = [(a, b, c)] if a > 31 else [(c, b, a), (c, a, b)]
    elif len(numbers) == 2 and named:
        orders = [(max(numbers), named[0], min(numbers))]
    found = []
    for year, month, day in orders:
        try:
            found.append(date(year + 2000 if year < 100 else year, month, day))
        except ValueError:
            continue
    return sorted(set(found))
