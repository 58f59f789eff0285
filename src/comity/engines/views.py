"""Views: what counts about one subject at the rank and role asked (semantics, section 7, step 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from urllib.parse import quote

from pyoxigraph import NamedNode, Triple

from comity.algebra.edges import Edge
from comity.algebra.propagate import AGAINST, FOR, Derivation, Node, Rule
from comity.engines import owl
from comity.judgement.chain import Lifted
from comity.judgement.gathering import Gathered
from comity.judgement.inference import Inference
from comity.judgement.verdict import Asked
from comity.model.classes import dataclass
from comity.model.scales import Assurance, Authority, Fact, Lift
from comity.stores import terms
from comity.stores.terms import TYPE, comity


@dataclass(frozen=True, slots=True)
class View:
    """What counts about one subject; ``rank=None`` for what the operator admits, which counts at every rank.

    :param subject: canonical key.
    :param role: IRI of the role that every assessment has, if one is asked.
    """

    subject: str
    rank: Assurance | None
    role: str | None = None

    @property
    def iri(self) -> NamedNode:
        """Its IRI, by rank, role and the subject's key."""
        asked = "admissions" if self.rank is None else self.rank.token
        role = f"/{owl.path(self.role)}" if self.role else ""
        return NamedNode(f"{owl.BASE}view/{asked}{role}/{quote(self.subject, safe='/:')}")

    @property
    def admissions(self) -> View:
        """What the operator says against itself about the same subject."""
        return View(self.subject, None)

    def of(self, subject: str) -> View:
        """Return the view of another subject at the same rank and role."""
        return View(subject, self.rank, self.role)

    def counts(self, leaf: Derivation) -> bool:
        """Tell whether a fact that evidence states by itself counts here."""
        labels = leaf.labels
        if leaf.atom[1].subject != self.subject or labels.disputed or labels.unverified or not labels.valid:
            return False
        if leaf.atom[0] in AGAINST:
            return labels.admission if self.rank is None else labels.rank >= self.rank
        if self.rank is None or labels.assumed:
            return False
        return labels.rank >= self.rank and (self.role is None or self.role in labels.roles)


def rival_views(node: Node, asked: Asked, inference: Inference) -> tuple[View, ...]:
    """List the views of what is strong enough to stand against the evidence that a criterion is not met.

    :returns: none where no such evidence counts; else views of each rank from the lower of the one asked and the
        highest of that evidence (semantics, section 7, step 4: "conflicting"), without the role asked.
    """
    against = [
        d.labels
        for d in inference.against.get((Fact.NOT_ALL, node), ())
        if d.labels.valid
        and not d.labels.unverified
        and not d.labels.disputed
        and d.labels.authority >= asked.authority
        if d.labels.rank >= asked.rank or d.labels.admission
    ]
    lowest = min(asked.rank, max((x.rank for x in against), default=asked.rank))
    return tuple(View(node.subject, rank) for rank in Assurance if against and lowest <= rank <= asked.rank)


@dataclass(frozen=True)
class Views:
    """The views of one question, at one authority.

    :param asked: the views that are asked about; those that lifts reach are added.
    """

    inference: Inference
    authority: Authority
    asked: frozenset[View]

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules from which a verdict that counts may be drawn, and that evidence can reach."""
        stated = {(d.atom[0], d.atom[1].criterion) for d in self.leaves if self.counting(d)}
        return owl.reached(self._counting, stated)

    @cached_property
    def _counting(self) -> tuple[Rule, ...]:
        return owl.counting(self.inference.rules, self.authority)

    @cached_property
    def leaves(self) -> tuple[Derivation, ...]:
        """The facts that evidence states by itself about criteria that matter, in a stable order."""
        found = (d for d in self.inference.leaves if d.atom[1].criterion in self.inference.criteria)
        return tuple(sorted(found, key=lambda d: (d.name, d.atom)))

    @cached_property
    def all(self) -> tuple[View, ...]:
        """Every view, in order of IRI."""
        found: set[View] = set()
        todo = [v for view in self.asked for v in (view, view.admissions)]
        while todo:
            view = todo.pop()
            if view not in found:
                found.add(view)
                todo += (view.of(lift.source) for lift in self._lifts.get(view.subject, ()))
                todo += (view.of(part) for part in self._parts.get(view.subject, ()))
        return tuple(sorted(found, key=lambda v: v.iri.value))

    def counting(self, leaf: Derivation) -> tuple[View, ...]:
        """List the views in which a fact that evidence states by itself counts."""
        return tuple(v for v in self._by_subject.get(leaf.atom[1].subject, ()) if v.counts(leaf))

    def contested(self, view: View, criterion: str) -> bool:
        """Tell whether, in a view, an opposite proof stands against "all" of a criterion."""
        if view.rank is None:
            return False
        atom = (Fact.ALL, Node(criterion, view.subject))
        return self.inference.opposition(atom, self.authority) >= view.rank

    def triples(self) -> Iterator[Triple]:
        """Write the views: their facts, how they hang together, and what they pass."""
        for view in self.all:
            yield Triple(view.iri, TYPE, comity("View"))
            yield Triple(view.iri, comity("aboutSubject"), terms.subject(view.subject))
            yield Triple(view.iri, comity("authorityAsked"), terms.scaled(self.authority))
            if view.rank is not None:
                yield Triple(view.iri, comity("rankAsked"), terms.scaled(view.rank))
            if view.role is not None:
                yield Triple(view.iri, comity("roleAsked"), NamedNode(view.role))
            yield from self._hung(view)
            for text in self._scopes:
                if self.inference.of.within(view.subject, text):
                    yield Triple(view.iri, comity("liesWithin"), owl.scope(text))
            yield from self._passes(view)
        for leaf in self.leaves:
            for view in self.counting(leaf):
                yield self._fact(view, leaf)

    def _fact(self, view: View, leaf: Derivation) -> Triple:
        fact, node = leaf.atom
        says = owl.MEETS[fact]
        if fact in FOR and self.contested(view, node.criterion):
            # A contested fact still holds where it stands: it only goes no further.
            says = comity("endsAll") if fact is Fact.ALL else comity("meetsSome")
        return Triple(view.iri, says, NamedNode(node.criterion))

    def _hung(self, view: View) -> Iterator[Triple]:
        for lift in self._lifts.get(view.subject, ()):
            if lift.kind is Lift.AGGREGATES_UP:
                yield Triple(view.iri, comity("aggregates"), view.of(lift.source).iri)
            elif view.rank is not None:
                yield Triple(view.iri, comity("within"), view.of(lift.source).iri)

        for part in self._parts.get(view.subject, ()):
            yield Triple(view.iri, owl.belongs(view.subject, part), view.of(part).iri)

    def _passes(self, view: View) -> Iterator[Triple]:
        if view.rank is not None:
            for criterion in self._outcomes:
                if not self.contested(view, criterion):
                    yield Triple(view.iri, comity("passes"), NamedNode(criterion))

    @cached_property
    def _scopes(self) -> tuple[str, ...]:
        return tuple(sorted({s for r in self.rules if isinstance(r.source, Edge) for s in r.source.scopes}))

    @cached_property
    def _outcomes(self) -> tuple[str, ...]:
        return tuple(sorted(owl.outcomes(self.rules)))

    @cached_property
    def _lifts(self) -> Mapping[str, tuple[Lifted, ...]]:
        """The lifts that end at each subject, one for each subject and way of lifting."""
        index: dict[str, dict[tuple[str, Lift], Lifted]] = defaultdict(dict)
        for rule in self._counting:
            if isinstance(rule.source, Lifted):
                index[rule.source.target].setdefault((rule.source.source, rule.source.kind), rule.source)
        return {target: tuple(found.values()) for target, found in index.items()}

    @cached_property
    def _parts(self) -> Mapping[str, tuple[str, ...]]:
        """The parts of each whole, and the parties of each chain, whose views it is made of."""
        index: dict[str, dict[str, None]] = defaultdict(dict)
        for rule in self._counting:
            if isinstance(rule.source, Gathered):
                index[rule.source.target].update(dict.fromkeys(rule.source.parts))
        return {target: tuple(found) for target, found in index.items()}

    @cached_property
    def _by_subject(self) -> Mapping[str, tuple[View, ...]]:
        index: dict[str, list[View]] = defaultdict(list)
        for view in self.all:
            index[view.subject].append(view)
        return {subject: tuple(found) for subject, found in index.items()}
