"""What the pages of a site hold, and that they are sound."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5lib
import pytest
from pyoxigraph import RdfFormat, parse
from tests.publish.conftest import ON, ONLY

from comity.authoring.exchange import FORMATS
from comity.knowledge import load
from comity.model.knowledge import Knowledge
from comity.publish import publish


class _Links(HTMLParser):
    """Gathers the addresses and the places of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "action", "data-index"):
                self.links.append(value or "")
            if name == "id":
                self.ids.append(value or "")


def _pages(folder: Path) -> Iterator[Path]:
    return (page for page in sorted(folder.rglob("*.html")))


def _read(page: Path) -> _Links:
    found = _Links()
    found.feed(page.read_text("utf-8"))
    return found


def _page(site: Path, name: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", (site / name).read_text("utf-8")))


def test_every_link_leads_somewhere(site: Path) -> None:
    places = {page.resolve(): set(_read(page).ids) for page in _pages(site)}
    count = 0
    for page in _pages(site):
        for link in _read(page).links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("http", "https"), f"{page}: {link}"
                continue
            assert not link.startswith("/"), f"{page}: {link} works in one folder only"
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page.resolve()
            assert target.is_file(), f"{page}: {link}"
            assert target.is_relative_to(site.resolve())
            if parts.fragment:
                assert unquote(parts.fragment) in places[target], f"{page}: {link}"
            count += 1
    assert count > 500


def test_every_page_is_valid_html(site: Path) -> None:
    parser = html5lib.HTMLParser(strict=True)
    for page in _pages(site):
        parser.parse(page.read_bytes())
        ids = _read(page).ids
        assert len(ids) == len(set(ids)), f"{page}: two places of one name"
        assert page.read_bytes().startswith(b"<!DOCTYPE html>")


def test_an_invalid_page_would_be_found() -> None:
    with pytest.raises(html5lib.html5parser.ParseError):
        html5lib.HTMLParser(strict=True).parse(b"<!DOCTYPE html><title>x</title><p><div></p>")


def test_names_do_not_become_markup(site: Path) -> None:
    for page in _pages(site):
        text = page.read_text("utf-8")
        assert "<img" not in text
        assert text.count("<script") == 1
        assert 'href="javascript:' not in text
        assert " onmouseover=" not in re.sub(r"&#34; onmouseover=", "", text)
    assert "{{ 7 * 7 }} and {this}" in (site / "hostile.example/v/1/escape.html").read_text("utf-8")


def test_a_site_is_the_same_whenever_it_is_made(
    known: Knowledge, extra: tuple[Path, ...], site: Path, tmp_path: Path
) -> None:
    publish(known, tmp_path / "again", ON, extra=extra, only=ONLY)
    once, again = (
        {p.relative_to(f): p.read_bytes() for p in f.rglob("*") if p.is_file()} for f in (site, tmp_path / "again")
    )
    assert once == again


def test_the_page_of_a_criterion_says_what_it_asks_and_who_asks_it(site: Path) -> None:
    page = _page(site, "arcadia.example/garment-act/2026/art4-1.html")
    assert "Where it is asked for" in page
    assert "Arcadia" in page


def test_direction_is_said_in_words(site: Path) -> None:
    stricter, weaker, other = (_page(site, f"hostile.example/v/1/{n}.html") for n in ("A-2", "a", "con_"))
    assert "Meeting hostile-1-upper guarantees meeting each of these." in stricter
    assert "Meeting any one of these guarantees meeting hostile-1-lower." in weaker
    # con covers a: a is covered by it. That con does not cover A is said on both pages.
    assert "Meeting hostile-1-con guarantees meeting each of these." in other
    # A negated row says which way there is no guarantee, from either end.
    assert "Meeting hostile-1-con does not guarantee meeting hostile-1-upper." in other
    assert "Meeting hostile-1-upper is not guaranteed by meeting hostile-1-con." in stricter
    assert "Nothing follows from them." in weaker


def test_the_page_of_a_set_has_a_place_for_each_row(site: Path) -> None:
    page = site / "hostile.example/sets/one.html"
    assert {f"h-{n}" for n in range(1, 6)} <= set(_read(page).ids)
    text = _page(site, "hostile.example/sets/one.html")
    assert "Because &lt;b&gt;I&lt;/b&gt; &amp; &#34;you&#34; say so." in text
    assert "is guaranteed by" in text


def test_what_is_not_verified_says_so(site: Path) -> None:
    escape = _page(site, "hostile.example/v/1/escape.html")
    assert "Not verified." in escape
    assert "In doubt. A doubt with" in escape
    listed = _page(site, "hostile.example/v/1.html")
    assert "not verified" in listed
    assert "in doubt" in listed


def test_every_name_can_be_carried_by_every_file_system(site: Path) -> None:
    """Windows forbids some signs, some names, and paths of more than 260 signs, of which the folder needs some."""
    for path in site.rglob("*"):
        assert not re.search(r'[<>:"\\|?*\x00-\x1f]|[ .]$', path.name), path
        assert not re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", path.name, re.IGNORECASE), path
        assert len(str(path.relative_to(site))) < 160, path


def test_names_that_differ_in_case_only_have_pages_of_their_own(site: Path) -> None:
    names = [str(p.relative_to(site)).casefold() for p in site.rglob("*")]
    assert len(names) == len(set(names))
    assert "Upper case." in _page(site, "hostile.example/v/1/A-2.html")
    assert "Lower case." in _page(site, "hostile.example/v/1/a.html")


def test_turtle_and_json_ld_beside_a_page_say_the_same(site: Path) -> None:
    count = 0
    for turtle in sorted(site.rglob("*.ttl")):
        one = set(parse(turtle.read_bytes(), RdfFormat.TURTLE))
        other = set(parse(turtle.with_name(turtle.name[:-4] + ".jsonld").read_bytes(), RdfFormat.JSON_LD))
        assert {str(q.triple) for q in one} == {str(q.triple) for q in other}, turtle
        assert (turtle.with_name(turtle.name[:-4] + ".html")).is_file()
        count += 1
    assert count > 20


def test_the_data_of_a_criterion_holds_its_rows_and_limit(site: Path) -> None:
    turtle = (site / "hostile.example/v/1/a.ttl").read_text("utf-8")
    assert turtle.count("a comity:MappingRow") == 3  # rows 1, 3 and 5 end at it
    assert "<https://hostile.example/v/1/a> a comity:Criterion" in turtle
    limits = [p for p in site.rglob("*.ttl") if "a comity:Limit" in p.read_text("utf-8")]
    assert limits


def test_a_mapping_set_lies_beside_its_page_as_it_was_written(site: Path, extra: tuple[Path, ...]) -> None:
    written = (extra[1] / "hostile--hostile.sssom.tsv").read_bytes()
    assert (site / "hostile.example/sets/one.sssom.tsv").read_bytes() == written


def test_a_standard_has_a_vocabulary_of_untp_beside_it_and_a_law_has_none(site: Path) -> None:
    assert "cvc" in FORMATS
    catalogue = json.loads((site / "rra/3.0.cvc.json").read_bytes())
    assert catalogue["type"] == ["ConformityScheme"]
    assert "Responsible Supply Chains" in json.dumps(catalogue)
    assert "rra/3.0.cvc.json".rpartition("/")[2] in (site / "rra/3.0.html").read_text("utf-8")
    assert not (site / "arcadia.example/garment-act/2026.cvc.json").exists()


def test_a_vocabulary_that_would_not_be_valid_is_not_offered_and_the_page_says_why(site: Path) -> None:
    """Nothing says since when the hostile text is in force; the Risk Readiness Assessment is, and says so."""
    page = (site / "hostile.example/v/1.html").read_text("utf-8")
    assert not (site / "hostile.example/v/1.cvc.json").exists()
    assert ".cvc.json" not in page
    assert "No UNTP vocabulary is offered. It is not known from when the edition is valid" in page
    assert "No UNTP vocabulary is offered" not in (site / "rra/3.0.html").read_text("utf-8")
    law = (site / "arcadia.example/garment-act/2026.html").read_text("utf-8")
    assert "No UNTP vocabulary is offered" not in law, "a law is cited by its articles, and none is expected"


def test_the_index_of_the_search_is_json_after_the_sign_of_equality(site: Path) -> None:
    text = (site / "assets/search-index.js").read_text("utf-8")
    rows = json.loads(text.partition("=")[2].rstrip().rstrip(";"))
    by_path = {row[0]: row for row in rows}
    assert by_path["hostile.example/v/1/a.html"][1:3] == ["hostile-1-lower", "Lower"]
    for path in by_path:
        assert (site / path).is_file()
    assert "</" not in text


def test_only_what_was_asked_for_is_published(site: Path) -> None:
    assert (site / "rra/3.0/10.html").is_file()
    assert not (site / "rra/2.0.html").exists()
    # A criterion without a page here is linked by its own address.
    assert 'href="https://w3id.org/comity/rra/2.0/31"' in (site / "rra/3.0/10.html").read_text("utf-8")


def test_everything_that_comes_with_comity_is_published_whole(tmp_path: Path) -> None:
    known = load()
    done = publish(known, tmp_path, ON)
    things = len(known.schemes) + len(known.criteria) + len(known.markets) + len({r.place.document for r in known.rows})
    assert done.pages == things + len(("index", "texts", "mappings", "markets", "search", "reading"))
    pages = {page.resolve(): _read(page) for page in _pages(tmp_path)}
    assert len(pages) == done.pages
    places = {page: set(found.ids) for page, found in pages.items()}
    for page, found in pages.items():
        assert len(found.ids) == len(places[page]), f"{page}: two places of one name"
        for link in found.links:
            parts = urlsplit(link)
            if not parts.scheme and parts.path.endswith(".html"):
                target = Path(os.path.normpath(page.parent / unquote(parts.path)))
                assert target in places, f"{page}: {link}"
                assert not parts.fragment or unquote(parts.fragment) in places[target], f"{page}: {link}"
