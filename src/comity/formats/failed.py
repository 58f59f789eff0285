"""Formulas of a workbook that failed: its reader takes them for empty cells."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping

_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<Relationship\s[^>]*>")
_FAILED = re.compile(r'<c\s(?=[^>]*\bt="e")[^>]*\br="([A-Z]+[0-9]+)"[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>', re.DOTALL)


def failed_formulas(content: bytes) -> Mapping[tuple[str, str], str]:
    """Return what stands in the cells whose formula failed, such as ``#REF!``, by sheet and cell.

    Source: ECMA-376, part 1, 18.18.11 (``t="e"``).
    """
    found: dict[tuple[str, str], str] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        for sheet, path in _sheets(archive):
            if path in names:
                for cell, text in _FAILED.findall(archive.read(path).decode("utf-8", "replace")):
                    found[sheet, cell] = html.unescape(text)
    return found


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet and the entry that holds it."""
    try:
        book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
        relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except KeyError:
        return
    targets = {_attribute(r, "Id"): _attribute(r, "Target") for r in _RELATION.findall(relations)}
    for sheet in _SHEET.findall(book):
        target = targets.get(_attribute(sheet, r"(?:\w+:)?id"), "")
        yield html.unescape(_attribute(sheet, "name")), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _attribute(element: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', element)
    return found[1] if found else ""
