"""What is this: kind and version of a document, by its structure; no context is ever fetched."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from comity.evidence import tables
from comity.evidence.node import OPEN, Node
from comity.formats.json import Json
from comity.model.classes import dataclass
from comity.model.evidence import DocumentKind
from comity.model.places import Place

VERSIONS = ("0.7.0", "0.6.1", "0.6.0", "0.5")
"""The generations of the model, the newest first."""

_CONTEXT = re.compile(
    r"/untp/(?:(?P<type>dpp|dcc|dfr|dte|dia|svc)/)?(?P<version>\d+\.\d+\.\d+|working)(?=[-/]|$)", re.IGNORECASE
)

_ENOUGH = 500
"""Objects whose keys are looked at to tell the version."""

_SHAPES = ("attestation", "identity", "event", "passport", "record", "product", "facility")
_ENVELOPE = frozenset(
    {"@context", "type", "issuer", "proof", "validFrom", "validUntil", "issuanceDate", "expirationDate"}
)
"""Of these an object must have one to be more than a wrapper around a subject."""

_COMMON = frozenset(
    {"type", "@type", "id", "name", "description", "registeredId", "idScheme", "relatedParty", "relatedDocument"}
)
_KINDS = {
    "attestation": DocumentKind.DCC,
    "assessment": DocumentKind.DCC,
    "identity": DocumentKind.DIA,
    "event": DocumentKind.DTE,
    "passport": DocumentKind.DPP,
    "product": DocumentKind.DPP,
    "record": DocumentKind.DFR,
    "facility": DocumentKind.DFR,
}


_USUAL = {
    DocumentKind.DCC: "attestation",
    DocumentKind.DPP: "product",
    DocumentKind.DFR: "facility",
    DocumentKind.DIA: "identity",
    DocumentKind.DTE: "event",
}
"""What a credential of a type is about where its subject does not show it."""

_NOWHERE = Place("")


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential, or what was given in its stead, with its shape known.

    :param envelope: ``None`` for a bare subject.
    :param subjects: one, or the events or assessments of a list.
    :param shape: kind of the subjects in ``untp-keys.csv``.
    :param stated: the kind that the types state, where that is another one.
    """

    kind: DocumentKind
    version: str
    shape: str
    envelope: Node | None
    subjects: tuple[Node, ...]
    stated: DocumentKind | None = None
    root: Place = _NOWHERE


def detect(value: Json, place: Place) -> Credential | None:
    """Recognise a credential, a bare subject, or a bare list of events or assessments.

    :returns: ``None`` when it is none of these.
    """
    if isinstance(value, dict) and "credentialSubject" in value:
        return _enveloped(value, place)
    listed: list[Json] = value if isinstance(value, list) else [value]
    shape = _shape_of_all(listed)
    if not shape or (isinstance(value, list) and shape not in ("assessment", "event")):
        return None
    return _credential(shape, None, value, place, value, None)


def context_versions(value: Json) -> Iterator[tuple[str, str]]:
    """Find the UNTP versions that context addresses name, on whatever host: (version, address).

    >>> list(context_versions({"@context": ["https://any.example/untp/dpp/0.5.0/"]}))
    [('0.5', 'https://any.example/untp/dpp/0.5.0/')]
    """
    contexts = value.get("@context") if isinstance(value, dict) else None
    for address in contexts if isinstance(contexts, list) else [contexts]:
        version = untp_version(address) if isinstance(address, str) else ""
        if version and isinstance(address, str):
            yield version, address


def untp_version(address: str) -> str:
    """Return the generation of the model that an address names, on whatever host; empty when it names none.

    >>> untp_version("https://any.example/untp/0.7.1/context/"), untp_version("https://www.w3.org/ns/credentials/v2")
    ('0.7.0', '')
    """
    match = _CONTEXT.search(address)
    return _generation(match["version"].lower()) if match is not None else ""


def _enveloped(value: dict[str, Json], place: Place) -> Credential | None:
    subject = value["credentialSubject"]
    listed: list[Json] = subject if isinstance(subject, list) else [subject]
    stated = _by_type(value.get("type"))
    shape = _shape_of_all(listed) or (_USUAL[stated] if stated is not None else "")
    if not shape or not any(isinstance(s, dict) for s in listed):
        return None
    return _credential(shape, value, subject, place, value, stated)


def _credential(
    shape: str, envelope: dict[str, Json] | None, subject: Json, place: Place, root: Json, stated: DocumentKind | None
) -> Credential:
    version = next((v for v, _ in context_versions(root)), "") or _by_keys(shape, subject)
    signed = envelope is not None and not _ENVELOPE.isdisjoint(envelope)
    around = Node(envelope, place, "credential", version) if signed else None
    where = place.at("credentialSubject") if envelope is not None else place
    subjects = tuple(n for n in Node(subject, where, shape, version).items() if n.is_object)
    kind = _KINDS[shape]
    return Credential(kind, version, shape, around, subjects, stated if stated not in (None, kind) else None, place)


def _shape_of_all(listed: list[Json]) -> str:
    first = ""
    for subject in listed:
        shape = _shape(subject) if isinstance(subject, dict) else ""
        first = first or shape
        if not shape or shape != first:
            return ""
    return first


def _shape(subject: dict[str, Json]) -> str:
    """Find the kind of node that a subject's keys fit best; its type decides where the keys do not."""
    if _is_assessment(subject):
        return "assessment"
    keys = set(subject) - _COMMON
    known = tables.keys()
    fits = Counter({s: sum((s, k) in known for k in keys) for s in _SHAPES})
    best = max(_SHAPES, key=lambda s: fits[s])
    by_type = _type_shape(subject.get("type"))
    if by_type and (fits[by_type] == fits[best] or fits[best] < 2):
        return by_type
    return best if fits[best] >= 2 or _wraps(subject) else ""


def _is_assessment(subject: dict[str, Json]) -> bool:
    criteria = any(k in subject for k in ("assessmentCriteria", "referenceStandard", "referenceRegulation"))
    about = any(k in subject for k in ("conformance", "assessedProduct", "assessedFacility", "assessedOrganisation"))
    return criteria and about and "conformityEvidence" not in subject


def _wraps(subject: dict[str, Json]) -> bool:
    return any(isinstance(subject.get(k), dict) for k in ("product", "facility"))


def _type_shape(found: Json) -> str:
    for name in _types(found):
        shape = tables.codes("subject-types").get(name.casefold())
        if shape:
            return shape
    return "event" if any(t.endswith("Event") for t in _types(found)) else ""


def _by_type(found: Json) -> DocumentKind | None:
    for name in _types(found):
        token = tables.codes("document-types").get(name.casefold())
        if token:
            return DocumentKind(token)
    return None


def _types(found: Json) -> list[str]:
    return [t for t in (found if isinstance(found, list) else [found]) if isinstance(t, str)]


def _generation(version: str) -> str:
    if version == "working":
        return "0.6.1"
    major, minor, patch = (int(p) for p in version.split("."))
    if (major, minor) >= (0, 7):
        return "0.7.0"
    if (major, minor) == (0, 6):
        return "0.6.0" if patch == 0 else "0.6.1"
    return "0.5"


def _by_keys(shape: str, subject: Json) -> str:
    """Choose the version whose keys the document has; the newest where several fit alike."""
    misfits: Counter[str] = Counter()
    todo = list(Node(subject, _NOWHERE, shape, "").items())
    for node in todo:
        for key, inner in node.members():
            known = tables.keys().get((node.kind, key), ())
            versions = {k.version for k in known}
            if known and tables.EVERY not in versions:
                misfits.update(v for v in VERSIONS if v not in versions)
            if inner.kind == OPEN or len(todo) > _ENOUGH:
                continue
            members = [n for n in inner.items() if n.is_object]
            if any(n.kind != inner.kind for n in members):
                # Only the oldest generation leaves the wrapper of what was assessed out.
                misfits.update(VERSIONS[:-1])
            todo += members
    return min(VERSIONS, key=lambda v: misfits[v])
