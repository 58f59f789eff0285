"""Names of files that every file system can carry."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
"""What no file may be called on Windows, whatever its ending (Naming Files, Paths, and Namespaces)."""


def file_name(text: str) -> str:
    """Write a text as a file's name: signs that a file system forbids become hyphens.

    >>> file_name("kiln: 2/3?"), file_name("précis 1"), file_name("con.tsv"), file_name("...")
    ('kiln- 2-3', 'précis 1', 'con_.tsv', '')
    """
    name = _FORBIDDEN.sub("-", text).strip(" .-")
    if _RESERVED.fullmatch(name):
        stem, dot, rest = name.partition(".")
        return f"{stem}_{dot}{rest}"
    return name
