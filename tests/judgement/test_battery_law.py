"""The Batteries Regulation on small stories: whom it binds, from when, and what a number decides.

Each passport is that of the battery example with one thing changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from comity.evidence import read
from comity.formats.archives import open_inputs
from comity.judgement import case, judge
from comity.model.knowledge import Knowledge
from comity.model.scales import Verdict
from comity.model.verdicts import Judgement, Report

PASSPORT = Path(__file__).resolve().parents[2] / "examples/ev-battery/documents/dpp-battery.json"
MAKER, BATTERY = "did:web:northcell.example", "https://id.northcell.example/product/nc-82"
CHAPTER_VII = ("art48-", "art49-", "art50-", "art52-")
"""Due diligence; Art. 51 binds notified bodies, Art. 53 the owners of schemes."""

Ask = Callable[..., Report]


@pytest.fixture
def ask(knowledge: Knowledge, tmp_path: Path) -> Ask:
    """Judge the passport against the law of the Union; words of its text may be put in others' place."""

    def run(*facts: str, on: str, change: Callable[[Any], None] = lambda _: None) -> Report:
        passport = json.loads(PASSPORT.read_text(encoding="utf-8"))
        change(passport["credentialSubject"])
        path = tmp_path / "passport.json"
        path.write_text(json.dumps(passport), encoding="utf-8")
        given = [case.parse(fact, knowledge) for fact in facts]
        return judge(knowledge, read(open_inputs([path])), on=date.fromisoformat(on), markets=("eu",), given=given)

    return run


def answer(report: Report, name: str, about: str = BATTERY) -> Judgement:
    (found,) = [j for j in report.requirements if j.notation == f"eu-batt-{name}" and j.subject.id == about]
    return found


def chapter(report: Report) -> dict[str, Judgement]:
    found = {j.notation.removeprefix("eu-batt-"): j for j in report.requirements if j.subject.id == MAKER}
    return {n: j for n, j in found.items() if n.startswith(CHAPTER_VII)}


def category(word: str) -> Callable[[Any], None]:
    return lambda subject: subject["characteristics"].update(batteryCategory=word)


def chemistry(word: str) -> Callable[[Any], None]:
    return lambda subject: subject["characteristics"].update(batteryChemistry=word)


def test_small_operators_are_free_of_due_diligence(ask: Ask) -> None:
    """Art. 47: a net turnover below EUR 40 million, and no group above it. One rule is for suppliers of material."""
    duties = chapter(ask("net-turnover-eur=30000000", "group-turnover-eur=30000000", on="2027-08-18"))
    assert len(duties) == 22
    assert {j.verdict for j in duties.values()} == {Verdict.NOT_APPLICABLE}
    reasons = {j.reason for n, j in duties.items() if n != "art49-2-share"}
    assert len(reasons) == 1
    assert "EUR 40 million" in reasons.pop()


def test_a_small_operator_of_a_large_group_is_not(ask: Ask) -> None:
    """Art. 47: "and is not part of a group [...] which exceeds EUR 40 million"."""
    duties = chapter(ask("net-turnover-eur=30000000", "group-turnover-eur=40000001", on="2027-08-18"))
    out = [n for n, j in duties.items() if j.verdict in (Verdict.NOT_APPLICABLE, Verdict.UNDETERMINED)]
    assert out == ["art49-2-share"], "that one is for suppliers of raw material"


def test_an_unknown_turnover_is_asked_for(ask: Ask) -> None:
    report = ask(on="2027-08-18")
    duties = {n: j for n, j in chapter(report).items() if n != "art49-2-share"}
    assert {j.verdict for j in duties.values()} == {Verdict.UNDETERMINED}
    asked = {fact.name for fact in report.questions}
    assert {"net-turnover-eur", "group-turnover-eur"} <= asked


@pytest.mark.parametrize(
    ("on", "starts"),
    [
        ("2025-07-30", "2025-08-18"),  # the day before Regulation (EU) 2025/1561 counts
        ("2025-07-31", "2027-08-18"),  # as changed by it
        ("2026-11-23", "2027-08-18"),
    ],
)
def test_due_diligence_was_put_off(ask: Ask, on: str, starts: str) -> None:
    rich = ("net-turnover-eur=90000000", "group-turnover-eur=90000000")
    found = answer(ask(*rich, on=on), "art48-1", MAKER)
    assert (found.verdict, found.applies_from) == (Verdict.UPCOMING, starts)


def test_lfp_has_no_cobalt_and_no_nickel_to_recycle(ask: Ask) -> None:
    """Art. 8(2): minima for the cobalt, lithium, nickel and lead that the battery has."""
    report = ask(on="2032-01-01", change=chemistry("LFP"))
    found = {m: answer(report, f"art8-2-{m}").verdict for m in ("co", "ni", "pb", "li")}
    assert {m for m, v in found.items() if v is Verdict.NOT_APPLICABLE} == {"co", "ni", "pb"}


def test_an_nmc_battery_has_no_lead_to_recycle(ask: Ask) -> None:
    report = ask(on="2032-01-01")
    found = {m: answer(report, f"art8-2-{m}").verdict for m in ("co", "ni", "pb", "li")}
    assert {m for m, v in found.items() if v is Verdict.NOT_APPLICABLE} == {"pb"}


def test_light_transport_has_minima_from_2036_alone(ask: Ask) -> None:
    """Art. 8(2) names industrial, EV and SLI batteries; Art. 8(3) adds LMT batteries, from 18 August 2036."""
    report = ask(on="2032-01-01", change=category("LMT"))
    assert answer(report, "art8-2-co").verdict is Verdict.NOT_APPLICABLE
    later = answer(report, "art8-3-co")
    assert (later.verdict, later.applies_from) == (Verdict.UPCOMING, "2036-08-18")


def test_what_was_placed_before_a_rule_is_not_judged_by_it(ask: Ask) -> None:
    """Art. 8(2) binds at placing on the market: a battery of 2030 is not judged by the minima of 2031 in 2032."""
    old, new = (ask(f"placed-on-market={day}", on="2032-01-01") for day in ("2030-05-01", "2031-08-18"))
    assert answer(old, "art8-2-co").verdict is Verdict.NOT_APPLICABLE
    assert "2031-08-18" in answer(old, "art8-2-co").reason
    assert answer(new, "art8-2-co").verdict not in (Verdict.NOT_APPLICABLE, Verdict.UPCOMING)


@pytest.mark.parametrize(
    ("milligrams", "verdict"),
    [
        (4, Verdict.SATISFIED),  # 0.0004 %
        (5, Verdict.SATISFIED),  # 0.0005 %: "more than" is what Annex I forbids
        (6, Verdict.FAILED),  # 0.0006 %
    ],
)
def test_mercury_in_milligrams_per_kilogram(ask: Ask, milligrams: int, verdict: Verdict) -> None:
    """Annex I, entry 1: no more than 0.0005 % of mercury by weight; NA is mg/kg in UN/ECE Recommendation 20."""

    def contain(subject: Any) -> None:
        (claim,) = [c for c in subject["performanceClaim"] if c["id"].endswith("/mercury")]
        claim["claimedPerformance"][0]["measure"] = {"value": milligrams, "unit": "NA"}

    assert answer(ask(on="2031-08-18", change=contain), "art6-1-hg").verdict is verdict


@pytest.mark.parametrize(
    ("facts", "open_"),
    [
        ((), {"largest-size", "share-of-largest-side", "symbol"}),  # an EV battery is a pack
        (
            ("battery-category=portable", "cylindrical-cell=true", "collection-symbol-side-cm=1"),
            {"largest-size", "share-of-cylinder", "symbol"},
        ),
        (
            ("battery-category=portable", "cylindrical-cell=false", "collection-symbol-side-cm=0.46"),
            {"largest-size", "on-packaging", "symbol"},
        ),
    ],
)
def test_which_size_of_the_collection_symbol_is_asked(ask: Ask, facts: tuple[str, ...], open_: set[str]) -> None:
    """Art. 13(4): 3 % of the largest side, 1.5 % of a cylinder, or the packaging when below 0.47 x 0.47 cm."""
    report = ask(*facts, on="2026-01-01")
    names = ("symbol", "share-of-largest-side", "share-of-cylinder", "largest-size", "on-packaging")
    found = {n: answer(report, f"art13-4-{n}").verdict for n in names}
    assert {n for n, v in found.items() if v is not Verdict.NOT_APPLICABLE} == open_


@pytest.mark.parametrize(
    ("facts", "open_"),
    [
        (("cadmium-percent=0.002", "lead-percent=0.004"), set()),  # "more than"
        (("cadmium-percent=0.0021", "lead-percent=0"), {"cd", "size"}),
        (("cadmium-percent=0", "lead-percent=0.0041"), {"pb", "size"}),
    ],
)
def test_when_a_chemical_symbol_is_asked(ask: Ask, facts: tuple[str, ...], open_: set[str]) -> None:
    """Art. 13(5): Cd above 0.002 %, Pb above 0.004 %."""
    report = ask(*facts, on="2026-01-01")
    found = {n: answer(report, f"art13-5-{n}").verdict for n in ("cd", "pb", "size")}
    assert {n for n, v in found.items() if v is not Verdict.NOT_APPLICABLE} == open_


def test_importers_and_distributors_are_asked_as_what_they_are(ask: Ask) -> None:
    """Art. 41 binds importers, Art. 42 distributors; the example names a manufacturer alone."""
    made = ask(on="2026-01-01")
    assert {answer(made, n).verdict for n in ("art41-1", "art41-3", "art42-2")} == {Verdict.NOT_APPLICABLE}
    brought = ask("role=importer", on="2026-01-01")
    assert answer(brought, "art41-1").verdict is Verdict.MISSING
    assert answer(brought, "art41-7", MAKER).verdict is Verdict.MISSING
    assert answer(brought, "art38-4", MAKER).verdict is Verdict.NOT_APPLICABLE, "that is the manufacturer's file"


def test_collection_targets_are_those_of_the_categories_supplied(ask: Ask) -> None:
    """Art. 59(3) is about portable, Art. 60(3) about LMT, Art. 61 about all other batteries."""
    facts = ("first-supplies-in-member-state=true", "battery-categories-supplied=portable")
    report = ask(*facts, on="2028-01-01")
    assert answer(report, "art59-3-a", MAKER).verdict is Verdict.MISSING
    assert answer(report, "art59-3-b", MAKER).verdict is Verdict.MISSING
    assert answer(report, "art59-3-c", MAKER).applies_from == "2030-12-31"
    assert answer(report, "art59-3-c", MAKER).verdict is Verdict.UPCOMING
    assert {answer(report, n, MAKER).verdict for n in ("art60-1", "art61-1")} == {Verdict.NOT_APPLICABLE}
    unknown = ask(on="2028-01-01")
    assert answer(unknown, "art59-3-a", MAKER).verdict is Verdict.UNDETERMINED
