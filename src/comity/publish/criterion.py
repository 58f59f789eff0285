"""The page of a criterion, before it is HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from comity.model.classes import dataclass
from comity.model.criteria import Criterion, Decomposition, SchemeVersion
from comity.model.mappings import Declined
from comity.model.requirements import FloatingDate, Requirement
from comity.model.scales import Authority, Lift
from comity.publish.library import Library, Ref
from comity.publish.numbers import Number, number
from comity.publish.paths import anchor
from comity.publish.rows import OfRelation, at
from comity.publish.words import ASSURANCE, AUTHORITY, BASIS, BASIS_MEANS, KIND, KIND_MEANS, deontic
from comity.report.explain.pages import Binding
from comity.report.explain.record import OfCriterion, of_criterion
from comity.report.explain.rule import binding, recognised
from comity.report.explain.ways import Chain, Link, chains

MOST_WAYS = 30
"""Chains that a page shows; the rest is counted."""

_LIFTS = {
    Lift.INHERITS_DOWN: "What an organisation meets, its facilities and products are taken to meet.",
    Lift.AGGREGATES_UP: "What all parts meet, the whole meets.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a market asks by a criterion."""

    market: Ref
    binding: Binding
    shown_by: str
    doubts: tuple[str, ...]
    earlier: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Chained:
    """A criterion that gives this one by several steps.

    :param steps: the criteria passed through, both ends included.
    """

    source: Ref
    authority: str
    steps: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Several:
    """Criteria that give this one together, or of which one is enough, or that it consists of.

    :param means: what that says, in a sentence.
    """

    title: str
    means: str
    members: tuple[tuple[Ref, str], ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """A pair that was judged and not mapped."""

    other: Ref
    reason: str
    declined_on: str


@dataclass(frozen=True, slots=True)
class CriterionPage:
    """All that the page of a criterion shows."""

    criterion: Criterion
    version: Ref
    edition: SchemeVersion
    kind: str
    kind_means: str
    deontic: str
    limit: Number | None
    topics: tuple[Ref, ...]
    actors: tuple[str, ...]
    lifts: tuple[str, ...]
    doubts: tuple[str, ...]
    doubts_of_text: int
    basis: str
    basis_means: str
    asked: tuple[Asked, ...]
    relations: tuple[OfRelation, ...]
    chained: tuple[Chained, ...]
    more_chained: int
    several: tuple[Several, ...]
    part_of: tuple[Ref, ...]
    passed: tuple[Passed, ...]
    recognitions: tuple[str, ...]
    record: OfCriterion
    superseded_by: tuple[Ref, ...]
    tightened_by: tuple[Ref, ...]
    history: tuple[tuple[str, str], ...]
    before: Ref | None
    after: Ref | None


def page(library: Library, criterion: Criterion, before: Criterion | None, after: Criterion | None) -> CriterionPage:
    """Build the page of a criterion.

    :param before: the one before it in its text.
    :param after: the one after it.
    """
    known = library.knowledge
    edition = known.schemes[criterion.version]
    ways = _chained(library, criterion.iri)
    return CriterionPage(
        criterion=criterion,
        version=library.ref(criterion.version),
        edition=edition,
        kind=KIND[criterion.kind],
        kind_means=KIND_MEANS[criterion.kind],
        deontic=deontic(criterion.deontic),
        limit=number(known, criterion.limit) if criterion.limit else None,
        topics=tuple(Ref("", known.labels.get(t, t), outside=t) for t in criterion.topics),
        actors=tuple(known.labels.get(a, a) for a in criterion.actors),
        lifts=tuple(_LIFTS[lift] for lift in sorted(criterion.lifts)),
        doubts=library.doubts(criterion.iri, *criterion.doubts),
        doubts_of_text=len(library.doubts(criterion.version)),
        basis=BASIS[criterion.basis],
        basis_means=BASIS_MEANS[criterion.basis],
        asked=tuple(_asked(library, r) for r in library.requirements.get(criterion.iri, ())),
        relations=at(library, criterion.iri),
        chained=ways[:MOST_WAYS],
        more_chained=max(0, len(ways) - MOST_WAYS),
        several=tuple(_several(library, criterion.iri)),
        part_of=tuple(library.ref(d.whole) for d in known.decompositions if criterion.iri in d.parts),
        passed=tuple(_passed(library, criterion.iri)),
        recognitions=tuple(recognised(known, criterion.iri)) if criterion.iri in library.rows else (),
        record=of_criterion(known, criterion),
        superseded_by=tuple(map(library.ref, criterion.superseded_by)),
        tightened_by=tuple(map(library.ref, criterion.tightened_by)),
        history=tuple(_history(library, criterion, edition)),
        before=library.ref(before.iri) if before else None,
        after=library.ref(after.iri) if after else None,
    )


def _asked(library: Library, requirement: Requirement) -> Asked:
    known = library.knowledge
    market = known.markets_by_iri[requirement.market]
    found = binding(known, requirement)
    told = library.doubts(requirement.criterion, *known.criteria[requirement.criterion].doubts)
    role = f", as {found.role}" if found.role else ""
    return Asked(
        library.market_ref(market, anchor(requirement.notation)),
        found,
        ASSURANCE[requirement.rank] + role,
        tuple(d for d in _doubts(library, requirement) if d not in told),
        tuple(
            (
                e.day.isoformat(),
                f"until {e.until.isoformat()}, when {known.labels.get(e.changed_by, e.changed_by)} came",
            )
            for e in requirement.earlier_starts
        ),
    )


def _doubts(library: Library, requirement: Requirement) -> Iterator[str]:
    """Yield the doubts of a requirement and of what it hangs on."""
    starts = (requirement.starts.act,) if isinstance(requirement.starts, FloatingDate) else ()
    yield from library.doubts(requirement.iri, *requirement.doubts)
    for iri in (*requirement.conditions, *requirement.exemptions, *starts):
        yield from library.doubts(iri)


def _chained(library: Library, iri: str) -> tuple[Chained, ...]:
    """Return what gives a criterion otherwise than by a row: by several steps, or by its number.

    Left out is what anybody sees: that the whole of a text gives its parts.
    """
    if iri not in library.given:
        return ()
    found = chains(library.network, library.knowledge.choices, iri, library.giving)
    listed = {tuple(s for s, _, _ in c.links) for c in found}
    return tuple(
        Chained(library.ref(c.source), _weakest(c), (*(library.ref(s) for s, _, _ in c.links), library.ref(iri)))
        for c in found
        if _says_more(library, c, iri, listed)
    )


def _says_more(library: Library, chain: Chain, iri: str, listed: set[tuple[str, ...]]) -> bool:
    sources = tuple(source for source, _, _ in chain.links)
    _, first, _ = chain.links[0]
    if isinstance(first, Decomposition) and sources[1:] in listed:
        return False
    if len(chain.links) == 1 and _is_stated(first):
        return False
    return any(library.version_of(source) != library.version_of(iri) for source in sources)


def _weakest(chain: Chain) -> str:
    stated = any(_is_stated(link) for _, link, _ in chain.links)
    return AUTHORITY[chain.authority] if stated else "By the texts themselves"


def _is_stated(link: Link) -> bool:
    rows = getattr(link, "rows", ())
    return any(row.predicate not in ("derived", "part") for row in rows)


def _several(library: Library, iri: str) -> Iterator[Several]:
    known = library.knowledge
    for whole in (d for d in known.decompositions if d.whole == iri):
        means = (
            "It is all of these; nothing else is in it." if whole.complete else "These are parts of it, among others."
        )
        yield Several("Its parts", means, _members(library, whole.parts))
    for joint in (j for j in known.joints if j.covers == iri):
        means = f"Meeting all of these guarantees meeting this. {AUTHORITY[joint.authority]}."
        yield Several("Guaranteed together", means, _members(library, joint.members), joint.reason)
    for choice in (c for c in known.choices if c.whole == iri):
        yield Several(
            "Any one is enough", "Meeting any one of these is meeting this.", _members(library, choice.options)
        )


def _members(library: Library, iris: Iterable[str]) -> tuple[tuple[Ref, str], ...]:
    """Return criteria with their numbers, for a part of a criterion may be called by no more than which it is."""
    known = library.knowledge
    found = ((iri, known.criteria.get(iri)) for iri in iris)
    return tuple((library.ref(i), number(known, c.limit).sentence if c and c.limit else "") for i, c in found)


def _passed(library: Library, iri: str) -> Iterator[Passed]:
    for pair in library.declined.get(iri, ()):
        yield passed(library, pair, pair.object if pair.subject == iri else pair.subject)


def passed(library: Library, pair: Declined, other: str) -> Passed:
    """Write a pair that was judged and not mapped, as seen from its other end."""
    held = other in library.knowledge.criteria or other in library.knowledge.schemes
    day = pair.declined_on.isoformat() if pair.declined_on else ""
    return Passed(library.ref(other) if held else Ref("", other), pair.reason, day)


def _history(library: Library, criterion: Criterion, edition: SchemeVersion) -> Iterator[tuple[str, str]]:
    """Tell what happened when, the oldest first."""
    found: list[tuple[str, str]] = []
    if edition.in_force_from:
        found.append((edition.in_force_from.isoformat(), f"{edition.label} in force"))
    if isinstance(criterion.starts, FloatingDate):
        pass  # in words, where the markets ask it
    elif criterion.starts:
        found.append((criterion.starts.isoformat(), "This applies"))
    for ends, what in (
        (criterion.ends, "Last day on which this applies"),
        (edition.in_force_until, "Last day on which the edition may be assessed against"),
        (edition.withdrawn_from, "The edition is withdrawn: certificates of it count no more"),
    ):
        if ends:
            found.append((ends.isoformat(), what))
    found += _asked_from(library, criterion.iri)
    found += _stated(library, criterion.iri)
    yield from sorted(dict.fromkeys(found))


def _asked_from(library: Library, iri: str) -> Iterator[tuple[str, str]]:
    for requirement in library.requirements.get(iri, ()):
        market = library.knowledge.markets_by_iri[requirement.market].label
        if requirement.starts and not isinstance(requirement.starts, FloatingDate):
            yield requirement.starts.isoformat(), f"Asked for in {market}"
        if requirement.ends:
            yield requirement.ends.isoformat(), f"Last day on which it is asked for in {market}"


def _stated(library: Library, iri: str) -> Iterator[tuple[str, str]]:
    """Count the statements of each day, by who made them."""
    counts: dict[tuple[str, str, Authority], int] = {}
    for row in library.rows.get(iri, ()):
        if row.stated_on:
            key = (row.stated_on.isoformat(), row.author, row.authority)
            counts[key] = counts.get(key, 0) + 1
    for (day, author, authority), count in sorted(counts.items()):
        by = f" by {author}" if author else ""
        noun = "statement" if count == 1 else "statements"
        yield day, f"{count} mapping {noun}{by}: {AUTHORITY[authority].lower()}"
