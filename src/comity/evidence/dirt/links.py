"""Links and values of claims: D16 (the link itself), D22, D25 (metrics)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qs, urlsplit

from comity.evidence import tables
from comity.evidence.node import Node
from comity.evidence.notes import Notes
from comity.units import factor, unit

_HASHES = {"sha-256": 64, "sha256": 64, "sha-1": 40, "sha1": 40, "sha-512": 128, "sha512": 128}
_HEX = re.compile(r"^[0-9a-fA-F]+$")
_MULTIBASE = re.compile(
    r"^(z[1-9A-HJ-NP-Za-km-z]{20,}|[uU][A-Za-z0-9_-]{20,}={0,2}|[fF][0-9a-fA-F]{40,}|[bB][A-Za-z2-7]{32,}=*|[mM][A-Za-z0-9+/]{20,}={0,2})$"
)
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0"})  # noqa: S104  # these are looked for, not bound to


def check(nodes: Sequence[Node], notes: Notes) -> None:
    """Find links that cannot prove what they are said to, and values that do not fit their metric."""
    for node in nodes:
        if node.text("linkURL"):
            link(node, notes)
        if node.kind == "performance":
            metric(node, notes)
    for node in nodes:
        if node.kind in ("claim", "assessment"):
            one_metric(node, notes)
    categories(nodes, notes)


def link(node: Node, notes: Notes) -> None:
    """D16: a link to one's own computer, to a page for people, of another type than it says; a digest that is none."""
    url = node.first("linkURL")
    if url is None:
        return
    host = (urlsplit(url.as_text()).hostname or "").casefold() if "://" in url.as_text() else ""
    said = kind_of(node.text("linkType"))
    if host in _LOCAL:
        notes.warn(
            "D16",
            url.place,
            f"{url.as_text()} is an address on somebody's own computer.",
            "Link to the published document.",
        )
    elif said and host in tables.codes("file-shares"):
        message = f"The link is typed {said}, but leads to a file share ({host})."
        notes.warn("D16", url.place, message, "Link to the credential itself.")
    named = kind_of(parse_qs(urlsplit(url.as_text()).query).get("linkType", [""])[0])
    if said and named and said != named:
        message = f"The link is typed {said}, but its address asks for {named}."
        notes.warn("D16", url.place, message, "Link to the document that proves the claim, and type it as it is.")
    digest(node, notes)


def digest(node: Node, notes: Notes) -> None:
    """D16: a digest that its method cannot have made."""
    value = node.first("digestMultibase")
    if value is None or not value.as_text():
        return
    method = node.text("hashMethod").casefold()
    text = value.as_text()
    good = _HEX.match(text) and len(text) == _HASHES.get(method, len(text)) if method else _MULTIBASE.match(text)
    if not good:
        called = node.text("hashMethod") or "multibase"
        message = f"{text[:40]!r} is no {called} digest; the document cannot be checked by it."
        notes.warn("D16", value.place, message, "Write the digest of the linked document.")


def kind_of(link_type: str) -> str:
    """Return the kind of document that a link type means, empty where it means none.

    >>> kind_of("https://test.uncefact.org/vocabulary/linkTypes/dcc"), kind_of("gs1:traceability"), kind_of("about")
    ('dcc', 'dte', '')
    """
    last = re.split(r"[/#:]", link_type.strip().rstrip("/"))[-1].casefold()
    return tables.codes("link-types").get(last, "")


def metric(node: Node, notes: Notes) -> None:
    """D25: a value in a unit that its metric does not have."""
    named, measure = node.first("metric"), node.first("measure")
    slug = named.text("id").rstrip("/").rpartition("/")[2].casefold() if named is not None else ""
    wanted = tables.codes("metric-units").get(slug)
    stated = measure.text("unit") if measure is not None else ""
    right, found = (unit(wanted) if wanted else None), (unit(stated) if stated else None)
    if measure is None or wanted is None or right is None or found is None or right == found:
        return
    message = f"{slug} is measured in {wanted}; the value is in {stated}"
    if factor(right).dimension == factor(found).dimension:
        notes.info("D25", measure.place, f"{message}, which can be converted.", f"State it in {wanted}.")
    else:
        notes.warn("D25", measure.place, f"{message}, which measures something else.", "Name the metric that is meant.")


def one_metric(node: Node, notes: Notes) -> None:
    """D25: several values of one metric that only its name tells apart."""
    values = [*node.all("claimedPerformance"), *node.all("assessedPerformance")]
    named = [m for m in (v.first("metric") for v in values) if m is not None]
    names: dict[str, set[str]] = {}
    for found in named:
        names.setdefault(found.text("id"), set()).add(found.text("name"))
    for iri, several in names.items():
        if iri and len(several) > 1:
            message = f"{len(several)} values of {iri} are told apart by the metric's name alone."
            notes.info("D25", node.place, message, "State what each value is of.")


def categories(nodes: Iterable[Node], notes: Notes) -> None:
    """D22: one category under two codes, or one code for two categories."""
    names: dict[tuple[str, str], str] = {}
    codes: dict[tuple[str, str], str] = {}
    for node in nodes:
        code, name = node.text("code"), node.text("name").casefold()
        if node.kind != "classification" or not code or not name:
            continue
        scheme = node.text("schemeId").rstrip("/")
        other_name, other_code = names.setdefault((scheme, code), name), codes.setdefault((scheme, name), code)
        if other_name != name:
            message = f"The code {code} is called {node.text('name')!r} here and {other_name!r} elsewhere."
            notes.info("D22", node.place, message, "Look the code up in its classification.")
        if other_code != code:
            message = f"{node.text('name')!r} has the code {code} here and {other_code} elsewhere."
            notes.info("D22", node.place, message, "Look the code up in its classification.")
