"""Semantics, section 3, Thresholds: values in claims and in assessments of a criterion."""

from __future__ import annotations

import pytest
from tests.judgement.worlds import (
    FAILED,
    KILOGRAM,
    MISSING,
    PLAIN,
    SATISFIED,
    SELF,
    UNDETERMINED,
    Ask,
    asked,
    assessed,
    at_least,
    claimed,
    criterion,
    judged,
    known,
    value,
    verdict,
)

from comity.model.quantities import Value
from comity.model.scales import Verdict

COBALT = "cobalt"


class TestClaimsWithValues:
    """Section 4: "citing a criterion by its IRI asserts all at `self`; with a value on that criterion's metric the
    value alone decides"."""

    how = Ask(rank=SELF)
    cobalt = known(criterion("limit", limit=at_least(16, material=COBALT)))

    def test_a_citation_alone_asserts_all(self) -> None:
        assert verdict(self.cobalt, [claimed("limit")], "limit", self.how) is SATISFIED

    def test_with_a_value_the_value_alone_decides(self) -> None:
        assert verdict(self.cobalt, [claimed("limit", values=[value(15)])], "limit", self.how) is FAILED
        assert verdict(self.cobalt, [claimed("limit", values=[value(17)])], "limit", self.how) is SATISFIED

    def test_a_value_of_another_material_leaves_nothing_to_the_citation(self) -> None:
        documents = [claimed("limit", values=[value(17, material="nickel")])]
        assert verdict(self.cobalt, documents, "limit", self.how) is MISSING

    def test_a_value_that_cannot_be_compared_leaves_nothing_to_the_citation(self) -> None:
        documents = [claimed("limit", values=[value(17, unit=KILOGRAM)])]
        assert verdict(self.cobalt, documents, "limit", self.how) is UNDETERMINED

    def test_a_value_of_nobody_knows_what_leaves_nothing_to_the_citation(self) -> None:
        """Safe reading: the number may well be the one that the criterion limits."""
        documents = [claimed("limit", values=[value(2, metric=None, name="Co")])]
        answer = judged(self.cobalt, documents, "limit", self.how)
        assert (answer.verdict, answer.reason) == (
            UNDETERMINED,
            "a value is stated, and it is not known what it measures",
        )

    def test_two_values_of_which_one_is_outside_do_not_satisfy(self) -> None:
        documents = [claimed("limit", values=[value(17), value(12)])]
        assert verdict(self.cobalt, documents, "limit", self.how) is Verdict.CONFLICTING

    def test_a_value_bears_on_every_limit_of_its_metric(self) -> None:
        """Section 3: "A value, in a claim or an assessment, bears on every limit of its metric"."""
        made = known(criterion("a", limit=at_least(16)), criterion("b", limit=at_least(12)))
        assert verdict(made, [claimed("a", values=[value(14)])], "b", self.how) is SATISFIED


class TestFlagAgainstValue:
    """Section 4: "When flag and value disagree on the cited criterion it is a clash inside one document, and a
    finding"."""

    def test_it_is_a_clash(self) -> None:
        answer = judged(PLAIN, [assessed("limit", values=[value(15)])], "limit")
        assert answer.verdict is Verdict.CONFLICTING

    def test_and_the_other_way_round(self) -> None:
        answer = judged(PLAIN, [assessed("limit", conforms=False, values=[value(17)])], "limit")
        assert answer.verdict is Verdict.CONFLICTING

    @pytest.mark.parametrize("values", [[value(15)], [value(17), value(15)], [value(15), value(17)]])
    def test_and_a_finding(self, values: list[Value]) -> None:
        question, _ = asked(PLAIN, [assessed("limit", values=values)], "limit")
        assert [f.code for f in question.evidence.findings] == ["flag-against-value"]

    def test_a_value_of_another_criterion_is_no_clash(self) -> None:
        made = known(criterion("limit", limit=at_least(16)), "other")
        question, _ = asked(made, [assessed("other", values=[value(15)])], "limit")
        assert question.evidence.findings == ()

    def test_what_agrees_is_no_clash(self) -> None:
        question, _ = asked(PLAIN, [assessed("limit", values=[value(17)])], "limit")
        assert question.evidence.findings == ()
        assert verdict(PLAIN, [assessed("limit", values=[value(17)])], "limit") is SATISFIED
