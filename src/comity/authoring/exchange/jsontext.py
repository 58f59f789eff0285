"""JSON with exact numbers, written; and JSON kept inside of a text, where a format has no other place for it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from comity.formats.json import Json, parse
from comity.model.errors import UnreadableError
from comity.stores.terms import decimal


def dumps(value: object, indent: int | None = None) -> str:
    """Write JSON; numbers as they are, to the last digit.

    >>> dumps({"a": [Decimal("0.10"), True], "b": {}})
    '{"a": [0.10, true], "b": {}}'
    """
    return "".join(_pieces(value, indent, 0))


def _pieces(value: object, indent: int | None, depth: int) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        members = ((json.dumps(str(k), ensure_ascii=False) + ": ", v) for k, v in value.items())
        yield from _several("{}", members, indent, depth)
    elif isinstance(value, Sequence) and not isinstance(value, str) and value:
        yield from _several("[]", (("", v) for v in value), indent, depth)
    elif isinstance(value, Decimal):
        yield format(value, "f") if value.adjusted() < 30 else str(value)
    else:
        yield json.dumps(value, ensure_ascii=False)


def _several(marks: str, members: Iterator[tuple[str, object]], indent: int | None, depth: int) -> Iterator[str]:
    gap = "" if indent is None else "\n" + " " * indent * (depth + 1)
    yield marks[0]
    for position, (key, value) in enumerate(members):
        yield ("," if position else "") + (gap or (" " if position else "")) + key
        yield from _pieces(value, indent, depth + 1)
    yield ("" if indent is None else "\n" + " " * indent * depth) + marks[1]


def packed(value: Json) -> str:
    r"""Keep a value as a text: a text that is no JSON as it is, all else as JSON.

    >>> packed("first"), packed("12"), packed([1, "a"])
    ('first', '"12"', '[1, "a"]')
    """
    if isinstance(value, str) and _parsed(value) is None:
        return value
    return dumps(value)


def unpacked(text: str) -> Json:
    """Return the value that a text keeps.

    >>> unpacked("first"), unpacked('"12"'), unpacked('[1, "a"]')
    ('first', '12', [1, 'a'])
    """
    found = _parsed(text)
    return text if found is None else found


def exact(value: Fraction) -> Decimal | int | None:
    """Return a rational as a number of JSON; ``None`` when no decimal is exact.

    >>> exact(Fraction(16)), exact(Fraction(1, 8)), exact(Fraction(1, 3))
    (16, Decimal('0.125'), None)
    """
    if value.denominator == 1:
        return value.numerator
    written = decimal(value)
    return None if written is None else Decimal(written)


def _parsed(text: str) -> Json:
    if text[:1] not in '{["-0123456789tfn' or not text:
        return None
    try:
        return parse(text, "")[0]
    except UnreadableError:
        return None
