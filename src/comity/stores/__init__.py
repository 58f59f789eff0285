"""Stores of RDF: one port, an embedded adapter and a remote one.

Both answer SPARQL 1.1 queries with :class:`comity.stores.rows.Rows` and take whole named graphs.
:mod:`comity.stores.guard` refuses what reaches beyond the store before either of them runs it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from pyoxigraph import Triple

from comity.stores.rows import Rows


class Store(Protocol):
    """What can be queried and can be given named graphs."""

    @property
    def name(self) -> str:
        """How messages call it."""

    def query(self, text: str) -> Rows:
        """Answer a query.

        :raises QueryError: when the query is refused or not valid.
        :raises EndpointError: when a remote service does not answer as it should.
        """

    def put(self, graph: str, triples: Iterable[Triple]) -> None:
        """Replace the named graph ``graph`` by ``triples``.

        :raises EndpointError: when a remote service does not take it.
        """


__all__ = ["Rows", "Store"]
