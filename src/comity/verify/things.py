"""Things that a document speaks of, and the statements that tie them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from comity.model.classes import dataclass
from comity.verify import dates
from comity.verify.names import FACILITY, ORGANISATION, PRODUCT, best, gs1, names, wider
from comity.verify.node import Node

Codes = Mapping[str, Mapping[str, str]]
"""Code list to (code, case folded, to its token)."""

PRODUCED_AT, PROCESSED_AT, OPERATED_BY = "produced-at", "processed-at", "operated-by"
SOURCES_FROM, PART_OF = "sources-from", "part-of"

_SORTS = {"product": PRODUCT, "eventProduct": PRODUCT, "facility": FACILITY, "party": ORGANISATION}


@dataclass(frozen=True, slots=True)
class Thing:
    """A product, facility or organisation.

    :param level: ``model``, ``batch``, ``item`` or ``product``; the sort itself of what is no product.
    :param year: in which it was made; empty when that is not stated.
    :param plant: names of the facility where it was made.
    :param called: the name that its own identifier gives it; a registered one where it has no other.
    """

    names: frozenset[str]
    level: str
    year: str = ""
    plant: frozenset[str] = frozenset()
    called: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """A statement that ties ``source`` to ``target``, each by its names."""

    kind: str
    source: frozenset[str]
    target: frozenset[str]
    pointer: str
    role: str = ""


def named(node: Node | None, sort: str) -> frozenset[str]:
    """List the names of a thing, those by which it is also known included."""
    if node is None:
        return frozenset()
    return _own(node, sort).union(*(_own(other, sort) for other in node.all("alsoKnownAs")))


def _own(node: Node, sort: str) -> frozenset[str]:
    if not node.is_object:
        return names(sort, node.text)
    return names(sort, node.said("id"), node.said("registeredId"), node.said("idScheme"))


def code(text: str) -> str:
    """Return a code without its prefix, case folded."""
    return text.strip().rpartition("#")[2].casefold()


def things(node: Node, codes: Codes) -> Iterator[Thing]:
    """List every thing that a node and all in it speak of."""
    sort = _SORTS.get(node.kind)
    if sort is not None and (found := named(node, sort)):
        yield thing(node, sort, found, codes)
    for child in node.children():
        yield from things(child, codes)


def thing(node: Node, sort: str, found: frozenset[str], codes: Codes) -> Thing:
    """Describe the thing that a node is."""
    if sort != PRODUCT:
        return Thing(found, sort, called=best(_own(node, sort) or found))
    made = dates.day(node.said("productionDate"))
    plant = named(node.first("producedAtFacility"), FACILITY)
    return Thing(found, level(node, codes), made[:4] if made else "", plant)


def level(node: Node, codes: Codes) -> str:
    """Tell whether a product is a model, a batch or an item: as stated, else by the numbers it has."""
    stated = codes.get("granularity", {}).get(code(node.said("idGranularity")))
    if stated:
        return stated
    link = gs1(node.said("id") if node.is_object else node.text)
    if node.said("itemNumber") or "/21/" in link:
        return "item"
    if node.said("batchNumber") or "/10/" in link:
        return "batch"
    return "model" if node.said("modelNumber") else "product"


def ties(node: Node) -> Iterator[Tie]:
    """List every tie that a node and all in it state."""
    sort = _SORTS.get(node.kind)
    if sort in (PRODUCT, FACILITY):
        yield from own_ties(node, named(node, sort))
    if node.kind == "event":
        yield from _event(node)
    for child in node.children():
        yield from ties(child)


def own_ties(node: Node, own: frozenset[str]) -> Iterator[Tie]:
    """List what a product or facility states of itself: where it was made, and who answers for it."""
    if not own:
        return
    made_at = node.first("producedAtFacility")
    if made_at is not None and (plant := named(made_at, FACILITY)):
        yield Tie(PRODUCED_AT, own, plant, made_at.pointer)
    for role in ("producer", "operator"):
        for who in node.all(role):
            yield Tie(OPERATED_BY, own, named(who, ORGANISATION), who.pointer, role)
    for related in node.all("relatedParty"):
        party = related.first("party")
        if party is not None:
            said = related.said("role").strip().rpartition("#")[2]
            yield Tie(OPERATED_BY, own, named(party, ORGANISATION), party.pointer, said)
    for name in sorted(own):
        for whole in wider(name):
            yield Tie(PART_OF, own, frozenset({whole}), node.pointer)


def _event(event: Node) -> Iterator[Tie]:
    made, used = _products(event, "outputProduct"), _products(event, "inputProduct")
    for place in ("madeAtFacility", "bizLocation"):
        yield from _at(event, place, PRODUCED_AT, made)
        yield from _at(event, place, PROCESSED_AT, used if made else [])
    for output in made:
        for source in used:
            yield Tie(SOURCES_FROM, output, source, event.pointer)
    yield from _at(event, "modifiedAtFacility", PROCESSED_AT, _products(event, "processedProduct"))
    for whole in _products(event, "parentProduct"):
        for part in _products(event, "childProduct"):
            yield Tie(PART_OF, part, whole, event.pointer)


def _products(event: Node, name: str) -> list[frozenset[str]]:
    found = [named(listed.first("product") or listed, PRODUCT) for listed in event.all(name)]
    return [names for names in found if names]


def _at(event: Node, name: str, kind: str, products: list[frozenset[str]]) -> Iterator[Tie]:
    node = event.first(name)
    plant = named(node, FACILITY)
    if node is not None and plant:
        yield from (Tie(kind, product, plant, node.pointer) for product in products)
