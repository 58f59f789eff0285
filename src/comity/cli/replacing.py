"""Write a file of the user's anew, at once or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from comity.cli.base import Refused


def content(name: str) -> bytes:
    """Return a file's bytes.

    :raises Refused: when it cannot be read.
    """
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Refused(f"{name}: {error.strerror or error}") from error


def replace(name: str, content: bytes) -> None:
    """Put new bytes in a file's place; whoever reads it meanwhile sees the old or the new, never a part.

    :raises Refused: when it cannot be written; the old one stays.
    """
    path = Path(name).resolve()
    try:
        number, spare = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(number, "wb") as file:
                file.write(content)
            Path(spare).chmod(path.stat().st_mode & 0o7777)
            Path(spare).replace(path)
        except OSError:
            Path(spare).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise Refused(f"{name}: {error.strerror or error}") from error
