"""Traceability events: what was made from what, and where."""

from __future__ import annotations

from collections.abc import Iterator

from comity.evidence.node import Node
from comity.evidence.parties import Cast
from comity.model.evidence import LinkKind, Subject


def read(event: Node, cast: Cast) -> None:
    """Enter the products and places of an event, and the links that it states."""
    inputs = list(_products(event, "inputProduct", cast))
    outputs = list(_products(event, "outputProduct", cast))
    _made(event, inputs, outputs, cast)
    for product in _products(event, "processedProduct", cast):
        _at(event, "modifiedAtFacility", LinkKind.PROCESSED_AT, product, cast)
    for whole in _products(event, "parentProduct", cast):
        for part in _products(event, "childProduct", cast):
            cast.tie(LinkKind.PART_OF, part.key, whole.key, event.place)
    for _ in _products(event, "handledProduct", cast):
        pass
    for name in ("fromFacility", "toFacility"):
        cast.facility(event.first(name))
    for related in event.all("relatedParty"):
        cast.organisation(related.first("party"))
    for name in ("sourceParty", "destinationParty"):
        cast.organisation(event.first(name))


def _made(event: Node, inputs: list[Subject], outputs: list[Subject], cast: Cast) -> None:
    for output in outputs:
        _at(event, "madeAtFacility", LinkKind.PRODUCED_AT, output, cast)
        _at(event, "bizLocation", LinkKind.PRODUCED_AT, output, cast)
        for source in inputs:
            cast.tie(LinkKind.SOURCES_FROM, output.key, source.key, event.place)
    for source in inputs if outputs else []:
        _at(event, "madeAtFacility", LinkKind.PROCESSED_AT, source, cast)
        _at(event, "bizLocation", LinkKind.PROCESSED_AT, source, cast)


def _at(event: Node, name: str, kind: LinkKind, product: Subject, cast: Cast) -> None:
    node = event.first(name)
    facility = cast.facility(node)
    if node is not None and facility is not None:
        cast.tie(kind, product.key, facility.key, node.place)


def _products(event: Node, name: str, cast: Cast) -> Iterator[Subject]:
    for listed in event.all(name):
        found = cast.product(listed.first("product") or listed)
        if found is not None:
            yield found
