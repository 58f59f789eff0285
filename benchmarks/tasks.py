"""What is measured of Comity, each in a process of its own."""

from __future__ import annotations

import gc
import random
from collections.abc import Callable, Mapping
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks.measure import main, peak, timed
from benchmarks.worlds import library, ties_of
from comity.algebra.edges import Travel
from comity.algebra.glue import masses
from comity.algebra.reach import BOUND, ExplodesError, Reached, following, leading
from comity.algebra.ties import Ties
from comity.knowledge import bulk

ON = date(2026, 11, 23)


def read(path: str) -> Mapping[str, object]:
    """Read a mapping set into objects: every cell checked, every row with its line."""
    from comity.formats import sssom
    from comity.knowledge.ends import Texts
    from comity.knowledge.problems import Problems
    from comity.knowledge.rows import read_rows

    found: dict[str, Any] = {}
    problems = Problems()
    with timed(found, "time"):
        rows = read_rows([sssom.read(Path(path).read_bytes(), path)], Texts({}, {}, {}, ON), problems)
    return {**found, "rows": len(rows), "errors": sum(f.severity.value == "error" for f in problems.findings)}


def read_table(path: str) -> Mapping[str, object]:
    """Read a mapping set into a table: every cell checked, every row with its line."""
    found: dict[str, Any] = {}
    with timed(found, "time"):
        rows = _rows(path)
    return {**found, "rows": len(rows.keys), "errors": len(rows.findings)}


def schemes(path: str) -> Mapping[str, object]:
    """Find the facts that each scheme gives of all others, with proofs."""
    found: dict[str, Any] = {}
    rows = _rows(path)
    with timed(found, "tie"):
        ties = Ties.of(rows.table)
    names = ties.table.names  # sorted, so that those of a scheme stand together
    by_scheme = [list(members) for _, members in groupby(names, key=lambda name: name.rpartition("/")[0])]
    with timed(found, "all"):
        facts = sum(_proofs(following(ties, criteria)) for criteria in by_scheme)
    each: list[float] = []
    for criteria in by_scheme:
        one: dict[str, Any] = {}
        with timed(one, "time"):
            _proofs(following(ties, criteria))
        each.append(one["time"])
    with timed(found, "criteria"):
        pairs = sum(_proofs(following(ties, [name])) for name in names)
    return {**found, "one": each, "schemes": len(by_scheme), "facts": facts, "pairs": pairs}


def market(path: str, requirements: str, bound: str = str(BOUND), mass: str = "1000") -> Mapping[str, object]:
    """Load a large network, then find what some requirements follow from, with proofs."""
    found: dict[str, Any] = {}
    with timed(found, "load"):
        rows = _rows(path)
        ties = Ties.of(rows.table)
    memory = peak()
    gc.collect()
    gc.freeze()  # the network stays: there is nothing in it to look for
    asked = random.Random(5).sample(list(ties.table.names), int(requirements))
    proofs = exploding = 0
    with timed(found, "each"):
        for criterion in asked:
            try:
                proofs += _proofs(leading(ties, [criterion], int(bound)))
            except ExplodesError:
                exploding += 1
    with timed(found, "together"):
        together = _proofs(leading(ties, asked))
    with timed(found, "glue"):
        glued = masses(ties, int(mass))
    wrong = ["wrong" in rows.keys[r] for m in glued for r in m.rows]
    counts = {"exploding": exploding, "proofs": proofs, "together_proofs": together, "masses": len(glued)}
    counts |= {"mass": max((len(m.criteria) for m in glued), default=0)}
    counts |= {"named": len(wrong), "wrong": sum(wrong), "first_wrong": sum(wrong[:20])}
    return {**found, "memory": memory, "peak": peak(), "rows": len(rows.keys), **counts}


def closure(criteria: str, rows: str) -> Mapping[str, object]:
    """Find all pairs of which the one guarantees the other, each with a proof."""
    world = library(1, schemes=35, criteria=int(criteria), rows=int(rows))
    found: dict[str, Any] = {}
    with timed(found, "time"):
        ties = ties_of(world)
        pairs = sum(len(following(ties, [name]).proofs(Travel.COVERS)) - 1 for name in ties.table.names)
    return {**found, "pairs": pairs}


JOIN = """SELECT q.requirement, e.subject, e.rank, e.admission, e.assumed, e.unverified, o.role
FROM evidence e
JOIN routes r ON r.fact = e.fact AND r.source = e.criterion
JOIN requirements q ON q.criterion = r.target
LEFT JOIN roles o ON o.evidence = e.evidence
JOIN subjects s ON s.subject = e.subject
WHERE e.valid AND EXISTS (SELECT 1 FROM applies a WHERE a.requirement = q.requirement AND a.kind = s.kind)"""
"""The bare join: all tables that the verdicts need, and nothing of what they mean."""

NARROW = """SELECT q.requirement, e.subject, e.rank
FROM evidence e
JOIN routes r ON r.fact = e.fact AND r.source = e.criterion
JOIN requirements q ON q.criterion = r.target"""
"""A join of three tables only: which claims bear on which requirement."""


def judged(folder: str, repeats: str) -> Mapping[str, object]:
    """Judge claims in Parquet, and join them, in turn; each time from a new connection."""
    import duckdb

    from comity.engines.sql import judge_bulk

    files = {path.stem: path for path in sorted(Path(folder).glob("*.parquet"))}
    found: dict[str, list[float]] = {"judge": [], "join": [], "narrow": []}
    counts: dict[str, object] = {}
    for turn in range(int(repeats) + 1):
        for name, text in (("join", JOIN), ("narrow", NARROW), ("judge", "")):
            one: dict[str, Any] = {}
            with timed(one, "time"), duckdb.connect() as connection:
                if text:
                    for table, path in files.items():
                        connection.read_parquet(str(path)).create_view(table)
                    answer = connection.sql(text).to_arrow_table()
                else:
                    answer = judge_bulk(connection, files)
            counts[f"{name}_rows"] = answer.num_rows
            if turn:  # the first finds nothing in the file cache
                found[name].append(one["time"])
    return {**found, **counts}


def _rows(path: str) -> bulk.BulkRows:
    with Path(path).open(encoding="utf-8-sig", newline="") as text:
        return bulk.read([(path, text)], ON)


def _proofs(reached: Reached) -> int:
    """Make all proofs, and count them."""
    return sum(len(reached.proofs(travel)) for travel in Travel)


TASKS: Mapping[str, Callable[..., Mapping[str, object]]] = {
    "read": read,
    "read_table": read_table,
    "schemes": schemes,
    "market": market,
    "closure": closure,
    "judged": judged,
}

if __name__ == "__main__":
    main(TASKS)
