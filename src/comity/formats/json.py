"""JSON with exact numbers, duplicate keys and places (RFC 8259).

The fast parser of the standard library reads; only when it stumbles does a slow walk
(:mod:`comity.formats.spots`) find out where.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from comity.formats import limits, spots, text
from comity.model.classes import dataclass
from comity.model.errors import UnreadableError
from comity.model.places import Finding, Place, Severity

Json = None | bool | int | Decimal | str | list["Json"] | dict[str, "Json"]
"""A JSON value; numbers are ``int`` or ``Decimal``, never ``float``."""

_LONE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A JSON document and what was noticed while reading it."""

    value: Json
    findings: tuple[Finding, ...] = ()


class _NotANumberError(ValueError):
    """``NaN`` or ``Infinity`` stands where JSON has no such thing."""


def read(content: bytes, name: str, limit: int | None = None) -> Parsed:
    """Parse a document.

    :param name: of the document, for places.
    :param limit: in bytes; the default is :func:`comity.formats.limits.max_bytes`.
    :raises UnreadableError: codes ``empty-file``, ``not-utf-8``, ``too-large``, ``too-deep``, ``bad-json`` and
        ``not-a-number``.

    >>> read(b'{"a": 0.10}', "a.json").value
    {'a': Decimal('0.10')}
    >>> read(b'{"a": [1, NaN]}', "a.json")
    Traceback (most recent call last):
    comity.model.errors.UnreadableError: a.json  $.a[1]: NaN is no JSON number (line 1, column 11). Write a number.
    """
    limits.refuse_above(len(content), name, limit)
    source, findings = text.decode(content, name)
    return Parsed(*parse(source, name, findings))


def parse(source: str, name: str, findings: tuple[Finding, ...] = ()) -> tuple[Json, tuple[Finding, ...]]:
    """Parse text; see :func:`read`."""
    seen_twice = False

    def members(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        nonlocal seen_twice
        found = dict(pairs)
        seen_twice = seen_twice or len(found) != len(pairs)
        return found

    value = _guarded(lambda: _decoder(members).decode(source), source, name)
    if _depth(value) > limits.MAX_DEPTH:
        _too_deep(source, name)
    if seen_twice:
        findings += tuple(_duplicates(source, name))
    if "\\u" in source:
        value = _mend(value)
    return value, findings


def _decoder(members: Callable[[list[tuple[str, Json]]], dict[str, Json]]) -> json.JSONDecoder:
    return json.JSONDecoder(object_pairs_hook=members, parse_float=Decimal, parse_constant=_refuse)


def _refuse(word: str) -> NoReturn:
    raise _NotANumberError(word)


def _guarded(work: Callable[[], Json], source: str, name: str) -> Json:
    try:
        return work()
    except _NotANumberError as error:
        _not_a_number(source, name, str(error))
    except RecursionError:
        _too_deep(source, name)
    except json.JSONDecodeError as error:
        raise UnreadableError(
            "bad-json", Place(name, f"line {error.lineno} column {error.colno}"), *_why(error)
        ) from error
    except (ValueError, InvalidOperation) as error:
        raise UnreadableError(
            "bad-json", Place(name), "A number has thousands of digits.", "Write numbers with fewer than 4,000 digits."
        ) from error


def _why(error: json.JSONDecodeError) -> tuple[str, str]:
    if not error.doc[error.pos :].strip() or error.msg.startswith("Unterminated string"):
        what = error.msg.lower().removesuffix(" starting at")
        return f"The JSON breaks off: {what}.", "The file is truncated; fetch or write it again."
    if error.msg == "Extra data":
        return "Something follows after the end of the JSON document.", "Write one JSON value in a file."
    return f"This is not JSON: {error.msg[0].lower()}{error.msg[1:]}.", "Mend the text at this place."


def _not_a_number(source: str, name: str, word: str) -> NoReturn:
    spot = next((s for s in spots.walk(source) if s.token == word), None)
    where = f" ({spots.line_and_column(source, spot.offset)})" if spot else ""
    place = Place(name, spot.pointer if spot else "")
    raise UnreadableError("not-a-number", place, f"{word} is no JSON number{where}.", "Write a number.")


def _too_deep(source: str, name: str) -> NoReturn:
    spot = next((s for s in spots.walk(source) if s.depth > limits.MAX_DEPTH), None)
    where = spots.line_and_column(source, spot.offset) if spot else ""
    raise UnreadableError(
        "too-deep",
        Place(name, where.replace(",", "")),
        f"The JSON is nested more than {limits.MAX_DEPTH} levels deep.",
        "A credential has fewer than 20 levels; check how this file was made.",
    )


def _depth(value: Json) -> int:
    depth, level = 0, [value]
    while level:
        inner: list[Json] = []
        for item in level:
            if isinstance(item, dict):
                inner += item.values()
            elif isinstance(item, list):
                inner += item
        level = [i for i in inner if isinstance(i, dict | list)]
        depth += 1
        if depth > limits.MAX_DEPTH:
            return depth
    return depth


def _duplicates(source: str, name: str) -> list[Finding]:
    seen: set[str] = set()
    found = []
    for spot in spots.walk(source):
        if spot.is_key:
            if spot.pointer in seen:
                where = spots.line_and_column(source, spot.offset)
                message = f"The key stands twice in one object ({where}); the last was read."
                place = Place(name, spot.pointer)
                found.append(Finding("duplicate-key", Severity.WARNING, place, message, "Keep one of them."))
            seen.add(spot.pointer)
    return found


def _mend(value: Json) -> Json:
    """Replace halves of surrogate pairs, which no output encoding can write."""
    if isinstance(value, str):
        return _LONE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, list):
        return [_mend(v) for v in value]
    if isinstance(value, dict):
        return {_LONE.sub("\N{REPLACEMENT CHARACTER}", k): _mend(v) for k, v in value.items()}
    return value
