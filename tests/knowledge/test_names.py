"""Rules and markets by the names that people use."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.knowledge import load, market, requirements_of, resolve
from comity.model.errors import UnknownNameError
from comity.model.knowledge import Knowledge

ACT = "https://arcadia.example/garment-act/2026/"


@pytest.fixture(scope="module")
def knowledge(root: Path) -> Knowledge:
    return load([root / "examples" / "garment"])


@pytest.mark.parametrize(
    ("name", "criterion"),
    [
        ("arc-ga-art4-1", "art4-1"),
        ("ARC-GA-ART4-1 ", "art4-1"),  # case and space are folded
        (ACT + "art4-1", "art4-1"),
        (f"<{ACT}art4-1>", "art4-1"),
        ("https://arcadia.example/market/arc-ga-art4-1", "art4-1"),  # a requirement stands for its criterion
        ("https://arcadia.example/law/garment-act-2026#art-4-1", "art4-1"),  # an alias
        ("arc-ga-2026", "root"),
        ("https://arcadia.example/garment-act/2026", "root"),  # a scheme version stands for its root
    ],
)
def test_a_rule_is_found(knowledge: Knowledge, name: str, criterion: str) -> None:
    assert resolve(knowledge, name).iri == ACT + criterion


def test_an_alias_that_also_wants_a_name_stands_for_the_one_criterion_it_has(knowledge: Knowledge) -> None:
    assert resolve(knowledge, "https://fair-loom.example/criteria/effluent").notation == "fair-loom-2-4.2"


def test_a_document_level_alias_is_no_rule(knowledge: Knowledge) -> None:
    with pytest.raises(UnknownNameError):
        resolve(knowledge, "https://arcadia.example/law/garment-act-2026")


def test_an_unknown_rule_has_neighbours(knowledge: Knowledge) -> None:
    with pytest.raises(UnknownNameError) as raised:
        resolve(knowledge, "arc-ga-art4-l")
    assert raised.value.near[0] == "arc-ga-art4-1"
    assert "Did you mean arc-ga-art4-1" in str(raised.value)


def test_nonsense_has_no_neighbours(knowledge: Knowledge) -> None:
    with pytest.raises(UnknownNameError) as raised:
        resolve(knowledge, "%%%%%%")
    assert raised.value.near == ()


def test_a_market_is_found_by_notation_and_iri(knowledge: Knowledge) -> None:
    assert market(knowledge, "Arcadia").notation == "arcadia"
    assert market(knowledge, "https://arcadia.example/market").notation == "arcadia"


def test_an_unknown_market_has_neighbours(knowledge: Knowledge) -> None:
    with pytest.raises(UnknownNameError) as raised:
        market(knowledge, "arcadai")
    assert (raised.value.what, raised.value.near[0]) == ("market", "arcadia")


def test_what_markets_ask_by_a_criterion(knowledge: Knowledge) -> None:
    assert [r.notation for r in requirements_of(knowledge, ACT + "art5-1")] == ["arc-ga-art5-1"]
    assert requirements_of(knowledge, "https://fair-loom.example/standard/2/4.2") == ()
