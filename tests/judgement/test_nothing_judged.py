"""A question that nothing answers is not answered by silence: what a sheet or a case names is judged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from comity.cli.app import comity

HEADER = "subject,level,criterion,metric,value,unit,date,valid until,issuer,assurance"
BATTERY = "https://id.example/battery-7"
LAB = "did:web:lab.example,third"
SLIPS = f"{BATTERY},modell,eu-batt-art6-1-hgg,,perhaps,,2031-99-01,soon,{LAB}"
CASE = f'[subject."{BATTERY}"]\nproduct-group = "battery"\nbattery-category = "EV"\nrole = ["manufacturer"]\n'


def check(folder: Path, row: str, *arguments: str) -> Result:
    sheet, facts = folder / "claims.csv", folder / "case.toml"
    sheet.write_text(f"{HEADER}\n{row}\n", "utf-8")
    facts.write_text(CASE, "utf-8")
    asked = ["check", str(sheet), "--on", "2031-08-18", *arguments]
    return CliRunner().invoke(comity, [a.replace("CASE", str(facts)) for a in asked], catch_exceptions=False)


@pytest.mark.parametrize("case", [("--case", "CASE"), ()])
def test_a_row_with_every_cell_wrong_is_still_about_its_subject(tmp_path: Path, case: tuple[str, ...]) -> None:
    """Criterion, level, value and dates are slips: the battery is judged all the same, and each slip is told."""
    done = check(tmp_path, SLIPS, "--market", "eu", "--format", "json", *case)
    assert done.exit_code == 1
    report = json.loads(done.stdout)
    assert {j["subject"]["id"] for j in report["requirements"]} == {BATTERY}
    assert not [j for j in report["requirements"] if j["verdict"] == "satisfied"]
    (subject,) = report["subjects"]
    assert "no market asks" not in subject["why"]
    (unknown,) = [f for f in report["findings"] if f["code"] == "unknown-criterion"]
    assert unknown["pointer"] == "C2"
    assert "'eu-batt-art6-1-hgg'" in unknown["message"]
    assert "eu-batt-art6-1-hg " in unknown["fix"]


@pytest.mark.parametrize("cited", ["eu-batt-art6-1-hg", "EU-BATT-art6-1-HG", "recycled-content-share"])
def test_what_is_known_is_no_slip(tmp_path: Path, cited: str) -> None:
    """A notation in any case is known, and a column may hold metrics beside criteria."""
    row = f"{BATTERY},model,{cited},{cited if 'share' in cited else ''},16,%,2031-01-01,2032-01-01,{LAB}-party"
    report = json.loads(check(tmp_path, row, "--market", "eu", "--format", "json").stdout)
    assert [f for f in report["findings"] if f["code"] == "unknown-criterion"] == []


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--market", "eu"), "about nothing that a rule of eu is asked of"),
        ((), "no claim that cites a criterion"),
    ],
)
def test_a_question_that_nothing_answers_is_refused(tmp_path: Path, arguments: tuple[str, ...], why: str) -> None:
    """A finding about an organisation of which nothing is known: no rule binds it, and nothing is claimed."""
    done = check(tmp_path, f"did:web:x.example,organisation,rra-3.0-26,,yes,,2031-01-01,,{LAB}-party", *arguments)
    assert done.exit_code == 2
    assert why in done.stderr


@pytest.mark.parametrize("rule", ["eu-batt-art53-3", "eu-batt-art93"])
def test_what_is_never_judged_is_not_asked(tmp_path: Path, rule: str) -> None:
    """Powers and sanctions are explained; to call them missing would tell somebody to show them."""
    sheet = tmp_path / "claims.csv"
    sheet.write_text(f"{HEADER}\n{BATTERY},model,{rule},,yes,,2031-01-01,2032-01-01,{LAB}-party\n", "utf-8")
    done = CliRunner().invoke(comity, ["ask", rule, str(sheet)], catch_exceptions=False)
    assert done.exit_code == 2
    assert f"{rule} asks for nothing by itself: it is explained, and never judged." in done.stderr
    assert done.stdout == ""
