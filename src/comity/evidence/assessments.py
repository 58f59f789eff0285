"""What somebody found about somebody else's product, facility or organisation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from comity.evidence import dates, parties, tables, topics
from comity.evidence.claims import citations, performances
from comity.evidence.node import Node
from comity.evidence.notes import Notes
from comity.evidence.parties import Cast
from comity.model.classes import dataclass
from comity.model.evidence import Assessment, Citation, CitationKind, LinkKind, Party, Validity

_LEVELS = (
    ("assessorLevel", "assessor"),
    ("assessmentLevel", "assurance"),
    ("attestationType", "attestation-types"),
)


ISSUED_TO = "issued-to"
"""The role, in links, of the party that an attestation was issued to."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What all assessments of one attestation share.

    :param attestation: ``None`` for a bare list of assessments.
    """

    issuer: Party | None
    validity: Validity
    attestation: Node | None = None
    envelope: Node | None = None


def read(found: Sequence[Node], frame: Frame, cast: Cast) -> tuple[Assessment, ...]:
    """Read assessments and the things that they are about."""
    drawn = tuple(_assessment(node, frame, cast) for node in found if node.is_object)
    _verified(found, cast.notes)
    named = tuple(dict.fromkeys(s for a in drawn for s in a.subjects if not s.startswith("organisation:")))
    return tuple(_assumed(a, named, frame, cast) if not a.subjects else a for a in drawn)


def attested(attestation: Node) -> list[Node]:
    """List the assessments of an attestation."""
    return [a for a in attestation.all("conformityAssessment") if a.is_object]


def _assessment(node: Node, frame: Frame, cast: Cast) -> Assessment:
    attestation = frame.attestation
    auditor = node.first("auditor")
    if auditor is not None:
        cast.organisation(auditor)
    cited = citations(node)
    return Assessment(
        place=node.place,
        document=node.place.document,
        id=node.text("id"),
        label=node.text("name") or next((c.name for c in cited if c.name), "") or node.text("id"),
        subjects=tuple(dict.fromkeys(_subjects(node, cast))),
        citations=cited + tuple(_permit(cited, frame)),
        conformance=_conformance(node, cast.notes),
        values=performances(node, "assessedPerformance", cast.notes),
        dated=dates.read(node.first("assessmentDate"), cast.notes),
        issuer=frame.issuer,
        declared=_declared(attestation, cast.notes),
        validity=frame.validity,
        programme=attestation.text("referenceScheme") if attestation else "",
        scheme=_scheme(attestation),
        authorities=_authorities(attestation),
        topics=topics.read(node),
        conditional=node.text("specifiedCondition"),
        auditor=parties.party(auditor),
    )


def _subjects(node: Node, cast: Cast) -> Iterator[str]:
    for wrapper in node.all("assessedProduct"):
        product = cast.product(wrapper.first("product") if wrapper.kind == "productVerification" else wrapper)
        if product is not None:
            yield product.key
    for wrapper in node.all("assessedFacility"):
        facility = cast.facility(wrapper.first("facility") if wrapper.kind == "facilityVerification" else wrapper)
        if facility is not None:
            yield facility.key
    for wrapper in node.all("assessedOrganisation"):
        who = cast.organisation(
            wrapper.first("organisation") if wrapper.kind == "organisationVerification" else wrapper
        )
        if who is not None:
            yield who.key


def _verified(found: Sequence[Node], notes: Notes) -> None:
    """Note what was assessed although nobody says to have verified that it is what it is called."""
    wrappers = (w for a in found for name in ("assessedProduct", "assessedFacility") for w in a.all(name))
    bare = [w for w in wrappers if w.is_object and w.text("idVerifiedByCAB") != "true"]
    if bare:
        message = (
            f"Of {len(bare)} things assessed, this one first, the assessor does not say that it verified what they are."
        )
        notes.info("identity-not-verified", bare[0].place, message, "State idVerifiedByCAB.")


def _conformance(node: Node, notes: Notes) -> bool | None:
    found = node.first("conformance")
    if found is None:
        return None
    if isinstance(found.value, bool):
        return found.value
    said = {"true": True, "false": False}.get(found.as_text().casefold())
    message = f"conformance is {found.as_text()!r}, not a truth value" + (
        "." if said is not None else "; it counts as not stated."
    )
    notes.warn("bad-conformance", found.place, message, "Write true or false.")
    return said


def _declared(attestation: Node | None, notes: Notes) -> dict[str, str]:
    found = {}
    for name, listed in _LEVELS:
        node = attestation.first(name) if attestation else None
        if node is not None and node.as_text():
            found[name] = parties.code(listed, node.as_text())
            if found[name].casefold() not in tables.codes(listed):
                message = f"{node.as_text()!r} is no {name} of UNTP."
                notes.warn(
                    "unknown-code",
                    node.place,
                    message,
                    f"Known are {', '.join(sorted(tables.spelled(listed).values()))}.",
                )
    return found


def _scheme(attestation: Node | None) -> Citation | None:
    found = (attestation.first("referenceProfile") or attestation.first("referenceScheme")) if attestation else None
    return (
        Citation(CitationKind.SCHEME, found.as_text(), found.text("name"), found.place) if found is not None else None
    )


def _authorities(attestation: Node | None) -> tuple[Party, ...]:
    if attestation is None:
        return ()
    named = (parties.party(e.first("issuingAuthority")) for e in attestation.all("authorisation") if e.is_object)
    return tuple(dict.fromkeys(p for p in named if p is not None))


def _permit(cited: tuple[Citation, ...], frame: Frame) -> Iterator[Citation]:
    """Read the holding of a permit, where a credential names a statute, no criterion, and is a permit."""
    if any(c.kind is CitationKind.CRITERION for c in cited) or not _is_permit(frame):
        return
    name = frame.envelope.text("name") if frame.envelope is not None else ""
    for c in cited:
        if c.kind is CitationKind.REGULATION:
            yield replace(c, kind=CitationKind.PERMIT, name=name or c.name)


def _is_permit(frame: Frame) -> bool:
    words = tables.codes("permit-words")
    seen = [t for n in (frame.envelope, frame.attestation) if n is not None for t in n.types]
    if frame.attestation is not None and isinstance(frame.attestation.value, dict):
        seen += frame.attestation.value
    return any(w in s.casefold() for s in seen for w in words)


def _assumed(assessment: Assessment, named: Sequence[str], frame: Frame, cast: Cast) -> Assessment:
    """Infer what an assessment is about that does not say so.

    :param named: the products and facilities that the other assessments are about.
    """
    if len(named) == 1:
        why = "the assessment names no subject; the other assessments of its attestation are all about this one"
        return _with_subject(assessment, named[0], why, cast)
    party = cast.organisation(frame.attestation.first("issuedToParty")) if frame.attestation else None
    if party is not None:
        return _with_subject(
            assessment, party.key, "the assessment names no subject; it was issued to this party", cast
        )
    message = "The assessment does not say what it is about; it counts for nothing."
    cast.notes.warn(
        "no-subject", assessment.place, message, "State assessedProduct, assessedFacility or assessedOrganisation."
    )
    return assessment


def _with_subject(assessment: Assessment, key: str, why: str, cast: Cast) -> Assessment:
    cast.notes.warn(
        "subject-assumed", assessment.place, f"{why[0].upper()}{why[1:]}: {key}.", "State what was assessed."
    )
    return replace(assessment, subjects=(key,), subject_assumed=why)


def issued_to(attestation: Node, found: Sequence[Assessment], cast: Cast) -> None:
    """Enter the party that an attestation was issued to, and that it answers for what was assessed."""
    node = attestation.first("issuedToParty")
    party = cast.organisation(node)
    if party is None or node is None:
        return
    for assessment in found:
        for key in assessment.subjects:
            if not key.startswith("organisation:"):
                cast.tie(LinkKind.OPERATED_BY, key, party.key, node.place, ISSUED_TO)
