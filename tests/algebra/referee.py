"""What sets allow, by enumeration: four sets are what they are by which of their fifteen regions are not empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations, product

from comity.model.mappings import Relation

NAMES = "abcd"
PAIRS = tuple(combinations(NAMES, 2))
REGIONS = tuple(
    frozenset(n for n, inside in zip(NAMES, bits, strict=True) if inside) for bits in product((0, 1), repeat=4)
)[1:]

Scenario = tuple[Relation, ...]
"""The base relation of each of :data:`PAIRS`."""


@cache
def scenarios() -> Mapping[Scenario, tuple[frozenset[frozenset[str]], ...]]:
    """Return every way in which four non-empty sets can stand to each other, with the worlds in which they do."""
    found: dict[Scenario, list[frozenset[frozenset[str]]]] = {}
    masks = {name: sum(1 << i for i, region in enumerate(REGIONS) if name in region) for name in NAMES}
    for world in range(1, 1 << len(REGIONS)):
        sets = {name: world & mask for name, mask in masks.items()}
        if all(sets.values()):
            scenario = tuple(actual(sets[a], sets[b]) for a, b in PAIRS)
            regions = frozenset(region for i, region in enumerate(REGIONS) if world >> i & 1)
            found.setdefault(scenario, []).append(regions)
    return {scenario: tuple(worlds) for scenario, worlds in found.items()}


def actual(one: int, other: int) -> Relation:
    """Return how two sets of bits stand to each other."""
    if one == other:
        return Relation.EQ
    if not one & other:
        return Relation.DR
    return Relation.SUP if one & other == other else Relation.SUB if one & other == one else Relation.PO


def possible(said: Iterable[tuple[str, str, Relation]], joints: Sequence[tuple[Sequence[str], str]] = ()) -> bool:
    """Tell whether four sets exist of which all is true.

    :param said: subject, object and mask, subject before object in the alphabet.
    :param joints: members and the whole that they cover together.
    """
    masks = dict.fromkeys(PAIRS, Relation.ANYTHING)
    for a, b, mask in said:
        masks[a, b] &= mask
    fitting = (
        worlds
        for scenario, worlds in scenarios().items()
        if all(base & masks[pair] for pair, base in zip(PAIRS, scenario, strict=True))
    )
    if not joints:
        return next(fitting, None) is not None
    return any(all(_covered(world, *joint) for joint in joints) for worlds in fitting for world in worlds)


def _covered(world: frozenset[frozenset[str]], members: Sequence[str], whole: str) -> bool:
    return all(region & set(members) for region in world if whole in region)


def minimal(keys: Sequence[str], conflict: Mapping[frozenset[str], bool]) -> list[tuple[str, ...]]:
    """Return the minimal sets of keys in conflict, by trying all."""
    found: list[frozenset[str]] = []
    for size in range(len(keys) + 1):
        for chosen in map(frozenset, combinations(sorted(keys), size)):
            if not any(other <= chosen for other in found) and conflict[chosen]:
                found.append(chosen)
    return [tuple(sorted(keys)) for keys in found]
