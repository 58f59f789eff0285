"""Proofs that stand on rows of claim sheets are replayed with a reading of sheets of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from comity.cli.app import comity

HEADER = "subject,level,criterion,metric,value,unit,date,valid until,issuer,operator,assurance"
MAKER, LAB = "did:web:maker.example", "did:web:lab.example"
ROW = "https://x.example/b,model,eu-batt-art6-1-hg,{said},2027-01-01,2029-01-01,{who},{operator},third-party"
FACTS = ("product-group=battery", "battery-category=EV", "role=manufacturer")
TRUST = f"""[[issuer]]
id = "{LAB}"
name = "Laboratory"
assurance = "third-party"
why = "seen"
"""


def replayed(folder: Path, rows: list[str], header: str = HEADER) -> tuple[dict[str, object], str]:
    """Judge a sheet, replay the report, and return what was judged and what the replay says."""
    sheet, trust, report = folder / "claims.csv", folder / "trust.toml", folder / "report.json"
    sheet.write_text("\n".join((header, *rows)) + "\n", "utf-8")
    trust.write_text(TRUST, "utf-8")
    facts = [word for fact in FACTS for word in ("--fact", fact)]
    asked = ["--market", "eu", "--on", "2027-08-18", "--trust", str(trust), *facts]
    CliRunner().invoke(comity, ["check", str(sheet), *asked, "-o", str(report)], catch_exceptions=False)
    done = CliRunner().invoke(
        comity, ["verify", str(report), str(sheet), "--trust", str(trust)], catch_exceptions=False
    )
    (found,) = [r for r in json.loads(report.read_text("utf-8"))["requirements"] if r["notation"].endswith("art6-1-hg")]
    assert done.exit_code == 0, done.output
    return found, done.output


@pytest.mark.parametrize("said", [",no,", "mercury content,6,mg/kg"])
@pytest.mark.parametrize("who", [MAKER, ""])
def test_an_admission_in_a_sheet_is_replayed(tmp_path: Path, said: str, who: str) -> None:
    rows = [
        ROW.format(said="mercury content,4,mg/kg", who=LAB, operator=MAKER),
        ROW.format(said=said, who=who, operator=MAKER),
    ]
    found, output = replayed(tmp_path, rows)
    assert found["verdict"] == "conflicting"
    assert "proofs verify" in output
    assert isinstance(found["counter_proof"], dict)
    assert found["counter_proof"]["admission"] is True


def test_a_denominator_in_a_sheet_is_replayed(tmp_path: Path) -> None:
    """A row with a metric alone, that says of what it is a share: nothing is assumed, here or in the replay."""
    header = "subject,level,metric,value,unit,denominator,date,valid until,issuer,assurance"
    row = f"https://x.example/b,model,mercury content,4,mg/kg,battery mass,2027-01-01,2029-01-01,{LAB},third-party"
    found, output = replayed(tmp_path, [row], header)
    assert found["verdict"] == "satisfied"
    assert "1 of 1 proofs verify" in output
