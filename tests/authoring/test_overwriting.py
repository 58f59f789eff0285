"""Work is not lost without a word: filled tables stay, and a set that is imported anew keeps its signatures."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import Result
from tests.authoring.conftest import comity

HEADINGS = ["subject", "relation", "object", "why", "author", "reviewer", "scope", "row id"]
COMPLAINTS = ["loom-2-2.1", "overlaps", "rra-3.0-7", "Both want complaints to be heard.", "Ann Weaver", "", "", ""]
WATER = ["loom-2-1.2", "overlaps", "rra-3.0-28", "Both are about water.", "Ann Weaver", "", "", ""]
ROW, OTHER = "row:standard-2-2.1--rra-3.0-7", "row:standard-2-1.2--rra-3.0-28"
STEWARD, BEA = "https://loom.example", "did:web:bea.example"


@pytest.fixture
def home(loom: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the author's criteria, Loom being their steward, where commands are run."""
    monkeypatch.chdir(tmp_path)
    text = (loom / "loom-2.ttl").read_text("utf-8")
    if f"comity:steward <{STEWARD}>" not in text:
        text = text.replace("a comity:SchemeVersion ;", f"a comity:SchemeVersion ;\n    comity:steward <{STEWARD}> ;")
    (tmp_path / "loom-2.ttl").write_text(text, "utf-8")
    return tmp_path


def fill(*rows: list[str], headings: list[str] = HEADINGS) -> None:
    with Path("mappings.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, *rows])


def bring(*more: str) -> Result:
    return comity("import", "mappings.csv", "--with", "loom-2.ttl", "-o", "set.sssom.tsv", *more)


def sign(key: str, who: str, name: str, *more: str) -> None:
    arguments = ("--with", "loom-2.ttl", "--on", "2026-11-20", "--sign", key, "--as", who, "--name", name, *more)
    done = comity("review", "set.sssom.tsv", *arguments)
    assert done.exit_code == 0, done.stderr


def cells(key: str) -> dict[str, str]:
    lines = [x for x in Path("set.sssom.tsv").read_text("utf-8").splitlines() if not x.startswith("#")]
    (row,) = [x.split("\t") for x in lines[1:] if x.startswith(key + "\t")]
    return dict(zip(lines[0].split("\t"), row, strict=True))


@pytest.mark.parametrize(
    ("arguments", "target"),
    [
        (("template", "mappings", "rra-2.0", "rra-3.0", "-o"), "filled.xlsx"),
        (("template", "criteria", "-o"), "filled.csv"),
        (("suggest", "rra-2.0", "rra-3.0", "-o"), "filled.xlsx"),
        (("export", "rra-3.0", "-o"), "filled.csv"),
        (("export", "rra-2.0", "rra-3.0", "-o"), "filled.sssom.tsv"),
        (("diff", "rra-2.0", "rra-3.0", "-o", "changes.txt", "--propose"), "filled.sssom.tsv"),
    ],
)
def test_a_filled_table_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], target: str
) -> None:
    monkeypatch.chdir(tmp_path)
    file = Path(target)
    file.write_bytes(b"a week of work")
    done = comity(*arguments, target)
    assert done.exit_code == 2
    assert f"{target} is there already" in done.stderr
    assert "--force" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == [target], "nothing else is written either"
    assert file.read_bytes() == b"a week of work"
    assert comity(*arguments, target, "--force").exit_code < 2
    assert file.read_bytes() != b"a week of work"


def test_an_empty_file_holds_no_work(tmp_path: Path) -> None:
    file = tmp_path / "new.csv"
    file.touch()
    assert comity("template", "criteria", "-o", file).exit_code == 0
    assert file.stat().st_size


def test_an_import_does_not_write_over_a_table_that_people_fill_in(home: Path) -> None:
    arguments = ("import", "loom-2.ttl", "-o", "loom-2.csv")
    assert comity(*arguments).exit_code == 0
    before = (home / "loom-2.csv").read_bytes()
    assert comity(*arguments).exit_code == 2
    assert (home / "loom-2.csv").read_bytes() == before
    assert comity(*arguments, "--force").exit_code == 0


def test_signatures_stay_on_a_row_that_says_the_same(home: Path) -> None:
    """What is no part of the statement, such as how sure its author is, may change."""
    fill(COMPLAINTS, WATER)
    bring()
    sign(ROW, STEWARD, "Cy Loom")
    before = cells(ROW)
    fill([*WATER], [*COMPLAINTS, "0.9"], headings=[*HEADINGS, "confidence"])
    done = bring()
    assert done.exit_code == 0
    after = cells(ROW)
    signed = ("reviewer_id", "reviewer_label", "review_date", "reviewer_agreement", "authority")
    assert [after[c] for c in signed] == [STEWARD, "Cy Loom", "2026-11-20", "1", "asserted-by-owner"]
    assert [before[c] for c in signed] == [after[c] for c in signed]
    assert after["confidence"] == "0.9"
    assert f"signatures kept:\n  {ROW}: Cy Loom\n" in done.stderr
    assert cells(OTHER)["reviewer_id"] == ""
    again = (home / "set.sssom.tsv").read_bytes()
    bring()
    assert (home / "set.sssom.tsv").read_bytes() == again


@pytest.mark.parametrize(
    ("column", "text", "what"),
    [
        ("relation", "covers", "relation"),
        ("relation", "not overlaps", "relation"),
        ("why", "Both want complaints.", "reason"),
        ("scope", "copper", "scope"),
    ],
)
def test_signatures_are_dropped_from_a_row_that_says_something_else(
    home: Path, column: str, text: str, what: str
) -> None:
    fill(COMPLAINTS, WATER)
    bring()
    for key in (ROW, OTHER):
        sign(key, STEWARD, "Cy Loom")
    changed = [*COMPLAINTS]
    changed[HEADINGS.index(column)] = text
    fill(changed, WATER)
    done = bring()
    assert f"dropped, for they are on what was signed:\n  {ROW}: Cy Loom (changed: {what})\n" in done.stderr
    assert f"signatures kept:\n  {OTHER}: Cy Loom\n" in done.stderr
    assert (cells(ROW)["reviewer_id"], cells(ROW)["authority"], cells(ROW)["review_date"]) == ("", "", "")
    assert cells(OTHER)["authority"] == "asserted-by-owner"


def test_a_row_that_is_gone_takes_its_signatures_with_it_and_that_is_told(home: Path) -> None:
    """Without an id of its own, a row with another object is another row."""
    fill(COMPLAINTS, WATER)
    bring()
    sign(ROW, BEA, "Bea Miller")
    fill([*COMPLAINTS[:2], "rra-3.0-8", *COMPLAINTS[3:]], WATER)
    assert f"  {ROW}: Bea Miller (the row is gone)\n" in bring().stderr
    assert BEA not in Path("set.sssom.tsv").read_text("utf-8")


def test_a_row_with_a_new_id_that_says_the_same_keeps_its_signatures(home: Path) -> None:
    fill(COMPLAINTS, WATER)
    bring()
    sign(ROW, BEA, "Bea Miller")
    fill([*COMPLAINTS[:-1], "urn:loom:row:1"], WATER)
    assert "  urn:loom:row:1: Bea Miller\n" in bring().stderr
    assert cells("urn:loom:row:1")["authority"] == "reviewed"


def test_an_objection_stays_with_its_reason(home: Path) -> None:
    fill(COMPLAINTS)
    bring()
    sign(ROW, BEA, "Bea Miller", "--disagree", "Who may complain differs.")
    done = bring()
    assert f"  {ROW}: Bea Miller (who does not agree)\n" in done.stderr
    assert cells(ROW)["objection"] == "2026-11-20 did:web:bea.example (Bea Miller): Who may complain differs."
    assert cells(ROW)["reviewer_agreement"] == "-1"
    assert "slot_name: objection" in Path("set.sssom.tsv").read_text("utf-8")


def test_reviewers_whom_the_table_names_stay_beside_those_who_signed(home: Path) -> None:
    fill([*COMPLAINTS[:5], "Bea Miller", "", ""])
    bring()
    sign(ROW, STEWARD, "Cy Loom")
    bring()
    assert cells(ROW)["reviewer_label"] == "Bea Miller|Cy Loom"
    assert cells(ROW)["authority"] == "asserted-by-owner"


def test_who_became_the_author_of_a_row_has_not_reviewed_it(home: Path) -> None:
    """Bea's signature stays, but counts for no more than an author's: the row is a draft."""
    headings = [*HEADINGS, "author id"]
    fill([*COMPLAINTS, "did:web:ann.example"], headings=headings)
    bring()
    sign(ROW, BEA, "Bea Miller")
    assert cells(ROW)["authority"] == "reviewed"
    fill([*COMPLAINTS[:4], "Bea Miller", "", "", "", BEA], headings=headings)
    bring()
    assert (cells(ROW)["reviewer_id"], cells(ROW)["authority"]) == (BEA, "draft")


def test_a_table_made_of_the_signed_set_does_not_keep_a_signature_on_other_words(home: Path) -> None:
    """The signature stands in the table's own cells, and would be taken for one on what it says now."""
    fill(COMPLAINTS, WATER)
    bring()
    sign(ROW, BEA, "Bea Miller")
    done = comity("import", "set.sssom.tsv", "--with", "loom-2.ttl", "-o", "mappings.csv", "--force")
    assert done.exit_code == 0, done.stderr
    assert bring().exit_code == 0
    assert cells(ROW)["authority"] == "reviewed"
    signed = Path("set.sssom.tsv").read_bytes()
    table = Path("mappings.csv").read_text("utf-8-sig")
    Path("mappings.csv").write_text(table.replace("complaints to be heard", "complaints"), "utf-8")
    done = bring()
    assert done.exit_code == 2
    assert f"{ROW}: changed since (reason); still names {BEA}" in done.stderr
    assert Path("set.sssom.tsv").read_bytes() == signed
    assert bring("--force").exit_code == 0
    assert cells(ROW)["reviewer_id"] == BEA


def test_a_signed_row_with_an_error_is_not_left_out(home: Path) -> None:
    """Its author will mend it, and would find its signatures gone."""
    fill(COMPLAINTS, WATER)
    bring()
    sign(ROW, BEA, "Bea Miller")
    before = Path("set.sssom.tsv").read_bytes()
    fill([*COMPLAINTS, "85"], [*WATER, "0.9"], headings=[*HEADINGS, "confidence"])
    done = bring("--partial")
    assert done.exit_code == 2
    assert f"signed rows are left out:\n  {ROW}: Bea Miller\n" in done.stderr
    assert Path("set.sssom.tsv").read_bytes() == before
    assert bring("--partial", "--force").exit_code == 1
    assert BEA not in Path("set.sssom.tsv").read_text("utf-8")


@pytest.mark.parametrize("content", ["subject_id\tobject_id\n", "a,b\n1,2\n", "#a: [\nsubject_id\tobject_id\nx\ty\n"])
def test_what_cannot_be_read_as_a_set_is_not_written_over(home: Path, content: str) -> None:
    """A set without rows holds no work; anything else that stands there may."""
    Path("set.sssom.tsv").write_text(content, "utf-8")
    fill(COMPLAINTS)
    done = bring()
    without_rows = content == "subject_id\tobject_id\n"
    assert done.exit_code == (0 if without_rows else 2)
    assert (Path("set.sssom.tsv").read_text("utf-8") == content) is not without_rows


def test_a_set_of_other_rows_is_not_written_over(home: Path) -> None:
    fill(WATER)
    bring()
    before = Path("set.sssom.tsv").read_bytes()
    fill(COMPLAINTS)
    done = bring()
    assert done.exit_code == 2
    assert "holds other rows than mappings.csv" in done.stderr
    assert Path("set.sssom.tsv").read_bytes() == before
    assert bring("--force").exit_code == 0
