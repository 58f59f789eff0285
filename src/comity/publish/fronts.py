"""The pages that lead to the others, before they are HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from comity.model.classes import dataclass
from comity.model.criteria import SchemeVersion
from comity.model.scales import Basis
from comity.publish.library import Library, MappingSet, Ref
from comity.publish.lists import set_ref
from comity.publish.words import AUTHORITY, AUTHORITY_MEANS, BASIS, BASIS_MEANS, BETWEEN_ORDER, KIND, KIND_MEANS, group

COUNTED: Mapping[str, str] = {
    "same": "equal",
    "gives": "guaranteeing",
    "given": "guaranteed",
    "part": "in part",
    "not": "not guaranteed",
    "apart": "apart",
    "lead": "only related",
}
"""What the statements of a set say, in a word."""


@dataclass(frozen=True, slots=True)
class Front:
    """What the first page shows."""

    heading: str
    texts: int
    criteria: int
    statements: int
    sets: int
    markets: int
    requirements: int
    checked: tuple[tuple[str, int], ...]
    doubtful: int


@dataclass(frozen=True, slots=True)
class Text:
    """An edition in the list of all."""

    ref: Ref
    criteria: int
    since: str
    until: str
    draft: bool
    unverified: int


@dataclass(frozen=True, slots=True)
class SetItem:
    """A mapping set in the list of all."""

    ref: Ref
    objects: str
    count: int
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class MarketItem:
    """A market in the list of all."""

    ref: Ref
    count: int
    texts: int
    checked_on: str


@dataclass(frozen=True, slots=True)
class Grouped:
    """A list under headings."""

    groups: tuple[tuple[str, tuple[object, ...]], ...]


@dataclass(frozen=True, slots=True)
class Markets:
    """The list of markets."""

    markets: tuple[MarketItem, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """The page of the search.

    :param example: the identifier of something that is published.
    """

    example: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What explains the words of all other pages."""

    authorities: tuple[tuple[str, str], ...]
    bases: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]


def pages(library: Library, title: str) -> dict[str, object]:
    """Build the pages that lead to the others, by name."""
    return {
        "index": front(library, title),
        "texts": Grouped(tuple(_texts(library))),
        "mappings": Grouped(tuple(_sets(library))),
        "markets": Markets(tuple(_markets(library))),
        "search": Search(_example(library)),
        "reading": Reading(
            tuple((AUTHORITY[a], AUTHORITY_MEANS[a]) for a in sorted(AUTHORITY)),
            tuple((BASIS[b], BASIS_MEANS[b]) for b in BASIS),
            tuple((KIND[k], KIND_MEANS[k]) for k in KIND),
        ),
    }


def front(library: Library, title: str) -> Front:
    """Build the first page."""
    criteria = [c for v in library.versions for c in library.criteria(v)]
    counts = Counter(c.basis for c in criteria)
    return Front(
        heading="Criteria, mappings and markets" if title == "Comity" else title,
        texts=len(library.versions),
        criteria=len(criteria),
        statements=sum(len(s.rows) for s in library.sets),
        sets=len(library.sets),
        markets=len(library.markets),
        requirements=sum(len(m.requirements) for m in library.markets),
        checked=tuple((BASIS[b], counts[b]) for b in Basis if counts[b]),
        doubtful=sum(library.ref(c.iri).doubtful for c in criteria),
    )


def _texts(library: Library) -> Iterator[tuple[str, tuple[Text, ...]]]:
    """Yield standards and guidance, then the laws of each jurisdiction."""
    groups: dict[str, list[SchemeVersion]] = {"Standards and guidance": []}
    for version in sorted(library.versions, key=lambda v: v.jurisdiction or ""):
        name = (
            f"Law: {_jurisdiction(library, version.jurisdiction)}" if version.jurisdiction else "Standards and guidance"
        )
        groups.setdefault(name, []).append(version)
    for name, versions in groups.items():
        if versions:
            ordered = sorted(versions, key=lambda v: v.label.casefold())
            yield name, tuple(_text(library, v) for v in ordered)


def _jurisdiction(library: Library, code: str) -> str:
    market = library.knowledge.markets.get(code.casefold())
    return market.label if market else code


def _text(library: Library, version: SchemeVersion) -> Text:
    criteria = library.criteria(version)
    return Text(
        ref=library.ref(version.iri),
        criteria=len(criteria),
        since=version.in_force_from.isoformat() if version.in_force_from else "",
        until=version.in_force_until.isoformat() if version.in_force_until else "",
        draft=version.is_draft,
        unverified=sum(c.unverified for c in criteria),
    )


def _sets(library: Library) -> Iterator[tuple[str, tuple[SetItem, ...]]]:
    groups: dict[str, list[MappingSet]] = {}
    for found in library.sets:
        groups.setdefault(" and ".join(v.label for v in found.subjects) or found.name, []).append(found)
    for name in sorted(groups, key=str.casefold):
        items = sorted((_item(found) for found in groups[name]), key=lambda i: i.objects.casefold())
        yield name, tuple(items)


def _item(found: MappingSet) -> SetItem:
    counts = Counter(group(row, row.mask).key for row in found.rows)
    objects = " and ".join(v.label for v in found.objects) or found.name
    kinds = tuple((COUNTED[key], counts[key]) for key in BETWEEN_ORDER if counts[key])
    return SetItem(set_ref(found), objects, len(found.rows), kinds)


def _markets(library: Library) -> Iterator[MarketItem]:
    for market in sorted(library.markets, key=lambda m: m.label.casefold()):
        texts = {library.version_of(r.criterion) for r in market.requirements}
        yield MarketItem(
            library.market_ref(market), len(market.requirements), len(texts), market.checked_on.isoformat()
        )


def _example(library: Library) -> str:
    mapped = (c.notation for v in library.versions for c in library.criteria(v) if c.iri in library.rows)
    every = (v.notation for v in library.versions)
    return next(mapped, next(every, "a-1"))
