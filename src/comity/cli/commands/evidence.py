"""``comity evidence``: the evidence graph, for other people's rule engines."""

from __future__ import annotations

import click

from comity.cli import payload
from comity.cli.base import Command
from comity.cli.options import DOCUMENTS, OUTPUT, Question, asks

EXTENSIONS = {"ttl": "turtle", "trig": "trig"}


@click.command(cls=Command, short_help="Write the evidence graph as RDF.")
@DOCUMENTS
@asks
@click.option("--format", "form", type=click.Choice(list(EXTENSIONS.values())), help="How to write the graph.")
@OUTPUT
def evidence(question: Question, form: str | None, output: str | None) -> None:
    """Write what OWL RL and SHACL engines need to check DOCUMENT against one --market: evidence, and no verdict.

    Turtle holds everything in one graph; TriG keeps each document in its own.
    """
    from comity.cli import run

    if len(question.markets) != 1:
        raise click.UsageError("name one --market: what counts as evidence depends on it")
    chosen = payload.choose(form, output, EXTENSIONS, "turtle")
    graph = run.evidence(question, question.markets[0])
    payload.write(graph.turtle() if chosen == "turtle" else graph.trig(), output)
