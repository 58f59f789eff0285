"""What a query must not do is refused, and nothing else is."""

from __future__ import annotations

import pytest

from comity.model.errors import QueryError
from comity.stores.guard import form, is_ordered

HARMLESS = {
    "in a string": "SELECT * { ?s ?p 'SERVICE <http://x/> { LOAD }' }",
    "in a long string": 'SELECT * { ?s ?p """ " SERVICE <http://x/> {""" }',
    "after an escaped quote": "SELECT * { ?s ?p 'it\\'s a SERVICE' }",
    "in a comment": "# LOAD <http://x/>\nSELECT * { ?s ?p ?o } # SERVICE <x> {}",
    "in an IRI": "SELECT * { ?s <http://x/SERVICE#LOAD> ?o }",
    "in a variable": "SELECT ?service $load { ?service ?p $load }",
    "in a prefix": "PREFIX service: <http://x/> SELECT * { ?s service:LOAD ?o }",
    "in a local name": "PREFIX e: <http://x/> SELECT * { ?s e:SERVICE ?o }",
    "in a language tag": "SELECT * { ?s ?p 'a'@load }",
    "in a blank node": "SELECT * { _:service ?p ?o }",
}

CALLS = {
    "plain": "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
    "small letters": "select * { service silent <http://x/> { ?s ?p ?o } }",
    "by a variable": "SELECT * { SERVICE ?where { ?s ?p ?o } }",
    "behind a comment": "SELECT * { # '\n SERVICE <http://x/> { ?s ?p ?o } }",
    # Oxigraph's parser knows no word boundaries: all of these called the service.
    "glued to a name": "PREFIX : <http://x/> SELECT * {SERVICE:x{?s ?p ?o}}",
    "glued to silent": "PREFIX : <http://x/> SELECT * {SERVICESILENT:x{?s ?p ?o}}",
    "glued to a number": "SELECT * {?s ?p 1.SERVICE<http://x/>{?s ?p ?o}}",
    "glued to a number and a name": "PREFIX : <http://x/> SELECT * {?s ?p 1.SERVICE:x{?s ?p ?o}}",
    "glued to a word": "SELECT * {?s ?p trueSERVICE<http://x/>{?s ?p ?o}}",
    "glued to a word by a dot": "PREFIX : <http://x/> SELECT * {?s ?p true.SERVICE:x{?s ?p ?o}}",
    "spelled with an escape": "SELECT * {SERV\\u0049CE <http://x/>{?s ?p ?o}}",
    "let out of a string by an escape": "SELECT * { BIND('\\u0027 AS ?a) SERVICE <http://x/>{?s ?p ?o} }",
}

UPDATES = [
    "LOAD <http://x/> INTO GRAPH <http://y/>",
    "INSERT DATA { <a:a> <a:b> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "PREFIX e: <http://x/> CLEAR ALL",
    "SELECT * { ?s ?p ?o } ; DROP ALL",
    "WITH <http://x/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
]


@pytest.mark.parametrize("query", HARMLESS.values(), ids=HARMLESS)
def test_a_word_that_is_no_keyword_passes(query: str) -> None:
    assert form(query) == "SELECT"


@pytest.mark.parametrize("query", CALLS.values(), ids=CALLS)
def test_a_call_of_another_service_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match="asks another service"):
        form(query)


@pytest.mark.parametrize("query", UPDATES)
def test_an_update_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match="changes data"):
        form(query)


@pytest.mark.parametrize(("query", "says"), [("", "it is empty"), ("# nothing\n", "it is empty"), ("hello", "'HELLO'")])
def test_what_is_no_query_is_refused(query: str, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        form(query)


def test_the_form_stands_after_the_prologue() -> None:
    assert form("BASE <http://x/> PREFIX ask: <http://x/> # SELECT\nASK { ?s ask:x ?o }") == "ASK"


def test_an_inner_order_is_not_the_order_of_the_rows() -> None:
    assert not is_ordered("SELECT * { { SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 1 } }")
    assert is_ordered("select * { ?s ?p '}' } order by desc(?s)")
