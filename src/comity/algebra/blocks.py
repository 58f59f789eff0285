"""Blocks of a graph: the parts that no single criterion holds together, so that only within one can rows conflict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping


def blocks(edges: Iterable[tuple[str, str]]) -> tuple[frozenset[str], ...]:
    """Return the criteria of each biconnected block, in a stable order; the two of a bridge are one as well.

    Sets that share one set at most can be chosen one block at a time: what a block says of its criteria is not
    sharpened by anything outside. Source: Hopcroft & Tarjan 1973, without recursion.

    >>> [sorted(b) for b in blocks([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")])]
    [['a', 'b', 'c'], ['c', 'd']]
    """
    near: dict[str, dict[str, None]] = defaultdict(dict)
    for a, b in sorted(edges):
        if a != b:
            near[a][b] = None
            near[b][a] = None
    number: dict[str, int] = {}
    found: list[frozenset[str]] = []
    for root in sorted(near):
        if root not in number:
            found += _from(root, near, number)
    return tuple(sorted(found, key=sorted))


def _from(root: str, near: Mapping[str, Mapping[str, None]], number: dict[str, int]) -> list[frozenset[str]]:
    found: list[frozenset[str]] = []
    number[root] = len(number)
    low = {root: number[root]}
    trail = [root]  # criteria whose block is still open
    path = [(root, iter(near[root]))]
    while path:
        here, rest = path[-1]
        step = next(rest, None)
        if step is None:
            path.pop()
            if path:
                parent = path[-1][0]
                low[parent] = min(low[parent], low[here])
                if low[here] >= number[parent]:
                    found.append(_cut(trail, here) | {parent})
        elif step not in number:
            number[step] = low[step] = len(number)
            trail.append(step)
            path.append((step, iter(near[step])))
        else:
            low[here] = min(low[here], number[step])
    return found


def _cut(trail: list[str], at: str) -> frozenset[str]:
    """Take off the trail all from ``at`` on."""
    taken = [trail.pop()]
    while taken[-1] != at:
        taken.append(trail.pop())
    return frozenset(taken)
