"""``comity export``: an edition or a mapping set, in a format of others."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from comity.cli import payload
from comity.cli.base import Command
from comity.cli.exits import Exit
from comity.cli.options import EXTRA, FORCE, OUTPUT

FORMATS = ("xlsx", "csv", "sssom", "sssom-1.0", "turtle", "jsonld", "skos", "cvc", "cvc-0.7.0", "svc", "oscal")
EXTENSIONS = {"xlsx": "xlsx", "csv": "csv", "tsv": "sssom", "ttl": "turtle", "jsonld": "jsonld"}
"""Extension to format; a ``.json`` may be several."""

TABLES = frozenset({"xlsx", "csv", "sssom", "sssom-1.0"})
"""Formats in which people write and sign."""


@click.command(cls=Command, short_help="Write an edition or a mapping set in a format of others.")
@click.argument("what", nargs=-1, required=True, metavar="WHAT [SCHEME]")
@click.option("--format", "form", type=click.Choice(FORMATS), help="How to write it.")
@EXTRA
@OUTPUT
@FORCE
def export(what: tuple[str, ...], form: str | None, extra: tuple[Path, ...], output: str | None, force: bool) -> None:
    """Write WHAT: an edition (by its notation), the rows between two editions, or a mapping set.

    A mapping set is named by its name, its address or its file.

    What a format has no place for is listed on standard error, with how many it meets. An edition can be written as
    xlsx, csv, turtle, jsonld, skos, cvc (UNTP Conformity Vocabulary Catalog 0.7) and svc (0.6.1); rows as xlsx, csv,
    sssom, turtle, jsonld, skos and oscal. Exit code 1 when something is missing that the format must have.
    A table or a mapping set that is there already is left as it is, and the exit code is 2, unless --force is given.
    """
    from comity.cli import exporting, load

    if len(what) > 2:
        raise click.UsageError("name an edition, two editions or a mapping set")
    known = load.knowledge(extra)
    found = exporting.find(known, what, extra)
    default = "turtle" if found.kind == "criteria" else "sssom"
    chosen = payload.choose(form, output, EXTENSIONS, default)
    if chosen in TABLES:
        payload.spare(output, force)
    content, failed = exporting.written(known, found, chosen, extra)
    payload.write(content, output)
    sys.exit(Exit.FINDINGS if failed else Exit.CLEAN)
