"""Rows that glue together what has little to do with each other.

Where one criterion lies within another, facts go on and on: a few wrong rows tie thousands of criteria into one *mass*.
Rows that are right seldom stand alone: some third criterion has to do with both ends. So the rows of a mass that
nothing else bears out are laid last, and those are named that join the most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from comity.algebra.ties import Ties
from comity.model.classes import dataclass

BOUND: Final = 1_000
"""Criteria past which a mass is reported: no text has so many that ask for one thing."""


@dataclass(frozen=True, slots=True)
class Mass:
    """Criteria that are held together by rows of which one end lies within the other.

    :param criteria: their numbers.
    :param rows: positions of the rows that nothing else bears out and that join its parts; the largest joins first.
    :param left: criteria of the largest part without those rows.
    """

    criteria: tuple[int, ...]
    rows: tuple[int, ...]
    left: int


def masses(ties: Ties, bound: int = BOUND) -> tuple[Mass, ...]:
    """Return every mass of more than ``bound`` criteria, the largest first."""
    parts = _Parts(len(ties.table.names))
    pairs = list(_within(ties))
    for a, b in pairs:
        parts.join(a, b)
    large = {part for part in map(parts.find, {a for a, _ in pairs}) if parts.size[part] > bound}
    found = [_mass(ties, [pair for pair in pairs if parts.find(pair[0]) == part], bound) for part in sorted(large)]
    return tuple(sorted(found, key=lambda m: (-len(m.criteria), m.criteria[0])))


def _mass(ties: Ties, pairs: Sequence[tuple[int, int]], bound: int) -> Mass:
    parts = _Parts(len(ties.table.names))
    near = _Near(ties)
    alone = [pair for pair in pairs if not near.share(*pair)]
    for a, b in pairs:
        if near.share(a, b):
            parts.join(a, b)
    criteria = sorted({end for pair in pairs for end in pair})
    left = max(parts.size[parts.find(c)] for c in criteria)
    joins = [(parts.join(a, b), a, b) for a, b in alone]
    joins.sort(key=lambda join: (-join[0], join[1:]))
    rows = tuple(r for smaller, a, b in joins if smaller for r in ties.rows_on(a, b))
    return Mass(tuple(criteria), rows, left)


def _within(ties: Ties) -> Iterator[tuple[int, int]]:
    """Yield each pair of which one lies within the other, once."""
    pairs = {(min(a, b), max(a, b)) for layer in ties.layers.values() for a, near in layer.above.items() for b in near}
    yield from sorted(pairs)


class _Near:
    """What criteria have to do with, by whatever row."""

    def __init__(self, ties: Ties) -> None:
        self.ties = ties
        self.known: dict[int, frozenset[int]] = {}

    def share(self, a: int, b: int) -> bool:
        """Tell whether two criteria both have to do with a third."""
        return not self._of(a).isdisjoint(self._of(b))

    def _of(self, criterion: int) -> frozenset[int]:
        known = self.known.get(criterion)
        if known is None:
            layers = self.ties.layers.values()
            lists = [part.get(criterion, ()) for x in layers for part in (x.above, x.below, x.meets)]
            known = self.known[criterion] = frozenset().union(*lists)
        return known


class _Parts:
    """Disjoint sets of numbers (Tarjan 1975)."""

    def __init__(self, count: int) -> None:
        self.parent = list(range(count))
        self.size = [1] * count

    def find(self, number: int) -> int:
        """Return the number that stands for a part."""
        root = number
        while self.parent[root] != root:
            root = self.parent[root]
        while self.parent[number] != root:
            self.parent[number], number = root, self.parent[number]
        return root

    def join(self, a: int, b: int) -> int:
        """Join two parts; return the size of the smaller one, 0 when they were one already."""
        a, b = self.find(a), self.find(b)
        if a == b:
            return 0
        if self.size[a] < self.size[b]:
            a, b = b, a
        self.parent[b] = a
        self.size[a] += self.size[b]
        return self.size[b]
