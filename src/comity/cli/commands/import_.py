"""``comity import``: what authors write, in the text formats that Comity keeps."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli import payload
from comity.cli.base import Command
from comity.cli.exits import Exit
from comity.cli.options import EXTRA, FORCE, OUTPUT

if TYPE_CHECKING:
    from comity.authoring.draft import Sort

EXTENSIONS = {"ttl": "turtle", "tsv": "sssom", "xlsx": "xlsx", "csv": "csv"}
"""Extension to format."""


@click.command("import", cls=Command, short_help="Turn tables and other formats into Comity's own.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--as", "sort", type=click.Choice(["criteria", "mappings"]), help="What to read and to write.")
@click.option("--format", "form", type=click.Choice(list(EXTENSIONS.values())), help="How to write it.")
@click.option("--partial", is_flag=True, help="Write what has no error, although rows with one are left out.")
@EXTRA
@OUTPUT
@FORCE
def import_(
    files: tuple[str, ...],
    sort: Sort | None,
    form: str | None,
    partial: bool,
    extra: tuple[Path, ...],
    output: str | None,
    force: bool,
) -> None:
    """Read FILEs (XLSX, CSV, SSSOM TSV, and vocabularies in JSON or RDF; folders; '-') and write Turtle or SSSOM TSV.

    Criteria become Turtle, mappings SSSOM TSV; with several of either, -o names a folder. Everything is carried, or
    named on standard error. With an error in any file, nothing is written and the exit code is 1.

    A mapping set that is there already keeps the signatures of the rows that are as they were when they were signed
    ('comity review'); which are kept, and which are not and why, is told. A workbook or CSV file that is there is left
    as it is. With --force, either is written anew from FILE alone.
    """
    from comity.authoring.importing import read_all
    from comity.cli import load, overwriting, tables

    known = load.knowledge(extra)
    drafts = read_all(tables.contents(files), known, sort)
    failed = tables.tell([f for draft in drafts for f in draft.problems])
    if failed and not partial:
        click.echo("Nothing is written. Mend the errors, or leave their rows out with --partial.", err=True)
        sys.exit(Exit.FINDINGS)
    outputs = tables.outputs(drafts, sort, output, form)
    if not force:
        outputs = [overwriting.kept(one, known, partial=failed) for one in outputs]
    for target, draft, kind, chosen in outputs:
        content, lost = tables.written(draft, kind, chosen, known)
        tables.tell(lost)
        payload.write(content, target)
        if target not in (None, "-"):
            click.echo(f"{target}: {tables.size(draft, kind)}", err=True)
    sys.exit(Exit.FINDINGS if failed else Exit.CLEAN)
