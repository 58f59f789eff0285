"""What a table of mappings says that others could not use, each at its cell."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.authoring.books import Found, book, checked, spots

SET: Mapping[str, object] = {"set id": "https://ann.example/s", "licence": "https://l.example/"}
ROW: Mapping[str, object] = {
    "subject": "loom-2-3.1",
    "relation": "overlaps",
    "object": "yarn-1-4",
    "why": "Both are about wages.",
    "author": "Ann",
}

ABOUT: tuple[tuple[dict[str, object], Found | None], ...] = (
    ({}, None),
    ({"set id": "my mappings 2026"}, ("About!B2", "iri", "error")),
    ({"licence": "CC BY"}, ("About!B3", "no-address", "warning")),
    ({"licence": None}, ("About!B3", "set-unnamed", "info")),
    ({"object scheme": "rra-3.0"}, ("Mappings!C2", "another-edition", "warning")),
    ({"object scheme": "yarn-1"}, None),
)

ROWS: tuple[tuple[dict[str, object], Found | None], ...] = (
    ({"row id": "row one"}, ("Mappings!F2", "row-id", "error")),
    ({"row id": "row:one"}, None),
    ({"author id": "0000-0002-1825-0098"}, ("Mappings!F2", "no-identifier", "warning")),  # 7 would be right
    ({"author id": "https://orcid.org/0000-0002-1825-0097"}, None),
    ({"author id": "did:web:ann.example"}, None),
    ({"reviewer": "Bea", "reviewer id": "orcid:0000-0001-0000-0000"}, ("Mappings!G2", "no-identifier", "warning")),
    ({"date": "2026-11-21"}, ("Mappings!F2", "date-ahead", "warning")),
    ({"date": "2026-11-20"}, None),
    ({"author": None, "author id": None, "reviewer": "Bea"}, ("Mappings!E2", "no-author", "warning")),
)


def _found(path: Path, loom: Path, row: Mapping[str, object], about: Mapping[str, object]) -> list[Found]:
    made = book(path / "a.xlsx", {"Mappings": [row]}, about)
    return spots(checked("mappings", made, "--with", loom, "--on", "2026-11-20"))


@pytest.mark.parametrize(("said", "expected"), ABOUT, ids=lambda x: str(x) if isinstance(x, dict) else "")
def test_what_about_says_of_a_set_is_looked_at(
    said: dict[str, object], expected: Found | None, loom: Path, tmp_path: Path
) -> None:
    assert _found(tmp_path, loom, ROW, {**SET, **said}) == ([expected] if expected else [])


@pytest.mark.parametrize(("cells", "expected"), ROWS, ids=lambda x: str(x) if isinstance(x, dict) else "")
def test_what_a_row_says_is_looked_at(
    cells: dict[str, object], expected: Found | None, loom: Path, tmp_path: Path
) -> None:
    assert _found(tmp_path, loom, {**ROW, **cells}, SET) == ([expected] if expected else [])


def test_rows_without_an_author_are_told_once(loom: Path, tmp_path: Path) -> None:
    """Somebody reviewed each, so that none of them is a mere suggestion; About may name the author of all."""
    nobody = {k: v for k, v in ROW.items() if k != "author"} | {"reviewer": "Bea"}
    rows = [nobody, {**nobody, "object": "yarn-1-6", "why": "Both are kept."}]
    found = checked("mappings", book(tmp_path / "a.xlsx", {"Mappings": rows}, SET), "--with", loom)
    assert [(p["cell"], p["code"]) for p in found] == [("Mappings!A2", "no-author")]
    assert found[0]["message"] == "2 rows name no author (the first is Mappings!A2)."
    about = {**SET, "author": "Ann"}
    assert checked("mappings", book(tmp_path / "b.xlsx", {"Mappings": rows}, about), "--with", loom) == []
