"""All that follows from the evidence for some criteria: for and against, and which evidence bears on what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import cached_property

from comity.algebra.propagate import AGAINST, FOR, Atom, Derivation, Node, Rule, fixpoint
from comity.judgement.base import Evidence, Setting
from comity.judgement.chain import Lifted, Network, lifts, reach, rules
from comity.judgement.gathering import Gathered, wholes
from comity.judgement.parts import Lists
from comity.model.classes import dataclass
from comity.model.criteria import Decomposition
from comity.model.scales import Authority, Fact

ADMISSION = 9
"""Opposition of the operator's own admission: above every rank."""


@dataclass(frozen=True)
class Inference:
    """The fixpoints of one question, for the criteria that its rules can reach.

    :param targets: the criteria asked about.
    :param leaves: the evidence used, where it is not all of it (a claim is not evidence for itself).
    :param chains: how the conformity of parties that a requirement ranges over becomes that of their chain.
    """

    of: Setting
    net: Network
    evidence: Evidence
    targets: frozenset[str]
    leaves: tuple[Derivation, ...]
    chains: tuple[Gathered, ...] = ()
    _made: dict[Authority, Mapping[Atom, Sequence[Derivation]]] = field(default_factory=dict, repr=False)

    @cached_property
    def criteria(self) -> frozenset[str]:
        """Every criterion from which facts can reach a target."""
        return reach(self.net, self.targets)

    @cached_property
    def lifts(self) -> tuple[Lifted, ...]:
        """The lifts that those criteria declare along the links of the world."""
        return tuple(lifts(self.of.knowledge, self.criteria, self.of.world.above()))

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule among those criteria that the evidence can set off."""
        starts: dict[tuple[str, str], list[Lifted | Gathered]] = defaultdict(list)
        for lift in self.lifts:
            starts[lift.criterion, lift.source].append(lift)
        world = self.of.world
        for gathered in (*self.chains, *wholes(self.of.knowledge, self.criteria, world, Lists(world, self.of.on))):
            for part in gathered.parts:
                starts[gathered.criterion, part].append(gathered)
        found = [d.atom for d in self.leaves if d.atom[1].criterion in self.criteria]
        return tuple(rules(self.net, self.of.within, self.criteria, starts, found))

    @cached_property
    def against(self) -> dict[Atom, list[Derivation]]:
        """Facts against, and their proofs."""
        return fixpoint(self._leaves(AGAINST), (r for r in self.rules if r.conclusion[0] in AGAINST))

    def for_(self, authority: Authority) -> Mapping[Atom, Sequence[Derivation]]:
        """Facts for, and their proofs, each with the opposition it passes on its way.

        :param authority: from which authority an opposite proof counts as opposition.
        """
        if authority not in self._made:
            self._made[authority] = fixpoint(
                self._leaves(FOR),
                (r for r in self.rules if r.conclusion[0] in FOR),
                lambda atom: self.opposition(atom, authority),
            )
        return self._made[authority]

    def opposition(self, atom: Atom, authority: Authority) -> int:
        """Return the highest rank that stands against a fact on its node; -1 for none."""
        found = self.against.get((atom[0].opposite, atom[1]), ())
        return max(
            (
                ADMISSION if d.labels.admission else int(d.labels.rank)
                for d in found
                if d.labels.valid and not d.labels.disputed and d.labels.authority >= authority
            ),
            default=-1,
        )

    def bearing_on(self, node: Node) -> tuple[tuple[Derivation, tuple[Rule, ...]], ...]:
        """List every leaf from which a fact can reach a node, with the rules on the way, nearest first."""
        route = self._routes(node)
        found = [(leaf, route[leaf.atom]) for leaf in self.leaves if leaf.atom in route]
        return tuple(sorted(found, key=lambda x: (len(x[1]), x[0].name)))

    @cached_property
    def spoken(self) -> Mapping[Node, Derivation]:
        """What somebody says something of, with one piece of evidence for each."""
        return {d.atom[1]: d for d in self.evidence.leaves}

    @cached_property
    def _into(self) -> Mapping[Atom, Sequence[Rule]]:
        index: dict[Atom, list[Rule]] = defaultdict(list)
        for rule in self.rules:
            index[rule.conclusion].append(rule)
        return index

    def _routes(self, node: Node) -> dict[Atom, tuple[Rule, ...]]:
        route: dict[Atom, tuple[Rule, ...]] = {(fact, node): () for fact in Fact}
        todo = list(route)
        while todo:
            nearer: list[Atom] = []
            for atom in todo:
                came = route[atom][0].source if route[atom] else None
                for rule in self._into.get(atom, ()):
                    if rule.source is came and isinstance(came, Decomposition):
                        continue  # through the whole one part says nothing of another
                    for premise in rule.premises:
                        for source in _stronger(premise):
                            if source not in route:
                                route[source] = (rule, *route[atom])
                                nearer.append(source)
            todo = nearer
        return route

    def _leaves(self, facts: Iterable[Fact]) -> list[Derivation]:
        wanted = set(facts)
        return [d for d in self.leaves if d.atom[0] in wanted and d.atom[1].criterion in self.criteria]


def _stronger(atom: Atom) -> tuple[Atom, ...]:
    """The fact itself, and the one that implies it."""
    fact, node = atom
    return (atom, *((other, node) for other in Fact if other.weaker is fact))
