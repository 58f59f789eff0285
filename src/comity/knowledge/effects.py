"""What laws give without naming a scheme, and what is doubtful in the knowledge: records to domain objects."""

from __future__ import annotations

from collections.abc import Mapping

from comity.knowledge.graph import Graph
from comity.knowledge.records import Record
from comity.knowledge.schemes import basis, notation
from comity.knowledge.vocabulary import DESCRIPTION, HIDDEN_LABEL, LABEL, NS
from comity.model.requirements import Doubt, LegalEffect


def read_effects(graph: Graph, criteria: Mapping[str, object]) -> tuple[LegalEffect, ...]:
    """Return what laws make of evidence without naming a scheme."""
    return tuple(_effect(graph, record, criteria) for record in graph.of("LegalEffect"))


def read_doubts(graph: Graph) -> tuple[Doubt, ...]:
    """Return the doubts, in order of file and line; each must bear on something that some file describes."""
    return tuple(_doubt(graph, record) for record in graph.of("Doubt"))


def _effect(graph: Graph, record: Record, criteria: Mapping[str, object]) -> LegalEffect:
    predicate = NS + "appliesTo"
    applies_to = (iri for iri in record.iris(predicate) if graph.known(record, predicate, iri, criteria, "criterion"))
    return LegalEffect(
        iri=record.iri,
        label=record.text(LABEL, required=True),
        provision=record.text(NS + "provision", required=True),
        mode=record.text(NS + "mode", required=True),
        text=record.text(DESCRIPTION),
        instrument=record.text(NS + "instrument"),
        applies_to=tuple(applies_to),
        materials=record.texts(NS + "material"),
        state=record.text(NS + "state"),
        leaves=record.texts(NS + "leavesToOperator"),
        doubts=record.texts(NS + "doubt"),
        basis=basis(record),
        valid_from=record.day(NS + "validFrom"),
        valid_until=record.day(NS + "validUntil"),
        file=record.file.name,
    )


def _doubt(graph: Graph, record: Record) -> Doubt:
    bears_on = graph.named(record, NS + "bearsOn")
    if not record.terms(NS + "bearsOn"):
        fix = "Name the criterion, version, act or requirement that it is about."
        record.fault("missing-property", "", "it bears on nothing.", fix)
    return Doubt(
        iri=record.iri,
        notation=notation(record),
        label=record.text(LABEL, required=True),
        reason=record.text(DESCRIPTION, required=True),
        check=record.text(NS + "check"),
        bears_on=bears_on,
        checked_on=record.day(NS + "checkedOn"),
        file=record.file.name,
        formerly=record.texts(HIDDEN_LABEL),
    )
