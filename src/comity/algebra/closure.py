"""What follows from rows about two criteria that no row names together (semantics, section 2, *Composition*).

For one criterion at a time, breadth first: what lies within what, what overlaps, what is disjoint, and what is known
not to lie within what. Together these say as much as composing masks along all chains and intersecting what they give.
It serves ``relate`` and ``closure``: facts do not travel along what is composed here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from comity.algebra.network import is_plain
from comity.algebra.reach import spread
from comity.algebra.ties import COVERED_BY, COVERS, OVERLAPS, Adjacent, Ties
from comity.model.classes import dataclass
from comity.model.mappings import Relation

ANYTHING = int(Relation.ANYTHING)
DISJOINT = int(Relation.DR)
NOT_COVERS = ANYTHING & ~COVERS
NOT_COVERED_BY = ANYTHING & ~COVERED_BY

Hop = tuple[int, int]
"""The two ends of a tie that a chain goes along."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is known of a criterion.

    :param steps: rows that it takes, at least.
    :param before: where the chain came from: the criterion before, and the reason why that is reached.
    """

    steps: int
    before: tuple[int, Reason] | None


Found = dict[int, Reason]
HERE = Reason(0, None)


@dataclass(frozen=True, slots=True)
class Related:
    """How a criterion stands to another.

    :param hops: rows in the longest chain that it takes to know it.
    """

    target: int
    mask: int
    hops: int


class Closure:
    """The relations that a network's rows give, on demand."""

    def __init__(self, ties: Ties) -> None:
        self.ties = ties
        layers = list(ties.layers.values())
        self.above = [layer.above for layer in layers]
        self.below = [layer.below for layer in layers]
        self.meets = [layer.meets for layer in layers]

    def of(self, source: int) -> list[Related]:
        """Return every criterion of which something is known from one, in order of their numbers."""
        known: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for mask, found in self.reasons(source).items():
            for target, reason in found.items():
                known[target].append((reason.steps, mask))
        for target in self.stated[source]:
            known[target].append((1, self.mask(source, target)))
        known.pop(source, None)
        return [Related(target, *_settled(known[target])) for target in sorted(known)]

    def reasons(self, source: int) -> dict[int, Found]:
        """Return, for each plain statement, the criteria of which it is known, and why.

        :returns: by the mask that the statement leaves, from the source to the criterion.
        """
        begin = [(source, HERE)]
        over, under = _search(begin, self.above), _search(begin, self.below)
        overlap = _search([*under.items(), *_crossed(under, self.meets)], self.above)
        apart = _search(_crossed(over, (self.disjoint,)), self.below)
        # What is outside of something below the source: neither that nor the source lies within it.
        outside = [*_crossed(under, (self.not_within,)), *_crossed(overlap, (self.disjoint,))]
        not_within = _search(outside, self.below)
        # What has something that is outside of all that the source lies within.
        more = _search(_crossed(over, (self.has_not,)), self.above)
        meets_apart = self._overlapping(_crossed(over, (self.disjoint,)))
        return {
            COVERED_BY: over,
            COVERS: under,
            OVERLAPS: overlap,
            DISJOINT: apart,
            NOT_COVERED_BY: not_within,
            NOT_COVERS: _nearest(more, meets_apart),
        }

    def _overlapping(self, begin: Sequence[tuple[int, Reason]]) -> Found:
        """Return what overlaps any of the criteria that a search begins at."""
        under = _search(begin, self.below)
        return _search([*under.items(), *_crossed(under, self.meets)], self.above)

    def mask(self, a: int, b: int) -> int:
        """Return what rows say of a pair themselves."""
        return self.ties.mask(a, self.ties.rows_on(a, b))

    @property
    def stated(self) -> Mapping[int, Sequence[int]]:
        """The criteria that rows name beside each criterion."""
        return self._said[0]

    @property
    def disjoint(self) -> Adjacent:
        """Criteria that rows call disjoint."""
        return self._said[1]

    @property
    def not_within(self) -> Adjacent:
        """A criterion to those within which it does not lie, by its rows."""
        return self._said[2]

    @property
    def has_not(self) -> Adjacent:
        """A criterion to those that do not lie within it, by its rows."""
        return self._said[3]

    @cached_property
    def _said(self) -> tuple[Adjacent, Adjacent, Adjacent, Adjacent]:
        stated, disjoint, not_within, has_not = (defaultdict[int, list[int]](list) for _ in range(4))
        count = len(self.ties.table.names)
        for key in sorted(self.ties.row):
            a, b = divmod(key, count)
            mask = self.mask(a, b)
            stated[a].append(b)
            stated[b].append(a)
            if mask == DISJOINT:
                disjoint[a].append(b)
                disjoint[b].append(a)
            if not mask & COVERED_BY:
                not_within[a].append(b)
                has_not[b].append(a)
            if not mask & COVERS:
                not_within[b].append(a)
                has_not[a].append(b)
        return stated, disjoint, not_within, has_not


def chain(target: int, reason: Reason) -> list[Hop]:
    """Return the ties from the source of a search to what it found."""
    hops: list[Hop] = []
    here, why = target, reason
    while why.before is not None:
        origin, why = why.before
        if origin != here:
            hops.append((origin, here))
        here = origin
    return hops[::-1]


def _search(begin: Sequence[tuple[int, Reason]], along: Sequence[Adjacent]) -> Found:
    """Search breadth first from criteria that are reached already, each by its reason."""
    waiting: dict[int, list[tuple[int, Reason]]] = defaultdict(list)
    for here, reason in begin:
        waiting[reason.steps].append((here, reason))
    found: Found = {}
    steps = min(waiting, default=0)
    while waiting:
        for here, reason in waiting.pop(steps, ()):
            if here not in found:
                found[here] = reason
                for near in along:
                    for other in near.get(here, ()):
                        if other not in found:
                            waiting[steps + 1].append((other, Reason(steps + 1, (here, reason))))
        steps += 1
    return found


def _crossed(found: Found, across: Sequence[Adjacent]) -> list[tuple[int, Reason]]:
    """Go one tie further."""
    return [
        (other, Reason(reason.steps + 1, (here, reason)))
        for here, reason in found.items()
        for near in across
        for other in near.get(here, ())
    ]


def _nearest(one: Found, other: Found) -> Found:
    """Keep, of two reasons for one criterion, that which takes fewer rows."""
    nearer = {t: r for t, r in other.items() if t not in one or r.steps < one[t].steps}
    return {**one, **nearer}


def _settled(known: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Intersect what is known, and say after how many rows there is nothing to add."""
    mask, hops = ANYTHING, 0
    for steps, statement in sorted(known):
        if mask & statement != mask:
            mask, hops = mask & statement, steps
    return mask, hops


def denies_itself(closure: Closure) -> bool:
    """Tell whether some rows deny what chains of others force; never false where path consistency finds that.

    It is far faster than looking for the rows (:mod:`comity.algebra.consistency`), which is then worth while.
    """
    masks = {closure.mask(a, b) for a, others in closure.stated.items() for b in others}
    if any(not mask or not is_plain(Relation(mask)) for mask in masks):
        return True
    within: set[tuple[int, int]] = set()
    for a, others in closure.stated.items():
        over = spread([[a]], closure.above).before
        within.update((a, b) for b in others if b in over)
    if any(_denied(closure, a, b, (b, a) in within) for a, b in within):
        return True
    return any(_overlaps(closure, a, others) for a, others in closure.disjoint.items())


def _denied(closure: Closure, a: int, b: int, equal: bool) -> bool:
    return not closure.mask(a, b) & (int(Relation.EQ) if equal else COVERED_BY)


def _overlaps(closure: Closure, a: int, others: Sequence[int]) -> bool:
    """Tell whether chains force an overlap with something that rows call disjoint."""
    under = spread([[a]], closure.below)
    reached = spread(under.levels, closure.above, closure.meets).before
    return any(other in reached for other in others)
