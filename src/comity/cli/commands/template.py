"""``comity template``: tables for authors to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli import payload
from comity.cli.base import Command
from comity.cli.options import EXTRA, FORCE, OUTPUT

if TYPE_CHECKING:
    from comity.authoring.draft import Sort

EXTENSIONS = {"xlsx": "xlsx", "csv": "csv", "tsv": "sssom"}
"""Extension to format."""


@click.command(cls=Command, short_help="Begin a table of criteria or mappings.")
@click.argument("what", type=click.Choice(["criteria", "mappings"]))
@click.argument("schemes", nargs=-1, metavar="[SCHEME [SCHEME]]")
@click.option("--format", "form", type=click.Choice(["xlsx", "csv", "sssom"]), help="How to write the table.")
@EXTRA
@OUTPUT
@FORCE
def template(
    what: str, schemes: tuple[str, ...], form: str | None, extra: tuple[Path, ...], output: str | None, force: bool
) -> None:
    """Write a table to begin with: a workbook with drop-down lists and a Help sheet, CSV, or SSSOM TSV.

    For mappings, name the subject's and the object's SCHEME ('comity schemes list'): the table has a row for each
    criterion of the first, and the lists offer both. For criteria, a SCHEME fills the table with those of that edition.
    A file that is there already is left as it is, and the exit code is 2, unless --force says otherwise.
    """
    from comity.cli import find, load, tables

    if len(schemes) > (2 if what == "mappings" else 1):
        raise click.UsageError("mappings relate two schemes; criteria are of one")
    chosen = payload.choose(form, output, EXTENSIONS, "csv")
    if what == "criteria" and chosen == "sssom":
        raise click.UsageError("SSSOM holds mappings; write criteria as xlsx or csv")
    payload.spare(output, force)
    known = load.knowledge(extra)
    found = [find.scheme(known, name) for name in schemes]
    sort: Sort = "criteria" if what == "criteria" else "mappings"
    payload.write(tables.template(sort, known, found, chosen, extra), output)
    if output not in (None, "-"):
        click.echo(f"{output}: a table of {what} to begin with", err=True)
