"""Values on the command line, right and wrong."""

from __future__ import annotations

from datetime import date

import click
import pytest

from comity.cli.parameters import Day, FactText, FailOn, GivenFact, Word
from comity.model.scales import Assurance


def test_a_day_of_the_calendar_is_read() -> None:
    assert Day().convert("2024-02-29", None, None) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2025-02-30", "2025-02-30 is not in the calendar: day is out of range for month"),
        ("2025-13-01", "not in the calendar"),
        ("20250201", "'20250201' is not a date; write YYYY-MM-DD"),
        ("2025-W05-1", "write YYYY-MM-DD"),
        ("tomorrow", "'tomorrow' is not a date"),
        ("", "'' is not a date"),
        ("٢٠٢٥-٠٢-٠١", "write YYYY-MM-DD"),
    ],
)
def test_another_day_is_refused_with_what_would_be_right(text: str, said: str) -> None:
    with pytest.raises(click.BadParameter) as caught:
        Day().convert(text, None, None)
    assert said in caught.value.message


def test_a_word_of_a_scale_is_read_and_another_lists_them_all() -> None:
    assert Word(Assurance).convert("third-party", None, None) is Assurance.THIRD_PARTY
    with pytest.raises(click.BadParameter, match="unattributed, self, second-party"):
        Word(Assurance).convert("3rd-party", None, None)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("colour=red", GivenFact(None, "colour", "red")),
        ("colours=red, blue", GivenFact(None, "colours", "red, blue")),
        ("colour=", GivenFact(None, "colour", "")),  # unsets
        ("shop:colour=red", GivenFact("shop", "colour", "red")),
        # an identifier may hold colons and equal signs; a value may too
        ("https://x.example/a?b=c:colour=red", GivenFact("https://x.example/a?b=c", "colour", "red")),
        ("did:web:x.example:colour=red", GivenFact("did:web:x.example", "colour", "red")),
        ("colour=urn:x=y", GivenFact(None, "colour", "urn:x=y")),
    ],
)
def test_a_fact_is_cut_into_subject_name_and_value(text: str, fact: GivenFact) -> None:
    assert FactText().convert(text, None, None) == fact


@pytest.mark.parametrize("text", ["colour", "=red", ":=red", "shop:=red", ""])
def test_what_is_no_fact_is_refused(text: str) -> None:
    with pytest.raises(click.BadParameter, match="write name=value"):
        FactText().convert(text, None, None)


def test_verdicts_to_fail_on_are_read() -> None:
    assert FailOn().convert("failed, error", None, None) == {"failed", "error"}
    assert FailOn().convert("none", None, None) == frozenset()
    with pytest.raises(click.BadParameter, match="'fialed' is none of not-applicable, "):
        FailOn().convert("fialed", None, None)
