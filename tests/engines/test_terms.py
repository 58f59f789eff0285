"""Every word of the vocabulary that a file of ours uses is defined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat
from tests.engines.test_graph import defined

ROOT = Path(__file__).resolve().parents[2]
NS = "https://w3id.org/comity/ns#"
TURTLE = sorted(
    p for folder in ("ontology", "shapes", "examples", "tests/cases/shapes") for p in (ROOT / folder).rglob("*.ttl")
)
WRITTEN = [*(ROOT / "queries").rglob("*.rq"), *(ROOT / "mappings").rglob("*.tsv"), *(ROOT / "examples").rglob("*.tsv")]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
PROVED = re.compile(r'\bcomity\("(\w+)"\)')
NAMED = re.compile(r"(?<![\w/.])comity:(\w+)")
STATED = re.compile(r"\b_(?:texts|dated)\((?:[^()]|\([^()]*\))*\)", re.DOTALL)


def terms(path: Path) -> Iterator[str]:
    for quad in pyoxigraph.parse(path=path, format=RdfFormat.TURTLE):
        for term in (quad.subject, quad.predicate, quad.object):
            iri = (
                term.datatype.value if isinstance(term, Literal) else term.value if isinstance(term, NamedNode) else ""
            )
            if iri.startswith(NS):
                yield iri


@pytest.mark.parametrize("path", TURTLE, ids=[str(p.relative_to(ROOT)) for p in TURTLE])
def test_turtle_uses_defined_words(path: Path) -> None:
    assert set(terms(path)) <= set(defined())


@pytest.mark.parametrize("path", sorted(WRITTEN), ids=[p.name for p in sorted(WRITTEN)])
def test_queries_and_mappings_use_defined_words(path: Path) -> None:
    text = "\n".join(line for line in path.read_text("utf-8").splitlines() if "PREFIX" not in line.upper())
    assert {NS + name for name in NAMED.findall(text)} <= set(defined())


def test_programs_write_defined_words() -> None:
    found = {NS + name for path in SOURCES for name in PROVED.findall(path.read_text("utf-8"))}
    assert len(found) > 50
    assert found <= set(defined())


def test_the_texts_of_documents_are_written_in_defined_words() -> None:
    """The serialiser names some predicates by keyword."""
    text = (ROOT / "src/comity/stores/serialise.py").read_text("utf-8")
    found = {name for call in STATED.findall(text) for name in re.findall(r"\b(\w+)=", call)}
    assert {"untpVersion", "citedIri", "validFrom", "linkKind"} <= found
    assert {NS + name for name in found} <= set(defined())


def test_the_words_are_defined_in_one_file() -> None:
    """Other files use the vocabulary; they do not add to it."""
    own = ROOT / "ontology" / "comity.ttl"
    for path in TURTLE:
        subjects = {q.subject.value for q in pyoxigraph.parse(path=path) if isinstance(q.subject, NamedNode)}
        assert path == own or not [s for s in subjects if s.startswith(NS)]
