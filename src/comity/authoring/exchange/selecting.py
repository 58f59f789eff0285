"""Find what is to be exported: an edition, the rows between two, or a mapping set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, Triple

from comity.authoring.draft import Draft, DraftRow
from comity.authoring.exchange import rdf
from comity.authoring.exchange.graph import TYPE, Resource, gather
from comity.authoring.importing import read_all
from comity.authoring.sheets.reading import read
from comity.knowledge import near
from comity.knowledge.problems import Problems
from comity.knowledge.sources import Source, package_sources, user_sources
from comity.knowledge.vocabulary import NS, fold
from comity.model.criteria import SchemeVersion
from comity.model.errors import UnknownNameError
from comity.model.knowledge import Knowledge
from comity.model.places import Finding, Place, Severity

_ENDING = ".sssom.tsv"
_LAW = "https://vocabulary.uncefact.org/untp/Regulation"
_WHOLES = (NS + "whole", NS + "jointlyCovers")


def edition_triples(knowledge: Knowledge, version: SchemeVersion, extra: Sequence[Path] = ()) -> list[Triple]:
    """Return all that the files say of an edition: of its criteria, their limits and what holds between them.

    :param extra: the user's own files.
    """
    files = {version.file} | {c.file for c in knowledge.criteria.values() if c.version == version.iri}
    triples = [t for source in _sources(extra) if source.name in files for t in _parsed(source)]
    graph = gather(triples, version.notation)
    members = {version.iri, version.scheme}
    members |= {r.iri for r in graph.of(NS + "Criterion") if r.iri_of(NS + "inVersion") == version.iri}
    members |= {r.iri for r in graph.resources.values() if any(w in members for k in _WHOLES for w in r.iris(k))}
    open_ = list(members)
    while open_:
        resource = graph.resources.get(open_.pop())
        for iri in _described(resource, graph.resources) if resource is not None else ():
            if iri not in members:
                members.add(iri)
                open_.append(iri)
    return [t for t in triples if isinstance(t.subject, NamedNode) and t.subject.value in members]


def edition(knowledge: Knowledge, version: SchemeVersion, extra: Sequence[Path] = ()) -> Draft:
    """Return an edition as a draft, with the rows that say how the whole of it stands to other texts."""
    found = rdf.draft(gather(edition_triples(knowledge, version, extra), version.notation))
    return replace(found, name=version.notation, rows=tuple(_alignments(knowledge, version, extra)))


def pair(knowledge: Knowledge, one: SchemeVersion, other: SchemeVersion, extra: Sequence[Path] = ()) -> Draft:
    """Return the rows between two editions, in either direction, of all sets.

    :raises UnknownNameError: when there is none.
    """
    wanted = ({one.iri, other.iri},)
    versions = {iri: c.version for iri, c in knowledge.criteria.items()}
    files = {
        row.place.document for row in knowledge.rows if {versions.get(row.subject), versions.get(row.object)} in wanted
    }
    name = f"{one.notation}--{other.notation}"
    if not files:
        raise UnknownNameError("mapping set", name, near(name, _names(_sources(extra))))
    drafts = [read(s.content, s.name, knowledge) for s in _sources(extra) if s.name in files]
    if len(drafts) == 1 and all({versions.get(r.subject), versions.get(r.object)} in wanted for r in drafts[0].rows):
        return replace(drafts[0], name=name)
    return _joined(drafts, [r for d in drafts for r in d.rows], name, one, other, versions)


def mapping_set(knowledge: Knowledge, name: str, extra: Sequence[Path] = ()) -> Draft:
    """Return a mapping set, by its name, its address or its file.

    :raises UnknownNameError: when there is none.
    """
    path = Path(name)
    if path.is_file():
        return _file(path, knowledge)
    sets = [s for s in _sources(extra) if s.kind == "mappings"]
    for source in sets:
        stem = source.file_name.removesuffix(_ENDING)
        if fold(name) == fold(stem) or f'mapping_set_id: "{name}"'.encode() in source.content[:20_000]:
            return replace(read(source.content, source.name, knowledge), name=stem)
    raise UnknownNameError("scheme version or mapping set", name, near(name, [*_editions(knowledge), *_names(sets)]))


def _file(path: Path, knowledge: Knowledge) -> Draft:
    """Return what a file says, of whatever format; the first of several editions, which is told."""
    found = read_all([(path.as_posix(), path.read_bytes())], knowledge)
    if not found:
        problem = Finding("no-vocabulary", Severity.ERROR, Place(path.as_posix()), "Nothing in the file can be read.")
        return Draft(path.name, "mappings", problems=(problem,))
    first, *others = found
    left = tuple(
        Finding("not-carried", Severity.WARNING, Place(path.as_posix()), f"{d.name} is an edition of its own.")
        for d in others
    )
    return replace(first, name=path.name.removesuffix(_ENDING), problems=(*first.problems, *left))


def _joined(
    drafts: Sequence[Draft],
    rows: Iterable[DraftRow],
    name: str,
    one: SchemeVersion,
    other: SchemeVersion,
    versions: dict[str, str],
) -> Draft:
    """Make one set of the rows of several; each says of which set it came."""
    header: dict[str, object] = {
        "mapping_set_id": f"https://w3id.org/comity/mappings/{name}",
        "mapping_set_source": [str(d.header["mapping_set_id"]) for d in drafts if d.header.get("mapping_set_id")],
    }
    licences = {d.header.get("license") for d in drafts}
    if len(licences) == 1:
        header["license"] = licences.pop()
    kept = [r for r in rows if {versions.get(r.subject), versions.get(r.object)} == {one.iri, other.iri}]
    return Draft(
        name=name,
        kind="mappings",
        rows=tuple(kept),
        header={k: v for k, v in header.items() if v},
        prefixes={k: v for d in drafts for k, v in d.prefixes.items()},
        problems=tuple(p for d in drafts for p in d.problems),
    )


def _alignments(knowledge: Knowledge, version: SchemeVersion, extra: Sequence[Path]) -> Iterator[DraftRow]:
    """Yield the rows that say how the whole of an edition stands to the whole of another text, known or not."""
    roots = {v.root: v for v in knowledge.schemes.values() if v.root}
    stated = [
        row
        for row in knowledge.rows
        if row.subject == version.root and (row.object in roots or row.object not in knowledge.criteria)
    ]
    files = {row.place.document for row in stated}
    objects = {row.object for row in stated}
    for source in _sources(extra) if files else ():
        if source.name in files:
            for row in read(source.content, source.name, knowledge).rows:
                if row.subject == version.root and row.object in objects and not row.negated:
                    yield _aligned(row, roots.get(row.object))


def _aligned(row: DraftRow, other: SchemeVersion | None) -> DraftRow:
    """Name the other text by itself, and not by the criterion that stands for the whole of it."""
    if other is None:
        return row
    more = {**row.more, "object_category": _LAW} if other.jurisdiction else row.more
    return replace(row, object=other.iri, object_label=other.label, more=more)


def _described(resource: Resource, among: Mapping[str, Resource]) -> Iterator[str]:
    """Yield what a resource leads to that the same files describe, other criteria and editions left out."""
    for predicate in resource.properties:
        for iri in resource.iris(predicate):
            other = among.get(iri)
            if other is not None and not {NS + "Criterion", NS + "SchemeVersion"} & set(other.iris(TYPE)):
                yield iri


def _sources(extra: Sequence[Path]) -> tuple[Source, ...]:
    return (*package_sources(), *user_sources(extra, Problems()))


def _parsed(source: Source) -> Iterator[Triple]:
    for quad in pyoxigraph.parse(source.content, format=RdfFormat.TURTLE):
        yield Triple(quad.subject, quad.predicate, quad.object)


def _names(sources: Iterable[Source]) -> list[str]:
    return [s.file_name.removesuffix(_ENDING) for s in sources if s.kind == "mappings"]


def _editions(knowledge: Knowledge) -> list[str]:
    return [v.notation for v in knowledge.schemes.values()]
