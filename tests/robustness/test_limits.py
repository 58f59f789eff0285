"""What is too deep, too large or packed too tightly is refused with its limit, in little memory and time."""

from __future__ import annotations

import json
import shutil
import struct
import zipfile
from pathlib import Path

import pytest
from tests.robustness.commands import SCREEN, Ran, measure, run
from tests.robustness.test_bad_input import CASES

ON = ("--on", "2026-06-01")
MEGABYTE, GIGABYTE = 10**6, 10**9
LEVELS = 5_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good document in it."""
    shutil.copy(CASES / "good.json", tmp_path)
    return tmp_path


def _named(ran: Ran, *words: str) -> None:
    """The bad document is named in a screen, and the good one judged."""
    assert "Traceback" not in ran.out + ran.err
    assert (ran.code, ran.lines <= SCREEN) == (1, True)
    assert all(w in ran.said for w in words), ran.out
    assert "good.json $.credentialSubject.performanceClaim[0] MISSING" in ran.said


@pytest.mark.parametrize(
    "text",
    [
        "[" * LEVELS + "]" * LEVELS,
        "[" * LEVELS,
        '{"credentialSubject": ' + '{"a": ' * LEVELS + "1" + "}" * LEVELS + "}",
    ],
    ids=["lists", "lists that stay open", "objects"],
)
def test_nesting_beyond_belief_is_refused(text: str, folder: Path) -> None:
    (folder / "deep.json").write_text(text)
    _named(run("check", "good.json", "deep.json", *ON, folder=folder), "too-deep", "more than 200 levels deep")


def test_a_zip_bomb_is_not_unpacked(folder: Path) -> None:
    """300 MB of zeros in 300 kB: what an archive may unpack to is limited."""
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(15):
            archive.writestr(f"{n}.json", b"0" * (20 * MEGABYTE))
    assert (folder / "bomb.zip").stat().st_size < MEGABYTE
    ran = measure("check", "good.json", "bomb.zip", *ON, folder=folder)
    _named(ran, "zip-bomb", "would unpack to 300000000 bytes; the limit is 250000000", "COMITY_MAX_BYTES=30000000")
    assert ran.peak < 200 * MEGABYTE


def test_a_zip_bomb_that_lies_about_its_size_is_not_unpacked(folder: Path) -> None:
    """The directory says 10 bytes for an entry of 100 MB."""
    path = folder / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", b" " * (100 * MEGABYTE))
    data, true = path.read_bytes(), struct.pack("<I", 100 * MEGABYTE)
    assert data.count(true) == 2
    path.write_bytes(data.replace(true, struct.pack("<I", 10)))
    ran = measure("check", "good.json", "bomb.zip", *ON, folder=folder)
    _named(ran, "bomb.zip/a.json")
    assert ran.peak < 200 * MEGABYTE


def test_an_archive_within_an_archive_is_refused(folder: Path) -> None:
    with zipfile.ZipFile(folder / "inner.zip", "w") as archive:
        archive.writestr("a.json", "{}")
    with zipfile.ZipFile(folder / "outer.zip", "w") as archive:
        archive.write(folder / "inner.zip", "inner.zip")
    _named(run("check", "good.json", "outer.zip", *ON, folder=folder), "outer.zip/inner.zip", "nested-zip")


def test_an_archive_of_too_many_entries_is_refused(folder: Path) -> None:
    with zipfile.ZipFile(folder / "many.zip", "w") as archive:
        for n in range(10_001):
            archive.writestr(f"{n}.json", "")
    _named(run("check", "good.json", "many.zip", *ON, folder=folder), "10001 entries; the limit is 10000")


def _large(path: Path, member: str, size: int) -> None:
    """Write the good document with a long list in it."""
    document = json.loads((CASES / "good.json").read_text(encoding="utf-8"))
    head = json.dumps(document)[:-2] + ', "extra": ['
    count = (size - len(head) - 3) // (len(member) + 1)
    path.write_text(head + ",".join([member] * count) + "]}}", "utf-8")


def test_100_megabytes_are_refused_with_the_limit_and_how_to_raise_it(folder: Path) -> None:
    _large(folder / "large.json", '{"a":1.5}', 100 * MEGABYTE)
    ran = measure("check", "good.json", "large.json", *ON, folder=folder)
    size = (folder / "large.json").stat().st_size
    _named(ran, "large.json", "too-large", "more than 25000000 bytes", f"Raise it with COMITY_MAX_BYTES={size}")
    assert ran.peak < 200 * MEGABYTE


def test_100_megabytes_are_read_where_the_limit_is_raised(folder: Path) -> None:
    """One long text: the cheapest 100 MB; it stays within a gigabyte."""
    _large(folder / "large.json", '"' + "x" * MEGABYTE + '"', 100 * MEGABYTE)
    ran = measure("check", "large.json", *ON, folder=folder, COMITY_MAX_BYTES=str(100 * MEGABYTE))
    assert (ran.code, "large.json $.credentialSubject.performanceClaim[0] MISSING" in ran.said) == (1, True)
    assert ran.peak < GIGABYTE


def test_what_the_limit_allows_stays_within_a_gigabyte(folder: Path) -> None:
    """Objects of one number take the most memory for their length."""
    _large(folder / "large.json", '{"a":1.5}', 25 * MEGABYTE)
    ran = measure("check", "large.json", *ON, folder=folder)
    assert (ran.code, "large.json $.credentialSubject.performanceClaim[0] MISSING" in ran.said) == (1, True)
    assert "too-many-objects" in ran.said
    assert ran.peak < GIGABYTE


def test_a_limit_that_is_no_number_is_said(folder: Path) -> None:
    ran = run("check", "good.json", *ON, folder=folder, COMITY_MAX_BYTES="25 MB")
    assert "Traceback" not in ran.err
    assert (ran.code, ran.out) == (2, "")
    assert "'25 MB' is no number of bytes" in ran.said
