"""Try many more worlds than the tests have time for, and the page that publishes what they showed (``make fuzz``).

python -m tests.worlds.fuzz --worlds 20000 --page docs/soundness.md
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.worlds.chances import LARGE, PLAIN, SMALL, TINY, Chances
from tests.worlds.executions import BY_HAND, EXECUTIONS, DisagreementError, compare
from tests.worlds.generator import world
from tests.worlds.soundness import Trial, stirred

BATCH = 100

REFEREE, STIRRED = "the referee", "the referee, any fact stated"


@dataclass(frozen=True)
class Sort:
    """A sort of world, and what is run on it.

    :param share: how many of such worlds are made for each one that is asked for.
    """

    name: str
    chances: Chances
    share: float
    against: tuple[str, ...]


ALL = tuple(name for name in EXECUTIONS if name != BY_HAND)
SORTS = (
    Sort("small: up to 6 criteria", SMALL, 1.0, ALL),
    Sort("large: up to 24 criteria", LARGE, 0.1, tuple(name for name in ALL if name in ("SPARQL", "SQL"))),
    Sort("plain: what the query asked by hand covers", PLAIN, 0.1, (BY_HAND,)),
    Sort("tiny: up to 4 criteria over 4 atoms", TINY, 1.0, (REFEREE, STIRRED)),
)


@dataclass(frozen=True)
class Batch:
    """Worlds of some seeds, and what they are held against."""

    sort: int
    first: int
    number: int
    against: str


@dataclass(frozen=True)
class Outcome:
    """What a batch showed.

    :param wrong: disagreements, each with its smallest example.
    """

    batch: Batch
    counts: Counter[str]
    wrong: tuple[str, ...]


def run(batch: Batch) -> Outcome:
    """Make the worlds of a batch and hold them against one execution, or the referee."""
    chances = SORTS[batch.sort].chances
    seeds = range(batch.first, batch.first + batch.number)
    if batch.against in (REFEREE, STIRRED):
        return _judged(batch, chances, seeds)
    try:
        return Outcome(batch, compare([world(seed, chances) for seed in seeds], batch.against), ())
    except DisagreementError as error:
        return Outcome(batch, Counter(), (str(error),))


def _judged(batch: Batch, chances: Chances, seeds: Sequence[int]) -> Outcome:
    counts, wrong = Counter[str](), []
    for seed in seeds:
        trial = Trial(world(seed, chances))
        held = (stirred(trial, seed) if batch.against == STIRRED else trial).judge()
        counts.update(held.counts)
        wrong += [f"world {seed}: {text}" for text in held.wrong]
    return Outcome(batch, counts, tuple(wrong))


def batches(worlds: int) -> Iterator[Batch]:
    """Divide the work; seeds begin where those of the tests have ended."""
    for position, sort in enumerate(SORTS):
        number = max(1, int(worlds * sort.share))
        for first in range(0, number, BATCH):
            for against in sort.against:
                yield Batch(position, 10_000 + first, min(BATCH, number - first), against)


def page(outcomes: Sequence[Outcome], seconds: float) -> str:
    """Write what was found as Markdown."""
    told: dict[tuple[int, str], Counter[str]] = {}
    worlds = Counter[tuple[int, str]]()
    wrong = Counter[tuple[int, str]]()
    for o in outcomes:
        at = (o.batch.sort, o.batch.against)
        told.setdefault(at, Counter()).update(o.counts)
        worlds[at] += o.batch.number
        wrong[at] += len(o.wrong)
    parts = [_HEAD, _agreement(told, worlds, wrong), _REFEREE]
    parts += [_claims(told[at], worlds[at], wrong[at], at[1]) for at in sorted(told) if at[1] in (REFEREE, STIRRED)]
    minutes = round(seconds / 60)
    parts.append(f"## How this was made\n\n`make fuzz`, on {os.cpu_count()} cores in {minutes} minutes.\n")
    return "\n".join(parts)


_HEAD = """# Is it sound?

<!-- Written by `make fuzz` (tests/worlds/fuzz.py): do not edit. -->

Worlds are made at random from seeds: texts in two editions; rows of every kind, imprecise, negated, limited in
scope and time, disputed, unverified; wholes, joint coverage, choices; limits with units and qualifiers; lifts; and
documents whose issuers range from nobody to an authority, and that contradict, replace and outlive each other.
`tests/worlds/` makes them. A disagreement is shrunk to the smallest such world and printed.

## Four executions agree

On whether each requirement is satisfied, failed or neither, of each subject (the first is the engine itself, to
which the others are held):
"""

_REFEREE = """
OWL RL and SHACL is owlrl and pySHACL over the evidence graph; SPARQL is rules and one query on Oxigraph over the same
graph (`rules.ru`, `verdicts.rq`); SQL is one text on DuckDB over tables. The query asked by hand
(`comity query does-this-claim-satisfy-that-rule`) answers for each claim and assessment over the documents as they
are; it is held to the engine where its header says that it covers.

## Nothing is claimed that fails in a model

The referee shares no code with the engine. For worlds of at most four criteria it tries every way to choose the
obligations of each criterion out of four atoms (three where lifts tie several subjects), and every set that a
subject may meet. A claim of the engine must hold in every such model of the rows, structures, lifts and evidence
that its proof names, and its labels must be those of the weakest part. In a second run evidence states any of the
four facts at random.

What edges do not derive is counted: it holds in every model of all that is said, and the engine does not say it.
*One side* follows from what speaks for (or against) alone; *both sides* needs what speaks for and what speaks
against together, which the semantics keeps apart. With so few atoms more follows than with many, so these are
upper bounds.
"""


def _agreement(
    told: Mapping[tuple[int, str], Counter[str]], worlds: Counter[tuple[int, str]], wrong: Counter[tuple[int, str]]
) -> str:
    lines = ["| worlds | number | execution | satisfied | failed | neither | batches that disagree |"]
    lines.append("|---|---:|---|---:|---:|---:|---:|")
    for at in sorted(told):
        if at[1] not in (REFEREE, STIRRED):
            n = told[at]
            lines.append(
                f"| {SORTS[at[0]].name} | {worlds[at]:,} | {at[1]} | {n['satisfied']:,} | {n['failed']:,} "
                f"| {n['neither']:,} | {wrong[at]:,} |"
            )
    return "\n".join(lines) + "\n"


def _claims(counts: Counter[str], worlds: int, wrong: int, name: str) -> str:
    head = f"### {name[0].upper()}{name[1:]}\n\n{worlds:,} worlds, {counts['claims']:,} claims, {wrong:,} wrong"
    unfit = counts["claims on what no sets fit"]
    head += f"; {unfit:,} more rest on what no sets fit.\n" if unfit else ".\n"
    lines = [head, "| worlds with | needs | derived | missed | missed |", "|---|---|---:|---:|---:|"]
    for sort in ("rows", "negated rows", "wholes, joint coverage, choices", "lifts"):
        for side in ("one side", "both sides"):
            derived, missed = counts[f"{sort}: {side} derived"], counts[f"{sort}: {side} missed"]
            if derived + missed:
                share = f"{100 * missed / (derived + missed):.1f} %"
                lines.append(f"| {sort} | {side} | {derived:,} | {missed:,} | {share} |")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all batches on all cores; 1 when anything disagrees."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=20_000)
    parser.add_argument("--page", type=Path, help="where to write what was found")
    given = parser.parse_args(arguments)
    started = time.monotonic()
    with ProcessPoolExecutor() as pool:
        outcomes = list(pool.map(run, batches(given.worlds)))
    wrong = [text for o in outcomes for text in o.wrong]
    for text in wrong[:5]:
        print(text, file=sys.stderr)
    if given.page:
        given.page.write_text(page(outcomes, time.monotonic() - started), encoding="utf-8")
    number = sum(o.batch.number for o in outcomes)
    print(f"{number:,} trials of worlds, {len(wrong):,} disagree")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
