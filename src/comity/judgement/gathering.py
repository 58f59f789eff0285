"""What all parts of a whole show together, and what every party that a requirement ranges over shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from comity.algebra.propagate import Node, Rule
from comity.evidence import identity
from comity.judgement.meant import MEANT, Means, Membership, Shown, endless, walk
from comity.judgement.parts import Listed, Lists, tied
from comity.judgement.world import World
from comity.model.classes import dataclass
from comity.model.evidence import Link, LinkKind
from comity.model.knowledge import Knowledge
from comity.model.scales import Fact, Level, Lift


@dataclass(frozen=True, slots=True)
class Gathered:
    """One criterion's conformity of several subjects, taken together to one.

    :param target: the whole, or the name of a chain (:class:`Chain`).
    :param links: what ties each of ``parts`` to the target, in their order.
    :param lists: the lists by which the parts are known to be all; empty where one part is enough.
    :param shown: what makes the parts those that a requirement means, and others not.
    """

    criterion: str
    parts: tuple[str, ...]
    target: str
    links: tuple[Link, ...]
    lists: tuple[Listed, ...] = ()
    shown: tuple[Shown, ...] = ()

    @property
    def name(self) -> str:
        """A name that orders rules stably."""
        return f"gathered:{self.criterion}:{self.target}:{len(self.parts)}"

    def rules(self, fact: Fact) -> Iterator[Rule]:
        """Make the rules that one fact about one of the parts may set off.

        All parts all gives all; of a chain, one part some gives some, and one part not-all gives not-all.
        """
        target = Node(self.criterion, self.target)
        if fact is Fact.ALL and self.lists:
            premises = tuple((fact, Node(self.criterion, p)) for p in self.parts)
            yield Rule(premises, (fact, target), self.name, self)
        if fact in (Fact.SOME, Fact.NOT_ALL) and not self.lists:
            for part in self.parts:
                yield Rule(((fact, Node(self.criterion, part)),), (fact, target), f"{self.name}:{part}", self)


@dataclass(frozen=True, slots=True)
class Chain:
    """The parties that a requirement ranges over, for one subject.

    :param over: names the kind of link that leads to them, and whose condition they meet (``Requirement.over``).
    :param missing: why they are not known to be all; empty when they are.
    :param members: whether each party that is reached is meant; those that are not are none of ``parties``.
    :param first: the parties meant that are met first on the ways to them, where not all are meant.
    """

    subject: str
    kind: LinkKind
    parties: Mapping[str, Link]
    lists: tuple[Listed, ...]
    missing: str
    over: str
    members: Mapping[str, Membership]
    first: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What stands for all of them together, as a subject of facts."""
        return judged_as(self.subject, self.over)

    def gathered(self, criterion: str) -> tuple[Gathered, ...]:
        """Return how the parties' conformity with a criterion becomes that of the chain."""
        parties, links = tuple(self.parties), tuple(self.parties.values())
        one = tuple(
            Gathered(criterion, (p,), self.name, (x,), (), self.members[p].shown)
            for p, x in self.parties.items()
            if self.members[p].value
        )
        deciding = {k: m for k, m in self.members.items() if m.value is False or k in self.first}
        shown = tuple(s for key in sorted(deciding) for s in deciding[key].shown)
        return one if self.missing else (*one, Gathered(criterion, parties, self.name, links, self.lists, shown))


def judged_as(subject: str, over: str | None) -> str:
    """Return what a rule is judged of: the subject itself, or every party that it reaches by a kind of link.

    :param over: ``Requirement.over``.

    >>> judged_as("product:id:x", None), judged_as("product:id:x", "sources-from")
    ('product:id:x', 'product:id:x#every-sources-from')
    """
    return f"{subject}#every-{over}" if over else subject


def chain(world: World, lists: Lists, subject: str, kind: LinkKind, level: Level, means: Means | None = None) -> Chain:
    """Find every party that explicit links of a kind reach from a subject.

    Plants that handle what a thing is made from are found through its sources. The parties are known to be all
    where each list on the way is complete; a source of which nobody says where it was handled leaves it open. Where
    not all are meant, so does a source of which nobody says what it came from, unless it is of nobody who is meant;
    and each plant where one of the things on the way was made or handled is a party as well.

    :param level: of the criterion: who stands on another level is passed through, and cannot show it.
    :param means: which of those reached are meant, others being passed through as well; ``None`` for all.
    """
    through = {kind, LinkKind.SOURCES_FROM} if kind is LinkKind.PROCESSED_AT else {kind}
    parties: dict[str, Link] = {}
    members: dict[str, Membership] = {}
    near: dict[tuple[str, LinkKind], Mapping[str, Link]] = {}
    used: list[Listed] = []
    missing: list[str] = []
    todo, seen = [subject], {subject}
    while todo:
        current = todo.pop(0)
        followed = False
        for each in sorted(through):
            ends = tied(world.links, [each], current)
            if not ends:
                continue
            followed = True
            near[current, each] = ends
            listed = lists.complete(current, "processors" if each is LinkKind.PROCESSED_AT else "sources", ends)
            if listed is None:
                missing.append(f"nobody declares that {_names(ends)} is all that {current} has by {each}")
            else:
                used.append(listed)
            for end, link in ends.items():
                if each is kind and end not in members and _accepted(world, end, level):
                    members[end] = means.member(end) if means is not None else MEANT
                    if members[end].value is not False:
                        parties[end] = link
                if end not in seen:
                    seen.add(end)
                    todo.append(end)
        if not followed and (current == subject or (kind is LinkKind.PROCESSED_AT and current not in members)):
            missing.append(f"nobody says what {current} has by {kind}")
    first: tuple[str, ...] = ()
    if means is not None:
        made_of = {n: ends for (n, each), ends in near.items() if each is LinkKind.SOURCES_FROM}
        things = {n: tuple(made_of.get(n, ())) for n in (subject, *(e for ends in made_of.values() for e in ends))}
        plants = _handlers(world, things, means, members, parties)
        way = walk(subject, kind, near, members)
        first = way.first
        missing += [f"{n} leads by {kind} to nobody of whom it is known that {means.text}" for n in way.astray]
        missing += endless(subject, things, partial(_ended, members, plants))
    if not parties and not missing:
        missing.append(f"no {level} is reached by {kind}")
    why = "; ".join(dict.fromkeys(missing))
    return Chain(subject, kind, parties, tuple(used), why, means.over if means else str(kind), members, first)


def _handlers(
    world: World, things: Iterable[str], means: Means, members: dict[str, Membership], parties: dict[str, Link]
) -> dict[str, dict[str, Link]]:
    """Return the plants of each thing; enter those that are meant, or could be, as parties."""
    plants = {n: _plants(world.links, n) for n in things}
    for end, link in ((e, x) for n in sorted(plants) for e, x in plants[n].items() if means.plants):
        members.setdefault(end, means.member(end))
        if members[end].value is not False:
            parties.setdefault(end, link)
    return plants


def wholes(knowledge: Knowledge, criteria: Iterable[str], world: World, lists: Lists) -> Iterator[Gathered]:
    """Find the wholes whose parts are declared complete, for the criteria that aggregate up."""
    aggregating = [c for c in criteria if c in knowledge.criteria and Lift.AGGREGATES_UP in knowledge.criteria[c].lifts]
    below: dict[str, dict[str, Link]] = {}
    for high, low, statements in world.above() if aggregating else ():
        below.setdefault(high, {})[low] = min(statements, key=lambda x: (x.place, x.kind, x.role))
    for whole, ties in below.items():
        sorts = {key.partition(":")[0] for key in ties}
        for sort in sorted(sorts):
            some = {k: x for k, x in ties.items() if k.partition(":")[0] == sort}
            listed = lists.complete(whole, "parts", some)
            if listed is not None:
                for criterion in aggregating:
                    yield Gathered(
                        criterion, tuple(sorted(some)), whole, tuple(some[k] for k in sorted(some)), (listed,)
                    )


def _plants(links: Sequence[Link], thing: str) -> dict[str, Link]:
    """Return the plants where a thing was made or handled; those of what it is part of where it names none.

    Where something else was made from it is a plant of that other thing, which may be no part of this chain.
    """
    made = {x.place for x in links if x.kind is LinkKind.PRODUCED_AT}
    own = [x for x in links if x.kind is not LinkKind.PROCESSED_AT or x.place not in made]
    todo = [thing]
    for current in todo:
        if found := tied(own, (LinkKind.PRODUCED_AT, LinkKind.PROCESSED_AT), current):
            return found
        todo += sorted(tied(own, (LinkKind.PART_OF,), current).keys() - set(todo))
    return {}


def _ended(members: Mapping[str, Membership], plants: Mapping[str, Iterable[str]], thing: str) -> bool:
    """Tell whether neither a thing nor a plant of it is one that is meant, or could be."""
    known = [members[n].value for n in (thing, *plants[thing]) if n in members]
    return bool(known) and all(value is False for value in known)


def _accepted(world: World, key: str, level: Level) -> bool:
    known = world.subjects.get(key)
    if known is not None:
        return level.accepts(known.level)
    return key.partition(":")[0] == identity.type_of(level)


def _names(keys: Iterable[str]) -> str:
    return ", ".join(sorted(keys))
