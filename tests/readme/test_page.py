"""What the README shows is what the program does."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import click
import pytest

from comity.cli.app import comity
from comity.evidence import read
from comity.formats.archives import open_inputs
from comity.judgement import case, judge, trust
from comity.knowledge import load
from comity.model.knowledge import Knowledge
from comity.model.places import Severity
from comity.model.scales import Assurance
from tools import generate_readme


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def _blocks(page: str, kind: str) -> list[str]:
    return re.findall(f"^```{kind}\n(.*?)^```", page, re.DOTALL | re.MULTILINE)


def test_the_computed_parts_are_fresh(page: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    assert generate_readme.fresh(page) == page


def test_a_part_without_its_place_is_refused(page: str) -> None:
    with pytest.raises(ValueError, match="no one place for law"):
        generate_readme.fresh(page.replace("<!-- law:end -->", ""))


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_the_demo_is_the_one_that_is_shown(root: Path) -> None:
    # -n prints the commands and runs none.
    said = subprocess.run(["make", "-n", "demo"], cwd=root, check=True, capture_output=True, text=True).stdout
    assert f"comity {' '.join(generate_readme.CHECK)} <" in said
    assert f"comity ask eu-batt-art8-2-co {generate_readme.EXAMPLE} {' '.join(generate_readme.STORY)} <" in said


def test_the_two_commands_stand_on_the_first_screen(page: str) -> None:
    first = "\n".join(page.splitlines()[:20])
    assert "\nmake demo " in first
    assert "\nmake test " in first


def test_the_sheet_the_case_and_the_trust_file_shown_are_read_and_used(
    page: str, knowledge: Knowledge, tmp_path: Path
) -> None:
    (sheet,), (facts, vouched) = _blocks(page, "csv"), _blocks(page, "toml")
    for name, text in (("claims.csv", sheet), ("case.toml", facts), ("trust.toml", vouched)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    documents = read(open_inputs([tmp_path / "claims.csv"]))
    # The row without an issuer is a claim, the one with an issuer an assessment; no cell of theirs is odd.
    assert [(len(d.claims), len(d.assessments)) for d in documents] == [(1, 1)]
    assert [f.message for d in documents for f in d.findings if f.severity is not Severity.INFO] == []
    report = judge(
        knowledge,
        documents,
        on=date.fromisoformat(generate_readme.STORY[1]),
        markets=["eu"],
        given=case.read(tmp_path / "case.toml", knowledge),
        trust=trust.read(tmp_path / "trust.toml"),
    )
    assert report.trust_used == ("Laboratory (did:web:lab.example) as third-party",)
    lithium = next(j for j in report.requirements if j.notation == "eu-batt-art8-2-li")
    assert lithium.proof is not None
    assert lithium.proof.labels.rank is Assurance.THIRD_PARTY
    (battery,) = {s.key for s in report.subjects if s.level.is_product}
    assert {f.name: f.value for s in report.subjects if s.key == battery for f in s.facts} == {
        "battery-category": ("EV",),
        "product-group": ("battery",),
    }


def test_commands_shown_exist(page: str) -> None:
    lines = [line for block in _blocks(page, "") for line in block.splitlines()]
    named = [line.removeprefix("$ ").split()[1:] for line in lines if line.removeprefix("$ ").startswith("comity ")]
    named += [found.split() for found in re.findall(r"`comity ([a-z]+[^`]*)`", page)]
    assert len(named) > 8
    for words in named:
        command = comity.commands[words[0]]
        if isinstance(command, click.Group):
            command = command.commands[words[1]]
        options = {option for parameter in command.params for option in parameter.opts}
        assert {w for w in words if w.startswith("--")} <= options, words


def test_links_lead_somewhere(page: str, root: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page)
    assert len(links) > 8
    assert [link for link in links if not (root / link).exists()] == []
