"""A folder of the user's for what can be made again: files that are whole, our own, or not there.

Nothing here may fail, for nothing depends on it: what cannot be read or written is as if there were no cache.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

VARIABLE = "COMITY_CACHE"
"""Environment variable: another folder, or ``off`` for none."""

KEPT = 8
"""Files that stay; the oldest go."""

_SUFFIX = ".sqlite"
_SUM = hashlib.sha256().digest_size


def folder() -> Path | None:
    """Return the folder, there or not; ``None`` when the user wants none."""
    stated = os.environ.get(VARIABLE)
    if stated is not None:
        return None if stated.strip().lower() in ("", "off") else Path(stated)
    try:
        return _usual() / "comity"
    except RuntimeError:  # nobody's home
        return None


def _usual() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    stated = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return stated if stated.is_absolute() else Path.home() / ".cache"


def read(name: str) -> bytes | None:
    """Return a file's content; ``None`` when it is not there, not whole, or may be somebody else's."""
    place = folder()
    if place is None:
        return None
    try:
        with (place / (name + _SUFFIX)).open("rb") as file:
            content = file.read() if _is_ours(os.fstat(file.fileno())) else b""
    except (OSError, ValueError):
        return None
    payload = memoryview(content)[:-_SUM]
    return bytes(payload) if hashlib.sha256(payload).digest() == content[-_SUM:] else None


def write(name: str, content: bytes) -> None:
    """Keep a file: at once or not at all, whoever else writes it."""
    import tempfile

    place = folder()
    if place is None:
        return
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, made = tempfile.mkstemp(_SUFFIX + ".part", "", place)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content + hashlib.sha256(content).digest())
            os.replace(made, place / (name + _SUFFIX))
        except BaseException:
            os.unlink(made)
            raise
        _tidy(place)
    except (OSError, ValueError):
        return


def _is_ours(status: os.stat_result) -> bool:
    """Tell whether nobody but the user, or who administers the machine, can have written a file."""
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid in (os.getuid(), 0) and not status.st_mode & 0o022


def _tidy(place: Path) -> None:
    """Let go of the oldest files, and of what a writer that was stopped has left."""
    written = sorted(
        (p for p in place.iterdir() if p.name.endswith((_SUFFIX, _SUFFIX + ".part"))),
        key=lambda p: p.stat().st_mtime,
        reverse=True,
    )
    for path in written[KEPT:]:
        path.unlink(missing_ok=True)
