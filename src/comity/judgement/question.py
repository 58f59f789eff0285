"""A question: documents, knowledge, and what the user says, indexed once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from comity.judgement import base, case, world
from comity.judgement.case import Case, Given
from comity.judgement.chain import Network, network
from comity.judgement.nearby import nearby
from comity.judgement.resolve import Resolver
from comity.judgement.trust import NOBODY, TrustList
from comity.model.classes import dataclass
from comity.model.errors import UnknownNameError
from comity.model.evidence import Document, Subject
from comity.model.knowledge import Knowledge
from comity.model.scales import Assurance, Authority, Level
from comity.model.verdicts import FactValue


@dataclass(frozen=True)
class Question:
    """Everything that a question stands on, indexed once.

    :param about: IRIs of the criteria asked about, where it is not about everything.
    """

    setting: base.Setting
    evidence: base.Evidence
    case: Case
    assurance: Assurance | None
    authority: Authority | None
    only: frozenset[str]
    about: frozenset[str] = frozenset()

    @cached_property
    def net(self) -> Network:
        """What rules are made of, as far as it can bear on what is asked about."""
        return network(nearby(self.knowledge, self.about) if self.about else self.knowledge, self.on)

    @cached_property
    def facts(self) -> dict[str, Mapping[str, FactValue]]:
        """What :func:`facts_of` found, by subject."""
        return {}

    @cached_property
    def documented(self) -> Question:
        """The same question, without what the user says."""
        return replace(self, case=case.build(self.world, self.knowledge, ()))

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
    resolver: Resolver | None = None,
) -> Question:
    """Put documents, knowledge and what the user says together.

    :param subjects: identifiers or labels of the subjects to judge; empty for all.
    :param resolver: what tells what citations mean, where it is not the knowledge alone.
    :raises UnknownNameError: when a subject named is in no document.
    """
    whole = world.build(documents)
    facts = tuple(given)
    for name in (*subjects, *(g.subject for g in facts if g.subject)):
        if case.find_subject(name, whole) is None:
            raise UnknownNameError("subject", name, [s.id for s in list(whole.subjects.values())[:3]])
    known = case.build(whole, knowledge, facts, on)
    setting = base.setting(whole, knowledge, trust, on, known)
    if resolver is not None:
        setting = replace(setting, resolver=resolver)
    only = frozenset(k for s in subjects if (k := case.find_subject(s, whole)) is not None)
    return Question(
        setting,
        base.gather(setting),
        known,
        assurance,
        authority,
        only,
    )


def candidates(asked: Question, level: Level) -> list[Subject]:
    """List the subjects of a level that documents are about, or that something is known, found or wanting of."""
    spoken = {d.atom[1].subject for d in asked.evidence.leaves}
    spoken |= {n.subject for n in asked.evidence.notes if n.kind is base.NoteKind.MISSING}
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
        return key in asked.world.main or key in spoken or key in asked.case.named
    return known or (bool(asked.about) and key in spoken)


def facts_of(asked: Question, subject: str) -> Mapping[str, FactValue]:
    """Return the facts of a subject, and those of what stands above it where it has none of its own.

    Of several parties above it, a list has what each of them says; where they differ on anything else, nothing is
    known, and it is asked for.
    """
    if subject not in asked.facts:
        asked.facts[subject] = _facts_of(asked, subject)
    return asked.facts[subject]


def _facts_of(asked: Question, subject: str) -> Mapping[str, FactValue]:
    found = dict(asked.case.of(subject))
    above: dict[str, list[FactValue]] = defaultdict(list)
    for higher in _above(asked, subject):
        for name, value in asked.case.of(higher).items():
            above[name].append(value)
    for name, values in above.items():
        if name in found:
            continue
        words = tuple(dict.fromkeys(w for v in values for w in v.value))
        if asked.knowledge.facts[name].many:
            found[name] = replace(values[0], value=words)
        elif all(v.value == values[0].value for v in values):
            found[name] = values[0]
    return found


def _above(asked: Question, subject: str) -> Iterator[str]:
    """Visit what stands above a subject, the nearest first."""
    todo, seen = [subject], {subject}
    while todo:
        current = todo.pop(0)
        for high, low, _ in asked.world.above():
            if low == current and high not in seen:
                seen.add(high)
                todo.append(high)
                yield high
