"""All files of a site, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import chain

from pyoxigraph import Triple

from comity.authoring import exchange
from comity.authoring.sheets.template import drafted
from comity.model.classes import dataclass
from comity.model.criteria import Criterion, SchemeVersion
from comity.model.places import Severity
from comity.model.requirements import Market
from comity.model.scales import Kind
from comity.publish import criterion as criteria
from comity.publish import fronts, jsonld, lists, search
from comity.publish.library import Library, MappingSet
from comity.publish.negotiation import htaccess
from comity.publish.render import Renderer
from comity.publish.statements import as_turtle
from comity.publish.words import KIND
from comity.stores.knowledge import set_triples
from comity.stores.mappings import row_triples

File = tuple[str, bytes]
"""A path, from the root of the site, and what stands there."""

Data = Mapping[str, tuple[str, str, bytes]]
"""What a file beside a page is called, its media type, its path and its content."""

_CATALOGUE = "UNTP CVC 0.7 (JSON)"


@dataclass(frozen=True, slots=True)
class Download:
    """Data beside a page."""

    name: str
    media: str
    path: str
    size: str


class Site:
    """Writes the files of a site.

    :param title: how the site calls itself.
    """

    def __init__(self, library: Library, title: str) -> None:
        known = library.knowledge
        self._library, self._title = library, title
        self._renderer = Renderer(
            {
                "title": title,
                "version": known.version,
                "checked_on": known.checked_on.isoformat(),
                "on": library.on.isoformat(),
            }
        )
        self._index: list[search.Entry] = []
        self._moved: list[tuple[str, str]] = []

    def files(self) -> Iterator[File]:
        """Yield every file; the search and the rules of negotiation come last, because they name the others."""
        for name in ("site.css", "site.js"):
            yield f"assets/{name}", (files("comity.publish") / "static" / name).read_bytes()
        for version in self._library.versions:
            yield from self._version(version)
        for found in self._library.sets:
            yield from self._set(found)
        for market in self._library.markets:
            yield from self._market(market)
        for name, page in fronts.pages(self._library, self._title).items():
            path = f"{name}.html"
            yield path, self._renderer.render(name, path, page=page)
        yield "assets/search-index.js", search.write(self._index)
        yield ".htaccess", htaccess(self._moved).encode()

    def _version(self, version: SchemeVersion) -> Iterator[File]:
        library, path = self._library, self._library.path(version.iri)
        about = library.statements.about(version.iri)
        members = library.criteria(version)
        triples = chain(about, *(self._about(c) for c in members))
        page = lists.scheme(library, version)
        self._enter(version.iri, path, version.notation, version.label, "Text", "")
        vocabulary, lacking = self._vocabulary(version, path)
        yield from self._page("scheme", path, page, triples, vocabulary, lacking)
        for position, member in enumerate(members):
            before = members[position - 1] if position else None
            after = members[position + 1] if position + 1 < len(members) else None
            yield from self._criterion(version, member, criteria.page(library, member, before, after))

    def _vocabulary(self, version: SchemeVersion, path: str) -> tuple[Data, tuple[str, ...]]:
        """Return the vocabulary of UNTP in which certificates cite a standard; a law has none.

        What would not be valid is not offered.

        :returns: the file, and what it lacks where there is none.
        """
        if version.jurisdiction:
            return {}, ()
        known = self._library.knowledge
        written = exchange.write(drafted(known, version), "cvc", known)
        if lacking := tuple(f.message for f in written.losses if f.severity is Severity.ERROR):
            return {}, lacking
        return {_CATALOGUE: ("application/json", f"{path}.cvc.json", written.content)}, ()

    def _criterion(self, version: SchemeVersion, found: Criterion, page: criteria.CriterionPage) -> Iterator[File]:
        library, path = self._library, self._library.path(found.iri)
        rows = (t for row in library.rows.get(found.iri, ()) for t in row_triples(row))
        if found.kind is not Kind.ROOT:
            self._enter(
                found.iri, path, found.notation, found.label, f"{KIND[found.kind]} · {version.label}", found.text
            )
        yield from self._page("criterion", path, page, chain(self._about(found), rows))

    def _about(self, found: Criterion) -> Iterator[Triple]:
        """Yield what the files say of a criterion: itself, its limit, and what it is made of."""
        statements, library = self._library.statements, self._library
        yield from statements.about(found.iri, *([found.limit.iri] if found.limit else ()))
        yield from statements.about(*(iri for iri in statements.naming(found.iri) if iri in library.structures))

    def _set(self, found: MappingSet) -> Iterator[File]:
        page = lists.mapping_set(self._library, found)
        self._enter(found.iri, found.path, found.name, page.title, "Mapping set", page.description)
        for row in found.rows:
            place = f"{found.path}.html#{found.anchors[row.id]}"
            self._moved.append((f"mapping/{row.id.rpartition(':')[2]}", place))
        extra = {"SSSOM (TSV)": ("text/tab-separated-values", f"{found.path}.sssom.tsv", found.file.content)}
        yield from self._page("set", found.path, page, set_triples(found.iri, page.title, found.rows), extra)

    def _market(self, market: Market) -> Iterator[File]:
        library, path = self._library, self._library.path(market.iri)
        page = lists.market(library, market)
        self._enter(market.iri, path, market.notation, f"What {market.label} asks", "Market", "")
        iris = (i for r in market.requirements for i in (r.iri, *r.conditions, *r.exemptions))
        triples = library.statements.about(market.iri, *dict.fromkeys(iris))
        for _, _, rows in page.acts:
            known = {r.notation: r.iri for r in market.requirements}
            self._moved += [(library.natural_path(known[r.notation]), f"{path}.html#{r.place}") for r in rows]
        yield from self._page("market", path, page, triples)

    def _page(
        self,
        template: str,
        path: str,
        page: object,
        triples: Iterator[Triple],
        extra: Data | None = None,
        lacking: Sequence[str] = (),
    ) -> Iterator[File]:
        """Yield a page and the data beside it.

        :param lacking: why a vocabulary is not among the data.
        """
        found, prefixes = list(triples), self._library.statements.prefixes
        data = {
            "Turtle": ("text/turtle", f"{path}.ttl", as_turtle(found, prefixes).encode()),
            "JSON-LD": ("application/ld+json", f"{path}.jsonld", jsonld.write(found, prefixes).encode()),
            **(extra or {}),
        }
        downloads = [Download(name, media, there, _size(content)) for name, (media, there, content) in data.items()]
        for _, there, content in data.values():
            yield there, content
        here = f"{path}.html"
        yield here, self._renderer.render(template, here, page=page, downloads=downloads, lacking=lacking)

    def _enter(self, iri: str, path: str, notation: str, label: str, what: str, text: str) -> None:
        self._index.append((f"{path}.html", notation, label, what, text))
        natural = self._library.natural_path(iri)
        if natural != path:
            self._moved.append((natural, f"{path}.html"))


def _size(content: bytes) -> str:
    """Write a size as people read it.

    >>> _size(b"a"), _size(b"a" * 2048)
    ('1 kB', '2 kB')
    """
    return f"{max(1, round(len(content) / 1024)):,} kB"
