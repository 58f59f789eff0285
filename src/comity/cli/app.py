"""The ``comity`` command, its subcommands, and what becomes of errors."""

from __future__ import annotations

import csv
import sys
import traceback
from importlib.resources import files
from typing import Any

import click

from comity import __version__
from comity.cli.exits import Exit
from comity.model.errors import ComityError

BUG = "This is a bug of Comity, and no answer about your documents. Please report it with the lines above."


class Refused(click.ClickException):
    """A command that cannot be carried out as asked."""

    exit_code = Exit.REFUSED


def example(path: str) -> str:
    """Return the example line of a command, from the data table ``help-examples.csv``.

    :param path: the command with its parents, such as ``schemes list``.
    """
    table = files("comity") / "data" / "ontology" / "tables" / "help-examples.csv"
    rows = csv.DictReader(table.read_text("utf-8").splitlines())
    return next((row["example"] for row in rows if row["command"] == path), f"comity {path} --help")


def _path(ctx: click.Context) -> str:
    return " ".join(ctx.command_path.split()[1:])


class Command(click.Command):
    """A command whose help starts with an example."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example, then the usage and the options."""
        formatter.write(f"Example: {example(_path(ctx))}\n\n")
        super().format_help(ctx, formatter)


class Group(click.Group):
    """A group whose help starts with an example, and which turns errors into one-screen messages."""

    command_class = Command

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example, then the usage and the commands."""
        formatter.write(f"Example: {example(_path(ctx))}\n\n")
        super().format_help(ctx, formatter)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error that the user can mend is a message."""
        try:
            return super().invoke(ctx)
        except ComityError as error:
            raise Refused(str(error)) from error


Group.group_class = Group


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="comity", message="%(prog)s %(version)s")
def comity() -> None:
    """Does this claim satisfy that rule? Comity answers with a proof.

    Exit codes: 0 nothing to do, 1 findings, 2 the question cannot be answered as asked.
    """


def main() -> None:
    """Run the command line; a fault of the program itself exits with 2, never with a verdict's code."""
    try:
        comity()
    except Exception:
        traceback.print_exc()
        click.echo(BUG, err=True)
        sys.exit(Exit.REFUSED)
