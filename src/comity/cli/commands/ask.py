"""``comity ask``: one rule, with the proof."""

from __future__ import annotations

import sys

import click

from comity import report as reports
from comity.cli import payload
from comity.cli.base import Command
from comity.cli.exits import of_answers
from comity.cli.options import DOCUMENTS, OUTPUT, Question, asks

FORMATS = {"txt": "table", "json": "json", "ttl": "turtle"}
"""Extension to format."""


@click.command(cls=Command, short_help="Ask whether documents satisfy one rule, with the proof.")
@click.argument("rule")
@DOCUMENTS
@asks
@click.option("--format", "form", type=click.Choice(list(FORMATS.values())), help="How to write the answer.")
@OUTPUT
def ask(question: Question, rule: str, form: str | None, output: str | None) -> None:
    """Ask whether DOCUMENT satisfies RULE: the verdict for each subject, with the proof.

    RULE is the notation, the IRI or an alias of a rule of any text. Exit code 0 only when it is satisfied.
    """
    from comity.cli import run

    chosen = payload.choose(form, output, FORMATS, "table")
    answers = run.ask(question, rule)
    if chosen == "json":
        text = reports.as_text(reports.answers_as_json(answers.judgements))
    elif chosen == "turtle":
        text = run.turtle(question, answers)
    else:
        text = reports.answers_as_text(
            answers.judgements,
            on=question.on,
            checked_on=answers.checked_on,
            knowledge_version=answers.version,
            own=answers.own,
            colour=payload.is_coloured(output),
        )
    payload.write(text, output)
    if answers.own and chosen != "table":
        click.echo(f"Leans on your own knowledge: {reports.own_files(answers.own)}.", err=True)
    for line in run.unread(answers.documents):
        click.echo(line, err=True)
    sys.exit(of_answers(answers.judgements, answers.documents))
