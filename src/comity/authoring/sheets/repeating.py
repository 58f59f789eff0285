"""Criteria of a table that have one address or one short name, or that of a criterion of another edition."""

from __future__ import annotations

from collections.abc import Mapping

from comity.authoring.draft import DraftCriterion, DraftScheme
from comity.authoring.sheets.tables import Record
from comity.authoring.sheets.values import Reader
from comity.knowledge.vocabulary import fold
from comity.model.knowledge import Knowledge


def repeated(
    reader: Reader,
    kept: Mapping[str, DraftCriterion],
    first: Mapping[str, Record],
    knowledge: Knowledge,
    scheme: DraftScheme,
) -> set[str]:
    """Tell of each repetition, at the later row; return the keys of these rows.

    :param kept: the criteria, by a key.
    :param first: the row that states each.
    """
    faulty = set()
    by_iri: dict[str, Record] = {}
    by_notation: dict[str, Record] = {}
    for key, criterion in kept.items():
        record = first[key]
        told = _told(reader, record, "iri", criterion.iri, by_iri.setdefault(criterion.iri, record))
        named = by_notation.setdefault(fold(criterion.notation), record)
        told |= _told(reader, record, "notation", criterion.notation, named)
        told |= _taken(reader, record, criterion, knowledge, scheme)
        if told:
            faulty.add(key)
    return faulty


def _told(reader: Reader, record: Record, slot: str, shared: str, other: Record) -> bool:
    if other is record:
        return False
    what, code = ("address", "iri-twice") if slot == "iri" else ("short name", "duplicate-notation")
    if slot not in record.cells and slot in other.cells:
        record, other = other, record
    message = f"The {what} {shared!r} is that of {other.text('label')!r} ({spot_of(other, slot)}) too."
    fix = f"Give one of them another {what}, or leave the cell empty."
    reader.complain(record, slot if slot in record.cells else "number", code, message, fix)
    return True


def _taken(
    reader: Reader, record: Record, criterion: DraftCriterion, knowledge: Knowledge, scheme: DraftScheme
) -> bool:
    """Tell of an address of a criterion of another edition that is known."""
    known = knowledge.criteria.get(criterion.iri)
    if known is None or known.version == scheme.iri or "iri" not in record.cells:
        return False
    message = f"The address <{criterion.iri}> is that of {known.notation} ({known.label}) of another edition."
    fix = "Give the criterion one of its own, or leave the cell empty; what is alike is said by mapping rows."
    reader.complain(record, "iri", "address-of-another", message, fix)
    return True


def spot_of(record: Record, slot: str) -> str:
    """Return the cell of a slot, or that of the number where it is empty."""
    cell = record.cells.get(slot) or record.cells.get("number")
    return cell.place.pointer if cell else record.place.pointer
