"""A recycler's yearly figures against Annex XII, Parts B and C, of Regulation (EU) 2023/1542."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from comity.evidence import read
from comity.formats.archives import open_inputs
from comity.judgement import case, judge
from comity.model.knowledge import Knowledge
from comity.model.scales import Verdict
from comity.model.verdicts import Judgement

PLANT = Path(__file__).resolve().parents[2] / "examples/cobalt-congo/documents/dfr-refinery.json"
FACTS = (
    "country=BE",
    "activity=recycling",
    "waste-batteries-treated=lithium-based",
    "waste-battery-materials=cobalt,copper,lithium,nickel",
)
ACT = "https://w3id.org/comity/eu-batt/2023-1542/"
Figure = Callable[..., Judgement]


@pytest.fixture
def figure(knowledge: Knowledge, tmp_path: Path) -> Figure:
    """State one figure in the record of a plant, and judge one rule for that plant."""

    def run(rule: str, name: str, percent: float, on: str, *, cited: str = "") -> Judgement:
        record = json.loads(PLANT.read_text(encoding="utf-8"))
        (claim,) = record["credentialSubject"]["performanceClaim"]
        claim["referenceCriteria"] = [{"type": ["Criterion"], "id": ACT + cited, "name": "x"}] if cited else []
        claim["claimedPerformance"] = [_stated(name, percent)]
        path = tmp_path / "plant.json"
        path.write_text(json.dumps(record), encoding="utf-8")
        given = [case.parse(fact, knowledge) for fact in FACTS]
        report = judge(knowledge, read(open_inputs([path])), on=date.fromisoformat(on), markets=("eu",), given=given)
        (found,) = [j for j in report.requirements if j.notation == f"eu-batt-{rule}"]
        return found

    return run


def _stated(name: str, percent: float) -> dict[str, Any]:
    return {"metric": {"type": ["PerformanceMetric"], "name": name}, "measure": {"value": percent, "unit": "P1"}}


@pytest.mark.parametrize(
    ("percent", "verdict"),
    [(49.9, Verdict.FAILED), (50, Verdict.SATISFIED), (80, Verdict.SATISFIED)],
)
def test_lithium_is_recovered_by_half_at_first(figure: Figure, percent: float, verdict: Verdict) -> None:
    """Part C(1)(d): 50 % by 31 December 2027, said of the very rule."""
    found = figure("anx12-c1-lithium", "Recovery rate of lithium", percent, "2031-06-01", cited="anx12-c1-lithium")
    assert found.verdict is verdict


def test_what_is_enough_at_first_is_not_later(figure: Figure) -> None:
    """Part C(2)(d): 80 % by 31 December 2031. A value bears on every limit of its metric."""
    early = figure("anx12-c1-lithium", "Recovery rate of lithium", 60, "2032-01-01", cited="anx12-c1-lithium")
    late = figure("anx12-c2-lithium", "Recovery rate of lithium", 60, "2032-01-01", cited="anx12-c2-lithium")
    assert (early.verdict, late.verdict) == (Verdict.SATISFIED, Verdict.FAILED)


def test_a_method_that_is_not_stated_is_assumed_and_satisfies_nothing(figure: Figure) -> None:
    """Art. 71(3): by the method of the delegated act; the figure does not say so."""
    found = figure("anx12-b1-lithium-based", "Recycling efficiency, lithium batteries", 72, "2031-06-01")
    assert found.verdict is Verdict.INSUFFICIENT_ASSURANCE
    assert any("method is assumed" in a for a in found.assumptions)


def test_the_efficiency_of_other_batteries_is_not_asked(figure: Figure) -> None:
    found = figure("anx12-b1-lead-acid", "Recycling efficiency, lithium batteries", 72, "2031-06-01")
    assert found.verdict is Verdict.NOT_APPLICABLE


def test_the_target_of_2030_is_to_come(figure: Figure) -> None:
    found = figure("anx12-b2-lithium-based", "Recycling efficiency, lithium batteries", 72, "2030-06-01")
    assert (found.verdict, found.applies_from) == (Verdict.UPCOMING, "2030-12-31")
