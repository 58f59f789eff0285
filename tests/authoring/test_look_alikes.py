"""Identifiers with signs that look like others, formulas without a value, and files that are not read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.authoring.books import book, checked, criterion, spots
from tests.authoring.conftest import comity

SET = {"set id": "https://ann.example/s", "licence": "https://l.example/"}
ROW = {
    "subject": "loom-2-3.1",
    "relation": "overlaps",
    "object": "yarn-1-4",
    "why": "Both are about wages.",
    "author": "Ann",
}


@pytest.mark.parametrize(
    "text",
    ["loom\u20112\u20113.1", "loom\u20132\u20133.1", "loom-2-\u00a03.1", "loom-2-\uff13.1"],
    ids=["non-breaking hyphen", "en dash", "blank that does not break", "wide digit"],
)
def test_a_sign_that_looks_like_another_is_read_as_it_with_a_note(text: str, loom: Path, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"Mappings": [{**ROW, "subject": text}]}, SET)
    found = checked("mappings", path, "--with", loom)
    assert spots(found) == [("Mappings!A2", "id-look-alike", "info")]
    assert found[0]["fix"] == "Write loom-2-3.1."
    assert comity("import", path, "--with", loom, "-o", tmp_path / "a.sssom.tsv").exit_code == 0
    assert "standard-2:3.1" in (tmp_path / "a.sssom.tsv").read_text("utf-8")


def test_the_number_of_a_criterion_is_read_so_as_well(tmp_path: Path) -> None:
    """4-1 is the same number whatever the hyphen, and a part finds its whole."""
    rows = [criterion("4\u20111"), criterion("4-1.2", part_of="4\u20131")]
    path = book(tmp_path / "a.xlsx", {"Criteria": rows})
    assert spots(checked("schemes", path)) == [("Criteria!A2", "id-look-alike", "info")]
    comity("import", path, "-o", tmp_path / "a.ttl")
    assert '"loom-5-4-1"' in (tmp_path / "a.ttl").read_text("utf-8")


def test_a_formula_that_nobody_calculated_is_no_empty_cell(loom: Path, tmp_path: Path) -> None:
    row = {**ROW, "subject": '="loom-2-"&"3.1"', "date": "=TODAY()"}
    found = checked("mappings", book(tmp_path / "a.xlsx", {"Mappings": [{**row, "comment": "x"}]}, SET), "--with", loom)
    assert spots(found) == [("Mappings!A2", "cell-formula", "error"), ("Mappings!F2", "cell-formula", "error")]
    assert found[0]["message"] == 'subject: the formula ="loom-2-"&"3.1" has no value; no program has calculated it.'


@pytest.mark.parametrize("name", ["a.ods", "a.xls"])
def test_other_workbooks_are_refused_with_what_to_do(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old workbook")
    for command in (("mappings", "check"), ("schemes", "check"), ("import",)):
        done = comity(*command, tmp_path / name)
        assert done.exit_code in (1, 2)
        assert "Save it as .xlsx or CSV." in done.stderr
        assert "zip" not in done.stderr


def test_sarif_writes_the_name_of_a_file_as_a_reference(loom: Path, tmp_path: Path) -> None:
    (tmp_path / "größe #2").mkdir()
    path = book(tmp_path / "größe #2" / "my rows.xlsx", {"Mappings": [{**ROW, "relation": "overlapz"}]}, SET)
    run = json.loads(comity("mappings", "check", path, "--with", loom, "--format", "sarif").stdout)["runs"][0]
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.endswith("/gr%C3%B6%C3%9Fe%20%232/my%20rows.xlsx")


def test_template_says_what_it_wrote(tmp_path: Path) -> None:
    done = comity("template", "criteria", "-o", tmp_path / "a.xlsx")
    assert done.stderr == f"{tmp_path / 'a.xlsx'}: a table of criteria to begin with\n"
    assert comity("template", "criteria").stderr == ""
