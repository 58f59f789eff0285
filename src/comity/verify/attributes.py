"""What a passport or record says of its subject beside claims, as paths in today's names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from comity.verify.items import Said
from comity.verify.names import ORGANISATION
from comity.verify.node import OPEN, Node, escape
from comity.verify.things import named

_SIMPLE: Mapping[str, tuple[str, ...]] = {
    "modelNumber": ("",),
    "productionDate": ("",),
    "productCategory": ("code", "name", "schemeId"),
    "processCategory": ("code", "name", "schemeId"),
    "address": ("addressRegion",),
    "materialProvenance": ("name", "massFraction", "recycledMassFraction", "hazardous"),
}
"""Key to the keys of what it holds that say something; the empty one is the value itself."""

_COUNTRIES = ("countryOfProduction", "countryOfOperation")
_INNER = (("address", "addressCountry"), ("materialProvenance", "originCountry"))
_ANYBODYS = ("characteristics", "emissionsScorecard", "circularityScorecard")


def attributes(node: Node, own: frozenset[str]) -> Iterator[Said]:
    """List the attributes of a product or facility; a party's role is the party's."""
    for name, fields in _SIMPLE.items():
        for found in node.all(name):
            for field in fields:
                for inner in found.all(field) if field else [found]:
                    if inner.text:
                        yield Said(own, f"{name}.{field}".rstrip("."), inner.text, "", inner.pointer)
    stated = node.first("idGranularity")
    if stated is not None:
        last = stated.text.rpartition("#")[2]
        yield Said(own, "idGranularity", last, "", stated.pointer)
    for name in _COUNTRIES:
        yield from _countries(node, name, name, own)
    for name, country in _INNER:
        for found in node.all(name):
            yield from _countries(found, country, f"{name}.{country}", own)
    for material in node.all("materialProvenance"):
        for kind in material.all("materialType"):
            for first in kind.all("code"):
                yield Said(own, "materialProvenance.materialType.code", first.text, "", first.pointer)
    for name in _ANYBODYS:
        for found in node.all(name):
            yield from _leaves(found, own, name)
    yield from _roles(node)


def _countries(node: Node, name: str, path: str, own: frozenset[str]) -> Iterator[Said]:
    for country in node.all(name):
        found = country.first("countryCode") if country.is_object else country
        if found is not None and found.text:
            yield Said(own, f"{path}.countryCode", found.text.rpartition("#")[2], "", found.pointer)


def _leaves(node: Node, own: frozenset[str], path: str) -> Iterator[Said]:
    """Visit what stands below a key that anybody may fill; a measure's number carries its unit."""
    value = node.value
    if isinstance(value, list):
        for member in node.members():
            yield from _leaves(member, own, path)
    elif isinstance(value, dict):
        unit = value.get("unit")
        for key, inner in value.items():
            if key in ("type", "@type") or (key == "unit" and len(value) > 1):
                continue
            measured = isinstance(unit, str) and not isinstance(inner, dict | list)
            for leaf in _leaves(Node(inner, f"{node.pointer}/{escape(key)}", OPEN, node.keys), own, f"{path}.{key}"):
                yield Said(own, leaf.path, leaf.text, str(unit), leaf.pointer) if measured else leaf
    elif node.text:
        yield Said(own, path, node.text, "", node.pointer)


def _roles(node: Node) -> Iterator[Said]:
    for name in ("producer", "operator"):
        for who in node.all(name):
            yield from _role(who, name, who)
    for related in node.all("relatedParty"):
        party, role = related.first("party"), related.first("role")
        if party is not None and role is not None:
            yield from _role(party, role.text.rpartition("#")[2], role)


def _role(who: Node, role: str, said: Node) -> Iterator[Said]:
    found = named(who, ORGANISATION)
    if found:
        yield Said(found, "relatedParty.role", role, "", said.pointer)
