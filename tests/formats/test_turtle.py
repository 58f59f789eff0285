"""Turtle as resources with their lines."""

from __future__ import annotations

import pytest

from comity.formats.turtle import Literal, locate, read
from comity.model.errors import UnreadableError

TEXT = """@prefix a: <http://a.example/> .
PREFIX b: <http://b.example/>

a:one a a:Thing ;
    b:size 3.10 ;
    b:size 4 ;
    b:name "een"@nl, "one"@en .

<http://a.example/two> a a:Thing ;
    a:near a:one , b:far .

b:v1\\/2 a a:Thing .
"""


def test_values_keep_their_text_and_order() -> None:
    one = read(TEXT.encode(), "t.ttl").resources["http://a.example/one"]
    sizes = one["http://b.example/size"]
    assert [t.value for t in sizes if isinstance(t, Literal)] == ["3.10", "4"]
    assert [(t.value, t.language) for t in one["http://b.example/name"] if isinstance(t, Literal)] == [
        ("een", "nl"),
        ("one", "en"),
    ]


def test_iris_are_text_and_blank_nodes_have_their_mark() -> None:
    file = read(b"<http://a.example/x> <http://a.example/p> <http://a.example/y>, [] .", "t.ttl")
    iri, blank = file.resources["http://a.example/x"]["http://a.example/p"]
    assert iri == "http://a.example/y"
    assert isinstance(blank, str)
    assert blank.startswith("_:")


@pytest.mark.parametrize(
    ("iri", "predicate", "value", "line"),
    [
        ("http://a.example/one", "", "", 4),  # a prefixed subject
        ("http://a.example/two", "", "", 9),  # a full one
        ("http://b.example/v1/2", "", "", 12),  # a local name with an escaped slash
        ("http://a.example/one", "http://b.example/size", "", 5),  # the first of two lines with the property
        ("http://a.example/one", "http://b.example/size", "4", 6),  # the value tells which
        ("http://a.example/two", "http://a.example/near", "far", 10),
        ("http://a.example/two", "http://a.example/absent", "", 9),  # no such property: the subject's line
        ("http://a.example/three", "", "", 0),  # not described here
    ],
)
def test_lines_are_found_again(iri: str, predicate: str, value: str, line: int) -> None:
    assert locate(TEXT, iri, predicate, value) == line


def test_a_mistake_has_its_line() -> None:
    with pytest.raises(UnreadableError) as raised:
        read(TEXT.replace("3.10 ;", "3.10").encode(), "t.ttl")
    assert raised.value.place.document == "t.ttl"
    assert raised.value.place.pointer == "line 6"  # the parser misses the semicolon when it meets the next word
    assert "Parser error" not in str(raised.value)


def test_bytes_that_are_no_text_are_a_mistake_too() -> None:
    with pytest.raises(UnreadableError):
        read(b"\xff\xfe<", "t.ttl")
