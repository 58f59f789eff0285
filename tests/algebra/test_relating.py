"""How two criteria stand to each other, by which rows."""

from __future__ import annotations

import pytest

from comity.algebra.network import TooManyError
from comity.algebra.relating import Relating, between, relate
from comity.algebra.relation import compose, names, of_predicate
from comity.algebra.ties import Ties, tabulate
from comity.model.mappings import Relation, Row

from .test_closure import WORLDS
from .test_reach import ON, row


def rows(text: str) -> list[Row]:
    """Read rows such as ``a equal b; c Not covers d``, numbered from 1."""
    found = []
    for number, part in enumerate(text.split(";"), 1):
        subject, *words, obj = part.split()
        found.append(row(str(number), subject, of_predicate(words[-1], negated=words[0] == "Not"), obj))
    return found


def related(given: list[Row], a: str, b: str, joints: list[tuple[tuple[str, ...], str]] | None = None) -> Relating:
    table, kept = tabulate(given, ON)
    return relate(Ties.of(table), kept, a, b, joints or [])


@pytest.mark.parametrize(
    ("text", "relation", "paths", "why"),
    [
        ("a equal c", "EQ", [["1"]], "a row says so"),
        ("a superset b; b covers c", "SUP", [["1", "2"]], "a chain says so"),
        ("a covers b; c coveredBy b; c intersects d", "EQ|SUP", [["1", "2"]], "what leads elsewhere has no part in it"),
        ("a overlaps c; a covers b; b superset c", "SUP", [["1"], ["2", "3"]], "the chain says more than the row"),
        ("a superset c; a covers b; b superset c", "SUP", [["1"]], "the chain adds nothing"),
        ("a covers b; b covers c; c covers d; d covers a", "EQ", [["1", "2"], ["4", "3"]], "both ways round a circle"),
        ("a intersects b; b intersects c", "EQ|SUB|SUP|PO|DR", [], "nothing follows"),
        ("a covers b; c covers d", "EQ|SUB|SUP|PO|DR", [], "nothing connects them"),
        ("a Not intersects c; a overlaps c; c Not covers a", "SUP", [["1", "2", "3"]], "rows on one pair"),
    ],
)
def test_the_relation_and_its_paths(text: str, relation: str, paths: list[list[str]], why: str) -> None:
    found = related(rows(text), "a", "c")
    assert "|".join(names(found.relation)) == relation, why
    assert [list(p.rows) for p in found.paths] == paths, why


def test_what_no_chain_gives_is_found_by_path_consistency() -> None:
    """a is b, or shares nothing with it; it shares something with c, which lies within b: so it is b."""
    given = rows("a Not intersects b; a Not superset b; a Not subset b; b superset c; a overlaps c; d equal e")
    found = related(given, "a", "c")
    assert found.relation == Relation.SUP
    assert [(p.chained, p.rows) for p in found.paths] == [
        (False, ("1", "3", "4", "5"))
    ]  # row 2 takes away nothing that the rest needs


def test_a_whole_is_apart_from_what_all_its_parts_are_apart_from() -> None:
    given = rows("a disjoint b; a disjoint c; b coveredBy w; c coveredBy w")
    assert related(given, "a", "w").relation == Relation.ANYTHING & ~Relation.COVERS
    found = related(given, "a", "w", [(("b", "c"), "w")])
    assert found.relation == Relation.DR
    assert found.paths[0].rows == ("1", "2")


def test_paths_give_the_relation_in_random_worlds() -> None:
    compared = 0
    for given, tight in WORLDS[:60]:
        by_id = {r.id: r for r in given}
        for (a, b), mask in tight.items():
            found = related(given, a, b)
            assert found.relation == mask
            left = Relation.ANYTHING
            for path in found.paths:
                left &= path.relation
                assert path.chained
                assert set(path.rows) <= set(by_id)
            assert left == mask
            compared += bool(found.paths)
    assert compared > 500


def test_only_what_lies_between_is_searched() -> None:
    given = rows("a covers b; b covers c; c covers d; d covers e; a covers c")
    assert [r.id for r in between(given, "a", "d", [])[0]] == ["1", "2", "3", "5"]


def test_what_is_too_much_to_search_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_many(*_: object) -> None:
        raise TooManyError

    monkeypatch.setattr("comity.algebra.relating.tighten", too_many)
    found = related(rows("a superset b; b covers c"), "a", "c")
    assert (found.relation, found.complete) == (Relation.SUP, False)
    assert compose(Relation.SUP, Relation.COVERS) == Relation.SUP
