"""Reports that somebody made say more, or less, than was judged: each is found, and so is where."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.verify.conftest import CASES, Case, Held, hold, run

from comity.cli import app, replay
from comity.verify import verify

Report = dict[str, Any]
Forge = Callable[[Report], None]
Holder = Callable[[str], Held]

CITED = "eu-batt-art6-1-hg"
HEAD = "subject,level,criterion,metric,value,unit,date,valid until,issuer,assurance"
ROW = f"https://id.example/battery-7,model,{CITED},mercury content,6,mg/kg,2031-01-01,2033-01-01,did:web:lab.example"
FACTS = ("product-group=battery", "battery-category=EV", "capacity-kwh=82", "rechargeable=true", "role=importer")


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Held:
    """A sheet whose one row is over a limit, by an assessor whom the user trusts."""
    folder = tmp_path_factory.mktemp("sheet")
    (folder / "sheet.csv").write_text(f"{HEAD}\n{ROW},third-party\n", encoding="utf-8")
    trust = '[[issuer]]\nid = "did:web:lab.example"\nname = "A laboratory"\nassurance = "third-party"\n'
    (folder / "trust.toml").write_text(trust, encoding="utf-8")
    facts = tuple(part for fact in FACTS for part in ("--fact", fact))
    options = ("--market", "eu", "--on", "2031-08-18", *facts)
    return hold(Case((str(folder / "sheet.csv"),), options, str(folder / "trust.toml")))


def fields(held: Held, forge: Forge) -> set[tuple[str, str]]:
    """Return where problems are found, without positions, and in which fields."""
    report = copy.deepcopy(held.report)
    forge(report)
    assert report != held.report, "the forgery changes nothing"
    return {(p.where.partition("[")[0], p.field) for p in verify(report, held.given).problems}


def answer(report: Report, notation: str, verdict: str | None = None) -> dict[str, Any]:
    """Return the answer to a rule, of those with a verdict."""
    return next(
        a for a in report["requirements"] if a["notation"] == notation and (verdict is None or a["verdict"] == verdict)
    )


def satisfied(report: Report) -> dict[str, Any]:
    """Return the one answer of the importer's report that is satisfied."""
    return next(a for a in report["requirements"] if a["verdict"] == "satisfied")


def missing(report: Report) -> dict[str, Any]:
    """Return an answer of the importer's report for which nothing is shown."""
    return next(a for a in report["requirements"] if a["verdict"] == "missing" and a["doubts"])


def recount(report: Report) -> None:
    """Make the counts of a report agree with its verdicts, as a careful forger does."""
    for market in report["policy"]["markets"]:
        counts: dict[str, int] = {}
        for a in report["requirements"]:
            if a["market"] == market:
                counts[a["verdict"]] = counts.get(a["verdict"], 0) + 1
        report["summary"][market] = counts


def test_what_failed_is_not_satisfied_by_leaving_its_proof_out(sheet: Held) -> None:
    failed = answer(sheet.report, CITED)
    assert failed["verdict"] == "failed"

    def forge(report: Report) -> None:
        a = answer(report, CITED)
        a |= {"verdict": "satisfied", "proof": None, "counter_proof": None, "challenges": []}
        a |= {"facts": ["all"], "missing": [], "leads": [], "place": None, "reason": "shown"}
        recount(report)

    assert ("requirements", "verdict") in fields(sheet, forge)


@pytest.mark.parametrize(
    "verdict", ["satisfied", "supported", "insufficient-assurance", "partial", "failed", "conflicting", "expired"]
)
def test_a_verdict_that_needs_a_proof_does_not_stand_without_one(verdict: str, held: Holder) -> None:
    def forge(report: Report) -> None:
        missing(report)["verdict"] = verdict
        recount(report)

    one = held("tin-importer")
    assert fields(one, forge) == {("requirements", "verdict")}
    report = copy.deepcopy(one.report)
    forge(report)
    (problem,) = verify(report, one.given).problems
    assert "no proof is shown" in str(problem)


@pytest.mark.parametrize("name", CASES)
def test_no_verdict_but_its_own_stands_without_a_proof(name: str, held: Holder) -> None:
    one = held(name)
    tried: set[tuple[str, str | None]] = set()
    for a in one.report["requirements"]:
        if a["proof"] is not None or (a["verdict"], a["would_be"]) in tried:
            continue
        tried.add((a["verdict"], a["would_be"]))
        for verdict in ("satisfied", "failed", "missing", "undetermined", "upcoming", "not-applicable", "expired"):
            for would_be in (None, "satisfied", "missing", "undetermined"):
                if (verdict, would_be) == (a["verdict"], a["would_be"]):
                    continue
                report = {**one.report, "requirements": [{**a, "verdict": verdict, "would_be": would_be}]}
                found = verify(report, one.given).problems
                assert {p.field for p in found if p.where == "requirements[0]"}, (a["id"], verdict)


def flipped(report: Report) -> None:
    a = missing(report)
    a |= {"verdict": "not-applicable", "missing": [], "leads": [], "assumptions": []}
    a["conditions"][0]["value"] = False


def put_off(report: Report) -> None:
    missing(report).update(verdict="upcoming", would_be="missing", applies_from="2030-01-01")


def begun(report: Report) -> None:
    a = next(a for a in report["requirements"] if a["verdict"] == "upcoming")
    a.update(verdict=a["would_be"], would_be=None)


def deleted(report: Report) -> None:
    report["requirements"].remove(missing(report))
    recount(report)


def subject_deleted(report: Report) -> None:
    """Leave out all that is said of the one subject that anything is asked of, as if it were not judged."""
    key = next(s["key"] for s in report["subjects"] if s["judged"])
    report["requirements"] = [a for a in report["requirements"] if not a["id"].endswith(f"#{key}")]
    subject = next(s for s in report["subjects"] if s["key"] == key)
    subject.update(judged=False, why="nothing is known of it that a market asks about", asked=[])
    report["markets"] = [m for m in report["markets"] if m["subject"] != subject["id"]]
    recount(report)


def given_away(report: Report) -> None:
    """Say that the user gave a fact that a document denies."""
    for subject in report["subjects"]:
        for fact in subject["facts"].values():
            if fact["source"] == "derived" and fact["value"] == "true":
                fact.update(source="given", pointer="--fact", value="false")
                return


OTHERS: dict[str, tuple[Forge, tuple[str, str]]] = {
    "a condition flipped": (flipped, ("requirements", "conditions")),
    "not applicable, whatever the conditions": (
        lambda r: missing(r).update(verdict="not-applicable"),
        ("requirements", "verdict"),
    ),
    "a date put off": (put_off, ("requirements", "applies_from")),
    "upcoming": (lambda r: missing(r).update(verdict="upcoming", would_be="missing"), ("requirements", "verdict")),
    "what is upcoming has begun": (begun, ("requirements", "verdict")),
    "would be": (
        lambda r: next(a for a in r["requirements"] if a["verdict"] == "upcoming").update(would_be="satisfied"),
        ("requirements", "would_be"),
    ),
    "a requirement deleted": (deleted, ("subjects", "requirements")),
    "a subject not judged": (subject_deleted, ("subjects", "requirements")),
    "a subject not listed": (
        lambda r: r["subjects"].remove(next(s for s in r["subjects"] if s["judged"])),
        ("requirements", "id"),
    ),
    "an answer twice": (lambda r: r["requirements"].append(satisfied(r)), ("requirements", "id")),
    "the counts": (lambda r: r["summary"].update(eu={"satisfied": 100}), ("summary", "eu")),
    "a market that was not asked": (lambda r: r["policy"].update(markets=["eu", "us"]), ("summary", "us")),
    "the words of a rule": (lambda r: satisfied(r).update(label="Everything"), ("requirements", "label")),
    "its citation": (lambda r: satisfied(r).update(citation="Art. 1"), ("requirements", "citation")),
    "its doubts": (lambda r: missing(r).update(doubts=[]), ("requirements", "doubts")),
    "its basis": (
        lambda r: next(a for a in r["requirements"] if a["basis"] != "read-in-source").update(basis="read-in-source"),
        ("requirements", "basis"),
    ),
    "its confidence": (
        lambda r: next(a for a in r["requirements"] if a["record_confidence"] == "low").update(
            record_confidence="high"
        ),
        ("requirements", "record_confidence"),
    ),
    "who must act": (lambda r: missing(r).update(actor="nobody"), ("requirements", "actor")),
    "the day tested": (lambda r: missing(r).update(tested_on="2020-01-01"), ("requirements", "tested_on")),
    "the evidence asked": (lambda r: missing(r)["asked"].update(evidence=["a smile"]), ("requirements", "asked")),
    "the words of a condition": (
        lambda r: missing(r)["conditions"][0].update(text="it rains"),
        ("requirements", "conditions"),
    ),
    "the facts of a condition": (
        lambda r: missing(r)["conditions"][0].update(facts=["colour"]),
        ("requirements", "conditions"),
    ),
    "facts of what is not applicable": (
        lambda r: next(a for a in r["requirements"] if a["verdict"] == "not-applicable").update(facts=["all"]),
        ("requirements", "facts"),
    ),
    "the facts shown": (lambda r: satisfied(r).update(facts=["some"]), ("requirements", "facts")),
    "a confidence of nothing": (lambda r: missing(r).update(confidence=[1.0, 1.0]), ("requirements", "confidence")),
    "a confidence below its proof's": (
        lambda r: satisfied(r).update(confidence=[0.0, 0.01]),
        ("requirements", "confidence"),
    ),
    "an assumption made up": (lambda r: satisfied(r).update(assumptions=["as usual"]), ("requirements", "assumptions")),
    "the place": (
        lambda r: satisfied(r).update(place={"document": "a.json", "pointer": ""}),
        ("requirements", "place"),
    ),
    "the trust that was used": (
        lambda r: (r["policy"].update(trust_used=[]), r.update(findings=[]))[0],
        ("policy", "trust_used"),
    ),
    "trust that nobody has": (
        lambda r: r["policy"].update(trust_used=[*r["policy"]["trust_used"], "A (did:web:a.example) as self"]),
        ("policy", "trust_used"),
    ),
    "the finding on trust": (
        lambda r: r.update(findings=[f for f in r["findings"] if f["code"] != "trust-used"]),
        ("findings", "trust-used"),
    ),
    "the name of a subject": (lambda r: satisfied(r)["subject"].update(label="Another"), ("requirements", "subject")),
    "what a market asks": (lambda r: next(m for m in r["markets"] if m["asks"]).update(asks=[]), ("markets", "asks")),
    "what a market says": (
        lambda r: next(m for m in r["markets"] if m["leads"]).update(leads=[]),
        ("markets", "leads"),
    ),
    "the knowledge's day": (lambda r: r["knowledge"].update(checked_on="2020-01-01"), ("knowledge", "checked_on")),
    "a document's hash": (lambda r: r["documents"][0].update(sha256="0" * 64), ("documents", "sha256")),
    "a subject that is judged": (
        lambda r: next(s for s in r["subjects"] if s["judged"]).update(judged=False, why="too small"),
        ("subjects", "judged"),
    ),
    "the claims of a document": (lambda r: r["documents"][0].update(claims=9), ("documents", "claims")),
    "a verdict that nobody tells": (lambda r: missing(r).update(verdict=None), ("requirements", "verdict")),
}


@pytest.mark.parametrize("what", OTHERS)
def test_what_stands_beside_the_proofs_is_held_against_the_knowledge(what: str, held: Holder) -> None:
    forge, expected = OTHERS[what]
    assert expected in fields(held("tin-importer"), forge)


def test_assumptions_and_exemptions_are_not_hidden(held: Holder) -> None:
    one = held("ev-battery")
    shown = {bool(a["proof"]): n for n, a in enumerate(one.report["requirements"]) if a["assumptions"]}
    assert set(shown) == {True, False}
    for position in shown.values():

        def forge(report: Report, at: int = position) -> None:
            report["requirements"][at]["assumptions"] = []

        assert ("requirements", "assumptions") in fields(one, forge)


def test_facts_are_those_that_the_documents_show(held: Holder) -> None:
    one = held("ev-battery")
    assert ("findings", "contradicted-fact") in fields(one, given_away)

    def changed(report: Report) -> None:
        fact = next(f for s in report["subjects"] for f in s["facts"].values() if f["source"] == "derived")
        fact["value"] = "something else"

    assert any(where == "subjects" for where, _ in fields(one, changed))


def test_a_fact_left_out_is_named(held: Holder) -> None:
    # Who judges may set a fact aside (--fact NAME=), and the report does not tell: no problem, and not in silence.
    one = held("ev-battery")
    report = copy.deepcopy(one.report)
    subject = next(s for s in report["subjects"] if any(f["source"] == "derived" for f in s["facts"].values()))
    name = next(n for n, f in subject["facts"].items() if f["source"] == "derived")
    del subject["facts"][name]
    assert any(name in note and subject["id"] in note for note in verify(report, one.given).notes)


def test_documents_that_the_report_passes_over_are_named(held: Holder) -> None:
    one = held("garment")
    report = copy.deepcopy(one.report)
    gone = report["documents"].pop()
    notes = verify(report, one.given).notes
    assert any(gone["name"] in note for note in notes)


CLAIMS: dict[str, tuple[Forge, str]] = {
    "a verdict without a proof": (
        lambda r: unshown(r).update(verdict="satisfied"),
        "verdict",
    ),
    "a claim deleted": (lambda r: r["claims"].pop(), "cited"),
    "a claim twice": (lambda r: r["claims"].append(r["claims"][0]), "cited"),
    "another criterion": (lambda r: unshown(r).update(criterion="eu-batt-art8-2-li"), "criterion"),
    "another citation": (lambda r: unshown(r).update(cited="https://a.example"), "cited"),
    "another subject": (lambda r: unshown(r).update(subject="did:web:nobody.example"), "subject"),
    "an assessment that is none": (
        lambda r: unshown(r).update(
            assessments=[{"document": "a", "pointer": "", "via": "", "counts": True, "why": ""}]
        ),
        "assessments",
    ),
    "the assessments of a proof": (
        lambda r: next(c for c in r["claims"] if c["proof"]).update(assessments=[]),
        "assessments",
    ),
    "would be": (lambda r: unshown(r).update(would_be="satisfied"), "would_be"),
}


def unshown(report: Report) -> dict[str, Any]:
    """Return a claim for which nothing is shown."""
    return next(c for c in report["claims"] if c["proof"] is None and c["criterion"])


@pytest.mark.parametrize("what", CLAIMS)
def test_claims_are_held_against_their_documents(what: str, held: Holder) -> None:
    forge, expected = CLAIMS[what]
    assert ("claims", expected) in fields(held("orchard"), forge)


def test_answers_to_one_rule_need_their_proofs_too(held: Holder) -> None:
    case = CASES["ev-battery"]
    answers = run("ask", "eu-batt-art8-2-co", *case.arguments, *case.options[2:], "--format", "json")
    given = held("ev-battery").given
    assert verify(answers, given).problems == ()
    for change in (
        {"proof": None},
        {"label": "Everything"},
        {"doubts": ["none"]},
        {"applies_from": "2001-01-01"},
        {"conditions": answers[0]["conditions"][1:]},
    ):
        found = verify([{**answers[0], **change}], given).problems
        assert {"verdict" if f == "proof" else f for f in change} <= {p.field for p in found}, change


def test_a_report_of_some_subjects_says_so_and_verifies(held: Holder) -> None:
    case = CASES["tin-importer"]
    asked = next(s["id"] for s in held("tin-importer").report["subjects"] if s["judged"])
    one = hold(Case(case.documents, (*case.options, "--subject", asked), case.trust))
    result = verify(one.report, one.given)
    assert result.problems == ()
    assert any(asked in line for line in result.taken)

    def hidden(report: Report) -> None:
        del report["policy"]["subjects"]

    assert ("subjects", "requirements") in fields(one, hidden)


def test_a_report_that_shows_no_proof_does_not_read_like_success(held: Holder, tmp_path: Path) -> None:
    case = CASES["garment"]
    report = copy.deepcopy(held("garment").report)
    for judged in (*report["requirements"], *report["claims"]):
        judged |= {"proof": None, "counter_proof": None, "challenges": []}
    target = tmp_path / "report.json"
    target.write_text(json.dumps(report), encoding="utf-8")
    result = CliRunner().invoke(app.comity, ["verify", str(target), *case.arguments])
    assert result.exit_code == 1
    assert "There is no proof to verify." in result.stdout
    assert "0 of 0" not in result.stdout
    assert result.stdout.rstrip().endswith("does not all follow.")


def test_that_nothing_is_shown_is_said_not_to_be_proved(held: Holder) -> None:
    one = held("tin-importer")
    text = replay.as_text(verify(one.report, one.given))
    silent = [a for a in one.report["requirements"] if a["verdict"] in ("missing", "undetermined") and not a["proof"]]
    assert (
        f"{len(silent)} verdicts say that nothing is shown, or not enough is known; a replay cannot show that." in text
    )


def test_outcomes_that_an_answer_alone_tells_are_counted(held: Holder) -> None:
    case = CASES["tin-importer"]
    answers = run("ask", "eu-3tg-art3-1", *case.arguments, *case.options[:4], "--format", "json")
    result = verify(answers, held("tin-importer").given)
    assert result.problems == ()
    asked = sum(len(a["conditions"]) for a in answers if not a["proof"])
    assert f"how {asked} conditions came out" in result.taken


def test_an_organisation_and_a_facility_of_one_identifier_are_told_apart(tmp_path: Path) -> None:
    rows = [f"did:web:works.example,{level},{CITED},,yes,,2031-01-01,," for level in ("organisation", "facility")]
    (tmp_path / "sheet.csv").write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")
    options = ("--market", "eu", "--on", "2031-08-18", "--fact", "role=manufacturer")
    one = hold(Case((str(tmp_path / "sheet.csv"),), options))
    assert {s["id"] for s in one.report["subjects"]} == {"did:web:works.example"}
    assert [str(p) for p in verify(one.report, one.given).problems] == []
