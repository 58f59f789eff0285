"""Which facts follow from which in a large network, on demand, with fewest-step proofs (semantics, section 3).

Facts for and against travel in the same three ways, along edges only. So what follows from a criterion lies on routes:
*all* (or *none*) goes down into what lies within; once across an overlap, or by a mere turn, it becomes *some* (or
*not-all*), and goes up. Backwards it is the same with above and below exchanged. Every search starts at what is asked
for and is as large as what it finds; all pairs are never made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from comity.algebra.edges import Travel
from comity.algebra.ties import COVERED_BY, COVERS, OVERLAPS, Adjacent, Ties
from comity.model.classes import dataclass
from comity.model.scales import Authority

BOUND: Final = 5_000
"""Criteria past which what one criterion follows from is said to explode."""

_WAYS: Final = {Travel.COVERS: COVERS, Travel.COVERED_BY: COVERED_BY, Travel.OVERLAPS: OVERLAPS}


Proof = tuple[int | Sequence[int], "Proof | None"]
"""The position of a row, or of several on one pair, and what leads there; ``None`` at a start."""


class ExplodesError(Exception):
    """A search found more than its bound."""


@dataclass(frozen=True, slots=True)
class Tree:
    """What a search found, breadth first.

    :param before: a criterion to the one before it; where the search began, ``~n`` for a criterion n of another one.
    :param levels: the criteria found at each distance.
    """

    before: dict[int, int]
    levels: list[list[int]]


def spread(
    begin: Sequence[Iterable[int]],
    along: Sequence[Adjacent],
    across: Sequence[Adjacent] = (),
    bound: int | None = None,
) -> Tree:
    """Search breadth first.

    :param begin: at each distance, the criteria that begin there.
    :param along: the ties to follow.
    :param across: ties to follow once, at the beginning.
    :raises ExplodesError: when more than ``bound`` criteria are found.
    """
    before: dict[int, int] = {}
    levels: list[list[int]] = []
    frontier: list[int] = []
    crossing: Iterable[int] = ()
    while frontier or len(levels) < len(begin) or crossing:
        fresh: list[int] = []
        for here in frontier:
            for near in along:
                for other in near.get(here, ()):
                    if other not in before:
                        before[other] = here
                        fresh.append(other)
        beginning = begin[len(levels)] if len(levels) < len(begin) else ()
        for here in beginning:
            if here not in before:
                before[here] = ~here
                fresh.append(here)
        for here in crossing if across else ():
            for near in across:
                for other in near.get(here, ()):
                    if other not in before:
                        before[other] = ~here
                        fresh.append(other)
        if bound is not None and len(before) > bound:
            raise ExplodesError
        crossing = beginning
        frontier = fresh
        levels.append(fresh)
    return Tree(before, levels)


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of a chain, in the direction in which the fact travels.

    :param rows: positions of the rows that give it.
    """

    source: str
    target: str
    travel: Travel
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Routes:
    """All routes that use ties of one authority and above.

    :param down: from the starts into what lies within.
    :param across: from there, once across an overlap or by a turn, and upwards.
    :param up: from the starts to that within which they lie.
    """

    floor: int
    down: Tree
    across: Tree
    up: Tree


@dataclass(frozen=True, slots=True)
class Reached:
    """What follows from some criteria, or what they follow from.

    :param backwards: true for what they follow from.
    :param routes: the highest authority first.
    """

    ties: Ties
    backwards: bool
    routes: tuple[Routes, ...]

    def found(self, travel: Travel) -> Mapping[str, int]:
        """Return the criteria found, each with the best authority of a chain.

        :param travel: ``COVERS`` for all from all, ``OVERLAPS`` for some from all, ``COVERED_BY`` for some from some.
        """
        best: dict[str, int] = {}
        for routes in self.routes:
            for number in self._tree(routes, travel).before:
                best.setdefault(self.ties.table.names[number], routes.floor)
        return best

    def size(self) -> int:
        """Return the number of criteria that something follows from, or that follow."""
        last = self.routes[-1]
        return len(last.across.before.keys() | last.up.before.keys() | last.down.before.keys())

    def chain(self, travel: Travel, criterion: str) -> tuple[int, tuple[Step, ...]] | None:
        """Return the best chain: of the highest authority, and of those one with the fewest steps.

        :returns: its authority and its steps, in the direction in which the fact travels; ``None`` for no chain.
        """
        number = self.ties.number[criterion]
        for routes in self.routes:
            if number in self._tree(routes, travel).before:
                steps = tuple(self._steps(routes, travel, number))
                return routes.floor, steps if self.backwards else steps[::-1]
        return None

    def proofs(self, travel: Travel) -> dict[int, Proof | None]:
        """Return the number of every criterion found with the rows of its best chain, read from it to the start."""
        upward, downward = self._directions
        best: dict[int, Proof | None] = {}
        for routes in self.routes:
            if travel is Travel.OVERLAPS:
                proofs = self._linked(routes.across, upward, self._linked(routes.down, downward, {}))
            else:
                tree = self._tree(routes, travel)
                proofs = self._linked(tree, downward if tree is routes.down else upward, {})
            best = {**proofs, **best} if best else proofs
        return best

    def _linked(self, tree: Tree, way: Travel, begin: Mapping[int, Proof | None]) -> dict[int, Proof | None]:
        """Return the proofs of a tree's criteria.

        :param begin: the proofs of where the tree began, for those that have any.
        """
        proofs: dict[int, Proof | None] = {}
        row, several, count = self.ties.row, self.ties.several, len(self.ties.table.names)
        for here, origin in tree.before.items():
            there, rest = (origin, proofs[origin]) if origin >= 0 else (~origin, begin.get(~origin))
            if there == here:
                proofs[here] = rest
                continue
            key = here * count + there if here < there else there * count + here
            if key in several:
                proofs[here] = (self._on(here, there, way if origin >= 0 else Travel.OVERLAPS), rest)
            else:
                proofs[here] = (row[key], rest)
        return proofs

    @property
    def _directions(self) -> tuple[Travel, Travel]:
        """How facts travel along a tie that a route takes upwards, and along one that it takes downwards."""
        return (Travel.COVERS, Travel.COVERED_BY) if self.backwards else (Travel.COVERED_BY, Travel.COVERS)

    def _tree(self, routes: Routes, travel: Travel) -> Tree:
        if travel is Travel.OVERLAPS:
            return routes.across
        return routes.down if (travel is Travel.COVERS) is not self.backwards else routes.up

    def _steps(self, routes: Routes, travel: Travel, number: int) -> Iterator[Step]:
        names = self.ties.table.names
        for here, there, way in self._walk(routes, travel, number):
            source, target = (here, there) if self.backwards else (there, here)
            yield Step(names[source], names[target], way, tuple(self._on(here, there, way)))

    def _walk(self, routes: Routes, travel: Travel, number: int) -> Iterator[tuple[int, int, Travel]]:
        """Go from a criterion found to the start; yield each tie with the way in which facts travel along it."""
        upward, downward = self._directions
        before = self._tree(routes, travel).before
        way = downward if before is routes.down.before else upward
        while (origin := before[number]) >= 0 or before is routes.across.before:
            if origin >= 0:
                yield number, origin, way
                number = origin
                continue
            if ~origin != number:
                yield number, ~origin, Travel.OVERLAPS
                number = ~origin
            before, way = routes.down.before, downward

    def _on(self, here: int, there: int, way: Travel) -> Sequence[int]:
        return step_rows(self.ties, *((here, there) if self.backwards else (there, here)), way)


def step_rows(ties: Ties, source: int, target: int, travel: Travel) -> Sequence[int]:
    """Return the rows that let facts travel from one criterion to the next."""
    rows = ties.rows_on(source, target)
    if len(rows) == 1:
        return rows
    best = ties.best(source, target, _WAYS[travel])
    return best[1] if best is not None else ()


def following(ties: Ties, criteria: Iterable[str], bound: int | None = None) -> Reached:
    """Find what follows from criteria of which a fact is known.

    :raises ExplodesError: when that is more than ``bound`` criteria.
    """
    return Reached(ties, False, tuple(_routes(ties, criteria, bound)))


def leading(ties: Ties, criteria: Iterable[str], bound: int | None = None) -> Reached:
    """Find what criteria follow from: a rule, or the requirements of a market.

    :raises ExplodesError: when that is more than ``bound`` criteria.
    """
    return Reached(ties, True, tuple(_routes(ties, criteria, bound)))


def _routes(ties: Ties, criteria: Iterable[str], bound: int | None) -> Iterator[Routes]:
    starts = sorted({ties.number[c] for c in criteria if c in ties.number})
    for floor in ties.layers or (max(Authority),):
        layers = ties.down_to(floor)
        above, below = [layer.above for layer in layers], [layer.below for layer in layers]
        down = spread([starts], below, bound=bound)
        across = spread(down.levels, above, [layer.meets for layer in layers], bound)
        yield Routes(floor, down, across, spread([starts], above, bound=bound))
