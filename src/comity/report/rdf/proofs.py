"""Proofs and their steps in RDF, in the terms of PROV-O.

A step is an entity, derived from its premises and from the places in documents that it reads. The inference that
makes it uses premises, rows and declarations; it stands apart, because PROV-O has no entity use anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from comity.report.rdf.slots import Naming, Pair, pairs, triples
from comity.report.rdf.tables import CONFIDENCE, DESCRIPTION, PROOF, STEPS
from comity.stores import terms
from comity.stores.terms import LABEL, PROV, TYPE, comity

Plain = Mapping[str, Any]

DERIVED, USED, GENERATED_BY, PRIMARY = (
    NamedNode(PROV + name) for name in ("wasDerivedFrom", "used", "wasGeneratedBy", "hadPrimarySource")
)
_LEADS_TO_PLACE = (comity("fromEvidence"), comity("anchor"))


def proof_triples(proof: Plain, pointer: str, names: Naming) -> Iterator[Triple]:
    """Write a proof as :func:`comity.report.plain.proof_as_json` gives it.

    :param pointer: where it stands in the report.
    """
    this = names.part(pointer)
    found: list[Pair] = [(TYPE, comity("Proof")), *pairs(proof, PROOF, names)]
    for name, bound in zip(("confidenceLow", "confidenceHigh"), proof["confidence"] or (), strict=False):
        found.append((comity(name), Literal(str(bound), datatype=NamedNode(terms.XSD + "decimal"))))
    found += ((PRIMARY, node) for d in proof["documents"] if (node := names.document(d)) is not None)
    for position, step in enumerate(proof["steps"]):
        found.append((comity("step"), _step_node(pointer, position, names)))
        yield from _step(step, position, pointer, names)
    yield from (Triple(*t) for t in triples(this, found))


def _step_node(pointer: str, position: int, names: Naming, tail: str = "") -> NamedNode:
    return names.part(f"{pointer}/steps/{position}", tail)


def _step(step: Plain, position: int, pointer: str, names: Naming) -> Iterator[Triple]:
    this = _step_node(pointer, position, names)
    premises = [_step_node(pointer, p, names) for p in step["premises"]]
    found: list[Pair] = [
        (TYPE, comity("Step")),
        (LABEL, terms.text(step["text"])),
        (comity("position"), terms.integer(position)),
        (comity("stepKind"), terms.individual(f"{step['kind']}-step")),
        *((comity("premise"), premise) for premise in premises),
        *((DERIVED, premise) for premise in premises),
        *pairs(step, STEPS[step["kind"]], names),
        *_read(step, names),
    ]
    found += [(DERIVED, place) for predicate, place in found if predicate in _LEADS_TO_PLACE]
    rows = [terms.mapping_row(row) for row in step.get("rows", ())]
    declared = [value for predicate, value in found if predicate == comity("declaration")]
    if used := [*premises, *rows, *declared]:
        inference = _step_node(pointer, position, names, "inference")
        found.append((GENERATED_BY, inference))
        yield Triple(inference, TYPE, comity("Inference"))
        yield from (Triple(inference, USED, value) for value in used)
    yield from (Triple(*t) for t in triples(this, found))
    yield from _rows(step)


def _read(step: Plain, names: Naming) -> Iterator[Pair]:
    """Tie a step to the document, or to the place in one, that it reads."""
    if step["kind"] == "document":
        document = terms.graph(step["sha256"])
        yield DERIVED, document
        yield PRIMARY, document
    elif "document" in step and (place := names.place(step["document"], step["pointer"])) is not None:
        yield comity("fromEvidence"), place


def _rows(step: Plain) -> Iterator[Triple]:
    """Say of each row what the report says of it: its id, its confidence, where it stands, and why."""
    told = zip(*(step.get(key) or [""] * len(step.get("rows", ())) for key in _TOLD), strict=False)
    for row, confidence, place, reason in told:
        this = terms.mapping_row(row)
        yield Triple(this, TYPE, comity("MappingRow"))
        yield Triple(this, comity("row"), terms.text(row))
        if confidence:
            yield Triple(this, CONFIDENCE, Literal(float(confidence)))
        if place:
            yield Triple(this, comity("statedAt"), terms.text(place))
        if reason:
            yield Triple(this, DESCRIPTION, terms.text(reason))


_TOLD = ("rows", "confidences", "places", "reasons")
