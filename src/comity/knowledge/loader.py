"""From files to one :class:`~comity.model.knowledge.Knowledge`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from comity.formats import sssom, turtle
from comity.knowledge import ownership, tables
from comity.knowledge.conditions import read_conditions, read_facts
from comity.knowledge.dates import read_dates
from comity.knowledge.effects import read_doubts, read_effects
from comity.knowledge.ends import Texts
from comity.knowledge.graph import Graph, gather
from comity.knowledge.joints import joint_groups
from comity.knowledge.markets import Known, read_exemptions, read_markets, read_recognitions
from comity.knowledge.problems import Problems
from comity.knowledge.rows import read_rows
from comity.knowledge.schemes import read_schemes
from comity.knowledge.sources import Source, digest
from comity.knowledge.tables import Cells, Names
from comity.knowledge.uniqueness import check_notations
from comity.knowledge.vocabulary import HEADER, NS, OWL
from comity.model.classes import dataclass
from comity.model.criteria import JointCoverage
from comity.model.errors import UnreadableError
from comity.model.knowledge import Alias, Knowledge, OwnFile
from comity.model.mappings import Row
from comity.model.places import Finding, Place


def assemble(sources: Sequence[Source], problems: Problems) -> Knowledge:
    """Build the knowledge from files already read."""
    graph = gather(_turtle(sources, problems), problems)
    version, checked_on = _header(graph)
    dates, facts = read_dates(graph), read_facts(graph)
    schemes, conditions = read_schemes(graph, dates), read_conditions(graph, facts)
    known = Known(schemes.criteria, conditions, facts, dates)
    exemptions = read_exemptions(graph, known)
    markets = read_markets(graph, known, exemptions)
    recognitions = read_recognitions(graph, schemes.versions)
    effects, doubts = read_effects(graph, schemes.criteria), read_doubts(graph)
    check_notations(graph)
    graph.finish()
    names = Names(schemes.by_notation, facts, schemes.metrics, schemes.dimensions, schemes.qualifiers)
    alias_rows = tuple(_cells(sources, "aliases.csv", problems))
    aliases = tables.read_aliases(alias_rows, names)
    texts = Texts(schemes.criteria, schemes.versions, plain_aliases(aliases), checked_on, recognitions)
    rows = _rows(sources, texts, problems)
    ownership.check(graph, rows)
    ownership.check_aliases(graph, alias_rows, schemes)
    return Knowledge(
        version=version,
        checked_on=checked_on,
        sha256=digest(sources),
        schemes=schemes.versions,
        criteria=schemes.criteria,
        decompositions=schemes.decompositions,
        joints=joint_groups(rows, schemes.joints, problems),
        choices=schemes.choices,
        rows=rows,
        markets=markets,
        facts=facts,
        conditions=conditions,
        acts=dates.acts,
        exemptions=exemptions,
        labels={iri: graph.label(iri) for iri in graph.described if iri not in graph.records},
        metrics=schemes.metrics,
        dimensions=schemes.dimensions,
        qualifiers=schemes.qualifiers,
        aliases=aliases,
        metric_rules=tables.read_metric_rules(_cells(sources, "metric-rules.csv", problems), names),
        defaults=tables.read_defaults(_cells(sources, "qualifier-defaults.csv", problems), names),
        derivations=tables.read_derivations(_cells(sources, "fact-derivations.csv", problems), names),
        attribute_metrics=tables.read_attribute_metrics(_cells(sources, "attribute-metrics.csv", problems), names),
        recognitions=recognitions,
        effects=effects,
        doubts=doubts,
        by_notation=schemes.by_notation,
        codes=tables.read_codes(_cells(sources, "codes.csv", problems)),
        declined=tables.read_declined(_cells(sources, "declined.tsv", problems), names),
        findings=problems.ordered(),
        own=tuple(OwnFile(s.name, hashlib.sha256(s.content).hexdigest()) for s in sources if not s.own),
    )


def mapping_findings(knowledge: Knowledge, paths: Iterable[Path]) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """Read mapping sets against knowledge that is loaded, and say what is wrong with them."""
    found = mapping_sets(knowledge, [sssom.read(path.read_bytes(), path.as_posix()) for path in paths])
    return found.rows, found.findings


@dataclass(frozen=True, slots=True)
class MappingSets:
    """What mapping sets say, and what is wrong with them."""

    rows: tuple[Row, ...]
    joints: tuple[JointCoverage, ...]
    findings: tuple[Finding, ...]


def mapping_sets(knowledge: Knowledge, files: Iterable[sssom.SssomFile]) -> MappingSets:
    """Read mapping sets against knowledge that is loaded: an id of a scheme that it has must be there."""
    problems = Problems()
    rows = read_rows(files, known_texts(knowledge), problems)
    return MappingSets(rows, joint_groups(rows, (), problems), problems.ordered())


def known_texts(knowledge: Knowledge) -> Texts:
    """Return what rows may name, of knowledge that is loaded."""
    aliases = plain_aliases(knowledge.aliases)
    return Texts(knowledge.criteria, knowledge.schemes, aliases, knowledge.checked_on, knowledge.recognitions)


def plain_aliases(aliases: Iterable[Alias]) -> dict[str, str]:
    """Return the identifiers that stand for one criterion whatever name goes with them."""
    return {a.iri: a.target for a in aliases if a.target and not a.name and not a.document_level}


def _turtle(sources: Iterable[Source], problems: Problems) -> Iterator[tuple[turtle.TurtleFile, bool]]:
    for source in sorted(sources, key=lambda s: not s.own):
        if source.kind == "turtle":
            try:
                yield turtle.read(source.content, source.name), source.own
            except UnreadableError as error:
                problems.add("not-turtle", error.place, error.message, error.fix)


def _cells(sources: Iterable[Source], table: str, problems: Problems) -> Iterator[Cells]:
    # The user's rules stand before ours, because the first rule that matches is the one that counts.
    for source in sorted(sources, key=lambda s: s.own):
        if source.file_name == table:
            yield from tables.read_table(source.content, source.name, problems, shipped=source.own)


def _rows(sources: Iterable[Source], texts: Texts, problems: Problems) -> tuple[Row, ...]:
    files = [sssom.read(source.content, source.name) for source in sources if source.kind == "mappings"]
    return read_rows(files, texts, problems)


def _header(graph: Graph) -> tuple[str, date]:
    file = graph.described.get(HEADER)
    if file is None:
        message = f"No file describes <{HEADER}>, which says when the knowledge was checked."
        graph.problems.add("no-knowledge", Place("ontology"), message)
        return "0", date.min
    properties = file.resources[HEADER]
    version = "".join(t if isinstance(t, str) else t.value for t in properties.get(OWL + "versionInfo", ())[:1])
    checked = "".join(t if isinstance(t, str) else t.value for t in properties.get(NS + "checkedOn", ())[:1])
    try:
        return version or "0", date.fromisoformat(checked)
    except ValueError:
        place = file.place(HEADER, NS + "checkedOn")
        graph.problems.add("bad-date", place, f"comity:checkedOn {checked!r} is no date.", "Write it as YYYY-MM-DD.")
        return version or "0", date.min
