"""``comity markets show MARKET --case FILE --on DATE``: what binds, what comes later, what does not apply, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from comity.cli.app import comity

CASES = Path(__file__).parents[2] / "examples" / "cases"
MAKER = str(CASES / "ev-battery-maker.toml")
DUE_DILIGENCE = "eu-batt-art48-1"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(comity, ["markets", "show", "eu", *arguments])


def told(*arguments: str) -> dict[str, Any]:
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def stands(name: str, *arguments: str) -> dict[str, Any]:
    [found] = [r for r in told(*arguments)["requirements"] if r["requirement"] == name]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("name", "state", "starts"),
    [
        # Art. 48(1) as amended by 2025/1561: from 18 August 2027.
        ("eu-batt-art48-1", "applies", "2027-08-18"),
        # Art. 77(1): from 18 February 2027, for each EV battery.
        ("eu-batt-art77-1", "applies", "2027-02-18"),
        # Art. 8(2)(a) and 8(3)(a).
        ("eu-batt-art8-2-co", "upcoming", "2031-08-18"),
        ("eu-batt-art8-3-co", "upcoming", "2036-08-18"),
        # Art. 7(1): the later of a date that has passed and 12 months after an act that nobody has adopted.
        ("eu-batt-art7-1-ev", "upcoming", None),
        # Its active materials have no lead; Annex I, entry 3 is for portable batteries.
        ("eu-batt-art8-2-pb", "not-applicable", "2031-08-18"),
        ("eu-batt-art6-1-pb", "not-applicable", "2024-08-18"),
    ],
)
def test_what_binds_the_maker_of_a_battery_for_electric_vehicles(name: str, state: str, starts: str | None) -> None:
    found = stands(name, "--case", MAKER, "--on", "2027-08-18")
    assert (found["state"], found["applies_from"]) == (state, starts)


def test_the_day_before_due_diligence_has_not_begun() -> None:
    assert stands(DUE_DILIGENCE, "--case", MAKER, "--on", "2027-08-17")["state"] == "upcoming"


@pytest.mark.parametrize(
    ("facts", "state", "asked"),
    [
        # Art. 47: below EUR 40 million, and not in a group above it.
        (["net-turnover-eur=30000000", "group-turnover-eur=30000000"], "not-applicable", []),
        (["net-turnover-eur=30000000", "group-turnover-eur=50000000"], "applies", []),
        (["net-turnover-eur=", "group-turnover-eur="], "unknown", ["net-turnover-eur", "group-turnover-eur"]),
    ],
)
def test_small_operators_are_out_unless_their_group_is_large(facts: list[str], state: str, asked: list[str]) -> None:
    options = [part for fact in facts for part in ("--fact", fact)]
    found = stands(DUE_DILIGENCE, "--case", MAKER, "--on", "2027-08-18", *options)
    assert found["state"] == state
    assert sorted(found["asked"]) == sorted(asked)


def test_people_read_what_binds_first_and_what_is_asked_last() -> None:
    result = run("--case", MAKER, "--on", "2027-08-18", "--fact", "net-turnover-eur=", "--fact", "group-turnover-eur=")
    assert result.exit_code == 0
    text = result.stdout
    order = ["European Union, as of 2027-08-18", "BINDS on", "LATER", "NOT KNOWN", "DOES NOT APPLY", "TIMELINE"]
    assert [text.index(word) for word in order] == sorted(text.index(word) for word in order)
    assert "--fact net-turnover-eur=…" in text
    assert "It does not hold that the battery is a portable battery. eu-batt-art11-1" in " ".join(text.split())
    assert "2031-08-18  eu-batt-art8-2-co, eu-batt-art8-2-li, eu-batt-art8-2-ni" in text


def test_the_timeline_travels_with_the_list() -> None:
    """Before Regulation (EU) 2025/1561 entered into force on 31 July 2025 the duty was to begin in 2025."""
    for on, begins in (("2025-07-30", "2025-08-18"), ("2025-08-01", "2027-08-18")):
        assert stands(DUE_DILIGENCE, "--case", MAKER, "--on", on)["earliest"] == begins
        _, _, timeline = run("--case", MAKER, "--on", on).stdout.partition("TIMELINE")
        day = next(x for x in timeline.split("\n  2") if DUE_DILIGENCE in x).split()[0]
        assert f"2{day}" == begins


def test_without_facts_the_rules_are_listed() -> None:
    result = CliRunner().invoke(comity, ["markets", "show", "ca-bc"])
    assert result.stdout.startswith("requirement ")


def test_two_subjects_that_differ_must_be_told_apart(tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    case.write_text('[subject."urn:a"]\nnet-turnover-eur = 1\n[subject."urn:b"]\nnet-turnover-eur = 2\n', "utf-8")
    result = run("--case", str(case))
    assert result.exit_code == 2
    assert "net-turnover-eur differs between urn:a and urn:b. Say which is meant: --subject ID." in result.output
    assert told("--case", str(case), "--subject", "urn:b")["facts"] == {"net-turnover-eur": ["2"]}


def test_an_unknown_fact_is_named() -> None:
    result = run("--fact", "turnovr=3")
    assert result.exit_code == 2
    assert "unknown fact 'turnovr'" in result.output
