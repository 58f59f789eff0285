"""``comity check``: what is shown, what is missing, and why."""

from __future__ import annotations

import sys

import click

from comity import report as reports
from comity.cli import payload
from comity.cli.base import Command
from comity.cli.exits import DEFAULT_FAIL_ON, nothing_judged, of_report
from comity.cli.options import DOCUMENTS, OUTPUT, Question, asks
from comity.cli.parameters import FailOn


@click.command(cls=Command, short_help="Judge documents against markets, or their claims.")
@DOCUMENTS
@asks
@click.option("--engine", type=click.Choice(["default", "shacl"]), default="default", help="What gives the verdicts.")
@click.option("--format", "form", type=click.Choice(list(reports.REPORTERS)), help="How to write the report.")
@click.option("-v", "--verbose", is_flag=True, help="Tell everything: the same as --format long.")
@OUTPUT
@click.option("--fail-on", type=FailOn(), default=DEFAULT_FAIL_ON, show_default=True, help="Exit with 1 on these.")
def check(
    question: Question, engine: str, form: str | None, verbose: bool, output: str | None, fail_on: frozenset[str]
) -> None:
    """Judge DOCUMENT against what each --market asks; without one, its claims against the criteria that they cite.

    A DOCUMENT is a file, a folder, a zip archive or '-': UNTP credentials, claim sheets, Comity's own Turtle.
    """
    from comity.cli import run

    if verbose and form not in (None, "table", "long"):
        raise click.UsageError(f"--verbose is short for --format long; it cannot stand beside --format {form}")
    chosen = payload.choose("long" if verbose else form, output, reports.EXTENSIONS, "table")
    if engine == "shacl" and not question.markets:
        raise click.UsageError("--engine shacl needs a --market: there are shapes for requirements only")
    report = run.check(question, engine)
    coloured = reports.COLOURED.get(chosen) if payload.is_coloured(output) else None
    payload.write((coloured or reports.REPORTERS[chosen])(report), output)
    if nothing_judged(report):
        click.echo(run.unanswered(report), err=True)
    sys.exit(of_report(report, fail_on))
