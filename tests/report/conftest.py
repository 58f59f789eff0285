"""A report made by hand, of a market that does not exist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from comity.model.evidence import Document, DocumentKind
from comity.model.places import Finding, Place, Severity
from comity.model.proofs import Labels, Proof, Step, StepKind
from comity.model.scales import Assurance, Authority, Fact, Level, Verdict
from comity.model.verdicts import (
    AssessmentUse,
    ClaimJudgement,
    ConditionReport,
    FactValue,
    Judgement,
    Lead,
    MarketReport,
    Policy,
    Report,
    SubjectReport,
)

DPP, DCC = "shop/docs/dpp.json", "shop/docs/dcc.json"
JAR = SubjectReport(
    "https://honey.example/jar/1",
    "product:id:https://honey.example/jar/1",
    "Jar of honey",
    Level.MODEL,
    ("maker",),
    True,
    "",
    (
        FactValue("kind", ("forest",), "derived", f"{DPP}#/kind"),
        FactValue("flowers", ("clover", "lime"), "given"),
    ),
    ("hives",),
)
FARM = SubjectReport("https://honey.example/farm", "facility:id:farm", "Farm", Level.FACILITY, (), False, "no", (), ())


def proof_of(value: str, document: str, assurance: Assurance, fact: Fact = Fact.ALL, **labels: bool) -> Proof:
    """Make the proof of a value against a limit of 18.5 %."""
    met = "meets" if fact is Fact.ALL else "does not meet"
    who = "declared by Honey Ltd" if assurance is Assurance.SELF else "Lab listed by Hive 1"
    steps = (
        Step(
            StepKind.DOCUMENT, (), {"document": document, "sha256": "00", "issuer": "did:web:honey.example"}, document
        ),
        Step(
            StepKind.TIME,
            (0,),
            {
                "on": "2026-05-01",
                "valid_from": "2026-01-01",
                "valid_until": None,
                "assessed": None,
                "edition": None,
                "outcome": "valid",
            },
            "on 2026-05-01: valid from 2026-01-01",
        ),
        Step(
            StepKind.ASSURANCE,
            (0,),
            {
                "declared": assurance.token,
                "effective": assurance.token,
                "basis": "operator",
                "roles": (),
                "trusted": None,
                "anchor": None,
            },
            who,
        ),
        Step(
            StepKind.CLAIM if assurance is Assurance.SELF else StepKind.ASSESSMENT,
            (0, 1, 2),
            {
                "document": document,
                "pointer": "/claim/0",
                "subject": JAR.key,
                "cited": "http://hive.example/1/a",
                "by": "exact",
                "criterion": "http://hive.example/1/a",
                "fact": fact.value,
            },
            "Low in water ($.claim[0])",
        ),
        Step(
            StepKind.THRESHOLD,
            (3,),
            {
                "criterion": "http://hive.example/1/a",
                "metric": "http://hive.example/metric/water",
                "read_by": "",
                "qualifiers": (),
                "comparator": "<=",
                "limit": "18.5",
                "unit": "http://qudt.org/vocab/unit/PERCENT",
                "value": value,
                "outcome": "inside" if fact is Fact.ALL else "outside",
                "fact": fact.value,
            },
            f"water of {value} % {met} at most 18.5 %",
        ),
    )
    return Proof(
        fact,
        "http://hive.example/1/a",
        JAR.key,
        Labels(assurance, Authority.REVIEWED, **labels),  # type: ignore[arg-type]
        steps,
        (document,),
        (0.8, 0.9),
    )


def judgement(notation: str, verdict: Verdict | None, **changes: object) -> Judgement:
    """Make a verdict of the market meadow on the jar."""
    plain = Judgement(
        id=f"http://hive.example/market/{notation}#{JAR.key}",
        notation=notation,
        criterion=f"http://hive.example/1/{notation}",
        market="meadow",
        label=f"Rule {notation}",
        citation=f"Hive 1, {notation}",
        basis="read-in-source",
        doubts=(),
        actor="beekeeper",
        applies_from="2026-01-01",
        tested_on=date(2026, 5, 1),
        conditions=(),
        subject=JAR,
        unit={},
        verdict=verdict,
        would_be=None,
        reason="nothing bears on it",
        rank=Assurance.THIRD_PARTY,
        place=Place(DPP, "/claim/0"),
        evidence=("laboratory report",),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


@pytest.fixture
def make() -> Callable[..., Judgement]:
    return judgement


@pytest.fixture
def prove() -> Callable[..., Proof]:
    return proof_of


@pytest.fixture
def report() -> Report:
    """One verdict of most sorts, two documents and one that cannot be read."""
    self_ = proof_of("18", DPP, Assurance.SELF)
    lab = proof_of("17", DCC, Assurance.THIRD_PARTY)
    against = proof_of("20", DCC, Assurance.THIRD_PARTY, Fact.NOT_ALL)
    return Report(
        on=date(2026, 5, 1),
        policy=Policy(None, None, ("meadow",), None),
        knowledge_version="1.2",
        checked_on=date(2026, 4, 1),
        knowledge_sha256="0" * 64,
        documents=(
            Document(DPP, "aa", DocumentKind.DPP, "0.7.0", status=("not signed",)),
            Document(
                DCC,
                "bb",
                DocumentKind.DCC,
                "0.7.0",
                status=("not signed",),
                findings=(
                    Finding("D9", Severity.WARNING, Place(DCC, "/id"), "the id is odd", "Give another."),
                    Finding("D9", Severity.WARNING, Place(DCC, "/name"), "the name is odd", "Give another."),
                    Finding("D1", Severity.INFO, Place(DCC, "/x"), "a note"),
                ),
            ),
            Document(
                "shop/docs/bad.json",
                "cc",
                DocumentKind.UNREADABLE,
                findings=(
                    Finding("bad-json", Severity.ERROR, Place("shop/docs/bad.json"), "it is cut off", "Send it again."),
                ),
            ),
        ),
        subjects=(JAR, FARM),
        claims=(
            ClaimJudgement(
                Place(DPP, "/claim/0"),
                DPP,
                "Low in water",
                JAR.key,
                {"model": "J-1"},
                "hive-1-a",
                "http://hive.example/1/a Water",
                Verdict.INSUFFICIENT_ASSURANCE,
                None,
                "the evidence is unattributed",
                (AssessmentUse(Place(DCC, "/assessment/0"), "exact id", False, "no identity anchor"),),
                self_,
                missing=("wanted: more",),
                leads=(Lead("a leaflet", "closeMatch: a lead", Place(DCC), "r1"),),
            ),
        ),
        markets=(
            MarketReport("meadow", JAR.key, ("failed-1",), (Lead("Jars are not weighed", "Hive 1, recital 3"),)),
            MarketReport("meadow", FARM.key, (), ()),
        ),
        requirements=(
            judgement("never-1", Verdict.NOT_APPLICABLE, reason="it is no jar"),
            judgement("good-1", Verdict.SATISFIED, proof=lab, reason="shown", place=Place(DCC, "/claim/0")),
            judgement("later-1", Verdict.UPCOMING, would_be=Verdict.FAILED, applies_from="2027-01-01", reason="later"),
            judgement("miss-1", Verdict.MISSING, actor="shopkeeper", missing=("wanted: a seal",)),
            judgement("miss-2", Verdict.MISSING, actor="shopkeeper", evidence=("seal",)),
            judgement(
                "open-1",
                Verdict.UNDETERMINED,
                would_be=Verdict.MISSING,
                reason="not known: hives",
                conditions=(ConditionReport("there are ten hives", None, ("hives",)),),
            ),
            judgement(
                "weak-1",
                Verdict.INSUFFICIENT_ASSURANCE,
                proof=self_,
                reason="the evidence is self; third-party is asked",
                assumptions=("the season is assumed",),
                basis="not-verified",
                doubts=("The number is from memory.",),
            ),
            judgement("failed-1", Verdict.FAILED, proof=against, challenges=(against,), reason="shown not to be met"),
        ),
    )
