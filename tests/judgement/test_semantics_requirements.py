"""Semantics, section 6: when a requirement applies, and what is known of the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from tests.judgement.worlds import (
    MISSING,
    NOT_APPLICABLE,
    ON,
    OPEN,
    SATISFIED,
    UNDETERMINED,
    UPCOMING,
    Ask,
    asked,
    assessed,
    at_least,
    attribute,
    criterion,
    judged,
    key,
    known,
    link,
    passport,
    subject,
    verdict,
)

from comity.judgement import Given
from comity.judgement.judge import judge
from comity.model.evidence import Attribute, Document, Link, LinkKind, Validity
from comity.model.knowledge import Derivation, Knowledge
from comity.model.requirements import Act, CaseFact, Combination, Exemption, FloatingDate
from comity.model.requirements import Test as FactTest
from comity.model.scales import Level, Verdict
from comity.model.verdicts import Judgement

KILOWATT_HOUR = "http://qudt.org/vocab/unit/KiloW-HR"

FACTS = (
    CaseFact("urn:fact:size", "size", "size", "decimal", False, Level.PRODUCT, "How large?", unit=KILOWATT_HOUR),
    CaseFact("urn:fact:sort", "sort", "sort", "string", False, Level.PRODUCT, "Which sort?", allowed=("big", "small")),
    CaseFact("urn:fact:role", "role", "role", "string", True, Level.ORGANISATION, "Which roles?"),
    CaseFact("urn:fact:turnover", "turnover", "turnover", "decimal", False, Level.ORGANISATION, "How much?"),
    CaseFact("urn:fact:sold", "sold", "sold", "date", False, Level.PRODUCT, "When?"),
    CaseFact("urn:fact:special", "special", "special", "boolean", False, Level.PRODUCT, "Special?", scope=False),
)
BIG = FactTest("urn:big", "it is big", "sort", "=", ("big",))
LARGE = FactTest("urn:large", "it is larger than 2 kWh", "size", ">", ("2",))
RICH = FactTest("urn:rich", "the turnover is at least 40", "turnover", ">=", ("40",))
SELLS = FactTest("urn:sells", "the operator sells it", "role", "includes", ("seller",))
SPECIAL = FactTest("urn:special", "it is special", "special", "=", ("true",))
CONDITIONS = (
    BIG,
    LARGE,
    RICH,
    SELLS,
    SPECIAL,
    Combination("urn:both", "it is big and larger than 2 kWh", "and", ("urn:big", "urn:large")),
    Combination("urn:either", "it is big or larger than 2 kWh", "or", ("urn:big", "urn:large")),
    Combination("urn:not", "it is not big", "not", ("urn:big",)),
    Combination("urn:two", "two of three hold", "at-least", ("urn:big", "urn:large", "urn:special"), 2),
)
DERIVATIONS = (
    Derivation("sort", "sort", "sort", "", "", (), ""),
    Derivation("size", "size", "size.value", "", "", (), ""),
    Derivation("role", "role", "role", "", "", (), ""),
    Derivation("turnover", "turnover", "turnover", "", "", (), ""),
    Derivation("sold", "sold", "sold", "", "", (), ""),
)
ACT = Act("urn:act", "the act")
EXEMPT = Exemption("urn:exempt", "special things", "Art. 2", "urn:special")
MADE = known("c", facts=FACTS, conditions=CONDITIONS, derivations=DERIVATIONS, acts=[ACT], exemptions=[EXEMPT])
YES = assessed("c")


def case(*facts: Attribute, links: Sequence[Link] = (), valid: Validity = OPEN) -> Document:
    """The usual passport, stating facts."""
    return passport(*links, attributes=facts, valid=valid)


def ask(how: Ask, *facts: Attribute, documents: Sequence[Document] = (YES,), made: Knowledge = MADE) -> Judgement:
    return judged(made, [case(*facts), *documents], "c", how)


def given(name: str, *values: str, about: str = "") -> Given:
    return Given(f"https://id.example/{about}" if about else "", name, values, "--fact")


class TestConditions:
    """Section 6: "an unknown *scope* fact is asked for, never taken as "does not apply""."""

    how = Ask(conditions=("urn:big",))

    def test_a_condition_that_holds(self) -> None:
        assert ask(self.how, attribute("sort", "big")).verdict is SATISFIED

    def test_a_condition_that_does_not_hold(self) -> None:
        """Section 7, step 1: "a condition is false"."""
        answer = ask(self.how, attribute("sort", "small"))
        assert (answer.verdict, answer.would_be, answer.proof) == (NOT_APPLICABLE, None, None)

    def test_an_unknown_condition_is_asked_for(self) -> None:
        """Section 7, step 2: "applicability or start unknown. Carries `would_be`"."""
        answer = ask(self.how)
        assert (answer.verdict, answer.would_be) == (UNDETERMINED, SATISFIED)
        assert answer.subject.asked == ("sort",)

    def test_one_false_condition_is_enough_whatever_else_is_unknown(self) -> None:
        """Section 7: "the first that holds": not applicable stands before undetermined."""
        answer = ask(Ask(conditions=("urn:rich", "urn:big")), attribute("sort", "small"))
        assert answer.verdict is NOT_APPLICABLE

    @pytest.mark.parametrize(
        ("condition", "facts", "met"),
        [
            ("urn:both", {"sort": "big", "size": "3"}, SATISFIED),
            ("urn:both", {"sort": "big"}, UNDETERMINED),
            ("urn:both", {"sort": "small"}, NOT_APPLICABLE),
            ("urn:either", {"sort": "big"}, SATISFIED),
            ("urn:either", {"sort": "small"}, UNDETERMINED),
            ("urn:either", {"sort": "small", "size": "1"}, NOT_APPLICABLE),
            ("urn:not", {"sort": "big"}, NOT_APPLICABLE),
            ("urn:not", {}, UNDETERMINED),
            ("urn:two", {"sort": "big", "size": "3"}, SATISFIED),
            ("urn:two", {"sort": "big"}, UNDETERMINED),
            ("urn:two", {"sort": "small", "size": "1"}, NOT_APPLICABLE),
        ],
    )
    def test_and_or_not_and_k_of_n(self, condition: str, facts: dict[str, str], met: Verdict) -> None:
        """Section 6: "conditions (and/or/not/k-of-n over facts)"."""
        stated = tuple(given(n, v) for n, v in facts.items())
        assert verdict(MADE, [YES], "c", Ask(conditions=(condition,), given=stated)) is met


class TestFacts:
    """Section 6: "Facts of a subject outlive the validity of the document that states them, with a finding"."""

    how = Ask(conditions=("urn:large",))

    def test_facts_outlive_their_document(self) -> None:
        old = case(attribute("sort", "small"), valid=Validity("2028-01-01", "2029-01-01"))
        question, _ = asked(MADE, [old, YES], "c", Ask(conditions=("urn:big",)))
        assert [f.code for f in question.case.findings] == ["fact-outlives-document"]
        assert verdict(MADE, [old, YES], "c", Ask(conditions=("urn:big",))) is NOT_APPLICABLE

    def test_a_valid_document_gives_no_finding(self) -> None:
        question, _ = asked(MADE, [case(attribute("sort", "small")), YES], "c")
        assert question.case.findings == ()

    @pytest.mark.parametrize(
        ("text", "unit", "met"),
        [
            ("1.5", "kWh", NOT_APPLICABLE),
            ("2.5", "KWH", SATISFIED),
            ("1.5", "MWh", SATISFIED),
            ("7200", "kJ", NOT_APPLICABLE),
            ("7200.1", "kJ", SATISFIED),
            ("2500", "Wh", SATISFIED),
        ],
    )
    def test_a_fact_is_read_in_its_unit(self, text: str, unit: str, met: Verdict) -> None:
        """1.5 MWh are not 1.5 kWh."""
        assert ask(self.how, attribute("size.value", text, unit)).verdict is met

    @pytest.mark.parametrize(
        ("text", "unit"),
        [
            ("1.5", "furlong"),
            ("1.5", "kg"),
            ("1.5", ""),
            ("much", "kWh"),
            ("-1", "kWh"),
            ("1e999999999", "kWh"),
            ("NaN", "kWh"),
        ],
    )
    def test_what_cannot_be_read_is_unknown_and_a_finding(self, text: str, unit: str) -> None:
        answer = ask(self.how, attribute("size.value", text, unit))
        assert answer.verdict is UNDETERMINED
        question, _ = asked(MADE, [case(attribute("size.value", text, unit))], "c")
        assert [f.code for f in question.case.findings] == ["fact-unreadable"]

    def test_documents_that_agree_in_other_words_agree(self) -> None:
        stated = (attribute("size.value", "2500", "Wh"), attribute("size.value", "2.50", "kWh"))
        assert ask(self.how, *stated).verdict is SATISFIED

    def test_documents_that_contradict_each_other_leave_the_fact_unknown(self) -> None:
        stated = (attribute("size.value", "3", "kWh"), attribute("size.value", "1", "kWh", pointer="/other"))
        assert ask(self.how, *stated).verdict is UNDETERMINED

    def test_what_the_user_says_counts_and_is_a_finding(self) -> None:
        """Design: "A contradiction between document and user is a finding"."""
        how = replace(self.how, given=(given("size", "3"),))
        assert ask(how, attribute("size.value", "1", "kWh")).verdict is SATISFIED
        question, _ = asked(MADE, [case(attribute("size.value", "1", "kWh"))], "c", how)
        assert [f.code for f in question.case.findings] == ["contradicted-fact"]

    def test_a_word_that_is_not_allowed_is_no_fact(self) -> None:
        assert ask(Ask(conditions=("urn:big",)), attribute("sort", "huge")).verdict is UNDETERMINED


class TestFactsOfWhatStandsAbove:
    """Section 6: facts belong to levels: a turnover is the company's, a sort the product's."""

    def test_the_makers_turnover_counts_for_its_product(self) -> None:
        how = Ask(conditions=("urn:rich",))
        assert ask(how, attribute("turnover", "50", about="maker")).verdict is SATISFIED
        assert ask(how, attribute("turnover", "30", about="maker")).verdict is NOT_APPLICABLE

    def test_two_makers_of_different_size_leave_it_unknown(self) -> None:
        """Safe reading: nobody says which of two parties is meant; the smaller one does not decide."""
        both = case(
            attribute("turnover", "30", about="maker"),
            attribute("turnover", "50", about="rival"),
            links=[link(LinkKind.OPERATED_BY, "thing", "rival", "manufacturer")],
        )
        answer = judged(MADE, [both, YES], "c", Ask(conditions=("urn:rich",)))
        assert (answer.verdict, answer.subject.asked) == (UNDETERMINED, ("turnover",))

    def test_every_partys_role_counts(self) -> None:
        """One party makes it, another sells it: a rule for what is sold applies."""
        both = case(
            attribute("role", "maker", about="maker"),
            attribute("role", "seller", about="rival"),
            links=[link(LinkKind.OPERATED_BY, "thing", "rival", "seller")],
        )
        assert judged(MADE, [both, YES], "c", Ask(conditions=("urn:sells",))).verdict is SATISFIED

    def test_the_subjects_own_fact_comes_first(self) -> None:
        how = Ask(conditions=("urn:rich",), given=(given("turnover", "50", about="thing"),))
        assert ask(how, attribute("turnover", "30", about="maker")).verdict is SATISFIED


class TestExemptions:
    """Section 6: "An *exemption* nobody claims is taken as not holding: listed, and it weakens no proof"."""

    how = Ask(exemptions=("urn:exempt",))

    def test_unclaimed(self) -> None:
        answer = ask(self.how)
        assert answer.verdict is SATISFIED
        assert answer.assumptions == ("exemption not claimed: special things (Art. 2)",)
        assert answer.proof is not None
        assert not answer.proof.labels.assumed

    def test_claimed(self) -> None:
        """Section 7, step 1: "an exemption holds"."""
        answer = ask(replace(self.how, given=(given("special", "true"),)))
        assert answer.verdict is NOT_APPLICABLE
        assert "special things" in answer.reason

    def test_denied(self) -> None:
        answer = ask(replace(self.how, given=(given("special", "false"),)))
        assert (answer.verdict, answer.assumptions) == (SATISFIED, ())


class TestPeriod:
    """Section 7: "not-applicable: law ended"; "upcoming: applies later. Carries `would_be`"."""

    def test_it_ends_after_its_last_day(self) -> None:
        assert ask(Ask(ends=date(2030, 6, 1))).verdict is SATISFIED
        assert ask(Ask(ends=date(2030, 5, 31))).verdict is NOT_APPLICABLE

    def test_it_starts_on_its_first_day(self) -> None:
        assert ask(Ask(starts=date(2030, 6, 1))).verdict is SATISFIED
        answer = ask(Ask(starts=date(2030, 6, 2)))
        assert (answer.verdict, answer.would_be) == (UPCOMING, SATISFIED)

    def test_what_is_not_known_to_apply_is_undetermined_before_it_is_upcoming(self) -> None:
        """Section 7: "the first that holds": step 2 stands before step 3."""
        how = Ask(starts=date(2031, 1, 1), conditions=("urn:big",))
        assert ask(how).verdict is UNDETERMINED
        assert ask(how, attribute("sort", "big")).verdict is UPCOMING
        assert ask(how, attribute("sort", "small")).verdict is NOT_APPLICABLE

    def test_would_be_is_what_the_evidence_of_the_day_would_get(self) -> None:
        """Section 7, step 3: "what the evidence valid on D would get"."""
        later = assessed("c", valid=Validity("2031-01-01"))
        assert ask(Ask(starts=date(2031, 1, 1)), documents=[later]).would_be is Verdict.EXPIRED


class TestEvent:
    """Section 6: "Application is tested at the requirement's event date ... where the case gives it, else at D, and the
    report says so"."""

    starts = Ask(starts=date(2031, 8, 18), event="sold")

    def test_without_the_event_the_day_counts(self) -> None:
        answer = ask(self.starts)
        assert (answer.verdict, answer.tested_on) == (UPCOMING, ON)

    def test_sold_after_the_start(self) -> None:
        answer = ask(self.starts, attribute("sold", "2031-09-01"))
        assert (answer.verdict, answer.tested_on) == (SATISFIED, date(2031, 9, 1))

    def test_sold_before_the_start_it_never_applies(self) -> None:
        how = replace(self.starts, on=date(2033, 1, 1))
        assert ask(how, attribute("sold", "2031-08-17")).verdict is NOT_APPLICABLE

    @pytest.mark.parametrize(
        ("text", "met"),
        [
            ("2030", NOT_APPLICABLE),
            ("2032", SATISFIED),
            ("2031", UNDETERMINED),
            ("2031-08", UNDETERMINED),
            ("2031-09", SATISFIED),
            ("some day", UNDETERMINED),
        ],
    )
    def test_an_event_that_is_not_known_to_the_day(self, text: str, met: Verdict) -> None:
        """Section 4: "where only a year is known, years are compared"; the year of the start itself does not tell."""
        answer = ask(replace(self.starts, on=date(2033, 1, 1)), attribute("sold", text))
        assert answer.verdict is met
        assert answer.subject.asked == (("sold",) if met is UNDETERMINED else ())

    def test_sold_after_the_end(self) -> None:
        how = Ask(ends=date(2030, 12, 31), event="sold")
        assert ask(how, attribute("sold", "2031-01-01")).verdict is NOT_APPLICABLE
        assert ask(replace(how, on=date(2033, 1, 1)), attribute("sold", "2030-12-31")).verdict is SATISFIED


class TestFloatingDate:
    """Section 6: "with K = the date the knowledge was checked and the act not adopted, if the later of the fixed date
    and K + n months is after D, it is certainly `upcoming`; otherwise `undetermined`". K is 2026-01-01 here."""

    def after(self, months: int, fixed: date | None, on: date, adopted: date | None = None) -> Verdict:
        made = replace(MADE, acts={ACT.iri: replace(ACT, adopted_on=adopted)})
        floating = FloatingDate("urn:floating", ACT.iri, months, fixed)
        return verdict(made, [assessed("c", valid=Validity("2020-01-01"))], "c", Ask(starts=floating, on=on))

    def test_certainly_later(self) -> None:
        assert self.after(12, None, date(2026, 12, 31)) is UPCOMING
        assert self.after(12, date(2030, 1, 1), date(2029, 12, 31)) is UPCOMING

    def test_perhaps_already(self) -> None:
        assert self.after(12, None, date(2027, 1, 1)) is UNDETERMINED
        assert self.after(12, date(2030, 1, 1), date(2030, 1, 1)) is UNDETERMINED

    def test_once_the_act_is_adopted_it_is_a_date(self) -> None:
        assert self.after(12, None, date(2026, 6, 30), date(2025, 7, 1)) is UPCOMING
        assert self.after(12, None, date(2026, 7, 1), date(2025, 7, 1)) is SATISFIED
        assert self.after(12, date(2028, 1, 1), date(2027, 1, 1), date(2025, 7, 1)) is UPCOMING

    def test_the_last_day_of_a_month(self) -> None:
        assert self.after(6, None, date(2026, 2, 27), date(2025, 8, 31)) is UPCOMING
        assert self.after(6, None, date(2026, 2, 28), date(2025, 8, 31)) is SATISFIED

    def test_a_known_event_before_it_can_have_started(self) -> None:
        floating = FloatingDate("urn:floating", ACT.iri, 12, date(2028, 1, 1))
        how = Ask(starts=floating, event="sold", on=date(2033, 1, 1))
        assert ask(how, attribute("sold", "2027-12-31")).verdict is NOT_APPLICABLE
        assert ask(how, attribute("sold", "2028-01-01")).verdict is UNDETERMINED


def test_a_limit_whose_value_is_not_set_is_undetermined() -> None:
    """Section 6: "A limit whose value is not set yet is `undetermined`"."""
    made = known(criterion("c", limit=at_least(None)))
    assert verdict(made, [], "c") is UNDETERMINED


def test_a_criterion_that_asks_nothing_yet_is_missing() -> None:
    assert verdict(known("c"), [], "c") is MISSING


def test_subjects_of_another_level_are_not_judged() -> None:
    """Section 6: "A *requirement* binds it: ... level and unit": a rule for products says nothing of a plant."""
    _, market = asked(MADE, [YES], "c")
    made = replace(MADE, markets={"test": market})
    report = judge(made, [passport(), YES], on=ON, markets=["test"])
    assert {j.subject.key for j in report.requirements} == {key("thing")}
    assert subject("thing").level is Level.ITEM
