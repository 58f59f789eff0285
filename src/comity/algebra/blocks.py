"""Parts of a graph: its blocks, held together by more than one criterion, and its circles of one-way steps."""

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


def circles(steps: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return for each criterion the smallest name among those that it reaches and that reach it.

    A criterion that is in no circle stands for itself. Source: Tarjan 1972, without recursion.

    >>> circles({"b": ["a"], "a": ["b", "c"]})
    {'c': 'c', 'a': 'a', 'b': 'a'}
    """
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    trail: list[str] = []
    first: dict[str, str] = {}
    for root in sorted(steps):
        path = [(root, iter(sorted(steps.get(root, ()))))] if root not in number else []
        while path:
            here, rest = path[-1]
            if here not in number:
                number[here] = low[here] = len(number)
                trail.append(here)
            for step in rest:
                if step not in number:
                    path.append((step, iter(sorted(steps.get(step, ())))))
                    break
                if step not in first:
                    low[here] = min(low[here], number[step])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[here])
                if low[here] == number[here]:
                    circle = _cut(trail, here)
                    first.update(dict.fromkeys(sorted(circle), min(circle)))
    return first
