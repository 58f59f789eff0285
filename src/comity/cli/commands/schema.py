"""``comity schema``: the JSON Schema of what Comity writes."""

from __future__ import annotations

import click

from comity.cli import listing, payload
from comity.cli.base import Group
from comity.cli.options import OUTPUT


@click.group(cls=Group, short_help="Show the JSON Schema of what Comity writes.")
def schema() -> None:
    """The JSON Schema (draft 2020-12) of what Comity writes."""


@schema.command(short_help="The schema of a report.")
@OUTPUT
def report(output: str | None) -> None:
    """Print the JSON Schema of 'comity check --format json'."""
    from comity.report import schema as loaded

    payload.write(listing.as_json(loaded()), output)
