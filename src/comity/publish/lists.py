"""The pages of an edition, a mapping set and a market, before they are HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from comity.model.classes import dataclass
from comity.model.criteria import Criterion, SchemeVersion
from comity.model.requirements import FloatingDate, Market, MarketNote, Requirement
from comity.model.scales import Basis, Kind
from comity.publish.criterion import Passed, passed
from comity.publish.library import Library, MappingSet, Ref
from comity.publish.numbers import number
from comity.publish.paths import anchor, natural_order
from comity.publish.rows import Statement, statement
from comity.publish.words import ASSURANCE, AUTHORITY, AUTHORITY_MEANS, BASIS, BASIS_MEANS, BETWEEN, BETWEEN_ORDER, KIND
from comity.report.explain.rule import starts


@dataclass(frozen=True, slots=True)
class Listed:
    """A criterion in a list.

    :param statements: how many mapping rows end at it.
    """

    ref: Ref
    kind: str
    is_heading: bool
    level: str
    limit: str
    text: str
    statements: int
    asked_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetLink:
    """A mapping set, from one of the editions that it ties."""

    ref: Ref
    other: str
    count: int
    outward: bool


@dataclass(frozen=True, slots=True)
class SchemePage:
    """All that the page of an edition shows.

    :param shared: what is doubtful about each of its criteria; said once, and not at each.
    """

    version: SchemeVersion
    text: str
    basis: str
    basis_means: str
    criteria: tuple[Listed, ...]
    checked: tuple[tuple[str, int], ...]
    doubtful: int
    doubts: tuple[str, ...]
    shared: tuple[str, ...]
    editions: tuple[tuple[Ref, str, bool], ...]
    sets: tuple[SetLink, ...]
    amended_by: tuple[str, ...]
    superseded_by: tuple[Ref, ...]
    recognitions: tuple[str, ...]
    history: tuple[tuple[str, str], ...]


def scheme(library: Library, version: SchemeVersion) -> SchemePage:
    """Build the page of an edition."""
    known = library.knowledge
    criteria = library.criteria(version)
    counts = Counter(c.basis for c in criteria)
    shared = _shared(library, criteria)
    return SchemePage(
        version=version,
        text=known.labels.get(version.scheme, ""),
        basis=BASIS[version.basis],
        basis_means=BASIS_MEANS[version.basis],
        criteria=tuple(_listed(library, c, shared) for c in criteria),
        checked=tuple((BASIS[b], counts[b]) for b in Basis if counts[b]),
        doubtful=sum(library.ref(c.iri).doubtful for c in criteria),
        doubts=library.doubts(version.iri),
        shared=shared,
        editions=tuple(
            (library.ref(v.iri), v.version, v.iri == version.iri) for v in library.editions.get(version.scheme, ())
        ),
        sets=tuple(_set_links(library, version)),
        amended_by=tuple(_label(library, a) for a in version.amended_by),
        superseded_by=tuple(map(library.ref, version.superseded_by)),
        recognitions=tuple(f"{r.label} ({r.provision})" for r in library.recognitions.get(version.iri, ())),
        history=tuple(_history(library, version)),
    )


def _label(library: Library, iri: str) -> str:
    act = library.knowledge.acts.get(iri)
    return act.label if act else library.knowledge.labels.get(iri, iri)


def _shared(library: Library, criteria: Sequence[Criterion]) -> tuple[str, ...]:
    """Return the doubts that each of several criteria has, headings and the whole of the text apart."""
    ones = [c for c in criteria if c.kind not in (Kind.GROUP, Kind.ROOT)]
    found = [library.doubts(c.iri, *c.doubts) for c in ones]
    return tuple(d for d in found[0] if all(d in other for other in found)) if len(found) > 1 else ()


def _listed(library: Library, criterion: Criterion, shared: Sequence[str]) -> Listed:
    more = set(library.doubts(criterion.iri, *criterion.doubts)) - set(shared)
    return Listed(
        ref=replace(library.ref(criterion.iri), doubtful=bool(more)),
        kind=KIND[criterion.kind],
        is_heading=criterion.kind in (Kind.GROUP, Kind.ROOT),
        level=criterion.level.value,
        limit=number(library.knowledge, criterion.limit).sentence if criterion.limit else "",
        text=criterion.text,
        statements=len(library.rows.get(criterion.iri, ())),
        asked_in=tuple(
            sorted(
                {
                    library.knowledge.markets_by_iri[r.market].notation
                    for r in library.requirements.get(criterion.iri, ())
                }
            )
        ),
    )


def _set_links(library: Library, version: SchemeVersion) -> Iterator[SetLink]:
    for found in library.sets:
        outward = version in found.subjects
        if outward or version in found.objects:
            others = found.objects if outward else found.subjects
            yield SetLink(set_ref(found), " and ".join(v.label for v in others), len(found.rows), outward)


def set_ref(found: MappingSet) -> Ref:
    """Refer to a mapping set."""
    return Ref(found.name, title(found), f"{found.path}.html")


def title(found: MappingSet) -> str:
    """Name a mapping set by the texts that it ties.

    The labels of its editions; the name of its file where none is held.
    """
    ends = [" and ".join(v.label for v in versions) for versions in (found.subjects, found.objects)]
    return " → ".join(ends) if all(ends) else found.name


def _history(library: Library, version: SchemeVersion) -> Iterator[tuple[str, str]]:
    days = (
        (version.in_force_from, "In force: it may be assessed against from this day"),
        (version.in_force_until, "Last day on which it may be assessed against"),
        (version.withdrawn_from, "Withdrawn: certificates of it count no more from this day"),
    )
    found = [(day.isoformat(), what) for day, what in days if day]
    others = (v for v in library.editions.get(version.scheme, ()) if v.iri != version.iri)
    found += [(v.in_force_from.isoformat(), f"{v.label} in force") for v in others if v.in_force_from]
    yield from sorted(found)


@dataclass(frozen=True, slots=True)
class Section:
    """The statements of one sort in a mapping set."""

    key: str
    title: str
    means: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class SetPage:
    """All that the page of a mapping set shows."""

    set: MappingSet
    title: str
    description: str
    licence: str
    dated: str
    subjects: tuple[Ref, ...]
    objects: tuple[Ref, ...]
    sections: tuple[Section, ...]
    authorities: tuple[tuple[str, str, int], ...]
    unverified: int
    authors: tuple[str, ...]
    reviewers: tuple[str, ...]
    reached: int
    judged: int
    unmapped: tuple[Ref, ...]
    passed: tuple[tuple[Ref, Passed], ...]
    history: tuple[tuple[str, str], ...]


def mapping_set(library: Library, found: MappingSet) -> SetPage:
    """Build the page of a mapping set."""
    rows = tuple(statement(library, row) for row in found.rows)
    ends = {row.object for row in found.rows}
    asked = [
        c for v in found.objects for c in library.criteria(v) if c.kind not in (Kind.GROUP, Kind.EXPLAINED, Kind.ROOT)
    ]
    stands = Counter(row.authority for row in found.rows)
    return SetPage(
        set=found,
        title=title(found),
        description=found.file.text("mapping_set_description"),
        licence=found.file.text("license"),
        dated=found.file.text("mapping_date"),
        subjects=tuple(library.ref(v.iri) for v in found.subjects),
        objects=tuple(library.ref(v.iri) for v in found.objects),
        sections=tuple(_sections(rows)),
        authorities=tuple((AUTHORITY[a], AUTHORITY_MEANS[a], stands[a]) for a in sorted(stands, reverse=True)),
        unverified=sum(row.unverified for row in rows),
        authors=tuple(dict.fromkeys(row.author for row in rows if row.author)),
        reviewers=tuple(dict.fromkeys(row.reviewer for row in rows if row.reviewer)),
        reached=sum(c.iri in ends for c in asked),
        judged=len(asked),
        unmapped=tuple(library.ref(c.iri) for c in asked if c.iri not in ends),
        passed=tuple(_passed(library, found)),
        history=tuple(_dates(rows)),
    )


def _sections(rows: Iterable[Statement]) -> Iterator[Section]:
    found: dict[str, list[Statement]] = {key: [] for key in BETWEEN_ORDER}
    for row in rows:
        found[row.group.key].append(row)
    for key, statements in found.items():
        if statements:
            ordered = sorted(
                statements, key=lambda s: (natural_order(s.subject.notation), natural_order(s.object.notation))
            )
            yield Section(key, *BETWEEN[key][:2], tuple(ordered))


def _passed(library: Library, found: MappingSet) -> Iterator[tuple[Ref, Passed]]:
    """Yield the pairs of the two texts that were judged and not mapped."""
    subjects, objects = {v.iri for v in found.subjects}, {v.iri for v in found.objects}
    for pair in library.knowledge.declined:
        one, other = library.version_of(pair.subject), library.version_of(pair.object)
        if (one in subjects and other in objects) or (other in subjects and one in objects):
            yield library.ref(pair.subject), passed(library, pair, pair.object)


def _dates(rows: Iterable[Statement]) -> Iterator[tuple[str, str]]:
    counts = Counter((r.stated_on, r.author, r.authority) for r in rows if r.stated_on)
    for (day, author, authority), count in sorted(counts.items()):
        by = f" by {author}" if author else ""
        yield day, f"{count} {'statement' if count == 1 else 'statements'}{by}: {authority.lower()}"


@dataclass(frozen=True, slots=True)
class AskedHere:
    """A requirement in the list of its market."""

    place: str
    notation: str
    label: str
    criterion: Ref
    citation: str
    actor: str
    level: str
    starts: str
    until: str
    shown_by: str
    unverified: bool
    doubtful: bool
    state: str


@dataclass(frozen=True, slots=True)
class MarketPage:
    """All that the page of a market shows.

    :param acts: the requirements by the text that they come from.
    :param coming: days to come on which requirements begin, with how many.
    """

    market: Market
    authority: str
    acts: tuple[tuple[Ref, str, tuple[AskedHere, ...]], ...]
    coming: tuple[tuple[str, int], ...]
    notes: tuple[tuple[MarketNote, str], ...]


def market(library: Library, found: Market) -> MarketPage:
    """Build the page of a market."""
    by_act: dict[str, list[AskedHere]] = {}
    for requirement in sorted(found.requirements, key=lambda r: natural_order(r.notation)):
        by_act.setdefault(library.version_of(requirement.criterion), []).append(_here(library, requirement))
    acts = [(library.ref(iri), anchor("act-" + library.ref(iri).notation), tuple(rows)) for iri, rows in by_act.items()]
    return MarketPage(
        market=found,
        authority=AUTHORITY[found.authority],
        acts=tuple(sorted(acts, key=lambda a: a[0].label.casefold())),
        coming=tuple(_coming(library, found)),
        notes=tuple((n, _condition(library, n.condition)) for n in found.notes),
    )


def _condition(library: Library, iri: str) -> str:
    known = library.knowledge.conditions.get(iri)
    return known.label if known else ""


def _here(library: Library, requirement: Requirement) -> AskedHere:
    day = starts(requirement, library.knowledge) or ""
    return AskedHere(
        place=anchor(requirement.notation),
        notation=requirement.notation,
        label=requirement.label,
        criterion=library.ref(requirement.criterion),
        citation=requirement.citation,
        actor=library.knowledge.labels.get(requirement.actor, requirement.actor_label) or requirement.actor_label,
        level=" per ".join((requirement.level.value, *requirement.unit_parts)),
        starts=day,
        until=requirement.ends.isoformat() if requirement.ends else "",
        shown_by=ASSURANCE[requirement.rank],
        unverified=requirement.unverified,
        doubtful=bool(library.doubts(requirement.iri, *requirement.doubts)),
        state=_state(library, requirement),
    )


def _state(library: Library, requirement: Requirement) -> str:
    """Say where a requirement stands on the day shown: ``upcoming``, ``ended``, or nothing special."""
    if requirement.ends and requirement.ends < library.on:
        return "ended"
    begins = requirement.starts.fixed if isinstance(requirement.starts, FloatingDate) else requirement.starts
    return "upcoming" if begins and begins > library.on else ""


def _coming(library: Library, found: Market) -> Iterator[tuple[str, int]]:
    days = Counter(r.starts for r in found.requirements if isinstance(r.starts, date) and r.starts > library.on)
    yield from ((day.isoformat(), days[day]) for day in sorted(days))
