"""Every way in which one field of a report is made wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

FACTS = ("all", "some", "none", "not-all")
WORDS: Mapping[str, tuple[str, ...]] = {
    "fact": FACTS,
    "given": FACTS,
    "travel": ("covers", "coveredBy", "overlaps"),
    "outcome": ("within", "ended", "not-begun", "undated", "inside", "outside"),
    "by": ("exact", "alias", "unknown", "value"),
    "declared": ("unattributed", "self", "second-party", "third-party", "public-authority"),
    "effective": ("unattributed", "self", "second-party", "third-party", "public-authority"),
    "basis": ("no-issuer", "operator", "trust-list", "listed-by-scheme", "accredited", "anchored", "unanchored"),
    "authority": ("inferred", "draft", "reviewed", "recognised-in-law"),
    "lift": ("inherits-down", "aggregates-up"),
    "link": ("produced-at", "operated-by", "part-of", "sources-from"),
    "source": ("given", "derived", "assumed"),
    "comparator": (">=", ">", "<=", "<", "=", ""),
    "kind": ("claim", "assessment", "document", "mapping", "time", "condition", "authority", "recognition"),
}
"""Fields with a closed list of words: each other word is tried."""

Proof = dict[str, Any]


def steps(proof: Proof) -> Iterator[tuple[int, str, object, Proof]]:
    """Yield the step, the field, its wrong value, and the proof with that alone changed."""
    for number, step in enumerate(proof["steps"]):
        for field, value in step.items():
            if field == "text":
                continue
            for wrong in _premises(value, number) if field == "premises" else values(field, value):
                changed = [*proof["steps"]]
                changed[number] = {**step, field: wrong}
                yield number, field, wrong, {**proof, "steps": changed}


def values(field: str, value: object) -> Iterator[object]:
    """Yield wrong values of a field."""
    if field in WORDS and isinstance(value, str):
        yield from (word for word in WORDS[field] if word != value)
    elif isinstance(value, bool):
        yield from (None, not value)
    elif isinstance(value, str):
        yield from (f"{value}1", value[:-1] if value else "x", None)
    elif isinstance(value, list):
        yield from ([*value, "x"], *([value[:-1], ["x", *value[1:]]] if value else []))
    else:
        yield "x"


def _premises(value: list[int], number: int) -> Iterator[list[int]]:
    others = [n for n in range(number) if n not in value]
    if value:
        yield value[:-1]
        yield [*value, value[0]]
    if others:
        yield [*value, others[0]]
    if others and value:
        yield [others[-1], *value[1:]]


def key(step: Proof) -> str:
    """Name what a step says, so that equal steps of several proofs are tried once."""
    return json.dumps({k: v for k, v in step.items() if k not in ("text", "premises")}, sort_keys=True)
