"""The ways in which a report can be written; the command line offers what stands here."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Any

from comity.model.verdicts import Report
from comity.report.long import as_long
from comity.report.matrix import as_matrix
from comity.report.plain import as_json, as_text
from comity.report.rows import as_csv
from comity.report.table import as_table

Reporter = Callable[[Report], str]


def _json(report: Report) -> str:
    return as_text(as_json(report))


def _turtle(report: Report) -> str:
    # A store's library is loaded when somebody wants RDF.
    from comity.report.rdf import as_turtle

    return as_turtle(report)


REPORTERS: Mapping[str, Reporter] = {
    "table": as_table,
    "long": as_long,
    "json": _json,
    "csv": as_csv,
    "matrix": as_matrix,
    "turtle": _turtle,
}
"""Format to reporter."""

COLOURED: Mapping[str, Reporter] = {"table": partial(as_table, colour=True), "long": partial(as_long, colour=True)}
"""Format to what writes it for a terminal."""

EXTENSIONS: Mapping[str, str] = {"txt": "table", "json": "json", "csv": "csv", "ttl": "turtle"}
"""Extension of an output file to format."""


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of ``--format json``.

    >>> schema()["title"]
    'Comity report'
    """
    text = (files("comity.report") / "report.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
