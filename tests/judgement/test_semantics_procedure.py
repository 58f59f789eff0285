"""Semantics, section 7: the steps of the procedure that stand on evidence for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.judgement.worlds import (
    CHAIN,
    EQ,
    EXPIRED,
    FAILED,
    INSUFFICIENT,
    LAB,
    MISSING,
    ON,
    PARTIAL,
    PO,
    ROLE,
    SATISFIED,
    SELF,
    SUPPORTED,
    THIRD,
    UNDETERMINED,
    UNTRUSTED,
    Ask,
    C,
    asked,
    assessed,
    at_least,
    claimed,
    criterion,
    default,
    joint,
    judged,
    known,
    no,
    passport,
    row,
    trust_entry,
    trusted,
    value,
    verdict,
    whole,
)

from comity.judgement.judge import judge
from comity.judgement.trust import NOBODY
from comity.model.evidence import Document, Validity
from comity.model.scales import Authority, Basis, Verdict


class TestSatisfied:
    """Step 4: "`satisfied`: some f with auth >= A, rank >= r, role. `supported`: some f with rank >= r and role"."""

    @pytest.mark.parametrize(
        ("authority", "met"),
        [
            (Authority.INFERRED, SUPPORTED),
            (Authority.SUGGESTED, SUPPORTED),
            (Authority.DRAFT, SUPPORTED),
            (Authority.REVIEWED, SATISFIED),
            (Authority.ASSERTED_BY_OWNER, SATISFIED),
            (Authority.AGREED_BY_OWNERS, SATISFIED),
        ],
    )
    def test_the_authority_of_the_weakest_row(self, authority: Authority, met: Verdict) -> None:
        """Section 4: "auth = lowest authority of the rows used"."""
        rows = [row("a", EQ, "b", authority), row("b", EQ, "c", Authority.AGREED_BY_OWNERS)]
        assert verdict(known("a", "b", "c", rows=rows), [assessed("a")], "c") is met

    def test_a_proof_without_rows_needs_no_authority(self) -> None:
        assert verdict(C, [assessed("c")], "c", Ask(authority=Authority.RECOGNISED_IN_LAW)) is SATISFIED

    def test_supported_asks_rank_and_role(self) -> None:
        made = known("a", "c", rows=[row("a", EQ, "c", Authority.DRAFT)])
        assert verdict(made, [assessed("a", by="buyer")], "c") is INSUFFICIENT
        assert verdict(made, [assessed("a")], "c", Ask(role=ROLE)) is INSUFFICIENT
        assert verdict(made, [assessed("a", by="lab")], "c", Ask(role=ROLE)) is SUPPORTED

    def test_rank_authority_and_role_must_meet_in_one_proof(self) -> None:
        """One proof has the rank, another the authority: none has both."""
        made = known("a", "c", rows=[row("a", EQ, "c", Authority.DRAFT)])
        documents = [assessed("a", by="lab"), assessed("c", by="buyer")]
        assert verdict(made, documents, "c", Ask(rank=LAB)) is SUPPORTED

    def test_an_unverified_rule_is_never_satisfied(self) -> None:
        answer = judged(C, [assessed("c")], "c", Ask(basis=Basis.NOT_VERIFIED))
        assert (answer.verdict, answer.reason) == (UNDETERMINED, "rests on a record that nobody has verified yet")
        unverified = known(criterion("c", basis=Basis.NOT_VERIFIED))
        assert verdict(unverified, [assessed("c")], "c") is UNDETERMINED

    def test_secondary_sources_count(self) -> None:
        assert verdict(known(criterion("c", basis=Basis.SECONDARY)), [assessed("c")], "c") is SATISFIED


class TestInsufficientAssurance:
    """Step 4: "some proof of all that is valid on D, neither contested nor disputed nor unverified (assumed ones count;
    their assumptions are listed in `missing`)"."""

    def test_a_rank_too_low(self) -> None:
        answer = judged(C, [assessed("c", by="buyer")], "c")
        assert (answer.verdict, answer.reason) == (
            INSUFFICIENT,
            "the evidence is second-party; third-party is asked",
        )

    def test_an_assumed_proof_counts_and_lists_its_assumptions(self) -> None:
        answer = judged(C, [assessed("c", condition="if dry")], "c")
        assert answer.verdict is INSUFFICIENT
        assert "assumed: the assessor's condition holds: if dry" in answer.missing

    def test_an_assumed_proof_by_a_weak_row_is_not_supported(self) -> None:
        made = known("a", "c", rows=[row("a", EQ, "c", Authority.DRAFT)])
        assert verdict(made, [assessed("a", condition="if dry")], "c") is INSUFFICIENT

    def test_an_inferred_subject_is_an_assumption(self) -> None:
        document = assessed("c")
        inferred = replace(document.assessments[0], subject_assumed="it was issued to this party")
        assert verdict(C, [replace(document, assessments=(inferred,))], "c") is INSUFFICIENT

    def test_every_assumption_taints(self) -> None:
        """One part assumed, the other shown: the whole stands on an assumption."""
        made = known("w", "a", "b", joints=[joint("w", "a", "b")])
        assert verdict(made, [assessed("a"), assessed("b", condition="if dry")], "w") is INSUFFICIENT


class TestUndetermined:
    """Step 5: "only contested, disputed, unverified or undated proofs, only challenges, or a fact, unit, qualifier,
    tolerance or link is missing: named"."""

    def test_it_stands_before_partial(self) -> None:
        """Section 7: "the first that holds": a missing qualifier of the whole comes before a part that is shown."""
        made = known(
            criterion("limit", limit=at_least(16, denominator="product")), "part", rows=[row("part", PO, "limit")]
        )
        documents = [assessed("part"), assessed("x", conforms=None, values=[value(17)])]
        answer = judged(made, documents, "limit")
        assert answer.verdict is UNDETERMINED
        assert "the denominator of the value is not stated" in answer.reason

    def test_it_stands_before_expired(self) -> None:
        documents = [
            assessed("c", valid=Validity("2020-01-01", "2021-01-01")),
            assessed("c", by="second-auditor", valid=Validity()),
        ]
        assert verdict(C, documents, "c") is UNDETERMINED

    def test_insufficient_assurance_stands_before_it(self) -> None:
        documents = [assessed("c", by="buyer"), assessed("c", valid=Validity())]
        assert verdict(C, documents, "c") is INSUFFICIENT

    def test_a_value_that_is_kept_secret_is_missing_and_named(self) -> None:
        """Section 7: what "is missing" is "named"."""
        answer = judged(C, [claimed("c", undisclosed=True)], "c", Ask(rank=SELF))
        assert answer.verdict is UNDETERMINED
        assert any("kept from this reader" in line for line in answer.missing)

    def test_a_lead_is_no_proof(self) -> None:
        """Step 8: "`missing`: nothing bears on it; leads are listed"."""
        answer = judged(C, [assessed("c", conforms=None)], "c")
        assert answer.verdict is MISSING
        assert [lead.why for lead in answer.leads] == ["the assessment does not say whether the subject conforms"]


class TestPartial:
    """Step 6: "`partial`: some, with auth >= A (below it, a lead). Names the parts not shown"."""

    def test_a_part_by_a_reviewed_row(self) -> None:
        made = known("a", "c", rows=[row("a", PO, "c")])
        assert verdict(made, [assessed("a")], "c") is PARTIAL

    def test_below_the_authority_it_is_a_lead(self) -> None:
        made = known("a", "c", rows=[row("a", PO, "c", Authority.DRAFT)])
        answer = judged(made, [assessed("a")], "c")
        assert answer.verdict is MISSING
        assert any(lead.row == "a-PO-c" for lead in answer.leads)

    def test_it_names_the_parts_not_shown(self) -> None:
        made = known("w", "a", "b", wholes=[whole("w", "a", "b")])
        assert "not shown: test-b criterion b" in judged(made, [assessed("a")], "w").missing

    def test_a_challenge_does_not_hide_a_part(self) -> None:
        made = known("a", "c", rows=[row("a", PO, "c")])
        assert verdict(made, [assessed("a"), no(by="stranger")], "c") is PARTIAL

    def test_a_part_that_is_not_valid_is_expired(self) -> None:
        made = known("a", "c", rows=[row("a", PO, "c")])
        old = assessed("a", valid=Validity("2020-01-01", "2021-01-01"))
        answer = judged(made, [old], "c")
        assert (answer.verdict, answer.would_be) == (EXPIRED, PARTIAL)


class TestMoreEvidence:
    """Section 7: "Adding evidence never removes a proof; it may replace, contest or change a fact"."""

    def test_an_invalid_document_changes_nothing(self) -> None:
        documents = [assessed("c")]
        more = [
            assessed("c", by="stranger", conforms=False),
            assessed("c", by="lab", conforms=False, valid=Validity("2031-01-01")),
            assessed("x", by="lab", conforms=False),
            assessed("c", by="lab", conforms=False, about="other-thing"),
        ]
        for document in more:
            assert verdict(C, [*documents, document], "c") is SATISFIED

    def test_the_order_of_documents_changes_nothing(self) -> None:
        documents = [assessed("a"), no("b", by="buyer"), assessed("b", by="lab"), claimed("c")]
        forwards = judged(CHAIN, [passport(), *documents], "c")
        backwards = judged(CHAIN, [*reversed(documents), passport()], "c")
        assert (forwards.verdict, forwards.facts) == (backwards.verdict, backwards.facts)


class TestClaims:
    """Section 7, end: "The same procedure judges a *claim* against each criterion it cites, without a market: there r
    is third party and A is reviewed, unless given, and the operator's own claims are not evidence"."""

    def claims(self, *documents: Document, made: object = C, how: Ask = UNTRUSTED) -> list[Verdict]:
        question, _ = asked(C, list(documents), "c", how)
        report = judge(question.knowledge, question.world.documents, on=ON, trust=how.trust)
        return [c.verdict for c in report.claims]

    def test_a_claim_is_not_evidence_for_itself(self) -> None:
        assert self.claims(claimed("c")) == [MISSING]

    def test_nor_for_another_claim(self) -> None:
        assert self.claims(claimed("c"), claimed("c", name="again")) == [MISSING, MISSING]

    def test_others_assessments_are(self) -> None:
        assert self.claims(claimed("c"), assessed("c"), how=Ask()) == [SATISFIED]
        assert self.claims(claimed("c"), assessed("c", by="buyer"), how=Ask()) == [INSUFFICIENT]
        assert self.claims(claimed("c"), no(), how=Ask()) == [FAILED]

    def test_the_operators_own_assessment_is_its_word(self) -> None:
        assert self.claims(claimed("c"), assessed("c", by="maker"), how=Ask()) == [INSUFFICIENT]

    def test_a_claim_of_an_unverified_criterion_is_undetermined(self) -> None:
        unverified = known(criterion("c", basis=Basis.NOT_VERIFIED))
        question, _ = asked(unverified, [claimed("c"), assessed("c")], "c")
        report = judge(question.knowledge, question.world.documents, on=ON, trust=trusted())
        assert [c.verdict for c in report.claims] == [UNDETERMINED]


def test_trust_is_asked_for_nothing_that_nobody_trusts() -> None:
    """Design: without `--trust` a certifier that nobody anchors counts for nothing."""
    assert verdict(C, [assessed("c")], "c", Ask(trust=NOBODY)) is INSUFFICIENT
    assert verdict(C, [assessed("c")], "c", Ask(trust=trusted(trust_entry("auditor", THIRD)))) is SATISFIED


def test_defaults_are_not_needed_where_nothing_is_missing() -> None:
    """Section 3: an assumption is made for what is unstated, and for nothing else."""
    made = known(criterion("limit", limit=at_least(16)), defaults=[default("model"), default("plant")])
    answer = judged(made, [assessed("x", conforms=None, values=[value(17)])], "limit")
    assert (answer.verdict, answer.assumptions) == (SATISFIED, ())
