"""Dates as documents write them."""

from __future__ import annotations

import pytest
from tests.evidence.documents import clean, one

from comity.evidence import dates
from comity.evidence.notes import Notes
from comity.model.evidence import Validity
from comity.model.places import Place

PLACE = Place("a.json", "/validFrom")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-01-31", "2025-01-31"),
        ("2025-01-31T23:30:00Z", "2025-01-31"),
        ("2025-01-31T23:30:00.123Z", "2025-01-31"),
        ("2025-01-31T23:30:00-05:00", "2025-02-01"),
        ("2025-02-01T05:00:00+10:00", "2025-01-31"),
        ("2024-02-29", "2024-02-29"),
        ("2025", "2025"),
    ],
)
def test_good_dates_are_days_in_utc(text: str, day: str) -> None:
    notes = Notes()
    assert dates.parse(text, PLACE, notes) == day
    assert notes.found == ()


@pytest.mark.parametrize(
    ("text", "day", "says"),
    [
        ("2025-01-31T12:00:00", "2025-01-31", "no time zone"),
        ("2025-01", "2025-01-01", "first day"),
        ("2025-01-31T25:00:00Z", "2025-01-31", "no possible time"),
        ("2025-02-30", None, "February 2025 has 28 days"),
        ("2025-13-01", None, "no month 13"),
        ("2025-04-31T00:00:00Z", None, "April 2025 has 30 days"),
        ("0000-01-01", None, "no year 0"),
        ("31.01.2025", None, "is no date"),
        ("20250131", None, "is no date"),
        ("2025-W05-5", None, "is no date"),
        ("soon", None, "is no date"),
    ],
)
def test_doubtful_dates_are_findings(text: str, day: str | None, says: str) -> None:
    notes = Notes()
    assert dates.parse(text, PLACE, notes) == day
    (finding,) = notes.found
    assert (finding.code, finding.place) == ("D13", PLACE)
    assert says in finding.message


def test_a_month_at_the_end_of_a_period_is_its_last_day() -> None:
    assert dates.parse("2025-02", PLACE, Notes(), end=True) == "2025-02-28"


def test_without_an_envelope_there_is_no_validity() -> None:
    assert one(clean("0.7.0-chain/dpp")["credentialSubject"]).validity == Validity()


def test_the_first_data_model_states_issuance_and_expiration() -> None:
    value = clean("0.7.0-chain/dcc")
    del value["validFrom"], value["validUntil"]
    value["issuanceDate"], value["expirationDate"] = "2025-01-05T00:00:00Z", "2026-01-05T00:00:00Z"
    document = one(value)
    assert document.validity == Validity("2025-01-05", "2026-01-05", "2025-01-05")
    assert document.assessments[0].validity == document.validity
    assert "D13" not in {f.code for f in document.findings}


def test_an_impossible_end_does_not_make_a_credential_last_for_ever() -> None:
    """An end that nobody can read is not the same as no end: the period is not known."""
    value = clean("0.7.0-chain/dcc")
    value["validUntil"] = "2025-02-30"
    assert one(value).validity == Validity("2025-01-01", unreadable=True)


def test_a_validity_that_ends_before_it_begins_is_a_finding() -> None:
    value = clean("0.7.0-chain/dcc")
    value["validUntil"] = "2024-12-31T00:00:00Z"
    assert any("before it begins" in f.message for f in one(value).findings)


@pytest.mark.parametrize("written", [5, True, {}, [], ""])
def test_what_is_no_text_is_no_date(written: object) -> None:
    value = clean("0.7.0-chain/dcc")
    value["validFrom"] = written
    assert one(value).validity.start is None
