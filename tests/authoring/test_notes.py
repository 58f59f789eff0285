"""What need not be mended is told with its cell and value all the same."""

from __future__ import annotations

from pathlib import Path

from tests.authoring.books import book
from tests.authoring.conftest import comity

SET = {"set id": "https://ann.example/s", "licence": "https://l.example/"}


def _row(subject: str, relation: str, object_: str, why: str) -> dict[str, object]:
    return {"subject": subject, "relation": relation, "object": object_, "why": why, "author": "Ann"}


def test_each_note_names_its_cell_and_what_stands_there(loom: Path, tmp_path: Path) -> None:
    rows = [
        _row("loom-2-3.1", "partially aligned", "rra-2.0-1", "Both are about wages."),
        _row("loom-2-2.1", "skos:exactMatch", "yarn-1-3", "Both are about water."),
        _row("loom-2-3.10", "partially aligned", "yarn-1-6", "Both are kept."),
    ]
    path = book(tmp_path / "a.xlsx", {"Mappings": rows, "Colours": [{"red": "1", "blue": "2"}]}, SET)
    lines = comity("mappings", "check", path, "--with", loom).stdout.splitlines()
    notes = {line.removeprefix(f"{path}  "): lines[n + 1] for n, line in enumerate(lines) if "  note  " in line}
    assert set(notes) == {
        "Mappings!B2, Mappings!B4  note  relation-read",
        "Mappings!B3  note  unconfirmed-predicate",
        "Mappings!C2  note  superseded-edition",
        "Colours!A1  note  sheet-passed-over",
    }
    assert notes["Mappings!B2, Mappings!B4  note  relation-read"].startswith(
        "  'partially aligned' is read as overlaps."
    )
    assert notes["Mappings!B3  note  unconfirmed-predicate"].startswith("  'skos:exactMatch' counts as a lead")
    assert notes["Mappings!C2  note  superseded-edition"].startswith("  Object rra-2.0-1 is of Risk Readiness")
    assert notes["Colours!A1  note  sheet-passed-over"].startswith("  The sheet 'Colours' has no headings")


def test_notes_that_very_many_cells_have_are_counted(loom: Path, tmp_path: Path) -> None:
    """Twelve rows are read in one way: ten cells are named."""
    pairs = [(s, o) for s in ("1.1", "1.2", "1.3", "2.1") for o in (1, 2, 3)]
    rows = [_row(f"loom-2-{s}", "partially aligned", f"yarn-1-{o}", f"Both say {s} and {o}.") for s, o in pairs]
    path = book(tmp_path / "a.xlsx", {"Mappings": rows}, SET)
    out = comity("mappings", "check", path, "--with", loom).stdout
    cells = ", ".join(f"Mappings!B{n}" for n in range(2, 12))
    assert f"{path}  {cells} and 2 more  note  relation-read" in out
