"""Write an edition as a SKOS concept scheme, or mapping rows as SKOS matches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from comity.authoring.draft import Draft, DraftCriterion, DraftRow, DraftScheme
from comity.authoring.exchange.rdf_writing import turtle
from comity.authoring.exchange.things import KEPT, address
from comity.authoring.exchange.written import Losses, Written
from comity.authoring.turtle import KEYWORD, named
from comity.knowledge.vocabulary import DCTERMS, NOTATION, NS, OWL, SKOS, SOURCE
from comity.model.knowledge import Knowledge
from comity.model.scales import Kind
from comity.stores import terms
from comity.stores.terms import TYPE

MATCHES: Mapping[str, str] = {
    "equal": "exactMatch",
    "superset": "narrowMatch",
    "subset": "broadMatch",
    "covers": "closeMatch",
    "coveredBy": "closeMatch",
    "intersects": "relatedMatch",
    "overlaps": "relatedMatch",
    "closeMatch": "closeMatch",
    "relatedMatch": "relatedMatch",
    "references": "relatedMatch",
}
"""Our relations, and the match that says no more than is true of them."""
_EXACT = frozenset({"equal", "superset", "subset", "closeMatch", "relatedMatch"})


def write(draft: Draft, knowledge: Knowledge) -> Written:
    """Write concepts, or matches between them, as Turtle."""
    del knowledge
    losses = Losses("SKOS")
    triples: list[Triple] = []
    if draft.scheme is not None:
        triples += _scheme(draft.scheme, losses)
    known = {c.iri for c in draft.criteria}
    for criterion in draft.criteria:
        triples += _concept(criterion, draft.scheme, known, losses)
    for row in draft.rows:
        triples += _match(row, losses)
    for key in draft.header:
        losses.add("metadata of mapping sets", key)
    return Written(turtle(triples), losses.findings())


def _scheme(header: DraftScheme, losses: Losses) -> Iterator[Triple]:
    this = NamedNode(header.iri)
    yield Triple(this, TYPE, NamedNode(SKOS + "ConceptScheme"))
    yield from _text(this, SKOS + "prefLabel", header.label, header.more)
    yield Triple(this, NamedNode(NOTATION), terms.text(header.notation))
    yield from _text(this, SKOS + "definition", header.description, header.more)
    if header.version:
        yield Triple(this, NamedNode(OWL + "versionInfo"), terms.text(header.version))
    if header.in_force_from is not None:
        yield Triple(this, NamedNode(DCTERMS + "valid"), terms.day(header.in_force_from))
    if header.source:
        yield Triple(this, NamedNode(SOURCE), named(header.source))
    for steward in header.stewards:
        if (iri := terms.iri(steward)) is not None:
            yield Triple(this, NamedNode(DCTERMS + "publisher"), iri)
        else:
            losses.add("stewards without an address", steward)
    yield from _kept(this, header.more)
    missing = {
        "texts whatever their edition": bool(header.scheme),
        "bodies that an edition lists": bool(header.bodies),
        "jurisdictions": bool(header.jurisdiction),
        "states": bool(header.state),
        "ends of validity": bool(header.in_force_until or header.withdrawn_from),
        "other properties": any(map(_ours, header.more)),
        "how records were checked": True,
    }
    for what in (w for w, found in missing.items() if found):
        losses.add(what, header.notation)


def _concept(
    criterion: DraftCriterion, header: DraftScheme | None, known: set[str], losses: Losses
) -> Iterator[Triple]:
    if criterion.kind is Kind.ROOT and header is not None:
        return  # the scheme itself
    this = NamedNode(criterion.iri)
    yield Triple(this, TYPE, NamedNode(SKOS + "Concept"))
    yield from _text(this, SKOS + "prefLabel", criterion.label, criterion.more)
    yield Triple(this, NamedNode(NOTATION), terms.text(criterion.notation))
    yield from _text(this, SKOS + "definition", criterion.text, criterion.more)
    if criterion.source:
        yield Triple(this, NamedNode(SOURCE), named(criterion.source))
    for tag in criterion.tags:
        yield Triple(this, NamedNode(KEYWORD), terms.text(tag))
    for topic in criterion.topics:
        if (iri := terms.iri(topic)) is not None:
            yield Triple(this, NamedNode(DCTERMS + "subject"), iri)
    for other in criterion.same_as:
        if (iri := terms.iri(other)) is not None:
            yield Triple(this, NamedNode(SKOS + "exactMatch"), iri)
    if header is not None:
        yield Triple(this, NamedNode(SKOS + "inScheme"), NamedNode(header.iri))
    root = f"{header.iri.rstrip('/#')}/root" if header else ""
    if criterion.parent in known - {root}:
        yield Triple(this, NamedNode(SKOS + "broader"), NamedNode(criterion.parent))
    elif header is not None:
        yield Triple(this, NamedNode(SKOS + "topConceptOf"), NamedNode(header.iri))
    yield from _kept(this, criterion.more)
    missing = {
        "kinds": True,
        "levels": True,
        "limits": bool(criterion.limits),
        "doubts": bool(criterion.doubts),
        "units of assessment": bool(criterion.unit_parts),
        "lifts": bool(criterion.lifts),
        "citations": bool(criterion.citation),
        "how records were checked": True,
        "other properties": any(map(_ours, criterion.more)),
    }
    for what in (w for w, found in missing.items() if found):
        losses.add(what, criterion.notation)


def _match(row: DraftRow, losses: Losses) -> Iterator[Triple]:
    name = row.predicate.removeprefix(NS)
    where = row.id or f"{row.subject_label or row.subject} → {row.object_label or row.object}"
    if row.negated or name == "disjoint":
        losses.add("rows that deny something", where)
        return
    word = MATCHES.get(name) or row.predicate.removeprefix(SKOS)
    if word == row.predicate and row.predicate not in MATCHES:
        losses.add("relations of other vocabularies", where)
        return
    if row.predicate.startswith(NS) and name not in _EXACT:
        losses.add(f"the relation {name!r}", where, f"The weaker {word} is written.")
    ends = NamedNode(address(row.subject)), NamedNode(address(row.object))
    yield Triple(ends[0], NamedNode(SKOS + word), ends[1])
    if row.reason or row.author_label or row.author_id or row.authority is not None or row.confidence is not None:
        losses.add("who says so and why", where)


def _text(this: NamedNode, predicate: str, text: str, more: Mapping[str, tuple[str, ...]]) -> Iterator[Triple]:
    """Write a text as English, unless it was read in another language, in which it is kept."""
    kept = [named(value) for value in more.get(predicate, ())]
    if text and not any(isinstance(k, Literal) and k.language and k.value == text for k in kept):
        yield Triple(this, NamedNode(predicate), _english(text))


def _kept(this: NamedNode, more: Mapping[str, tuple[str, ...]]) -> Iterator[Triple]:
    """Write what was read of a concept and has no place of its own: SKOS stands beside any other property."""
    for predicate, values in more.items():
        if not _ours(predicate):
            for value in values:
                yield Triple(this, NamedNode(predicate), named(value))


def _ours(predicate: str) -> bool:
    """Tell whether a property says nothing to readers of SKOS: one of Comity, or a kept key of another format."""
    return predicate.startswith((NS, KEPT))


def _english(text: str) -> Literal:
    return Literal(text, language="en")
