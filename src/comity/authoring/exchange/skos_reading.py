"""Read SKOS concept schemes as criteria, and SKOS matches as leads, unless their reading is confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace

from comity.authoring.draft import Draft, DraftCriterion, DraftRow, DraftScheme
from comity.authoring.exchange import naming
from comity.authoring.exchange.graph import TYPE, Graph, Resource
from comity.authoring.exchange.rdf_rows import day
from comity.authoring.exchange.written import Losses
from comity.authoring.turtle import KEYWORD
from comity.knowledge.slots import CONFIRMED
from comity.knowledge.vocabulary import BROADER, DCTERMS, DESCRIPTION, LABEL, NOTATION, NS, OWL, SKOS, SOURCE
from comity.model.classes import dataclass
from comity.model.places import Finding, Place, Severity
from comity.model.scales import Kind, Level

MATCHES = tuple(SKOS + n for n in ("exactMatch", "closeMatch", "narrowMatch", "broadMatch", "relatedMatch"))
_SCHEME, _CONCEPT = SKOS + "ConceptScheme", SKOS + "Concept"
_LABELS = (SKOS + "prefLabel", LABEL, DCTERMS + "title")
_TEXTS = (SKOS + "definition", DESCRIPTION, SKOS + "scopeNote")
_IN, _TOP, _HAS_TOP, _NARROWER = (SKOS + n for n in ("inScheme", "topConceptOf", "hasTopConcept", "narrower"))
_VERSIONS = (OWL + "versionInfo", DCTERMS + "hasVersion")
_DATES = (DCTERMS + "valid", DCTERMS + "issued", DCTERMS + "created")


def recognises(graph: Graph) -> bool:
    """Tell whether a graph holds concepts."""
    return any(graph.of(_CONCEPT, _SCHEME))


def draft(graph: Graph, *, confirmed: bool = False) -> Draft:
    """Read a concept scheme.

    :param confirmed: whether its author means exactMatch, narrowMatch and broadMatch as equal, superset and subset
        of what is asked; otherwise they stay as they are, and count as leads (semantics, section 2).
    """
    return _Reader(graph, confirmed).draft()


@dataclass(slots=True)
class _Reader:
    """Reads one graph."""

    graph: Graph
    confirmed: bool
    losses: Losses = field(default_factory=lambda: Losses("the draft of a concept scheme"))

    def draft(self) -> Draft:
        """Turn the first concept scheme and its concepts into a draft; count what is left out."""
        schemes = list(self.graph.of(_SCHEME))
        for other in schemes[1:]:
            self.losses.add("concept schemes beside the first", other.iri)
        header = self._header(schemes[0]) if schemes else None
        concepts = [r for r in self.graph.of(_CONCEPT) if not header or set(r.iris(_IN)) <= {header.iri}]
        for left in self.graph.of(_CONCEPT):
            if left not in concepts:
                self.losses.add("concepts of other schemes", left.iri)
        wholes = self._wholes(concepts)
        names = naming.numbers([r.iri for r in concepts], header.iri if header else "")
        numbers = naming.distinct(r.text(NOTATION) or name for r, name in zip(concepts, names, strict=True))
        criteria = [
            self._criterion(r, n, header, wholes.get(r.iri, "")) for r, n in zip(concepts, numbers, strict=True)
        ]
        rows = [row for r in concepts for row in self._rows(r)]
        if header is not None:
            label = f"{header.label} as a whole"
            root = f"{header.iri.rstrip('/#')}/root"
            level = Level.ORGANISATION
            criteria.insert(0, DraftCriterion(root, header.notation, label, Kind.ROOT, level, header.place))
            criteria[1:] = [c if c.parent else replace(c, parent=root) for c in criteria[1:]]
        if self.graph.blank:
            self.losses.add("nodes without a name", str(self.graph.blank))
        problems = [*self._assumed(concepts), *self._leads(rows), *self.losses.findings()]
        return Draft(
            name=self.graph.name,
            kind="criteria",
            scheme=header,
            criteria=tuple(criteria),
            rows=tuple(rows),
            header=naming.set_header(header.iri, rows) if header else {},
            problems=tuple(problems),
        )

    def _header(self, r: Resource) -> DraftScheme:
        publishers = r.iris(DCTERMS + "publisher")
        read = {TYPE, NOTATION, _HAS_TOP, SOURCE, *(_read(r, several) for several in (_LABELS, _TEXTS))}
        read |= {_VERSIONS[0], _DATES[0], *([DCTERMS + "publisher"] if publishers else ())}
        return DraftScheme(
            iri=r.iri,
            notation=naming.slug(r.text(NOTATION)) if r.text(NOTATION) else naming.edition(r.iri),
            label=r.text(*_LABELS) or r.iri,
            place=r.place,
            version=r.text(*_VERSIONS),
            source=r.text(SOURCE),
            description=r.text(*_TEXTS),
            in_force_from=day(r.text(*_DATES)),
            stewards=publishers,
            more=r.rest(read) | r.others(p for p in read - {TYPE, NOTATION, _HAS_TOP, DCTERMS + "publisher"} if p),
        )

    def _criterion(self, r: Resource, number: str, header: DraftScheme | None, parent: str) -> DraftCriterion:
        label, text = _read(r, _LABELS), _read(r, _TEXTS)
        read = {TYPE, label, text, NOTATION, BROADER, _NARROWER, _IN, _TOP, SOURCE, KEYWORD, *MATCHES}
        more = r.rest(read) | r.others(p for p in (label, text, NOTATION, SOURCE) if p)
        own = number if header is None or number.startswith(f"{header.notation}-") else f"{header.notation}-{number}"
        return DraftCriterion(
            iri=r.iri,
            notation=own,
            label=r.text(*_LABELS) or number,
            kind=Kind.PROCESS,
            level=Level.ORGANISATION,
            place=r.place,
            text=r.text(*_TEXTS),
            source=r.text(SOURCE),
            parent=parent,
            tags=r.texts(KEYWORD),
            more=more,
        )

    def _wholes(self, concepts: Sequence[Resource]) -> dict[str, str]:
        found: dict[str, str] = {}
        pairs = [(r.iri, b) for r in concepts for b in r.iris(BROADER)]
        pairs += [(n, r.iri) for r in concepts for n in r.iris(_NARROWER)]
        for part, whole in pairs:
            if found.setdefault(part, whole) != whole:
                self.losses.add("broader concepts beside the first", part)
        return found

    def _rows(self, r: Resource) -> Iterator[DraftRow]:
        for predicate in MATCHES:
            word = f"skos:{predicate.removeprefix(SKOS)}"
            meant = NS + CONFIRMED[predicate] if self.confirmed and predicate in CONFIRMED else predicate
            for other in r.iris(predicate):
                yield DraftRow(
                    subject=r.iri,
                    predicate=meant,
                    object=other,
                    place=r.place,
                    subject_label=r.text(*_LABELS),
                    foreign=word,
                )

    def _assumed(self, concepts: Sequence[Resource]) -> Iterator[Finding]:
        if concepts:
            message = f"SKOS says neither the kind nor the level of its {len(concepts)} concepts."
            fix = "They are taken as processes of organisations; correct comity:kind and comity:level."
            yield Finding("kind-assumed", Severity.WARNING, concepts[0].place, message, fix)

    def _leads(self, rows: Sequence[DraftRow]) -> Iterator[Finding]:
        open_ = [row for row in rows if row.predicate in CONFIRMED]
        if open_:
            message = f"{len(open_)} matches of SKOS are kept as they are, and count as leads."
            fix = "Where narrowMatch means that the subject asks for more, write superset; broadMatch: subset."
            yield Finding("relation-read", Severity.INFO, open_[0].place, message, fix)
        if self.confirmed and rows:
            message = (
                f"{len(rows)} matches of SKOS are read as exactMatch: equal, narrowMatch: superset, broadMatch: subset."
            )
            yield Finding("relation-read", Severity.INFO, Place(self.graph.name), message)


def _read(r: Resource, several: Sequence[str]) -> str:
    """Return the property of some that is read, and that need not be kept; empty for none.

    What is written again as it was, or as Comity itself writes it, need not; another property that served is kept.
    """
    served = next((p for p in several if r.text(p)), "")
    return served if served in (several[0], LABEL, DESCRIPTION) else ""
