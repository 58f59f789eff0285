"""Edges that facts may travel along, made of mapping rows (semantics, section 2, *Edges*).

Rows on one pair, their converses and derived rows are intersected to one mask per pair. A mask lets facts
travel in up to three ways (:class:`Travel`). For each way the *cheapest* rows that suffice are kept: those of
the highest authority, so that a draft row that says more does not spoil what reviewed rows say already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import cache

from comity.algebra.relation import converse
from comity.model.classes import dataclass
from comity.model.mappings import Relation, Row
from comity.model.scales import Authority, Basis, Fact


class Travel(Enum):
    """A way in which facts travel along an edge from A to B, with the masks that allow it."""

    COVERS = "covers"
    COVERED_BY = "coveredBy"
    OVERLAPS = "overlaps"

    def allowed(self, mask: Relation) -> bool:
        """Tell whether ``mask`` (not empty) lets facts travel this way.

        >>> Travel.COVERS.allowed(Relation.EQ), Travel.OVERLAPS.allowed(Relation.PO | Relation.DR)
        (True, False)
        """
        if not mask:
            return False
        if self is Travel.OVERLAPS:
            return not mask & Relation.DR
        return not mask & ~(Relation.COVERS if self is Travel.COVERS else Relation.COVERED_BY)


FACTS: Mapping[Travel, tuple[tuple[Fact, Fact], ...]] = {
    Travel.COVERS: ((Fact.ALL, Fact.ALL), (Fact.NONE, Fact.NONE)),
    Travel.COVERED_BY: ((Fact.SOME, Fact.SOME), (Fact.NOT_ALL, Fact.NOT_ALL)),
    Travel.OVERLAPS: ((Fact.ALL, Fact.SOME), (Fact.NONE, Fact.NOT_ALL)),
}
"""What each way carries: the first table of semantics, section 3."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from one criterion to another.

    :param rows: the rows that together give it, in order of id; each may stand in either direction.
    :param mask: the intersection of those rows, read from ``source`` to ``target``.
    """

    source: str
    target: str
    travel: Travel
    mask: Relation
    authority: Authority
    rows: tuple[Row, ...]

    @property
    def disputed(self) -> bool:
        """True when it leans on a row in quarantine."""
        return any(r.disputed for r in self.rows)

    @property
    def scopes(self) -> tuple[str, ...]:
        """What its rows are limited to by their authors, in words."""
        return tuple(dict.fromkeys(r.scope for r in self.rows if r.scope))

    @property
    def unverified(self) -> bool:
        """True when it leans on a record that nobody has checked yet."""
        return any(r.basis is Basis.NOT_VERIFIED for r in self.rows)


def counts_on(row: Row, on: date) -> bool:
    """Tell whether a row states something that facts may travel along on a day."""
    return not row.lead and row.mask != Relation.ANYTHING and is_valid(row, on)


def is_valid(row: Row, on: date) -> bool:
    """Tell whether a day lies within a row's own validity."""
    return (row.valid_from is None or row.valid_from <= on) and (row.valid_until is None or on <= row.valid_until)


def edges(rows: Iterable[Row], on: date) -> tuple[Edge, ...]:
    """Turn rows into edges, both directions of each pair.

    :param rows: typed and derived rows, in any order, repeated or not.
    :param on: the day judged, for rows with a validity.
    :returns: edges in a stable order that depends on the set of rows alone.
    """
    pairs: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        if counts_on(row, on) and row.subject != row.object:
            first, second = sorted((row.subject, row.object))
            pairs[first, second][row.id] = row
    found: list[Edge] = []
    for (a, b), by_id in pairs.items():
        ordered = [by_id[i] for i in sorted(by_id)]
        between = _alone if len(ordered) == 1 else _between
        found += between(a, b, ordered)
        found += between(b, a, ordered)
    return tuple(sorted(found, key=lambda e: (e.source, e.target, e.travel.value, -e.authority, len(e.rows))))


def by_source(found: Iterable[Edge]) -> Mapping[str, Sequence[Edge]]:
    """Index edges by where they start."""
    index: dict[str, list[Edge]] = defaultdict(list)
    for edge in found:
        index[edge.source].append(edge)
    return index


def _alone(source: str, target: str, rows: Sequence[Row]) -> list[Edge]:
    """Make the edges of a row that is the only one on its pair, as most are."""
    mask = _intersection(source, rows)
    return [Edge(source, target, travel, mask, rows[0].authority, tuple(rows)) for travel in _ways(mask)]


@cache
def _ways(mask: Relation) -> tuple[Travel, ...]:
    return tuple(travel for travel in Travel if travel.allowed(mask))


def _between(source: str, target: str, rows: Sequence[Row]) -> list[Edge]:
    """Find, for each way, the best edge of sound rows without a scope, and those that lean on weaker records."""
    found: list[Edge] = []
    sound = [r for r in rows if not r.disputed]
    checked = [r for r in sound if r.basis is not Basis.NOT_VERIFIED]
    everywhere = [r for r in checked if not r.scope]
    for travel in Travel:
        best: Authority | None = None
        for pool in (everywhere, checked, sound, rows):
            edge = _best(source, target, travel, pool)
            if edge is not None and (best is None or edge.authority > best):
                found.append(edge)
                best = edge.authority
    return found


def _best(source: str, target: str, travel: Travel, rows: Sequence[Row]) -> Edge | None:
    for authority in sorted({r.authority for r in rows}, reverse=True):
        pool = [r for r in rows if r.authority >= authority]
        mask = _intersection(source, pool)
        if not mask:
            return None
        if travel.allowed(mask):
            needed = _minimal(source, travel, pool)
            return Edge(source, target, travel, _intersection(source, needed), authority, tuple(needed))
    return None


def _intersection(source: str, rows: Sequence[Row]) -> Relation:
    mask = Relation.ANYTHING
    for row in rows:
        mask &= row.mask if row.subject == source else converse(row.mask)
    return mask


def _minimal(source: str, travel: Travel, rows: Sequence[Row]) -> list[Row]:
    """Drop rows that are not needed, the lowest authority first."""
    needed = sorted(rows, key=lambda r: (r.authority, r.id))
    for row in list(needed):
        rest = [r for r in needed if r is not row]
        if rest and travel.allowed(_intersection(source, rest)):
            needed = rest
    return sorted(needed, key=lambda r: r.id)
