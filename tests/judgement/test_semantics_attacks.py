"""Documents made to get "satisfied" where it is not earned: each must come to the safe verdict."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.judgement.worlds import (
    EXPIRED,
    INSUFFICIENT,
    LAB,
    MISSING,
    OFFICE,
    ONE,
    PERCENT,
    SATISFIED,
    SCHEME,
    SELF,
    SHARE,
    THIRD,
    UNDETERMINED,
    Ask,
    C,
    anchor,
    assessed,
    at_least,
    at_most,
    attribute,
    cite,
    claimed,
    criterion,
    default,
    iri,
    judged,
    known,
    link,
    of,
    party,
    passport,
    row,
    subject,
    trust_entry,
    trusted,
    value,
    verdict,
)

from comity.model.criteria import Metric
from comity.model.evidence import CitationKind, Document, LinkKind, Party, Validity
from comity.model.knowledge import Alias, AttributeMetric, MetricRule
from comity.model.mappings import Relation
from comity.model.quantities import Quantity
from comity.model.scales import Assurance, Kind, Level, Lift, Verdict


class TestSubjects:
    """Section 4, Subject: "Exact id, canonical key (GS1), or registered id within its scheme; never a name"."""

    policy = known(criterion("c", level=Level.FACILITY, lifts=[Lift.INHERITS_DOWN]))

    def test_a_certificate_for_another_facility_of_the_same_company(self) -> None:
        other = link(LinkKind.OPERATED_BY, "other-site", "maker", "operator")
        documents = [passport(other), assessed("c", about="other-site")]
        assert verdict(self.policy, documents, "c") is MISSING
        assert verdict(self.policy, documents, "c", Ask(about="site")) is MISSING

    def test_a_certificate_for_the_company_about_a_criterion_of_plants(self) -> None:
        """An organisation is no plant: what was found of it is a lead."""
        answer = judged(self.policy, [assessed("c", about="maker")], "c")
        assert answer.verdict is MISSING

    def test_a_certificate_for_a_plant_about_a_criterion_of_products(self) -> None:
        made = known(criterion("c", lifts=[Lift.INHERITS_DOWN]))
        assert verdict(made, [assessed("c", about="site")], "c") is MISSING

    def test_a_certificate_that_names_the_company_beside_another_plant(self) -> None:
        documents = [assessed("c", about=("other-site", "maker"))]
        assert verdict(self.policy, documents, "c") is MISSING

    def test_a_namesake(self) -> None:
        """The certificate's product is called the same and is another."""
        namesake = replace(subject("other-thing"), label="thing")
        documents = [passport(subjects=[namesake]), assessed("c", about="other-thing")]
        assert verdict(C, documents, "c") is MISSING

    def test_an_identifier_used_for_a_company_and_for_its_plant(self) -> None:
        """Keys have a type: a certificate about the company at an address is none about the plant at that address."""
        shared = "https://id.example/shared"
        plant = replace(
            subject("site"), id=shared, key=f"facility:id:{shared}", keys=frozenset({f"facility:id:{shared}"})
        )
        certificate = assessed("c")
        about = replace(certificate.assessments[0], subjects=(f"organisation:id:{shared}",))
        documents = [passport(subjects=[plant]), replace(certificate, assessments=(about,))]
        assert verdict(self.policy, documents, "c", Ask(about="site")) is MISSING

    def test_an_inspected_party_does_not_hand_down_its_policy(self) -> None:
        """A party that the passport names as inspector stands above nothing."""
        made = known(criterion("c", level=Level.ORGANISATION, lifts=[Lift.INHERITS_DOWN]))
        home = passport(link(LinkKind.OPERATED_BY, "thing", "famous", "inspector"), subjects=[subject("famous")])
        assert verdict(made, [home, assessed("c", about="famous")], "c") is MISSING

    def test_a_source_hands_nothing_down(self) -> None:
        """What a thing is made from is not what stands above it."""
        home = passport(link(LinkKind.SOURCES_FROM, "thing", "other-thing"))
        made = known(criterion("c", lifts=[Lift.INHERITS_DOWN, Lift.AGGREGATES_UP]))
        assert verdict(made, [home, assessed("c", about="other-thing")], "c") is MISSING

    def test_a_plant_that_handled_it_hands_nothing_down(self) -> None:
        home = passport(link(LinkKind.PROCESSED_AT, "thing", "other-site"))
        assert verdict(self.policy, [home, assessed("c", about="other-site")], "c") is MISSING

    def test_a_certificate_of_the_model_is_none_of_the_item(self) -> None:
        """Section 4: "Lifting is a separate step on one criterion that declares it"."""
        home = passport(link(LinkKind.PART_OF, "thing", "model"))
        assert verdict(C, [home, assessed("c", about="model")], "c") is MISSING


class TestIssuers:
    """Section 4, Assurance: what the issuer's identity allows, whatever it declares."""

    def test_an_anchor_made_by_a_friend(self) -> None:
        documents = [
            assessed("c", by="firm"),
            anchor("firm", "friend", "accreditation", [SCHEME]),
            anchor("friend", "firm", "accreditation", [SCHEME]),
        ]
        assert verdict(C, documents, "c", Ask(rank=Assurance.SECOND_PARTY)) is INSUFFICIENT

    def test_a_friend_that_is_anchored_is_no_register(self) -> None:
        """Trust is not handed on: the office anchors the friend, the friend anchors the firm."""
        documents = [assessed("c", by="firm"), anchor("firm", "friend"), anchor("friend", "office")]
        assert verdict(C, documents, "c", Ask(rank=Assurance.SECOND_PARTY, trust=OFFICE)) is INSUFFICIENT

    def test_an_auditor_on_the_trust_list_is_no_register_for_what_it_is_not_trusted_with(self) -> None:
        """A register caps what it anchors: one that is trusted as second party makes no third party."""
        documents = [assessed("c", by="firm"), anchor("firm", "buyer", "accreditation", [SCHEME])]
        assert verdict(C, documents, "c", Ask(rank=THIRD)) is INSUFFICIENT

    def test_a_claim_copied_into_an_assessment(self) -> None:
        for by in ("maker", party("shell", "maker")):
            documents = [assessed("c", by=by)]
            assert verdict(C, documents, "c", Ask(rank=Assurance.SECOND_PARTY)) is INSUFFICIENT

    def test_a_shell_that_the_operators_own_record_ties_to_it(self) -> None:
        """alsoKnownAs in another document links back, and the user trusts the shell."""
        record = replace(claimed("x", about="site", by=party("maker", "shell"), name="record"), links=())
        how = Ask(trust=trusted(trust_entry("shell", LAB)))
        assert verdict(C, [record, assessed("c", by="shell")], "c", how) is INSUFFICIENT

    def test_who_calls_itself_the_trusted_auditor(self) -> None:
        for name in ("aaa", "zzz"):
            assert verdict(C, [assessed("c", by=party(name, "auditor"))], "c") is INSUFFICIENT

    def test_a_trusted_name(self) -> None:
        impostor = Party("did:web:impostor.example", "auditor", frozenset({"organisation:id:did:web:impostor.example"}))
        assert verdict(C, [assessed("c", by=impostor)], "c") is INSUFFICIENT

    def test_a_role_of_ones_own_making(self) -> None:
        """A role stands in the scope of an accreditation by a trusted register, or on the trust list, nowhere else."""
        role = "https://w3id.org/comity/role/notified-body"
        document = assessed("c", by="auditor")
        boast = replace(document.assessments[0], roles=(role,))
        documents = [
            replace(document, assessments=(boast,)),
            anchor("auditor", "auditor", "accreditation", [role, SCHEME]),
        ]
        assert verdict(C, documents, "c", Ask(role=role)) is INSUFFICIENT

    def test_two_weak_words_make_no_strong_one(self) -> None:
        documents = [assessed("c", by=n, name=n) for n in ("stranger", "friend", "buyer", "maker")]
        assert verdict(C, documents, "c") is INSUFFICIENT


class TestTimes:
    """Section 4, Time: everything as of D."""

    def test_a_certificate_of_the_future(self) -> None:
        answer = judged(C, [assessed("c", valid=Validity("2030-06-02", "2040-01-01"))], "c")
        assert (answer.verdict, answer.would_be) == (EXPIRED, SATISFIED)

    def test_a_re_audit_of_the_future_hides_no_refusal(self) -> None:
        documents = [assessed("c", conforms=False), assessed("c", dated="2030-12-01")]
        assert verdict(C, documents, "c") is Verdict.FAILED

    def test_a_better_audit_from_a_friend_hides_no_refusal(self) -> None:
        documents = [
            assessed("c", conforms=False, programme="urn:programme", valid=Validity("2030-01-01")),
            assessed("c", by="stranger", programme="urn:programme", valid=Validity("2030-05-01")),
        ]
        assert verdict(C, documents, "c") is Verdict.FAILED

    def test_an_issuer_that_calls_itself_the_auditor_hides_no_refusal(self) -> None:
        documents = [
            assessed("c", conforms=False, valid=Validity("2030-01-01")),
            assessed("c", by=party("zzz", "auditor"), valid=Validity("2030-05-01")),
        ]
        assert verdict(C, documents, "c") is Verdict.FAILED

    def test_a_conditional_re_audit_hides_no_refusal(self) -> None:
        documents = [
            assessed("c", conforms=False, valid=Validity("2030-01-01")),
            assessed("c", condition="once mended", valid=Validity("2030-05-01")),
        ]
        assert verdict(C, documents, "c") is Verdict.FAILED


class TestValues:
    """Section 3, Thresholds: what a value is of, in which unit, and whether it can be."""

    made = known(
        criterion("co", limit=at_least(16, material="cobalt")),
        criterion("hg", limit=at_most("0.0005", material="nickel")),
        rules=[MetricRule("co", "", r"\bcobalt\b", SHARE, of(material="cobalt"), "")],
        defaults=[default("https://w3id.org/comity/qualifier/material")],
    )

    def test_sixteen_of_one_is_no_sixteen_per_cent(self) -> None:
        bounded = replace(self.made, metrics={SHARE: bounded_share()})
        stated = assessed("co", conforms=None, values=[value(16, unit=ONE)])
        assert verdict(bounded, [stated], "co") is UNDETERMINED

    @pytest.mark.parametrize("number", ["-1", "-0.0001"])
    def test_less_than_nothing_of_a_poison(self, number: str) -> None:
        bounded = replace(self.made, metrics={SHARE: bounded_share()})
        stated = assessed("x", conforms=None, values=[value(number, material="nickel")])
        assert verdict(bounded, [stated], "hg") is UNDETERMINED

    def test_a_value_for_another_material(self) -> None:
        for stated in (value(17, material="nickel"), value(17), value(17, name="nickel", metric=None)):
            assert verdict(self.made, [assessed("x", conforms=None, values=[stated])], "co") is MISSING

    def test_a_claim_of_the_rule_with_a_value_for_another_material(self) -> None:
        documents = [claimed("co", values=[value(17, material="nickel")])]
        assert verdict(self.made, documents, "co", Ask(rank=SELF)) is MISSING

    def test_one_value_for_two_rules(self) -> None:
        """A share of nothing named, in a claim of two rules, carries each rule's qualifier, by the operator's word."""
        made = known(
            criterion("co", limit=at_least(16, material="cobalt")),
            criterion("ni", limit=at_least(6, material="nickel")),
        )
        documents = [claimed("co", "ni", values=[value(17)])]
        assert verdict(made, documents, "co") is INSUFFICIENT

    def test_a_tolerance_that_is_a_trick(self) -> None:
        """A negative tolerance does not turn the interval around."""
        assert verdict(known(criterion("c", limit=at_least(16))), [negative_tolerance()], "c") is UNDETERMINED

    def test_a_number_without_a_unit_in_a_passport(self) -> None:
        """Safe reading: a bare number may stand for a statement; held against a limit it has to say its unit."""
        rule = AttributeMetric("rule", "characteristics.share", SHARE, {}, "stated in the passport")
        made = replace(known(criterion("c", limit=at_least(16))), attribute_metrics=(rule,))
        for unit, met in (("", UNDETERMINED), ("P1", SATISFIED)):
            home = passport(attributes=[attribute("characteristics.share", "17", unit)])
            assert verdict(made, [home], "c", Ask(rank=SELF)) is met


def bounded_share() -> Metric:
    return Metric(SHARE, "share", "share", PERCENT, Fraction(0), Fraction(100))


def negative_tolerance() -> Document:
    stated = replace(value(15), quantity=Quantity(Fraction(15), PERCENT, "", Fraction(-2), Fraction(-2)))
    return assessed("x", conforms=None, values=[stated])


class TestCitations:
    """Section 4, Criterion: "Exact IRI or alias, or edges. A shared topic is a lead. A shared statute satisfies only a
    requirement to hold that permit"."""

    statute = "https://laws.example/mines-act"
    permit = Alias(statute, "mining permit*", iri("permit"), False, True, "holding the permit")
    whole_act = Alias("https://laws.example/act", "", iri("act"), True, False, "the whole act")
    named = Alias("https://scheme.example/general", "water use", iri("water"), False, False, "by its name")
    made = known(
        criterion("permit", kind=Kind.PERMIT), "origin", "act", "water", "part",
        aliases=[permit, whole_act, named], rows=[row("act", Relation.SUP, "part")],
    )  # fmt: skip

    def test_a_permit_is_an_assessment_of_holding_it(self) -> None:
        """Section 4: "A credential that names a permit and its statute but no criterion is an assessment of holding
        that permit"."""
        cited = cite(self.statute, CitationKind.PERMIT, "Mining Permit 7")
        assert verdict(self.made, [assessed(cited, by="office")], "permit") is SATISFIED

    def test_a_permit_does_not_prove_origin(self) -> None:
        cited = cite(self.statute, CitationKind.PERMIT, "Country of origin")
        assert verdict(self.made, [assessed(cited, by="office")], "origin") is MISSING

    def test_an_audit_that_cites_the_statute_is_no_permit(self) -> None:
        cited = cite(self.statute, CitationKind.REGULATION, "Mining permit review")
        answer = judged(self.made, [assessed(cited)], "permit")
        assert answer.verdict is MISSING
        assert any("no permit" in lead.why for lead in answer.leads)

    def test_an_audit_of_a_criterion_that_cites_the_statute_beside_it_is_no_permit(self) -> None:
        cited = (cite("origin"), cite(self.statute, CitationKind.REGULATION, "Mining permit"))
        assert verdict(self.made, [assessed(*cited)], "permit") is MISSING

    def test_a_whole_text_is_a_lead(self) -> None:
        """Section 4: "a document-level citation is a lead"."""
        cited = cite("https://laws.example/act", CitationKind.REGULATION)
        for name in ("act", "part"):
            assert verdict(self.made, [assessed(cited)], name) is MISSING
        assert verdict(self.made, [claimed(cited)], "part", Ask(rank=SELF)) is MISSING

    def test_an_identifier_used_for_several_things_needs_the_name(self) -> None:
        """Section 4: "an alias only together with the criterion's name, else a lead"."""
        for called, met in (("Water Use", SATISFIED), ("Waste", MISSING), ("", MISSING)):
            cited = cite("https://scheme.example/general", called=called)
            assert verdict(self.made, [assessed(cited)], "water") is met, called

    def test_a_name_is_no_identifier(self) -> None:
        cited = cite("https://elsewhere.example/1", called="criterion water")
        assert verdict(self.made, [assessed(cited)], "water") is MISSING

    def test_a_number_is_no_identifier(self) -> None:
        """Section 4: "aliases are decided by content, never by number"."""
        cited = cite("https://scheme.example/water/26", called="water 26")
        assert verdict(self.made, [assessed(cited)], "water") is MISSING

    def test_a_shared_topic_is_nothing(self) -> None:
        document = assessed("origin")
        topical = replace(document.assessments[0], topics=("https://topics.example/water",))
        assert verdict(self.made, [replace(document, assessments=(topical,))], "water") is MISSING

    def test_a_text_called_as_its_root_is_a_text(self) -> None:
        """Section 4: "a document-level citation is a lead": to name a standard is to name no criterion."""
        root = replace(criterion("root", kind=Kind.ROOT), notation="test-1")
        made = known(root, "part", rows=[row("root", Relation.SUP, "part")])
        for kind, met in ((CitationKind.STANDARD, MISSING), (CitationKind.CRITERION, SATISFIED)):
            cited = replace(cite("x", kind), iri="test-1")
            assert verdict(made, [assessed(cited)], "part") is met

    def test_an_unknown_criterion_stands_for_itself_alone(self) -> None:
        assert verdict(self.made, [assessed(cite("https://elsewhere.example/water"))], "water") is MISSING


class TestDuplicates:
    """Ids in real credentials collide; nothing is dropped or doubled because of that."""

    def test_two_documents_of_one_name(self) -> None:
        documents = [assessed("c", name="certificate.json"), assessed("c", name="certificate.json", conforms=False)]
        assert verdict(C, documents, "c") is Verdict.CONFLICTING
        assert verdict(C, list(reversed(documents)), "c") is Verdict.CONFLICTING

    def test_the_same_document_twice_is_no_more_than_once(self) -> None:
        one = assessed("c", by="buyer")
        assert verdict(C, [one, one], "c") is INSUFFICIENT

    def test_a_second_passport_of_the_same_thing_does_not_silence_the_first(self) -> None:
        made = known(criterion("limit", limit=at_least(16)))
        documents = [
            claimed("limit", values=[value(15)], name="first"),
            claimed("limit", values=[value(17)], name="second"),
        ]
        assert verdict(made, documents, "limit", Ask(rank=SELF)) is Verdict.CONFLICTING
