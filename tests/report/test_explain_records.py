"""What a page of a rule says of its record, on the knowledge that Comity ships."""

from __future__ import annotations

from datetime import date

import pytest

from comity.knowledge import load
from comity.model.knowledge import Knowledge
from comity.report.explain.find import explain
from comity.report.explain.pages import RulePage
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
    assert "D2: Article 47: net turnover of 40 million EUR" in text  # its condition is the size test of Art. 47
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
    assert "D15: " in text  # its volume threshold is from memory


def test_a_clock_says_when_it_starts(known: Knowledge) -> None:
    limit = page(known, "eu-batt-art38-4").limit
    assert limit is not None
    assert limit.endswith("from: The battery is placed on the market or put into service.")


def test_a_doubt_about_an_act_stands_with_what_waits_for_it(known: Knowledge) -> None:
    """D5 bears on the list of notified bodies, for which Art. 17(2) waits; no list touches Art. 17(1)."""
    bindings = page(known, "eu-batt-art17-2").bindings
    assert bindings
    assert all(any(d.startswith("D5: ") for d in b.doubts) for b in bindings)
    assert not any(d.startswith("D5: ") for b in page(known, "eu-batt-art17-1").bindings for d in b.doubts)
