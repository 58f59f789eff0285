"""Faults in a table of criteria that would become wrong data, or that nobody could place."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.authoring.books import EDITION, book, checked, criterion, spots
from tests.authoring.conftest import comity

from comity import knowledge as base


def _share(number: int, comparison: str, value: object, unit: str = "%", **more: object) -> dict[str, object]:
    limit = {"metric": "recycled-content-share", "comparison": comparison, "value": value, "unit": unit}
    return {**criterion(number, qualifiers="origin=waste"), **limit, **more}


def test_two_criteria_with_one_address_are_an_error_that_names_both_cells(tmp_path: Path) -> None:
    """Row 3 has the address that is made of the number of row 2."""
    rows = [criterion("2.1"), criterion("3", iri="https://loom.example/standard/5/2.1")]
    path = book(tmp_path / "a.xlsx", {"Criteria": rows})
    found = checked("schemes", path)
    assert spots(found) == [("Criteria!F3", "iri-twice", "error")]
    assert "'Criterion 2.1' (Criteria!A2)" in found[-1]["message"]
    assert comity("import", path, "-o", tmp_path / "a.ttl").exit_code == 1


def test_an_address_stated_before_it_is_made_is_told_at_the_cell_that_states_it(tmp_path: Path) -> None:
    rows = [criterion("3", iri="https://loom.example/standard/5/2.1"), criterion("2.1")]
    found = checked("schemes", book(tmp_path / "a.xlsx", {"Criteria": rows}))
    assert spots(found) == [("Criteria!F2", "iri-twice", "error")]
    assert "(Criteria!A3)" in found[-1]["message"]


def test_one_short_name_twice_names_the_cell_of_both(tmp_path: Path) -> None:
    rows = [criterion("1", notation="loom-5-9"), criterion("9"), criterion("2", notation="LOOM-5-9")]
    found = checked("schemes", book(tmp_path / "a.xlsx", {"Criteria": rows}))
    assert spots(found) == [
        ("Criteria!F2", "duplicate-notation", "error"),
        ("Criteria!F4", "duplicate-notation", "error"),
    ]
    assert [p["message"].partition("(")[2] for p in found if p["code"] == "duplicate-notation"] == [
        "Criteria!A3) too.",
        "Criteria!F2) too.",
    ]


def test_a_percent_cell_is_read_as_it_is_seen(tmp_path: Path) -> None:
    """0.16 in the format 0% is seen as 16 %; 0.071 in 0.0% as 7.1 %; 30 in General is 30."""
    rows = [_share(4, ">=", (0.16, "0%")), _share(5, ">=", (0.071, "0.0%")), _share(6, ">=", (30, '0" %"'))]
    path = book(tmp_path / "a.xlsx", {"Criteria": rows})
    found = checked("schemes", path)
    assert spots(found) == [("Criteria!I2", "percent-shown", "info"), ("Criteria!I3", "percent-shown", "info")]
    assert found[-2]["message"] == "The cell holds 0.16 and shows 16 %; it is read as 16 %."
    assert comity("import", path, "-o", tmp_path / "a.ttl").exit_code == 0
    known = base.load([tmp_path / "a.ttl"])
    limits = [known.criteria[f"https://loom.example/standard/5/{n}"].limit for n in (4, 5, 6)]
    assert [str(limit.value) for limit in limits if limit] == ["16", "71/10", "30"]


def test_a_percent_cell_beside_another_unit_is_an_error(tmp_path: Path) -> None:
    """The metric is the author's own, so that only the value and the unit speak."""
    rows = [_share(4, ">=", (0.16, "0%"), "kg", metric="weight of scraps")]
    found = checked("schemes", book(tmp_path / "a.xlsx", {"Criteria": rows}))
    assert ("Criteria!I2", "unit-of-another", "error") in spots(found)


@pytest.mark.parametrize(("unit", "wrong"), [("kg", True), ("kWh", True), ("%", False), ("1", False)])
def test_a_unit_measures_what_the_metric_measures(unit: str, wrong: bool, tmp_path: Path) -> None:
    """A share is a pure number: per cent and 1 are, mass and energy are not."""
    found = checked("schemes", book(tmp_path / "a.xlsx", {"Criteria": [_share(4, ">=", 0.5, unit)]}))
    assert spots(found) == ([("Criteria!J2", "unit-of-another", "error")] if wrong else [])


@pytest.mark.parametrize(
    ("one", "other", "unit", "wrong"),
    [
        (">= 16", "<= 10", "%", True),
        ("<= 10", ">= 16", "%", True),
        (">= 10", "<= 10", "%", False),  # 10 % meets both
        ("> 10", "<= 10", "%", True),
        ("= 10", "= 11", "%", True),
        (">= 10", "<= 16", "%", False),
        (">= 16", "<= 0.1", "1", True),  # 0.1 is 10 %
        (">= 16", "<= 0.2", "1", False),
    ],
)
def test_limits_that_nothing_meets_both_are_told(one: str, other: str, unit: str, wrong: bool, tmp_path: Path) -> None:
    first, second = one.split(), other.split()
    limit = {"qualifiers": "origin=waste", "metric": "recycled-content-share", "unit": unit}
    rows = [
        _share(4, first[0], float(first[1])),
        {"number": 4, **limit, "comparison": second[0], "value": float(second[1])},
    ]
    found = checked("schemes", book(tmp_path / "a.xlsx", {"Criteria": rows}))
    assert spots(found) == ([("Criteria!I3", "limits-exclude", "warning")] if wrong else [])


_OTHER = "origin=waste|denominator=product-mass"


def test_limits_of_different_things_do_not_exclude_each_other(tmp_path: Path) -> None:
    rows = [
        _share(4, ">=", 16),
        {**_share(4, "<=", 10), "qualifiers": "origin=waste|denominator=product-mass", "name": None},
    ]
    assert spots(checked("schemes", book(tmp_path / "a.xlsx", {"Criteria": rows}))) == []


def test_each_thing_that_about_does_not_say_is_told_at_its_own_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert comity("template", "criteria", "-o", path).exit_code == 0
    assert spots(checked("schemes", path)) == [
        ("About!B2", "cell-empty", "error"),  # title
        ("About!B3", "cell-empty", "error"),  # short name
        ("About!B5", "cell-empty", "error"),  # iri
    ]


def test_an_error_on_about_does_not_hide_the_others(tmp_path: Path) -> None:
    """The short name is empty; rows without a text and with one short name are told all the same."""
    rows = [criterion(1, text=None), criterion(2, notation="a"), criterion(3, notation="a")]
    found = checked("schemes", book(tmp_path / "a.xlsx", {"Criteria": rows}, {**EDITION, "short name": None}))
    assert spots(found) == [
        ("About!B3", "cell-empty", "error"),
        ("Criteria!A2", "no-definition", "warning"),
        ("Criteria!F4", "duplicate-notation", "error"),
    ]


def test_nobody_is_asked_for_a_text_of_what_is_made_of_several_limits(tmp_path: Path) -> None:
    rows = [_share(4, ">=", 10), {"number": 4, **{k: v for k, v in _share(4, "<=", 90).items() if k in _LIMIT}}]
    assert spots(checked("schemes", book(tmp_path / "a.xlsx", {"Criteria": rows}))) == []


_LIMIT = ("metric", "comparison", "value", "unit", "qualifiers")


def test_what_a_limit_among_several_lacks_is_told_at_its_criterion(tmp_path: Path) -> None:
    rows = [_share(4, ">=", 10, qualifiers=None), {"number": 4, **{k: _share(4, "<=", 90)[k] for k in _LIMIT}}]
    found = checked("schemes", book(tmp_path / "a.xlsx", {"Criteria": rows}))
    assert spots(found) == [("Criteria!A2", "share-of-what", "warning")]


def test_a_source_that_is_missing_is_told_once(tmp_path: Path) -> None:
    rows = [criterion(n) for n in range(1, 8)]
    found = checked("schemes", book(tmp_path / "a.xlsx", {"Criteria": rows}, {**EDITION, "source": None}))
    assert spots(found) == [("About!B5", "no-source", "warning")]
    assert found[0]["message"] == "8 criteria have no source (loom-5, loom-5-1, loom-5-2, loom-5-3, loom-5-4 …)."


def test_an_address_that_another_file_describes_comes_with_what_to_do(tmp_path: Path) -> None:
    book(tmp_path / "b.xlsx", {"Criteria": [criterion(1)]})
    assert comity("import", tmp_path / "b.xlsx", "-o", tmp_path / "b.ttl").exit_code == 0
    about = {**EDITION, "short name": "web-1", "iri": "https://web.example/1"}
    rows = [criterion(1, iri="https://loom.example/standard/5/1")]
    found = checked("schemes", book(tmp_path / "a.xlsx", {"Criteria": rows}, about), "--with", tmp_path / "b.ttl")
    assert spots(found) == [("Criteria!F2", "address-of-another", "error")]
    assert "is that of loom-5-1 (Criterion 1)" in found[-1]["message"]
    assert found[-1]["fix"].startswith("Give the criterion one of its own")
