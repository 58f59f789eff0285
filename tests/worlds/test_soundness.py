"""The engine claims nothing that fails in a model, and every claim is as good as its weakest part.

Every way to choose obligation sets and met sets is tried (:mod:`tests.worlds.referee`), for worlds of at most four
criteria over four atoms. ``docs/soundness.md`` has the counts of more worlds.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from tests.worlds import fuzz
from tests.worlds.chances import TINY
from tests.worlds.generator import world
from tests.worlds.soundness import Held, Trial, stirred, summed

from comity.algebra import edges
from comity.algebra.edges import Travel
from comity.model.mappings import Relation
from comity.model.proofs import Labels

WORLDS = 1000


@cache
def trials() -> tuple[tuple[int, Trial], ...]:
    made = [(seed, Trial(world(seed, TINY))) for seed in range(WORLDS)]
    return (*made, *((seed, stirred(trial, seed)) for seed, trial in made))


@cache
def held() -> tuple[tuple[int, Held], ...]:
    return tuple((seed, trial.judge()) for seed, trial in trials())


def counts() -> Mapping[str, int]:
    return summed(h for _, h in held())


def test_nothing_claimed_fails_in_a_model() -> None:
    assert [(seed, h.wrong) for seed, h in held() if h.wrong] == []
    assert counts()["claims"] > 5 * WORLDS


def test_chains_of_rows_miss_nothing() -> None:
    """Semantics, section 2, Edges: complete for chains within one polarity."""
    assert counts()["rows: one side derived"] > 500
    assert counts().get("rows: one side missed", 0) == 0


@pytest.mark.parametrize("sort", ["wholes, joint coverage, choices", "lifts"])
def test_little_is_missed_elsewhere(sort: str) -> None:
    """What is missed is no error: these are the bounds within which edges are complete, as published."""
    derived, missed = counts()[f"{sort}: one side derived"], counts().get(f"{sort}: one side missed", 0)
    assert derived > 500
    assert missed / (derived + missed) < 0.1


def wrong(seeds: range) -> bool:
    made = (Trial(world(seed, TINY)) for seed in seeds)
    return any(trial.judge().wrong for trial in made)


def test_the_referee_sees_a_relation_that_guarantees_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `intersects` carry "all": some world must show that this follows from nothing."""
    real = Travel.allowed

    def lax(self: Travel, mask: Relation) -> bool:
        return real(self, mask) or (self is Travel.COVERS and mask == Relation.PO)

    monkeypatch.setattr(Travel, "allowed", lax)
    assert wrong(range(200))


def test_the_referee_sees_a_fact_that_turns_round(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what travels with the stricter travel with the weaker."""
    real = Travel.allowed
    other = {Travel.COVERS: Travel.COVERED_BY, Travel.COVERED_BY: Travel.COVERS, Travel.OVERLAPS: Travel.OVERLAPS}
    monkeypatch.setattr(Travel, "allowed", lambda self, mask: real(other[self], mask))
    assert wrong(range(200))


def test_the_referee_sees_a_row_outside_its_period(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edges, "is_valid", lambda row, on: True)
    assert wrong(range(300))


def test_the_referee_sees_labels_that_flatter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a proof be as good as its best part."""
    from comity.algebra import propagate

    def flattering(parts: object) -> Labels:
        several = list(parts)  # type: ignore[call-overload]
        return max(several, key=lambda x: x.rank)  # type: ignore[no-any-return]

    monkeypatch.setattr(propagate, "combine", flattering)
    assert wrong(range(200))


def test_the_page_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A small run of ``make fuzz``, which publishes what it counts."""
    page = tmp_path / "soundness.md"
    assert fuzz.main(["--worlds", "20", "--page", str(page)]) == 0
    assert capsys.readouterr().out == "106 trials of worlds, 0 disagree\n"
    rows = [line for line in page.read_text("utf-8").splitlines() if line.startswith("| small")]
    assert [row.split(" | ")[2] for row in rows] == ["OWL RL and SHACL", "SPARQL", "SQL"]
    assert {row.rsplit("|", 2)[1].strip() for row in rows} == {"0"}
