"""Markets, requirements and recognitions: records to domain objects."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from comity.knowledge.conditions import check_fact
from comity.knowledge.dates import Dates, earlier_starts, start
from comity.knowledge.graph import Graph
from comity.knowledge.records import Record
from comity.knowledge.schemes import basis, confidence, notation
from comity.knowledge.vocabulary import LABEL, NS, fold, token
from comity.model.classes import dataclass
from comity.model.criteria import Criterion
from comity.model.requirements import (
    CaseFact,
    Condition,
    Exemption,
    Market,
    MarketNote,
    Recognition,
    Requirement,
)
from comity.model.scales import Assurance, Authority, Basis, Level

LINKS = ("produced-at", "processed-at", "operated-by", "sources-from", "part-of")


@dataclass(frozen=True, slots=True)
class Known:
    """What requirements may name."""

    criteria: Mapping[str, Criterion]
    conditions: Mapping[str, Condition]
    facts: Mapping[str, CaseFact]
    dates: Dates


def read_exemptions(graph: Graph, known: Known) -> Mapping[str, Exemption]:
    """Return the exemptions by IRI."""
    found = {}
    for record in graph.of("Exemption"):
        condition = record.iri_of(NS + "condition", required=True)
        if condition:
            graph.known(record, NS + "condition", condition, known.conditions, "condition")
        label, citation = record.text(LABEL, required=True), record.text(NS + "citation")
        found[record.iri] = Exemption(record.iri, label, citation, condition)
    return found


def read_markets(graph: Graph, known: Known, exemptions: Mapping[str, Exemption]) -> Mapping[str, Market]:
    """Return the markets by notation, each with its requirements in order of notation."""
    requirements = [_requirement(graph, r, known, exemptions) for r in graph.of("Requirement")]
    notes = [(r, r.iri_of(NS + "market", required=True), _note(graph, r, known)) for r in graph.of("MarketNote")]
    iris = {record.iri: record for record in graph.of("Market")}
    for record in graph.of("Requirement", "MarketNote"):
        if market := record.iri_of(NS + "market"):
            graph.known(record, NS + "market", market, iris, "market")
    markets = {}
    for iri, record in iris.items():
        own = sorted((r for r in requirements if r.market == iri), key=lambda r: r.notation)
        _check_notations(graph, own)
        beside = tuple(note for _, market, note in notes if market == iri)
        market_ = _market(record, tuple(own), beside)
        markets[market_.notation] = market_
    return markets


def read_recognitions(graph: Graph, versions: Mapping[str, object]) -> tuple[Recognition, ...]:
    """Return what laws recognise."""
    return tuple(_recognition(graph, r, versions) for r in graph.of("Recognition"))


def _market(record: Record, requirements: tuple[Requirement, ...], notes: tuple[MarketNote, ...]) -> Market:
    checked = record.day(NS + "checkedOn")
    if checked is None and not record.texts(NS + "checkedOn"):
        record.fault("missing-property", "", "it has no comity:checkedOn.", "Say when it was checked against the law.")
    return Market(
        iri=record.iri,
        notation=notation(record),
        label=record.text(LABEL, required=True),
        authority=record.scale(NS + "policyAuthority", Authority, Authority.REVIEWED, required=True),
        checked_on=checked or date.min,
        requirements=requirements,
        notes=notes,
        file=record.file.name,
    )


def _requirement(
    graph: Graph,
    record: Record,
    known: Known,
    exemptions: Mapping[str, Exemption],
) -> Requirement:
    iri = record.iri_of(NS + "criterion", required=True)
    if iri:
        graph.known(record, NS + "criterion", iri, known.criteria, "criterion")
    criterion = known.criteria.get(iri)
    actor, role = record.iri_of(NS + "actor", required=True), record.iri_of(NS + "role") or None
    for predicate, named in (("actor", actor), ("role", role)):
        if named:
            graph.known(record, NS + predicate, named, None, "role that some file describes")
    event = record.text(NS + "event") or None
    check_fact(record, NS + "event", event or "", known.facts)
    return Requirement(
        iri=record.iri,
        notation=notation(record),
        market=record.iri_of(NS + "market", required=True),
        criterion=iri,
        label=record.text(LABEL) or (criterion.label if criterion else ""),
        citation=record.text(NS + "citation") or (criterion.citation if criterion else ""),
        actor=actor,
        actor_label=graph.label(actor),
        level=record.choice(NS + "level", Level, criterion.level if criterion else Level.PRODUCT),
        basis=record.choice(NS + "basis", Basis, Basis.NOT_VERIFIED, required=True),
        rank=record.scale(NS + "assurance", Assurance, Assurance.THIRD_PARTY, required=True),
        unit_parts=record.texts(NS + "unitPart") or (criterion.unit_parts if criterion else ()),
        conditions=_named(graph, record, "condition", known.conditions),
        exemptions=_named(graph, record, "exemption", exemptions),
        starts=start(graph, record, known.dates),
        ends=record.day(NS + "appliesUntil"),
        event=event,
        role=role,
        ranges_over=record.read(NS + "rangesOver", _link, None),
        party_conditions=_party_conditions(graph, record, known.conditions),
        evidence=record.texts(NS + "acceptedEvidence"),
        doubts=record.texts(NS + "doubt"),
        file=record.file.name,
        earlier_starts=earlier_starts(graph, record, known.dates),
        deadlines=record.texts(NS + "deadline"),
        penalties=_named(graph, record, "penalty", known.criteria),
        notes=record.texts(NS + "verificationNote"),
        confidence=confidence(record),
    )


def _party_conditions(graph: Graph, record: Record, conditions: Mapping[str, object]) -> tuple[str, ...]:
    found = _named(graph, record, "partyCondition", conditions)
    if found and not record.terms(NS + "rangesOver"):
        fix = "Add comity:rangesOver, or make it a comity:condition of the subject."
        record.fault("missing-property", NS + "partyCondition", "it ranges over no party that this could hold of.", fix)
    return found


def _named(graph: Graph, record: Record, name: str, among: Mapping[str, object]) -> tuple[str, ...]:
    iris = record.iris(NS + name)
    return tuple(iri for iri in iris if graph.known(record, NS + name, iri, among, name))


def _link(text: str) -> str:
    if token(text) not in LINKS:
        raise ValueError(f"{token(text)!r} is none of {', '.join(LINKS)}")
    return token(text)


def _note(graph: Graph, record: Record, known: Known) -> MarketNote:
    condition = record.iri_of(NS + "condition", required=True)
    if condition:
        graph.known(record, NS + "condition", condition, known.conditions, "condition")
    return MarketNote(record.iri, record.text(LABEL, required=True), record.text(NS + "citation"), condition)


def _check_notations(graph: Graph, requirements: list[Requirement]) -> None:
    for before, after in pairwise(requirements):
        if fold(before.notation) == fold(after.notation):
            message = f"its notation {after.notation!r} is that of <{before.iri}> too."
            graph.records[after.iri].fault("duplicate-notation", "", message, "Notations are unique in a market.")


def _recognition(graph: Graph, record: Record, versions: Mapping[str, object]) -> Recognition:
    recognised = record.iri_of(NS + "recognises", required=True)
    if recognised:
        graph.known(record, NS + "recognises", recognised, versions, "scheme version")
    return Recognition(
        iri=record.iri,
        label=record.text(LABEL, required=True),
        provision=record.text(NS + "provision"),
        instrument=record.text(NS + "instrument"),
        recognised=recognised,
        rows=record.texts(NS + "row"),
        materials=record.texts(NS + "material"),
        valid_from=record.day(NS + "validFrom"),
        valid_until=record.day(NS + "validUntil"),
        leaves=record.texts(NS + "leavesToOperator"),
        basis=basis(record),
    )
