"""Search for what gives a criterion: chains along which "all met" travels (semantics, section 3)."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count

from comity.algebra.edges import Edge, Travel
from comity.judgement.chain import Network
from comity.model.classes import dataclass
from comity.model.criteria import AnyOf, Decomposition
from comity.model.scales import Authority, Basis

Link = Edge | Decomposition | AnyOf


@dataclass(frozen=True, slots=True)
class Chain:
    """The best chain from a criterion to the target: highest authority first, then fewest steps.

    :param links: in order, the first one starting at ``source``.
    """

    source: str
    authority: Authority
    links: tuple[tuple[str, Link, str], ...]


Incoming = Mapping[str, Sequence[Edge]]
"""By criterion, the edges that give it."""


def chains(
    network: Network, choices: Iterable[AnyOf], target: str, incoming: Incoming | None = None
) -> tuple[Chain, ...]:
    """Find every criterion that alone gives ``target``, each by its best chain; the best first.

    Disputed rows derive nothing and records that nobody has checked prove nothing: neither is followed.

    :param choices: of which one option is enough.
    :param incoming: what :func:`giving` returned, for whoever asks about many criteria.
    """
    incoming = giving(network) if incoming is None else incoming
    enough: dict[str, list[AnyOf]] = defaultdict(list)
    for choice in choices:
        if choice.basis is not Basis.NOT_VERIFIED:
            enough[choice.whole].append(choice)
    order = count()
    start = Chain(target, max(Authority), ())
    todo: list[tuple[int, int, str, int, Chain]] = [(-start.authority, 0, target, next(order), start)]
    done: dict[str, Chain] = {}
    while todo:
        *_, chain = heapq.heappop(todo)
        if chain.source in done:
            continue
        done[chain.source] = chain
        for source, link, authority in _before(chain.source, incoming, network, enough):
            if source not in done and source not in network.doubtful:
                links = ((source, link, chain.source), *chain.links)
                longer = Chain(source, min(chain.authority, authority), links)
                heapq.heappush(todo, (-longer.authority, len(links), source, next(order), longer))
    found = (c for c in done.values() if c.source != target)
    return tuple(sorted(found, key=lambda c: (-c.authority, len(c.links), c.source)))


def giving(network: Network) -> Incoming:
    """Return the edges along which "all met" travels, by where they end; what proves nothing is left out."""
    index: dict[str, list[Edge]] = defaultdict(list)
    for edges in network.edges.values():
        for edge in edges:
            if edge.travel is Travel.COVERS and not edge.disputed and not edge.unverified:
                index[edge.target].append(edge)
    return index


def _before(
    target: str,
    incoming: Incoming,
    network: Network,
    enough: Mapping[str, Sequence[AnyOf]],
) -> Iterator[tuple[str, Link, Authority]]:
    for edge in incoming.get(target, ()):
        yield edge.source, edge, edge.authority
    for whole in network.wholes.get(target, ()):
        if whole.whole != target and whole.basis is not Basis.NOT_VERIFIED:
            yield whole.whole, whole, max(Authority)
    for choice in enough.get(target, ()):
        yield from ((option, choice, max(Authority)) for option in choice.options)
