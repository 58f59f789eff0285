"""Query files: their headers, their parameters, and how they are found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, Store

from comity.engines.queries import Query, catalogue, find, parse
from comity.model.errors import QueryError, UnknownNameError
from comity.stores import guard

QUERIES = catalogue()
KINDS = {"rule", "market", "version", "authority", "date", "text"}
SIMPLE = parse(
    "simple",
    "# title: Simple\n"
    "# parameter rule (rule): the rule\n"
    "# parameter on (date): the day,\n"
    "#   written out\n"
    "# parameter iri: an IRI\n# parameter least: a number\n# parameter any: anything\n"
    'SELECT * WHERE {\n  VALUES ?rule { "a-1" }\n  VALUES ?on { "2031-08-18"^^xsd:date }\n'
    "  VALUES ?iri { <urn:a> }\n  VALUES ?least { 3 }\n  VALUES ?any { UNDEF }\n  VALUES (?x ?y) { (1 2) }\n"
    "  VALUES ?own { 1 }\n}",
)


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_a_header_says_all_that_the_query_has(query: Query, root: Path) -> None:
    assert query.title
    assert query.question.endswith("?")
    assert query.covers
    assert query.leaves_out
    assert (root / "queries" / query.audience / f"{query.name}.rq").is_file()
    answer = Store().query(query.text)
    assert isinstance(answer, QuerySolutions)
    assert [c.name for c in query.columns] == [v.value for v in answer.variables]
    assert all(p.description and p.kind in KINDS for p in query.parameters)
    assert query.text.count("# parameter ") == len(query.parameters) == len({p.name for p in query.parameters})
    assert all(len(p.defaults) == 1 for p in query.parameters)


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_a_query_may_run_anywhere(query: Query) -> None:
    assert guard.form(query.text) == "SELECT"
    assert guard.is_ordered(query.text)


def test_there_are_queries_for_each_audience() -> None:
    assert {q.audience for q in QUERIES} == {"analysts", "exporters", "standards-bodies"}
    assert len({q.name for q in QUERIES}) == len(QUERIES) >= 10


def test_a_field_goes_on_in_indented_lines() -> None:
    assert SIMPLE.parameter("on").description == "the day, written out"
    assert [p.name for p in SIMPLE.parameters] == ["rule", "on", "iri", "least", "any"]


def test_values_take_the_form_of_the_default() -> None:
    given = {
        "rule": ["b-2", 'a "quoted" \\ one'],
        "on": ["2027-02-18"],
        "iri": ["urn:b"],
        "least": ["2.5"],
        "any": ["x"],
    }
    text = SIMPLE.bind(given)
    assert 'VALUES ?rule { "b-2" "a \\"quoted\\" \\\\ one" }' in text
    assert 'VALUES ?on { "2027-02-18"^^xsd:date }' in text
    assert "VALUES ?iri { <urn:b> }" in text
    assert "VALUES ?least { 2.5 }" in text
    assert 'VALUES ?any { "x" }' in text
    assert "VALUES (?x ?y) { (1 2) }" in text


def test_without_a_header_every_block_is_a_parameter() -> None:
    query = parse("bare", "SELECT * {\n  VALUES ?a { 1 }\n  VALUES ?b { <urn:x> <urn:y> }\n}")
    assert [(p.name, p.defaults) for p in query.parameters] == [("a", ("1",)), ("b", ("<urn:x>", "<urn:y>"))]


def test_nothing_given_changes_nothing() -> None:
    assert SIMPLE.bind({}) == SIMPLE.text


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("on", "2025-02-30", "not a day of the calendar"),
        ("on", "20250228", "not a day of the calendar"),
        ("iri", "urn:a> } SERVICE <http://x/", "is not an IRI"),
        ("iri", "nothing", "is not an IRI"),
        ("least", "3 } #", "is not a number"),
    ],
)
def test_a_value_that_cannot_be_is_refused(name: str, value: str, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        SIMPLE.bind({name: [value]})


def test_a_word_of_a_scale_is_checked() -> None:
    with pytest.raises(QueryError, match="'review' is none of inferred, suggested, draft, reviewed"):
        find("rows-to-review").bind({"authority": ["review"]})


def test_a_value_cannot_leave_its_quotes() -> None:
    text = SIMPLE.bind({"rule": ['" } SERVICE <http://x/> { ?s ?p ?o } #\n']})
    assert guard.form(text) == "SELECT"


def test_an_unknown_parameter_is_named_with_what_is_near() -> None:
    with pytest.raises(
        UnknownNameError, match="unknown parameter of rows-to-review 'autority'. Did you mean authority"
    ):
        find("rows-to-review").bind({"autority": ["draft"]})


def test_an_unknown_query_is_named_with_what_is_near() -> None:
    with pytest.raises(UnknownNameError, match="unknown query 'expired-evidense'. Did you mean expired-evidence"):
        find("expired-evidense")
    with pytest.raises(UnknownNameError, match="Did you mean coverage-matrix"):
        find("coverage")


def test_a_query_of_the_users_own_is_read(tmp_path: Path) -> None:
    own = tmp_path / "mine.rq"
    own.write_text("\ufeff# title: Mine\nSELECT ?s { ?s ?p ?o }", "utf-8")
    assert (find(str(own)).name, find(str(own)).title) == ("mine", "Mine")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="absent.rq cannot be read: No such file"):
        find(str(tmp_path / "absent.rq"))
    (tmp_path / "wide.rq").write_bytes("SELECT * { ?s ?p ?o }".encode("utf-16"))
    with pytest.raises(QueryError, match="wide.rq is not UTF-8"):
        find(str(tmp_path / "wide.rq"))


def test_the_docs_list_every_query_and_its_parameters(root: Path) -> None:
    lines = (root / "docs" / "data-model.md").read_text("utf-8").splitlines()
    listed = {line for line in lines if line.startswith("| `") and line.count("|") == 4}
    for query in QUERIES:
        parameters = " ".join(
            f"`{p.name}`," for p in sorted(query.parameters, key=lambda p: query.text.index(f"# parameter {p.name}"))
        )
        cells = (f"`{query.name}`", query.audience.replace("-", " "), parameters.rstrip(","))
        assert f"| {' | '.join(cells)} |".replace("|  |", "| |") in listed


def test_the_docs_name_only_terms_that_exist(root: Path) -> None:
    """Every class, property and individual drawn or named on the page is one of the vocabulary's."""
    page = (root / "docs" / "data-model.md").read_text("utf-8")
    vocabulary = (root / "ontology" / "comity.ttl").read_text("utf-8")
    drawn = set(re.findall(r"comity:([A-Za-z]\w+)", page))
    for diagram in re.findall(r"```mermaid\n(.*?)```", page, re.DOTALL):
        for line in diagram.splitlines()[2:]:
            words = re.split(r"[\s;{},:]+", re.sub(r'"[^"]*"|-->|<--|^\s*class\b', " ", line))
            drawn |= {w for w in words if w and "_" not in w}
    assert len(drawn) > 80
    assert {term for term in drawn if f"\ncomity:{term} a " not in vocabulary} == set()
