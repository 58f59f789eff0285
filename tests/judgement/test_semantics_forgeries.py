"""Tokens, keys and anchors that somebody else signed, read from the bytes that a user would hold."""

from __future__ import annotations

import base64
import json
from dataclasses import replace

from tests.judgement.worlds import (
    INSUFFICIENT,
    OFFICE,
    ON,
    SATISFIED,
    SCHEME,
    THIRD,
    Ask,
    C,
    anchor,
    assessed,
    iri,
    key,
    trust_entry,
    verdict,
)

from comity.evidence import read
from comity.formats.archives import Input
from comity.judgement import TrustList, question
from comity.judgement.judge import ask
from comity.judgement.parts import Lists
from comity.judgement.trust import NOBODY
from comity.judgement.world import build
from comity.model.evidence import Document
from comity.model.places import Finding, Place, Severity
from comity.model.verdicts import Judgement

CREDENTIAL = {
    "type": ["DigitalConformityCredential", "VerifiableCredential"],
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://vocabulary.uncefact.org/untp/0.7.0/context/"],
    "id": "https://auditor.example/1",
    "issuer": {"type": ["CredentialIssuer"], "id": "did:web:auditor.example", "name": "Auditor"},
    "validFrom": "2030-01-01",
    "credentialSubject": {
        "type": ["ConformityAttestation"],
        "id": "https://auditor.example/1#1",
        "assessorLevel": "3rdParty",
        "conformityAssessment": [
            {
                "type": ["ConformityAssessment"],
                "id": "https://auditor.example/1#2",
                "assessmentCriteria": [{"id": iri("c"), "name": "criterion c"}],
                "conformance": True,
                "assessedProduct": [{"product": {"id": "https://id.example/thing", "name": "thing"}}],
            }
        ],
    },
}
KEYS = frozenset({"organisation:id:did:web:auditor.example"})
AUDITOR = TrustList("trust.toml", (replace(trust_entry("auditor", THIRD), keys=KEYS),))


def token(header: object, payload: object) -> str:
    parts = (base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in (header, payload))
    return ".".join((*parts, "c2lnbmF0dXJl"))


def read_and_judge(content: str, name: str, trust: TrustList = AUDITOR) -> tuple[Judgement, tuple[Document, ...]]:
    documents = read([Input(name, content.encode)])
    made = replace(C, codes={"assessor": {"3rdparty": "third-party"}})
    asked = question(made, documents, on=ON, trust=trust, subjects=["https://id.example/thing"])
    (found,) = ask(asked, made.criteria[iri("c")], [])
    return found, documents


class TestTokens:
    """Section 4, Time: "unknown revocation and unchecked signatures are printed"."""

    def test_a_token_counts_like_what_it_carries_and_says_that_nobody_checked_it(self) -> None:
        found, documents = read_and_judge(
            token({"alg": "ES256", "kid": "did:web:auditor.example#1"}, CREDENTIAL), "a.jwt"
        )
        assert found.verdict is SATISFIED
        assert any("signature" in line for d in documents for line in d.status)

    def test_a_token_signed_by_somebody_else_than_its_issuer(self) -> None:
        """Safe reading: the key says whose word it is; what it says of its issuer is that somebody's word."""
        found, _ = read_and_judge(token({"alg": "ES256", "kid": "did:web:stranger.example#1"}, CREDENTIAL), "a.jwt")
        assert found.verdict is INSUFFICIENT

    def test_a_token_of_the_first_data_model_issued_by_somebody_else(self) -> None:
        payload = {"iss": "did:web:stranger.example", "vc": CREDENTIAL}
        found, _ = read_and_judge(token({"alg": "ES256"}, payload), "a.jwt")
        assert found.verdict is INSUFFICIENT

    def test_the_same_credential_without_a_token(self) -> None:
        found, documents = read_and_judge(json.dumps(CREDENTIAL), "a.json")
        assert found.verdict is SATISFIED
        assert documents[0].status

    def test_nobody_trusts_the_auditor(self) -> None:
        found, _ = read_and_judge(json.dumps(CREDENTIAL), "a.json", NOBODY)
        assert found.verdict is INSUFFICIENT


def test_what_a_document_says_of_its_parts_is_read() -> None:
    """The list of parts of :mod:`tests.judgement.test_semantics_parts`, as a record writes it."""

    def made(name: str) -> dict[str, object]:
        place = {"id": "https://id.example/site", "name": "site"}
        return {"type": ["Product"], "id": f"https://id.example/{name}", "name": name, "producedAtFacility": place}

    shares = [("thing", 60), ("other-thing", 40)]
    subject_ = {
        "type": ["Facility"],
        "id": "https://id.example/site",
        "name": "site",
        "characteristics": {
            "parts": [{"id": f"https://id.example/{n}", "share": {"value": v, "unit": "P1"}} for n, v in shares]
        },
    }
    types = ["DigitalFacilityRecord", "VerifiableCredential"]
    record = {**CREDENTIAL, "type": types, "id": "https://maker.example/2", "credentialSubject": subject_}
    passports = [
        {
            **CREDENTIAL,
            "type": ["DigitalProductPassport"],
            "id": f"https://maker.example/{n}",
            "credentialSubject": made(n),
        }
        for n, _ in shares
    ]
    documents = read(Input(f"{n}.json", json.dumps(d).encode) for n, d in enumerate([record, *passports]))
    world = build(documents)
    tied = [low for high, low, _ in world.above() if high == key("site")]
    assert sorted(tied) == [key("other-thing"), key("thing")]
    assert Lists(world, ON).complete(key("site"), "parts", tied) is not None


def test_an_anchor_signed_by_somebody_else_than_the_register() -> None:
    """What the friend signs in the register's name is the friend's word."""
    finding = Finding("D15", Severity.WARNING, Place("anchor"), "the signing key belongs to somebody else")
    for findings, met in (((), SATISFIED), ((finding,), INSUFFICIENT)):
        paper = replace(anchor("firm", "office", "accreditation", [SCHEME]), findings=findings)
        assert verdict(C, [assessed("c", by="firm"), paper], "c", Ask(trust=OFFICE)) is met
