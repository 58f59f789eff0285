"""The check for words of a sector finds them however they are spelled, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.check_sector_words import names, offences, words


@pytest.mark.parametrize(
    "line", ["x = 'cobalt'", "def has_cobalt(): ...", "hasCobalt", "# Cobalt.", "notifiedBody", "NOTIFIED-BODY"]
)
def test_a_word_is_found_however_it_is_spelled(tmp_path: Path, line: str) -> None:
    file = tmp_path / "a.py"
    file.write_text(f"\n{line}\n", "utf-8")
    (found,) = offences(file, frozenset({("cobalt",), ("notified", "body")}))
    assert found.startswith(f"{file}:2: ")


@pytest.mark.parametrize("line", ["cobaltic", "body notified", "notified", ""])
def test_other_words_are_left_alone(tmp_path: Path, line: str) -> None:
    file = tmp_path / "a.py"
    file.write_text(line, "utf-8")
    assert list(offences(file, frozenset({("cobalt",), ("notified", "body")}))) == []


def test_the_words_come_from_the_ontology(root: Path) -> None:
    found = {words(name) for name in names(sorted((root / "ontology").rglob("*.ttl")))}
    # a material, a market, a fact of a case and a word that it allows
    assert {("cobalt",), ("eu",), ("battery", "category"), ("sli",)} <= found
