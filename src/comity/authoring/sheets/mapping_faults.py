"""What a table of mappings says that others cannot use: of the set, of people, of its rows' names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from comity.authoring.draft import CellFinding
from comity.authoring.faults import fault
from comity.authoring.review.signing import identifier
from comity.authoring.sheets.columns import ABOUT_MAPPINGS
from comity.authoring.sheets.tables import Record
from comity.authoring.sheets.values import Reader
from comity.formats.sheets import Cell
from comity.model.criteria import Criterion, SchemeVersion

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]+")
_AUTHORS = ("author_label", "author_id", "creator_label", "creator_id")


def of_set(about: Mapping[str, Cell]) -> Iterator[CellFinding]:
    """Tell of an id or a licence of the set that is no address.

    :param about: what the file says of the set, by slot.
    """
    titles = {c.slot: c.title for c in ABOUT_MAPPINGS}
    for slot, code, example in (
        ("mapping_set_id", "iri", "https://your-body.example/mappings/2026"),
        ("license", "no-address", "https://creativecommons.org/licenses/by/4.0/"),
    ):
        cell = about.get(slot)
        if cell is not None and cell.text and not _IRI.fullmatch(cell.text):
            message = f"{titles[slot]}: {cell.text!r} is no address on the web."
            fix = f"Write it whole, such as {example}."
            yield fault(code, cell.place, message, fix, column=titles[slot], value=cell.text)


def of_people(reader: Reader, record: Record) -> None:
    """Tell of identifiers of people that can be nobody's."""
    for slot in ("author_id", "reviewer_id"):
        for text in filter(None, map(str.strip, record.text(slot).split("|"))):
            if _IRI.fullmatch(text) and "orcid" not in text.casefold():
                continue
            try:
                identifier(text)
            except ValueError as error:
                message = f"{reader.table.titles.get(slot, slot)}: {error}."
                fix = "Write the ORCID as its owner gives it, or another identifier; names have a column of their own."
                reader.complain(record, slot, "no-identifier", message, fix)


def of_name(reader: Reader, record: Record) -> None:
    """Tell of a row id that is none."""
    text = record.text("record_id")
    if re.search(r"[\s<>\"{}|^`\\]", text):
        title = reader.table.titles.get("record_id", "row id")
        message = f"{title}: {text!r} holds a blank or a sign that no identifier has."
        fix = f"Write {re.sub(r'[^A-Za-z0-9._:/#-]+', '-', text).strip('-')}, or nothing."
        reader.complain(record, "record_id", "row-id", message, fix)


def of_edition(
    reader: Reader, record: Record, slot: str, criterion: Criterion | None, named: SchemeVersion | None
) -> None:
    """Tell of a criterion of another edition than the file says that the column is of."""
    if (
        named is None
        or criterion is None
        or criterion.version == named.iri
        or record.text(slot.replace("_id", "_source"))
    ):
        return
    title = reader.table.titles.get(slot, slot)
    message = f"{title}: {criterion.notation} is no criterion of {named.notation}, of which all are said to be."
    fix = f"Name a criterion of {named.notation}, or write the row in a set of its own."
    reader.complain(record, slot, "another-edition", message, fix)


def unsigned(reader: Reader, records: Sequence[Record], header: Mapping[str, object]) -> Iterable[CellFinding]:
    """Tell once of rows that nobody stands behind.

    :param records: rows that say something.
    """
    if any(header.get(slot) for slot in _AUTHORS):
        return
    nobody = [r for r in records if not any(r.text(s) for s in ("author_label", "author_id"))]
    if nobody:
        first = nobody[0]
        count = f"{len(nobody)} rows name" if len(nobody) > 1 else "The row names"
        also = f" (the first is {first.place.pointer})" if len(nobody) > 1 else ""
        fix = "Write who says so in the column 'author', or once for all on the sheet About."
        yield fault("no-author", reader.spot(first, "author_label"), f"{count} no author{also}.", fix)
