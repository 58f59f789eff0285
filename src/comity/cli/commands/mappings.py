"""``comity mappings``: what mapping sets say, and whether it can be true."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from comity.cli import checking, closing, listing, payload
from comity.cli.base import Group
from comity.cli.exits import Exit
from comity.cli.options import EXTRA, ON, OUTPUT
from comity.cli.parameters import Word
from comity.model.scales import Authority

AUTHORITY = click.option("--authority", type=Word(Authority), help="Use only rows of this authority or a higher one.")
CONFIDENCE = click.option(
    "--min-confidence", "confidence", type=click.FloatRange(0, 1), help="Use only rows as sure as this."
)


@click.group(cls=Group, short_help="Check mappings, or ask what follows from them.")
def mappings() -> None:
    """The rows that say how the rules of one text relate to those of another."""


@mappings.command(short_help="Check mapping sets, and find rows that cannot all be true.")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@checking.FORMAT
@checking.MARKED
@ON
@EXTRA
@OUTPUT
def check(
    files: tuple[str, ...], form: str | None, marked: Path | None, on: date, extra: tuple[Path, ...], output: str | None
) -> None:
    """Check mapping sets: FILEs (XLSX, CSV, SSSOM TSV, folders, '-'), or, without any, those that come with Comity.

    Each FILE is checked as if it were added to what Comity knows: every problem is named at once, with its cell; ids
    of a scheme that it knows must be there, and the rows may not contradict each other or other rows. A row stands
    for Comity's row of the same record_id. Exit code 1 when a row has an error or rows cannot all be true.
    """
    from comity.cli import sets

    chosen = payload.choose(form, output, checking.EXTENSIONS, "table")
    text, failed = sets.checked(files, chosen, marked, extra, on, payload.is_coloured(output))
    payload.write(text, output)
    sys.exit(Exit.FINDINGS if failed else Exit.CLEAN)


@mappings.command(short_help="Say how two criteria stand to each other, and by which rows.")
@click.argument("subject", metavar="A")
@click.argument("object_", metavar="B")
@AUTHORITY
@CONFIDENCE
@listing.FORMAT
@ON
@EXTRA
@OUTPUT
def relate(
    subject: str,
    object_: str,
    authority: Authority | None,
    confidence: float | None,
    form: str | None,
    on: date,
    extra: tuple[Path, ...],
    output: str | None,
) -> None:
    """Say how criterion A stands to criterion B by all rows together, with the chains of rows that say so.

    A and B are notations, IRIs or aliases. A composed relation says what is known; evidence counts along rows only,
    and what travels along them is listed. What --authority or --min-confidence keeps out is listed too, with what
    would be known with it. Exit code 1 when rows between the two cannot all be true.
    """
    from comity.authoring import relate_criteria
    from comity.authoring.relating.gate import Gate
    from comity.cli import load
    from comity.report.mappings import related

    chosen = payload.choose(form, output, listing.FORMATS, "table")
    known = load.knowledge(extra)
    found = relate_criteria(known, subject, object_, on, Gate(authority, confidence))
    text = listing.as_json(related.as_json(found)) if chosen == "json" else related.as_text(found, known.criteria)
    payload.write(text, output)
    sys.exit(Exit.FINDINGS if found.contradiction else Exit.CLEAN)


@mappings.command(short_help="Write what follows from mapping sets about pairs of criteria.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--from", "sources", multiple=True, metavar="ID", help="Only from this criterion, as IRI or CURIE.")
@click.option("--all", "everything", is_flag=True, help="All pairs, even when there are very many.")
@AUTHORITY
@CONFIDENCE
@click.option("--format", "form", type=click.Choice(list(closing.FORMATS)), help="How to write the pairs.")
@ON
@EXTRA
@OUTPUT
def closure(
    files: tuple[str, ...],
    sources: tuple[str, ...],
    everything: bool,
    authority: Authority | None,
    confidence: float | None,
    form: str | None,
    on: date,
    extra: tuple[Path, ...],
    output: str | None,
) -> None:
    """Write every relation that follows from FILEs (SSSOM TSV, folders of them, '-'), by chains of any length.

    Columns: subject_id, relation (what the rows leave possible, of EQ, SUB, SUP, PO, DR), object_id, and hops: the
    rows in the longest chain that it takes. Composed relations are no mapping rows, and no fact travels along them.
    Exit code 1 when rows cannot be read, or cannot all be true: those are left out, and named on standard error. With
    --authority or --with, rows are read against what Comity knows: whose word they are turns on who stewards a text.
    """
    from comity.authoring.relating.gate import Gate

    chosen = payload.choose(form, output, closing.EXTENSIONS, "tsv")
    done = closing.prepare(files, sources, on, Gate(authority, confidence), extra)
    payload.stream(closing.FORMATS[chosen](done.pairs(everything)), output)
    sys.exit(done.exit)
