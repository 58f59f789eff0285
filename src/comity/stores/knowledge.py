"""The named graphs of the knowledge: what each is called and holds.

Ontology files are Turtle already and are loaded as they are. A mapping set becomes a graph of its rows, and the
edges that follow from all rows together become one graph for each authority, so that a property path stays in
one graph and never leans on a row that counts for less than was asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from urllib.parse import quote

from pyoxigraph import NamedNode, Triple

from comity.algebra.edges import Edge
from comity.model.criteria import JointCoverage
from comity.model.evidence import Assessment, Claim, Document
from comity.model.mappings import Declined, Row
from comity.model.quantities import Value
from comity.model.scales import Assurance, Authority
from comity.stores import terms
from comity.stores.mappings import closed_edge_triples, row_triples
from comity.stores.terms import LABEL, TYPE, comity

GRAPHS = "https://w3id.org/comity/graph/"
EDGES = GRAPHS + "edges/"
ALIASES = GRAPHS + "aliases"
DECLINED = GRAPHS + "declined"
CODES = GRAPHS + "codes"
JOINTS = GRAPHS + "joint-coverage"
_MAPPING_SET = NamedNode("https://w3id.org/sssom/MappingSet")

Reader = Callable[[Value], tuple[str, Mapping[str, str]] | None]
"""Value to the IRI of the metric that it measures, and its qualifiers by dimension."""

_DESCRIPTION = NamedNode("http://purl.org/dc/terms/description")
_ENDINGS = (".sssom.tsv", ".ttl")


def file_graph(name: str) -> str:
    """Name the graph of a file of the knowledge that Comity ships.

    :param name: path from the repository's root.

    >>> file_graph("ontology/schemes/a/b-1.ttl"), file_graph("mappings/a--b.sssom.tsv")
    ('https://w3id.org/comity/graph/ontology/schemes/a/b-1', 'https://w3id.org/comity/graph/mappings/a--b')
    """
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return GRAPHS + name


def content_graph(content: bytes) -> str:
    """Name the graph of a file that the user brought, by its content.

    >>> content_graph(b"")[:19]
    'urn:sha256:e3b0c442'
    """
    return f"urn:sha256:{hashlib.sha256(content).hexdigest()}"


def edge_graph(authority: Authority) -> str:
    """Name the graph of the edges that rest on rows of an authority, or a higher one.

    >>> edge_graph(Authority.ASSERTED_BY_OWNER)
    'https://w3id.org/comity/graph/edges/asserted-by-owner'
    """
    return EDGES + authority.token


def set_triples(graph: str, name: str, rows: Iterable[Row]) -> Iterator[Triple]:
    """Write a mapping set: what it is, and each of its rows.

    The rows' own statements do not stand here as plain triples: what may be concluded from a row depends on its
    authority and on other rows, and stands in the graphs of edges.

    :param graph: name of its graph.
    :param name: its file, as messages show it.
    """
    this = NamedNode(graph)
    yield Triple(this, TYPE, _MAPPING_SET)
    yield Triple(this, LABEL, terms.text(name))
    for row in rows:
        yield from row_triples(row)


def edges_triples(edges: Iterable[Edge], criteria: Iterable[str], authority: Authority, on: date) -> Iterator[Triple]:
    """Write the edges that count at an authority, with the day for which they hold.

    What leans on a disputed row, or on a record that nobody has checked, proves nothing and is left out. Every
    criterion covers itself, so that a path of one or more steps also finds where it starts.

    :param criteria: their IRIs.
    """
    graph = NamedNode(edge_graph(authority))
    yield Triple(graph, comity("authorityAsked"), terms.scaled(authority))
    yield Triple(graph, comity("judgedOn"), terms.day(on))
    for criterion in sorted(criteria):
        yield Triple(NamedNode(criterion), comity("covers"), NamedNode(criterion))
    counting = (e for e in edges if e.authority >= authority and not e.disputed and not e.unverified)
    yield from closed_edge_triples(counting)


def joint_triples(joints: Iterable[JointCoverage]) -> Iterator[Triple]:
    """Write every joint coverage, those that mapping rows state by a common group as well."""
    for joint in sorted(joints, key=lambda j: j.iri):
        this = NamedNode(joint.iri)
        yield Triple(this, TYPE, comity("JointCoverage"))
        yield Triple(this, comity("jointlyCovers"), NamedNode(joint.covers))
        yield Triple(this, comity("authority"), terms.scaled(joint.authority))
        if joint.basis is not None:
            yield Triple(this, comity("basis"), terms.individual(joint.basis.value))
        for member in joint.members:
            yield Triple(this, comity("member"), NamedNode(member))
        if joint.reason:
            yield Triple(this, _DESCRIPTION, terms.text(joint.reason))


def declined_triples(pairs: Iterable[Declined]) -> Iterator[Triple]:
    """Write the pairs that were judged and not mapped: nothing follows from them, and no gap is left unseen."""
    for position, pair in enumerate(sorted(pairs, key=lambda p: (p.subject, p.object)), 1):
        this = NamedNode(f"{DECLINED}#{position}")
        yield Triple(this, TYPE, comity("DeclinedPair"))
        for predicate, end in (("subject", pair.subject), ("object", pair.object)):
            held = terms.iri(end)
            yield Triple(this, comity(predicate if held else "name"), held or terms.text(end))
        yield Triple(this, comity("basis"), terms.individual(pair.basis.value))
        yield Triple(this, _DESCRIPTION, terms.text(pair.reason))


def code_triples(codes: Mapping[str, Mapping[str, str]]) -> Iterator[Triple]:
    """Write what the assurance codes of documents stand for, in the form in which documents are written.

    :param codes: code list to (folded code to token), see :class:`comity.model.knowledge.Knowledge`.
    """
    lists = {"assessorlevel": codes.get("assessor", {}), "assessmentlevel": codes.get("assurance", {})}
    lists["assurance"] = {member.token: member.token for member in Assurance}
    for name, meanings in lists.items():
        for code, token in sorted(meanings.items()):
            this = NamedNode(f"{CODES}#{name}={quote(code)}")
            yield Triple(this, comity("declared"), terms.text(f"{name}={code}"))
            yield Triple(this, comity("assurance"), terms.individual(token))


def reading_triples(document: Document, read: Reader) -> Iterator[Triple]:
    """Write which of our metrics a document's values measure, and of what, where a data rule reads it.

    They stand in the document's graph beside the metric as the document gives it.

    :param read: gives a metric and the qualifiers of a value, or ``None``.
    """
    stating: tuple[Claim | Assessment, ...] = (*document.claims, *document.assessments)
    for value in (v for one in stating for v in one.values):
        found = read(value)
        if found is not None:
            this = terms.node(document.sha256, value.place.pointer)
            yield Triple(this, comity("metric"), NamedNode(found[0]))
            for _, qualifier in sorted(found[1].items()):
                yield Triple(this, comity("qualifier"), NamedNode(qualifier))
