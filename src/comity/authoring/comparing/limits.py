"""What became of the numbers of a criterion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from typing import Final

from comity.algebra.comparison import covers
from comity.judgement.chain import qualifier_falls_under
from comity.model.classes import dataclass
from comity.model.criteria import Limit
from comity.model.knowledge import Knowledge
from comity.model.mappings import Relation
from comity.model.scales import ThresholdRole

ASKED: Final = (ThresholdRole.LIMIT, ThresholdRole.DECLARE, ThresholdRole.RETENTION)
"""The roles of a number that asks something by itself; others say when something is asked, or what follows."""


class LimitChange(Enum):
    """What became of a limit."""

    MORE = "asks for more"
    LESS = "asks for less"
    OTHER = "asks for something else"
    COME = "come"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Number:
    """A limit of a criterion or of its parts.

    :param metric: what is measured: an edition's own metric by its name in there, as each edition has an IRI for it.
    :param certain: false for one of parts that are not all: that a text has no such number is then not said.
    """

    limit: Limit
    metric: str
    certain: bool = True

    def named_alike(self) -> Limit:
        """Return the limit as it is compared."""
        return replace(self.limit, iri="", metric=self.metric)


@dataclass(frozen=True, slots=True)
class ChangedLimit:
    """One limit before and after.

    :param old: ``None`` for one that has come.
    :param new: ``None`` for one that is gone.
    """

    change: LimitChange
    old: Limit | None
    new: Limit | None


def changed_limits(knowledge: Knowledge, old: Sequence[Number], new: Sequence[Number]) -> tuple[ChangedLimit, ...]:
    """Put the limits of a criterion beside those that it had; what stays as it is, is left out.

    Limits on one metric are taken for one another, the nearest first: those that say the same, then those of which one
    asks for more than the other, in whatever units, then the rest.
    """
    pairs = sorted(
        (*_distance(knowledge, a, b), i, j)
        for i, a in enumerate(old)
        for j, b in enumerate(new)
        if a.metric == b.metric
    )
    before, after = dict(enumerate(old)), dict(enumerate(new))
    found: list[tuple[int, ChangedLimit]] = []
    for *_, i, j in pairs:
        if i in before and j in after:
            a, b = before.pop(i), after.pop(j)
            change = _change(knowledge, a, b)
            found += [(i, ChangedLimit(change, a.limit, b.limit))] if change is not None else []
    gone = ((i, a.limit) for i, a in before.items() if a.certain)
    found += [(i, ChangedLimit(_alone(a, LimitChange.GONE), a, None)) for i, a in gone]
    come = ((j, b.limit) for j, b in after.items() if b.certain)
    found += [(len(old) + j, ChangedLimit(_alone(b, LimitChange.COME), None, b)) for j, b in come]
    return tuple(c for _, c in sorted(found, key=lambda f: f[0]))


def _distance(knowledge: Knowledge, a: Number, b: Number) -> tuple[int, bool]:
    change = _change(knowledge, a, b)
    rank = 0 if change is None else 2 if change is LimitChange.OTHER else 1
    return rank, dict(a.limit.qualifiers) != dict(b.limit.qualifiers)


def _change(knowledge: Knowledge, old: Number, new: Number) -> LimitChange | None:
    a, b = old.named_alike(), new.named_alike()
    if a == b:
        return None
    mask = covers(a, b, lambda value, other: qualifier_falls_under(knowledge, value, other))
    if mask is Relation.EQ:
        return None
    if mask is not None and not mask & ~Relation.COVERED_BY:
        return LimitChange.MORE
    if mask is not None and not mask & ~Relation.COVERS:
        return LimitChange.LESS
    return LimitChange.OTHER


def _alone(limit: Limit, change: LimitChange) -> LimitChange:
    """Say of a number that only tells when something is asked that something else is asked with or without it."""
    return change if limit.role in ASKED else LimitChange.OTHER
