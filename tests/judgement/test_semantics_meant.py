"""Semantics, section 4, Subject: "unless the requirement ranges over that party (each smelter of the chain)".

Which parties those are, a condition says. Each world: the thing is made from two lots, *other-thing* and *model*;
*deep* stands behind *model* where a test says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from tests.judgement.names import key
from tests.judgement.test_semantics_parts import listed
from tests.judgement.worlds import (
    FAILED,
    PARTIAL,
    SATISFIED,
    UNDETERMINED,
    Ask,
    asked,
    assessed,
    attribute,
    criterion,
    judged,
    known,
    link,
    passport,
    subject,
)

from comity.judgement.case import Given
from comity.judgement.judge import judge_market
from comity.model.evidence import Attribute, Document, Link, LinkKind
from comity.model.knowledge import Derivation
from comity.model.proofs import StepKind
from comity.model.requirements import CaseFact
from comity.model.requirements import Test as FactTest
from comity.model.scales import Level, Verdict
from comity.model.verdicts import Judgement

WORK = CaseFact("urn:fact:work", "work", "work", "string", True, Level.PRODUCT, "What is done there?")
SMELTS = FactTest("urn:smelts", "it smelts", "work", "includes", ("smelting",))
MINES = FactTest("urn:mines", "it mines", "work", "includes", ("mining",))
READ = Derivation("work", "work", "work", "", "", (), "")
MADE = known("c", facts=[WORK], conditions=[SMELTS, MINES], derivations=[READ])
HOW = Ask(ranges_over="sources-from", party_conditions=("urn:smelts",))
EACH = replace(HOW, party_conditions=())

SOURCES = {"thing": ("other-thing", "model")}
BEHIND = {**SOURCES, "model": ("deep",)}
BOTH = {"other-thing": "smelting", "model": "smelting"}


def traced(sources: Mapping[str, Sequence[str]], work: Mapping[str, str]) -> Document:
    """A passport that lists every source, in equal shares, and says what is done where."""
    ties: list[Link] = []
    lists: list[Attribute] = []
    for whole, parts in sources.items():
        ties += [link(LinkKind.SOURCES_FROM, whole, part) for part in parts]
        share = {1: "100", 2: "50"}[len(parts)]
        lists += [replace(a, subject=key(whole)) for a in listed(whole, "sources", [(p, share) for p in parts])]
    stated = [attribute("work", text, about=name) for name, text in work.items()]
    return passport(*ties, attributes=[*lists, *stated], subjects=[subject("deep", level=Level.BATCH)])


def answer(
    sources: Mapping[str, Sequence[str]],
    work: Mapping[str, str],
    *shown: str,
    not_met: str = "",
    how: Ask = HOW,
    given: Sequence[Given] = (),
) -> Judgement:
    """Judge the thing, when some lots were found to meet the rule, and one not to."""
    found = [assessed("c", about=name) for name in shown]
    found += [assessed("c", about=not_met, conforms=False)] if not_met else []
    return judged(MADE, [traced(sources, work), *found], "c", replace(how, given=tuple(given)))


def test_every_party_that_is_meant_must_show_it() -> None:
    assert answer(SOURCES, BOTH, "other-thing", "model").verdict is SATISFIED
    one = answer(SOURCES, BOTH, "other-thing")
    assert one.verdict is PARTIAL
    assert "not shown: product:id:https://id.example/model" in one.missing


def test_a_mine_behind_a_smelter_is_not_asked() -> None:
    work = {**BOTH, "deep": "mining"}
    assert answer(BEHIND, work, "other-thing", "model").verdict is SATISFIED
    assert answer(BEHIND, work, "other-thing", "model", how=EACH).verdict is PARTIAL


def test_what_a_mine_fails_is_no_failure_of_the_smelters() -> None:
    work = {**BOTH, "deep": "mining"}
    assert answer(BEHIND, work, "other-thing", "model", not_met="deep").verdict is SATISFIED
    assert answer(BEHIND, work, "other-thing", "model", not_met="deep", how=EACH).verdict is FAILED


def test_a_party_of_which_it_is_not_known_stays_in_and_the_fact_is_named() -> None:
    open_ = answer(BEHIND, BOTH, "other-thing", "model")
    assert open_.verdict is UNDETERMINED
    assert open_.reason == "not known of https://id.example/deep: work"
    assert any(m.startswith("whether https://id.example/deep is meant") for m in open_.missing)


@pytest.mark.parametrize(("work", "verdict"), [("mining", SATISFIED), ("smelting", PARTIAL)])
def test_the_user_can_tell_it(work: str, verdict: Verdict) -> None:
    told = Given("https://id.example/deep", "work", (work,), "--fact")
    assert answer(BEHIND, BOTH, "other-thing", "model", given=[told]).verdict is verdict


def test_a_party_of_which_it_is_not_known_and_that_shows_it_leaves_nothing_open() -> None:
    assert answer(BEHIND, BOTH, "other-thing", "model", "deep").verdict is SATISFIED


def test_a_party_of_which_it_is_not_known_fails_nothing() -> None:
    assert answer(BEHIND, BOTH, "other-thing", "model", not_met="deep").verdict is UNDETERMINED
    assert answer(BEHIND, {**BOTH, "deep": "smelting"}, "other-thing", "model", not_met="deep").verdict is FAILED


def test_a_trader_in_the_way_is_passed_through() -> None:
    work = {"other-thing": "smelting", "model": "trading", "deep": "smelting"}
    assert answer(BEHIND, work, "other-thing", "deep").verdict is SATISFIED
    assert answer(BEHIND, work, "other-thing", "model").verdict is PARTIAL


def test_a_trader_at_the_end_hides_the_smelter() -> None:
    """Never satisfied: what the trader sold was smelted somewhere."""
    work = {"other-thing": "smelting", "model": "trading"}
    for shown in (("other-thing",), ("other-thing", "model")):
        hidden = answer(SOURCES, work, *shown)
        assert hidden.verdict is UNDETERMINED
        assert "model leads by sources-from to nobody of whom it is known that it smelts" in hidden.reason


def test_nobody_known_at_the_end_hides_it_as_well() -> None:
    """Were model a trader, its smelter would not be known; that model itself shows the rule does not help."""
    hidden = answer(SOURCES, {"other-thing": "smelting"}, "other-thing", "model")
    assert hidden.verdict is UNDETERMINED
    assert hidden.reason.endswith("; not known of https://id.example/model: work")
    assert answer(SOURCES, {"other-thing": "smelting"}, "other-thing", "model", how=EACH).verdict is SATISFIED


def test_traders_that_name_each_other_hide_it() -> None:
    circle = {**BEHIND, "deep": ("model",)}
    work = {"other-thing": "smelting", "model": "trading", "deep": "trading"}
    assert answer(circle, work, "other-thing").verdict is UNDETERMINED


def test_none_of_those_reached_is_meant() -> None:
    assert answer(SOURCES, {"other-thing": "mining", "model": "mining"}, "other-thing", "model").verdict is UNDETERMINED


def test_the_proof_shows_who_is_meant_and_who_is_not() -> None:
    proof = answer(BEHIND, {**BOTH, "deep": "mining"}, "other-thing", "model").proof
    assert proof is not None
    steps = {str(s.detail["subject"]): s for s in proof.steps if s.kind is StepKind.CONDITION}
    assert {k.rpartition("/")[2]: s.detail["value"] for k, s in steps.items()} == {
        "other-thing": True,
        "model": True,
        "deep": False,
    }
    for step in steps.values():
        assert [proof.steps[p].kind for p in step.premises] == [StepKind.FACT]
    assert {proof.steps.index(s) for s in steps.values()} <= set(proof.steps[-1].premises)


def test_a_smelter_behind_a_smelter_is_asked_and_needs_no_mention() -> None:
    """What model handled is model's, whoever stands behind: that deep is meant as well decides nothing."""
    proof = answer(BEHIND, {**BOTH, "deep": "smelting"}, "other-thing", "model", "deep").proof
    assert proof is not None
    named = {str(s.detail["subject"]).rpartition("/")[2] for s in proof.steps if s.kind is StepKind.CONDITION}
    assert named == {"other-thing", "model"}
    assert answer(BEHIND, {**BOTH, "deep": "smelting"}, "other-thing", "model").verdict is PARTIAL


def test_two_rules_that_mean_others_are_told_apart() -> None:
    """One criterion, one chain: the smelters show it and the mine does not."""
    documents = [
        traced(BEHIND, {**BOTH, "deep": "mining"}),
        *(assessed("c", about=n) for n in ("other-thing", "model")),
    ]
    question, market = asked(MADE, documents, "c", HOW)
    (smelters,) = market.requirements
    mines = replace(smelters, iri=f"{smelters.iri}-mines", notation="test-mines", party_conditions=("urn:mines",))
    both = judge_market(question, replace(market, requirements=(smelters, mines)))
    assert {j.notation: j.verdict for j in both} == {smelters.notation: SATISFIED, "test-mines": UNDETERMINED}


PLANTS = (
    link(LinkKind.SOURCES_FROM, "thing", "model"),
    link(LinkKind.PROCESSED_AT, "model", "site"),
    link(LinkKind.PROCESSED_AT, "model", "other-site"),
)


@pytest.mark.parametrize(
    ("work", "verdict"),
    [
        ({"site": "smelting", "other-site": "storage"}, SATISFIED),
        ({"site": "smelting", "other-site": "smelting"}, PARTIAL),
        ({"site": "smelting"}, UNDETERMINED),
        ({"site": "storage", "other-site": "storage"}, UNDETERMINED),
    ],
)
def test_of_the_plants_that_handled_a_lot_only_some_are_meant(work: Mapping[str, str], verdict: Verdict) -> None:
    """The site shows it; the other site does not."""
    made = known(criterion("c", level=Level.FACILITY), facts=[WORK], conditions=[SMELTS], derivations=[READ])
    lists = [
        *listed("thing", "sources", [("model", "100")]),
        *listed("model", "processors", [("site", "50"), ("other-site", "50")]),
    ]
    stated = [attribute("work", text, about=name) for name, text in work.items()]
    home = passport(*PLANTS, attributes=[*lists, *stated])
    how = replace(HOW, ranges_over="processed-at")
    assert judged(made, [home, assessed("c", about="site")], "c", how).verdict is verdict
