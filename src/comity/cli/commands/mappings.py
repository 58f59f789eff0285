"""``comity mappings``: what mapping sets say, and whether it can be true."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from comity.cli import listing, payload
from comity.cli.base import Group
from comity.cli.exits import Exit
from comity.cli.options import EXTRA, OUTPUT


@click.group(cls=Group, short_help="Check mappings, or ask what follows from them.")
def mappings() -> None:
    """The rows that say how the rules of one text relate to those of another."""


@mappings.command(short_help="Check mapping sets, and find rows that cannot all be true.")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@listing.FORMAT
@EXTRA
@OUTPUT
def check(files: tuple[str, ...], form: str | None, extra: tuple[Path, ...], output: str | None) -> None:
    """Check mapping sets: FILEs (SSSOM TSV, a folder of them, '-'), or, without any, those that come with Comity.

    Each FILE is checked as if it were added to what Comity knows: ids of a scheme that it knows must be there, and
    the rows may not contradict each other or other rows. A row stands for Comity's row of the same record_id.
    Exit code 1 when a row has an error or rows cannot all be true.
    """
    from comity import knowledge as base
    from comity.authoring import check_mappings
    from comity.cli import load, sets
    from comity.report.mappings import checked

    chosen = payload.choose(form, output, listing.FORMATS, "table")
    known = load.knowledge(extra) if files else base.survey(extra)
    found = check_mappings(known, sets.read(files) if files else None)
    if chosen == "json":
        text = listing.as_json(checked.as_json(found))
    else:
        text = checked.as_text(found, known.criteria, colour=payload.is_coloured(output))
    payload.write(text, output)
    sys.exit(Exit.FINDINGS if found.failed else Exit.CLEAN)
