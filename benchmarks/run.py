"""Measure all of it, beside the peers, and write the page that says what was run and what it took.

Usage: python -m benchmarks.run PAGE
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.claims import tables
from benchmarks.measure import Figure, UnfinishedError, cold, machine, task
from benchmarks.table import Line, Section, gigabytes
from benchmarks.worlds import World, library, sssom

PACKAGES = ("comity", "click", "dppvalidator", "duckdb", "owlrl", "pyarrow", "rdflib", "semra", "sssom-pydantic")
SIZES = ((200, 1_600), (1_000, 8_000), (4_000, 32_000))
"""Criteria and rows of the networks that are closed."""
LIMIT = 30
"""Seconds after which the closure of a network is given up."""
ASK = (
    *("ask", "eu-batt-art8-2-co", "examples/ev-battery", "--on", "2031-08-18"),
    *("--case", "examples/ev-battery/case.toml", "--trust", "examples/ev-battery/trust.toml"),
)


def write(world: World, folder: Path, name: str) -> Path:
    """Write a world as SSSOM TSV."""
    path = folder / f"{name}.sssom.tsv"
    with path.open("w", encoding="utf-8", newline="") as out:
        out.writelines(sssom(world))
    return path


def reading(path: Path) -> Section:
    """Read a mapping set."""
    peer, rows = task("peers", "read", path), task("tasks", "read", path, repeats=5)
    table = task("tasks", "read_table", path, repeats=5)
    return Section(
        "(a) Reading a mapping set, each row checked and with its place",
        f"SSSOM TSV, {_count(rows['rows'])} rows, {path.stat().st_size / 1e6:.0f} MB. "
        "Ratios are to `sssom_pydantic.read`.",
        [
            Line("`sssom_pydantic.read`", peer["time"], peer["time"]),
            Line("Comity, an object for each row (`comity check`)", rows["time"], peer["time"], most=0.1),
            Line("Comity, one table (`comity mappings closure`)", table["time"], peer["time"], most=0.1),
        ],
        [f"Rows read: {_count(peer['rows'])}, {_count(rows['rows'])} and {_count(table['rows'])}."],
    )


def library_wide(path: Path) -> Section:
    """Find what all schemes say of all others."""
    found = task("tasks", "schemes", path, repeats=5)
    return Section(
        "(b) A library of 35 schemes",
        "9,382 criteria, 76,555 rows: 95.5 % `intersects`, 2.5 % `equal`, 1 % `subset`, 1 % `superset`. What follows "
        "from all criteria of a scheme, with the proof of each fact, chains of any length.",
        [
            Line("tie the rows of the table together", found["tie"]),
            Line("all schemes, from each", found["all"]),
            Line("both", found["tie"].plus(found["all"]), budget=0.5),
            Line("one scheme (runs are schemes)", found["one"], budget=0.015),
            Line("each criterion by itself", found["criteria"]),
        ],
        [f"{_count(found['facts'])} facts of schemes, {_count(found['pairs'])} of criteria, each with a proof."],
    )


def large(sound: Path, wrong: Path) -> Section:
    """Load a large network and ask it."""
    good, bad = task("tasks", "market", sound, 100), task("tasks", "market", wrong, 100)
    given_up = _count(bad["exploding"])
    return Section(
        "(c) A network of 100,000 criteria and 1,000,000 rows",
        f"SSSOM TSV of {sound.stat().st_size / 1e6:.0f} MB. 100 requirements, what each follows from, with proofs. "
        "Then the same with 10,000 wrong `equal` rows more.",
        [
            Line("load", good["load"], budget=5.0),
            Line("peak memory of loading", good["memory"], budget=1.5, unit=gigabytes),
            Line("100 requirements, one by one", good["each"], budget=0.05),
            Line("100 requirements, in one search", good["together"], budget=0.05),
            Line("wrong rows: 100 requirements in one search, all proofs", bad["together"]),
            Line("wrong rows: the warning, with the rows that glue", bad["glue"]),
            Line("wrong rows: both", bad["together"].plus(bad["glue"]), budget=1.0),
            Line("wrong rows: one by one, each given up past 5,000 criteria", bad["each"]),
            Line("wrong rows: peak memory in all", bad["peak"], budget=1.5, unit=gigabytes),
        ],
        [
            f"Proofs: {_count(good['proofs'])} one by one, {_count(good['together_proofs'])} in one search; with the "
            f"wrong rows {_count(bad['together_proofs'])} in one search. The sound network has "
            f"{_count(good['masses'])} masses.",
            f"With the wrong rows {given_up} of 100 requirements explode, and one mass has {_count(bad['mass'])} "
            f"criteria. Of the {_count(bad['named'])} rows named for it {_count(bad['wrong'])} are wrong, of the "
            f"first 20 {_count(bad['first_wrong'])}.",
        ],
    )


def closures() -> Section:
    """Close networks of several sizes, by all."""
    lines: list[Line] = []
    notes: list[str] = []
    tools = {"Comity, with proofs": ("tasks", "closure"), "semra": ("peers", "semra")}
    tools |= {"rdflib, property path": ("peers", "paths"), "owlrl": ("peers", "owlrl")}
    late: set[str] = set()
    for criteria, rows in SIZES:
        ours: Figure | None = None
        counts: list[str] = []
        for name, (module, function) in tools.items():
            what = f"{criteria:,} criteria, {rows:,} rows: {name}"
            if name in late:
                lines.append(Line(what, "not tried"))
                continue
            try:
                found = task(module, function, criteria, rows, limit=LIMIT)
            except UnfinishedError as error:
                late.add(name)
                lines.append(Line(what, str(error)))
                continue
            ours = ours or found["time"]
            lines.append(Line(what, found["time"], ours))
            counts.append(f"{name} {_count(found['pairs'])}")
        notes.append(f"Pairs at {criteria:,} criteria: {'; '.join(counts)}.")
    return Section(
        "(d) All pairs, by others too",
        "All pairs of which the one guarantees the other, in networks of the shape of (b). Reading and building the "
        f"input is not counted. Ratios are to Comity; what takes more than {LIMIT} s is given up, and not tried at "
        "larger sizes. semra follows chains to its default depth.",
        lines,
        notes,
    )


def commands() -> Section:
    """Start commands from cold."""
    programs = Path(sys.executable).parent
    document = "examples/ev-battery/documents/dpp-battery.json"
    run: dict[str, Sequence[str]] = {
        "python -c 'import click'": (sys.executable, "-c", "import click"),
        f"dppvalidator validate {document}": (str(programs / "dppvalidator"), "validate", document),
        f"comity {' '.join(ASK)}": (str(programs / "comity"), *ASK),
    }
    found = cold(run, 15)
    click, validator, ask = found.values()
    names = list(run)
    return Section(
        "(e) A command from cold",
        "Each a new process, in turn. Ratios are to importing click.",
        [
            Line(f"`{names[0]}`", click, click),
            Line(f"`{names[1]}`", validator, click),
            Line(f"`{names[2]}`", ask, click, budget=0.35, most=12),
        ],
    )


def bulk(folder: Path) -> Section:
    """Judge a million claims."""
    from comity.engines.sql import write as put

    lines: list[Line] = []
    notes: list[str] = []
    for name, bearing in (("a tenth", 0.1), ("all", 1.0)):
        into = folder / f"claims-{bearing}"
        into.mkdir()
        put(tables(1_000_000, 300_000, 100, bearing), into)
        found = task("tasks", "judged", into, 7, repeats=1)
        lines += [
            Line(f"{name} bear on it: join of claims, routes and requirements", found["narrow"], found["join"]),
            Line(f"{name} bear on it: bare join of all six tables", found["join"], found["join"]),
            Line(f"{name} bear on it: `judge_bulk`", found["judge"], found["join"], most=2),
        ]
        rows = [
            f"{_count(found[f'{k}_rows'])} rows of {t}" for k, t in (("join", "the bare join"), ("judge", "verdicts"))
        ]
        notes.append(f"Where {name} bear on the market: {' and '.join(rows)}.")
    return Section(
        "(f) 1,000,000 claims against one market",
        "DuckDB in the process, Parquet in, a new connection each time: claims and findings on 300,000 subjects, a "
        "market of 100 requirements with its routes. The bare join reads the same files: claims, roles, routes, "
        "requirements, subjects and what applies to them, and does nothing with them (`JOIN` in benchmarks/tasks.py).",
        lines,
        notes,
    )


def page(sections: Sequence[Section], began: str, command: str) -> str:
    """Write the page."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    head = (
        "# What it takes, measured\n\n"
        "Written by `make bench` (benchmarks/), in one run: no figure is typed by hand, and a budget that is missed is "
        "shown as missed. Times are by the clock on the wall, of what is named and not of starting Python; each run is "
        "a process of its own. Budgets are held against medians; where only the least time keeps "
        "one, that is said: what else a shared machine does adds to times, and takes nothing away.\n\n"
        f"- {datetime.now(UTC).date()}, {began}\n- {packages}\n- `{command}`, peers "
        "as pinned in `benchmarks/requirements.txt`\n"
        "- Networks and claims are made from fixed seeds (`benchmarks/worlds.py`, `benchmarks/claims.py`)."
    )
    return "\n\n".join([head, *(section.markdown().rstrip("\n") for section in sections)]) + "\n"


def _count(figure: Figure) -> str:
    return f"{figure.median:,.0f}"


def main() -> None:
    """Run all benchmarks and write the page that the command line names."""
    began = machine()
    sections: list[Section] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = write(library(1, schemes=35, criteria=9_382, rows=76_555), folder, "library")
        steps: Mapping[str, Callable[[], Section]] = {
            "commands": commands,
            "reading": lambda: reading(small),
            "library": lambda: library_wide(small),
            "large": lambda: large(
                write(library(1, schemes=100, criteria=100_000, rows=1_000_000), folder, "sound"),
                write(library(1, schemes=100, criteria=100_000, rows=1_000_000, wrong=0.01), folder, "wrong"),
            ),
            "closures": closures,
            "bulk": lambda: bulk(folder),
        }
        for step, make in steps.items():
            print(f"{step} ...", file=sys.stderr, flush=True)
            sections.append(make())
            print(sections[-1].markdown(), file=sys.stderr, flush=True)
    sections.sort(key=lambda section: section.title)
    Path(sys.argv[1]).write_text(page(sections, began, "make bench"), "utf-8")


if __name__ == "__main__":
    main()
