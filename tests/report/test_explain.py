"""Pages of rules, mappings and codes, against a toy text about tea.

tea.ttl and tea.sssom.tsv: *good* is *hot* and *clean*; *hotter* asks for more than *hot* (t1, reviewed), *hottest*
covers *hotter* (t2, draft only), *hot* asks for more than *warm* (t3), *steam* is a lead (t4), *cup* is said not to
cover *hot* (t5). *kettle* and *thermometer* together cover *hot*; *samovar* or *stove* is enough. That *ice* equals
*hot* (t6) and has nothing of it (t7) cannot both be true.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from comity.knowledge import load
from comity.knowledge.problems import RULES
from comity.model.errors import UnknownNameError
from comity.model.knowledge import Knowledge
from comity.report.explain import codes
from comity.report.explain.fact import answer
from comity.report.explain.find import explain
from comity.report.explain.pages import CodePage, FactPage, MappingPage, RulePage
from comity.report.explain.text import render

ON = date(2026, 1, 1)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="module")
def tea(root: Path) -> Knowledge:
    return load([root / "tests" / "cases" / "report" / "explain"])


@pytest.fixture(scope="module")
def hot(tea: Knowledge) -> RulePage:
    page = explain(tea, "tea-1-hot", ON)
    assert isinstance(page, RulePage)
    return page


def test_a_rule_shows_its_text_and_its_number(hot: RulePage) -> None:
    assert (hot.label, hot.citation, hot.scheme) == ("Hot water", "Rules of the tea room, hot", "Rules of the tea room")
    assert hot.limit == "limit: heat of the water >= 95.5 °C"


def test_a_rule_shows_what_a_market_makes_of_it(hot: RulePage) -> None:
    (binding,) = hot.bindings
    assert (binding.market, binding.requirement, binding.actor) == ("tea-room", "tea-room-hot", "host of a tea room")
    assert (binding.applies_from, binding.conditions, binding.assurance) == (
        "2025-03-01",
        ("the tea is black",),
        "second-party",
    )


def test_what_satisfies_a_rule_is_listed_best_authority_first(hot: RulePage) -> None:
    # the whole gives its part by declaration; t2 is a draft, below the market's "reviewed", so it only supports
    assert [(w.criterion, w.authority, w.satisfies) for w in hot.ways] == [
        ("tea-1-good", None, ("tea-room",)),
        ("tea-1-samovar", None, ("tea-room",)),
        ("tea-1-stove", None, ("tea-room",)),
        ("tea-1-hotter", "reviewed", ("tea-room",)),
        ("tea-1-hottest", "draft", ()),
    ]
    assert [s.record for s in hot.ways[4].steps] == ["t2", "t1"]
    assert hot.ways[4].steps[0].author == "A. Taster"


def test_a_rule_that_no_market_asks_for_names_no_market(tea: Knowledge) -> None:
    """Without a market, reviewed rows satisfy (semantics, section 7): t1 and t3 are reviewed, t2 is a draft."""
    warm, hotter = explain(tea, "tea-1-warm", ON), explain(tea, "tea-1-hotter", ON)
    assert isinstance(warm, RulePage)
    assert isinstance(hotter, RulePage)
    ways = {w.criterion: (w.satisfies, w.enough) for w in warm.ways}
    assert ways["tea-1-hotter"] == ((), True)
    assert ways["tea-1-hottest"] == ((), False)
    text = render(warm)
    assert "What satisfies it (no market asks for it), by the mappings in force on 2026-01-01" in text
    assert "tea-1-hotter  Boiling water [reviewed: satisfies]" in text
    assert "[draft: supports, satisfies once reviewed]" in render(hotter)


def test_what_nearly_satisfies_a_rule_says_why_not(hot: RulePage) -> None:
    assert [(n.criterion, n.relation, n.record) for n in hot.near] == [
        ("tea-1-warm", "subset", "t3"),
        ("tea-1-steam", "closeMatch", "t4"),
        ("tea-1-cup", "subset or intersects or disjoint", "t5"),
        ("tea-1-ice", "equal", "t6"),
        ("tea-1-ice", "disjoint", "t7"),
    ]
    assert hot.near[0].why_not.startswith("It asks for less")
    assert hot.near[1].why_not.startswith("A lead")
    assert hot.near[2].why_not == "It does not guarantee the rule."
    assert hot.near[3].why_not.startswith("Disputed")


def test_what_counts_together_and_what_is_enough_alone_is_told_apart(hot: RulePage) -> None:
    (together,), (one_of,) = hot.together, hot.one_of
    assert together.members == ("tea-1-kettle  Kettle", "tea-1-thermometer  Thermometer")
    assert together.reason == "A kettle that is watched boils."
    assert one_of.members == ("tea-1-samovar  Samovar", "tea-1-stove  Stove")


def test_a_contradiction_is_shown_on_the_page_of_each_row(tea: Knowledge) -> None:
    page = explain(tea, "t6", ON)
    assert isinstance(page, MappingPage)
    assert page.disputed_with == ("t7",)
    assert "it contradicts t7" in render(page)


def test_the_parts_of_a_whole_are_named(tea: Knowledge) -> None:
    page = explain(tea, "tea-1-good", ON)
    assert isinstance(page, RulePage)
    assert page.parts == (
        "tea-1-hot  Hot water [limit: heat of the water >= 95.5 °C]",
        "tea-1-clean  Clean pot",
    )
    assert page.ways == ()  # a part never gives the whole


def test_a_requirement_is_explained_by_its_criterion(tea: Knowledge, hot: RulePage) -> None:
    assert explain(tea, "tea-room-hot", ON) == hot
    assert explain(tea, "https://tea.example/rules/1/hot", ON) == hot


def test_a_mapping_says_what_follows(tea: Knowledge) -> None:
    page = explain(tea, "t1", ON)
    assert isinstance(page, MappingPage)
    assert (page.subject, page.relation, page.object) == ("tea-1-hotter", "superset", "tea-1-hot")
    assert page.says == "Meeting the subject guarantees the object."
    denied = explain(tea, "t5", ON)
    assert isinstance(denied, MappingPage)
    assert (denied.relation, denied.says) == (
        "not covers",
        "It does not say that meeting the subject guarantees the object.",
    )


def test_every_code_of_the_knowledge_has_a_page(tea: Knowledge) -> None:
    assert set(RULES) <= set(codes.pages())
    page = explain(tea, "blank-node", ON)
    assert isinstance(page, CodePage)
    assert page.severity == "error"


def test_a_fact_is_explained_by_its_question_and_what_turns_on_it(tea: Knowledge) -> None:
    page = explain(tea, "Tea-Colour", ON)
    assert isinstance(page, FactPage)
    assert (page.question, page.answer, page.level) == ("What colour has the tea?", "", "product")
    assert page.decides == ("tea-room-hot",)
    assert "--fact tea-colour=..." in render(page)


def test_what_may_be_answered_is_said(tea: Knowledge) -> None:
    colour = tea.facts["tea-colour"]
    assert answer(replace(colour, datatype="boolean")) == "true or false"
    assert answer(replace(colour, datatype="date", many=True)) == "a day, as YYYY-MM-DD, several by comma"
    assert answer(replace(colour, allowed=("black", "green"))) == "black, green"


@pytest.mark.parametrize(
    ("name", "near"), [("tea-1-hto", "tea-1-hot"), ("blank-nod", "blank-node"), ("tea-color", "tea-colour")]
)
def test_an_unknown_name_gets_the_nearest_of_all_sorts(tea: Knowledge, name: str, near: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        explain(tea, name, ON)
    assert near in caught.value.near


def test_the_text_stays_within_its_width_and_names_every_way(tea: Knowledge, hot: RulePage) -> None:
    text = render(hot)
    assert max(map(len, text.splitlines())) <= 100
    assert all(w.criterion in text for w in hot.ways)
    assert "tea-1-hotter  Boiling water [reviewed: satisfies in tea-room]" in text
    assert "[draft: supports, satisfies in no market]" in text
    for name in ("t1", "blank-node"):
        assert name in render(explain(tea, name, ON))


def test_a_day_that_rules_are_tested_on_names_them(knowledge: Knowledge) -> None:
    """The minima of recycled content are tested on the day of placing on the market, and no condition names it."""
    page = explain(knowledge, "placed-on-market", ON)
    assert isinstance(page, FactPage)
    assert "eu-batt-art8-2-co" in page.dates
    assert "eu-batt-art8-2-co" not in page.decides
    text = render(page)
    assert re.search(r"^  decides: +1 requirement: eu-batt-art6-1-pb$", text, re.MULTILINE)
    assert re.search(r"^  dates: +\d+ requirements: ", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("notation", "asks"),
    [("rra-3.0", "the text as a whole, of a facility"), ("irma-1.0-4.2.1", "nothing by itself: it is a heading")],
)
def test_a_whole_text_and_a_heading_say_what_they_are(knowledge: Knowledge, notation: str, asks: str) -> None:
    assert f"asks for:     {asks}" in render(explain(knowledge, notation, ON))


@pytest.mark.parametrize(
    ("notation", "said"),
    [
        # Art. 24(2) with Art. 24(1) and Art. 2(32): more than 500 employees and more than EUR 150 million
        ("eu-crma-art24-2", "[employees > 500, worldwide-turnover-eur > 150000000]"),
        # Art. 47, first paragraph: EUR 40 million of its own, or a group above it
        ("eu-batt-art48-1", "[group-turnover-eur > 40000000, net-turnover-eur >= 40000000]"),
        # Pub. L. 119-21: no credit for vehicles acquired after 30 September 2025
        ("us-ira-30d-cm", "state: lapsed, in force from 2023-04-18 until 2025-09-30"),
        # Art. 41(4): a rule that says no day of its own applies since its text does
        ("eu-espr-art41-4", "state: in force from 2024-07-18"),
    ],
)
def test_the_numbers_of_conditions_and_the_first_day_of_a_text_are_written(
    knowledge: Knowledge, notation: str, said: str
) -> None:
    assert said in " ".join(render(explain(knowledge, notation, ON)).split())
