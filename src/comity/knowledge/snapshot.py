"""The knowledge as it was read, kept to start fast: read record by record, as a question reaches them.

A snapshot is an SQLite database in the user's cache folder (:mod:`comity.knowledge.cache`). Its name and its content
tell what it was made of: every byte of every source, their names, and our own code that read them. So it is never
older than what it stands for, and its format needs no number: it changes with the code.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import is_dataclass
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

from comity.knowledge import cache as folder
from comity.knowledge.coding import coding, types
from comity.knowledge.sources import Source
from comity.model.knowledge import Knowledge

CODE = ("model", "units", "formats", "algebra", "knowledge")
"""The packages that decide what is made of sources."""

METRIC = ("limit", "metric")
"""Where a criterion names the metric that its limit is on."""

INDEXES = {"criteria": METRIC}
"""Tables whose records are found by more than their name."""

Kept = TypeVar("Kept")


class Stored(Mapping[str, Kept]):
    """A table of records by name; each is read when it is first asked for."""

    __slots__ = ("_database", "_found", "_kind", "_table", "_whole")

    def __init__(self, database: sqlite3.Connection, table: str, kind: Any) -> None:
        self._database, self._table, self._kind = database, table, kind
        self._found: dict[str, Kept] = {}
        self._whole = False

    def __getitem__(self, name: str) -> Kept:
        if name not in self._found:
            record = None if self._whole else self._one(name)
            if record is None:
                raise KeyError(name)
            self._found[name] = self._made(record)
        return self._found[name]

    def __contains__(self, name: object) -> bool:
        return name in self._found or (not self._whole and isinstance(name, str) and self._one(name) is not None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __repr__(self) -> str:
        return repr(self._all())

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (self._all(),)

    def where(self, path: tuple[str, ...], value: str) -> list[str]:
        """Return the names of the records with a value in a field, in their order."""
        query = f'SELECT name FROM "{self._table}" WHERE {_spot(self._kind, path)} = ? ORDER BY position'  # noqa: S608
        return [name for (name,) in self._database.execute(query, (value,))]

    def values_of(self, path: tuple[str, ...]) -> list[str]:
        """Return the different values of a field, in the order of the first records with them."""
        spot = _spot(self._kind, path)
        query = f'SELECT {spot} FROM "{self._table}" WHERE {spot} IS NOT NULL GROUP BY 1 ORDER BY min(position)'  # noqa: S608
        return [value for (value,) in self._database.execute(query)]

    def _one(self, name: str) -> str | None:
        found = self._database.execute(f'SELECT record FROM "{self._table}" WHERE name = ?', (name,)).fetchone()  # noqa: S608
        return found[0] if found else None

    def _all(self) -> dict[str, Kept]:
        if not self._whole:
            rows = self._database.execute(f'SELECT name, record FROM "{self._table}" ORDER BY position')  # noqa: S608
            known = self._found
            self._found = {name: known[name] if name in known else self._made(record) for name, record in rows}
            self._whole = True
        return self._found

    def _made(self, record: str) -> Kept:
        made: Kept = _loaded(self._kind, record)
        return made


def key(sources: Iterable[Source]) -> str:
    """Return what tells one state of knowledge, and of our code, from all others."""
    whole = hashlib.sha256(_code().encode())
    for source in sources:
        head = f"{source.name}\n{source.own}\n{len(source.content)}\n"
        whole.update(head.encode("utf-8", "surrogatepass"))
        whole.update(source.content)
    return whole.hexdigest()


def find(name: str) -> Knowledge | None:
    """Return the knowledge of a key, if it was kept."""
    content = folder.read(_file(name))
    if content is None:
        return None
    try:
        database = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        database.deserialize(content)
        single = dict(database.execute("SELECT name, record FROM single"))
        if single.pop("") != name:
            return None
        values = {f: _restored(database, f, kind, single.get(f)) for f, kind in types(Knowledge).items()}
        return Knowledge(**values)
    except (sqlite3.Error, AttributeError, LookupError, TypeError, ValueError):
        # Only bytes that we wrote come here; a library without ``deserialize`` may still be another's.
        return None


def keep(name: str, knowledge: Knowledge) -> None:
    """Keep the knowledge of a key, if that is possible."""
    if folder.folder() is None:
        return
    try:
        database = sqlite3.connect(":memory:", isolation_level=None)
        database.execute("CREATE TABLE single (name TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID")
        database.execute("INSERT INTO single VALUES ('', ?)", (name,))
        for field, kind in types(Knowledge).items():
            _write(database, field, kind, getattr(knowledge, field))
        folder.write(_file(name), database.serialize())
    except (sqlite3.Error, AttributeError, TypeError, ValueError):
        return


def _write(database: sqlite3.Connection, field: str, kind: Any, value: Any) -> None:
    text = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
    of = _of(kind)
    if of is None:
        write = coding(kind).write
        database.execute("INSERT INTO single VALUES (?, ?)", (field, text(write(value) if write else value)))
        return
    write = coding(of).write
    database.execute(f'CREATE TABLE "{field}" (position INTEGER PRIMARY KEY, name TEXT UNIQUE, record TEXT NOT NULL)')
    records = ((name, text(write(one) if write else one)) for name, one in value.items())
    database.execute("BEGIN")
    database.executemany(f'INSERT INTO "{field}" (name, record) VALUES (?, ?)', records)  # noqa: S608
    if field in INDEXES:
        database.execute(f'CREATE INDEX "{field} by value" ON "{field}" ({_spot(of, INDEXES[field])})')
    database.execute("COMMIT")


def _restored(database: sqlite3.Connection, field: str, kind: Any, record: str | None) -> Any:
    return Stored[Any](database, field, _of(kind)) if record is None else _loaded(kind, record)


def _loaded(kind: Any, record: str) -> Any:
    read, plain = coding(kind).read, json.loads(record)
    return read(plain) if read else plain


@cache
def _spot(kind: Any, path: tuple[str, ...]) -> str:
    """Return where a field, and a field of that, stands in a record, as SQL."""
    steps = []
    for name in path:
        hints = types(kind)
        steps.append(list(hints).index(name))
        hint = hints[name]
        kind = next((one for one in get_args(hint) if is_dataclass(one)), hint)
    return f"json_extract(record, '$[{']['.join(map(str, steps))}]')"


def _file(name: str) -> str:
    return f"knowledge-{name[:32]}"


def _of(kind: Any) -> Any:
    """Return what the records of a table are; ``None`` for what is no table."""
    is_table = isinstance(get_origin(kind), type) and issubclass(get_origin(kind), Mapping)
    return get_args(kind)[1] if is_table else None


@cache
def _code() -> str:
    """Return a digest of the code that reads knowledge, and of the Python that runs it."""
    whole = hashlib.sha256(repr(sys.version_info[:3]).encode())
    for package in CODE:
        place = files("comity") / package
        members = Path(str(place)).glob("*.*") if isinstance(place, Path) else place.iterdir()
        for member in sorted(members, key=lambda m: m.name):
            if member.is_file():
                whole.update(member.name.encode() + b"\n")
                whole.update(member.read_bytes())
    return whole.hexdigest()
