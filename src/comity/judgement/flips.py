"""Verdicts that change when the knowledge does, on the same documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from comity.model.classes import dataclass
from comity.model.criteria import SchemeVersion
from comity.model.knowledge import Knowledge
from comity.model.mappings import Row
from comity.model.proofs import Proof, StepKind
from comity.model.scales import Verdict
from comity.model.verdicts import Report


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one rule on one side.

    :param criterion: notation of what was judged; of a claim that cites no criterion, its name.
    :param rows: record ids of the mapping rows that the proof uses.
    """

    criterion: str
    verdict: Verdict
    would_be: Verdict | None
    reason: str
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flip:
    """One verdict before and after.

    :param about: what was judged: a claim's place, or a market.
    :param rule: notation of the criterion or requirement; both, where a claim is read as one about another edition.
    :param before: ``None`` where it was not judged.
    :param after: ``None`` where it is judged no more.
    """

    about: str
    rule: str
    subject: str
    before: Answer | None
    after: Answer | None

    @property
    def changes(self) -> bool:
        """True when the verdict is another, or what it would be once the rule applies."""
        sides = ((a.verdict, a.would_be) if a else None for a in (self.before, self.after))
        return len(set(sides)) > 1


def without(knowledge: Knowledge, version: SchemeVersion, on: date) -> Knowledge:
    """Return the knowledge as if an edition were withdrawn, for existing certificates as well, on a day."""
    gone = replace(version, withdrawn_from=on)
    return replace(knowledge, schemes={**knowledge.schemes, version.iri: gone})


def with_rows(knowledge: Knowledge, old: Sequence[Row], new: Sequence[Row]) -> Knowledge:
    """Return the knowledge with some rows in place of others."""
    gone = {r.id for r in old} | {r.id for r in new}
    return replace(knowledge, rows=(*(r for r in knowledge.rows if r.id not in gone), *new))


def beside(before: Report, after: Report) -> tuple[Flip, ...]:
    """Put the verdicts of two reports on the same documents beside each other."""
    first, second = _told(before), _told(after)
    found = []
    for key in dict.fromkeys((*first, *second)):
        was, now = first.get(key), second.get(key)
        names = dict.fromkeys(a.criterion for a in (was, now) if a)
        found.append(Flip(key[0], " / ".join(names), key[2], was, now))
    return tuple(found)


Key = tuple[str, str, str]
"""Where it stands, what is cited or asked there, and of whom."""


def _told(report: Report) -> Mapping[Key, Answer]:
    """Return each verdict of a report by what it is about.

    A claim that is read as several is what the worst of them is.
    """
    found: dict[Key, Answer] = {}
    for key, answer in _answers(report):
        known = found.get(key)
        found[key] = answer if known is None else max(known, answer, key=lambda a: _BADNESS.index(a.verdict))
    return found


_BADNESS = (
    Verdict.NOT_APPLICABLE,
    Verdict.SATISFIED,
    Verdict.SUPPORTED,
    Verdict.UPCOMING,
    Verdict.INSUFFICIENT_ASSURANCE,
    Verdict.PARTIAL,
    Verdict.UNDETERMINED,
    Verdict.EXPIRED,
    Verdict.MISSING,
    Verdict.CONFLICTING,
    Verdict.FAILED,
)


def _answers(report: Report) -> Iterator[tuple[Key, Answer]]:
    labels = {s.key: s.label for s in report.subjects}
    for c in report.claims:
        key = (f"{c.place.document} {c.place.path}", c.cited, labels.get(c.subject, c.subject))
        yield key, Answer(c.criterion or c.label, c.verdict, c.would_be, c.reason, _rows(c.proof))
    for j in report.requirements:
        if j.verdict is not None:
            key = (j.market or "", j.notation, j.subject.label)
            yield key, Answer(j.notation, j.verdict, j.would_be, j.reason, _rows(j.proof))


def _rows(proof: Proof | None) -> tuple[str, ...]:
    """Name the mapping rows that a proof uses."""
    found: dict[str, None] = {}
    for step in proof.steps if proof else ():
        rows = step.detail.get("rows")
        if step.kind is StepKind.MAPPING and isinstance(rows, tuple):
            found |= dict.fromkeys(rows)
    return tuple(found)
