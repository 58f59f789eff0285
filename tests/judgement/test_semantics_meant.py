"""Semantics, section 4, Subject: "unless the requirement ranges over that party (each smelter of the chain)".

Which parties those are, a condition says. Each world: the thing is made from two lots, *other-thing* and *model*;
*deep* stands behind *model* where a test says so. What was smelted, and nothing is said to stand behind it, comes
from *ore*, of a mine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from tests.judgement.names import key
from tests.judgement.test_semantics_parts import listed
from tests.judgement.worlds import (
    EQ,
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
    row,
    subject,
)

from comity.judgement.case import Given
from comity.judgement.judge import judge_market
from comity.model.evidence import Attribute, Document, Link, LinkKind, Subject
from comity.model.knowledge import Derivation
from comity.model.proofs import StepKind
from comity.model.requirements import CaseFact
from comity.model.requirements import Test as FactTest
from comity.model.scales import Level, Lift, Verdict
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


def traced(
    sources: Mapping[str, Sequence[str]],
    work: Mapping[str, str],
    *more: Link,
    ores: bool = True,
    subjects: Sequence[Subject] = (),
) -> Document:
    """A passport that lists every source, in equal shares, and says what is done where.

    :param ores: false to leave out the ore.
    """
    ends = {part for parts in sources.values() for part in parts} - sources.keys()
    smelted = [part for part in sorted(ends) if ores and work.get(part) == "smelting"]
    sources = {**sources, **dict.fromkeys(smelted, ("ore",))}
    work = {**work, "ore": "mining"} if smelted else work
    ties: list[Link] = [*more]
    lists: list[Attribute] = []
    for whole, parts in sources.items():
        ties += [link(LinkKind.SOURCES_FROM, whole, part) for part in parts]
        share = {1: "100", 2: "50"}[len(parts)]
        lists += [replace(a, subject=key(whole)) for a in listed(whole, "sources", [(p, share) for p in parts])]
    stated = [attribute("work", text, about=name) for name, text in work.items()]
    lots = [subject(name, level=Level.BATCH) for name in ("deep", "ore")]
    return passport(*ties, attributes=[*lists, *stated], subjects=[*lots, *subjects])


def answer(
    sources: Mapping[str, Sequence[str]],
    work: Mapping[str, str],
    *shown: str,
    not_met: str = "",
    how: Ask = HOW,
    given: Sequence[Given] = (),
    ores: bool = True,
) -> Judgement:
    """Judge the thing, when some lots were found to meet the rule, and one not to."""
    found = [assessed("c", about=name) for name in shown]
    found += [assessed("c", about=not_met, conforms=False)] if not_met else []
    home = traced(sources, work, ores=ores and bool(how.party_conditions))
    return judged(MADE, [home, *found], "c", replace(how, given=tuple(given)))


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
    assert open_.reason.endswith("not known of https://id.example/deep: work")
    assert any(m.startswith("whether https://id.example/deep is meant") for m in open_.missing)


@pytest.mark.parametrize(("work", "verdict"), [("mining", SATISFIED), ("smelting", PARTIAL)])
def test_the_user_can_tell_it(work: str, verdict: Verdict) -> None:
    told = Given("https://id.example/deep", "work", (work,), "--fact")
    further = {**BEHIND, "deep": ("ore",)}
    assert answer(further, {**BOTH, "ore": "mining"}, "other-thing", "model", given=[told]).verdict is verdict


def test_a_party_of_which_it_is_not_known_and_that_shows_it_leaves_open_what_stands_behind_it() -> None:
    """Were deep a smelter, his lot would come from somewhere; where that is told, it is open no more."""
    assert answer(BEHIND, BOTH, "other-thing", "model", "deep").verdict is UNDETERMINED
    further = {**BEHIND, "deep": ("ore",)}
    assert answer(further, {**BOTH, "ore": "mining"}, "other-thing", "model", "deep").verdict is SATISFIED


def test_leaving_out_what_stands_behind_a_smelter_is_no_better_than_telling_it() -> None:
    """ "Each smelter of the chain": one that remelts another's metal has him behind it. A chain ends at a mine.

    Nothing behind *model* is told; then a lot of which nothing is known; then a lot from a smelter that shows nothing;
    then one from a mine.
    """
    untold = answer(SOURCES, BOTH, "other-thing", "model", ores=False)
    assert untold.verdict is UNDETERMINED
    assert "nobody says what product:id:https://id.example/model has by sources-from" in untold.reason
    further = {**BEHIND, "other-thing": ("ore",), "deep": ("ore",)}
    ore = {**BOTH, "ore": "mining"}
    assert answer({**BEHIND, "other-thing": ("ore",)}, ore, "other-thing", "model").verdict is UNDETERMINED
    assert answer(further, {**ore, "deep": "smelting"}, "other-thing", "model").verdict is PARTIAL
    assert answer(further, {**ore, "deep": "mining"}, "other-thing", "model").verdict is SATISFIED


def test_smelters_that_name_each_other_hide_where_their_metal_came_from() -> None:
    circle = {**BEHIND, "other-thing": ("ore",), "deep": ("model",)}
    found = answer(circle, {**BOTH, "deep": "smelting", "ore": "mining"}, "other-thing", "model", "deep")
    assert found.verdict is UNDETERMINED
    assert "a circle" in found.reason


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
        "ore": False,
    }
    for step in steps.values():
        assert [proof.steps[p].kind for p in step.premises] == [StepKind.FACT]
    assert {proof.steps.index(s) for s in steps.values()} <= set(proof.steps[-1].premises)


def test_a_smelter_behind_a_smelter_is_asked_and_needs_no_mention() -> None:
    """What model handled is model's, whoever stands behind: that deep is meant as well decides nothing."""
    proof = answer(BEHIND, {**BOTH, "deep": "smelting"}, "other-thing", "model", "deep").proof
    assert proof is not None
    named = {str(s.detail["subject"]).rpartition("/")[2] for s in proof.steps if s.kind is StepKind.CONDITION}
    assert named == {"other-thing", "model", "ore"}
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
    link(LinkKind.SOURCES_FROM, "model", "ore"),
    link(LinkKind.PROCESSED_AT, "ore", "mine"),
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
        *[replace(a, subject=key("ore")) for a in listed("ore", "processors", [("mine", "100")])],
        *listed("model", "sources", [("ore", "100")]),
    ]
    stated = [attribute("work", text, about=name) for name, text in {**work, "mine": "mining"}.items()]
    others = [subject("ore", level=Level.BATCH), subject("mine", level=Level.FACILITY)]
    home = passport(*PLANTS, attributes=[*lists, *stated], subjects=others)
    how = replace(HOW, ranges_over="processed-at")
    assert judged(made, [home, assessed("c", about="site")], "c", how).verdict is verdict


DOWN = known(
    criterion("p", level=Level.FACILITY),
    criterion("c", lifts=[Lift.INHERITS_DOWN]),
    rows=[row("p", EQ, "c")],
    facts=[WORK],
    conditions=[SMELTS],
    derivations=[READ],
)
"""What a plant shows, everything that was made there shows."""


def at_plants(
    *ties: Link, work: Mapping[str, str], shown: Sequence[str] = ("site",), given: Sequence[Given] = ()
) -> Judgement:
    """Judge the thing, made from *model* at *site*, where some plants were found to meet the rule."""
    sources = {"thing": ("model",), "model": ("ore",)}
    home = traced(sources, {"ore": "mining", **work}, *ties)
    return judged(DOWN, [home, *(assessed("p", about=s) for s in shown)], "c", replace(HOW, given=tuple(given)))


SMELTED = link(LinkKind.PRODUCED_AT, "model", "site")


@pytest.mark.parametrize("kind", [LinkKind.PRODUCED_AT, LinkKind.PROCESSED_AT])
@pytest.mark.parametrize("about", ["model", "thing"])
@pytest.mark.parametrize(("done", "verdict"), [("smelting", PARTIAL), ("", UNDETERMINED), ("storage", SATISFIED)])
def test_each_plant_of_a_lot_must_show_it_unless_it_is_known_not_to_be_meant(
    kind: LinkKind, about: str, done: str, verdict: Verdict
) -> None:
    """The site shows it; the other site, where the lot or the thing itself was made or handled, too, does not."""
    work = {"site": "smelting", **({"other-site": done} if done else {})}
    found = at_plants(SMELTED, link(kind, about, "other-site"), work=work)
    assert found.verdict is verdict
    both = at_plants(SMELTED, link(kind, about, "other-site"), work=work, shown=("site", "other-site"))
    assert both.verdict is SATISFIED


def test_a_plant_that_made_something_else_of_the_ore_is_not_asked() -> None:
    """One statement of an event: the other thing was made there, and the ore was handled there for it."""
    made = link(LinkKind.PRODUCED_AT, "other-thing", "other-site")
    used = replace(link(LinkKind.PROCESSED_AT, "ore", "other-site"), source=key("ore"), place=made.place)
    work = {"site": "smelting", "other-site": "smelting"}
    assert at_plants(SMELTED, made, used, work=work).verdict is SATISFIED
    elsewhere = replace(used, place=replace(made.place, pointer="/modifiedAtFacility"))
    assert at_plants(SMELTED, made, elsewhere, work=work).verdict is UNDETERMINED


def test_what_the_other_plant_fails_fails_the_thing() -> None:
    tie = link(LinkKind.PROCESSED_AT, "model", "other-site")
    work = {"site": "smelting", "other-site": "smelting"}
    home = traced({"thing": ("model",), "model": ("ore",)}, {"ore": "mining", **work}, SMELTED, tie)
    found = [assessed("p", about="site"), assessed("p", about="other-site", conforms=False)]
    assert judged(DOWN, [home, *found], "c", HOW).verdict is FAILED


def test_a_plant_of_what_a_lot_is_part_of_is_asked_where_the_lot_names_none() -> None:
    """The site hands down what it shows to all that was made of one kind, some of it at the other site."""
    of = link(LinkKind.PART_OF, "model", "other-thing")
    ties = [link(LinkKind.PRODUCED_AT, "other-thing", s) for s in ("site", "other-site")]
    work = {"site": "smelting", "other-site": "smelting"}
    assert at_plants(of, *ties, work=work).verdict is PARTIAL
    assert at_plants(of, *ties, SMELTED, work=work).verdict is SATISFIED


def test_without_a_condition_for_parties_a_thing_takes_what_one_plant_shows() -> None:
    """The lift is as it was for a rule that means every source."""
    tie = link(LinkKind.PROCESSED_AT, "model", "other-site")
    home = traced({"thing": ("model",)}, {"site": "smelting", "other-site": "smelting"}, SMELTED, tie)
    assert judged(DOWN, [home, assessed("p", about="site")], "c", EACH).verdict is SATISFIED


@pytest.mark.parametrize("party", ["model", "other-site"])
def test_the_user_alone_takes_nobody_out_whom_a_document_says_to_be_meant(party: str) -> None:
    """The plant's own record says that it smelts. That the user calls the lot or the plant a trader's is no proof."""
    told = Given(f"https://id.example/{party}", "work", ("trading",), "case.toml")
    ties = (SMELTED, link(LinkKind.PRODUCED_AT, "model", "other-site"))
    work = {"site": "smelting", "other-site": "smelting"}
    found = at_plants(*ties, work=work, given=[told])
    assert found.verdict is not SATISFIED
    assert any(f"https://id.example/{party}: work (case.toml says trading, passport#" in m for m in found.missing)
    unsaid = at_plants(*ties, work={"site": "smelting"}, given=[told])
    assert unsaid.verdict is (SATISFIED if party == "other-site" else UNDETERMINED)
