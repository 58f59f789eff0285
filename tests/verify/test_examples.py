"""Every proof of every example verifies; with any field of any step changed it does not, and the step is named."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.verify import mutation
from tests.verify.conftest import CASES, ROOT, Case, Held, hold

from comity.model.proofs import StepKind
from comity.model.requirements import Requirement
from comity.verify import verify
from comity.verify.proof import replay
from comity.verify.steps import FIELDS, MAY_HAVE

NEVER = {
    "authority": "whose word stands behind a row is said in the step of the row",
}
"""Kinds of steps that no proof has, and why."""

Holder = Callable[[str], Held]


Asked = tuple[Requirement | None, Requirement | None]
"""The requirement whose conditions a proof must show, and the one whose parties it may be about."""


def proofs(held: Held) -> Iterator[tuple[str, dict[str, Any], Asked]]:
    """Visit every proof of a report, with what is asked of it."""
    markets = held.given.knowledge.markets
    for section in ("requirements", "claims"):
        for position, judged in enumerate(held.report[section]):
            where = f"{section}[{position}]"
            own = None
            if section == "requirements":
                own = next(r for r in markets[judged["market"]].requirements if r.notation == judged["notation"])
            if judged["proof"]:
                yield f"{where}.proof", judged["proof"], (own, own)
            if judged["counter_proof"]:
                yield f"{where}.counter_proof", judged["counter_proof"], (None, own)
            for number, challenge in enumerate(judged["challenges"]):
                yield f"{where}.challenges[{number}]", challenge, (None, own)


@pytest.mark.parametrize("name", CASES)
def test_every_proof_verifies(name: str, held: Holder) -> None:
    result = verify(held(name).report, held(name).given)
    assert [str(p) for p in result.problems] == []
    assert (result.proofs, result.failed) == (len(list(proofs(held(name)))), 0)
    assert result.proofs
    assert result.notes == ()


@pytest.mark.parametrize(
    "case",
    [
        Case(("samples",), ("--market", "eu", "--on", "2031-08-18"), "examples/trust/samples.toml"),
        Case(("pilot",), ("--market", "eu", "--on", "2031-08-18")),
        Case(("samples", "pilot"), ("--on", "2025-12-01"), "examples/trust/samples.toml"),
    ],
    ids=["samples", "pilot", "both"],
)
def test_every_proof_of_real_documents_verifies(case: Case, untp_documents: Path) -> None:
    paths = tuple(str(untp_documents / d) for d in case.documents)
    held = hold(Case(paths, case.options, case.trust))
    result = verify(held.report, held.given)
    assert [str(p) for p in result.problems] == []
    assert result.proofs


@pytest.mark.parametrize("name", CASES)
def test_any_field_of_any_step_changed_is_found_at_that_step(name: str, held: Holder) -> None:
    one = held(name)
    tried: set[str] = set()
    for where, proof, asked in proofs(one):
        for number, field, wrong, changed in mutation.steps(proof):
            key = f"{field} {wrong} {mutation.key(proof['steps'][number])}"
            if key in tried and field != "premises":
                continue
            tried.add(key)
            found = replay(one.bench, changed, where, "", *asked).problems
            assert any(p.step == number for p in found), (where, number, field, wrong, [str(p) for p in found])


def test_every_kind_of_step_is_tried_in_every_field(held: Holder) -> None:
    seen: dict[str, set[str]] = defaultdict(set)
    for name in CASES:
        for _, proof, _ in proofs(held(name)):
            for step in proof["steps"]:
                seen[step["kind"]] |= step.keys() - {"kind", "premises", "text"}
    assert {kind: {*fields, *MAY_HAVE.get(kind, ())} for kind, fields in FIELDS.items()} == seen
    assert {kind.value for kind in StepKind} == seen.keys() | NEVER.keys()


@pytest.mark.parametrize("name", CASES)
def test_any_label_of_a_proof_changed_is_found(name: str, held: Holder) -> None:
    one = held(name)
    for where, proof, asked in proofs(one):
        for field, value in proof.items():
            for wrong in mutation.values(field, value) if field != "steps" else [[], None, proof["steps"][:-1]]:
                if (field, value, wrong) == ("fact", "all", "some") or (value, wrong) == ("none", "not-all"):
                    continue  # the weaker fact follows, too; that it is not what the verdict needs is found there
                found = replay(one.bench, {**proof, field: wrong}, where, "", *asked).problems
                if field not in ("criterion", "subject") or wrong is not None:
                    assert found, (where, field, wrong)


def test_a_caption_is_no_part_of_a_proof(held: Holder) -> None:
    one = held("ev-battery")
    for where, proof, asked in proofs(one):
        silent = {**proof, "steps": [{**s, "text": "…"} for s in proof["steps"]]}
        assert replay(one.bench, silent, where, "", *asked).problems == ()


def test_nothing_but_the_model_and_the_standard_library_is_imported() -> None:
    for path in (ROOT / "src" / "comity" / "verify").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                mine = name.startswith(("comity.model", "comity.verify"))
                assert mine or name.partition(".")[0] in sys.stdlib_module_names, (path.name, name)
