"""Short names for what another format only gives an address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

_VERSION = re.compile(r"v?\d+(\.\d+)*([-.]?[a-z]+\d*)?", re.IGNORECASE)


def local(iri: str) -> str:
    """Return the part of an address that tells a thing from others of its kind: no version at the end.

    >>> local("https://a.example/criterion/mass-balance/1.0.0"), local("https://a.example/rules.pdf#Part2")
    ('mass-balance', 'Part2')
    >>> local("https://a.example/rra/v3.0/criterion/26")
    '26'
    """
    body, _, fragment = iri.partition("#")
    if fragment:
        return slug(fragment)
    parts = _parts(body)
    if _versioned(parts):
        parts.pop()
    return slug(parts[-1]) if parts else "x"


def numbers(iris: Sequence[str], base: str) -> list[str]:
    """Return a name for each criterion of an edition, told apart.

    What looks like a version at the end of an address is the criterion's number where it stands right below the
    edition, or where all such addresses differ in nothing else.

    :param base: address of the edition.

    >>> numbers(["https://a.example/s/1.1", "https://a.example/s/1.2"], "https://a.example/s")
    ['1.1', '1.2']
    >>> numbers(["https://a.example/c/heat/1.0.0", "https://a.example/c/noise/1.0.0"], "https://a.example/s")
    ['heat', 'noise']
    """
    above = {iri: parts[:-1] for iri in iris if _versioned(parts := _parts(iri)) and "#" not in iri}
    distinct_above = set(map(tuple, above.values()))
    alone = len(above) > 1 and len(distinct_above) == 1
    found = [
        slug(_parts(iri)[-1]) if iri in above and (alone or above[iri] == _parts(base)) else local(iri) for iri in iris
    ]
    return distinct(found)


def edition(iri: str) -> str:
    """Return a notation for an edition: its path, at most the last three parts.

    >>> edition("https://a.example/mas/hive/1.0.0"), edition("https://a.example/ESGStandard/v4.0")
    ('mas-hive-1.0.0', 'esgstandard-v4.0')
    """
    return "-".join(slug(p) for p in _parts(iri.replace("#", "/"))[-3:]).casefold() or "x"


def set_header(iri: str, rows: Sequence[object]) -> dict[str, object]:
    """Return the header of the mapping rows that an edition's file brings along; empty where it brings none.

    >>> set_header("https://a.example/hive/1.0", ["a row"])
    {'mapping_set_id': 'https://a.example/hive/1.0/mappings'}
    """
    return {"mapping_set_id": f"{iri.rstrip('/#')}/mappings"} if rows else {}


def slug(text: str) -> str:
    """Write a text as a part of a notation.

    >>> slug("Input controls (2)"), slug("4.1")
    ('Input-controls-2', '4.1')
    """
    return re.sub(r"[^\w.]+", "-", unquote(text)).strip("-.") or "x"


def distinct(names: Iterable[str]) -> list[str]:
    """Tell apart names that would be the same.

    >>> distinct(["a", "b", "a"])
    ['a', 'b', 'a-2']
    """
    seen: dict[str, int] = {}
    found = []
    for name in names:
        number = seen[name] = seen.get(name, 0) + 1
        found.append(name if number == 1 else f"{name}-{number}")
    return found


def _versioned(parts: Sequence[str]) -> bool:
    return len(parts) > 1 and bool(_VERSION.fullmatch(parts[-1])) and "." in parts[-1]


def _parts(iri: str) -> list[str]:
    path = iri.partition("://")[2].partition("/")[2] if "://" in iri else iri.replace(":", "/")
    return [p for p in re.split(r"[/?=&]+", path) if p]
