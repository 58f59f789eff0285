"""``comity verify``: does what a report says follow, step by step."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from comity.cli import listing, payload
from comity.cli.base import Command
from comity.cli.exits import Exit
from comity.cli.options import DOCUMENTS, EXTRA, OUTPUT, PATH
from comity.cli.parameters import Day


@click.command(cls=Command, short_help="Replay every proof of a report, step by step.")
@click.argument("report", metavar="REPORT")
@DOCUMENTS
@click.option("--trust", type=PATH, metavar="FILE", help="The issuers that the report trusts, as TOML.")
@EXTRA
@click.option("--on", type=Day(), help="The day that the report must be as of.  [default: the one that it names]")
@listing.FORMAT
@OUTPUT
def verify(
    report: str,
    documents: tuple[str, ...],
    trust: Path | None,
    extra: tuple[Path, ...],
    on: date | None,
    form: str | None,
    output: str | None,
) -> None:
    """Replay every proof of REPORT, what check or ask wrote as JSON, against DOCUMENT... and the knowledge.

    Every step is recomputed by code that judges nothing, and what the report says beside its proofs is compared with
    the knowledge. Exit code 0: no problem was found; 1: some were. That nothing is shown for a rule, no replay shows.
    """
    from comity.cli import replay

    chosen = payload.choose(form, output, listing.FORMATS, "table")
    result = replay.verify(report, documents, trust, extra, on)
    for note in result.notes:
        click.echo(f"note: {note}", err=True)
    payload.write(replay.as_text(result) if chosen == "table" else listing.as_json(replay.as_plain(result)), output)
    sys.exit(Exit.FINDINGS if result.problems else Exit.CLEAN)
