"""``comity query``: questions in SPARQL, of documents and knowledge or of a server."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from comity.cli import listing, payload
from comity.cli.base import Command
from comity.cli.options import EXTRA, ON, OUTPUT, PATH
from comity.cli.parameters import gathered
from comity.engines.results import EXTENSIONS, FORMATS

ENDPOINT = click.option("--endpoint", "endpoints", multiple=True, metavar="URL", help="Ask this SPARQL 1.1 server.")


@click.command(cls=Command, short_help="Ask a question in SPARQL.")
@click.argument("name", required=False, metavar="NAME|FILE|-")
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@click.option("--list", "listed", is_flag=True, help="List the questions that come with Comity.")
@click.option(
    "-p",
    "given",
    multiple=True,
    callback=gathered,
    metavar="NAME=VALUE",
    help="Set a parameter; again for more values.",
)
@click.option("--report", "reports", type=PATH, multiple=True, metavar="FILE", help="Ask a report in Turtle as well.")
@ENDPOINT
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="How to write the rows.")
@ON
@EXTRA
@OUTPUT
def query(
    name: str | None,
    documents: tuple[str, ...],
    listed: bool,
    given: dict[str, list[str]],
    reports: tuple[Path, ...],
    endpoints: tuple[str, ...],
    form: str | None,
    on: date,
    extra: tuple[Path, ...],
    output: str | None,
) -> None:
    """Ask a question of the knowledge and of DOCUMENTs, or of every --endpoint, whose rows are merged.

    NAME is one of 'comity query --list', FILE a SPARQL file, '-' a query from standard input.
    """
    from comity.cli import sparql

    if listed:
        listing.emit(sparql.catalogue(), "json" if form == "json" else None, output)
        return
    if name is None:
        raise click.UsageError("name a query, a file or '-'; 'comity query --list' shows the queries")
    chosen = FORMATS[payload.choose(form, output, EXTENSIONS, "table")]
    rows = sparql.answer(sparql.find(name), given, sparql.Sources(documents, reports, endpoints, extra), on)
    payload.write(chosen(rows), output)
