"""Answers of a query, the same whichever store gave them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from fractions import Fraction

from comity.model.classes import dataclass

XSD = "http://www.w3.org/2001/XMLSchema#"
_SIGNS = ("negativeInteger", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger")
_SIZES = ("byte", "int", "long", "short", "unsignedByte", "unsignedInt", "unsignedLong", "unsignedShort")
_EXACT = frozenset(XSD + name for name in ("decimal", "integer", *_SIGNS, *_SIZES))
"""Datatypes whose values are compared as numbers, exactly."""


class TermKind(StrEnum):
    """The kinds of terms, by the words of the SPARQL results format."""

    IRI = "uri"
    LITERAL = "literal"
    BLANK = "bnode"


@dataclass(frozen=True, slots=True)
class Term:
    """An RDF term.

    :param value: the IRI, the lexical form or the blank node's label.
    :param datatype: of a literal, empty for plain strings and those with a language.
    """

    kind: TermKind
    value: str
    datatype: str = ""
    language: str = ""

    @classmethod
    def literal(cls, value: str, datatype: str = "", language: str = "") -> Term:
        """Make a literal; ``xsd:string`` is the datatype of plain strings and not repeated.

        >>> Term.literal("a", XSD + "string") == Term.literal("a")
        True
        """
        plain = language or datatype == XSD + "string"
        return cls(TermKind.LITERAL, value, "" if plain else datatype, language.lower())

    @property
    def key(self) -> tuple[int, Fraction, str, str, str]:
        """What sorts terms and tells them apart: numbers by value, ``16.0`` and ``16`` alike.

        >>> Term.literal("16.0", XSD + "decimal").key == Term.literal("16", XSD + "decimal").key
        True
        """
        order = {TermKind.BLANK: 1, TermKind.IRI: 2, TermKind.LITERAL: 3}[self.kind]
        if self.datatype in _EXACT:
            try:
                return order, Fraction(self.value), "", self.datatype, ""
            except ValueError:
                pass
        return order, Fraction(0), self.value, self.datatype, self.language


Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of terms.

    :param columns: names of the columns; ``answer`` alone for ASK; ``subject``, ``predicate``, ``object`` for a
        query that constructs triples.
    :param rows: one term, or ``None`` where unbound, for each column.
    :param ordered: true when the query itself fixes the order.
    :param ask: true for the answer of an ASK query.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    ordered: bool = False
    ask: bool = False

    @classmethod
    def answer(cls, value: bool) -> Rows:
        """Make the table of an ASK query."""
        return cls(("answer",), ((Term.literal(str(value).lower(), XSD + "boolean"),),), ordered=True, ask=True)

    def sorted(self) -> Rows:
        """Return the rows in the order of their columns, left to right, unless the query fixes another."""
        return self if self.ordered else Rows(self.columns, tuple(sorted(self.rows, key=_row_key)))


def merge(answers: Sequence[Rows]) -> Rows:
    """Merge the answers that several stores gave to one query.

    Rows that say the same are kept once. The result is ordered by its columns, left to right, which does not
    depend on the order of the stores. ASK is true when any store says so.

    :param answers: at least one, all with the same columns.

    >>> one, two = (Rows(("n",), ((Term.literal(v, XSD + "integer"),),)) for v in ("10", "9"))
    >>> [row[0].value for row in merge([one, two, one]).rows]
    ['9', '10']
    """
    if len(answers) == 1:
        return answers[0].sorted()
    columns = answers[0].columns
    if all(a.ask for a in answers):
        return Rows.answer(any(r[0] is not None and r[0].value == "true" for a in answers for r in a.rows))
    found: dict[object, Row] = {}
    for position, rows in enumerate(answers):
        for row in _aligned(rows, columns, position):
            found.setdefault(_row_key(row), row)
    return Rows(columns, tuple(found[k] for k in sorted(found)), ordered=False)  # type: ignore[type-var]


def _aligned(rows: Rows, columns: Sequence[str], position: int) -> Iterable[Row]:
    """Put the columns in one order, and keep apart blank nodes of different stores."""
    where = [rows.columns.index(c) if c in rows.columns else None for c in columns]
    for row in rows.rows:
        terms = [None if w is None else row[w] for w in where]
        yield tuple(
            Term(t.kind, f"s{position}-{t.value}") if t is not None and t.kind is TermKind.BLANK else t for t in terms
        )


def _row_key(row: Row) -> tuple[tuple[int, Fraction, str, str, str], ...]:
    return tuple((0, Fraction(0), "", "", "") if t is None else t.key for t in row)
