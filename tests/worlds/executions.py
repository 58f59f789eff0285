"""One meaning, executed in four ways; each tells of every requirement and subject: satisfied, failed or neither."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from duckdb import connect
from rdflib import Graph
from tests.worlds.asked import by_query
from tests.worlds.shrinking import show, shrink
from tests.worlds.world import World

from comity.engines import entail, shacl
from comity.engines.bulk import tables
from comity.engines.graph import EvidenceGraph, bindings, evidence_graph
from comity.engines.shapes import market_shapes
from comity.engines.sql import SCHEMAS, judge_bulk
from comity.model.scales import Verdict

Answers = Mapping[str, str]
"""Id of a judgement to ``satisfied``, ``failed`` or ``neither``."""

Execution = Callable[[Sequence[World]], Answers]

BATCH = 20
"""Worlds in one graph for OWL RL; the time for a graph grows faster than the graph."""

VOCABULARY = Path(__file__).parents[2] / "ontology" / "comity.ttl"

TOLD = {Verdict.SATISFIED: "satisfied", Verdict.FAILED: "failed"}


class DisagreementError(AssertionError):
    """Two executions do not say the same of a world; the message is the smallest such world that was found."""


def compare(worlds: Sequence[World], name: str) -> Counter[str]:
    """Hold one execution to the engine.

    :param name: of the execution, in :data:`EXECUTIONS`.
    :returns: how often it said satisfied, failed and neither.
    :raises DisagreementError: with a small example.
    """
    told = EXECUTIONS[name](worlds)
    wrong = differing(worlds, name, told)
    if wrong:
        world = next(w for w in worlds if wrong[0].startswith(f"{w.market.iri}/"))
        raise DisagreementError(example(world, name))
    return Counter(told.values())


def differing(worlds: Sequence[World], name: str, told: Answers | None = None) -> Sequence[str]:
    """Name the judgements of which an execution says something else than the engine."""
    expected = by_engine(worlds)
    told = EXECUTIONS[name](worlds) if told is None else told
    missing = set[str]() if name == BY_HAND else set(expected) - set(told)
    return sorted(missing | {k for k, verdict in told.items() if expected.get(k) != verdict})


def example(world: World, name: str) -> str:
    """Shrink a world on which an execution is not held, and say what each makes of it."""
    small = shrink(world, lambda w: bool(differing([w], name)))
    lines = [show(small), ""]
    expected, told = by_engine([small]), EXECUTIONS[name]([small])
    for judgement in small.judgements:
        said = told.get(judgement.id, "nothing")
        if said != expected[judgement.id]:
            what = f"{judgement.notation} of {judgement.subject.label}"
            lines.append(f"{what}: the engine says {judgement.verdict} ({judgement.reason}), {name} says {said}")
    return "\n".join(lines)


def by_engine(worlds: Sequence[World]) -> Answers:
    """Judge as ``comity check`` does."""
    judged = (j for world in worlds for j in world.judgements)
    return {j.id: TOLD.get(j.verdict, "neither") if j.verdict else "neither" for j in judged}


def by_owl(worlds: Sequence[World]) -> Answers:
    """Judge by OWL RL and SHACL, up to twenty worlds in one graph: their IRIs are disjoint."""
    if len(worlds) > BATCH:
        parts = [by_owl(worlds[n : n + BATCH]) for n in range(0, len(worlds), BATCH)]
        return {name: verdict for part in parts for name, verdict in part.items()}
    graphs = [evidence_graph(world.question, world.market) for world in worlds]
    one = EvidenceGraph(
        tuple(b for g in graphs for b in g.bindings),
        tuple(t for g in graphs for t in g.facts),
        tuple(t for g in graphs for t in g.applied),
        (),
        (),
    )
    shapes = Graph()
    for world in worlds:
        shapes += shacl.parse(market_shapes(world.market).encode())
    found = shacl.check(one, shapes, _vocabulary())
    return {name: "satisfied" if c.conforms else "failed" if c.failed else "neither" for name, c in found.items()}


def by_sparql(worlds: Sequence[World]) -> Answers:
    """Judge by rules and a query in SPARQL on Oxigraph, each world in a store of its own."""
    vocabulary = VOCABULARY.read_bytes()
    graphs = (evidence_graph(world.question, world.market) for world in worlds)
    return {name: verdict for g in graphs for name, verdict in entail.verdicts(g, vocabulary).items()}


BY_HAND = "the query asked by hand"

EXECUTIONS: Mapping[str, Execution] = {
    "OWL RL and SHACL": lambda worlds: by_owl(worlds),
    "SPARQL": lambda worlds: by_sparql(worlds),
    "SQL": lambda worlds: by_sql(worlds),
    BY_HAND: lambda worlds: by_query(worlds),
}
"""Those that are held to the engine, by name. The last answers for what its header says that it covers."""


@cache
def _vocabulary() -> Graph:
    return shacl.read([VOCABULARY])


def by_sql(worlds: Sequence[World]) -> Answers:
    """Judge by the bulk SQL on DuckDB, all worlds in the same tables."""
    told = {f"{b.requirement.iri}#{b.subject.key}": "neither" for w in worlds for b in bindings(w.question, w.market)}
    found = judge_bulk(connect(), together([tables(w.question, w.market) for w in worlds]))
    for row in found.to_pylist():
        if row["verdict"] != "conflicting":
            told[f"{row['requirement']}#{row['subject']}"] = row["verdict"]
    return told


def together(parts: Sequence[Mapping[str, pa.Table]]) -> dict[str, pa.Table]:
    """Put the tables of several worlds into one set; numbers of evidence and kinds are made to differ."""
    moved: list[dict[str, pa.Table]] = []
    shift = 0
    for n, part in enumerate(parts):
        one = dict(part)
        for name in ("evidence", "roles"):
            numbers = pc.add(one[name]["evidence"], shift)
            one[name] = one[name].set_column(0, "evidence", numbers)
        for name in ("subjects", "applies"):
            kinds = pc.binary_join_element_wise(one[name]["kind"], str(n), "-")
            one[name] = one[name].set_column(1, "kind", kinds)
        shift += part["evidence"].num_rows
        moved.append(one)
    return {name: pa.concat_tables([m[name] for m in moved]) for name in SCHEMAS}
