"""Which criteria of two texts may belong together, and why: pairs for a person to judge, never relations.

Four things speak for a pair: words in common, a shared topic, numbers on one metric, and ways through the rows of
other sets. How two criteria relate is not said: it needs somebody who reads both.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final

from comity.authoring.sheets.identifiers import mappable, natural
from comity.authoring.suggesting.alike import Alike, stem, words
from comity.authoring.suggesting.passages import Passage, Passages, together
from comity.model.classes import dataclass
from comity.model.criteria import Criterion, Limit, SchemeVersion
from comity.model.knowledge import Knowledge
from comity.model.mappings import Row
from comity.model.scales import Kind

LEAST: Final = 0.06
"""The score from which a pair is suggested."""

TOPIC, LIMIT, PASSAGE = 0.3, 0.4, 0.6
"""The most that a shared topic, comparable numbers and ways through other texts add of what is open."""

TITLE, HEADINGS, TOPICS = 2.0, 0.5, 1.0
"""How much words weigh in a title, in titles above and below, and in the name of a topic; 1 in the text."""

_NEAR, _NEAREST = 0.25, 8
"""How alike words are of criteria at which ways may begin or end, and how many are."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A pair that may belong together.

    :param score: 0 to 1; only the order means something.
    :param likeness: of the words, 0 to 1.
    :param words: that they have in common, the weightiest first.
    :param topics: IRIs of topics that they share.
    :param limits: numbers of both on one metric.
    :param passage: the best way through other texts.
    """

    subject: Criterion
    object: Criterion
    score: float
    likeness: float = 0.0
    words: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    limits: tuple[Limit, Limit] | None = None
    passage: Passage | None = None


def suggest(
    knowledge: Knowledge,
    subject: SchemeVersion,
    object_: SchemeVersion,
    top: int,
    *,
    rows: Iterable[Row] | None = None,
    again: bool = False,
) -> tuple[Suggestion, ...]:
    """Suggest pairs of two editions, for each criterion of the first the best, in its order.

    :param top: how many for each criterion of the first.
    :param rows: those whose ways count; those between the two editions never do. ``None`` for all that are known.
    :param again: suggest also what a row relates or somebody has declined.
    """
    pairs = Pairs(knowledge, subject, object_, knowledge.rows if rows is None else rows)
    known = set() if again else judged(knowledge)
    found: list[Suggestion] = []
    for one in pairs.subjects:
        others = [pairs.suggestion(one, other) for other in pairs.candidates(one) if (one.iri, other.iri) not in known]
        others = [s for s in others if s.score >= LEAST and (s.words or s.topics or s.limits or s.passage)]
        others.sort(key=lambda s: (-s.score, natural(s.object.notation)))
        found += others[:top]
    return tuple(found)


def judged(knowledge: Knowledge) -> set[tuple[str, str]]:
    """Return the pairs, in both directions, that a row relates or somebody has declined."""
    pairs = [(r.subject, r.object) for r in knowledge.rows] + [(d.subject, d.object) for d in knowledge.declined]
    return {*pairs, *((b, a) for a, b in pairs)}


def judged_between(knowledge: Knowledge, subject: SchemeVersion, object_: SchemeVersion) -> int:
    """Count the pairs of two editions that a row relates or somebody has declined."""
    versions = {iri: c.version for iri, c in knowledge.criteria.items()}
    ends = subject.iri, object_.iri
    return sum((versions.get(a), versions.get(b)) == ends for a, b in judged(knowledge))


class Pairs:
    """Two editions, with all that speaks for their pairs.

    :param rows: whose ways count.
    """

    def __init__(
        self, knowledge: Knowledge, subject: SchemeVersion, object_: SchemeVersion, rows: Iterable[Row]
    ) -> None:
        self.knowledge = knowledge
        members = mappable(knowledge.criteria.values())
        self.version = {c.iri: c.version for c in members}
        self.subjects, self.objects = (
            [c for c in members if c.version == version.iri] for version in (subject, object_)
        )
        texts = said(knowledge, members)
        named = {c.iri: [(topic_name(knowledge, t), TOPICS) for t in c.topics] for c in members}
        self.alike = Alike({iri: [*parts, *named[iri]] for iri, parts in texts.items()})
        self._stems = cache(lambda iri: frozenset(stem(w) for text, _ in texts[iri] for w in words(text)))
        self.topics, self.rarity = _topics(knowledge, members)
        self.likenesses = cache(lambda iri: self.alike.likeness(iri, self._objects))
        self._objects = self.alike.index(c.iri for c in self.objects)
        self._all = self.alike.index(self.version)
        passages = Passages(rows, self.version, (subject.iri, object_.iri), cache(self._near))
        self._from = cache(passages.from_)
        self._back = {c.iri: passages.back(c.iri) for c in self.objects}

    def candidates(self, one: Criterion) -> Sequence[Criterion]:
        """Return the criteria of the second edition for which anything speaks."""
        alike, ways, topics = self.likenesses(one.iri), self._from(one.iri), set(self.topics[one.iri])

        def speaks(c: Criterion) -> bool:
            near = c.iri in alike or c.iri in ways or one.iri in self._back[c.iri]
            return near or bool(topics & set(self.topics[c.iri])) or _limits(one, c)[0] is not None

        return [c for c in self.objects if c.iri != one.iri and speaks(c)]

    def suggestion(self, one: Criterion, other: Criterion) -> Suggestion:
        """Weigh a pair."""
        likeness = self.likenesses(one.iri).get(other.iri, 0.0)
        shared = tuple(t for t in self.topics[one.iri] if t in self.topics[other.iri])
        limits, near = _limits(one, other)
        ways = [*self._from(one.iri).get(other.iri, ())]
        if one.iri in self._back[other.iri]:
            ways.append(self._back[other.iri][one.iri])
        topic = self._weight(shared) / math.sqrt(
            (self._weight(self.topics[one.iri]) * self._weight(self.topics[other.iri])) or 1.0
        )
        apart = (1 - min(likeness, 1.0)) * (1 - TOPIC * topic) * (1 - LIMIT * near) * (1 - PASSAGE * together(ways))
        return Suggestion(
            subject=one,
            object=other,
            score=round(1 - apart, 4),
            likeness=round(likeness, 4),
            words=self.alike.common(one.iri, other.iri, self._stems(one.iri) & self._stems(other.iri)),
            topics=shared,
            limits=limits,
            passage=max(ways, key=lambda p: (p.strength, -len(p.rows)), default=None),
        )

    def _weight(self, topics: Iterable[str]) -> float:
        return sum(self.rarity[t] ** 2 for t in topics)

    def _near(self, iri: str) -> Sequence[tuple[str, float]]:
        found = self.alike.likeness(iri, self._all)
        close = [(x, w) for x, w in found.items() if w >= _NEAR and x != iri]
        return sorted(close, key=lambda z: (-round(z[1], 6), z[0]))[:_NEAREST]


def said(knowledge: Knowledge, members: Iterable[Criterion]) -> dict[str, list[tuple[str, float]]]:
    """Return what texts say of each criterion, in parts that weigh differently."""
    above, below = _family(knowledge)
    known = knowledge.criteria
    texts: dict[str, list[tuple[str, float]]] = {}
    for c in members:
        if c.kind is Kind.ROOT:  # its own words say of every edition alike that all of it is met
            version = knowledge.schemes.get(c.version)
            parts = [(version.label if version else c.label, TITLE)]
        else:
            parts = [(c.label, TITLE), (c.text, 1.0)]
            parts += [(known[iri].label, HEADINGS) for iri in _ancestors(c, above, known)]
            parts += [(known[iri].label, HEADINGS) for iri in below.get(c.iri, ()) if iri in known]
        texts[c.iri] = parts
    return texts


def topic_name(knowledge: Knowledge, iri: str) -> str:
    """Return a topic's name; the end of its address where nobody has named it."""
    return knowledge.labels.get(iri) or iri.rstrip("/").rpartition("/")[2].replace("-", " ")


def _topics(knowledge: Knowledge, members: Sequence[Criterion]) -> tuple[dict[str, tuple[str, ...]], dict[str, float]]:
    """Return the topics of each criterion, or those of what it is a part of, and how rare each is."""
    above, _ = _family(knowledge)
    known = knowledge.criteria
    topics: dict[str, tuple[str, ...]] = {}
    for c in members:
        inherited = (t for iri in _ancestors(c, above, known) for t in known[iri].topics)
        topics[c.iri] = tuple(sorted(set(c.topics or inherited)))
    having = Counter(t for several in topics.values() for t in several)
    return topics, {t: math.log(1 + len(members) / n) for t, n in having.items()}


Family = Mapping[str, Sequence[str]]


def _family(knowledge: Knowledge) -> tuple[Family, Family]:
    above: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for d in knowledge.decompositions:
        below.setdefault(d.whole, []).extend(d.parts)
        for part in d.parts:
            above.setdefault(part, []).append(d.whole)
    return above, below


def _ancestors(criterion: Criterion, above: Family, known: Mapping[str, Criterion]) -> Sequence[str]:
    """Return what a criterion is a part of, from the nearest up to, and without, the whole text."""
    found: list[str] = []
    todo = list(above.get(criterion.iri, ()))
    while todo:
        iri = todo.pop(0)
        if iri not in found and iri in known and known[iri].kind is not Kind.ROOT:
            found.append(iri)
            todo += above.get(iri, ())
    return found


def _limits(one: Criterion, other: Criterion) -> tuple[tuple[Limit, Limit] | None, float]:
    """Return the numbers of both on one metric, and how near their subject matter is."""
    a, b = one.limit, other.limit
    if a is None or b is None or a.metric != b.metric:
        return None, 0.0
    differs = any(b.qualifiers.get(d, value) != value for d, value in a.qualifiers.items())
    return (a, b), 0.25 if differs else 1.0
