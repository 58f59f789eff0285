"""comity publish: a site from the command line."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from comity.cli import app


@pytest.fixture(scope="module")
def extra(root: Path) -> str:
    return str(root / "tests" / "cases" / "publish" / "hostile")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app.comity, ["publish", *arguments])


def test_a_site_is_written_and_the_first_page_named(extra: str, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "site"
    result = run(
        str(folder), "--with", extra, "--only", "HOSTILE-1", "--title", "Our <own> criteria", "--on", "2026-11-23"
    )
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{folder / 'index.html'}: 13 pages, ")
    assert "<h1>Our &lt;own&gt; criteria</h1>" in (folder / "index.html").read_text("utf-8")


def test_under_its_own_address_what_is_named_there_lies_at_its_own_path(extra: str, tmp_path: Path) -> None:
    result = run(str(tmp_path), "--with", extra, "--only", "hostile-1", "--base", "https://hostile.example/")
    assert result.exit_code == 0
    assert (tmp_path / "v" / "1.html").is_file()
    assert (tmp_path / "sets" / "one.html").is_file()


def test_a_folder_that_holds_something_else_is_refused(extra: str, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    result = run(str(tmp_path), "--with", extra, "--only", "hostile-1")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "It holds files that comity publish did not write." in result.stderr
    forced = run(str(tmp_path), "--with", extra, "--only", "hostile-1", "--force")
    assert forced.exit_code == 0
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_an_unknown_name_gets_the_nearest(extra: str, tmp_path: Path) -> None:
    result = run(str(tmp_path), "--with", extra, "--only", "hostile-l")
    assert (result.exit_code, result.stderr) == (
        2,
        "Error: unknown scheme or market 'hostile-l'. Did you mean hostile-1?\n",
    )


def test_the_commands_of_the_page_on_publishing_run(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(root / "examples" / "garment", tmp_path / "examples" / "garment")
    monkeypatch.chdir(tmp_path)
    page = (root / "docs" / "publishing.md").read_text("utf-8")
    lines = [line.partition(" #")[0] for line in page.splitlines() if line.startswith("comity publish ")]
    assert len(lines) == 3
    for line in lines[1:]:  # the first, which publishes everything, is a test of its own
        result = CliRunner().invoke(app.comity, shlex.split(line)[1:])
        assert result.exit_code == 0, result.output
    # Under its own address the standard lies at its own path, and the texts of others under their hosts.
    assert (tmp_path / "my-site" / "standard" / "2" / "3.1.html").is_file()
    assert (tmp_path / "my-site" / "arcadia.example" / "market.html").is_file()
    # The site that was there before is gone.
    assert not (tmp_path / "my-site" / "rra").exists()
