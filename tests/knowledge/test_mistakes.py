"""Each folder of tests/cases/knowledge/fail adds a mistake to a sound knowledge and names what must be reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.knowledge.loader import assemble
from comity.knowledge.problems import RULES, Problems, refuse
from comity.knowledge.sources import Source
from comity.model.errors import KnowledgeError
from comity.model.knowledge import Knowledge
from comity.model.places import Severity

CASES = Path(__file__).parent.parent / "cases" / "knowledge"
FAIL = sorted(p for p in (CASES / "fail").iterdir() if p.is_dir())


def _read(*folders: Path) -> Knowledge:
    files = [p for folder in folders for p in sorted(folder.iterdir()) if p.name != "expected.txt"]
    return assemble([Source(p.name, p.read_bytes()) for p in files], Problems())


def _found(knowledge: Knowledge) -> list[str]:
    places = ((f.place.document, f.place.pointer.removeprefix("line ") or "0", f.code) for f in knowledge.findings)
    return sorted(f"{document}:{line} {code}" for document, line, code in places)


def test_the_base_is_sound() -> None:
    assert _found(_read(CASES / "base")) == []


@pytest.mark.parametrize("case", FAIL, ids=lambda p: p.name)
def test_a_mistake_is_reported_where_it_stands(case: Path) -> None:
    lines = (case / "expected.txt").read_text().splitlines()
    expected = sorted(line for line in lines if line and not line.startswith("#"))
    knowledge = _read(CASES / "base", case)
    assert _found(knowledge) == expected
    for finding in knowledge.findings:
        assert finding.severity is RULES[finding.code][0]
        assert finding.message.endswith("."), finding.message


def test_every_rule_has_a_case() -> None:
    shown = {f.code for case in FAIL for f in _read(CASES / "base", case).findings}
    elsewhere = {
        "no-knowledge",  # tests/knowledge/test_load.py: a path that holds nothing
        "not-utf-8",  # tests/formats/test_sssom.py
        "not-yours",  # tests/knowledge/test_ownership.py
        "superseded-edition",  # tests/knowledge/test_rows.py
        "table-unknown",  # tests/knowledge/test_load.py
        "unread-file",  # tests/knowledge/test_load.py: what lies beside knowledge
    }
    assert set(RULES) - shown == elsewhere


def test_an_error_refuses_and_carries_all_errors() -> None:
    knowledge = _read(CASES / "base", CASES / "fail" / "a-header-that-is-no-yaml")
    with pytest.raises(KnowledgeError) as raised:
        refuse(knowledge.findings)
    assert raised.value.place.pointer == "line 2"
    assert [f.severity for f in raised.value.findings] == [Severity.ERROR] * 3
    assert str(raised.value).startswith("m.sssom.tsv line 2: ")
    assert str(raised.value).endswith("And 2 more.")


def test_a_note_does_not_refuse() -> None:
    refuse(_read(CASES / "base", CASES / "fail" / "a-row-to-a-scheme-nobody-knows").findings)
