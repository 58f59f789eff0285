"""The program as a whole: help, version, errors, exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from comity import __version__
from comity.cli import app
from comity.cli.base import Command
from comity.model.errors import UnknownNameError


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        for name, child in sorted(command.commands.items()):
            yield from commands(child, (*path, name))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app.comity, arguments)


def comity(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-c", "from comity.cli import main; main()", *arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    return subprocess.run(
        program, cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize("path", list(commands(app.comity)), ids=lambda p: " ".join(p) or "comity")
def test_help_starts_with_an_example_of_that_command(path: tuple[str, ...]) -> None:
    result = run(*path, "--help")
    assert result.exit_code == 0
    first = result.output.splitlines()[0]
    assert first.startswith(" ".join(("Example: comity", *path)))
    assert not first.endswith("--help"), "the example stands in ontology/tables/help-examples.csv"


def test_the_version_is_printed_by_the_program_itself(tmp_path: Path) -> None:
    done = comity("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"comity {__version__}\n")


def test_an_unknown_command_is_a_usage_error(tmp_path: Path) -> None:
    done = comity("chekc", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "chekc" in done.stderr


def test_what_a_user_can_mend_is_one_message_and_exit_2(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command(cls=Command)
    def wrong() -> None:
        raise UnknownNameError("rule", "abd", ["abc"])

    monkeypatch.setitem(app.comity.commands, "wrong", wrong)
    result = run("wrong")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: unknown rule 'abd'. Did you mean abc?\n"


def test_a_fault_of_the_program_is_never_taken_for_findings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command(cls=Command)
    def broken() -> None:
        raise RuntimeError("wheels came off")

    monkeypatch.setitem(app.comity.commands, "broken", broken)
    monkeypatch.setattr(sys, "argv", ["comity", "broken"])
    with pytest.raises(SystemExit) as left:
        app.main()
    assert left.value.code == 2
    assert "wheels came off" in capsys.readouterr().err
