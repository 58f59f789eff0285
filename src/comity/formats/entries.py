"""Which entry of a workbook holds which sheet."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator

_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<Relationship\s[^>]*>")


def sheet_entries(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet and the entry that holds it."""
    try:
        book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
        relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except KeyError:
        return
    targets = {attribute(r, "Id"): attribute(r, "Target") for r in _RELATION.findall(relations)}
    for sheet in _SHEET.findall(book):
        target = targets.get(attribute(sheet, r"(?:\w+:)?id"), "")
        yield html.unescape(attribute(sheet, "name")), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def attribute(element: str, name: str) -> str:
    """Return an attribute of an element as it stands; empty where it has none.

    :param name: a regular expression.
    """
    found = re.search(rf'\s{name}="([^"]*)"', element)
    return found[1] if found else ""
