"""What is measured of others, each in a process of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.measure import main, timed
from benchmarks.worlds import library

NS = "https://w3id.org/comity-bench/"


def read(path: str) -> Mapping[str, object]:
    """Read a mapping set with sssom-pydantic, which is told to return the rows that it cannot read."""
    import sssom_pydantic

    found: dict[str, Any] = {}
    with timed(found, "time"):
        pack = sssom_pydantic.read(path, return_errors=True)
    return {**found, "rows": len(pack[0])}


def _guarantees(criteria: str, rows: str) -> list[tuple[int, int]]:
    """Return the pairs of which rows say that the one guarantees the other."""
    pairs = []
    for subject, object_, predicate, _ in library(1, schemes=35, criteria=int(criteria), rows=int(rows)).rows:
        if predicate in ("equal", "superset"):
            pairs.append((subject, object_))
        if predicate in ("equal", "subset"):
            pairs.append((object_, subject))
    return pairs


def owlrl(criteria: str, rows: str) -> Mapping[str, object]:
    """Close one transitive property by the rules of OWL 2 RL."""
    import owlrl
    from rdflib import OWL, RDF, Graph, URIRef

    covers = URIRef(NS + "covers")
    graph = Graph()
    graph.add((covers, RDF.type, OWL.TransitiveProperty))
    for one, other in _guarantees(criteria, rows):
        graph.add((URIRef(f"{NS}{one}"), covers, URIRef(f"{NS}{other}")))
    found: dict[str, Any] = {}
    with timed(found, "time"):
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return {**found, "pairs": sum(s != o for s, o in graph.subject_objects(covers))}


def paths(criteria: str, rows: str) -> Mapping[str, object]:
    """Ask for the closure as a path in SPARQL, in rdflib."""
    from rdflib import Graph, URIRef

    covers = URIRef(NS + "covers")
    graph = Graph()
    for one, other in _guarantees(criteria, rows):
        graph.add((URIRef(f"{NS}{one}"), covers, URIRef(f"{NS}{other}")))
    found: dict[str, Any] = {}
    with timed(found, "time"):
        answer = list(graph.query(f"SELECT DISTINCT ?a ?b {{ ?a <{covers}>+ ?b FILTER (?a != ?b) }}"))
    return {**found, "pairs": len(answer)}


def semra(criteria: str, rows: str) -> Mapping[str, object]:
    """Infer reversed rows and chains with semra, as it does by default but for the size of a component.

    It reads only names whose prefixes are registered, so each scheme borrows one.
    """
    import bioregistry
    from semra import Mapping as Row
    from semra import Reference, SimpleEvidence
    from semra.inference import infer_chains, infer_reversible
    from semra.vocabulary import BROAD_MATCH, EXACT_MATCH, MANUAL_MAPPING, NARROW_MATCH
    from sssom_pydantic import MappingSet, SemanticMapping

    predicates = {"equal": EXACT_MATCH, "superset": NARROW_MATCH, "subset": BROAD_MATCH}
    world = library(1, schemes=35, criteria=int(criteria), rows=int(rows))
    names = sorted(bioregistry.manager.registry)
    prefixes = [p for p in names if bioregistry.normalize_prefix(p) == p and not bioregistry.get_pattern(p)][:35]
    origin = MappingSet.model_validate({"id": NS + "set", "confidence": 1.0})
    given = []
    for subject, object_, predicate, _ in world.rows:
        if predicate in predicates:
            ends = [Reference(prefix=prefixes[end % 35], identifier=f"{end:07}") for end in (subject, object_)]
            triple = {"subject": ends[0], "predicate": predicates[predicate], "object": ends[1]}
            stated = SemanticMapping(**triple, justification=MANUAL_MAPPING)
            evidence = SimpleEvidence(mapping=stated, mapping_set=origin)
            given.append(Row(**triple, evidence=[evidence]))
    found: dict[str, Any] = {}
    with timed(found, "time"):
        both = infer_reversible(given, progress=False)
        rows_ = infer_chains(both, progress=False, maximum_component_size=10**9)
    covers = {(m.subject, m.object) for m in rows_ if m.predicate in (EXACT_MATCH, NARROW_MATCH)}
    return {**found, "pairs": len(covers)}


if __name__ == "__main__":
    main({"read": read, "owlrl": owlrl, "paths": paths, "semra": semra})
