"""Lists of parts that documents declare complete: shares that sum to 100 % (semantics, section 4, Level and unit)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Final

from comity import units
from comity.algebra.comparison import PURE
from comity.evidence import identity
from comity.judgement import time
from comity.judgement.measured import number
from comity.judgement.world import World
from comity.model.classes import dataclass
from comity.model.errors import IncommensurableError, UnknownNameError
from comity.model.evidence import Attribute, Link, LinkKind
from comity.model.places import Place
from comity.model.quantities import Quantity
from comity.model.scales import Level

LISTS: Final = {"parts": "parts", "sources": LinkKind.SOURCES_FROM, "processors": LinkKind.PROCESSED_AT}
"""The name of a list in a document, and what it lists: the parts of a thing, or the far ends of a kind of link."""

_LEVELS: Final = (Level.ORGANISATION, Level.FACILITY, Level.PRODUCT)


@dataclass(frozen=True, slots=True)
class Listed:
    """One list of a thing, as a document declares it.

    :param shares: the one key of each part to its share of the whole; they sum to one.
    """

    whole: str
    shares: Mapping[str, Fraction]
    place: Place


@dataclass(frozen=True)
class Lists:
    """Every complete list of a world on a day."""

    world: World
    on: date

    def complete(self, whole: str, name: str, tied: Iterable[str]) -> Listed | None:
        """Return the list by which everything that is tied to a whole is known to be all of it.

        The list and the links must name the same things: a part that is listed and not tied, or tied and not
        listed, makes it incomplete, and so do two lists that differ.

        :param name: of :data:`LISTS`.
        :param tied: the one keys of what links tie to the whole.
        """
        found = self._all.get((whole, name), [])
        if not found or any(x.shares != found[0].shares for x in found):
            return None
        return found[0] if set(tied) == set(found[0].shares) else None

    @cached_property
    def _all(self) -> Mapping[tuple[str, str], list[Listed]]:
        entries: dict[tuple[str, str, Place], dict[str, list[Attribute]]] = defaultdict(lambda: defaultdict(list))
        for document in self.world.documents:
            if not time.against(document.validity, self.on).valid:
                continue
            for attribute in document.attributes:
                name, element, field = _placed(attribute)
                if name:
                    whole = self.world.name(attribute.subject)
                    entries[whole, name, Place(attribute.place.document)][f"{element} {field}"].append(attribute)
        found: dict[tuple[str, str], list[Listed]] = defaultdict(list)
        for (whole, name, place), fields in entries.items():
            shares = self._shares(fields)
            found[whole, name].append(Listed(whole, shares or {}, place))
        return {key: lists for key, lists in found.items() if all(x.shares for x in lists)}

    def _shares(self, fields: Mapping[str, list[Attribute]]) -> dict[str, Fraction] | None:
        """Read the elements of a list; ``None`` unless each names a known thing, once, and the shares sum to one."""
        shares: dict[str, Fraction] = {}
        for element in dict.fromkeys(key.partition(" ")[0] for key in fields):
            ids, stated = fields.get(f"{element} id", []), fields.get(f"{element} share", [])
            part = self._known(ids[0].value) if len(ids) == 1 else None
            share = _share(stated[0]) if len(stated) == 1 else None
            if part is None or share is None or part in shares:
                return None
            shares[part] = share
        return shares if sum(shares.values()) == 1 else None

    def _known(self, identifier: str) -> str | None:
        for level in _LEVELS:
            for key in sorted(identity.keys(level, identifier)):
                if self.world.name(key) in self.world.subjects:
                    return self.world.name(key)
        return None


def _placed(attribute: Attribute) -> tuple[str, str, str]:
    """Return the list that an attribute stands in, its element, and whether it is the id or the share."""
    steps = attribute.path.split(".")
    if steps[-1] == "value":
        steps = steps[:-1]
    if len(steps) < 2 or steps[-2] not in LISTS or steps[-1] not in ("id", "share"):
        return "", "", ""
    element = attribute.place.pointer.removesuffix("/value").rpartition("/")[0]
    return steps[-2], element, steps[-1]


def _share(attribute: Attribute) -> Fraction | None:
    """Read a share of the whole: a number alone is a fraction of one."""
    value = number(attribute.value)
    unit = units.unit(attribute.unit) if attribute.unit.strip() else PURE
    if value is None or unit is None:
        return None
    try:
        share = units.convert(Quantity(value, unit), PURE).value
    except (IncommensurableError, UnknownNameError):
        return None
    return share if 0 < share <= 1 else None


def tied(links: Iterable[Link], kinds: Iterable[LinkKind], source: str) -> dict[str, Link]:
    """Return the far ends of the links of some kinds from a thing, each with one statement of it."""
    wanted = set(kinds)
    found: dict[str, Link] = {}
    for link in links:
        if link.kind in wanted and link.source == source:
            found.setdefault(link.target, link)
    return found
