"""What import says of files in which nothing is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.authoring.conftest import comity

REGISTER = """{"entries": [{"type": ["ConformityScheme"], "id": "https://a.example", "name": "A"}]}"""
HEADINGS = "subject,relation,object,why\n"
WAITING = HEADINGS + "rra-3.0-26,,,\n"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("register.json", REGISTER, "register.json: it holds neither criteria nor mapping rows"),
        ("set.csv", HEADINGS, "set.csv: it holds neither criteria nor mapping rows"),
        ("set.csv", WAITING, "set.csv: no row of it says anything yet"),
    ],
    ids=["a register", "headings alone", "rows whose relation is open"],
)
def test_a_file_that_says_nothing_is_refused_and_nothing_is_written(
    tmp_path: Path, name: str, content: str, why: str
) -> None:
    file, out = tmp_path / name, tmp_path / "out.sssom.tsv"
    file.write_text(content, "utf-8")
    done = comity("import", file, "-o", out)
    assert done.exit_code == 2
    assert "there is nothing to import" in done.stderr
    assert why in done.stderr
    assert not out.exists()


def test_a_file_that_says_nothing_stands_beside_others(tmp_path: Path) -> None:
    said = "# set id: https://a.example/set\n" + HEADINGS + "rra-3.0-26,overlaps,oecd-minerals-3-1,Both ask.\n"
    (tmp_path / "empty.csv").write_text(HEADINGS, "utf-8")
    (tmp_path / "set.csv").write_text(said, "utf-8")
    done = comity("import", tmp_path / "empty.csv", tmp_path / "set.csv", "-o", f"{tmp_path}/out/")
    assert done.exit_code == 0
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["set.sssom.tsv"]
