"""Every query of the catalogue answers what people worked out by hand, in two engines."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from comity.engines.queries import catalogue, find
from comity.stores.embedded import EmbeddedStore

CASES = Path(__file__).resolve().parent.parent / "cases" / "queries"
NAMES = sorted(f.name for f in CASES.iterdir() if f.is_dir())


def _case(name: str) -> tuple[str, str, list[str], list[list[str]]]:
    """Return the query with the case's parameters, the data, the columns and the rows expected."""
    lines = (CASES / name / "expected.csv").read_text("utf-8").splitlines()
    parameters: dict[str, list[str]] = {}
    for line in lines:
        if line.startswith("# -p "):
            key, _, value = line.removeprefix("# -p ").partition("=")
            parameters.setdefault(key, []).append(value)
    columns, *rows = csv.reader(line for line in lines if line and not line.startswith("#"))
    query = name.partition(".")[0]
    asked = next(f for n in (name, query) if (f := CASES / n / "data.trig").is_file())
    data = (CASES / "common.trig").read_text("utf-8") + asked.read_text("utf-8")
    return find(query).bind(parameters), data, columns, rows


def _oxigraph(data: str) -> EmbeddedStore:
    graphs: dict[str, list[Triple]] = {}
    for quad in parse(data, RdfFormat.TRIG):
        assert isinstance(quad.graph_name, NamedNode)
        graphs.setdefault(quad.graph_name.value, []).append(quad.triple)
    store = EmbeddedStore()
    for graph, triples in graphs.items():
        store.put(graph, triples)
    return store


def _text(value: object) -> str:
    """Write a term without the needless zeros of a number, which engines keep or drop."""
    return "" if value is None else re.sub(r"(\d+)\.0+\b", r"\1", str(value))


@pytest.mark.parametrize("name", NAMES)
def test_oxigraph_answers_what_was_expected(name: str) -> None:
    query, data, columns, expected = _case(name)
    rows = _oxigraph(data).query(query)
    assert list(rows.columns) == columns
    assert [[_text(t.value if t else None) for t in row] for row in rows.rows] == expected


# rdflib 7.6 warns of its own use of names that it will drop.
@pytest.mark.filterwarnings(
    "ignore:Dataset:DeprecationWarning:rdflib", "ignore:ConjunctiveGraph:DeprecationWarning:rdflib"
)
@pytest.mark.parametrize("name", [n for n in NAMES if (CASES / n / "data.trig").is_file()])
def test_another_engine_answers_the_same(name: str) -> None:
    """A third party runs the file as it is, in rdflib, whose SPARQL engine shares no code with Oxigraph's."""
    query, data, columns, expected = _case(name)
    dataset = rdflib.Dataset()
    dataset.parse(data=data, format="trig")
    answer = dataset.query(query)
    assert [str(v) for v in answer.vars or ()] == columns
    rows = [[_text(value) for value in row] for row in answer if isinstance(row, rdflib.query.ResultRow)]
    assert sorted(rows) == sorted(expected)


def test_every_query_has_a_case_with_rows() -> None:
    with_rows = {name.partition(".")[0] for name in NAMES if _case(name)[3]}
    assert with_rows == {q.name for q in catalogue()}


def test_a_case_can_fail() -> None:
    """Other data, other rows; the row of one sort goes: too little of it says nothing of all sorts."""
    query, data, _, expected = _case("does-this-claim-satisfy-that-rule")
    changed = _oxigraph(data.replace("comity:value 12.0", "comity:value 2.0")).query(query)
    assert len(changed.rows) == len(expected) - 1
    assert [[_text(t.value if t else None) for t in row] for row in changed.rows] != expected
