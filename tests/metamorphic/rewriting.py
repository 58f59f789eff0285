"""Documents rewritten in memory: JSON as it was written, numbers and all, inside envelopes as well."""

from __future__ import annotations

import base64
import json
import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from comity.formats.archives import Input, open_inputs
from comity.model.places import Severity

Json = Any
Rewrite = Callable[[Json], Json]

ENVELOPE = re.compile(r"(data:[^,]*,)?(?P<header>[\w-]+)\.(?P<payload>[\w-]+)\.(?P<signature>[\w-]*)")


class Number(str):
    """A number as the document wrote it."""


def load(paths: Iterable[Path]) -> list[Input]:
    """Read what the paths lead to; files that are passed over are left out."""
    found = [i for i in open_inputs(paths) if i.problem is None or i.problem.severity is Severity.ERROR]
    return [Input.of(i.name, i.data) for i in found]


def rewrite(inputs: Iterable[Input], change: Rewrite) -> list[Input]:
    """Apply a change to the JSON of every input, and to what their envelopes hold."""
    return [Input.of(i.name, write(_opened(parse(i.data.decode("utf-8-sig")), change))) for i in inputs]


def edit(inputs: Iterable[Input], name: str, pointer: str, value: Json) -> list[Input]:
    """Put a value at a JSON Pointer of the one input whose name ends so; ``...`` removes what stands there."""
    found = [i.name for i in inputs if i.name.endswith(name)]
    assert len(found) == 1, found

    def change(document: Json) -> Json:
        *steps, last = [s.replace("~1", "/").replace("~0", "~") for s in pointer.split("/")[1:]]
        at = document
        for step in steps:
            at = at[int(step)] if isinstance(at, list) else at[step]
        key = int(last) if isinstance(at, list) else last
        if value is ...:
            del at[key]
        else:
            at[key] = value
        return document

    return [Input.of(i.name, write(change(parse(i.data.decode())))) if i.name == found[0] else i for i in inputs]


def parse(text: str) -> Json:
    """Read JSON and keep each number as it was written."""
    return json.loads(text, parse_float=Number, parse_int=Number, parse_constant=Number)


def write(value: Json) -> bytes:
    """Write JSON with the numbers that :func:`parse` kept."""
    return _text(value).encode()


def _text(value: Json) -> str:
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k, ensure_ascii=False)}: {_text(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_text(v) for v in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def _opened(value: Json, change: Rewrite) -> Json:
    """Change the headers and payloads of tokens first, then what stands around them."""

    def inside(text: str) -> str:
        found = ENVELOPE.fullmatch(text) if len(text) > 200 else None
        if found is None:
            return text
        header, payload = (_part(found[name], change) for name in ("header", "payload"))
        return f"{found[1] or ''}{header}.{payload}.{found['signature']}"

    return change(strings(value, inside))


def _part(raw: str, change: Rewrite) -> str:
    value = parse(base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)).decode())
    return base64.urlsafe_b64encode(write(_opened(value, change))).decode().rstrip("=")


def strings(value: Json, change: Callable[[str], str]) -> Json:
    """Apply a change to every text, numbers and keys left alone."""
    if isinstance(value, dict):
        return {k: strings(v, change) for k, v in value.items()}
    if isinstance(value, list):
        return [strings(v, change) for v in value]
    return change(value) if isinstance(value, str) and not isinstance(value, Number) else value


def shuffle_keys(seed: int) -> Rewrite:
    """Put the members of every object into another order."""
    source = random.Random(seed)

    def change(value: Json) -> Json:
        if isinstance(value, dict):
            members = [(k, change(v)) for k, v in value.items()]
            source.shuffle(members)
            return dict(members)
        return [change(v) for v in value] if isinstance(value, list) else value

    return change


def shuffle_lists(seed: int, kept: frozenset[str]) -> Rewrite:
    """Put the entries of every list into another order, but for lists of these keys."""
    source = random.Random(seed)

    def change(value: Json, key: str = "") -> Json:
        if isinstance(value, dict):
            return {k: change(v, k) for k, v in value.items()}
        if isinstance(value, list):
            entries = [change(v, key) for v in value]
            if key not in kept:
                source.shuffle(entries)
            return entries
        return value

    return change


HOST = re.compile(r"(?P<lead>https?://|did:web:)(?P<host>[A-Za-z0-9.-]+)")


def hosts(inputs: Sequence[Input]) -> set[str]:
    """List the hosts of every address in the documents, in lower case."""
    found: set[str] = set()

    def note(text: str) -> str:
        found.update(m["host"].lower() for m in HOST.finditer(text))
        return text

    rewrite(inputs, lambda value: strings(value, note))
    return found


def rename_hosts(names: Mapping[str, str]) -> Rewrite:
    """Replace hosts in every address, wherever it stands in a text."""
    return lambda value: strings(value, lambda text: renamed(text, names))


def renamed(text: str, names: Mapping[str, str]) -> str:
    """Replace the hosts of a text."""
    return HOST.sub(lambda m: m["lead"] + names.get(m["host"].lower(), m["host"]), text)
