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


PLANT = "facility:id:https://facilities.register.example/banka"


def test_each_plant_is_shown(held: Callable[[str], Held]) -> None:
    """The lift stands on the lot and on the plant where it was made; without the plant, another could stand in."""

    def changed(found: dict[str, Any]) -> None:
        lift = found["proof"]["steps"][-1]
        steps = found["proof"]["steps"]
        lift["source"] = " ".join(k for k in lift["source"].split(" ") if k != PLANT)
        lift["premises"] = [p for p in lift["premises"] if steps[p].get("target") != PLANT]

    steps = answer(held("tin-importer"))["proof"]["steps"]
    assert steps[-1]["source"].split(" ") == [f"product:id:{LOT}", PLANT]
    assert any("(lift)" in p for p in problems(held("tin-importer"), changed))


def test_the_user_alone_takes_nobody_out(held: Callable[[str], Held]) -> None:
    """Documents say that the lot was smelted: that the user calls it mined makes it no ore."""

    def changed(found: dict[str, Any]) -> None:
        found["proof"]["steps"][_position(found, False)]["subject"] = f"product:id:{LOT}"

    assert any("the user alone takes no party out" in p for p in problems(held("tin-importer"), changed))


def test_a_consignment_that_was_refined_elsewhere_is_partly_shown(tmp_path: Path) -> None:
    """Its own passport says so: at Pinang, which has no certificate for tin."""
    pinang = {"type": ["Facility"], "id": "https://facilities.register.example/pinang", "name": "Pinang"}
    folder = Path(shutil.copytree(ROOT / "examples" / "tin-importer" / "documents", tmp_path / "documents"))
    passport = json.loads((folder / "dpp-consignment-first.json").read_text("utf-8"))
    passport["credentialSubject"]["producedAtFacility"] = pinang
    (folder / "dpp-consignment-first.json").write_text(json.dumps(passport), "utf-8")
    held = hold(Case((str(folder),), TIN.options, str(ROOT / TIN.trust)))
    found = answer(held)
    assert found["verdict"] == "partial"
    assert "not shown: facility:id:https://facilities.register.example/pinang" in found["missing"]
    assert [str(p) for p in verify(held.report, held.given).problems] == []


def test_leaving_out_where_the_smelted_lot_came_from_is_not_better(tmp_path: Path) -> None:
    """Neither the lot's list of sources nor the event is handed in: what was smelted came from somewhere."""
    folder = tmp_path / "documents"
    shutil.copytree(ROOT / "examples" / "tin-importer" / "documents", folder)
    (folder / "dte-smelting-banka.json").unlink()
    passport = json.loads((folder / "dpp-lot-banka.json").read_text("utf-8"))
    passport["credentialSubject"].pop("characteristics")
    (folder / "dpp-lot-banka.json").write_text(json.dumps(passport), "utf-8")
    case = tmp_path / "case.toml"
    text = (ROOT / "examples" / "tin-importer" / "case.toml").read_text("utf-8")
    case.write_text(
        text.replace('[subject."https://id.bangka-mining.example/lot/o-77"]\nactivity = ["mining"]', ""), "utf-8"
    )
    held = hold(Case((str(folder),), (*TIN.options[:-1], str(case)), str(ROOT / TIN.trust)))
    found = answer(held)
    assert found["verdict"] == "undetermined"
    assert f"nobody says what product:id:{LOT} has by sources-from" in found["reason"]
    assert [str(p) for p in verify(held.report, held.given).problems] == []
