"""Documents from inputs: one bad document never hides the others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from comity.evidence import (
    anchors,
    apart,
    assessments,
    attributes,
    claims,
    crosscheck,
    dates,
    dirt,
    events,
    identity,
    parties,
    unwrap,
)
from comity.evidence.detect import Credential
from comity.evidence.node import Node
from comity.evidence.notes import Notes
from comity.evidence.parties import Cast
from comity.evidence.unwrap import Loose
from comity.formats.archives import Input
from comity.model.classes import dataclass
from comity.model.errors import UnreadableError
from comity.model.evidence import Assessment, Attribute, Claim, Document, DocumentKind, Subject
from comity.model.places import Finding, Place, Severity
from comity.model.scales import Level

if TYPE_CHECKING:
    from comity.evidence.sheet import Claims

UNCHECKED_SIGNATURE = "signature not checked"
UNCHECKED_STATUS = "revocation status not checked"
UNSIGNED = "not signed"


@dataclass(frozen=True, slots=True)
class Read:
    """A document, with what the checks across documents need beside it.

    :param credential: what it was read from, where that was a credential.
    :param sheet: what it was read from, where that was a table.
    """

    document: Document
    credential: Credential | None = None
    sheet: Claims | None = None


def read(inputs: Iterable[Input]) -> tuple[Document, ...]:
    """Read every input; never raises for a bad one, which becomes a document of kind ``unreadable``.

    Inputs whose problem is mere information (files passed over in a folder) are no documents.

    :param inputs: such as :func:`comity.formats.archives.open_inputs` gives.
    :returns: documents whose statements use one canonical key for each thing, whatever document it comes from.
    """
    found = _settled([r for i in inputs for r in _input(i)])
    apart_ = apart.separate([r.document for r in found])
    documents = crosscheck.run([(d, r.credential) for d, r in zip(apart_, found, strict=True)])
    names = identity.merge(documents)
    return tuple(_one_each(identity.rename(d, lambda key: names.get(key, key))) for d in documents)


def _settled(found: list[Read]) -> list[Read]:
    """Take what sheets do not say of their subjects from the other documents."""
    others = [r.document for r in found if r.sheet is None]
    if len(others) == len(found):
        return found
    from comity.evidence import sheet

    return [
        r if r.sheet is None else replace(r, document=replace(sheet.settle(r.sheet, others), sha256=r.document.sha256))
        for r in found
    ]


def _input(source: Input) -> Iterator[Read]:
    if source.problem is not None:
        if source.problem.severity is Severity.ERROR:
            yield Read(Document(source.name, "", DocumentKind.UNREADABLE, findings=(source.problem,)))
        return
    try:
        content = source.data
        digest = hashlib.sha256(content).hexdigest()
    except UnreadableError as error:
        yield _unreadable(source.name, "", error)
        return
    try:
        loose = list(unwrap.documents(content, source.name))
    except UnreadableError as error:
        yield _unreadable(source.name, digest, error)
        return
    for one in loose:
        yield _loose(one, digest)


def _loose(one: Loose, digest: str) -> Read:
    if one.problem is not None:
        return _unreadable(one.name, digest, one.problem)
    if one.claims is not None:
        return Read(replace(one.claims.document, sha256=digest), sheet=one.claims)
    if one.document is not None:
        return Read(one.document)
    if one.credential is None:
        raise AssertionError("a loose document is a credential, a sheet, finished evidence or a problem")
    notes = Notes()
    notes.add(*one.findings)
    return Read(_credential(one, one.credential, digest, notes), one.credential)


def _unreadable(name: str, digest: str, error: UnreadableError) -> Read:
    finding = Finding(error.code, Severity.ERROR, Place(name, error.place.pointer), error.message, error.fix)
    return Read(Document(name, digest, DocumentKind.UNREADABLE, findings=(finding,)))


def _credential(one: Loose, credential: Credential, digest: str, notes: Notes) -> Document:
    envelope = credential.envelope
    cast = Cast(notes)
    issuer = parties.party(envelope.first("issuer")) if envelope is not None else None
    validity = dates.validity(envelope, notes)
    base = Document(
        one.name,
        digest,
        credential.kind,
        credential.version,
        (envelope or credential.subjects[0]).text("id"),
        issuer,
        validity,
        status=_status(credential, one),
        addresses=tuple(dict.fromkeys(i for i in _addresses(credential) if i)),
    )
    document = _READERS[credential.kind](base, credential, cast)
    dirt.check(credential, one.name, one.key, notes)
    return replace(document, subjects=tuple(cast.subjects.values()), links=tuple(cast.links), findings=notes.found)


def _status(credential: Credential, one: Loose) -> tuple[str, ...]:
    signed = one.is_token or (credential.envelope is not None and credential.envelope.first("proof") is not None)
    return (UNCHECKED_SIGNATURE if signed else UNSIGNED, UNCHECKED_STATUS)


def _addresses(credential: Credential) -> Iterator[str]:
    if credential.envelope is not None:
        yield credential.envelope.text("id")
    for subject in credential.subjects:
        yield subject.text("id")
        yield subject_of(subject).text("id")


def _record(base: Document, credential: Credential, cast: Cast) -> Document:
    found: list[Attribute] = []
    said: list[Claim] = []
    for subject in credential.subjects:
        node = subject_of(subject)
        thing = cast.product(node) if credential.kind is DocumentKind.DPP else cast.facility(node)
        key = _key(thing, node, cast)
        said += claims.read(node, key, cast.notes)
        found += attributes.read(node, key, cast)
    return replace(base, claims=tuple(said), attributes=tuple(found))


def subject_of(subject: Node) -> Node:
    """Return the product of a passport, or the facility of a record, with the wrapper's keys beside its own."""
    inner = subject.first({"passport": "product", "record": "facility"}.get(subject.kind, ""))
    return replace(inner, outer=subject) if inner is not None and inner.is_object else subject


def _key(thing: Subject | None, node: Node, cast: Cast) -> str:
    if thing is not None:
        return thing.key
    message = "The subject has no identifier; what is said of it counts for this document alone."
    cast.notes.warn("no-identifier", node.place, message, "State the id of the product or facility.")
    level = Level.PRODUCT if node.kind in ("product", "passport") else Level.FACILITY
    key = f"{identity.type_of(level)}:id:{node.place.document}#{node.place.pointer}"
    cast.subjects[key] = Subject(key, "", node.text("name") or node.place.document, level, frozenset({key}), node.place)
    return key


def _attestation(base: Document, credential: Credential, cast: Cast) -> Document:
    frame = assessments.Frame(base.issuer, base.validity, None, credential.envelope)
    if credential.shape == "assessment":
        return replace(base, assessments=assessments.read(credential.subjects, frame, cast))
    found: list[Assessment] = []
    for attestation in credential.subjects:
        framed = replace(frame, attestation=attestation)
        drawn = assessments.read(assessments.attested(attestation), framed, cast)
        assessments.issued_to(attestation, drawn, cast)
        found += drawn
    return replace(base, assessments=tuple(found))


def _anchor(base: Document, credential: Credential, cast: Cast) -> Document:
    found = (anchors.read(s, base.issuer, base.validity, cast.notes) for s in credential.subjects)
    return replace(base, anchors=tuple(a for a in found if a is not None))


def _events(base: Document, credential: Credential, cast: Cast) -> Document:
    for event in credential.subjects:
        events.read(event, cast)
    return base


_READERS = {
    DocumentKind.DPP: _record,
    DocumentKind.DFR: _record,
    DocumentKind.DCC: _attestation,
    DocumentKind.DIA: _anchor,
    DocumentKind.DTE: _events,
}


def _one_each(document: Document) -> Document:
    """Join the subjects of a document that turned out to be one."""
    found: dict[str, Subject] = {}
    for s in document.subjects:
        known = found.get(s.key)
        found[s.key] = replace(known, keys=known.keys | s.keys, parts={**s.parts, **known.parts}) if known else s
    return replace(document, subjects=tuple(found.values()))
