"""A site in a real browser: accessible, on a phone too, searched without a server, whole without script."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.programs import program

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = (
    "index.html",
    "texts.html",
    "mappings.html",
    "markets.html",
    "reading.html",
    "search.html?q=supply",
    "rra/3.0.html",
    "rra/3.0/10.html",
    "arcadia.example/garment-act/2026/art3-1-a.html",
    "arcadia.example/mappings/fair-loom--garment-act.html",
    "arcadia.example/market.html",
    "hostile.example/v/1/A-2.html",
    "hostile.example/v/1/escape.html",
    "hostile.example/sets/one.html",
)
ONE_OF_EACH = (
    "index.html",
    "search.html?q=supply",
    "rra/3.0.html",
    "rra/3.0/10.html",
    "hostile.example/v/1/escape.html",
    "arcadia.example/market.html",
    "hostile.example/sets/one.html",
)
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
PACKAGES = ("chromium", "fonts-liberation", "libatomic1")
"""Of Debian; a bare one lacks the last, which the driver of playwright needs."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    what = "Chromium, in which the site would be seen, and that COMITY_CHROMIUM names,"
    path = os.environ.get("COMITY_CHROMIUM") or program(CHROMIUM, PACKAGES, what)
    with sync_api.sync_playwright() as started:
        sandbox = [] if os.name == "nt" or os.geteuid() else ["--no-sandbox"]
        opened = started.chromium.launch(executable_path=path, args=sandbox)
        yield opened
        opened.close()


def _window(browser: Browser, site: Path, **options: Any) -> tuple[Page, list[str]]:
    """Open a window; what it asks of anything but the site, and what goes wrong in it, is noted."""
    page = browser.new_context(**options).new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda told: wrong.append(told.text) if told.type == "error" else None)
    page.on("request", lambda asked: None if asked.url.startswith(site.as_uri()) else wrong.append(asked.url))
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    return page, wrong


def _open(browser: Browser, site: Path, name: str, **options: Any) -> tuple[Page, list[str]]:
    """Open a page from disk in a window of its own."""
    page, wrong = _window(browser, site, **options)
    page.goto(f"{site.as_uri()}/{name}")
    return page, wrong


@pytest.mark.parametrize(
    ("size", "scheme", "pages"),
    [("desktop", "light", PAGES), ("phone", "light", ONE_OF_EACH), ("desktop", "dark", ONE_OF_EACH)],
)
def test_axe_finds_nothing(browser: Browser, site: Path, size: str, scheme: str, pages: tuple[str, ...]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    page, wrong = _window(browser, site, viewport=SIZES[size], color_scheme=scheme)
    for name in pages:
        page.goto(f"{site.as_uri()}/{name}")
        # Without "preload" axe does not ask for the style sheet again, which a page on disk may not.
        found = axe.run(page, options={"preload": False}).response
        told = [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found["violations"]]
        assert not told, f"{name}: {told}"
        assert not wrong, f"{name}: {wrong}"
    page.context.close()


def test_axe_would_find_something(browser: Browser, site: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    page, _ = _open(browser, site, "rra/3.0/10.html")
    page.evaluate("document.querySelector('.lead').style.color = '#ccc'")
    assert [v["id"] for v in axe.run(page, options={"preload": False}).response["violations"]] == ["color-contrast"]
    page.context.close()


@pytest.mark.parametrize("size", SIZES)
def test_nothing_sticks_out_of_the_window(browser: Browser, site: Path, size: str) -> None:
    page, _ = _window(browser, site, viewport=SIZES[size])
    for name in PAGES:
        page.goto(f"{site.as_uri()}/{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"], name
    page.context.close()


def test_search_finds_by_words_and_by_identifier(browser: Browser, site: Path) -> None:
    page, wrong = _open(browser, site, "rra/3.0/10.html")
    page.fill("#find", "responsible supply")
    page.press("#find", "Enter")
    page.wait_for_selector("#found li")
    assert page.url.endswith("search.html?q=responsible+supply")
    assert page.inner_text("#found li .name") == "Responsible Supply Chains"
    assert page.inner_text("#told").endswith("found.")
    page.fill("#q", "HOSTILE-1-UPPER")
    page.wait_for_function("document.querySelector('#found .no')?.textContent === 'hostile-1-upper'")
    page.click("#found li a")
    assert page.inner_text("h1") == "Upper"
    assert not wrong
    page.context.close()


def test_search_says_when_nothing_is_found_and_writes_what_it_finds_as_text(browser: Browser, site: Path) -> None:
    page, wrong = _open(browser, site, "search.html")
    page.fill("#q", "zzzzzz")
    page.wait_for_function("document.querySelector('#told').textContent === 'Nothing is found.'")
    page.fill("#q", "onerror escape")
    page.wait_for_selector("#found li")
    assert page.inner_text("#found li .name") == "<img src=x onerror=alert(3)> Escape"
    assert not wrong
    page.context.close()


def test_pages_are_whole_without_script(browser: Browser, site: Path) -> None:
    script, _ = _window(browser, site)
    page, _ = _window(browser, site, java_script_enabled=False)
    for name in PAGES:
        if not name.startswith("search"):
            page.goto(f"{site.as_uri()}/{name}")
            script.goto(f"{site.as_uri()}/{name}")
            assert page.inner_text("main") == script.inner_text("main"), name
    script.context.close()
    page.goto(f"{site.as_uri()}/search.html")
    assert "Searching needs a script" in page.inner_text("main")
    page.click("noscript a >> text=all texts")
    page.click("text=Risk Readiness Assessment and Copper Mark Criteria, version 3.0")
    page.click("text=Responsible Supply Chains")
    assert page.inner_text("h1") == "Responsible Supply Chains"
    page.context.close()


def test_the_keyboard_reaches_the_content_first(browser: Browser, site: Path) -> None:
    page, _ = _open(browser, site, "rra/3.0/10.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.context.close()
