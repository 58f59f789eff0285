"""Reports as RDF, read by rdflib, which shares no code with what wrote them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from click.testing import CliRunner
from rdflib import Graph, Namespace

from comity.cli import app

C = Namespace("https://w3id.org/comity/ns#")
ROOT = Path(__file__).resolve().parents[2]
BATTERY = ROOT / "examples" / "ev-battery"
ON = ("--on", "2031-08-18", "--case", BATTERY / "case.toml", "--trust", BATTERY / "trust.toml")


def run(*arguments: str | Path) -> str:
    """Return what a command writes."""
    result = CliRunner().invoke(app.comity, [str(a) for a in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


def graph(turtle: str) -> Graph:
    """Read Turtle."""
    return Graph().parse(data=turtle, format="turtle")


@cache
def examples() -> tuple[str, Graph]:
    """Return the report of all examples, as JSON and as a graph."""
    arguments = ("check", ROOT / "examples", "--market", "eu", "--market", "ca-bc", *ON)
    return run(*arguments, "--format", "json"), graph(run(*arguments, "--format", "turtle"))


@cache
def vocabulary() -> Graph:
    """Read the vocabulary."""
    return Graph().parse(ROOT / "ontology" / "comity.ttl")
