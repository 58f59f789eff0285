"""Is evidence well formed: each shape passes what is whole and finds what is not (``tests/cases/shapes/evidence``).

A failing example is named by the code that it must raise, and raises no other.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, SH, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node
from tests.engines.test_graph import graph as evidence

from comity.engines import shacl

C = Namespace("https://w3id.org/comity/ns#")
ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases" / "shapes" / "evidence"
PASS, FAIL = sorted((CASES / "pass").glob("*.ttl")), sorted((CASES / "fail").glob("*.ttl"))

REMOVED = {
    "document": {
        "sha256": {"document-hash"},
        "documentKind": {"document-kind"},
        "issuer": {"document-issuer"},
        "validFrom": {"document-begins"},
        "validUntil": set(),
    },
    "claim": {
        "inDocument": {"claim-in-document"},
        "pointer": {"claim-pointer"},
        "aboutSubject": {"claim-subject"},
        "cites": {"claim-cites"},
        "datedOn": set(),
    },
    "assessment": {
        "inDocument": {"assessment-in-document"},
        "pointer": {"assessment-pointer"},
        "aboutSubject": {"assessment-subject"},
        "cites": {"assessment-cites"},
        "conformance": {"assessment-conformance"},
        "issuer": {"assessment-issuer"},
        "validFrom": {"assessment-dated"},
        "validUntil": set(),
    },
    "citation": {
        "inDocument": {"citation-in-document"},
        "pointer": {"citation-pointer"},
        "citedIri": {"citation-identifier"},
        "citationKind": {"citation-kind"},
    },
    "value": {
        "inDocument": {"value-in-document"},
        "pointer": {"value-pointer"},
        "metricRead": {"value-metric"},
        "value": {"value-number"},
        "unit": {"value-unit"},
        "lowerTolerance": set(),
        "upperTolerance": set(),
        "periodStart": set(),
        "periodEnd": set(),
    },
}
"""What must be found when one statement is taken from a whole example."""


@cache
def shapes() -> Graph:
    return shacl.read(sorted((ROOT / "shapes" / "evidence").glob("*.ttl")))


def codes(data: Graph) -> set[str]:
    found = set()
    for violation in shacl.validate(data, shapes()):
        code = shapes().value(URIRef(violation.shape), C.code)
        assert code is not None, violation
        found.add(str(code))
    return found


@pytest.mark.parametrize("path", PASS, ids=[p.stem for p in PASS])
def test_a_whole_example_passes(path: Path) -> None:
    assert codes(shacl.read([path])) == set()


@pytest.mark.parametrize("path", FAIL, ids=[p.stem for p in FAIL])
def test_a_failing_example_raises_its_code_alone(path: Path) -> None:
    assert codes(shacl.read([path])) == {path.stem}


def test_every_shape_has_a_failing_example() -> None:
    assert {str(c) for c in shapes().objects(None, C.code)} == {p.stem for p in FAIL}
    assert set(REMOVED) == {p.stem for p in PASS}


@pytest.mark.parametrize(("name", "predicate"), [(n, p) for n, found in REMOVED.items() for p in found])
def test_a_statement_taken_away_is_missed(name: str, predicate: str) -> None:
    data = shacl.read([CASES / "pass" / f"{name}.ttl"])
    (subject,) = [s for s in data.subjects(RDF.type) if (s, C[predicate], None) in data and _kind(data, s) == name]
    data.remove((subject, C[predicate], None))
    assert codes(data) == REMOVED[name][predicate]


def test_every_statement_of_a_whole_example_is_taken_away_once() -> None:
    for path in PASS:
        data = shacl.read([path])
        about = [s for s in data.subjects(RDF.type) if _kind(data, s) == path.stem]
        assert {str(p).removeprefix(C) for s in about for p in data.predicates(s) if p != RDF.type} == set(
            REMOVED[path.stem]
        )


def _kind(data: Graph, subject: Node) -> str:
    return str(data.value(subject, RDF.type)).removeprefix(C).lower()


def test_the_shapes_have_messages_and_no_blank_node() -> None:
    for shape, _ in shapes().subject_objects(C.code):
        message, severity = shapes().value(shape, SH.message), shapes().value(shape, SH.severity)
        assert isinstance(message, Literal)
        assert message.language == "en"
        assert severity in (SH.Violation, SH.Warning)
    assert not [t for triple in shapes() for t in triple if isinstance(t, BNode)]


def test_the_examples_of_the_product_are_well_formed() -> None:
    data = shacl.graph(q.triple for q in evidence().documents)
    assert [v for v in shacl.validate(data, shapes()) if v.severity == "Violation"] == []
