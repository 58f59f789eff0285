"""OWL RL with SHACL gives what the judgement gives where parts show a whole, and where a rule ranges over parties."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.judgement.test_semantics_parts import HALVES, listed
from tests.judgement.test_semantics_parts import TestAggregatesUp as Up
from tests.judgement.test_semantics_parts import TestRangesOver as Over
from tests.judgement.worlds import Ask, asked, assessed, passport

from comity.engines import shacl
from comity.engines.graph import evidence_graph
from comity.engines.shapes import market_shapes
from comity.judgement.judge import judge_market
from comity.model.evidence import Document
from comity.model.knowledge import Knowledge
from comity.model.scales import Verdict

VOCABULARY = shacl.read([Path(__file__).parents[2] / "ontology" / "comity.ttl"])
WHOLE = passport(Up.tie, attributes=listed("site", "parts", HALVES))
CHAIN = passport(*Over.ties, attributes=Over.full)

REFUSAL = assessed("c", about="model", by="stranger", conforms=False)

CASES = [
    (Up.made, Up.how, [WHOLE, *Up.both], Verdict.SATISFIED),
    (Up.made, Up.how, [WHOLE, Up.both[0]], Verdict.PARTIAL),
    (Up.made, Up.how, [WHOLE, *Up.both, assessed("c", by="lab", conforms=False)], Verdict.FAILED),
    (Up.made, Up.how, [passport(Up.tie), *Up.both], Verdict.PARTIAL),
    (Over.made, Over.how, [CHAIN, *Over.both], Verdict.SATISFIED),
    (Over.made, Over.how, [CHAIN, Over.both[0], assessed("c")], Verdict.PARTIAL),
    (Over.made, Over.how, [CHAIN, Over.both[0], assessed("c", about="model", conforms=False)], Verdict.FAILED),
    (Over.made, Over.how, [CHAIN, *Over.both, REFUSAL], Verdict.SATISFIED),
]


@pytest.mark.parametrize(("made", "how", "documents", "verdict"), CASES, ids=[str(c[3]) for c in CASES])
def test_both_engines_agree(made: Knowledge, how: Ask, documents: list[Document], verdict: Verdict) -> None:
    question, market = asked(made, documents, "c", how)
    shapes = shacl.parse(market_shapes(market).encode())
    (judged,) = judge_market(question, market)
    conforms = shacl.check(evidence_graph(question, market), shapes, VOCABULARY)
    assert judged.verdict is verdict
    assert {i: c.conforms for i, c in conforms.items()} == {judged.id: verdict is Verdict.SATISFIED}
