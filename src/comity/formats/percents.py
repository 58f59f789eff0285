"""Cells of a workbook that show a number as a percentage: 0.16 stands there, 16 % is seen."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from decimal import Decimal

from comity.formats.entries import attribute, sheet_entries

_BUILT_IN = frozenset({"9", "10"})
"""Number formats ``0%`` and ``0.00%`` (ECMA-376, part 1, 18.8.30)."""
_FORMAT = re.compile(r"<numFmt\s[^>]*>")
_STYLES = re.compile(r"<cellXfs\b.*?</cellXfs>", re.DOTALL)
_STYLE = re.compile(r"<xf\b[^>]*>")
_CELL = re.compile(r"<c\s[^>]*(?<!/)>")


def percent_cells(content: bytes) -> frozenset[tuple[str, str]]:
    """Return the sheet and cell of each cell that is formatted as a percentage.

    Source: ECMA-376, part 1, 18.8.10 (``cellXfs``) and 18.3.1.4 (``s`` of a cell).
    """
    found: set[tuple[str, str]] = set()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        styles = _styles(archive.read("xl/styles.xml").decode("utf-8", "replace")) if "xl/styles.xml" in names else ()
        for sheet, path in sheet_entries(archive) if styles else ():
            if path in names:
                cells = _CELL.findall(archive.read(path).decode("utf-8", "replace"))
                found |= {(sheet, attribute(c, "r")) for c in cells if attribute(c, "s") in styles}
    return frozenset(found)


def _styles(text: str) -> frozenset[str]:
    """Return the numbers of the cell styles that show percentages."""
    codes: Mapping[str, str] = {attribute(f, "numFmtId"): attribute(f, "formatCode") for f in _FORMAT.findall(text)}
    percent = _BUILT_IN | {number for number, code in codes.items() if _shows_percent(code)}
    block = _STYLES.search(text)
    styles = _STYLE.findall(block[0]) if block else []
    return frozenset(str(n) for n, style in enumerate(styles) if attribute(style, "numFmtId") in percent)


def _shows_percent(code: str) -> bool:
    r"""Tell whether a format multiplies by a hundred: a percent sign that is neither quoted nor escaped.

    >>> _shows_percent("0.0%"), _shows_percent('0.0&quot;%&quot;'), _shows_percent("0.0\\%")
    (True, False, False)
    """
    return "%" in re.sub(r'&quot;.*?&quot;|"[^"]*"|\\.', "", code)


def as_shown(text: str) -> str:
    """Write the number of a percent cell as it is seen, all its digits included.

    >>> as_shown("0.16"), as_shown("0.071"), as_shown("1")
    ('16 %', '7.1 %', '100 %')
    """
    number = Decimal(text) * 100
    return f"{number.normalize():f} %"
