"""The doubtful items of the law: all are there, and each bears on what it is about."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from comity.judgement.doubts import about_requirement
from comity.model.knowledge import Knowledge


def numbers(sentences: Iterable[str]) -> set[str]:
    return {s.partition(":")[0] for s in sentences if s.startswith("doubt-")}


def test_all_29_are_there(known: Knowledge) -> None:
    assert {d.notation for d in known.doubts} == {f"doubt-{n}" for n in range(1, 30)}
    assert all(d.reason and d.check and d.bears_on and d.checked_on == known.checked_on for d in known.doubts)


@pytest.mark.parametrize(
    ("requirement", "own"),
    [
        # doubt-1 and doubt-26 are about the whole text of the Batteries Regulation, and stand with each of its rules.
        ("eu-batt-art48-1", {2}),  # under the size test of Art. 47, which a proposal would change
        ("eu-batt-art52-3", {2, 3}),  # and its own yearly report
        ("eu-batt-art7-1-ev", {4}),  # its day floats
        ("eu-batt-art17-2", {5}),
        ("eu-batt-anx13-2-a", {9}),
        ("eu-batt-art61-1", {11}),
        ("eu-batt-art59-3-a", {12}),
        ("eu-batt-art8-2-co", set()),  # read, fixed, and no doubt of its own in the list
    ],
)
def test_where_they_bite(known: Knowledge, requirement: str, own: set[int]) -> None:
    found = next(r for r in known.markets["eu"].requirements if r.notation == requirement)
    assert numbers(about_requirement(known, found)) == {f"doubt-{n}" for n in own | {1, 26}}


def test_the_thresholds_from_memory_are_eleven(known: Knowledge) -> None:
    (doubt,) = (d for d in known.doubts if d.notation == "doubt-15")
    assert len(doubt.bears_on) == 11
    assert all(known.criteria[c].unverified for c in doubt.bears_on)
