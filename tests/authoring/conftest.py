"""Two editions and a published mapping set, imported from tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from comity import knowledge
from comity.cli import app
from comity.model.knowledge import Knowledge

Run = Callable[..., Result]


def comity(*arguments: str | Path) -> Result:
    """Run a command."""
    return CliRunner().invoke(app.comity, [str(a) for a in arguments])


@pytest.fixture(scope="session")
def loom(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A folder with both editions as Turtle and the published set."""
    tables = root / "tests" / "cases" / "tables" / "loom"
    folder = tmp_path_factory.mktemp("loom")
    for name in ("loom-2", "yarn-1"):
        done = comity("import", tables / f"{name}.csv", "-o", folder / f"{name}.ttl")
        assert done.exit_code == 0, done.stderr
    (folder / "published.sssom.tsv").write_bytes((tables / "published.sssom.tsv").read_bytes())
    return folder


@pytest.fixture(scope="session")
def known() -> Knowledge:
    """What Comity knows by itself."""
    return knowledge.load()
