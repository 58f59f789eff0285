"""Mapping rows, edges and aliases in RDF, for the stores and the evidence graph.

The other knowledge is Turtle already and is loaded as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad, Triple

from comity.algebra.edges import Edge, Travel
from comity.model.knowledge import Alias
from comity.model.mappings import Relation, Row
from comity.stores import terms
from comity.stores.terms import TYPE, comity

GRAPH = NamedNode("https://w3id.org/comity/mappings")
"""The named graph that mapping rows stand in."""

ALIASES = "https://w3id.org/comity/alias/"
_SSSOM = "https://w3id.org/sssom/"
_DESCRIPTION = NamedNode("http://purl.org/dc/terms/description")
_CONFIDENCE = NamedNode(_SSSOM + "confidence")


def row_quads(rows: Iterable[Row], graph: NamedNode = GRAPH) -> Iterator[Quad]:
    """Write mapping rows as read: leads, negated and disputed rows as well."""
    for row in sorted(rows, key=lambda r: r.id):
        for triple in row_triples(row):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)


def row_triples(row: Row) -> Iterator[Triple]:
    """Write one mapping row; SSSOM's own slots where SSSOM has one."""
    this = terms.mapping_row(row.id)
    yield Triple(this, TYPE, comity("MappingRow"))
    yield Triple(this, comity("row"), terms.text(row.id))
    yield Triple(this, comity("subject"), NamedNode(row.subject))
    word = row.predicate.removeprefix("comity:")
    yield Triple(this, comity("predicate"), NamedNode(word) if "://" in word else comity(word))
    yield Triple(this, comity("object"), NamedNode(row.object))
    yield Triple(this, comity("mask"), Literal(spell(row.mask)))
    yield Triple(this, comity("authority"), terms.scaled(row.authority))
    yield Triple(this, comity("lead"), terms.boolean(row.lead))
    yield Triple(this, comity("disputed"), terms.boolean(row.disputed))
    if row.basis is not None:
        yield Triple(this, comity("basis"), terms.individual(row.basis.value))
    if row.negated:
        yield Triple(this, NamedNode(_SSSOM + "predicate_modifier"), NamedNode(_SSSOM + "NegatedPredicate"))
    if row.confidence is not None:
        yield Triple(this, _CONFIDENCE, Literal(row.confidence))
    slots = {"mapping_justification": row.justification, "author_label": row.author, "reviewer_label": row.reviewer}
    for slot, value in slots.items():
        if value:
            yield Triple(this, NamedNode(_SSSOM + slot), terms.text(value))
    if row.reason:
        yield Triple(this, _DESCRIPTION, terms.text(row.reason))
    if row.joint_group:
        yield Triple(this, comity("jointGroup"), terms.text(row.joint_group))
    for predicate, day in (("validFrom", row.valid_from), ("validUntil", row.valid_until)):
        if day is not None:
            yield Triple(this, comity(predicate), terms.day(day))


def edge_triples(edges: Iterable[Edge]) -> Iterator[Triple]:
    """Write edges as plain statements between criteria, in a stable order.

    One direction is enough: that ``covers`` and ``coveredBy`` are inverse, that both overlap and that
    overlapping is symmetric is left to the axioms of the vocabulary (:func:`closed_edge_triples` writes all).
    """
    found = list(edges)
    covers = {(e.source, e.target) for e in found if e.travel is Travel.COVERS}
    covers |= {(e.target, e.source) for e in found if e.travel is Travel.COVERED_BY}
    overlaps = {(min(e.source, e.target), max(e.source, e.target)) for e in found if e.travel is Travel.OVERLAPS}
    overlaps -= covers | {(b, a) for a, b in covers}
    for predicate, pairs in ((comity("covers"), covers), (comity("overlaps"), overlaps)):
        for source, target in sorted(pairs):
            yield Triple(NamedNode(source), predicate, NamedNode(target))


def closed_edge_triples(edges: Iterable[Edge]) -> Iterator[Triple]:
    """Write each edge as the statement that it is, for queries that run without a reasoner."""
    for edge in sorted({(e.source, e.travel.value, e.target) for e in edges}):
        yield Triple(NamedNode(edge[0]), comity(edge[1]), NamedNode(edge[2]))


def alias_triples(aliases: Iterable[Alias]) -> Iterator[Triple]:
    """Write aliases: what an identifier in documents stands for, beside which name."""
    for position, alias in enumerate(sorted(aliases, key=lambda a: (a.iri, a.name, a.target)), 1):
        this = NamedNode(f"{ALIASES}{position}")
        yield Triple(this, TYPE, comity("Alias"))
        yield Triple(this, comity("citedIri"), terms.text(alias.iri))
        yield Triple(this, comity("name"), terms.text(alias.name))
        yield Triple(this, comity("documentLevel"), terms.boolean(alias.document_level))
        yield Triple(this, comity("standsForPermit"), terms.boolean(alias.permit))
        yield Triple(this, _DESCRIPTION, terms.text(alias.reason))
        if alias.target:
            yield Triple(this, comity("target"), NamedNode(alias.target))


def spell(mask: Relation) -> str:
    """Spell a mask, in the order of the base relations.

    >>> spell(Relation.COVERS)
    'EQ|SUP'
    """
    return "|".join(r.name or "" for r in Relation if r in mask)
