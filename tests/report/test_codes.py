"""Every code that the program can print has a page."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from comity.report.explain.codes import pages

MAKERS = {"Finding", "UnreadableError", "add", "broken", "fault", "info", "warn"}
"""Functions whose first argument is a code."""


def codes(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        code = node.args[0].value
        if name in MAKERS and isinstance(code, str) and re.fullmatch(r"D\d+|[a-z0-9]+(-[a-z0-9]+)*", code):
            yield code


def test_every_code_in_the_source_has_a_page(root: Path) -> None:
    package = root / "src" / "comity"
    # faults of tables start with the column, and have one code
    files = [f for area in ("evidence", "formats", "judgement", "knowledge") for f in (package / area).rglob("*.py")]
    found = {c: f.name for f in files if f.name != "tables.py" for c in codes(f)}
    assert len(found) > 60
    assert {c: f for c, f in found.items() if c not in pages()} == {}


def test_a_page_says_what_it_means_in_a_sentence() -> None:
    for page in pages().values():
        assert page.meaning.endswith("."), page.code
        assert page.severity in {"error", "warning", "info"}
