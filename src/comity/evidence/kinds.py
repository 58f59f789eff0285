"""What sort of document bytes are, told without the libraries that read it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath

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
"""What a column says, and the headers by which it is known once case, spaces and signs are gone."""

_OTHERS = frozenset({".json", ".jsonld", ".jwt", ".ttl"})
"""Suffixes of what is a sheet only if it is a workbook by another's name."""

_START = re.compile(rb"^\s*(?:#.*\n\s*)*(?:@prefix|@base|PREFIX|BASE|prefix|<[a-z]+:)")


def is_sheet(content: bytes, name: str) -> bool:
    """Tell whether bytes are a table: by name, or by a first line of known headers.

    >>> is_sheet(b"Subject,Criterion,Value", "-"), is_sheet(b"{}", "-")
    (True, False)
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in _OTHERS or content.startswith(b"PK"):
        from comity.formats import sheets  # needless where all is JSON

        if suffix in sheets.TEXTS or sheets.is_workbook(content, name):
            return True
    head = content[:2000].split(b"\n", 1)[0].decode("utf-8", "replace")
    known = {folded for names in COLUMNS.values() for folded in names}
    return len({fold(h) for h in re.split(r"[,;\t]", head)} & known) >= 2


def is_turtle(content: bytes, name: str) -> bool:
    """Tell whether bytes are Turtle: by the file's name, or by how they begin.

    >>> is_turtle(b"@prefix comity: <x> .", "-"), is_turtle(b"{}", "-")
    (True, False)
    """
    return name.lower().endswith((".ttl", ".nt")) or _START.match(content) is not None


def fold(header: str) -> str:
    """Fold a header: no case, spaces, underscores or other signs.

    >>> fold(" Valid_Until ")
    'validuntil'
    """
    return re.sub(r"[^a-z0-9]", "", header.casefold())
