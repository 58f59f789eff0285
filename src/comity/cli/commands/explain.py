"""``comity explain``: the page of a rule, a mapping, a fact of the case, a finding's code or a doubt."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from comity.cli import listing, payload
from comity.cli.base import Command
from comity.cli.options import EXTRA, ON, OUTPUT


@click.command(cls=Command, short_help="Explain a rule, a mapping, a fact, the code of a finding or a doubt.")
@click.argument("name", metavar="RULE|MAPPING|FACT|CODE|DOUBT")
@listing.FORMAT
@ON
@EXTRA
@OUTPUT
def explain(name: str, form: str | None, on: date, extra: tuple[Path, ...], output: str | None) -> None:
    """Explain a rule: its text, whom it binds and when, what satisfies it, what nearly does and why not.

    RULE is a notation, an IRI or an alias; MAPPING the record id of a row; FACT a name that --fact takes; CODE stands
    beside a finding, as D15; DOUBT before what is doubtful about a rule, as doubt-15.
    """
    from dataclasses import asdict

    from comity.cli.load import knowledge
    from comity.report.explain import find, text

    page = find.explain(knowledge(extra), name, on)
    chosen = payload.choose(form, output, listing.FORMATS, "table")
    payload.write(text.render(page) if chosen == "table" else listing.as_json(asdict(page)), output)
