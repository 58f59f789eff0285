"""The closure gives what path consistency gives, wherever no row says "either, or"."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from comity.algebra.closure import Closure, chain
from comity.algebra.network import Statement
from comity.algebra.relation import compose, converse, names, of_predicate
from comity.algebra.ties import Ties, tabulate
from comity.algebra.tightening import tighten
from comity.model.mappings import Relation, Row

from .test_reach import ON, row, rows


def closure(given: Sequence[Row]) -> Closure:
    return Closure(Ties.of(tabulate(given, ON)[0]))


def related(given: Sequence[Row], source: str) -> dict[str, tuple[str, int]]:
    one = closure(given)
    found = one.of(one.ties.number[source])
    return {one.ties.table.names[r.target]: ("|".join(names(Relation(r.mask))), r.hops) for r in found}


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("a equal b", {"b": ("EQ", 1)}, "what the row says"),
        ("a superset b; b superset c", {"b": ("SUP", 1), "c": ("SUP", 2)}, "more than more is more"),
        ("a intersects b; b intersects c", {"b": ("PO", 1)}, "of a and c anything may be"),
        ("a superset b; b subset c", {"b": ("SUP", 1), "c": ("EQ|SUB|SUP|PO", 2)}, "they share b"),
        ("a subset b; b intersects c", {"b": ("SUB", 1), "c": ("SUB|PO|DR", 2)}, "c has what b has not"),
        ("a superset b; b intersects c", {"b": ("SUP", 1), "c": ("SUP|PO", 2)}, "they share, and a has more"),
        ("a intersects b; b superset c", {"b": ("PO", 1), "c": ("SUP|PO|DR", 2)}, "a has what b has not"),
        ("a intersects b; b subset c", {"b": ("PO", 1), "c": ("SUB|PO", 2)}, "they share, and c has more"),
        ("a subset b; b disjoint c", {"b": ("SUB", 1), "c": ("DR", 2)}, "nothing of b is in c"),
        ("a superset b; b disjoint c", {"b": ("SUP", 1), "c": ("SUP|PO|DR", 2)}, "a has b, and c has it not"),
        ("a intersects b; b disjoint c", {"b": ("PO", 1), "c": ("SUP|PO|DR", 2)}, "a has a part of b"),
        ("a disjoint b; b intersects c", {"b": ("DR", 1), "c": ("SUB|PO|DR", 2)}, "c has a part of b"),
        ("a disjoint b; b disjoint c", {"b": ("DR", 1)}, "of a and c anything may be"),
        ("a covers b; b covers c; c covers a", {"b": ("EQ", 2), "c": ("EQ", 2)}, "round in a circle"),
        ("a overlaps b; a superset c; c equal b", {"b": ("SUP", 2), "c": ("SUP", 1)}, "a longer chain says more"),
        ("a covers b; b covers a", {"b": ("EQ", 1)}, "two rows on one pair are one statement"),
        ("a covers b; b superset c; c covers d", {"b": ("EQ|SUP", 1), "c": ("SUP", 2), "d": ("SUP", 3)}, "strict once"),
        ("a closeMatch b", {}, "a lead says nothing"),
    ],
)
def test_relations_compose(text: str, expected: dict[str, tuple[str, int]], why: str) -> None:
    assert (related(rows(text), "a") if expected else closure(rows(text)).stated) == expected, why


PLAIN = ("equal", "superset", "subset", "intersects", "disjoint", "covers", "coveredBy", "overlaps")
NEGATED = ("covers", "coveredBy", "overlaps", "disjoint")


def random_rows(draw: random.Random) -> list[Row]:
    names = [f"c{n}" for n in range(draw.randint(3, 7))]
    found = []
    for key in range(draw.randint(2, 2 * len(names))):
        negated = draw.random() < 0.25
        predicate = draw.choice(NEGATED if negated else PLAIN)
        one, other = draw.sample(names, 2)
        found.append(row(f"{key:02}", one, of_predicate(predicate, negated=negated), other))
    return found


def statements(given: Sequence[Row]) -> list[Statement]:
    return [
        Statement(r.id, r.subject, r.object, r.mask)
        if r.subject < r.object
        else Statement(r.id, r.object, r.subject, converse(r.mask))
        for r in given
    ]


def consistent_worlds(count: int) -> list[tuple[list[Row], dict[tuple[str, str], Relation]]]:
    found: list[tuple[list[Row], dict[tuple[str, str], Relation]]] = []
    draw = random.Random(7)
    while len(found) < count:
        given = random_rows(draw)
        tight = tighten(statements(given))
        if tight is not None:
            found.append((given, tight))
    return found


WORLDS = consistent_worlds(300)


def test_the_closure_is_what_path_consistency_leaves() -> None:
    compared = 0
    for given, tight in WORLDS:
        one = closure(given)
        for number, name in enumerate(one.ties.table.names):
            found = {one.ties.table.names[r.target]: r.mask for r in one.of(number)}
            wanted = {other: int(mask) for (n, other), mask in tight.items() if n == name and mask != 31}
            assert found == wanted, [f"{r.subject} {names(r.mask)} {r.object}" for r in given]
            compared += len(found)
    assert compared > 3000


def test_every_relation_comes_with_chains_that_give_it() -> None:
    """Composing the rows of each chain leaves no more than the statement that it is given for."""
    for given, _ in WORLDS[:100]:
        one = closure(given)
        for number in range(len(one.ties.table.names)):
            for statement, found in one.reasons(number).items():
                for target, reason in found.items():
                    hops = chain(target, reason)
                    assert len(hops) == reason.steps
                    mask, here = Relation.EQ, number
                    for origin, end in hops:
                        assert origin == here
                        mask, here = compose(mask, Relation(one.mask(origin, end))), end
                    assert here == target
                    assert not mask & ~statement
