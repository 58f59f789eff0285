"""What another edition, or another mapping set, does to the verdicts on documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from comity.authoring.comparing.editions import Comparison
from comity.authoring.comparing.row_changes import RowDifference
from comity.judgement.flips import Flip, beside, with_rows, without
from comity.judgement.judge import judge
from comity.judgement.restating import Counterparts, Restating, cited, timeless
from comity.model.classes import dataclass
from comity.model.criteria import SchemeVersion
from comity.model.evidence import Document
from comity.model.knowledge import Knowledge
from comity.model.mappings import Row
from comity.model.scales import Authority


class Reading(StrEnum):
    """What is held to be otherwise."""

    WITHDRAWN = "withdrawn"
    """The documents as they are, the old edition in force; then withdrawn, for existing certificates as well."""
    RESTATED = "restated"
    """What they say of either edition, read as said of the old one; then as said of the new one."""
    ROWS = "rows"
    """The documents as they are, by the old mapping rows; then by the new ones."""


@dataclass(frozen=True, slots=True)
class Impact:
    """The verdicts on documents before and after.

    :param verdicts: each of them, those that stay as they are included.
    :param why: what was compared, and why nothing changes where nothing does.
    :param authority: the authority of rows asked instead of each market's policy; ``None`` for that, or for what the
        user asks.
    """

    reading: Reading
    verdicts: tuple[Flip, ...]
    why: str
    authority: Authority | None = None

    @property
    def flips(self) -> tuple[Flip, ...]:
        """Those that change."""
        return tuple(v for v in self.verdicts if v.changes)


@dataclass(frozen=True, slots=True)
class Judged:
    """What was judged to find the impact, and what came out.

    :param markets: notations of the markets whose requirements were judged beside the claims.
    """

    on: date
    markets: tuple[str, ...]
    impacts: tuple[Impact, ...]


def of_editions(
    knowledge: Knowledge, found: Comparison, documents: Sequence[Document], markets: Sequence[str], **asked: Any
) -> Judged:
    """Judge documents by one edition and by the other.

    Warning: statements are carried from one edition to the other along mapping rows alone, never by number or words.

    :param markets: notations of the markets asked about; none for all.
    :param asked: the other arguments of :func:`comity.judgement.judge`.
    """
    chosen = tuple(markets or knowledge.markets)
    asked = {**asked, "markets": chosen}
    gone = without(knowledge, found.old, asked["on"])
    free = timeless(knowledge, found.old, found.new)
    sides = [_counterparts(knowledge, found, version) for version in (found.old, found.new)]
    said = cited(knowledge, documents)

    def withdrawn(**how: Any) -> tuple[Flip, ...]:
        """Judge with the old edition and without."""
        return beside(judge(knowledge, documents, **how), judge(gone, documents, **how))

    def restated(**how: Any) -> tuple[Flip, ...]:
        """Judge as said of the old edition and as said of the new one."""
        return beside(*(judge(free, documents, **how, resolver=Restating(free, side, documents)) for side in sides))

    impacts = (
        *_twice(Reading.WITHDRAWN, withdrawn, asked, lambda v: _of_withdrawal(knowledge, found.old, said, v)),
        *_twice(Reading.RESTATED, restated, asked, lambda v: _of_restating(knowledge, found, sides, said, v)),
    )
    return Judged(asked["on"], chosen, impacts)


def _twice(
    reading: Reading,
    compare: Callable[..., tuple[Flip, ...]],
    asked: dict[str, Any],
    why: Callable[[Sequence[Flip]], str],
) -> Iterator[Impact]:
    """Compare as asked; and by rows that nobody has reviewed as well, where that shows more and was not asked."""
    first = compare(**asked)
    yield Impact(reading, first, why(first))
    if asked.get("authority") is None:
        seen = {(v.about, v.rule, v.subject) for v in first if v.changes}
        lower = compare(**{**asked, "authority": Authority.DRAFT})
        more = tuple(v for v in lower if v.changes and (v.about, v.rule, v.subject) not in seen)
        if more:
            yield Impact(reading, more, "Rows that nobody has reviewed count as well", Authority.DRAFT)


def of_rows(
    knowledge: Knowledge,
    rows: tuple[Sequence[Row], Sequence[Row]],
    found: Sequence[RowDifference],
    documents: Sequence[Document],
    markets: Sequence[str],
    **asked: Any,
) -> Judged:
    """Judge documents by the rows of one mapping set and by those of another.

    :param rows: the old ones and the new ones.
    :param found: in what they differ.
    """
    chosen = tuple(markets or knowledge.markets)
    old, new = rows
    first, second = with_rows(knowledge, new, old), with_rows(knowledge, old, new)
    differing = {row.id for d in found if d.matters for row in (d.old, d.new) if row}

    def compare(**how: Any) -> tuple[Flip, ...]:
        """Judge by the old rows and by the new ones."""
        return beside(judge(first, documents, **how), judge(second, documents, **how))

    def why(verdicts: Sequence[Flip]) -> str:
        """Say how many rows differ, and how many verdicts rest on one of them."""
        used = sum(any(a and differing & set(a.rows) for a in (v.before, v.after)) for v in verdicts)
        rest = f"{_count(used, 'verdict')} {'rests' if used == 1 else 'rest'}" if used else "no verdict rests"
        return f"Rows that were added, removed, or say something else: {len(differing)}; {rest} on one of them"

    return Judged(asked["on"], chosen, tuple(_twice(Reading.ROWS, compare, {**asked, "markets": chosen}, why)))


def _counterparts(knowledge: Knowledge, found: Comparison, version: SchemeVersion) -> Counterparts:
    """Find what stands in one of two editions for the criteria of the other, as mapping rows tie them."""
    other = found.new if version is found.old else found.old
    of: dict[str, tuple[str, ...]] = {c.iri: () for c in knowledge.criteria.values() if c.version == other.iri}
    together: dict[str, frozenset[str]] = {}
    for changed in found.changed:
        here, there = (changed.old, changed.new) if version is found.old else (changed.new, changed.old)
        if changed.rows and here and there:
            for criterion in there:
                of[criterion.iri] = tuple(c.iri for c in here)
                together[criterion.iri] = frozenset(c.iri for c in there)
    if version.root and other.root:
        of[other.root] = (version.root,)
    return Counterparts(version, of, together)


def _about(knowledge: Knowledge, said: Mapping[str, int], version: SchemeVersion) -> int:
    known = (knowledge.criteria.get(c) for c in said)
    return sum(said[c.iri] for c in known if c is not None and c.version == version.iri)


def _of_withdrawal(knowledge: Knowledge, old: SchemeVersion, said: Mapping[str, int], verdicts: Sequence[Flip]) -> str:
    count = _about(knowledge, said, old)
    if not count:
        return f"The documents say nothing of {old.notation}, so that no verdict rests on it"
    alone = (
        ""
        if any(v.changes for v in verdicts)
        else ", and by rows of the authority asked no verdict rests on them alone"
    )
    return f"{_count(count, 'statement')} of the documents {_are(count)} about {old.notation}{alone}"


def _of_restating(
    knowledge: Knowledge,
    found: Comparison,
    sides: Sequence[Counterparts],
    said: Mapping[str, int],
    verdicts: Sequence[Flip],
) -> str:
    """Say what was read as said of which edition, what could not be, and why nothing changes."""
    told = []
    for side, other in zip(sides, (found.new, found.old), strict=True):
        total = _about(knowledge, said, other)
        lost = sum(n for c, n in said.items() if c in side.of and not side.of[c])
        halved = sum(n for c, n in said.items() if side.together.get(c, frozenset()) - said.keys())
        if total:
            left = [f"no mapping row says what stands there for {lost} of them"] if lost else []
            left += [f"{halved} became one with others, of which nothing is said"] if halved else []
            alone = f" ({'; '.join(left)})" if left else ""
            told.append(
                f"{_count(total, 'statement')} about {other.notation} {_are(total)} read as about "
                f"{side.version.notation}{alone}"
            )
    if not told:
        return f"The documents say nothing of {found.old.notation} or {found.new.notation}"
    same = (
        "" if any(v.changes for v in verdicts) else "; by rows of the authority asked, both lead to the same verdicts"
    )
    return " and ".join(told) + same


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _count(count: int, one: str) -> str:
    return f"{count} {one}{'' if count == 1 else 's'}"
