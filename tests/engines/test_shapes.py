"""The shapes of the markets: fresh, Core only, one for each requirement, and none that lets a gap pass."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, SH, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from comity import knowledge
from comity.engines import shacl
from comity.model.requirements import Requirement

C = Namespace("https://w3id.org/comity/ns#")
ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "shapes" / "markets"
TRUE = Literal(True)

Gap = tuple[str, tuple[Node, Node], tuple[Node, Node] | None]


@cache
def shapes() -> Graph:
    return shacl.read(sorted(FOLDER.glob("*.ttl")))


@cache
def requirements() -> tuple[Requirement, ...]:
    return tuple(r for m in knowledge.load().markets.values() for r in m.requirements)


def gaps(requirement: Requirement) -> Iterator[tuple[str, set[tuple[URIRef, Node]]]]:
    """What is said of a binding that conforms, and of those that lack one thing or have one too many."""
    criterion = URIRef(requirement.criterion)
    whole: set[tuple[URIRef, Node]] = {(C.applies, TRUE), (C.started, TRUE), (C.showsAll, criterion)}
    other = URIRef("urn:another-criterion")
    yield "conforms", whole | {(C.showsNotAll, other)}
    yield "applies", whole - {(C.applies, TRUE)}
    yield "applies", whole - {(C.applies, TRUE)} | {(C.applies, Literal(False))}
    yield "started", whole - {(C.started, TRUE)}
    yield "started", whole - {(C.started, TRUE)} | {(C.started, Literal(False))}
    yield "shown", whole - {(C.showsAll, criterion)} | {(C.showsAll, other)}
    yield "unopposed", whole | {(C.showsNotAll, criterion)}


@pytest.fixture(scope="module")
def outcome() -> dict[str, list[shacl.Violation]]:
    """Hold one binding of each sort for every requirement against the shapes, all at once."""
    data = Graph()
    for requirement in requirements():
        for number, (_, said) in enumerate(gaps(requirement)):
            this = URIRef(f"{requirement.iri}/{number}")
            data.add((this, RDF.type, URIRef(f"{requirement.iri}/binding")))
            for predicate, value in said:
                data.add((this, predicate, value))
    found: dict[str, list[shacl.Violation]] = {}
    for violation in shacl.validate(data, shapes()):
        found.setdefault(violation.focus, []).append(violation)
    return found


def test_every_market_has_shapes() -> None:
    assert {p.stem for p in FOLDER.glob("*.ttl")} == {m.notation for m in knowledge.load().markets.values()}
    assert len(requirements()) > 100


@pytest.mark.parametrize("requirement", requirements(), ids=[r.notation for r in requirements()])
def test_a_whole_binding_conforms_and_each_gap_is_found(
    requirement: Requirement, outcome: dict[str, list[shacl.Violation]]
) -> None:
    for number, (part, _) in enumerate(gaps(requirement)):
        found = [v.shape for v in outcome.get(f"{requirement.iri}/{number}", [])]
        assert found == ([] if part == "conforms" else [f"{requirement.iri}/shape/{part}"])


@pytest.mark.parametrize("requirement", requirements(), ids=[r.notation for r in requirements()])
def test_a_result_says_what_where_and_how_grave(
    requirement: Requirement, outcome: dict[str, list[shacl.Violation]]
) -> None:
    (violation,) = outcome[f"{requirement.iri}/1"]
    assert violation.severity == "Violation"
    assert requirement.citation in violation.message
    assert requirement.label in violation.message
    for name in ("", "/applies", "/started", "/shown", "/unopposed"):
        shape = URIRef(f"{requirement.iri}/shape{name}")
        assert shapes().value(shape, C.code) == Literal(requirement.notation)
        assert shapes().value(shape, C.citation) == Literal(requirement.citation)


def test_the_shapes_are_core_and_have_no_blank_node() -> None:
    allowed = {SH[name] for name in ("targetClass", "property", "path", "hasValue", "not", "message", "severity")}
    assert {p for p in shapes().predicates() if str(p).startswith(str(SH))} == allowed
    assert not [t for triple in shapes() for t in triple if isinstance(t, BNode)]


def test_the_shapes_are_fresh() -> None:
    command = [sys.executable, str(ROOT / "tools" / "generate_shapes.py"), "--check"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")


def test_a_binding_that_no_shape_targets_does_not_conform() -> None:
    """Deleting the shape of a requirement must not let it pass."""
    from tests.engines.test_agreement import VOCABULARY
    from tests.engines.worlds import criterion, finding, requirement, world

    from comity.engines.graph import evidence_graph
    from comity.model.scales import Assurance

    asked = requirement(0, Assurance.THIRD_PARTY)
    made = world((criterion(0),), (finding(0, "thing", 0, True, "auditor", "valid"),), (asked,))
    graph = evidence_graph(made.asked, made.market)
    found = shacl.check(graph, Graph(), VOCABULARY)
    assert [(c.conforms, c.shape) for c in found.values()] == [(False, None)]
