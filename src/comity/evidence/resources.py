"""Resources of a Turtle file by the local names of Comity's vocabulary, with their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from comity.formats import turtle
from comity.formats.turtle import Literal, Term, TurtleFile
from comity.model.classes import dataclass
from comity.model.places import Place

NS = "https://w3id.org/comity/ns#"

_PREFIX = re.compile(r"\s*@?prefix\s+([\w.-]*):\s*<([^>]*)>", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:<([^>\s]*)>|([\w.-]*):(\S+))\s")


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource of the file, and what it says by local names of Comity's vocabulary.

    :param document: name of the document that it is read for.
    :param lines: resource to the line of the file where it is described.
    """

    file: TurtleFile
    iri: str
    document: str
    lines: Mapping[str, int]

    def all(self, name: str) -> tuple[Term, ...]:
        """Return the objects of a property."""
        return self.file.resources.get(self.iri, {}).get(name if "://" in name else NS + name, ())

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the objects of a property as text."""
        return tuple(t.value if isinstance(t, Literal) else t for t in self.all(name))

    def text(self, name: str) -> str:
        """Return the first object of a property as text, empty when there is none."""
        return next(iter(self.texts(name)), "")

    def one(self, name: str) -> Resource | None:
        """Return the resource that a property leads to."""
        return next(self.every(name), None)

    def every(self, name: str) -> Iterator[Resource]:
        """Visit the resources that a property leads to, in the order in which they were stated."""
        found = (Resource(self.file, t, self.document, self.lines) for t in self.all(name) if isinstance(t, str))
        return iter(sorted(found, key=lambda r: _position(r.iri)))

    @property
    def place(self) -> Place:
        """Where it stands in the file."""
        line = self.lines.get(self.iri)
        return Place(self.document, f"line {line}" if line else "")


def typed(file: TurtleFile, kind: str, document: str, where: Mapping[str, int]) -> list[Resource]:
    """List the resources of one type, the tenth after the ninth."""
    found = (i for i, said in file.resources.items() if NS + kind in said.get(turtle.RDF_TYPE, ()))
    return [Resource(file, i, document, where) for i in sorted(found, key=_position)]


def lines(text: str) -> Mapping[str, int]:
    """Find where resources are described, in one pass: a subject starts its line."""
    prefixes: dict[str, str] = {}
    found: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        prefix = _PREFIX.match(line)
        subject = _SUBJECT.match(line)
        if prefix is not None:
            prefixes[prefix[1]] = prefix[2]
        elif subject is not None and subject[1] is not None:
            found.setdefault(subject[1], number)
        elif subject is not None:
            found.setdefault(prefixes.get(subject[2], "") + subject[3].replace("\\", ""), number)
    return found


def _position(iri: str) -> tuple[tuple[int, str], ...]:
    """Order IRIs with the numbers in them as numbers, so that the tenth claim follows the ninth."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", iri))
