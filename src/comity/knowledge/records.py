"""Resources of the knowledge as read, with the means to take their properties apart.

A record remembers which properties were asked for, so that one nobody asks for (a typing mistake)
is reported rather than passed over.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Container
from dataclasses import field
from datetime import date
from fractions import Fraction
from typing import TypeVar

from comity.formats.turtle import RDF_TYPE, Literal, Term, TurtleFile
from comity.knowledge.problems import Problems
from comity.knowledge.vocabulary import LABEL, NS, Rank, Word, rank, word
from comity.model.classes import dataclass
from comity.model.places import Place

Meant = TypeVar("Meant")


@dataclass(slots=True)
class Record:
    """One resource, where it was written and what is wrong with it.

    :param sort: name of its type in Comity's namespace.
    :param shipped: false for what a file of the user's own describes.
    """

    iri: str
    sort: str
    file: TurtleFile
    problems: Problems
    shipped: bool = True
    asked: set[str] = field(default_factory=set)

    def place(self, predicate: str = "", value: str = "") -> Place:
        """Return the file and line, of the whole or of one property."""
        return self.file.place(self.iri, predicate, value)

    def fault(self, code: str, predicate: str, message: str, fix: str = "", value: str = "") -> None:
        """Note a problem at one property."""
        self.problems.add(code, self.place(predicate, value), f"{self.name}: {message}", fix)

    @property
    def name(self) -> str:
        """How a message names it: its label or its IRI's end."""
        for term in self.file.resources[self.iri].get(LABEL, ()):
            if isinstance(term, Literal):
                return f"{self.sort} {term.value!r}"
        return f"{self.sort} <{self.iri}>"

    def terms(self, predicate: str) -> tuple[Term, ...]:
        """Return the values of a property, in the order written."""
        self.asked.add(predicate)
        return self.file.resources[self.iri].get(predicate, ())

    def texts(self, predicate: str) -> tuple[str, ...]:
        """Return the values' texts."""
        return tuple(t if isinstance(t, str) else t.value for t in self.terms(predicate))

    def text(self, predicate: str, *, required: bool = False, code: str = "missing-property") -> str:
        """Return one text, English before other languages; empty when there is none."""
        literals = [t for t in self.terms(predicate) if isinstance(t, Literal)]
        if literals:
            return min(literals, key=lambda t: (t.language != "en", t.language != "")).value
        if required:
            self.fault(code, "", f"it has no {short(predicate)}.", f"Add {short(predicate)} to it.")
        return ""

    def iris(self, predicate: str) -> tuple[str, ...]:
        """Return the IRIs that a property names."""
        found = []
        for term in self.terms(predicate):
            if isinstance(term, Literal):
                message = f"{short(predicate)} names a resource, not the text {term.value!r}."
                self.fault("unknown-value", predicate, message, "Write its IRI.", term.value)
            elif term.startswith("_:"):
                self.fault("blank-node", predicate, f"{short(predicate)} has a nameless value.", "Give it an IRI.")
            else:
                found.append(term)
        return tuple(found)

    def iri_of(self, predicate: str, *, required: bool = False) -> str:
        """Return the one IRI that a property names; empty when there is none."""
        return self._one(predicate, self.iris(predicate), required)

    def choice(self, predicate: str, words: type[Word], default: Word, *, required: bool = False) -> Word:
        """Read a word of a closed list."""
        return self._meant(predicate, lambda text: word(text, words), default, required)

    def scale(self, predicate: str, scale: type[Rank], default: Rank, *, required: bool = False) -> Rank:
        """Read a step of an ordered scale."""
        return self._meant(predicate, lambda text: rank(text, scale), default, required)

    def day(self, predicate: str) -> date | None:
        """Read a date, ``None`` when there is none."""
        return self._meant(predicate, date.fromisoformat, None, False, "bad-date", "Write it as YYYY-MM-DD.")

    def number(self, predicate: str) -> Fraction | None:
        """Read a decimal number exactly, ``None`` when there is none."""
        return self._meant(predicate, Fraction, None, False, "bad-number", "Write a decimal number, such as 16.0.")

    def flag(self, predicate: str, default: bool) -> bool:
        """Read true or false."""
        return self._meant(predicate, truth, default, False)

    def read(self, predicate: str, reader: Callable[[str], Meant], default: Meant, *, required: bool = False) -> Meant:
        """Read one value by a function that raises ``ValueError`` with a reason."""
        return self._meant(predicate, reader, default, required)

    def unasked(self, known: Container[str]) -> None:
        """Report what stands in the record and no reader asked for.

        :param known: what some file describes: a property among them is no typing mistake, only out of place.
        """
        for predicate in self.file.resources[self.iri]:
            if predicate in self.asked or not predicate.startswith(NS) or predicate == RDF_TYPE:
                continue
            if predicate in known:
                message = f"{short(predicate)} is not read on a {self.sort}."
                self.fault("unused-property", predicate, message)
                continue
            names = [asked.removeprefix(NS) for asked in self.asked if asked.startswith(NS)]
            near = difflib.get_close_matches(predicate.removeprefix(NS), names, 1, 0.7)
            fix = f"Did you mean comity:{near[0]}?" if near else f"A {self.sort} has {', '.join(sorted(names))}."
            self.fault("unknown-property", predicate, f"nothing is known of {short(predicate)}.", fix)

    def _one(self, predicate: str, values: tuple[str, ...], required: bool) -> str:
        if len(set(values)) > 1:
            message = f"{short(predicate)} has {len(values)} values and may have one."
            self.fault("too-many-values", predicate, message)
        if not values and required and not self.terms(predicate):
            self.fault("missing-property", "", f"it has no {short(predicate)}.", f"Add {short(predicate)} to it.")
        return values[0] if values else ""

    def _meant(
        self,
        predicate: str,
        reader: Callable[[str], Meant],
        default: Meant,
        required: bool,
        code: str = "unknown-value",
        fix: str = "",
    ) -> Meant:
        text = self._one(predicate, self.texts(predicate), required)
        if not text:
            return default
        try:
            return reader(text)
        except (ValueError, ZeroDivisionError) as error:
            message = str(error) if code == "unknown-value" else f"{text!r} cannot be read"
            tail = text.rpartition("#")[2]
            self.fault(code, predicate, f"{short(predicate)}: {message}.", fix, tail)
            return default


def short(iri: str) -> str:
    """Name an IRI as people do.

    >>> short("https://w3id.org/comity/ns#limit"), short("http://www.w3.org/2004/02/skos/core#notation")
    ('comity:limit', 'skos:notation')
    """
    for prefix, start in _PREFIXES:
        if iri.startswith(start):
            return f"{prefix}:{iri[len(start) :]}"
    return f"<{iri}>"


def truth(text: str) -> bool:
    """Read ``true`` or ``false``.

    :raises ValueError: for anything else.
    """
    if text.lower() not in ("true", "false"):
        raise ValueError(f"{text!r} is none of true, false")
    return text.lower() == "true"


_PREFIXES = (
    ("comity", NS),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("dcterms", "http://purl.org/dc/terms/"),
)
