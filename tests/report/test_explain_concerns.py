"""What a text is about, and which of its parts are on record with which numbers, is told of any rule that says so."""

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


def test_parts_that_are_not_said_to_be_all_are_told_with_their_numbers(known: Knowledge) -> None:
    """Criterion 11 of RRA 3.0: no worker is under 15, none under 18 does hazardous work; what else it asks has none."""
    found = page(known, "rra-3.0-11")
    assert found.parts == ()
    hazardous, lowest = found.some_parts
    assert hazardous.startswith("rra-3.0-11-hazardous-work  ")
    assert "[limit: age of the youngest worker >= 18 a (hazardous work)]" in hazardous
    assert lowest.endswith("[limit: age of the youngest worker >= 15 a (any work)]")
    assert "Parts of it that are on record (it may have more)" in render(found)


def test_parts_that_are_all_are_told_with_their_numbers(known: Knowledge) -> None:
    """26 U.S.C. 7701(a)(52): at least 55 % where construction begins in 2026, 75 % from 2030."""
    found = page(known, "us-ira-pfe-48e")
    assert (len(found.parts), found.some_parts) == (5, ())
    assert " >= 55 % " in found.parts[0]
    assert " >= 75 % " in found.parts[-1]


@pytest.mark.parametrize(("name", "told"), [("cccmc-2", True), ("cn-cobalt-ddr", True), ("cccmc-2-step-1", False)])
def test_what_is_noted_of_a_text_stands_on_the_page_of_the_whole(known: Knowledge, name: str, told: bool) -> None:
    found = page(known, name)
    text = known.schemes[known.criteria[found.id].version]
    assert text.notes != ()
    assert (set(text.notes) <= set(found.notes)) is told


def test_what_a_law_makes_of_it_is_told_in_words(known: Knowledge) -> None:
    """Art. 15(3): a presumption for Art. 9, and never for substances, footprint or recycled content."""
    told = " ".join(render(page(known, "eu-batt-art9-1")).split())
    assert "presumption of conformity" in told
    assert "never Articles 6, 7, 8, 11 or 47 to 53" in told
