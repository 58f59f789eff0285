"""Read files of any format that authors have as drafts: tables here, other formats by their own readers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from comity.authoring import exchange
from comity.authoring.draft import Draft, Sort
from comity.authoring.sheets.known import extended
from comity.authoring.sheets.reading import drafted
from comity.authoring.sheets.tables import open_tables
from comity.model.knowledge import Knowledge

Source = tuple[str, bytes]
"""Name and content of a file."""

_METADATA = (".yml", ".yaml")


def read_all(files: Iterable[Source], knowledge: Knowledge, sort: Sort | None = None) -> tuple[Draft, ...]:
    """Read files, criteria before the mappings that may name them.

    A file of metadata (``.yml``) belongs to the mapping set of its name, or to the only one.

    :param sort: what tables are, where their headings would not tell.
    """
    listed = list(files)
    metadata = {_stem(name): content for name, content in listed if name.endswith(_METADATA)}
    tables = [(name, content) for name, content in listed if not name.endswith(_METADATA)]
    if len(tables) == 1 and len(metadata) == 1:
        metadata = {_stem(tables[0][0]): next(iter(metadata.values()))}
    foreign = exchange.read_all(tables)
    drafts: dict[str, Draft] = {read.draft.name: read.draft for read in foreign}
    taken = {name for read in foreign for name in read.files}
    opened = [
        open_tables(content, name, sort, metadata.get(_stem(name))) for name, content in tables if name not in taken
    ]
    for one in sorted(opened, key=lambda o: not any(t.sort == "criteria" for t in o.tables)):
        drafts[one.name] = drafted(one, extended(knowledge, drafts.values()))
    order = [name for name, _ in tables]
    return tuple(sorted(drafts.values(), key=lambda d: order.index(d.name) if d.name in order else -1))


def _stem(name: str) -> str:
    """Return what the files of one mapping set have in common.

    >>> _stem("a/b.sssom.tsv"), _stem("a/b.sssom.yml"), _stem("b.tsv")
    ('b', 'b', 'b')
    """
    base = PurePath(name.replace("\\", "/")).name
    for ending in (*_METADATA, ".tsv", ".csv", ".xlsx"):
        base = base.removesuffix(ending)
    return base.removesuffix(".sssom").removesuffix(".meta")
