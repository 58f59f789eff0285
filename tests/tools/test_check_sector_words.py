"""The check for words of a sector finds them however they are spelled, and nothing else."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def tool(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_sector_words", root / "tools" / "check_sector_words.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "line", ["x = 'cobalt'", "def has_cobalt(): ...", "hasCobalt", "# Cobalt.", "notifiedBody", "NOTIFIED-BODY"]
)
def test_a_word_is_found_however_it_is_spelled(tool: ModuleType, tmp_path: Path, line: str) -> None:
    file = tmp_path / "a.py"
    file.write_text(f"\n{line}\n", "utf-8")
    (found,) = tool.offences(file, frozenset({("cobalt",), ("notified", "body")}))
    assert found.startswith(f"{file}:2: ")


@pytest.mark.parametrize("line", ["cobaltic", "body notified", "notified", ""])
def test_other_words_are_left_alone(tool: ModuleType, tmp_path: Path, line: str) -> None:
    file = tmp_path / "a.py"
    file.write_text(line, "utf-8")
    assert list(tool.offences(file, frozenset({("cobalt",), ("notified", "body")}))) == []


def test_the_words_come_from_the_ontology(tool: ModuleType, root: Path) -> None:
    found = {tool.words(name) for name in tool.names(sorted((root / "ontology").rglob("*.ttl")))}
    # a material, a market, a fact of a case and a word that it allows
    assert {("cobalt",), ("eu",), ("battery", "category"), ("sli",)} <= found
