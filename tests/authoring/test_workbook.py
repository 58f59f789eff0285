"""A workbook with planted faults: all named at once, each with its cell; mended, it comes back as the same graph."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pyoxigraph
import pytest
from tests.authoring.conftest import comity
from tests.programs import program

from comity import knowledge as base
from comity.authoring import exchange
from comity.authoring.importing import read_all
from comity.authoring.sheets.known import extended

SOUND = {"E": "Ann", "F": date(2026, 11, 2), "D": "Both are about the same."}
"""What every row has, unless a fault is planted there."""

FAULTS: tuple[tuple[str, str, dict[str, object], dict[str, object]], ...] = (
    # cell, code, the row as planted, the row mended
    ("A2", "dangling-row", {"A": "loom-2-2.11", "B": "covers", "C": "yarn-1-3"}, {"A": "loom-2-2.1", "B": "overlaps"}),
    ("C3", "dangling-row", {"A": "loom-2-3.1", "B": "overlaps", "C": "yarn-1-44"}, {"C": "yarn-1-4"}),
    ("B4", "unknown-predicate", {"A": "loom-2-3.10", "B": "overlapz", "C": "yarn-1-4"}, {"B": "overlaps"}),
    ("B5", "relation-ambiguous", {"A": "loom-2-3.1", "B": "broader", "C": "yarn-1-7"}, {"B": "closeMatch"}),
    ("B6", "cell-empty", {"A": "loom-2-3.10", "C": "yarn-1-6"}, {"B": "closeMatch"}),
    ("C7", "cell-empty", {"A": "loom-2-1.2", "B": "equal"}, {"C": "yarn-1-2"}),
    ("F8", "bad-date", {"A": "loom-2-1.3", "B": "overlaps", "C": "yarn-1-8", "F": "31.02.2026"}, {"F": "2026-02-28"}),
    ("F9", "bad-date", {"A": "loom-2-1.3", "B": "closeMatch", "C": "yarn-1-2", "F": "03/04/2026"}, {"F": "2026-04-03"}),
    ("H10", "confidence", {"A": "loom-2-1.2", "B": "not covers", "C": "yarn-1-8", "H": 85}, {"H": 0.85}),
    ("H11", "bad-number", {"A": "loom-2-2.2", "B": "not covers", "C": "yarn-1-3", "H": "high"}, {"H": 0.9}),
    ("A12", "id-mangled", {"A": date(2026, 10, 3), "B": "closeMatch", "C": "yarn-1-7"}, {"A": "3.10"}),
    ("C13", "row-on-group", {"A": "loom-2-3.1", "B": "closeMatch", "C": "yarn-1-5"}, {"C": "yarn-1-1"}),
    ("J14", "unknown-value", {"A": "loom-2-2.1", "B": "closeMatch", "C": "yarn-1-1", "J": "guess"}, {"J": None}),
    ("P15", "unknown-value", {"A": "loom-2-2.1", "B": "closeMatch", "C": "yarn-1-8", "P": "approved"}, {"P": "draft"}),
    (
        "T16",
        "dates-swapped",
        {"A": "loom-2-2.2", "B": "closeMatch", "C": "yarn-1-6", "S": "2026-05-01", "T": "2026-01-01"},
        {"T": "2027-01-01"},
    ),
    ("D17", "cell-formula", {"A": "loom-2-2.2", "B": "closeMatch", "C": "yarn-1-7", "D": "#REF!"}, {"D": "Titles."}),
    ("B18", "against-thresholds", {"A": "loom-2-1.1", "B": "subset", "C": "yarn-1-1"}, {"B": "superset"}),
    ("B19", "contradiction", {"A": "loom-2-2.1", "B": "covers", "C": "yarn-1-4"}, {"B": "closeMatch"}),
    ("V20", "record-id", {"A": "loom-2-1.1", "B": "closeMatch", "C": "yarn-1-8", "V": "row:a"}, {"V": "row:b"}),
    ("R21", "joint-group", {"A": "loom-2-1.3", "B": "closeMatch", "C": "yarn-1-6", "R": "both"}, {"R": None}),
    (
        "C22",
        "row-on-itself",
        {"A": "loom-2-1.2", "B": "equal", "C": "loom-2-1.2"},
        {"B": "closeMatch", "C": "yarn-1-7"},
    ),
    ("C23", "name-differs", {"A": "loom-2-2.1", "B": "closeMatch", "C": "yarn-1-7 · Living wage"}, {"C": "yarn-1-7"}),
    (
        "D24",
        "no-reason",
        {"A": "loom-2-3.1", "B": "closeMatch", "C": "yarn-1-3", "D": None},
        {"D": "Both are of mills."},
    ),
    (
        "B25",
        "duplicate-row",
        {"A": "loom-2-3.1", "B": "closeMatch", "C": "yarn-1-3"},
        {"A": "loom-2-3.10", "D": "Records of what is paid."},
    ),
    ("G26", "reviewed-by-author", {"A": "loom-2-1.3", "B": "closeMatch", "C": "yarn-1-4", "G": "ann"}, {"G": "Bea"}),
    (
        "B27",
        "kinds-differ",
        {"A": "loom-2-1.2", "B": "covers", "C": "yarn-1-8"},
        {"A": "loom-2-1.1", "B": "not covers"},
    ),
    ("P28", "standing", {"A": "loom-2-2.2", "B": "closeMatch", "C": "yarn-1-1", "P": "agreed-by-owners"}, {"P": None}),
    ("B29", "levels-differ", {"A": "loom-2-1.3", "B": "superset", "C": "yarn-1-3"}, {"B": "closeMatch"}),
)
"""Each in a row of its own, from row 2."""

ABOUT = {
    "set id": "https://ann.example/loom-2--yarn-1",
    "licence": "https://creativecommons.org/publicdomain/zero/1.0/",
}


def _fill(path: Path, target: Path, *, mended: bool) -> Path:
    book = openpyxl.load_workbook(path)
    sheet = book["Mappings"]
    sheet.delete_rows(2, sheet.max_row)
    for number, (_, _, planted, mending) in enumerate(FAULTS, 2):
        for column, value in {**SOUND, **planted, **(mending if mended else {})}.items():
            sheet[f"{column}{number}"] = value
    sheet["V19"] = "row:a"
    about = book["About"]
    for row in about.iter_rows(min_row=2):
        if row[0].value in ABOUT:
            row[1].value = ABOUT[row[0].value]
    if not mended:
        sheet["W1"] = "colour"
        sheet["AA1"] = "confidence"
    book.save(target)
    return target


@pytest.fixture(scope="session")
def template(loom: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook to begin with."""
    path = tmp_path_factory.mktemp("workbook") / "template.xlsx"
    done = comity("template", "mappings", "loom-2", "yarn-1", "--with", loom, "-o", path)
    assert done.exit_code == 0, done.stderr
    return path


@pytest.fixture(scope="session")
def faulty(template: Path) -> Path:
    """The workbook with the faults."""
    return _fill(template, template.with_name("faulty.xlsx"), mended=False)


@pytest.fixture(scope="session")
def mended(template: Path) -> Path:
    """The workbook without the faults."""
    return _fill(template, template.with_name("mended.xlsx"), mended=True)


def test_more_than_twenty_faults_of_different_kinds_are_named_at_once_each_with_its_cell(
    faulty: Path, loom: Path
) -> None:
    done = comity("mappings", "check", faulty, "--with", loom, "--format", "json")
    assert done.exit_code == 1
    problems = [p for p in json.loads(done.stdout)["problems"] if p["severity"] != "info"]
    found = {(f"{p['column']}{p['row']}", p["code"]) for p in problems}
    planted = {(cell, code) for cell, code, _, _ in FAULTS}
    assert found == planted | {("W1", "unknown-column"), ("AA1", "column-twice")}
    assert len({code for _, code in found}) > 20
    assert all(p["sheet"] == "Mappings" and p["message"] for p in problems)


def test_each_problem_says_what_stands_there_and_how_to_mend_it(faulty: Path, loom: Path) -> None:
    done = comity("mappings", "check", faulty, "--with", loom, "--format", "json")
    by_cell = {f"{p.get('column')}{p.get('row')}": p for p in json.loads(done.stdout)["problems"]}
    assert by_cell["A2"]["heading"] == "subject"
    assert by_cell["A2"]["value"] == "loom-2-2.11"
    assert "loom-2-2.1 (Water treated)" in by_cell["A2"]["fix"]
    assert "overlaps" in by_cell["B4"]["allowed"]
    assert by_cell["F9"]["fix"] == "Write 2026-03-04 or 2026-04-03."
    assert by_cell["H10"]["fix"] == "Write 0.85."
    assert "3.10" in by_cell["A12"]["fix"]
    assert "30" in by_cell["B18"]["message"]
    assert "20" in by_cell["B18"]["message"]
    assert "published.sssom.tsv line 7, Pat" in by_cell["B19"]["message"]


def test_people_see_the_cell_first_and_the_coverage_last(mended: Path, loom: Path) -> None:
    done = comity("mappings", "check", mended, "--with", loom)
    assert done.exit_code == 0, done.stdout
    lines = done.stdout.splitlines()
    assert lines[-1] == f"{len(FAULTS)} rows in 1 mapping set: no problems"
    assert "COVERAGE  yarn-1: rows end on 5 of 7 criteria" in lines
    assert "  without a row: yarn-1-6, yarn-1-7" in lines


def test_the_copy_has_a_sheet_of_problems_and_marked_cells(faulty: Path, loom: Path, tmp_path: Path) -> None:
    copy = tmp_path / "marked.xlsx"
    done = comity("mappings", "check", faulty, "--with", loom, "--marked", copy)
    assert done.exit_code == 1
    book = openpyxl.load_workbook(copy)
    assert book.sheetnames[0] == "Problems"
    cells = {(row[2], row[8]) for row in book["Problems"].iter_rows(min_row=2, values_only=True)}
    assert {(cell, code) for cell, code, _, _ in FAULTS} <= cells
    for cell, _, _, _ in FAULTS:
        assert book["Mappings"][cell].comment is not None
        assert book["Mappings"][cell].fill.fgColor.rgb in ("00FFC7CE", "00FFEB9C")
    assert book["Mappings"]["A18"].comment is None
    assert len(book["Mappings"].data_validations.dataValidation) == 7
    again = comity("mappings", "check", copy, "--with", loom, "--format", "json")
    assert len(json.loads(again.stdout)["problems"]) == book["Problems"].max_row - 1


@pytest.fixture(scope="module")
def soffice() -> str:
    return program(("soffice", "libreoffice"), ("libreoffice-calc-nogui",), "LibreOffice")


def test_libreoffice_opens_the_template_and_the_marked_copy(
    soffice: str, template: Path, faulty: Path, loom: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "marked.xlsx"
    comity("mappings", "check", faulty, "--with", loom, "--marked", copy)
    for path, word in ((template, "Water treated"), (copy, "how bad")):
        command = [soffice, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "csv"]
        subprocess.run([*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=300)
        assert word in (tmp_path / f"{path.stem}.csv").read_text("utf-8", "replace")


def _graph(path: Path, loom: Path) -> str:
    """Return the rows or criteria of a file as a graph in canonical form."""
    known = base.load([loom])
    drafts = read_all([(path.name, path.read_bytes())], known)
    assert not [p for p in drafts[0].problems if p.severity == "error"]
    content = exchange.write(drafts[0], "turtle", extended(known, drafts)).content
    graph = pyoxigraph.Dataset(pyoxigraph.parse(content, format=pyoxigraph.RdfFormat.TURTLE))
    graph.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return "\n".join(sorted(str(quad) for quad in graph))


def test_mended_it_comes_back_as_the_same_graph(mended: Path, loom: Path, tmp_path: Path) -> None:
    tsv, again, sheet, last = (tmp_path / n for n in ("a.sssom.tsv", "b.xlsx", "c.csv", "d.sssom.tsv"))
    for source, target in ((mended, tsv), (tsv, again), (again, sheet), (sheet, last)):
        done = comity("import", source, "--with", loom, "-o", target)
        assert done.exit_code == 0, done.stderr
    graphs = [_graph(path, loom) for path in (tsv, again, sheet, last)]
    assert graphs[0].count("\n") > 9 * len(FAULTS)
    assert graphs[1:] == graphs[:1] * 3
    assert tsv.read_text("utf-8") == last.read_text("utf-8")


def test_criteria_come_back_as_the_same_graph(loom: Path, tmp_path: Path) -> None:
    first = loom / "loom-2.ttl"
    book, table, again = (tmp_path / n for n in ("a.xlsx", "b.csv", "c.ttl"))
    for source, target in ((first, book), (book, table), (table, again)):
        done = comity("import", source, "-o", target)
        assert done.exit_code == 0, done.stderr
    assert again.read_text("utf-8") == first.read_text("utf-8")


def test_nothing_is_written_while_there_is_an_error(faulty: Path, loom: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.sssom.tsv"
    done = comity("import", faulty, "--with", loom, "-o", target)
    assert done.exit_code == 1
    assert not target.exists()
    assert "Nothing is written" in done.stderr
    done = comity("import", faulty, "--with", loom, "-o", target, "--partial")
    assert done.exit_code == 1
    assert "loom" in target.read_text("utf-8")


def test_the_same_template_is_the_same_bytes(template: Path, loom: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    comity("template", "mappings", "loom-2", "yarn-1", "--with", loom, "-o", other)
    assert other.read_bytes() == template.read_bytes()


def test_the_template_has_few_columns_first_and_the_criteria_of_both_schemes(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    assert book.sheetnames == ["Mappings", "Subjects", "Objects", "About", "Help", "Lists"]
    heads = [cell.value for cell in book["Mappings"][1]]
    assert heads[:9] == [
        "subject",
        "relation",
        "object",
        "why",
        "author",
        "date",
        "reviewer",
        "confidence",
        "comment",
    ]
    rows = [row[0].value for row in book["Mappings"].iter_rows(min_row=2) if row[0].value]
    # all of loom-2 but its two headings, its root first
    assert rows[:3] == [
        "loom-2 · Loom Standard 2 (fiction) as a whole",
        "loom-2-1.1 · Recycled fibre",
        "loom-2-1.2 · Waste reported",
    ]
    assert len(rows) == 8
    objects = book["Objects"]
    assert [objects["A3"].value, objects["C3"].value] == ["yarn-1-1", "Recycled yarn"]
    assert objects["B3"].value == '=COUNTIF(Mappings!$C:$C,A3)+COUNTIF(Mappings!$C:$C,A3&" · *")'
    lists = {str(v.sqref): v.formula1 for v in book["Mappings"].data_validations.dataValidation}
    words = {
        where[0]: [c[0].value for c in book["Lists"][f.partition("!")[2].replace("$", "")]]
        for where, f in lists.items()
    }
    assert words["B"][:3] == ["equal", "superset", "subset"]
    assert words["C"][1] == "yarn-1-1 · Recycled yarn"
    assert "does meeting the subject guarantee the object?" in [c.value for c in book["Help"]["B"]]


def test_the_criteria_may_be_checked_and_imported_together_with_the_mappings(tmp_path: Path, root: Path) -> None:
    tables = root / "tests" / "cases" / "tables" / "loom"
    path = tmp_path / "rows.csv"
    path.write_text(
        "# set id: https://ann.example/s\n# licence: https://l.example/\nsubject,relation,object,why\n"
        "loom-2-3.1,overlaps,yarn-1-4,Both are about wages.\nloom-2-3.1,overlaps,yarn-1-44,Both are about wages.\n",
        "utf-8",
    )
    done = comity("mappings", "check", path, tables / "loom-2.csv", tables / "yarn-1.csv", "--format", "json")
    errors = [(p["row"], p["code"]) for p in json.loads(done.stdout)["problems"] if p["severity"] == "error"]
    assert errors == [(5, "dangling-row")]
    path.write_text(path.read_text("utf-8").replace("yarn-1-44", "yarn-1-6"), "utf-8")
    target = tmp_path / "out"
    target.mkdir()
    done = comity("import", path, tables / "loom-2.csv", tables / "yarn-1.csv", "-o", target)
    assert done.exit_code == 0, done.stderr
    assert sorted(p.name for p in target.iterdir()) == ["loom-2.ttl", "rows.sssom.tsv", "yarn-1.ttl"]
    known = base.load([target])
    assert sum(row.subject == "https://loom.example/standard/2/3.1" for row in known.rows) == 2
