"""A JSON value whose keys are asked for by the names that UNTP gives them today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from comity.model.classes import dataclass
from comity.verify.files import Json

Keys = Mapping[tuple[str, str], tuple[str, str]]
"""(kind of node, key as written) to (key's name today, kind of what it holds)."""

OPEN = "open"
"""The kind of a node whose keys are anybody's."""

SHAPES = ("attestation", "identity", "event", "passport", "record", "product", "facility")
"""The kinds that the subject of a credential may be."""

_WRAPPERS = {
    "productVerification": ("product", "product"),
    "facilityVerification": ("facility", "facility"),
    "organisationVerification": ("organisation", "party"),
}
_ANYBODYS = {"type", "@type", "id", "name", "description", "registeredId", "idScheme", "relatedParty"}


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a known kind, and where it stands.

    :param outer: the wrapper whose keys belong to this node too.
    """

    value: Json
    pointer: str
    kind: str
    keys: Keys
    outer: Node | None = None

    @property
    def is_object(self) -> bool:
        """True for a JSON object."""
        return isinstance(self.value, dict)

    @property
    def text(self) -> str:
        """The value as trimmed text; of an object its ``id``; empty when it is neither."""
        value = self.value.get("id") if isinstance(self.value, dict) else self.value
        if isinstance(value, bool):
            return "" if self.is_object else str(value).lower()
        if isinstance(value, str):
            return value.strip()
        return str(value) if isinstance(value, int | Decimal) and not self.is_object else ""

    def all(self, name: str) -> Iterator[Node]:
        """Visit what a key holds, under every way to write it; lists are opened."""
        if isinstance(self.value, dict):
            for written, value in self.value.items():
                known = self.keys.get((self.kind, written))
                if known is not None and known[0] == name:
                    yield from Node(value, f"{self.pointer}/{escape(written)}", known[1], self.keys).members()
        if self.outer is not None:
            yield from self.outer.all(name)

    def first(self, name: str) -> Node | None:
        """Return the first of them."""
        return next(self.all(name), None)

    def said(self, name: str) -> str:
        """Return the first of them as text; empty when there is none."""
        found = self.first(name)
        return found.text if found is not None else ""

    def members(self) -> Iterator[Node]:
        """Visit the value, or each member of the list that it is; ``null`` is nothing."""
        if isinstance(self.value, list):
            for position, member in enumerate(self.value):
                yield from replace(self, value=member, pointer=f"{self.pointer}/{position}").members()
        elif self.value is not None:
            inner = _WRAPPERS.get(self.kind)
            bare = inner is not None and isinstance(self.value, dict) and inner[0] not in self.value
            yield replace(self, kind=inner[1]) if inner is not None and bare else self

    def children(self) -> Iterator[Node]:
        """Visit what every known key holds that has keys of its own."""
        if isinstance(self.value, dict):
            for written, value in self.value.items():
                _, holds = self.keys.get((self.kind, written), ("", ""))
                if holds and holds != OPEN:
                    yield from Node(value, f"{self.pointer}/{escape(written)}", holds, self.keys).members()

    @property
    def types(self) -> list[str]:
        """The node's ``type``, one or several."""
        found = self.value.get("type", self.value.get("@type")) if isinstance(self.value, dict) else None
        return [t.strip() for t in (found if isinstance(found, list) else [found]) if isinstance(t, str)]


def escape(key: str) -> str:
    """Write a key as a step of a JSON Pointer (RFC 6901).

    >>> escape("a/b~c")
    'a~1b~0c'
    """
    return key.replace("~", "~0").replace("/", "~1")


def shape(subjects: list[Json], keys: Keys, codes: Mapping[str, Mapping[str, str]]) -> str:
    """Find the one kind that subjects are of; empty when they are of none, or of several."""
    found = {_shape(s, keys, codes) if isinstance(s, dict) else "" for s in subjects}
    return found.pop() if len(found) == 1 else ""


def _shape(subject: dict[str, Json], keys: Keys, codes: Mapping[str, Mapping[str, str]]) -> str:
    cites = {"assessmentCriteria", "referenceStandard", "referenceRegulation"} & subject.keys()
    about = {"conformance", "assessedProduct", "assessedFacility", "assessedOrganisation"} & subject.keys()
    if cites and about and "conformityEvidence" not in subject:
        return "assessment"
    own = [k for k in subject if k not in _ANYBODYS and k != "relatedDocument"]
    fits = {kind: sum((kind, k) in keys for k in own) for kind in SHAPES}
    best = max(SHAPES, key=lambda kind: fits[kind])
    types = Node(subject, "", "", keys).types
    named = next((k for t in types if (k := codes.get("subject-types", {}).get(t.casefold()))), "")
    named = named or ("event" if any(t.endswith("Event") for t in types) else "")
    if named and (fits.get(named) == fits[best] or fits[best] < 2):
        return named
    wraps = any(isinstance(subject.get(k), dict) for k in ("product", "facility"))
    return best if fits[best] >= 2 or wraps else ""
