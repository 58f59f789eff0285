"""Days on which things begin, and the acts that they wait for: records to domain objects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from comity.knowledge.graph import Graph
from comity.knowledge.records import Record
from comity.knowledge.vocabulary import LABEL, NS
from comity.model.requirements import Act, EarlierStart, FloatingDate


@dataclass(frozen=True, slots=True)
class Dates:
    """What has a node of its own, by IRI."""

    acts: Mapping[str, Act]
    floating: Mapping[str, FloatingDate]
    earlier: Mapping[str, EarlierStart]


def read_dates(graph: Graph) -> Dates:
    """Return acts, floating dates and earlier starts; what is wrong goes to the graph's problems."""
    acts = {record.iri: _act(record) for record in graph.of("Act")}
    return Dates(
        acts,
        {r.iri: _floating(graph, r, acts) for r in graph.of("FloatingDate")},
        {r.iri: one for r in graph.of("EarlierStart") if (one := _earlier(graph, r, acts))},
    )


def start(graph: Graph, record: Record, dates: Dates) -> date | FloatingDate | None:
    """Read from when a record applies: a fixed day, or a floating one."""
    fixed, floating = record.day(NS + "appliesFrom"), record.iri_of(NS + "floatingStart")
    if fixed and floating:
        fix = "Put the fixed day into the floating date."
        record.fault("too-many-values", NS + "appliesFrom", "it has a fixed and a floating start.", fix)
    if floating and graph.known(record, NS + "floatingStart", floating, dates.floating, "floating date"):
        return dates.floating[floating]
    return fixed


def earlier_starts(graph: Graph, record: Record, dates: Dates) -> tuple[EarlierStart, ...]:
    """Read the days from which a requirement applied before, the one that was replaced first in front."""
    name = NS + "earlierStart"
    named = (iri for iri in record.iris(name) if graph.known(record, name, iri, dates.earlier, "earlier start"))
    known = [dates.earlier[iri] for iri in named]
    return tuple(sorted(known, key=lambda earlier: earlier.until))


def _floating(graph: Graph, record: Record, acts: Mapping[str, Act]) -> FloatingDate:
    act = record.iri_of(NS + "afterAct", required=True)
    if act:
        graph.known(record, NS + "afterAct", act, acts, "act")
    months = record.read(NS + "offset", _months, 0, required=True)
    return FloatingDate(record.iri, act, months, record.day(NS + "fixedDate"))


def _earlier(graph: Graph, record: Record, acts: Mapping[str, Act]) -> EarlierStart | None:
    day, until = record.day(NS + "date"), record.day(NS + "until")
    act = record.iri_of(NS + "changedBy", required=True)
    if act:
        graph.known(record, NS + "changedBy", act, acts, "act")
    for name, stated in (("date", day), ("until", until)):
        if stated is None and not record.texts(NS + name):
            record.fault("missing-property", "", f"it has no comity:{name}.", f"Add comity:{name} to it.")
    return EarlierStart(record.iri, day, until, act) if day and until else None


def _months(text: str) -> int:
    match = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?", text)
    if match is None or text == "P":
        raise ValueError(f"{text!r} is no duration in whole years and months, such as P18M")
    return 12 * int(match[1] or 0) + int(match[2] or 0)


def _act(record: Record) -> Act:
    return Act(record.iri, record.text(LABEL, required=True), record.day(NS + "adoptedOn"), record.text(NS + "state"))
