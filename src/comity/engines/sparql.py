"""Questions asked in SPARQL: the dataset they are asked of, and how they are run.

The dataset is one named graph for each file of knowledge, each mapping set, the edges at each authority, and each
document (docs/data-model.md). It holds what was said and what follows for criteria, and no verdict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from comity import knowledge as base
from comity.engines.queries import Query
from comity.judgement import values, world
from comity.judgement.chain import network
from comity.judgement.resolve import Resolver
from comity.knowledge.problems import Problems
from comity.knowledge.sources import Source, package_sources, user_sources
from comity.model.errors import UnknownNameError
from comity.model.evidence import Citation, Document
from comity.model.knowledge import Knowledge
from comity.model.mappings import Row
from comity.model.quantities import Value
from comity.model.scales import Authority
from comity.stores import Store, terms
from comity.stores.embedded import EmbeddedStore
from comity.stores.knowledge import (
    ALIASES,
    CODES,
    DECLINED,
    JOINTS,
    code_triples,
    content_graph,
    declined_triples,
    edge_graph,
    edges_triples,
    file_graph,
    joint_triples,
    reading_triples,
    set_triples,
)
from comity.stores.mappings import alias_triples
from comity.stores.rows import Rows, merge
from comity.stores.serialise import document_quads


def dataset(
    knowledge: Knowledge, documents: Sequence[Document] = (), *, on: date, extra: Sequence[Path] = ()
) -> EmbeddedStore:
    """Put knowledge and documents into a store.

    :param knowledge: as :func:`comity.knowledge.load` gives it.
    :param documents: as :func:`comity.evidence.read` gives them.
    :param on: the day judged, for rows with a validity.
    :param extra: the user's own knowledge, the paths with which ``knowledge`` was loaded.
    """
    # What is no IRI cannot stand in RDF; the loader has reported such rows as dangling.
    knowledge = replace(
        knowledge, rows=tuple(r for r in knowledge.rows if terms.iri(r.subject) and terms.iri(r.object))
    )
    store = EmbeddedStore()
    graphs: dict[str, str] = {}
    for source in (*package_sources(), *user_sources(extra, Problems())):
        graphs[source.name] = _graph_of(source)
        if source.kind == "turtle":
            store.put_turtle(graphs[source.name], source.content)
    _add_rows(store, knowledge, graphs)
    found = [edge for edges in network(knowledge, on).edges.values() for edge in edges]
    for authority in Authority:
        store.put(edge_graph(authority), edges_triples(found, knowledge.criteria, authority, on))
    store.put(JOINTS, joint_triples(knowledge.joints))
    store.put(CODES, code_triples(knowledge.codes))
    store.put(ALIASES, alias_triples(knowledge.aliases))
    store.put(DECLINED, declined_triples(knowledge.declined))
    _add_documents(store, knowledge, documents)
    return store


def run(query: Query, stores: Sequence[Store], parameters: Mapping[str, Sequence[str]] | None = None) -> Rows:
    """Ask a query of one store or several, and merge what they answer.

    :param stores: at least one. Each answers by itself: a fact in one store is not joined with a fact in another.
    :param parameters: name to values, in the place of the defaults.
    :raises QueryError: when the query is refused or not valid, or a value cannot be.
    :raises UnknownNameError: for a parameter that the query does not have.
    :raises EndpointError: when one of the stores does not answer as it should.
    """
    text = query.bind(parameters or {})
    return merge([store.query(text) for store in stores])


def resolve(query: Query, parameters: Mapping[str, Sequence[str]], knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """Replace the names that users know things by (IRIs, aliases) with those that the query looks for.

    :raises UnknownNameError: for a rule, market or version that the knowledge does not have, with the nearest.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name, given in parameters.items():
        look_up = _LOOK_UPS.get(query.parameter(name).kind)
        found[name] = tuple(look_up(knowledge, v) for v in given) if look_up else tuple(given)
    return found


def on_day(query: Query, parameters: Mapping[str, Sequence[str]], on: date) -> dict[str, Sequence[str]]:
    """Add the day judged where the query asks for one and the user did not give it as a parameter."""
    asks = any(p.name == "on" for p in query.parameters)
    return {"on": (on.isoformat(),), **parameters} if asks else dict(parameters)


def push(source: EmbeddedStore, target: Store) -> tuple[str, ...]:
    """Load every named graph of ``source`` into ``target``, replacing graphs of the same names.

    :returns: the names of the graphs, in the order in which they were loaded.
    :raises EndpointError: when ``target`` does not take one; those before it stay loaded.
    """
    names = source.graphs()
    for name in names:
        target.put(name, source.triples(name))
    return names


def _graph_of(source: Source) -> str:
    return file_graph(source.name) if source.own else content_graph(source.content)


def _add_rows(store: EmbeddedStore, knowledge: Knowledge, graphs: Mapping[str, str]) -> None:
    sets: dict[str, list[Row]] = defaultdict(list)
    for row in knowledge.rows:
        sets[row.place.document].append(row)
    for name, rows in sorted(sets.items()):
        graph = graphs.get(name, file_graph(name))
        store.put(graph, set_triples(graph, name, rows))


def _add_documents(store: EmbeddedStore, knowledge: Knowledge, documents: Iterable[Document]) -> None:
    together = world.build(documents)
    resolver = Resolver(knowledge)

    def criterion(citation: Citation) -> str | None:
        meaning = resolver.meaning(citation)
        return meaning.criterion if meaning.counts else None

    def reading(value: Value) -> tuple[str, Mapping[str, str]] | None:
        found = values.read(value, knowledge)
        return (found.metric, found.qualifiers) if found else None

    for document in together.documents:
        quads = document_quads(document, together.name, criterion)
        read = reading_triples(document, reading)
        store.put(terms.graph(document.sha256).value, (*(q.triple for q in quads), *read))


def _rule(knowledge: Knowledge, name: str) -> str:
    return base.resolve(knowledge, name).notation


def _market(knowledge: Knowledge, name: str) -> str:
    return base.market(knowledge, name).notation


def _version(knowledge: Knowledge, name: str) -> str:
    for version in knowledge.schemes.values():
        if name in (version.iri, version.notation):
            return version.notation
    raise UnknownNameError("scheme version", name, base.near(name, [v.notation for v in knowledge.schemes.values()]))


_LOOK_UPS: Mapping[str, Callable[[Knowledge, str], str]] = {"rule": _rule, "market": _market, "version": _version}
