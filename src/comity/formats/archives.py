"""Files, folders, archives and standard input as a flat list of inputs, each with a name that the user knows."""

from __future__ import annotations

import io
import os
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from comity.formats import limits
from comity.model.classes import dataclass
from comity.model.errors import UnreadableError
from comity.model.places import Finding, Place, Severity

SUFFIXES = frozenset(
    {
        ".json",
        ".jsonld",
        ".jwt",
        ".ndjson",
        ".jsonl",
        ".csv",
        ".tsv",
        ".xlsx",
        ".xlsm",
        ".xls",
        ".xlsb",
        ".ods",
        ".ttl",
        ".zip",
    }
)
"""What is read from folders and archives; a file that the user names is read whatever its name is."""

BOOKS = frozenset({"[Content_Types].xml", "mimetype"})
"""An entry of one of these names makes a zip file a workbook."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input, read when it is asked for.

    :param name: the path as the user gave it, with slashes on every system; within archives the rest behind one.
    :param load: returns the bytes, or raises :class:`UnreadableError`.
    :param problem: why there is nothing to read: an error, or information that a file was skipped.
    """

    name: str
    load: Callable[[], bytes]
    problem: Finding | None = None

    @property
    def data(self) -> bytes:
        """The bytes; they are not kept."""
        return self.load()

    @classmethod
    def of(cls, name: str, data: bytes) -> Input:
        """Make an input from bytes at hand.

        >>> Input.of("a.json", b"{}").data
        b'{}'
        """
        return cls(name, lambda: data)

    @classmethod
    def broken(cls, code: str, name: str, message: str, fix: str = "", severity: Severity = Severity.ERROR) -> Input:
        """Make an input that cannot be read, or was not."""
        return cls(name, bytes, Finding(code, severity, Place(name), message, fix))


def open_inputs(paths: Iterable[Path]) -> Iterator[Input]:
    """List what the paths lead to; ``-`` is standard input.

    Folders are walked in sorted order. Nothing raises: what cannot be opened is an input with a problem.
    """
    for path in paths:
        if path.as_posix() == "-":
            yield from _stdin()
        elif path.is_dir():
            yield from _folder(path)
        elif path.is_file():
            yield from _file(path)
        elif path.exists():
            yield Input.broken(
                "not-a-file", path.as_posix(), "This is neither a file nor a folder.", "Name a file, a folder or -."
            )
        else:
            yield Input.broken("not-found", path.as_posix(), "There is no such file or folder.", "Check the path.")


def skipped(inputs: Iterable[Input]) -> tuple[Finding, ...]:
    """Collect the findings about files that were passed over: they are no documents."""
    return tuple(i.problem for i in inputs if i.problem is not None and i.problem.severity is Severity.INFO)


def _stdin() -> Iterator[Input]:
    content = sys.stdin.buffer.read(limits.max_bytes() + 1)
    if content.startswith(b"PK\x03\x04") and not _is_book(io.BytesIO(content)):
        yield from _zip(io.BytesIO(content), "-")
    else:
        yield Input.of("-", content)


def _folder(folder: Path) -> Iterator[Input]:
    found = 0
    for path in _files(folder):
        if path.suffix.lower() in SUFFIXES:
            found += 1
            yield from _file(path)
        else:
            yield _passed_over(path.as_posix())
    if not found:
        wanted = ", ".join(sorted(SUFFIXES))
        fix = f"Documents end in {wanted}."
        yield Input.broken("no-documents", folder.as_posix(), "The folder holds no document.", fix)


def _files(folder: Path) -> Iterator[Path]:
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        yield from (Path(where, f) for f in sorted(files) if not f.startswith("."))


def _passed_over(name: str) -> Input:
    return Input.broken(
        "skipped-file", name, "The file was skipped: its name is not that of a document.", "", Severity.INFO
    )


def _file(path: Path) -> Iterator[Input]:
    name = path.as_posix()
    if path.suffix.lower() == ".zip":
        yield from _zip(path, name)
        return

    def load() -> bytes:
        """Read the file when it is asked for."""
        try:
            limits.refuse_above(path.stat().st_size, name)
            return path.read_bytes()
        except OSError as error:
            raise UnreadableError(
                "unreadable-file", Place(name), f"The file cannot be read: {error.strerror}."
            ) from error

    yield Input(name, load)


def _is_book(source: BinaryIO) -> bool:
    try:
        with zipfile.ZipFile(source) as archive:
            return any(n in BOOKS for n in archive.namelist())
    except zipfile.BadZipFile:
        return False


def _zip(source: Path | BinaryIO, name: str) -> Iterator[Input]:
    try:
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError) as error:
        yield Input.broken("broken-zip", name, f"The archive cannot be opened: {error}.", "Make or fetch it again.")
        return
    entries = sorted((e for e in archive.infolist() if _is_wanted(e)), key=lambda e: e.filename)
    problem = _bomb(entries, name)
    if problem is not None:
        yield problem
        return
    found = 0
    for entry in entries:
        inner = f"{name}/{entry.filename}"
        if Path(entry.filename).suffix.lower() not in SUFFIXES:
            yield _passed_over(inner)
            continue
        found += 1
        yield _entry(archive, entry, inner)
    if not found:
        yield Input.broken(
            "no-documents", name, "The archive holds no document.", "Put JSON, CSV or XLSX files into it."
        )


def _is_wanted(entry: zipfile.ZipInfo) -> bool:
    parts = entry.filename.split("/")
    return not entry.is_dir() and not any(p.startswith((".", "__MACOSX")) for p in parts)


def _bomb(entries: list[zipfile.ZipInfo], name: str) -> Input | None:
    allowed = limits.max_bytes() * limits.ARCHIVE_FACTOR
    total = sum(e.file_size for e in entries)
    if total > allowed:
        return Input.broken(
            "zip-bomb",
            name,
            f"The archive would unpack to {total} bytes; the limit is {allowed}.",
            f"Raise it with {limits.VARIABLE}={-(-total // limits.ARCHIVE_FACTOR)}, or unpack the files you need.",
        )
    if len(entries) > limits.MAX_ENTRIES:
        return Input.broken(
            "zip-bomb",
            name,
            f"The archive has {len(entries)} entries; the limit is {limits.MAX_ENTRIES}.",
            "Unpack it, and name the folder.",
        )
    return None


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> Input:
    if entry.filename.lower().endswith(".zip"):
        return Input.broken("nested-zip", name, "An archive stands within an archive.", "Unpack the outer one first.")

    def load() -> bytes:
        """Unpack the entry when it is asked for, no further than the limit."""
        limit = limits.max_bytes()
        limits.refuse_above(entry.file_size, name)
        try:
            with archive.open(entry) as stream:
                content = stream.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise UnreadableError(
                "broken-zip", Place(name), f"The entry cannot be unpacked: {error}.", "Make or fetch the archive again."
            ) from error
        # The size that an archive states may be a lie.
        limits.refuse_above(len(content), name)
        return content

    return Input(name, load)
