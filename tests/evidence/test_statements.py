"""What is read from clean credentials of every version: claims, assessments, values, links, attributes."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.evidence.documents import at, changed, clean, one, places, read

from comity.model.evidence import CitationKind, DocumentKind, LinkKind
from comity.model.scales import Level

MUG = "product:id:https://mugs.example/mug-7"
GS1_MUG = "product:gs1:01/09520123456788/10/B1"
KILN = "facility:id:https://plants.example/kiln-1"
POTTERY = "organisation:id:did:web:pottery.example"
CLAY = "product:id:https://clay.example/clay-3"
PERCENT = "http://qudt.org/vocab/unit/PERCENT"


@pytest.mark.parametrize(
    "name",
    ["0.7.0-chain/dpp", "0.6.1-passport-and-certificate/dpp", "0.6.0-passport/dpp", "0.5-passport-and-certificate/dpp"],
)
def test_a_claim_says_the_same_in_every_version(name: str) -> None:
    document = one(clean(name))
    (claim,) = document.claims
    assert claim.subject == document.subjects[0].key == (MUG if "0.7" in name else GS1_MUG)
    assert claim.citations[0].kind is CitationKind.CRITERION
    assert claim.citations[0].iri == "https://glaze.example/v1/criterion/3"
    assert claim.dated == "2025-02-02"
    (value,) = claim.values
    assert value.name == "Lead released"
    assert value.quantity is not None
    assert value.quantity.value == Fraction(1, 10)
    assert value.quantity.unit_text == "NA"
    assert value.quantity.unit is not None
    (link,) = claim.evidence
    assert link.url == "https://assessors.example/dcc/1"


def test_tolerances_of_0_7_are_absolute() -> None:
    (value,) = one(clean("0.7.0-chain/dpp")).claims[0].values
    assert value.quantity is not None
    assert (value.quantity.lower, value.quantity.upper) == (Fraction(1, 100), Fraction(2, 100))


def test_accuracy_before_0_7_is_a_share_of_the_value() -> None:
    (value,) = one(clean("0.6.1-passport-and-certificate/dpp")).claims[0].values
    assert value.quantity is not None
    assert (value.quantity.lower, value.quantity.upper) == (Fraction(5, 1000), Fraction(5, 1000))


@pytest.mark.parametrize(
    "name", ["0.7.0-chain/dcc", "0.6.1-passport-and-certificate/dcc", "0.5-passport-and-certificate/dcc"]
)
def test_an_assessment_says_the_same_in_every_version(name: str) -> None:
    (assessment,) = one(clean(name)).assessments
    assert assessment.subjects == (KILN,)
    assert assessment.conformance is True
    assert assessment.dated == "2025-01-02"
    assert [c.iri for c in assessment.citations] == ["https://glaze.example/v1/criterion/3"]
    assert assessment.issuer is not None
    assert assessment.issuer.keys == {"organisation:id:did:web:assessors.example"}
    assert (assessment.validity.start, assessment.validity.end) == ("2025-01-01", "2030-01-01")
    assert assessment.declared["assessorLevel"] == "3rdParty"
    assert [p.id for p in assessment.authorities] == ["https://accreditation.example"]
    assert assessment.scheme is not None
    assert assessment.scheme.iri == "https://glaze.example/v1"


def test_an_auditor_is_carried() -> None:
    (assessment,) = one(clean("0.6.1-passport-and-certificate/dcc")).assessments
    assert assessment.auditor is not None
    assert assessment.auditor.keys == {"organisation:id:https://auditors.example"}


def test_a_passport_ties_product_plant_and_maker() -> None:
    document = one(clean("0.7.0-chain/dpp"))
    assert {(x.kind, x.source, x.target, x.role) for x in document.links} == {
        (LinkKind.PRODUCED_AT, MUG, KILN, ""),
        (LinkKind.OPERATED_BY, MUG, POTTERY, "manufacturer"),
    }
    product = document.subjects[0]
    assert product.level is Level.BATCH
    assert product.parts == {"model": "M7", "batch": "B1", "plant": KILN, "year": "2025"}


def test_an_event_ties_what_was_made_to_what_it_was_made_from() -> None:
    document = one(clean("0.7.0-chain/dte"))
    assert {(x.kind, x.source, x.target) for x in document.links} == {
        (LinkKind.SOURCES_FROM, MUG, CLAY),
        (LinkKind.PRODUCED_AT, MUG, KILN),
        (LinkKind.PROCESSED_AT, CLAY, KILN),
    }


def test_an_older_event_ties_the_same() -> None:
    event = {
        "type": ["TransformationEvent", "Event"],
        "id": "https://e.example/1",
        "eventTime": "2025-01-01T00:00:00Z",
        "bizLocation": "https://id.gs1.org/414/9520123456788",
        "outputEPCList": [{"type": ["Item"], "id": "https://x.example/out", "name": "Out"}],
        "inputQuantityList": [{"productId": "https://x.example/in", "productName": "In", "quantity": 2, "uom": "KGM"}],
    }
    document = one(event)
    assert document.kind is DocumentKind.DTE
    plant = "facility:gs1:414/9520123456788"
    assert {(x.kind, x.source, x.target) for x in document.links} == {
        (LinkKind.SOURCES_FROM, "product:id:https://x.example/out", "product:id:https://x.example/in"),
        (LinkKind.PRODUCED_AT, "product:id:https://x.example/out", plant),
        (LinkKind.PROCESSED_AT, "product:id:https://x.example/in", plant),
    }


def test_an_item_is_part_of_its_batch_and_model() -> None:
    value = changed(clean("0.7.0-chain/dpp"), "/credentialSubject/id", "https://x.example/01/09520123456788/10/B1/21/7")
    document = one(value)
    assert {x.target for x in document.links if x.kind is LinkKind.PART_OF} == {
        "product:gs1:01/09520123456788/10/B1",
        "product:gs1:01/09520123456788",
    }


def test_an_anchor_says_who_is_registered_as_what() -> None:
    (anchor,) = one(clean("0.7.0-chain/dia")).anchors
    assert anchor.identity == POTTERY
    assert anchor.registered_as == "organisation:reg:companies.example#P-001"
    assert anchor.registrar.id == "did:web:companies.example"
    assert anchor.register_type == "business"
    assert anchor.scope == ("https://companies.example/scope/pottery",)


def test_an_anchor_does_not_lend_a_registered_name_to_whoever_writes_it() -> None:
    thief = clean("0.7.0-chain/dia")
    thief["issuer"]["id"] = thief["credentialSubject"]["id"] = "did:web:thief.example"
    documents = read(a=clean("0.7.0-chain/dpp"), b=thief)
    assert documents["b"].anchors[0].identity == "organisation:id:did:web:thief.example"
    assert documents["a"].subjects[-1].key == POTTERY


def test_attributes_have_paths_in_the_words_of_0_7() -> None:
    found = {(a.path, a.value, a.unit) for a in one(clean("0.7.0-chain/dpp")).attributes}
    assert found >= {
        ("characteristics.capacity.value", "0.3", "LTR"),
        ("characteristics.handles", "1", ""),
        ("productCategory.code", "37221", ""),
        ("countryOfProduction.countryCode", "PT", ""),
        ("materialProvenance.name", "Clay", ""),
        ("materialProvenance.massFraction", "0.9", ""),
        ("idGranularity", "batch", ""),
        ("modelNumber", "M7", ""),
        ("relatedParty.role", "manufacturer", ""),
    }


def test_attributes_of_older_versions_have_the_same_paths() -> None:
    document = one(clean("0.5-passport-and-certificate/dpp"))
    found = {(a.path, a.value, a.subject) for a in document.attributes}
    assert found >= {
        ("countryOfProduction.countryCode", "PT", GS1_MUG),
        ("materialProvenance.name", "Clay", GS1_MUG),
        ("materialProvenance.originCountry.countryCode", "PT", GS1_MUG),
        ("idGranularity", "batch", GS1_MUG),
        ("relatedParty.role", "producer", POTTERY),
    }


def test_facility_attributes() -> None:
    found = {(a.path, a.value) for a in one(clean("0.7.0-chain/dfr")).attributes}
    assert found >= {
        ("countryOfOperation.countryCode", "PT"),
        ("address.addressRegion", "Aveiro"),
        ("processCategory.code", "37221"),
    }


def test_nested_measures_keep_their_units() -> None:
    value = changed(
        clean("0.7.0-chain/dpp"),
        "/credentialSubject/characteristics",
        {"rim": {"inner": {"value": 7.50, "unit": "CMT"}}, "range": {"lower": -20, "upper": 50, "unit": "CEL"}},
    )
    found = {(a.path, a.value, a.unit) for a in one(value).attributes if a.path.startswith("char")}
    assert found == {
        ("characteristics.rim.inner.value", "7.5", "CMT"),
        ("characteristics.range.lower", "-20", "CEL"),
        ("characteristics.range.upper", "50", "CEL"),
    }


@pytest.mark.parametrize(
    "name", [f"0.7.0-chain/{k}" for k in ("dpp", "dfr", "dcc", "dia", "dte")] + ["0.5-passport-and-certificate/dcc"]
)
def test_every_place_is_a_place_in_the_document_as_written(name: str) -> None:
    value = clean(name)
    found = list(places(one(value)))
    assert len(found) > 3 or name.endswith("dia")
    for place in found:
        at(value, place.pointer)


def test_claims_about_packaging_are_read() -> None:
    value = clean("0.7.0-chain/dpp")
    subject = value["credentialSubject"]
    subject["packaging"] = {
        "type": ["Package"],
        "description": "A box",
        "performanceClaim": subject["performanceClaim"],
    }
    assert [c.place.pointer for c in one(value).claims] == [
        "/credentialSubject/performanceClaim/0",
        "/credentialSubject/packaging/performanceClaim/0",
    ]


def test_a_claim_stub_is_undisclosed() -> None:
    value = clean("0.7.0-chain/dpp")
    claim = value["credentialSubject"]["performanceClaim"][0]
    del claim["claimedPerformance"]
    claim["accessRole"] = "untp:accessRole#Regulator"
    assert one(value).claims[0].undisclosed
    del claim["accessRole"]
    assert not one(value).claims[0].undisclosed


def test_a_score_and_a_period_are_read() -> None:
    value = clean("0.7.0-chain/dpp")
    claim = value["credentialSubject"]["performanceClaim"][0]
    claim["applicablePeriod"] = {"startDate": "2024-01-01", "endDate": "2024-12"}
    claim["claimedPerformance"] = [
        {"metric": {"id": "https://m.example/1", "name": "M"}, "score": {"code": "B", "rank": 2}}
    ]
    (found,) = one(value).claims[0].values
    assert (found.score, found.period, found.quantity) == ("B", ("2024-01-01", "2024-12-31"), None)


def test_percent_by_weight_is_percent() -> None:
    path = "/credentialSubject/performanceClaim/0/claimedPerformance/0/measure/unit"
    (value,) = one(changed(clean("0.7.0-chain/dpp"), path, "Percent by Weight")).claims[0].values
    assert value.quantity is not None
    assert value.quantity.unit == PERCENT


@pytest.mark.parametrize(
    ("written", "read_as"), [(16, 16), ("16.0", 16), (True, None), ("many", None), (None, None), ({}, None)]
)
def test_values_that_are_no_numbers_count_as_not_stated(written: object, read_as: int | None) -> None:
    path = "/credentialSubject/performanceClaim/0/claimedPerformance/0/measure/value"
    values = one(changed(clean("0.7.0-chain/dpp"), path, written)).claims[0].values
    assert [v.quantity.value for v in values if v.quantity] == ([read_as] if read_as is not None else [])


@pytest.mark.parametrize(
    ("flag", "read_as"), [(True, True), (False, False), ("true", True), ("False", False), ("yes", None), (1, None)]
)
def test_conformance_is_a_truth_value_or_nothing(flag: object, read_as: bool | None) -> None:
    path = "/credentialSubject/conformityAssessment/0/conformance"
    assert one(changed(clean("0.7.0-chain/dcc"), path, flag)).assessments[0].conformance is read_as


def test_absent_conformance_gives_nothing() -> None:
    value = clean("0.7.0-chain/dcc")
    del value["credentialSubject"]["conformityAssessment"][0]["conformance"]
    assert one(value).assessments[0].conformance is None


def permit(**more: object) -> dict[str, object]:
    value = clean("0.5-passport-and-certificate/dcc")
    assessment = value["credentialSubject"]["assessment"][0]
    del assessment["assessmentCriteria"]
    assessment["referenceRegulation"] = {"type": ["Regulation"], "id": "https://law.example/kilns", "name": "Kilns Act"}
    value.update(more)
    return value


def test_a_permit_is_a_permit_by_its_type() -> None:
    (assessment,) = one(
        permit(type=["VerifiableCredential", "DigitalConformityCredential", "KilnPermitCredential"], name="Kiln permit")
    ).assessments
    assert [(c.kind, c.iri, c.name) for c in assessment.citations] == [
        (CitationKind.REGULATION, "https://law.example/kilns", "Kilns Act"),
        (CitationKind.PERMIT, "https://law.example/kilns", "Kiln permit"),
    ]


def test_a_permit_is_a_permit_by_its_number() -> None:
    value = changed(permit(), "/credentialSubject/permitNumber", "K-199")
    assert [c.kind for c in one(value).assessments[0].citations] == [CitationKind.REGULATION, CitationKind.PERMIT]


def test_a_statute_alone_is_no_permit() -> None:
    assert [c.kind for c in one(permit()).assessments[0].citations] == [CitationKind.REGULATION]


def test_a_permit_that_names_criteria_attests_those() -> None:
    value = clean("0.5-passport-and-certificate/dcc")
    value["type"].append("KilnPermitCredential")
    assert [c.kind for c in one(value).assessments[0].citations] == [CitationKind.CRITERION]


def test_a_subject_is_taken_from_the_other_assessments_of_the_attestation() -> None:
    value = clean("0.7.0-chain/dcc")
    listed = value["credentialSubject"]["conformityAssessment"]
    listed.append({k: v for k, v in listed[0].items() if k != "assessedFacility"})
    stated, assumed = one(value).assessments
    assert stated.subjects == assumed.subjects == (KILN,)
    assert not stated.subject_assumed
    assert "other assessments" in assumed.subject_assumed


def test_a_subject_is_the_party_when_nothing_else_is_named() -> None:
    value = clean("0.7.0-chain/dcc")
    del value["credentialSubject"]["conformityAssessment"][0]["assessedFacility"]
    (assessment,) = one(value).assessments
    assert assessment.subjects == (POTTERY,)
    assert "issued to" in assessment.subject_assumed


def test_two_different_things_leave_it_open_which_is_meant() -> None:
    value = clean("0.7.0-chain/dcc")
    listed = value["credentialSubject"]["conformityAssessment"]
    listed.append(changed(listed[0], "/assessedFacility/0/facility/id", "https://plants.example/kiln-2"))
    listed[1]["assessedFacility"][0]["facility"].pop("registeredId")
    listed.append({k: v for k, v in listed[0].items() if k != "assessedFacility"})
    assert one(value).assessments[2].subjects == (POTTERY,)
