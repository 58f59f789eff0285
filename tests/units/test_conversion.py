"""Exact conversion."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.model.errors import IncommensurableError, UnknownNameError
from comity.model.quantities import Quantity
from comity.units import convert, factor, label, scale, symbol, unit
from comity.units.registry import known

F = Fraction


def iri(text: str) -> str:
    found = unit(text)
    assert found is not None, text
    return found


@pytest.mark.parametrize(
    ("value", "source", "expected", "target", "why"),
    [
        (F(1), "kWh", F(18, 5), "MJ", "3,600 kJ; 1 MJ is 1/3.6 kWh, which no decimal holds"),
        (F(1), "MJ", F(5, 18), "kWh", "the other way"),
        (F(1), "kg/kWh", F(1000), "g/kWh", "the denominator stays"),
        (F(1), "kg/kWh", F(1000), "kg/MWh", "a thousand times the energy"),
        (F(1), "kg/kWh", F(10, 36), "kg/MJ", "by 3.6 MJ"),
        (F(20), "mg/kg", F(2, 1000), "%", "0.002 %"),
        (F(1, 10), "%", F(1000), "ppm", "a thousandth"),
        (F(4, 25), "C62", F(16), "%", "0.16 is 16 %"),
        (F(5), "years", F(60), "months", "twelve months a year"),
        (F(48), "hours", F(2), "days", "24 hours a day"),
        (F(1), "t", F(1000), "kg", "by definition"),
        (F(1), "lb", F("0.45359237"), "kg", "exact by the agreement of 1959"),
        (F(1), "US gallon", F("3.785411784"), "L", "231 cubic inches of 2.54 cm"),
        (F(25), "°C", F("298.15"), "K", "an offset"),
        (F(212), "°F", F(100), "°C", "water boils"),
        (F(2), "Ah", F(2000), "mAh", "a thousandth"),
        (F(3), "m3", F(3000), "L", "a thousand litres"),
        (F(1), "t/year", F(1000), "kg/year", "by definition"),
    ],
)
def test_by_hand(value: Fraction, source: str, expected: Fraction, target: str, why: str) -> None:
    assert convert(Quantity(value, iri(source)), iri(target)).value == expected, why


@pytest.mark.parametrize(("one", "other"), [("kg", "L"), ("kWh", "Ah"), ("EUR", "USD"), ("EUR", "%"), ("kWh", "kW")])
def test_different_dimensions_do_not_convert(one: str, other: str) -> None:
    with pytest.raises(IncommensurableError) as error:
        convert(Quantity(F(1), iri(one)), iri(other))
    assert str(error.value) == f"{label(iri(one))} cannot be converted to {label(iri(other))}."


def test_an_unknown_unit_converts_into_nothing_and_says_what_was_written() -> None:
    with pytest.raises(IncommensurableError, match="bushels cannot be converted to kilogram"):
        convert(Quantity(F(1), None, "bushels"), iri("kg"))


def test_a_tolerance_is_scaled_and_not_shifted() -> None:
    converted = convert(Quantity(F(212), iri("°F"), "°F", lower=F(9), upper=F(18)), iri("°C"))
    assert (converted.lower, converted.upper) == (F(5), F(10))
    assert converted.unit_text == "°F"


def test_an_unknown_iri_is_an_error_but_has_itself_as_label() -> None:
    with pytest.raises(UnknownNameError):
        factor("https://example.org/unit")
    assert label("https://example.org/unit") == symbol("https://example.org/unit") == "https://example.org/unit"


units = st.sampled_from(sorted({u.iri for u in known().values()}))


@given(units, units, st.fractions())
def test_there_and_back_is_the_same(one: str, other: str, value: Fraction) -> None:
    if factor(one).dimension != factor(other).dimension:
        with pytest.raises(IncommensurableError):
            scale(one, other)
    else:
        there = convert(Quantity(value, one), other)
        assert convert(there, one).value == value
