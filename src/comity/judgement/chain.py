"""The rules along which facts travel in one world: edges, decompositions, joint coverage, choices, lifts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from typing import TYPE_CHECKING

from comity.algebra.comparison import covers
from comity.algebra.edges import FACTS, Edge, by_source, edges, is_valid
from comity.algebra.propagate import Atom, Node, Rule
from comity.judgement import recognition
from comity.judgement.gathering import Gathered
from comity.knowledge.limits import by_metric
from comity.knowledge.vocabulary import JOINT
from comity.model.classes import dataclass
from comity.model.criteria import AnyOf, Criterion, Decomposition, JointCoverage
from comity.model.evidence import Link
from comity.model.knowledge import Knowledge
from comity.model.mappings import Relation, Row
from comity.model.places import Place
from comity.model.requirements import Recognition
from comity.model.scales import Authority, Basis, Fact, Lift, ThresholdRole

if TYPE_CHECKING:
    from comity.algebra.consistency import Conflict

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
    doubtful: frozenset[str] = frozenset()
    """criteria whose own record nobody has verified"""
    conflicts: tuple[Conflict, ...] = ()
    """rows that cannot all be true, and therefore derive nothing"""
    recognised: Mapping[str, Recognition] = field(default_factory=dict)
    """id of a row to the recognition in law that it rests on"""
    lowered: tuple[Row, ...] = ()
    """rows that claim to be recognised in law, and are not"""


def network(knowledge: Knowledge, on: date) -> Network:
    """Index the knowledge's edges and structures for the day judged."""
    derived = tuple(derived_rows(knowledge))
    rows, conflicts = quarantined(knowledge, derived)
    recognised = recognition.weigh(rows, knowledge, on)
    partial = (d for d in knowledge.decompositions if not d.complete)
    found = edges((*recognised.rows, *derived, *declared_parts(partial)), on)
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
    for j in _joined(knowledge.joints, recognised.rows, on):
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
        frozenset(c.iri for c in knowledge.criteria.values() if c.unverified),
        conflicts,
        recognised.by_row,
        recognised.lowered,
    )


def _joined(joints: Iterable[JointCoverage], rows: Iterable[Row], on: date) -> Iterator[JointCoverage]:
    """Weigh joint coverages by the rows that state them: no better, no longer and no further than these.

    One that rests on a disputed row, or on one that is limited to a scope, proves nothing.
    """
    stated: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.joint_group:
            stated[JOINT + row.joint_group].append(row)
    for joint in joints:
        own = stated.get(joint.iri, [])
        if all(is_valid(row, on) for row in own):
            lowest = min((row.authority for row in own), default=joint.authority)
            doubted = any(row.disputed or row.scope for row in own)
            basis = Basis.NOT_VERIFIED if doubted else joint.basis
            yield replace(joint, authority=min(joint.authority, lowest), basis=basis)


def quarantined(knowledge: Knowledge, derived: Iterable[Row]) -> tuple[tuple[Row, ...], tuple[Conflict, ...]]:
    """Mark the rows that lie in a minimal conflicting set as disputed (semantics, section 5).

    :param derived: what the limits say themselves, which no row can dispute.
    """
    if not knowledge.rows:
        return (), ()
    from comity.algebra.consistency import check

    found = check(knowledge.rows, given=derived, joints=knowledge.joints, decompositions=knowledge.decompositions)
    rows = (replace(r, disputed=True) if r.id in found.disputed else r for r in knowledge.rows)
    return tuple(rows), found.conflicts


def derived_rows(knowledge: Knowledge) -> Iterator[Row]:
    """Order the limits on one metric: the stricter covers the weaker (semantics, section 3, Thresholds)."""
    for group in by_metric(knowledge.criteria).values():
        for a in group:
            for b in group:
                mask = _ordered(a, b, knowledge) if a.iri < b.iri else None
                if mask is not None:
                    basis = Basis.NOT_VERIFIED if Basis.NOT_VERIFIED in (a.basis, b.basis) else Basis.READ_IN_SOURCE
                    yield Row(
                        id=f"derived:{a.iri}--{b.iri}",
                        subject=a.iri,
                        predicate="derived",
                        object=b.iri,
                        mask=mask,
                        authority=max(Authority),
                        signed=max(Authority),
                        place=Place("derived from the limits"),
                        justification="threshold order",
                        reason="the stricter limit covers the weaker one",
                        basis=basis,
                    )


def _ordered(a: Criterion, b: Criterion, knowledge: Knowledge) -> Relation | None:
    """Compare two limits, and what they are asked of: who meets one for a plant and a year has not met it for all."""

    def falls_under(value: str, other: str) -> bool:
        return qualifier_falls_under(knowledge, value, other)

    if a.limit is None or b.limit is None or not (a.level.accepts(b.level) and b.level.accepts(a.level)):
        return None
    mask = covers(a.limit, b.limit, falls_under)
    if mask is None or set(a.unit_parts) == set(b.unit_parts):
        return mask
    declaration, limit = (a, b) if a.limit.role is ThresholdRole.DECLARE else (b, a)
    stated = declaration.limit is not None and declaration.limit.role is ThresholdRole.DECLARE
    return mask if stated and set(declaration.unit_parts) < set(limit.unit_parts) else None


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


def declared_parts(decompositions: Iterable[Decomposition]) -> Iterator[Row]:
    """Say of each part that a text declares that its whole covers it."""
    for d in decompositions:
        for part in d.parts:
            yield Row(
                id=f"{d.iri}#{part}",
                subject=part,
                predicate="part",
                object=d.whole,
                mask=Relation.COVERED_BY,
                authority=max(Authority),
                signed=max(Authority),
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


Within = Callable[[str, str], bool]
"""Tells whether a subject is known to lie within a row's scope."""


def rules(
    net: Network,
    within: Within,
    criteria: frozenset[str],
    lifts: Mapping[tuple[str, str], Sequence[Lifted | Gathered]],
    found: Iterable[Atom],
) -> Iterator[Rule]:
    """Make every rule that the facts found can set off, and those that its conclusions can, and so on.

    A rule of several premises is made as soon as one of them may hold: nothing is made for criteria and
    subjects that evidence cannot reach.

    :param within: where a subject is not known to lie within a row's scope, that it does is an assumption.
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
        for rule in (_doubted(r, net) for r in _from(net, within, criteria, lifts, atom)):
            key = (rule.name, rule.conclusion, rule.premises)
            if key not in made:
                made.add(key)
                todo.append(rule.conclusion)
                yield rule


def _doubted(rule: Rule, net: Network) -> Rule:
    """A rule is no better checked than the record of the criterion that it ends at."""
    return replace(rule, unverified=True) if rule.conclusion[1].criterion in net.doubtful else rule


def _from(
    net: Network,
    within: Within,
    criteria: frozenset[str],
    lifts: Mapping[tuple[str, str], Sequence[Lifted | Gathered]],
    atom: Atom,
) -> Iterator[Rule]:
    """List the rules that one fact may set off."""
    fact, node = atom
    criterion, subject = node.criterion, node.subject
    for edge in net.edges.get(criterion, ()):
        if edge.target in criteria:
            authority = recognition.authority(edge, subject, net.recognised, within)
            yield from _edge(edge, fact, subject, authority, _outside(edge, subject, within))
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
        yield from lift.rules(fact) if isinstance(lift, Gathered) else _lift(lift, fact)


def _outside(edge: Edge, subject: str, within: Within) -> str:
    """Say which scope of a row the subject is not known to lie in; empty when there is none."""
    unknown = [s for s in edge.scopes if not within(subject, s)]
    return f"the mapping is meant for {' and '.join(unknown)} only: the subject is taken to be so" if unknown else ""


def _edge(edge: Edge, fact: Fact, subject: str, authority: Authority, assumed: str) -> Iterator[Rule]:
    for given, gives in FACTS[edge.travel]:
        if given is not fact:
            continue
        yield Rule(
            ((given, Node(edge.source, subject)),),
            (gives, Node(edge.target, subject)),
            "+".join(r.id for r in edge.rows),
            edge,
            authority,
            edge.disputed,
            edge.unverified,
            assumed,
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
