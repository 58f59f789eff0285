"""Measures and geography that cannot be: D17 (dimensions), D21."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from comity.evidence import tables
from comity.evidence.node import Node
from comity.evidence.notes import Notes
from comity.formats.json import Json
from comity.units import factor, unit

_SIZES = {"length": "m", "width": "m", "height": "m", "volume": "m3", "weight": "kg"}


def check(nodes: Iterable[Node], notes: Notes) -> None:
    """Find sizes in units of something else, and places that are none."""
    for node in nodes:
        if node.kind == "dimension":
            sizes(node, notes)
        elif node.kind == "location":
            coordinates(node, notes)
        elif node.kind == "address":
            address(node, notes)


def sizes(node: Node, notes: Notes) -> None:
    """D17: a length in kilograms."""
    for name, standard in _SIZES.items():
        measure = node.first(name)
        stated = unit(measure.text("unit")) if measure is not None and measure.text("unit") else None
        wanted = unit(standard)
        if measure is None or stated is None or wanted is None:
            continue
        if factor(stated).dimension != factor(wanted).dimension:
            message = f"The {name} is stated in {measure.text('unit')}, which is no unit of it."
            notes.warn("D17", measure.place.at("unit"), message, "State the unit that is meant.")


def coordinates(node: Node, notes: Notes) -> None:
    """D21: coordinates that are a placeholder, or nowhere on Earth."""
    pairs = [p for name in ("geoLocation", "geoBoundary") for found in node.all(name) for p in _pairs(found)]
    for found, first, second in pairs:
        placeholder = first == second and str(first) in tables.codes("placeholder-coordinates")
        if placeholder or abs(first) > 180 or abs(second) > 180 or min(abs(first), abs(second)) > 90:
            what = "a placeholder" if placeholder else "nowhere on Earth"
            notes.warn("D21", found.place, f"The coordinates {first}, {second} are {what}.", "State where it is.")
            return


def address(node: Node, notes: Notes) -> None:
    """D21: a postal code of another region than the address states."""
    country = node.first("addressCountry")
    where = (country.text("countryCode") if country.is_object else country.as_text()) if country is not None else ""
    code, region = node.text("postalCode").upper(), node.text("addressRegion")
    right = tables.codes("postal-regions").get(f"{where}:{code[:1]}".casefold())
    if right and region and len(region) == len(right) and region.upper() != right:
        message = f"The postal code {code} lies in {right}, the address says {region}."
        notes.warn("D21", node.place, message, "Mend the address.")


def _pairs(node: Node) -> Iterator[tuple[Node, Decimal, Decimal]]:
    value = node.value
    if isinstance(value, dict) and "latitude" in value and "longitude" in value:
        found = _numbers([value["longitude"], value["latitude"]])
    else:
        found = _numbers(_innermost(value.get("coordinates") if isinstance(value, dict) else value))
    if found is not None:
        yield node, *found


def _innermost(value: Json) -> Json:
    while isinstance(value, list) and value and isinstance(value[0], list):
        value = value[0]
    return value


def _numbers(value: Json) -> tuple[Decimal, Decimal] | None:
    if not isinstance(value, list) or len(value) < 2:
        return None
    first, second = value[0], value[1]
    if isinstance(first, int | Decimal) and isinstance(second, int | Decimal):
        return Decimal(first), Decimal(second)
    return None
