"""Where a payload goes, and its format."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from comity.cli import payload

FORMATS = {"json": "json", "txt": "table"}


@pytest.mark.parametrize(
    ("wanted", "output", "chosen"),
    [
        (None, None, "table"),  # the default
        (None, "-", "table"),
        (None, "a.b/c.json", "json"),
        ("table", "c.json", "table"),  # a stated format is stronger than an extension
    ],
)
def test_the_format_is_chosen(wanted: str | None, output: str | None, chosen: str) -> None:
    assert payload.choose(wanted, output, FORMATS, "table") == chosen


@pytest.mark.parametrize("output", ["report", "report.pdf"])
def test_an_extension_of_no_format_is_refused(output: str) -> None:
    with pytest.raises(click.UsageError, match=r"known: \.json, \.txt"):
        payload.choose(None, output, FORMATS, "table")


def test_a_payload_is_utf_8_and_ends_a_line(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    payload.write("≥ 1", str(tmp_path / "x.txt"))
    assert (tmp_path / "x.txt").read_bytes() == "≥ 1\n".encode()
    payload.write("≥ 1\n", "-")
    assert capfdbinary.readouterr().out == "≥ 1\n".encode()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(click.UsageError, match="cannot write .*no-such-folder"):
        payload.write("x", str(tmp_path / "no-such-folder" / "x.txt"))
