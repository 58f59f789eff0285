"""Comity as a user runs it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_MAIN = "from comity.cli import main; main()"
_MEASURED = (
    "import resource, subprocess, sys;"
    f"code = subprocess.run([sys.executable, '-c', {_MAIN!r}, *sys.argv[1:]]).returncode;"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr); sys.exit(code)"
)
SCREEN = 24
"""Lines of one screen."""


@dataclass(frozen=True)
class Ran:
    """What came of a run.

    :param peak: bytes of memory at most, where they were measured.
    """

    code: int
    out: str
    err: str
    peak: int = 0

    @property
    def said(self) -> str:
        """Everything, in lines without their breaks: words are looked for across them."""
        return " ".join(" ".join((self.out, self.err)).split())

    @property
    def lines(self) -> int:
        """How many lines the user sees."""
        return len(self.out.splitlines()) + len(self.err.splitlines())


def run(*arguments: str | Path, folder: Path, **environment: str) -> Ran:
    """Run ``comity`` in a folder."""
    done = _run(_MAIN, arguments, folder, environment)
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def measure(*arguments: str | Path, folder: Path, **environment: str) -> Ran:
    """Run ``comity`` and measure its memory."""
    done = _run(_MEASURED, arguments, folder, environment)
    *lines, peak = done.stderr.decode().splitlines()
    # Linux counts kilobytes, macOS bytes.
    return Ran(
        done.returncode, done.stdout.decode(), "\n".join(lines), int(peak) * (1 if sys.platform == "darwin" else 1024)
    )


def _run(
    code: str, arguments: tuple[str | Path, ...], folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=300,
        check=False,
    )
