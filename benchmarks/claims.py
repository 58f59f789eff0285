"""Claims by the million and a market, as the tables of the bulk SQL."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

import pyarrow as pa

from benchmarks.worlds import library, ties_of
from comity.algebra.edges import Travel
from comity.algebra.reach import leading
from comity.engines.sql import SCHEMAS

BASE = "https://w3id.org/comity-bench/"
ROLE = "https://w3id.org/comity/role/body"
KINDS = 5


def tables(count: int, subjects: int, requirements: int, bearing: float) -> dict[str, pa.Table]:
    """Make claims against a market whose requirements are criteria of a library.

    :param count: claims and findings; three in a hundred speak against, four in ten are of a third party or better.
    :param bearing: share of them that is about a criterion from which a route leads to a requirement.
    """
    draw = random.Random(5)
    ties = ties_of(library(1, schemes=35, criteria=9_382, rows=76_555))
    names = ties.table.names
    asked = draw.sample(list(names), requirements)
    ways = {"all": Travel.COVERS, "not-all": Travel.COVERED_BY}
    routes = [
        (fact, _iri(names[source]), _iri(target), True, "")
        for target in asked
        for fact, travel in ways.items()
        for source in leading(ties, [target]).proofs(travel)
    ]
    near = sorted({source for _, source, *_ in routes})
    far = [iri for iri in draw.sample([_iri(n) for n in names], 2_000) if iri not in set(near)]
    things = [f"https://id.example/thing/{n:07}" for n in range(subjects)]
    ranks = draw.choices((1, 2, 3, 4), (5, 1, 3, 1), k=count)
    evidence = (
        range(count),
        draw.choices(things, k=count),
        [draw.choice(near if draw.random() < bearing else far) for _ in range(count)],
        draw.choices(("all", "not-all"), (97, 3), k=count),
        ranks,
        [rank == 1 for rank in ranks],
        [draw.random() < 0.95 for _ in range(count)],
        [draw.random() < 0.05 for _ in range(count)],
        [False] * count,
    )
    of_body = [n for n, rank in enumerate(ranks) if rank >= 3 and n % 2]
    named = [f"{_iri(c)}#required" for c in asked]
    rank_asked = [draw.choice((1, 3, 3, 4)) for _ in asked]
    role_asked = [draw.choice(("", "", "", ROLE)) for _ in asked]
    applies = [(name, f"kind-{kind}") for name in named for kind in range(KINDS) if draw.random() < 0.7]
    return {
        "evidence": _table("evidence", evidence),
        "roles": _table("roles", (of_body, [ROLE] * len(of_body))),
        "routes": _table("routes", list(zip(*routes, strict=True))),
        "requirements": _table("requirements", (named, [_iri(c) for c in asked], rank_asked, role_asked)),
        "subjects": _table("subjects", (things, [f"kind-{n % KINDS}" for n in range(subjects)])),
        "applies": _table("applies", list(zip(*applies, strict=True))),
    }


def _iri(curie: str) -> str:
    return BASE + curie.replace(":", "/")


def _table(name: str, columns: Iterable[Sequence[object]]) -> pa.Table:
    schema = SCHEMAS[name]
    return pa.table([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)
