"""Pages say numbers where a name alone says nothing, and once what is doubtful about all criteria of a text."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from comity.cli.app import comity

ABOUT = """# title: Kiln Standard 1
# short name: kiln-1
# version: 1
# iri: https://kiln.example/1
# in force from: 2026-01-01
# basis: read-in-source
"""
HEADINGS = "number,name,text,kind,level,metric,comparison,value,unit,doubt\n"
HEAT = "1,Heat,Keep the heat.,performance,facility,Heat,at least,{},%,\n"
SMOKE, ASH = (f"{n},{name},{name} is kept away.,process,facility,,,,,{{}}\n" for n, name in ((2, "Smoke"), (3, "Ash")))


def page(folder: Path, rows: str, name: str) -> str:
    """Import a table, publish it and return the words of a page."""
    (folder / "kiln-1.csv").write_text(ABOUT + HEADINGS + rows, "utf-8")
    for arguments in (
        ["import", folder / "kiln-1.csv", "-o", folder / "kiln-1.ttl"],
        ["publish", folder / "site", "--with", folder / "kiln-1.ttl", "--only", "kiln-1"],
    ):
        done = CliRunner().invoke(comity, [str(a) for a in arguments])
        assert done.exit_code == 0, done.output
    text = (folder / "site" / "kiln.example" / name).read_text("utf-8")
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_the_page_of_a_criterion_with_two_limits_shows_both_numbers(tmp_path: Path) -> None:
    rows = HEAT.format(16) + HEAT.replace("Keep the heat.", "").replace("at least", "at most").format("25.5")
    words = page(tmp_path, rows, "1/1.html")
    assert "Heat: at least 16 %" in words
    assert "Heat: at most 25.5 %" in words


@pytest.mark.parametrize(
    ("doubts", "at_top", "at_criteria"),
    [
        (("Read in a draft.", "Read in a draft."), True, 0),
        (("Read in a draft.", "Read in a draft.|Ash is not defined."), True, 1),
        (("Read in a draft.", "Ash is not defined."), False, 2),
        (("Read in a draft.", ""), False, 1),
    ],
)
def test_a_doubt_that_all_criteria_share_is_said_once(
    tmp_path: Path, doubts: tuple[str, str], at_top: bool, at_criteria: int
) -> None:
    rows = "".join(row.format(doubt) for row, doubt in zip((SMOKE, ASH), doubts, strict=True))
    words = page(tmp_path, rows, "1.html")
    assert ("In doubt, of each of its criteria. Read in a draft." in words) is at_top
    marked = re.findall(r"kiln-1-\d in doubt", words)
    assert len(marked) == at_criteria
