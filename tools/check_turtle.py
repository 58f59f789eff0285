"""Fail when Turtle written by hand is not in canonical order, or put it there (``--fix``).

The order is that of :mod:`comity.stores.turtle`: prefixes that are used, sorted; subjects sorted; ``a`` first, then
predicates and their objects, sorted; no blank nodes. Where lines break is left to the author, and comments may
stand above the prefixes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pyoxigraph as ox

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from comity.stores.turtle import write  # noqa: E402

FOLDERS = ("ontology", "shapes")
_PREFIX = re.compile(r"^@prefix\s+([\w-]*):\s*<([^>]*)>\s*\.$", re.MULTILINE)
_HEAD = re.compile(r"\A(?:#.*\n)*")


def canonical(text: str) -> str:
    """Write a file's triples in canonical order, below the comments that it begins with.

    :raises SyntaxError: when it is no Turtle.
    :raises ValueError: when it has a blank node.
    """
    triples = [q.triple for q in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)]
    head = _HEAD.match(text)
    return (head[0] if head else "") + write(triples, dict(_PREFIX.findall(text)))


def offence(text: str) -> str:
    r"""Say where a file first leaves the order, and what should stand there; empty when it does not.

    >>> offence("@prefix a: <urn:a#> .\n\na:y a:p 1 .\n\na:x a:p 1 .\n")
    "line 3: 'a:y' stands where 'a:x' should"
    """
    try:
        wanted = canonical(text)
    except SyntaxError as error:
        return f"line {error.lineno}: {error.msg}"
    except ValueError as error:
        return f"it has a blank node ({error})"
    for (line, have), (_, want) in zip_longest(_words(text), _words(wanted), fillvalue=(0, "the end")):
        if have != want:
            return f"line {line}: {have!r} stands where {want!r} should" if line else f"{want!r} is missing"
    return ""


def _words(text: str) -> Iterator[tuple[int, str]]:
    """Yield the words of a file with their lines, from 1; a comment inside is words as well."""
    for number, line in enumerate(text.splitlines(), 1):
        for word in line.split():
            yield number, word


def _fixed(path: Path) -> bool:
    """Write a file in order; tell whether that could be done."""
    try:
        path.write_text(canonical(path.read_text("utf-8")), "utf-8")
    except (SyntaxError, ValueError):
        return False
    return True


def main(arguments: list[str]) -> int:
    """Print each file that is out of order; return 1 when there are any. With ``--fix``, write them in order."""
    if arguments not in ([], ["--fix"]):
        print(f"usage: {Path(__file__).name} [--fix]", file=sys.stderr)
        return 2
    files = sorted(p for folder in FOLDERS for p in (ROOT / folder).rglob("*.ttl"))
    found = {p: said for p in files if (said := offence(p.read_text("utf-8")))}
    if arguments:
        for path in [p for p in found if _fixed(p)]:
            del found[path]
    for path, said in found.items():
        print(f"{path.relative_to(ROOT)}: {said} (python tools/check_turtle.py --fix)", file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
