"""``comity diff``: what changed between two editions or two mapping sets, and what it does to verdicts."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli import listing, payload
from comity.cli.base import Command
from comity.cli.exits import Exit
from comity.cli.options import FORCE, OUTPUT, PATH, Question, asks

if TYPE_CHECKING:
    from comity.authoring.comparing.editions import Comparison
    from comity.model.knowledge import Knowledge


@click.command(cls=Command, short_help="Compare editions of a text, or mapping sets.")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--documents", multiple=True, metavar="DOCUMENT", help="Show which verdicts on these documents change.")
@asks
@click.option("--propose", type=PATH, metavar="FILE", help="Write a draft mapping set from OLD to NEW.")
@FORCE
@listing.FORMAT
@OUTPUT
def diff(
    question: Question, old: str, new: str, propose: Path | None, force: bool, form: str | None, output: str | None
) -> None:
    """Say what changed from OLD to NEW: two editions, by notation, or two mapping sets, by file.

    Of editions: what is new, removed, split, merged, renumbered, reworded, asks for more or for less, or is of another
    level or kind, which mapping rows go stale, which markets bind the old one. Of mapping sets: rows added, removed and
    changed. With --documents: which verdicts change, of claims and of what each --market asks (without one: all
    markets). Once the old edition counts no more; and were the same statements made of the new edition. Exit code 1
    when anything differs.
    """
    from comity.cli.load import knowledge

    chosen = payload.choose(form, output, listing.FORMATS, "table")
    payload.spare(str(propose) if propose else None, force)
    known = knowledge(question.extra)
    if Path(old).exists() and Path(new).exists():
        _sets(known, old, new, question, chosen, output)
    else:
        _editions(known, old, new, propose, question, chosen, output)


def _sets(known: Knowledge, old: str, new: str, question: Question, form: str, output: str | None) -> None:
    from comity.authoring.comparing.impact import of_rows
    from comity.authoring.comparing.row_changes import compare_rows
    from comity.cli import run, sets
    from comity.knowledge.loader import mapping_sets
    from comity.report.changes import rows_as_data, rows_as_text

    before, after = (mapping_sets(known, sets.read([name])).rows for name in (old, new))
    found = compare_rows(before, after)
    judged = None
    if question.documents:
        asked, documents, markets = run.asked(question, known)
        judged = of_rows(known, (before, after), found, documents, markets, **asked)
    text = rows_as_text(found, judged) if form == "table" else listing.as_json(rows_as_data(found, judged))
    payload.write(text, output)
    sys.exit(Exit.FINDINGS if found else Exit.CLEAN)


def _editions(
    known: Knowledge, old: str, new: str, propose: Path | None, question: Question, form: str, output: str | None
) -> None:
    from comity.authoring.comparing.editions import Change, compare
    from comity.authoring.comparing.impact import of_editions
    from comity.cli import run
    from comity.cli.find import scheme
    from comity.report.changes import editions_as_data, editions_as_text

    found = compare(known, scheme(known, old), scheme(known, new))
    judged = None
    if question.documents:
        asked, documents, markets = run.asked(question, known)
        judged = of_editions(known, found, documents, markets, **asked)
    if form == "table":
        text = editions_as_text(found, judged, known)
    else:
        text = listing.as_json(editions_as_data(found, judged, known))
    payload.write(text, output)
    if propose is not None:
        _propose(known, found, question.on, propose)
    sys.exit(Exit.CLEAN if all(c.changes == (Change.KEPT,) for c in found.changed) else Exit.FINDINGS)


def _propose(known: Knowledge, found: Comparison, on: date, file: Path) -> None:
    from comity.authoring.comparing.proposal import proposal
    from comity.authoring.sssom import write_sssom

    draft = proposal(known, found, on)
    file.write_text(write_sssom(draft), encoding="utf-8", newline="\n")
    click.echo(
        f"{file}: {len(draft.rows)} suggested rows, the relation of each left open (comity:closeMatch)", err=True
    )
