"""Example folders: clean documents raise nothing, each kind of dirt raises its code at its place."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from comity import evidence
from comity.evidence.catalogue import RULES
from comity.formats.archives import Input
from comity.model.evidence import Document, DocumentKind
from comity.model.places import Severity

CASES = Path(__file__).resolve().parent.parent / "cases" / "evidence"


def folders(kind: str) -> list[Path]:
    return sorted((CASES / kind).iterdir())


def case(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))


def read(folder: Path) -> tuple[Document, ...]:
    files = sorted(f for f in folder.iterdir() if f.name != "case.toml")
    return evidence.read(Input.of(f.name, f.read_bytes()) for f in files)


@pytest.mark.parametrize("folder", folders("pass"), ids=lambda f: f.name)
def test_clean_documents_raise_nothing(folder: Path) -> None:
    found = {d.name: d for d in read(folder)}
    for wanted in case(folder)["document"]:
        document = found.pop(wanted["name"])
        shown = (document.kind.value, document.version, len(document.claims), len(document.assessments))
        assert shown == (wanted["kind"], wanted["version"], wanted["claims"], wanted["assessments"])
        assert " ".join(f.code for f in document.findings) == wanted.get("codes", "")
    assert not found


@pytest.mark.parametrize("folder", folders("fail"), ids=lambda f: f.name)
def test_each_kind_of_dirt_raises_its_code_at_its_place(folder: Path) -> None:
    wanted = case(folder)
    documents = {d.name: d for d in read(folder)}
    findings = documents[wanted["file"]].findings
    met = [f for f in findings if f.code == wanted["code"] and f.place.pointer == wanted["pointer"]]
    assert met, f"{[(f.code, f.place.pointer, f.message) for f in findings]}"
    assert any(wanted["says"] in f.message for f in met), [f.message for f in met]
    assert all(d.kind is not DocumentKind.UNREADABLE for d in documents.values()), "dirt never rejects a document"


@pytest.mark.parametrize("folder", folders("fail"), ids=lambda f: f.name)
def test_no_finding_goes_beyond_its_page(folder: Path) -> None:
    order = [Severity.INFO, Severity.WARNING, Severity.ERROR]
    for document in read(folder):
        for finding in document.findings:
            assert order.index(finding.severity) <= order.index(RULES[finding.code][0]), finding


def test_all_kinds_of_dirt_have_an_example() -> None:
    assert {case(f)["code"] for f in folders("fail")} == {f"D{n}" for n in range(1, 27)}
