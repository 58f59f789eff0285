"""The examples against a truth table that was written by hand, with a reason in each row."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from comity.evidence import read
from comity.formats.archives import open_inputs
from comity.judgement import ask, case, question, trust
from comity.model.knowledge import Knowledge
from comity.model.scales import Authority, Verdict
from comity.model.verdicts import Judgement

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
FOLDERS = [EXAMPLES / n for n in ("copper-canada", "lithium-australia", "cobalt-congo", "ev-battery")]
TRUTH = list(csv.DictReader(StringIO((ROOT / "tests/cases/examples/truth.csv").read_text(encoding="utf-8"))))


def answer(row: dict[str, str], knowledge: Knowledge) -> Judgement:
    asked = question(
        knowledge,
        read(open_inputs(FOLDERS)),
        on=date.fromisoformat(row["on"]),
        given=case.read(EXAMPLES / "ev-battery/case.toml", knowledge),
        trust=trust.read(EXAMPLES / "ev-battery/trust.toml"),
        authority=Authority.of(row["authority"]) if row["authority"] else None,
        subjects=[row["about"]],
    )
    criterion = knowledge.criteria[knowledge.by_notation[row["question"].lower()]]
    (found,) = ask(asked, criterion, list(knowledge.markets.values()))
    return found


@pytest.mark.parametrize("row", TRUTH, ids=[f"{r['question']}-{r['verdict']}-{r['authority']}" for r in TRUTH])
def test_the_verdict_is_the_one_written_by_hand(row: dict[str, str], knowledge: Knowledge) -> None:
    found = answer(row, knowledge)
    assert found.verdict == row["verdict"], found.reason
    if row["would_be"]:
        assert found.would_be == row["would_be"]


def test_the_table_has_every_verdict_and_enough_of_those_that_decide() -> None:
    count = Counter(row["verdict"] for row in TRUTH)
    assert set(count) == {v.value for v in Verdict}
    assert count["satisfied"] >= 5
    assert count["failed"] >= 5
    assert all(row["reason"] for row in TRUTH)


def test_every_positive_verdict_shows_its_proof(knowledge: Knowledge) -> None:
    for row in TRUTH:
        if row["verdict"] in ("satisfied", "supported", "failed", "insufficient-assurance"):
            found = answer(row, knowledge)
            assert found.proof is not None
            assert found.proof.documents
            assert all(p < i for i, step in enumerate(found.proof.steps) for p in step.premises)


def test_fiction_says_that_it_is_fiction() -> None:
    for folder in FOLDERS:
        for path in sorted(folder.rglob("*.json")):
            assert "iction" in path.read_text(encoding="utf-8"), path
