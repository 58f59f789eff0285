"""Read RDF in the shape in which Comity keeps criteria, SKOS concept schemes, and mapping rows of SSSOM in RDF."""

from __future__ import annotations

from dataclasses import field

from comity.authoring.draft import Draft, DraftCriterion, DraftLimit, DraftScheme, DraftWhole
from comity.authoring.exchange import rdf_rows, skos_reading
from comity.authoring.exchange.graph import TYPE, Graph, Resource, parse
from comity.authoring.exchange.written import Losses
from comity.authoring.turtle import KEYWORD, SAME
from comity.knowledge import vocabulary as v
from comity.knowledge.vocabulary import DESCRIPTION, LABEL, NOTATION, NS, SOURCE
from comity.model.classes import dataclass
from comity.model.errors import UnreadableError
from comity.model.places import Finding, Severity
from comity.model.scales import Basis, Kind, Level, Lift, ThresholdRole

_VERSION = frozenset(
    {TYPE, LABEL, NOTATION, DESCRIPTION, SOURCE}
    | {NS + n for n in ("scheme", "basis", "root", "version", "jurisdiction", "state", "steward", "listsBody")}
    | {NS + n for n in ("inForceFrom", "inForceUntil", "withdrawnFrom")}
)
_CRITERION = frozenset(
    {TYPE, LABEL, NOTATION, DESCRIPTION, SOURCE, KEYWORD, SAME}
    | {
        NS + n
        for n in ("inVersion", "kind", "level", "basis", "citation", "doubt", "topic", "unitPart", "lift", "limit")
    }
)
_LIMIT = frozenset(
    {TYPE} | {NS + n for n in ("metric", "thresholdRole", "comparator", "value", "unit", "qualifier", "startEvent")}
)
_WHOLE = frozenset({TYPE, DESCRIPTION} | {NS + n for n in ("whole", "part", "completeness", "basis")})


def read(content: bytes, name: str) -> Draft:
    """Read a file; whatever is wrong stands in the draft's problems."""
    try:
        graph = parse(content, name)
    except UnreadableError as error:
        problem = Finding(error.code, Severity.ERROR, error.place, error.message, error.fix)
        return Draft(name, "criteria", problems=(problem,))
    return draft(graph)


def draft(graph: Graph) -> Draft:
    """Read a graph."""
    if any(graph.of(NS + "Criterion", NS + "SchemeVersion")):
        return _Reader(graph).draft()
    if skos_reading.recognises(graph):
        return skos_reading.draft(graph)
    return rdf_rows.draft(graph)


@dataclass(slots=True)
class _Reader:
    """Reads a graph in Comity's own shape."""

    graph: Graph
    losses: Losses = field(default_factory=lambda: Losses("the draft of an edition"))
    problems: list[Finding] = field(default_factory=list)
    wholes: dict[str, DraftWhole] = field(default_factory=dict)

    def draft(self) -> Draft:
        """Read the edition and its criteria; a second edition is told of and left out."""
        versions = list(self.graph.of(NS + "SchemeVersion"))
        for other in versions[1:]:
            self.losses.add("editions beside the first", other.text(NOTATION) or other.iri)
        scheme = self._scheme(versions[0]) if versions else None
        members = list(self.graph.of(NS + "Criterion"))
        if scheme is not None:
            left = [r for r in members if r.iri_of(NS + "inVersion") not in (scheme.iri, "")]
            for other in left:
                self.losses.add("criteria of other editions", other.text(NOTATION) or other.iri)
            members = [r for r in members if r not in left]
        parents, complete, folded = self._wholes()
        criteria = [self._criterion(r, parents.get(r.iri, ""), folded.get(r.iri, ())) for r in members]
        inner = {part for parts in folded.values() for part in parts}
        rows = rdf_rows.draft(self.graph)
        self._others()
        return Draft(
            name=self.graph.name,
            kind="criteria",
            scheme=scheme,
            criteria=tuple(c for c in criteria if c.iri not in inner),
            rows=rows.rows,
            complete=frozenset(complete),
            wholes=self.wholes,
            header=rows.header,
            prefixes=rows.prefixes,
            problems=(*self.problems, *self.losses.findings()),
        )

    def _scheme(self, r: Resource) -> DraftScheme:
        text = r.iri_of(NS + "scheme")
        named = self.graph.resources.get(text)
        more = r.rest(_VERSION) | self._types(r, "SchemeVersion")
        more |= r.others((LABEL, NOTATION, DESCRIPTION, SOURCE, NS + "version", NS + "jurisdiction", NS + "state"))
        return DraftScheme(
            iri=r.iri,
            notation=r.text(NOTATION),
            label=r.text(LABEL),
            place=r.place,
            version=r.text(NS + "version"),
            scheme="" if text == r.iri else text,
            scheme_label=named.text(LABEL) if named is not None and text != r.iri else "",
            source=r.text(SOURCE),
            description=r.text(DESCRIPTION),
            basis=self._word(r, "basis", Basis, Basis.NOT_VERIFIED),
            in_force_from=rdf_rows.day(r.text(NS + "inForceFrom")),
            in_force_until=rdf_rows.day(r.text(NS + "inForceUntil")),
            withdrawn_from=rdf_rows.day(r.text(NS + "withdrawnFrom")),
            stewards=r.texts(NS + "steward"),
            bodies=r.texts(NS + "listsBody"),
            jurisdiction=r.text(NS + "jurisdiction"),
            state=r.text(NS + "state"),
            more=more,
        )

    def _criterion(self, r: Resource, parent: str, parts: tuple[str, ...]) -> DraftCriterion:
        notation = r.text(NOTATION) or r.iri
        limits = [self._limit(iri, notation) for iri in r.iris(NS + "limit")]
        for part in parts:
            inner = self.graph.resources[part]
            limits += [self._limit(iri, notation) for iri in inner.iris(NS + "limit")]
        more = r.rest(_CRITERION) | self._types(r, "Criterion")
        more |= r.others((LABEL, NOTATION, DESCRIPTION, SOURCE, NS + "citation"))
        return DraftCriterion(
            iri=r.iri,
            notation=notation,
            label=r.text(LABEL),
            kind=self._word(r, "kind", Kind, Kind.PROCESS),
            level=self._word(r, "level", Level, Level.ORGANISATION),
            place=r.place,
            text=r.text(DESCRIPTION),
            citation=r.text(NS + "citation"),
            source=r.text(SOURCE),
            basis=self._word(r, "basis", Basis, Basis.NOT_VERIFIED),
            parent=parent,
            limits=tuple(limit for limit in limits if limit is not None),
            unit_parts=r.texts(NS + "unitPart"),
            lifts=frozenset(lift for t in r.texts(NS + "lift") for lift in Lift if lift.value == v.token(t)),
            topics=r.iris(NS + "topic"),
            doubts=r.texts(NS + "doubt"),
            tags=r.texts(KEYWORD),
            same_as=r.texts(SAME),
            more=more,
        )

    def _limit(self, iri: str, notation: str) -> DraftLimit | None:
        r = self.graph.resources.get(iri)
        if r is None or not r.iri_of(NS + "metric"):
            self.losses.add("limits that are named and not described", notation)
            return None
        for predicate in r.rest(_LIMIT):
            self.losses.add(f"<{predicate}>", iri)
        value = rdf_rows.number(r.text(NS + "value"))
        unit = r.iri_of(NS + "unit")
        comparator = r.text(NS + "comparator")
        metric = self.graph.resources.get(r.iri_of(NS + "metric"))
        return DraftLimit(
            metric=r.iri_of(NS + "metric"),
            role=self._word(r, "thresholdRole", ThresholdRole, ThresholdRole.LIMIT),
            comparator=v.comparator(comparator) if comparator else None,
            value=value,
            unit=None if unit == v.UNITLESS and value is not None else unit or None,
            qualifiers=r.iris(NS + "qualifier"),
            start_event=r.text(NS + "startEvent"),
            iri=r.iri,
            metric_label=metric.text(LABEL) if metric is not None else "",
        )

    def _wholes(self) -> tuple[dict[str, str], set[str], dict[str, tuple[str, ...]]]:
        """Return parts with their whole, the wholes that are complete, and those that are only several limits."""
        parents: dict[str, str] = {}
        complete: set[str] = set()
        folded: dict[str, tuple[str, ...]] = {}
        for r in self.graph.of(NS + "Decomposition"):
            whole, parts = r.iri_of(NS + "whole"), r.iris(NS + "part")
            if r.iri == f"{whole}/limits" and all(p.startswith(whole + "/") for p in parts):
                folded[whole] = tuple(sorted(parts, key=lambda p: (len(p), p)))
                continue
            for predicate in r.rest(_WHOLE):
                self.losses.add(f"<{predicate}> of decompositions", r.iri)
            if whole in self.wholes:
                self.losses.add("second decompositions of a criterion", whole)
                continue
            basis = self._word(r, "basis", Basis, Basis.NOT_VERIFIED)
            self.wholes[whole] = DraftWhole(r.iri, r.text(DESCRIPTION), basis)
            for part in parts:
                if parents.setdefault(part, whole) != whole:
                    self.losses.add("wholes beside the first of a part", part)
            if r.text(NS + "completeness") == NS + "complete":
                complete.add(whole)
        return parents, complete, folded

    def _others(self) -> None:
        known = {"Criterion", "SchemeVersion", "Scheme", "Limit", "Decomposition", "Metric", "MappingRow"}
        for r in self.graph.resources.values():
            types = {t.removeprefix(NS) for t in r.iris(TYPE)}
            if not types & known and not types & rdf_rows.TYPES:
                self.losses.add(f"resources of the type {', '.join(sorted(types)) or 'unknown'}", r.iri)
        if self.graph.blank:
            self.losses.add("nodes without a name", str(self.graph.blank))

    def _types(self, r: Resource, own: str) -> dict[str, tuple[str, ...]]:
        others = tuple(t for t in r.iris(TYPE) if t != NS + own)
        return {TYPE: others} if others else {}

    def _word(self, r: Resource, name: str, words: type[v.Word], default: v.Word) -> v.Word:
        text = r.text(NS + name)
        if not text:
            return default
        try:
            return v.word(text, words)
        except ValueError as error:
            self.problems.append(Finding("unknown-value", Severity.ERROR, r.place, f"comity:{name}: {error}."))
            return default
