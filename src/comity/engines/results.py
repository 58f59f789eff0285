"""Answers of queries as text: a table to read, CSV and JSON as the SPARQL 1.1 recommendations write them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping

from comity.stores.rows import Rows, Term, TermKind

PREFIXES: Mapping[str, str] = {
    "comity": "https://w3id.org/comity/ns#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Namespaces that a table shortens."""


def as_table(rows: Rows) -> str:
    """Write aligned columns under their names, and the number of rows; the last column is as wide as it likes.

    >>> print(as_table(Rows(("n", "label"), ((Term.literal("1"), Term.literal("one")),))))
    n  label
    1  one
    (1 row)
    """
    count = f"({len(rows.rows)} {'row' if len(rows.rows) == 1 else 'rows'})"
    if not rows.rows:
        return count
    table = [list(rows.columns), *([_cell(t) for t in row] for row in rows.rows)]
    widths = [max(len(line[i]) for line in table) for i in range(len(rows.columns))]
    widths[-1] = 0
    lines = ["  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in table]
    return "\n".join([*lines, count])


def as_csv(rows: Rows) -> str:
    """Write the SPARQL 1.1 Query Results CSV Format (https://www.w3.org/TR/sparql11-results-csv-tsv/)."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(rows.columns)
    writer.writerows([_plain(t) for t in row] for row in rows.rows)
    return text.getvalue()


def as_json(rows: Rows) -> str:
    """Write the SPARQL 1.1 Query Results JSON Format (https://www.w3.org/TR/sparql11-results-json/)."""
    bindings = [
        {name: _object(t) for name, t in zip(rows.columns, row, strict=True) if t is not None} for row in rows.rows
    ]
    answer: dict[str, object] = {"head": {"vars": list(rows.columns)}, "results": {"bindings": bindings}}
    if rows.ask:
        answer = {"head": {}, "boolean": rows == Rows.answer(True)}
    return json.dumps(answer, ensure_ascii=False, indent=2)


FORMATS: Mapping[str, Callable[[Rows], str]] = {"table": as_table, "csv": as_csv, "json": as_json}
"""Name of a format to what writes it."""

EXTENSIONS: Mapping[str, str] = {"txt": "table", "csv": "csv", "json": "json", "srj": "json"}
"""Extension of a file to the name of its format."""


def _cell(term: Term | None) -> str:
    """Write a term on one line, with nothing that moves a terminal's cursor."""
    if term is None:
        return ""
    text = term.value
    if term.kind is TermKind.IRI:
        text = next((f"{p}:{text[len(ns) :]}" for p, ns in PREFIXES.items() if text.startswith(ns)), text)
    return "".join(c if c.isprintable() else " " for c in text)


def _plain(term: Term | None) -> str:
    if term is None:
        return ""
    return f"_:{term.value}" if term.kind is TermKind.BLANK else term.value


def _object(term: Term) -> dict[str, str]:
    found = {"type": term.kind.value, "value": term.value}
    if term.datatype:
        found["datatype"] = term.datatype
    if term.language:
        found["xml:lang"] = term.language
    return found
