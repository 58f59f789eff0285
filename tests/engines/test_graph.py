"""The evidence graph: everything it says is defined, nothing of it is a verdict, and it depends on content alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple
from tests.engines.test_owl import ONTOLOGY
from tests.engines.worlds import criterion, finding, requirement, row, world

from comity import knowledge
from comity.engines.graph import EvidenceGraph, evidence_graph
from comity.evidence import read
from comity.formats.archives import open_inputs
from comity.judgement import case, question, trust
from comity.model.scales import Assurance, Level
from comity.stores.terms import NS

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
FOLDERS = [EXAMPLES / n for n in ("copper-canada", "lithium-australia", "cobalt-congo", "ev-battery")]
DAY = date(2031, 8, 18)


@cache
def graph(market: str = "eu") -> EvidenceGraph:
    return build(FOLDERS, market)


def build(paths: Iterable[Path], market: str) -> EvidenceGraph:
    known = knowledge.load()
    given = case.read(EXAMPLES / "ev-battery/case.toml", known)
    trusted = trust.read(EXAMPLES / "ev-battery/trust.toml")
    asked = question(known, read(open_inputs(paths)), on=DAY, given=given, trust=trusted)
    return evidence_graph(asked, known.markets[market])


def triples(of: EvidenceGraph) -> list[Triple]:
    return [*of.facts, *of.applied, *of.decided, *(q.triple for q in of.documents)]


def iris(of: Iterable[Triple]) -> Iterator[str]:
    for triple in of:
        for term in (triple.subject, triple.predicate, triple.object):
            if isinstance(term, NamedNode):
                yield term.value


@cache
def defined() -> dict[str, set[str]]:
    """Terms of the vocabulary, with their types."""
    found: dict[str, set[str]] = {}
    for quad in pyoxigraph.parse(path=ONTOLOGY, format=RdfFormat.TURTLE):
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(NS):
            types = found.setdefault(quad.subject.value, set())
            if quad.predicate.value.endswith("#type") and isinstance(quad.object, NamedNode):
                types.add(quad.object.value)
    return found


def test_no_triple_is_in_the_verdict_vocabulary() -> None:
    verdicts = {t for t, types in defined().items() if f"{NS}Verdict" in types}
    assert len(verdicts) == 11
    forbidden = verdicts | {
        f"{NS}{name}" for name in ("Verdict", "verdict", "wouldBe", "showsAll", "showsNotAll", "rivalShowsAll")
    }
    assert forbidden <= set(defined())
    assert not forbidden & set(iris(triples(graph())))


def test_every_term_used_is_defined() -> None:
    assert {i for i in iris(triples(graph())) if i.startswith(NS)} <= set(defined())


def test_there_is_no_blank_node() -> None:
    assert not [t for t in triples(graph()) if isinstance(t.subject, BlankNode) or isinstance(t.object, BlankNode)]


def test_turtle_and_trig_say_the_same() -> None:
    flat = {q.triple for q in pyoxigraph.parse(graph().turtle(), format=RdfFormat.TURTLE)}
    named = list(pyoxigraph.parse(graph().trig(), format=RdfFormat.TRIG))
    assert {q.triple for q in named} == flat == set(triples(graph()))
    graphs = {q.graph_name.value for q in named if isinstance(q.graph_name, NamedNode)}
    assert len(graphs) == len([p for f in FOLDERS for p in (f / "documents").iterdir()])
    assert all(re.fullmatch(r"urn:sha256:[0-9a-f]{64}", name) for name in graphs)


def test_the_same_documents_give_the_same_bytes_in_any_order() -> None:
    assert build(reversed(FOLDERS), "eu").turtle() == graph().turtle()


KINDS = ["View", "Binding", "BaseFact", "Comparison", "Document", "Claim", "Assessment", "Value", "Citation", "Subject"]


@pytest.mark.parametrize("name", [*KINDS, "Party", "SubjectLink", "Anchor"])
def test_it_holds_evidence_as_read_and_what_rules_cannot_compute(name: str) -> None:
    typed = {t.object for t in triples(graph()) if t.predicate.value.endswith("#type")}
    assert NamedNode(NS + name) in typed


def values(of: EvidenceGraph, predicate: str) -> set[str]:
    return {
        t.object.value for t in triples(of) if t.predicate.value == NS + predicate and isinstance(t.object, Literal)
    }


def test_the_day_judged_and_the_validity_on_it_are_written() -> None:
    assert values(graph(), "judgedOn") == {"2031-08-18"}
    assert values(graph(), "validOnDay") == {"true", "false"}
    assert values(graph(), "applies") == {"true", "false"}
    assert values(graph(), "started") == {"true", "false"}


def test_every_base_fact_names_a_node_of_the_evidence() -> None:
    written = {q.subject for q in graph().documents}
    named = {t.object for t in graph().decided if t.predicate.value == NS + "fromEvidence"}
    assert named
    assert named <= written


def test_each_binding_has_the_class_that_its_shape_targets() -> None:
    shapes = pyoxigraph.parse(path=ROOT / "shapes/markets/eu.ttl", format=RdfFormat.TURTLE)
    targeted = {q.object for q in shapes if q.predicate.value.endswith("#targetClass")}
    for binding in graph().bindings:
        types = {t.object for t in graph().applied if t.subject == binding.iri and t.predicate.value.endswith("#type")}
        assert len(types & targeted) == 1


def test_views_of_several_ranks_stay_apart() -> None:
    """The same finding counts for one requirement and not for another, in one graph."""
    ranks = (Assurance.SECOND_PARTY, Assurance.ACCREDITED_THIRD_PARTY)
    made = world(
        (criterion(0),),
        (finding(0, "thing", 0, True, "auditor", "valid"),),
        tuple(requirement(0, rank, None, Level.PRODUCT) for rank in ranks),
    )
    found = evidence_graph(made.asked, made.market)
    meets = {t.subject.value for t in found.facts if t.predicate.value == NS + "meetsAll"}  # type: ignore[union-attr]
    assert [view.rpartition("/view/")[2].split("/")[0] for view in sorted(meets)] == ["second-party"]


def test_what_evidence_cannot_reach_is_left_out() -> None:
    """Edges between criteria that nothing bears on would only slow a rule engine down."""
    from comity.model.mappings import Relation
    from comity.model.scales import Authority, Basis

    rows = tuple(
        row(n, a, b, Relation.COVERS, Authority.REVIEWED, False, Basis.READ_IN_SOURCE)
        for n, (a, b) in enumerate([(0, 1), (2, 3)])
    )
    criteria = tuple(criterion(n) for n in range(4))
    asked = tuple(requirement(n, Assurance.THIRD_PARTY) for n in range(4))
    made = world(criteria, (finding(0, "thing", 0, True, "auditor", "valid"),), asked, rows)
    covers = [t for t in evidence_graph(made.asked, made.market).facts if t.predicate.value == NS + "covers"]
    assert [str(t.subject).rpartition("/")[2] for t in covers] == ["0>"]
