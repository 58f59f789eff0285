"""Reports as users get them, and what they are replayed with."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from comity.cli import app, replay
from comity.cli.load import knowledge
from comity.verify import Given
from comity.verify.bench import Bench
from comity.verify.report import bench_of

ROOT = Path(__file__).resolve().parents[2]
ORCHARD = "tests/cases/verify/orchard"


@dataclass(frozen=True)
class Case:
    """A question whose report is replayed.

    :param documents: paths from the root of the checkout.
    :param options: further options of ``comity check``.
    """

    documents: tuple[str, ...]
    options: tuple[str, ...]
    trust: str = ""
    extra: str = ""

    @property
    def arguments(self) -> tuple[str, ...]:
        """What both commands are given."""
        trust = ("--trust", str(ROOT / self.trust)) if self.trust else ()
        extra = ("--with", str(ROOT / self.extra)) if self.extra else ()
        return (*(str(ROOT / d) for d in self.documents), *trust, *extra)


CASE = str(ROOT / "examples/ev-battery/case.toml")
BATTERY = ("--authority", "draft", "--market", "eu", "--on", "2031-08-18", "--case", CASE)
PILOTS = ("examples/copper-canada", "examples/lithium-australia", "examples/cobalt-congo", "examples/ev-battery")
TRUST = "examples/ev-battery/trust.toml"
CASES = {
    "ev-battery": Case(("examples/ev-battery",), BATTERY, TRUST),
    "all-pilots": Case(PILOTS, BATTERY, TRUST),
    "copper-canada": Case(("examples/copper-canada",), ("--market", "eu", "--on", "2030-06-01")),
    "garment": Case(
        ("examples/garment/documents",),
        ("--market", "arcadia", "--on", "2026-12-01"),
        extra="examples/garment/knowledge",
    ),
    "orchard": Case(
        (f"{ORCHARD}/documents",),
        ("--market", "pomona", "--on", "2031-05-01", "--case", str(ROOT / ORCHARD / "case.toml")),
        f"{ORCHARD}/trust.toml",
        f"{ORCHARD}/knowledge",
    ),
    "tin-importer": Case(
        ("examples/tin-importer",),
        ("--market", "eu", "--on", "2027-03-31", "--case", str(ROOT / "examples/tin-importer/case.toml")),
        "examples/tin-importer/trust.toml",
    ),
}


@dataclass(frozen=True)
class Held:
    """A report, and what it is replayed with."""

    report: dict[str, Any]
    given: Given
    bench: Bench


def run(*arguments: str) -> Any:
    """Run a command, and read the JSON that it writes."""
    result = CliRunner().invoke(app.comity, list(arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code in (0, 1), result.output
    return json.loads(result.stdout)


def hold(case: Case) -> Held:
    """Make a report, and what it is replayed with."""
    report = run("check", *case.arguments, *case.options, "--format", "json")
    extra = [ROOT / case.extra] if case.extra else []
    content = replay.content([str(ROOT / d) for d in case.documents])
    given = replay.given(knowledge(extra), content, ROOT / case.trust if case.trust else None)
    return Held(report, given, bench_of(report, given))


@pytest.fixture(scope="session")
def held() -> Callable[[str], Held]:
    """Return one of the cases; each is made once."""
    return cache(lambda name: hold(CASES[name]))
