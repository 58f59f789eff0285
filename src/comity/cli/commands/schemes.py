"""``comity schemes``: the texts that Comity knows, edition by edition."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

import click

from comity.cli import checking, payload
from comity.cli.base import Group
from comity.cli.exits import Exit
from comity.cli.find import scheme
from comity.cli.listing import FORMAT, emit, place
from comity.cli.options import EXTRA, OUTPUT, PATH
from comity.model.criteria import Criterion, SchemeVersion
from comity.model.places import Finding, Severity


@click.group(cls=Group, short_help="List, show or check texts of rules.")
def schemes() -> None:
    """The regulations, standards and guidance that Comity knows, one entry for each edition."""


@schemes.command("list", short_help="List the editions of all texts.")
@FORMAT
@EXTRA
@OUTPUT
def list_(form: str | None, extra: tuple[Path, ...], output: str | None) -> None:
    """List the editions of all texts, with the number of their criteria."""
    from comity.cli.load import knowledge

    known = knowledge(extra)
    criteria = [c.version for c in known.criteria.values()]
    found = sorted(known.schemes.values(), key=lambda s: s.notation)
    emit([_version(s, criteria.count(s.iri)) for s in found], form, output)


@schemes.command(short_help="Show the criteria of an edition.")
@click.argument("name", metavar="SCHEME")
@FORMAT
@EXTRA
@OUTPUT
def show(name: str, form: str | None, extra: tuple[Path, ...], output: str | None) -> None:
    """List the criteria of one edition of a text."""
    from comity.cli.load import knowledge

    known = knowledge(extra)
    version = scheme(known, name)
    criteria = sorted(
        (c for c in known.criteria.values() if c.version == version.iri), key=lambda c: _natural(c.notation)
    )
    emit([_criterion(c) for c in criteria], form, output)


@schemes.command(short_help="Check schemes, markets and mappings.")
@click.argument("paths", nargs=-1, type=PATH, metavar="[PATH]...")
@checking.FORMAT
@checking.MARKED
@EXTRA
@OUTPUT
def check(
    paths: tuple[Path, ...], form: str | None, marked: Path | None, extra: tuple[Path, ...], output: str | None
) -> None:
    """Check files of your own schemes, markets and mappings as Comity checks its own, and tables of criteria.

    Without any, what comes with Comity is checked.
    Each problem is named with file and line, or sheet and cell; the exit code is 1 when one of them is an error.
    """
    from comity.cli import schemes as own

    chosen = payload.choose(form, output, checking.EXTENSIONS, "table")
    knowledge, tables = own.sources(paths)
    findings = own.checked(knowledge, tables, extra) if paths else own.problems(extra)
    if marked:
        checking.copy_marked(marked, tables, findings)
    if chosen in ("sarif", "junit"):
        payload.write(checking.for_machines(chosen, findings, [p.as_posix() for p in paths]), output)
    elif tables:
        payload.write(checking.as_text(chosen, findings, payload.is_coloured(output)), output)
    else:
        emit([_finding(f) for f in findings], chosen, output, "No problems.")
    sys.exit(Exit.FINDINGS if any(f.severity is Severity.ERROR for f in findings) else Exit.CLEAN)


def _version(found: SchemeVersion, criteria: int) -> dict[str, str | None]:
    return {
        "scheme": found.notation,
        "criteria": str(criteria),
        "in_force_from": _day(found.in_force_from),
        "in_force_until": _day(found.in_force_until),
        "withdrawn_from": _day(found.withdrawn_from),
        "state": found.state or None,
        "basis": found.basis.value,
        "label": found.label,
    }


def _criterion(found: Criterion) -> dict[str, str | None]:
    return {
        "criterion": found.notation,
        "kind": found.kind.value,
        "level": found.level.value,
        "basis": found.basis.value,
        "confidence": found.confidence.token if found.confidence is not None else None,
        "label": found.label,
    }


def _finding(found: Finding) -> dict[str, str | None]:
    return {
        "severity": found.severity.value,
        "code": found.code,
        "place": place(found.place),
        "message": f"{found.message} {found.fix}".strip(),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _natural(notation: str) -> tuple[str | int, ...]:
    """Order 2 before 10.

    >>> sorted(["a-10", "a-2"], key=_natural)
    ['a-2', 'a-10']
    """
    return tuple(int(p) if i % 2 else p for i, p in enumerate(re.split(r"(\d+)", notation)))
