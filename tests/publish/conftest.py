"""A small site: a market, its act and a standard, all made up, and texts whose names try to break out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.knowledge import load
from comity.model.knowledge import Knowledge
from comity.publish import publish

ON = date(2026, 11, 23)
ONLY = ("fair-loom-2", "arc-ga-2026", "arcadia", "hostile-1", "rra-3.0")


@pytest.fixture(scope="session")
def extra(root: Path) -> tuple[Path, ...]:
    return (root / "examples" / "garment" / "knowledge", root / "tests" / "cases" / "publish" / "hostile")


@pytest.fixture(scope="session")
def known(extra: tuple[Path, ...]) -> Knowledge:
    return load(extra)


@pytest.fixture(scope="session")
def site(known: Knowledge, extra: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    publish(known, folder, ON, extra=extra, only=ONLY)
    return folder
