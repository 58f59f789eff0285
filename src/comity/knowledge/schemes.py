"""Schemes, criteria, limits and what holds between criteria: records to domain objects."""

from __future__ import annotations

from collections.abc import Mapping

from comity import units
from comity.knowledge.dates import Dates, start
from comity.knowledge.graph import Graph
from comity.knowledge.records import Record
from comity.knowledge.vocabulary import (
    BROADER,
    DESCRIPTION,
    LABEL,
    NOTATION,
    NS,
    SOURCE,
    UNITLESS,
    comparator,
    deontic,
    fold,
    rank,
    word,
)
from comity.model.classes import dataclass
from comity.model.criteria import (
    AnyOf,
    Criterion,
    Decomposition,
    Dimension,
    JointCoverage,
    Limit,
    Metric,
    QualifierValue,
    SchemeVersion,
)
from comity.model.errors import UnknownNameError
from comity.model.scales import Authority, Basis, Comparator, Confidence, Deontic, Kind, Level, Lift, ThresholdRole


@dataclass(frozen=True, slots=True)
class Schemes:
    """All that the knowledge says of texts, indexed by IRI.

    :param by_notation: folded notation to criterion IRI.
    """

    versions: Mapping[str, SchemeVersion]
    criteria: Mapping[str, Criterion]
    metrics: Mapping[str, Metric]
    dimensions: Mapping[str, Dimension]
    qualifiers: Mapping[str, QualifierValue]
    decompositions: tuple[Decomposition, ...]
    joints: tuple[JointCoverage, ...]
    choices: tuple[AnyOf, ...]
    by_notation: Mapping[str, str]


def read_schemes(graph: Graph, dates: Dates) -> Schemes:
    """Turn the records about schemes into domain objects; what is wrong goes to the graph's problems."""
    metrics = {r.iri: _metric(r) for r in graph.of("Metric")}
    dimensions = {r.iri: _dimension(r) for r in graph.of("Dimension")}
    qualifiers = {r.iri: _qualifier(r) for r in graph.of("QualifierValue")}
    _check_qualifiers(graph, dimensions, qualifiers)
    limits = {r.iri: _limit(graph, r, metrics, qualifiers) for r in graph.of("Limit")}
    versions = {r.iri: _version(graph, r) for r in graph.of("SchemeVersion")}
    criteria = {r.iri: _criterion(graph, r, versions, limits, dates) for r in graph.of("Criterion")}
    for record in graph.of("SchemeVersion"):
        root = versions[record.iri].root
        if not root or not graph.known(record, NS + "root", root, criteria, "criterion"):
            continue
        if criteria[root].version != record.iri:
            message = f"its root <{root}> is a criterion of <{criteria[root].version}>."
            record.fault("root-elsewhere", NS + "root", message, "Name the criterion that is all of this edition.")
    return Schemes(
        versions,
        criteria,
        metrics,
        dimensions,
        qualifiers,
        tuple(_decomposition(graph, r, criteria) for r in graph.of("Decomposition")),
        tuple(_joint(graph, r, criteria) for r in graph.of("JointCoverage")),
        tuple(_choice(graph, r, criteria) for r in graph.of("AnyOf")),
        _notations(graph, criteria),
    )


def notation(record: Record) -> str:
    """Read the notation, which everything that people name must have."""
    return record.text(NOTATION, required=True, code="missing-notation")


def basis(record: Record) -> Basis:
    """Read how a record was checked."""
    return record.choice(NS + "basis", Basis, Basis.NOT_VERIFIED)


def confidence(record: Record) -> Confidence | None:
    """Read how far a record is trusted by whoever made it; ``None`` for not said."""
    return record.read(NS + "confidence", _confidence, None)


def read_unit(record: Record) -> str | None:
    """Read a unit that Comity can convert; ``None`` for none, and for a pure number."""
    iri = record.iri_of(NS + "unit")
    if not iri or iri == UNITLESS:
        return None
    try:
        return units.factor(iri).iri
    except UnknownNameError:
        fix = "Use a QUDT unit; a pure number has unit:UNITLESS."
        record.fault("unknown-unit", NS + "unit", f"<{iri}> is no unit that Comity can convert.", fix)
        return iri


def _metric(record: Record) -> Metric:
    unit = read_unit(record)
    lowest, highest = record.number(NS + "lowest"), record.number(NS + "highest")
    return Metric(record.iri, notation(record), record.text(LABEL, required=True), unit, lowest, highest)


def _dimension(record: Record) -> Dimension:
    assumable = record.flag(NS + "assumable", True)
    return Dimension(record.iri, notation(record), record.text(LABEL, required=True), assumable)


def _qualifier(record: Record) -> QualifierValue:
    dimension = record.iri_of(NS + "dimension", required=True)
    label = record.text(LABEL, required=True)
    return QualifierValue(record.iri, dimension, notation(record), label, record.iris(BROADER))


def _check_qualifiers(graph: Graph, dimensions: Mapping[str, Dimension], values: Mapping[str, QualifierValue]) -> None:
    for record in graph.of("QualifierValue"):
        value = values[record.iri]
        if value.dimension:
            graph.known(record, NS + "dimension", value.dimension, dimensions, "dimension")
        for broader in value.broader:
            graph.known(record, BROADER, broader, values, "qualifier value")
        if record.iri in _broader(values, record.iri):
            record.fault("circular", BROADER, "it falls under itself.")


def _broader(values: Mapping[str, QualifierValue], iri: str) -> set[str]:
    found: set[str] = set()
    open_ = list(values[iri].broader)
    while open_:
        one = open_.pop()
        if one not in found and one in values:
            found.add(one)
            open_.extend(values[one].broader)
    return found


def _limit(graph: Graph, record: Record, metrics: Mapping[str, Metric], values: Mapping[str, QualifierValue]) -> Limit:
    metric = record.iri_of(NS + "metric", required=True)
    if metric:
        graph.known(record, NS + "metric", metric, metrics, "metric")
    qualifiers: dict[str, str] = {}
    for iri in record.iris(NS + "qualifier"):
        if not graph.known(record, NS + "qualifier", iri, values, "qualifier value"):
            continue
        if values[iri].dimension in qualifiers:
            message = f"it has two qualifiers of one dimension, <{values[iri].dimension}>."
            record.fault("too-many-values", NS + "qualifier", message, "", iri.rpartition("/")[2])
        qualifiers[values[iri].dimension] = iri
    role = record.choice(NS + "thresholdRole", ThresholdRole, ThresholdRole.LIMIT, required=True)
    comparison = record.read(NS + "comparator", _comparator, None)
    value, unit = record.number(NS + "value"), read_unit(record)
    if value is not None and not record.terms(NS + "unit"):
        fix = "Add comity:unit; a pure number has unit:UNITLESS."
        record.fault("value-without-unit", NS + "value", "its value has no unit.", fix)
    if value is not None and comparison is None and role is not ThresholdRole.DECLARE:
        fix = "Add one: nothing is held against the value without it."
        record.fault("no-comparator", NS + "value", "its value has no comity:comparator.", fix)
    return Limit(record.iri, metric, role, comparison, value, unit, qualifiers, record.text(NS + "startEvent"))


def _comparator(text: str) -> Comparator | None:
    return comparator(text)


def _deontic(text: str) -> Deontic | None:
    return deontic(text)


def _confidence(text: str) -> Confidence | None:
    return rank(text, Confidence)


def _version(graph: Graph, record: Record) -> SchemeVersion:
    return SchemeVersion(
        iri=record.iri,
        notation=notation(record),
        label=record.text(LABEL, required=True),
        scheme=record.iri_of(NS + "scheme", required=True),
        version=record.text(NS + "version"),
        source="".join(record.texts(SOURCE)[:1]),
        basis=basis(record),
        root=record.iri_of(NS + "root") or None,
        in_force_from=record.day(NS + "inForceFrom"),
        in_force_until=record.day(NS + "inForceUntil"),
        withdrawn_from=record.day(NS + "withdrawnFrom"),
        stewards=record.texts(NS + "steward"),
        bodies=record.texts(NS + "listsBody"),
        jurisdiction=record.text(NS + "jurisdiction") or None,
        file=record.file.name,
        consolidation_read=record.text(NS + "consolidationRead"),
        consolidations_known=record.texts(NS + "consolidationKnown"),
        amended_by=graph.named(record, NS + "amendedBy", "act that some file describes"),
        superseded_by=graph.named(record, NS + "supersededBy"),
        state=record.text(NS + "state"),
        notes=record.texts(NS + "verificationNote"),
        confidence=confidence(record),
    )


def _criterion(
    graph: Graph, record: Record, versions: Mapping[str, SchemeVersion], limits: Mapping[str, Limit], dates: Dates
) -> Criterion:
    version = record.iri_of(NS + "inVersion", required=True)
    if version:
        graph.known(record, NS + "inVersion", version, versions, "scheme version")
    limit = record.iri_of(NS + "limit")
    if limit:
        graph.known(record, NS + "limit", limit, limits, "limit")
    named = notation(record)
    source = "".join(record.texts(SOURCE)[:1]) or (versions[version].source if version in versions else "")
    return Criterion(
        iri=record.iri,
        notation=named,
        label=record.text(LABEL, required=True),
        text=record.text(DESCRIPTION),
        version=version,
        kind=record.choice(NS + "kind", Kind, Kind.PROCESS, required=True),
        level=record.choice(NS + "level", Level, Level.ORGANISATION, required=True),
        citation=record.text(NS + "citation") or named,
        source=source,
        basis=record.choice(NS + "basis", Basis, Basis.NOT_VERIFIED, required=True),
        unit_parts=record.texts(NS + "unitPart"),
        limit=limits.get(limit),
        lifts=_lifts(record),
        topics=record.iris(NS + "topic"),
        doubts=record.texts(NS + "doubt"),
        file=record.file.name,
        deontic=record.read(NS + "deonticType", _deontic, None),
        actors=graph.named(record, NS + "actor", "role that some file describes"),
        tightened_by=graph.named(record, NS + "tightenedBy", "criterion that some file describes"),
        superseded_by=graph.named(record, NS + "supersededBy"),
        notes=record.texts(NS + "verificationNote"),
        confidence=confidence(record),
        starts=start(graph, record, dates),
        ends=record.day(NS + "appliesUntil"),
        deadlines=record.texts(NS + "deadline"),
        evidence=record.texts(NS + "acceptedEvidence"),
        concerns=graph.named(record, NS + "concerns", "qualifier value that some file describes"),
    )


def _lifts(record: Record) -> frozenset[Lift]:
    lifts = set()
    for text in record.texts(NS + "lift"):
        try:
            lifts.add(word(text, Lift))
        except ValueError as error:
            record.fault("unknown-value", NS + "lift", f"comity:lift: {error}.", "", text.removeprefix(NS))
    return frozenset(lifts)


def _decomposition(graph: Graph, record: Record, criteria: Mapping[str, Criterion]) -> Decomposition:
    whole, parts = _members(graph, record, criteria, "whole", "part")
    complete = record.read(NS + "completeness", _complete, False, required=True)
    return Decomposition(record.iri, whole, parts, complete, basis(record))


def _complete(text: str) -> bool:
    words = {NS + "complete": True, NS + "partial": False}
    if text not in words:
        raise ValueError(f"{text.removeprefix(NS)!r} is none of complete, partial")
    return words[text]


def _joint(graph: Graph, record: Record, criteria: Mapping[str, Criterion]) -> JointCoverage:
    covers, members = _members(graph, record, criteria, "jointlyCovers", "member")
    if len(set(members)) == 1:
        record.fault(
            "joint-group", NS + "member", "one criterion alone covers nothing jointly.", "State a mapping row."
        )
    authority = record.read(NS + "authority", lambda text: rank(text, Authority), Authority.DRAFT, required=True)
    if authority > Authority.DRAFT:  # nothing here says who signed
        message = f"authority {authority.token} needs mapping rows that state it and are signed; it counts as draft."
        record.fault("standing", NS + "authority", message, "State it by rows with a common joint_group.")
        authority = Authority.DRAFT
    return JointCoverage(record.iri, members, covers, authority, record.text(DESCRIPTION), basis(record))


def _choice(graph: Graph, record: Record, criteria: Mapping[str, Criterion]) -> AnyOf:
    whole, options = _members(graph, record, criteria, "whole", "option")
    return AnyOf(record.iri, whole, options, basis(record))


def _members(
    graph: Graph, record: Record, criteria: Mapping[str, Criterion], one: str, many: str
) -> tuple[str, tuple[str, ...]]:
    whole, parts = record.iri_of(NS + one, required=True), record.iris(NS + many)
    if whole:
        graph.known(record, NS + one, whole, criteria, "criterion")
    if not parts:
        record.fault("missing-property", "", f"it has no comity:{many}.")
    known = tuple(part for part in parts if graph.known(record, NS + many, part, criteria, "criterion"))
    return whole, known


def _notations(graph: Graph, criteria: Mapping[str, Criterion]) -> Mapping[str, str]:
    index: dict[str, str] = {}
    for iri, criterion in criteria.items():
        key = fold(criterion.notation)
        other = criteria.get(index.get(key, ""))
        if key and other is not None:
            where = graph.records[other.iri].place(NOTATION)
            message = f"its notation {criterion.notation!r} is also that of {other.label!r}"
            graph.records[iri].fault(
                "duplicate-notation",
                NOTATION,
                f"{message} ({where.document} {where.pointer}).",
                "Notations are unique.",
            )
        index.setdefault(key, iri)
    index.pop("", None)
    return index
