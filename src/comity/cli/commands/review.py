"""``comity review``: what is open in mapping sets, and sign-off."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli import listing, payload
from comity.cli.base import Command
from comity.cli.exits import Exit
from comity.cli.options import EXTRA, ON, OUTPUT

if TYPE_CHECKING:
    from comity.formats.sssom import SssomFile


@click.command(cls=Command, short_help="List what is open in mapping sets, and sign rows.")
@click.argument("sets", nargs=-1, metavar="[SET...]")
@click.option("--sign", "ids", multiple=True, metavar="ID", help="Sign this row of the one SET; may be repeated.")
@click.option("--as", "by", metavar="WHO", help="Who signs: a DID, an ORCID or a web address.")
@click.option("--name", default="", metavar="NAME", help="The signer's name, for people.")
@click.option("--disagree", "objection", default="", metavar="WHY", help="Sign that you do not agree, and why.")
@listing.FORMAT
@ON
@EXTRA
@OUTPUT
def review(
    sets: tuple[str, ...],
    ids: tuple[str, ...],
    by: str | None,
    name: str,
    objection: str,
    form: str | None,
    on: date,
    extra: tuple[Path, ...],
    output: str | None,
) -> None:
    """Say of each row of mapping SETs (files or folders of SSSOM TSV) who asserts it, who reviewed it, what is open.

    Without a SET: of those that come with Comity, counted. With --sign: write who reviewed rows into the SET, on the
    day of --on, and the authority that follows: reviewed, or an owner's where the scheme lists the signer among its
    stewards. Only the cells of these rows change. Nobody proves who signs: whoever keeps the file answers for that.
    Exit code 1 when something is open.
    """
    if ids:
        if len(sets) != 1 or not by:
            raise click.UsageError("name the one SET to sign, and who signs with --as")
        _sign(sets[0], ids, (by, name, objection), on, extra)
        return
    if by or name or objection:
        raise click.UsageError("--as, --name and --disagree go with --sign")
    from comity.authoring.review.status import review as reviewed
    from comity.cli import load
    from comity.report import review as report

    known = load.knowledge(extra)
    chosen = payload.choose(form, output, listing.FORMATS, "table")
    found = reviewed(known, _files(sets), on)
    text = (
        report.as_text(found, known.criteria, bool(sets))
        if chosen == "table"
        else listing.as_json(report.as_data(found))
    )
    payload.write(text, output)
    sys.exit(Exit.FINDINGS if any(s.findings or any(r.open for r in s.rows) for s in found) else Exit.CLEAN)


def _files(names: tuple[str, ...]) -> list[SssomFile]:
    """Read the sets that are named, or those of the package.

    :raises UnreadableError: for a workbook or another table, which is to be imported first.
    """
    from comity.authoring.review.signing import read
    from comity.cli import sets
    from comity.formats import sssom
    from comity.knowledge.sources import package_sources

    if names:
        return [read(content, name) for name, content in sets.contents(dict.fromkeys(names))]
    return [sssom.read(s.content, s.name) for s in package_sources() if s.kind == "mappings"]


def _sign(name: str, ids: tuple[str, ...], signer: tuple[str, str, str], on: date, extra: tuple[Path, ...]) -> None:
    from comity.authoring.review.signing import Signer, identifier, sign
    from comity.cli import load, replacing
    from comity.report.review import signed_as_text

    by, called, objection = signer
    try:
        who = identifier(by)
    except ValueError as error:
        raise click.UsageError(f"--as: {error}") from error
    content = replacing.content(name)
    after, signed = sign(content, name, ids, Signer(who, called, on, objection), load.knowledge(extra))
    if after != content:
        replacing.replace(name, after)
    click.echo(signed_as_text(name, signed), err=True)
