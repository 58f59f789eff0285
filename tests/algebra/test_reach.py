"""Reach in large networks agrees with the fixpoint, chain by chain."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from comity.algebra.edges import FACTS, Edge, Travel, edges
from comity.algebra.propagate import Derivation, Node, Rule, fixpoint
from comity.algebra.reach import ExplodesError, Reached, following, leading
from comity.algebra.relation import of_predicate
from comity.algebra.ties import Ties, tabulate
from comity.model.mappings import Relation, Row
from comity.model.places import Place
from comity.model.proofs import Labels
from comity.model.scales import Assurance, Authority, Fact

ON = date(2026, 11, 23)
PREDICATES = ("equal", "superset", "subset", "intersects", "disjoint", "covers", "coveredBy", "overlaps")


def row(key: str, subject: str, mask: Relation, obj: str, authority: Authority = Authority.REVIEWED) -> Row:
    return Row(key, subject, "p", obj, mask, authority, Place("m", f"line {key}"))


def rows(text: str) -> list[Row]:
    """Read rows such as ``a equal b; c covers d draft``, numbered from 1."""
    found = []
    for number, part in enumerate(text.split(";"), 1):
        subject, predicate, obj, *authority = part.split()
        word = Authority.of(authority[0]) if authority else Authority.REVIEWED
        found.append(row(str(number), subject, of_predicate(predicate), obj, word))
    return found


def ties(given: Sequence[Row]) -> Ties:
    return Ties.of(tabulate(given, ON)[0])


def used(reached: Reached, given: Sequence[Row], travel: Travel, criterion: str) -> list[str] | None:
    """The ids of the rows of the best chain, step by step."""
    kept = tabulate(given, ON)[1]
    chain = reached.chain(travel, criterion)
    return None if chain is None else ["+".join(kept[r].id for r in step.rows) for step in chain[1]]


def full(covers: list[str], overlaps: list[str] | None = None) -> dict[Travel, list[str]]:
    return {Travel.COVERS: covers, Travel.OVERLAPS: overlaps or covers}


@pytest.mark.parametrize(
    ("text", "source", "target", "expected", "why"),
    [
        ("a superset b", "a", "b", full(["1"]), "meeting more meets less"),
        ("b subset a", "a", "b", full(["1"]), "the same, said from b"),
        ("a subset b", "a", "b", {Travel.COVERED_BY: ["1"], Travel.OVERLAPS: ["1"]}, "a part of it"),
        ("a equal b", "a", "b", {travel: ["1"] for travel in Travel}, "every way"),
        ("a intersects b; b intersects c", "a", "c", {}, "intersects twice gives nothing"),
        ("a superset b; b subset c", "a", "c", {Travel.OVERLAPS: ["1", "2"]}, "some, and never all"),
        ("a superset b; b intersects c; c subset d", "a", "d", {Travel.OVERLAPS: ["1", "2", "3"]}, "down, across, up"),
        ("a subset b; b superset c", "a", "c", {}, "of b, a may have what c has not"),
        ("a covers b; b covers a; b superset c", "a", "c", full(["1", "3"]), "of two rows the one that it takes"),
        ("a overlaps b; a covers b draft", "a", "b", full(["2"], ["1"]), "each by the best word"),
        ("a disjoint b", "a", "b", {}, "nothing shared"),
        ("a covers b draft; a covers c; c covers b", "a", "b", full(["2", "3"]), "a longer chain by a better word"),
    ],
)
def test_facts_travel_by_the_best_chain(
    text: str, source: str, target: str, expected: Mapping[Travel, list[str]], why: str
) -> None:
    given = rows(text)
    forward, backward = following(ties(given), [source]), leading(ties(given), [target])
    for travel in Travel:
        wanted = expected.get(travel)
        assert used(forward, given, travel, target) == wanted, (why, travel)
        assert used(backward, given, travel, source) == wanted, (why, travel)


def by_fixpoint(given: Sequence[Row], source: str, fact: Fact) -> dict[tuple[Fact, str], tuple[int, int]]:
    """Return authority and steps of what the reference derives from one fact on one criterion."""

    def rule(edge: Edge, premise: Fact, conclusion: Fact) -> Rule:
        name = "+".join(r.id for r in edge.rows)
        ends = ((premise, Node(edge.source, "s")),), (conclusion, Node(edge.target, "s"))
        return Rule(*ends, name, edge, edge.authority)

    rules = [rule(e, premise, conclusion) for e in edges(given, ON) for premise, conclusion in FACTS[e.travel]]
    leaf = Derivation((fact, Node(source, "s")), Labels(Assurance.SELF, max(Authority)), "leaf", (), 1, "leaf")
    found = fixpoint([leaf], rules)
    return {(f, n.criterion): (int(d[0].labels.authority), d[0].size - 1) for (f, n), d in found.items()}


TRAVELS = {
    Travel.COVERS: (Fact.ALL, Fact.ALL),
    Travel.OVERLAPS: (Fact.ALL, Fact.SOME),
    Travel.COVERED_BY: (Fact.SOME, Fact.SOME),
}


def random_rows(seed: int) -> list[Row]:
    """Sparse enough for long chains, dense enough for several rows on a pair."""
    draw = random.Random(seed)
    count = draw.randint(3, 9)
    names = [f"c{n}" for n in range(count)]
    weights = [draw.choice((1, 4)) for _ in PREDICATES]
    authorities = draw.sample(list(Authority), draw.randint(1, 3))
    return [
        row(
            f"{key:02}",
            *(draw.choice(names), of_predicate(draw.choices(PREDICATES, weights)[0], negated=draw.random() < 0.1)),
            draw.choice(names),
            draw.choice(authorities),
        )
        for key in range(draw.randint(count, 3 * count))
    ]


@pytest.mark.parametrize("seed", range(150))
def test_reach_agrees_with_the_fixpoint(seed: int) -> None:
    """Facts, the authority of the best proof and its number of steps; and the chain shown is one."""
    given = random_rows(seed)
    network = ties(given)
    by_id = {r.id: r for r in given}
    kept = tabulate(given, ON)[1]
    for source in network.number:
        reached = following(network, [source])
        for travel, (start, end) in TRAVELS.items():
            reference = {c: best for (f, c), best in by_fixpoint(given, source, start).items() if f is end}
            shown: dict[str, tuple[int, int]] = {}
            for criterion in reached.found(travel):
                chain = reached.chain(travel, criterion)
                assert chain is not None
                here = source
                for step in chain[1]:
                    assert step.source == here
                    assert min(by_id[kept[r].id].authority for r in step.rows) >= chain[0]
                    here = step.target
                assert here == criterion
                shown[criterion] = (chain[0] if chain[1] else int(max(Authority)), len(chain[1]))
                assert leading(network, [criterion]).found(travel)[source] == reached.found(travel)[criterion]
            assert shown == reference, (source, travel)


def test_neither_order_nor_direction_of_rows_matters() -> None:
    for seed in range(20):
        given = random_rows(seed)
        shuffled = random.Random(seed).sample(given, len(given))
        one, other = ties(given), ties(shuffled)
        for source in one.number:
            for travel in Travel:
                found = following(one, [source]).found(travel)
                assert found == following(other, [source]).found(travel)
                for criterion in found:
                    assert used(following(one, [source]), given, travel, criterion) == used(
                        following(other, [source]), shuffled, travel, criterion
                    )


def test_several_starts_share_one_search() -> None:
    given = rows("a superset c; b superset c; c superset d; e superset d")
    found = leading(ties(given), ["c", "d"]).found(Travel.COVERS)
    assert set(found) == {"a", "b", "c", "d", "e"}


def test_a_search_past_its_bound_is_given_up() -> None:
    given = [row(str(n), f"c{n:03}", Relation.EQ, f"c{n + 1:03}") for n in range(50)]
    assert leading(ties(given), ["c000"], bound=51).size() == 51
    with pytest.raises(ExplodesError):
        leading(ties(given), ["c000"], bound=50)


def test_what_no_row_names_leads_nowhere() -> None:
    assert leading(ties(rows("a equal b")), ["z"]).size() == 0
