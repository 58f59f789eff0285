"""Semantics, section 4, Time: validity, dates that are not wholly known, re-audits, editions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from tests.judgement.worlds import (
    EDITION,
    EXPIRED,
    FAILED,
    INSUFFICIENT,
    SATISFIED,
    SCHEME,
    SELF,
    UNDETERMINED,
    Ask,
    C,
    assessed,
    at_least,
    claimed,
    criterion,
    default,
    judged,
    key,
    known,
    passport,
    value,
    verdict,
    whole,
)

from comity.model.evidence import Validity
from comity.model.knowledge import Alias
from comity.model.proofs import StepKind
from comity.model.scales import Assurance, Verdict


class TestValidity:
    """Section 4: "Evidence counts when D lies in its validity; without an end date, from its issue date"."""

    @pytest.mark.parametrize(
        ("valid", "met"),
        [
            (Validity("2030-06-01", "2030-06-01"), SATISFIED),
            (Validity("2030-06-02", "2031-01-01"), EXPIRED),
            (Validity("2029-01-01", "2030-05-31"), EXPIRED),
            (Validity("2029-01-01"), SATISFIED),
            (Validity(None, None, "2029-01-01"), SATISFIED),
            (Validity(None, None, "2031-01-01"), EXPIRED),
            (Validity("2031-01-01", "2029-01-01"), EXPIRED),
            (Validity("2030-01-01", "2029-01-01"), EXPIRED),
            (Validity(None, "2031-01-01"), SATISFIED),
            (Validity("2030"), SATISFIED),
            (Validity("2031"), EXPIRED),
            (Validity("2029", "2030"), SATISFIED),
            (Validity("2028", "2029"), EXPIRED),
            (Validity("2030-06"), SATISFIED),
            (Validity("2030-07"), EXPIRED),
        ],
        ids=str,
    )
    def test_the_day_against_the_period(self, valid: Validity, met: Verdict) -> None:
        assert verdict(C, [assessed("c", valid=valid)], "c") is met

    def test_nothing_without_any_date_counts(self) -> None:
        """Section 4: "without any date it gives at most `undetermined`"; for and against alike."""
        for conforms in (True, False):
            answer = judged(C, [assessed("c", valid=Validity(), conforms=conforms)], "c")
            assert (answer.verdict, answer.reason) == (UNDETERMINED, "the evidence states no date")

    def test_what_is_dated_counts_beside_what_is_not(self) -> None:
        documents = [assessed("c", valid=Validity()), assessed("c")]
        assert verdict(C, documents, "c") is SATISFIED

    def test_an_undated_no_undoes_nothing(self) -> None:
        documents = [assessed("c", valid=Validity(), conforms=False, by="lab"), assessed("c")]
        assert verdict(C, documents, "c") is SATISFIED

    def test_an_undated_assessment_takes_the_dates_of_its_credential(self) -> None:
        """Section 4: "an undated assessment takes its credential's dates"."""
        assert verdict(C, [assessed("c", valid=Validity("2030-01-01"), dated=None)], "c") is SATISFIED

    def test_a_dated_assessment_in_an_undated_credential_counts_from_its_date(self) -> None:
        """Safe reading of "without an end date, from its issue date": an assessment is no older than it says."""
        assert verdict(C, [assessed("c", valid=Validity(), dated="2030-05-01")], "c") is SATISFIED
        assert verdict(C, [assessed("c", valid=Validity(), dated="2030-06-02")], "c") is EXPIRED

    def test_what_is_assessed_after_the_day_is_not_known_on_it(self) -> None:
        """Section 4: "Everything is judged as of D": what a credential says of a later day is not known yet."""
        answer = judged(C, [assessed("c", valid=Validity("2030-01-01"), dated="2030-06-02")], "c")
        assert answer.verdict is EXPIRED
        assert "assessed only on 2030-06-02" in answer.reason

    def test_the_validity_of_the_envelope_counts_not_the_date_of_the_claim(self) -> None:
        how = Ask(rank=SELF)
        assert verdict(C, [claimed("c", dated="2031-01-01")], "c", how) is SATISFIED
        assert verdict(C, [claimed("c", dated="2030-01-01", valid=Validity("2031-01-01"))], "c", how) is EXPIRED
        assert verdict(C, [claimed("c", dated="2030-01-01", valid=Validity())], "c", how) is UNDETERMINED

    def test_a_claim_with_a_validity_of_its_own(self) -> None:
        """A row of a sheet states its dates itself: the sheet as a whole has none."""
        how = Ask(rank=SELF)
        sheet = claimed("c", valid=Validity(), own=Validity("2030-01-01"))
        assert verdict(C, [sheet], "c", how) is SATISFIED
        assert verdict(C, [claimed("c", own=Validity("2029-01-01", "2029-12-31"))], "c", how) is EXPIRED

    def test_the_day_is_always_in_the_proof(self) -> None:
        """Section 4: "Everything is judged as of D (... always printed)"."""
        proof = judged(C, [assessed("c")], "c").proof
        assert proof is not None
        assert [s.detail["on"] for s in proof.steps if s.kind is StepKind.TIME] == ["2030-06-01"]

    def test_one_invalid_part_makes_the_whole_invalid(self) -> None:
        """Section 4: "validity" is a label of the proof, and all evidence used must have it."""
        made = known("w", "a", "b", wholes=[whole("w", "a", "b")])
        ended = assessed("b", valid=Validity("2029-01-01", "2029-12-31"))
        assert verdict(made, [assessed("a"), ended], "w") is Verdict.PARTIAL


class TestExpired:
    """Section 7, step 8: "only evidence not valid on D (ended, or not yet begun: say which) bears on it. Carries
    `would_be`"."""

    @pytest.mark.parametrize(
        ("valid", "said"),
        [
            (Validity("2029-01-01", "2029-12-31"), "valid until 2029-12-31"),
            (Validity("2031-01-01", "2031-12-31"), "valid only from 2031-01-01"),
        ],
    )
    def test_it_says_which(self, valid: Validity, said: str) -> None:
        answer = judged(C, [assessed("c", valid=valid)], "c")
        assert (answer.verdict, answer.would_be) == (EXPIRED, SATISFIED)
        assert said in answer.reason

    def test_it_carries_what_it_would_be(self) -> None:
        old = Validity("2029-01-01", "2029-12-31")
        assert judged(C, [assessed("c", valid=old, conforms=False)], "c").would_be is FAILED
        assert judged(C, [assessed("c", valid=old, by="stranger")], "c").would_be is INSUFFICIENT

    def test_valid_evidence_is_not_expired(self) -> None:
        old = Validity("2029-01-01", "2029-12-31")
        assert verdict(C, [assessed("c", valid=old), claimed("c")], "c") is INSUFFICIENT


class TestReaudits:
    """Section 4: "A later assessment of the same criterion, subject and unit by the same issuer or programme, at no
    lower assurance, replaces the earlier (shown as replaced)"."""

    old, new = Validity("2023-03-01"), Validity("2025-03-01")

    def test_a_2025_re_audit_replaces_the_2023_audit_of_the_programme(self) -> None:
        """Issue 3, item 5: "A 2025 re-audit replaces the same programme's 2023 audit"."""
        first = assessed("c", valid=self.old, programme="urn:programme", conforms=False)
        second = assessed("c", valid=self.new, programme="urn:programme", by="second-auditor")
        answer = judged(C, [first, second], "c")
        assert (answer.verdict, answer.challenges) == (SATISFIED, ())
        assert verdict(C, [second, first], "c") is SATISFIED

    def test_and_the_other_way_round(self) -> None:
        first = assessed("c", valid=self.old, programme="urn:programme")
        second = assessed("c", valid=self.new, programme="urn:programme", by="second-auditor", conforms=False)
        answer = judged(C, [first, second], "c")
        assert answer.verdict is FAILED

    def test_what_was_replaced_is_shown(self) -> None:
        documents = [
            assessed("c", valid=self.old, conforms=False),
            assessed("c", valid=self.new, by="auditor", conforms=None),
        ]
        assert verdict(C, documents, "c") is FAILED
        replaced = judged(C, [documents[0], assessed("c", valid=self.new, conforms=True, by="auditor")], "c", STRICT)
        assert replaced.verdict is INSUFFICIENT
        assert any("replaced by" in lead.why for lead in replaced.leads)

    def test_the_same_issuer_replaces_itself_without_a_programme(self) -> None:
        documents = [assessed("c", valid=self.old, conforms=False), assessed("c", valid=self.new)]
        assert verdict(C, documents, "c") is SATISFIED

    def test_another_issuer_of_no_programme_replaces_nothing(self) -> None:
        documents = [assessed("c", valid=self.old, conforms=False), assessed("c", valid=self.new, by="second-auditor")]
        assert verdict(C, documents, "c") is Verdict.CONFLICTING

    def test_a_lower_assurance_replaces_nothing(self) -> None:
        """Section 4: "at no lower assurance"."""
        first = assessed("c", valid=self.old, programme="urn:p", by="lab", conforms=False)
        second = assessed("c", valid=self.new, programme="urn:p")
        assert verdict(C, [first, second], "c") is Verdict.CONFLICTING

    def test_a_later_one_of_lower_assurance_does_not_shield_from_one_between(self) -> None:
        """The audit of 2024 replaces that of 2023, whatever a later statement of less weight says."""
        documents = [
            assessed("c", valid=Validity("2023-01-01"), programme="urn:p", conforms=False),
            assessed("c", valid=Validity("2024-01-01"), programme="urn:p"),
            assessed("c", valid=Validity("2025-01-01"), programme="urn:p", by="stranger"),
        ]
        assert verdict(C, documents, "c") is SATISFIED

    def test_a_re_audit_that_has_not_begun_replaces_nothing(self) -> None:
        documents = [assessed("c", conforms=False), assessed("c", valid=Validity("2031-01-01"))]
        assert verdict(C, documents, "c") is FAILED

    def test_a_re_audit_that_has_ended_has_still_replaced(self) -> None:
        ended = assessed("c", valid=Validity("2025-01-01", "2026-01-01"))
        assert verdict(C, [assessed("c", valid=Validity("2023-01-01")), ended], "c") is EXPIRED

    def test_an_undated_one_neither_replaces_nor_is_replaced(self) -> None:
        documents = [assessed("c", valid=Validity("2023-01-01"), conforms=False), assessed("c", valid=Validity())]
        assert verdict(C, documents, "c") is FAILED

    def test_years_are_compared_where_only_a_year_is_known(self) -> None:
        """Section 4: "where only a year is known, years are compared": of the same year, neither is the later."""
        first = assessed("c", valid=Validity("2029"), conforms=False)
        assert verdict(C, [first, assessed("c", valid=Validity("2029-11-01"))], "c") is Verdict.CONFLICTING
        assert verdict(C, [first, assessed("c", valid=Validity("2030"))], "c") is SATISFIED

    def test_the_date_of_the_assessment_counts_before_that_of_the_credential(self) -> None:
        first = assessed("c", valid=Validity("2030-02-01"), dated="2023-01-01", conforms=False)
        second = assessed("c", valid=Validity("2030-01-01"), dated="2025-01-01")
        assert verdict(C, [first, second], "c") is SATISFIED

    def test_another_criterion_is_not_replaced(self) -> None:
        made = known("c", "d")
        documents = [assessed("c", valid=self.old, conforms=False), assessed("d", valid=self.new)]
        assert verdict(made, documents, "c") is FAILED

    def test_another_subject_is_not_replaced(self) -> None:
        documents = [assessed("c", valid=self.old, conforms=False), assessed("c", valid=self.new, about="other-thing")]
        assert verdict(C, documents, "c") is FAILED

    def test_a_claim_replaces_nothing(self) -> None:
        documents = [assessed("c", valid=self.old, conforms=False, by="maker"), claimed("c", valid=self.new)]
        assert verdict(C, documents, "c") is not SATISFIED

    def test_two_bodies_under_one_act_are_no_programme(self) -> None:
        """Safe reading of "programme": who is refused by one body under an act does not shop for another one."""
        act = replace(EDITION, jurisdiction="XX", source="https://law.example/act")
        alias = Alias("https://law.example/oj", "", f"{SCHEME}/c", True, False, "the act")
        made = replace(C, schemes={SCHEME: act}, aliases=(alias,))
        for programme in (SCHEME, "https://law.example/act", "https://law.example/oj/"):
            first = assessed("c", valid=self.old, programme=programme, conforms=False)
            second = assessed("c", valid=self.new, programme=programme, by="second-auditor")
            assert verdict(made, [first, second], "c") is Verdict.CONFLICTING


STRICT = Ask(rank=Assurance.PUBLIC_AUTHORITY)


class TestReauditsOfAUnit:
    """Section 4: "of the same criterion, subject and unit": the share of 2028 is not replaced by that of 2029."""

    made = known(criterion("limit", limit=at_least(16), units=["year"]))

    def found(self, year: str, number: int, dated: str, parts: Mapping[str, str]) -> Verdict:
        documents = [
            passport(parts=parts),
            assessed("limit", conforms=None, values=[value(15, year="2028")], valid=Validity("2029-02-01")),
            assessed("limit", conforms=None, values=[value(number, year=year)], valid=Validity(dated)),
        ]
        return verdict(self.made, documents, "limit")

    def test_the_same_year_is_replaced(self) -> None:
        assert self.found("2028", 17, "2030-02-01", {"year": "2028"}) is SATISFIED

    def test_another_year_is_not(self) -> None:
        assert self.found("2029", 17, "2030-02-01", {"year": "2028"}) is FAILED

    def test_what_may_be_another_unit_replaces_no_refusal(self) -> None:
        """Safe reading: a later "yes" for a plant that is only assumed leaves the "no" for the plant that is stated."""
        made = known(criterion("limit", units=["plant"]), defaults=[default("plant")])
        documents = [
            passport(parts={"plant": key("site")}),
            assessed("limit", about=("thing", "site"), conforms=False, valid=Validity("2023-01-01")),
            assessed("limit", valid=Validity("2025-01-01")),
        ]
        assert verdict(made, documents, "limit") is FAILED


class TestEditions:
    """Section 4: "A scheme version counts when in force on the assessment date and not withdrawn for existing
    certificates on D"."""

    edition = replace(
        EDITION,
        in_force_from=date(2024, 1, 1),
        in_force_until=date(2028, 12, 31),
        withdrawn_from=date(2031, 1, 1),
    )
    made = replace(C, schemes={SCHEME: edition})

    @pytest.mark.parametrize(
        ("dated", "met"),
        [
            ("2023-12-31", EXPIRED),
            ("2024-01-01", SATISFIED),
            ("2028-12-31", SATISFIED),
            ("2029-01-01", EXPIRED),
            ("2024", SATISFIED),
            ("2023", EXPIRED),
        ],
    )
    def test_in_force_on_the_assessment_date(self, dated: str, met: Verdict) -> None:
        assert verdict(self.made, [assessed("c", valid=Validity("2023-01-01"), dated=dated)], "c") is met

    def test_the_credentials_date_counts_where_the_assessment_has_none(self) -> None:
        assert verdict(self.made, [assessed("c", valid=Validity("2029-06-01"))], "c") is EXPIRED

    def test_withdrawn_for_existing_certificates(self) -> None:
        certificate = [assessed("c", valid=Validity("2028-01-01"))]
        assert verdict(self.made, certificate, "c", Ask(on=date(2030, 12, 31))) is SATISFIED
        assert verdict(self.made, certificate, "c", Ask(on=date(2031, 1, 1))) is EXPIRED

    def test_withdrawn_whatever_the_date_of_the_certificate_may_be(self) -> None:
        """Without a date it may have counted before; on no date does it count now."""
        undated = [assessed("c", valid=Validity())]
        assert verdict(self.made, undated, "c", Ask(on=date(2030, 12, 31))) is UNDETERMINED
        found = judged(self.made, undated, "c", Ask(on=date(2031, 1, 1)))
        assert (found.verdict, found.would_be) == (EXPIRED, UNDETERMINED)

    def test_a_refusal_under_a_withdrawn_edition_refuses_nothing(self) -> None:
        certificate = [assessed("c", valid=Validity("2028-01-01"), conforms=False)]
        assert verdict(self.made, certificate, "c", Ask(on=date(2031, 1, 1))) is EXPIRED

    def test_a_claim_of_a_withdrawn_edition_counts_no_more_than_a_certificate(self) -> None:
        """Safe reading: "a scheme version counts when ..." is said of whatever cites it."""
        how = Ask(rank=SELF, on=date(2031, 1, 1))
        assert verdict(self.made, [claimed("c", valid=Validity("2028-01-01"))], "c", how) is EXPIRED

    def test_nobody_is_assessed_against_a_draft(self) -> None:
        """A text put up for comment is in force on no day."""
        draft = replace(C, schemes={SCHEME: replace(EDITION, state="draft")})
        certificate = [assessed("c", valid=Validity("2028-01-01"))]
        assert verdict(C, certificate, "c", Ask(on=date(2030, 1, 1))) is SATISFIED
        assert verdict(draft, certificate, "c", Ask(on=date(2030, 1, 1))) is EXPIRED
