"""Mapping rows in RDF: as SSSOM writes them, one resource for each row, with our own extensions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from pyoxigraph import Literal, NamedNode, Triple

from comity.authoring.draft import Draft, DraftRow
from comity.authoring.exchange.graph import TYPE, Graph, Resource
from comity.authoring.exchange.slots import filled, slots
from comity.authoring.exchange.things import address
from comity.authoring.sssom import curie, prefixes_for, record_ids
from comity.formats.sssom import expand
from comity.knowledge.slots import EXTENSIONS
from comity.knowledge.vocabulary import DCTERMS, NS, OWL, RDFS, XSD
from comity.model.places import Finding, Place, Severity
from comity.stores.terms import iri

SSSOM = "https://w3id.org/sssom/"
_AXIOM, _MAPPING, _SET = OWL + "Axiom", SSSOM + "Mapping", SSSOM + "MappingSet"
TYPES = frozenset({_AXIOM, _MAPPING, _SET, OWL + "Ontology"})
_SOURCE, _PROPERTY, _TARGET = (OWL + n for n in ("annotatedSource", "annotatedProperty", "annotatedTarget"))
_MODIFIER, _NEGATED = SSSOM + "predicate_modifier", SSSOM + "NegatedPredicate"
_CONFIDENCE = SSSOM + "confidence"
_MAPPINGS, _PREFIX = SSSOM + "mappings", NS + "prefix"

PROPERTIES: Mapping[str, str] = {
    "mapping_set_title": DCTERMS + "title",
    "mapping_set_description": DCTERMS + "description",
    "mapping_set_version": OWL + "versionInfo",
    "mapping_set_source": "http://www.w3.org/ns/prov#wasDerivedFrom",
    "license": DCTERMS + "license",
    "creator_id": DCTERMS + "creator",
    "author_id": "http://purl.org/pav/authoredBy",
    "mapping_date": DCTERMS + "created",
    "publication_date": DCTERMS + "issued",
    "see_also": RDFS + "seeAlso",
    "comment": RDFS + "comment",
    **{slot: NS + property_.partition(":")[2] for slot, (property_, _) in EXTENSIONS.items()},
}
"""Slots whose property is not that of their name (the schema of SSSOM 1.1; our extensions)."""
_LISTED = "|"
_SEVERAL = frozenset({"creator_id", "creator_label", "mapping_set_source", "see_also"})
"""Slots of a set that are lists even where they hold one thing."""


def triples(draft: Draft) -> Iterator[Triple]:
    """Write the set and its rows, each as an annotated axiom."""
    prefixes = prefixes_for(draft)
    ids = record_ids(draft)
    name = str(draft.header.get("mapping_set_id") or "")
    this = iri(name) or NamedNode(f"urn:comity:set:{_token(draft.name)}")
    if draft.rows:
        yield Triple(this, NamedNode(TYPE), NamedNode(_SET))
    for slot, value in draft.header.items() if draft.rows else ():
        if slot != "mapping_set_id":
            for one in value if isinstance(value, list | tuple) else [value]:
                yield Triple(this, NamedNode(_property(slot)), _term(slot, str(one)))
    for prefix, space in sorted(draft.prefixes.items()) if draft.rows else ():
        yield Triple(this, NamedNode(_PREFIX), Literal(f"{prefix} {space}"))
    for row, key in zip(draft.rows, ids, strict=True):
        node = iri(expand(key, prefixes) or key) or NamedNode(f"urn:comity:row:{_token(key)}")
        yield Triple(this, NamedNode(_MAPPINGS), node)
        yield from _row(row, node)


def _row(row: DraftRow, node: NamedNode) -> Iterator[Triple]:
    yield Triple(node, NamedNode(TYPE), NamedNode(_AXIOM))
    for predicate, end in ((_SOURCE, row.subject), (_PROPERTY, row.predicate), (_TARGET, row.object)):
        yield Triple(node, NamedNode(predicate), NamedNode(address(end)))
    if row.negated:
        yield Triple(node, NamedNode(_MODIFIER), NamedNode(_NEGATED))
    if row.confidence is not None:
        yield Triple(node, NamedNode(_CONFIDENCE), Literal(repr(row.confidence), datatype=NamedNode(XSD + "double")))
    for slot, text in slots(row).items():
        if slot != "record_id":
            for one in text.split(_LISTED) if slot in ("author_id", "reviewer_id", "creator_id") else [text]:
                yield Triple(node, NamedNode(_property(slot)), _term(slot, one))


def draft(graph: Graph) -> Draft:
    """Read the rows of a graph, and the set that they are of."""
    sets = list(graph.of(_SET))
    header: dict[str, object] = {}
    prefixes: dict[str, str] = {}
    for r in sets[:1]:
        if not r.iri.startswith("urn:comity:set:"):
            header["mapping_set_id"] = r.iri
        for predicate, objects in r.properties.items():
            if predicate == _PREFIX:
                prefixes |= dict(o.value.split(" ", 1) for o in objects if " " in o.value)
            elif predicate not in (TYPE, _MAPPINGS):
                values = [o.value for o in objects]
                slot = _slot(predicate)
                header[slot] = values if len(values) > 1 or slot in _SEVERAL else values[0]
    rows = [_read(r, prefixes) for r in graph.resources.values() if r.iri_of(_SOURCE) and r.iri_of(_TARGET)]
    problems: list[Finding] = []
    if graph.blank and not rows:
        message = f"{graph.blank} nodes have no name; what is said of them is not read."
        problems.append(Finding("not-carried", Severity.WARNING, Place(graph.name), message, "Give them addresses."))
    if not rows and not sets:
        message = "Nothing in the file is a criterion, a concept or a mapping row."
        problems.append(Finding("no-vocabulary", Severity.ERROR, Place(graph.name), message))
    return Draft(graph.name, "mappings", rows=tuple(rows), header=header, prefixes=prefixes, problems=tuple(problems))


def _read(r: Resource, prefixes: Mapping[str, str]) -> DraftRow:
    texts: dict[str, str] = {}
    for predicate in r.properties:
        if predicate not in (TYPE, _SOURCE, _PROPERTY, _TARGET, _MODIFIER, _CONFIDENCE):
            slot = _slot(predicate)
            listed = slot in ("author_id", "reviewer_id", "creator_id")
            texts[slot] = _LISTED.join(r.texts(predicate)) if listed else r.text(predicate)
    if not r.iri.startswith("urn:comity:row:"):
        texts["record_id"] = curie(r.iri, prefixes)
    sure = r.text(_CONFIDENCE)
    return filled(
        texts,
        subject=r.iri_of(_SOURCE),
        predicate=r.iri_of(_PROPERTY),
        object_=r.iri_of(_TARGET),
        place=r.place,
        negated=bool(r.properties.get(_MODIFIER)),
        confidence=float(sure) if sure else None,
    )


def day(text: str) -> date | None:
    """Return the day that a text is; ``None`` for another text."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def number(text: str) -> Fraction | None:
    """Return the number that a text is; ``None`` for another text."""
    try:
        return Fraction(text) if text else None
    except (ValueError, ZeroDivisionError):
        return None


def _property(slot: str) -> str:
    return PROPERTIES.get(slot, SSSOM + slot)


def _slot(predicate: str) -> str:
    names = {p: slot for slot, p in PROPERTIES.items()}
    return names.get(predicate) or predicate.removeprefix(SSSOM)


def _term(slot: str, text: str) -> NamedNode | Literal:
    if slot in ("mapping_date", "publication_date", "review_date", "valid_from", "valid_until") and day(text):
        return Literal(text, datatype=NamedNode(XSD + "date"))
    named = slot.endswith("_id") or slot in ("license", "mapping_justification", "see_also", "mapping_set_source")
    return (iri(text) if named and ("://" in text or text.startswith("urn:")) else None) or Literal(text)


def _token(text: str) -> str:
    return "".join(c if c.isalnum() or c in "-._" else "-" for c in text)
