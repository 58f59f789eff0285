"""Minimal sets: of several, and of a predicate that is only asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from comity.algebra.network import TooManyError

Keys = frozenset[str]
NOTHING: Final[Keys] = frozenset()


def least(sets: Iterable[Keys]) -> list[Keys]:
    """Return the sets that contain no other one, by size and then by their keys.

    >>> [sorted(s) for s in least([frozenset("ab"), frozenset("abc"), frozenset("c")])]
    [['c'], ['a', 'b']]
    """
    kept: list[Keys] = []
    by_key: dict[str, list[Keys]] = {}
    for candidate in sorted(set(sets), key=lambda s: (len(s), sorted(s))):
        if kept and not kept[0]:
            break
        if any(other <= candidate for key in candidate for other in by_key.get(key, ())):
            continue
        kept.append(candidate)
        if candidate:
            by_key.setdefault(min(candidate), []).append(candidate)
    return kept


def product(*choices: Sequence[Keys], bound: int) -> list[Keys]:
    """Return the least unions of one set from each of ``choices``.

    :raises TooManyError: when there are more than ``bound`` on the way.
    """
    unions: list[Keys] = [NOTHING]
    for choice in choices:
        unions = least(one | other for one in unions for other in choice)
        if len(unions) > bound:
            raise TooManyError
    return unions


def minimal_sets(items: Iterable[str], conflict: Callable[[Keys], bool], bound: int) -> list[Keys]:
    """Return every minimal set of items for which ``conflict`` holds; it must hold for what contains such a set.

    :raises TooManyError: when there are more than ``bound``, or ``conflict`` raises it.

    Source: Reiter 1987, hitting set trees.
    """
    everything = frozenset(items)
    found: list[Keys] = []
    tried: set[Keys] = {NOTHING}
    waiting = deque([NOTHING])
    while waiting:
        without = waiting.popleft()
        hit = next((keys for keys in found if not keys & without), None)
        if hit is None and conflict(everything - without):
            hit = shrink(sorted(everything - without), conflict)
            found.append(hit)
            if len(found) > bound:
                raise TooManyError
        for key in sorted(hit or ()):
            further = without | {key}
            if further not in tried:
                tried.add(further)
                waiting.append(further)
    return least(found)


def shrink(items: Sequence[str], conflict: Callable[[Keys], bool]) -> Keys:
    """Shrink items for which ``conflict`` holds to a minimal set, halving what is dropped at once."""
    kept = list(items)
    step = max(1, len(kept) // 2)
    while True:
        position = 0
        while position < len(kept):
            rest = kept[:position] + kept[position + step :]
            if conflict(frozenset(rest)):
                kept = rest
            else:
                position += step
        if step == 1:
            return frozenset(kept)
        step = max(1, step // 2)
