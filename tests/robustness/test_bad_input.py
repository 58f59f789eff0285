"""Bad input is named in a message of one screen, and the documents beside it are judged.

The cases stand in ``tests/cases/robustness``: a folder of bad documents, with ``expected.txt``, whose lines are
``exit N``, ``says WORDS``, ``folder`` (the folder itself is given, not its files), and ``judged`` where the bad
document is still worth judging.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.robustness.commands import SCREEN, Ran, run

CASES = Path(__file__).resolve().parents[1] / "cases" / "robustness"
NAMES = sorted(p.name for p in CASES.iterdir() if p.is_dir())
ON = ("--on", "2026-06-01")


def _expected(name: str) -> list[tuple[str, str]]:
    lines = (CASES / name / "expected.txt").read_text(encoding="utf-8").splitlines()
    found = [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]
    assert {word for word, _ in found} <= {"exit", "says", "folder", "judged"}
    return found


def _files(name: str) -> list[Path]:
    return [p for p in sorted((CASES / name).iterdir()) if p.name != "expected.txt"]


def _presentable(ran: Ran) -> None:
    assert "Traceback" not in ran.out + ran.err
    assert "bug of Comity" not in ran.err
    assert not {"\x1b", "\x07", "\u202e"} & set(ran.out + ran.err), "commands to the terminal"


@pytest.mark.parametrize("name", NAMES)
def test_bad_input_is_named_and_what_stands_beside_it_is_judged(name: str, tmp_path: Path) -> None:
    expected = _expected(name)
    shutil.copy(CASES / "good.json", tmp_path)
    given = tmp_path / "given" if ("folder", "") in expected else tmp_path
    given.mkdir(exist_ok=True)
    for file in _files(name):
        shutil.copy(file, given)
    bad = ["given"] if given != tmp_path else [f.name for f in _files(name)]
    ran = run("check", "good.json", *bad, *ON, folder=tmp_path)
    _presentable(ran)
    assert ran.lines <= SCREEN
    assert ran.code == int(dict(expected)["exit"])
    for word, words in expected:
        if word == "says":
            assert words in ran.out or " ".join(words.split()) in ran.said, ran.out
    assert all(b in ran.said for b in bad)
    assert "good.json $.credentialSubject.performanceClaim[0] MISSING" in ran.said
    claims = 2 if ("judged", "") in expected else 1
    assert f"CLAIMS against what they cite: {claims} missing" in ran.said


@pytest.mark.parametrize("name", ["an-empty-file", "an-archive-that-breaks-off", "a-folder-without-documents"])
def test_bad_input_alone_is_exit_2(name: str, tmp_path: Path) -> None:
    for file in _files(name):
        shutil.copy(file, tmp_path)
    bad = "." if name == "a-folder-without-documents" else _files(name)[0].name
    ran = run("check", bad, *ON, folder=tmp_path)
    _presentable(ran)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) <= 3
    assert bad in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "good.json", "--on", "2025-02-30"), "2025-02-30 is not in the calendar"),
        (("check", "good.json", "--on", "yesterday"), "'yesterday' is not a date; write YYYY-MM-DD"),
        (("check", "good.json", "--market", "atlantis"), "unknown market 'atlantis'"),
        (("check", "good.json", "--market", "eu-"), "unknown market 'eu-'. Did you mean eu?"),
        (
            ("ask", "eu-batt-art8-2-cobalt", "good.json"),
            "unknown rule 'eu-batt-art8-2-cobalt'. Did you mean eu-batt-art8-2-co",
        ),
        (("explain", "rra-3.0-260"), "Did you mean rra-3.0-26"),
        (("check", "nowhere.json"), "nowhere.json"),
        (("check", "good.json", "--subject", "https://mugs.example/products/8"), "unknown subject"),
        (("check", "good.json", "--with", "good.json"), "good.json"),
        (("query", "no-such-question", "good.json"), "no-such-question"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, tuple) else "",
)
def test_what_cannot_be_asked_is_said_in_a_line_or_two(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    shutil.copy(CASES / "good.json", tmp_path)
    ran = run(*arguments, folder=tmp_path)
    _presentable(ran)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.said
    assert len(ran.err.splitlines()) <= 8


def test_every_kind_of_bad_input_at_once_hides_nothing(tmp_path: Path) -> None:
    """All bad documents together: each is named in the JSON, the good one is judged."""
    shutil.copy(CASES / "good.json", tmp_path)
    names = [n for n in NAMES if n != "a-folder-without-documents"]
    for name in names:
        (tmp_path / name).mkdir()
        for file in _files(name):
            shutil.copy(file, tmp_path / name)
    ran = run("check", ".", *ON, folder=tmp_path)
    _presentable(ran)
    assert ran.code == 1
    assert "good.json $.credentialSubject.performanceClaim[0] MISSING" in ran.said
    told = run("check", ".", *ON, "--format", "json", folder=tmp_path)
    assert all(f'"{name}/' in told.out for name in names)
