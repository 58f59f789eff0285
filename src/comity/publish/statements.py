"""What the files of the knowledge say, as triples by resource, and what heads each mapping set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, Triple

from comity.formats import sssom
from comity.knowledge.problems import Problems
from comity.knowledge.sources import Source, package_sources, user_sources
from comity.model.classes import dataclass
from comity.stores import turtle
from comity.stores.terms import NS, OWL, PROV, RDFS, XSD

_PREFIXES: Mapping[str, str] = {
    "comity": NS,
    "dcterms": "http://purl.org/dc/terms/",
    "owl": OWL,
    "prov": PROV,
    "rdfs": RDFS,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "unit": "http://qudt.org/vocab/unit/",
    "xsd": XSD,
}


@dataclass(frozen=True, slots=True)
class SetFile:
    """A mapping set as its file has it.

    :param name: as the places of its rows name it.
    """

    name: str
    content: bytes
    header: Mapping[str, object]
    prefixes: Mapping[str, str]

    def text(self, slot: str) -> str:
        """Return a slot of the header as text; empty when it is not there."""
        value = self.header.get(slot)
        return "" if value is None else str(value).strip()

    def iri(self, slot: str) -> str:
        """Return a slot of the header that holds a name, written out."""
        value = self.text(slot)
        return sssom.expand(value, self.prefixes) or value


class Statements:
    """The triples of every Turtle file, by resource, and the mapping sets.

    :param sources: the files; those of the package and the user's by :meth:`of`.
    """

    def __init__(self, sources: Iterable[Source]) -> None:
        self._about: dict[str, list[Triple]] = defaultdict(list)
        self._naming: dict[str, set[str]] = defaultdict(set)
        self.sets: dict[str, SetFile] = {}
        self.prefixes: dict[str, str] = dict(_PREFIXES)
        for source in sources:
            if source.kind == "turtle":
                self._read(source)
            elif source.kind == "mappings":
                file = sssom.read(source.content, source.name)
                self.sets[source.name] = SetFile(source.name, source.content, file.header, file.prefixes)

    @classmethod
    def of(cls, extra: Sequence[Path] = ()) -> Statements:
        """Read the files that knowledge is loaded from.

        :param extra: the user's own.
        """
        return cls((*package_sources(), *user_sources(extra, Problems())))

    def about(self, *iris: str) -> Iterator[Triple]:
        """Yield what is said of resources, in the order of their files."""
        for iri in iris:
            yield from self._about.get(iri, ())

    def naming(self, iri: str) -> tuple[str, ...]:
        """Return the resources that name a resource in any of their properties."""
        return tuple(sorted(self._naming.get(iri, ())))

    def _read(self, source: Source) -> None:
        parsed = pyoxigraph.parse(source.content, format=pyoxigraph.RdfFormat.TURTLE)
        for quad in parsed:
            if isinstance(quad.subject, NamedNode):
                self._about[quad.subject.value].append(quad.triple)
                if isinstance(quad.object, NamedNode):
                    self._naming[quad.object.value].add(quad.subject.value)
        if source.own:  # a user's may be named so that JSON-LD takes them for something else
            self.prefixes = {**parsed.prefixes, **self.prefixes}


def as_turtle(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> str:
    """Write triples as Turtle in one canonical order; what has no name is left out."""
    named = (t for t in triples if isinstance(t.object, NamedNode | pyoxigraph.Literal))
    return turtle.write(named, prefixes)
