"""Edges: what a pair of rows lets travel, and by whose word. Expectations from semantics, section 2."""

from __future__ import annotations

from datetime import date

from comity.algebra.edges import Edge, Travel, edges
from comity.model.mappings import Relation, Row
from comity.model.places import Place
from comity.model.scales import Authority, Basis

ON = date(2026, 11, 23)


def row(
    name: str,
    subject: str,
    mask: Relation,
    object_: str,
    authority: Authority = Authority.REVIEWED,
    basis: Basis = Basis.READ_IN_SOURCE,
    **more: object,
) -> Row:
    return Row(name, subject, "comity:test", object_, mask, authority, Place("t"), basis=basis, **more)  # type: ignore[arg-type]


def ways(found: tuple[Edge, ...], source: str, target: str) -> set[Travel]:
    return {e.travel for e in found if e.source == source and e.target == target}


def test_equal_travels_every_way_in_both_directions() -> None:
    found = edges([row("r", "a", Relation.EQ, "b")], ON)
    assert ways(found, "a", "b") == set(Travel)
    assert ways(found, "b", "a") == set(Travel)


def test_superset_covers_and_its_converse_is_covered() -> None:
    """Meeting the stricter guarantees the weaker; from the weaker only parts come back."""
    found = edges([row("r", "strict", Relation.SUP, "weak")], ON)
    assert ways(found, "strict", "weak") == {Travel.COVERS, Travel.OVERLAPS}
    assert ways(found, "weak", "strict") == {Travel.COVERED_BY, Travel.OVERLAPS}


def test_intersects_overlaps_only() -> None:
    found = edges([row("r", "a", Relation.PO, "b")], ON)
    assert ways(found, "a", "b") == {Travel.OVERLAPS}


def test_a_lead_and_a_disjoint_row_let_nothing_travel() -> None:
    lead = row("l", "a", Relation.ANYTHING, "b", lead=True)
    disjoint = row("d", "a", Relation.DR, "c")
    assert edges([lead, disjoint], ON) == ()


def test_two_imprecise_rows_together_say_more_than_each() -> None:
    """covers = EQ|SUP and coveredBy = EQ|SUB meet in EQ."""
    found = edges([row("1", "a", Relation.COVERS, "b"), row("2", "a", Relation.COVERED_BY, "b")], ON)
    forward = {e.travel: e for e in found if e.source == "a"}
    assert set(forward) == set(Travel)
    assert [r.id for r in forward[Travel.COVERS].rows] == ["1"]
    assert forward[Travel.COVERS].mask == Relation.COVERS


def test_the_converse_of_a_row_counts_on_the_same_pair() -> None:
    """ "b SUB a" is "a SUP b": with "a covers b" nothing new, and one row is enough."""
    found = edges([row("1", "b", Relation.SUB, "a"), row("2", "a", Relation.COVERS, "b")], ON)
    forward = {e.travel: e for e in found if e.source == "a"}
    assert len(forward[Travel.COVERS].rows) == 1


def test_a_draft_that_says_more_does_not_spoil_what_reviewed_rows_say() -> None:
    found = edges([row("d", "a", Relation.EQ, "b", Authority.DRAFT), row("r", "a", Relation.COVERS, "b")], ON)
    best = {e.travel: e.authority for e in found if e.source == "a"}
    assert best[Travel.COVERS] is Authority.REVIEWED
    assert best[Travel.COVERED_BY] is Authority.DRAFT


def test_contradicting_rows_let_nothing_travel() -> None:
    """An empty mask is a contradiction, and nothing follows from it."""
    assert edges([row("1", "a", Relation.SUP, "b"), row("2", "a", Relation.SUB, "b")], ON) == ()


def test_a_row_counts_only_in_its_validity() -> None:
    early = row("r", "a", Relation.EQ, "b", valid_until=date(2026, 1, 1))
    assert edges([early], ON) == ()
    assert edges([early], date(2026, 1, 1)) != ()


def test_an_unverified_row_is_used_only_where_it_adds_something() -> None:
    checked = row("1", "a", Relation.COVERS, "b")
    unchecked = row("2", "a", Relation.EQ, "b", basis=Basis.NOT_VERIFIED)
    found = [e for e in edges([checked, unchecked], ON) if e.source == "a"]
    assert {e.travel: e.unverified for e in found} == {
        Travel.COVERS: False,
        Travel.OVERLAPS: False,
        Travel.COVERED_BY: True,
    }


def test_order_and_repetition_of_rows_change_nothing() -> None:
    rows = [row("1", "a", Relation.SUP, "b"), row("2", "b", Relation.EQ, "c"), row("3", "c", Relation.PO, "a")]
    assert edges(rows, ON) == edges([*reversed(rows), *rows], ON)
