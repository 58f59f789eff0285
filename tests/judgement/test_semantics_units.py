"""Semantics, section 3, Thresholds: the unit that evidence is about, and the order of limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from tests.judgement.worlds import (
    FAILED,
    INSUFFICIENT,
    MISSING,
    ONE,
    SATISFIED,
    UNDETERMINED,
    Ask,
    asked,
    assessed,
    at_least,
    at_most,
    criterion,
    declare,
    default,
    found,
    judged,
    key,
    known,
    passport,
    row,
    subject,
    value,
    verdict,
)

from comity.model.evidence import Subject
from comity.model.mappings import Relation
from comity.model.proofs import StepKind
from comity.model.scales import Basis, Level, Verdict

COBALT = "cobalt"


class TestUnit:
    """Section 4: "a unit may be compound ("model per plant per year"): evidence that lacks a part is completed by an
    `assumption` where the table has one, else `undetermined`"."""

    made = known(
        criterion("limit", limit=at_least(16), units=["plant", "year"]),
        defaults=[default("plant"), default("year")],
    )
    bare = replace(made, defaults=())
    home = passport(parts={"plant": key("site"), "year": "2029"})
    beside = ("thing", "site")

    def test_all_parts_stated_and_the_subjects_own(self) -> None:
        documents = [self.home, found(value(17, year="2029"), about=self.beside)]
        assert verdict(self.bare, documents, "limit") is SATISFIED

    @pytest.mark.parametrize("cited", [[], ["limit"]])
    def test_an_unstated_part_is_assumed(self, cited: Sequence[str]) -> None:
        """An assessment of the criterion carries its qualifier; the unit it is for must be stated all the same."""
        documents = [self.home, found(value(17), about=self.beside, cited=cited)]
        answer = judged(self.made, documents, "limit")
        assert (answer.verdict, answer.assumptions) == (INSUFFICIENT, ("year is assumed",))
        assert verdict(self.bare, documents, "limit") is UNDETERMINED

    def test_a_flag_is_for_a_unit_too(self) -> None:
        """Safe reading: "evidence that lacks a part" is any evidence, a certificate without a value as well."""
        flag = assessed("limit", about=self.beside)
        answer = judged(self.made, [self.home, flag], "limit")
        assert (answer.verdict, answer.assumptions) == (INSUFFICIENT, ("year is assumed",))
        assert verdict(self.bare, [self.home, flag], "limit") is UNDETERMINED

    def test_another_plant_is_another_unit(self) -> None:
        """The certificate of another plant of the same company, for the same product."""
        documents = [self.home, found(value(17, year="2029"), about=("thing", "other-site"))]
        assert verdict(self.made, documents, "limit") is UNDETERMINED
        flag = assessed("limit", about=("thing", "other-site"), values=[value(17, year="2029")])
        assert verdict(self.made, [self.home, flag], "limit") is UNDETERMINED

    def test_another_year_is_another_unit(self) -> None:
        documents = [self.home, found(value(17, year="2028"), about=self.beside)]
        assert verdict(self.made, documents, "limit") is UNDETERMINED

    def test_a_failing_value_of_another_unit_fails_nothing(self) -> None:
        documents = [self.home, found(value(15, year="2028"), about=self.beside)]
        assert verdict(self.made, documents, "limit") is UNDETERMINED

    def test_a_part_that_the_subject_does_not_state_cannot_be_compared(self) -> None:
        """Safe reading: where nobody says where the thing was made, a certificate for some plant is an assumption."""
        documents = [passport(), found(value(17, year="2029"), about=self.beside)]
        answer = judged(self.made, documents, "limit")
        assert (answer.verdict, set(answer.assumptions)) == (INSUFFICIENT, {"plant is assumed", "year is assumed"})

    def test_a_period_of_several_years_names_no_year(self) -> None:
        stated = replace(value(17), period=("2028-01-01", "2029-12-31"))
        answer = judged(self.made, [self.home, found(stated, about=self.beside)], "limit")
        assert (answer.verdict, answer.assumptions) == (INSUFFICIENT, ("year is assumed",))

    def test_an_item_names_its_model(self) -> None:
        """Section 3: "(or an unstated part of a compound unit: an item names its model) is filled from a data table ...
        as a proof step `assumption`"."""
        made = known(criterion("limit", limit=at_least(16), units=["model"]), defaults=[default("model")])
        home = passport(parts={"model": "M1"})
        assert judged(made, [home, found(value(17))], "limit").assumptions == ("model is assumed",)
        about_model = [found(value(17), about="model"), passport(subjects=[made_model()])]
        assert verdict(made, about_model, "limit", Ask(about="model")) is SATISFIED

    def test_a_unit_that_only_the_requirement_has_is_not_shown_by_evidence_of_the_criterion(self) -> None:
        """Section 6: "a requirement binds ... level and unit". Safe reading: evidence about the criterion alone leaves
        the requirement's own unit open."""
        made = known(criterion("c"))
        assert verdict(made, [assessed("c")], "c") is SATISFIED
        assert verdict(made, [assessed("c")], "c", Ask(units=("plant",))) is UNDETERMINED
        assert verdict(made, [assessed("c")], "c", Ask(units=("item",))) is SATISFIED


def made_model() -> Subject:
    return subject("model")


class TestOrder:
    """Section 3: "Limits on the same metric and direction, each qualifier under the other, are ordered: the stricter
    covers the weaker, a row the engine derives"."""

    made = known(
        criterion("strict", limit=at_least(26)),
        criterion("weak", limit=at_least(16)),
        criterion("stated", limit=declare()),
    )

    def test_the_stricter_covers_the_weaker(self) -> None:
        answer = judged(self.made, [assessed("strict")], "weak")
        assert answer.verdict is SATISFIED
        assert answer.proof is not None
        assert answer.proof.steps[-1].kind is StepKind.DERIVED_ROW

    def test_failing_the_stricter_says_nothing_of_the_weaker(self) -> None:
        """Issue 3, item 4: "failing (not-all) a stricter criterion says nothing about the weaker"."""
        assert verdict(self.made, [assessed("strict", conforms=False)], "weak") is MISSING

    def test_failing_the_weaker_fails_the_stricter(self) -> None:
        assert verdict(self.made, [assessed("weak", conforms=False)], "strict") is FAILED

    def test_a_value_between_two_limits_fails_one_of_them(self) -> None:
        """Issue 3, item 4: "14 % against a 16 % limit does not fail a 12 % limit"."""
        made = known(criterion("sixteen", limit=at_least(16)), criterion("twelve", limit=at_least(12)))
        assert verdict(made, [found(value(14))], "sixteen") is FAILED
        assert verdict(made, [found(value(14))], "twelve") is SATISFIED

    def test_every_limit_covers_the_declaration(self) -> None:
        assert verdict(self.made, [assessed("weak")], "stated") is SATISFIED
        assert verdict(self.made, [assessed("stated")], "weak") is Verdict.PARTIAL

    def test_limits_of_opposite_direction_are_not_ordered(self) -> None:
        made = known(criterion("a", limit=at_least(26)), criterion("b", limit=at_most(30)))
        assert verdict(made, [assessed("a")], "b") is MISSING

    def test_limits_of_different_materials_are_not_ordered(self) -> None:
        made = known(
            criterion("a", limit=at_least(26, material=COBALT)), criterion("b", limit=at_least(16, material="nickel"))
        )
        assert verdict(made, [assessed("a")], "b") is MISSING

    def test_a_limit_of_a_material_does_not_cover_one_of_nothing_named(self) -> None:
        made = known(criterion("a", limit=at_least(26, material=COBALT)), criterion("b", limit=at_least(16)))
        assert verdict(made, [assessed("a")], "b") is MISSING

    def test_limits_of_different_units_are_not_ordered(self) -> None:
        """Section 1: O(c) is "fixed by scheme, version, subject level, unit": of the whole product is not per year."""
        made = known(criterion("a", limit=at_least(26)), criterion("b", limit=at_least(16), units=["year"]))
        assert verdict(made, [assessed("a")], "b") is MISSING

    def test_limits_of_different_levels_are_not_ordered(self) -> None:
        made = known(criterion("a", limit=at_least(26), level=Level.FACILITY), criterion("b", limit=at_least(16)))
        assert verdict(made, [assessed("a")], "b") is MISSING

    def test_limits_in_other_units_of_measure_are_converted(self) -> None:
        made = known(criterion("a", limit=at_least("0.26", unit=ONE)), criterion("b", limit=at_least(16)))
        assert verdict(made, [assessed("a")], "b") is SATISFIED

    def test_a_row_derived_from_an_unverified_limit_proves_nothing(self) -> None:
        made = known(criterion("a", limit=at_least(26)), criterion("b", limit=at_least(16), basis=Basis.NOT_VERIFIED))
        assert verdict(made, [assessed("a")], "b") is UNDETERMINED

    def test_a_typed_row_that_disagrees_is_disputed(self) -> None:
        """Section 3: "(and it warns when a typed row disagrees)": the order of numbers stands, the row is not used."""
        made = replace(self.made, rows=(row("strict", Relation.DR, "weak"),))
        assert verdict(made, [assessed("strict")], "weak") is SATISFIED
        question, _ = asked(made, [], "weak")
        assert [c.rows for c in question.net.conflicts] == [("strict-DR-weak",)]
