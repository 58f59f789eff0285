"""The ``comity`` command and its subcommands."""

from __future__ import annotations

import gc
import keyword
import sys
from collections.abc import Iterable, Iterator, MutableMapping
from importlib import import_module

import click

from comity import __version__
from comity.cli.base import Group
from comity.cli.exits import Exit

BUG = "This is a bug of Comity, and no answer about your documents. Please report it with the lines above."

OBJECTS = 100_000
"""New objects after which cycles are looked for: a command makes many, and ends before most could be freed."""

NAMES = (
    "ask",
    "check",
    "diff",
    "evidence",
    "explain",
    "export",
    "import",
    "mappings",
    "markets",
    "publish",
    "push",
    "query",
    "review",
    "schema",
    "schemes",
    "suggest",
    "template",
    "verify",
)
"""The commands; each is an object of its name in a module of its name, imported when it is asked for."""


class Commands(MutableMapping[str, click.Command]):
    """Commands by name, each imported when it is first needed: a command starts without all the others."""

    def __init__(self, names: Iterable[str]) -> None:
        self._loaded: dict[str, click.Command | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> click.Command:
        command = self._loaded[name]
        if command is None:
            word = f"{name}_" if keyword.iskeyword(name) else name
            command = self._loaded[name] = getattr(import_module(f"comity.cli.commands.{word}"), word)
        return command

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._loaded)

    def __len__(self) -> int:
        return len(self._loaded)


@click.group(
    cls=Group,
    commands=Commands(NAMES),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="comity", message="%(prog)s %(version)s")
def comity() -> None:
    """Does this claim satisfy that rule? Comity answers with a proof.

    Exit codes: 0 nothing to do, 1 findings, 2 the question cannot be answered as asked.
    """


def main() -> None:
    """Run the command line; a fault of the program itself exits with 2, never with a verdict's code."""
    gc.set_threshold(OBJECTS)
    try:
        comity()
    except Exception:
        import traceback

        traceback.print_exc()
        click.echo(BUG, err=True)
        sys.exit(Exit.REFUSED)
