"""One row of a claim sheet: its cells into a claim or an assessment, each bad cell a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from comity.evidence import dates, identity, values
from comity.evidence.node import Node
from comity.evidence.notes import Notes
from comity.formats.percents import as_shown
from comity.formats.sheets import Cell
from comity.model.evidence import Assessment, Citation, CitationKind, Claim, Party, Subject, Validity
from comity.model.quantities import Quantity, Value
from comity.model.scales import Assurance, Level

Row = Mapping[str, Cell]
"""Column to the cell of the row, where that is not empty."""

QUALIFIER = "https://w3id.org/comity/qualifier/"
OF = ("material", "substance", "denominator")
"""Columns that say what a value is of, and what it is a share of: each is a dimension of qualifiers."""

_WITH_UNIT = re.compile(r"^([+-]?[\d.]+(?:[eE][+-]?\d+)?)\s*(\D.*)$")


def party(cell: Cell | None) -> Party | None:
    """Make the party of a cell; ``None`` when the row has none."""
    if cell is None:
        return None
    return Party(cell.text, cell.text, identity.keys(Level.ORGANISATION, cell.text))


def claim(row: Row, subject: Subject, notes: Notes, said: bool | None) -> Claim:
    """Make a claim of a row.

    :param said: what the value says in words; ``None`` when it is a number or nothing.
    """
    stated = row.get("assurance")
    level = _assurance(stated, notes)
    if stated is not None and level is not None and level > Assurance.SELF:
        message = f"{stated.text} is not what a claim of the operator has; it counts as its own word."
        notes.warn("bad-cell", stated.place, message, "Name in the column issuer who assessed it.")
    valid = _validity(row, notes)
    return Claim(
        place=row["subject"].place,
        document=subject.place.document,
        id="",
        label=(row.get("criterion") or row["metric"]).text,
        subject=subject.key,
        citations=tuple(_citations(row)),
        values=tuple(_values(row, notes)) if said is None else (),
        dated=valid.start,
        validity=valid,
    )


def assessment(
    row: Row, subject: Subject, issuer: Party | None, said: bool | None, notes: Notes, *, own: bool
) -> Assessment:
    """Make an assessment of a row.

    :param own: true when the operator speaks of its own subject.
    """
    valid = _validity(row, notes)
    found = tuple(_values(row, notes)) if said is None else ()
    if said is None and not found:
        place = row["value"].place if "value" in row else row["subject"].place
        message = "The row does not say what was found; it counts for nothing."
        notes.warn("bad-cell", place, message, "Write yes, no or a number in the column value.")
    level = _assurance(row.get("assurance"), notes)
    declared = Assurance.SELF if own else level
    return Assessment(
        place=row["subject"].place,
        document=subject.place.document,
        id="",
        label=(row.get("criterion") or row["metric"]).text,
        subjects=(subject.key,),
        citations=tuple(_citations(row)),
        conformance=said,
        values=found,
        dated=valid.start,
        issuer=issuer,
        declared={"assurance": declared.token} if declared is not None else {},
        validity=valid,
    )


def _citations(row: Row) -> Iterator[Citation]:
    cell = row.get("criterion")
    if cell is not None:
        yield Citation(CitationKind.CRITERION, cell.text, "", cell.place)


def _values(row: Row, notes: Notes) -> Iterator[Value]:
    cell, metric = row.get("value"), row.get("metric")
    if cell is None:
        return
    quantity = _quantity(cell, row.get("unit"), notes)
    if quantity is None:
        return
    name = metric.text if metric is not None else ""
    words = {c: re.sub(r"[^a-z0-9]+", "-", row[c].text.casefold()).strip("-") for c in OF if c in row}
    of = {f"{QUALIFIER}{column}": f"{QUALIFIER}{column}/{word}" for column, word in words.items()}
    yield Value(cell.place, name if name and " " not in name else None, name, quantity, of)


def _quantity(cell: Cell, unit: Cell | None, notes: Notes) -> Quantity | None:
    text, unit_text, place = cell.text, unit.text if unit else "", unit.place if unit else cell.place
    together = _WITH_UNIT.match(text)
    if together is not None and unit is None:
        text, unit_text = together[1], together[2].strip()
    if "," in text:
        notes.warn(
            "bad-cell",
            cell.place,
            f"{cell.text!r} is no number; it was not used.",
            "Write a point for decimals, and nothing for thousands.",
        )
        return None
    value = values.number(Node(text, cell.place, "", ""), Notes())
    if value is None:
        notes.warn(
            "bad-cell",
            cell.place,
            f"{cell.text!r} is no number; it was not used.",
            "Write a number such as 16.5, or yes or no.",
        )
        return None
    if cell.kind == "percent":
        read = f"{text} {unit_text}".strip()
        message = f"The cell holds {text} and shows {as_shown(text)}; it was read as {read}."
        notes.warn("bad-cell", cell.place, message, "Format the column as text, and write the number that is meant.")
    return Quantity(value, values.read_unit(unit_text, place, notes), unit_text)


def _validity(row: Row, notes: Notes) -> Validity:
    start, end = row.get("date"), row.get("until")
    first = dates.parse(start.text, start.place, notes) if start else None
    last = dates.parse(end.text, end.place, notes, end=True) if end else None
    return Validity(first, last, unreadable=(start is not None and first is None) or (end is not None and last is None))


def _assurance(cell: Cell | None, notes: Notes) -> Assurance | None:
    if cell is None:
        return None
    token = re.sub(r"[^a-z0-9]+", "-", cell.text.casefold()).replace("3rd", "third").replace("2nd", "second")
    token = {
        "thirdparty": "third-party",
        "secondparty": "second-party",
        "1st-party": "self",
        "first-party": "self",
    }.get(token, token)
    try:
        return Assurance.of(token)
    except ValueError:
        allowed = ", ".join(a.token for a in Assurance)
        notes.warn(
            "bad-cell", cell.place, f"{cell.text!r} is no assurance; it was not used.", f"Write one of {allowed}."
        )
        return None
