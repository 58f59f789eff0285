"""Objects of a foreign JSON document: keys read leniently, and whatever nobody read kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from urllib.parse import quote, unquote

from comity.authoring.draft import Draft
from comity.authoring.exchange.jsontext import packed, unpacked
from comity.formats.json import Json
from comity.model.classes import dataclass
from comity.model.places import Finding, Place, Severity
from comity.stores.terms import iri

KEPT = "urn:comity:untp:"
"""Properties under which the values of UNTP's keys are kept that Comity has no place for, as JSON."""

NAMED = "urn:comity:named:"
"""Under which things are named whose identifier is no address."""

_FORMAL = frozenset({"type", "@context", "@type"})


@dataclass(frozen=True, slots=True)
class Thing:
    """A JSON object and where it stands."""

    value: Mapping[str, Json]
    place: Place

    def text(self, key: str) -> str:
        """Return a text; empty for anything else."""
        found = self.value.get(key)
        return found.strip() if isinstance(found, str) else ""

    def iri(self, key: str = "id") -> str:
        """Return an address; what is none is written as one (:func:`address`); empty for nothing."""
        return address(self.text(key))

    def day(self, key: str) -> date | None:
        """Return a day; ``None`` for anything else."""
        try:
            return date.fromisoformat(self.text(key)[:10])
        except ValueError:
            return None

    def number(self, key: str) -> Fraction | None:
        """Return a number; ``None`` for anything else."""
        found = self.value.get(key)
        return Fraction(found) if isinstance(found, int | Decimal) and not isinstance(found, bool) else None

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list, or the one text."""
        found = self.value.get(key)
        listed = found if isinstance(found, list) else [found]
        return tuple(text.strip() for text in listed if isinstance(text, str) and text.strip())

    def all(self, key: str) -> tuple[Thing, ...]:
        """Return the objects of a list, or the one object."""
        found = self.value.get(key)
        if isinstance(found, dict):
            return (Thing(found, self.place.at(key)),)
        if isinstance(found, list):
            return tuple(Thing(v, self.place.at(key, n)) for n, v in enumerate(found) if isinstance(v, dict))
        return ()

    def one(self, key: str) -> Thing | None:
        """Return the object, or the first of them."""
        return next(iter(self.all(key)), None)

    def types(self) -> frozenset[str]:
        """Return its types, without prefixes."""
        return frozenset(t.rpartition(":")[2].rpartition("/")[2] for t in self.texts("type") + self.texts("@type"))

    def rest(self, kind: str, read: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return what nobody reads, by property: the whole value of a key as one text.

        :param kind: of the object, which becomes a part of the property.
        """
        known = {*read, *_FORMAL}
        return {
            kept(kind, k): (packed(v),) for k, v in self.value.items() if k not in known and v not in (None, "", [])
        }


def address(text: str) -> str:
    """Return a text that is an address as it is, and another as a name of our own; empty stays empty.

    >>> address("https://a.example/x"), address("rule 4")
    ('https://a.example/x', 'urn:comity:named:rule%204')
    """
    if not text or iri(text) is not None:
        return text
    return NAMED + quote(text, safe="")


def unaddressed(draft: Draft) -> tuple[Finding, ...]:
    """Tell of identifiers that are no addresses."""
    listed = [(c.iri, c.place) for c in draft.criteria]
    listed += [(end, r.place) for r in draft.rows for end in (r.subject, r.object)]
    listed += [(draft.scheme.iri, draft.scheme.place)] if draft.scheme else []
    found = dict(pair for pair in listed if pair[0].startswith(NAMED))
    if not found:
        return ()
    first, place = next(iter(found.items()))
    message = (
        f"{len(found)} identifiers are no addresses on the web; {unquote(first[len(NAMED) :])!r} is now <{first}>."
    )
    return (Finding("no-address", Severity.WARNING, place, message, "Give them addresses that stay."),)


def kept(kind: str, key: str) -> str:
    """Name the property of a key."""
    return f"{KEPT}{kind}:{key}"


def restored(more: Mapping[str, tuple[str, ...]], kind: str) -> dict[str, Json]:
    """Return the keys and values that :meth:`Thing.rest` kept.

    >>> restored({kept("scheme", "licenseType"): ("public",)}, "scheme")
    {'licenseType': 'public'}
    """
    start = kept(kind, "")
    return {k[len(start) :]: unpacked(v[0]) for k, v in more.items() if k.startswith(start) and v}
