"""Put a query of the command line to the stores."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli import load, run
from comity.model.knowledge import Knowledge
from comity.stores.rows import Rows

if TYPE_CHECKING:
    from comity.engines.queries import Query
    from comity.stores.embedded import EmbeddedStore


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


def answer(
    query: Query,
    given: Mapping[str, Sequence[str]],
    documents: tuple[str, ...],
    endpoints: tuple[str, ...],
    on: date,
    extra: tuple[Path, ...],
) -> Rows:
    """Ask the endpoints, or a store of knowledge and documents.

    :raises ComityError: when the query cannot be answered as asked.
    """
    from comity.engines import sparql
    from comity.stores.remote import RemoteStore

    if documents and endpoints:
        raise click.UsageError(
            "a server answers from what it holds: 'comity push' your documents, or leave out --endpoint"
        )
    knowledge = load.knowledge(extra)
    values = sparql.on_day(query, sparql.resolve(query, given, knowledge), on)
    if endpoints:
        return sparql.run(query, [RemoteStore(e) for e in endpoints], values)
    return sparql.run(query, [dataset(knowledge, documents, on, extra)], values)


def dataset(knowledge: Knowledge, documents: tuple[str, ...], on: date, extra: tuple[Path, ...]) -> EmbeddedStore:
    """Put knowledge and documents into a store.

    :raises Refused: when documents are given and none can be read.
    """
    from comity.engines import sparql

    read = run.readable(documents)[0] if documents else ()
    return sparql.dataset(knowledge, read, on=on, extra=extra)
