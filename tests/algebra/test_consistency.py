"""Contradictions among mapping rows."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.algebra.referee import NAMES, PAIRS, minimal, possible

from comity.algebra.consistency import Conflict, check, quarantine
from comity.algebra.network import is_plain
from comity.algebra.relation import complement, converse, of_predicate
from comity.model.criteria import Decomposition, JointCoverage
from comity.model.mappings import Relation, Row
from comity.model.places import Place
from comity.model.scales import Authority

EQ, SUB, SUP, PO, DR = Relation.EQ, Relation.SUB, Relation.SUP, Relation.PO, Relation.DR


def row(key: str, subject: str, mask: Relation | str, obj: str) -> Row:
    if isinstance(mask, str):
        mask = of_predicate(mask.removeprefix("Not "), negated=mask.startswith("Not "))
    return Row(key, subject, "p", obj, mask, Authority.REVIEWED, Place("m.sssom.tsv", f"line {key}"))


def rows(text: str) -> list[Row]:
    """Read rows such as ``A equal B; C Not covers D``, numbered from 1."""
    found = []
    for number, part in enumerate(text.split(";"), 1):
        subject, *predicate, obj = part.split()
        found.append(row(str(number), subject, " ".join(predicate), obj))
    return found


def joint(covers: str, *members: str) -> JointCoverage:
    return JointCoverage("j", members, covers, Authority.REVIEWED)


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("A equal B; B superset C; C superset A", ["1 2 3"], "a set is not strictly larger than itself"),
        ("A equal B; B superset C", [], "one of them removed"),
        ("A equal B; C superset A", [], "another"),
        ("B superset C; C superset A", [], "the third"),
        ("A equal B; B superset C; C superset A; C covers D; E intersects A", ["1 2 3"], "nothing else"),
        ("A covers B; B covers C; C covers A", [], "they are equal"),
        ("A covers B; B superset C; C covers A", ["1 2 3"], "one strict step in a circle"),
        ("A superset B; A subset B", ["1 2"], "both ways on one pair"),
        ("A superset B; B subset A", [], "the same said from both sides"),
        ("A superset B; A subset B; A equal B", ["1 2", "1 3", "2 3"], "each two of them"),
        ("A intersects B; A superset B", ["1 2"], "each has its own, or one has all"),
        ("A intersects B; A overlaps B", [], "the one more precise than the other"),
        ("A disjoint B; A overlaps B", ["1 2"], "nothing shared, something shared"),
        ("A disjoint B; C coveredBy A; C coveredBy B", ["1 2 3"], "C would be shared"),
        ("A disjoint B; C coveredBy A; D coveredBy B; C overlaps D", ["1 2 3 4"], "what C and D share would be"),
        ("A disjoint B; A covers C; C covers D; D intersects B", ["1 2 3 4"], "two steps down and across"),
        ("A disjoint B; B superset C; A superset D", [], "nothing meets"),
        ("A intersects B; B intersects C; C disjoint A", [], "A and C need not meet in B"),
        ("A Not covers B; A covers C; C covers B", ["1 2 3"], "it would be covered"),
        ("A Not covers B; B covers A", [], "the other way round"),
        ("A Not equal B; A covers B; B covers A", ["1 2 3"], "they would be equal"),
        ("A Not equal B; A covers B", [], "strictly, then"),
        ("A Not disjoint B; A disjoint B", ["1 2"], "a negation and what it negates"),
        ("A superset A", ["1"], "a set is not strictly larger than itself"),
        ("A disjoint A", ["1"], "no criterion is empty"),
        ("A equal A; A overlaps A", [], "true of any"),
        ("A superset B; B superset C; C superset A; B superset D; D superset A", ["1 2 3", "1 4 5"], "two circles"),
        ("A superset B; B superset A; C superset D; D superset C", ["1 2", "3 4"], "two that have nothing in common"),
        ("A equal B; A equal B; B superset C; C superset A", ["1 3 4", "2 3 4"], "two rows that say the same"),
        ("A closeMatch B; A superset B; A references C", [], "leads say nothing"),
        ("A Not superset B; A superset B", ["1 2"], "neither or"),
        ("A Not superset B; A covers B; A Not coveredBy B", ["1 2 3"], "covers and not superset leaves equal"),
        ("A Not superset B; A covers C; C covers B; D disjoint B; A covers D", ["1 2 3 4 5"], "equal to B, and not"),
        ("A Not intersects B; A overlaps B; A Not covers B; B Not covers A", ["1 2 3 4"], "nothing is left"),
        ("A Not intersects B; C coveredBy A; C coveredBy B", [], "one may cover the other"),
    ],
)
def test_minimal_conflicting_sets(text: str, expected: list[str], why: str) -> None:
    found = check(rows(text))
    assert [" ".join(c.rows) for c in found.conflicts] == expected, why
    assert all(c.minimal for c in found.conflicts)
    assert found.disputed == frozenset(" ".join(expected).split())


def test_what_is_disjoint_from_every_member_is_from_what_they_cover_together() -> None:
    said = rows("X disjoint M; X disjoint N; X overlaps W")
    assert check(said).conflicts == ()
    assert check(said, joints=[joint("W", "M", "N")]).conflicts == (Conflict(("1", "2", "3"), ("j",)),)
    assert check(said, joints=[joint("W", "M", "N", "O")]).conflicts == ()  # X may meet W in O


def test_joint_coverage_counts_however_the_disjointness_is_known() -> None:
    said = rows("Y disjoint M; Z disjoint N; X coveredBy Y; X coveredBy Z; W covers X")
    expected = (Conflict(("1", "2", "3", "4", "5"), ("j",)),)
    assert check(said, joints=[joint("W", "M", "N")]).conflicts == expected


def test_one_joint_coverage_leads_to_another() -> None:
    said = rows("X disjoint M; X disjoint N; X disjoint O; X overlaps V")
    both = [joint("W", "M", "N"), replace(joint("V", "W", "O"), iri="k")]
    assert check(said, joints=both).conflicts == (Conflict(("1", "2", "3", "4"), ("j", "k")),)


def test_a_part_lies_within_its_whole() -> None:
    part = Decomposition("d", "W", ("M", "N"), complete=False)
    said = rows("M superset W; X disjoint M; X disjoint N; X overlaps W")
    assert check(said, decompositions=[part]).conflicts == (Conflict(("1",), ("d",)),)
    # of a complete one the parts are together all there is
    whole = replace(part, complete=True)
    assert check(said, decompositions=[whole]).conflicts == (
        Conflict(("1",), ("d",)),
        Conflict(("2", "3", "4"), ("d",)),
    )


def test_what_is_given_is_not_disputed() -> None:
    derived = [row("order of limits", "A", "superset", "B")]
    found = check(rows("A subset B; B covers C"), given=derived)
    assert found.conflicts == (Conflict(("1",), ("order of limits",)),)
    assert found.disputed == {"1"}


def test_rows_that_are_never_valid_together_do_not_conflict() -> None:
    one, other = rows("A superset B; A subset B")
    until, since = replace(one, valid_until=date(2025, 12, 31)), replace(other, valid_from=date(2026, 1, 1))
    assert check([until, since]).conflicts == ()
    assert len(check([until, replace(other, valid_from=date(2025, 12, 31))]).conflicts) == 1  # on that one day
    assert len(check([until, other]).conflicts) == 1


def test_criteria_of_one_version_that_are_forced_equal_are_reported_and_not_disputed() -> None:
    versions = {"a1": "A", "a2": "A", "a3": "A", "b": "B"}
    found = check(rows("b equal a1; b equal a2; b covers a3; c equal b"), versions=versions)
    assert found.conflicts == ()
    assert [(e.version, e.criteria, e.rows) for e in found.equal] == [("A", ("a1", "a2"), ("1", "2"))]
    around = check(rows("b covers a1; a1 covers a2; a2 covers b"), versions=versions)
    assert [(e.criteria, e.rows) for e in around.equal] == [(("a1", "a2"), ("1", "2", "3"))]
    apart = check(rows("b equal a1; b covers a2"), versions=versions)
    assert apart.equal == ()


def test_what_the_text_itself_makes_equal_is_not_reported() -> None:
    same = [row("order of limits", "a1", "equal", "a2")]
    versions = {"a1": "A", "a2": "A", "a3": "A"}
    assert check([], given=same, versions=versions).equal == ()
    said = rows("b equal a1; b equal a3")
    assert [e.criteria for e in check(said, given=same, versions=versions).equal] == [("a1", "a2", "a3")]


def test_disputed_rows_force_nothing_equal() -> None:
    said = rows("b equal a1; b equal a2; b superset a2")
    assert check(said, versions={"a1": "A", "a2": "A"}).equal == ()


def many(width: int) -> list[Row]:
    """Return a strict circle A, Bi, C with ``width`` ways from A to C: as many minimal sets."""
    said = [row("z", "C", "superset", "A")]
    for i in range(width):
        said += [row(f"x{i}", "A", "covers", f"B{i}"), row(f"y{i}", f"B{i}", "covers", "C")]
    return said


def test_a_row_against_one_given_statement_accuses_no_row_on_the_ways_round() -> None:
    """Of ten limits in one order there are 256 ways from the least to the greatest; row 2 lies on half of them."""
    order = [row(f"g{i}{j}", f"L{i}", SUB, f"L{j}") for i, j in combinations(range(10), 2)]
    said = rows("L0 superset L9; L4 equal M; M subset L5")
    found = check(said, given=order, bound=32)
    assert found.conflicts == (Conflict(("1",), ("g09",)),)
    assert found.disputed == {"1"}


def test_past_the_bound_all_rows_that_bear_on_it_are_one_conflict() -> None:
    said = [*many(5), *rows("C covers D; E covers A; F superset G; G superset F")]
    within = check(said, bound=5)
    assert [len(c.rows) for c in within.conflicts] == [2, 3, 3, 3, 3, 3]
    assert all(c.minimal for c in within.conflicts)
    past = check(said, bound=4)
    assert past.conflicts[0] == Conflict(("3", "4"))  # elsewhere: still told apart
    assert past.conflicts[1:] == (Conflict(tuple(sorted(r.id for r in many(5))), (), minimal=False),)


def test_past_eight_times_as_many_denials_in_a_block_the_block_is_one_conflict() -> None:
    circle = [row(f"e{i:02}", f"A{i}", "covers", f"A{(i + 1) % 20}") for i in range(20)]
    strict = [row(f"s{i:02}", f"A{i}", "superset", f"A{(i + 7) % 20}") for i in range(17)]
    elsewhere = rows("F superset G; G superset F; A0 covers F")
    found = check([*circle, *strict, *elsewhere], bound=2)
    assert found.conflicts[0] == Conflict(("1", "2"))
    assert found.conflicts[1:] == (Conflict(tuple(sorted(r.id for r in (*circle, *strict))), (), minimal=False),)


def test_quarantine_marks_the_disputed_rows_and_no_others() -> None:
    said = rows("A superset B; A subset B; B covers C")
    marked = quarantine(said, check(said))
    assert [r.disputed for r in marked] == [True, True, False]
    mended = quarantine(marked[1:], check(marked[1:]))
    assert [r.disputed for r in mended] == [False, False]  # a mark does not outlive its conflict


# Against models: what four sets allow is known by enumeration.

NAMED = [of_predicate(p, negated=n) for p in ("equal", "covers", "coveredBy") for n in (False, True)]
NAMED += [SUB, SUP, PO, DR, complement(DR)]
ODD = [complement(SUB), complement(SUP), complement(PO)]


def networks(masks: list[Relation], most: int) -> st.SearchStrategy[list[Row]]:
    statement = st.tuples(st.sampled_from(PAIRS), st.sampled_from(masks), st.booleans())

    def build(parts: list[tuple[tuple[str, str], Relation, bool]]) -> list[Row]:
        return [
            row(f"r{i}", b, converse(mask), a) if inverted else row(f"r{i}", a, mask, b)
            for i, ((a, b), mask, inverted) in enumerate(parts)
        ]

    return st.lists(statement, max_size=most).map(build)


def forward(said: Iterable[Row]) -> list[tuple[str, str, Relation]]:
    return [
        (r.subject, r.object, r.mask) if r.subject < r.object else (r.object, r.subject, converse(r.mask)) for r in said
    ]


def by_trying_all(said: list[Row]) -> list[tuple[str, ...]]:
    by_id = {r.id: r for r in said}
    subsets = [frozenset(c) for n in range(len(said) + 1) for c in combinations(by_id, n)]
    return minimal(list(by_id), {s: not possible(forward(by_id[i] for i in s)) for s in subsets})


def test_the_named_masks_that_say_either_or() -> None:
    assert [is_plain(m) for m in NAMED] == [True] * len(NAMED)
    assert [is_plain(m) for m in ODD] == [False] * 3


@given(networks(NAMED, 7))
@settings(max_examples=60)
def test_plain_rows_conflict_exactly_where_no_sets_exist(said: list[Row]) -> None:
    assert sorted(c.rows for c in check(said).conflicts) == sorted(by_trying_all(said))


@given(networks([*NAMED, *ODD], 7))
@settings(max_examples=60)
def test_rows_that_say_either_or_conflict_only_where_no_sets_exist(said: list[Row]) -> None:
    true = by_trying_all(said)
    found = [c.rows for c in check(said).conflicts]
    for conflict in found:
        assert any(set(t) <= set(conflict) for t in true), conflict
    # path consistency may miss some of them, but none whose rows are all plain
    plain = {r.id for r in said if is_plain(r.mask)}
    assert {t for t in true if set(t) <= plain} <= set(found)


@given(networks([*NAMED, *ODD], 8), st.sampled_from(["ab", "abc", "bd"]), st.booleans())
@settings(max_examples=40)
def test_joint_coverage_makes_no_conflict_where_sets_exist(said: list[Row], members: str, complete: bool) -> None:
    whole = next(n for n in NAMES if n not in members)
    parts = Decomposition("d", whole, tuple(members), complete=complete)
    within = [row("d", member, "coveredBy", whole) for member in members]
    joints = [(tuple(members), whole)] if complete else []
    for conflict in check(said, decompositions=[parts]).conflicts:
        rest = [r for r in said if r.id in conflict.rows]
        assert not possible(forward([*rest, *within]), joints)


@given(networks([*NAMED, *ODD], 9), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_order_repetition_and_direction_do_not_matter(said: list[Row], chance: random.Random) -> None:
    joints = [joint("d", "a", "b")]
    versions = dict.fromkeys("abc", "V")
    turned = [
        replace(r, subject=r.object, object=r.subject, mask=converse(r.mask)) if chance.random() < 0.5 else r
        for r in said
    ]
    again = [*turned, *chance.sample(turned, len(turned) // 2)]
    chance.shuffle(again)
    assert check(again, joints=joints, versions=versions) == check(said, joints=joints, versions=versions)


@given(networks(NAMED, 6))
@settings(max_examples=30)
def test_without_the_disputed_rows_there_is_no_conflict(said: list[Row]) -> None:
    found = check(said)
    assert check(r for r in said if r.id not in found.disputed).conflicts == ()


def test_thousands_of_rows_that_hardly_meet_are_quick_work() -> None:
    """Counts of work, not seconds: no composition is made where no row says either, or."""
    said: list[Row] = []
    for i in range(3000):
        predicate = ("covers", "intersects", "overlaps", "superset")[i % 4]
        said.append(row(f"r{i}", f"a{i}", predicate, f"b{i // 3}"))
    said += rows("a1 superset x; x superset a1")
    assert check(said).conflicts == (Conflict(("1", "2")),)
