"""Build what a command works on: knowledge and documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from comity.model.evidence import Document
from comity.model.knowledge import Knowledge
from comity.model.places import Finding


def knowledge(extra: Sequence[Path] = ()) -> Knowledge:
    """Load our knowledge and the user's own.

    :raises KnowledgeError: when the user's own is not sound; each problem goes to standard error.
    """
    from comity import knowledge as base
    from comity.model.errors import KnowledgeError

    try:
        return base.load(extra)
    except KnowledgeError as error:
        for finding in error.findings[1:]:
            click.echo(f"{finding.place.document} {finding.place.pointer}: {finding.message} {finding.fix}", err=True)
        raise


def documents(names: Iterable[str]) -> tuple[tuple[Document, ...], tuple[Finding, ...]]:
    """Read files, folders, archives and standard input (``-``); tell also which files were passed over."""
    from comity import evidence
    from comity.formats.archives import open_inputs, skipped

    inputs = list(open_inputs([Path(n) for n in names]))
    return evidence.read(inputs), skipped(inputs)
