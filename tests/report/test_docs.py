"""docs/report.md names every format and every step as they are."""

from __future__ import annotations

import re
from pathlib import Path

from comity.report import REPORTERS, schema


def _table(root: Path, first: str) -> dict[str, str]:
    text = (root / "docs" / "report.md").read_text(encoding="utf-8")
    rows = re.search(rf"^\| {first} \|.*\n\|---.*\n((?:\|.*\n)+)", text, re.MULTILINE)
    assert rows is not None
    return {cells[0]: cells[-1] for line in rows[1].splitlines() if (cells := line.strip("| ").split(" | "))}


def test_every_format_is_documented(root: Path) -> None:
    assert [name.strip("`") for name in _table(root, "format")] == list(REPORTERS)


def test_every_step_is_documented_with_its_keys(root: Path) -> None:
    definitions = schema()["$defs"]
    common = {"kind", "premises", "text"}
    keys = {
        name.removeprefix("step-"): [key for key in definition["required"] if key not in common]
        for name, definition in definitions.items()
        if name.startswith("step-")
    }
    told = {kind: re.findall(r"`([^`]+)`", cell) for kind, cell in _table(root, "kind").items()}
    assert told == keys
