"""The knowledge as a site looks things up in it: what is published, where, and what is tied to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import PurePosixPath
from typing import TypeVar

from comity.judgement.chain import Network, network
from comity.judgement.doubts import sentence
from comity.knowledge import near
from comity.knowledge.vocabulary import fold
from comity.model.classes import dataclass
from comity.model.criteria import Criterion, SchemeVersion
from comity.model.errors import UnknownNameError
from comity.model.knowledge import Knowledge
from comity.model.mappings import Declined, Row
from comity.model.requirements import Market, Recognition, Requirement
from comity.publish.paths import BASE, Paths, anchor, natural_order
from comity.publish.statements import SetFile, Statements
from comity.report.explain.ways import Incoming, giving

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Ref:
    """What a page says of another thing, and where that has a page.

    :param path: its page, from the root of the site; empty where it has none.
    :param outside: address of what has no page here; empty where it has one, or no address.
    """

    notation: str
    label: str
    path: str = ""
    outside: str = ""
    unverified: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class MappingSet:
    """A mapping set that is published.

    :param path: of its page, without the extension.
    :param anchors: id of a row to its place in the page.
    """

    iri: str
    path: str
    name: str
    file: SetFile
    rows: tuple[Row, ...]
    subjects: tuple[SchemeVersion, ...]
    objects: tuple[SchemeVersion, ...]
    anchors: Mapping[str, str]


class Library:
    """Knowledge, indexed for a site.

    :param on: the day whose mapping rows and dates are shown.
    :param only: notations of editions and markets to publish, with the mapping sets that touch these; empty for all.
    :raises UnknownNameError: when ``only`` names neither an edition nor a market.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        statements: Statements,
        on: date,
        base: str = BASE,
        only: Collection[str] = (),
    ) -> None:
        self.knowledge, self.statements, self.on = knowledge, statements, on
        self._paths = Paths(base)
        chosen = _chosen(knowledge, only)
        self.versions = tuple(
            sorted((v for v in knowledge.schemes.values() if v.iri in chosen), key=lambda v: natural_order(v.notation))
        )
        self.markets = tuple(m for _, m in sorted(knowledge.markets.items()) if m.iri in chosen)
        self._criteria = _grouped(knowledge.criteria.values(), lambda c: c.version)
        criteria = (c for v in self.versions for c in self.criteria(v))
        published: list[SchemeVersion | Criterion | Market] = [*self.versions, *criteria, *self.markets]
        self._path = {thing.iri: self._paths.take(thing.iri) for thing in published}
        self.sets = tuple(self._sets(chosen))
        self._set_of = {row.id: found for found in self.sets for row in found.rows}

    def criteria(self, version: SchemeVersion) -> tuple[Criterion, ...]:
        """Return the criteria of an edition, in the order of their numbers, the whole of it first."""
        found = self._criteria.get(version.iri, ())
        return tuple(sorted(found, key=lambda c: (c.iri != version.root, natural_order(c.notation))))

    def path(self, iri: str) -> str:
        """Return the path of a thing's page, without its extension; empty where it has none."""
        return self._path.get(iri, "")

    def natural_path(self, iri: str) -> str:
        """Return the path at which a server would look for a thing."""
        return self._paths.natural(iri)

    def ref(self, iri: str) -> Ref:
        """Refer to a criterion or an edition; one that is not held by its IRI."""
        found = self.knowledge.criteria.get(iri) or self.knowledge.schemes.get(iri)
        if found is None:
            act = self.knowledge.acts.get(iri)
            label = act.label if act else self.knowledge.labels.get(iri, "")
            return Ref("" if label else iri, label, outside=iri)
        page = self.path(iri)
        doubtful = isinstance(found, Criterion) and bool(self.doubts(found.iri, *found.doubts))
        unverified = isinstance(found, Criterion) and found.unverified
        path, outside = (f"{page}.html", "") if page else ("", iri)
        return Ref(found.notation, found.label, path, outside, unverified, doubtful)

    def market_ref(self, market: Market, place: str = "") -> Ref:
        """Refer to a market, or to a place in its page."""
        page = self.path(market.iri)
        return Ref(market.notation, market.label, f"{page}.html" + (f"#{place}" if place else "") if page else "")

    def doubts(self, iri: str, *own: str) -> tuple[str, ...]:
        """Return the doubts of a record, ``own``, and those that bear on it."""
        return tuple(dict.fromkeys((*own, *self._bearing.get(iri, ()))))

    @cached_property
    def _bearing(self) -> Mapping[str, tuple[str, ...]]:
        pairs = ((iri, sentence(doubt)) for doubt in self.knowledge.doubts for iri in doubt.bears_on)
        return {iri: tuple(text for _, text in found) for iri, found in _grouped(pairs, lambda p: p[0]).items()}

    def set_of(self, row: Row) -> MappingSet | None:
        """Return the published set that a row stands in."""
        return self._set_of.get(row.id)

    def version_of(self, iri: str) -> str:
        """Return the edition of a criterion; what is not held is an edition of its own."""
        return self.knowledge.criteria[iri].version if iri in self.knowledge.criteria else iri

    @cached_property
    def network(self) -> Network:
        """What follows from the rows, on the day shown."""
        return network(self.knowledge, self.on)

    @cached_property
    def structures(self) -> frozenset[str]:
        """The IRIs of what says how criteria are made up."""
        known = self.knowledge
        wholes = {d.iri for d in known.decompositions}
        return frozenset(wholes | {c.iri for c in known.choices} | {j.iri for j in known.joints})

    @cached_property
    def giving(self) -> Incoming:
        """The edges that give a criterion, by that criterion."""
        return giving(self.network)

    @cached_property
    def given(self) -> frozenset[str]:
        """The criteria that anything else gives, by whatever tie."""
        parts = {p for found in self.network.wholes.values() for w in found for p in w.parts}
        return frozenset(self.giving.keys() | parts | {c.whole for c in self.knowledge.choices})

    @cached_property
    def disputed(self) -> Mapping[str, tuple[str, ...]]:
        """Id of each row that contradicts others to the ids of those."""
        conflicts = self.network.conflicts
        return {row: tuple(o for o in c.rows if o != row) for c in reversed(conflicts) for row in c.rows}

    @cached_property
    def rows(self) -> Mapping[str, tuple[Row, ...]]:
        """The rows at a criterion, at either end."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(self.knowledge.rows, key=lambda r: natural_order(r.id)):
            for end in dict.fromkeys((row.subject, row.object)):
                found[end].append(row)
        return {iri: tuple(rows) for iri, rows in found.items()}

    @cached_property
    def joint(self) -> Mapping[str, tuple[Row, ...]]:
        """The rows of a joint group, by its name."""
        return _grouped((r for r in self.knowledge.rows if r.joint_group), lambda r: r.joint_group or "")

    @cached_property
    def requirements(self) -> Mapping[str, tuple[Requirement, ...]]:
        """What the markets ask by a criterion."""
        every = (r for _, m in sorted(self.knowledge.markets.items()) for r in m.requirements)
        return _grouped(every, lambda r: r.criterion)

    @cached_property
    def recognitions(self) -> Mapping[str, tuple[Recognition, ...]]:
        """What laws recognise, by the edition that is recognised."""
        return _grouped(self.knowledge.recognitions, lambda r: r.recognised)

    @cached_property
    def declined(self) -> Mapping[str, tuple[Declined, ...]]:
        """The pairs that were judged and not mapped, by either end that is held."""
        found: dict[str, list[Declined]] = defaultdict(list)
        for pair in sorted(self.knowledge.declined, key=lambda d: (natural_order(d.subject), natural_order(d.object))):
            for end in dict.fromkeys((pair.subject, pair.object)):
                found[end].append(pair)
        return {end: tuple(pairs) for end, pairs in found.items()}

    @cached_property
    def editions(self) -> Mapping[str, tuple[SchemeVersion, ...]]:
        """The editions of a text, the oldest first, by the text."""

        def order(version: SchemeVersion) -> tuple[date, tuple[tuple[int, int, str], ...]]:
            return version.in_force_from or date.min, natural_order(version.notation)

        return _grouped(sorted(self.knowledge.schemes.values(), key=order), lambda v: v.scheme)

    def _sets(self, chosen: Collection[str]) -> Iterator[MappingSet]:
        by_file = _grouped(self.knowledge.rows, lambda r: r.place.document)
        for name in sorted(self.statements.sets):
            file, rows = self.statements.sets[name], by_file.get(name, ())
            subjects = self._versions(file.iri("subject_source"), (r.subject for r in rows))
            objects = self._versions(file.iri("object_source"), (r.object for r in rows))
            if rows and any(v.iri in chosen for v in (*subjects, *objects)):
                stem = PurePosixPath(name.replace("\\", "/")).name.removesuffix(".sssom.tsv")
                iri = file.iri("mapping_set_id") or f"{BASE}mappings/{stem}"
                ordered = tuple(sorted(rows, key=lambda r: natural_order(r.id)))
                yield MappingSet(iri, self._paths.take(iri), stem, file, ordered, subjects, objects, _anchors(ordered))

    def _versions(self, stated: str, ends: Iterable[str]) -> tuple[SchemeVersion, ...]:
        schemes = self.knowledge.schemes
        found = {stated} & schemes.keys() or {self.version_of(e) for e in ends} & schemes.keys()
        return tuple(sorted((schemes[iri] for iri in found), key=lambda v: natural_order(v.notation)))


def _anchors(rows: Iterable[Row]) -> dict[str, str]:
    """Give each row a place in the page of its set; two never share one."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for row in rows:
        wanted = place = anchor(row.id)
        count = 1
        while place in taken:
            count += 1
            place = f"{wanted}-{count}"
        taken.add(place)
        found[row.id] = place
    return found


def _chosen(knowledge: Knowledge, only: Collection[str]) -> frozenset[str]:
    """Return the IRIs of the editions and markets to publish."""
    names: dict[str, set[str]] = defaultdict(set)
    for version in knowledge.schemes.values():
        names[fold(version.notation)].add(version.iri)
    for market in knowledge.markets.values():
        names[fold(market.notation)].add(market.iri)
    for name in only:
        if fold(name) not in names:
            raise UnknownNameError("scheme or market", name, near(name, names))
    return frozenset(iri for name in (map(fold, only) if only else names) for iri in names[name])


def _grouped(things: Iterable[Thing], key: Callable[[Thing], str]) -> dict[str, tuple[Thing, ...]]:
    found: dict[str, list[Thing]] = defaultdict(list)
    for thing in things:
        found[key(thing)].append(thing)
    return {name: tuple(group) for name, group in found.items()}
