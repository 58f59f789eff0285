"""Judge in bulk: claims, routes and requirements as tables, one SQL text, DuckDB in this process.

The text (``bulk.sql``) says what each table is for; :mod:`comity.engines.bulk` makes them of a question.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import pyarrow as pa
from duckdb import DuckDBPyConnection

_TEXT = files("comity.engines") / "bulk.sql"

_NAME, _FLAG, _RANK = pa.string(), pa.bool_(), pa.int32()

SCHEMAS: Mapping[str, pa.Schema] = {
    "evidence": pa.schema(
        {"evidence": pa.int64(), "subject": _NAME, "criterion": _NAME, "fact": _NAME, "rank": _RANK}
        | {"admission": _FLAG, "valid": _FLAG, "assumed": _FLAG, "unverified": _FLAG}
    ),
    "roles": pa.schema({"evidence": pa.int64(), "role": _NAME}),
    "routes": pa.schema({"fact": _NAME, "source": _NAME, "target": _NAME, "verified": _FLAG, "scope": _NAME}),
    "together": pa.schema(
        {"rule": _NAME, "fact": _NAME, "member": _NAME, "target": _NAME, "size": pa.int64(), "verified": _FLAG}
    ),
    "lifts": pa.schema({"criterion": _NAME, "fact": _NAME, "verified": _FLAG}),
    "links": pa.schema({"high": _NAME, "low": _NAME}),
    "within": pa.schema({"subject": _NAME, "scope": _NAME}),
    "requirements": pa.schema({"requirement": _NAME, "criterion": _NAME, "rank": _RANK, "role": _NAME}),
    "subjects": pa.schema({"subject": _NAME, "kind": _NAME}),
    "applies": pa.schema({"requirement": _NAME, "kind": _NAME}),
}
"""The tables, with their columns (docs/bulk.md)."""

_FOUND = {
    "bearing": "evidence BIGINT, subject VARCHAR, fact VARCHAR, source VARCHAR, target VARCHAR, scope VARCHAR, "
    "ranks INTEGER, admission BOOLEAN, checked BOOLEAN",
    "found_against": "subject VARCHAR, criterion VARCHAR, shown INTEGER, admitted INTEGER, "
    "shown_checked INTEGER, admitted_checked INTEGER",
    "found_for": "subject VARCHAR, criterion VARCHAR, role VARCHAR, ranks INTEGER",
}

_MORE = {
    "not-all": "INSERT INTO found_against SELECT * FROM next_against EXCEPT SELECT * FROM found_against",
    "all": "INSERT INTO found_for SELECT * FROM next_for EXCEPT SELECT * FROM found_for",
}
"""What several facts together, choices and lifts say that was not said yet. What speaks against comes first."""

Tables = Mapping[str, pa.Table | Path]
"""Name to a table, or to a Parquet file, by the names in :data:`SCHEMAS`; one that is left out is empty."""


def judge_bulk(connection: DuckDBPyConnection, tables: Tables) -> pa.Table:
    """Judge every requirement for every subject that it applies to.

    :param connection: where the tables are registered, and the views of the text made.
    :returns: ``requirement``, ``subject``, ``verdict``, which is ``satisfied``, ``failed`` or ``conflicting``; a pair
        that has no row is neither. The rows stand in no order.
    :raises KeyError: for a table that the text does not know.
    """
    for name in tables:
        SCHEMAS[name]
    for name, schema in SCHEMAS.items():
        _put(connection, name, tables.get(name, schema.empty_table()))
    for name, columns in _FOUND.items():
        connection.execute(f"CREATE OR REPLACE TEMPORARY TABLE {name} ({columns})")
    connection.execute(_TEXT.read_text("utf-8"))
    connection.execute("INSERT INTO bearing SELECT * FROM counted")
    for fact, more in _MORE.items():
        _settle(connection, fact, more)
    return connection.sql("SELECT * FROM verdicts").to_arrow_table()


def write(tables: Mapping[str, pa.Table], folder: Path) -> dict[str, Path]:
    """Write each table as a Parquet file of its name.

    :param folder: is there.
    :returns: what :func:`judge_bulk` takes.
    """
    from pyarrow import parquet

    written = {name: folder / f"{name}.parquet" for name in tables}
    for name, path in written.items():
        parquet.write_table(tables[name], path)
    return written


def _put(connection: DuckDBPyConnection, name: str, content: pa.Table | Path) -> None:
    if isinstance(content, Path):
        read = connection.read_parquet(str(content))
        read.create_view(name, replace=True)
    else:
        connection.register(name, content)


def _settle(connection: DuckDBPyConnection, fact: str, more: str) -> None:
    """Repeat ``more`` until it adds nothing; where no rule gives the fact, it never does."""
    rules = "SELECT 1 FROM together WHERE fact = $1 UNION ALL SELECT 1 FROM lifts WHERE fact = $1"
    if connection.execute(rules, [fact]).fetchone() is None:
        return
    while connection.execute(more).fetchall() != [(0,)]:
        pass
