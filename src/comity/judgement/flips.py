"""Verdicts that change when the knowledge does, on the same documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from comity.judgement.judge import judge
from comity.model.classes import dataclass
from comity.model.criteria import SchemeVersion
from comity.model.evidence import Document
from comity.model.knowledge import Knowledge
from comity.model.mappings import Row
from comity.model.scales import Verdict
from comity.model.verdicts import Report


@dataclass(frozen=True, slots=True)
class Flip:
    """One verdict before and after.

    :param about: what was judged: a claim's place, or a requirement's notation.
    :param rule: notation of the criterion or requirement.
    """

    about: str
    rule: str
    subject: str
    before: Verdict | None
    after: Verdict | None
    reason: str


def without(knowledge: Knowledge, version: SchemeVersion, on: date) -> Knowledge:
    """Return the knowledge as if an edition were withdrawn, for existing certificates as well, on a day."""
    gone = replace(version, withdrawn_from=on)
    return replace(knowledge, schemes={**knowledge.schemes, version.iri: gone})


def with_rows(knowledge: Knowledge, old: Sequence[Row], new: Sequence[Row]) -> Knowledge:
    """Return the knowledge with some rows in place of others."""
    gone = {r.id for r in old} | {r.id for r in new}
    return replace(knowledge, rows=(*(r for r in knowledge.rows if r.id not in gone), *new))


def flips(
    before: Knowledge, after: Knowledge, documents: Sequence[Document], *, on: date, **asked: Any
) -> tuple[Flip, ...]:
    """Judge documents by both, and list what comes out otherwise.

    :param asked: the other arguments of :func:`comity.judgement.judge`.
    """
    first, second = (told(judge(k, documents, on=on, **asked)) for k in (before, after))
    keys = dict.fromkeys((*first, *second))
    found = []
    for key in keys:
        was, now = first.get(key), second.get(key)
        if (was and was[0]) != (now and now[0]):
            about, rule, subject = key
            reason = now[1] if now else "no longer judged"
            found.append(Flip(about, rule, subject, was[0] if was else None, now[0] if now else None, reason))
    return tuple(found)


Key = tuple[str, str, str]


def told(report: Report) -> Mapping[Key, tuple[Verdict | None, str]]:
    """Return each verdict of a report by what it is about."""
    return dict(_told(report))


def _told(report: Report) -> Iterator[tuple[Key, tuple[Verdict | None, str]]]:
    labels = {s.key: s.label for s in report.subjects}
    for claim in report.claims:
        key = (
            f"{claim.place.document} {claim.place.path}",
            claim.criterion or claim.cited,
            _label(claim.subject, labels),
        )
        yield key, (claim.verdict, claim.reason)
    for j in report.requirements:
        yield (j.market or "", j.notation, j.subject.label), (j.verdict, j.reason)


def _label(key: str, labels: Mapping[str, str]) -> str:
    return labels.get(key, key)
