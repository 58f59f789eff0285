"""``comity check --engine shacl``: what conforms is satisfied, and nothing else is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING

from comity.engines import shacl
from comity.engines.graph import binding_class, evidence_graph
from comity.engines.shacl import Conformance
from comity.engines.shapes import market_shapes
from comity.judgement.question import Question
from comity.model.requirements import Market
from comity.model.scales import Verdict
from comity.model.verdicts import Judgement, Report

if TYPE_CHECKING:
    from rdflib import Graph

_DATA = files("comity") / "data"


def by_shacl(asked: Question, report: Report, markets: Sequence[Market]) -> Report:
    """Take the verdicts of a report from OWL RL and SHACL over the evidence graph and the published shapes.

    :param report: the same question, judged; its requirements lose their verdicts and proofs, which SHACL does
        not give, and its claims are left out, for which there are no shapes.
    :param markets: the markets that the report is about.
    """
    found: dict[str, Conformance] = {}
    vocabulary = shacl.read([_DATA / "ontology" / "comity.ttl"])
    for market in markets:
        found.update(shacl.check(evidence_graph(asked, market), shapes(market), vocabulary))
    judged = tuple(_replaced(j, found) for j in report.requirements)
    return replace(report, policy=replace(report.policy, engine="shacl"), claims=(), requirements=judged)


def shapes(market: Market) -> Graph:
    """Return the published shapes of a market, with those of requirements that the user brought."""
    published = _DATA / "shapes" / "markets" / f"{market.notation}.ttl"
    found = shacl.read([published] if published.is_file() else [])
    have = shacl.targets(found)
    brought = tuple(r for r in market.requirements if binding_class(r) not in have)
    if brought:
        found += shacl.parse(market_shapes(replace(market, requirements=brought)).encode())
    return found


def _replaced(judged: Judgement, found: Mapping[str, Conformance]) -> Judgement:
    outcome = found[judged.id]
    reason = f"conforms to {outcome.shape}" if outcome.conforms else " ".join(outcome.messages) or "no shape targets it"
    return replace(
        judged,
        verdict=Verdict.SATISFIED if outcome.conforms else None,
        would_be=None,
        reason=reason,
        facts=(),
        proof=None,
        counter_proof=None,
        challenges=(),
        assumptions=(),
        missing=(),
        leads=(),
    )
