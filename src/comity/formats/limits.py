"""How much Comity reads at once, and how the user raises it."""

from __future__ import annotations

import os

from comity.model.errors import UnreadableError
from comity.model.places import Place

MAX_BYTES = 25_000_000
"""Default limit of one document: the worst JSON of this size stays within a gigabyte of memory once parsed."""

MAX_DEPTH = 200
"""Levels of nesting; real credentials have fewer than 20."""

ARCHIVE_FACTOR = 10
"""An archive may unpack to this many times the limit of one document."""

MAX_ENTRIES = 10_000
"""Entries of one archive."""

VARIABLE = "COMITY_MAX_BYTES"


def max_bytes() -> int:
    """Return the limit of one document in bytes: ``COMITY_MAX_BYTES`` where it is set to a whole number.

    :raises UnreadableError: when the variable is set to something else.
    """
    text = os.environ.get(VARIABLE, "").strip().replace("_", "")
    if not text:
        return MAX_BYTES
    if not text.isdecimal() or int(text) == 0:
        raise UnreadableError(
            "bad-limit",
            Place(VARIABLE),
            f"{text!r} is no number of bytes.",
            f"Write a whole number: {VARIABLE}={MAX_BYTES}.",
        )
    return int(text)


def refuse_above(size: int, name: str, limit: int | None = None) -> None:
    """Refuse what is larger than the limit.

    :param size: in bytes.
    :raises UnreadableError: naming the limit and how to raise it.

    >>> refuse_above(11, "a.json", limit=10)
    Traceback (most recent call last):
    comity.model.errors.UnreadableError: a.json: The document has more than 10 bytes. Raise it with COMITY_MAX_BYTES=11.
    """
    allowed = max_bytes() if limit is None else limit
    if size > allowed:
        raise UnreadableError(
            "too-large",
            Place(name),
            f"The document has more than {allowed} bytes.",
            f"Raise it with {VARIABLE}={size}.",
        )
