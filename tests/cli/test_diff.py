"""``comity diff``: what changed between editions and between mapping sets, and which verdicts change with it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from comity.cli.app import comity

ROOT = Path(__file__).parents[2]
COPPER = str(ROOT / "examples" / "copper-canada")
SAMPLES = ROOT / "examples" / "trust" / "samples.toml"
SPOOL = ROOT / "tests" / "cases" / "diff" / "spool"
KILN = ROOT / "tests" / "cases" / "diff" / "kiln"
PILOT = ROOT.parent / "shared" / "data" / "untp" / "pilot"

SET = """#curie_map:
#  ex: "https://ex.example/"
#  comity: "https://w3id.org/comity/ns#"
#extension_definitions:
#  - slot_name: authority
#    property: "comity:authority"
#    type_hint: "xsd:string"
record_id\tsubject_id\tpredicate_id\tobject_id\tmapping_justification\tauthor_label\treviewer_label\tcomment\tauthority
"""
ROW = "{id}\tex:{a}\tcomity:{relation}\tex:{b}\tsemapv:ManualMappingCuration\tAna\tBob\t{why}\t{authority}\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(comity, ["diff", *arguments])


def told(*arguments: str) -> dict[str, Any]:
    result = run(*arguments, "--format", "json")
    assert result.exit_code in (0, 1), result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.fixture(scope="module")
def risk_readiness() -> dict[str, Any]:
    return told("rra-2.0", "rra-3.0", "--on", "2026-11-23")


def names(found: dict[str, Any], change: str, side: str = "new") -> set[str]:
    return {x["notation"] for c in found["changes"] if change in c["changes"] for x in c[side]}


def test_what_is_new_in_the_third_edition(risk_readiness: dict[str, Any]) -> None:
    """Emergency preparedness, climate action and circular economy have no predecessor among the 32 of edition 2."""
    assert names(risk_readiness, "added") == {"rra-3.0-18", "rra-3.0-26", "rra-3.0-30"}


def test_what_was_renumbered(risk_readiness: dict[str, Any]) -> None:
    """Legal compliance was 1 and is 5; pollution was 20 and is 33; no criterion kept both number and matter."""
    moved = {
        (c["old"][0]["notation"], c["new"][0]["notation"])
        for c in risk_readiness["changes"]
        if "renumbered" in c["changes"] and len(c["old"]) == len(c["new"]) == 1
    }
    assert {("rra-2.0-1", "rra-3.0-5"), ("rra-2.0-20", "rra-3.0-33"), ("rra-2.0-12", "rra-3.0-17")} <= moved
    assert ("rra-2.0-1", "rra-3.0-1") not in moved


def test_what_was_merged_and_split(risk_readiness: dict[str, Any]) -> None:
    """Working hours and remuneration became employment terms; transparency became revenue and reporting."""
    pairs = {
        tuple(sorted(x["notation"] for x in c["old"])): {x["notation"] for x in c["new"]}
        for c in risk_readiness["changes"]
        if {"merged", "split"} & set(c["changes"])
    }
    assert pairs["rra-2.0-10", "rra-2.0-11"] == {"rra-3.0-16"}
    assert pairs["rra-2.0-32",] == {"rra-3.0-4", "rra-3.0-6"}


def test_every_criterion_of_both_is_told_once(risk_readiness: dict[str, Any]) -> None:
    old = [x["notation"] for c in risk_readiness["changes"] for x in c["old"]]
    new = [x["notation"] for c in risk_readiness["changes"] for x in c["new"]]
    assert sorted(old) == sorted(f"rra-2.0-{n}" for n in range(1, 33))
    assert sorted(new) == sorted(f"rra-3.0-{n}" for n in range(1, 34))


def test_rows_of_other_sets_that_go_stale(risk_readiness: dict[str, Any]) -> None:
    """Rows between the two editions do not; a row of the due diligence standard on the old edition does."""
    stale = {r["id"] for r in risk_readiness["stale"]}
    assert any("rra-2.0-31--jdds-3" in name for name in stale)
    assert not [name for name in stale if "rra-3.0" in name]


def test_verdicts_that_change_once_an_edition_counts_no_more() -> None:
    """Claims assessed against edition 3.0 lose their assessments; the permit, which is of an act, does not."""
    day = ("--on", "2030-03-01")
    flips = told("rra-3.0", "rra-2.0", "--documents", COPPER, *day)["flips"]
    assert {(f["rule"], f["before"], f["after"]) for f in flips} == {
        ("rra-3.0-12", "insufficient-assurance", "expired"),
        ("rra-3.0-27", "insufficient-assurance", "expired"),
    }
    assert told("rra-2.0", "rra-3.0", "--documents", COPPER, *day)["flips"] == []
    assert told("rra-2.0", "rra-3.0", *day)["flips"] is None
    text = run("rra-3.0", "rra-2.0", "--documents", COPPER, *day).stdout
    assert "INSUFFICIENT ASSURANCE -> EXPIRED" in text


def test_when_nothing_changes_it_says_what_was_judged_and_why() -> None:
    """The documents cite edition 3.0 alone: on three claims, and twice in the certificate."""
    result = run("rra-2.0", "rra-3.0", "--documents", COPPER, "--on", "2030-03-01", "--market", "eu")
    text = " ".join(result.stdout.split())
    assert "Judged on the documents as of 2030-03-01: 3 claims and " in text
    assert "of 1 market (eu)." in text
    assert "The documents say nothing of rra-2.0, so that no verdict rests on it." in text
    read = "5 statements about rra-3.0 are read as about rra-2.0"
    assert f"{read}; by rows of the authority asked, both lead to the same verdicts." in text


@pytest.mark.skipif(not PILOT.is_dir(), reason="the pilot's documents are not here")
def test_the_pilot() -> None:
    """The mine claims all of edition 3.0, and its certificate, which has no date, is of the 32 issue areas of 2.0.

    So what bears on that claim has an unknown date; once edition 2.0 is withdrawn it counts no more, whatever its date.
    Rows of which some are drafts lead from 2.0 also to the claims of the concentrate and to those of biodiversity:
    where only reviewed rows are asked for, these are told apart.
    """
    for more in (("--authority", "draft"), ("--authority", "draft", "--trust", str(SAMPLES)), ()):
        found = told("rra-2.0", "rra-3.0", "--documents", str(PILOT), "--on", "2026-11-23", *more)
        assert {(f["reading"], f["rule"], f["subject"], f["before"], f["after"]) for f in found["flips"]} == {
            ("withdrawn", rule, subject, "undetermined", "expired")
            for rule in ("rra-3.0", "tsm-biodiversity-2020")
            for subject in ("TEST Copper Mine", "Copper Concentrate")
        }, more
        assert found["judged"]["readings"][0]["why"].startswith("32 statements of the documents are about rra-2.0")
        back = told("rra-3.0", "rra-2.0", "--documents", str(PILOT), "--on", "2026-11-23", *more)
        assert back["flips"] == []


def kiln(*arguments: str) -> dict[str, Any]:
    case, day = ("--case", str(KILN / "case.toml")), ("--on", "2026-11-23")
    by = ("--with", str(KILN / "knowledge"), "--market", "clayland", "--authority", "draft")
    return told(*arguments, "--documents", str(KILN / "documents"), *by, *case, *day)


def test_what_changes_is_what_was_expected_by_hand() -> None:
    with (KILN / "expected.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    for compared, arguments in (
        ("editions", ("kiln-1", "kiln-2")),
        ("editions, back", ("kiln-2", "kiln-1")),
        ("rows", (str(KILN / "sets" / "old.sssom.tsv"), str(KILN / "sets" / "new.sssom.tsv"))),
        ("rows, back", (str(KILN / "sets" / "new.sssom.tsv"), str(KILN / "sets" / "old.sssom.tsv"))),
    ):
        wanted = [(e["reading"], e["rule"], e["before"], e["after"]) for e in expected if e["compared"] == compared]
        found = kiln(*arguments)
        told_ = [
            (f["reading"], f["rule"], f["before"], f["after"])
            for reading in found["judged"]["readings"]
            for f in reading["verdicts"]
        ]
        assert sorted(told_) == sorted(wanted), compared
        flips = {(f["reading"], f["rule"]) for f in found["flips"]}
        assert flips == {(r, rule) for r, rule, before, after in wanted if before != after}, compared


def test_what_rows_that_nobody_has_reviewed_change_is_told_apart() -> None:
    """All rows of the two editions are drafts; the certificate itself needs none."""
    by = ("--with", str(KILN / "knowledge"), "--case", str(KILN / "case.toml"), "--on", "2026-11-23")
    found = told("kiln-1", "kiln-2", "--documents", str(KILN / "documents"), "--market", "clayland", *by)
    assert [(r["reading"], r["authority"]) for r in found["judged"]["readings"]] == [
        ("withdrawn", None),
        ("restated", None),
    ], "the market is content with drafts, and says so itself"
    strict = (*by, "--authority", "reviewed")
    found = told("kiln-1", "kiln-2", "--documents", str(KILN / "documents"), "--market", "clayland", *strict)
    flips = {(f["rule"], f["before"], f["after"]) for f in found["flips"] if f["reading"] == "restated"}
    # What is shown by rows too low is supported; a part of it that is shown so is a lead.
    assert flips == {
        ("clayland-1", "supported", "missing"),
        ("clayland-2", "missing", "supported"),
        ("clayland-3", "supported", "missing"),
        ("clayland-4", "supported", "missing"),
    }


def test_rows_by_which_a_verdict_was_reached() -> None:
    found = {f["rule"]: f for f in kiln("kiln-1", "kiln-2")["flips"] if f["reading"] == "restated"}
    assert (found["clayland-1"]["before_rows"], found["clayland-1"]["after_rows"]) == (["a-1"], ["b-1"])
    assert found["clayland-4"]["after_reason"] == "nothing bears on it"


@pytest.fixture(scope="module")
def spool(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Both editions of the tables, imported."""
    folder = tmp_path_factory.mktemp("spool")
    for name in ("spool-1", "spool-2"):
        made = ["import", str(SPOOL / f"{name}.csv"), "-o", str(folder / f"{name}.ttl")]
        assert CliRunner().invoke(comity, made).exit_code == 0
    return str(folder)


def test_what_became_of_each_criterion_and_number(spool: str) -> None:
    with (SPOOL / "expected.csv").open(encoding="utf-8", newline="") as file:
        expected = [(e["old"], e["new"], e["changes"], e["limits"]) for e in csv.DictReader(file)]
    found = [
        (
            *("|".join(x["notation"] for x in c[side]) for side in ("old", "new")),
            "|".join(c["changes"]),
            "|".join(x["change"] for x in c["limits"]),
        )
        for c in told("spool-1", "spool-2", "--with", spool)["changes"]
    ]
    assert sorted(found) == sorted(expected)


def test_numbers_are_told_before_and_after(spool: str) -> None:
    """A number of a part made of a criterion with two is told with it; the edition's own metric has two addresses."""
    lines = " ".join(run("spool-1", "spool-2", "--with", spool).stdout.split())
    assert "asks for more: weight of the core <= 100 kg -> <= 80 kg" in lines
    assert "asks for more: share of recycled content >= 16 % (waste of any kind) -> >= 0.5" in lines
    assert "number gone: weight of the core <= 100 kg" in lines
    assert "new number: share of recycled content >= 5 % (waste of any kind)" in lines
    assert "level: facility -> organisation" in lines
    assert "kind: process -> policy" in lines
    assert "Fair wages (guessed by number and title: 15 % of the words are the same)" in lines


def test_back_to_the_old_edition_less_is_more(spool: str) -> None:
    """What was tightened is loosened on the way back, what was added is removed."""
    back = {"tightened": "loosened", "limit added": "limit removed", "added": "removed"}
    back |= {b: a for a, b in back.items()}
    there, here = (told(*pair, "--with", spool)["changes"] for pair in (("spool-1", "spool-2"), ("spool-2", "spool-1")))
    assert sorted(
        (sorted(x["notation"] for x in (*c["old"], *c["new"])), sorted(back.get(w, w) for w in c["changes"]))
        for c in there
    ) == sorted((sorted(x["notation"] for x in (*c["new"], *c["old"])), sorted(c["changes"])) for c in here)


def test_an_edition_and_itself() -> None:
    result = run("rra-3.0", "rra-3.0")
    assert result.exit_code == 0, result.output
    assert {tuple(c["changes"]) for c in told("rra-3.0", "rra-3.0")["changes"]} == {("kept",)}


def test_an_unknown_edition_is_refused() -> None:
    result = run("rra-2.0", "rra-3.1")
    assert result.exit_code == 2
    assert "rra-3.1" in result.output
    assert "rra-3.0" in result.output


def test_a_draft_of_what_belongs_together(tmp_path: Path) -> None:
    """Pairs that nobody has written down are suggested, and what they are to each other is left open."""
    file = tmp_path / "draft.sssom.tsv"
    result = run("iso-14001-2015", "iso-45001-2018", "--propose", str(file))
    assert "suggested rows, the relation of each left open" in result.stderr
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = [dict(zip(lines[0].split("\t"), line.split("\t"), strict=True)) for line in lines[1:]]
    assert {(r["predicate_id"], r["authority"]) for r in rows} == {("comity:closeMatch", "suggested")}
    # Policy is clause 5.2 of both, leadership 5.1: management systems of one structure.
    assert {("5.2", "5.2"), ("5.1", "5.1")} <= {
        (r["subject_id"].partition(":")[2], r["object_id"].partition(":")[2]) for r in rows
    }
    checked = CliRunner().invoke(comity, ["mappings", "check", str(file)])
    assert checked.exit_code == 0, checked.output


def test_mapping_sets(tmp_path: Path) -> None:
    """One row gone, one come, one that says less than before, one with another reason, one unchanged."""
    same = ROW.format(id="m4", a="d", relation="equal", b="w", why="the same words", authority="draft")
    old, new = tmp_path / "old.sssom.tsv", tmp_path / "new.sssom.tsv"
    old.write_text(
        SET
        + ROW.format(id="m1", a="a", relation="equal", b="x", why="r", authority="draft")
        + ROW.format(id="m2", a="b", relation="equal", b="y", why="r", authority="reviewed")
        + ROW.format(id="m3", a="c", relation="covers", b="z", why="r", authority="draft")
        + same,
        "utf-8",
    )
    new.write_text(
        SET
        + ROW.format(id="m2", a="b", relation="overlaps", b="y", why="r", authority="draft")
        + ROW.format(id="m3", a="c", relation="covers", b="z", why="another", authority="draft")
        + same
        + ROW.format(id="m5", a="e", relation="subset", b="v", why="r", authority="draft"),
        "utf-8",
    )
    found = {(r["old"] or r["new"])["id"]: r for r in told(str(old), str(new))["rows"]}
    assert {k: (r["change"], r["fields"], r["matters"]) for k, r in found.items()} == {
        "m1": ("removed", [], True),
        "m2": ("changed", ["mask", "authority"], True),
        "m3": ("changed", ["reason"], False),
        "m5": ("added", [], True),
    }
    text = run(str(old), str(new)).stdout
    assert "mask: equal -> overlaps" in text
    assert run(str(old), str(old)).exit_code == 0
