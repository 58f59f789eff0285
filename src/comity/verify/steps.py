"""Steps as a report writes them, and whether they are written as they must be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from comity.model.classes import dataclass

TEXT, MAYBE, TEXTS, TRUTH = "a text", "a text or null", "a list of texts", "true, false or null"

_IS: Mapping[str, Callable[[object], bool]] = {
    TEXT: lambda v: isinstance(v, str),
    MAYBE: lambda v: v is None or isinstance(v, str),
    TEXTS: lambda v: isinstance(v, list) and all(isinstance(i, str) for i in v),
    TRUTH: lambda v: v is None or isinstance(v, bool),
}

_SAID = {
    "document": TEXT, "pointer": TEXT, "subject": TEXT, "cited": MAYBE, "by": TEXT, "criterion": TEXT, "fact": TEXT,
}  # fmt: skip
_ROW = {
    "rows": TEXTS, "subject": TEXT, "object": TEXT, "mask": TEXTS, "travel": TEXT, "authority": TEXT, "authors": TEXTS,
    "justifications": TEXTS, "confidences": TEXTS, "places": TEXTS, "reasons": TEXTS, "given": TEXT, "fact": TEXT,
}  # fmt: skip
_WHOLE = {"iri": TEXT, "premises_of": TEXTS, "conclusion": TEXT, "given": TEXT, "fact": TEXT}

FIELDS: Mapping[str, Mapping[str, str]] = {
    "claim": _SAID,
    "assessment": _SAID,
    "document": {"document": TEXT, "sha256": TEXT, "issuer": MAYBE},
    "mapping": _ROW,
    "derived-row": {**_ROW, "authority": MAYBE},
    "decomposition": _WHOLE,
    "joint": _WHOLE,
    "lift": {"criterion": TEXT, "source": TEXT, "target": TEXT, "lift": TEXT, "fact": TEXT},
    "link": {"link": TEXT, "source": TEXT, "target": TEXT, "role": TEXT, "document": TEXT, "pointer": TEXT},
    "threshold": {
        "criterion": TEXT, "metric": TEXT, "read_by": TEXT, "qualifiers": TEXTS, "comparator": TEXT, "limit": TEXT,
        "unit": TEXT, "value": TEXT, "outcome": TEXT, "fact": TEXT,
    },
    "conversion": {"from_value": TEXT, "from_unit": TEXT, "to_value": TEXT, "to_unit": TEXT},
    "assumption": {"rule": TEXT, "dimension": TEXT, "value": TEXT, "reason": TEXT},
    "condition": {"condition": TEXT, "value": TRUTH},
    "fact": {"name": TEXT, "value": TEXTS, "source": TEXT, "pointer": TEXT},
    "time": {
        "on": TEXT, "valid_from": MAYBE, "valid_until": MAYBE, "assessed": MAYBE, "edition": MAYBE, "outcome": TEXT,
    },
    "recognition": {"iri": TEXT, "label": TEXT, "provision": TEXT, "instrument": TEXT},
    "assurance": {
        "declared": TEXT, "effective": TEXT, "basis": TEXT, "roles": TEXTS, "trusted": MAYBE, "anchor": MAYBE,
    },
}  # fmt: skip
"""The kinds of steps that can be replayed, with their keys. ``text`` is a caption, and no part of a proof."""

MAY_HAVE: Mapping[str, Mapping[str, str]] = {"condition": {"subject": TEXT}}
"""Keys that a step of a kind has where it needs them: of whom a condition holds, where that is a party."""

COMMON = ("kind", "premises", "text")


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    :param detail: the keys of its kind, each of the type that :data:`FIELDS` says.
    """

    number: int
    kind: str
    premises: tuple[int, ...]
    detail: Mapping[str, object]

    def text(self, name: str) -> str:
        """Return a text; empty for null."""
        return str(self.detail.get(name) or "")

    def texts(self, name: str) -> list[str]:
        """Return a list of texts."""
        found = self.detail[name]
        return [str(v) for v in found] if isinstance(found, list) else []


def read(value: object, number: int) -> Step | None:
    """Read a step; ``None`` when it is not written as one of its kind."""
    if not isinstance(value, dict) or any(faults(value, number)):
        return None
    detail = {k: v for k, v in value.items() if k not in COMMON}
    return Step(number, value["kind"], tuple(value["premises"]), detail)


def faults(value: object, number: int) -> Iterator[tuple[str, str, object]]:
    """List what is wrong with the way a step is written: the field, what it should be, what stands there."""
    if not isinstance(value, dict):
        yield "step", "an object", value
        return
    kind = value.get("kind")
    fields = FIELDS.get(kind) if isinstance(kind, str) else None
    if fields is None:
        yield "kind", f"one of {', '.join(FIELDS)}", kind
        return
    may_have = {k: v for k, v in MAY_HAVE.get(str(kind), {}).items() if k in value}
    for name, wanted in {**fields, **may_have}.items():
        if name not in value or not _IS[wanted](value[name]):
            yield name, wanted, value.get(name)
    for name in value.keys() - fields.keys() - may_have.keys() - set(COMMON):
        yield str(name), "absent", value[name]
    premises = value.get("premises")
    if not isinstance(premises, list) or not all(_is_before(p, number) for p in premises):
        yield "premises", "a list of the numbers of earlier steps", premises
    elif len(set(premises)) < len(premises):
        yield "premises", "each step once", premises


def _is_before(premise: object, number: int) -> bool:
    return isinstance(premise, int) and not isinstance(premise, bool) and 0 <= premise < number
