"""Write the answers of a query: as a table, and in the W3C's results formats."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping

from comity.cli.listing import columns
from comity.stores.rows import Rows, Term, TermKind

EXTENSIONS = {"json": "json", "srj": "json", "csv": "csv", "tsv": "tsv", "txt": "table"}
"""Extension to format."""


def as_table(rows: Rows) -> str:
    """Write columns for a person; an IRI stands as it is."""
    if not rows.rows:
        return f"{'  '.join(rows.columns)}\n(no rows)"
    return columns([{c: t.value if t else None for c, t in zip(rows.columns, r, strict=True)} for r in rows.rows])


def as_csv(rows: Rows) -> str:
    """Write SPARQL 1.1 Query Results CSV (https://www.w3.org/TR/sparql11-results-csv-tsv/, section 3)."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(rows.columns)
    writer.writerows([_plain(t) for t in row] for row in rows.rows)
    return text.getvalue()


def as_tsv(rows: Rows) -> str:
    """Write SPARQL 1.1 Query Results TSV (the same, section 4)."""
    lines = ["\t".join(f"?{c}" for c in rows.columns), *("\t".join(_turtle(t) for t in row) for row in rows.rows)]
    return "\n".join(lines) + "\n"


def as_json(rows: Rows) -> str:
    """Write SPARQL 1.1 Query Results JSON (https://www.w3.org/TR/sparql11-results-json/)."""
    bindings = [{c: _object(t) for c, t in zip(rows.columns, row, strict=True) if t is not None} for row in rows.rows]
    head = {"vars": list(rows.columns)}
    return json.dumps({"head": head, "results": {"bindings": bindings}}, ensure_ascii=False, indent=2)


FORMATS: Mapping[str, Callable[[Rows], str]] = {"table": as_table, "json": as_json, "csv": as_csv, "tsv": as_tsv}


def _plain(term: Term | None) -> str:
    if term is None:
        return ""
    return f"_:{term.value}" if term.kind is TermKind.BLANK else term.value


def _turtle(term: Term | None) -> str:
    if term is None:
        return ""
    if term.kind is TermKind.IRI:
        return f"<{term.value}>"
    if term.kind is TermKind.BLANK:
        return f"_:{term.value}"
    quoted = json.dumps(term.value, ensure_ascii=False)
    return quoted + (f"@{term.language}" if term.language else f"^^<{term.datatype}>" if term.datatype else "")


def _object(term: Term) -> dict[str, str]:
    found = {"type": term.kind.value, "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype:
        found["datatype"] = term.datatype
    return found
