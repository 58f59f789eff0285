"""All Turtle files of the knowledge as records by type."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from comity.formats.turtle import RDF_TYPE, Literal, TurtleFile
from comity.knowledge.problems import Problems
from comity.knowledge.records import Record, short
from comity.knowledge.vocabulary import HEADER, LABEL, NS
from comity.model.classes import dataclass

READ = frozenset(
    (
        "SchemeVersion",
        "Criterion",
        "Limit",
        "Dimension",
        "QualifierValue",
        "Metric",
        "Decomposition",
        "JointCoverage",
        "AnyOf",
        "Market",
        "Requirement",
        "FloatingDate",
        "Act",
        "Test",
        "And",
        "Or",
        "Not",
        "AtLeast",
        "Exemption",
        "CaseFact",
        "MarketNote",
        "Recognition",
        "EarlierStart",
        "LegalEffect",
        "Doubt",
    )
)
"""The types that become domain objects; others are vocabulary, roles, topics."""

OF_REPORTS = ("Report", "Judgement", "Proof", "Step")
"""The types of what was judged, which is never read back."""

OF_VOCABULARY = (NS + "rank",)
"""What only the vocabulary says, of the words of its scales."""


@dataclass(slots=True)
class Graph:
    """The records, and every IRI that some file describes.

    :param described: IRI to the first file that describes it.
    :param brought: IRIs that only files of the user's own describe.
    """

    problems: Problems
    records: dict[str, Record] = field(default_factory=dict)
    described: dict[str, TurtleFile] = field(default_factory=dict)
    brought: set[str] = field(default_factory=set)

    def ships(self, iri: str) -> bool:
        """Tell whether a file that Comity ships describes something."""
        return iri in self.described and iri not in self.brought

    def of(self, *types: str) -> Iterator[Record]:
        """Yield the records of some types, in the order of files and lines."""
        return (record for record in self.records.values() if record.sort in types)

    def label(self, iri: str) -> str:
        """Return the English label of anything described, or its IRI."""
        file = self.described.get(iri)
        literals = [t for t in file.resources[iri].get(LABEL, ()) if isinstance(t, Literal)] if file else []
        return min(literals, key=lambda t: t.language not in ("en", "")).value if literals else iri

    def known(self, record: Record, predicate: str, iri: str, among: Mapping[str, object] | None, what: str) -> bool:
        """Tell whether a named thing is described; note the problem when not.

        :param among: where it must stand; ``None`` for anywhere at all.
        :param what: the sort of thing, for the message.
        """
        if iri in (self.described if among is None else among):
            return True
        near = difflib.get_close_matches(iri, among or self.described, 1, 0.85) if iri else []
        fix = f"Did you mean <{near[0]}>?" if near else ""
        tail = iri.rpartition("/")[2]
        record.fault("dangling", predicate, f"{short(predicate)} names <{iri}>, which is no {what}.", fix, tail)
        return False

    def named(self, record: Record, predicate: str, what: str = "thing that some file describes") -> tuple[str, ...]:
        """Return the IRIs that a property names, as far as any file describes them.

        :param what: the sort of thing, for the message about one that is not described.
        """
        return tuple(iri for iri in record.iris(predicate) if self.known(record, predicate, iri, None, what))

    def finish(self) -> None:
        """Report properties that nobody read."""
        for record in self.records.values():
            record.unasked(self.described)


def gather(files: Iterable[tuple[TurtleFile, bool]], problems: Problems) -> Graph:
    """Sort the resources of all files into records.

    :param files: those that Comity ships first; with each, whether Comity ships it.
    """
    graph = Graph(problems)
    types: list[tuple[TurtleFile, str, str]] = []
    for file, shipped in files:
        for iri, properties in file.resources.items():
            first = graph.described.setdefault(iri, file)
            if first is file and not shipped:
                graph.brought.add(iri)
            named = [
                t.removeprefix(NS) for t in properties.get(RDF_TYPE, ()) if isinstance(t, str) and t.startswith(NS)
            ]
            read = [name for name in named if name in READ]
            types.extend((file, iri, name) for name in named if name not in READ)
            if read:
                _add(graph, Record(iri, read[0], file, problems, shipped), read, first)
            elif first is not file:
                _add_beside(graph, iri, first, file)
            elif not named and iri != HEADER:
                _refuse_untyped(graph, iri, file)
    _check_types(graph, types)
    return graph


def _check_types(graph: Graph, types: Iterable[tuple[TurtleFile, str, str]]) -> None:
    """Report types that no reader reads and no file describes."""
    problems = graph.problems
    refused: set[str] = set()
    for file, iri, name in types:
        if name in OF_REPORTS and file.name not in refused:
            refused.add(file.name)
            message = f"comity:{name} belongs to a report: what was judged is no knowledge."
            problems.add("unknown-class", file.place(iri, RDF_TYPE, name), message, "Leave the file out.")
        elif NS + name not in graph.described and name not in OF_REPORTS:
            near = difflib.get_close_matches(name, READ, 1, 0.7)
            fix = f"Did you mean comity:{near[0]}?" if near else ""
            message = f"comity:{name} is no type that Comity knows."
            problems.add("unknown-class", file.place(iri, RDF_TYPE, name), message, fix)
        elif iri not in graph.records and name not in OF_REPORTS:
            _report_unused(problems, file, iri, name)


def _report_unused(problems: Problems, file: TurtleFile, iri: str, name: str) -> None:
    for predicate in file.resources[iri]:
        if predicate.startswith(NS) and predicate not in OF_VOCABULARY:
            message = f"{short(predicate)} is not read on a {name}, such as <{iri}>."
            problems.add("unused-property", file.place(iri, predicate), message)


def _add(graph: Graph, record: Record, types: list[str], first: TurtleFile) -> None:
    if len(types) > 1:
        record.fault("too-many-values", RDF_TYPE, f"it is a {' and a '.join(sorted(types))} at once.")
    if record.iri.startswith("_:"):
        record.fault("blank-node", "", "it has no IRI.", "Give it one.")
    elif first is record.file:
        graph.records[record.iri] = record
    elif first.resources[record.iri] != record.file.resources[record.iri]:
        record.fault("described-twice", "", *_described_otherwise(graph, record.iri, first))


def _add_beside(graph: Graph, iri: str, first: TurtleFile, file: TurtleFile) -> None:
    """Report what a file adds to a thing that another file describes: nothing reads it."""
    known = first.resources[iri]
    for predicate, terms in file.resources[iri].items():
        if not set(terms) <= set(known.get(predicate, ())):
            message, fix = _described_otherwise(graph, iri, first)
            place = file.place(iri, predicate)
            graph.problems.add("described-twice", place, f"{short(predicate)} of <{iri}>: {message}", fix)


def _described_otherwise(graph: Graph, iri: str, first: TurtleFile) -> tuple[str, str]:
    place = first.place(iri)
    fix = "Comity ships it, and what a file of your own says of it counts for nothing: leave that out."
    return f"{place.document} {place.pointer} describes it otherwise.", fix if graph.ships(iri) else ""


def _refuse_untyped(graph: Graph, iri: str, file: TurtleFile) -> None:
    said = [predicate for predicate in file.resources[iri] if predicate.startswith(NS)]
    if said:
        message = f"<{iri}> has {', '.join(map(short, said))}, and no type: nothing reads that."
        graph.problems.add("no-type", file.place(iri, said[0]), message, "Say what it is, such as: a comity:Criterion.")
