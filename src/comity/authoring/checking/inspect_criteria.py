"""Put what is wrong with drafted criteria, once written as Turtle, back at the cells that they were read from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from comity.authoring.checking.soundness import RULES
from comity.authoring.draft import CellFinding, Draft, DraftCriterion, DraftScheme
from comity.authoring.faults import fault
from comity.authoring.turtle import write_turtle
from comity.knowledge.vocabulary import fold
from comity.model.knowledge import Knowledge
from comity.model.places import Finding, Place
from comity.model.scales import Kind

_TAKEN = frozenset({"described-twice", "duplicate-notation"})
"""What an edition that is known already brings about, criterion by criterion."""


def standing(draft: Draft) -> Draft:
    """Return a draft that can be written: of an edition that stands in, while its own is not said."""
    return draft if draft.scheme is not None else replace(draft, scheme=draft.assumed)


def moved(
    findings: Iterable[Finding], draft: Draft, written: Mapping[str, Draft], name: str, knowledge: Knowledge
) -> Iterator[Finding]:
    """Yield findings about the Turtle of a draft, each at the row of the criterion that it is about.

    :param findings: those of other files are passed over.
    :param written: the drafts by the name under which their Turtle was read.
    :param name: that of this draft.
    :param knowledge: without the draft.
    """
    known = knowledge.schemes.get(draft.scheme.iri) if draft.scheme else None
    if known and draft.scheme is not None and fold(known.notation) == fold(draft.scheme.notation):
        message = f"Comity knows {known.notation} already; this table is checked as if it took its place."
        yield fault("edition-known", _slot(draft.scheme, "iri"), message)
    lines = {other: _Lines(one) for other, one in written.items()}
    sourceless: list[DraftCriterion] = []
    for finding in findings:
        if finding.place.document != name or (known and finding.code in _TAKEN):
            continue
        criterion = _named(finding, draft)
        if finding.code == "no-definition" and (criterion is None or _textless(criterion, finding)):
            continue
        if finding.code == "no-source" and criterion is not None:
            sourceless.append(criterion)
            continue
        place = criterion.place if criterion else lines[name].place(finding.place)
        message, fix = _words(_cells(finding.message, lines)), _words(finding.fix)
        if finding.code == "described-twice":
            fix = _ONCE
        yield CellFinding(finding.code, finding.severity, place, message, fix)
    if sourceless:
        yield _unsourced(tuple(dict.fromkeys(c.iri for c in sourceless)), draft)


_ONCE = (
    "Give it an address of its own, in the column 'iri' or by the iri on the sheet About; "
    "or leave the other file out, where both are of one edition."
)


def _unsourced(iris: Sequence[str], draft: Draft) -> CellFinding:
    """Say once that criteria have no source: one line mends them all."""
    criteria = [c for c in draft.criteria if c.iri in iris]
    whole = all(not c.source for c in draft.criteria) and draft.scheme is not None
    place = _slot(draft.scheme, "source") if whole and draft.scheme else criteria[0].place
    names = ", ".join(c.notation for c in criteria[:5]) + (" …" if len(criteria) > 5 else "")
    message = f"{len(criteria)} criteria have no source ({names})." if len(criteria) > 1 else f"{names} has no source."
    fix = "Write beside 'source' on the sheet About where the text can be read, or in the column 'source' of each."
    return CellFinding("no-source", RULES["no-source"][0], place, message, fix)


def _slot(scheme: DraftScheme, slot: str) -> Place:
    return scheme.cells.get(slot, scheme.place)


_LIMIT = re.compile(r"-limit-\d+$")
"""The end of the notation of a part that is made of one of several limits."""


def _named(finding: Finding, draft: Draft) -> DraftCriterion | None:
    """Return the criterion that a message names by its notation, or by that of one of its limits."""
    quoted = set(re.findall(r"'([^']+)'", finding.message))
    quoted |= {_LIMIT.sub("", text) for text in quoted}
    return next((c for c in draft.criteria if c.notation in quoted), None)


def _textless(criterion: DraftCriterion, finding: Finding) -> bool:
    """Tell whether nobody is to write a text: headings, the whole, and each of several limits, which Comity makes."""
    made = f"'{criterion.notation}'" not in finding.message
    return made or criterion.kind in (Kind.ROOT, Kind.GROUP)


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


class _Lines:
    """Finds the rows of a draft by the lines of the Turtle that was written of it."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._lines = write_turtle(draft).splitlines()
        self._places = {c.iri: c.place for c in draft.criteria}

    def place(self, place: Place) -> Place:
        """Return the row of the criterion in whose block of Turtle a line lies."""
        number = re.search(r"\d+", place.pointer)
        edition = self._draft.scheme.place if self._draft.scheme else Place(self._draft.name)
        for line in reversed(self._lines[: int(number[0])] if number else []):
            subject = re.match(r"<([^>]*)>", line)
            if subject:
                iri = subject[1]
                while iri and iri not in self._places and "/" in iri.partition("://")[2]:
                    iri = iri.rpartition("/")[0]
                return self._places.get(iri) or edition
        return edition


def _cells(message: str, lines: Mapping[str, _Lines]) -> str:
    """Name places of the Turtle that was written as the author knows them."""
    for name, one in lines.items():
        spots = rf"{re.escape(name)} (line \d+)"
        message = re.sub(spots, lambda m, n=name, o=one: _spelled(o.place(Place(n, m[1]))), message)  # type: ignore[misc]
    return message


def _spelled(place: Place) -> str:
    return f"{place.document} {place.pointer}".strip()
