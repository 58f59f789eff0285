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

DECISIVE = (Fact.ALL, Fact.NONE)
"""The facts that every part of a whole must show before the whole does."""


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
    """by every criterion in them, the whole and the parts"""
    joints: Mapping[str, Sequence[JointCoverage]]
    """by member"""
    choices: Mapping[str, Sequence[AnyOf]]
    """by option"""


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
        for member in j.members:
            joints[member].append(j)
        backwards[j.covers].update(j.members)
    choices: dict[str, list[AnyOf]] = defaultdict(list)
    for a in knowledge.choices:
        for option in a.options:
            choices[option].append(a)
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
    net: Network, criteria: frozenset[str], lifts: Mapping[tuple[str, str], Sequence[Lifted]], found: Iterable[Atom]
) -> Iterator[Rule]:
    """Make every rule that the facts found can set off, and those that its conclusions can, and so on.

    A rule of several premises is made as soon as one of them may hold: nothing is made for criteria and
    subjects that evidence cannot reach.

    :param lifts: by the criterion and the subject that they start from.
    """
    seen: set[Atom] = set()
    made: set[tuple[str, Atom, tuple[Atom, ...]]] = set()
    todo = list(found)
    while todo:
        atom = todo.pop()
        if atom in seen:
            continue
        seen.add(atom)
        if atom[0].weaker is not None:
            todo.append((atom[0].weaker, atom[1]))
        for rule in _from(net, criteria, lifts, atom):
            key = (rule.name, rule.conclusion, rule.premises)
            if key not in made:
                made.add(key)
                todo.append(rule.conclusion)
                yield rule


def _from(
    net: Network, criteria: frozenset[str], lifts: Mapping[tuple[str, str], Sequence[Lifted]], atom: Atom
) -> Iterator[Rule]:
    """List the rules that one fact may set off."""
    fact, node = atom
    criterion, subject = node.criterion, node.subject
    for edge in net.edges.get(criterion, ()):
        if edge.target in criteria:
            yield from _edge(edge, fact, subject)
    for d in net.wholes.get(criterion, ()):
        yield from (r for r in _decomposition(d, atom) if r.conclusion[1].criterion in criteria)
    for j in net.joints.get(criterion, ()):
        if fact in DECISIVE and j.covers in criteria:
            premises = tuple((fact, Node(m, subject)) for m in j.members)
            unverified = j.basis is Basis.NOT_VERIFIED
            yield Rule(premises, (fact, Node(j.covers, subject)), j.iri, j, j.authority, False, unverified)
    for a in net.choices.get(criterion, ()):
        if a.whole in criteria:
            yield from _choice(a, atom)
    for lift in lifts.get((criterion, subject), ()):
        yield from _lift(lift, fact)


def _edge(edge: Edge, fact: Fact, subject: str) -> Iterator[Rule]:
    for given, gives in FACTS[edge.travel]:
        if given is not fact:
            continue
        yield Rule(
            ((given, Node(edge.source, subject)),),
            (gives, Node(edge.target, subject)),
            "+".join(r.id for r in edge.rows),
            edge,
            edge.authority,
            edge.disputed,
            edge.unverified,
        )


def _decomposition(d: Decomposition, atom: Atom) -> Iterator[Rule]:
    """Complete: all and none of every part are those of the whole; some and not-all of any part reach it."""
    fact, node = atom
    unverified = d.basis is Basis.NOT_VERIFIED
    whole = Node(d.whole, node.subject)
    if node == whole:
        for part in d.parts if fact in DECISIVE else ():
            yield Rule((atom,), (fact, Node(part, node.subject)), d.iri, d, None, False, unverified)
        return
    premises = tuple((fact, Node(p, node.subject)) for p in d.parts) if fact in DECISIVE else (atom,)
    yield Rule(premises, (fact, whole), d.iri, d, None, False, unverified)


def _choice(a: AnyOf, atom: Atom) -> Iterator[Rule]:
    """One option all gives all; every option not-all gives not-all."""
    fact, node = atom
    unverified = a.basis is Basis.NOT_VERIFIED
    whole = Node(a.whole, node.subject)
    if fact is Fact.ALL:
        yield Rule((atom,), (fact, whole), a.iri, a, None, False, unverified)
    if fact is Fact.NOT_ALL:
        premises = tuple((fact, Node(o, node.subject)) for o in a.options)
        yield Rule(premises, (fact, whole), a.iri, a, None, False, unverified)


def _lift(lift: Lifted, fact: Fact) -> Iterator[Rule]:
    """Downwards only all; upwards one part's some and not-all."""
    carried = (Fact.ALL,) if lift.kind is Lift.INHERITS_DOWN else (Fact.SOME, Fact.NOT_ALL)
    if fact in carried:
        name = f"lift:{lift.kind}:{lift.criterion}:{lift.source}"
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
