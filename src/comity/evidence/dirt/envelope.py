"""Contexts, envelope and proof: D1, D2, D3, D4, D15, D20."""

from __future__ import annotations

import re
from pathlib import PurePath

from comity.evidence import identity, tables
from comity.evidence.detect import Credential, untp_version
from comity.evidence.node import Node
from comity.evidence.notes import Notes
from comity.model.evidence import DocumentKind

_WORDS = {k.value for k in (DocumentKind.DPP, DocumentKind.DFR, DocumentKind.DCC, DocumentKind.DIA, DocumentKind.DTE)}


def check(credential: Credential, name: str, signed_by: str, notes: Notes) -> None:
    """Find what is wrong with the envelope."""
    for node in (credential.envelope,) if credential.envelope is not None else credential.subjects[:1]:
        contexts(node, notes)
    bare(credential, notes)
    content(credential, name, notes)
    if credential.envelope is not None:
        signer(credential.envelope, signed_by, notes)
        status(credential.envelope, notes)


def contexts(node: Node, notes: Notes) -> None:
    """D1: a UNTP context that was never published. D2: a context that Comity does not know."""
    for found in node.all("@context"):
        address = found.as_text()
        if any(re.match(pattern, address) for pattern in tables.spelled("contexts").values()):
            continue
        version = untp_version(address)
        if version:
            message = f"No context was ever published at {address}; the version in it ({version}) was taken."
            notes.warn("D1", found.place, message, "Write the published context of the version meant.")
        else:
            what = address or "a context within the document"
            notes.info("D2", found.place, f"The context is not known: {what}. What only it defines is kept, not used.")


def bare(credential: Credential, notes: Notes) -> None:
    """D3: a subject, or a list, without an envelope."""
    if credential.envelope is None:
        what = "A list of assessments or events" if len(credential.subjects) > 1 else "A credential's subject"
        message = f"{what} stands without an envelope: no issuer, no validity, no signature."
        notes.warn("D3", credential.root, message, "Give the whole credential; what nobody signs is nobody's word.")


def content(credential: Credential, name: str, notes: Notes) -> None:
    """D4: the type or the file name says something else than the content."""
    kind = credential.kind
    if credential.stated is not None:
        message = f"The type says {credential.stated.value}, the content is {kind.value}; the content was taken."
        notes.warn("D4", credential.root, message, "Mend the credential's type.")
    words = set(re.split(r"[^a-z]+", PurePath(name).name.casefold())) & _WORDS
    if words and kind.value not in words:
        message = f"The file name says {' and '.join(sorted(words))}, the content is {kind.value}."
        notes.warn("D4", credential.root, message, "Rename the file.")


def signer(node: Node, signed_by: str, notes: Notes) -> None:
    """D15: the key that signed is another identity's than the issuer's."""
    issuer = node.first("issuer")
    if issuer is None:
        message = "The credential names no issuer."
        notes.warn("no-issuer", node.place, message, "State the issuer; what nobody issues is nobody's word.")
        return
    written = issuer.as_text()
    for proof in node.all("proof"):
        methods = (
            Node(proof.value.get("verificationMethod"), proof.place, "", "") if isinstance(proof.value, dict) else proof
        )
        _compare(written, methods.as_text(), proof, notes)
    for method in dict.fromkeys(identity.iri(key) for key in signed_by.split()):
        _compare(written, method, issuer, notes)


def status(node: Node, notes: Notes) -> None:
    """D20: several status entries, or a refresh service."""
    entries = list(node.all("credentialStatus"))
    if len(entries) > 1:
        place = entries[0].place
        message = f"There are {len(entries)} status entries; none was looked up, so revocation is not known."
        notes.info("D20", place, message)
    for service in node.all("refreshService"):
        notes.info("D20", service.place, "A newer copy of the credential may be had from its refresh service.")


def _compare(issuer: str, method: str, place: Node, notes: Notes) -> None:
    if method.startswith("did:") and issuer and identity.iri(method) != identity.iri(issuer):
        message = f"The issuer is {issuer}, but the signing key belongs to {identity.iri(method)}."
        notes.warn("D15", place.place, message, "Ask the issuer: a document changed after signing does not verify.")
