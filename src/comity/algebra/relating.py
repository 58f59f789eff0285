"""How two criteria stand to each other by all rows together, and the rows that say so (semantics, section 2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from comity.algebra.blocks import blocks
from comity.algebra.closure import ANYTHING, Closure, chain
from comity.algebra.minimal import Keys, shrink
from comity.algebra.network import Statement, TooManyError
from comity.algebra.relation import compose, converse
from comity.algebra.ties import Ties
from comity.algebra.tightening import Work, tighten
from comity.model.classes import dataclass
from comity.model.mappings import Relation, Row

SEARCH: Final = 20_000_000
"""Compositions made to find the rows that path consistency leans on; past it, all rows between the two are named."""


@dataclass(frozen=True, slots=True)
class Path:
    """Rows that give a relation.

    :param rows: ids; along a chain from the first criterion to the second, in that order.
    :param chained: false where only all of them together give it, and no chain does.
    """

    relation: Relation
    rows: tuple[str, ...]
    chained: bool = True


@dataclass(frozen=True, slots=True)
class Relating:
    """What is known of two criteria.

    :param paths: each adds something to what those before it say; together they give the relation.
    :param complete: false when the rows between them were too many to be searched in full.
    """

    relation: Relation
    paths: tuple[Path, ...]
    complete: bool = True


Joints = Sequence[tuple[tuple[str, ...], str]]


def relate(ties: Ties, rows: Sequence[Row], a: str, b: str, joints: Joints = ()) -> Relating:
    """Relate two criteria.

    :param ties: made of ``rows``, in their order.
    :param joints: members, and the whole that they cover together.
    """
    lying, joined = between(rows, a, b, joints)
    paths = list(_paths(Closure(ties), rows, a, b)) if a in ties.number and b in ties.number else []
    relation = Relation(ANYTHING)
    for path in paths:
        relation &= path.relation
    try:
        tight = _tight(lying, joined, a, b, Work())
    except TooManyError:
        return Relating(relation, tuple(paths), complete=False)
    if tight is not None and relation & tight != relation:
        relation &= tight
        paths = [Path(relation, _needed(lying, joined, a, b, relation), chained=False)]
    return Relating(relation, tuple(paths))


def between(rows: Sequence[Row], a: str, b: str, joints: Joints) -> tuple[list[Row], Joints]:
    """Keep what lies on some way from one criterion to the other: nothing else sharpens what is known of them."""
    links = [(r.subject, r.object) for r in rows]
    links += [(member, whole) for members, whole in joints for member in members]
    block = next((x for x in blocks([*links, (a, b)]) if a in x and b in x), frozenset())
    kept = [r for r in rows if r.subject in block and r.object in block]
    return kept, [j for j in joints if j[1] in block and set(j[0]) <= block]


def _paths(closure: Closure, rows: Sequence[Row], a: str, b: str) -> Iterator[Path]:
    """Yield the chains from one criterion to the other, as long as they say more than those before."""
    source, target = closure.ties.number[a], closure.ties.number[b]
    found = [(1, [(source, target)])] if closure.ties.rows_on(source, target) else []
    reasons = [reached[target] for reached in closure.reasons(source).values() if target in reached]
    found += [(reason.steps, chain(target, reason)) for reason in reasons]
    known = ANYTHING
    for _, hops in sorted(found, key=lambda item: (item[0], item[1])):
        mask = int(Relation.EQ)
        used: list[int] = []
        for origin, end in hops:
            on = closure.ties.rows_on(origin, end)
            mask = int(compose(Relation(mask), Relation(closure.ties.mask(origin, on))))
            used += on
        if known & mask != known:
            known &= mask
            yield Path(Relation(mask), tuple(rows[r].id for r in used))


def _tight(rows: Iterable[Row], joints: Joints, a: str, b: str, work: Work) -> Relation | None:
    """Return what path consistency leaves between two criteria; ``None`` when rows contradict each other."""
    found = tighten([_statement(r) for r in rows], joints, work)
    return None if found is None else found.get((a, b), Relation.ANYTHING)


def _needed(rows: Sequence[Row], joints: Joints, a: str, b: str, relation: Relation) -> tuple[str, ...]:
    """Return as few rows as give a relation."""
    work = Work(SEARCH)

    def gives(keys: Keys) -> bool:
        tight = _tight([r for r in rows if r.id in keys], joints, a, b, work)
        return tight is None or not tight & ~relation

    keys = sorted(r.id for r in rows)
    try:
        return tuple(sorted(shrink(keys, gives)))
    except TooManyError:
        return tuple(keys)


def _statement(row: Row) -> Statement:
    if row.subject <= row.object:
        return Statement(row.id, row.subject, row.object, row.mask)
    return Statement(row.id, row.object, row.subject, converse(row.mask))
