"""A slow walk over JSON text that knows where everything stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from comity.model.classes import dataclass

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Spot:
    """A token and its place.

    :param pointer: JSON Pointer of the value; of a key, the pointer of its value.
    :param depth: how many objects and arrays are open, this one included.
    """

    token: str
    offset: int
    pointer: str
    depth: int
    is_key: bool = False


@dataclass(slots=True)
class _Open:
    """An object or array that is open: the step to its present member."""

    is_object: bool
    step: str = ""
    index: int = 0
    wants_key: bool = False


def walk(source: str) -> Iterator[Spot]:
    """Visit keys, scalars and opening brackets in order; breaks in the text are passed over.

    >>> [(s.token, s.pointer) for s in walk('{"a": [1, 2]}')]
    [('{', ''), ('"a"', '/a'), ('[', '/a'), ('1', '/a/0'), ('2', '/a/1')]
    """
    stack: list[_Open] = []
    path: list[str] = []
    for match in _TOKEN.finditer(source):
        token = match[0]
        top = stack[-1] if stack else None
        if token in "{[":
            yield Spot(token, match.start(), "".join(path), len(stack) + 1)
            stack.append(_Open(token == "{", wants_key=token == "{"))
            path.append("/0" if token == "[" else "")
        elif token in "}]":
            if stack:
                stack.pop()
                path.pop()
        elif token == "," and top is not None:
            top.wants_key = top.is_object
            top.index += 1
            if not top.is_object:
                path[-1] = f"/{top.index}"
        elif token == ":" or top is None:
            continue
        elif top.wants_key:
            top.wants_key = False
            path[-1] = "/" + _key(token).replace("~", "~0").replace("/", "~1")
            yield Spot(token, match.start(), "".join(path), len(stack), is_key=True)
        else:
            yield Spot(token, match.start(), "".join(path), len(stack))


def line_and_column(source: str, offset: int) -> str:
    r"""Say where an offset lies, both counted from 1.

    >>> line_and_column("ab\ncd", 4)
    'line 2, column 2'
    """
    return f"line {source.count(chr(10), 0, offset) + 1}, column {offset - source.rfind(chr(10), 0, offset)}"


def _key(token: str) -> str:
    try:
        return str(json.loads(token))
    except ValueError:
        return token.strip('"')
