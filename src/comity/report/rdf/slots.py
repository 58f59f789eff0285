"""How one key of the report's plain form is written in RDF: a predicate, and what its values become."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from pyoxigraph import Literal, NamedNode

from comity.model.classes import dataclass
from comity.model.scales import Comparator
from comity.stores import terms
from comity.stores.terms import comity

Term = NamedNode | Literal
Pair = tuple[NamedNode, Term]


@dataclass(frozen=True, slots=True)
class Naming:
    """Names parts of a report by their places in its JSON form, and evidence by its places in documents.

    :param sha256: hash of the JSON form, as ``--format json`` writes it.
    :param documents: name of each document to its hash.
    """

    sha256: str
    documents: Mapping[str, str]

    @property
    def whole(self) -> NamedNode:
        """The report itself."""
        return terms.graph(self.sha256)

    def part(self, pointer: str, tail: str = "") -> NamedNode:
        """Name a part of the report by its JSON Pointer."""
        return terms.node(self.sha256, pointer, tail)

    def document(self, name: str) -> NamedNode | None:
        """Name a document; ``None`` when the report has none of that name."""
        return terms.graph(self.documents[name]) if name in self.documents else None

    def place(self, name: str, pointer: str) -> NamedNode | None:
        """Name a place in a document."""
        return terms.node(self.documents[name], pointer) if name in self.documents else None

    def spot(self, text: str) -> NamedNode | None:
        """Name what ``DOCUMENT#POINTER`` says; a document's name may itself hold a number sign."""
        name = max((n for n in self.documents if text.startswith(f"{n}#")), key=len, default=None)
        return self.place(name, text[len(name) + 1 :]) if name is not None else None


Write = Callable[[str, Naming], Term | None]


@dataclass(frozen=True, slots=True)
class Slot:
    """Where the values of a key go.

    :param write: makes a term of a value, or gives ``None``.
    :param otherwise: takes the value as text where ``write`` gives none.
    :param join: puts a list together as one value.
    """

    predicate: NamedNode
    write: Write
    otherwise: NamedNode | None = None
    join: str = ""

    def pairs(self, value: object, names: Naming) -> Iterator[Pair]:
        """Write a value or each of a list; nothing for null and the empty text."""
        listed: list[Any] = value if isinstance(value, list) else [value]
        for item in [self.join.join(listed)] if self.join and listed else listed:
            if item is None or item == "":
                continue
            if isinstance(item, bool):
                yield self.predicate, terms.boolean(item)
            elif (term := self.write(item, names)) is not None:
                yield self.predicate, term
            elif self.otherwise is not None:
                yield self.otherwise, terms.text(item)


Slots = Mapping[str, Slot]


def pairs(plain: Mapping[str, Any], slots: Slots, names: Naming) -> Iterator[Pair]:
    """Write the keys of a plain object that have a slot."""
    for key, slot in slots.items():
        yield from slot.pairs(plain.get(key), names)


def triples(subject: NamedNode, found: Iterable[Pair]) -> Iterator[tuple[NamedNode, NamedNode, Term]]:
    """Say pairs of a subject."""
    for predicate, value in found:
        yield subject, predicate, value


def text(value: str, _: Naming) -> Term:
    """Write a text as it is."""
    return terms.text(value)


def day(value: str, _: Naming) -> Term:
    """Write a day or a year."""
    return terms.day(value)


def iri(value: str, _: Naming) -> Term | None:
    """Write an IRI; nothing for what is none."""
    return terms.iri(value)


def word(ending: str = "") -> Write:
    """Write a token as an individual of the vocabulary, such as ``not-all`` with the ending ``met``."""
    return lambda value, _: terms.individual(f"{value}-{ending}" if ending else value)


def term(value: str, _: Naming) -> Term:
    """Write a name as the term of the vocabulary that it is."""
    return comity(value)


def subject(value: str, _: Naming) -> Term:
    """Write a canonical key."""
    return terms.subject(value)


def spot(value: str, names: Naming) -> Term | None:
    """Write a place in a document."""
    return names.spot(value)


def number(value: str, _: Naming) -> Term | None:
    """Write an exact number that a decimal writes out; nothing for another."""
    exact = Fraction(value)
    return terms.number(exact) if terms.decimal(exact) is not None else None


def comparator(value: str, _: Naming) -> Term:
    """Write a comparator."""
    return terms.individual(Comparator(value).name.lower().replace("_", "-"))


def qualifier(value: str, _: Naming) -> Term | None:
    """Write the value of ``DIMENSION=VALUE``, which has its dimension."""
    return terms.iri(value.partition("=")[2])
