"""The data tables that reading leans on: renamed keys and code lists (``ontology/tables``)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from comity.model.classes import dataclass

EVERY = "*"
"""The version of a key that was never renamed."""

VARIANT = "variant"
"""The version of a key that stands in credentials but in no version of the model."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of one kind of node.

    :param version: of UNTP, :data:`EVERY` or :data:`VARIANT`.
    :param holds: kind of the node that its value is; empty for text and numbers.
    """

    version: str
    kind: str
    key: str
    canonical: str
    holds: str


@cache
def keys() -> Mapping[tuple[str, str], tuple[Key, ...]]:
    """Return (kind, key as written) to what it means in each version (``untp-keys.csv``)."""
    found: dict[tuple[str, str], tuple[Key, ...]] = {}
    for row in _rows("untp-keys.csv"):
        key = Key(row["version"], row["kind"], row["key"], row["canonical"], row["holds"])
        found[key.kind, key.key] = (*found.get((key.kind, key.key), ()), key)
    return found


@cache
def spellings() -> Mapping[tuple[str, str], tuple[Key, ...]]:
    """Return (kind, canonical key) to all the ways in which it is written."""
    found: dict[tuple[str, str], tuple[Key, ...]] = {}
    for group in keys().values():
        for key in group:
            found[key.kind, key.canonical] = (*found.get((key.kind, key.canonical), ()), key)
    return found


@cache
def codes(name: str) -> Mapping[str, str]:
    """Return one code list: code, case folded, to its token (``codes.csv``).

    >>> codes("granularity")["item"]
    'item'
    """
    return {r["code"].strip().casefold(): r["token"].strip() for r in _rows("codes.csv") if r["list"] == name}


@cache
def spelled(name: str) -> Mapping[str, str]:
    """Return one code list: code, case folded, to the code as the list writes it."""
    return {r["code"].strip().casefold(): r["code"].strip() for r in _rows("codes.csv") if r["list"] == name}


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    text = (files("comity") / "data" / "ontology" / "tables" / name).read_text(encoding="utf-8")
    header, *rows = csv.reader(io.StringIO(text))
    return tuple(dict(zip(header, row, strict=False)) for row in rows if row)
