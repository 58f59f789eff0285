"""Plants that are one only by what somebody else says are two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from comity.verify.names import FACILITY, best
from comity.verify.reading import Reading
from comity.verify.things import OPERATED_BY, Thing

Cut = Mapping[frozenset[str], frozenset[str]]
"""Names as stated to those that are left of them."""


def separated(readings: Sequence[Reading]) -> list[Reading]:
    """Leave a plant its own name alone where a number beside it joins two plants, and a stranger wrote it there."""
    speakers: dict[str, set[str]] = defaultdict(set)
    operators: dict[str, list[frozenset[str]]] = defaultdict(list)
    for one in readings:
        for plant in _plants(one):
            speakers[plant.called] |= _speaker(one)
    for called, parties in _operators(readings):
        operators[called].append(parties)
    cuts: dict[int, dict[frozenset[str], frozenset[str]]] = defaultdict(dict)
    told: dict[str, set[str]] = defaultdict(set)
    for plant in (p for one in readings for p in _plants(one)):
        for name in plant.names:
            told[name].add(plant.called)
    shared = {name: called for name, called in told.items() if len(called) > 1}
    for group in _joined(shared.values()):
        named = [parties for called in group for parties in operators[called]]
        both = frozenset.intersection(*named) if named else frozenset()
        for number, one in enumerate(readings):
            who, operates = _speaker(one), bool(both & _known_as(one))
            for plant in (p for p in _plants(one) if p.called in group and (p.names - {p.called}) & shared.keys()):
                believed = operates or speakers[plant.called] <= who
                if not believed or (named and not both):
                    cuts[number][plant.names] = frozenset({plant.called})
    return [_moved(one, cuts[number]) if cuts[number] else one for number, one in enumerate(readings)]


def _plants(one: Reading) -> list[Thing]:
    mine = [t for t in one.things if t.names and min(t.names).startswith(f"{FACILITY}:")]
    return [t if t.called else replace(t, called=best(t.names)) for t in mine]


def _speaker(one: Reading) -> frozenset[str]:
    return (frozenset() if one.forged else one.signer) or frozenset({f"document:{one.name}"})


def _known_as(one: Reading) -> frozenset[str]:
    return (frozenset() if one.forged else one.issued_by or frozenset()) or _speaker(one)


def _joined(ties: Iterable[set[str]]) -> list[set[str]]:
    """List groups of plants that are one when everybody is believed."""
    of: dict[str, set[str]] = {}
    for several in ties:
        whole = several.union(*(of.get(called, ()) for called in several))
        of |= dict.fromkeys(whole, whole)
    return [g for called, g in of.items() if called == min(g)]


def _operators(readings: Iterable[Reading]) -> Iterable[tuple[str, frozenset[str]]]:
    """List whom each document names as operating a plant; else the issuer of its record."""
    for one in readings:
        called = {t.names: t.called or best(t.names) for t in one.things if t.names}
        for plant in {p.called for p in _plants(one)}:
            parties = [
                t.target
                for t in one.ties
                if t.kind == OPERATED_BY and t.target and t.role.lower() in ("operator", "producer")
                if called.get(t.source) == plant
            ]
            if parties:
                yield plant, frozenset().union(*parties)
            elif one.main is not None and (one.main.called or best(one.main.names)) == plant:
                yield plant, _known_as(one)


def _moved(one: Reading, cut: Cut) -> Reading:
    """Take names out of a document, wherever it says them."""

    def left(names: frozenset[str]) -> frozenset[str]:
        return cut.get(names, names)

    things = [replace(t, names=left(t.names), plant=left(t.plant)) for t in one.things]
    main = next((new for new, old in zip(things, one.things, strict=True) if old is one.main), None)
    items = {
        pointer: [
            replace(i, subjects=tuple(map(left, i.subjects)), inferred=tuple(map(left, i.inferred))) for i in group
        ]
        for pointer, group in one.items.items()
    }
    said = [replace(s, names=left(s.names)) for s in one.said]
    ties = [replace(t, source=left(t.source), target=left(t.target)) for t in one.ties]
    return replace(one, own=left(one.own), main=main, items=items, said=said, things=things, ties=ties)
