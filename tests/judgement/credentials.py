"""Credentials as their files hold them, and what is judged of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tests.judgement.worlds import ON, THIRD, C, iri, trust_entry

from comity.evidence import read
from comity.formats.archives import Input
from comity.judgement import TrustList, question
from comity.judgement.judge import ask
from comity.model.evidence import Document
from comity.model.verdicts import Judgement

Json = dict[str, object]

THING: Json = {"id": "https://id.example/thing", "name": "thing"}

KEYS = frozenset({"organisation:id:did:web:auditor.example"})
AUDITOR = TrustList("trust.toml", (replace(trust_entry("auditor", THIRD), keys=KEYS),))
"""A trust list of the auditor alone, by the key that its credentials give."""


def credential(kind: str, issuer: str, subject: Json) -> Json:
    """Wrap what an issuer says."""
    return {
        "type": [kind, "VerifiableCredential"],
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://vocabulary.uncefact.org/untp/0.7.0/context/"],
        "id": f"https://{issuer}.example/1",
        "issuer": {"type": ["CredentialIssuer"], "id": f"did:web:{issuer}.example", "name": issuer.title()},
        "validFrom": "2030-01-01",
        "credentialSubject": subject,
    }


def passport(product: Json) -> Json:
    """Make a passport that says what it is about, and nothing else."""
    return credential("DigitalProductPassport", "maker", {"type": ["Product"], **product})


def certificate(product: Json) -> Json:
    """Make a certificate by which a product meets ``c``."""
    assessment = {
        "type": ["ConformityAssessment"],
        "id": "https://auditor.example/1#2",
        "assessmentCriteria": [{"id": iri("c"), "name": "criterion c"}],
        "conformance": True,
        "assessedProduct": [{"product": {"type": ["Product"], **product}}],
    }
    attestation: Json = {
        "type": ["ConformityAttestation"],
        "id": "https://auditor.example/1#1",
        "assessorLevel": "3rdParty",
        "conformityAssessment": [assessment],
    }
    return credential("DigitalConformityCredential", "auditor", attestation)


def read_and_judge(
    files: Mapping[str, str], trust: TrustList = AUDITOR, about: object = THING["id"]
) -> tuple[Judgement, tuple[Document, ...]]:
    """Judge ``c`` by files, name to text; return the documents that were read, too."""
    documents = read(Input(name, text.encode) for name, text in files.items())
    made = replace(C, codes={"assessor": {"3rdparty": "third-party"}})
    asked = question(made, documents, on=ON, trust=trust, subjects=[str(about)])
    (found,) = ask(asked, made.criteria[iri("c")], [])
    return found, documents
