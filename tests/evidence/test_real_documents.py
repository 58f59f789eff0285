"""Other people's documents: what was counted by hand, and every dirt of the pilot at its place."""

from __future__ import annotations

import json
import os
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from tests.evidence.documents import at, places

from comity import evidence
from comity.evidence import identity
from comity.formats.archives import open_inputs, skipped
from comity.model.evidence import CitationKind, Document, DocumentKind, LinkKind

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = Path(os.environ.get("COMITY_SHARED", ROOT.parent / "shared")) / "data" / "untp"
pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the UNTP samples and pilot documents are not at hand (COMITY_SHARED)"
)

MINE = "facility:gs1:414/9359502000034"


def documents(folder: str) -> dict[str, Document]:
    return {Path(d.name).name: d for d in evidence.read(open_inputs([SHARED / folder]))}


@pytest.mark.parametrize(
    ("folder", "files", "claims", "assessments"),
    [
        ("samples/0.7.0-pre", 17, 16, 9),
        ("samples/0.7.0", 6, 0, 9),
        ("samples/0.6.1", 19, 12, 6),
        ("samples/0.5.0", 5, 4, 2),
        ("pilot/copper_mine", 6, 9, 36),
    ],
)
def test_counts(folder: str, files: int, claims: int, assessments: int) -> None:
    found = documents(folder).values()
    assert len(found) == files
    assert all(d.kind is not DocumentKind.UNREADABLE for d in found)
    assert sum(len(d.claims) for d in found) == claims
    assert sum(len(d.assessments) for d in found) == assessments


def test_eight_of_the_twelve_claims_of_0_6_1_stand_in_envelopes() -> None:
    found = documents("samples/0.6.1").values()
    assert sum(len(d.claims) for d in found if d.issuer is not None) == 8


def test_every_place_is_one_in_the_file() -> None:
    for folder in (
        "samples/0.7.0-pre",
        "samples/0.7.0",
        "samples/0.6.1",
        "samples/0.6.0",
        "samples/0.5.0",
        "pilot/copper_mine",
    ):
        for name, document in documents(folder).items():
            value = json.loads((SHARED / folder / name).read_text(encoding="utf-8"))
            for place in places(document):
                at(value, place.pointer)


def test_the_readme_of_the_pilot_is_passed_over() -> None:
    assert [Path(f.place.document).name for f in skipped(open_inputs([SHARED / "pilot"]))] == ["README.md"]


PILOT = {
    # What section 4.4 of the survey of the pilots lists for these six files, at the places found by reading them.
    "dcc_coppermark_mine.json": {
        "D3": {""},
        "D5": {"/credentialSubject/assessment/0/id"},
        "D19": {"/credentialSubject/authorisation/0/name"},
        "D23": {"/credentialSubject/authorisation/0/issuingAuthority"},
    },
    "dcc_mines_act_permit_mine ordered.json": {
        "D2": {"/@context/2"},
        "D5": {"/credentialSubject/assessment/0/id"},
        "D8": {"/credentialSubject/id"},
        "D10": {"/credentialSubject/assessment/0/assessedFacility/0/id"},
        "D13": {""},
        "D15": {"/proof/0"},
        "D18": {"/credentialSubject/permitNumber"},
        "D20": {"/credentialStatus/0", "/refreshService/0"},
    },
    "dcc_tsm_mine.json": {
        "D5": {"/credentialSubject/assessment/0/id"},
        "D6": {"/credentialSubject/assessment/1/id"},
        "D10": {"/credentialSubject/assessment/0/assessedFacility/0/id"},
        "D13": {"/validFrom", "/validUntil", "/issuanceDate"},
        "D17": {
            f"/credentialSubject/assessment/{a}/declaredValue/{v}/metricValue/unit" for a in (0, 1) for v in (0, 1)
        },
        "D18": {"/credentialSubject/assessment/0/assessmentCriteria/0/thresholdValues"},
        "subject-assumed": {"/credentialSubject/assessment/2"},
    },
    "dfr_copper_mine.json": {
        "D1": {"/@context/1"},
        "D6": {"/credentialSubject/conformityClaim/3/id"},
        "D7": {"/id"},
        "D11": {"/credentialSubject", "/credentialSubject/operatedByParty"},
        "D12": {"/credentialSubject/conformityClaim/1", "/credentialSubject/conformityClaim/2"},
        "D14": {"/issuer"},
        "D16": {"/credentialSubject/conformityClaim/2/conformityEvidence/linkURL"}
        | {f"/credentialSubject/conformityClaim/{n}/conformityEvidence/hashDigest" for n in range(4)},
        "D21": {"/credentialSubject/address", "/credentialSubject/locationInformation/geoLocation"},
        "D24": {f"/credentialSubject/conformityClaim/{n}/conformance" for n in range(4)},
    },
    "dia_orgbook_mine.json": {
        "D1": {"/@context/1"},
        "D2": {"/@context/2"},
        "D13": {"/validFrom", "/validUntil"},
        "D14": {"/credentialSubject/id", "/issuer"},
        "D18": {"/render", "/credentialSubject/entityId", "/credentialSubject/businessNumber"},
    },
    "dpp_copper_concentrate.json": {
        "D1": {"/@context/1"},
        "D9": {"/credentialSubject/producedAtFacility", "/credentialSubject/producedByParty"},
        "D10": {"/credentialSubject/producedAtFacility/id"},
        "D13": {""},
        "D16": {f"/credentialSubject/conformityClaim/{n}/conformityEvidence/hashDigest" for n in range(5)}
        | {f"/credentialSubject/conformityClaim/{n}/conformityEvidence/linkURL" for n in (2, 3)}
        | {f"/credentialSubject/traceabilityInformation/traceabilityEvent/0/{k}" for k in ("linkURL", "hashDigest")},
        "D17": {"/credentialSubject/conformityClaim/2/declaredValues/0/metricValue/unit"},
        "D18": {"/credentialSubject/conformityClaim/2/declaredValues"},
        "D24": {f"/credentialSubject/conformityClaim/{n}/conformance" for n in range(5)},
    },
}


@pytest.mark.parametrize("name", PILOT)
def test_every_dirt_of_the_pilot_is_a_finding_at_its_place(name: str) -> None:
    found: dict[str, set[str]] = {}
    for finding in documents("pilot/copper_mine")[name].findings:
        found.setdefault(finding.code, set()).add(finding.place.pointer)
    for code, pointers in PILOT[name].items():
        assert found.get(code) == pointers, code


def test_the_mine_is_one_thing_in_every_document() -> None:
    found = documents("pilot/copper_mine")
    assert found["dfr_copper_mine.json"].subjects[0].key == MINE
    (made_at,) = [x for x in found["dpp_copper_concentrate.json"].links if x.kind is LinkKind.PRODUCED_AT]
    assert made_at.target == MINE
    assert {s for d in found.values() for a in d.assessments for s in a.subjects if s.startswith("facility:")} == {MINE}


def test_the_permit_is_a_permit_and_the_claim_of_origin_is_not() -> None:
    found = documents("pilot/copper_mine")
    (assessment,) = found["dcc_mines_act_permit_mine ordered.json"].assessments
    assert [c.kind for c in assessment.citations] == [CitationKind.REGULATION, CitationKind.PERMIT]
    statute = assessment.citations[1]
    origin = found["dpp_copper_concentrate.json"].claims[3].citations[0]
    assert (origin.iri, origin.kind, origin.name) == (statute.iri, CitationKind.CRITERION, "Country Of Origin")
    assert statute.name == "Mines Act Permit"


def test_issuer_and_operator_of_the_tsm_certificate_are_one() -> None:
    found = documents("pilot/copper_mine")
    issuer, record = found["dcc_tsm_mine.json"].issuer, found["dfr_copper_mine.json"].issuer
    assert issuer is not None
    assert record is not None
    assert issuer.keys < record.keys
    operator = next(x.target for x in found["dfr_copper_mine.json"].links if x.kind is LinkKind.OPERATED_BY)
    names = identity.merge(found.values())
    assert {names[k] for k in issuer.keys} == {names[operator]}


def test_issuer_and_operator_of_0_6_1_are_one() -> None:
    found = documents("samples/0.6.1")
    names = identity.merge(found.values())
    (operator,) = {x.target for x in found["untp-dfr.untp-dfr-instance.json"].links}
    issuer = found["untp-dcc.untp-dcc-instance.json"].issuer
    assert issuer is not None
    assert {names[k] for k in issuer.keys} == {operator}


def test_the_certificates_of_0_7_0_use_the_released_keys() -> None:
    anchor = documents("samples/0.7.0")["dia.DigitalIdentityAnchor_mine_instance.json"]
    assert anchor.anchors[0].registered_as == "organisation:reg:mining-register.gov.zm#ZM-NW-CU-0012"
    assert "D26" in Counter(f.code for d in documents("samples/0.7.0").values() for f in d.findings)


def test_the_battery_claims_four_values_of_one_metric() -> None:
    claim = documents("samples/0.7.0-pre")["dpp.DigitalProductPassport_battery_instance.json"].claims[1]
    assert [(v.name, v.quantity.value) for v in claim.values if v.quantity] == [
        ("Recycled Content Percentage", Fraction(16)),
        ("Cobalt Recycled Content", Fraction(16)),
        ("Lithium Recycled Content", Fraction(6)),
        ("Nickel Recycled Content", Fraction(8)),
    ]
    assert {v.quantity.unit for v in claim.values if v.quantity} == {"http://qudt.org/vocab/unit/PERCENT"}


def test_the_chain_from_mine_to_battery_is_tied() -> None:
    links = {(x.kind, x.source, x.target) for d in documents("samples/0.7.0-pre").values() for x in d.links}
    battery = "product:id:https://id.sample-battery.example.com/product/bat-75kwh-2025"
    cathode = "product:id:https://id.sample-refinery.example.com/product/cu-cathode-2025"
    concentrate = "product:id:https://id.sample-mine.example.com/product/cu-conc-2025"
    assert (LinkKind.SOURCES_FROM, battery, cathode) in links
    assert (LinkKind.SOURCES_FROM, cathode, concentrate) in links
    assert (LinkKind.PRODUCED_AT, battery, "facility:id:https://facility-register.example.com/fac-003") in links


def test_real_tokens_are_opened() -> None:
    found = documents("samples/enveloped")
    assert [(d.kind, len(d.claims)) for d in found.values()] == [
        (DocumentKind.DPP, 1),
        (DocumentKind.DPP, 2),
        (DocumentKind.DPP, 2),
    ]
    assert all(d.status[0] == "signature not checked" for d in found.values())
