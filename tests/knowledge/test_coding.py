"""Every type that a field may have is written and read back as it was, type and all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from comity.knowledge.coding import coding
from comity.model.classes import dataclass
from comity.model.mappings import Relation
from comity.model.requirements import FloatingDate
from comity.model.scales import Authority, Comparator, Level, Lift


@dataclass(frozen=True, slots=True)
class Part:
    """What a thing has."""

    name: str
    share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """What it may have instead."""

    name: str


@dataclass(frozen=True, slots=True)
class Thing:
    """A field of each sort."""

    level: Level
    authority: Authority
    mask: Relation
    comparator: Comparator | None
    part: Part | Other
    parts: tuple[Part, ...]
    pairs: tuple[tuple[str, str], ...]
    mixed: tuple[str, int]
    lifts: frozenset[Lift]
    named: Mapping[str, Part]
    words: Mapping[str, str]
    starts: date | FloatingDate | None
    confidence: float | None
    own: bool
    nested: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


FULL = Thing(
    level=Level.BATCH,
    authority=Authority.REVIEWED,
    mask=Relation.EQ | Relation.PO,
    comparator=Comparator.AT_LEAST,
    part=Other("o"),
    parts=(Part("a", Fraction(1, 3)), Part("b")),
    pairs=(("x", "y"),),
    mixed=("m", 4),
    lifts=frozenset({Lift.AGGREGATES_UP}),  # one alone: the order of several is not fixed
    named={"z": Part("p"), "a": Part("q")},
    words={"k": "v"},
    starts=FloatingDate("i", "a", 12, date(2027, 8, 18)),
    confidence=0.1,
    own=True,
    nested={"l": {"c": "t"}},
)
BARE = Thing(
    Level.ITEM, Authority.DRAFT, Relation(0), None, Part("p"), (), (), ("", 0), frozenset(), {}, {}, None, None, False
)
DATED = Thing(
    Level.ITEM,
    Authority.DRAFT,
    Relation.DR,
    None,
    Part("p"),
    (),
    (),
    ("", 0),
    frozenset(),
    {},
    {},
    date(2031, 8, 18),
    1.0,
    False,
)


@pytest.mark.parametrize("thing", [FULL, BARE, DATED])
def test_it_comes_back_as_it_was(thing: Thing) -> None:
    write, read = coding(Thing)
    assert write is not None
    assert read is not None
    again = read(json.loads(json.dumps(write(thing))))
    assert again == thing
    assert repr(again) == repr(thing)


@pytest.mark.parametrize("kind", [object, list[str], Mapping[int, str], bytes, complex])
def test_what_cannot_be_written_is_told(kind: Any) -> None:
    with pytest.raises(TypeError):
        coding(kind)
