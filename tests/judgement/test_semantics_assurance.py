"""Semantics, section 4, Assurance: the lower of what is declared and what the issuer's identity allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from tests.judgement.worlds import (
    EDITION,
    INSUFFICIENT,
    LAB,
    OFFICE,
    ROLE,
    SATISFIED,
    SCHEME,
    SELF,
    THIRD,
    USUAL,
    Ask,
    C,
    anchor,
    assessed,
    claimed,
    criterion,
    judged,
    known,
    link,
    party,
    passport,
    trust_entry,
    trusted,
    verdict,
    whole,
)

from comity.judgement import TrustList
from comity.judgement.trust import NOBODY
from comity.model.evidence import Document, LinkKind, Party, Validity
from comity.model.proofs import StepKind
from comity.model.scales import Assurance, Level

"""The user vouches for one register, and for nobody else."""


def effective(documents: Sequence[Document], how: Ask = USUAL) -> Assurance:
    """Return the rank of the best proof that there is."""
    proof = judged(C, documents, "c", replace(how, rank=Assurance.PUBLIC_AUTHORITY)).proof
    assert proof is not None
    return proof.labels.rank


class TestDeclared:
    """Section 4: "Effective assurance is the lower of the declared one and what the issuer's identity allows"."""

    @pytest.mark.parametrize(
        ("declared", "by", "rank"),
        [
            (Assurance.PUBLIC_AUTHORITY, "auditor", THIRD),
            (Assurance.SECOND_PARTY, "auditor", Assurance.SECOND_PARTY),
            (Assurance.PUBLIC_AUTHORITY, "office", Assurance.PUBLIC_AUTHORITY),
            (LAB, "office", LAB),
            (None, "office", Assurance.UNATTRIBUTED),
            (Assurance.PUBLIC_AUTHORITY, "maker", SELF),
            (Assurance.UNATTRIBUTED, "maker", Assurance.UNATTRIBUTED),
            (Assurance.PUBLIC_AUTHORITY, "stranger", Assurance.UNATTRIBUTED),
            (Assurance.PUBLIC_AUTHORITY, None, Assurance.UNATTRIBUTED),
        ],
    )
    def test_the_lower_counts(self, declared: Assurance | None, by: str | None, rank: Assurance) -> None:
        assert effective([assessed("c", declared=declared, by=by)]) is rank

    def test_the_scale(self) -> None:
        """Section 4: "unattributed < self < second party < third party < accredited third party < public authority"."""
        words = "unattributed self second-party third-party accredited-third-party public-authority"
        assert [a.token for a in sorted(Assurance)] == words.split()


class TestOperator:
    """Section 4: "the obligated operator itself is `self`"."""

    def test_who_issues_the_passport_answers_for_the_thing(self) -> None:
        assert effective([assessed("c", by="maker")]) is SELF

    def test_even_where_the_user_trusts_it(self) -> None:
        how = Ask(trust=trusted(trust_entry("maker", Assurance.PUBLIC_AUTHORITY)))
        assert effective([assessed("c", by="maker")], how) is SELF

    def test_whoever_runs_the_plant_answers_for_what_is_made_there(self) -> None:
        runs = passport(link(LinkKind.OPERATED_BY, "site", "auditor", "operator"))
        assert effective([runs, assessed("c")]) is SELF

    def test_a_party_that_only_inspects_does_not_answer(self) -> None:
        named = passport(link(LinkKind.OPERATED_BY, "thing", "auditor", "inspector"))
        assert effective([named, assessed("c")]) is THIRD

    def test_the_operator_under_another_name_of_its_own(self) -> None:
        """An issuer that says that it is also known as the operator is the operator, whatever else it is."""
        other = party("auditor", "maker")
        assert effective([assessed("c", by=other)]) is SELF

    def test_the_operator_under_a_name_that_another_document_ties_to_it(self) -> None:
        tied = replace(passport(), issuer=party("maker", "shell"))
        how = Ask(trust=trusted(trust_entry("shell", THIRD)))
        assert effective([tied, assessed("c", by="shell")], how) is SELF

    def test_the_operator_that_did_the_work_itself(self) -> None:
        """Safe reading: who signs for an audit that the operator made signs for the operator's own word."""
        assert effective([assessed("c", auditor=party("maker"))]) is SELF


class TestIdentity:
    """Section 4: "an issuer with no identity anchor, not a body that the scheme lists and not on the user's trust list
    is `unattributed`, whatever it declares"."""

    how = Ask(trust=OFFICE)

    def test_nobody_knows_a_stranger(self) -> None:
        assert effective([assessed("c", by="stranger")], self.how) is Assurance.UNATTRIBUTED

    def test_a_register_that_the_user_vouches_for_says_who_it_is(self) -> None:
        documents = [assessed("c", by="firm"), anchor("firm", "office")]
        assert effective(documents, self.how) is THIRD

    def test_a_register_that_nobody_knows_says_nothing(self) -> None:
        """Safe reading of "identity anchor": one by a register that nobody vouches for is a friend's word."""
        documents = [assessed("c", by="firm"), anchor("firm", "friend", "accreditation", [SCHEME])]
        answer = judged(C, documents, "c", self.how)
        assert answer.verdict is INSUFFICIENT
        assert any("nobody vouches for the register" in line for line in answer.missing)

    def test_nobody_anchors_itself(self) -> None:
        how = Ask(trust=trusted(trust_entry("firm", SELF)))
        own = [assessed("c", by="firm"), anchor("firm", "firm", "accreditation", [SCHEME])]
        assert effective(own, how) is SELF
        alias = [assessed("c", by=party("firm", "office")), anchor("firm", "office")]
        assert effective(alias, self.how) is Assurance.UNATTRIBUTED

    def test_nobody_anchors_its_own_auditor(self) -> None:
        how = Ask(trust=TrustList("trust.toml", (trust_entry("maker", Assurance.PUBLIC_AUTHORITY),)))
        documents = [assessed("c", by="firm"), anchor("firm", "maker", "accreditation", [SCHEME])]
        assert effective(documents, how) is Assurance.UNATTRIBUTED

    @pytest.mark.parametrize(
        "valid",
        [Validity("2031-01-01"), Validity("2020-01-01", "2030-05-31"), Validity()],
        ids=["later", "ended", "undated"],
    )
    def test_an_anchor_counts_within_its_validity(self, valid: Validity) -> None:
        documents = [assessed("c", by="firm"), anchor("firm", "office", valid=valid)]
        assert effective(documents, self.how) is Assurance.UNATTRIBUTED

    def test_an_anchor_of_somebody_else_is_not_borrowed(self) -> None:
        """To say that one is also known as an accredited body raises nobody's word."""
        for name in ("afirm", "zfirm"):
            documents = [assessed("c", by=party(name, "known")), anchor("known", "office", "accreditation", [SCHEME])]
            assert effective(documents, self.how) is Assurance.UNATTRIBUTED

    def test_a_trust_entry_of_somebody_else_is_not_borrowed(self) -> None:
        for name in ("afirm", "zfirm"):
            assert effective([assessed("c", by=party(name, "office"))], self.how) is Assurance.UNATTRIBUTED

    def test_a_body_that_the_scheme_lists_counts(self) -> None:
        made = replace(C, schemes={SCHEME: replace(EDITION, bodies=("https://id.example/firm",))})
        assert verdict(made, [assessed("c", by="firm")], "c", Ask(rank=LAB, trust=NOBODY)) is SATISFIED

    def test_a_scheme_makes_nobody_an_authority(self) -> None:
        """Section 4: "accreditation or authority without a matching anchor or listing in scope": a private scheme says
        who assesses for it, not who speaks for the public; an act of law may."""
        listed = replace(EDITION, bodies=("https://id.example/firm",))
        made, law = (
            replace(C, schemes={SCHEME: listed}),
            replace(C, schemes={SCHEME: replace(listed, jurisdiction="XX")}),
        )
        how = Ask(rank=Assurance.PUBLIC_AUTHORITY, trust=NOBODY)
        assert verdict(made, [assessed("c", by="firm")], "c", how) is INSUFFICIENT
        assert verdict(law, [assessed("c", by="firm")], "c", how) is SATISFIED

    def test_a_body_that_another_scheme_lists_does_not(self) -> None:
        other = replace(EDITION, iri="https://w3id.org/comity/other/1", bodies=("https://id.example/firm",))
        made = replace(C, schemes={SCHEME: EDITION, other.iri: other})
        assert verdict(made, [assessed("c", by="firm")], "c", Ask(trust=NOBODY)) is INSUFFICIENT


class TestAccreditation:
    """Section 4: "accreditation or authority without a matching anchor or listing in scope is at most third party"."""

    how = Ask(trust=OFFICE)

    def rank(self, scope: Sequence[str], register: str = "accreditation", declared: Assurance = LAB) -> Assurance:
        documents = [assessed("c", by="firm", declared=declared), anchor("firm", "office", register, scope)]
        return effective(documents, self.how)

    @pytest.mark.parametrize("scope", [[SCHEME], ["test-1"], ["https://w3id.org/comity/other/1", SCHEME]])
    def test_in_scope(self, scope: Sequence[str]) -> None:
        assert self.rank(scope) is LAB

    @pytest.mark.parametrize("scope", [[], ["https://w3id.org/comity/other/1"], [ROLE], ["test-10"], ["1"]])
    def test_out_of_scope_is_at_most_third_party(self, scope: Sequence[str]) -> None:
        assert self.rank(scope) is THIRD

    def test_another_register_accredits_nobody(self) -> None:
        assert self.rank([SCHEME], "business") is THIRD

    def test_the_register_caps_what_it_accredits(self) -> None:
        how = Ask(trust=TrustList("trust.toml", (trust_entry("office", Assurance.SECOND_PARTY),)))
        documents = [assessed("c", by="firm"), anchor("firm", "office", "accreditation", [SCHEME])]
        assert effective(documents, how) is Assurance.SECOND_PARTY

    def test_the_best_of_several_anchors_counts(self) -> None:
        documents = [
            assessed("c", by="firm"),
            anchor("firm", "office", "business"),
            anchor("firm", "office", "accreditation", [SCHEME]),
        ]
        assert effective(documents, self.how) is Assurance.PUBLIC_AUTHORITY

    def test_a_register_that_is_trusted_for_another_scheme_accredits_nobody_here(self) -> None:
        how = Ask(trust=TrustList("t", (trust_entry("office", LAB, schemes=["other-1"]),)))
        documents = [assessed("c", by="firm"), anchor("firm", "office", "accreditation", [SCHEME])]
        assert effective(documents, how) is Assurance.UNATTRIBUTED


class TestRole:
    """Section 4: "A requirement may ask a *role* as well (notified body under act X): rank never replaces a role"."""

    how = Ask(role=ROLE)

    def test_the_highest_rank_without_the_role_does_not_satisfy(self) -> None:
        answer = judged(C, [assessed("c", by="office")], "c", self.how)
        assert answer.verdict is INSUFFICIENT
        assert "notified body" in answer.reason

    def test_the_role_on_the_trust_list(self) -> None:
        assert verdict(C, [assessed("c", by="lab")], "c", self.how) is SATISFIED

    def test_the_role_in_the_scope_of_an_accreditation(self) -> None:
        how = Ask(role=ROLE, trust=OFFICE)
        for scope, met in (([ROLE, SCHEME], SATISFIED), ([ROLE], INSUFFICIENT), ([SCHEME], INSUFFICIENT)):
            documents = [assessed("c", by="firm"), anchor("firm", "office", "accreditation", scope)]
            assert verdict(C, documents, "c", how) is met, scope

    def test_every_assessment_used_must_have_it(self) -> None:
        """Section 4, labels: "role (when every assessment used has it)"."""
        made = known("w", "a", "b", wholes=[whole("w", "a", "b")])
        assert verdict(made, [assessed("a", by="lab"), assessed("b", by="lab")], "w", self.how) is SATISFIED
        assert verdict(made, [assessed("a", by="lab"), assessed("b", by="office")], "w", self.how) is INSUFFICIENT

    def test_a_role_does_not_replace_the_rank(self) -> None:
        how = Ask(role=ROLE, rank=Assurance.PUBLIC_AUTHORITY)
        assert verdict(C, [assessed("c", by="lab")], "c", how) is INSUFFICIENT


class TestTrustList:
    """Section 4: the trust list is the user's own; design: "every verdict that leans on it says so"."""

    def test_it_caps(self) -> None:
        how = Ask(trust=trusted(trust_entry("auditor", Assurance.SECOND_PARTY)))
        assert effective([assessed("c")], how) is Assurance.SECOND_PARTY

    def test_it_does_not_raise(self) -> None:
        assert effective([assessed("c", by="office", declared=SELF)]) is SELF

    def test_it_counts_for_the_schemes_that_it_names(self) -> None:
        for schemes, met in ((["test-1"], SATISFIED), (["other-1"], INSUFFICIENT)):
            how = Ask(trust=trusted(trust_entry("auditor", THIRD, schemes=schemes)))
            assert verdict(C, [assessed("c")], "c", how) is met

    def test_the_proof_says_so(self) -> None:
        proof = judged(C, [assessed("c")], "c").proof
        assert proof is not None
        (step,) = [s for s in proof.steps if s.kind is StepKind.ASSURANCE]
        assert step.detail["trusted"] == "https://id.example/auditor"


class TestClaims:
    """Section 4: "A *claim* is the operator's own word: citing a criterion by its IRI asserts all at `self`"."""

    def test_a_claim_is_self(self) -> None:
        assert verdict(C, [claimed("c")], "c", Ask(rank=SELF)) is SATISFIED
        assert verdict(C, [claimed("c")], "c", Ask(rank=Assurance.SECOND_PARTY)) is INSUFFICIENT

    def test_a_claim_that_nobody_issued_is_unattributed(self) -> None:
        assert verdict(C, [claimed("c", by=None)], "c", Ask(rank=SELF)) is INSUFFICIENT

    def test_a_claim_never_has_a_role(self) -> None:
        assert verdict(C, [claimed("c")], "c", Ask(rank=SELF, role=ROLE)) is INSUFFICIENT


def test_the_operator_of_the_criterions_subject_counts_not_that_of_another() -> None:
    """Section 4: "the obligated operator" is that of the subject assessed: a maker is a third party to others."""
    made = known(criterion("c", level=Level.FACILITY))
    how = Ask(about="other-site", trust=trusted(trust_entry("maker", THIRD)))
    home = passport(link(LinkKind.OPERATED_BY, "other-site", "rival", "operator"))
    assert verdict(made, [home, assessed("c", about="other-site", by="maker")], "c", how) is SATISFIED


def test_a_party_is_known_by_its_identifier_and_never_by_its_name() -> None:
    """Section 4, Subject: "never a name"; an issuer that is called like a trusted one is a stranger."""
    namesake = Party("https://other.example/auditor", "auditor", party("stranger").keys)
    assert verdict(C, [assessed("c", by=namesake)], "c") is INSUFFICIENT
