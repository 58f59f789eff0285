"""Laws that hold whatever the world: of rows, of evidence, and of proofs (semantics, sections 2 to 4 and 8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain

import pytest
from tests.worlds.chances import LARGE, SMALL
from tests.worlds.draw import Draw
from tests.worlds.generator import world
from tests.worlds.world import ON, World

from comity.algebra.edges import edges
from comity.algebra.propagate import Atom, Derivation, beats
from comity.algebra.relation import converse
from comity.judgement.base import NoteKind
from comity.judgement.inference import Inference
from comity.model.mappings import Relation, Row
from comity.model.proofs import Labels


@cache
def worlds() -> tuple[World, ...]:
    return (*(world(seed, SMALL) for seed in range(200)), *(world(seed, LARGE) for seed in range(20)))


def inferred(w: World) -> Mapping[Atom, Sequence[Derivation]]:
    """Everything derived in a world."""
    asked = w.question
    found = Inference(asked.setting, asked.net, asked.evidence, frozenset(w.knowledge.criteria), asked.evidence.leaves)
    return {**found.against, **found.for_(w.market.authority)}


def shown(w: World) -> Mapping[Atom, frozenset[Labels]]:
    return {atom: frozenset(d.labels for d in several) for atom, several in inferred(w).items()}


def told(w: World) -> Sequence[tuple[object, ...]]:
    return sorted((j.id, str(j.verdict), str(j.would_be), j.reason, tuple(map(str, j.facts))) for j in w.judgements)


def with_rows(w: World, rows: Sequence[Row]) -> World:
    return replace(w, knowledge=replace(w.knowledge, rows=tuple(rows)))


def shuffled(rows: Sequence[Row]) -> Sequence[Row]:
    found = list(rows)
    Draw(len(rows)).shuffle(found)
    return found


def inverted(rows: Sequence[Row]) -> Sequence[Row]:
    return [replace(r, subject=r.object, object=r.subject, mask=converse(r.mask)) for r in rows]


@pytest.mark.parametrize(
    "change", [shuffled, inverted, lambda rows: [*rows, *rows]], ids=["order", "direction", "repetition"]
)
def test_order_repetition_and_direction_of_rows_say_nothing(change: object) -> None:
    assert callable(change)
    moved = [with_rows(w, change(w.knowledge.rows)) for w in worlds()]
    assert [w.seed for w, other in zip(worlds(), moved, strict=True) if shown(w) != shown(other)] == []
    assert [w.seed for w, other in zip(worlds(), moved, strict=True) if told(w) != told(other)] == []
    assert sum(len(shown(w)) for w in worlds()) > 2000


def test_a_row_more_never_widens_a_mask() -> None:
    """Before quarantine, and where rows do not contradict: what facts could travel along they still can."""
    compared = 0
    for w in worlds():
        rows = w.knowledge.rows
        masks: dict[tuple[str, str], Relation] = defaultdict(lambda: Relation.ANYTHING)
        for number, row in enumerate(rows):
            ends = (row.subject, row.object) if row.subject < row.object else (row.object, row.subject)
            masks[ends] &= row.mask if ends[0] == row.subject else converse(row.mask)
            fewer = {(e.source, e.target, e.travel) for e in edges(rows[:number], ON)}
            more = {(e.source, e.target, e.travel) for e in edges(rows[: number + 1], ON)}
            lost = {e for e in fewer - more if masks[min(e[:2]), max(e[:2])]}
            assert not lost, (w.seed, row.id)
            compared += len(fewer)
    assert compared > 3000


def fewer_documents(w: World) -> Iterator[World]:
    """Leave one piece of evidence out; who is who stays."""
    for document in w.documents:
        if document.claims or document.assessments:
            yield replace(w, documents=tuple(d for d in w.documents if d is not document))


def test_evidence_more_removes_no_proof() -> None:
    """Each proof is still there, or one as good; where somebody replaces evidence, that is said."""
    compared = 0
    for w in worlds()[:100]:
        if any(note.kind is NoteKind.REPLACED for note in w.question.evidence.notes):
            continue
        everything = inferred(w)
        for less in fewer_documents(w):
            for atom, several in inferred(less).items():
                for d in several:
                    had = replace(d.labels, opposition=-1)
                    now = (replace(x.labels, opposition=-1) for x in everything.get(atom, ()))
                    assert any(beats(labels, had) for labels in now), (w.seed, atom)
                    compared += 1
    assert compared > 3000


def test_no_proof_restates_an_ancestor() -> None:
    proofs = 0
    for d in chain.from_iterable(several for w in worlds() for several in inferred(w).values()):
        todo: list[tuple[Derivation, frozenset[Atom]]] = [(d, frozenset())]
        while todo:
            current, above = todo.pop()
            assert current.atom not in above
            todo += [(p, above | {current.atom}) for p in current.premises]
        proofs += 1
    assert proofs > 2000
