"""Run what is measured, each in a process of its own, and keep every figure."""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Figure:
    """What several runs gave for one thing.

    >>> Figure((0.3, 0.1, 0.2)).median
    0.2
    """

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.values)

    @property
    def spread(self) -> tuple[float, float]:
        """The least and the most."""
        return min(self.values), max(self.values)

    def plus(self, other: Figure) -> Figure:
        """Add run by run."""
        return Figure(tuple(a + b for a, b in zip(self.values, other.values, strict=True)))


class UnfinishedError(Exception):
    """A task failed, or took longer than it may."""


@contextmanager
def timed(into: dict[str, Any], name: str) -> Iterator[None]:
    """Note the seconds that a block takes, by the clock on the wall."""
    start = time.perf_counter()
    yield
    into[name] = time.perf_counter() - start


def peak() -> float:
    """Return the most memory that this process ever had, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def task(module: str, name: str, *arguments: object, repeats: int = 3, limit: float = 600) -> dict[str, Figure]:
    """Run a function of a module several times, each time in a new process.

    :param limit: seconds that a run may take.
    :returns: what it returned, by name; a list counts as several runs.
    :raises UnfinishedError: when a run fails or takes too long.
    """
    found: dict[str, list[float]] = {}
    for _ in range(repeats):
        for key, value in _run(
            [sys.executable, "-m", f"benchmarks.{module}", name, *map(str, arguments)], limit
        ).items():
            found.setdefault(key, []).extend(value if isinstance(value, list) else [value])
    return {key: Figure(tuple(values)) for key, values in found.items()}


def _run(command: Sequence[str], limit: float) -> dict[str, Any]:
    try:
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", env=environment(), cwd=ROOT, timeout=limit
        )
    except subprocess.TimeoutExpired as error:
        raise UnfinishedError(f"not finished in {limit:.0f} s") from error
    if done.returncode:
        raise UnfinishedError("; ".join(done.stderr.strip().splitlines()[-1:]))
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def environment() -> dict[str, str]:
    """Return the environment of a measured process: compiled files are kept, as for whoever installed a package."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def cold(commands: Mapping[str, Sequence[str]], repeats: int) -> dict[str, Figure]:
    """Run commands in turn, each time in a new process; a first round, which is not counted, compiles their files."""
    found: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(repeats + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, env=environment(), cwd=ROOT)
            if turn:
                found[name].append(time.perf_counter() - start)
    return {name: Figure(tuple(values)) for name, values in found.items()}


def main(tasks: Mapping[str, Callable[..., Mapping[str, object]]]) -> None:
    """Run the task that the command line names and print what it returns."""
    _, name, *arguments = sys.argv
    print(json.dumps(tasks[name](*arguments)))


def machine() -> str:
    """Describe what was measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB"
    return f"{system}, Python {platform.python_version()}; load over 1, 5 and 15 minutes when it began: {load}"
