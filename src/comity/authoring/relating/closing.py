"""Everything that follows from mapping sets about pairs of criteria, as it is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import compress

from comity.algebra.closure import Closure, denies_itself
from comity.algebra.consistency import check
from comity.algebra.glue import Mass, masses
from comity.algebra.relation import names
from comity.algebra.ties import Table, Ties
from comity.authoring.relating.gate import OPEN, Gate
from comity.knowledge.bulk import BulkRows
from comity.model.classes import dataclass
from comity.model.errors import UnknownNameError
from comity.model.mappings import Relation, Row

_RELATIONS = ["|".join(names(Relation(mask))) for mask in range(32)]


@dataclass(frozen=True, slots=True)
class Pair:
    """How one criterion stands to another.

    :param relation: base relations joined by ``|``, in the order EQ, SUB, SUP, PO, DR.
    :param hops: rows in the longest chain that it takes to know it; 1 for what rows on the pair say.
    """

    subject: str
    relation: str
    object: str
    hops: int


@dataclass(frozen=True, slots=True)
class Closing:
    """What mapping sets say, ready to be closed.

    :param disputed: rows that cannot all be true, and of which nothing follows.
    :param positions: of the rows that are left, in the rows as they were read.
    :param stopped: how many rows the gate kept out.
    """

    rows: BulkRows
    closure: Closure
    disputed: tuple[Row, ...]
    positions: Sequence[int]
    stopped: int = 0

    def pairs(self, sources: Iterable[str] = ()) -> Iterator[Pair]:
        """Yield what is known of each source and other criteria, in order of their names.

        :param sources: IRIs; none for every criterion.
        """
        ties = self.closure.ties
        known = ties.table.names
        for number in sorted(ties.number[s] for s in sources) or range(len(known)):
            for found in self.closure.of(number):
                yield Pair(known[number], _RELATIONS[found.mask], known[found.target], found.hops)

    def masses(self) -> tuple[tuple[Mass, tuple[Row, ...]], ...]:
        """Return what a few rows tie together although little else does, with those rows."""
        found = masses(self.closure.ties)
        return tuple((m, tuple(self.rows.row(self.positions[r]) for r in m.rows)) for m in found)


def closing(rows: BulkRows, gate: Gate = OPEN) -> Closing:
    """Get ready to close mapping sets; rows that cannot all be true are taken out.

    :param gate: what a row must have to be used; rows are disputed by what they say, whether they pass it or not.
    """
    closure = Closure(Ties.of(rows.table))
    every: Sequence[int] = range(len(rows.keys))
    disputed = _disputed(rows) if denies_itself(closure) else frozenset()
    stopped = frozenset() if gate.open else {n for n in every if n not in disputed and not gate.passes(rows.row(n))}
    if not disputed and not stopped:
        return Closing(rows, closure, (), every)
    kept = [n not in disputed and n not in stopped for n in every]
    columns = rows.table.subjects, rows.table.objects, rows.table.masks, rows.table.authorities
    table = Table(rows.table.names, *(list(compress(column, kept)) for column in columns))
    told = tuple(rows.row(n) for n in sorted(disputed))
    return Closing(rows, Closure(Ties.of(table)), told, list(compress(every, kept)), len(stopped))


def _disputed(rows: BulkRows) -> frozenset[int]:
    """Return the positions of rows that cannot all be true."""
    every = [replace(rows.row(n), id=str(n)) for n in range(len(rows.keys))]
    return frozenset(int(key) for key in check(every).disputed)


def named(rows: BulkRows, name: str) -> str:
    """Find a criterion by its IRI, or by the CURIE that a file writes.

    :raises UnknownNameError: with what is near.
    """
    from difflib import get_close_matches

    wanted = name.strip().strip("<>")
    known = set(rows.table.names)
    for iri in (
        wanted,
        *(prefix + wanted.partition(":")[2] for prefix in rows.prefixes.get(wanted.partition(":")[0], ())),
    ):
        if iri in known:
            return iri
    raise UnknownNameError("criterion", name, get_close_matches(wanted, rows.table.names[:10_000], 3, 0.6))
