"""What a text is about, such as materials, is told of any rule that says so, whether or not it sets a limit."""

from __future__ import annotations

from datetime import date

import pytest

from comity.knowledge import load
from comity.model.knowledge import Knowledge
from comity.report.explain.find import explain
from comity.report.explain.pages import RulePage
from comity.report.explain.text import render

FOUR = ("cobalt", "lithium", "natural graphite", "nickel")


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load()


def page(known: Knowledge, name: str) -> RulePage:
    found = explain(known, name, date(2026, 11, 23))
    assert isinstance(found, RulePage)
    return found


@pytest.mark.parametrize("name", [f"eu-batt-art49-1-{point}" for point in "abcdef"])
def test_due_diligence_names_its_raw_materials(known: Knowledge, name: str) -> None:
    """Annex X(1): four raw materials, and their compounds."""
    found = page(known, name)
    assert set(found.concerns) > set(FOUR)
    assert len(found.concerns) == 5
    told = " ".join(render(found).split())
    assert "cobalt; lithium; natural graphite; nickel" in told


def test_nothing_is_said_where_the_text_names_none(known: Knowledge) -> None:
    found = page(known, "eu-batt-art38-7")
    assert found.concerns == ()
    assert "concerns:" not in render(found)
