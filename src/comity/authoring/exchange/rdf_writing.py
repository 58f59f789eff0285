"""Write drafts as Turtle or JSON-LD, in the shape in which Comity reads them back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from comity.authoring.draft import Draft
from comity.authoring.exchange import rdf_rows
from comity.authoring.exchange.jsontext import dumps
from comity.authoring.exchange.written import Written
from comity.authoring.turtle import PREFIXES as CRITERIA
from comity.authoring.turtle import triples as criteria_triples
from comity.formats.json import Json
from comity.knowledge.vocabulary import OWL
from comity.model.knowledge import Knowledge
from comity.stores import turtle as canonical
from comity.stores.terms import RDF, XSD

PREFIXES: Mapping[str, str] = {
    **CRITERIA,
    "owl": OWL,
    "pav": "http://purl.org/pav/",
    "prov": "http://www.w3.org/ns/prov#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "sssom": rdf_rows.SSSOM,
}


def write_turtle(draft: Draft, knowledge: Knowledge) -> Written:
    """Write Turtle, in one canonical order."""
    del knowledge
    return Written(turtle(_triples(draft)))


def write_jsonld(draft: Draft, knowledge: Knowledge) -> Written:
    """Write JSON-LD with its context inside, in one canonical order."""
    del knowledge
    return Written(jsonld(_triples(draft)))


def turtle(triples: Iterable[Triple]) -> bytes:
    """Write triples as Turtle."""
    return canonical.write(triples, PREFIXES).encode("utf-8")


def jsonld(triples: Iterable[Triple]) -> bytes:
    """Write triples as JSON-LD: one object for each subject, sorted."""
    used: set[str] = set()
    nodes: dict[str, dict[str, list[Json]]] = {}
    for triple in sorted(set(triples), key=str):
        subject, object_ = triple.subject, triple.object
        if not isinstance(subject, NamedNode) or not isinstance(object_, NamedNode | Literal):
            raise ValueError(f"it has no name: {subject} {object_}")
        node = nodes.setdefault(subject.value, {})
        if triple.predicate.value == RDF + "type":
            node.setdefault("@type", []).append(_short(object_.value, used))
        else:
            node.setdefault(_short(triple.predicate.value, used), []).append(_value(object_, used))
    listed: list[Json] = [
        {"@id": iri, **{k: v[0] if len(v) == 1 else v for k, v in sorted(node.items())}}
        for iri, node in sorted(nodes.items())
    ]
    context: dict[str, Json] = {name: PREFIXES[name] for name in sorted(used)}
    return (dumps({"@context": context, "@graph": listed}, 2) + "\n").encode("utf-8")


def _triples(draft: Draft) -> list[Triple]:
    criteria = criteria_triples(draft) if draft.scheme or draft.criteria else ()
    return [*criteria, *rdf_rows.triples(draft)]


def _value(term: NamedNode | Literal, used: set[str]) -> Json:
    if isinstance(term, NamedNode):
        return {"@id": _short(term.value, used)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == XSD + "string":
        return term.value
    return {"@value": term.value, "@type": _short(term.datatype.value, used)}


def _short(iri: str, used: set[str]) -> str:
    for name, space in PREFIXES.items():
        local = iri[len(space) :]
        if iri.startswith(space) and local and "/" not in local and "#" not in local and not local.startswith("//"):
            used.add(name)
            return f"{name}:{local}"
    return iri
