"""A view of a JSON value by today's names, with the place in the document as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from comity.evidence import tables
from comity.formats.json import Json
from comity.model.classes import dataclass
from comity.model.places import Place

OPEN = "open"
"""The kind of a node whose keys are anybody's."""

INLINE = {
    "productVerification": ("product", "product"),
    "facilityVerification": ("facility", "facility"),
    "organisationVerification": ("organisation", "party"),
}
"""Wrappers that some versions leave out: kind to the key they wrap, and the kind of what is wrapped."""


@dataclass(frozen=True, slots=True)
class Node:
    """A JSON value of a known kind in a document of a known version.

    :param place: in the document as written, however the key is called today.
    :param kind: of the table ``untp-keys.csv``; empty for text and numbers.
    :param outer: the wrapper whose keys belong to this node too (a passport around its product).
    """

    value: Json
    place: Place
    kind: str
    version: str
    outer: Node | None = None

    @property
    def is_object(self) -> bool:
        """True for a JSON object."""
        return isinstance(self.value, dict)

    def all(self, name: str) -> Iterator[Node]:
        """Visit the values of a key by its canonical name, under every spelling; lists are opened."""
        if isinstance(self.value, dict):
            for spelling in _spellings(self.kind, name):
                if spelling.key in self.value:
                    inner = Node(self.value[spelling.key], self.place.at(spelling.key), spelling.holds, self.version)
                    yield from inner.items()
        if self.outer is not None:
            yield from self.outer.all(name)

    def first(self, name: str) -> Node | None:
        """Return the first value of a key by its canonical name."""
        return next(self.all(name), None)

    def text(self, name: str) -> str:
        """Return a text or number by its canonical name, trimmed; of an object its ``id``; empty when absent."""
        found = self.first(name)
        return found.as_text() if found is not None else ""

    def as_text(self) -> str:
        """Return the value itself as trimmed text.

        >>> Node(" a ", Place("d"), "", "0.7.0").as_text(), Node(True, Place("d"), "", "0.7.0").as_text()
        ('a', 'true')
        """
        if isinstance(self.value, bool):
            return "true" if self.value else "false"
        if isinstance(self.value, str):
            return self.value.strip()
        if isinstance(self.value, int | Decimal):
            return str(self.value)
        return (
            str(self.value["id"]).strip()
            if isinstance(self.value, dict) and isinstance(self.value.get("id"), str)
            else ""
        )

    def items(self) -> Iterator[Node]:
        """Visit the value, or the members of the list that it is; ``null`` is nothing."""
        if isinstance(self.value, list):
            for position, member in enumerate(self.value):
                yield from replace(self, value=member, place=self.place.at(position)).items()
        elif self.value is not None:
            yield self._unwrapped()

    def members(self) -> Iterator[tuple[str, Node]]:
        """Visit every key as written, with the kind of its value; :data:`OPEN` below unknown keys."""
        if isinstance(self.value, dict):
            for key, value in self.value.items():
                known = tables.keys().get((self.kind, key), ())
                holds = known[0].holds if known else OPEN
                yield key, Node(value, self.place.at(key), holds, self.version)

    def of_kind(self, kind: str) -> Node:
        """Return the same value seen as another kind."""
        return replace(self, kind=kind)

    @property
    def types(self) -> tuple[str, ...]:
        """The node's ``type``, one or several."""
        found = self.value.get("type", self.value.get("@type")) if isinstance(self.value, dict) else None
        listed = found if isinstance(found, list) else [found]
        return tuple(t.strip() for t in listed if isinstance(t, str))

    def _unwrapped(self) -> Node:
        inner = INLINE.get(self.kind)
        if inner is not None and isinstance(self.value, dict) and inner[0] not in self.value:
            return self.of_kind(inner[1])
        return self


@cache
def _spellings(kind: str, name: str) -> tuple[tables.Key, ...]:
    """Return the keys under which a kind of node has something, each once."""
    return tuple({k.key: k for k in tables.spellings().get((kind, name), ())}.values())
