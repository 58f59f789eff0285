"""RDF as resources: what is said of each, in the order of the file, whatever the syntax."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import PurePath

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from comity.formats.turtle import locate
from comity.model.classes import dataclass
from comity.model.errors import UnreadableError
from comity.model.places import Place
from comity.stores.terms import RDF, XSD

TYPE = RDF + "type"
_FOREIGN = 2
_SYNTAXES = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".n3": RdfFormat.N3,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
    ".jsonld": RdfFormat.JSON_LD,
    ".json": RdfFormat.JSON_LD,
}


@dataclass(frozen=True, slots=True)
class Resource:
    """What is said of one resource.

    :param properties: predicate to the objects, each once.
    """

    iri: str
    place: Place
    properties: Mapping[str, tuple[NamedNode | Literal, ...]]

    def iris(self, predicate: str) -> tuple[str, ...]:
        """Return the resources that a predicate leads to."""
        return tuple(o.value for o in self.properties.get(predicate, ()) if isinstance(o, NamedNode))

    def iri_of(self, predicate: str) -> str:
        """Return the first of them; empty for none."""
        return next(iter(self.iris(predicate)), "")

    def texts(self, predicate: str) -> tuple[str, ...]:
        """Return objects as texts, IRIs as well."""
        return tuple(o.value for o in self.properties.get(predicate, ()))

    def text(self, *predicates: str) -> str:
        """Return the first text of the first predicate that has one: in English, where there is one."""
        for predicate in predicates:
            objects = self.properties.get(predicate, ())
            if objects:
                return min(objects, key=_rank).value
        return ""

    def rest(self, read: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return what nobody reads: IRIs and plain texts as they are, other literals as N-Triples spell them."""
        known = set(read)
        return {p: tuple(map(spelled, o)) for p, o in self.properties.items() if p not in known}

    def others(self, predicates: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return what :meth:`text` passes over, as :meth:`rest` does: other languages, further texts."""
        found = {}
        for predicate in predicates:
            objects = sorted(self.properties.get(predicate, ()), key=_rank)
            left = objects if objects and _rank(objects[0])[0] == _FOREIGN else objects[1:]
            if left:
                found[predicate] = tuple(map(spelled, left))
        return found


@dataclass(frozen=True, slots=True)
class Graph:
    """The resources of a file.

    :param blank: how many nodes without a name were met; what is said of them is not read.
    """

    name: str
    resources: Mapping[str, Resource] = field(default_factory=dict)
    blank: int = 0

    def of(self, *types: str) -> Iterator[Resource]:
        """Yield the resources of some type, in the order of the file."""
        wanted = set(types)
        for resource in self.resources.values():
            if wanted & set(resource.iris(TYPE)):
                yield resource


def parse(content: bytes, name: str) -> Graph:
    """Parse RDF; the ending of the name tells the syntax.

    :raises UnreadableError: with the line, when it cannot be read.
    """
    syntax = _SYNTAXES.get(PurePath(name.replace("\\", "/")).suffix.casefold(), RdfFormat.TURTLE)
    try:
        quads = list(pyoxigraph.parse(content, format=syntax))
    except SyntaxError as error:
        place = Place(name, f"line {error.lineno}" if error.lineno else "")
        message = f"The RDF cannot be read: {str(error.msg or error).rstrip('.')}."
        fix = (
            "Write the context into the file." if "LoadDocument" in message else "Mend it there or on the line before."
        )
        raise UnreadableError("not-turtle", place, message, fix) from error
    triples = [Triple(q.subject, q.predicate, q.object) for q in quads]
    return gather(triples, name, content.decode("utf-8", "replace") if syntax == RdfFormat.TURTLE else "")


def gather(triples: Iterable[Triple], name: str, text: str = "") -> Graph:
    """Gather triples by their subjects.

    :param text: the Turtle that they were read from, in which places are found; empty for none.
    """
    found: dict[str, dict[str, dict[NamedNode | Literal, None]]] = {}
    blank: set[object] = set()
    for triple in triples:
        subject, object_ = triple.subject, triple.object
        if not isinstance(subject, NamedNode):
            blank.add(subject)
        elif isinstance(object_, NamedNode | Literal):
            found.setdefault(subject.value, {}).setdefault(triple.predicate.value, {})[object_] = None
        else:
            blank.add(object_)
    lines = _lines(text, found)
    resources = {
        iri: Resource(
            iri,
            Place(name, f"line {lines[iri]}" if lines.get(iri) else f"<{iri}>"),
            {p: tuple(o) for p, o in properties.items()},
        )
        for iri, properties in found.items()
    }
    return Graph(name, resources, len(blank))


def spelled(term: NamedNode | Literal) -> str:
    """Write a term as one text, from which :func:`comity.authoring.turtle.named` makes the term again.

    >>> spelled(Literal("a")), spelled(Literal("a", language="de")), spelled(NamedNode("urn:a"))
    ('a', '"a"@de', 'urn:a')
    """
    if isinstance(term, Literal) and (term.language or term.datatype.value != XSD + "string"):
        return str(term)
    return term.value


def _rank(term: NamedNode | Literal) -> tuple[int, str]:
    language = (term.language or "") if isinstance(term, Literal) else ""
    return (0 if language.startswith("en") else 1 if not language else _FOREIGN), term.value


def _lines(text: str, found: Iterable[str]) -> Mapping[str, int]:
    if not text:
        return {}
    return {iri: locate(text, iri) for iri in found} if len(text) < 200_000 else {}
