"""Evidence as read, in RDF: names that cannot collide, and every term of it defined."""

from __future__ import annotations

from dataclasses import fields, replace
from fractions import Fraction
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode

from comity.model.evidence import (
    Assessment,
    Citation,
    CitationKind,
    Claim,
    Document,
    DocumentKind,
    Link,
    LinkKind,
    Party,
    Subject,
    Validity,
)
from comity.model.places import Place
from comity.model.quantities import Quantity, Value
from comity.model.scales import Level
from comity.stores import terms
from comity.stores.serialise import document_quads

NS = terms.NS
SHA = "ab" * 32
ISSUER = Party("did:web:certifier.example", "Certifier", frozenset({"organisation:id:did:web:certifier.example"}))


def place(pointer: str) -> Place:
    return Place("passport.json", pointer)


def cited(pointer: str) -> tuple[Citation, ...]:
    return (Citation(CitationKind.CRITERION, "https://scheme.example/1", "One", place(pointer)),)


VALUE = Value(
    place("/v"),
    "https://metrics.example/share",
    "Share",
    Quantity(Fraction(16), "http://qudt.org/vocab/unit/PERCENT", "P1"),
)
CLAIM = Claim(
    place("/c/0"), "passport.json", "urn:claim", "A claim", "product:id:x", cited("/c/0/r"), (VALUE,), "2025-02-01"
)
ASSESSMENT = Assessment(
    place("/a/0"), "passport.json", "", "A finding", ("product:id:x",), cited("/a/0/r"), False, (), "2025", ISSUER,
    {"assessorLevel": "3rdParty"}, Validity("2025-01-01", "2026-01-01"),
)  # fmt: skip
SUBJECT = Subject(
    "product:id:x", "x", "X", Level.ITEM, frozenset({"product:id:x", "product:gs1:01/1"}), place("/s"), {"batch": "b"}
)
LINKS = (
    Link(LinkKind.PRODUCED_AT, "product:id:x", "facility:id:y", place("/s")),
    Link(LinkKind.OPERATED_BY, "product:id:x", "organisation:id:z", place("/s")),
)
DOCUMENT = Document(
    "passport.json", SHA, DocumentKind.DPP, "0.7.0", "urn:id", ISSUER, Validity("2025-01-01"),
    (SUBJECT,), LINKS, (CLAIM,), (ASSESSMENT,),
)  # fmt: skip


def objects(subject: str, predicate: str, document: Document = DOCUMENT) -> list[str]:
    quads = document_quads(document, resolve=lambda _: "https://w3id.org/comity/s/1/1")
    found = [q for q in quads if q.subject == NamedNode(subject) and q.predicate == NamedNode(NS + predicate)]
    return [q.object.value for q in found if isinstance(q.object, NamedNode | Literal)]


def test_everything_stands_in_the_graph_of_the_documents_hash() -> None:
    assert {q.graph_name for q in document_quads(DOCUMENT)} == {NamedNode(f"urn:sha256:{SHA}")}


def test_nodes_are_named_by_their_pointer() -> None:
    assert objects(f"urn:sha256:{SHA}#/c/0", "aboutSubject") == ["https://w3id.org/comity/subject/product:id:x"]
    assert objects(f"urn:sha256:{SHA}#/c/0", "states") == [f"urn:sha256:{SHA}#/v"]
    assert objects(f"urn:sha256:{SHA}#/v", "value") == ["16.0"]


def test_a_citation_resolves_only_with_a_resolver() -> None:
    assert objects(f"urn:sha256:{SHA}#/a/0", "citesCriterion") == ["https://w3id.org/comity/s/1/1"]
    assert not [q for q in document_quads(DOCUMENT) if q.predicate == NamedNode(NS + "citesCriterion")]


def test_two_links_of_one_place_stay_apart() -> None:
    assert objects(f"urn:sha256:{SHA}#/s?link-0", "linkKind") == ["produced-at"]
    assert objects(f"urn:sha256:{SHA}#/s?link-1", "linkKind") == ["operated-by"]


def test_a_year_stays_a_year() -> None:
    dated = [q.object for q in document_quads(DOCUMENT) if q.predicate == NamedNode(NS + "datedOn")]
    assert Literal("2025", datatype=NamedNode(terms.XSD + "gYear")) in dated


def test_the_stated_name_of_a_thing_is_used_in_all_documents() -> None:
    one = {"product:id:x": "product:gs1:01/1"}
    quads = document_quads(DOCUMENT, name=lambda key: one.get(key, key))
    about = {q.object.value for q in quads if q.predicate == NamedNode(NS + "aboutSubject")}  # type: ignore[union-attr]
    assert about == {"https://w3id.org/comity/subject/product:gs1:01/1"}


def test_a_rational_that_no_decimal_writes_out_is_kept_exact() -> None:
    third = Value(place("/v"), None, "Share", Quantity(Fraction(1, 3), None))
    document = Document(
        "a", SHA, DocumentKind.DPP, claims=(Claim(place("/c"), "a", "", "", "product:id:x", (), (third,), None),)
    )
    assert objects(f"urn:sha256:{SHA}#/v", "rational", document) == ["1/3"]
    assert objects(f"urn:sha256:{SHA}#/v", "value", document) == []


def test_half_a_character_pair_does_not_stop_the_writer() -> None:
    document = Document("a\ud800.json", SHA, DocumentKind.SHEET)
    assert objects(f"urn:sha256:{SHA}", "name", document) == ["a?.json"]


def test_the_order_does_not_depend_on_sets(root: Path) -> None:
    quads = document_quads(DOCUMENT)
    assert list(quads) == sorted(
        set(quads), key=lambda q: (str(q.subject), q.predicate != terms.TYPE, str(q.predicate), str(q.object))
    )


FIELDS = {
    Document: "name sha256 kind version id issuer validity subjects links claims assessments anchors attributes "
    "findings status addresses",
    Subject: "key id label level keys place parts",
    Claim: "place document id label subject citations values dated topics evidence undisclosed validity issuer",
    Assessment: "place document id label subjects citations conformance values dated issuer declared validity "
    "programme scheme authorities topics subject_assumed conditional roles auditor",
    Value: "place metric name quantity qualifiers period score",
    Quantity: "value unit unit_text lower upper",
    Party: "id name keys",
    Link: "kind source target place role",
    Citation: "kind iri name place",
}
"""What is written, but for findings: they are the reader's, not the document's."""


@pytest.mark.parametrize("kind", FIELDS, ids=[k.__name__ for k in FIELDS])
def test_whoever_adds_a_field_decides_how_it_is_written(kind: type) -> None:
    assert [f.name for f in fields(kind)] == FIELDS[kind].split()


def test_who_did_the_work_and_a_claims_own_validity_are_written() -> None:
    scheme = Citation(CitationKind.SCHEME, "https://scheme.example", "Scheme", place("/a/scheme"))
    worked = replace(ASSESSMENT, auditor=Party("did:web:auditor.example", "Auditor"), scheme=scheme)
    own = replace(CLAIM, validity=Validity("2025-03-01", "2025-04-01"), issuer=Party("did:web:op.example", "Operator"))
    document = replace(DOCUMENT, assessments=(worked,), claims=(own,), addresses=("https://id.example/1",))
    assert objects(f"urn:sha256:{SHA}#/a/0", "auditor", document) == [f"urn:sha256:{SHA}#/a/0?auditor"]
    assert objects(f"urn:sha256:{SHA}#/a/0", "underScheme", document) == [f"urn:sha256:{SHA}#/a/scheme?scheme"]
    assert objects(f"urn:sha256:{SHA}#/a/scheme?scheme", "citationKind", document) == ["scheme"]
    assert objects(f"urn:sha256:{SHA}#/c/0", "validUntil", document) == ["2025-04-01"]
    assert objects(f"urn:sha256:{SHA}#/c/0", "issuer", document) == [f"urn:sha256:{SHA}#/c/0?issuer"]
    assert objects(f"urn:sha256:{SHA}", "address", document) == ["https://id.example/1"]


@pytest.fixture(scope="module")
def defined(root: Path) -> set[str]:
    triples = pyoxigraph.parse(path=root / "ontology" / "comity.ttl")
    return {t.subject.value for t in triples if isinstance(t.subject, NamedNode)}


def test_every_term_used_is_defined(defined: set[str]) -> None:
    quads = document_quads(DOCUMENT, resolve=lambda _: "urn:x")
    used = {t.value for q in quads for t in (q.predicate, q.object) if isinstance(t, NamedNode)}
    assert {t for t in used if t.startswith(NS)} <= defined
