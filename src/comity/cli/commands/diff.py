"""``comity diff``: what changed between two editions or two mapping sets, and what it does to verdicts."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comity.cli import listing, payload
from comity.cli.base import Command
from comity.cli.exits import Exit
from comity.cli.options import EXTRA, ON, OUTPUT, PATH

if TYPE_CHECKING:
    from comity.authoring.editions import Comparison
    from comity.judgement.flips import Flip
    from comity.model.knowledge import Knowledge


@click.command(cls=Command, short_help="Compare editions of a text, or mapping sets.")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--documents", multiple=True, metavar="DOCUMENT", help="Show which verdicts on these documents change.")
@click.option("--market", "markets", multiple=True, metavar="M", help="Judge them against what this market asks.")
@click.option("--trust", type=PATH, metavar="FILE", help="Issuers you vouch for, as TOML.")
@click.option("--propose", type=PATH, metavar="FILE", help="Write a draft mapping set from OLD to NEW.")
@listing.FORMAT
@ON
@EXTRA
@OUTPUT
def diff(
    old: str,
    new: str,
    documents: tuple[str, ...],
    markets: tuple[str, ...],
    trust: Path | None,
    propose: Path | None,
    form: str | None,
    on: date,
    extra: tuple[Path, ...],
    output: str | None,
) -> None:
    """Say what changed from OLD to NEW: two editions, by notation, or two mapping sets, by file.

    Of editions: what is new, removed, split, merged, renumbered, reworded, tightened or loosened, which mapping rows
    go stale, which markets bind the old one. Of mapping sets: rows added, removed and changed. With --documents:
    which verdicts change once the old one counts no more. Exit code 1 when anything differs.
    """
    from comity.cli.load import knowledge

    chosen = payload.choose(form, output, listing.FORMATS, "table")
    known = knowledge(extra)
    asked = {"documents": documents, "markets": markets, "trust": trust, "on": on}
    if Path(old).exists() and Path(new).exists():
        _sets(known, old, new, asked, chosen, output)
    else:
        _editions(known, old, new, propose, asked, chosen, output)


def _sets(known: Knowledge, old: str, new: str, asked: dict[str, Any], form: str, output: str | None) -> None:
    from comity.authoring.row_changes import compare_rows
    from comity.cli import sets
    from comity.judgement.flips import with_rows
    from comity.knowledge.loader import mapping_sets
    from comity.report.changes import rows_as_data, rows_as_text

    before, after = (mapping_sets(known, sets.read([name])).rows for name in (old, new))
    found = compare_rows(before, after)
    changed = _flips(with_rows(known, after, before), with_rows(known, before, after), **asked)
    text = rows_as_text(found, changed) if form == "table" else listing.as_json(rows_as_data(found, changed))
    payload.write(text, output)
    sys.exit(Exit.FINDINGS if found else Exit.CLEAN)


def _editions(
    known: Knowledge, old: str, new: str, propose: Path | None, asked: dict[str, Any], form: str, output: str | None
) -> None:
    from comity.authoring.editions import Change, compare
    from comity.cli.find import scheme
    from comity.judgement.flips import without
    from comity.report.changes import editions_as_data, editions_as_text

    first, second = scheme(known, old), scheme(known, new)
    found = compare(known, first, second)
    changed = _flips(known, without(known, first, asked["on"]), **asked)
    text = editions_as_text(found, changed) if form == "table" else listing.as_json(editions_as_data(found, changed))
    payload.write(text, output)
    if propose is not None:
        _propose(found, asked["on"], propose)
    sys.exit(Exit.CLEAN if all(c.changes == (Change.KEPT,) for c in found.changed) else Exit.FINDINGS)


def _flips(
    before: Knowledge,
    after: Knowledge,
    documents: tuple[str, ...],
    markets: tuple[str, ...],
    trust: Path | None,
    on: date,
) -> tuple[Flip, ...] | None:
    from comity.cli.run import readable
    from comity.judgement import trust as trusting
    from comity.judgement.flips import flips
    from comity.knowledge import market

    if not documents:
        return None
    read, _ = readable(documents)
    names = [market(before, m).notation for m in markets]
    vouched = trusting.read(trust) if trust else trusting.NOBODY
    return flips(before, after, read, on=on, markets=names, trust=vouched)


def _propose(found: Comparison, on: date, file: Path) -> None:
    from comity.authoring.proposal import proposal

    text, count = proposal(found, on)
    file.write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"{file}: {count} suggested rows, the relation of each left open (comity:closeMatch)", err=True)
