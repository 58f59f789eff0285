"""A question: documents, knowledge, and what the user says, indexed once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from comity.judgement import base, case, world
from comity.judgement.case import Case, Given
from comity.judgement.chain import Network, network
from comity.judgement.trust import NOBODY, TrustList
from comity.model.errors import UnknownNameError
from comity.model.evidence import Document, Subject
from comity.model.knowledge import Knowledge
from comity.model.scales import Assurance, Authority, Level
from comity.model.verdicts import FactValue


@dataclass(frozen=True, slots=True)
class Question:
    """Everything that a question stands on, indexed once."""

    setting: base.Setting
    net: Network
    evidence: base.Evidence
    case: Case
    assurance: Assurance | None
    authority: Authority | None
    only: frozenset[str]

    @property
    def on(self) -> date:
        """The day judged."""
        return self.setting.on

    @property
    def world(self) -> world.World:
        """The documents, put together."""
        return self.setting.world

    @property
    def knowledge(self) -> Knowledge:
        """What is known."""
        return self.setting.knowledge


def question(
    knowledge: Knowledge,
    documents: Iterable[Document],
    *,
    on: date,
    given: Iterable[Given] = (),
    trust: TrustList = NOBODY,
    assurance: Assurance | None = None,
    authority: Authority | None = None,
    subjects: Sequence[str] = (),
) -> Question:
    """Put documents, knowledge and what the user says together.

    :param subjects: identifiers or labels of the subjects to judge; empty for all.
    :raises UnknownNameError: when a subject named is in no document.
    """
    whole = world.build(documents)
    facts = tuple(given)
    for name in (*subjects, *(g.subject for g in facts if g.subject)):
        if case.find_subject(name, whole) is None:
            raise UnknownNameError("subject", name, [s.id for s in list(whole.subjects.values())[:3]])
    known = case.build(whole, knowledge, facts)
    setting = base.setting(whole, knowledge, trust, on, known)
    only = frozenset(k for s in subjects if (k := case.find_subject(s, whole)) is not None)
    return Question(
        setting,
        network(knowledge, on),
        base.gather(setting),
        known,
        assurance,
        authority,
        only,
    )


def candidates(asked: Question, level: Level) -> list[Subject]:
    """List the subjects of a level that documents are about, or that something is known or found of."""
    spoken = {d.atom[1].subject for d in asked.evidence.leaves}
    found = []
    for key, subject in asked.world.subjects.items():
        if not level.accepts(subject.level) or (asked.only and key not in asked.only):
            continue
        if key in asked.only or _is_judged(asked, key, subject, spoken):
            found.append(subject)
    return found


def _is_judged(asked: Question, key: str, subject: Subject, spoken: set[str]) -> bool:
    known = bool(asked.case.of(key))
    if subject.level.is_product:
        return key in asked.world.main or key in spoken
    return known


def facts_of(asked: Question, subject: str) -> Mapping[str, FactValue]:
    """Return the facts of a subject and, below its own, of what stands above it."""
    found: dict[str, FactValue] = {}
    todo, seen = [subject], set()
    while todo:
        current = todo.pop(0)
        if current in seen:
            continue
        seen.add(current)
        for name, value in asked.case.of(current).items():
            found.setdefault(name, value)
        todo += [high for high, low, _ in asked.world.above() if low == current]
    return found
