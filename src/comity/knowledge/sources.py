"""Which files the knowledge is read from: those of the package and the user's own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from importlib.abc import Traversable
from importlib.resources import files
from pathlib import Path

from comity.knowledge.problems import Problems
from comity.model.classes import dataclass
from comity.model.places import Place

PACKAGE_FOLDERS = ("ontology", "mappings")

TABLES: Mapping[str, tuple[str, ...]] = {
    "aliases.csv": ("iri", "name", "target", "document_level", "permit", "reason"),
    "metric-rules.csv": ("id", "iri", "name", "metric", "qualifiers", "reason"),
    "qualifier-defaults.csv": ("id", "metric", "dimension", "value", "reason"),
    "fact-derivations.csv": ("id", "fact", "path", "match", "value", "when", "reason"),
    "attribute-metrics.csv": ("id", "path", "metric", "qualifiers", "reason"),
    "codes.csv": ("list", "code", "token", "note"),
    "declined.tsv": ("subject", "object", "reason", "basis", "declined_on"),
}
"""The tables by file name, and their columns. One that ends in ``.tsv`` has tabs between its cells, and no quotes."""

KINDS = f"Comity reads *.ttl, *.sssom.tsv and the tables {', '.join(sorted(TABLES))}."

ASIDE = frozenset((".html", ".jpeg", ".jpg", ".md", ".pdf", ".png", ".rst", ".svg", ".toml", ".txt"))
"""Endings of files that nobody takes for knowledge: what people read, and what other options take."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file of knowledge.

    :param name: as messages show it: from the repository's root for our own, as given for the user's.
    :param own: false for what the user brought.
    """

    name: str
    content: bytes
    own: bool = True

    @property
    def kind(self) -> str:
        """``turtle``, ``mappings``, ``table`` or nothing, by the file's name."""
        return kind_of(self.file_name)

    @property
    def file_name(self) -> str:
        """The name without folders."""
        return self.name.replace("\\", "/").rpartition("/")[2]


def kind_of(file_name: str) -> str:
    """Tell what a file holds, by its name.

    >>> kind_of("market.ttl"), kind_of("a--b.sssom.tsv"), kind_of("aliases.csv"), kind_of("notes.md")
    ('turtle', 'mappings', 'table', '')
    """
    if file_name.endswith(".ttl"):
        return "turtle"
    if file_name.endswith(".sssom.tsv"):
        return "mappings"
    return "table" if file_name in TABLES else ""


def package_sources() -> tuple[Source, ...]:
    """Read the knowledge that Comity ships, in order of name."""
    data = files("comity") / "data"
    found: list[Source] = []
    for folder in PACKAGE_FOLDERS:
        root = data / folder
        if root.is_dir():
            found.extend(Source(f"{folder}/{name}", file.read_bytes()) for name, file in _walk(root))
    return tuple(sorted(found, key=lambda s: s.name))


def user_sources(paths: Sequence[Path], problems: Problems) -> tuple[Source, ...]:
    """Read the user's files and folders; the layout of a folder is free.

    :param problems: gets a problem for each path that holds no knowledge.
    """
    found: dict[Path, Source] = {}
    for path in paths:
        members = sorted(p for p in path.rglob("*") if p.is_file() and kind_of(p.name)) if path.is_dir() else [path]
        usable = [member for member in members if member.is_file() and kind_of(member.name)]
        for member in usable:
            found.setdefault(member.resolve(), Source(member.as_posix(), member.read_bytes(), own=False))
        if not usable:
            what = "There is no such file or folder." if not path.exists() else "No knowledge is in it."
            problems.add("no-knowledge", Place(path.as_posix()), what, KINDS)
    return tuple(sorted(found.values(), key=lambda s: s.name))


def report_unread(paths: Sequence[Path], problems: Problems) -> None:
    """Report the files in the user's folders that nothing reads as knowledge, each by name.

    Hidden files and those that nobody would take for knowledge (:data:`ASIDE`) are passed over.
    """
    unread: dict[Path, Path] = {}
    for folder in filter(Path.is_dir, paths):
        for path in folder.rglob("*"):
            inside = path.relative_to(folder)
            hidden = any(part.startswith(".") for part in inside.parts)
            if not hidden and path.is_file() and not kind_of(path.name) and path.suffix.lower() not in ASIDE:
                unread.setdefault(path.resolve(), path)
    given = {path.resolve() for path in paths}
    for resolved, path in sorted(unread.items(), key=lambda pair: pair[1]):
        if resolved not in given:  # what is named as knowledge and is none is an error
            problems.add("unread-file", Place(path.as_posix()), "Nothing reads it as knowledge.", KINDS)


def digest(sources: Iterable[Source]) -> str:
    """Return one SHA-256 over the bytes of all sources, in order; where they lie does not matter."""
    whole = hashlib.sha256()
    for source in sources:
        whole.update(len(source.content).to_bytes(8, "big"))
        whole.update(source.content)
    return whole.hexdigest()


def _walk(folder: Traversable, above: str = "") -> Iterable[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if kind_of(entry.name):  # no folder of ours is called so, and to ask the disk takes time
            yield above + entry.name, entry
        elif entry.is_dir():
            yield from _walk(entry, f"{above}{entry.name}/")
