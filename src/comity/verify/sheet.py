"""Claim sheets: one claim or assessment a row."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from comity.model.scales import Assurance, Level
from comity.verify import dates
from comity.verify.dates import Period
from comity.verify.items import CRITERION, Cited, Item, Stated, exact
from comity.verify.names import FACILITY, ORGANISATION, PRODUCT, gs1, names
from comity.verify.reading import Reading
from comity.verify.things import OPERATED_BY, Thing, Tie

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "subject": ("subject", "subjectid"),
    "level": ("level", "subjectlevel", "type"),
    "criterion": ("criterion", "criteria", "rule", "requirement", "criterionormetric"),
    "metric": ("metric", "metricname", "criterionormetric"),
    "value": ("value", "amount", "result"),
    "unit": ("unit", "units", "uom"),
    "material": ("material",),
    "substance": ("substance",),
    "denominator": ("denominator", "shareof"),
    "date": ("date", "claimdate", "assessmentdate", "validfrom"),
    "until": ("validuntil", "until", "expires", "expirydate"),
    "issuer": ("issuer", "issuedby", "assessor"),
    "operator": ("operator", "manufacturer", "owner"),
    "assurance": ("assurance", "assurancelevel"),
}
"""What a column says, and its headers without case, spaces and signs."""

QUALIFIER = "https://w3id.org/comity/qualifier/"
OF = ("material", "substance", "denominator")

_YES = {"yes", "true", "pass", "conforms", "met"}
_NO = {"no", "false", "fail", "not met", "does not conform"}
_CELL = re.compile(r"^(?:(.*)!)?([A-Z]+)(\d+)$")
_NUMBER = re.compile(r"^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$")
_WITH_UNIT = re.compile(r"^([+-]?[\d.]+(?:[eE][+-]?\d+)?)\s*(\D.*)$")

_SPELLED = {"thirdparty": "third-party", "secondparty": "second-party", "1st-party": "self", "first-party": "self"}

Row = Mapping[str, str]


def read(cells: Mapping[str, str], name: str, sha256: str) -> Reading:
    """Read the rows of a sheet.

    :param cells: name of the cell to its text.
    """
    this = Reading(name, sha256, is_sheet=True)
    tables: dict[str, dict[int, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for cell, text in cells.items():
        match = _CELL.match(cell)
        if match is not None and text:
            tables[match[1] or ""][int(match[3])][match[2]] = text
    issuers: dict[str, str] = {}
    for title, rows in tables.items():
        head, *rest = sorted(rows)
        columns = _columns(rows[head])
        if "subject" not in columns or not {"criterion", "metric"} & columns.keys():
            continue
        for number in rest:
            row = {c: rows[number][column] for c, column in columns.items() if column in rows[number]}
            prefix = f"{title}!" if title else ""
            at = {c: f"{prefix}{column}{number}" for c, column in columns.items()}
            this.add(list(_item(row, at, this)))
            issuers[at["subject"]] = row.get("issuer", "")
    _without_ambiguous(this)
    _claimed(this, issuers)
    return this


def _claimed(this: Reading, issuers: Mapping[str, str]) -> None:
    """Take for the sheet's issuer the one party that every claim in it names.

    :param issuers: cell to what its row writes as issuer.
    """
    claims = [item for items in this.items.values() for item in items if item.kind == "claim"]
    first = next((item.signer for item in claims), frozenset[str]())
    if claims and all(item.signer & first for item in claims):
        this.issuer, this.issued_by = issuers[claims[0].pointer], first
        for pointer, items in this.items.items():
            this.items[pointer] = [replace(i, issuer=first) if i.kind == "claim" else i for i in items]


def _without_ambiguous(this: Reading) -> None:
    """Leave out what rows say of one identifier with several levels: nobody knows which thing is meant."""
    levels: dict[str, set[str]] = defaultdict(set)
    for found in this.things:
        for name in found.names if found.level in ("model", "batch", "item") else ():
            levels[name].add(found.level)
    for pointer, items in list(this.items.items()):
        if any(len(levels[name]) > 1 for item in items for names in item.subjects for name in names):
            del this.items[pointer]


def _columns(header: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for column in sorted(header, key=lambda c: (len(c), c)):
        folded = re.sub(r"[^a-z0-9]", "", header[column].casefold())
        for name, headers in COLUMNS.items():
            if folded in headers:
                found.setdefault(name, column)
    return found


def _item(row: Row, at: Mapping[str, str], this: Reading) -> Iterator[Item]:
    """Read one row.

    :param at: column to the cell of this row.
    """
    if "subject" not in row or not {"criterion", "metric"} & row.keys():
        return
    subject = _subject(row, this)
    issuer = names(ORGANISATION, row["issuer"]) if "issuer" in row else None
    word = row.get("value", "").casefold()
    said = True if word in _YES else False if word in _NO else None
    operator = names(ORGANISATION, row["operator"]) if "operator" in row else frozenset()
    own = issuer is None or bool(issuer & (operator | subject))
    if operator:
        this.ties.append(Tie(OPERATED_BY, subject, operator, at["operator"], "operator"))
    is_claim = own and said is not False
    codes = {} if is_claim else {"assurance": "self"} if own else _assurance(row)
    start = dates.day(row["date"]) if "date" in row else None
    end = dates.day(row["until"], end=True) if "until" in row else None
    lost = (start is None and "date" in row) or (end is None and "until" in row)
    yield Item(
        kind="claim" if is_claim else "assessment",
        pointer=at["subject"],
        subjects=(subject,),
        cited=(Cited(CRITERION, row["criterion"], ""),) if "criterion" in row else (),
        values=tuple(_values(row)) if said is None else (),
        period=Period(start, end, lost),
        issuer=this.issued_by if is_claim else issuer or operator or None,
        signer=issuer or frozenset(),
        dated=start,
        conformance=None if is_claim else said,
        codes=codes,
        claimant=(issuer or operator) if is_claim else frozenset(),
    )


def _subject(row: Row, this: Reading) -> frozenset[str]:
    """Name the subject; where its sort is not stated, it may be any sort that other documents know it as."""
    level = row.get("level", "").casefold().replace("organization", "organisation")
    if level in set(Level):
        sort = PRODUCT if Level(level).is_product else level
        found = names(sort, row["subject"])
    else:
        usual = FACILITY if gs1(row["subject"]).startswith("414/") else PRODUCT
        sort = ORGANISATION if row["subject"].startswith("did:") and usual == PRODUCT else usual
        level, found = sort, names(sort, row["subject"])
        this.guessed |= found
    this.things.append(Thing(found, level))
    return found


def _values(row: Row) -> Iterator[Stated]:
    text, unit = row.get("value", ""), row.get("unit", "")
    both = _WITH_UNIT.match(text)
    if both is not None and "unit" not in row:
        text, unit = both[1], both[2].strip()
    number = exact(Decimal(text)) if _NUMBER.match(text) else None
    if number is None:
        return
    metric = row.get("metric", "")
    words = {c: re.sub(r"[^a-z0-9]+", "-", row[c].casefold()).strip("-") for c in OF if c in row}
    of = {f"{QUALIFIER}{c}": f"{QUALIFIER}{c}/{word}" for c, word in words.items()}
    yield Stated("" if " " in metric else metric, metric, number, unit, of)


def _assurance(row: Row) -> dict[str, str]:
    token = re.sub(r"[^a-z0-9]+", "-", row.get("assurance", "").casefold())
    token = token.replace("3rd", "third").replace("2nd", "second")
    token = _SPELLED.get(token, token)
    return {"assurance": token} if token in {a.token for a in Assurance} else {}
