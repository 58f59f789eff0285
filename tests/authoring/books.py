"""Small workbooks of criteria and mappings, and what a check says of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
from tests.authoring.conftest import comity

HEADS = ("number", "name", "text", "kind", "level")
EDITION: Mapping[str, str] = {
    "title": "Loom Standard 5",
    "short name": "loom-5",
    "iri": "https://loom.example/standard/5",
    "source": "https://loom.example/standard/5.pdf",
}
Row = Mapping[str, object]

Found = tuple[str, str, str]
"""Cell with its sheet, code, and how bad it is."""


def criterion(number: object, **more: object) -> Row:
    """Return a sound row; keys with underscores are headings with blanks."""
    base: dict[str, object] = {
        "number": number,
        "name": f"Criterion {number}",
        "text": f"Do what {number} says.",
        "kind": "process",
        "level": "facility",
    }
    return base | {key.replace("_", " "): value for key, value in more.items()}


def book(path: Path, sheets: Mapping[str, Sequence[Row]], about: Mapping[str, object] = EDITION) -> Path:
    """Write a workbook; a value ``(0.16, "0%")`` has a number format."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        heads = list(dict.fromkeys(key for row in rows for key in row))
        sheet.append(heads)
        for line, row in enumerate(rows, 2):
            for column, head in enumerate(heads, 1):
                value = row.get(head)
                cell = sheet.cell(line, column)
                cell.value, cell.number_format = value if isinstance(value, tuple) else (value, "General")
    sheet = made.create_sheet("About")
    sheet.append(["what", "about this file"])
    for key, value in about.items():
        sheet.append([key, value])
    made.save(path)
    return path


def checked(what: str, path: Path, *options: str | Path) -> list[dict[str, str]]:
    """Return what ``schemes check`` or ``mappings check`` finds, each with its ``cell``."""
    found = json.loads(comity(what, "check", path, *options, "--format", "json").stdout)
    problems = found["problems"] if what == "mappings" else found
    return [{**p, "cell": f"{p.get('sheet', '')}!{p.get('column', '')}{p.get('row', '')}"} for p in problems]


def spots(found: Sequence[Mapping[str, str]], *passed: str) -> list[Found]:
    """Return where what is wrong, some codes passed over."""
    return [(p["cell"], p["code"], p["severity"]) for p in found if p["code"] not in ("root-added", *passed)]
