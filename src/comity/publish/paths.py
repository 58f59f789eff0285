"""Where in a site the page of a thing lies, and how one page links to another."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import quote, unquote, urlsplit

BASE = "https://w3id.org/comity/"
"""What is named under it lies at its own path; everything else under the name of its host."""

FIXED = ("index", "texts", "mappings", "markets", "search", "reading", "assets")
"""The pages and folders that every site has."""

# Names that no file may have on Windows, whatever its extension.
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_UNSAFE = re.compile(r"[^A-Za-z0-9._~-]+")


class Paths:
    """Gives each thing a path of its own, without an extension.

    Paths are safe on every file system: two that differ in case only are kept apart.

    >>> paths = Paths("https://a.example/")
    >>> paths.take("https://a.example/kiln/2.0/4"), paths.take("https://b.example/x?y")
    ('kiln/2.0/4', 'b.example/x-y')
    >>> paths.take("https://a.example/KILN/2.0/4")
    'KILN/2.0/4-2'
    """

    def __init__(self, base: str = BASE) -> None:
        self._base = base if base.endswith(("/", "#")) else base + "/"
        self._of: dict[str, str] = {}
        self._taken = set(FIXED)

    def take(self, iri: str) -> str:
        """Return the path of a thing, and keep it for that thing."""
        if iri not in self._of:
            wanted = path = safe(self.natural(iri))
            count = 1
            while path.casefold() in self._taken:
                count += 1
                path = f"{wanted}-{count}"
            self._taken.add(path.casefold())
            self._of[iri] = path
        return self._of[iri]

    def natural(self, iri: str) -> str:
        """Return the path at which a server would look for a thing, as its IRI writes it."""
        if iri.startswith(self._base):
            return iri[len(self._base) :]
        parts = urlsplit(iri)
        tail = "/".join(filter(None, (parts.path.strip("/"), parts.fragment)))
        query = f"?{parts.query}" if parts.query else ""
        return f"{parts.netloc or parts.scheme}/{tail}{query}"


def safe(path: str) -> str:
    """Write a path so that every file system and every URL can carry it.

    >>> safe("a b/../con/x%20y."), safe("")
    ('a-b/con_/x-y', 'x')
    """
    steps = (_UNSAFE.sub("-", unquote(step)).strip(".-") for step in path.split("/"))
    return "/".join(f"{step}_" if _RESERVED.fullmatch(step) else step for step in steps if step) or "x"


def relative(here: str, there: str) -> str:
    """Write the link from one file of a site to another, or to a place in it.

    >>> relative("a/b/c.html", "a/d.html#e"), relative("index.html", "a/b.html"), relative("a/b.html", "a/b.html")
    ('../d.html#e', 'a/b.html', 'b.html')
    """
    path, hash_, fragment = there.partition("#")
    folder = posixpath.dirname(here)
    link = quote(posixpath.relpath(path, folder or "."), safe="/~")
    return link + (f"#{quote(fragment, safe='~:@!$&()*+,;=/?')}" if hash_ else "")


def anchor(text: str) -> str:
    """Write a name as a place in a page: no spaces, nothing that a link would have to escape.

    >>> anchor("map:a-1--b 2")
    'a-1--b-2'
    """
    return _UNSAFE.sub("-", text.rpartition(":")[2]).strip("-") or "x"


def natural_order(text: str) -> tuple[tuple[int, int, str], ...]:
    """Order 2 before 10.

    >>> sorted(["a-10", "a-2", "a"], key=natural_order)
    ['a', 'a-2', 'a-10']
    """
    parts = re.split(r"(\d+)", text.casefold())
    return tuple((0, int(p), "") if i % 2 else (1, 0, p) for i, p in enumerate(parts) if p)
