"""The rules along which facts travel in one world: edges, decompositions, joint coverage, choices, lifts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from comity.algebra.comparison import covers
from comity.algebra.edges import FACTS, Edge, by_source, edges
from comity.algebra.propagate import Atom, Node, Rule
from comity.model.criteria import AnyOf, Decomposition, JointCoverage, Limit
from comity.model.evidence import Link
from comity.model.knowledge import Knowledge
from comity.model.mappings import Relation, Row
from comity.model.places import Place
from comity.model.scales import Authority, Basis, Fact, Lift


@dataclass(frozen=True, slots=True)
class Lifted:
    """One criterion's conformity taken from one subject to another.

    :param links: the explicit statements that tie the two.
    """

    criterion: str
    source: str
    target: str
    kind: Lift
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """What rules are made of, indexed: build it once for a knowledge and a day."""

    edges: Mapping[str, Sequence[Edge]]
    backwards: Mapping[str, Sequence[str]]
    wholes: Mapping[str, Sequence[Decomposition]]
    joints: Mapping[str, Sequence[JointCoverage]]
    choices: Mapping[str, Sequence[AnyOf]]


def network(knowledge: Knowledge, on: date) -> Network:
    """Index the knowledge's edges and structures for the day judged."""
    found = edges((*knowledge.rows, *derived_rows(knowledge), *_partial(knowledge)), on)
    backwards: dict[str, set[str]] = defaultdict(set)
    for edge in found:
        backwards[edge.target].add(edge.source)
    wholes: dict[str, list[Decomposition]] = defaultdict(list)
    for d in knowledge.decompositions:
        if d.complete:
            for c in (d.whole, *d.parts):
                wholes[c].append(d)
                backwards[c].update((d.whole, *d.parts))
    joints: dict[str, list[JointCoverage]] = defaultdict(list)
    for j in knowledge.joints:
        joints[j.covers].append(j)
        backwards[j.covers].update(j.members)
    choices: dict[str, list[AnyOf]] = defaultdict(list)
    for a in knowledge.choices:
        choices[a.whole].append(a)
        backwards[a.whole].update(a.options)
    return Network(
        by_source(found),
        {c: tuple(sorted(s - {c})) for c, s in backwards.items()},
        wholes,
        joints,
        choices,
    )


def derived_rows(knowledge: Knowledge) -> Iterator[Row]:
    """Order the limits on one metric: the stricter covers the weaker (semantics, section 3, Thresholds)."""
    limited: dict[str, list[tuple[str, Limit, Basis]]] = defaultdict(list)
    for c in knowledge.criteria.values():
        if c.limit is not None:
            limited[c.limit.metric].append((c.iri, c.limit, c.basis))

    def falls_under(value: str, other: str) -> bool:
        return qualifier_falls_under(knowledge, value, other)

    for group in limited.values():
        for a, limit_a, basis_a in group:
            for b, limit_b, basis_b in group:
                mask = covers(limit_a, limit_b, falls_under) if a < b else None
                if mask is not None:
                    basis = Basis.NOT_VERIFIED if Basis.NOT_VERIFIED in (basis_a, basis_b) else Basis.READ_IN_SOURCE
                    yield Row(
                        id=f"derived:{a}--{b}",
                        subject=a,
                        predicate="derived",
                        object=b,
                        mask=mask,
                        authority=max(Authority),
                        place=Place("derived from the limits"),
                        justification="threshold order",
                        reason="the stricter limit covers the weaker one",
                        basis=basis,
                    )


def qualifier_falls_under(knowledge: Knowledge, value: str, other: str) -> bool:
    """Tell whether a qualifier value is the other one, or narrower than it."""
    seen, todo = set(), [value]
    while todo:
        current = todo.pop()
        if current == other:
            return True
        if current in seen:
            continue
        seen.add(current)
        known = knowledge.qualifiers.get(current)
        todo += known.broader if known else ()
    return False


def _partial(knowledge: Knowledge) -> Iterator[Row]:
    """A partial decomposition says of each part that it is covered by the whole, nothing more."""
    for d in knowledge.decompositions:
        if not d.complete:
            for part in d.parts:
                yield Row(
                    id=f"{d.iri}#{part}",
                    subject=part,
                    predicate="part",
                    object=d.whole,
                    mask=Relation.COVERED_BY,
                    authority=max(Authority),
                    place=Place(d.iri),
                    justification="declared by the scheme",
                    reason="a declared part of the whole",
                    basis=d.basis,
                )


def reach(net: Network, targets: Iterable[str]) -> frozenset[str]:
    """Find every criterion from which facts can reach one of ``targets``: on demand, never all pairs."""
    seen: set[str] = set()
    todo = list(targets)
    while todo:
        current = todo.pop()
        if current not in seen:
            seen.add(current)
            todo += net.backwards.get(current, ())
    return frozenset(seen)


def rules(
    net: Network, knowledge: Knowledge, criteria: frozenset[str], subjects: Iterable[str], lifts: Iterable[Lifted]
) -> Iterator[Rule]:
    """Make the rules among ``criteria`` for each subject, and the lifts between subjects."""
    for subject in subjects:
        for criterion in criteria:
            for edge in net.edges.get(criterion, ()):
                if edge.target in criteria:
                    yield from _edge(edge, subject)
            for d in net.wholes.get(criterion, ()):
                if d.whole == criterion:
                    yield from _decomposition(d, subject)
            for j in net.joints.get(criterion, ()):
                yield from _joint(j, subject)
            for a in net.choices.get(criterion, ()):
                yield from _choice(a, subject)
    for lift in lifts:
        if lift.criterion in criteria:
            yield from _lift(lift)


def _edge(edge: Edge, subject: str) -> Iterator[Rule]:
    for given, gives in FACTS[edge.travel]:
        yield Rule(
            ((given, Node(edge.source, subject)),),
            (gives, Node(edge.target, subject)),
            "+".join(r.id for r in edge.rows),
            edge,
            edge.authority,
            edge.disputed,
            edge.unverified,
        )


def _decomposition(d: Decomposition, subject: str) -> Iterator[Rule]:
    unverified = d.basis is Basis.NOT_VERIFIED
    whole = Node(d.whole, subject)
    parts = [Node(p, subject) for p in d.parts]

    def rule(premises: Sequence[Atom], conclusion: Atom) -> Rule:
        return Rule(tuple(premises), conclusion, d.iri, d, None, False, unverified)

    for fact in (Fact.ALL, Fact.NONE):
        yield rule([(fact, p) for p in parts], (fact, whole))
        for part in parts:
            yield rule([(fact, whole)], (fact, part))
    for fact in (Fact.SOME, Fact.NOT_ALL):
        for part in parts:
            yield rule([(fact, part)], (fact, whole))


def _joint(j: JointCoverage, subject: str) -> Iterator[Rule]:
    for fact in (Fact.ALL, Fact.NONE):
        yield Rule(
            tuple((fact, Node(m, subject)) for m in j.members),
            (fact, Node(j.covers, subject)),
            j.iri,
            j,
            j.authority,
            False,
            j.basis is Basis.NOT_VERIFIED,
        )


def _choice(a: AnyOf, subject: str) -> Iterator[Rule]:
    unverified = a.basis is Basis.NOT_VERIFIED
    whole = Node(a.whole, subject)
    for option in a.options:
        yield Rule(((Fact.ALL, Node(option, subject)),), (Fact.ALL, whole), a.iri, a, None, False, unverified)
    against = tuple((Fact.NOT_ALL, Node(o, subject)) for o in a.options)
    yield Rule(against, (Fact.NOT_ALL, whole), a.iri, a, None, False, unverified)


def _lift(lift: Lifted) -> Iterator[Rule]:
    name = f"lift:{lift.kind}:{lift.criterion}:{lift.source}"
    carried = (Fact.ALL,) if lift.kind is Lift.INHERITS_DOWN else (Fact.SOME, Fact.NOT_ALL)
    for fact in carried:
        source, target = Node(lift.criterion, lift.source), Node(lift.criterion, lift.target)
        yield Rule(((fact, source),), (fact, target), name, lift)


def lifts(
    knowledge: Knowledge, criteria: frozenset[str], links: Iterable[tuple[str, str, tuple[Link, ...]]]
) -> Iterator[Lifted]:
    """Find the lifts that criteria declare along the links of a world.

    :param links: (higher, lower, statements) pairs: an organisation above its facility, a facility above
        the product made there, a model above its batch.
    """
    for higher, lower, statements in links:
        for criterion in criteria:
            declared = knowledge.criteria.get(criterion)
            if declared is None:
                continue
            if Lift.INHERITS_DOWN in declared.lifts:
                yield Lifted(criterion, higher, lower, Lift.INHERITS_DOWN, statements)
            if Lift.AGGREGATES_UP in declared.lifts:
                yield Lifted(criterion, lower, higher, Lift.AGGREGATES_UP, statements)
