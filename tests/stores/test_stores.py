"""What every store must do, whichever adapter it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, NamedNode, Triple
from tests.stores.servers import oxigraph

from comity.model.errors import EndpointError, QueryError
from comity.stores import Store
from comity.stores.embedded import EmbeddedStore
from comity.stores.remote import RemoteStore
from comity.stores.rows import XSD, Rows, Term, TermKind

P = NamedNode("urn:p")
ALL = "SELECT ?g ?s ?o { GRAPH ?g { ?s <urn:p> ?o } } ORDER BY ?g ?s ?o"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with oxigraph() as found:
        yield found


@pytest.fixture(params=["embedded", "remote", "remote, by its query service", "remote, by its graph store"])
def store(request: pytest.FixtureRequest, address: str) -> Store:
    paths = {"remote": "", "remote, by its query service": "/query", "remote, by its graph store": "/store"}
    made: Store = EmbeddedStore() if request.param == "embedded" else RemoteStore(address + paths[request.param])
    made.put("urn:g:1", [Triple(NamedNode("urn:a"), P, Literal('é "quoted"\n', language="fr"))])
    made.put("urn:g:2", [Triple(NamedNode("urn:a"), P, Literal("16", datatype=NamedNode(XSD + "integer")))])
    return made


def test_select_sees_each_named_graph(store: Store) -> None:
    iri = TermKind.IRI
    assert store.query(ALL) == Rows(
        ("g", "s", "o"),
        (
            (Term(iri, "urn:g:1"), Term(iri, "urn:a"), Term.literal('é "quoted"\n', language="fr")),
            (Term(iri, "urn:g:2"), Term(iri, "urn:a"), Term.literal("16", XSD + "integer")),
        ),
        ordered=True,
    )


def test_put_replaces_a_graph_and_no_other(store: Store) -> None:
    store.put("urn:g:2", [Triple(NamedNode("urn:b"), P, Literal("new"))])
    assert [[t.value for t in row if t] for row in store.query(ALL).rows][1:] == [["urn:g:2", "urn:b", "new"]]
    assert len(store.query(ALL).rows) == 2


def test_ask_answers_true_or_false(store: Store) -> None:
    assert store.query("ASK { GRAPH ?g { <urn:a> ?p ?o } }") == Rows.answer(True)
    assert store.query("ASK { GRAPH ?g { <urn:c> ?p ?o } }") == Rows.answer(False)


def test_construct_gives_triples(store: Store) -> None:
    rows = store.query("CONSTRUCT { ?s a <urn:C> } WHERE { GRAPH ?g { ?s <urn:p> ?o } }")
    assert rows.columns == ("subject", "predicate", "object")
    assert [t.value for t in rows.rows[0] if t] == [
        "urn:a",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        "urn:C",
    ]
    assert len(rows.rows) == 1


def test_unbound_is_none(store: Store) -> None:
    rows = store.query("SELECT ?o ?x { GRAPH <urn:g:2> { ?s <urn:p> ?o } OPTIONAL { ?o ?o ?x } }")
    assert [row[1] for row in rows.rows] == [None]


def test_refusals_are_the_same(store: Store) -> None:
    for query in ("DROP ALL", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", ""):
        with pytest.raises(QueryError):
            store.query(query)
    assert len(store.query(ALL).rows) == 2


def test_remote_says_what_is_wrong_with_a_query(address: str) -> None:
    with pytest.raises(EndpointError, match=r"does not accept the request \(HTTP 400\)\. It says: .+"):
        RemoteStore(address).query("SELECT * { ?s ?p }")


def test_embedded_says_what_is_wrong_with_a_query() -> None:
    with pytest.raises(QueryError, match=r"not valid SPARQL 1.1: error at 1:19"):
        EmbeddedStore().query("SELECT * { ?s ?p }")
