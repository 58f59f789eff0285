"""Answers are written in the formats that other tools read."""

from __future__ import annotations

import json

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, parse_query_results

from comity.engines.results import as_csv, as_json, as_table
from comity.stores.embedded import rows_of
from comity.stores.rows import XSD, Rows, Term, TermKind

ROWS = Rows(
    ("who", "what"),
    (
        (Term(TermKind.IRI, "https://w3id.org/comity/ns#thirdParty"), Term.literal('a "b", c\nd', language="en")),
        (Term(TermKind.BLANK, "b0"), Term.literal("16", XSD + "integer")),
        (None, Term.literal("\x1b[31mred")),
    ),
    ordered=True,
)


def test_a_table_is_aligned_and_moves_no_cursor() -> None:
    assert as_table(ROWS).splitlines() == [
        "who                what",
        'comity:thirdParty  a "b", c d',
        "b0                 16",
        "                    [31mred",
        "(3 rows)",
    ]
    assert as_table(Rows(("n",), ())) == "(0 rows)"


def test_csv_is_that_of_sparql() -> None:
    assert as_csv(ROWS) == (
        'who,what\r\nhttps://w3id.org/comity/ns#thirdParty,"a ""b"", c\nd"\r\n_:b0,16\r\n,\x1b[31mred\r\n'
    )


def test_json_is_read_back_by_another_reader() -> None:
    read = parse_query_results(as_json(ROWS).encode(), QueryResultsFormat.JSON)
    assert isinstance(read, QuerySolutions)
    assert rows_of(read, ordered=True).columns == ROWS.columns
    again = parse_query_results(as_json(ROWS).encode(), QueryResultsFormat.JSON)
    assert isinstance(again, QuerySolutions)
    assert rows_of(again, ordered=True) == ROWS


def test_ask_is_written_as_a_boolean() -> None:
    for value in (True, False):
        text = as_json(Rows.answer(value))
        assert json.loads(text) == {"head": {}, "boolean": value}
        assert isinstance(parse_query_results(text.encode(), QueryResultsFormat.JSON), QueryBoolean)


def test_a_column_called_answer_is_not_the_answer_of_ask() -> None:
    rows = Rows(("answer",), ((Term.literal("true", XSD + "boolean"),),))
    assert "results" in json.loads(as_json(rows))
