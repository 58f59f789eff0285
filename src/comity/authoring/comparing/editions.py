"""What changed between two editions of a text, or two texts: criterion by criterion.

What somebody has written down comes first: the mapping rows between the two. Where there are none, criteria of one
number and one subject matter, and then those of nearly the same words, are taken for one another; that is a guess,
and is told as one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import Enum
from typing import Final

from comity.algebra.relation import converse
from comity.authoring.comparing.limits import ChangedLimit, LimitChange, changed_limits
from comity.authoring.comparing.parts import Parts
from comity.model.classes import dataclass
from comity.model.criteria import Criterion, SchemeVersion
from comity.model.knowledge import Knowledge
from comity.model.mappings import Relation, Row
from comity.model.requirements import Requirement
from comity.model.scales import Kind

ALIKE: Final = 0.72
"""How much of the words two criteria must share to be taken for one another; 1 is all."""

SAME: Final = 0.97
"""How much of them must be the same for the wording to count as kept."""


class Change(Enum):
    """What became of a criterion, the gravest first."""

    ADDED = "added"
    REMOVED = "removed"
    SPLIT = "split"
    MERGED = "merged"
    TIGHTENED = "tightened"
    LIMIT_ADDED = "limit added"
    LOOSENED = "loosened"
    LIMIT_REMOVED = "limit removed"
    LIMIT_CHANGED = "limit changed"
    LEVEL = "level"
    """It is asked of something else: another level, or another unit such as each model of a year."""
    KIND = "kind"
    RENUMBERED = "renumbered"
    REWORDED = "reworded"
    KEPT = "kept"


_OF_LIMITS: Final = {
    LimitChange.MORE: Change.TIGHTENED,
    LimitChange.COME: Change.LIMIT_ADDED,
    LimitChange.LESS: Change.LOOSENED,
    LimitChange.GONE: Change.LIMIT_REMOVED,
    LimitChange.OTHER: Change.LIMIT_CHANGED,
}


@dataclass(frozen=True, slots=True)
class Changed:
    """One criterion, or a few, before and after.

    :param changes: all that happened to it, the gravest first.
    :param rows: what somebody wrote of the two; empty where they were matched by number or words.
    :param share: how much of the words is the same, 0 to 1; ``None`` where somebody wrote down how they relate.
    :param limits: the numbers that changed, those of parts included.
    """

    changes: tuple[Change, ...]
    old: tuple[Criterion, ...]
    new: tuple[Criterion, ...]
    rows: tuple[Row, ...] = ()
    share: float | None = None
    limits: tuple[ChangedLimit, ...] = ()

    @property
    def guessed(self) -> bool:
        """True when nobody has written down that the two belong together."""
        return bool(self.old and self.new and not self.rows)

    @property
    def by_name(self) -> bool:
        """True when they were matched by number and title alone: their words are too far apart to say it."""
        return self.share is not None and self.share < ALIKE and _named_alike(self.old[0], self.new[0])


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two editions beside each other.

    :param stale: rows of other sets that end on a criterion of the old edition.
    :param bound: requirements that bind a criterion of the old edition.
    """

    old: SchemeVersion
    new: SchemeVersion
    changed: tuple[Changed, ...]
    stale: tuple[Row, ...]
    bound: tuple[Requirement, ...]

    def of(self, change: Change) -> tuple[Changed, ...]:
        """Return what a change happened to."""
        return tuple(c for c in self.changed if change in c.changes)


def compare(knowledge: Knowledge, old: SchemeVersion, new: SchemeVersion) -> Comparison:
    """Put two editions beside each other."""
    rows = [r for r in knowledge.rows if _between(r, knowledge, old, new) and not r.lead]
    parts = Parts.of(knowledge)
    groups = list(_grouped(rows, parts, *(_asked(knowledge, version) for version in (old, new))))
    changed = sorted((_changed(knowledge, parts, *g) for g in groups), key=_order)
    outside = tuple(r for r in knowledge.rows if _touches(r, knowledge, old) and not _between(r, knowledge, old, new))
    gone = {c.iri for c in knowledge.criteria.values() if c.version == old.iri}
    bound = (r for m in knowledge.markets.values() for r in m.requirements if r.criterion in gone)
    return Comparison(old, new, tuple(changed), outside, tuple(bound))


Group = tuple[tuple[Criterion, ...], tuple[Criterion, ...], tuple[Row, ...]]


def _asked(knowledge: Knowledge, version: SchemeVersion) -> list[Criterion]:
    """List the criteria of an edition in their order.

    Its root and its headings ask nothing themselves; what is a part of a criterion is looked at with that.
    """
    passed = (Kind.ROOT, Kind.GROUP)
    asking = {c.iri for c in knowledge.criteria.values() if c.version == version.iri and c.kind not in passed}
    parts = {p for d in knowledge.decompositions if d.whole in asking for p in d.parts}
    found = [knowledge.criteria[iri] for iri in asking - parts]
    return sorted(found, key=lambda c: number(c.notation))


def _grouped(
    rows: Sequence[Row], parts: Parts, before: Sequence[Criterion], after: Sequence[Criterion]
) -> Iterator[Group]:
    """Group criteria, and then the parts of those that have some in both editions.

    Parts that one edition alone declares are told with their whole: nobody says that the other has none.
    """
    todo, told = [(before, after)], set[str]()
    while todo:
        before, after = ([c for c in side if c.iri not in told] for side in todo.pop())
        groups = [*_written(rows, before, after)]
        tied = {c.iri for g in groups for c in (*g[0], *g[1])}
        groups += _guessed([c for c in before if c.iri not in tied], [c for c in after if c.iri not in tied])
        tied = {c.iri for g in groups for c in (*g[0], *g[1])}
        groups += [((c,), (), ()) for c in before if c.iri not in tied]
        groups += [((), (c,), ()) for c in after if c.iri not in tied]
        told |= {c.iri for c in (*before, *after)}
        yield from groups
        todo += [(a, b) for old, new, _ in groups if (a := parts.telling(old)) and (b := parts.telling(new))]


def number(notation: str) -> tuple[tuple[int, str], ...]:
    """Order notations as people do.

    >>> sorted(["a-10", "a-9", "a-9.b"], key=number)
    ['a-9', 'a-9.b', 'a-10']
    """
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.findall(r"\d+|\D+", notation))


def _between(row: Row, knowledge: Knowledge, old: SchemeVersion, new: SchemeVersion) -> bool:
    ends = {c.version for iri in (row.subject, row.object) if (c := knowledge.criteria.get(iri)) is not None}
    return ends == {old.iri, new.iri}


def _touches(row: Row, knowledge: Knowledge, version: SchemeVersion) -> bool:
    ends = (knowledge.criteria.get(iri) for iri in (row.subject, row.object))
    return any(c is not None and c.version == version.iri for c in ends)


def _written(rows: Iterable[Row], before: Sequence[Criterion], after: Sequence[Criterion]) -> Iterator[Group]:
    """Group what rows tie together; a row that only denies ties nothing."""
    old, new = ({c.iri: c for c in side} for side in (before, after))
    ties: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if not row.mask & Relation.DR and {row.subject, row.object} <= old.keys() | new.keys():
            ties[row.subject].append(row)
            ties[row.object].append(row)
    seen: set[str] = set()
    for start in (*old, *new):
        if start in seen or start not in ties:
            continue
        group, todo, said = {start}, [start], {}
        while todo:
            for row in ties[todo.pop()]:
                said[row.id] = row
                fresh = {row.subject, row.object} - group
                group |= fresh
                todo += fresh
        seen |= group
        yield (
            tuple(c for iri, c in old.items() if iri in group),
            tuple(c for iri, c in new.items() if iri in group),
            tuple(said.values()),
        )


def _guessed(before: Sequence[Criterion], after: Sequence[Criterion]) -> Iterator[Group]:
    """Pair what has one number and one title or much the same words, then what has nearly the same words.

    The closest come first, so that a criterion that moved and kept its words is not taken for what took its number.
    """
    pairs = [(_closeness(a, b), -i, -j) for i, a in enumerate(before) for j, b in enumerate(after)]
    used: set[tuple[str, int]] = set()
    for share, i, j in sorted(pairs, reverse=True):
        if share < ALIKE:
            break
        if not {("old", i), ("new", j)} & used:
            used |= {("old", i), ("new", j)}
            yield (before[-i],), (after[-j],), ()


def _closeness(a: Criterion, b: Criterion) -> float:
    share = _share(a, b) + (0.15 if _last(a) == _last(b) else 0.0)
    return max(share, ALIKE) if _named_alike(a, b) else share


def _named_alike(a: Criterion, b: Criterion) -> bool:
    return _last(a) == _last(b) and bool(_title(a)) and _title(a) == _title(b)


def _last(c: Criterion) -> str:
    return c.iri.rstrip("/").rpartition("/")[2]


def _words(c: Criterion) -> list[str]:
    return re.findall(r"\w+", f"{c.label} {c.text}".casefold())


def _title(c: Criterion) -> str:
    """Fold a title, which is the text's own; descriptions of what rows tie together are ours, and say less."""
    return " ".join(re.findall(r"\w+", c.label.casefold().replace("&", " and ")))


def _share(a: Criterion, b: Criterion) -> float:
    return SequenceMatcher(None, _words(a), _words(b), autojunk=False).ratio()


def _changed(
    knowledge: Knowledge,
    parts: Parts,
    old: tuple[Criterion, ...],
    new: tuple[Criterion, ...],
    rows: tuple[Row, ...],
) -> Changed:
    if not old or not new:
        return Changed((Change.REMOVED if old else Change.ADDED,), old, new)
    share = None if rows else max(_share(a, b) for a in old for b in new)
    apart = bool(parts.telling(old) and parts.telling(new))
    limits = changed_limits(knowledge, *(parts.numbers(side, apart=apart) for side in (old, new)))
    found = {_OF_LIMITS[c.change] for c in limits}
    found |= {change for change, several in ((Change.SPLIT, new), (Change.MERGED, old)) if len(several) > 1}
    if len(old) == len(new) == 1:
        found |= {*_strictness(old[0], rows), *_fixed_by(old[0], new[0])}
    if not {_last(c) for c in old} & {_last(c) for c in new}:
        found.add(Change.RENUMBERED)
    if share < SAME if share is not None else {_title(c) for c in old} != {_title(c) for c in new}:
        found.add(Change.REWORDED)
    changes = tuple(change for change in Change if change in found)
    return Changed(changes or (Change.KEPT,), old, new, rows, share, limits)


def _strictness(old: Criterion, rows: Iterable[Row]) -> Iterator[Change]:
    """Read from rows whether more or less is asked than before."""
    masks = {r.mask if r.subject == old.iri else converse(r.mask) for r in rows}
    if Relation.SUB in masks:
        yield Change.TIGHTENED
    if Relation.SUP in masks:
        yield Change.LOOSENED


def _fixed_by(old: Criterion, new: Criterion) -> Iterator[Change]:
    """Tell whether the obligation is of another sort, or of another subject (semantics, section 1)."""
    if (old.level, set(old.unit_parts)) != (new.level, set(new.unit_parts)):
        yield Change.LEVEL
    if old.kind is not new.kind:
        yield Change.KIND


def _order(c: Changed) -> tuple[int, tuple[tuple[int, str], ...]]:
    return (0 if c.old else 1, number((c.old or c.new)[0].notation))
