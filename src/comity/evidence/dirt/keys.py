"""Keys and types: D18, D23, D24, D26."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from comity.evidence import tables
from comity.evidence.node import OPEN, Node
from comity.evidence.notes import Notes

_TYPED = frozenset(
    {
        "party",
        "facility",
        "product",
        "claim",
        "assessment",
        "criterion",
        "identifierScheme",
        "standard",
        "regulation",
        "scheme",
    }
)
_KEYWORDS = frozenset({"@context", "@type", "@id", "type"})


def check(nodes: Sequence[Node], version: str, notes: Notes) -> None:
    """Find keys that are not of this version, and what was inferred where keys are missing."""
    names(nodes, version, notes)
    types(nodes, notes)
    conformance(nodes, notes)
    disagreements(nodes, version, notes)


def names(nodes: Iterable[Node], version: str, notes: Notes) -> None:
    """D18: a key of another version, a variant, or an extension."""
    seen: dict[tuple[str, str], list[Node]] = defaultdict(list)
    for node in nodes:
        if node.kind not in ("", OPEN):
            for key, inner in node.members():
                if key not in _KEYWORDS:
                    seen[node.kind, key].append(inner)
    for (kind, key), found in seen.items():
        known = {k.version: k for k in tables.keys().get((kind, key), ())}
        if tables.EVERY in known or version in known:
            continue
        where = f" ({len(found)} times)" if len(found) > 1 else ""
        place = found[0].place
        if not known:
            notes.info("D18", place, f"{key!r}{where} is no key of UNTP {version} here; it was kept, not used.")
            continue
        meant = next(iter(known.values()))
        origin = "a variant" if set(known) == {tables.VARIANT} else f"of UNTP {' and '.join(sorted(known))}"
        message = f"{key!r}{where} is {origin}, in a document of {version}; it was read as {meant.canonical}."
        notes.info("D18", place, message, f"Write {_now(kind, meant.canonical, version)}.")


def types(nodes: Iterable[Node], notes: Notes) -> None:
    """D23: nodes without a type, or parties of the type Identifier."""
    untyped = [n for n in nodes if n.kind in _TYPED and not n.types]
    vague = [n for n in nodes if n.kind in ("party", "facility") and n.types == ("Identifier",)]
    if untyped:
        message = f"{len(untyped)} objects have no type, this one first; what they are was read from where they stand."
        notes.info("D23", untyped[0].place, message, "State the type.")
    if vague:
        message = (
            f"{len(vague)} parties or facilities are typed Identifier, this one first; they were read by their place."
        )
        notes.info("D23", vague[0].place, message, "State the type.")


def conformance(nodes: Iterable[Node], notes: Notes) -> None:
    """D24: a claim that says of itself that it conforms."""
    for node in nodes:
        flag = node.first("conformance") if node.kind == "claim" else None
        if flag is not None:
            message = "The claim states its own conformance, which counts for nothing; an assessment may."
            notes.info("D24", flag.place, message, "Leave conformance out; have the claim assessed.")


def disagreements(nodes: Iterable[Node], version: str, notes: Notes) -> None:
    """D26: where schema, context and samples of 0.7.0 disagree, either form is read."""
    if version != "0.7.0":
        return
    for node in nodes:
        if node.kind == "identity" and isinstance(node.value, dict) and "idScheme" in node.value:
            message = "idScheme: so the context of 0.7.0 says, but its schema says schemeId; both are read."
            notes.info("D26", node.place.at("idScheme"), message, "Write schemeId.")
        topic = node.value.get("conformityTopic") if isinstance(node.value, dict) and node.kind == "criterion" else None
        if isinstance(topic, dict):
            message = "conformityTopic is one object here and a list elsewhere; both are read."
            notes.info("D26", node.place.at("conformityTopic"), message)


def _now(kind: str, canonical: str, version: str) -> str:
    known = tables.spellings().get((kind, canonical), ())
    return next((k.key for k in known if k.version in (version, tables.EVERY)), canonical)
