"""The bulk SQL: tables in, verdicts out, and nothing in the text that only one engine knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from comity.engines import sql
from comity.engines.sql import SCHEMAS, judge_bulk, write

TEXT = Path(sql.__file__).with_name("bulk.sql").read_text("utf-8")


def table(name: str, *rows: Iterable[object]) -> dict[str, pa.Table]:
    columns = zip(*rows, strict=True)
    return {name: pa.table([pa.array(c, f.type) for c, f in zip(columns, SCHEMAS[name], strict=True)], SCHEMAS[name])}


MARKET = {
    **table("requirements", ("R1", "a", 3, ""), ("R2", "b", 3, ""), ("R3", "b", 3, "lab")),
    **table("subjects", ("s", "goods"), ("t", "goods"), ("u", "tools")),
    **table("applies", ("R1", "goods"), ("R2", "goods"), ("R3", "goods"), ("R2", "tools")),
    **table(
        "routes",
        ("all", "a", "a", True, ""),
        ("all", "b", "b", True, ""),
        ("all", "a", "b", True, ""),
        ("not-all", "a", "a", True, ""),
        ("not-all", "b", "b", True, ""),
        ("not-all", "b", "a", True, ""),
    ),
}
"""Two rules, of which ``a`` covers ``b``; R3 asks for a role as well; R1 does not apply to tools."""


def judged(tables: Mapping[str, pa.Table | Path]) -> dict[tuple[str, str], str]:
    return {(r["requirement"], r["subject"]): r["verdict"] for r in judge_bulk(duckdb.connect(), tables).to_pylist()}


def said(*rows: tuple[str, str, str, int]) -> dict[str, pa.Table]:
    """Read (subject, criterion, fact, rank); evidence of rank 1 is the operator's own."""
    return table("evidence", *((n, *row, row[3] == 1, True, False, False) for n, row in enumerate(rows)))


def test_what_covers_satisfies_and_what_is_asked_of_others_does_not() -> None:
    tables = MARKET | said(("s", "a", "all", 3), ("u", "a", "all", 3), ("t", "b", "all", 3), ("t", "a", "all", 2))
    assert judged(tables) == {
        ("R1", "s"): "satisfied",
        ("R2", "s"): "satisfied",
        ("R2", "t"): "satisfied",
        ("R2", "u"): "satisfied",
    }


def test_a_role_is_asked_of_all_evidence() -> None:
    tables = MARKET | said(("s", "b", "all", 3), ("t", "b", "all", 3)) | table("roles", (0, "lab"))
    assert judged(tables)["R3", "s"] == "satisfied"
    assert ("R3", "t") not in judged(tables)


@pytest.mark.parametrize(
    ("rank", "against", "expected"),
    [
        (3, 3, {("R1", "s"): "failed", ("R2", "s"): "conflicting", ("R3", "s"): "conflicting"}),
        (3, 2, {("R1", "s"): "satisfied", ("R2", "s"): "satisfied"}),
        (2, 1, {("R1", "s"): "failed", ("R2", "s"): "conflicting", ("R3", "s"): "conflicting"}),
        (0, 1, {("R1", "s"): "failed", ("R2", "s"): "failed", ("R3", "s"): "failed"}),
    ],
)
def test_what_speaks_against_by_rank(rank: int, against: int, expected: dict[tuple[str, str], str]) -> None:
    """Semantics, section 7, step 4: equal standing conflicts; a weaker word is a challenge; an admission counts at
    any rank, and conflicts with what is no weaker than itself. Failing ``b`` fails the stricter ``a``."""
    met = ("s", "b", "all", rank) if against != 2 else ("s", "a", "all", rank)
    tables = MARKET | said(met, ("s", "b", "not-all", against))
    assert judged(tables) == expected


def test_what_is_contested_on_its_way_proves_nothing() -> None:
    """All of ``a`` passes ``a``, where a proof of equal rank stands against it; it may still end there."""
    tables = MARKET | said(("s", "a", "all", 3), ("s", "a", "not-all", 3))
    assert judged(tables) == {("R1", "s"): "conflicting"}


def test_several_facts_together_count_when_all_are_there() -> None:
    together = table("together", ("j", "all", "c", "a", 2, True), ("j", "all", "d", "a", 2, True))
    routes = pa.concat_tables(
        [MARKET["routes"], table("routes", ("all", "c", "c", True, ""), ("all", "d", "d", True, ""))["routes"]]
    )
    tables = MARKET | together | {"routes": routes}
    both = said(("s", "c", "all", 4), ("s", "d", "all", 3), ("t", "c", "all", 4))
    assert judged(tables | both) == {("R1", "s"): "satisfied", ("R2", "s"): "satisfied"}
    weak = said(("s", "c", "all", 4), ("s", "d", "all", 2))
    assert judged(tables | weak) == {}


def test_a_lift_carries_to_what_is_below() -> None:
    tables = MARKET | table("lifts", ("a", "all", True)) | table("links", ("t", "s"), ("s", "u"))
    found = judged(tables | said(("t", "a", "all", 3)))
    assert {s for (r, s) in found if r == "R2"} == {"s", "t", "u"}


def test_tables_are_read_from_parquet(tmp_path: Path) -> None:
    tables = MARKET | said(("s", "a", "all", 3))
    assert judged(write(tables, tmp_path)) == judged(tables) != {}


def test_what_is_left_out_is_empty() -> None:
    assert judged({}) == {}


def test_a_connection_can_be_used_again() -> None:
    """Nothing of the first question may be left in the second."""
    connection = duckdb.connect()
    assert judge_bulk(connection, MARKET | said(("s", "a", "all", 3))).num_rows == 2
    assert judge_bulk(connection, MARKET).num_rows == 0


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(KeyError, match="evidense"):
        judge_bulk(duckdb.connect(), {"evidense": SCHEMAS["evidence"].empty_table()})


def test_the_text_keeps_to_what_other_engines_run() -> None:
    """Every function called is one that DuckDB, DataFusion and Spark know by this name; nothing recurs."""
    code = re.sub(r"--[^\n]*", "", TEXT)
    assert set(re.findall(r"\b(\w+)\(", code)) <= {"bit_or", "bit_and", "COUNT"}
    assert not re.search(
        r"\b(RECURSIVE|QUALIFY|EXCLUDE|REPLACE\s*\(|UNNEST|LATERAL|LIST|STRUCT|MACRO)\b|::|\[|~|>>|<<|\^", code
    )
    assert all(s.strip().startswith("CREATE OR REPLACE TEMPORARY VIEW") for s in code.split(";") if s.strip())


def test_every_table_of_the_text_is_described(root: Path) -> None:
    described = (root / "docs" / "bulk.md").read_text("utf-8")
    for name, schema in SCHEMAS.items():
        line = next(x for x in described.splitlines() if x.startswith(f"| `{name}` |"))
        assert re.findall(r"`(\w+)`", line.split("|")[3])[0] == schema.names[0]
        assert all(f"`{column}`" in line for column in schema.names), name
