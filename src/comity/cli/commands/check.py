"""``comity check``: what is shown, what is missing, and why."""

from __future__ import annotations

import sys

import click

from comity.cli import listing, payload
from comity.cli.base import Command
from comity.cli.exits import DEFAULT_FAIL_ON, of_report
from comity.cli.options import DOCUMENTS, OUTPUT, Question, asks
from comity.cli.parameters import FailOn


@click.command(cls=Command, short_help="Judge documents against markets, or their claims.")
@DOCUMENTS
@asks
@listing.FORMAT
@OUTPUT
@click.option("--fail-on", type=FailOn(), default=DEFAULT_FAIL_ON, show_default=True, help="Exit with 1 on these.")
def check(question: Question, form: str | None, output: str | None, fail_on: frozenset[str]) -> None:
    """Judge DOCUMENT against what each --market asks; without one, their claims against the criteria that they cite.

    A DOCUMENT is a file, a folder, a zip archive or '-': UNTP credentials, claim sheets, Comity's own Turtle.
    """
    from comity import report as reports
    from comity.cli import run

    chosen = payload.choose(form, output, listing.FORMATS, "table")
    report = run.check(question)
    payload.write(reports.as_table(report) if chosen == "table" else listing.as_json(reports.as_json(report)), output)
    sys.exit(of_report(report, fail_on))
