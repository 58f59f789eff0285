"""What About says of an edition, and a row of a criterion, that was taken as it stood."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.authoring.books import EDITION, Found, book, checked, criterion, spots

ABOUT: tuple[tuple[dict[str, object], Found | None], ...] = (
    ({"stewards": "Loom Ltd"}, ("About!B6", "no-identifier", "warning")),  # sign-off compares identifiers
    ({"stewards": "https://loom.example|did:web:loom.example"}, None),
    ({"stewards": "0000-0002-1825-0098"}, ("About!B6", "no-identifier", "warning")),  # the ORCID ends with 7
    ({"short name": "loom 5"}, ("About!B3", "short-name", "error")),
    ({"state": "alive"}, ("About!B6", "unknown-state", "warning")),
    ({"state": "draft"}, None),
    (
        {"in force from": "2026-05-01", "in force until": "2026-01-01"},
        ("About!B7", "dates-swapped", "error"),
    ),
    ({"source": "htp:/loom.example/5.pdf"}, ("About!B5", "no-address", "warning")),
    ({"source": "Printed by the mill, page 4"}, None),
    ({"iri": "https://w3id.org/comity/rra/3.0"}, ("About!B4", "address-of-another", "error")),
    ({"iri": "https://w3id.org/comity/rra/3.0/loom"}, ("About!B4", "address-within", "warning")),
)

ROWS: tuple[tuple[Mapping[str, object], Found | None], ...] = (
    (criterion("5 12"), ("Criteria!A2", "number-blank", "warning")),
    (criterion("1", per="decade"), ("Criteria!F2", "unknown-value", "error")),
    (criterion("1", per="model|plant|year"), None),
    (criterion("1", same_as="RRA 26"), ("Criteria!F2", "iri", "error")),
    (criterion("1", same_as="https://a.example/1|urn:b:2"), None),
    (criterion("1", source="htp:/x"), ("Criteria!F2", "no-address", "warning")),
)


@pytest.mark.parametrize(("said", "expected"), ABOUT, ids=lambda x: str(x) if isinstance(x, dict) else "")
def test_what_about_says_is_looked_at(said: dict[str, object], expected: Found | None, tmp_path: Path) -> None:
    found = checked("schemes", book(tmp_path / "a.xlsx", {"Criteria": [criterion(1)]}, {**EDITION, **said}))
    own = [spot for spot in spots(found) if spot[0].startswith("About")]
    assert own == ([expected] if expected else [])
    assert all(p["fix"] for p in found if p["code"] != "root-added")


@pytest.mark.parametrize(("row", "expected"), ROWS, ids=lambda x: str(x.get("number")) if isinstance(x, dict) else "")
def test_what_a_row_says_is_looked_at(row: Mapping[str, object], expected: Found | None, tmp_path: Path) -> None:
    found = checked("schemes", book(tmp_path / "a.xlsx", {"Criteria": [row]}))
    assert spots(found) == ([expected] if expected else [])


def test_the_edition_that_is_known_already_is_called_by_its_own_name(tmp_path: Path) -> None:
    about = {**EDITION, "short name": "loom-5", "iri": "https://w3id.org/comity/rra/3.0"}
    found = checked("schemes", book(tmp_path / "a.xlsx", {"Criteria": [criterion(1)]}, about))
    assert "is the address of rra-3.0 (" in next(p["message"] for p in found if p["code"] == "address-of-another")
    assert not [p for p in found if "knows loom-5" in p["message"]]
