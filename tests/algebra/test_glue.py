"""Rows that glue together what has little to do with each other."""

from __future__ import annotations

from itertools import pairwise

from comity.algebra.glue import masses
from comity.algebra.ties import Ties, tabulate
from comity.model.mappings import Relation, Row

from .test_reach import ON, row


def ring(name: str, size: int) -> list[Row]:
    """Criteria that are equal in a row, and each of which intersects one that they all share."""
    names = [f"{name}{n:02}" for n in range(size)]
    equal = [row(f"{a}={b}", a, Relation.EQ, b) for a, b in pairwise(names)]
    return equal + [row(f"{a}~", a, Relation.PO, f"{name}-theme") for a in names]


def found(rows: list[Row], bound: int) -> list[tuple[int, list[str], int]]:
    table, kept = tabulate(rows, ON)
    return [(len(m.criteria), [kept[r].id for r in m.rows], m.left) for m in masses(Ties.of(table), bound)]


def test_the_row_that_joins_two_large_parts_is_named() -> None:
    rows = [*ring("a", 10), *ring("b", 8), row("wrong", "a03", Relation.EQ, "b04")]
    assert found(rows, 15) == [(18, ["wrong"], 10)]
    assert found(rows, 18) == []


def test_what_joins_most_stands_first() -> None:
    rows = [*ring("a", 10), *ring("b", 8), *ring("c", 3)]
    rows += [row("small", "a00", Relation.SUP, "c00"), row("large", "a01", Relation.SUB, "b01")]
    assert found(rows, 15) == [(21, ["large", "small"], 10)]


def test_an_overlap_does_not_glue() -> None:
    assert found([*ring("a", 10), *ring("b", 8), row("r", "a03", Relation.PO, "b04")], 15) == []


def test_what_is_sound_throughout_has_no_glue() -> None:
    assert found(ring("a", 20), 15) == [(20, [], 20)]
