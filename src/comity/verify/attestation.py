"""Assessments: what somebody found, and about what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from comity.model.classes import dataclass
from comity.verify import dates
from comity.verify.dates import Period
from comity.verify.items import CRITERION, PERMIT, REGULATION, Cited, Item, citations, values
from comity.verify.names import FACILITY, ORGANISATION, PRODUCT
from comity.verify.node import Node
from comity.verify.things import OPERATED_BY, Codes, Tie, code, named

ISSUED_TO = "issued-to"
"""The role of the party that an attestation was issued to."""

INFERRED, TAKEN_CONDITION = "subject-inferred", "specified-condition"
"""The rules by which something is taken for granted of an assessment."""

OTHERS = "the assessment names no subject; the other assessments of its attestation are all about this one"
ISSUED = "the assessment names no subject; it was issued to this party"

_ABOUT = (
    ("assessedProduct", "product", PRODUCT),
    ("assessedFacility", "facility", FACILITY),
    ("assessedOrganisation", "organisation", ORGANISATION),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What all assessments of one attestation share.

    :param attestation: ``None`` for a bare list of assessments.
    """

    issuer: frozenset[str] | None
    signer: frozenset[str]
    period: Period
    envelope: Node | None
    attestation: Node | None = None


def assessments(found: Sequence[Node], frame: Frame, codes: Codes) -> Iterator[Item]:
    """Read assessments; one that names nothing is about what its attestation is about."""
    drawn = [_assessment(node, frame, codes) for node in found if node.is_object]
    fallback, why = _meant(drawn, frame)
    for item in drawn:
        yield item if item.subjects else replace(item, inferred=fallback, why=why)


def issued_to(attestation: Node, found: Sequence[Item]) -> Iterator[Tie]:
    """List the ties from what was assessed to the party that the attestation was issued to."""
    node = attestation.first("issuedToParty")
    party = named(node, ORGANISATION)
    if node is None or not party:
        return
    for item in found:
        for names in item.subjects or item.inferred:
            if not is_organisation(names):
                yield Tie(OPERATED_BY, names, party, node.pointer, ISSUED_TO)


def is_organisation(names: frozenset[str]) -> bool:
    """Tell whether names are those of an organisation."""
    return any(name.startswith(f"{ORGANISATION}:") for name in names)


def _assessment(node: Node, frame: Frame, codes: Codes) -> Item:
    cited = citations(node)
    stated = node.first("conformance")
    word = stated.text.casefold() if stated is not None else ""
    attestation = frame.attestation
    levels = ("assessorLevel", "assessmentLevel")
    return Item(
        kind="assessment",
        pointer=node.pointer,
        subjects=tuple(dict.fromkeys(_subjects(node))),
        cited=(*cited, *_permits(cited, frame, codes)),
        values=values(node, "assessedPerformance"),
        period=frame.period,
        issuer=frame.issuer,
        signer=frame.signer,
        auditor=named(node.first("auditor"), ORGANISATION),
        dated=dates.day(node.said("assessmentDate")),
        conformance={"true": True, "false": False}.get(word),
        codes={n: code(attestation.said(n)) for n in levels if attestation.said(n)} if attestation else {},
        condition=node.said("specifiedCondition"),
    )


def _subjects(node: Node) -> Iterator[frozenset[str]]:
    for key, inner, sort in _ABOUT:
        for wrapper in node.all(key):
            found = named(wrapper.first(inner) if wrapper.kind.endswith("Verification") else wrapper, sort)
            if found:
                yield found


def _meant(drawn: Sequence[Item], frame: Frame) -> tuple[tuple[frozenset[str], ...], str]:
    """Find what an attestation is about: the one thing that its other assessments name, or who it was issued to."""
    others: list[frozenset[str]] = []
    for names in (s for item in drawn for s in item.subjects if not is_organisation(s)):
        if not any(names & other for other in others):
            others.append(names)
    if len(others) == 1:
        return (others[0],), OTHERS
    party = named(frame.attestation.first("issuedToParty"), ORGANISATION) if frame.attestation else frozenset()
    return ((party,) if party else ()), ISSUED


def _permits(cited: Sequence[Cited], frame: Frame, codes: Codes) -> Iterator[Cited]:
    """Read the holding of a permit, where a credential that is one names a statute and no criterion."""
    words = codes.get("permit-words", {})
    seen = [t for node in (frame.envelope, frame.attestation) if node is not None for t in node.types]
    if frame.attestation is not None and isinstance(frame.attestation.value, dict):
        seen += frame.attestation.value
    if any(c.kind == CRITERION for c in cited) or not any(w in s.casefold() for s in seen for w in words):
        return
    name = frame.envelope.said("name") if frame.envelope is not None else ""
    yield from (Cited(PERMIT, c.iri, name or c.name) for c in cited if c.kind == REGULATION)
