"""What a case may say of a fact: a value that no condition could read is refused, and not taken as unknown."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.judgement import case, trust
from comity.knowledge import market
from comity.model.errors import KnowledgeError, UnknownNameError
from comity.model.knowledge import Knowledge


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("net-turnover-eur=30 million", "a number such as 82.5, nothing or more."),
        ("net-turnover-eur=30,000,000", "a number"),
        ("net-turnover-eur=-5", "nothing or more"),
        ("net-turnover-eur=nan", "a number"),
        ("net-turnover-eur=1e400", "a number"),
        ("capacity-kwh=many", "in kilowatt hour"),
        ("capacity-kwh=82 kWh", "in kilowatt hour"),
        ("rechargeable=perhaps", "true or false"),
        ("placed-on-market=tomorrow", "a day such as 2031-08-18"),
        ("placed-on-market=2031-13-01", "a day"),
        ("placed-on-market=18.08.2031", "a day"),
        ("battery-category=electric", "EV"),
    ],
)
def test_a_value_of_another_sort_is_refused(knowledge: Knowledge, tmp_path: Path, text: str, allowed: str) -> None:
    """By the option and by the file: the message has the place, the value and what is allowed."""
    name, _, value = text.partition("=")
    with pytest.raises(KnowledgeError) as by_option:
        case.parse(text, knowledge)
    file = tmp_path / "case.toml"
    file.write_text(f'[facts]\n{name} = "{value}"\n', "utf-8")
    with pytest.raises(KnowledgeError) as by_file:
        case.read(file, knowledge)
    for error, place in ((by_option, "--fact"), (by_file, "case.toml")):
        assert place in str(error.value)
        assert repr(value) in str(error.value)
        assert allowed in str(error.value)


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("net-turnover-eur = 30000000", ("30000000",)),
        ("net-turnover-eur = 3e7", ("30000000.0",)),
        ("capacity-kwh = 0", ("0",)),
        ("rechargeable = true", ("true",)),
        ("placed-on-market = 2031-08-18", ("2031-08-18",)),
        ("placed-on-market = 2031-08-18T10:00:00", ("2031-08-18",)),
        ('placed-on-market = "2031"', ("2031",)),
        ('role = ["manufacturer", "importer"]', ("manufacturer", "importer")),
    ],
)
def test_a_value_of_its_sort_is_taken(
    knowledge: Knowledge, tmp_path: Path, written: str, values: tuple[str, ...]
) -> None:
    file = tmp_path / "case.toml"
    file.write_text(f"[facts]\n{written}\n", "utf-8")
    (given,) = case.read(file, knowledge)
    assert given.values == values


def test_a_fact_with_one_value_is_given_no_list(knowledge: Knowledge, tmp_path: Path) -> None:
    file = tmp_path / "case.toml"
    file.write_text('[facts]\nbattery-category = ["EV", "LMT"]\n', "utf-8")
    with pytest.raises(KnowledgeError, match="one value, and not EV, LMT"):
        case.read(file, knowledge)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("issuer = 3", "issuer is no list of tables"),
        ("issuer = [3]", "issuer is no list of tables"),
        ('[issuer]\nid = "x"', "issuer is no list of tables"),
        ('[[issuers]]\nid = "x"', "unknown table or key issuers"),
    ],
)
def test_a_trust_file_of_another_shape_is_told_the_right_one(tmp_path: Path, text: str, wrong: str) -> None:
    file = tmp_path / "trust.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(KnowledgeError) as error:
        trust.read(file)
    assert wrong in str(error.value)
    assert "[[issuer]]" in str(error.value)


def test_swapped_letters_of_a_market_are_told(knowledge: Knowledge) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean eu"):
        market(knowledge, "ue")
