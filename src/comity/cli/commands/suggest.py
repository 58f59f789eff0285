"""``comity suggest``: pairs of two texts that may belong together."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli import listing, payload
from comity.cli.base import Command
from comity.cli.options import EXTRA, FORCE, ON, OUTPUT

if TYPE_CHECKING:
    from comity.authoring.draft import Draft
    from comity.model.criteria import SchemeVersion
    from comity.model.knowledge import Knowledge

EXTENSIONS = {"txt": "table", "json": "json", "tsv": "sssom", "xlsx": "xlsx", "csv": "csv"}
"""Extension to format."""


@click.command(cls=Command, short_help="Suggest pairs of two texts, for a person to judge.")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--top", type=click.IntRange(1), default=3, show_default=True, help="How many for each criterion of A.")
@click.option("--again", is_flag=True, help="Suggest also what a row relates already, or somebody has declined.")
@click.option("--format", "form", type=click.Choice([*EXTENSIONS.values()]), help="How to write the suggestions.")
@ON
@EXTRA
@OUTPUT
@FORCE
def suggest(
    a: str,
    b: str,
    top: int,
    again: bool,
    form: str | None,
    on: date,
    extra: tuple[Path, ...],
    output: str | None,
    force: bool,
) -> None:
    """Suggest which criteria of A and B, two scheme versions, may belong together, best first, and say why.

    What speaks for a pair: words in common, a shared topic, numbers on one metric, and paths through other texts by
    the rows that are known. How the two relate is left open: in SSSOM a row is a lead (comity:closeMatch) of authority
    "suggested", in a workbook its relation is empty, and it stays a suggestion until a person signs it.
    A file that is there already is left as it is, and the exit code is 2, unless --force says otherwise.
    """
    from comity.authoring.suggesting.rows import suggested
    from comity.authoring.suggesting.suggest import judged_between
    from comity.authoring.suggesting.suggest import suggest as find_pairs
    from comity.cli import find, load
    from comity.report import suggestions

    chosen = payload.choose(form, output, EXTENSIONS, "table")
    payload.spare(output, force)
    known = load.knowledge(extra)
    one, other = find.scheme(known, a), find.scheme(known, b)
    found = find_pairs(known, one, other, top, again=again)
    if chosen == "table":
        passed = 0 if again else judged_between(known, one, other)
        payload.write(suggestions.as_text(known, one, other, found, passed), output)
    elif chosen == "json":
        payload.write(listing.as_json(suggestions.as_data(known, found)), output)
    else:
        payload.write(_rows(known, (one, other), suggested(known, one, other, found, on), chosen), output)
        click.echo(f"{len(found)} suggested rows, the relation of each left open", err=True)


def _rows(known: Knowledge, ends: tuple[SchemeVersion, SchemeVersion], draft: Draft, form: str) -> bytes | str:
    """Write suggestions as SSSOM, or as a table in which a relation is chosen."""
    from comity.authoring.sheets import template
    from comity.authoring.sssom import write_sssom
    from comity.authoring.suggesting.rows import opened
    from comity.cli.tables import BOM

    if form == "sssom":
        return write_sssom(draft)
    if form == "csv":
        return BOM + template.as_text(opened(draft), "mappings", known)
    offered, shown = template.lists(known, *ends), template.sides(known, *ends)
    return template.as_workbook(opened(draft), "mappings", known, offered, shown)
