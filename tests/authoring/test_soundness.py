"""Is the knowledge sound as a whole: each check with what fails and what passes (``tests/cases/authoring``)."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from comity.authoring.checking.soundness import CHECKS, RULES, examine
from comity.cli.app import comity
from comity.knowledge import load, survey
from comity.knowledge.loader import assemble
from comity.knowledge.problems import Problems
from comity.knowledge.sources import Source, package_sources
from comity.model.places import Finding, Severity
from comity.report.explain.codes import pages

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases" / "authoring"
CODES = sorted(p.name for p in CASES.iterdir() if p.is_dir() and p.name != "base")
SHAPES = "shapes.ttl"


def examined(*folders: Path) -> list[Finding]:
    """Examine the vocabulary with what stands in some folders."""
    paths = [p for folder in folders for p in sorted(folder.iterdir())]
    files = [Source(f"{p.parent.name}/{p.name}", p.read_bytes()) for p in paths]
    words = Source("comity.ttl", (ROOT / "ontology" / "comity.ttl").read_bytes())
    sources = [words, *(f for f in files if f.file_name != SHAPES)]
    problems = Problems()
    knowledge = assemble(sources, problems)
    assert [f for f in knowledge.findings if f.severity is Severity.ERROR and f.code != "missing-property"] == []
    return examine(knowledge, sources, [f for f in files if f.file_name == SHAPES])


def test_the_base_is_sound() -> None:
    assert examined(CASES / "base") == []


@pytest.mark.parametrize("code", CODES)
def test_what_fails_raises_its_code_alone(code: str) -> None:
    found = examined(CASES / "base", CASES / code / "fail")
    assert {f.code for f in found} == {code}
    assert all(f.severity is RULES[code][0] and f.message.endswith(".") and f.place.document for f in found)


@pytest.mark.parametrize("code", CODES)
def test_what_passes_raises_nothing(code: str) -> None:
    assert examined(CASES / "base", CASES / code / "pass") == []


def test_every_check_has_a_page_and_examples() -> None:
    assert [code for _, code in CHECKS] == list(dict.fromkeys(code for _, code in CHECKS))
    assert {code for _, code in CHECKS} == set(RULES) == set(CODES)
    assert {code: pages()[code].meaning for code in RULES} == {code: meaning for code, (_, meaning) in RULES.items()}


def test_what_comity_ships_is_sound() -> None:
    """Not one finding of any severity: what is a warning to others is a mistake in our own files."""
    shapes = [Source(str(p.relative_to(ROOT)), p.read_bytes()) for p in sorted(ROOT.glob("shapes/markets/*.ttl"))]
    found = examine(load(), package_sources(), shapes)
    assert [f"{f.code} {f.place.document}: {f.message}" for f in found] == []


def test_no_row_contradicts_another() -> None:
    """Rows that cannot all be true are told by ``comity mappings check``; reading tells the rest."""
    assert [f for f in survey().findings if f.severity is not Severity.INFO] == []


@pytest.mark.parametrize("folder", ["adding-a-text/knowledge", "garment/knowledge"])
def test_what_the_examples_add_is_sound(folder: str) -> None:
    """People copy the examples: what we warn others of must not stand in them."""
    result = CliRunner().invoke(comity, ["schemes", "check", str(ROOT / "examples" / folder)])
    assert (result.exit_code, result.stdout) == (0, "No problems.\n")
