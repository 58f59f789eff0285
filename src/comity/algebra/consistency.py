"""Contradictions among mapping rows (semantics, section 5).

The rows are constraints between sets of obligations. Two engines look for what cannot be: routes through the plain
constraints (:mod:`comity.algebra.network`), which decide all networks without "either, or" and name every minimal
conflicting set; and path consistency (:mod:`comity.algebra.tightening`) in the blocks that hold such a row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from operator import attrgetter
from typing import Final

from comity.algebra.blocks import blocks
from comity.algebra.denials import Conflicts, Joint, conflicts
from comity.algebra.minimal import Keys, least, minimal_sets
from comity.algebra.network import UP, Network, Statement, TooManyError, is_plain
from comity.algebra.relation import converse
from comity.algebra.tightening import Work, tighten
from comity.model.classes import dataclass
from comity.model.criteria import Decomposition, JointCoverage
from comity.model.mappings import Relation, Row

BOUND: Final = 32
"""The minimal sets that are told apart for one row's denial; past it, all rows that bear on the denial count."""
WORK: Final = 20_000_000
"""The compositions made to find the minimal sets of a block by path consistency; past it, all rows of it count."""


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """Rows that cannot all be true.

    :param rows: ids, in order.
    :param given: what they conflict with beside each other: ids of given rows, IRIs of decompositions and joints.
    :param minimal: false when there were more minimal sets than the bound, and these are all rows concerned.
    """

    rows: tuple[str, ...]
    given: tuple[str, ...] = ()
    minimal: bool = True


@dataclass(frozen=True, slots=True, order=True)
class ForcedEqual:
    """Criteria of one scheme version that rows force to be equal: a 1:n set of equal rows usually meant joint coverage.

    What the text itself makes equal, such as the same limit for two periods, is not reported.

    :param rows: ids of rows that force it, as few as can be for each pair of neighbours.
    """

    version: str
    criteria: tuple[str, ...]
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consistency:
    """What was found, in an order that depends on the set of rows alone.

    :param unchecked: criteria of blocks that were too large for path consistency.
    """

    conflicts: tuple[Conflict, ...]
    equal: tuple[ForcedEqual, ...] = ()
    unchecked: tuple[tuple[str, ...], ...] = ()

    @property
    def disputed(self) -> frozenset[str]:
        """Ids of the rows that derive nothing until somebody mends them."""
        return frozenset(key for conflict in self.conflicts for key in conflict.rows)


def check(
    rows: Iterable[Row],
    *,
    given: Iterable[Row] = (),
    joints: Iterable[JointCoverage] = (),
    decompositions: Iterable[Decomposition] = (),
    versions: Mapping[str, str] | None = None,
    bound: int = BOUND,
) -> Consistency:
    """Look for contradictions.

    :param rows: what may be disputed; leads say nothing and are passed over.
    :param given: what is taken as it is, such as the order of limits on one metric.
    :param decompositions: a part lies within its whole; those that are complete are joint coverages as well.
    :param versions: criterion to its scheme version, to report criteria of one version that are forced to be equal.

    What rows say is judged whether or not they are marked as disputed already.
    """
    stated = tuple(rows)
    disputable = _statements(stated)
    periods = {r.id: (r.valid_from or date.min, r.valid_until or date.max) for r in stated}
    wholes = tuple(decompositions)
    parts = [_statement(d.iri, part, d.whole, Relation.COVERED_BY) for d in wholes for part in d.parts]
    fixed = (*_statements(given), *parts)
    joined = sorted(
        {
            *(Joint(j.iri, tuple(sorted(set(j.members))), j.covers) for j in joints),
            *(Joint(d.iri, tuple(sorted(set(d.parts))), d.whole) for d in wholes if d.complete),
        }
    )
    free = frozenset((*(s.key for s in fixed), *(j.key for j in joined)))
    alone = dict(_alone(disputable, fixed))
    left = (s for s in disputable if s.key not in alone)
    said = sorted({*left, *fixed}, key=attrgetter("key", "a", "b", "mask"))
    world = _World(said, tuple(joined), free)
    found = world.plain(bound)
    entangled, unchecked = world.entangled(bound)
    by_itself = (Conflicts(frozenset(keys)) for keys in alone.items())
    possible = [f for f in (*by_itself, *found, *entangled) if not f.minimal or _share_a_day(f.keys, periods)]
    together = _least(possible, world.free)
    disputed = frozenset(key for conflict in together for key in conflict.rows)
    return Consistency(together, world.equal(versions or {}, disputed), unchecked)


def quarantine(rows: Iterable[Row], found: Consistency) -> tuple[Row, ...]:
    """Return the rows with those marked as disputed that lie in a conflict, and only those."""
    return tuple(r if r.disputed == (r.id in found.disputed) else replace(r, disputed=not r.disputed) for r in rows)


def _share_a_day(keys: Keys, periods: Mapping[str, tuple[date, date]]) -> bool:
    """Tell whether rows are ever valid together: those that follow each other do not conflict."""
    valid = [periods[key] for key in keys if key in periods]
    return not valid or max(start for start, _ in valid) <= min(end for _, end in valid)


def _statements(rows: Iterable[Row]) -> list[Statement]:
    telling = (r for r in rows if not r.lead and r.mask != Relation.ANYTHING)
    return [_statement(r.id, r.subject, r.object, r.mask) for r in telling]


def _statement(key: str, a: str, b: str, mask: Relation) -> Statement:
    return Statement(key, a, b, mask) if a <= b else Statement(key, b, a, converse(mask))


def _alone(disputable: Iterable[Statement], fixed: Iterable[Statement]) -> Iterator[tuple[str, str]]:
    """Yield each row that says of two criteria what cannot be beside one given statement of the same two, with that.

    No other minimal set holds such a row. Set aside before those are searched, it spends none of the bound: else one
    wrong number drags in all the rows that its long ways round pass by.
    """
    by_pair: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in sorted(fixed, key=attrgetter("key")):
        by_pair[statement.a, statement.b].append(statement)
    for row in disputable:
        against = (s.key for s in by_pair.get((row.a, row.b), ()) if not s.mask & row.mask)
        yield from ((row.key, key) for key in [*against][:1])


@dataclass(frozen=True, slots=True)
class _World:
    """All that is said, in a stable order.

    :param free: keys of what cannot be disputed.
    """

    said: Sequence[Statement]
    joints: tuple[Joint, ...]
    free: Keys

    def plain(self, bound: int) -> list[Conflicts]:
        """Return the conflicts that routes show."""
        return conflicts(Network.of(self.said, self.free), self.joints, bound)

    def entangled(self, bound: int) -> tuple[list[Conflicts], tuple[tuple[str, ...], ...]]:
        """Return the conflicts that only path consistency shows, and the blocks too large for it."""
        odd = {(s.a, s.b) for s in self.said if not is_plain(s.mask)}
        if not odd:
            return [], ()
        links = [(s.a, s.b) for s in self.said] + [(m, j.whole) for j in self.joints for m in j.members]
        found: list[Conflicts] = []
        unchecked: list[tuple[str, ...]] = []
        for block in blocks(links):
            if any(a in block and b in block for a, b in odd):
                try:
                    found += self._in_block(block, bound)
                except TooManyError:
                    unchecked.append(tuple(sorted(block)))
        return found, tuple(unchecked)

    def _in_block(self, block: frozenset[str], bound: int) -> list[Conflicts]:
        inside = [s for s in self.said if s.a in block and s.b in block]
        joints = [(j.members, j.whole) for j in self.joints if j.whole in block and set(j.members) <= block]

        def conflict(keys: Keys, work: Work) -> bool:
            return tighten([s for s in inside if s.key in keys or s.key in self.free], joints, work) is None

        keys = frozenset(s.key for s in inside) - self.free
        given = frozenset(s.key for s in inside) & self.free
        if not conflict(keys, Work()):
            return []
        work = Work(WORK)
        try:
            return [Conflicts(k | given) for k in minimal_sets(keys, lambda k: conflict(k, work), bound)]
        except TooManyError:
            return [Conflicts(keys | given, minimal=False)]

    def equal(self, versions: Mapping[str, str], disputed: Keys) -> tuple[ForcedEqual, ...]:
        """Return the criteria of one version that rows which are not disputed force to be equal."""
        network = Network.of([s for s in self.said if s.key not in disputed], self.free)
        alike: dict[tuple[str, str], list[str]] = defaultdict(list)
        for criterion, first in sorted(network.circles().items()):
            if criterion in versions:
                alike[first, versions[criterion]].append(criterion)
        several = [(version, tuple(same)) for (_, version), same in alike.items() if len(same) > 1]
        found = [ForcedEqual(version, same, self._forcing(network, same)) for version, same in several]
        return tuple(sorted(e for e in found if e.rows))

    def _forcing(self, network: Network, criteria: tuple[str, ...]) -> tuple[str, ...]:
        keys: set[str] = set()
        for one, other in pairwise(criteria):
            keys |= network.shortest((one, UP), (other, UP)) | network.shortest((other, UP), (one, UP))
        return tuple(sorted(keys - self.free))


def _least(found: Iterable[Conflicts], free: Keys) -> tuple[Conflict, ...]:
    """Keep the conflicts whose rows contain no other conflict's; those past the bound all stay."""
    minimal = [f for f in found if f.minimal]
    given: dict[Keys, Keys] = {}
    for f in sorted(minimal, key=lambda f: (len(f.keys), sorted(f.keys))):
        given.setdefault(f.keys - free, f.keys & free)
    kept = [Conflict(tuple(sorted(rows)), tuple(sorted(given[rows]))) for rows in least(given)]
    broad = {
        Conflict(tuple(sorted(f.keys - free)), tuple(sorted(f.keys & free)), False) for f in found if not f.minimal
    }
    return tuple(sorted((*kept, *broad), key=lambda c: (not c.minimal, len(c.rows), c.rows)))
