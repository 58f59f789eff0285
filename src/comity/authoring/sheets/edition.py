"""What an About sheet says of an edition; each fault with its cell."""

from __future__ import annotations

import re
from collections.abc import Mapping

from comity.authoring.draft import DraftScheme
from comity.authoring.faults import fault
from comity.authoring.review.signing import identifier
from comity.authoring.sheets.columns import ABOUT_CRITERIA, BASES, Column
from comity.authoring.sheets.limits import parted
from comity.authoring.sheets.properties import property_of, value_of
from comity.authoring.sheets.tables import Record, Table
from comity.authoring.sheets.values import Reader, token
from comity.formats.sheets import Cell
from comity.knowledge.vocabulary import fold
from comity.model.knowledge import Knowledge
from comity.model.places import Place
from comity.model.scales import Basis


def address(reader: Reader, record: Record, slot: str) -> str:
    """Read an address on the web; empty where there is none, or what is none."""
    text = record.text(slot)
    if text and not re.fullmatch(r"(https?://|urn:|did:)[^\s<>\"{}|^`\\]+", text):
        message = f"{reader.table.titles.get(slot, slot)}: {text!r} is no address on the web."
        reader.complain(record, slot, "iri", message, "Write it whole, beginning with https://.")
        return ""
    return text


def source(reader: Reader, record: Record) -> str:
    """Read where a text can be read; a source that begins as an address does and is none is told of."""
    text = record.text("source")
    if re.match(r"[A-Za-z]+:/|www\.|\S+$", text) and not re.fullmatch(r"(https?://|urn:|did:|doi:)\S+", text):
        message = f"{reader.table.titles.get('source', 'source')}: {text!r} is no address on the web."
        reader.complain(record, "source", "no-address", message, "Write it whole, beginning with https://.")
    return text


def identifiers(reader: Reader, record: Record, slot: str) -> tuple[str, ...]:
    """Read identifiers of people and bodies; a name in their place is told of."""
    found = parted(record.text(slot))
    for text in found:
        try:
            identifier(text)
        except ValueError as error:
            message = f"{reader.table.titles.get(slot, slot)}: {error}; nobody who signs is known by it."
            fix = "Write the identifier that they sign with, such as https://your-body.example."
            reader.complain(record, slot, "no-identifier", message, fix)
    return found


def other_properties(record: Record) -> dict[str, tuple[str, ...]]:
    """Return what stands under headings that are names of properties, a value a line."""
    named = {property_of(slot): cell.text.split("\n") for slot, cell in record.cells.items()}
    return {p: tuple(value_of(p, value) for value in values) for p, values in named.items() if p}


_STATES = re.compile(r"(draft|proposed|in[- ]force|lapsed|repealed|withdrawn|superseded)\b", re.IGNORECASE)
"""What the state of an edition may begin with."""
_PERIODS = (("in_force_from", "in_force_until"), ("in_force_from", "withdrawn_from"))


class EditionSheet:
    """Reads what a file says of an edition.

    :param cells: what is said, by slot.
    :param blank: empty cells beside a key that is known, by slot.
    """

    def __init__(
        self, table: Table, cells: Mapping[str, Cell], blank: Mapping[str, Cell], knowledge: Knowledge
    ) -> None:
        titles = {c.slot: c.title for c in ABOUT_CRITERIA}
        place = next((c.place for c in cells.values()), Place(table.place.document, "About" if table.name else ""))
        self.table, self.blank, self.knowledge = table, blank, knowledge
        self.record = Record(place, cells)
        self.reader = Reader(Table("criteria", "About", place, titles, {}, ()))
        self.lacking = False

    def scheme(self) -> DraftScheme:
        """Read the edition; ``lacking`` says that it cannot be told which it is, and what stands in is made up."""
        text, reader, record = self.record.text, self.reader, self.record
        reader.unsound(record)
        for column in ABOUT_CRITERIA:
            if column.needed and not text(column.slot):
                self._missing(column)
        iri = self._iri()
        basis = reader.choice(record, "basis", BASES, token)
        scheme = DraftScheme(
            iri=iri or STAND_IN,
            notation=self._notation(),
            label=text("label") or text("notation") or "The edition",
            place=record.place,
            version=text("version"),
            scheme=address(reader, record, "scheme"),
            scheme_label=text("scheme_label"),
            source=source(reader, record),
            description=text("description"),
            basis=Basis(basis) if basis else Basis.NOT_VERIFIED,
            in_force_from=reader.day(record, "in_force_from"),
            in_force_until=reader.day(record, "in_force_until"),
            withdrawn_from=reader.day(record, "withdrawn_from"),
            stewards=identifiers(reader, record, "steward"),
            bodies=identifiers(reader, record, "body"),
            jurisdiction=text("jurisdiction"),
            state=self._state(),
            more=other_properties(record),
            cells={slot: cell.place for slot, cell in {**self.blank, **record.cells}.items()},
        )
        self._periods(scheme)
        self.lacking = not (iri and text("notation") and text("label"))
        return scheme

    def _missing(self, column: Column) -> None:
        message = f"It is not said what the edition's {column.title} is. {column.meaning}"
        fix = f"Write it on the sheet About, beside {column.title!r}."
        if not self.table.name:
            fix = f"Write it above the table, in a line of its own: # {column.title}: …"
        place = self.blank[column.slot].place if column.slot in self.blank else self.record.place
        self.reader.findings.append(fault("cell-empty", place, message, fix, column=column.title))

    def _iri(self) -> str:
        """Read the edition's address, which no other edition may have."""
        iri = address(self.reader, self.record, "iri").rstrip("/")
        known = self.knowledge.schemes.get(iri)
        if known is not None and fold(known.notation) != fold(self.record.text("notation")):
            message = f"iri: <{iri}> is the address of {known.notation} ({known.label}), which Comity knows."
            fix = "Write the address of this edition. To replace that one, write its short name as well."
            self.reader.complain(self.record, "iri", "address-of-another", message, fix)
        around = next((v for v in self.knowledge.schemes.values() if iri.startswith(v.iri + "/")), None)
        if around is not None:
            message = f"iri: <{iri}> lies within the address of {around.notation} ({around.label}), which Comity knows."
            fix = "Write the address of this edition; what begins like another's is taken for a part of it."
            self.reader.complain(self.record, "iri", "address-within", message, fix)
        return iri

    def _notation(self) -> str:
        notation = self.record.text("notation")
        if re.search(r"\s", notation):
            message = f"short name: {notation!r} holds a blank; commands and tables take it for two names."
            fix = f"Write {re.sub(r'[^a-z0-9.]+', '-', notation.casefold())}."
            self.reader.complain(self.record, "notation", "short-name", message, fix)
        return notation

    def _state(self) -> str:
        state = self.record.text("state")
        if state and not _STATES.match(state):
            message = f"state: {state!r} is none that Comity knows; the edition is taken to be in force."
            self.reader.complain(self.record, "state", "unknown-state", message, "Write draft or lapsed, or nothing.")
        return state

    def _periods(self, scheme: DraftScheme) -> None:
        """Tell of a period that ends before it begins."""
        for first, last in _PERIODS:
            start, end = getattr(scheme, first), getattr(scheme, last)
            if start and end and end < start:
                message = (
                    f"{self.reader.table.titles[last]} {end} comes before {self.reader.table.titles[first]} {start}."
                )
                self.reader.complain(self.record, last, "dates-swapped", message, "Exchange the two days, or mend one.")


STAND_IN = "urn:comity:edition"
"""The address of an edition that has none yet, so that its criteria can be checked all the same."""
