"""Names that tables, options and reports find things by belong to one thing each."""

from __future__ import annotations

from comity.knowledge.graph import Graph
from comity.knowledge.vocabulary import NOTATION, NS, fold

UNIQUE = ("SchemeVersion", "Market")
"""Types of which no two things have one notation; criteria, facts and requirements are seen to where they are read."""

SHIPPED = ("Metric", "Dimension", "QualifierValue")
"""Types of which nothing has the notation of one that Comity ships: its tables name them so. Two editions of a user's
own may each bring a metric of one name."""


def check_notations(graph: Graph) -> None:
    """Report things that bear the notation of another of their type, and would take its place."""
    firsts: dict[tuple[str, ...], str] = {}
    for record in graph.of(*UNIQUE, *SHIPPED):
        within = record.iri_of(NS + "dimension") if record.sort == "QualifierValue" else ""
        notation = "".join(record.texts(NOTATION)[:1])
        first = firsts.setdefault((record.sort, within, fold(notation)), record.iri)
        if notation and first != record.iri and (record.sort in UNIQUE or graph.ships(first)):
            where = graph.records[first].place(NOTATION)
            message = f"its notation {notation!r} is that of <{first}> too ({where.document} {where.pointer})."
            record.fault("duplicate-notation", NOTATION, message, "Notations are unique.")
