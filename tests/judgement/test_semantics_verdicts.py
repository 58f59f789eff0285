"""Semantics, section 7: what speaks against: failed, conflicting, contested."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.judgement.worlds import (
    CHAIN,
    CONFLICTING,
    EQ,
    EXPIRED,
    FAILED,
    LAB,
    ROLE,
    SATISFIED,
    SUP,
    THIRD,
    UNDETERMINED,
    Ask,
    C,
    assessed,
    at_least,
    claimed,
    criterion,
    joint,
    judged,
    known,
    link,
    no,
    passport,
    row,
    value,
    verdict,
    whole,
)

from comity.model.evidence import LinkKind, Validity
from comity.model.mappings import Relation
from comity.model.scales import Assurance, Authority, Basis, Fact, Level, Verdict


class TestFailed:
    """Step 4: "G = proofs of not-all, valid on D, not unverified, auth >= A, and rank >= r or an *admission*";
    "`failed`: G non-empty"."""

    def test_a_no_at_the_rank_asked(self) -> None:
        assert verdict(C, [no()], "c") is FAILED

    def test_a_no_below_the_rank_asked_is_a_challenge(self) -> None:
        """Step 4: "Proofs of not-all outside G are shown as *challenges*"; step 5: "only challenges"."""
        answer = judged(C, [no(by="buyer")], "c")
        assert answer.verdict is UNDETERMINED
        assert [p.fact for p in answer.challenges] == [Fact.NOT_ALL]

    def test_the_operators_own_no_is_an_admission(self) -> None:
        """Step 4: "an *admission* (the obligated operator about its own subject)"."""
        answer = judged(C, [no(by="maker")], "c", Ask(rank=LAB))
        assert answer.verdict is FAILED
        assert "own word" in answer.reason

    def test_a_claimed_value_outside_is_an_admission(self) -> None:
        made = known(criterion("limit", limit=at_least(16)))
        assert verdict(made, [claimed("limit", values=[value(15)])], "limit", Ask(rank=LAB)) is FAILED

    def test_an_assumed_no_fails(self) -> None:
        """Section 3: "an assumed proof may give any verdict except `satisfied` and `supported`"."""
        assert verdict(C, [assessed("c", conforms=False, condition="if dry")], "c") is FAILED

    def test_a_no_by_a_row_of_less_authority_is_a_challenge(self) -> None:
        made = known("a", "c", rows=[row("a", EQ, "c", Authority.DRAFT)])
        answer = judged(made, [no("a")], "c")
        assert (answer.verdict, len(answer.challenges)) == (UNDETERMINED, 1)
        assert verdict(made, [no("a")], "c", Ask(authority=Authority.DRAFT)) is FAILED

    def test_an_unverified_no_is_a_challenge(self) -> None:
        made = known("a", "c", rows=[row("a", EQ, "c", basis=Basis.NOT_VERIFIED)])
        assert verdict(made, [no("a")], "c") is UNDETERMINED

    def test_a_no_that_is_not_valid_on_the_day_fails_nothing(self) -> None:
        old = assessed("c", conforms=False, valid=Validity("2020-01-01", "2021-01-01"))
        answer = judged(C, [old], "c")
        assert (answer.verdict, answer.would_be) == (EXPIRED, FAILED)
        assert verdict(C, [old, assessed("c", by="lab")], "c") is SATISFIED

    def test_a_no_needs_no_role(self) -> None:
        """Step 4 asks rank and authority of G, and no role."""
        assert verdict(C, [no()], "c", Ask(role=ROLE)) is FAILED

    def test_the_law_asks_a_notified_body_and_its_no_is_not_hidden(self) -> None:
        """Issue 3, item 5: "Where the law asks a notified body, its "no" is `failed` and not hidden by the operator's
        "yes""."""
        answer = judged(C, [no(by="lab"), claimed("c")], "c", Ask(rank=THIRD, role=ROLE))
        assert answer.verdict is FAILED


class TestAdmission:
    """Step 4: the obligated operator, about its own subject, and nobody else."""

    def test_of_the_company_that_the_passport_names(self) -> None:
        home = passport(link(LinkKind.OPERATED_BY, "thing", "rival", "manufacturer"))
        assert verdict(C, [home, no(by="rival")], "c") is FAILED

    def test_of_the_plant_where_it_is_made(self) -> None:
        home = passport(link(LinkKind.OPERATED_BY, "site", "rival", "operator"))
        assert verdict(C, [home, no(by="rival")], "c") is FAILED

    def test_not_of_who_names_itself(self) -> None:
        """Safe reading: who writes a certificate about a thing and names itself as its operator admits nothing."""
        tie = link(LinkKind.OPERATED_BY, "thing", "stranger", "issued-to", "forged")
        forged = replace(assessed("c", by="stranger", conforms=False, name="forged"), links=(tie,))
        answer = judged(C, [forged, assessed("c", by="lab")], "c")
        assert answer.verdict is SATISFIED
        assert len(answer.challenges) == 1

    def test_not_of_who_names_somebody_as_its_maker(self) -> None:
        """A stranger whose own passport names a company as maker does not speak for that company."""
        tie = link(LinkKind.OPERATED_BY, "other-thing", "maker", "manufacturer", "strangers")
        strangers = replace(claimed("x", about="other-thing", by="stranger", name="strangers"), links=(tie,))
        refusal = assessed("c", about="maker", by="stranger", conforms=False)
        made, audit = known(criterion("c", level=Level.ORGANISATION)), assessed("c", about="maker", by="lab")
        answer = judged(made, [strangers, refusal, audit], "c", Ask(about="maker"))
        assert answer.verdict is SATISFIED
        assert len(answer.challenges) == 1


class TestConflicting:
    """Step 4: "`conflicting`: G non-empty and some f in F with auth >= A and rank >= min(r, highest rank in G)"."""

    @pytest.mark.parametrize(
        ("against", "for_", "asked_rank", "met"),
        [
            ("lab", "lab", THIRD, CONFLICTING),
            ("lab", "auditor", THIRD, CONFLICTING),
            ("lab", "buyer", THIRD, FAILED),
            ("auditor", "buyer", Assurance.SECOND_PARTY, CONFLICTING),
            ("lab", "auditor", LAB, FAILED),
            ("auditor", "lab", LAB, SATISFIED),
            ("maker", "buyer", LAB, CONFLICTING),
            ("maker", "stranger", LAB, FAILED),
            ("stranger", "lab", LAB, SATISFIED),
        ],
    )
    def test_the_lower_of_the_rank_asked_and_the_highest_against(
        self, against: str, for_: str, asked_rank: Assurance, met: Verdict
    ) -> None:
        assert verdict(C, [no(by=against), assessed("c", by=for_)], "c", Ask(rank=asked_rank)) is met

    def test_the_highest_of_several_refusals_counts(self) -> None:
        """An admission does not lower the bar where a laboratory refuses as well."""
        documents = [no(by="maker"), no(by="lab"), assessed("c", by="buyer")]
        assert verdict(C, documents, "c", Ask(rank=THIRD)) is FAILED

    def test_an_assumed_yes_does_not_conflict(self) -> None:
        """F is "neither contested nor disputed nor assumed nor unverified"."""
        assert verdict(C, [no(), assessed("c", condition="if dry", by="second-auditor")], "c") is FAILED

    def test_a_yes_below_the_authority_does_not_conflict(self) -> None:
        made = known("a", "c", rows=[row("a", EQ, "c", Authority.DRAFT)])
        assert verdict(made, [no(), assessed("a", by="second-auditor")], "c") is FAILED

    def test_both_proofs_are_shown(self) -> None:
        """Section 3: "both proofs are shown"."""
        answer = judged(C, [no(), assessed("c", by="second-auditor")], "c")
        assert answer.proof is not None
        assert answer.counter_proof is not None
        assert (answer.proof.fact, answer.counter_proof.fact) == (Fact.ALL, Fact.NOT_ALL)

    def test_a_strangers_no_does_not_undo_an_accredited_success(self) -> None:
        """Issue 3, item 5: "A stranger's unanchored "not conformant" does not turn an accredited success into
        `conflicting`; it is a challenge"."""
        answer = judged(C, [assessed("c", by="lab"), no(by="stranger")], "c")
        assert answer.verdict is SATISFIED
        assert len(answer.challenges) == 1

    def test_satisfied_is_not_monotone_in_the_rank_asked(self) -> None:
        """Step 4: "So `satisfied` is not monotone in r: what the law does not take as evidence cannot contradict"."""
        documents = [assessed("c", by="lab"), no()]
        assert verdict(C, documents, "c", Ask(rank=LAB)) is SATISFIED
        assert verdict(C, documents, "c", Ask(rank=THIRD)) is CONFLICTING


class TestContested:
    """Step 4: "a proof is *contested* when at a node it passes through, its end excepted, stands an opposite proof,
    valid on D, with auth >= A and rank >= the lower of r and its own rank (or an admission)"."""

    def test_a_step_on_the_way(self) -> None:
        """The end is not contested by a no at the start: `superset` carries no refusal. Step 5: undetermined."""
        answer = judged(CHAIN, [assessed("a"), no("b", by="second-auditor")], "c")
        assert answer.verdict is UNDETERMINED
        assert "contested" in answer.reason

    def test_the_end_is_excepted(self) -> None:
        """A refusal of what members cover together says nothing of a member: it stands at the end alone."""
        made = known("a", "b", "c", joints=[joint("c", "a", "b")])
        documents = [assessed("a"), assessed("b"), no("c", by="second-auditor")]
        assert verdict(made, documents, "c") is CONFLICTING

    def test_a_refusal_of_the_end_of_a_row_is_one_of_its_start(self) -> None:
        """Who has not met the weaker has not met the stricter: not-all(c) gives not-all(a), and contests the proof."""
        made = known("a", "c", rows=[row("a", SUP, "c")])
        assert verdict(made, [assessed("a"), no("c", by="second-auditor")], "c") is FAILED

    def test_a_weaker_opponent_contests_nothing(self) -> None:
        """rank 2 against a proof of rank 3 where 3 is asked: below the lower of both."""
        assert verdict(CHAIN, [assessed("a"), no("b", by="buyer")], "c") is SATISFIED

    def test_an_opponent_of_the_rank_asked_contests_a_higher_proof(self) -> None:
        """rank 3 against a proof of rank 4 where 3 is asked: the lower of r and its own rank is 3."""
        assert verdict(CHAIN, [assessed("a", by="lab"), no("b")], "c") is UNDETERMINED

    def test_an_opponent_below_the_rank_asked_does_not(self) -> None:
        assert verdict(CHAIN, [assessed("a", by="lab"), no("b")], "c", Ask(rank=LAB)) is SATISFIED

    def test_an_opponent_of_the_proofs_own_rank_contests_it_where_more_is_asked(self) -> None:
        """rank 3 against rank 3 where 4 is asked: not even `insufficient-assurance` is left."""
        assert verdict(CHAIN, [assessed("a"), no("b", by="second-auditor")], "c", Ask(rank=LAB)) is UNDETERMINED

    def test_an_admission_contests_everything(self) -> None:
        """At the end an admission would fail it; on the way, where nothing is carried on, it leaves it open."""
        made = known("a", "b", "c", rows=[row("a", SUP, "b"), row("b", SUP, "c")])
        assert verdict(made, [assessed("a", by="office"), no("b", by="maker")], "c") is UNDETERMINED

    def test_an_opponent_below_the_authority_asked_contests_nothing(self) -> None:
        made = replace(CHAIN, rows=(*CHAIN.rows, row("x", EQ, "b", Authority.DRAFT)))
        documents = [assessed("a"), no("x", by="second-auditor")]
        assert verdict(made, documents, "c") is SATISFIED
        assert verdict(made, documents, "c", Ask(authority=Authority.DRAFT)) is UNDETERMINED

    def test_an_opponent_that_is_not_valid_contests_nothing(self) -> None:
        old = assessed("b", by="second-auditor", conforms=False, valid=Validity("2020-01-01", "2021-01-01"))
        assert verdict(CHAIN, [assessed("a"), old], "c") is SATISFIED

    def test_a_way_around_is_not_contested(self) -> None:
        """Section 4: "Each fact keeps its Pareto-best proofs, not one"."""
        made = replace(CHAIN, rows=(*CHAIN.rows, row("a", Relation.COVERS, "c")))
        assert verdict(made, [assessed("a"), no("b", by="second-auditor")], "c") is UNDETERMINED
        assert verdict(made, [assessed("a"), no("b", by="second-auditor"), assessed("c", by="lab")], "c") is SATISFIED

    def test_a_way_around_that_does_not_meet_the_opponent(self) -> None:
        """Through b, which a and x cover together, the proof is contested; straight from a it is not."""
        rows = [row("b", SUP, "c"), row("a", SUP, "c")]
        made = known("a", "b", "c", "x", rows=rows, joints=[joint("b", "a", "x")])
        documents = [assessed("a"), assessed("x"), no("b", by="second-auditor")]
        assert verdict(made, documents, "c") is SATISFIED
        assert verdict(replace(made, rows=tuple(rows[:1])), documents, "c") is UNDETERMINED

    def test_a_contested_proof_does_not_conflict(self) -> None:
        """F is "neither contested ...": what passes a contested node does not stand against a refusal at the end."""
        rows = [row("a", SUP, "b"), row("b", SUP, "c")]
        made = known("a", "b", "c", rows=rows)
        documents = [assessed("a"), no("b", by="second-auditor"), no("c", by="second-auditor")]
        assert verdict(made, documents, "c") is FAILED

    def test_a_contested_part_of_a_whole(self) -> None:
        made = known("w", "a", "x", wholes=[whole("w", "a")], rows=[row("w", SUP, "x")])
        assert verdict(made, [assessed("a"), no("a", by="second-auditor")], "x") is UNDETERMINED
