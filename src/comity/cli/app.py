"""The ``comity`` command and its subcommands."""

from __future__ import annotations

import sys
import traceback

import click

from comity import __version__
from comity.cli.base import Group
from comity.cli.commands.ask import ask
from comity.cli.commands.check import check
from comity.cli.commands.evidence import evidence
from comity.cli.commands.explain import explain
from comity.cli.commands.mappings import mappings
from comity.cli.commands.markets import markets
from comity.cli.commands.push import push
from comity.cli.commands.query import query
from comity.cli.commands.schema import schema
from comity.cli.commands.schemes import schemes
from comity.cli.commands.verify import verify
from comity.cli.exits import Exit

BUG = "This is a bug of Comity, and no answer about your documents. Please report it with the lines above."


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="comity", message="%(prog)s %(version)s")
def comity() -> None:
    """Does this claim satisfy that rule? Comity answers with a proof.

    Exit codes: 0 nothing to do, 1 findings, 2 the question cannot be answered as asked.
    """


for command in (ask, check, evidence, explain, mappings, markets, push, query, schema, schemes, verify):
    comity.add_command(command)


def main() -> None:
    """Run the command line; a fault of the program itself exits with 2, never with a verdict's code."""
    try:
        comity()
    except Exception:
        traceback.print_exc()
        click.echo(BUG, err=True)
        sys.exit(Exit.REFUSED)
