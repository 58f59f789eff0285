"""The state of the record itself: law that was changed, low confidence, doubts (semantics, sections 6 and 7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.judgement.worlds import (
    NOT_APPLICABLE,
    SATISFIED,
    SCHEME,
    UNDETERMINED,
    UPCOMING,
    Ask,
    C,
    assessed,
    criterion,
    iri,
    judged,
    known,
    verdict,
)

from comity.model.requirements import Act, Doubt, EarlierStart, FloatingDate
from comity.model.scales import Confidence, Verdict

PUT_OFF = Ask(
    starts=date(2027, 8, 18),
    earlier=(EarlierStart("urn:earlier", date(2025, 8, 18), date(2025, 7, 31), "urn:act"),),
)
"""A rule of 2025-08-18 that an act, which counts from 2025-07-31, put off to 2027-08-18."""


class TestEarlierStart:
    """Section 4: "Everything is judged as of D": the first day of a rule is the one that the law of D gave it."""

    @pytest.mark.parametrize(
        ("on", "starts"),
        [
            (date(2025, 7, 30), "2025-08-18"),  # the last day of the older law
            (date(2025, 7, 31), "2027-08-18"),  # the act counts from its first day
            (date(2026, 11, 23), "2027-08-18"),
        ],
    )
    def test_the_day_judged_decides_which_first_day_counts(self, on: date, starts: str) -> None:
        answer = judged(C, [], "c", replace(PUT_OFF, on=on))
        assert (answer.verdict, answer.applies_from) == (UPCOMING, starts)

    def test_its_own_until_is_the_first_day_of_the_newer_law(self) -> None:
        """In force for one who asked on 2025-07-30 about 2025-08-18; nobody is bound who asks on that day itself."""
        begun = replace(PUT_OFF, earlier=(replace(PUT_OFF.earlier[0], day=date(2025, 7, 1)),))
        assert verdict(C, [], "c", replace(begun, on=date(2025, 7, 30))) is Verdict.MISSING
        assert verdict(C, [], "c", replace(begun, on=date(2025, 7, 31))) is UPCOMING

    def test_the_first_replaced_of_several_counts(self) -> None:
        first = EarlierStart("urn:first", date(2024, 8, 18), date(2024, 1, 1), "urn:act")
        how = replace(PUT_OFF, earlier=(first, *PUT_OFF.earlier))
        days = [judged(C, [], "c", replace(how, on=date(year, 1, 1))).applies_from for year in (2023, 2025, 2026)]
        # On 2024-01-01 the first act counts; 2025-01-01 lies between the two.
        assert days == ["2024-08-18", "2025-08-18", "2027-08-18"]


class TestLowConfidence:
    """A record of low confidence is treated like one that nobody verified: never `satisfied` by default."""

    @pytest.mark.parametrize(
        ("confidence", "met"),
        [
            (None, SATISFIED),
            (Confidence.HIGH, SATISFIED),
            (Confidence.MEDIUM, SATISFIED),
            (Confidence.LOW, UNDETERMINED),
        ],
    )
    def test_of_the_requirement_and_of_the_criterion(self, confidence: Confidence | None, met: Verdict) -> None:
        assert verdict(C, [assessed("c")], "c", Ask(confidence=confidence)) is met
        doubtful = known(replace(criterion("c"), confidence=confidence))
        answer = judged(doubtful, [assessed("c")], "c")
        assert (answer.verdict, answer.confidence) == (met, confidence)

    def test_failing_it_is_not_shown_either(self) -> None:
        """Section 7: G holds proofs "not unverified"."""
        assert verdict(C, [assessed("c", conforms=False)], "c", Ask(confidence=Confidence.LOW)) is UNDETERMINED


class TestEndedLaw:
    """Section 7, step 1: "`not-applicable`: law ended"."""

    def test_the_last_day_still_counts(self) -> None:
        how = Ask(ends=date(2030, 6, 1))
        assert verdict(C, [assessed("c")], "c", replace(how, on=date(2030, 6, 1))) is SATISFIED
        assert verdict(C, [assessed("c")], "c", replace(how, on=date(2030, 6, 2))) is NOT_APPLICABLE


class TestDoubts:
    """A doubt is shown with every rule that stands on what it bears on, and with no other."""

    waits = FloatingDate("urn:floating", "urn:waited-for", 12, date(2030, 1, 1))

    @pytest.mark.parametrize(
        ("about", "shown"),
        [
            (iri("c"), True),
            (SCHEME, True),
            ("urn:waited-for", True),
            (iri("d"), False),
        ],
    )
    def test_where_it_bites(self, about: str, shown: bool) -> None:
        doubt = Doubt("urn:doubt", "doubt-7", "The list", "it was not seen", "the register", (about,))
        act = Act("urn:waited-for", "the act")
        doubted = replace(known("c", "d", acts=[act]), doubts=(doubt,))
        sentence = "doubt-7: The list: it was not seen; to check: the register."
        assert judged(doubted, [], "c", Ask(starts=self.waits)).doubts == ((sentence,) if shown else ())

    def test_those_of_the_criterion_are_those_of_its_rule(self) -> None:
        made = known(replace(criterion("c"), doubts=("The number is from memory.",)))
        assert judged(made, [], "c").doubts == ("The number is from memory.",)
