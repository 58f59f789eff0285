"""What mapping rows say, as constraints on sets, and the ways in which they force more.

A mask is taken apart into plain constraints: one set lies within another, two sets overlap or are disjoint, or one of
these must not be. Those that say "must" are carried along *routes*: from a set downwards into what lies within it, at
most once across an overlap, then upwards. A route from A upwards to B forces A within B; one that may go down first
forces A and B to overlap. All but a few negated masks are nothing but plain constraints (:func:`is_plain`).
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from enum import Enum
from functools import cache
from typing import Final

from comity.algebra.blocks import circles
from comity.model.classes import dataclass
from comity.model.mappings import Relation

State = tuple[str, int]
"""A criterion, and :data:`DOWN` or :data:`UP`: the way in which a route is going there."""
DOWN: Final = 0
UP: Final = 1
_ROW: Final = 1_000_000
"""More than a route has steps."""


class Denial(Enum):
    """What a row says must not be."""

    WITHIN = "within"
    """the first set lies within the second"""
    OVERLAP = "overlap"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class Statement:
    """A row, or something else that is given, read from ``a`` to ``b``; ``a`` is the smaller name.

    :param key: id of the row.
    """

    key: str
    a: str
    b: str
    mask: Relation


class TooManyError(Exception):
    """There are more minimal sets than the bound."""


@cache
def implied(mask: Relation) -> tuple[bool, bool, bool, bool, bool, bool, bool]:
    """Return the plain constraints that a mask from A to B implies, in the order of the fields of ``_MEANINGS``."""
    return tuple(not mask & ~meaning for meaning in _MEANINGS)  # type: ignore[return-value]


_MEANINGS: Final = (
    Relation.COVERS,  # B within A
    Relation.COVERED_BY,  # A within B
    Relation.OVERLAPS,
    Relation.DR,  # no overlap
    Relation.ANYTHING & ~Relation.COVERS,  # B not within A
    Relation.ANYTHING & ~Relation.COVERED_BY,  # A not within B
    Relation.ANYTHING & ~Relation.EQ,
)


@cache
def is_plain(mask: Relation) -> bool:
    """Tell whether a mask says no more than its plain constraints.

    Not superset, not subset and not intersects are the named masks that do: each of them says "either, or".

    >>> is_plain(Relation.SUP), is_plain(Relation.ANYTHING & ~Relation.PO)
    (True, False)
    """
    rest = Relation.ANYTHING
    for meaning, holds in zip(_MEANINGS, implied(mask), strict=True):
        rest &= meaning if holds else Relation.ANYTHING
    return rest == mask


@dataclass(slots=True)
class Network:
    """Plain constraints, indexed.

    :param free: keys that cost a route nothing, because nobody can dispute them.
    """

    free: frozenset[str] = frozenset()
    above: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    below: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    meets: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    denials: list[tuple[Denial, str, str, str]] = field(default_factory=list)
    statements: tuple[Statement, ...] = ()

    @classmethod
    def of(cls, statements: Iterable[Statement], free: frozenset[str] = frozenset()) -> Network:
        """Index statements, given in a stable order."""
        network = cls(free, statements=tuple(statements))
        for s in network.statements:
            wide, narrow, overlap, apart, not_wide, not_narrow, unequal = implied(s.mask)
            if wide:
                network._put_within(s.b, s.a, s.key)
            if narrow:
                network._put_within(s.a, s.b, s.key)
            if overlap and not wide and not narrow:
                network.meets[s.a].append((s.b, s.key))
                network.meets[s.b].append((s.a, s.key))
            if apart:
                network.denials.append((Denial.OVERLAP, s.a, s.b, s.key))
            else:
                if not_wide:
                    network.denials.append((Denial.WITHIN, s.b, s.a, s.key))
                if not_narrow:
                    network.denials.append((Denial.WITHIN, s.a, s.b, s.key))
                if unequal and not not_wide and not not_narrow:
                    network.denials.append((Denial.EQUAL, s.a, s.b, s.key))
        return network

    def _put_within(self, inner: str, outer: str, key: str) -> None:
        self.above[inner].append((outer, key))
        self.below[outer].append((inner, key))

    def links(self) -> Iterator[tuple[str, str]]:
        """Yield the pairs of criteria of which something is said."""
        return ((s.a, s.b) for s in self.statements)

    def said_in(self, block: frozenset[str]) -> frozenset[str]:
        """Return the keys of all that is said of criteria of a block among themselves."""
        return frozenset(s.key for s in self.statements if s.a in block and s.b in block)

    def forward(self, state: State) -> Iterator[tuple[State, str]]:
        """Yield where a route goes next, with the key of what takes it there, empty for a mere turn upwards."""
        here, way = state
        if way == UP:
            for outer, key in self.above.get(here, ()):
                yield (outer, UP), key
            return
        yield (here, UP), ""
        for inner, key in self.below.get(here, ()):
            yield (inner, DOWN), key
        for other, key in self.meets.get(here, ()):
            yield (other, UP), key

    def backward(self, state: State) -> Iterator[tuple[State, str]]:
        """Yield where a route may have come from."""
        here, way = state
        if way == DOWN:
            for outer, key in self.above.get(here, ()):
                yield (outer, DOWN), key
            return
        yield (here, DOWN), ""
        for inner, key in self.below.get(here, ()):
            yield (inner, UP), key
        for other, key in self.meets.get(here, ()):
            yield (other, DOWN), key

    def reach(self, start: State, *, back: bool = False) -> set[State]:
        """Return every state that a route from ``start`` comes to, or comes from."""
        step = self.backward if back else self.forward
        seen = {start}
        waiting = [start]
        while waiting:
            for state, _ in step(waiting.pop()):
                if state not in seen:
                    seen.add(state)
                    waiting.append(state)
        return seen

    def over(self, name: str) -> set[str]:
        """Return every criterion within which one lies, itself included."""
        return _closure(name, self.above)

    def under(self, name: str) -> set[str]:
        """Return every criterion that lies within one, itself included."""
        return _closure(name, self.below)

    def circles(self) -> dict[str, str]:
        """Return for each criterion the first name of all that lie within it and within which it lies."""
        return circles({inner: [outer for outer, _ in outers] for inner, outers in self.above.items()})

    def bearing(self, start: State, goal: State) -> frozenset[str]:
        """Return the keys of everything that can lie on a route."""
        on = self.reach(start) & self.reach(goal, back=True)
        return frozenset(key for state in on for into, key in self.forward(state) if into in on and key)

    def routes(self, start: State, goal: State, bound: int) -> list[frozenset[str]]:
        """Return the keys of each route from ``start`` to ``goal``, those that cost least first.

        :raises TooManyError: when there are more than ``bound``, or finding them takes 64 times as many steps.
        """
        distance = self._distances(goal)
        found: dict[frozenset[str], None] = {}
        queue: list[tuple[int, tuple[str, ...], State, frozenset[State]]] = []
        if start in distance:
            queue.append((distance[start], (), start, frozenset((start,))))
        steps = 0
        while queue:
            cost, keys, here, seen = heapq.heappop(queue)
            steps += 1
            if here == goal:
                found[frozenset(keys)] = None
            if len(found) > bound or steps > 64 * bound:
                raise TooManyError
            for into, key in self.forward(here) if here != goal else ():
                if into in distance and into not in seen:
                    past = cost - distance[here] + self.cost(key)
                    longer = (*keys, key) if key else keys
                    heapq.heappush(queue, (past + distance[into], longer, into, seen | {into}))
        return list(found)

    def shortest(self, start: State, goal: State) -> frozenset[str]:
        """Return the keys of one route that costs least, empty when there is none."""
        distance = self._distances(goal)
        keys: list[str] = []
        here = start
        while here != goal and here in distance:
            steps = (
                (distance[into] + self.cost(key), key, into) for into, key in self.forward(here) if into in distance
            )
            _, key, here = min(steps)
            keys.append(key)
        return frozenset(key for key in keys if key)

    def cost(self, key: str) -> int:
        """Return what a step costs: rows that can be disputed count first, then steps."""
        return 1 if not key or key in self.free else _ROW

    def _distances(self, goal: State) -> dict[State, int]:
        distance = {goal: 0}
        queue = [(0, goal)]
        while queue:
            cost, here = heapq.heappop(queue)
            if cost > distance[here]:
                continue
            for origin, key in self.backward(here):
                longer = cost + self.cost(key)
                if longer < distance.get(origin, longer + 1):
                    distance[origin] = longer
                    heapq.heappush(queue, (longer, origin))
        return distance


def _closure(name: str, steps: Mapping[str, list[tuple[str, str]]]) -> set[str]:
    seen = {name}
    waiting = [name]
    while waiting:
        for further, _ in steps.get(waiting.pop(), ()):
            if further not in seen:
                seen.add(further)
                waiting.append(further)
    return seen
