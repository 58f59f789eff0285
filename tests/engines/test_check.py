"""The engine ``shacl`` on a market that only the user knows, and on one that the user adds to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from comity import knowledge
from comity.engines import shacl
from comity.engines.check import by_shacl, shapes
from comity.evidence import read
from comity.formats.archives import open_inputs
from comity.judgement import judge, question
from comity.model.scales import Verdict

GARMENT = Path(__file__).resolve().parents[2] / "examples" / "garment"


def test_the_users_own_market_has_shapes_and_the_same_verdicts() -> None:
    known = knowledge.load([GARMENT / "knowledge"])
    documents = read(open_inputs([GARMENT / "documents"]))
    on, market = date(2026, 12, 1), known.markets["arcadia"]
    report = judge(known, documents, on=on, markets=["arcadia"])
    found = by_shacl(question(known, documents, on=on), report, [market])
    expected = [j.verdict if j.verdict is Verdict.SATISFIED else None for j in report.requirements]
    assert [j.verdict for j in found.requirements] == expected
    assert Verdict.SATISFIED in expected
    assert None in expected


def test_a_requirement_that_the_user_adds_to_our_market_gets_a_shape_beside_the_published_ones() -> None:
    market = knowledge.load().markets["eu"]
    iri = f"{market.iri}/of-the-user"
    added = replace(market.requirements[0], iri=iri, notation="of-the-user")
    grown = shacl.targets(shapes(replace(market, requirements=(*market.requirements, added))))
    assert grown == {**shacl.targets(shapes(market)), f"{iri}/binding": f"{iri}/shape"}


def test_no_proof_and_no_claim_is_said_to_come_from_shacl() -> None:
    known = knowledge.load([GARMENT / "knowledge"])
    documents = read(open_inputs([GARMENT / "documents"]))
    on = date(2026, 12, 1)
    report = judge(known, documents, on=on, markets=["arcadia"])
    assert any(j.proof for j in report.requirements)
    found = by_shacl(question(known, documents, on=on), report, [known.markets["arcadia"]])
    assert not any(j.proof or j.would_be or j.leads or j.challenges or j.facts for j in found.requirements)
    assert found.claims == ()
