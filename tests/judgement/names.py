"""Names of the things, bodies and measures of small worlds, and short ones of what is said and answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from comity.evidence import identity
from comity.model.evidence import (
    Party,
    Subject,
    Validity,
)
from comity.model.mappings import Relation
from comity.model.places import Place
from comity.model.scales import (
    Assurance,
    Authority,
    Level,
    Verdict,
)

ON = date(2030, 6, 1)
"""The day judged, unless a test says otherwise."""

OPEN = Validity("2030-01-01")
LONG = Validity("2029-01-01", "2035-01-01")

SCHEME = "https://w3id.org/comity/test/1"
MARKET = "https://w3id.org/comity/market/test"
ROLE = "https://w3id.org/comity/role/notified-body"
PERCENT = "http://qudt.org/vocab/unit/PERCENT"
ONE = "http://qudt.org/vocab/unit/UNITLESS"
KILOGRAM = "http://qudt.org/vocab/unit/KiloGM"
SHARE = "https://w3id.org/comity/metric/share"
MATERIAL = "https://w3id.org/comity/qualifier/material"
DENOMINATOR = "https://w3id.org/comity/qualifier/denominator"
PERIOD = "https://w3id.org/comity/qualifier/period"

THIRD, LAB, SELF = Assurance.THIRD_PARTY, Assurance.ACCREDITED_THIRD_PARTY, Assurance.SELF
REVIEWED = Authority.REVIEWED

EQ, SUB, SUP, PO, DR = Relation.EQ, Relation.SUB, Relation.SUP, Relation.PO, Relation.DR

SATISFIED, SUPPORTED, FAILED, CONFLICTING = Verdict.SATISFIED, Verdict.SUPPORTED, Verdict.FAILED, Verdict.CONFLICTING
UNDETERMINED, PARTIAL, MISSING = Verdict.UNDETERMINED, Verdict.PARTIAL, Verdict.MISSING
INSUFFICIENT, EXPIRED = Verdict.INSUFFICIENT_ASSURANCE, Verdict.EXPIRED
NOT_APPLICABLE, UPCOMING = Verdict.NOT_APPLICABLE, Verdict.UPCOMING

LEVELS = {
    "thing": Level.ITEM,
    "model": Level.MODEL,
    "other-thing": Level.ITEM,
    "site": Level.FACILITY,
    "other-site": Level.FACILITY,
    "maker": Level.ORGANISATION,
}
"""What stands in the passport of most worlds; every other name is an organisation."""

BODIES = {
    "buyer": Assurance.SECOND_PARTY,
    "auditor": Assurance.THIRD_PARTY,
    "second-auditor": Assurance.THIRD_PARTY,
    "lab": Assurance.ACCREDITED_THIRD_PARTY,
    "office": Assurance.PUBLIC_AUTHORITY,
}
"""Issuers on the trust list. ``maker`` answers for everything itself; nobody knows ``stranger`` and ``friend``."""


def iri(name: str) -> str:
    """Name a criterion of the test scheme."""
    return f"{SCHEME}/{name}"


def key(name: str) -> str:
    """Return the canonical key of a thing."""
    return identity.best(identity.keys(LEVELS.get(name, Level.ORGANISATION), f"https://id.example/{name}"))


def party(name: str, *others: str) -> Party:
    """Make a party; ``others`` are names by which it says that it is also known."""
    identifier = f"https://id.example/{name}"
    keys = [identity.keys(Level.ORGANISATION, f"https://id.example/{n}") for n in (name, *others)]
    return Party(identifier, name, frozenset().union(*keys))


def subject(name: str, parts: Mapping[str, str] | None = None, level: Level | None = None) -> Subject:
    """Make a subject as a document describes it."""
    level = level or LEVELS.get(name, Level.ORGANISATION)
    found = key(name)
    return Subject(
        found, f"https://id.example/{name}", name, level, frozenset({found}), Place("passport", "/"), dict(parts or {})
    )
