"""Semantics, sections 1 to 3: which facts follow from which, shown by the verdict that each comes to."""

from __future__ import annotations

from datetime import date

import pytest
from tests.judgement.worlds import (
    DR,
    EQ,
    FAILED,
    MISSING,
    PARTIAL,
    PO,
    SATISFIED,
    SUB,
    SUP,
    UNDETERMINED,
    Ask,
    any_of,
    assessed,
    claimed,
    criterion,
    joint,
    judged,
    known,
    row,
    verdict,
    whole,
)

from comity.model.mappings import Relation
from comity.model.scales import Authority, Basis, Fact, Level, Lift, Verdict


@pytest.mark.parametrize(
    ("relation", "met"),
    [
        (EQ, SATISFIED),
        (SUP, SATISFIED),
        (SUB, PARTIAL),
        (PO, PARTIAL),
        (DR, MISSING),
        (Relation.COVERS, SATISFIED),
        (Relation.COVERED_BY, PARTIAL),
        (Relation.OVERLAPS, PARTIAL),
        (EQ | SUP | PO, PARTIAL),
        (EQ | SUP | DR, MISSING),
        (SUB | PO | DR, MISSING),
    ],
)
def test_meeting_the_subject_of_a_row(relation: Relation, met: Verdict) -> None:
    """Section 3: "all(A) gives all(B): m within {EQ, SUP}"; "all(A) gives some(B): DR not in m"."""
    made = known("a", "b", rows=[row("a", relation, "b")])
    assert verdict(made, [assessed("a")], "b") is met


@pytest.mark.parametrize(
    ("relation", "met"),
    [(EQ, FAILED), (SUB, FAILED), (Relation.COVERED_BY, FAILED), (SUP, MISSING), (PO, MISSING), (DR, MISSING)],
)
def test_failing_the_subject_of_a_row(relation: Relation, met: Verdict) -> None:
    """Section 3: "not-all(A) gives not-all(B): m within {EQ, SUB}"; "failing a stricter criterion says nothing about a
    weaker one"."""
    made = known("a", "b", rows=[row("a", relation, "b")])
    assert verdict(made, [assessed("a", conforms=False)], "b") is met


@pytest.mark.parametrize(
    ("relation", "met"), [(EQ, SATISFIED), (SUB, SATISFIED), (SUP, PARTIAL), (PO, PARTIAL), (DR, MISSING)]
)
def test_rows_are_read_from_both_sides(relation: Relation, met: Verdict) -> None:
    """Section 2, Edges: "Rows on one pair, their converses and derived rows are intersected to one mask per pair"."""
    made = known("a", "b", rows=[row("a", relation, "b")])
    assert verdict(made, [assessed("b")], "a") is met


def test_two_imprecise_rows_on_one_pair_are_one_precise_row() -> None:
    """Section 2: covers and coveredBy together are EQ, which carries "not-all" as well."""
    made = known("a", "b", rows=[row("a", Relation.COVERS, "b"), row("a", Relation.COVERED_BY, "b")])
    assert verdict(made, [assessed("a")], "b") is SATISFIED
    assert verdict(made, [assessed("a", conforms=False)], "b") is FAILED


def test_intersects_twice_gives_nothing() -> None:
    """Issue 3, item 4: "`intersects` twice gives nothing"; section 3: "one gives some, two in a row give nothing"."""
    made = known("a", "b", "c", rows=[row("a", PO, "b"), row("b", PO, "c")])
    found = judged(made, [assessed("a")], "c")
    assert (found.verdict, found.facts) == (MISSING, ())


def test_superset_then_subset_gives_some_and_never_satisfied() -> None:
    """Issue 3, item 4: "`superset` then `subset` gives `some` and never `satisfied`"."""
    made = known("a", "b", "c", rows=[row("a", SUP, "b"), row("b", SUB, "c")])
    found = judged(made, [assessed("a")], "c")
    assert (found.verdict, found.facts) == (PARTIAL, (Fact.SOME,))


def test_composed_masks_are_not_edges() -> None:
    """Section 2: composition "serves relate, closure and contradictions; composed masks are not edges".

    SUB after SUP composes to anything, SUP after SUB to an overlap; the facts go step by step.
    """
    made = known("a", "b", "c", rows=[row("a", SUB, "b"), row("b", SUP, "c")])
    assert verdict(made, [assessed("a")], "c") is MISSING


def test_equal_in_a_chain_keeps_everything() -> None:
    """Section 2: "`equal` classes are contracted"."""
    made = known("a", "b", "c", "d", rows=[row("a", EQ, "b"), row("c", EQ, "b"), row("c", SUP, "d")])
    assert verdict(made, [assessed("a")], "d") is SATISFIED


def test_nothing_follows_from_what_is_not_mapped() -> None:
    """Section 2: "No row is all five bits: nothing follows from what is not mapped"."""
    assert verdict(known("a", "b"), [assessed("a")], "b") is MISSING


def test_a_lead_is_never_a_verdict() -> None:
    """Section 2: "closeMatch, relatedMatch, references are all five bits: a lead, never a verdict"."""
    made = known("a", "b", rows=[row("a", Relation.ANYTHING, "b", lead=True)])
    found = judged(made, [assessed("a")], "b")
    assert found.verdict is MISSING
    assert [lead.row for lead in found.leads] == ["a-ANYTHING-b"]


def test_does_not_guarantee_is_not_disjoint() -> None:
    """Section 2: "does not guarantee is `Not covers`, not `disjoint`": with `overlaps` it is SUB or PO."""
    denied = row("a", SUB | PO | DR, "b", negated=True)
    assert verdict(known("a", "b", rows=[denied]), [assessed("a")], "b") is MISSING
    both = known("a", "b", rows=[denied, row("a", Relation.OVERLAPS, "b")])
    assert verdict(both, [assessed("a")], "b") is PARTIAL
    assert verdict(both, [assessed("b", conforms=False)], "a") is MISSING


def test_nothing_is_carried_over_by_number() -> None:
    """Section 1: "a new version is a new text with new criteria ... Nothing is carried over by number"."""
    made = known(criterion("26"), criterion("2/26"))
    assert verdict(made, [assessed("26")], "2/26") is MISSING


def test_rows_that_contradict_each_other_derive_nothing() -> None:
    """Section 5: "Disputed rows derive nothing": `equal` and `disjoint` on one pair leave no mask."""
    made = known("a", "b", rows=[row("a", EQ, "b"), row("a", DR, "b")])
    assert verdict(made, [assessed("a")], "b") is not SATISFIED


def test_a_weaker_row_that_contradicts_a_stronger_one_still_disputes_it() -> None:
    """Section 5: "A row is disputed when it lies in a minimal conflicting set", whoever stands behind the other: "one
    that rests on them alone is undetermined: depends on disputed rows"."""
    rows = [row("a", EQ, "b", Authority.ASSERTED_BY_OWNER), row("a", DR, "b")]
    found = judged(known("a", "b", rows=rows), [assessed("a")], "b")
    assert found.verdict is UNDETERMINED
    assert "disputed" in found.reason


def test_a_proof_without_the_disputed_rows_keeps_its_verdict() -> None:
    """Section 5: "A requirement with a proof without them keeps its verdict"."""
    rows = [row("a", EQ, "b"), row("a", DR, "b"), row("c", SUP, "b")]
    assert verdict(known("a", "b", "c", rows=rows), [assessed("a"), assessed("c")], "b") is SATISFIED


def test_rows_on_the_pair_outside_the_minimal_conflict_are_not_disputed() -> None:
    """Section 5: only a row "in a minimal conflicting set" is disputed; `overlaps` agrees with both of the others."""
    rows = [row("a", EQ, "b"), row("a", PO, "b"), row("a", Relation.OVERLAPS, "b")]
    assert verdict(known("a", "b", rows=rows), [assessed("a")], "b") is PARTIAL


def test_a_row_that_is_marked_as_disputed_decides_nothing() -> None:
    """Section 5: the verdict is "undetermined: depends on disputed rows"."""
    made = known("a", "b", rows=[row("a", EQ, "b", disputed=True)])
    found = judged(made, [assessed("a")], "b")
    assert (found.verdict, found.reason) == (UNDETERMINED, "depends on disputed rows")
    assert verdict(made, [assessed("a", conforms=False)], "b") is UNDETERMINED


class TestCompleteDecomposition:
    """Section 3: "every child all if and only if parent all; every child none iff parent none; any child some gives
    parent some; any child not-all gives parent not-all"."""

    made = known("w", "a", "b", "up", wholes=[whole("w", "a", "b")], rows=[row("w", PO, "up")])

    def test_children_all_and_all_give_all(self) -> None:
        assert verdict(self.made, [assessed("a"), assessed("b")], "w") is SATISFIED

    def test_one_child_all_gives_some(self) -> None:
        found = judged(self.made, [assessed("a")], "w")
        assert (found.verdict, found.facts) == (PARTIAL, (Fact.SOME,))
        assert any("test-b" in line for line in found.missing)

    def test_all_and_not_all_give_some_and_not_all(self) -> None:
        """Issue 3, item 4: "all and none give `some` and `not-all`" (evidence alone never says none)."""
        found = judged(self.made, [assessed("a"), assessed("b", conforms=False)], "w")
        assert set(found.facts) == {Fact.SOME, Fact.NOT_ALL}
        assert found.verdict is FAILED

    def test_the_whole_all_gives_each_child_all(self) -> None:
        assert verdict(self.made, [assessed("w")], "a") is SATISFIED

    def test_the_whole_not_all_says_nothing_of_a_child(self) -> None:
        assert verdict(self.made, [assessed("w", conforms=False)], "a") is MISSING

    def test_one_child_all_says_nothing_of_another(self) -> None:
        assert verdict(self.made, [assessed("a")], "b") is MISSING

    def test_the_weakest_child_decides_the_rank(self) -> None:
        """Section 4: "rank = lowest effective assurance of the evidence used"."""
        documents = [assessed("a", by="lab"), claimed("b")]
        assert verdict(self.made, documents, "w") is Verdict.INSUFFICIENT_ASSURANCE


class TestPartialDecomposition:
    """Section 3: "partial: each child is `coveredBy` the parent, nothing more"."""

    made = known("w", "a", "b", wholes=[whole("w", "a", "b", complete=False)])

    def test_all_children_are_not_the_whole(self) -> None:
        assert verdict(self.made, [assessed("a"), assessed("b")], "w") is PARTIAL

    def test_the_whole_all_gives_each_child_all(self) -> None:
        assert verdict(self.made, [assessed("w")], "a") is SATISFIED

    def test_a_child_not_all_gives_the_whole_not_all(self) -> None:
        assert verdict(self.made, [assessed("a", conforms=False)], "w") is FAILED


def test_a_decomposition_is_never_assumed() -> None:
    """Section 3: "Never assumed: the scheme declares it". Two `subset` rows are no whole."""
    made = known("w", "a", "b", rows=[row("a", SUB, "w"), row("b", SUB, "w")])
    assert verdict(made, [assessed("a"), assessed("b")], "w") is PARTIAL


def test_a_whole_that_nobody_has_verified_satisfies_nothing() -> None:
    """Section 7, step 5: undetermined where there are "only ... unverified ... proofs"."""
    made = known("w", "a", wholes=[whole("w", "a", basis=Basis.NOT_VERIFIED)])
    assert verdict(made, [assessed("a")], "w") is UNDETERMINED


class TestJointCoverage:
    """Section 3: "all members all gives all; all members none gives none"."""

    made = known("a", "b", "c", joints=[joint("c", "a", "b")])

    def test_all_members_give_all(self) -> None:
        assert verdict(self.made, [assessed("a"), assessed("b")], "c") is SATISFIED

    def test_one_member_gives_nothing(self) -> None:
        assert verdict(self.made, [assessed("a")], "c") is MISSING

    def test_a_member_not_all_gives_nothing(self) -> None:
        assert verdict(self.made, [assessed("a"), assessed("b", conforms=False)], "c") is MISSING

    def test_the_covered_one_says_nothing_of_a_member(self) -> None:
        assert verdict(self.made, [assessed("c")], "a") is MISSING

    def test_its_authority_is_that_of_a_row(self) -> None:
        """Section 4: "auth = lowest authority of the rows used"."""
        drafted = known("a", "b", "c", joints=[joint("c", "a", "b", authority=Authority.DRAFT)])
        assert verdict(drafted, [assessed("a"), assessed("b")], "c") is Verdict.SUPPORTED


class TestAnyOf:
    """Section 3: "one child all gives all; every child not-all gives not-all"."""

    made = known("w", "d1", "g", choices=[any_of("w", "d1", "g")])

    def test_one_option_all_gives_all(self) -> None:
        assert verdict(self.made, [assessed("g")], "w") is SATISFIED

    def test_one_option_not_all_gives_nothing(self) -> None:
        assert verdict(self.made, [assessed("g", conforms=False)], "w") is MISSING

    def test_every_option_not_all_gives_not_all(self) -> None:
        documents = [assessed("g", conforms=False), assessed("d1", conforms=False)]
        assert verdict(self.made, documents, "w") is FAILED

    def test_the_choice_all_says_nothing_of_an_option(self) -> None:
        assert verdict(self.made, [assessed("w")], "g") is MISSING


class TestLifts:
    """Section 4, Level and unit: "Lifting is a separate step on one criterion that declares it"."""

    def test_inherits_down_carries_all(self) -> None:
        of_sites = known(criterion("p", level=Level.FACILITY, lifts=[Lift.INHERITS_DOWN]))
        assert verdict(of_sites, [assessed("p", about="site")], "p") is SATISFIED
        of_makers = known(criterion("p", level=Level.ORGANISATION, lifts=[Lift.INHERITS_DOWN]))
        assert verdict(of_makers, [assessed("p", about="maker")], "p") is SATISFIED

    def test_inherits_down_carries_only_all(self) -> None:
        """Section 4: "only all; policies, management systems": the company's "no" is not the product's."""
        made = known(criterion("p", level=Level.FACILITY, lifts=[Lift.INHERITS_DOWN]))
        assert verdict(made, [assessed("p", about="site", conforms=False)], "p") is MISSING

    def test_inherits_down_does_not_carry_some(self) -> None:
        made = known(criterion("p", level=Level.FACILITY, lifts=[Lift.INHERITS_DOWN]), "a", rows=[row("a", PO, "p")])
        assert verdict(made, [assessed("a", about="site")], "p") is MISSING

    def test_nothing_goes_down_that_does_not_declare_it(self) -> None:
        assert verdict(known("p"), [assessed("p", about="site")], "p") is MISSING

    def test_nothing_inherited_goes_up(self) -> None:
        made = known(criterion("p", level=Level.FACILITY, lifts=[Lift.INHERITS_DOWN]))
        assert verdict(made, [assessed("p")], "p", Ask(about="site")) is MISSING

    def test_a_row_keeps_the_subject(self) -> None:
        """Section 4: "Mapping rows keep the subject": the row alone does not take a plant's audit to its product."""
        made = known("a", "b", rows=[row("a", EQ, "b")])
        assert verdict(made, [assessed("a", about="site")], "b") is MISSING

    def test_the_lift_is_on_the_criterion_that_declares_it(self) -> None:
        """Section 4: the lift comes before the row where the first criterion declares it, and not otherwise."""
        rows = [row("a", EQ, "b")]
        first = known(criterion("a", level=Level.FACILITY, lifts=[Lift.INHERITS_DOWN]), "b", rows=rows)
        assert verdict(first, [assessed("a", about="site")], "b") is SATISFIED

    def test_aggregates_up_carries_some_and_not_all(self) -> None:
        """Section 4: "one part some gives some; one part not-all gives not-all"."""
        made = known(criterion("p", lifts=[Lift.AGGREGATES_UP]))
        assert verdict(made, [assessed("p")], "p", Ask(about="site")) is PARTIAL
        assert verdict(made, [assessed("p", conforms=False)], "p", Ask(about="site")) is FAILED


def test_facts_for_and_against_never_feed_each_other() -> None:
    """Section 3: "Facts for and against never feed each other and nothing is retracted"."""
    made = known("a", "b", rows=[row("a", EQ, "b")])
    found = judged(made, [assessed("a"), assessed("a", conforms=False, by="second-auditor")], "b")
    assert set(found.facts) == {Fact.ALL, Fact.SOME, Fact.NOT_ALL}


def test_order_and_repetition_of_rows_change_nothing() -> None:
    """Section 3: "independent of the order and repetition of rows"."""
    rows = [row("a", SUP, "b"), row("b", EQ, "c"), row("a", PO, "c")]
    first = judged(known("a", "b", "c", rows=rows), [assessed("a")], "c")
    again = judged(known("a", "b", "c", rows=[*reversed(rows), *rows]), [assessed("a")], "c")
    assert first == again


@pytest.mark.parametrize(
    ("valid", "met"),
    [
        ((date(2030, 6, 1), None), SATISFIED),
        ((date(2030, 6, 2), None), MISSING),
        ((None, date(2030, 6, 1)), SATISFIED),
        ((None, date(2030, 5, 31)), MISSING),
    ],
)
def test_a_row_counts_within_its_own_validity(valid: tuple[date | None, date | None], met: Verdict) -> None:
    """Section 4, Authority of a row: recognition names dates; a row outside them is no edge on D."""
    made = known("a", "b", rows=[row("a", EQ, "b", valid_from=valid[0], valid_until=valid[1])])
    assert verdict(made, [assessed("a")], "b") is met


def test_a_row_for_a_scope_does_not_hide_a_row_for_all() -> None:
    """Section 4: "Each fact keeps its Pareto-best proofs, not one": the row of higher authority is limited to what the
    subject is not known to be, the other is not."""
    rows = [row("a", EQ, "b", Authority.ASSERTED_BY_OWNER, scope="tin"), row("a", Relation.COVERS, "b")]
    assert verdict(known("a", "b", rows=rows), [assessed("a")], "b") is SATISFIED
    assert verdict(known("a", "b", rows=rows[:1]), [assessed("a")], "b") is Verdict.INSUFFICIENT_ASSURANCE


def test_a_criterion_in_the_middle_that_nobody_has_verified_taints_the_proof() -> None:
    """Section 4, labels: "unverified". Safe reading: what passes through an unchecked record rests on it."""
    middle = criterion("b", basis=Basis.NOT_VERIFIED)
    made = known("a", middle, "c", rows=[row("a", EQ, "b"), row("b", EQ, "c")])
    assert verdict(made, [assessed("a")], "c") is UNDETERMINED


def test_a_contradiction_over_three_criteria_is_found() -> None:
    """Section 5: "An empty mask after path consistency is a contradiction". Issue 3: A equal B, B and C strict."""
    rows = [row("a", EQ, "b"), row("b", SUP, "c"), row("c", SUP, "a"), row("c", PO, "d")]
    made = known("a", "b", "c", "d", rows=rows)
    assert verdict(made, [assessed("a")], "b") is UNDETERMINED
    assert verdict(made, [assessed("c")], "d") is PARTIAL


def test_disjoint_from_every_member_is_disjoint_from_what_they_cover() -> None:
    """Section 5: "`X disjoint` every member forces `X disjoint` a whole that they jointly cover"."""
    rows = [row("x", DR, "a"), row("x", DR, "b"), row("x", SUP, "w")]
    made = known("x", "a", "b", "w", rows=rows, wholes=[whole("w", "a", "b")])
    assert verdict(made, [assessed("x")], "w") is UNDETERMINED
