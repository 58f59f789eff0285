"""Masks against sets: every law is checked on all non-empty subsets of a small universe."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from comity.algebra.relation import (
    ANYTHING,
    LEADS,
    RENDERED,
    TABLE,
    TOKENS,
    bits,
    complement,
    compose,
    converse,
    names,
    of_names,
    of_predicate,
    token,
)
from comity.model.mappings import Relation

EQ, SUB, SUP, PO, DR = Relation.EQ, Relation.SUB, Relation.SUP, Relation.PO, Relation.DR
ALL_MASKS = [Relation(n) for n in range(32)]


def subsets(size: int) -> list[frozenset[int]]:
    """Return the non-empty subsets of {0 .. size-1}."""
    return [frozenset(c) for k in range(1, size + 1) for c in combinations(range(size), k)]


def between(a: frozenset[int], b: frozenset[int]) -> Relation:
    """Return the base relation of two sets: the definition, not the code under test."""
    if a == b:
        return EQ
    if a > b:
        return SUP
    if a < b:
        return SUB
    return PO if a & b else DR


@pytest.fixture(scope="module")
def triples() -> dict[tuple[Relation, Relation], set[Relation]]:
    """What can stand between A and C, by what stands between A and B and between B and C.

    Six elements are enough for every case: seven regions of three sets, never all needed at once.
    """
    found: dict[tuple[Relation, Relation], set[Relation]] = {}
    sets = subsets(6)
    by_b = {b: [(a, between(a, b), between(b, a)) for a in sets] for b in sets}
    for others in by_b.values():
        for (a, ab, _), (c, _, bc) in product(others, others):
            seen = found.setdefault((ab, bc), set())
            if len(seen) < 5:
                seen.add(between(a, c))
    return found


def test_the_table_is_exactly_what_sets_allow(triples: dict[tuple[Relation, Relation], set[Relation]]) -> None:
    assert set(TABLE) == set(triples) == set(product(RENDERED, RENDERED))
    for pair, seen in triples.items():
        assert set(bits(TABLE[pair])) == seen, pair


def test_converse_is_the_relation_read_backwards() -> None:
    for a, b in product(subsets(4), repeat=2):
        assert converse(between(a, b)) is between(b, a)


def test_composition_of_masks_is_the_union_over_their_bits() -> None:
    for first, second in product(ALL_MASKS, repeat=2):
        expected = Relation(0)
        for one, other in product(bits(first), bits(second)):
            expected |= TABLE[one, other]
        assert compose(first, second) == expected


@pytest.mark.parametrize("mask", ALL_MASKS)
def test_laws_of_one_mask(mask: Relation) -> None:
    assert converse(converse(mask)) == mask
    assert complement(complement(mask)) == mask
    assert complement(converse(mask)) == converse(complement(mask))
    assert compose(EQ, mask) == mask == compose(mask, EQ)
    assert mask & complement(mask) == Relation(0)
    assert mask | complement(mask) == ANYTHING


def test_laws_of_two_masks() -> None:
    for a, b in product(ALL_MASKS, repeat=2):
        assert complement(a | b) == complement(a) & complement(b)  # De Morgan
        assert complement(a & b) == complement(a) | complement(b)
        assert converse(a | b) == converse(a) | converse(b)
        assert converse(compose(a, b)) == compose(converse(b), converse(a))


def test_composition_is_associative() -> None:
    for a, b, c in product(RENDERED, repeat=3):
        assert compose(compose(a, b), c) == compose(a, compose(b, c))


def test_a_wider_mask_never_composes_to_a_narrower_one() -> None:
    for a, b, c in product(ALL_MASKS, ALL_MASKS, RENDERED):
        if a & b == a:
            assert compose(a, c) & compose(b, c) == compose(a, c)


def test_two_intersects_in_a_row_say_nothing() -> None:
    assert compose(PO, PO) == ANYTHING


def test_names_stand_in_one_order() -> None:
    assert names(ANYTHING) == ("EQ", "SUB", "SUP", "PO", "DR")
    assert of_names("DR|SUB|EQ") == EQ | SUB | DR
    assert all(of_names("|".join(names(m))) == m for m in ALL_MASKS if m)
    with pytest.raises(ValueError, match="'XX' is none of EQ, SUB, SUP, PO, DR"):
        of_names("EQ|XX")


@pytest.mark.parametrize(
    ("predicate", "negated", "expected"),
    [
        ("comity:equal", False, EQ),
        ("comity:superset", False, SUP),
        ("comity:subset", False, SUB),
        ("comity:intersects", False, PO),
        ("comity:disjoint", False, DR),
        ("https://w3id.org/comity/ns#covers", False, EQ | SUP),
        ("coveredBy", False, EQ | SUB),
        ("overlaps", False, EQ | SUB | SUP | PO),
        ("comity:covers", True, SUB | PO | DR),  # "does not guarantee" is not "disjoint"
        ("comity:disjoint", True, EQ | SUB | SUP | PO),
        ("comity:closeMatch", False, ANYTHING),
        ("skos:relatedMatch", False, ANYTHING),
        ("skos:exactMatch", False, ANYTHING),  # EQ only where the author confirms that reading, by writing ours
        ("comity:closeMatch", True, ANYTHING),  # a negated lead states nothing: nothing becomes impossible
    ],
)
def test_predicates(predicate: str, negated: bool, expected: Relation) -> None:
    assert of_predicate(predicate, negated=negated) == expected


def test_an_unknown_predicate_is_named_with_those_allowed() -> None:
    with pytest.raises(ValueError, match=r"'comity:includes' is none of equal, .*coveredBy"):
        of_predicate("comity:includes")


def test_tokens_are_the_names_of_masks() -> None:
    assert {token(mask): mask for mask in TOKENS.values()} == dict(TOKENS)
    assert token(SUB | PO) is None
    assert not LEADS & set(TOKENS)
