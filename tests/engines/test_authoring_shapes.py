"""Is the knowledge sound: each shape passes what is whole and finds what is not (``tests/cases/shapes/authoring``).

``pass/`` is a small sound knowledge. Each file of ``fail/`` describes one thing of it anew, is named by the code that
this must raise, and raises no other.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef

from comity import knowledge
from comity.engines import shacl
from comity.stores.knowledge import joint_triples
from comity.stores.mappings import row_triples

C = Namespace("https://w3id.org/comity/ns#")
H = Namespace("http://hive.example/")
ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases" / "shapes" / "authoring"
WHOLE = CASES / "pass" / "honey.ttl"
FAIL = sorted((CASES / "fail").glob("*.ttl"))
PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "rdfs": str(RDFS),
    "skos": str(SKOS),
    "sssom": "https://w3id.org/sssom/",
}

REMOVED: dict[str, dict[str, set[str]]] = {
    "1": {
        "basis": {"version-basis"},
        "inForceFrom": set(),
        "inForceUntil": set(),
        "root": set(),  # nobody is assessed against some texts as a whole
        "scheme": {"version-scheme"},
        "dcterms:source": {"version-source"},
        "rdfs:label": {"version-label"},
        "skos:notation": {"version-notation"},
    },
    "1/a": {
        "basis": {"criterion-basis"},
        "citation": {"criterion-citation"},
        "confidence": set(),
        "deonticType": set(),
        "dcterms:description": {"criterion-definition"},
        "inVersion": {"criterion-version"},
        "kind": {"criterion-kind"},
        "level": {"criterion-level"},
        "lift": set(),
        "limit": set(),
        "topic": set(),
        "dcterms:source": {"criterion-source"},
        "rdfs:label": {"criterion-label"},
        "skos:notation": {"criterion-notation"},
    },
    "1/a/limit": {
        "comparator": {"limit-comparator"},
        "metric": {"limit-metric"},
        "qualifier": set(),
        "thresholdRole": {"limit-role"},
        "unit": {"limit-unit"},
        "value": set(),  # the law may not have set it yet
    },
    "choice": {"option": {"choice-options"}, "whole": {"choice-whole"}},
    "date/list": {"afterAct": {"floating-date-act"}, "fixedDate": set(), "offset": {"floating-date-offset"}},
    "decomposition": {
        "basis": {"decomposition-basis"},
        "completeness": {"decomposition-completeness"},
        "part": {"decomposition-parts"},
        "whole": {"decomposition-whole"},
    },
    "doubt": {
        "bearsOn": {"doubt-about"},
        "check": set(),
        "checkedOn": set(),
        "dcterms:description": {"doubt-reason"},
        "rdfs:label": {"doubt-label"},
        "skos:notation": {"doubt-notation"},
    },
    "earlier": {"changedBy": {"earlier-start-act"}, "date": {"earlier-start-day"}, "until": {"earlier-start-until"}},
    "effect": {
        "appliesTo": set(),
        "basis": set(),
        "mode": {"effect-mode"},
        "provision": {"effect-provision"},
        "state": set(),
        "rdfs:label": {"effect-label"},
    },
    "fact/kind": {
        "datatype": {"fact-datatype"},
        "level": {"fact-level"},
        "question": {"fact-question"},
        "rdfs:label": set(),
        "skos:notation": {"fact-notation"},
    },
    "joint": {
        "authority": {"joint-authority"},
        "jointlyCovers": {"joint-covers"},
        "member": {"joint-members"},
        "dcterms:description": {"joint-reason"},
    },
    "market/meadow": {
        "checkedOn": {"market-checked"},
        "policyAuthority": {"market-authority"},
        "rdfs:label": set(),
        "skos:notation": {"market-notation"},
    },
    "market/meadow/dry": {
        "actor": {"requirement-actor"},
        "appliesFrom": set(),
        "appliesUntil": set(),
        "assurance": {"requirement-rank"},
        "basis": {"requirement-basis"},
        "citation": {"requirement-citation"},
        "condition": set(),
        "criterion": {"requirement-criterion"},
        "exemption": set(),
        "level": {"requirement-level"},
        "market": {"requirement-market"},
        "role": set(),
        "rdfs:label": {"requirement-label"},
        "skos:notation": {"requirement-notation"},
    },
    "metric/water": {
        "highest": set(),
        "lowest": set(),
        "unit": set(),
        "rdfs:label": {"metric-label"},
        "skos:notation": {"metric-notation"},
    },
    "qualifier/origin/forest": {
        "dimension": {"qualifier-dimension"},
        "rdfs:label": set(),
        "skos:notation": {"qualifier-notation"},
    },
    "row/1": {
        "authority": {"row-authority"},
        "object": {"row-object"},
        "predicate": {"row-predicate"},
        "row": {"row-id"},
        "subject": {"row-subject"},
        "dcterms:description": {"row-reason"},
        "sssom:author_label": {"row-author"},
        "sssom:confidence": set(),
        "sssom:mapping_justification": {"row-justification"},
    },
}
"""What must be found when all that one predicate says of a thing is taken from the whole example."""


@cache
def shapes() -> Graph:
    return shacl.read(sorted((ROOT / "shapes" / "authoring").glob("*.ttl")))


@cache
def words() -> Graph:
    """The types of the vocabulary's individuals, which ``sh:class`` asks for, and the classes above them."""
    vocabulary = shacl.read([ROOT / "ontology" / "comity.ttl"])
    found = Graph()
    for triple in vocabulary:
        if triple[1] in (RDF.type, RDFS.subClassOf) and str(triple[2]).startswith(C):
            found.add(triple)
    return found


def codes(data: Graph) -> set[str]:
    found = set()
    for violation in shacl.validate(data + words(), shapes()):
        code = shapes().value(URIRef(violation.shape), C.code)
        assert code is not None, violation
        found.add(str(code))
    return found


def whole() -> Graph:
    return shacl.read([WHOLE])


def named(predicate: str) -> URIRef:
    prefix, _, local = predicate.rpartition(":")
    return URIRef(PREFIXES[prefix] + local) if prefix else C[local]


def test_the_whole_example_passes() -> None:
    assert codes(whole()) == set()


@pytest.mark.parametrize("path", FAIL, ids=[p.stem for p in FAIL])
def test_a_failing_example_raises_its_code_alone(path: Path) -> None:
    data, other = whole(), shacl.read([path])
    for subject in {s for s in other.subjects() if isinstance(s, URIRef)}:
        assert (subject, None, None) in data
        data.remove((subject, None, None))
    assert codes(data + other) == {path.stem}


def test_every_shape_has_a_failing_example() -> None:
    assert {str(c) for c in shapes().objects(None, C.code)} == {p.stem for p in FAIL}


@pytest.mark.parametrize(("thing", "predicate"), [(t, p) for t, found in REMOVED.items() for p in found])
def test_a_statement_taken_away_is_missed(thing: str, predicate: str) -> None:
    data = whole()
    assert (H[thing], named(predicate), None) in data
    data.remove((H[thing], named(predicate), None))
    assert codes(data) == REMOVED[thing][predicate]


def test_every_statement_of_the_things_that_shapes_are_about_is_taken_away_once() -> None:
    targets = set(shapes().objects(None, SH.targetClass))
    things = {s for s, t in whole().subject_objects(RDF.type) if t in targets}
    assert {whole().value(H[name], RDF.type) for name in REMOVED} == targets
    assert {H[name] for name in REMOVED} <= things
    for name, found in REMOVED.items():
        assert {named(p) for p in found} == {p for p in whole().predicates(H[name]) if p != RDF.type}


@pytest.mark.parametrize(
    ("thing", "predicate", "code"),
    [
        ("joint", "member", "joint-members"),
        ("choice", "option", "choice-options"),
    ],
)
def test_one_of_two_is_not_enough(thing: str, predicate: str, code: str) -> None:
    data = whole()
    data.remove((H[thing], C[predicate], H["1/a"]))
    assert len(list(data.objects(H[thing], C[predicate]))) == 1
    assert codes(data) == {code}


def test_no_time_after_an_act_is_a_time() -> None:
    data = whole()
    data.set((H["date/list"], C.offset, Literal("P0M", datatype=XSD.duration)))
    assert codes(data) == set()


def test_what_is_only_to_be_declared_needs_no_comparator() -> None:
    data = whole()
    data.remove((H["1/a/limit"], C.comparator, None))
    data.set((H["1/a/limit"], C.thresholdRole, C.declareRole))
    assert codes(data) == set()


def test_a_number_that_is_not_set_yet_needs_no_unit() -> None:
    data = whole()
    data.remove((H["1/a/limit"], C.value, None))
    data.remove((H["1/a/limit"], C.unit, None))
    assert codes(data) == set()


def test_nothing_conforms_to_an_explanation_either() -> None:
    data = whole()
    data.set((H["1/b"], C.kind, C.explained))
    assert codes(data) == {"row-to-group"}


def test_what_is_the_same_as_another_is_found_wherever_it_stands() -> None:
    data = whole()
    data.add((H["anything"], OWL.sameAs, H["1/a"]))
    assert codes(data) == {"graph-same-as"}


def test_the_shapes_are_numbered_and_have_messages_and_no_blank_node() -> None:
    coded = set(shapes().subjects(C.code))
    numbers = [int(str(shapes().value(shape, SH.order))) for shape in coded]
    assert len(set(numbers)) == len(coded) == len(set(shapes().objects(None, C.code)))
    for shape in coded:
        message, severity = shapes().value(shape, SH.message), shapes().value(shape, SH.severity)
        assert isinstance(message, Literal)
        assert message.language == "en"
        assert severity in (SH.Violation, SH.Warning)
    assert not [t for triple in shapes() for t in triple if isinstance(t, BNode)]
    # What SHACL Core cannot say is one query over the whole graph, and there are few of them.
    assert {str(shapes().value(s, C.code)) for s in shapes().subjects(SH.select)} == {"graph-names", "graph-notations"}
    assert set(shapes().subject_objects(SH.targetNode)) == {
        (URIRef("https://w3id.org/comity/shape/authoring/graph"), URIRef("https://w3id.org/comity/knowledge"))
    }


def test_a_message_names_the_notation_that_two_criteria_have() -> None:
    data = whole() + words()
    data.set((H["1/b"], SKOS.notation, Literal("hive-1-a")))
    (violation,) = shacl.validate(data, shapes())
    assert violation.message == "Two things of one sort have the notation hive-1-a."


@pytest.mark.parametrize("kind", ["CaseFact", "Market", "Metric", "Requirement", "SchemeVersion"])
def test_other_things_of_one_sort_have_their_own_notations_too(kind: str) -> None:
    data = whole()
    thing = next(iter(data.subjects(RDF.type, C[kind])))
    for _, predicate, value in list(data.triples((thing, None, None))):
        data.add((H["another"], predicate, value))
    assert codes(data) == {"graph-notations"}


def test_the_knowledge_of_the_product_is_sound() -> None:
    known = knowledge.load()
    data = shacl.read(sorted((ROOT / "ontology").rglob("*.ttl")))
    data += shacl.graph(t for row in known.rows for t in row_triples(row))
    data += shacl.graph(joint_triples(known.joints))
    assert len(set(data.subjects(RDF.type, C.Criterion))) > 300
    assert len(set(data.subjects(RDF.type, C.MappingRow))) > 100
    assert shacl.validate(data, shapes()) == ()
