"""The tables of the bulk SQL (:mod:`comity.engines.sql`), made of a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyarrow as pa

from comity.algebra.propagate import Derivation
from comity.engines.graph import bindings
from comity.engines.routes import Route, Together, routes, together
from comity.engines.sql import SCHEMAS
from comity.judgement.applicability import State
from comity.judgement.inference import Inference
from comity.judgement.question import Question
from comity.model.classes import dataclass
from comity.model.requirements import Market
from comity.model.scales import Authority, Fact, Lift

_LIFTED = {Lift.INHERITS_DOWN: Fact.ALL, Lift.AGGREGATES_UP: Fact.NOT_ALL}
"""What each lift carries of the two facts that decide between satisfied and failed."""

Record = tuple[object, ...]


def tables(asked: Question, market: Market) -> dict[str, pa.Table]:
    """Write a question about a market as tables.

    What evidence states by itself, with its labels, and whether a requirement applies are taken from the judgement,
    as the evidence graph does; all that follows is left to the text.
    """
    targets = frozenset(r.criterion for r in market.requirements)
    inference = Inference(asked.setting, asked.net, asked.evidence, targets, asked.evidence.leaves)
    found = _Tables(asked, market, inference)
    return {name: _table(name, rows) for name, rows in found.all().items()}


def _table(name: str, rows: Iterable[Record]) -> pa.Table:
    schema = SCHEMAS[name]
    columns = list(zip(*rows, strict=True)) or [() for _ in schema]
    return pa.table([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)


@dataclass(frozen=True)
class _Tables:
    asked: Question
    market: Market
    inference: Inference

    def all(self) -> Mapping[str, Iterable[Record]]:
        """Return the records of every table, by its name."""
        rules = tuple(t for t in together(self.asked.net, self.authority) if t.target in self.inference.criteria)
        lifted = tuple(self._lifts())
        ways = tuple(self._routes(rules, lifted))
        return {
            "evidence": (_evidence(n, d) for n, d in enumerate(self._leaves())),
            "roles": ((n, role) for n, d in enumerate(self._leaves()) for role in sorted(d.labels.roles)),
            "routes": ((r.fact.value, r.source, r.target, r.verified, _scope(r)) for r in ways),
            "together": (
                (t.rule, t.fact.value, member, t.target, len(t.members), t.verified)
                for t in rules
                for member in t.members
            ),
            "lifts": ((criterion, fact.value, sure) for criterion, fact, sure in lifted),
            "links": ((high, low) for high, low, _ in self.asked.world.above()),
            "within": self._within(ways),
            **self._market(),
        }

    @property
    def authority(self) -> Authority:
        return self.asked.authority or self.market.authority

    def _leaves(self) -> Sequence[Derivation]:
        return [d for d in self.inference.leaves if d.atom[1].criterion in self.inference.criteria]

    def _lifts(self) -> Iterator[tuple[str, Fact, bool]]:
        for criterion in sorted(self.inference.criteria):
            known = self.asked.knowledge.criteria.get(criterion)
            sure = criterion not in self.asked.net.doubtful
            for lift in sorted(known.lifts) if known else ():
                fact = _LIFTED[lift]
                if sure or fact is Fact.NOT_ALL:
                    yield criterion, fact, sure

    def _routes(self, rules: Iterable[Together], lifted: Iterable[tuple[str, Fact, bool]]) -> Iterator[Route]:
        """Close the edges towards what requirements, rules and lifts ask for, and towards what may be contested."""
        wanted = {fact: set(self.inference.targets) for fact in (Fact.ALL, Fact.NOT_ALL)}
        for rule in rules:
            wanted[rule.fact].update(rule.members)
        for criterion, fact, _ in lifted:
            wanted[fact].add(criterion)
        towards = tuple(routes(self.asked.net, Fact.ALL, wanted[Fact.ALL], self.authority))
        yield from towards
        contestable = wanted[Fact.ALL] | {r.source for r in towards}
        yield from routes(self.asked.net, Fact.NOT_ALL, wanted[Fact.NOT_ALL] | contestable, self.authority)

    def _within(self, ways: Iterable[Route]) -> Iterator[Record]:
        scoped = {_scope(r): r.scopes for r in ways if r.scopes}
        spoken = {d.atom[1].subject for d in self.inference.leaves} | set(self.asked.world.subjects)
        for subject in sorted(spoken):
            for text, scopes in sorted(scoped.items()):
                if all(self.asked.setting.within(subject, s) for s in scopes):
                    yield subject, text

    def _market(self) -> Mapping[str, Iterable[Record]]:
        """Write what is asked of whom; subjects to which the same applies are of one kind."""
        bound = [b for b in bindings(self.asked, self.market) if not b.asked.unverified]
        # What a rule asks of other parties is more than their links: the text does not judge it.
        found = [b for b in bound if b.requirement.ranges_over is None]
        asks = {b.requirement.iri: (b.requirement.criterion, int(b.asked.rank), b.asked.role or "") for b in found}
        of: dict[str, list[str]] = {b.subject.key: [] for b in found}
        for b in found:
            if b.application.state is State.APPLIES:
                of[b.subject.key].append(b.requirement.iri)
        kinds = {asked: f"kind-{n}" for n, asked in enumerate(sorted({tuple(a) for a in of.values()}), 1)}
        return {
            "requirements": ((iri, *rest) for iri, rest in asks.items()),
            "subjects": ((subject, kinds[tuple(a)]) for subject, a in of.items()),
            "applies": ((requirement, kind) for a, kind in kinds.items() for requirement in a),
        }


def _evidence(number: int, d: Derivation) -> Record:
    (fact, node), labels = d.atom, d.labels
    told = (labels.admission, labels.valid, labels.assumed, labels.unverified)
    return number, node.subject, node.criterion, fact.value, int(labels.rank), *told


def _scope(route: Route) -> str:
    return "; ".join(route.scopes)
