"""The folder that a site is written to: nothing outside it is touched, and nothing in it that is not ours."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path, PurePosixPath

from comity.model.errors import ComityError

MARKER = ".comity-publish.json"
"""Says that a folder is a site of ours, and which of its files are."""

_WRITERS = 4
"""Files that are written at a time: most of the time is waiting for the disk."""

_MOST_WAITING = 64


class FolderError(ComityError):
    """A folder cannot be published to."""

    def __init__(self, folder: Path, message: str, fix: str = "") -> None:
        super().__init__(folder, message, fix)
        self.folder, self.message, self.fix = folder, message, fix

    def __str__(self) -> str:
        return f"{self.folder}: {self.message}" + (f" {self.fix}" if self.fix else "")


class Folder:
    """A folder claimed for a site.

    :param force: take a folder that holds something else; what it holds stays, except for files of the same name.
    :raises FolderError: when it is no folder, or holds something that was not published to it.
    """

    def __init__(self, path: Path, force: bool = False) -> None:
        if path.exists() and not path.is_dir():
            raise FolderError(path, "It is a file; name a folder.")
        self._before = _published(path)
        if self._before is None and not force and path.is_dir() and any(path.iterdir()):
            fix = "Name an empty folder, or a new one; --force publishes into it and keeps what is there."
            raise FolderError(path, "It holds files that comity publish did not write.", fix)
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FolderError(path, f"It cannot be made: {error.strerror}.") from error
        self._path, self._root = path, path.resolve()
        self._written: set[str] = set()
        self._made: set[Path] = set()
        self._mark(self._before or ())

    def write(self, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, int]]:
        """Write files while more of them are made, and yield the path and size of each.

        :param files: paths in the folder, with ``/``, and what stands there.
        :raises FolderError: when one would lie outside, or cannot be written.
        """
        with ThreadPoolExecutor(_WRITERS) as pool:
            waiting: deque[Future[None]] = deque()
            for name, content in files:
                waiting.append(pool.submit(self._write, name, content))
                yield name, len(content)
                while len(waiting) > _MOST_WAITING:
                    waiting.popleft().result()
            for written in waiting:
                written.result()

    def _write(self, name: str, content: bytes) -> None:
        target = self._path / self._inside(name)
        try:
            if target.parent not in self._made:
                target.parent.mkdir(parents=True, exist_ok=True)
                if not target.parent.resolve().is_relative_to(self._root):
                    raise FolderError(self._path, f"{name} would lie outside the folder: a link leads there.")
                self._made.add(target.parent)
            if target.is_symlink():
                target.unlink()
            target.write_bytes(content)
        except OSError as error:
            raise FolderError(self._path, f"{name} cannot be written: {error.strerror}.") from error
        self._written.add(name)

    def finish(self) -> None:
        """Remove what an earlier run wrote and this one did not."""
        for name in sorted(set(self._before or ()) - self._written):
            target = self._path / self._inside(name)
            if target.parent.resolve().is_relative_to(self._root) and (target.is_symlink() or target.is_file()):
                target.unlink()
                self._prune(target.parent)
        self._mark(self._written)

    def _prune(self, folder: Path) -> None:
        while folder != self._path and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent

    def _mark(self, names: set[str] | frozenset[str] | tuple[()]) -> None:
        marker = self._path / MARKER
        if marker.is_symlink():
            marker.unlink()
        text = json.dumps({"made_by": "comity publish", "files": sorted(names)}, indent=0, ensure_ascii=False)
        try:
            marker.write_text(text + "\n", encoding="utf-8", newline="\n")
        except OSError as error:
            raise FolderError(self._path, f"{MARKER} cannot be written: {error.strerror}.") from error

    def _inside(self, name: str) -> PurePosixPath:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or not path.parts:
            raise FolderError(self._path, f"{name} would lie outside the folder.")
        return path


def _published(path: Path) -> frozenset[str] | None:
    """Return the files that an earlier run wrote; ``None`` where there was none."""
    try:
        told = json.loads((path / MARKER).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    files = told.get("files") if isinstance(told, dict) and told.get("made_by") == "comity publish" else None
    return frozenset(map(str, files)) if isinstance(files, list) else None
