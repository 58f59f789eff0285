"""``comity push``: load knowledge and evidence into a SPARQL server."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from comity.cli.base import Command
from comity.cli.options import EXTRA, ON


@click.command(cls=Command, short_help="Load knowledge and documents into a SPARQL server.")
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@click.option("--endpoint", required=True, metavar="URL", help="The server; it speaks the Graph Store Protocol.")
@ON
@EXTRA
def push(documents: tuple[str, ...], endpoint: str, on: date, extra: tuple[Path, ...]) -> None:
    """Load the knowledge and DOCUMENTs into a server, as named graphs; never verdicts.

    Graphs of the same names are replaced; others stay as they are. The names are printed.
    """
    from comity.cli import load, payload, sparql
    from comity.engines import sparql as engine
    from comity.stores.remote import RemoteStore

    names = engine.push(sparql.dataset(load.knowledge(extra), documents, on, extra), RemoteStore(endpoint))
    payload.write("\n".join(names), None)
    click.echo(f"{len(names)} named graphs are on {endpoint}, as of {on}", err=True)
