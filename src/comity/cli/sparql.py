"""Put a query of the command line to the stores."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli import load, run
from comity.cli.base import Refused
from comity.model.classes import dataclass
from comity.model.knowledge import Knowledge
from comity.stores.rows import Rows

if TYPE_CHECKING:
    from comity.engines.queries import Query
    from comity.stores.embedded import EmbeddedStore


@dataclass(frozen=True, slots=True)
class Sources:
    """What a query is asked of.

    :param reports: Turtle that ``check`` or ``ask`` wrote.
    :param endpoints: servers, instead of everything else.
    :param extra: the user's own knowledge.
    """

    documents: tuple[str, ...] = ()
    reports: tuple[Path, ...] = ()
    endpoints: tuple[str, ...] = ()
    extra: tuple[Path, ...] = ()


def catalogue() -> list[dict[str, str | None]]:
    """List the queries that come with Comity."""
    from comity.engines import queries

    return [
        {
            "query": q.name,
            "audience": q.audience,
            "parameters": " ".join(p.name for p in q.parameters),
            "question": q.question,
        }
        for q in queries.catalogue()
    ]


def find(name: str) -> Query:
    """Find a query by its name or file; ``-`` reads it from standard input.

    :raises UnknownNameError: with the nearest names.
    :raises QueryError: when it cannot be read.
    """
    from comity.engines import queries
    from comity.model.errors import QueryError

    if name != "-":
        return queries.find(name)
    try:
        return queries.parse("-", sys.stdin.buffer.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise QueryError("the query on standard input is not UTF-8.") from None


def answer(query: Query, given: Mapping[str, Sequence[str]], of: Sources, on: date) -> Rows:
    """Ask the endpoints, or a store of knowledge, documents and reports.

    :raises ComityError: when the query cannot be answered as asked.
    """
    from comity.engines import sparql
    from comity.stores.remote import RemoteStore

    if of.endpoints and (of.documents or of.reports):
        raise click.UsageError(
            "a server answers from what it holds: 'comity push' your documents, or leave out --endpoint"
        )
    knowledge = load.knowledge(of.extra)
    values = sparql.on_day(query, sparql.resolve(query, given, knowledge), on)
    if of.endpoints:
        return sparql.run(query, [RemoteStore(e) for e in of.endpoints], values)
    store = dataset(knowledge, of.documents, on, of.extra)
    for path in of.reports:
        _add_report(store, path)
    return sparql.run(query, [store], values)


def _add_report(store: EmbeddedStore, path: Path) -> None:
    """Put a report into a store, as it stands, in a graph of its own; it is asked, and never judged from.

    :raises Refused: when it is none.
    """
    from comity.formats import turtle
    from comity.stores import terms
    from comity.stores.knowledge import content_graph

    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror or error}") from error
    said = turtle.read(content, path.as_posix()).resources.values()
    if not any(terms.comity("Report").value in resource.get(turtle.RDF_TYPE, ()) for resource in said):
        raise Refused(f"{path} is no report in Turtle; write one with comity check or ask --format turtle")
    store.put_turtle(content_graph(content), content)


def dataset(knowledge: Knowledge, documents: tuple[str, ...], on: date, extra: tuple[Path, ...]) -> EmbeddedStore:
    """Put knowledge and documents into a store.

    :raises Refused: when documents are given and none can be read.
    """
    from comity.engines import sparql

    read = run.readable(documents)[0] if documents else ()
    return sparql.dataset(knowledge, read, on=on, extra=extra)
