"""Plants that somebody else says to be one are kept apart (semantics, section 4, Subject).

A registered identifier is a plant's within its register. But who writes it beside an identifier can be anybody: a buyer
who gives two plants one number would let the certificate of one answer for the other. So that a statement joins two
plants only when it is the plants' own, made by who operates both, or speaks of a plant by a name that nobody else
uses; and none does where documents name different operators.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from comity.evidence import identity
from comity.model.evidence import Document, DocumentKind, LinkKind, Subject
from comity.model.places import Finding, Severity
from comity.model.scales import Level

SIGNED_BY_ANOTHER = "D15"
"""The code by which reading reports a signing key of another identity than the issuer's."""

OPERATING = frozenset({"operator", "producer"})
"""Roles of those whose word on which registered identifier a plant has is the plant's own."""


def separate(documents: Sequence[Document]) -> list[Document]:
    """Take what would join two plants from documents whose issuer cannot say so, and report it there."""
    operators, speakers = _operators(documents), _speakers(documents)
    cut: dict[str, set[str]] = defaultdict(set)
    shared = _shared((s.key, s.keys | {s.key}) for d in documents for s in _plants(d))
    for group in _groups(shared):
        named = [each for plant in group for each in operators.get(plant, ())]
        common = frozenset.intersection(*named) if named else frozenset()
        for d in documents:
            operates = bool(common & _issuer(d, known_as=True))
            for s in (s for s in _plants(d) if s.key in group and shared.keys() & (s.keys - {s.key})):
                if (named and not common) or not (operates or speakers[s.key] <= _issuer(d)):
                    cut[d.name].add(s.key)
    return [_without(d, cut[d.name]) for d in documents]


def _plants(document: Document) -> Iterable[Subject]:
    return (s for s in document.subjects if s.level is Level.FACILITY)


def _shared(plants: Iterable[tuple[str, frozenset[str]]]) -> Mapping[str, frozenset[str]]:
    """Find the keys that several plants have, with those plants.

    :param plants: the one key of each, and all keys.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for plant, keys in plants:
        for key in keys:
            found[key].add(plant)
    return {key: frozenset(several) for key, several in found.items() if len(several) > 1}


def _groups(shared: Mapping[str, frozenset[str]]) -> Iterator[frozenset[str]]:
    """Visit groups of plants that are one when everybody's word counts."""
    near: dict[str, set[str]] = defaultdict(set)
    for several in shared.values():
        for plant in several:
            near[plant] |= several
    done: set[str] = set()
    for first in sorted(near):
        todo = [first] if first not in done else []
        group = set(todo)
        for plant in todo:
            todo += sorted(near[plant] - group)
            group |= near[plant]
        done |= group
        if group:
            yield frozenset(group)


def _issuer(document: Document, *, known_as: bool = False) -> frozenset[str]:
    """Return the keys of a document's issuer; the document's own where it has none, or another signs it.

    :param known_as: true for every key that it says to have, not those of its identifier alone.
    """
    forged = any(f.code == SIGNED_BY_ANOTHER for f in document.findings)
    if document.issuer is None or forged:
        return frozenset({f"document:{document.name}"})
    found = document.issuer.keys if known_as else identity.own(document.issuer)
    return found or frozenset({f"document:{document.name}"})


def _speakers(documents: Iterable[Document]) -> dict[str, set[str]]:
    """Find who speaks of each plant."""
    found: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        for plant in _plants(document):
            found[plant.key] |= _issuer(document)
    return found


def _operators(documents: Iterable[Document]) -> dict[str, list[frozenset[str]]]:
    """Find whom each document names as the operator of a plant; who issues its record, where that names nobody."""
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    for document in documents:
        named: dict[str, set[str]] = defaultdict(set)
        keys = {s.key: s.keys for s in document.subjects}
        for link in document.links:
            if link.kind is LinkKind.OPERATED_BY and link.role.lower() in OPERATING:
                named[link.source] |= keys.get(link.target, frozenset()) | {link.target}
        own = document.subjects[0].key if document.kind is DocumentKind.DFR and document.subjects else ""
        for plant in _plants(document):
            if plant.key in named:
                found[plant.key].append(frozenset(named[plant.key]))
            elif plant.key == own:
                found[plant.key].append(_issuer(document, known_as=True))
    return found


def _without(document: Document, plants: set[str]) -> Document:
    cut = [s for s in document.subjects if s.key in plants and len(s.keys) > 1]
    if not cut:
        return document
    subjects = tuple(replace(s, keys=frozenset({s.key})) if s in cut else s for s in document.subjects)
    findings = tuple(
        Finding(
            "joined-by-another",
            Severity.WARNING,
            s.place,
            f"By {', '.join(sorted(k.partition(':')[2] for k in s.keys - {s.key}))}, {s.id} would be one with "
            "another plant; but not who operates both says so: they are kept apart.",
            "Have the operator's own record of the plant state it.",
        )
        for s in cut
    )
    return replace(document, subjects=subjects, findings=(*document.findings, *findings))
