"""Mapping rows as masks, and what facts may travel along them (semantics, sections 2 and 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from comity.model.mappings import Relation, Row
from comity.model.scales import Fact

BITS = (Relation.EQ, Relation.SUB, Relation.SUP, Relation.PO, Relation.DR)

TRAVELS: Mapping[str, tuple[Relation, frozenset[tuple[str, str]]]] = {
    "covers": (Relation.EQ | Relation.SUP, frozenset({("all", "all"), ("none", "none")})),
    "coveredBy": (Relation.EQ | Relation.SUB, frozenset({("some", "some"), ("not-all", "not-all")})),
    "overlaps": (
        Relation.EQ | Relation.SUB | Relation.SUP | Relation.PO,
        frozenset({("all", "some"), ("none", "not-all")}),
    ),
}
"""A way to travel: within which bits a mask must lie, and which fact gives which."""


def converse(mask: Relation) -> Relation:
    """Read a mask from the other side.

    >>> converse(Relation.EQ | Relation.SUP) == Relation.COVERED_BY
    True
    """
    turned = {Relation.SUB: Relation.SUP, Relation.SUP: Relation.SUB}
    found = Relation(0)
    for bit in BITS:
        found |= turned.get(bit, bit) if mask & bit else Relation(0)
    return found


def together(source: str, rows: Iterable[Row]) -> Relation:
    """Return what rows on one pair say together, read from one of its ends."""
    mask = Relation.ANYTHING
    for row in rows:
        mask &= row.mask if row.subject == source else converse(row.mask)
    return mask


def within(mask: Relation, travel: str) -> bool:
    """Tell whether facts may travel this way along a mask."""
    return bool(mask) and travel in TRAVELS and not mask & ~TRAVELS[travel][0]


def implies(known: str, needed: str) -> bool:
    """Tell whether a fact is the needed one, or stronger.

    >>> implies("all", "some"), implies("some", "all")
    (True, False)
    """
    return known == needed or (known, needed) in (("all", "some"), ("none", "not-all"))


FOR = (Fact.ALL.value, Fact.SOME.value)
