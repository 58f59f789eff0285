"""Put what is wrong with drafted criteria, once written as Turtle, back at the cells that they were read from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from comity.authoring.draft import CellFinding, Draft, DraftCriterion
from comity.authoring.faults import fault
from comity.authoring.turtle import write_turtle
from comity.model.knowledge import Knowledge
from comity.model.places import Finding, Place
from comity.model.scales import Kind

_TAKEN = frozenset({"described-twice", "duplicate-notation"})
"""What an edition that is known already brings about, criterion by criterion."""


def moved(findings: Iterable[Finding], draft: Draft, written: str, knowledge: Knowledge) -> Iterator[Finding]:
    """Yield findings about the Turtle of a draft, each at the row of the criterion that it is about.

    :param findings: those of other files are passed over.
    :param written: the name under which the Turtle was read.
    :param knowledge: without the draft.
    """
    lines = write_turtle(draft).splitlines()
    places = {c.iri: c.place for c in draft.criteria}
    known = draft.scheme is not None and draft.scheme.iri in knowledge.schemes
    if known and draft.scheme is not None:
        message = f"Comity knows {draft.scheme.notation} already; this table is checked as if it took its place."
        yield fault("edition-known", draft.scheme.place, message)
    for finding in findings:
        if finding.place.document != written or (known and finding.code in _TAKEN):
            continue
        criterion = _named(finding, draft)
        if criterion and finding.code == "no-definition" and criterion.kind in (Kind.ROOT, Kind.GROUP):
            continue
        place = criterion.place if criterion else _place(finding.place, lines, places, draft)
        yield CellFinding(finding.code, finding.severity, place, _words(finding.message), _words(finding.fix))


def _named(finding: Finding, draft: Draft) -> DraftCriterion | None:
    """Return the criterion that a message names by its notation or label."""
    quoted = set(re.findall(r"'([^']+)'", finding.message))
    return next((c for c in draft.criteria if quoted & {c.notation}), None)


_COLUMNS = {
    "dcterms:description": "text",
    "dcterms:source": "source",
    "comity:qualifier": "qualifiers",
    "comity:kind": "kind",
    "comity:level": "level",
    "comity:unit": "unit",
    "comity:value": "value",
    "comity:comparator": "comparison",
    "comity:metric": "metric",
    "comity:topic": "topics",
    "comity:citation": "citation",
    "comity:basis": "basis",
    "rdfs:label": "name",
    "skos:notation": "number",
}
"""Property to the heading of the column that fills it."""


def _words(text: str) -> str:
    """Name columns where a message names properties.

    >>> _words("Add comity:qualifier.")
    "Add a text in the column 'qualifiers'."
    """
    text = re.sub(r"^Add ([a-z]+:\w+)", lambda m: f"Add a text in {m[1]}" if m[1] in _COLUMNS else m[0], text)
    return re.sub(r"[a-z]+:\w+", lambda m: f"the column {_COLUMNS[m[0]]!r}" if m[0] in _COLUMNS else m[0], text)


def _place(place: Place, lines: list[str], places: dict[str, Place], draft: Draft) -> Place:
    """Find the row of the criterion in whose block of Turtle a line lies."""
    number = re.search(r"\d+", place.pointer)
    for line in reversed(lines[: int(number[0])] if number else []):
        subject = re.match(r"<([^>]*)>", line)
        if subject:
            iri = subject[1]
            while iri and iri not in places and "/" in iri.partition("://")[2]:
                iri = iri.rpartition("/")[0]
            return places.get(iri) or (draft.scheme.place if draft.scheme else Place(draft.name))
    return draft.scheme.place if draft.scheme else Place(draft.name)
