"""Path consistency: what every two relations in a row leave of a third (semantics, section 5)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from comity.algebra.network import Statement, TooManyError
from comity.algebra.relation import compose, converse
from comity.model.classes import dataclass
from comity.model.mappings import Relation

ANY: Final = int(Relation.ANYTHING)
DISJOINT: Final = int(Relation.DR)


@cache
def _converses() -> list[int]:
    return [int(converse(Relation(mask))) for mask in range(32)]


@cache
def _compositions() -> list[list[int]]:
    return [[int(compose(Relation(one), Relation(other))) for other in range(32)] for one in range(32)]


@dataclass(slots=True)
class Work:
    """A number of compositions, so that what is given up does not depend on how fast the machine is."""

    left: int = 2_000_000


def tighten(
    statements: Iterable[Statement], joints: Sequence[tuple[tuple[str, ...], str]] = (), work: Work | None = None
) -> dict[tuple[str, str], Relation] | None:
    """Return every relation that path consistency leaves, ``None`` when it leaves nothing between two criteria.

    :param joints: members and the whole that they jointly cover: what is disjoint from every member is from the whole.
    :param work: the compositions that may be made, counted down.
    :raises TooManyError: when they are used up.

    >>> rows = [Statement("1", "a", "b", Relation.SUP), Statement("2", "b", "c", Relation.COVERS)]
    >>> tighten(rows)["a", "c"]
    <Relation.SUP: 4>
    """
    network = _Masks(work or Work())
    for s in statements:
        network.put(s.a, s.b, int(s.mask))
    while network.settle():
        if not network.settle_joints(joints):
            return {(a, b): Relation(mask) for a, row in network.masks.items() for b, mask in row.items()}
    return None


class _Masks:
    """Masks that say something, in both directions; a pair that is not there may stand in any relation."""

    def __init__(self, work: Work) -> None:
        self.masks: dict[str, dict[str, int]] = {}
        self.waiting: deque[tuple[str, str]] = deque()
        self.sound = True
        self.work = work
        self.converse, self.compose = _converses(), _compositions()

    def put(self, a: str, b: str, mask: int) -> None:
        """Narrow the mask of a pair, and of its converse, by one more statement."""
        if a == b:
            self.sound &= bool(mask & Relation.EQ)
            return
        row = self.masks.setdefault(a, {})
        old = row.get(b, ANY)
        new = old & mask
        if new != old:
            row[b] = new
            self.masks.setdefault(b, {})[a] = self.converse[new]
            self.waiting.append((a, b))
            self.sound &= bool(new)

    def settle(self) -> bool:
        """Compose until nothing changes; false when some pair is left with nothing."""
        while self.waiting and self.sound:
            a, b = self.waiting.popleft()
            for one, other in ((a, b), (b, a)):
                table = self.compose[self.masks[one][other]]
                for third, mask in list(self.masks[other].items()):
                    self.work.left -= 1
                    if third != one and table[mask] != ANY:
                        self.put(one, third, table[mask])
            if self.work.left < 0:
                raise TooManyError
        return self.sound

    def settle_joints(self, joints: Sequence[tuple[tuple[str, ...], str]]) -> bool:
        """Apply the joint coverages once; true when one of them said something new."""
        for members, whole in joints:
            apart = [{x for x, mask in self.masks.get(m, {}).items() if mask == DISJOINT} for m in members]
            for x in sorted(set.intersection(*apart)) if apart else ():
                self.put(x, whole, DISJOINT)
        return bool(self.waiting)
