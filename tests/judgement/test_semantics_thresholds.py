"""Semantics, section 3, Thresholds: which values count for which limits, and what is assumed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.judgement.worlds import (
    FAILED,
    INSUFFICIENT,
    KILOGRAM,
    MISSING,
    ONE,
    PERCENT,
    PLAIN,
    SATISFIED,
    SHARE,
    UNDETERMINED,
    assessed,
    at_least,
    at_most,
    cite,
    criterion,
    declare,
    default,
    found,
    judged,
    known,
    of,
    value,
    verdict,
    whole,
)

from comity.model.criteria import Metric, QualifierValue
from comity.model.knowledge import Knowledge, MetricRule
from comity.model.proofs import StepKind
from comity.model.quantities import Quantity, Value
from comity.model.scales import Comparator, Fact, ThresholdRole, Verdict

COBALT = "cobalt"


class TestComparison:
    """Section 3: "A value inside gives all, outside gives not-all (never none), straddling its stated tolerance or
    incommensurable gives nothing. Comparison is exact; a stated value without tolerance has none"."""

    @pytest.mark.parametrize(
        ("comparator", "number", "met"),
        [
            (Comparator.AT_LEAST, "16", SATISFIED),
            (Comparator.AT_LEAST, "15.999999999999999999", FAILED),
            (Comparator.MORE_THAN, "16", FAILED),
            (Comparator.AT_MOST, "16", SATISFIED),
            (Comparator.AT_MOST, "16.000000000000000001", FAILED),
            (Comparator.LESS_THAN, "16", FAILED),
            (Comparator.EXACTLY, "16", SATISFIED),
            (Comparator.EXACTLY, "16.1", FAILED),
        ],
    )
    def test_at_the_limit(self, comparator: Comparator, number: str, met: Verdict) -> None:
        made = known(criterion("limit", limit=replace(at_least(16), comparator=comparator)))
        assert verdict(made, [found(value(number))], "limit") is met

    def test_outside_is_not_all_and_never_none(self) -> None:
        assert judged(PLAIN, [found(value(15))], "limit").facts == (Fact.NOT_ALL,)

    def test_a_third_is_compared_exactly(self) -> None:
        """No float is a third: a limit of one third is met by one third."""
        made = known(criterion("limit", limit=replace(at_least(0), value=Fraction(100, 3))))
        exact = replace(value(0), quantity=Quantity(Fraction(1, 3), ONE))
        assert verdict(made, [found(exact)], "limit") is SATISFIED

    def test_a_tolerance_that_reaches_over_the_limit_decides_nothing(self) -> None:
        assert verdict(PLAIN, [found(value(17, tolerance=2))], "limit") is UNDETERMINED
        assert verdict(PLAIN, [found(value(15, tolerance=2))], "limit") is UNDETERMINED
        assert verdict(PLAIN, [found(value(18, tolerance=2))], "limit") is SATISFIED

    def test_a_value_of_another_kind_of_unit_decides_nothing(self) -> None:
        assert verdict(PLAIN, [found(value(17, unit=KILOGRAM))], "limit") is UNDETERMINED

    def test_a_value_without_a_known_unit_decides_nothing(self) -> None:
        assert verdict(PLAIN, [found(value(17, unit=None))], "limit") is UNDETERMINED

    def test_the_proof_shows_the_conversion(self) -> None:
        proof = judged(PLAIN, [found(value("0.17", unit=ONE))], "limit").proof
        assert proof is not None
        (step,) = [s for s in proof.steps if s.kind is StepKind.CONVERSION]
        assert (step.detail["from_value"], step.detail["to_value"]) == ("0.17", "17")

    def test_a_limit_that_is_not_set_yet_is_undetermined(self) -> None:
        """Section 6: "A limit whose value is not set yet is `undetermined`", whatever value is stated."""
        made = known(criterion("limit", limit=at_least(None)))
        assert verdict(made, [found(value(17))], "limit") is UNDETERMINED
        assert verdict(made, [], "limit") is UNDETERMINED


class TestAbsurdValues:
    """Safe reading of "incommensurable gives nothing": what no value of the metric can be decides nothing."""

    made = known(
        criterion("limit", limit=at_least(16)),
        criterion("ceiling", limit=at_most(5)),
        metrics=[Metric(SHARE, "share", "share", PERCENT, Fraction(0), Fraction(100))],
    )

    @pytest.mark.parametrize("stated", [value(16, unit=ONE), value(1600), value("100.1"), value(-3), value("1e300")])
    def test_more_than_all_of_it_is_no_share(self, stated: Value) -> None:
        assert verdict(self.made, [found(stated)], "limit") is UNDETERMINED

    def test_less_than_nothing_is_no_share(self) -> None:
        assert verdict(self.made, [found(value(-3))], "ceiling") is UNDETERMINED

    def test_the_reason_names_the_bound(self) -> None:
        answer = judged(self.made, [found(value(16, unit=ONE))], "limit")
        assert "1600 % cannot be: share is at most 100 %" in answer.reason

    def test_a_fraction_is_a_share(self) -> None:
        assert verdict(self.made, [found(value("0.17", unit=ONE))], "limit") is SATISFIED


class TestRoles:
    """Section 3: "limit (compared and ordered), declare (all, once a value with the qualifier is stated; every limit
    covers it), trigger and scope (conditions), retention (a clock), sanction (explained, never judged)"."""

    def test_a_declaration_is_met_by_any_value(self) -> None:
        made = known(criterion("stated", limit=declare(material=COBALT)))
        assert verdict(made, [found(value(0, material=COBALT))], "stated") is SATISFIED

    def test_a_declaration_asks_for_the_qualifier(self) -> None:
        made = known(criterion("stated", limit=declare(material=COBALT)))
        assert verdict(made, [found(value(17, material="nickel"))], "stated") is MISSING
        assert verdict(made, [found(value(17))], "stated") is MISSING

    def test_a_declaration_asks_for_a_unit_of_the_right_kind(self) -> None:
        made = known(criterion("stated", limit=declare()))
        assert verdict(made, [found(value(17, unit=KILOGRAM))], "stated") is UNDETERMINED

    @pytest.mark.parametrize(
        "role", [ThresholdRole.TRIGGER, ThresholdRole.SCOPE, ThresholdRole.RETENTION, ThresholdRole.SANCTION]
    )
    def test_no_other_number_in_a_text_is_a_limit(self, role: ThresholdRole) -> None:
        made = known(criterion("other", limit=replace(at_least(16), role=role)))
        assert verdict(made, [found(value(17))], "other") is MISSING
        assert verdict(made, [found(value(15))], "other") is MISSING


class TestQualifiers:
    """Section 3: "it counts when its qualifier *falls under* the limit's. ... A stated different qualifier does not
    count. An *unstated* one is filled from a data table as a proof step `assumption`... What a value is *of* is
    never assumed"."""

    made = known(
        criterion("limit", limit=at_least(16, material=COBALT, denominator="active-materials")),
        defaults=[default("https://w3id.org/comity/qualifier/denominator", SHARE)],
    )

    def test_all_stated_counts(self) -> None:
        stated = value(17, material=COBALT, denominator="active-materials")
        assert verdict(self.made, [found(stated)], "limit") is SATISFIED

    def test_a_stated_different_qualifier_does_not_count(self) -> None:
        stated = value(17, material=COBALT, denominator="product")
        assert verdict(self.made, [found(stated)], "limit") is MISSING
        assert verdict(self.made, [found(replace(stated, qualifiers=of(material="nickel")))], "limit") is MISSING

    def test_an_unstated_one_is_assumed_and_cannot_satisfy(self) -> None:
        """Section 3: "an assumed proof may give any verdict except `satisfied` and `supported`"."""
        answer = judged(self.made, [found(value(17, material=COBALT))], "limit")
        assert answer.verdict is INSUFFICIENT
        assert answer.assumptions == ("https://w3id.org/comity/qualifier/denominator is assumed",)
        assert answer.proof is not None
        assert StepKind.ASSUMPTION in {s.kind for s in answer.proof.steps}

    def test_an_assumed_value_may_fail(self) -> None:
        assert verdict(self.made, [found(value(15, material=COBALT))], "limit") is FAILED

    def test_an_unstated_one_without_a_default_is_undetermined(self) -> None:
        """Section 7, step 5: "a fact, unit, qualifier, tolerance or link is missing: named"."""
        made = replace(self.made, defaults=())
        answer = judged(made, [found(value(17, material=COBALT))], "limit")
        assert answer.verdict is UNDETERMINED
        assert "the denominator of the value is not stated" in answer.reason

    def test_a_default_of_another_metric_fills_nothing(self) -> None:
        other = default("https://w3id.org/comity/qualifier/denominator", "https://w3id.org/comity/metric/other")
        made = replace(self.made, defaults=(other,))
        assert verdict(made, [found(value(17, material=COBALT))], "limit") is UNDETERMINED

    def test_what_a_value_is_of_is_never_assumed(self) -> None:
        made = known(
            criterion("limit", limit=at_least(16, material=COBALT)),
            defaults=[default("https://w3id.org/comity/qualifier/material", SHARE)],
        )
        assert verdict(made, [found(value(17))], "limit") is MISSING

    def test_a_value_in_an_assessment_of_the_criterion_carries_its_qualifier(self) -> None:
        """Section 3: "A value stated in a claim or assessment *of that criterion* carries the criterion's own
        qualifier"."""
        assert verdict(self.made, [found(value(17), cited=["limit"])], "limit") is SATISFIED

    def test_but_not_that_of_another_criterion(self) -> None:
        made = replace(self.made, criteria={**self.made.criteria, **known("other").criteria})
        assert verdict(made, [found(value(17), cited=["other"])], "limit") is MISSING

    def test_a_different_qualifier_does_not_count_in_an_assessment_of_the_criterion_either(self) -> None:
        assert verdict(self.made, [found(value(17, material="nickel"), cited=["limit"])], "limit") is MISSING

    def test_a_narrower_period_falls_under_a_broader_one(self) -> None:
        """Section 3: "it counts when its qualifier falls under the limit's ("year 2030" under "per calendar year")"."""
        made = known(criterion("limit", limit=at_least(16, period="calendar-year")))
        assert verdict(made, [found(value(17, period="2029"))], "limit") is SATISFIED
        assert verdict(made, [found(value(15, period="2029"))], "limit") is FAILED

    def test_a_broader_period_does_not_fall_under_a_narrower_one(self) -> None:
        made = known(criterion("limit", limit=at_least(16, period="2029")))
        assert verdict(made, [found(value(17, period="calendar-year"))], "limit") is MISSING

    def test_a_qualifier_that_the_limit_does_not_have_makes_it_another_value(self) -> None:
        """Safe reading of "falls under": a share of one material says nothing of the share of all."""
        assert verdict(PLAIN, [found(value(17, material=COBALT))], "limit") is MISSING
        assert verdict(PLAIN, [found(value(17, denominator="product"))], "limit") is MISSING

    def test_a_part_of_what_the_limit_is_about_says_what_follows_and_no_more(self) -> None:
        """Safe reading: 17 % of one sort is at least 16 % of all sorts; 4 % of one sort is not at most 5 % of all."""
        sorts = known(
            criterion("floor", limit=at_least(16, material="metal")),
            criterion("ceiling", limit=at_most(5, material="metal")),
        )
        made = replace(sorts, qualifiers=narrower(sorts))
        assert verdict(made, [found(value(17, material=COBALT))], "floor") is SATISFIED
        assert verdict(made, [found(value(15, material=COBALT))], "floor") is MISSING
        assert verdict(made, [found(value(4, material=COBALT))], "ceiling") is MISSING
        assert verdict(made, [found(value(6, material=COBALT))], "ceiling") is FAILED


def narrower(made: Knowledge) -> dict[str, QualifierValue]:
    """Put cobalt under metal."""
    (cobalt,), (metal,) = of(material=COBALT).values(), of(material="metal").values()
    return {**made.qualifiers, cobalt: replace(made.qualifiers[cobalt], broader=(metal,))}


class TestReadingTheMetric:
    """Section 3: "it is stated, or read from the metric's name by a data rule that the proof shows"."""

    rule = MetricRule("by-name", "", r"\bcobalt share\b", SHARE, of(material=COBALT), "the name says so")
    made = known(criterion("limit", limit=at_least(16, material=COBALT)), rules=[rule])

    def test_the_proof_shows_the_rule(self) -> None:
        answer = judged(self.made, [found(value(17, metric=None, name="Cobalt  Share"))], "limit")
        assert answer.verdict is SATISFIED
        assert answer.proof is not None
        assert [s.detail["read_by"] for s in answer.proof.steps if s.kind is StepKind.THRESHOLD] == ["by-name"]

    def test_a_name_that_no_rule_knows_says_nothing(self) -> None:
        assert verdict(self.made, [found(value(17, metric=None, name="share of something"))], "limit") is MISSING

    def test_a_name_that_says_one_material_and_a_value_that_says_another_are_of_neither(self) -> None:
        """Safe reading of "a stated different qualifier does not count"."""
        nickel = known(criterion("limit", limit=at_least(16, material="nickel")), rules=[self.rule])
        stated = value(17, metric=None, name="cobalt share", material="nickel")
        assert verdict(nickel, [found(stated)], "limit") is MISSING
        assert verdict(self.made, [found(stated)], "limit") is MISSING


def test_an_unknown_metric_is_no_value() -> None:
    """Section 3: "What a value is of ... is stated, or read from the metric's name"."""
    stranger = value(17, metric="https://w3id.org/other/metric/share", name="share of wallet")
    assert verdict(PLAIN, [found(stranger)], "limit") is MISSING


def test_a_limit_cited_by_name_alone_is_not_cited() -> None:
    """Section 4, Criterion: "Exact IRI or alias": a criterion's label is no identifier."""
    cited = cite("https://elsewhere.example/limit", called="criterion limit")
    assert verdict(PLAIN, [assessed(cited)], "limit") is MISSING


def test_every_limit_of_a_record_must_be_met() -> None:
    """Section 3: "Several limits in one record are children of a `complete` decomposition"."""
    both = (criterion("a", limit=at_least(16)), criterion("b", limit=at_most(30)))
    made = known(*both, "record", wholes=[whole("record", "a", "b")])
    assert verdict(made, [found(value(17))], "record") is SATISFIED
    assert verdict(made, [found(value(31))], "record") is FAILED
