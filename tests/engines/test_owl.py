"""What follows along the axioms of the vocabulary, what does not, and that none of them is idle.

Each case is a few facts of a view ``v`` with edges between criteria, and what a complete OWL 2 RL/RDF rule engine
must and must not derive. The reason stands in the case; the source is semantics, section 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from comity.engines import shacl

C = Namespace("https://w3id.org/comity/ns#")
E = Namespace("urn:case:")
ONTOLOGY = Path(__file__).parents[2] / "ontology" / "comity.ttl"
CHAINS = "https://w3id.org/comity/chain/"

Statement = tuple[str, str, str]


@dataclass(frozen=True)
class Case:
    """Statements given, statements that follow, and statements that must not."""

    reason: str
    given: tuple[Statement, ...]
    follows: tuple[Statement, ...] = ()
    not_: tuple[Statement, ...] = ()


def case(reason: str, given: str, follows: str = "", not_: str = "") -> Case:
    return Case(reason, _read(given), _read(follows), _read(not_))


def _read(text: str) -> tuple[Statement, ...]:
    found = []
    for line in filter(None, (part.strip() for part in text.split(","))):
        subject, predicate, value = line.split()
        found.append((subject, predicate, value))
    return tuple(found)


CASES = [
    # covers: m within {EQ, SUP}
    case(
        "meeting the stricter criterion guarantees the weaker one",
        "v meetsAll a, a covers b",
        "v meetsAll b, v meetsSome b",
    ),
    case(
        "meeting nothing of the stricter criterion is meeting nothing of the weaker one",
        "v meetsNone a, a covers b",
        "v meetsNone b, v meetsNotAll b",
        "v meetsAll b, v meetsSome b",
    ),
    case("failing the stricter criterion says nothing of the weaker one", "v meetsNotAll a, a covers b", not_=(
        "v meetsNotAll b, v meetsNone b, v meetsAll b, v meetsSome b"
    )),
    case("a part of the stricter criterion may lie outside the weaker one", "v meetsSome a, a covers b", not_=(
        "v meetsSome b, v meetsAll b"
    )),
    case("covering is not symmetric", "a covers b, v meetsAll b", "v meetsSome a", "v meetsAll a, b covers a"),
    # coveredBy: m within {EQ, SUB}
    case("a part of the weaker criterion is a part of the stricter", "v meetsSome a, a coveredBy b", "v meetsSome b", (
        "v meetsAll b"
    )),
    case("failing the weaker criterion is failing the stricter one", "v meetsNotAll a, a coveredBy b", (
        "v meetsNotAll b"
    ), "v meetsNone b"),
    case("meeting the weaker criterion is meeting a part of the stricter", "v meetsAll a, a coveredBy b", (
        "v meetsSome b"
    ), "v meetsAll b"),
    case("meeting nothing of the weaker is failing the stricter", "v meetsNone a, a coveredBy b", "v meetsNotAll b", (
        "v meetsNone b"
    )),
    # overlaps: DR not in m
    case("meeting a whole meets what is shared", "v meetsAll a, a overlaps b", "v meetsSome b", "v meetsAll b"),
    case("meeting nothing fails what is shared", "v meetsNone a, a overlaps b", "v meetsNotAll b", "v meetsNone b"),
    case("overlapping is symmetric", "a overlaps b, v meetsAll b", "b overlaps a, v meetsSome a"),
    case("what is met in part may not be what is shared", "v meetsSome a, a overlaps b", not_="v meetsSome b"),
    case("what is failed may not be what is shared", "v meetsNotAll a, a overlaps b", not_="v meetsNotAll b"),
    case("two overlaps in a row give nothing", "v meetsAll a, a overlaps b, b overlaps c", "v meetsSome b", (
        "v meetsSome c, a overlaps c"
    )),
    case("covering twice carries on", "v meetsAll a, a covers b, b covers c", "v meetsAll c"),
    # the relations themselves
    case("covered by is the converse of covers", "a covers b, c coveredBy d", "b coveredBy a, d covers c"),
    case("who covers, overlaps", "a covers b", "a overlaps b, b overlaps a"),
    case("equal criteria cover each other", "a equal b", "a covers b, b covers a, b equal a, a coveredBy b"),
    case("equal criteria share every fact", "a equal b, v meetsNotAll a, w meetsAll b", (
        "v meetsNotAll b, w meetsAll a"
    )),
    case("the stricter criterion covers the weaker", "a superset b", "a covers b, b subset a", "b covers a"),
    case("the weaker criterion is covered by the stricter", "a subset b", "a coveredBy b, b superset a", "a covers b"),
    case("criteria that intersect overlap, no more", "a intersects b", "a overlaps b, b intersects a", (
        "a covers b, a coveredBy b"
    )),
    case("disjoint criteria say nothing of each other", "a disjoint b, v meetsAll a, w meetsNone a", "b disjoint a", (
        "v meetsAll b, v meetsNotAll b, v meetsNone b, w meetsAll b, w meetsSome b, a overlaps b"
    )),
    case("a close match is a lead", "a closeMatch b, v meetsAll a", not_="v meetsAll b, v meetsSome b, a overlaps b"),
    # polarity
    case("all implies some, and none implies not-all, on the spot", "v meetsAll a, v meetsNone b", (
        "v meetsSome a, v meetsNotAll b"
    ), "v meetsNotAll a, v meetsSome b"),
    case("facts for and against never feed each other", "v meetsAll a, v meetsNotAll a, a covers b", (
        "v meetsAll b"
    ), "v meetsNotAll b, v meetsNone a"),
    case("each view has its own facts", "v meetsAll a, a covers b, w view v", not_="w meetsAll b, w meetsAll a"),
    # lifts
    case("what inherits down reaches what is within", "v within u, u meetsAll a, a heritable a", (
        "v reachesAll a, v endsAll a"
    ), "v meetsAll a"),
    case("only all inherits down", "v within u, u meetsSome a, u meetsNotAll b, a heritable a, b heritable b", not_=(
        "v meetsSome a, v meetsNotAll b, v reachesAll a"
    )),
    case("a criterion that does not inherit stays where it is", "v within u, u meetsAll a", not_=(
        "v reachesAll a, v endsAll a, v meetsSome a"
    )),
    case("nothing inherits up", "v within u, v meetsAll a, a heritable a", not_="u reachesAll a, u meetsAll a"),
    case("one part some gives some", "v aggregates w, w meetsSome a, a aggregable a", "v meetsSome a", "v endsAll a"),
    case("one part not-all gives not-all", "v aggregates w, w meetsNotAll a, a aggregable a", "v meetsNotAll a", (
        "v meetsNone a"
    )),
    case("one part all does not give all", "v aggregates w, w meetsAll a, a aggregable a", "v meetsSome a", (
        "v endsAll a, v reachesAll a, v meetsAll a"
    )),
    case("a criterion that does not aggregate stays with the part", "v aggregates w, w meetsSome a, w meetsNotAll b", (
        ""
    ), "v meetsSome a, v meetsNotAll b"),
    case("all of a complete list gives all", "v completeParts l, l eachMeetsAll a, a aggregable a", "v reachesAll a"),
    case("a list of parts lifts only what aggregates", "v completeParts l, l eachMeetsAll a", not_="v reachesAll a"),
    # bindings
    case("a binding shows what its view shows", "x view v, v endsAll a, v meetsNotAll b", (
        "x showsAll a, x showsNotAll b"
    ), "x showsAll b, x showsNotAll a"),
    case("what is met ends at all", "x view v, v meetsAll a", "v endsAll a, x showsAll a"),
    case("what ends at all goes no further", "v endsAll a, a covers b", not_="v endsAll b, v meetsAll b"),
    case("what is reached goes no further by itself", "v reachesAll a, a covers b", "v endsAll a", "v endsAll b"),
    case("a rival shows all beside the binding's own view", "x rivalView v, v endsAll a, v meetsNotAll b", (
        "x rivalShowsAll a"
    ), "x showsAll a, x showsNotAll b, x rivalShowsAll b"),
    case("an admission counts against, and for nothing", "x admissions v, v meetsNotAll a, v endsAll b", (
        "x showsNotAll a"
    ), "x showsAll b"),
]  # fmt: skip


@cache
def logic() -> tuple[tuple[Node, Node, Node], ...]:
    """The axioms, in a stable order."""
    return tuple(sorted(shacl.axioms(vocabulary()), key=str))


@cache
def vocabulary() -> Graph:
    return shacl.read([ONTOLOGY])


def closure(axioms: Iterable[tuple[Node, Node, Node]]) -> Graph:
    """Everything that follows in all cases at once; each case has names of its own."""
    data = Graph()
    for axiom in axioms:
        data.add(axiom)
    for number, one in enumerate(CASES):
        for statement in one.given:
            data.add(_triple(number, statement))
    return shacl.expand(data)


def _triple(number: int, statement: Statement) -> tuple[URIRef, URIRef, URIRef]:
    subject, predicate, value = statement
    return E[f"{number}/{subject}"], C[predicate], E[f"{number}/{value}"]


def wrong(found: Graph) -> Iterator[str]:
    for number, one in enumerate(CASES):
        yield from (f"{one.reason}: {s} is missing" for s in one.follows if _triple(number, s) not in found)
        yield from (f"{one.reason}: {s} must not follow" for s in one.not_ if _triple(number, s) in found)


@pytest.fixture(scope="module")
def derived() -> Graph:
    return closure(logic())


@pytest.mark.parametrize("number", range(len(CASES)), ids=[c.reason.replace(" ", "-") for c in CASES])
def test_what_follows_and_what_does_not(number: int, derived: Graph) -> None:
    one = CASES[number]
    assert [s for s in one.follows if _triple(number, s) not in derived] == []
    assert [s for s in one.not_ if _triple(number, s) in derived] == []


def _named(axiom: tuple[Node, Node, Node]) -> str:
    return "-".join(str(term).rpartition("#")[2].removeprefix(CHAINS) for term in axiom)


@pytest.mark.parametrize("axiom", [a for a in logic() if a[2] != RDF.nil], ids=_named)
def test_no_axiom_is_idle(axiom: tuple[Node, Node, Node]) -> None:
    """Deleting any one of them makes some case come out wrong."""
    assert list(wrong(closure(a for a in logic() if a != axiom)))


def test_every_chain_is_a_whole_list() -> None:
    """An engine may follow a list that has no end as far as it goes; what it must not do is depend on that."""
    for chain in vocabulary().objects(None, OWL.propertyChainAxiom):
        length = len(list(vocabulary().items(chain)))
        nodes = [URIRef(f"{str(chain)[:-1]}{n}") for n in range(1, length + 1)]
        assert [vocabulary().value(n, RDF.rest) for n in nodes] == [*nodes[1:], RDF.nil]


def test_the_axioms_are_those_that_the_rules_read() -> None:
    """Seven properties of relations, six weaker facts and fourteen chains; every list node is reached."""
    kinds = {p: sum(1 for a in logic() if a[1] == p) for p in {a[1] for a in logic()}}
    assert kinds[OWL.propertyChainAxiom] == 14
    assert kinds[OWL.inverseOf] == 2
    assert kinds[RDF.type] == 4
    assert kinds[RDF.first] == kinds[RDF.rest] == 32


def test_the_vocabulary_has_no_blank_node() -> None:
    assert not [t for triple in vocabulary() for t in triple if isinstance(t, BNode)]


def test_every_term_is_labelled_and_defined() -> None:
    terms = {s for s in vocabulary().subjects() if str(s).startswith(str(C))}
    assert len(terms) > 250
    for term in terms:
        assert len(list(vocabulary().objects(term, RDFS.label))) == 1, term
        definitions = list(vocabulary().objects(term, SKOS.definition))
        assert len(definitions) == 1, term
        assert str(definitions[0]).endswith("."), term
        assert (term, RDFS.isDefinedBy, URIRef("https://w3id.org/comity/ns")) in vocabulary()


def test_the_headers_state_their_versions() -> None:
    ontology = URIRef("https://w3id.org/comity/ns")
    assert vocabulary().value(ontology, OWL.versionIRI) == URIRef("https://w3id.org/comity/ns/0.1.0")
    assert vocabulary().value(URIRef("https://w3id.org/comity/knowledge"), C.checkedOn) == Literal(
        "2026-11-23", datatype=URIRef("http://www.w3.org/2001/XMLSchema#date")
    )


def test_nothing_is_the_same_as_anything() -> None:
    assert not list(vocabulary().subject_objects(OWL.sameAs))


ALIGNED = {
    "Claim": "untp:Claim prov:Entity",
    "Assessment": "untp:ConformityAssessment prov:Entity",
    "Criterion": "untp:Criterion",
    "Party": "untp:Party prov:Agent",
    "Document": "prov:Entity",
    "Value": "prov:Entity",
    "Requirement": "cccev:Requirement",
    "Role": "skos:Concept prov:Role",
    "Topic": "skos:Concept",
    "QualifierValue": "skos:Concept",
    "Dimension": "skos:ConceptScheme",
    "Proof": "prov:Bundle",
    "Inference": "prov:Activity",
    "Judgement": "prov:Entity",
    "Report": "prov:Entity",
    "anchor": "prov:wasDerivedFrom",
    "challenge": "prov:wasDerivedFrom",
    "counterProof": "prov:wasDerivedFrom",
    "judges": "prov:wasDerivedFrom",
    "proof": "prov:wasDerivedFrom",
    "Step": "prov:Entity",
    "BaseFact": "prov:Entity",
    "Comparison": "prov:Entity",
    "EvidenceGraph": "prov:Entity",
    "Test": "comity:Condition",
    "And": "comity:Condition",
    "Or": "comity:Condition",
    "Not": "comity:Condition",
    "AtLeast": "comity:Condition",
    "citation": "dcterms:bibliographicCitation",
    "conditional": "untp:specifiedCondition",
    "conformance": "untp:conformance",
    "dimension": "skos:inScheme",
    "doubt": "skos:editorialNote",
    "fromEvidence": "prov:wasDerivedFrom",
    "identifier": "dcterms:identifier",
    "inDocument": "prov:wasDerivedFrom",
    "issuedOn": "dcterms:issued",
    "issuer": "prov:wasAttributedTo",
    "name": "rdfs:label",
    "part": "dcterms:hasPart",
    "premise": "prov:wasDerivedFrom",
    "registrar": "prov:wasAttributedTo",
    "restsOn": "prov:wasDerivedFrom",
    "topic": "dcterms:subject",
    "verificationNote": "skos:editorialNote",
}
"""What our words are in the words of others: every claim of ours is a UNTP claim, and so on."""


def test_our_words_are_narrower_than_those_of_others() -> None:
    """By hand, so that an alignment neither vanishes nor appears unseen."""
    prefixes = _prefixes()
    found: dict[str, set[str]] = {}
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
        for term, other in vocabulary().subject_objects(predicate):
            if (term, predicate, other) not in shacl.axioms(vocabulary()):
                found.setdefault(str(term).removeprefix(C), set()).add(str(other))
    expand = {
        name: {prefixes[w.split(":")[0]] + w.split(":")[1] for w in words.split()} for name, words in ALIGNED.items()
    }
    assert found == expand


@pytest.mark.parametrize("name", ["untp", "skos", "eli", "prov", "sssom", "dpv", "cccev", "qudt"])
def test_every_vocabulary_of_the_field_is_aligned(name: str) -> None:
    used = {str(o) for o in vocabulary().objects() if isinstance(o, URIRef)}
    assert any(o.startswith(_prefixes()[name]) for o in used)


def _prefixes() -> dict[str, str]:
    lines = [line.split() for line in ONTOLOGY.read_text("utf-8").splitlines() if line.startswith("@prefix")]
    return {name.removesuffix(":"): iri.strip("<>") for _, name, iri, _ in lines}
