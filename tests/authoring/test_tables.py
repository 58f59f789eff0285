"""Text tables as spreadsheets save them, and what they make of what is typed."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import openpyxl
import pytest
from tests.authoring.conftest import comity

from comity import knowledge as base
from comity.authoring.draft import Draft
from comity.authoring.exchange import selecting
from comity.authoring.importing import read_all
from comity.authoring.sheets.grid import grid
from comity.authoring.sheets.template import as_workbook
from comity.authoring.sssom import write_sssom
from comity.authoring.turtle import write_turtle
from comity.model.knowledge import Knowledge

ROWS = (
    ("Subject", "Relation", "Object", "Why?", "Author", "Date", "Confidence"),
    ("loom-2-3.1", "overlaps", "yarn-1-4", "Beide über Löhne; wie hoch, ist nicht gesagt.", "Zoë", "2026-11-02", "0.9"),
    ("loom-2-2.1", "covers", "yarn-1-3", 'It says "all", not some.', "Zoë", "2026-11-02", "0.5"),
)


@pytest.fixture(scope="module")
def known(loom: Path) -> Knowledge:
    return base.load([loom])


def _csv(separator: str, head: str = "", end: str = "\r\n") -> str:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if separator in text or '"' in text else text

    return head + "".join(separator.join(map(cell, row)) + end for row in ROWS)


def _read(content: bytes, known: Knowledge, name: str = "t.csv") -> Draft:
    return read_all([(name, content)], known)[0]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (_csv(",").encode("utf-8"), set()),
        (_csv(",").encode("utf-8-sig"), set()),
        (_csv(";").encode("utf-8"), {"other-separator"}),
        (_csv("\t").encode("utf-8"), {"other-separator"}),
        (_csv("|").encode("utf-8"), {"other-separator"}),
        (_csv(";", "sep=;\r\n").encode("utf-8"), set()),
        (_csv(";", "# title: A set\r\n").encode("utf-8"), {"other-separator"}),
        (_csv(",", end="\n").encode("utf-16"), {"other-encoding"}),
        (_csv(";").encode("cp1252"), {"other-encoding", "other-separator"}),
    ],
    ids=["plain", "mark", "semicolons", "tabs", "bars", "sep", "remarks", "utf-16", "windows"],
)
def test_separator_and_encoding_are_found_and_told(content: bytes, told: set[str], known: Knowledge) -> None:
    draft = _read(content, known)
    assert [(r.reason, r.author_label, r.confidence) for r in draft.rows] == [
        (ROWS[1][3], "Zoë", 0.9),
        (ROWS[2][3], "Zoë", 0.5),
    ]
    assert {p.code for p in draft.problems} - {"set-unnamed"} == told


def _only(cells: dict[str, str], known: Knowledge) -> list[tuple[str, str, str]]:
    row = {
        "subject": "loom-2-3.1",
        "relation": "overlaps",
        "object": "yarn-1-4",
        "why": "Both.",
        "author": "Ann",
        "date": "",
        "confidence": "",
        **cells,
    }
    lines = ["# subject scheme: loom-2", ";".join(row), ";".join(row.values())]
    draft = _read("\n".join(lines).encode("utf-8"), known)
    problems = [p for p in draft.problems if p.code not in ("set-unnamed", "other-separator")]
    return [(p.place.pointer, p.code, p.fix) for p in problems]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # 3.10 typed into a cell of dates
        (
            {"subject": "3-Oct"},
            ("A3", "id-mangled", "It may have been 3.10; format the column as text and write it again."),
        ),
        # how a spreadsheet stores 2026-11-02
        ({"date": "46328"}, ("F3", "bad-date", "Write 2026-11-02.")),
        # the thirteenth is no month
        ({"date": "13/11/2026"}, ("F3", "bad-date", "Write 2026-11-13.")),
        ({"date": "Nov 2026"}, ("F3", "bad-date", "Write it as 2026-11-30.")),
        ({"why": "prÃ©cis"}, ("D3", "cell-garbled", "It was probably 'précis'.")),
        ({"relation": "partially aligned"}, ("B3", "relation-read", "Write that word, if it is meant.")),
        ({"relation": "skos:exactMatch"}, ("B3", "unconfirmed-predicate", "Write equal where it is meant.")),
        ({"subject": "https://loom.example/standard/2/9"}, ("A3", "dangling-row", "")),
    ],
    ids=["date-for-id", "serial", "one-way", "no-day", "garbled", "other-words", "skos", "iri"],
)
def test_what_a_spreadsheet_made_of_it_is_told(
    cells: dict[str, str], expected: tuple[str, str, str], known: Knowledge
) -> None:
    found = _only(cells, known)
    assert [f[:2] for f in found] == [expected[:2]]
    assert not expected[2] or found[0][2] == expected[2]


@pytest.mark.parametrize(
    "text", ["loom-2-3.1", "LOOM-2-3.1", "3.1", "https://loom.example/standard/2/3.1", "loom-2-3.1 · Wages paid"]
)
def test_a_criterion_is_known_by_notation_number_or_address(text: str, known: Knowledge) -> None:
    assert _only({"subject": text}, known) == []


def test_a_decimal_comma_and_a_percent_sign_are_understood(known: Knowledge) -> None:
    assert _only({"confidence": "0,9"}, known) == []
    assert _only({"confidence": "90 %"}, known) == []


def test_blanks_that_nobody_sees_do_not_matter(known: Knowledge) -> None:
    assert _only({"subject": "\u00a0loom-2-3.1\u200b"}, known) == []


def test_metadata_may_be_a_file_of_their_own(known: Knowledge) -> None:
    rows = "subject_id\tpredicate_id\tobject_id\tmapping_justification\tcomment\n"
    rows += "l:3.1\tcomity:overlaps\ty:4\tsemapv:ManualMappingCuration\tBoth.\n"
    yaml = "curie_map:\n  l: https://loom.example/standard/2/\n  y: https://yarn.example/code/1/\nlicense: https://l.example/\n"
    draft = read_all([("a.sssom.tsv", rows.encode()), ("a.sssom.yml", yaml.encode())], known)[0]
    assert [r.subject for r in draft.rows] == ["https://loom.example/standard/2/3.1"]
    assert draft.header["license"] == "https://l.example/"
    assert draft.rows[0].place.pointer == "line 2"


def test_metadata_beside_a_mapping_set_are_read_with_it(loom: Path, tmp_path: Path) -> None:
    rows = "subject_id\tpredicate_id\tobject_id\tmapping_justification\tcomment\n"
    rows += "l:3.1\tcomity:overlaps\ty:44\tsemapv:ManualMappingCuration\tBoth.\n"
    (tmp_path / "a.sssom.tsv").write_text(rows, "utf-8")
    yaml = "curie_map:\n  l: https://loom.example/standard/2/\n  y: https://yarn.example/code/1/\n"
    (tmp_path / "a.sssom.yml").write_text(yaml, "utf-8")
    done = comity("mappings", "check", tmp_path / "a.sssom.tsv", "--with", loom, "--format", "json")
    errors = [(p["line"], p["value"]) for p in json.loads(done.stdout)["problems"] if p["severity"] == "error"]
    assert errors == [(2, "y:44")]


def test_every_mapping_set_of_ours_comes_back_as_it_is(root: Path, known: Knowledge) -> None:
    for path in sorted((root / "mappings").glob("*.sssom.tsv"))[:20]:
        draft = _read(path.read_bytes(), known, path.name)
        again = _read(write_sssom(draft).encode("utf-8"), known, path.name)
        assert write_sssom(again) == write_sssom(draft)
        assert len(again.rows) == sum(not line.startswith("#") for line in path.read_text("utf-8").splitlines()) - 1


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.csv"
    path.write_text(
        "subject,relation,object,why\nloom-2-3.1,overlapz,yarn-1-4,Both.\nloom-2-3.1,closeMatch,yarn-1-7,\n", "utf-8"
    )
    return path


def test_sarif_names_file_line_and_column(broken: Path, loom: Path) -> None:
    done = comity("mappings", "check", broken, "--with", loom, "--format", "sarif")
    assert done.exit_code == 1
    log = json.loads(done.stdout)
    run = log["runs"][0]
    assert (log["version"], run["tool"]["driver"]["name"]) == ("2.1.0", "comity")
    rules = [r["id"] for r in run["tool"]["driver"]["rules"]]
    first = next(r for r in run["results"] if r["ruleId"] == "unknown-predicate")
    assert rules[first["ruleIndex"]] == "unknown-predicate"
    assert first["level"] == "error"
    assert first["locations"][0]["physicalLocation"]["region"] == {"startLine": 2, "startColumn": 2}
    assert {r["ruleId"]: r["level"] for r in run["results"]}["no-reason"] == "warning"


def test_junit_counts_errors_as_failures(broken: Path, loom: Path) -> None:
    done = comity("mappings", "check", broken, "--with", loom, "--format", "junit")
    suites = ET.fromstring(done.stdout)
    assert (suites.get("failures"), suites.get("tests")) == ("1", str(len(suites.findall(".//testcase"))))
    failure = suites.find(".//failure")
    assert failure is not None
    assert (failure.get("type"), str(broken) in (failure.text or "")) == ("unknown-predicate", True)


def test_a_text_table_is_marked_in_a_workbook_made_of_it(broken: Path, loom: Path, tmp_path: Path) -> None:
    done = comity("mappings", "check", broken, "--with", loom, "--marked", tmp_path / "marked.xlsx")
    assert done.exit_code == 1
    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert (book["Table"]["B2"].value, book["Table"]["D3"].value) == ("overlapz", None)
    assert "overlaps" in book["Table"]["B2"].comment.text
    assert "no reason" in book["Table"]["D3"].comment.text


def test_the_marked_copy_never_takes_the_place_of_the_table(broken: Path, loom: Path) -> None:
    before = broken.read_bytes()
    done = comity("mappings", "check", broken, "--with", loom, "--marked", broken)
    assert done.exit_code == 2
    assert broken.read_bytes() == before


def test_the_format_follows_the_name_of_the_output(broken: Path, loom: Path, tmp_path: Path) -> None:
    for name, start in (("a.sarif", "{"), ("a.xml", "<?xml"), ("a.json", "{")):
        comity("mappings", "check", broken, "--with", loom, "-o", tmp_path / name)
        assert (tmp_path / name).read_text("utf-8").startswith(start)


def test_a_table_without_known_headings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("colour,size\nred,3\n", "utf-8")
    done = comity("mappings", "check", path)
    assert done.exit_code == 2
    assert "has no headings that are known (colour, size)" in done.stderr


CRITERIA = """# title: Loom Standard 3
# short name: loom-3
# iri: https://loom.example/standard/3
# version: 3
number;name;text;kind;level;part of;metric;comparison;value;unit;qualifiers
1;Water;;group;facility;;;;;;
1.1;Treated;Treat it.;process;facility;1;;;;;
1.1;Again;Treat it again.;process;facility;1;;;;;
1.2;Fibre;Recycle.;performance;product;2;recycled-content-share;>=;130;%;
1.3;Fibre too;Recycle more.;performance;product;1;recycled-content-share;;30;spoons;
1.4;Fibre still;Recycle more.;performance;product;1.5;recycled-content-share;>=;30;%;colour=red
1.5;Circle;Go round.;process;facility;1.4;;;;;
"""


def test_faults_of_criteria_are_named_with_their_cells(tmp_path: Path) -> None:
    path = tmp_path / "criteria.csv"
    path.write_text(CRITERIA, "utf-8")
    done = comity("schemes", "check", path, "--format", "json")
    assert done.exit_code == 1
    found = {
        (f"{p.get('column')}{p.get('row')}", p["code"]) for p in json.loads(done.stdout) if p["severity"] == "error"
    }
    assert found == {
        ("A8", "id-twice"),
        ("F9", "part-of-nothing"),
        ("I9", "bad-number"),  # a share is never more than 100 %
        ("H10", "cell-empty"),  # 30, and not whether at least or at most
        ("J10", "unknown-value"),
        ("K11", "unknown-value"),
        ("F12", "part-of-itself"),
        ("F11", "part-of-itself"),
    }


def test_two_limits_of_one_criterion_are_its_parts(tmp_path: Path) -> None:
    path, target = tmp_path / "criteria.csv", tmp_path / "out.ttl"
    lines = [
        *CRITERIA.splitlines()[:6],
        "2;Fibre;Recycle.;performance;product;;recycled-content-share;>=;30;%;",
        "2;;;;;;recycled-content-share;<=;90;%;",
    ]
    path.write_text("\n".join(lines), "utf-8")
    done = comity("import", path, "-o", target)
    assert done.exit_code == 0, done.stderr
    known = base.load([target])
    parts = [d for d in known.decompositions if d.whole == "https://loom.example/standard/3/2"]
    assert [(len(d.parts), d.complete) for d in parts] == [(2, True)]
    limits = [known.criteria[p].limit for p in parts[0].parts]
    assert [f"{x.comparator.value} {x.value}" for x in limits if x and x.comparator] == [">= 30", "<= 90"]


@pytest.mark.parametrize("place", range(12))
def test_a_known_edition_comes_back_from_a_workbook_as_it_is(place: int, known: Knowledge) -> None:
    """Every twelfth edition each; a text without a criterion for the whole of it gets one, and is told so."""
    versions = sorted(known.schemes.values(), key=lambda v: v.notation)[place::12]
    for version in [v for v in versions if v.root or v.jurisdiction][:3]:
        draft = selecting.edition(known, version)
        assert grid(draft, "criteria", known).findings == ()
        again = _read(as_workbook(draft, "criteria", known), known, "a.xlsx")
        assert write_turtle(again) == write_turtle(draft)
        assert len(again.criteria) == len(draft.criteria) > 0
