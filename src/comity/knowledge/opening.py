"""The knowledge as commands ask for it: from its snapshot, or from its sources when there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from comity.knowledge import snapshot
from comity.knowledge.problems import Problems, refuse
from comity.knowledge.sources import Source, package_sources, report_unread, user_sources
from comity.model.knowledge import Knowledge


def load(extra: Sequence[Path] = ()) -> Knowledge:
    """Read the knowledge that Comity ships, and the user's own.

    :param extra: files (``*.ttl``, ``*.sssom.tsv``, tables by their names) and folders of them.
    :raises KnowledgeError: at the first error, carrying all of them; what is merely doubtful is in
        the ``findings`` of the result.
    """
    problems = Problems()
    sources = (*package_sources(), *user_sources(extra, problems))
    key = snapshot.key(sources)
    found = None if problems.findings else snapshot.find(key)
    return _beside(found or _read(key, sources, problems), extra)


def _read(key: str, sources: Sequence[Source], problems: Problems) -> Knowledge:
    # Readers, and the libraries that they need, are loaded when something has to be read.
    from comity.knowledge.loader import assemble

    knowledge = assemble(sources, problems)
    refuse(knowledge.findings)
    snapshot.keep(key, knowledge)
    return knowledge


def _beside(knowledge: Knowledge, extra: Sequence[Path]) -> Knowledge:
    # What lies beside the sources is none of them, and no part of the key that a snapshot is kept by.
    unread = Problems([*knowledge.findings])
    report_unread(extra, unread)
    return (
        replace(knowledge, findings=unread.ordered()) if len(unread.findings) > len(knowledge.findings) else knowledge
    )


def survey(extra: Sequence[Path] = ()) -> Knowledge:
    """Read the knowledge as :func:`load` does, errors and all: they stand in ``findings``.

    Not for judging: what has an error may be missing.
    """
    from comity.knowledge.loader import assemble

    problems = Problems()
    return _beside(assemble((*package_sources(), *user_sources(extra, problems)), problems), extra)
