"""Semantics, section 4, Subject: "Exact id, canonical key (GS1), or registered id within its scheme; never a name"; and
section 8: what a proof is."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from tests.judgement.credentials import Json, certificate, passport, read_and_judge
from tests.judgement.worlds import (
    THIRD,
    Ask,
    assessed,
    claimed,
    criterion,
    joint,
    judged,
    known,
    row,
    value,
    whole,
)

from comity.model.mappings import Relation
from comity.model.proofs import Proof, StepKind
from comity.model.scales import Level, Lift, Verdict

REGISTER = {"type": ["IdentifierScheme"], "id": "https://register.example/companies"}
GTIN = "https://id.gs1.org/01/09520123456788"


@pytest.mark.parametrize(
    ("mine", "theirs", "met"),
    [
        ({"id": "https://a.example/1"}, {"id": "https://a.example/1"}, True),
        ({"id": "https://a.example/1"}, {"id": "https://A.example/1/"}, True),
        ({"id": "https://a.example/1"}, {"id": "http://a.example/1"}, False),
        ({"id": "https://a.example/1"}, {"id": "https://a.example/10"}, False),
        ({"id": f"{GTIN}/21/7"}, {"id": "https://x.example/01/09520123456788/21/7"}, True),
        ({"id": f"{GTIN}/21/7"}, {"id": "https://x.example/gtin/9520123456788/ser/7"}, True),
        ({"id": f"{GTIN}/21/7"}, {"id": f"{GTIN}/21/8"}, False),
        ({"id": f"{GTIN}/21/7"}, {"id": GTIN}, False),
        (
            {"id": "https://a.example/1", "registeredId": "77", "idScheme": REGISTER},
            {"id": "https://b.example/2", "registeredId": "77", "idScheme": REGISTER},
            True,
        ),
        (
            {"id": "https://a.example/1", "registeredId": "77", "idScheme": REGISTER},
            {"id": "https://b.example/2", "registeredId": "77", "idScheme": {**REGISTER, "id": "https://other.example"}},
            False,
        ),
        (
            {"id": "https://a.example/1", "registeredId": "77"},
            {"id": "https://b.example/2", "registeredId": "77"},
            False,
        ),
        (
            {"id": "https://a.example/1", "name": "The Thing", "modelNumber": "M1", "batchNumber": "B1"},
            {"id": "https://b.example/2", "name": "The Thing", "modelNumber": "M1", "batchNumber": "B1"},
            False,
        ),
    ],
)  # fmt: skip
def test_what_makes_two_subjects_one(mine: Json, theirs: Json, met: bool) -> None:
    papers = [passport({"name": "thing", **mine}), certificate({"name": "thing", **theirs})]
    files = {f"{n}.json": json.dumps(p) for n, p in enumerate(papers)}
    found, _ = read_and_judge(files, about=mine["id"])
    assert found.verdict is (Verdict.SATISFIED if met else Verdict.MISSING)


def proofs() -> Iterator[Proof]:
    """Proofs with every sort of step that follows from evidence."""
    made = known(
        criterion("policy", level=Level.FACILITY, lifts=[Lift.INHERITS_DOWN]), "a", "b", "j", "w", "x",
        rows=[row("policy", Relation.SUP, "a"), row("j", Relation.EQ, "x"), row("x", Relation.SUP, "b")],
        wholes=[whole("w", "a", "b")], joints=[joint("j", "a", "b")],
    )  # fmt: skip
    documents = [
        assessed("policy", about="site"),
        assessed("b", condition="if dry", values=[value(17)]),
        assessed("b", by="lab"),
        claimed("a"),
    ]
    for name in ("a", "b", "j", "w", "x"):
        for how in (Ask(), Ask(rank=THIRD)):
            found = judged(made, documents, name, how).proof
            assert found is not None
            yield found


def test_proofs_are_acyclic_and_no_step_can_be_dropped() -> None:
    """Section 8: "It is minimal (no step can be dropped) and acyclic"."""
    for proof in proofs():
        last = len(proof.steps) - 1
        used = {p for step in proof.steps for p in step.premises}
        assert all(p < n for n, step in enumerate(proof.steps) for p in step.premises)
        assert used == set(range(last))
        concluded = [
            (
                s.detail.get("conclusion") or s.detail.get("object") or s.detail.get("criterion"),
                s.detail.get("target"),
                s.detail["fact"],
            )
            for s in proof.steps
            if "fact" in s.detail and s.kind is not StepKind.FACT and s.kind is not StepKind.THRESHOLD
        ]
        assert len(concluded) == len(set(concluded)), "no step restates another"


def test_the_proof_printed_is_best_by_authority_then_rank_then_steps() -> None:
    """Section 8: "the one printed is best by authority, then rank, then steps"."""
    rows = [row("a", Relation.EQ, "c"), row("a", Relation.SUP, "b"), row("b", Relation.SUP, "c")]
    made = known("a", "b", "c", rows=[rows[0]])
    found = judged(made, [assessed("a", by="office"), assessed("c")], "c").proof
    assert found is not None
    assert not [s for s in found.steps if s.kind is StepKind.MAPPING], "no row has the highest authority"
    ranked = judged(made, [assessed("c", by="lab"), assessed("c")], "c").proof
    assert ranked is not None
    assert ranked.labels.rank == 4
    short = judged(known("a", "b", "c", rows=[row("a", Relation.COVERS, "c"), *rows[1:]]), [assessed("a")], "c").proof
    assert short is not None
    assert len([s for s in short.steps if s.kind is StepKind.MAPPING]) == 1


def test_the_documents_it_names_are_the_smallest_disclosure() -> None:
    """Section 8: "The documents it names are the smallest disclosure that convinces a buyer"."""
    documents = [assessed("c", by="lab", name="enough"), assessed("c", name="more"), claimed("c", name="and more")]
    found = judged(known("c"), documents, "c").proof
    assert found is not None
    assert found.documents == ("enough",)
