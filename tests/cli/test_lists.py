"""markets, schemes, explain and query: small commands on the knowledge alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from comity.cli import app


@pytest.fixture(scope="module")
def tea(root: Path) -> str:
    return str(root / "tests" / "cases" / "report" / "explain")


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app.comity, arguments, input=stdin)


def test_markets_list_has_the_users_own(tea: str) -> None:
    result = run("markets", "list", "--with", tea, "--format", "json")
    rows = {row["market"]: row for row in json.loads(result.stdout)}
    assert result.exit_code == 0
    assert rows["tea-room"] == {
        "market": "tea-room",
        "requirements": "1",
        "authority": "reviewed",
        "checked_on": "2026-01-01",
        "label": "The tea room",
    }


def test_markets_show_lists_requirements(tea: str, tmp_path: Path) -> None:
    target = tmp_path / "room.json"
    result = run("markets", "show", "TEA-ROOM", "--with", tea, "-o", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    assert [r["requirement"] for r in json.loads(target.read_text("utf-8"))] == ["tea-room-hot"]


def test_an_unknown_market_gets_the_nearest() -> None:
    result = run("markets", "show", "euu")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: unknown market 'euu'. Did you mean eu?\n"


def test_schemes_list_counts_criteria(tea: str) -> None:
    result = run("schemes", "list", "--with", tea)
    line = next(line for line in result.stdout.splitlines() if line.startswith("tea-1 "))
    assert (result.exit_code, line.split()[1]) == (0, "13")


def test_schemes_show_lists_criteria(tea: str) -> None:
    result = run("schemes", "show", "tea-1", "--with", tea)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1].split() == [
        "tea-1-clean",
        "performance",
        "product",
        "read-in-source",
        "Clean",
        "pot",
    ]


def test_an_unknown_scheme_gets_the_nearest(tea: str) -> None:
    result = run("schemes", "show", "tee-1", "--with", tea)
    assert result.exit_code == 2
    assert "Did you mean tea-1" in result.stderr


def test_schemes_check_is_quiet_about_sound_files(tea: str) -> None:
    result = run("schemes", "check", tea)
    assert (result.exit_code, result.stdout) == (0, "No problems.\n")


def test_schemes_check_names_file_and_line(tea: str, tmp_path: Path) -> None:
    text = (
        (Path(tea) / "tea.ttl")
        .read_text("utf-8")
        .replace("comity:whole <https://tea.example/rules/1/good>", "comity:whole []")
    )
    broken = tmp_path / "broken.ttl"
    broken.write_text(text, "utf-8")
    result = run("schemes", "check", str(broken), "--format", "json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert ("error", "blank-node") in {(f["severity"], f["code"]) for f in found}
    assert all(f["place"].startswith(f"{broken} line ") for f in found)


def test_explain_prints_a_page(tea: str) -> None:
    result = run("explain", "tea-1-hot", "--with", tea, "--on", "2026-01-01")
    assert result.exit_code == 0
    assert result.stdout.startswith("tea-1-hot  Hot water\n")
    assert json.loads(run("explain", "blank-node", "--format", "json").stdout)["code"] == "blank-node"


def test_explain_refuses_an_unknown_name(tea: str) -> None:
    result = run("explain", "tea-1-hoot", "--with", tea)
    assert result.exit_code == 2
    told = "Error: unknown rule, mapping, fact, code or doubt 'tea-1-hoot'. Did you mean tea-1-hot"
    assert result.stderr.startswith(told)


MARKETS = """
PREFIX comity: <https://w3id.org/comity/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?name { GRAPH ?g { ?m a comity:Market ; skos:notation ?name } }
"""


def test_a_query_is_read_from_standard_input(tea: str) -> None:
    result = run("query", "-", "--with", tea, "--format", "csv", stdin=MARKETS)
    assert result.exit_code == 0
    assert "tea-room" in result.stdout.splitlines()


def test_a_query_takes_parameters_from_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "echo.rq"
    file.write_text('SELECT ?x {\n  VALUES ?x { "none" }\n}', "utf-8")
    assert run("query", str(file), "--format", "csv").stdout == "x\nnone\n"
    result = run("query", str(file), "-p", "x=b", "-p", "x=a=1", "--format", "csv")
    assert result.stdout == "x\na=1\nb\n"
    assert run("query", str(file), "-p", "y=1").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name a query, a file or '-'"),
        (["no-such-query-at-all"], "unknown query 'no-such-query-at-all'"),
        (["-", "-p", "x"], "'x' is no parameter; write NAME=VALUE"),
        (["-", "a.json", "--endpoint", "http://localhost:1"], "a server answers from what it holds"),
        (["-"], "this is no SPARQL query: it is empty"),
    ],
)
def test_a_query_that_cannot_be_asked_is_refused(arguments: list[str], said: str) -> None:
    result = run("query", *arguments, stdin="")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_service_in_a_query_is_refused() -> None:
    result = run("query", "-", stdin="SELECT * { SERVICE <http://elsewhere.example/> { ?s ?p ?o } }")
    assert result.exit_code == 2
    assert "SERVICE" in result.stderr


def test_the_list_of_queries_says_what_each_answers() -> None:
    rows = json.loads(run("query", "--list", "--format", "json").stdout)
    assert rows
    assert all(r["question"] and r["audience"] for r in rows)


@pytest.mark.parametrize("command", [["query", "-"], ["push"]])
def test_an_endpoint_that_cannot_be_reached_is_named(command: list[str]) -> None:
    result = run(*command, "--endpoint", "http://127.0.0.1:9", stdin=MARKETS)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: http://127.0.0.1:9")


def test_what_comes_with_comity_is_checked_when_nothing_is_named() -> None:
    """It is sound: all that is said of it are notes, such as that an edition has a newer one."""
    result = run("schemes", "check", "--format", "json")
    assert result.exit_code == 0, result.output
    assert {f["severity"] for f in json.loads(result.stdout)} == {"info"}
