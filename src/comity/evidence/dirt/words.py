"""Wording: D19."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from comity.evidence import tables
from comity.evidence.node import Node
from comity.evidence.notes import Notes
from comity.formats.json import Json
from comity.model.places import Place

_LONGEST = 300
"""Characters beyond which a text is prose or an image, and no word."""

_CODED = (("assessorLevel", "assessor"), ("assessmentLevel", "assurance"), ("attestationType", "attestation-types"))


def check(nodes: Iterable[Node], notes: Notes) -> None:
    """Find spaces around words, words left over from templates, and codes in another case."""
    spaced: list[Place] = []
    left: dict[str, list[Place]] = defaultdict(list)
    templates = tables.spelled("template-values")
    for node in nodes:
        for text, place in texts(node):
            if text != text.strip():
                spaced.append(place)
            if text.strip().casefold() in templates:
                left[text.strip()].append(place)
        codes(node, notes)
    if spaced:
        message = f"{len(spaced)} texts have space around them, this one first; it was trimmed."
        notes.info("D19", spaced[0], message, "Leave the space out.")
    for text, found in left.items():
        more = f", {len(found)} times" if len(found) > 1 else ""
        notes.warn(
            "D19", found[0], f"{text!r}{more} is left over from a template.", "Write what is meant, or leave it out."
        )


def codes(node: Node, notes: Notes) -> None:
    """Find codes that differ from the list by case alone."""
    for name, listed in _CODED if node.kind == "attestation" else ():
        found = node.first(name)
        written = found.as_text() if found is not None else ""
        right = tables.spelled(listed).get(written.casefold(), written)
        if found is not None and written != right:
            notes.info("D19", found.place, f"{written!r} was read as {right!r}.", f"Write {right}.")


def texts(node: Node) -> Iterator[tuple[str, Place]]:
    """Visit the short texts that stand directly in an object or in its lists of texts."""
    if isinstance(node.value, dict):
        for key, value in node.value.items():
            yield from _texts(value, node.place.at(key))


def _texts(value: Json, place: Place) -> Iterator[tuple[str, Place]]:
    if isinstance(value, str) and len(value) <= _LONGEST:
        yield value, place
    elif isinstance(value, list):
        for position, member in enumerate(value):
            if isinstance(member, str | list):
                yield from _texts(member, place.at(position))
