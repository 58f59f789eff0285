"""What documents say of a subject that facts of a case may be derived from, as paths in 0.7.0 words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from comity.evidence import parties
from comity.evidence.node import OPEN, Node
from comity.evidence.parties import Cast
from comity.model.evidence import Attribute

_SCALARS = ("modelNumber", "productionDate")
_COUNTRIES = ("countryOfProduction", "countryOfOperation")
_CATEGORIES = ("productCategory", "processCategory")
_OPEN = ("characteristics", "emissionsScorecard", "circularityScorecard")
_SKIPPED = frozenset({"type", "@type"})


def read(subject: Node, key: str, cast: Cast) -> tuple[Attribute, ...]:
    """Read the attributes of a product or facility; those of its parties have the party as subject."""
    return tuple(_all(subject, key, cast))


def _all(subject: Node, key: str, cast: Cast) -> Iterator[Attribute]:
    for name in _SCALARS:
        yield from _texts(subject, name, key, name)
    granularity = subject.first("idGranularity")
    if granularity is not None:
        code = parties.code("granularity", granularity.as_text())
        yield Attribute(key, "idGranularity", code, "", granularity.place)
    for name in _COUNTRIES:
        for country in subject.all(name):
            yield from _country(country, key, name)
    for name in _CATEGORIES:
        for category in subject.all(name):
            for field in ("code", "name", "schemeId"):
                yield from _texts(category, field, key, f"{name}.{field}")
    for address in subject.all("address"):
        yield from _texts(address, "addressRegion", key, "address.addressRegion")
        for country in address.all("addressCountry"):
            yield from _country(country, key, "address.addressCountry")
    for material in subject.all("materialProvenance"):
        yield from _material(material, key)
    for name in _OPEN:
        for node in subject.all(name):
            yield from _flat(node, key, name)
    yield from _roles(subject, cast)


def _material(material: Node, key: str) -> Iterator[Attribute]:
    for field in ("name", "massFraction", "recycledMassFraction", "hazardous"):
        yield from _texts(material, field, key, f"materialProvenance.{field}")
    for country in material.all("originCountry"):
        yield from _country(country, key, "materialProvenance.originCountry")
    for kind in material.all("materialType"):
        yield from _texts(kind, "code", key, "materialProvenance.materialType.code")


def _roles(subject: Node, cast: Cast) -> Iterator[Attribute]:
    for name in ("producer", "operator"):
        for who in subject.all(name):
            yield from _role(who, name, who, cast)
    for related in subject.all("relatedParty"):
        party, role = related.first("party"), related.first("role")
        if party is not None and role is not None:
            yield from _role(party, parties.role(role.as_text()), role, cast)


def _role(who: Node, role: str, said: Node, cast: Cast) -> Iterator[Attribute]:
    organisation = cast.organisation(who)
    if organisation is not None:
        yield Attribute(organisation.key, "relatedParty.role", role, "", said.place)


def _country(node: Node, key: str, path: str) -> Iterator[Attribute]:
    code = node.first("countryCode") if node.is_object else node
    if code is not None and code.as_text():
        yield Attribute(key, f"{path}.countryCode", code.as_text().rpartition("#")[2], "", code.place)


def _texts(node: Node, name: str, key: str, path: str) -> Iterator[Attribute]:
    for found in node.all(name):
        if found.as_text():
            yield Attribute(key, path, found.as_text(), "", found.place)


def _flat(node: Node, key: str, path: str) -> Iterator[Attribute]:
    """Visit the leaves below an open node; a measure's number carries its unit."""
    value = node.value
    if isinstance(value, list):
        for member in node.items():
            yield from _flat(member, key, path)
    elif isinstance(value, dict):
        unit = value.get("unit")
        for name, inner in value.items():
            if name in _SKIPPED or (name == "unit" and len(value) > 1):
                continue
            leaves = _flat(Node(inner, node.place.at(name), OPEN, node.version), key, f"{path}.{name}")
            measured = isinstance(unit, str) and not isinstance(inner, dict | list)
            yield from (replace(leaf, unit=str(unit)) for leaf in leaves) if measured else leaves
    elif node.as_text():
        yield Attribute(key, path, node.as_text(), "", node.place)
