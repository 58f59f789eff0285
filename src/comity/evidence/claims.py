"""What an operator says of its own product or facility."""

from __future__ import annotations

from collections.abc import Iterator

from comity.evidence import dates, topics, values
from comity.evidence.node import Node
from comity.evidence.notes import Notes
from comity.model.evidence import Citation, CitationKind, Claim, EvidenceLink
from comity.model.quantities import Value

_CITED = (
    ("referenceCriteria", CitationKind.CRITERION),
    ("assessmentCriteria", CitationKind.CRITERION),
    ("referenceStandard", CitationKind.STANDARD),
    ("referenceRegulation", CitationKind.REGULATION),
)


def read(subject: Node, key: str, notes: Notes) -> tuple[Claim, ...]:
    """Read the claims of a passport or facility record, those about its packaging included.

    :param key: canonical key of the subject.
    """
    found = [*subject.all("performanceClaim")]
    found += [c for p in subject.all("packaging") for c in p.all("performanceClaim")]
    return tuple(_claim(node, key, notes) for node in found if node.is_object)


def citations(node: Node) -> tuple[Citation, ...]:
    """Read the criteria, standards and regulations that a claim or assessment names, criteria first."""
    found: dict[Citation, None] = {}
    for name, kind in _CITED:
        for cited in node.all(name):
            iri = cited.as_text()
            title = cited.text("name") if cited.is_object else ""
            if iri or title:
                found[Citation(kind, iri, title, cited.place)] = None
    return tuple(found)


def evidence(node: Node, name: str = "evidence") -> tuple[EvidenceLink, ...]:
    """Read the links to documents that are said to prove a claim."""
    return tuple(_link(link) for link in node.all(name) if link.is_object and link.text("linkURL"))


def performances(node: Node, name: str, notes: Notes) -> tuple[Value, ...]:
    """Read the values of a claim or assessment."""
    period = _period(node.first("applicablePeriod"), notes)
    found = (values.read(p, period, notes) for p in node.all(name) if p.is_object)
    return tuple(v for v in found if v is not None)


def _claim(node: Node, key: str, notes: Notes) -> Claim:
    cited = citations(node)
    found = performances(node, "claimedPerformance", notes)
    return Claim(
        place=node.place,
        document=node.place.document,
        id=node.text("id"),
        label=node.text("name") or _first_name(cited) or node.text("id"),
        subject=key,
        citations=cited,
        values=found,
        dated=dates.read(node.first("claimDate"), notes),
        topics=topics.read(node),
        evidence=evidence(node),
        undisclosed=not found and node.first("accessRole") is not None,
    )


def _first_name(cited: tuple[Citation, ...]) -> str:
    return next((c.name for c in cited if c.name), "")


def _link(node: Node) -> EvidenceLink:
    return EvidenceLink(
        node.text("linkURL"),
        node.text("linkName"),
        node.text("linkType"),
        node.text("digestMultibase") or None,
        node.place,
    )


def _period(node: Node | None, notes: Notes) -> tuple[str, str] | None:
    if node is None:
        return None
    start, end = dates.read(node.first("startDate"), notes), dates.read(node.first("endDate"), notes, end=True)
    return (start, end) if start and end else None


def documents(subject: Node) -> Iterator[EvidenceLink]:
    """Visit the documents that a subject names beside its claims."""
    for link in subject.all("relatedDocument"):
        if link.is_object and link.text("linkURL"):
            yield _link(link)
