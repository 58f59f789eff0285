"""Build what a command works on: knowledge and documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from comity.model.evidence import Document
from comity.model.knowledge import Knowledge
from comity.model.places import Finding, Severity

SHOWN = 10
"""Warnings about the user's own knowledge that are told one by one."""


def knowledge(extra: Sequence[Path] = (), beside: Iterable[str | Path | None] = ()) -> Knowledge:
    """Load our knowledge and the user's own; what is doubtful in the user's own goes to standard error.

    :param beside: what else the user gave, which is no knowledge: documents, a case, a trust list.
    :raises KnowledgeError: when the user's own is not sound; each problem goes to standard error.
    """
    from comity import knowledge as base
    from comity.model.errors import KnowledgeError

    try:
        known = base.load(extra)
    except KnowledgeError as error:
        for finding in error.findings[1:]:
            click.echo(_line(finding), err=True)
        raise
    if extra:
        _warn(known, {Path(given).resolve() for given in beside if given is not None})
    return known


def _warn(known: Knowledge, beside: set[Path]) -> None:
    own = {file.name for file in known.own}
    doubtful = [
        f
        for f in known.findings
        if f.severity is Severity.WARNING
        and (f.place.document in own or (f.code == "unread-file" and not _is_below(f.place.document, beside)))
    ]
    for finding in doubtful[:SHOWN]:
        click.echo(f"Warning: {_line(finding)}", err=True)
    if len(doubtful) > SHOWN:
        click.echo(f"and {len(doubtful) - SHOWN} more: comity schemes check shows them all", err=True)


def _is_below(name: str, folders: set[Path]) -> bool:
    path = Path(name).resolve()
    return not folders.isdisjoint((path, *path.parents))


def _line(finding: Finding) -> str:
    where = f"{finding.place.document} {finding.place.pointer}".rstrip()
    return f"{where}: {finding.message} {finding.fix}".rstrip()


def documents(names: Iterable[str]) -> tuple[tuple[Document, ...], tuple[Finding, ...]]:
    """Read files, folders, archives and standard input (``-``); tell also which files were passed over."""
    from comity import evidence
    from comity.formats.archives import open_inputs, skipped

    inputs = list(open_inputs([Path(n) for n in names]))
    return evidence.read(inputs), skipped(inputs)
