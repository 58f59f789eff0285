"""Parties and things, with every key by which they may be met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from comity.evidence import dates, identity, tables
from comity.evidence.node import Node
from comity.evidence.notes import Notes
from comity.model.classes import dataclass
from comity.model.evidence import Link, LinkKind, Party, Subject
from comity.model.places import Place
from comity.model.scales import Level


def party(node: Node | None) -> Party | None:
    """Read a party; ``None`` when it has neither an identifier nor a name."""
    if node is None:
        return None
    found = keys(node, Level.ORGANISATION)
    name = node.text("name") if node.is_object else ""
    identifier = identifier_of(node)
    return Party(identifier, name, found) if identifier or name else None


def keys(node: Node, level: Level) -> frozenset[str]:
    """Make the keys of a thing, those by which it is also known included."""
    return own_keys(node, level).union(*(own_keys(other, level) for other in node.all("alsoKnownAs")))


def own_keys(node: Node, level: Level) -> frozenset[str]:
    """Make the keys of a thing from its own identifier and registration alone."""
    if not node.is_object:
        return identity.keys(level, node.as_text())
    return identity.keys(level, node.text("id"), node.text("registeredId"), node.text("idScheme"))


def identifier_of(node: Node) -> str:
    """Return the identifier as written; the registered one where there is no other."""
    return (node.text("id") or node.text("registeredId")) if node.is_object else node.as_text()


@dataclass(slots=True)
class Cast:
    """The things that one document speaks of, in order of appearance, and how they are tied."""

    notes: Notes
    subjects: dict[str, Subject] = field(default_factory=dict)
    links: dict[Link, None] = field(default_factory=dict)

    def add(self, node: Node | None, level: Level, parts: Mapping[str, str] | None = None) -> Subject | None:
        """Enter a thing; ``None`` when it has no key."""
        if node is None:
            return None
        found = keys(node, level)
        if not found:
            return None
        key = identity.best(own_keys(node, level) or found)
        label = (node.text("name") if node.is_object else "") or identifier_of(node)
        subject = Subject(key, identifier_of(node), label, level, found, node.place, dict(parts or {}))
        known = self.subjects.get(key)
        self.subjects[key] = _joined(known, subject) if known else subject
        return self.subjects[key]

    def tie(self, kind: LinkKind, source: str, target: str, place: Place, role: str = "") -> None:
        """Enter a link; one from a thing to itself says nothing."""
        if source and target and source != target:
            self.links[Link(kind, source, target, place, role)] = None

    def organisation(self, node: Node | None) -> Subject | None:
        """Enter a party."""
        return self.add(node, Level.ORGANISATION)

    def facility(self, node: Node | None) -> Subject | None:
        """Enter a facility and those who answer for it."""
        found = self.add(node, Level.FACILITY)
        if node is not None and found is not None:
            self._operators(node, found)
        return found

    def product(self, node: Node | None) -> Subject | None:
        """Enter a product at the granularity that it states, the place where it was made, and who made it."""
        if node is None:
            return None
        level = granularity(node, self.notes)
        # The product stands before its facility, which its parts name.
        if self.add(node, level) is None:
            return None
        made_at = node.first("producedAtFacility")
        plant = self.facility(made_at)
        found = self.add(node, level, _parts(node, level, plant, self.notes))
        if found is None:
            return None
        if plant is not None and made_at is not None:
            self.tie(LinkKind.PRODUCED_AT, found.key, plant.key, made_at.place)
        self._operators(node, found)
        for key in sorted(found.keys):
            for wider in identity.classes(key):
                self.tie(LinkKind.PART_OF, found.key, wider, node.place)
        return found

    def _operators(self, node: Node, subject: Subject) -> None:
        for name in ("producer", "operator"):
            for who in node.all(name):
                self._operator(who, name, subject)
        for related in node.all("relatedParty"):
            party_ = related.first("party")
            if party_ is not None:
                self._operator(party_, role(related.text("role")), subject)

    def _operator(self, who: Node, role_: str, subject: Subject) -> None:
        organisation = self.organisation(who)
        if organisation is not None:
            self.tie(LinkKind.OPERATED_BY, subject.key, organisation.key, who.place, role_)


def role(text: str) -> str:
    """Return a party role as UNTP writes it, whatever its case and prefix.

    >>> role("https://vocabulary.uncefact.org/untp/PartyRole#Manufacturer")
    'manufacturer'
    """
    return code("party-roles", text)


def code(listed: str, text: str) -> str:
    """Return a code as its list writes it, without prefix; an unknown one as it stands."""
    last = text.strip().rpartition("#")[2]
    return tables.spelled(listed).get(last.casefold(), last)


def granularity(node: Node, notes: Notes) -> Level:
    """Read whether a product is a model, a batch or an item: as stated, else by the numbers it has."""
    stated = node.first("idGranularity")
    if stated is not None and stated.as_text():
        token = tables.codes("granularity").get(stated.as_text().rpartition("#")[2].casefold())
        if token:
            return Level(token)
        message = f"{stated.as_text()!r} is no granularity; the product's numbers were taken."
        notes.warn("unknown-code", stated.place, message, "Write model, batch or item.")
    link = identity.digital_link(node.text("id") if node.is_object else node.as_text())
    if node.text("itemNumber") or "/21/" in link:
        return Level.ITEM
    if node.text("batchNumber") or "/10/" in link:
        return Level.BATCH
    return Level.MODEL if node.text("modelNumber") else Level.PRODUCT


def _parts(node: Node, level: Level, plant: Subject | None, notes: Notes) -> dict[str, str]:
    made = dates.read(node.first("productionDate"), notes)
    link = dict(zip(*[iter(identity.digital_link(node.text("id")).split("/"))] * 2, strict=False))
    found = {
        "model": node.text("modelNumber") or (link.get("01", "") if level is not Level.PRODUCT else ""),
        "batch": node.text("batchNumber") or link.get("10", ""),
        "item": node.text("itemNumber") or link.get("21", ""),
        "plant": plant.key if plant else "",
        "year": made[:4] if made else "",
    }
    return {name: value for name, value in found.items() if value}


def _joined(known: Subject, again: Subject) -> Subject:
    level = again.level if known.level is Level.PRODUCT else known.level
    label = again.label if known.label == known.id else known.label
    return replace(known, level=level, label=label, keys=known.keys | again.keys, parts={**again.parts, **known.parts})
