"""Read and write authors' tables for the commands: drafts in, text formats and workbooks out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.base import Refused
from comity.model.places import Finding, Severity

if TYPE_CHECKING:
    from comity.authoring.draft import Draft, Sort
    from comity.model.criteria import SchemeVersion
    from comity.model.knowledge import Knowledge

SETS = (".sssom.tsv",)
ENDINGS = (".xlsx", ".xlsm", ".csv", ".tsv", ".json", ".jsonld", ".ttl")
"""What an author's file in a folder is known by; a file that is named is read whatever its ending."""

BOM = "\ufeff"
"""By which spreadsheets know that a text table is UTF-8."""


def template(
    sort: Sort, known: Knowledge, schemes: Sequence[SchemeVersion], form: str, extra: Sequence[Path] = ()
) -> bytes | str:
    """Write a table to begin with; what of an edition has no column is told.

    :param extra: the user's own files, of which an edition may be.
    """
    from comity.authoring.exchange import selecting
    from comity.authoring.sheets import template as templates
    from comity.authoring.sheets.grid import grid
    from comity.authoring.sssom import write_sssom

    subject, object_ = [*schemes, None, None][:2]
    if sort == "mappings":
        draft = templates.mappings(known, subject, object_)
    else:
        draft = selecting.edition(known, subject, extra) if subject else templates.criteria(known)
    if form == "sssom":
        return write_sssom(draft)
    tell(grid(draft, sort, known).findings)
    if form == "csv":
        return BOM + templates.as_text(draft, sort, known)
    offered = templates.lists(known, subject, object_, sort)
    sides = templates.sides(known, subject, object_) if sort == "mappings" else ()
    return templates.as_workbook(draft, sort, known, offered, sides)


Source = tuple[str, bytes]
"""Name and content of a file."""

Output = tuple[str | None, "Draft", "Sort", str]
"""Where to write, what, which part of it and in which format."""

_FORMATS = {"criteria": "turtle", "mappings": "sssom"}
_EXTENSIONS = {"turtle": ".ttl", "sssom": ".sssom.tsv", "xlsx": ".xlsx", "csv": ".csv"}


def written(draft: Draft, sort: Sort, form: str, known: Knowledge) -> tuple[bytes | str, tuple[Finding, ...]]:
    """Write a part of a draft in a format: ``turtle``, ``sssom``, ``xlsx`` or ``csv``; and say what it cannot carry."""
    from comity.authoring.sheets import template as templates
    from comity.authoring.sheets.grid import grid
    from comity.authoring.sheets.known import extended
    from comity.authoring.sssom import write_sssom
    from comity.authoring.turtle import write_turtle

    if form == "turtle":
        return write_turtle(draft), ()
    if form == "sssom":
        return write_sssom(draft), ()
    known = extended(known, [draft])
    lost = grid(draft, sort, known).findings
    if form == "csv":
        return BOM + templates.as_text(draft, sort, known), lost
    return templates.as_workbook(draft, sort, known), lost


def outputs(drafts: Sequence[Draft], sort: Sort | None, output: str | None, form: str | None) -> list[Output]:
    """Say what goes where: one part to the file that is named, several into a folder.

    :raises click.UsageError: when parts would be written over each other, or a format cannot hold one.
    :raises Refused: when there is nothing to write.
    """
    parts: list[tuple[Draft, Sort]] = []
    for draft in drafts:
        if (draft.criteria or draft.scheme) and sort != "mappings":
            parts.append((draft, "criteria"))
        if draft.rows and sort != "criteria":
            parts.append((draft, "mappings"))
    if not parts:
        raise Refused("\n".join(["there is nothing to import", *(f"  {d.name}: {_empty(d, sort)}" for d in drafts)]))
    folder = output is not None and (output.endswith(("/", "\\")) or Path(output).is_dir())
    if not folder and len(parts) > 1:
        what = " and ".join(f"{kind} of {draft.name}" for draft, kind in parts)
        raise click.UsageError(f"there are {what}: name a folder with -o FOLDER/, or one of them with --as")
    if not folder:
        chosen = [form or _by_name(output, kind) for _, kind in parts]
        _refuse_misfits(parts, chosen)
        return [(output, draft, kind, one) for (draft, kind), one in zip(parts, chosen, strict=True)]
    target = Path(str(output))
    target.mkdir(parents=True, exist_ok=True)
    formats = [form or _FORMATS[kind] for _, kind in parts]
    _refuse_misfits(parts, formats)
    names = [
        (target / (stem(draft.name) + _EXTENSIONS[one])).as_posix()
        for (draft, _), one in zip(parts, formats, strict=True)
    ]
    if len(set(names)) < len(names):
        raise click.UsageError("two files would have one name; import them one by one")
    return [(name, draft, kind, one) for name, (draft, kind), one in zip(names, parts, formats, strict=True)]


def _empty(draft: Draft, sort: Sort | None) -> str:
    """Say why nothing of a draft is written."""
    if any(f.code == "relation-open" for f in draft.problems):
        return "no row of it says anything yet"
    return {"criteria": "it holds no criteria", "mappings": "it holds no mapping rows"}.get(
        str(sort), "it holds neither criteria nor mapping rows"
    )


def _by_name(output: str | None, kind: Sort) -> str:
    from comity.cli import payload

    return payload.choose(None, output, {"ttl": "turtle", "tsv": "sssom", "xlsx": "xlsx", "csv": "csv"}, _FORMATS[kind])


def _refuse_misfits(parts: Sequence[tuple[Draft, Sort]], formats: Sequence[str]) -> None:
    for (draft, kind), form in zip(parts, formats, strict=True):
        if (kind, form) in (("criteria", "sssom"), ("mappings", "turtle")):
            raise click.UsageError(f"{draft.name}: {kind} cannot be written as {form}, but as {_FORMATS[kind]}")


def stem(name: str) -> str:
    """Return a file's name without folders and endings.

    >>> stem("a/b.sssom.tsv"), stem("-"), stem("a/nul.csv")
    ('b', 'imported', 'nul_')
    """
    from comity.authoring.file_names import file_name

    base = Path(name.replace("\\", "/")).name
    for ending in (".tsv", ".sssom", ".xlsx", ".csv", ".json", ".jsonld", ".ttl"):
        base = base.removesuffix(ending)
    return file_name(base) or "imported"


def size(draft: Draft, sort: Sort) -> str:
    """Count what was written."""
    from comity.report.words import counted

    if sort == "criteria":
        return counted(len(draft.criteria), "criterion", "criteria")
    return counted(len(draft.rows), "row")


UNREADABLE = frozenset({"empty-file", "not-utf-8", "bad-sheet", "too-large", "no-headings"})
"""Codes of a file in which there is nothing to check."""


def refuse_unreadable(drafts: Sequence[Draft]) -> None:
    """Stop where no file can be read.

    :raises Refused: naming what is wrong with each.
    """
    found = [[f for f in draft.problems if f.code in UNREADABLE] for draft in drafts]
    if all(found) and not any(draft.rows or draft.criteria for draft in drafts):
        lines = [f"  {_spot(f)}: {f.message} {f.fix}".rstrip() for fs in found for f in fs]
        raise Refused("\n".join(["there is nothing to read", *lines]))


def _spot(finding: Finding) -> str:
    return f"{finding.place.document} {finding.place.pointer}".strip()


def tell(findings: Sequence[Finding]) -> bool:
    """Write findings to standard error; true when one of them is an error."""
    from comity.report.problems import as_lines

    if findings:
        click.echo("\n".join(as_lines(findings)), err=True)
    return any(f.severity is Severity.ERROR for f in findings)


def contents(given: Iterable[str]) -> Iterator[Source]:
    """Yield the name and content of each file: files, folders of them, ``-`` for standard input.

    :raises Refused: when a name leads to none.
    """
    names = tuple(dict.fromkeys(given))
    for name in names:
        if name == "-":
            yield "-", sys.stdin.buffer.read()
            continue
        for member in _members(name):
            try:
                content = member.read_bytes()
                yield member.as_posix(), content
                yield from _metadata(member, content, names)
            except OSError as error:
                raise Refused(f"{member}: {error.strerror or error}") from error


METADATA = (".yml", ".yaml")
"""Endings of metadata that lie beside a mapping set in SSSOM."""


def _metadata(member: Path, content: bytes, names: Sequence[str]) -> Iterator[Source]:
    """Yield the metadata that lie beside a mapping set without any of its own, unless they are named as well."""
    if not member.name.endswith(".tsv") or content.startswith(b"#"):
        return
    for ending in METADATA:
        beside = member.with_name(member.name.removesuffix(".tsv") + ending)
        if beside.is_file() and beside not in map(Path, names):
            yield beside.as_posix(), beside.read_bytes()


def _members(name: str) -> list[Path]:
    """Return the tables of a folder: its mapping sets in SSSOM, or where it has none, all that may be one."""
    path = Path(name)
    if not path.is_dir():
        return [path]
    files = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith(("~$", ".")))
    members = [p for p in files if p.name.endswith(SETS)] or [p for p in files if p.name.endswith(ENDINGS)]
    if not members:
        raise Refused(f"{name}: no table is in this folder; their names end with {', '.join((*SETS, *ENDINGS))}")
    return members
