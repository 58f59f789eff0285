"""Who is who: canonical keys, and which of them mean the same thing.

A key is ``<type>:<key>`` with the type ``organisation``, ``facility`` or ``product``, so that one identifier
used for a company and for its plant stays two things. After the type stands ``gs1:`` with application
identifiers (GS1 Digital Link, RFC-independent of host and query), ``id:`` with an IRI, or ``reg:`` with a
register and a registered identifier. A name is never a key.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from comity.model.evidence import Document, Party, Subject
from comity.model.scales import Level

Namer = Callable[[str], str]
"""Takes any key of a thing, and returns the one that stands for it."""

_PRIMARY = {
    "01": (8, 12, 13, 14),
    "8006": (18,),
    "00": (18,),
    "414": (13,),
    "417": (13,),
    "8003": (),
    "8004": (),
    "253": (),
}
"""GS1 keys that may begin a digital link, with the numbers of digits that they have; none for free text."""

_NAMES = {
    "gtin": "01",
    "gln": "414",
    "sscc": "00",
    "ser": "21",
    "lot": "10",
    "cpv": "22",
    "party": "417",
    "giai": "8004",
}
"""Names that digital links used for application identifiers before GS1 withdrew them."""

_QUALIFIERS = ("22", "10", "21", "254", "235", "7040")
_DIGITS = {"01": 14, "414": 13, "417": 13, "00": 18}
_ORDER = ("id:", "gs1:", "reg:")


def keys(level: Level, identifier: str, registered: str = "", scheme: str = "") -> frozenset[str]:
    """Make every canonical key of a thing from what a document says of it.

    :param level: what sort of thing it is.
    :param identifier: its ``id``.
    :param registered: its identifier in a register.
    :param scheme: IRI of that register; without it the registered identifier says nothing.

    >>> sorted(keys(Level.FACILITY, "https://idr.example/gs1/414/9359502000034?linkType=gs1:x", "9359502000034", "https://id.gs1.org/414/"))
    ['facility:gs1:414/9359502000034', 'facility:reg:id.gs1.org/414#9359502000034']
    >>> sorted(keys(Level.ORGANISATION, " did:web:a.example#key-1 "))
    ['organisation:id:did:web:a.example']
    """
    prefix = type_of(level)
    own = digital_link(identifier)
    found = {f"gs1:{own}" if own else f"id:{iri(identifier)}"} if identifier.strip() else set()
    if registered.strip() and scheme.strip():
        found |= _registered(level, registered.strip(), scheme.strip(), own)
    return frozenset(f"{prefix}:{k}" for k in found)


def own(party: Party) -> frozenset[str]:
    """Make the keys of a party from its own identifier alone.

    What a party says to be known as, and what documents join it with, is anybody's word. It may lower whose word
    something is; only the identifier itself, which a signature can be checked against, may raise it.

    >>> sorted(own(Party("did:web:a.example", "A", frozenset({"organisation:id:did:web:famous.example"}))))
    ['organisation:id:did:web:a.example']
    """
    return keys(Level.ORGANISATION, party.id)


def best(found: Iterable[str]) -> str:
    """Choose the key that stands for a thing: an IRI before a GS1 key before a registered identifier.

    >>> best({"product:reg:r.example#1", "product:gs1:01/00000000000017"})
    'product:gs1:01/00000000000017'
    """
    return min(found, key=lambda k: (_rank(k), k))


def type_of(level: Level) -> str:
    """Return the type that qualifies keys.

    >>> type_of(Level.ITEM)
    'product'
    """
    return "product" if level.is_product else level.value


def iri(text: str) -> str:
    """Trim an IRI to what identifies: no key fragment of a DID, host in lower case, no empty path's slash.

    >>> iri("HTTPS://Example.org/a/"), iri("https://example.org/#top")
    ('https://example.org/a', 'https://example.org/#top')
    """
    trimmed = text.strip()
    if trimmed.startswith("did:"):
        return trimmed.partition("#")[0]
    scheme, separator, rest = trimmed.partition("://")
    if not separator:
        return trimmed
    host, slash, path = rest.partition("/")
    folded = f"{scheme.lower()}://{host.lower()}{slash}{path}"
    return folded if "#" in folded or "?" in folded else folded.rstrip("/")


def digital_link(text: str) -> str:
    """Read the GS1 keys of a GS1 Digital Link: no host, no path before them, no query, digits padded.

    :returns: such as ``01/09520123456788/21/12345``, or empty when it is none.

    >>> digital_link("https://id.gs1.org/gtin/9520123456788/ser/12345?linkType=gs1:pip")
    '01/09520123456788/21/12345'
    >>> digital_link("https://news.example/01/20240115")
    ''
    """
    if "://" not in text:
        return ""
    steps = [unquote(s) for s in urlsplit(text.strip()).path.split("/") if s]
    for start in range(len(steps) - 1):
        primary = _NAMES.get(steps[start].lower(), steps[start])
        value = _padded(primary, steps[start + 1])
        if primary in _PRIMARY and value:
            pairs = [(primary, value), *_qualified(steps[start + 2 :])]
            return "/".join(f"{ai}/{v}" for ai, v in pairs)
    return ""


def classes(key: str) -> tuple[str, ...]:
    """List the wider things that a GS1 key names: the batch and the product class of an item.

    >>> classes("product:gs1:01/09520123456788/10/B1/21/7")
    ('product:gs1:01/09520123456788/10/B1', 'product:gs1:01/09520123456788')
    """
    prefix, _, link = key.partition(":gs1:")
    if not link.startswith("01/"):
        return ()
    pairs = link.split("/")
    return tuple(f"{prefix}:gs1:{'/'.join(pairs[:n])}" for n in range(len(pairs) - 2, 0, -2))


def merge(documents: Iterable[Document]) -> Mapping[str, str]:
    """Find which keys mean one thing: those that some subject or party of some document has together.

    :returns: every key to the one that stands for its thing: the best sort of key, of these the one that most
        documents use. It is the same whatever the order of the documents.
    """
    known = tuple(documents)
    parents: dict[str, str] = {}

    def root(key: str) -> str:
        """Find the key that stands for a group so far, and shorten the way to it."""
        parents.setdefault(key, key)
        while parents[key] != key:
            parents[key] = parents[parents[key]]
            key = parents[key]
        return key

    for group in _groups(known):
        first = min(group)
        for key in group:
            parents[root(key)] = root(first)
    sets: dict[str, list[str]] = {}
    for key in parents:
        sets.setdefault(root(key), []).append(key)
    used = Counter(s.key for d in known for s in d.subjects)
    names = {r: min(group, key=lambda k: (_rank(k), -used[k], k)) for r, group in sets.items()}
    return {key: names[root(key)] for key in parents}


def rename(document: Document, name: Namer) -> Document:
    """Return a document whose statements are about the one key of each thing.

    Anchors keep the very identity that a register anchored: who else it is said to be may not be anchored by that.
    """
    return replace(
        document,
        subjects=tuple(replace(s, key=name(s.key)) for s in document.subjects),
        links=tuple(replace(x, source=name(x.source), target=name(x.target)) for x in document.links),
        claims=tuple(replace(c, subject=name(c.subject)) for c in document.claims),
        assessments=tuple(
            replace(a, subjects=tuple(dict.fromkeys(name(s) for s in a.subjects))) for a in document.assessments
        ),
        attributes=tuple(replace(a, subject=name(a.subject)) for a in document.attributes),
    )


def _rank(key: str) -> int:
    sort = key.partition(":")[2]
    return next((i for i, start in enumerate(_ORDER) if sort.startswith(start)), len(_ORDER))


def _groups(documents: Iterable[Document]) -> Iterable[frozenset[str]]:
    for d in documents:
        things: list[Subject | Party] = [*d.subjects, *([d.issuer] if d.issuer else [])]
        things += [p for a in d.assessments for p in ([a.issuer] if a.issuer else [])]
        for thing in things:
            if thing.keys:
                yield thing.keys
        yield from (frozenset({c.subject}) for c in d.claims if c.subject)
        yield from (frozenset({s}) for a in d.assessments for s in a.subjects)
        yield from (frozenset({a.identity}) for a in d.anchors if a.identity)


def _registered(level: Level, registered: str, scheme: str, own: str) -> set[str]:
    parts = urlsplit(scheme if "://" in scheme else f"//{scheme}")
    register = (parts.netloc + parts.path).rstrip("/").casefold()
    primary = re.search(r"(?:^|/)id\.gs1\.org/(\d+)$", register)
    if primary is None:
        return {f"reg:{register}#{registered}"}
    value = _padded(primary[1], registered)
    if not value:
        return {f"reg:{register}#{registered}"}
    if level.is_product and primary[1] == "01" and own.startswith("01/") and "/" in own[3:]:
        # The number of a product class does not identify one batch or item of it.
        return set()
    return {f"gs1:{primary[1]}/{value}", f"reg:{register}#{registered}"}


def _qualified(steps: list[str]) -> list[tuple[str, str]]:
    pairs = [(_NAMES.get(a.lower(), a), v) for a, v in zip(steps[::2], steps[1::2], strict=False)]
    return sorted(((a, v) for a, v in pairs if a in _QUALIFIERS), key=lambda p: _QUALIFIERS.index(p[0]))


def _padded(primary: str, value: str) -> str:
    lengths = _PRIMARY.get(primary)
    if lengths is None:
        return ""
    if not lengths:
        return value
    if not value.isdecimal() or len(value) not in lengths:
        return ""
    if len(value) == 8 and not _checks(value):
        # A date has eight digits, too.
        return ""
    return value.zfill(_DIGITS.get(primary, len(value)))


def _checks(digits: str) -> bool:
    """Test the check digit (GS1 General Specifications, section 7.9)."""
    weighted = (int(d) * (3 if i % 2 else 1) for i, d in enumerate(reversed(digits)))
    return sum(weighted) % 10 == 0
