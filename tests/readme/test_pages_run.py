"""Pages of the docs whose commands are run as they stand, in order, and print what the page shows."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from comity.cli.app import comity

PAGES = ("adding-a-text.md",)

SHOWN = re.compile(r"```console\n(.*?)```", re.DOTALL)


def steps(page: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """List each command with the lines that stand under it."""
    for block in SHOWN.findall(page):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *lines = part.splitlines()
            yield command, tuple(lines)


def substituted(command: str, here: Path) -> None:
    """Do what the page does with sed: replace words in files."""
    _, _, script, *files = shlex.split(command)
    _, old, new, _ = script.split("/")
    for file in files:
        text = (here / file).read_text("utf-8")
        assert old in text, f"{file} has no {old}"
        (here / file).write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_every_command_prints_what_the_page_shows(
    name: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (root / "docs" / name).read_text("utf-8")
    shutil.copytree(root / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    run = 0
    for command, lines in steps(page):
        run += 1
        if command.startswith("sed "):
            substituted(command, tmp_path)
            continue
        assert command.startswith("comity ")
        result = CliRunner().invoke(comity, shlex.split(command)[1:])
        assert result.exit_code in (0, 1), result.output
        for line in lines:
            assert line in result.output, f"{command} does not print {line!r}:\n{result.output}"
    assert run >= 5
    assert len(SHOWN.findall(page)) == page.count("```console")
