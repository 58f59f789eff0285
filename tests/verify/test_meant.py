"""Proofs about the parties that a rule means, of those that links reach: replayed, and forged."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tests.verify.conftest import CASES, ROOT, Case, Held, hold

from comity.verify import verify

TIN = CASES["tin-importer"]
RULE, FIRST = "eu-3tg-art4-g-smelters-tin", "https://id.isar-metals.example/consignment/2027-01"
LOT = "https://id.banka-smelting.example/lot/b-118"
CERTIFICATE = "dcc-rmap-tin-banka.json"
NAME = f"product:id:{FIRST}#every-sources-from:{RULE}"


def answer(held: Held) -> dict[str, Any]:
    found = (r for r in held.report["requirements"] if (r["notation"], r["subject"]["id"]) == (RULE, FIRST))
    return next(found)


def problems(held: Held, changed: Callable[[dict[str, Any]], None]) -> list[str]:
    """Change the answer in a copy of the report, and replay it."""
    report = deepcopy(held.report)
    changed(answer(Held(report, held.given, held.bench)))
    return [str(p) for p in verify(report, held.given).problems]


def test_a_failure_names_who_is_meant(tmp_path: Path) -> None:
    """The auditor says that the lot does not meet the rule: a proof of not-all, of one party, which is a smelter's."""
    folder = Path(shutil.copytree(ROOT / "examples" / "tin-importer" / "documents", tmp_path / "documents"))
    certificate = json.loads((folder / CERTIFICATE).read_text("utf-8"))
    (finding,) = certificate["credentialSubject"]["conformityAssessment"]
    finding["conformance"] = False
    finding["assessmentCriteria"][0]["id"] = "https://w3id.org/comity/eu-3tg/2017-821/art4-g/smelters-tin"
    del finding["assessedFacility"]
    finding["assessedProduct"] = [{"product": {"type": ["Product"], "id": LOT, "name": "B-118"}}]
    (folder / CERTIFICATE).write_text(json.dumps(certificate), "utf-8")
    trust = tmp_path / "trust.toml"
    lines = (ROOT / TIN.trust).read_text("utf-8").splitlines(keepends=True)
    trust.write_text("".join(line for line in lines if not line.startswith("schemes")), "utf-8")
    held = hold(Case((str(folder),), TIN.options, str(trust)))
    found = answer(held)
    assert found["verdict"] == "failed"
    assert (found["proof"]["fact"], found["proof"]["subject"]) == ("not-all", NAME)
    parties = [s["subject"] for s in found["proof"]["steps"] if "subject" in s and s["kind"] == "condition"]
    assert parties == [f"product:id:{LOT}"]
    assert [str(p) for p in verify(held.report, held.given).problems] == []


def _position(found: dict[str, Any], value: bool) -> int:
    steps = found["proof"]["steps"]
    return next(n for n, s in enumerate(steps) if s["kind"] == "condition" and "subject" in s and s["value"] is value)


@pytest.mark.parametrize("value", [True, False])
def test_a_condition_of_a_party_that_is_left_out_is_missed(value: bool, held: Callable[[str], Held]) -> None:
    def changed(found: dict[str, Any]) -> None:
        found["proof"]["steps"][-1]["premises"].remove(_position(found, value))

    assert any("(lift)" in p for p in problems(held("tin-importer"), changed))


@pytest.mark.parametrize("value", [True, False])
def test_a_condition_of_a_party_that_came_out_otherwise_is_told(value: bool, held: Callable[[str], Held]) -> None:
    def changed(found: dict[str, Any]) -> None:
        found["proof"]["steps"][_position(found, value)]["value"] = not value

    assert any("(condition)" in p for p in problems(held("tin-importer"), changed))


def test_a_party_may_not_be_called_out_by_the_fact_of_another(held: Callable[[str], Held]) -> None:
    """That the mine is a mine makes the smelter none."""

    def changed(found: dict[str, Any]) -> None:
        steps = found["proof"]["steps"]
        out, sure = _position(found, False), _position(found, True)
        steps[sure]["value"], steps[sure]["premises"] = False, list(steps[out]["premises"])

    assert problems(held("tin-importer"), changed)
