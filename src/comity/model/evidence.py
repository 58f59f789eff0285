"""What documents say, as read and attributed, before it is judged (semantics, section 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from comity.model.classes import dataclass
from comity.model.places import Finding, Place
from comity.model.quantities import Value
from comity.model.scales import Level


class DocumentKind(StrEnum):
    """The kinds of documents that Comity reads."""

    DPP = "dpp"
    DFR = "dfr"
    DCC = "dcc"
    DIA = "dia"
    DTE = "dte"
    SHEET = "sheet"
    TURTLE = "turtle"
    UNREADABLE = "unreadable"


class CitationKind(StrEnum):
    """Where in a claim or assessment an identifier stood."""

    CRITERION = "criterion"
    STANDARD = "standard"
    REGULATION = "regulation"
    SCHEME = "scheme"
    PERMIT = "permit"


@dataclass(frozen=True, slots=True)
class Citation:
    """An identifier of a criterion, standard or regulation, as read."""

    kind: CitationKind
    iri: str
    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody, by every identifier the document gives.

    :param keys: canonical keys (:mod:`comity.evidence.identity`), type-qualified, the best first.
    """

    id: str
    name: str
    keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Validity:
    """A period; dates as ISO text of day precision, or a bare year where only that is known.

    :param start: first day, ``None`` when not stated.
    :param end: last day, ``None`` when not stated.
    :param issued: date of issue where it is stated apart from ``start``.
    :param unreadable: true when a first or last day is stated and cannot be read: the period is not known.
    """

    start: str | None = None
    end: str | None = None
    issued: str | None = None
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing that documents speak of.

    :param key: the one canonical key that the rest of a report uses.
    :param id: the identifier as the document wrote it.
    :param keys: every canonical key by which it may be met, ``key`` included.
    :param parts: parts of a compound unit that the documents state: ``model``, ``batch``, ``item``, ``plant``,
        ``year``.
    """

    key: str
    id: str
    label: str
    level: Level
    keys: frozenset[str]
    place: Place
    parts: Mapping[str, str] = field(default_factory=dict)


class LinkKind(StrEnum):
    """How one subject is tied to another by an explicit statement."""

    PRODUCED_AT = "produced-at"
    """product to facility"""
    PROCESSED_AT = "processed-at"
    """product to a facility that handled it"""
    OPERATED_BY = "operated-by"
    """facility, or product, to the organisation that answers for it"""
    SOURCES_FROM = "sources-from"
    """product to an input product, or organisation to its supplier"""
    PART_OF = "part-of"
    """item to batch to model"""


@dataclass(frozen=True, slots=True)
class Link:
    """An explicit statement that ties ``source`` to ``target`` (canonical keys).

    :param role: the party role, where the document gives one (``manufacturer``).
    """

    kind: LinkKind
    source: str
    target: str
    place: Place
    role: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceLink:
    """A claim's pointer to the document that is said to prove it."""

    url: str
    name: str
    link_type: str
    digest: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Claim:
    """The operator's own word.

    :param index: position among the document's claims, from 0.
    :param subject: canonical key of the subject.
    :param dated: ISO date of the claim, where stated.
    :param undisclosed: true for a claim stub whose value is kept for another role.
    :param validity: of the claim itself, in a sheet; ``None`` where the document's counts.
    :param issuer: who speaks, in a sheet, which may hold the words of several; ``None`` where the document's issuer
        does.
    """

    place: Place
    document: str
    id: str
    label: str
    subject: str
    citations: tuple[Citation, ...]
    values: tuple[Value, ...]
    dated: str | None
    topics: tuple[str, ...] = ()
    evidence: tuple[EvidenceLink, ...] = ()
    undisclosed: bool = False
    validity: Validity | None = None
    issuer: Party | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """Somebody's finding.

    :param subjects: canonical keys; more than one when it names product and facility alike.
    :param subject_assumed: why the subject was inferred, empty when the assessment states it.
    :param conformance: as stated; ``None`` when absent, which gives nothing.
    :param issuer: who issued the credential; ``None`` for a bare attestation.
    :param declared: the assurance codes as read: ``assessorLevel``, ``assessmentLevel``, ``attestationType``.
    :param validity: of the credential.
    :param programme: identifier of the scheme in whose programme it was made.
    :param conditional: the assessor's specified condition, where there is one.
    :param auditor: who did the work, where the document names somebody beside the issuer.
    """

    place: Place
    document: str
    id: str
    label: str
    subjects: tuple[str, ...]
    citations: tuple[Citation, ...]
    conformance: bool | None
    values: tuple[Value, ...]
    dated: str | None
    issuer: Party | None
    declared: Mapping[str, str]
    validity: Validity
    programme: str = ""
    scheme: Citation | None = None
    authorities: tuple[Party, ...] = ()
    topics: tuple[str, ...] = ()
    subject_assumed: str = ""
    conditional: str = ""
    roles: tuple[str, ...] = ()
    auditor: Party | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """A register's statement that an identity belongs to a registered party (a DIA).

    :param identity: canonical key of the identity that is anchored.
    :param registrar: who issued the anchor.
    :param register_type: ``business``, ``facility``, ``accreditation``, ...
    :param scope: identifiers of what it is registered for.
    """

    place: Place
    document: str
    identity: str
    registered_as: str
    registrar: Party
    register_type: str
    scope: tuple[str, ...]
    validity: Validity


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something a document says of a subject that facts may be derived from.

    :param path: normalised dotted path in 0.7.0 words, such as ``characteristics.category``.
    :param value: text, number, boolean, as JSON gave it; numbers keep their text.
    """

    subject: str
    path: str
    value: str
    unit: str
    place: Place


@dataclass(frozen=True, slots=True)
class Document:
    """One document as read.

    :param sha256: of its bytes, hexadecimal.
    :param version: the UNTP version by its shape (``0.5``, ``0.6.0``, ``0.6.1``, ``0.7.0``), empty otherwise.
    :param status: what was not checked (signature, revocation), in words.
    :param addresses: identifiers by which links may lead to it: its own, and those of what it is about.
    """

    name: str
    sha256: str
    kind: DocumentKind
    version: str = ""
    id: str = ""
    issuer: Party | None = None
    validity: Validity = Validity()
    subjects: tuple[Subject, ...] = ()
    links: tuple[Link, ...] = ()
    claims: tuple[Claim, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    findings: tuple[Finding, ...] = ()
    status: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
