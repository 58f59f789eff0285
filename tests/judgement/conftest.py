"""Questions as tests ask them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from comity.evidence import read
from comity.formats.archives import open_inputs
from comity.judgement import case, judge, trust
from comity.knowledge import load
from comity.model.knowledge import Knowledge
from comity.model.verdicts import Report

Check = Callable[..., Report]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The knowledge that Comity ships."""
    return load()


@pytest.fixture(scope="session")
def check(knowledge: Knowledge) -> Check:
    """Judge files as ``comity check`` does."""

    def run(
        paths: Sequence[Path],
        on: str,
        markets: Sequence[str] = (),
        trusted: Path | None = None,
        case_file: Path | None = None,
    ) -> Report:
        return judge(
            knowledge,
            read(open_inputs(paths)),
            on=date.fromisoformat(on),
            markets=markets,
            trust=trust.read(trusted) if trusted else trust.NOBODY,
            given=case.read(case_file, knowledge) if case_file else (),
        )

    return run
