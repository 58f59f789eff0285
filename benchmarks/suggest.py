"""How many known pairs `comity suggest` finds again when the set that holds them is held back.

Set by set: the rows between the two editions are not used, neither for ways nor to leave pairs out. Asked is each
criterion of the subject edition on which a row of the set ends; found is a pair whose object is among its best ten.

Usage: python -m benchmarks.suggest
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePath

from comity.authoring.sheets.identifiers import mappable
from comity.authoring.suggesting.alike import Alike
from comity.authoring.suggesting.suggest import said, suggest
from comity.knowledge import load
from comity.model.classes import dataclass
from comity.model.criteria import SchemeVersion
from comity.model.knowledge import Knowledge
from comity.model.mappings import Relation, Row

TOP = 10

Ranking = Mapping[str, Sequence[str]]
"""Subject to objects, the best first."""

Method = Callable[[SchemeVersion, SchemeVersion], Ranking]


@dataclass(frozen=True, slots=True)
class Held:
    """A mapping set that was held back, and the place of each of its pairs in a ranking; 0 for none.

    :param sharing: those pairs of which the row says that the two share something.
    :param chance: the mean share of pairs that are found by drawing ten objects at random.
    """

    name: str
    subject: SchemeVersion
    object: SchemeVersion
    pairs: tuple[tuple[str, str], ...]
    sharing: frozenset[tuple[str, str]]
    chance: float

    def places(self, method: Method) -> dict[tuple[str, str], int]:
        """Return the place of each pair, from 1; 0 where it is not in the list."""
        ranking = method(self.subject, self.object)
        places = {}
        for pair in self.pairs:
            listed = list(ranking.get(pair[0], ()))
            places[pair] = listed.index(pair[1]) + 1 if pair[1] in listed else 0
        return places


def held_back(knowledge: Knowledge) -> list[Held]:
    """List the packaged sets, each with its known pairs; rows on editions that nobody has described are left out."""
    known = knowledge.criteria
    sets: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in knowledge.rows:
        if row.subject in known and row.object in known:
            name = PurePath(row.place.document).name.removesuffix(".sssom.tsv")
            sets[name, known[row.subject].version, known[row.object].version].append(row)
    sizes: dict[str, int] = defaultdict(int)
    for c in mappable(known.values()):
        sizes[c.version] += 1
    return [
        Held(
            name,
            knowledge.schemes[subject],
            knowledge.schemes[object_],
            tuple(dict.fromkeys((r.subject, r.object) for r in rows)),
            frozenset((r.subject, r.object) for r in rows if not r.mask & Relation.DR),
            min(TOP, sizes[object_]) / sizes[object_],
        )
        for (name, subject, object_), rows in sorted(sets.items())
    ]


def full(knowledge: Knowledge) -> Method:
    """Rank as the command does."""

    def ranked(subject: SchemeVersion, object_: SchemeVersion) -> Ranking:
        found: dict[str, list[str]] = defaultdict(list)
        for s in suggest(knowledge, subject, object_, TOP, again=True):
            found[s.subject.iri].append(s.object.iri)
        return found

    return ranked


def words_alone(knowledge: Knowledge) -> Method:
    """Rank by the words of titles, texts and headings, and by nothing else."""
    members = mappable(knowledge.criteria.values())
    alike = Alike(said(knowledge, members))

    def ranked(subject: SchemeVersion, object_: SchemeVersion) -> Ranking:
        index = alike.index(c.iri for c in members if c.version == object_.iri)
        ranking = {}
        for c in members:
            if c.version == subject.iri:
                scores = alike.likeness(c.iri, index)
                ranking[c.iri] = sorted(scores, key=lambda iri: (-round(scores[iri], 6), iri))[:TOP]
        return ranking

    return ranked


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured.

    :param held: sets, with the places of their pairs by words alone and by all.
    """

    held: tuple[tuple[Held, Mapping[tuple[str, str], int], Mapping[tuple[str, str], int]], ...]

    def recall(self, top: int, which: int, sharing: bool) -> float:
        """Return the share of pairs that are found.

        :param which: 0 for words alone, 1 for all.
        :param sharing: only pairs whose row says that the two share something.
        """
        places = [
            both[which][pair] for held, *both in self.held for pair in held.pairs if not sharing or pair in held.sharing
        ]
        return statistics.fmean(0 < place <= top for place in places)

    def chance(self) -> float:
        """Return the share of pairs found by drawing."""
        return statistics.fmean(held.chance for held, *_ in self.held for _ in held.pairs)

    def count(self, sharing: bool) -> int:
        """Return the number of pairs."""
        return sum(len(held.sharing if sharing else held.pairs) for held, *_ in self.held)


def measure(knowledge: Knowledge) -> Figures:
    """Hold back one set after the other."""
    words, everything = words_alone(knowledge), full(knowledge)
    return Figures(tuple((held, held.places(words), held.places(everything)) for held in held_back(knowledge)))


def table(figures: Figures) -> Iterable[str]:
    """Yield the figures as a table in Markdown."""
    yield "| | pairs | words alone: at 1 | at 5 | **at 10** | all that speaks for a pair: at 1 | at 5 | **at 10** |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, sharing in (("all pairs", False), ("pairs that share something for certain", True)):
        cells = [f"{100 * figures.recall(top, which, sharing):.1f} %" for which in (0, 1) for top in (1, 5, TOP)]
        yield f"| {name} | {figures.count(sharing)} | {' | '.join(cells)} |"


def by_set(figures: Figures, least: int = 10) -> Iterable[str]:
    """Yield the recall at 10 of the larger sets as a table in Markdown."""
    yield "| set held back | pairs | by chance | words alone | all that speaks for a pair |"
    yield "|---|---|---|---|---|"
    for held, *both in figures.held:
        if len(held.pairs) >= least:
            shares = [held.chance, *(statistics.fmean(map(bool, places.values())) for places in both)]
            yield f"| {held.name} | {len(held.pairs)} | {' | '.join(f'{100 * s:.0f} %' for s in shares)} |"


def largest(knowledge: Knowledge) -> tuple[SchemeVersion, SchemeVersion]:
    """Return the two editions with the most criteria that rows may end on."""
    sizes: dict[str, int] = defaultdict(int)
    for c in mappable(knowledge.criteria.values()):
        sizes[c.version] += 1
    first, second = sorted(sizes, key=lambda iri: (-sizes[iri], iri))[:2]
    return knowledge.schemes[first], knowledge.schemes[second]


def main() -> int:
    """Print the figures, and how long the largest pair takes."""
    knowledge = load()
    figures = measure(knowledge)
    print("\n".join([*table(figures), "", *by_set(figures), ""]))
    one, other = largest(knowledge)
    start = time.perf_counter()
    found = suggest(knowledge, one, other, TOP, again=True)
    print(f"{one.notation} to {other.notation}: {len(found)} pairs in {time.perf_counter() - start:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
