"""The embedded store: Oxigraph in memory."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
)
from pyoxigraph import Store as Oxigraph

from comity.model.errors import QueryError
from comity.stores import guard
from comity.stores.rows import Row, Rows, Term, TermKind


class EmbeddedStore:
    """A store in this process.

    >>> store = EmbeddedStore()
    >>> store.put("urn:g", [Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal("o"))])
    >>> store.query("SELECT ?o { GRAPH ?g { ?s ?p ?o } }").rows[0][0].value
    'o'
    """

    name = "the embedded store"

    def __init__(self) -> None:
        self._store = Oxigraph()

    def query(self, text: str) -> Rows:
        """Answer a query (see :class:`comity.stores.Store`)."""
        guard.form(text)
        try:
            answer = self._store.query(text)
        except SyntaxError as error:
            raise QueryError(f"the query is not valid SPARQL 1.1: {error}.") from None
        return rows_of(answer, ordered=guard.is_ordered(text))

    def put(self, graph: str, triples: Iterable[Triple]) -> None:
        """Replace a named graph (see :class:`comity.stores.Store`)."""
        name = NamedNode(graph)
        self._store.remove_graph(name)
        self._store.extend(Quad(t.subject, t.predicate, t.object, name) for t in triples)

    def put_turtle(self, graph: str, content: bytes) -> None:
        """Replace a named graph by what Turtle says, faster than by triples.

        :raises SyntaxError: when it is no Turtle.
        """
        name = NamedNode(graph)
        self._store.remove_graph(name)
        self._store.load(content, RdfFormat.TURTLE, to_graph=name)

    def graphs(self) -> tuple[str, ...]:
        """Name the graphs held, sorted."""
        return tuple(sorted(g.value for g in self._store.named_graphs()))

    def triples(self, graph: str) -> tuple[Triple, ...]:
        """Return what a named graph holds, in a stable order."""
        return tuple(
            sorted((q.triple for q in self._store.quads_for_pattern(None, None, None, NamedNode(graph))), key=str)
        )


def rows_of(answer: QuerySolutions | QueryBoolean | QueryTriples, ordered: bool) -> Rows:
    """Turn an answer of Oxigraph, or one that its parser has read, into rows."""
    if isinstance(answer, QueryBoolean):
        return Rows.answer(bool(answer))
    if isinstance(answer, QueryTriples):
        return rows_of_triples(answer)
    variables = answer.variables
    found: list[Row] = [tuple(_term(s[v]) for v in variables) for s in answer]
    return Rows(tuple(v.value for v in variables), tuple(found), ordered)


def rows_of_triples(triples: Iterable[Triple | Quad]) -> Rows:
    """Turn triples into rows of subject, predicate and object, each once."""
    found: dict[Row, None] = {(_term(t.subject), _term(t.predicate), _term(t.object)): None for t in triples}
    return Rows(("subject", "predicate", "object"), tuple(found))


def _term(term: object) -> Term | None:
    match term:
        case None:
            return None
        case NamedNode():
            return Term(TermKind.IRI, term.value)
        case BlankNode():
            return Term(TermKind.BLANK, term.value)
        case Literal():
            return Term.literal(term.value, term.datatype.value, term.language or "")
        case _:
            return Term.literal(str(term))
