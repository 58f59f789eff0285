"""What every command is made of: help that starts with an example, errors that are messages."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import Any

import click

from comity.cli.exits import Exit
from comity.model.errors import ComityError


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
    names: list[str] = []
    while ctx.parent is not None:
        names.insert(0, ctx.info_name or "")
        ctx = ctx.parent
    return " ".join(names)


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
