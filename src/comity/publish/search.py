"""The index that the search of a site reads: JSON in a script, because a page on disk may read no other file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

Entry = tuple[str, str, str, str, str]
"""Path, identifier, label, what and where it is, and its text."""


def write(entries: Iterable[Entry]) -> bytes:
    """Write the index; what follows the sign of equality is JSON."""
    rows: Sequence[Entry] = list(entries)
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    # U+2028 and U+2029 end a line in older JavaScript; "</" would matter were it ever put into a page.
    text = lines.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("</", "<\\/")
    return f"window.comityIndex = [\n{text}\n];\n".encode()
