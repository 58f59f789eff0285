"""The ways along which facts reach what is asked about, closed on demand: what SQL without recursion cannot find.

A *route* says that what is shown of its source is shown of its target, by edges one after the other and by what a
whole and its parts say of each other. What needs several facts, a choice or another subject is no part of a route.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from comity.algebra.edges import Travel
from comity.judgement.chain import Network
from comity.model.classes import dataclass
from comity.model.scales import Authority, Basis, Fact


@dataclass(frozen=True, slots=True, order=True)
class Route:
    """A way for one fact from one criterion to another.

    :param fact: ``all`` or ``not-all``; no other decides between satisfied and failed.
    :param verified: every record that it leans on was checked.
    :param scopes: what its rows are limited to by their authors; an ``all`` travels only where the subject is known
        to lie within each.
    """

    fact: Fact
    source: str
    target: str
    verified: bool = True
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Together:
    """Facts that together give one: every member is needed.

    :param rule: what tells it apart from others that give the same.
    """

    rule: str
    fact: Fact
    members: tuple[str, ...]
    target: str
    verified: bool


@dataclass(frozen=True, slots=True)
class _Step:
    source: str
    verified: bool
    scopes: frozenset[str]


Steps = Mapping[str, Sequence[_Step]]
"""By target."""


def routes(net: Network, fact: Fact, targets: Iterable[str], authority: Authority) -> Iterator[Route]:
    """Find every route to some criteria, each criterion's route to itself included.

    :param fact: ``all``, for which what is unverified gives nothing, or ``not-all``.
    :param authority: the lowest authority of the rows used.
    """
    steps = _steps(net, fact, authority)
    for target in sorted(set(targets)):
        yield from sorted(_to(target, fact, steps))


def together(net: Network, authority: Authority) -> tuple[Together, ...]:
    """List what gives a fact only with others: parts of a whole, members that jointly cover, options of a choice."""
    found: set[Together] = set()
    wholes = {d.iri: d for several in net.wholes.values() for d in several}
    for d in wholes.values():
        found.add(Together(d.iri, Fact.ALL, _distinct(d.parts), d.whole, _sure(net, d.whole, d.basis)))
    joints = {j.iri: j for several in net.joints.values() for j in several}
    for j in joints.values():
        if j.authority >= authority:
            found.add(Together(j.iri, Fact.ALL, _distinct(j.members), j.covers, _sure(net, j.covers, j.basis)))
    choices = {a.iri: a for several in net.choices.values() for a in several}
    for a in choices.values():
        sure = _sure(net, a.whole, a.basis)
        found.add(Together(a.iri, Fact.NOT_ALL, _distinct(a.options), a.whole, sure))
        found |= {Together(f"{a.iri}#{option}", Fact.ALL, (option,), a.whole, sure) for option in a.options}
    return tuple(sorted(t for t in found if t.verified or t.fact is Fact.NOT_ALL))


def _to(target: str, fact: Fact, steps: Steps) -> Iterator[Route]:
    """Walk backwards; keep of several ways from one criterion those that ask for least."""
    best: dict[str, list[tuple[bool, frozenset[str]]]] = defaultdict(list)
    todo: list[tuple[str, bool, frozenset[str]]] = [(target, True, frozenset())]
    while todo:
        criterion, verified, scopes = todo.pop(0)
        if any(sure >= verified and fewer <= scopes for sure, fewer in best[criterion]):
            continue
        best[criterion] = [(v, s) for v, s in best[criterion] if verified < v or not scopes <= s]
        best[criterion].append((verified, scopes))
        todo += [(s.source, verified and s.verified, scopes | s.scopes) for s in steps.get(criterion, ())]
    for source, ways in best.items():
        for verified, scopes in ways:
            yield Route(fact, source, target, verified, tuple(sorted(scopes)))


def _steps(net: Network, fact: Fact, authority: Authority) -> Steps:
    """List the steps that count, by target. What is assumed or unverified speaks against, and never for."""
    travel = Travel.COVERS if fact is Fact.ALL else Travel.COVERED_BY
    found: dict[str, set[_Step]] = defaultdict(set)
    for edges in net.edges.values():
        for edge in edges:
            if edge.travel is travel and edge.authority >= authority and not edge.disputed:
                scopes = frozenset(edge.scopes) if fact is Fact.ALL else frozenset[str]()
                sure = not edge.unverified and edge.target not in net.doubtful
                found[edge.target].add(_Step(edge.source, sure, scopes))
    for decompositions in net.wholes.values():
        for d in decompositions:
            for part in d.parts:
                source, target = (d.whole, part) if fact is Fact.ALL else (part, d.whole)
                found[target].add(_Step(source, _sure(net, target, d.basis), frozenset()))
    return {
        target: sorted((s for s in steps if s.verified or fact is Fact.NOT_ALL), key=lambda s: (s.source, *s.scopes))
        for target, steps in found.items()
    }


def _sure(net: Network, target: str, basis: Basis | None) -> bool:
    return basis is not Basis.NOT_VERIFIED and target not in net.doubtful


def _distinct(criteria: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(criteria)))
