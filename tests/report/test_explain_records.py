"""What a page of a rule says of its record, on the knowledge that Comity ships."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from comity.knowledge import load
from comity.model.errors import UnknownNameError
from comity.model.knowledge import Knowledge
from comity.model.requirements import Doubt
from comity.report.explain import codes
from comity.report.explain.find import explain
from comity.report.explain.pages import CodePage, DoubtPage, FactPage, RulePage
from comity.report.explain.text import render

ON = date(2026, 11, 23)


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load()


def page(known: Knowledge, name: str) -> RulePage:
    found = explain(known, name, ON)
    assert isinstance(found, RulePage)
    return found


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_a_duty_that_was_put_off(known: Knowledge) -> None:
    found = page(known, "eu-batt-art48-1")
    (binding,) = found.bindings
    assert (found.deontic, binding.applies_from) == ("obligation", "2027-08-18")
    assert binding.before[0].startswith("2025-08-18, as the law stood before 2025-07-31")
    assert any("eu-batt-art93" in p for p in binding.penalties)  # Art. 93 sets the penalties of all duties
    text = one_line(render(found))
    assert "does: obligation" in text
    assert "before: 2025-08-18, as the law stood before 2025-07-31" in text
    assert "doubt-2: Article 47: net turnover of 40 million EUR" in text  # its condition is the size test of Art. 47
    assert "read in the consolidation 02023R1542-20250731" in text


def test_a_duty_of_an_authority_is_explained_and_not_judged(known: Knowledge) -> None:
    found = page(known, "eu-batt-art77-9")
    assert (found.kind, found.bindings, found.actors) == ("explained", (), ("European Commission",))
    text = one_line(render(found))
    assert "asks for: nothing by itself: it is explained, and never judged" in text
    assert "What satisfies it" not in text


def test_low_confidence_is_marked(known: Knowledge) -> None:
    found = page(known, "eu-3tg-anx1-fe-w")
    assert found.confidence == "low"
    text = one_line(render(found))
    assert ", low confidence" in text
    assert "doubt-15: " in text  # its volume threshold is from memory


def test_a_clock_says_when_it_starts(known: Knowledge) -> None:
    limit = page(known, "eu-batt-art38-4").limit
    assert limit is not None
    assert limit.endswith("from: The battery is placed on the market or put into service.")


def test_a_doubt_about_an_act_stands_with_what_waits_for_it(known: Knowledge) -> None:
    """doubt-5 bears on the list of notified bodies, for which Art. 17(2) waits; no list touches Art. 17(1)."""
    bindings = page(known, "eu-batt-art17-2").bindings
    assert bindings
    assert all(any(d.startswith("doubt-5: ") for d in b.doubts) for b in bindings)
    assert not any(d.startswith("doubt-5: ") for b in page(known, "eu-batt-art17-1").bindings for d in b.doubts)


def test_a_rule_about_others_says_about_whom(known: Knowledge) -> None:
    """Art. 4(g) asks for evidence on smelters and refiners, not on all that a lot was made from."""
    (binding,) = page(known, "eu-3tg-art4-g-smelters-tin").bindings
    assert binding.over == (
        "each that sources-from reaches, of which it holds that ores or metals are smelted or refined at the facility"
    )
    assert f"asked of: {binding.over}" in one_line(render(page(known, "eu-3tg-art4-g-smelters-tin")))
    assert page(known, "eu-batt-art48-1").bindings[0].over is None
    activity = explain(known, "activity", ON)
    assert isinstance(activity, FactPage)
    assert "eu-3tg-art4-g-smelters-tin" in activity.decides


def test_a_doubt_says_what_would_settle_it_and_which_rules_it_stands_with(known: Knowledge) -> None:
    """The proposal to put the turnover of Art. 47 higher bears on that condition, under which Art. 48(1) stands."""
    found = explain(known, "Doubt-2", ON)
    assert isinstance(found, DoubtPage)
    assert found.doubt == "doubt-2"
    assert found.check
    assert "eu-batt-art48-1" in found.stands_with
    assert "eu-batt-art8-2-co" not in found.stands_with
    assert explain(known, "https://w3id.org/comity/doubt/2", ON) == found
    text = render(found)
    assert f"to check:     {found.check}"[:60] in text
    assert max(map(len, text.splitlines())) <= 100


def test_a_doubt_about_thresholds_names_them(known: Knowledge) -> None:
    """Eleven thresholds of Annex I to Regulation (EU) 2017/821 were written down from memory."""
    found = explain(known, "doubt-15", ON)
    assert isinstance(found, DoubtPage)
    assert len(found.about) == 11
    assert any(a.startswith("eu-3tg-anx1-fe-w  ") for a in found.about)


def test_a_code_says_which_doubt_had_its_number(known: Knowledge) -> None:
    found = explain(known, "d15", ON)
    assert isinstance(found, CodePage)
    (also,) = found.also
    assert also.startswith("doubt-15  ")
    assert f"You may have meant by D15 (comity explain tells)\n  {also}\n" in render(found)
    other = explain(known, "bad-json", ON)
    assert isinstance(other, CodePage)
    assert other.also == ()
    assert "meant" not in render(other)


def test_the_number_of_a_doubt_that_is_no_code_leads_to_it(known: Knowledge) -> None:
    """Findings have codes up to D26 only."""
    with pytest.raises(UnknownNameError) as caught:
        explain(known, "D27", ON)
    assert caught.value.near[0] == "doubt-27"


def test_a_doubt_of_the_users_that_has_the_name_of_a_code_is_found_by_its_iri(known: Knowledge) -> None:
    own = Doubt("https://hive.example/doubt", "bad-json", "The list", "it was not seen", "the register", ())
    with_own = replace(known, doubts=(*known.doubts, own))
    found = explain(with_own, "bad-json", ON)
    assert isinstance(found, CodePage)
    assert found.also == ("https://hive.example/doubt  The list",)
    assert isinstance(explain(with_own, own.iri, ON), DoubtPage)


def test_every_name_that_explain_takes_names_one_thing(known: Knowledge) -> None:
    """A criterion and the requirement that binds it share a notation and a page; nothing else does."""
    sorts = {
        "code": codes.pages(),
        "mapping": [r.id for r in known.rows],
        "fact": list(known.facts),
        "doubt": [d.notation for d in known.doubts],
        "rule": [c.notation for c in known.criteria.values()],
    }
    named = [(name.casefold(), sort) for sort, names in sorts.items() for name in names]
    found = Counter(name for name, _ in named)
    assert {name: [s for n, s in named if n == name] for name, count in found.items() if count > 1} == {}
