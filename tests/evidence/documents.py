"""Small credentials for tests, and where everything in a document claims to stand."""

from __future__ import annotations

import copy
import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from comity import evidence
from comity.formats.archives import Input
from comity.model.evidence import Document
from comity.model.places import Place

CASES = Path(__file__).resolve().parent.parent / "cases" / "evidence" / "pass"


def clean(name: str) -> dict[str, Any]:
    """Return a clean credential, such as ``0.7.0-chain/dpp``, to be changed at will."""
    found: dict[str, Any] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def read(**values: Any) -> dict[str, Document]:
    """Read JSON values, bytes or text as documents of those names."""
    inputs = [Input.of(name, _bytes(value)) for name, value in values.items()]
    return {d.name: d for d in evidence.read(inputs)}


def one(value: Any, name: str = "a.json") -> Document:
    """Read a single document."""
    (found,) = evidence.read([Input.of(name, _bytes(value))])
    return found


def changed(value: dict[str, Any], path: str, new: Any) -> dict[str, Any]:
    """Return a copy with the value at a pointer replaced."""
    result = copy.deepcopy(value)
    *steps, last = path.strip("/").split("/")
    target: Any = result
    for step in steps:
        target = target[int(step)] if isinstance(target, list) else target[step]
    target[int(last) if isinstance(target, list) else last] = new
    return result


def places(thing: object) -> Iterator[Place]:
    """Visit every place that a document mentions, its findings' included."""
    if isinstance(thing, Place):
        yield thing
    elif dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            yield from places(getattr(thing, field.name))
    elif isinstance(thing, tuple | frozenset):
        for member in thing:
            yield from places(member)


def at(value: Any, pointer: str) -> Any:
    """Follow a JSON Pointer; raises where it leads nowhere."""
    for step in (s.replace("~1", "/").replace("~0", "~") for s in pointer.split("/")[1:]):
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


def _bytes(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    return value.encode() if isinstance(value, str) else json.dumps(value).encode()
