"""Comity's own Turtle: evidence as ``comity push`` and ``comity evidence`` write it, read back as documents.

What such a file says beside the evidence (views, bindings, edges, facts) is passed over: nothing that was
judged elsewhere is taken over. The file is unsigned, whatever the documents were that it was made from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from urllib.parse import unquote

from comity.evidence import dates, identity, values
from comity.evidence.notes import Notes
from comity.evidence.resources import NS, Resource, lines, typed
from comity.formats import turtle
from comity.model.errors import UnreadableError
from comity.model.evidence import (
    Anchor,
    Assessment,
    Attribute,
    Citation,
    CitationKind,
    Claim,
    Document,
    DocumentKind,
    EvidenceLink,
    Link,
    LinkKind,
    Party,
    Subject,
    Validity,
)
from comity.model.places import Place
from comity.model.quantities import Quantity, Value
from comity.model.scales import Level

SUBJECTS = "https://w3id.org/comity/subject/"
"""What subjects without a description are named by: the rest is their key."""

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
UNSIGNED = ("not signed", "revocation status not checked")

_KINDS = {k.value: k for k in DocumentKind}


def read(content: bytes, name: str) -> tuple[Document, ...]:
    """Read the documents whose evidence a Turtle file holds.

    :raises UnreadableError: code ``not-turtle`` or ``no-evidence``.
    """
    file = turtle.read(content, name)
    where = lines(content.decode("utf-8", "replace"))
    found = list(typed(file, "Document", name, where))
    if typed(file, "Report", name, where):
        message = "The Turtle is a report: it holds verdicts and proofs, and no evidence."
        raise UnreadableError("no-evidence", Place(name), message, "Give the documents that it was made from.")
    if not found:
        message = "The Turtle holds no evidence: nothing in it is a comity:Document."
        raise UnreadableError(
            "no-evidence", Place(name), message, "Write it with comity evidence, or give the documents."
        )
    digest = hashlib.sha256(content).hexdigest()
    alone = len(found) == 1
    try:
        return tuple(
            _document(d, name if alone else f"{name}#{position}", digest, alone=alone)
            for position, d in enumerate(found, 1)
        )
    except (ValueError, ZeroDivisionError) as error:
        message = f"The evidence in the Turtle is not as Comity writes it: {error}."
        raise UnreadableError("no-evidence", Place(name), message, "Write it again with comity evidence.") from error


def _document(this: Resource, name: str, digest: str, *, alone: bool) -> Document:
    def mine(kind: str) -> list[Resource]:
        found = typed(this.file, kind, name, this.lines)
        return [r for r in found if this.iri in r.texts("inDocument") or (alone and not r.all("inDocument"))]

    return Document(
        name,
        digest,
        _KINDS.get(this.text("documentKind"), DocumentKind.TURTLE),
        this.text("untpVersion"),
        this.text("identifier"),
        _party(this.one("issuer")),
        _validity(this),
        subjects=tuple(_subject(s) for s in mine("Subject")),
        links=tuple(_link(x) for x in mine("SubjectLink")),
        claims=tuple(_claim(c) for c in mine("Claim")),
        assessments=tuple(_assessment(a) for a in mine("Assessment")),
        anchors=tuple(a for r in mine("Anchor") for a in _anchor(r)),
        attributes=tuple(_attribute(a) for a in mine("Attribute")),
        status=UNSIGNED,
        addresses=(this.text("identifier"),) if this.text("identifier") else (),
    )


def _subject(this: Resource) -> Subject:
    found = frozenset(this.texts("key"))
    level = _level(this.text("level"))
    keys = found or identity.keys(level, this.text("identifier") or this.iri)
    parts = dict(p.split("=", 1) for p in this.texts("stated") if "=" in p)
    label = this.text(LABEL) or this.text("identifier")
    return Subject(identity.best(keys), this.text("identifier"), label, level, keys, this.place, parts)


def _level(individual: str) -> Level:
    word = individual.removeprefix(NS)
    return Level(word) if word in set(Level) else Level.PRODUCT


def _key(this: Resource | None) -> str:
    """Return the key of the subject that a property leads to."""
    if this is None:
        return ""
    if this.all("key"):
        return identity.best(this.texts("key"))
    return unquote(this.iri.removeprefix(SUBJECTS)) if this.iri.startswith(SUBJECTS) else _subject(this).key


def _party(this: Resource | None) -> Party | None:
    if this is None:
        return None
    return Party(this.text("identifier"), this.text("name"), frozenset(this.texts("key")))


def _validity(this: Resource) -> Validity:
    return Validity(_day(this, "validFrom"), _day(this, "validUntil"), _day(this, "issuedOn"))


def _day(this: Resource, name: str) -> str | None:
    written = this.text(name)
    notes = Notes()
    found = dates.parse(written, this.place, notes) if written else None
    if notes.found:
        raise ValueError(notes.found[0].message.rstrip("."))
    return found


def _number(written: str) -> Fraction:
    """Read a decimal, or a quotient of whole numbers; no longer ones than values may have."""
    if len(written) > 2 * values.LARGEST:
        raise ValueError("a number is too long")
    over, _, under = written.partition("/")
    if under:
        return Fraction(int(over), int(under))
    try:
        found = values.exact(Decimal(written), Place(""), Notes())
    except InvalidOperation:
        found = None
    if found is None:
        raise ValueError(f"{written!r} is no number")
    return found


def _claim(this: Resource) -> Claim:
    return Claim(
        place=this.place,
        document=this.document,
        id=this.text("identifier"),
        label=this.text("name"),
        subject=_key(this.one("aboutSubject")),
        citations=tuple(_citations(this)),
        values=tuple(_value(v) for v in this.every("states")),
        dated=_day(this, "datedOn"),
        topics=this.texts("topicRead"),
        evidence=tuple(_evidence(e) for e in this.every("evidenceLink")),
        undisclosed=this.text("undisclosed") == "true",
        issuer=_party(this.one("issuer")),
    )


def _assessment(this: Resource) -> Assessment:
    conformance = this.text("conformance")
    return Assessment(
        place=this.place,
        document=this.document,
        id=this.text("identifier"),
        label=this.text("name"),
        subjects=tuple(_key(s) for s in this.every("aboutSubject")),
        citations=tuple(_citations(this)),
        conformance={"true": True, "false": False}.get(conformance),
        values=tuple(_value(v) for v in this.every("states")),
        dated=_day(this, "datedOn"),
        issuer=_party(this.one("issuer")),
        declared=dict(sorted(d.split("=", 1) for d in this.texts("declared") if "=" in d)),
        validity=_validity(this),
        programme=this.text("programme"),
        authorities=tuple(p for e in this.every("endorsedBy") if (p := _party(e)) is not None),
        topics=this.texts("topicRead"),
        subject_assumed=this.text("subjectAssumed"),
        conditional=this.text("conditional"),
        roles=this.texts("partyRole"),
    )


def _citations(this: Resource) -> Iterator[Citation]:
    for cited in this.every("cites"):
        kind = cited.text("citationKind")
        if kind in set(CitationKind):
            yield Citation(CitationKind(kind), cited.text("citedIri"), cited.text("name"), cited.place)


def _value(this: Resource) -> Value:
    start, end = _day(this, "periodStart"), _day(this, "periodEnd")
    return Value(
        this.place,
        this.text("metricRead") or None,
        this.text("name"),
        _quantity(this),
        {q.rpartition("/")[0]: q for q in this.texts("qualifier")},
        (start, end) if start and end else None,
        this.text("score") or None,
    )


def _quantity(this: Resource) -> Quantity | None:
    written = this.text("value") or this.text("rational")
    if not written:
        return None
    lower, upper = (_number(this.text(t) or "0") for t in ("lowerTolerance", "upperTolerance"))
    return Quantity(_number(written), this.text("unit") or None, this.text("unitText"), lower, upper)


def _evidence(this: Resource) -> EvidenceLink:
    digest = this.text("digest") or None
    return EvidenceLink(this.text("linkUrl"), this.text("name"), this.text("linkType"), digest, this.place)


def _link(this: Resource) -> Link:
    kind = this.text("linkKind")
    return Link(LinkKind(kind), _key(this.one("source")), _key(this.one("target")), this.place, this.text("partyRole"))


def _anchor(this: Resource) -> Iterator[Anchor]:
    registrar = _party(this.one("registrar"))
    if registrar is not None:
        yield Anchor(
            this.place,
            this.document,
            this.text("anchors"),
            this.text("registeredAs"),
            registrar,
            this.text("registerType"),
            this.texts("registrationScope"),
            _validity(this),
        )


def _attribute(this: Resource) -> Attribute:
    return Attribute(
        _key(this.one("aboutSubject")), this.text("path"), this.text("text"), this.text("unitText"), this.place
    )
