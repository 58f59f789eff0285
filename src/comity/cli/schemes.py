"""Check schemes, markets and mappings that are the user's own: knowledge, and tables that are to become it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from comity.model.places import Finding

if TYPE_CHECKING:
    from comity.cli.tables import Source

TABLES = (".xlsx", ".xlsm", ".csv", ".json", ".jsonld", ".ods", ".xls")
"""What a table, or a vocabulary in another format, is known by."""


def sources(paths: Sequence[Path]) -> tuple[list[Path], list[Source]]:
    """Part paths into knowledge and tables; the tables with their content."""
    from comity.cli.tables import contents
    from comity.knowledge.sources import kind_of

    tables = [p for p in paths if (p.suffix.lower() in TABLES and not kind_of(p.name)) or p.as_posix() == "-"]
    return [p for p in paths if p not in tables], list(contents(p.as_posix() for p in tables))


def checked(knowledge: Sequence[Path], tables: Sequence[Source], extra: Sequence[Path]) -> tuple[Finding, ...]:
    """Return what is wrong with files of the user's own, as far as Comity's own have it not.

    :param knowledge: Turtle, mapping sets, tables of the ontology, folders.
    :param tables: criteria in workbooks, text tables and other formats.
    :param extra: what they may name.
    :raises Refused: when none of the tables can be read.
    """
    from comity.authoring.checking.inspect import order
    from comity.authoring.checking.inspect_criteria import moved, standing
    from comity.authoring.importing import read_all
    from comity.authoring.turtle import write_turtle
    from comity.cli.tables import refuse_unreadable
    from comity.knowledge import survey

    ours = set(problems(extra))
    if not tables:
        return tuple(f for f in problems([*extra, *knowledge]) if f not in ours)
    known = survey([*extra, *knowledge])
    drafts = read_all(tables, known, None)
    refuse_unreadable(drafts)
    found = [f for draft in drafts for f in draft.problems]
    with tempfile.TemporaryDirectory() as folder:
        written = {}
        for number, draft in enumerate(map(standing, drafts)):
            if draft.scheme is not None and draft.criteria:
                target = Path(folder) / f"{number}.ttl"
                target.write_text(write_turtle(draft), "utf-8", newline="\n")
                written[target.as_posix()] = draft
        together = [f for f in problems([*extra, *knowledge, *map(Path, written)]) if f not in ours]
        for name, draft in written.items():
            found += moved(together, draft, written, name, known)
    found += [f for f in together if f.place.document not in written and knowledge]
    return tuple(sorted(dict.fromkeys(found), key=order))


def problems(paths: Sequence[Path]) -> list[Finding]:
    """Return what is wrong with Comity's knowledge together with a user's: what cannot be read, what is not sound."""
    from comity.authoring.checking.soundness import examine
    from comity.knowledge import survey
    from comity.knowledge.problems import Problems
    from comity.knowledge.sources import package_sources, user_sources

    known = survey(paths)
    return [*known.findings, *examine(known, [*package_sources(), *user_sources(paths, Problems())])]
