"""Turtle as resources with their lines: what is said of each IRI, and no meaning yet.

Parsing is Oxigraph's (``pyoxigraph``), which keeps no positions; lines are found again in the text
when somebody asks, which is when something is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import NamedTuple

import pyoxigraph

from comity.model.classes import dataclass
from comity.model.errors import UnreadableError
from comity.model.places import Place

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

_LANGUAGE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"

_PREFIX = re.compile(r"^\s*@?prefix\s+([\w.-]*):\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)
_SUBJECT = re.compile(r"^(<[^>\s]*>|[\w.-]*:(?:\\.|[^\s;,\\])*)(?=\s|$)", re.MULTILINE)


class Literal(NamedTuple):
    """A literal as written.

    :param datatype: IRI; that of a plain string when none was written.
    :param language: empty when none was written.
    """

    value: str
    datatype: str
    language: str = ""


Term = str | Literal
"""An IRI (or ``_:`` and a blank node's name), or a literal."""


@dataclass(frozen=True, slots=True)
class TurtleFile:
    """What one file says.

    :param resources: subject to predicate to objects, all in the order of the file.
    """

    name: str
    content: bytes
    resources: Mapping[str, Mapping[str, tuple[Term, ...]]] = field(default_factory=dict)

    def place(self, iri: str, predicate: str = "", value: str = "") -> Place:
        """Find where a resource, one of its properties, or a value of that property is written.

        :param value: the end of the value's text: a literal's text or the last part of an IRI.
        """
        line = locate(self.content.decode("utf-8", "replace"), iri, predicate, value)
        return Place(self.name, f"line {line}" if line else "")


def read(content: bytes, name: str) -> TurtleFile:
    """Parse Turtle.

    :param content: UTF-8 bytes.
    :param name: as the user knows the file.
    :raises UnreadableError: with the line, when it is not Turtle.

    >>> file = read(b'<http://a.example/x> <http://a.example/p> "1" .', "x.ttl")
    >>> file.resources["http://a.example/x"]["http://a.example/p"][0].value
    '1'
    """
    gathered: dict[str, dict[str, list[Term]]] = {}
    try:
        for quad in pyoxigraph.parse(content, format=pyoxigraph.RdfFormat.TURTLE):
            name_, predicate = _name(quad.subject), quad.predicate.value
            subject = gathered.get(name_)
            if subject is None:
                subject = gathered[name_] = {}
            if predicate in subject:
                subject[predicate].append(_term(quad.object))
            else:
                subject[predicate] = [_term(quad.object)]
    except SyntaxError as error:
        place = Place(name, f"line {error.lineno}" if error.lineno else "")
        reason = re.sub(r"^Parser error at line [^:]*: ", "", error.msg or "it is not Turtle").rstrip(".")
        message = f"The Turtle cannot be read: {reason}."
        raise UnreadableError("not-turtle", place, message, "Mend it there or on the line before.") from error
    resources = {s: {p: tuple(o) for p, o in properties.items()} for s, properties in gathered.items()}
    return TurtleFile(name, content, resources)


def locate(text: str, iri: str, predicate: str = "", value: str = "") -> int:
    """Find the line, from 1, on which a resource is described; 0 when it cannot be told.

    It reads a file as people lay it out: a subject starts its line, a property stands below it.

    >>> text = '''@prefix a: <http://a.example/> .
    ... a:x a a:Thing ;
    ...   a:size 3 .'''
    >>> locate(text, "http://a.example/x"), locate(text, "http://a.example/x", "http://a.example/size")
    (2, 3)
    """
    prefixes = {m[1]: m[2] for m in _PREFIX.finditer(text)}
    starts = [(m.start(), _expand(m[1], prefixes)) for m in _SUBJECT.finditer(text)]
    for position, (start, subject) in enumerate(starts):
        if subject != iri:
            continue
        end = starts[position + 1][0] if position + 1 < len(starts) else len(text)
        place = _within(text, start, end, _forms(predicate, prefixes)) if predicate else start
        if value and place > start:
            place = _within(text, place, end, (value,)) or place
        return text.count("\n", 0, place or start) + 1
    return 0


def _within(text: str, start: int, end: int, forms: tuple[str, ...]) -> int:
    found = [p for form in forms if (p := text.find(form, start, end)) >= 0]
    return min(found, default=0)


def _forms(iri: str, prefixes: Mapping[str, str]) -> tuple[str, ...]:
    if iri == RDF_TYPE:
        return (" a ",)
    return (f"<{iri}>", *(f"{p}:{iri[len(ns) :]}" for p, ns in prefixes.items() if ns and iri.startswith(ns)))


def _expand(name: str, prefixes: Mapping[str, str]) -> str:
    if name.startswith("<"):
        return name[1:-1]
    prefix, _, local = name.partition(":")
    return prefixes.get(prefix, "") + local.replace("\\", "")


def _name(node: object) -> str:
    if isinstance(node, pyoxigraph.NamedNode):
        return node.value
    return f"_:{node.value}" if isinstance(node, pyoxigraph.BlankNode) else str(node)


def _term(node: object) -> Term:
    if isinstance(node, pyoxigraph.Literal):
        language = node.language
        return Literal(node.value, _LANGUAGE if language else node.datatype.value, language or "")
    return _name(node)
