"""A market made of data files alone gets its verdicts, without a line of Python.

The truth table was written by hand; the reason stands behind each row.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from comity import evidence, report
from comity.cli.app import comity
from comity.formats.archives import open_inputs
from comity.judgement import judge
from comity.judgement.case import Given
from comity.knowledge import load
from comity.model.knowledge import Knowledge
from comity.model.verdicts import Report

Judged = dict[str, tuple[str | None, str | None]]

TRUTH = [
    # The act applies from 1 July 2026; before, it is said what the evidence would get.
    ("2026-06-15", "arc-ga-art3-1-b", "upcoming", "satisfied"),
    # A shirt worn on the skin is not for babies.
    ("2026-12-01", "arc-ga-art3-1-a", "not-applicable", None),
    # 11.4 mg/kg, found conforming by a laboratory that the act lists, cited by the act's address, an alias.
    ("2026-12-01", "arc-ga-art3-1-b", "satisfied", None),
    # The labelling act was not adopted when the market was checked (1 Nov 2026): not before 12 months after that.
    ("2026-12-01", "arc-ga-art4-1", "upcoming", "insufficient-assurance"),
    # Later it may have been adopted or not.
    ("2027-12-01", "arc-ga-art4-1", "undetermined", "insufficient-assurance"),
    # Fair Loom 4.2 is stricter than the act (a reviewed row), and the laboratory is on Fair Loom's list.
    ("2026-12-01", "arc-ga-art5-1", "satisfied", None),
    # The certificate ends on 20 May 2028: of the shirt only the maker's own word is left, of the mill nothing.
    ("2028-09-01", "arc-ga-art3-1-b", "insufficient-assurance", None),
    ("2028-09-01", "arc-ga-art5-1", "expired", "satisfied"),
]


@pytest.fixture(scope="module")
def knowledge(root: Path) -> Knowledge:
    return load([root / "examples" / "garment" / "knowledge"])


@pytest.fixture(scope="module")
def check(root: Path, knowledge: Knowledge) -> Callable[..., Report]:
    documents = evidence.read(open_inputs([root / "examples" / "garment" / "documents"]))

    def run(on: str, *given: Given) -> Report:
        return judge(knowledge, documents, on=date.fromisoformat(on), markets=["arcadia"], given=given)

    return run


def _verdicts(made: Report) -> Judged:
    return {
        j.notation: (j.verdict.value if j.verdict else None, j.would_be.value if j.would_be else None)
        for j in made.requirements
    }


@pytest.mark.parametrize(("on", "rule", "verdict", "would_be"), TRUTH)
def test_verdict(check: Callable[..., Report], on: str, rule: str, verdict: str, would_be: str | None) -> None:
    assert _verdicts(check(on))[rule] == (verdict, would_be)


def test_the_maker_is_asked_once_something_is_known_of_it(check: Callable[..., Report]) -> None:
    # 80 workers: no small workshop, and nobody shows the published gap. 8 workers: exempt.
    for workers, verdict in (("80", "missing"), ("8", "not-applicable")):
        made = check("2026-12-01", Given("did:web:loomworks.example", "workers", (workers,), "--fact"))
        assert _verdicts(made)["arc-ga-art6-1"] == (verdict, None)


def test_a_value_by_a_method_that_nobody_states_is_not_enough_for_the_stricter_limit(
    check: Callable[..., Report],
) -> None:
    # For babies the laboratory's 11.4 mg/kg is below 16, but it cites the other limit and names no test method.
    made = check("2026-12-01", Given("https://loomworks.example/products/shirt-21", "wear-class", ("baby",), "--fact"))
    assert _verdicts(made)["arc-ga-art3-1-a"] == ("insufficient-assurance", None)
    judged = next(j for j in made.requirements if j.notation == "arc-ga-art3-1-a")
    assert any("ISO 14184-1" in line for line in judged.assumptions)


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        # The laboratory finds too much, and says so.
        ('"value": 11.4, "unit": "NA"', '"value": 90, "unit": "NA"', "conflicting"),
        # Somebody whom the act does not list is nobody; the maker's own word is left.
        ("did:web:textile-lab.example", "did:web:other.example", "insufficient-assurance"),
        # The shirt is another one.
        ("products/shirt-21", "products/shirt-22", "insufficient-assurance"),
    ],
)
def test_what_changes_in_the_certificate_changes_the_verdict(
    root: Path, tmp_path: Path, knowledge: Knowledge, old: str, new: str, verdict: str
) -> None:
    folder = root / "examples" / "garment" / "documents"
    for file in folder.iterdir():
        text = file.read_text()
        (tmp_path / file.name).write_text(text.replace(old, new) if "certificate" in file.name else text)
    documents = evidence.read(open_inputs([tmp_path]))
    made = judge(knowledge, documents, on=date(2026, 12, 1), markets=["arcadia"])
    judged = [j for j in made.requirements if j.notation == "arc-ga-art3-1-b" and j.subject.label == "Shirt 21"]
    verdicts = {j.subject.id.rpartition("/")[2]: j.verdict for j in judged}
    assert verdicts["shirt-21"] == verdict


def test_the_report_is_what_the_schema_says(check: Callable[..., Report]) -> None:
    plain: dict[str, Any] = json.loads(json.dumps(report.as_json(check("2027-12-01"))))
    assert [e.message for e in Draft202012Validator(report.schema()).iter_errors(plain)] == []
    assert plain["markets"][1]["leads"][0]["text"].startswith("Arcadia asks nothing of how long a garment lasts")


@pytest.mark.parametrize(
    ("command", "code", "shown"),
    [
        # Nothing is open on that day but what applies later.
        (["check", "DOCUMENTS", "--market", "arcadia", "--on", "2026-12-01"], 0, "No gaps."),
        (["ask", "arc-ga-art5-1", "DOCUMENTS", "--on", "2026-12-01"], 0, "superset"),
        (["ask", "arc-ga-art4-1", "DOCUMENTS", "--on", "2027-12-01"], 1, "97 %"),
        (["explain", "arc-ga-art5-1"], 0, "fair-loom-2-4.2"),
        (["markets", "show", "arcadia"], 0, "arc-ga-art6-1"),
        (["schemes", "show", "fair-loom-2"], 0, "fair-loom-2-4.2"),
        (["evidence", "DOCUMENTS", "--market", "arcadia", "--on", "2026-12-01"], 0, "loomworks.example"),
        (["check", "DOCUMENTS", "--market", "arcadai"], 2, "Did you mean arcadia"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else None,
)
def test_the_same_commands_serve_it(root: Path, command: list[str], code: int, shown: str) -> None:
    folder = root / "examples" / "garment"
    arguments = [str(folder / "documents") if word == "DOCUMENTS" else word for word in command]
    result = CliRunner().invoke(comity, [*arguments, "--with", str(folder / "knowledge")])
    assert result.exit_code == code, result.output
    assert shown in result.output


def test_shacl_satisfies_what_the_default_engine_does(root: Path) -> None:
    folder = root / "examples" / "garment"
    question = ["check", str(folder / "documents"), "--with", str(folder / "knowledge"), "--market", "arcadia"]
    found = []
    for engine in ("default", "shacl"):
        result = CliRunner().invoke(comity, [*question, "--on", "2026-12-01", "--engine", engine, "--format", "json"])
        requirements = json.loads(result.stdout)["requirements"]
        found.append({r["notation"] for r in requirements if r["verdict"] == "satisfied"})
    assert found == [{"arc-ga-art3-1-b", "arc-ga-art5-1"}] * 2
