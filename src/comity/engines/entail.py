"""Verdicts by SPARQL alone: rules of OWL 2 RL as updates, then one query, on an Oxigraph store in memory.

For stores that have no reasoner. ``rules.ru`` and ``verdicts.rq`` beside this module run on any store of SPARQL 1.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources import files

import pyoxigraph
from pyoxigraph import Quad, QuerySolutions, RdfFormat, Store, Triple

from comity.engines.graph import EvidenceGraph
from comity.stores.terms import NS, OWL, RDF, RDFS

RULES = files("comity.engines") / "rules.ru"
VERDICTS = files("comity.engines") / "verdicts.rq"

_AXIOMS = frozenset(
    {f"{RDFS}subPropertyOf", f"{OWL}inverseOf", f"{OWL}propertyChainAxiom", f"{RDF}first", f"{RDF}rest"}
)
_SYMMETRIC = f"<{OWL}SymmetricProperty>"


def axioms(vocabulary: bytes) -> Iterable[Triple]:
    """Keep what the rules need of a vocabulary.

    :param vocabulary: Turtle.
    :raises SyntaxError: when it is no Turtle.
    """
    for quad in pyoxigraph.parse(vocabulary, format=RdfFormat.TURTLE):
        predicate, value = quad.predicate.value, str(quad.object)
        abroad = predicate == f"{RDFS}subPropertyOf" and not value.startswith(f"<{NS}")
        if (predicate in _AXIOMS and not abroad) or value == _SYMMETRIC:
            yield quad.triple


def entail(store: Store) -> int:
    """Run the rules until nothing more follows.

    :returns: how often they were run.
    """
    rules, rounds, size = RULES.read_text("utf-8"), 0, -1
    while size != len(store):
        size = len(store)
        store.update(rules)
        rounds += 1
    return rounds


def verdicts(evidence: EvidenceGraph, vocabulary: bytes) -> Mapping[str, str]:
    """Judge an evidence graph.

    :param vocabulary: the ontology with the axioms, as Turtle.
    :returns: id of a judgement to ``satisfied``, ``failed`` or ``neither``.
    """
    store = Store()
    store.extend(Quad(t.subject, t.predicate, t.object) for t in (*evidence.facts, *axioms(vocabulary)))
    entail(store)
    store.extend(Quad(t.subject, t.predicate, t.object) for t in evidence.applied)
    answer = store.query(VERDICTS.read_text("utf-8"))
    assert isinstance(answer, QuerySolutions)
    found = {row["binding"].value: row["verdict"].value for row in answer}
    return {b.judgement: found[b.iri.value] for b in evidence.bindings}
