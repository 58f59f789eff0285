"""``comity export``: what is found by which name, what goes where, and what is said of what is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from comity.authoring import exchange
from comity.cli.app import comity
from comity.cli.commands import export

CASES = Path(__file__).parents[1] / "cases" / "exchange"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(comity, ["export", *map(str, arguments)])


def test_choices_are_the_formats_that_are_written() -> None:
    assert tuple(exchange.FORMATS) == export.FORMATS


@pytest.mark.parametrize("form", [f for f, x in exchange.FORMATS.items() if "criteria" in x.sorts and f != "svc"])
def test_edition_in_every_format(form: str, tmp_path: Path) -> None:
    done = run("rra-3.0", "--format", form, "-o", tmp_path / "out")
    assert (done.exit_code, done.stdout) == (0, ""), done.stderr
    assert (tmp_path / "out").stat().st_size > 5_000
    assert ("not carried" in done.stderr) is (form not in ("turtle", "jsonld", "xlsx", "csv")), "losses, and only those"


@pytest.mark.parametrize("form", [f for f, x in exchange.FORMATS.items() if "mappings" in x.sorts])
def test_rows_in_every_format(form: str, tmp_path: Path) -> None:
    done = run("rra-2.0--rra-3.0", "--format", form, "-o", tmp_path / "out")
    assert done.exit_code == 0, done.stderr
    assert ("not carried" in done.stderr) is (form == "skos"), "every other format carries all of a row"


def test_extension_picks_the_format(tmp_path: Path) -> None:
    assert run("rra-3.0", "-o", tmp_path / "a.ttl").exit_code == 0
    assert (tmp_path / "a.ttl").read_text("utf-8").startswith("@prefix")
    assert run("rra-3.0", "-o", tmp_path / "a.json").exit_code == 2, "several formats are JSON"


def test_losses_stand_on_standard_error_with_their_number() -> None:
    done = run("rra-3.0", "--format", "cvc")
    assert json.loads(done.stdout)["name"] == "Risk Readiness Assessment and Copper Mark Criteria"
    assert "rra-3.0 as cvc: " in done.stderr
    assert "kinds of 35 (rra-3.0-1, rra-3.0-10, rra-3.0-11, …) have no place in UNTP CVC 0.7." in done.stderr


def test_what_the_format_must_have_fails() -> None:
    done = run("rra-3.0", "--format", "svc")
    assert done.exit_code == 1
    assert "error: 12 criteria (" in done.stderr, "the fifteen topics of 0.6 do not hold all of ours"


def test_pair_has_the_rows_of_both_directions() -> None:
    lines = run("oecd-minerals-3", "rra-3.0").stdout.splitlines()
    rows = [line.split("\t") for line in lines if line.startswith("map:")]
    starts = {subject.partition(":")[0] for _, subject, *_ in rows}
    assert starts == {"oecd", "rra3"}
    assert sum("mapping_set_source" in line for line in lines) == 1, "it says of which sets the rows came"


def test_mapping_set_by_name_address_and_file(root: Path) -> None:
    by_name = run("rra-2.0--rra-3.0").stdout
    assert by_name
    assert run("https://w3id.org/comity/mappings/rra-2.0--rra-3.0").stdout == by_name
    assert run(root / "mappings" / "rra-2.0--rra-3.0.sssom.tsv").stdout == by_name


def test_own_edition(tmp_path: Path) -> None:
    done = run("felt-4", "--with", CASES / "edition.ttl", "--format", "cvc")
    assert done.exit_code == 0, done.stderr
    [profile] = json.loads(done.stdout)["includedProfile"]
    assert [c["name"] for c in profile["criterion"]] == ["Acid"]
    assert profile["subjectType"] == "product", "a batch is a product; that it is a batch is lost, and said"
    assert "levels of criteria that differ of 1 (felt-4-1)" in done.stderr
    assert "comparisons other than at least and at most of 1 (felt-4-1)" in done.stderr


def test_file_of_another_format(tmp_path: Path) -> None:
    done = run(CASES / "mapping-collection.json", "-o", tmp_path / "rows.tsv")
    assert done.exit_code == 0, done.stderr
    rows = [x for x in (tmp_path / "rows.tsv").read_text("utf-8").splitlines() if "superset" in x]
    assert len(rows) == 1
    assert "'qualifiers' of the map has no place" in done.stderr, "what was lost on the way in is said as well"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rra-3.0", "--format", "oscal"], "oscal holds mappings; rra-3.0 has criteria"),
        (["rra-2.0--rra-3.0", "--format", "cvc"], "cvc holds criteria"),
        (["rra-3.1"], "rra-3.0"),
        (["rra-3.0", "gots-6.0"], "mapping set"),
        (["a", "b", "c"], "two editions"),
    ],
)
def test_what_cannot_be_is_refused(arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert said in done.stderr
