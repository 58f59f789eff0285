"""Tokens, keys and anchors that somebody else signed, read from the bytes that a user would hold."""

from __future__ import annotations

import base64
import json
from dataclasses import replace

from tests.judgement.credentials import THING, certificate, read_and_judge
from tests.judgement.worlds import (
    INSUFFICIENT,
    OFFICE,
    ON,
    SATISFIED,
    SCHEME,
    Ask,
    C,
    anchor,
    assessed,
    key,
    verdict,
)

from comity.evidence import read
from comity.formats.archives import Input
from comity.judgement.parts import Lists
from comity.judgement.trust import NOBODY
from comity.judgement.world import build
from comity.model.places import Finding, Place, Severity

CREDENTIAL = certificate(THING)


def token(header: object, payload: object) -> str:
    parts = (base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in (header, payload))
    return ".".join((*parts, "c2lnbmF0dXJl"))


class TestTokens:
    """Section 4, Time: "unknown revocation and unchecked signatures are printed"."""

    def test_a_token_counts_like_what_it_carries_and_says_that_nobody_checked_it(self) -> None:
        signed = token({"alg": "ES256", "kid": "did:web:auditor.example#1"}, CREDENTIAL)
        found, documents = read_and_judge({"a.jwt": signed})
        assert found.verdict is SATISFIED
        assert any("signature" in line for d in documents for line in d.status)

    def test_a_token_signed_by_somebody_else_than_its_issuer(self) -> None:
        """Safe reading: the key says whose word it is; what it says of its issuer is that somebody's word."""
        signed = token({"alg": "ES256", "kid": "did:web:stranger.example#1"}, CREDENTIAL)
        found, _ = read_and_judge({"a.jwt": signed})
        assert found.verdict is INSUFFICIENT

    def test_a_token_of_the_first_data_model_issued_by_somebody_else(self) -> None:
        payload = {"iss": "did:web:stranger.example", "vc": CREDENTIAL}
        found, _ = read_and_judge({"a.jwt": token({"alg": "ES256"}, payload)})
        assert found.verdict is INSUFFICIENT

    def test_the_same_credential_without_a_token(self) -> None:
        found, documents = read_and_judge({"a.json": json.dumps(CREDENTIAL)})
        assert found.verdict is SATISFIED
        assert documents[0].status

    def test_nobody_trusts_the_auditor(self) -> None:
        found, _ = read_and_judge({"a.json": json.dumps(CREDENTIAL)}, NOBODY)
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
