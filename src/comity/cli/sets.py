"""Read the mapping sets that a user names."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TextIO

from comity.cli.base import Refused
from comity.formats import sssom
from comity.formats.sssom import SssomFile

ENDING = ".sssom.tsv"
"""What a mapping set in a folder is known by; a file that is named is read whatever its ending."""


def contents(names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of each mapping set: files, folders of them, ``-`` for standard input.

    :raises Refused: when a name leads to none.
    """
    for name in names:
        if name == "-":
            yield "-", sys.stdin.buffer.read()
            continue
        for member in _members(name):
            try:
                yield member.as_posix(), member.read_bytes()
            except OSError as error:
                raise Refused(f"{member}: {error.strerror or error}") from error


def texts(names: Iterable[str]) -> Iterator[tuple[str, TextIO]]:
    """Yield the name and the text of each mapping set, without keeping them.

    :raises Refused: when a name leads to none.
    """
    for name in dict.fromkeys(names):
        if name == "-":
            try:
                yield "-", io.StringIO(sys.stdin.buffer.read().decode("utf-8-sig"), newline="")
            except UnicodeDecodeError as error:
                raise Refused("-: this is not UTF-8") from error
            continue
        for member in _members(name):
            try:
                with member.open(encoding="utf-8-sig", newline="") as text:
                    yield member.as_posix(), text
            except OSError as error:
                raise Refused(f"{member}: {error.strerror or error}") from error


def read(names: Iterable[str]) -> list[SssomFile]:
    """Read mapping sets; what is wrong in one stands in its findings.

    :raises Refused: when there is no row in any of them, and none that could not be read.
    """
    files = [sssom.read(content, name) for name, content in contents(dict.fromkeys(names))]
    if not any(file.columns for file in files):
        lines = [
            f"  {f.place.document} {f.place.path}: {f.message} {f.fix}".rstrip() for x in files for f in x.findings
        ]
        raise Refused("\n".join(["there is no mapping set to read", *lines]))
    return files


def checked(
    names: Sequence[str], form: str, copy: Path | None, extra: Sequence[Path], on: date, colour: bool
) -> tuple[str, bool]:
    """Check mapping sets, or those that come with Comity; return what to write, and whether something is to be mended.

    :param form: one of :data:`comity.cli.checking.FORMATS`.
    :param on: the day after which no row can have been stated yet.
    :param copy: where to write a copy of the one table with its problems marked.
    :raises Refused: when there is no row in any of them, and none that could not be read.
    """
    from comity import knowledge as base
    from comity.authoring.checking.check import check_mappings
    from comity.authoring.checking.inspect import Inspected, flat, inspect
    from comity.authoring.importing import read_all
    from comity.authoring.sheets.known import extended
    from comity.cli import checking, listing, load, tables
    from comity.report.mappings import checked as report

    if names:
        sources = list(tables.contents(names))
        loaded = load.knowledge(extra)
        drafts = read_all(sources, loaded)
        tables.refuse_unreadable(drafts)
        known = extended(loaded, drafts)
        found = inspect(known, drafts, on)
    else:
        sources, known = [], base.survey(extra)
        found = Inspected((), check_mappings(known), ())
    if copy:
        checking.copy_marked(copy, sources, flat(found.checked, known))
    if form == "json":
        problems = flat(found.checked, known) if names else found.checked.findings
        return listing.as_json(report.as_json(found.checked, problems, found.coverage)), found.checked.failed
    if form == "table":
        lines = report.as_text(found.checked, known.criteria, found.coverage, colour=colour)
        return lines, found.checked.failed
    text = checking.for_machines(form, flat(found.checked, known), found.checked.files)
    return text, found.checked.failed


def _members(name: str) -> list[Path]:
    path = Path(name)
    members = sorted(path.rglob("*" + ENDING)) if path.is_dir() else [path]
    if not members:
        raise Refused(f"{name}: no mapping set is in this folder; their names end with {ENDING}")
    return members
