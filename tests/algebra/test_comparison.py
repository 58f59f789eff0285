"""Values against limits, and limits against limits."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.algebra.comparison import Fit, compare, covers, decimal
from comity.model.criteria import Limit
from comity.model.mappings import Relation
from comity.model.quantities import Quantity
from comity.model.scales import Comparator, ThresholdRole
from comity.units import unit

F = Fraction
AT_LEAST, MORE_THAN, AT_MOST, LESS_THAN, EXACTLY = Comparator
COMPARATORS = {c.value: c for c in Comparator}


def limit(
    text: str, unit_text: str | None = "%", *, role: ThresholdRole = ThresholdRole.LIMIT, **qualifiers: str
) -> Limit:
    """Read a limit such as ``>= 16``."""
    comparator, _, value = text.partition(" ")
    iri = unit(unit_text) if unit_text else None
    return Limit("l", "m", role, COMPARATORS.get(comparator), F(value) if value else None, iri, qualifiers)


def stated(value: str, unit_text: str = "%", lower: str = "0", upper: str = "0") -> Quantity:
    return Quantity(F(value), unit(unit_text), unit_text, F(lower), F(upper))


INSIDE, OUTSIDE, UNKNOWN = Fit.INSIDE, Fit.OUTSIDE, Fit.UNKNOWN


@pytest.mark.parametrize(
    ("value", "bound", "expected"),
    [
        ("16", ">= 16", INSIDE),
        ("15.9", ">= 16", OUTSIDE),
        ("16", "> 16", OUTSIDE),
        ("16.0000000000000000000001", "> 16", INSIDE),
        ("16", "<= 16", INSIDE),
        ("16.1", "<= 16", OUTSIDE),
        ("16", "< 16", OUTSIDE),
        ("15.9", "< 16", INSIDE),
        ("16.0", "= 16", INSIDE),
        ("16.1", "= 16", OUTSIDE),
    ],
)
def test_a_value_without_tolerance_has_none(value: str, bound: str, expected: Fit) -> None:
    assert compare(stated(value), limit(bound)).fit is expected


@pytest.mark.parametrize(
    ("value", "bound", "lower", "upper", "expected", "why"),
    [
        ("17", ">= 16", "1", "5", INSIDE, "from 16 to 22: all at least 16"),
        ("17", "> 16", "1", "0", UNKNOWN, "it may be 16, which is not more than 16"),
        ("16", ">= 16", "0.1", "0", UNKNOWN, "it may be 15.9"),
        ("15", ">= 16", "9", "0.9", OUTSIDE, "at most 15.9"),
        ("15", ">= 16", "0", "1", UNKNOWN, "it may be 16"),
        ("16", "= 16", "0.1", "0.1", UNKNOWN, "it may be 16, and may not"),
        ("17", "= 16", "0.5", "0.5", OUTSIDE, "from 16.5 on"),
        ("16", "= 16", "0", "1", UNKNOWN, "it may be 17"),
        ("15", "<= 16", "0", "1", INSIDE, "at most 16"),
        ("16", ">= 16", "-0.1", "0", UNKNOWN, "a lower tolerance written as a negative number is one all the same"),
    ],
)
def test_a_tolerance_that_reaches_over_the_limit_decides_nothing(
    value: str, bound: str, lower: str, upper: str, expected: Fit, why: str
) -> None:
    outcome = compare(stated(value, "%", lower, upper), limit(bound))
    assert outcome.fit is expected, why
    assert ("tolerance" in outcome.reason) is (expected is UNKNOWN)


@pytest.mark.parametrize(
    ("quantity", "bound", "expected", "converted", "why"),
    [
        (stated("0.16", "C62"), limit(">= 16"), INSIDE, F(16), "0.16 is 16 %"),
        (stated("20", "mg/kg"), limit("<= 0.002"), INSIDE, F("0.002"), "20 mg in 1,000,000 mg"),
        (stated("21", "mg/kg"), limit("<= 0.002"), OUTSIDE, F("0.0021"), "a little more"),
        (stated("3.6", "MJ"), limit("<= 1", "kWh"), INSIDE, F(1), "exactly: with binary fractions it is not"),
        (stated("60", "months"), limit(">= 5", "years"), INSIDE, F(5), "twelve a year"),
        (stated("60000", "g/MWh"), limit("<= 0.06", "kg/kWh"), INSIDE, F("0.06"), "60 kg per 1,000 kWh"),
        (stated("16", "%"), limit(">= 0.1", None), INSIDE, F("0.16"), "a limit without a unit is a pure number"),
        (stated("16", "P1"), limit(">= 16"), INSIDE, None, "nothing to convert"),
    ],
)
def test_it_converts_exactly(
    quantity: Quantity, bound: Limit, expected: Fit, converted: Fraction | None, why: str
) -> None:
    outcome = compare(quantity, bound)
    assert outcome.fit is expected, why
    assert outcome.original is quantity
    assert (outcome.converted.value if outcome.converted else None) == converted


def test_a_tolerance_is_converted_with_its_value() -> None:
    quantity = stated("1000", "g", lower="0", upper="1")
    assert compare(quantity, limit("<= 1", "kg")).fit is UNKNOWN
    assert compare(quantity, limit("<= 1.001", "kg")).fit is INSIDE


@pytest.mark.parametrize(
    ("quantity", "bound", "reason"),
    [
        (stated("16", "kg"), limit(">= 16"), "kilogram cannot be converted to percent"),
        (stated("16", "bushels"), limit(">= 16"), "the unit 'bushels' is not known; the limit is in %"),
        (stated("16", ""), limit(">= 16"), "no unit is stated; the limit is in %"),
        (stated("16", "bushels"), limit(">= 16", None), "the unit 'bushels' is not known"),
        (stated("16", "kg"), limit(">= 16", None), "kilogram cannot be converted to one"),
        (stated("16"), limit(""), "the text has not set the limit yet"),
        (stated("16"), limit("> 5", role=ThresholdRole.TRIGGER), "a trigger is not a limit"),
        (stated("16"), limit("> 5", role=ThresholdRole.SANCTION), "a sanction is not a limit"),
        (stated("16"), Limit("l", "m", ThresholdRole.LIMIT, AT_LEAST, F(1), "https://example.org/u"), "unknown unit"),
    ],
)
def test_what_decides_nothing(quantity: Quantity, bound: Limit, reason: str) -> None:
    outcome = compare(quantity, bound)
    assert outcome.fit is UNKNOWN
    assert outcome.reason.startswith(reason)


@pytest.mark.parametrize(
    ("quantity", "unit_text", "expected"),
    [
        (stated("16"), "%", INSIDE),
        (stated("0.16", "C62"), "%", INSIDE),
        (stated("16", "kg"), "%", UNKNOWN),
        (stated("16", ""), "%", UNKNOWN),
        (stated("16", "bushels"), None, INSIDE),
    ],
)
def test_a_declaration_asks_for_a_value_in_a_unit_of_its_kind(
    quantity: Quantity, unit_text: str | None, expected: Fit
) -> None:
    assert compare(quantity, limit("", unit_text, role=ThresholdRole.DECLARE)).fit is expected


def test_a_pure_number_is_compared_with_a_pure_number() -> None:
    assert compare(stated("3", ""), limit(">= 3", None)).fit is INSIDE


@pytest.mark.parametrize(
    ("value", "bound", "reason"),
    [
        ("15.9", ">= 16", "15.9 % is not at least 16 %"),
        ("16", "<= 16", "16 % is at most 16 %"),
        ("16", "= 17", "16 % is not exactly 17 %"),
    ],
)
def test_it_says_what_it_compared(value: str, bound: str, reason: str) -> None:
    assert compare(stated(value), limit(bound)).reason == reason


def same(value: str, other: str) -> bool:
    return value == other


def tree(value: str, other: str) -> bool:
    return value == other or (value, other) in {("merino", "wool"), ("spring", "year")}


EQ, SUP, SUB, COVERS, COVERED_BY = Relation.EQ, Relation.SUP, Relation.SUB, Relation.COVERS, Relation.COVERED_BY


@pytest.mark.parametrize(
    ("a", "b", "expected", "why"),
    [
        (limit(">= 26"), limit(">= 16"), SUP, "whoever has 26 has 16"),
        (limit(">= 16"), limit(">= 26"), SUB, "the other way round"),
        (limit("<= 5"), limit("<= 10"), SUP, "the smaller maximum is the stricter"),
        (limit("> 16"), limit(">= 16"), SUP, "more than 16 is at least 16"),
        (limit("< 16"), limit("<= 16"), SUP, "less than 16 is at most 16"),
        (limit(">= 16"), limit("> 16"), SUB, "16 itself is not more than 16"),
        (limit(">= 16"), limit(">= 16"), EQ, "each covers the other"),
        (limit(">= 16"), limit(">= 0.16", "C62"), EQ, "the same in another unit"),
        (limit(">= 1", "kWh"), limit(">= 3", "MJ"), SUP, "3.6 MJ"),
        (limit(">= 16"), limit("<= 26"), None, "another direction"),
        (limit("= 16"), limit(">= 16"), SUP, "16 is at least 16"),
        (limit("= 16"), limit("> 16"), None, "16 is not more than 16"),
        (limit("= 16"), limit("= 17"), None, "no value is both"),
        (limit(">= 16", "%"), limit(">= 16", "kg"), None, "incommensurable"),
        (limit(">= 26", of="wool"), limit(">= 16", of="wool"), SUP, "of the same"),
        (limit(">= 26", of="merino"), limit(">= 16", of="wool"), SUP, "merino is wool"),
        (limit(">= 26", of="wool"), limit(">= 16", of="merino"), None, "wool need not be merino"),
        (limit(">= 16", of="merino"), limit(">= 16", of="wool"), COVERS, "narrower, at the same bound"),
        (limit(">= 16", of="wool"), limit(">= 16", of="merino"), COVERED_BY, "the other way round"),
        (limit(">= 26", of="silk"), limit(">= 16", of="wool"), None, "of something else"),
        (limit(">= 26", of="wool"), limit(">= 16"), None, "a share of the wool says nothing of the whole"),
        (limit(">= 26"), limit(">= 16", of="wool"), None, "nor the whole of the wool"),
        (limit(">= 26", of="merino", per="year"), limit(">= 16", of="wool", per="spring"), None, "one each way"),
        (limit(">= 26"), limit("", role=ThresholdRole.DECLARE), COVERS, "whoever keeps a limit has a value to state"),
        (limit(""), limit("", role=ThresholdRole.DECLARE), COVERS, "even one that is not set yet"),
        (limit("", role=ThresholdRole.DECLARE), limit(">= 26"), COVERED_BY, "the other way round"),
        (limit("", role=ThresholdRole.DECLARE), limit("", role=ThresholdRole.DECLARE), None, "stated to whom, where"),
        (limit(""), limit(">= 16"), None, "a limit that is not set orders nothing"),
        (limit("> 26", role=ThresholdRole.TRIGGER), limit("> 16"), None, "a trigger is no limit"),
    ],
)
def test_the_stricter_limit_covers_the_weaker(a: Limit, b: Limit, expected: Relation | None, why: str) -> None:
    assert covers(a, b, tree) == expected, why


def test_limits_on_different_metrics_say_nothing_of_each_other() -> None:
    other = Limit("l", "other", ThresholdRole.LIMIT, AT_LEAST, F(16), unit("%"))
    assert covers(limit(">= 26"), other, same) is None


bounds = st.builds(
    lambda sign, value, in_percent: limit(
        f"{sign} {value if in_percent else F(value, 100)}", "%" if in_percent else "C62"
    ),
    st.sampled_from(sorted(COMPARATORS)),
    st.integers(0, 4),
    st.booleans(),
)


@given(bounds, bounds)
def test_the_order_is_that_of_the_values_allowed(a: Limit, b: Limit) -> None:
    """Against the definition: half steps from below the smallest bound to above the largest see every difference."""
    values = [stated(str(F(n, 2))) for n in range(-1, 10)]
    inside_a = {v.value for v in values if compare(v, a).fit is INSIDE}
    inside_b = {v.value for v in values if compare(v, b).fit is INSIDE}
    expected = EQ if inside_a == inside_b else SUP if inside_a < inside_b else SUB if inside_a > inside_b else None
    assert covers(a, b, same) == expected


@given(st.fractions())
def test_a_number_is_written_without_loss(value: Fraction) -> None:
    assert F(decimal(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [(F("-0.05"), "-0.05"), (F(0), "0"), (F(1, 3), "1/3"), (F(1200), "1200"), (F(1, 8), "0.125"), (F("16.50"), "16.5")],
)
def test_a_number_is_written_as_people_do(value: Fraction, text: str) -> None:
    assert decimal(value) == text
