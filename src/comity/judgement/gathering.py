"""What all parts of a whole show together, and what every party that a requirement ranges over shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from comity.algebra.propagate import Node, Rule
from comity.evidence import identity
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
    """

    criterion: str
    parts: tuple[str, ...]
    target: str
    links: tuple[Link, ...]
    lists: tuple[Listed, ...] = ()

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

    :param kind: the kind of link that leads to them.
    :param missing: why they are not known to be all; empty when they are.
    """

    subject: str
    kind: LinkKind
    parties: Mapping[str, Link]
    lists: tuple[Listed, ...]
    missing: str

    @property
    def name(self) -> str:
        """What stands for all of them together, as a subject of facts."""
        return judged_as(self.subject, self.kind)

    def gathered(self, criterion: str) -> tuple[Gathered, ...]:
        """Return how the parties' conformity with a criterion becomes that of the chain."""
        parties, links = tuple(self.parties), tuple(self.parties.values())
        one = tuple(Gathered(criterion, (p,), self.name, (x,)) for p, x in self.parties.items())
        return one if self.missing else (*one, Gathered(criterion, parties, self.name, links, self.lists))


def judged_as(subject: str, ranges_over: str | None) -> str:
    """Return what a rule is judged of: the subject itself, or every party that it reaches by a kind of link.

    >>> judged_as("product:id:x", None), judged_as("product:id:x", "sources-from")
    ('product:id:x', 'product:id:x#every-sources-from')
    """
    return f"{subject}#every-{ranges_over}" if ranges_over else subject


def chain(world: World, lists: Lists, subject: str, kind: LinkKind, level: Level) -> Chain:
    """Find every party that explicit links of a kind reach from a subject.

    Plants that handle what a thing is made from are found through its sources. The parties are known to be all
    where each list on the way is complete; a source of which nobody says where it was handled leaves it open.

    :param level: of the criterion: who stands on another level is passed through, and cannot show it.
    """
    through = {kind, LinkKind.SOURCES_FROM} if kind is LinkKind.PROCESSED_AT else {kind}
    parties: dict[str, Link] = {}
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
            listed = lists.complete(current, "processors" if each is LinkKind.PROCESSED_AT else "sources", ends)
            if listed is None:
                missing.append(f"nobody declares that {_names(ends)} is all that {current} has by {each}")
            else:
                used.append(listed)
            for end, link in ends.items():
                if each is kind and _accepted(world, end, level):
                    parties.setdefault(end, link)
                if end not in seen:
                    seen.add(end)
                    todo.append(end)
        if not followed and (current == subject or (kind is LinkKind.PROCESSED_AT and current not in parties)):
            missing.append(f"nobody says what {current} has by {kind}")
    if not parties and not missing:
        missing.append(f"no {level} is reached by {kind}")
    return Chain(subject, kind, parties, tuple(used), "; ".join(dict.fromkeys(missing)))


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


def _accepted(world: World, key: str, level: Level) -> bool:
    known = world.subjects.get(key)
    if known is not None:
        return level.accepts(known.level)
    return key.partition(":")[0] == identity.type_of(level)


def _names(keys: Iterable[str]) -> str:
    return ", ".join(sorted(keys))
