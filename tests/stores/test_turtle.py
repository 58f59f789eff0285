"""Turtle in canonical order: every term is read back as it was, and the order of the triples does not matter."""

from __future__ import annotations

import random

import pyoxigraph
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from comity.stores.terms import TYPE, XSD
from comity.stores.turtle import write

S, P = NamedNode("urn:s"), NamedNode("urn:v#p")
PREFIXES = {"v": "urn:v#", "w": "urn:w#", "xsd": XSD}


def typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + datatype))


OBJECTS: list[NamedNode | Literal] = [
    NamedNode("urn:v#short"),
    NamedNode("urn:v#9"),
    NamedNode("urn:v#a.b"),
    NamedNode("urn:v#"),
    NamedNode("urn:sha256:00#/a/b%20c?d"),
    Literal("plain"),
    Literal('a "quote", a \\ and\ttwo\r\nlines'),
    Literal("schräg 日本 \U0001f600"),
    Literal("deutsch", language="de"),
    typed("12", "integer"),
    typed("twelve", "integer"),
    typed("-1.50", "decimal"),
    typed("1.", "decimal"),
    typed("true", "boolean"),
    typed("1", "boolean"),
    typed("2031-08-18", "date"),
    Literal("x", datatype=NamedNode("urn:other")),
]
TRIPLES = [Triple(S, P, o) for o in OBJECTS] + [Triple(NamedNode(f"urn:{n}"), TYPE, P) for n in "cab"]


def test_every_term_is_read_back_as_it_was() -> None:
    found = pyoxigraph.parse(write(TRIPLES, PREFIXES).encode(), format=RdfFormat.TURTLE)
    assert {q.triple for q in found} == set(TRIPLES)


def test_the_order_and_repetition_of_triples_do_not_matter() -> None:
    shuffled = [*TRIPLES, *TRIPLES[:5]]
    random.Random(7).shuffle(shuffled)
    assert write(shuffled, PREFIXES) == write(TRIPLES, PREFIXES)


def test_the_layout_is_this() -> None:
    triples = [
        Triple(S, P, Literal("b")),
        Triple(S, P, NamedNode("urn:long/" + "x" * 60)),
        Triple(S, P, NamedNode("urn:long/" + "x" * 59)),
        Triple(S, TYPE, NamedNode("urn:v#T")),
        Triple(NamedNode("urn:a"), P, typed("1", "integer")),
    ]
    short, long = "x" * 59, "x" * 60
    assert write(triples, PREFIXES) == (
        f"@prefix v: <urn:v#> .\n\n<urn:a> v:p 1 .\n\n<urn:s> a v:T ;\n    v:p <urn:long/{short}>,\n"
        f'        <urn:long/{long}>,\n        "b" .\n'
    )


@pytest.mark.parametrize("triple", [Triple(BlankNode("x"), P, S), Triple(S, P, BlankNode("x"))])
def test_a_blank_node_is_refused(triple: Triple) -> None:
    with pytest.raises(ValueError, match="it has no name: _:x"):
        write([triple], PREFIXES)
