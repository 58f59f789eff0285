"""A large network of mapping rows, as numbers and adjacency lists.

Criteria are numbered in the order of their names, so that nothing depends on the order of rows. A *tie* is what the
rows on one pair say together (semantics, section 2, *Edges*): one lies within the other, or they overlap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import Final

from comity.algebra.edges import counts_on
from comity.algebra.relation import converse
from comity.model.classes import dataclass
from comity.model.mappings import Relation, Row
from comity.model.memory import uncollected

Adjacent = dict[int, list[int]]
"""A criterion to the criteria that it is tied to."""

CONVERSE: Final = [int(converse(Relation(mask))) for mask in range(32)]
COVERS, COVERED_BY, OVERLAPS = int(Relation.COVERS), int(Relation.COVERED_BY), int(Relation.OVERLAPS)
WAYS: Final = (COVERS, COVERED_BY, OVERLAPS)
_ANYTHING: Final = int(Relation.ANYTHING)
_WIDE: Final = [mask > 0 and not mask & ~COVERS for mask in range(32)]
_NARROW: Final = [mask > 0 and not mask & ~COVERED_BY for mask in range(32)]
_MEETS: Final = [
    mask > 0 and not mask & ~OVERLAPS and bool(mask & ~COVERS) and bool(mask & ~COVERED_BY) for mask in range(32)
]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in columns; a row is known by its position.

    :param names: criteria, sorted; a criterion's number is its position.
    """

    names: Sequence[str]
    subjects: Sequence[int]
    objects: Sequence[int]
    masks: Sequence[int]
    authorities: Sequence[int]

    @classmethod
    def of(cls, names: Sequence[str], columns: Iterable[Sequence[int]]) -> Table:
        """Number criteria by name.

        :param names: criteria in any order, each once.
        :param columns: subjects and objects as positions in ``names``, masks, authorities.
        """
        order = sorted(range(len(names)), key=names.__getitem__)
        rank = [0] * len(names)
        for position, number in enumerate(order):
            rank[number] = position
        subjects, objects, masks, authorities = columns
        return cls(
            [names[number] for number in order],
            [rank[number] for number in subjects],
            [rank[number] for number in objects],
            masks,
            authorities,
        )


def tabulate(rows: Iterable[Row], on: date) -> tuple[Table, tuple[Row, ...]]:
    """Put rows that count on a day, and are not disputed, into a table.

    :returns: the table, and the rows in its order, which is that of their ids.
    """
    counting = (r for r in rows if not r.disputed and r.subject != r.object and counts_on(r, on))
    kept = tuple(sorted(counting, key=lambda r: r.id))
    numbers: dict[str, int] = {}
    for row in kept:
        numbers.setdefault(row.subject, len(numbers))
        numbers.setdefault(row.object, len(numbers))
    columns = (
        [numbers[r.subject] for r in kept],
        [numbers[r.object] for r in kept],
        [int(r.mask) for r in kept],
        [int(r.authority) for r in kept],
    )
    return Table.of(list(numbers), columns), kept


@dataclass(slots=True)
class Layer:
    """The ties of one authority.

    :param above: a criterion to those within which it lies.
    :param below: a criterion to those that lie within it.
    :param meets: a criterion to those that it overlaps; those above and below are left out.
    """

    above: Adjacent = field(default_factory=lambda: defaultdict(list))
    below: Adjacent = field(default_factory=lambda: defaultdict(list))
    meets: Adjacent = field(default_factory=lambda: defaultdict(list))

    def put(self, a: int, b: int, mask: int) -> None:
        """Tie two criteria by a mask from the first to the second."""
        if _MEETS[mask]:
            self.meets[a].append(b)
            self.meets[b].append(a)
            return
        if _WIDE[mask]:
            self.below[a].append(b)
            self.above[b].append(a)
        if _NARROW[mask]:
            self.above[a].append(b)
            self.below[b].append(a)

    def settle(self) -> None:
        """Sort all lists."""
        for part in (self.above, self.below, self.meets):
            for near in part.values():
                near.sort()

    @property
    def empty(self) -> bool:
        """True when nothing is tied."""
        return not (self.above or self.below or self.meets)


@dataclass(frozen=True, slots=True)
class Ties:
    """The network.

    :param layers: authority to its ties, the highest first.
    :param row: a pair, as ``smaller number * number of criteria + larger``, to the last row on it.
    :param several: the pairs on which there is more than one row.
    """

    table: Table
    number: dict[str, int]
    layers: dict[int, Layer]
    row: dict[int, int]
    several: dict[int, list[int]]

    @classmethod
    def of(cls, table: Table) -> Ties:
        """Tie together what rows name; rows on one pair are intersected."""
        count = len(table.names)
        with uncollected():
            keys = [
                a * count + b if a < b else b * count + a for a, b in zip(table.subjects, table.objects, strict=True)
            ]
            row = dict(zip(keys, range(len(keys)), strict=True))
            several = _several(keys) if len(row) < len(keys) else {}
            layers = {authority: Layer() for authority in sorted(set(table.authorities), reverse=True)}
            _tie(table, layers, keys if several else (), several)
            ties = cls(table, {name: n for n, name in enumerate(table.names)}, layers, row, several)
            for key in several:
                a, b = divmod(key, count)
                for way, authority in ties.ways(a, b):
                    layers[authority].put(a, b, way)
            for layer in layers.values():
                layer.settle()
        for authority in [authority for authority, layer in layers.items() if layer.empty]:
            del layers[authority]
        return ties

    def down_to(self, floor: int) -> list[Layer]:
        """Return the layers of an authority and above."""
        return [layer for authority, layer in self.layers.items() if authority >= floor]

    def rows_on(self, a: int, b: int) -> Sequence[int]:
        """Return the rows on a pair."""
        key = self._key(a, b)
        return self.several.get(key) or ((self.row[key],) if key in self.row else ())

    def best(self, a: int, b: int, way: int) -> tuple[int, tuple[int, ...]] | None:
        """Return the highest authority from which rows say ``way`` from a to b, with those that it takes.

        :param way: a mask; what rows say must lie within it.
        """
        rows = self.rows_on(a, b)
        for authority in sorted({self.table.authorities[r] for r in rows}, reverse=True):
            pool = [r for r in rows if self.table.authorities[r] >= authority]
            mask = self.mask(a, pool)
            if not mask:
                return None
            if not mask & ~way:
                return authority, self._needed(a, way, pool)
        return None

    def mask(self, a: int, rows: Iterable[int]) -> int:
        """Return what rows on a pair say together, read from ``a``."""
        mask = _ANYTHING
        for r in rows:
            mask &= self.table.masks[r] if self.table.subjects[r] == a else CONVERSE[self.table.masks[r]]
        return mask

    def ways(self, a: int, b: int) -> Iterator[tuple[int, int]]:
        """Yield the ways in which several rows tie a to b, each with its authority; an overlap where it is more."""
        found = {way: best[0] for way in WAYS if (best := self.best(a, b, way)) is not None}
        for way in (COVERS, COVERED_BY):
            if way in found:
                yield way, found[way]
        within = max((found[way] for way in (COVERS, COVERED_BY) if way in found), default=-1)
        if found.get(OVERLAPS, -1) > within:
            yield OVERLAPS, found[OVERLAPS]

    def _needed(self, a: int, way: int, pool: Sequence[int]) -> tuple[int, ...]:
        """Drop rows that are not needed, those of the lowest authority first."""
        needed = sorted(pool, key=lambda r: (self.table.authorities[r], r))
        for r in list(needed):
            rest = [other for other in needed if other != r]
            if rest and not self.mask(a, rest) & ~way:
                needed = rest
        return tuple(sorted(needed))

    def _key(self, a: int, b: int) -> int:
        count = len(self.table.names)
        return a * count + b if a < b else b * count + a


def _several(keys: Sequence[int]) -> dict[int, list[int]]:
    rows: dict[int, list[int]] = {}
    seen: set[int] = set()
    twice = {key for key in keys if key in seen or seen.add(key)}  # type: ignore[func-returns-value]
    for r, key in enumerate(keys):
        if key in twice:
            rows.setdefault(key, []).append(r)
    return rows


def _tie(table: Table, layers: Mapping[int, Layer], keys: Sequence[int], several: Mapping[int, object]) -> None:
    """Put the ties of rows that are alone on their pair into their layers."""
    meets = {authority: layer.meets for authority, layer in layers.items()}
    for r, (a, b, mask, authority) in enumerate(
        zip(table.subjects, table.objects, table.masks, table.authorities, strict=True)
    ):
        if keys and keys[r] in several:
            continue
        if _MEETS[mask]:
            near = meets[authority]
            near[a].append(b)
            near[b].append(a)
        else:
            layers[authority].put(a, b, mask)
