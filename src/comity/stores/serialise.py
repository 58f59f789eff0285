"""Evidence as read, in RDF: the one serialiser that serves the stores, the evidence graph and ``push``.

Each document has a named graph ``urn:sha256:<hash>``, and what stands in it is named by its JSON Pointer there,
because identifiers in real credentials collide. Subjects and parties are named by their canonical key, so that
documents meet in them. Nothing here is judged and nothing is read back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from pyoxigraph import Literal, NamedNode, Quad

from comity.model.evidence import (
    Anchor,
    Assessment,
    Attribute,
    Citation,
    Claim,
    Document,
    EvidenceLink,
    Link,
    Party,
    Subject,
    Validity,
)
from comity.model.quantities import Quantity, Value
from comity.stores import terms
from comity.stores.terms import LABEL, TYPE, comity

Namer = Callable[[str], str]
"""Canonical key of a thing to the one key that stands for it in all documents."""

Resolver = Callable[[Citation], str | None]
"""Citation to the IRI of the criterion that it stands for, if any."""

Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]


def document_quads(document: Document, name: Namer = str, resolve: Resolver | None = None) -> tuple[Quad, ...]:
    """Write a document as quads in its own named graph, in a stable order.

    :param name: gives each thing one key over all documents; each document's own keys where it is left out.
    :param resolve: with it, claims and assessments also name the criteria that they cite (``comity:citesCriterion``).
    """
    graph = terms.graph(document.sha256)
    written = dict.fromkeys(_Writer(document, name, resolve).document())
    return tuple(Quad(s, p, o, graph) for s, p, o in sorted(written, key=_order))


def documents_quads(
    documents: Iterable[Document], name: Namer = str, resolve: Resolver | None = None
) -> Iterator[Quad]:
    """Write several documents, each in its own graph."""
    for document in documents:
        yield from document_quads(document, name, resolve)


class _Writer:
    """Writes one document."""

    def __init__(self, document: Document, name: Namer, resolve: Resolver | None) -> None:
        self._document, self._name, self._resolve = document, name, resolve

    def document(self) -> Iterator[Statement]:
        read = self._document
        this = terms.graph(read.sha256)
        yield this, TYPE, comity("Document")
        yield from _texts(this, name=read.name, sha256=read.sha256, documentKind=read.kind.value)
        yield from _texts(this, untpVersion=read.version, identifier=read.id)
        for status in read.status:
            yield this, comity("status"), terms.text(status)
        for address in read.addresses:
            yield this, comity("address"), terms.text(address)
        yield from _validity(this, read.validity)
        if read.issuer is not None:
            yield from self._party(this, "issuer", read.issuer, self._node("", "issuer"))
        for subject in read.subjects:
            yield from self._subject(subject)
        for claim in read.claims:
            yield from self._claim(claim)
        for assessment in read.assessments:
            yield from self._assessment(assessment)
        for position, link in enumerate(read.links):
            yield from self._link(link, position)
        for anchor in read.anchors:
            yield from self._anchor(anchor)
        for position, attribute in enumerate(read.attributes):
            yield from self._attribute(attribute, position)

    def _node(self, pointer: str, tail: str = "") -> NamedNode:
        return terms.node(self._document.sha256, pointer, tail)

    def _subject_node(self, key: str) -> NamedNode:
        return terms.subject(self._name(key))

    def _placed(self, this: NamedNode, kind: str, pointer: str) -> Iterator[Statement]:
        yield this, TYPE, comity(kind)
        yield this, comity("inDocument"), terms.graph(self._document.sha256)
        yield from _texts(this, pointer=pointer)

    def _party(self, owner: NamedNode, predicate: str, party: Party, fallback: NamedNode) -> Iterator[Statement]:
        keys = sorted(party.keys, key=_preference)
        this = self._subject_node(keys[0]) if keys else fallback
        yield owner, comity(predicate), this
        yield this, TYPE, comity("Party")
        yield from _texts(this, name=party.name, identifier=party.id)
        for key in keys:
            yield this, comity("key"), terms.text(key)

    def _subject(self, subject: Subject) -> Iterator[Statement]:
        this = self._subject_node(subject.key)
        yield from self._placed(this, "Subject", "")
        yield this, LABEL, terms.text(subject.label)
        yield this, comity("level"), terms.scaled(subject.level)
        yield from _texts(this, identifier=subject.id)
        for key in sorted(subject.keys | {subject.key}):
            yield this, comity("key"), terms.text(key)
        for part, stated in sorted(subject.parts.items()):
            yield this, comity("stated"), terms.text(f"{part}={stated}")

    def _claim(self, claim: Claim) -> Iterator[Statement]:
        this = self._node(claim.place.pointer)
        yield from self._placed(this, "Claim", claim.place.pointer)
        yield this, comity("aboutSubject"), self._subject_node(claim.subject)
        yield from _texts(this, name=claim.label, identifier=claim.id)
        yield from _dated(this, datedOn=claim.dated)
        yield from _validity(this, claim.validity or Validity())
        if claim.issuer is not None:
            yield from self._party(this, "issuer", claim.issuer, self._node(claim.place.pointer, "issuer"))
        if claim.undisclosed:
            yield this, comity("undisclosed"), terms.boolean(True)
        yield from self._stated(this, claim)
        for position, link in enumerate(claim.evidence):
            yield from self._evidence_link(this, link, position)

    def _assessment(self, assessment: Assessment) -> Iterator[Statement]:
        this = self._node(assessment.place.pointer)
        yield from self._placed(this, "Assessment", assessment.place.pointer)
        for key in assessment.subjects:
            yield this, comity("aboutSubject"), self._subject_node(key)
        yield from _texts(this, name=assessment.label, identifier=assessment.id, programme=assessment.programme)
        yield from _texts(this, conditional=assessment.conditional, subjectAssumed=assessment.subject_assumed)
        yield from _dated(this, datedOn=assessment.dated)
        yield from _validity(this, assessment.validity)
        if assessment.conformance is not None:
            yield this, comity("conformance"), terms.boolean(assessment.conformance)
        if assessment.issuer is not None:
            yield from self._party(this, "issuer", assessment.issuer, self._node(assessment.place.pointer, "issuer"))
        if assessment.auditor is not None:
            yield from self._party(this, "auditor", assessment.auditor, self._node(assessment.place.pointer, "auditor"))
        for code, value in sorted(assessment.declared.items()):
            yield this, comity("declared"), terms.text(f"{code}={value}")
        for role in assessment.roles:
            yield this, comity("partyRole"), terms.text(role)
        for position, party in enumerate(assessment.authorities):
            fallback = self._node(assessment.place.pointer, f"authority-{position}")
            yield from self._party(this, "endorsedBy", party, fallback)
        if assessment.scheme is not None:
            named = self._node(assessment.scheme.place.pointer, "scheme")
            yield this, comity("underScheme"), named
            yield from self._cited(named, assessment.scheme)
        yield from self._stated(this, assessment)

    def _stated(self, this: NamedNode, stating: Claim | Assessment) -> Iterator[Statement]:
        for topic in stating.topics:
            yield this, comity("topicRead"), terms.text(topic)
        for position, citation in enumerate(stating.citations):
            yield from self._citation(this, citation, position)
        for value in stating.values:
            yield from self._value(this, value)

    def _citation(self, owner: NamedNode, citation: Citation, position: int) -> Iterator[Statement]:
        this = self._node(citation.place.pointer, f"citation-{position}")
        yield owner, comity("cites"), this
        yield from self._cited(this, citation)
        criterion = terms.iri(self._resolve(citation) or "") if self._resolve else None
        if criterion is not None:
            yield this, comity("criterion"), criterion
            yield owner, comity("citesCriterion"), criterion

    def _cited(self, this: NamedNode, citation: Citation) -> Iterator[Statement]:
        yield from self._placed(this, "Citation", citation.place.pointer)
        yield from _texts(this, citationKind=citation.kind.value, citedIri=citation.iri, name=citation.name)

    def _value(self, owner: NamedNode, value: Value) -> Iterator[Statement]:
        this = self._node(value.place.pointer)
        yield owner, comity("states"), this
        yield from self._placed(this, "Value", value.place.pointer)
        yield from _texts(this, metricRead=value.metric or "", name=value.name, score=value.score or "")
        metric = terms.iri(value.metric or "")
        if metric is not None:
            yield this, comity("metric"), metric
        for _, qualifier in sorted(value.qualifiers.items()):
            yield this, comity("qualifier"), NamedNode(qualifier)
        if value.period is not None:
            yield from _dated(this, periodStart=value.period[0], periodEnd=value.period[1])
        if value.quantity is not None:
            yield from _quantity(this, value.quantity)

    def _evidence_link(self, owner: NamedNode, link: EvidenceLink, position: int) -> Iterator[Statement]:
        this = self._node(link.place.pointer, f"evidence-{position}")
        yield owner, comity("evidenceLink"), this
        yield from self._placed(this, "EvidenceLink", link.place.pointer)
        yield from _texts(this, linkUrl=link.url, name=link.name, linkType=link.link_type, digest=link.digest or "")

    def _link(self, link: Link, position: int) -> Iterator[Statement]:
        this = self._node(link.place.pointer, f"link-{position}")
        yield from self._placed(this, "SubjectLink", link.place.pointer)
        yield this, comity("source"), self._subject_node(link.source)
        yield this, comity("target"), self._subject_node(link.target)
        yield from _texts(this, linkKind=link.kind.value, partyRole=link.role)

    def _anchor(self, anchor: Anchor) -> Iterator[Statement]:
        this = self._node(anchor.place.pointer, "anchor")
        yield from self._placed(this, "Anchor", anchor.place.pointer)
        yield this, comity("anchors"), terms.text(anchor.identity)
        yield from _texts(this, registeredAs=anchor.registered_as, registerType=anchor.register_type)
        yield from self._party(this, "registrar", anchor.registrar, self._node(anchor.place.pointer, "registrar"))
        for scope in anchor.scope:
            yield this, comity("registrationScope"), terms.text(scope)
        yield from _validity(this, anchor.validity)

    def _attribute(self, attribute: Attribute, position: int) -> Iterator[Statement]:
        this = self._node(attribute.place.pointer, f"attribute-{position}")
        yield from self._placed(this, "Attribute", attribute.place.pointer)
        yield this, comity("aboutSubject"), self._subject_node(attribute.subject)
        yield from _texts(this, path=attribute.path, text=attribute.value, unitText=attribute.unit)


def _quantity(this: NamedNode, quantity: Quantity) -> Iterator[Statement]:
    yield from _rational(this, "value", quantity.value)
    if quantity.unit is not None:
        yield this, comity("unit"), NamedNode(quantity.unit)
    yield from _texts(this, unitText=quantity.unit_text)
    for predicate, distance in (("lowerTolerance", quantity.lower), ("upperTolerance", quantity.upper)):
        if distance:
            yield from _rational(this, predicate, distance)


def _rational(this: NamedNode, predicate: str, value: Fraction) -> Iterator[Statement]:
    if terms.decimal(value) is not None:
        yield this, comity(predicate), terms.number(value)
    elif predicate == "value":
        yield this, comity("rational"), terms.text(f"{value.numerator}/{value.denominator}")


def _validity(this: NamedNode, validity: Validity) -> Iterator[Statement]:
    yield from _dated(this, validFrom=validity.start, validUntil=validity.end, issuedOn=validity.issued)


def _texts(this: NamedNode, **stated: str) -> Iterator[Statement]:
    for predicate, text in stated.items():
        if text:
            yield this, comity(predicate), terms.text(text)


def _dated(this: NamedNode, **stated: str | None) -> Iterator[Statement]:
    for predicate, text in stated.items():
        if text:
            yield this, comity(predicate), terms.day(text)


def _preference(key: str) -> tuple[int, str]:
    """Order keys as people know them: by identifier, then GS1, then register."""
    order = {"id": 0, "gs1": 1, "reg": 2}
    return order.get(key.split(":")[1] if key.count(":") > 1 else "", 3), key


def _order(statement: Statement) -> tuple[str, bool, str, str]:
    subject, predicate, value = statement
    return str(subject), predicate != TYPE, str(predicate), str(value)
