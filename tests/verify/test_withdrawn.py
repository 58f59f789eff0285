"""Evidence without a date, of an edition that is withdrawn: the replay finds that it counts no more."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from comity.cli.app import comity

KILN = Path(__file__).parents[1] / "cases" / "diff" / "kiln"


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The kiln's certificate without its dates, and edition 1 withdrawn from October 2026."""
    folder = tmp_path / "kiln"
    shutil.copytree(KILN, folder)
    monkeypatch.chdir(folder)
    certificate = json.loads(Path("documents/certificate.json").read_text("utf-8"))
    del certificate["validFrom"], certificate["validUntil"]
    for assessment in certificate["credentialSubject"]["assessment"]:
        del assessment["assessmentDate"]
    Path("documents/certificate.json").write_text(json.dumps(certificate), "utf-8")
    edition = Path("knowledge/kiln-1.ttl")
    version = 'comity:version "1" ;'
    withdrawn = f'{version}\n    comity:withdrawnFrom "2026-10-01"^^xsd:date ;'
    edition.write_text(edition.read_text("utf-8").replace(version, withdrawn), "utf-8")
    return folder


def report(day: str) -> dict[str, Any]:
    by = ("--with", "knowledge", "--market", "clayland", "--case", "case.toml", "--on", day, "--format", "json")
    done = CliRunner().invoke(comity, ["check", "documents", *by])
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def verified(found: dict[str, Any]) -> int:
    Path("report.json").write_text(json.dumps(found), "utf-8")
    done = CliRunner().invoke(comity, ["verify", "report.json", "documents", "--with", "knowledge"])
    return done.exit_code


@pytest.mark.parametrize(("day", "met"), [("2026-09-30", "undetermined"), ("2026-10-01", "expired")])
def test_a_report_on_it_verifies(case: Path, day: str, met: str) -> None:
    found = report(day)
    # Article 1 is reached by the operator's own claim as well, which has a date.
    assert {r["verdict"] for r in found["requirements"][1:]} == {met}
    assert verified(found) == 0


def test_that_nobody_knows_does_not_verify(case: Path) -> None:
    """To say that the certificate may still count is wrong, and so is the verdict that would follow."""
    found = report("2026-10-01")
    for judged in (*found["requirements"], *found["claims"]):
        for step in (judged["proof"] or {"steps": ()})["steps"]:
            if step.get("outcome") == "ended":
                step["outcome"] = "undated"
    assert verified(found) == 1
