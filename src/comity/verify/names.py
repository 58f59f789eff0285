"""By which names a thing is known, and which names mean one thing (docs/data-model.md, *Keys*).

A name is ``<sort>:<key>``; the sort is organisation, facility or product; the key is ``id:`` with an IRI,
``gs1:`` with the numbers of a GS1 Digital Link, or ``reg:`` with a register and a number in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

ORGANISATION, FACILITY, PRODUCT = "organisation", "facility", "product"

_OLD = {"gtin": "01", "gln": "414", "sscc": "00", "ser": "21", "lot": "10", "cpv": "22", "party": "417", "giai": "8004"}
_LENGTHS = {"01": {8, 12, 13, 14}, "8006": {18}, "00": {18}, "414": {13}, "417": {13}}
_FREE = {"8003", "8004", "253"}
_WIDTH = {"01": 14, "414": 13, "417": 13, "00": 18}
_AFTER = ("22", "10", "21", "254", "235", "7040")


def names(sort: str, identifier: str, number: str = "", register: str = "") -> frozenset[str]:
    """List the names that an identifier, and a number in a register, give a thing of a sort.

    >>> sorted(names("product", "https://a.example/01/9520123456788"))
    ['product:gs1:01/09520123456788']
    """
    identifier, number, register = identifier.strip(), number.strip(), register.strip()
    link = gs1(identifier)
    found = set()
    if identifier:
        found.add(f"gs1:{link}" if link else f"id:{plain(identifier)}")
    if number and register:
        parts = urlsplit(register if "://" in register else f"//{register}")
        home = (parts.netloc + parts.path).rstrip("/").casefold()
        own = re.search(r"(?:^|/)id\.gs1\.org/(\d+)$", home)
        digits = _number(own[1], number) if own else ""
        # The number of a class of products names no single batch or item of it.
        if not (digits and own and own[1] == "01" and sort == PRODUCT and link.startswith("01/") and "/" in link[3:]):
            found.add(f"reg:{home}#{number}")
            found |= {f"gs1:{own[1]}/{digits}"} if own and digits else set()
    return frozenset(f"{sort}:{key}" for key in found)


def plain(identifier: str) -> str:
    """Cut an IRI down to what identifies.

    >>> plain("did:web:a.example#key-1"), plain("HTTPS://A.example/x/")
    ('did:web:a.example', 'https://a.example/x')
    """
    text = identifier.strip()
    if text.startswith("did:"):
        return text.split("#", 1)[0]
    if "://" not in text:
        return text
    scheme, rest = text.split("://", 1)
    host, slash, path = rest.partition("/")
    text = f"{scheme.lower()}://{host.lower()}{slash}{path}"
    return text if re.search(r"[#?]", text) else text.rstrip("/")


def gs1(identifier: str) -> str:
    """Read the numbers of a GS1 Digital Link; empty when it is none."""
    if "://" not in identifier:
        return ""
    steps = [unquote(s) for s in urlsplit(identifier.strip()).path.split("/") if s]
    for start in range(len(steps) - 1):
        primary = _OLD.get(steps[start].lower(), steps[start])
        value = _number(primary, steps[start + 1])
        if value:
            rest = steps[start + 2 :]
            after = [(_OLD.get(a.lower(), a), v) for a, v in zip(rest[::2], rest[1::2], strict=False)]
            more = sorted(((a, v) for a, v in after if a in _AFTER), key=lambda p: _AFTER.index(p[0]))
            pairs = [(primary, value), *more]
            return "/".join(f"{a}/{v}" for a, v in pairs)
    return ""


def wider(name: str) -> list[str]:
    """List the batch and the class of products that the GS1 name of an item or batch names."""
    sort, mark, link = name.partition(":gs1:")
    steps = link.split("/")
    return [f"{sort}{mark}{'/'.join(steps[:n])}" for n in range(2, len(steps), 2)] if steps[0] == "01" else []


def _number(primary: str, value: str) -> str:
    if primary in _FREE:
        return value
    if primary not in _LENGTHS or not value.isdecimal() or len(value) not in _LENGTHS[primary]:
        return ""
    if len(value) == 8:
        # A date has eight digits, too: only a right check digit tells them apart.
        total = sum(int(d) * (3, 1)[i % 2] for i, d in enumerate(value[-2::-1]))
        if (total + int(value[-1])) % 10:
            return ""
    return value.zfill(_WIDTH.get(primary, 0))


def best(found: Iterable[str]) -> str:
    """Choose an identifier before a GS1 number before a number in a register.

    >>> best({"facility:reg:r.example#1", "facility:id:https://r.example/x"})
    'facility:id:https://r.example/x'
    """
    marks = ("id:", "gs1:", "reg:")
    return min(found, key=lambda n: ([n.partition(":")[2].startswith(m) for m in marks].index(True), n))


class Sameness:
    """Which names mean one thing: those that somebody states together, and so on."""

    def __init__(self, groups: Iterable[frozenset[str]]) -> None:
        self._leader: dict[str, str] = {}
        for group in groups:
            found = sorted(group)
            for name in found:
                self._leader.setdefault(name, name)
                self._leader[self.of(name)] = self.of(found[0])
        self._leader = {name: self.of(name) for name in self._leader}

    def of(self, name: str) -> str:
        """Return the name that leads the thing's names; an unknown name leads itself."""
        while self._leader.get(name, name) != name:
            name = self._leader[name]
        return name

    def all_of(self, found: Iterable[str]) -> frozenset[str]:
        """Return the leading names of several."""
        return frozenset(self.of(name) for name in found)

    def knows(self, name: str) -> bool:
        """Tell whether any document states the name."""
        return name in self._leader
