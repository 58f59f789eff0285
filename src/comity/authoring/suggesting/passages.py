"""Ways from a criterion of one text to one of another through the rows of other sets."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from comity.model.classes import dataclass
from comity.model.mappings import Relation, Row

ROWS: Final = 2
"""Rows that a way has at most."""

_EQUAL, _SHARES, _LEAD, _DENIES = 1.0, 0.8, 0.4, 0.3
"""How much a row brings two criteria together, by what it says."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A way from one criterion to another.

    :param strength: 0 to 1; the weaker, the more steps it has and the more rows end where it passes.
    :param rows: in their order.
    :param begins: the criterion at which the rows begin; another than the one asked about where only its words are
        alike.
    :param ends: the criterion at which they end, likewise.
    """

    strength: float
    rows: tuple[Row, ...]
    begins: str
    ends: str


Near = Callable[[str], Sequence[tuple[str, float]]]
"""Criteria of any text that are worded much alike, and how much."""


class Passages:
    """The rows between texts other than the two that are compared.

    :param rows: of all sets.
    :param version: criterion to the edition that it is of; criteria that nobody has described are not passed.
    :param ends: the two editions.
    """

    def __init__(self, rows: Iterable[Row], version: Mapping[str, str], ends: tuple[str, str], near: Near) -> None:
        self.version, self.ends, self.near = version, ends, near
        self.ties: dict[str, list[tuple[str, Row]]] = defaultdict(list)
        for row in rows:
            sides = version.get(row.subject), version.get(row.object)
            if None not in sides and set(sides) != set(ends):
                self.ties[row.subject].append((row.object, row))
                self.ties[row.object].append((row.subject, row))

    def from_(self, subject: str) -> dict[str, tuple[Passage, ...]]:
        """Return the ways to each criterion of the second edition whose rows begin here, or at one worded alike."""
        first, second = self.ends
        starts = [(subject, 1.0), *((x, w) for x, w in self.near(subject) if self.version[x] not in (first, second))]
        found: dict[str, list[Passage]] = defaultdict(list)
        for begin, weight in starts:
            for passage in self._walk(begin, weight):
                if self.version[passage.ends] == second:
                    found[passage.ends].append(passage)
        return {end: tuple(ways) for end, ways in found.items()}

    def back(self, object_: str) -> dict[str, Passage]:
        """Return the ways of one row to what is worded like the object, from each criterion of the first edition."""
        first, second = self.ends
        found: dict[str, Passage] = {}
        for other, weight in self.near(object_):
            if self.version[other] in (first, second):
                continue
            for subject, row in self.ties[other]:
                passage = Passage(weight * _weight(row), (row,), subject, other)
                if self.version[subject] == first and (
                    subject not in found or passage.strength > found[subject].strength
                ):
                    found[subject] = passage
        return found

    def _walk(self, begin: str, weight: float) -> Iterable[Passage]:
        layer = {begin: Passage(weight, (), begin, begin)}
        seen = {begin}
        for _ in range(ROWS):
            reached: dict[str, Passage] = {}
            for place, way in layer.items():
                ties = self.ties.get(place, ())
                crowd = math.sqrt(1 + math.log(len(ties) or 1))
                for other, row in ties:
                    strength = way.strength * _weight(row) / crowd
                    if other not in seen and strength > (reached[other].strength if other in reached else 0):
                        reached[other] = Passage(strength, (*way.rows, row), begin, other)
            yield from reached.values()
            seen |= reached.keys()
            layer = {place: way for place, way in reached.items() if self.version[place] not in self.ends}


def together(passages: Iterable[Passage]) -> float:
    """Return the strength of several ways at once.

    >>> together([Passage(0.5, (), "a", "b"), Passage(0.5, (), "a", "b")])
    0.75
    """
    return 1 - math.prod(1 - p.strength for p in passages)


def _weight(row: Row) -> float:
    if row.lead:
        return _LEAD
    if row.mask & Relation.DR:
        return _DENIES
    return _EQUAL if row.mask is Relation.EQ else _SHARES
