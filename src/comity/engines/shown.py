"""How it was decided which evidence counts: base facts, and values compared with limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from comity.algebra.propagate import Derivation
from comity.engines.views import Views
from comity.judgement.leaf import Leaf
from comity.model.evidence import Attribute
from comity.model.scales import Fact
from comity.stores import terms
from comity.stores.terms import TYPE, comity

_FACTS = {Fact.ALL: "allMet", Fact.SOME: "someMet", Fact.NONE: "noneMet", Fact.NOT_ALL: "notAllMet"}


def base_facts(views: Views) -> Iterator[Triple]:
    """Write every fact that evidence states by itself, whether it counts in some view or not."""
    seen: Counter[str] = Counter()
    for leaf in views.leaves:
        origin = leaf.origin
        if isinstance(origin, Leaf):
            place = terms.node(origin.document.sha256, origin.place.pointer).value
            seen[place] += 1
            yield from _base_fact(leaf, origin, seen[place], views)


def _base_fact(leaf: Derivation, origin: Leaf, position: int, views: Views) -> Iterator[Triple]:
    fact, about = leaf.atom
    this = _node(origin, f"fact-{position}")
    yield Triple(this, TYPE, comity("BaseFact"))
    yield Triple(this, comity("criterion"), NamedNode(about.criterion))
    yield Triple(this, comity("aboutSubject"), terms.subject(about.subject))
    yield Triple(this, comity("factStated"), comity(_FACTS[fact]))
    yield Triple(this, comity("fromEvidence"), evidence_node(origin))
    yield Triple(this, comity("effectiveAssurance"), terms.scaled(leaf.labels.rank))
    for role in sorted(leaf.labels.roles):
        named = terms.iri(role)
        if named is not None:
            yield Triple(this, comity("effectiveRole"), named)
    told = {
        "validOnDay": leaf.labels.valid,
        "assumed": leaf.labels.assumed,
        "unverified": leaf.labels.unverified,
        "admission": leaf.labels.admission,
    }
    for name, value in told.items():
        yield Triple(this, comity(name), terms.boolean(value))
    for view in views.counting(leaf):
        yield Triple(this, comity("countsIn"), view.iri)
        if fact is Fact.ALL and views.contested(view, about.criterion):
            yield Triple(this, comity("contestedIn"), view.iri)
    yield from _comparison(this, origin, position)


def _comparison(fact: NamedNode, origin: Leaf, position: int) -> Iterator[Triple]:
    bearing = origin.bearing
    if bearing is None:
        return
    this = _node(origin, f"comparison-{position}")
    yield Triple(fact, comity("restsOn"), this)
    yield Triple(this, TYPE, comity("Comparison"))
    yield Triple(this, comity("limitCompared"), NamedNode(bearing.limit.iri))
    yield Triple(this, comity("outcome"), comity("inside" if bearing.fact is Fact.ALL else "outside"))
    compared = bearing.comparison.converted or bearing.comparison.original if bearing.comparison else None
    if compared is not None:
        written = terms.decimal(compared.value)
        exact = terms.number(compared.value) if written else Literal(str(compared.value))
        yield Triple(this, comity("value" if written else "rational"), exact)
        if compared.unit is not None:
            yield Triple(this, comity("unit"), NamedNode(compared.unit))


def evidence_node(origin: Leaf) -> NamedNode:
    """Name the claim, assessment or attribute that a base fact comes from, as the serialiser names it."""
    if isinstance(origin.item, Attribute):
        return _node(origin, f"attribute-{origin.document.attributes.index(origin.item)}")
    return _node(origin, "")


def _node(origin: Leaf, tail: str) -> NamedNode:
    return terms.node(origin.document.sha256, origin.place.pointer, tail)
