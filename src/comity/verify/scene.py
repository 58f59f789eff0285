"""All documents together: who is who, what is tied to what, who answers for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from comity.model.classes import dataclass
from comity.verify import dates, files, reading, sheet
from comity.verify.apart import separated
from comity.verify.given import Given
from comity.verify.items import Item, Said
from comity.verify.names import ORGANISATION, Sameness
from comity.verify.reading import Anchor, Reading
from comity.verify.things import OPERATED_BY, PART_OF, PRODUCED_AT, Thing

BYSTANDERS = frozenset(
    {"inspector", "certifier", "regulator", "serviceprovider", "logisticsprovider", "carrier", "consignee", "retailer"}
)
"""Party roles of those who do not answer for the thing that they are named beside."""


@dataclass(frozen=True, slots=True)
class Bond:
    """A tie between two things, each by the name that leads its names."""

    kind: str
    source: str
    target: str
    document: str
    pointer: str
    role: str

    @property
    def lifts(self) -> bool:
        """True when the target stands above the source, and answers for it."""
        return self.kind in (PRODUCED_AT, OPERATED_BY, PART_OF) and self.role.lower() not in BYSTANDERS


class Scene:
    """The documents of one report, read afresh."""

    def __init__(self, given: Given, documents: Mapping[str, bytes], tables: Mapping[str, Mapping[str, str]]) -> None:
        """Read everything.

        :param documents: bytes by the names that the report uses.
        :param tables: cells of those that are claim sheets.
        """
        self.given = given
        self.hashes = {name: files.digest(content) for name, content in documents.items()}
        self.readings = separated(_settled(list(_readings(given, documents, tables))))
        self.by_name: dict[str, list[Reading]] = defaultdict(list)
        for one in self.readings:
            self.by_name[one.name].append(one)
        self.same = Sameness(_groups(self.readings))
        self.bonds = frozenset(self._bonds())
        self._ties = self._above_and_below()
        self._things = self._by_name()
        self.operators = self._operators()
        self.owners = self._owners()

    def hash_of(self, document: str) -> str | None:
        """Return the hash of the input that a document stands in; ``None`` when it was not given."""
        found = self.by_name.get(document)
        return found[0].sha256 if found else self.hashes.get(document)

    def items(self, document: str, pointer: str) -> list[Item]:
        """Return the claims and assessments at a place."""
        return [i for one in self.by_name.get(document, ()) for i in one.items.get(pointer, ())]

    def said(self, document: str, pointer: str) -> list[Said]:
        """Return the attributes that stand at a place."""
        return [s for one in self.by_name.get(document, ()) for s in one.said if s.pointer == pointer]

    def anchors(self) -> Iterator[tuple[str, Anchor]]:
        """Visit every identity anchor, with its document."""
        for one in self.readings:
            yield from ((one.name, anchor) for anchor in one.anchors)

    def above(self, subject: str) -> list[str]:
        """List what stands above a thing, itself first, the nearest before the others."""
        found = [subject]
        for low in found:
            found += sorted(self._ties.get(low, (frozenset(), frozenset()))[0] - set(found))
        return found

    def beside(self, subject: str) -> frozenset[str]:
        """List a thing and what it is tied to, one step up or down."""
        return frozenset({subject}).union(*self._ties.get(subject, ()))

    def levels(self, subject: str) -> set[str]:
        """List the levels that a thing is said to be of."""
        return {t.level for t in self._about(subject, "level")}

    def years(self, subject: str) -> set[str]:
        """List the years that a thing is said to be made in."""
        return {t.year for t in self._about(subject, "year") if t.year}

    def plants(self, subject: str) -> frozenset[str]:
        """List the leading names of the plants that a thing is said to be made at."""
        return frozenset(self._lead(t.plant) for t in self._about(subject, "plant") if t.plant)

    def _about(self, subject: str, stated: str) -> list[Thing]:
        """List what documents state of a thing; what its own passport states stands above the others."""
        things = self._things.get(subject, [])
        own = [t for t, is_own in things if is_own and getattr(t, stated)]
        return own or [t for t, _ in things]

    def is_valid(self, one: Reading, on: str) -> bool:
        """Tell whether a day lies within the period of a document."""
        return dates.when(on, one.period) == "within"

    def is_forged(self, document: str) -> bool:
        """Tell whether a document is signed with another identity's key than its issuer's."""
        return any(one.forged for one in self.by_name.get(document, ()))

    def is_one(self, names: Iterable[str], subject: str) -> bool:
        """Tell whether one of the names is that of a thing."""
        return any(self.same.of(name) == subject for name in names)

    def _bonds(self) -> Iterator[Bond]:
        for one in self.readings:
            for tie in one.ties:
                source, target = self._lead(tie.source), self._lead(tie.target)
                if source and target and source != target:
                    yield Bond(tie.kind, source, target, one.name, tie.pointer, tie.role)

    def _above_and_below(self) -> Mapping[str, tuple[set[str], set[str]]]:
        found: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
        for bond in self.bonds:
            if bond.lifts:
                found[bond.source][0].add(bond.target)
                found[bond.target][1].add(bond.source)
        return dict(found)

    def _by_name(self) -> Mapping[str, list[tuple[Thing, bool]]]:
        found: dict[str, list[tuple[Thing, bool]]] = defaultdict(list)
        for one in self.readings:
            for thing in one.things:
                found[self._lead(thing.names)].append((thing, thing is one.main))
        return dict(found)

    def _lead(self, names: frozenset[str]) -> str:
        return self.same.of(min(names)) if names else ""

    def _operators(self) -> dict[str, frozenset[str]]:
        """Find who answers for each thing: the parties it names, who issues its own records, its plant's operators."""
        direct = self._recorded()
        for bond in self.bonds:
            if bond.kind == OPERATED_BY and bond.lifts:
                direct[bond.source].add(bond.target)
        for bond, both in [(b, direct[b.source] | direct[b.target]) for b in self.bonds if b.kind == PRODUCED_AT]:
            direct[bond.source] |= both
            direct[bond.target] |= both
        known = {self._lead(t.names) for one in self.readings for t in one.things}
        for subject, parties in [(s, frozenset(p)) for s, p in direct.items()]:
            for party in (parties & known) - {subject}:
                direct[party] |= parties
        return self._with_themselves(direct)

    def _owners(self) -> dict[str, frozenset[str]]:
        """Find whose "no" about a thing is an admission: nobody's who names itself in what it attests."""
        direct = self._recorded()
        attesting = {
            one.name: self.same.all_of(one.issued_by)
            for one in self.readings
            if one.issued_by
            and not one.is_sheet
            and any(i.kind == "assessment" for items in one.items.values() for i in items)
        }
        for bond in self.bonds:
            alone = bond.target in attesting.get(bond.document, frozenset())
            if bond.kind == OPERATED_BY and bond.lifts and not alone:
                direct[bond.source].add(bond.target)
        made = [(b.source, frozenset(direct[b.target])) for b in self.bonds if b.kind == PRODUCED_AT]
        for product, parties in made:
            direct[product] |= parties
        return self._with_themselves(direct)

    def _recorded(self) -> defaultdict[str, set[str]]:
        """Find who issues the own record of each thing."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for one in self.readings:
            if one.is_passport and one.issued_by:
                claimed = (s for items in one.items.values() for i in items if i.kind == "claim" for s in i.subjects)
                for names in (one.own, *claimed):
                    found[self._lead(names)] |= self.same.all_of(one.issued_by)
        return found

    def _with_themselves(self, found: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
        """A company answers for itself."""
        known = {self._lead(t.names) for one in self.readings for t in one.things}
        own = {subject for subject in known if subject.startswith(f"{ORGANISATION}:")}
        return {s: frozenset(found.get(s, set()) | ({s} & own)) for s in own | found.keys()}


def _readings(
    given: Given, documents: Mapping[str, bytes], tables: Mapping[str, Mapping[str, str]]
) -> Iterator[Reading]:
    codes = given.knowledge.codes
    for name, content in documents.items():
        if name in tables:
            yield sheet.read(tables[name], name, files.digest(content))
            continue
        for paper in files.papers(content, name):
            found = reading.read(paper, given.keys, codes)
            if found is not None:
                yield found


def _groups(readings: Iterable[Reading]) -> Iterator[frozenset[str]]:
    for one in readings:
        yield from (t.names for t in one.things)
        for found in (item for items in one.items.values() for item in items):
            yield from (*found.subjects, *found.inferred, *([found.issuer] if found.issuer else []))
        yield from (anchor.identity for anchor in one.anchors)
        yield from (names for tie in one.ties for names in (tie.source, tie.target) if names)


def _settled(found: list[Reading]) -> list[Reading]:
    """Take the sort of a sheet's subjects from other documents, where the sheet does not state it."""
    sorts: dict[str, set[str]] = defaultdict(set)
    for one in found:
        for name in (n for t in one.things for n in t.names if n not in one.guessed):
            sort, _, key = name.partition(":")
            sorts[key].add(sort)
    return [_moved(one, sorts) if one.guessed else one for one in found]


def _moved(one: Reading, sorts: Mapping[str, set[str]]) -> Reading:
    def move(names: frozenset[str]) -> frozenset[str]:
        moved = set()
        for name in names:
            key = name.partition(":")[2]
            known = sorts.get(key, set())
            moved.add(f"{next(iter(known))}:{key}" if name in one.guessed and len(known) == 1 else name)
        return frozenset(moved)

    items = {
        pointer: [replace(i, subjects=tuple(move(s) for s in i.subjects)) for i in group]
        for pointer, group in one.items.items()
    }
    moved = [replace(t, names=move(t.names)) for t in one.things]
    return replace(one, items=items, things=moved, ties=[replace(t, source=move(t.source)) for t in one.ties])
