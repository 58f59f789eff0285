"""``comity publish``: a static site of texts, criteria, mappings and markets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from comity.cli import payload
from comity.cli.base import Command
from comity.cli.options import EXTRA, ON, PATH


@click.command(cls=Command, short_help="Write a site of texts, mappings and markets.")
@click.argument("folder", type=PATH, metavar="DIR")
@click.option("--only", multiple=True, metavar="NAME", help="Publish this edition or market, and the mappings at it.")
@click.option("--title", default="Comity", show_default=True, help="What the site calls itself.")
@click.option(
    "--base",
    metavar="IRI",
    help="The address at which the site will lie: what is named under it gets its own path there.",
)
@click.option("--force", is_flag=True, help="Publish into a folder that holds something else, which stays.")
@ON
@EXTRA
def publish(
    folder: Path,
    only: tuple[str, ...],
    title: str,
    base: str | None,
    force: bool,
    on: date,
    extra: tuple[Path, ...],
) -> None:
    """Write a static site to DIR: a page for each text, criterion, mapping set and market.

    Turtle, JSON-LD and SSSOM lie beside the pages, a search works without a server, and .htaccess says which of them
    an address without an ending stands for. All links are relative: the site works in any folder and from disk. DIR
    must be new or empty, or a site that was published before; nothing outside it is touched.
    """
    from comity.cli.load import knowledge
    from comity.publish import BASE
    from comity.publish import publish as write

    done = write(knowledge(extra), folder, on, extra=extra, title=title, base=base or BASE, only=only, force=force)
    told = f"{folder / 'index.html'}: {done.pages:,} pages, {done.files:,} files, {done.size / 1e6:,.1f} MB."
    payload.write(told, None)
