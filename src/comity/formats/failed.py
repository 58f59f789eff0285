"""Formulas of a workbook that failed, or were never calculated: its reader takes them for empty cells."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Mapping

from comity.formats.entries import sheet_entries

_FAILED = re.compile(r'<c\s(?=[^>]*\bt="e")[^>]*\br="([A-Z]+[0-9]+)"[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>', re.DOTALL)

_UNCALCULATED = re.compile(
    r'<c\s(?=[^>]*\br="([A-Z]+[0-9]+)")[^>]*(?<!/)>\s*<f(?:\s[^>]*)?>([^<]*)</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
"""A formula beside which no value stands."""


def failed_formulas(content: bytes) -> Mapping[tuple[str, str], str]:
    """Return what stands in the cells whose formula failed, such as ``#REF!``, by sheet and cell.

    Of one that no program has calculated, the formula: ``=A1``.

    Source: ECMA-376, part 1, 18.18.11 (``t="e"``).
    """
    found: dict[tuple[str, str], str] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        for sheet, path in sheet_entries(archive):
            if path in names:
                content_ = archive.read(path).decode("utf-8", "replace")
                for cell, text in _FAILED.findall(content_):
                    found[sheet, cell] = html.unescape(text)
                for cell, formula in _UNCALCULATED.findall(content_) if "<f" in content_ else ():
                    found[sheet, cell] = "=" + html.unescape(formula)
    return found
