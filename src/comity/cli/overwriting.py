"""What is kept of a file that an import writes anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli import payload
from comity.cli.base import Refused
from comity.model.errors import UnreadableError

if TYPE_CHECKING:
    from comity.authoring.review.carrying import Carried
    from comity.cli.tables import Output
    from comity.model.knowledge import Knowledge


def kept(output: Output, known: Knowledge, *, partial: bool) -> Output:
    """Return what to write in a file's place: rows with the signatures that the file holds.

    What becomes of each signature is told on standard error. Turtle is written anew: it holds what the table says.

    :param partial: whether rows with errors are left out.
    :raises Refused: where something would be lost that is not told of: a table that people fill in, a set of other
        rows or one that cannot be read, a review that stands in the table and is of another text.
    """
    from comity.authoring.review.carrying import carry, has_row_of, signed_rows

    target, draft, kind, chosen = output
    if chosen in ("xlsx", "csv"):
        payload.spare(target)
    if chosen != "sssom" or target in (None, "-") or not Path(target).is_file() or not Path(target).stat().st_size:
        return output
    try:
        before = signed_rows(Path(target).read_bytes(), target)
    except (OSError, UnreadableError) as error:
        raise Refused(f"{target} is there already, and signatures in it would be lost: {error} {_FORCE}") from error
    if before.rows and not has_row_of(before, draft):
        raise Refused(f"{target} is there already, and holds other rows than {draft.name}. {_FORCE}")
    after, carried = carry(before, draft, known)
    _refuse_stale(draft.name, carried)
    if partial:
        _refuse_gone(target, carried)
    for line in _told(target, carried):
        click.echo(line, err=True)
    return target, after, kind, chosen


_FORCE = "Name another file with -o, or write over it with --force."


def _refuse_stale(name: str, carried: tuple[Carried, ...]) -> None:
    """Refuse rows that were changed after they were signed, and still name who signed.

    :raises Refused: when there is one.
    """
    stale = [c for c in carried if c.standing]
    if not stale:
        return
    lines = [f"  {c.id}: changed since ({', '.join(c.changed)}); still names {', '.join(c.standing)}" for c in stale]
    fix = "Empty the cells of these reviewers and objections, or let them stand with --force. Nothing is written."
    raise Refused("\n".join([f"{name}: rows are no longer what was signed:", *lines, fix]))


def _refuse_gone(target: str, carried: tuple[Carried, ...]) -> None:
    """Refuse to leave out rows that are signed: they may be among those with an error, which somebody will mend.

    :raises Refused: when there is one.
    """
    gone = [f"  {c.id}: {', '.join(c.people)}" for c in carried if c.gone]
    if gone:
        fix = "Mend the errors first, or drop these signatures with --force. Nothing is written."
        raise Refused("\n".join([f"{target}: signed rows are left out:", *gone, fix]))


def _told(target: str, carried: tuple[Carried, ...]) -> list[str]:
    """Say which signatures are kept, and which are not and why."""
    kept_, dropped = [c for c in carried if c.kept], [c for c in carried if not c.kept]
    lines = []
    if kept_:
        lines += [f"{target}: signatures kept:", *(f"  {c.id}: {', '.join(c.people)}" for c in kept_)]
    if dropped:
        lines.append(f"{target}: signatures dropped, for they are on what was signed:")
        lines += [f"  {c.id}: {', '.join(c.people)} ({_why(c)})" for c in dropped]
    return lines


def _why(one: Carried) -> str:
    return "the row is gone" if one.gone else f"changed: {', '.join(one.changed)}"
