"""JSON: exact numbers, and a place for whatever is wrong."""

from __future__ import annotations

import json as standard
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.formats import json, limits, spots
from comity.formats.json import Json
from comity.model.errors import UnreadableError

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text(st.characters(codec="utf-8"), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)


def refused(content: bytes) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        json.read(content, "a.json")
    return caught.value


@given(VALUES)
def test_what_the_standard_library_writes_is_read_back(value: Json) -> None:
    assert json.read(standard.dumps(value).encode(), "a.json").value == value


@pytest.mark.parametrize("text", ["0.1", "16.0", "1e-7", "123456789012345678901234567890.5"])
def test_numbers_keep_every_digit(text: str) -> None:
    value = json.read(text.encode(), "a.json").value
    assert isinstance(value, Decimal)
    assert Fraction(value) == Fraction(text)


def test_truncated_json_gives_line_and_column() -> None:
    error = refused(b'{"a": 1,\n "b": [1, ')
    assert (error.code, error.place.pointer) == ("bad-json", "line 2 column 11")
    assert "breaks off" in error.message


def test_text_that_is_no_json_is_not_called_truncated() -> None:
    error = refused(b'{"a": 1,}')
    assert (error.code, error.place.pointer) == ("bad-json", "line 1 column 9")
    assert "breaks off" not in error.message


def test_something_after_the_document_is_named() -> None:
    assert "after the end" in refused(b"{} {}").message


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_no_numbers_that_are_none(word: str) -> None:
    error = refused(f'{{"a": [{{"b": "NaN"}}, {word}]}}'.encode())
    assert (error.code, error.place.pointer) == ("not-a-number", "/a/1")
    assert word in error.message


@pytest.mark.parametrize("levels", [201, 900, 5_000, 100_000])
@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_deep_nesting_is_refused_with_its_place(levels: int, opening: str) -> None:
    closing = "]" if opening == "[" else "}"
    error = refused((opening * levels + "1" + closing * levels).encode())
    assert (error.code, error.place.pointer) == ("too-deep", f"line 1 column {len(opening) * 200 + 1}")


def test_two_hundred_levels_are_read() -> None:
    assert json.read(b"[" * 200 + b"]" * 200, "a.json").findings == ()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_are_named(encoding: str) -> None:
    error = refused('{"a": 1}'.encode(encoding))
    assert error.code == "not-utf-8"
    assert encoding.upper()[:6] in error.message


def test_a_byte_that_is_not_utf8_gives_its_line() -> None:
    error = refused(b'{"a": 1,\n"b": "\xe9"}')
    assert (error.code, error.place.pointer) == ("not-utf-8", "line 2")


def test_a_byte_order_mark_is_a_finding() -> None:
    parsed = json.read(b"\xef\xbb\xbf[1]", "a.json")
    assert parsed.value == [1]
    assert [f.code for f in parsed.findings] == ["byte-order-mark"]


@pytest.mark.parametrize("content", [b"", b"  \n"])
def test_an_empty_file_is_named(content: bytes) -> None:
    assert refused(content).code == "empty-file"


def test_duplicate_keys_are_found_where_they_stand() -> None:
    parsed = json.read(b'{"a": [{"b": 1, "c": {"b": 2}, "b": 3}], "x": {"b": 1}}', "a.json")
    assert [(f.code, f.place.pointer) for f in parsed.findings] == [("duplicate-key", "/a/0/b")]
    assert parsed.value == {"a": [{"b": 3, "c": {"b": 2}}], "x": {"b": 1}}


def test_half_a_character_is_replaced() -> None:
    value = json.read(b'{"a\\ud800": "x\\udfff", "b": "\\ud83d\\ude00"}', "a.json").value
    assert standard.dumps(value, ensure_ascii=False).encode("utf-8")
    assert isinstance(value, dict)
    assert value["b"] == "\N{GRINNING FACE}"


@pytest.mark.parametrize("number", ["1" * 10_000, "1e99999999999999999999"])
def test_endless_numbers_are_refused(number: str) -> None:
    assert refused(f'{{"a": {number}}}'.encode()).code == "bad-json"


def test_too_large_says_how_to_raise_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(limits.VARIABLE, "10")
    error = refused(b'{"a": "123456"}')
    assert error.code == "too-large"
    assert error.fix == "Raise it with COMITY_MAX_BYTES=15."
    monkeypatch.setenv(limits.VARIABLE, "15")
    assert json.read(b'{"a": "123456"}', "a.json").value == {"a": "123456"}


@pytest.mark.parametrize("text", ["ten", "-1", "0", "1.5"])
def test_a_limit_that_is_no_number_is_named(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(limits.VARIABLE, text)
    assert refused(b"{}").code == "bad-limit"


@given(VALUES)
def test_the_slow_walk_finds_every_value_where_it_is(value: Json) -> None:
    for spot in spots.walk(standard.dumps(value)):
        found = value
        for step in (s.replace("~1", "/").replace("~0", "~") for s in spot.pointer.split("/")[1:]):
            found = found[int(step)] if isinstance(found, list) else found[step]  # type: ignore[index]
        if not spot.is_key and spot.token not in "{[":
            assert standard.loads(spot.token) == found
