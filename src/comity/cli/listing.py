"""Lists of records as text in columns or as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import click

from comity.cli import payload
from comity.model.places import Place

FORMATS = {"json": "json", "txt": "table"}
"""Extension to format."""

Row = Mapping[str, str | None]


def columns(rows: Sequence[Row]) -> str:
    """Write rows in aligned columns under their names; the last column is as wide as it likes.

    >>> print(columns([{"id": "a", "label": "One"}, {"id": "bbb", "label": None}]))
    id   label
    a    One
    bbb
    """
    table = [list(rows[0]), *([v or "" for v in row.values()] for row in rows)]
    widths = [max(len(line[i]) for line in table) for i in range(len(table[0]) - 1)] + [0]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in table)


def place(spot: Place) -> str:
    """Write where something stands; a document as a whole is just its name.

    >>> place(Place("a.json")), place(Place("a.json", "/type/0"))
    ('a.json', 'a.json $.type[0]')
    """
    return f"{spot.document} {spot.path}" if spot.pointer else spot.document


def as_json(value: object) -> str:
    """Write plain data as JSON, in the order given."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def emit(rows: Sequence[Row], form: str | None, target: str | None, none: str = "(none)") -> None:
    """Write rows to where the user wants them, in one of :data:`FORMATS`.

    :param none: what the table says when there are no rows.
    """
    chosen = payload.choose(form, target, FORMATS, "table")
    payload.write((columns(rows) if rows else none) if chosen == "table" else as_json([dict(r) for r in rows]), target)


FORMAT = click.option("--format", "form", type=click.Choice(["table", "json"]), help="How to write the list.")
