"""Identifiers that stand for several things: D5, D6, D10."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from comity.evidence.detect import Credential
from comity.evidence.node import Node
from comity.evidence.notes import Notes
from comity.model.evidence import DocumentKind

_CITED = ("referenceCriteria", "assessmentCriteria", "referenceStandard", "referenceRegulation")
_TYPES = {"party": "an organisation", "issuer": "an organisation", "facility": "a facility", "product": "a product"}


def check(credential: Credential, nodes: Sequence[Node], notes: Notes) -> None:
    """Find identifiers that are used for more than one thing."""
    stated = list(statements(credential))
    one_for_all(stated, notes)
    twice(stated, notes)
    two_types(nodes, notes)


def statements(credential: Credential) -> Iterator[Node]:
    """Visit the claims and assessments of a document."""
    for subject in credential.subjects:
        if credential.shape == "assessment":
            yield subject
        elif credential.kind is DocumentKind.DCC:
            yield from subject.all("conformityAssessment")
        else:
            yield from subject.all("performanceClaim")
            for name in ("product", "facility"):
                inner = subject.first(name)
                yield from inner.all("performanceClaim") if inner is not None else ()


def one_for_all(stated: list[Node], notes: Notes) -> None:
    """D5: the identifier of a claim or assessment is that of the criterion, standard or law that it cites."""
    found = [
        n for n in stated if n.text("id") and n.text("id") in {c.as_text() for name in _CITED for c in n.all(name)}
    ]
    if found:
        first = found[0]
        many = f"{len(found)} {first.kind}s have, this one first," if len(found) > 1 else f"The {first.kind} has"
        message = f"{many} the identifier of what they cite. Each is known by its place in the document."
        notes.info("D5", first.place.at("id"), message, f"Give each {first.kind} an identifier of its own.")


def twice(stated: list[Node], notes: Notes) -> None:
    """D6: several claims or assessments of one document share an identifier."""
    groups: dict[str, list[Node]] = {}
    for node in stated:
        groups.setdefault(node.text("id"), []).append(node)
    for own, group in groups.items():
        if own and len(group) > 1:
            first, second, *_ = group
            same = "; their content is the same, too" if all(n.value == first.value for n in group) else ""
            where = f"{first.place.path}, {second.place.path}" + (" and others" if len(group) > 2 else "")
            message = f"{own} identifies {len(group)} {first.kind}s ({where}){same}. Each is known by its place."
            notes.info("D6", second.place.at("id"), message, "Give each an identifier of its own.")


def two_types(nodes: Sequence[Node], notes: Notes) -> None:
    """D10: one identifier for an organisation and its facility."""
    seen: dict[str, set[str]] = {}
    for node in nodes:
        kind = _TYPES.get(node.kind)
        named = node.text("id") if kind else ""
        if kind and named:
            types = seen.setdefault(named, set())
            if types and kind not in types:
                message = f"{named} stands for {kind} here and for {min(types)} elsewhere; they are kept apart."
                notes.warn("D10", node.place.at("id"), message, "Give each an identifier of its own.")
            types.add(kind)
