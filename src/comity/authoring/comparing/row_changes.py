"""What changed between two mapping sets: row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Final

from comity.model.classes import dataclass
from comity.model.mappings import Row

FIELDS: Final = (
    "mask",
    "authority",
    "confidence",
    "scope",
    "valid_from",
    "valid_until",
    "joint_group",
    "basis",
    "reason",
    "reviewer",
)
"""What is compared, in the order in which it matters: the first of them change what follows."""

MATTERS: Final = frozenset({"mask", "authority", "scope", "valid_from", "valid_until", "joint_group", "basis"})
"""Those that can change a verdict."""


class RowChange(Enum):
    """What became of a row."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class RowDifference:
    """One row before and after.

    :param fields: names of what differs, where both sides exist.
    """

    change: RowChange
    old: Row | None
    new: Row | None
    fields: tuple[str, ...] = ()

    @property
    def matters(self) -> bool:
        """True when a verdict may change with it."""
        return self.change is not RowChange.CHANGED or bool(MATTERS & set(self.fields))


def compare_rows(old: Iterable[Row], new: Iterable[Row]) -> tuple[RowDifference, ...]:
    """Compare two sets by record id; a row whose id changed is found again by its pair and predicate."""
    before, after = {r.id: r for r in old}, {r.id: r for r in new}
    renamed = _renamed(before, after)
    found = []
    for key, row in before.items():
        other = after.get(key) or after.get(renamed.get(key, ""))
        if other is None:
            found.append(RowDifference(RowChange.REMOVED, row, None))
        elif fields := tuple(_differing(row, other)):
            found.append(RowDifference(RowChange.CHANGED, row, other, fields))
    known = set(before) | set(renamed.values())
    found += [RowDifference(RowChange.ADDED, None, row) for key, row in after.items() if key not in known]
    return tuple(found)


def _renamed(before: Mapping[str, Row], after: Mapping[str, Row]) -> dict[str, str]:
    fresh = {_pair(r): key for key, r in after.items() if key not in before}
    return {key: fresh[_pair(r)] for key, r in before.items() if key not in after and _pair(r) in fresh}


def _pair(row: Row) -> tuple[str, str, str, bool]:
    return row.subject, row.predicate, row.object, row.negated


def _differing(old: Row, new: Row) -> Iterator[str]:
    if (old.subject, old.object) != (new.subject, new.object):
        yield "ends"
    yield from (name for name in FIELDS if getattr(old, name) != getattr(new, name))
