"""The garment market is data and nothing else: no code knows it, and each piece of the data decides something."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from tools.check_sector_words import everyday, names, offences, words

from comity.cli.app import comity
from comity.evidence import read
from comity.formats.archives import open_inputs
from comity.judgement import judge
from comity.judgement.case import Given
from comity.knowledge import load
from comity.model.requirements import FloatingDate
from comity.model.verdicts import Report

ON = "2026-12-01"
BABY = Given("https://loomworks.example/products/shirt-21", "wear-class", ("baby",), "--fact")
FEW = Given("did:web:loomworks.example", "workers", ("8",), "--fact")


@pytest.fixture
def garment(root: Path, tmp_path: Path) -> Path:
    """A copy of the example, to be changed."""
    return Path(shutil.copytree(root / "examples" / "garment", tmp_path / "garment"))


def verdicts(garment: Path, on: str, *given: Given) -> dict[str, str]:
    report: Report = judge(
        load([garment / "knowledge"]),
        read(open_inputs([garment / "documents"])),
        on=date.fromisoformat(on),
        markets=["arcadia"],
        given=given,
    )
    return {j.notation: f"{j.verdict}/{j.would_be}" if j.would_be else str(j.verdict) for j in report.requirements}


def test_it_has_a_piece_of_every_kind(root: Path) -> None:
    knowledge = load([root / "examples" / "garment" / "knowledge"])
    market = knowledge.markets["arcadia"]
    ours = {c.iri for c in knowledge.criteria.values() if c.iri.startswith("https://arcadia.example/garment-act/")}
    assert any(knowledge.criteria[iri].limit for iri in ours)
    assert any(r.conditions for r in market.requirements)
    assert any(r.exemptions for r in market.requirements)
    assert any(isinstance(r.starts, FloatingDate) for r in market.requirements)
    assert any(row.object in ours for row in knowledge.rows)
    assert any(alias.target in ours for alias in knowledge.aliases)


def test_it_holds_no_code(root: Path) -> None:
    kinds = {p.suffix for p in (root / "examples" / "garment").rglob("*") if p.is_file()}
    assert kinds == {".ttl", ".tsv", ".csv", ".json", ".md"}


def test_no_code_names_it(root: Path) -> None:
    """Neither its own names, nor those of its trade."""
    files = sorted((root / "examples" / "garment" / "knowledge").glob("*.ttl"))
    allowed = everyday(root / "tools" / "everyday_words.txt") | {("outer",)}
    forbidden = {w for w in map(words, names(files)) if w not in allowed}
    forbidden |= {(w,) for w in ("garment", "arcadia", "textile", "shirt", "loom", "fibre", "cotton", "formaldehyde")}
    data = root / "src" / "comity" / "data"
    python = [f for f in sorted((root / "src").rglob("*.py")) if data not in f.parents]
    assert len(python) > 100
    assert [o for f in python for o in offences(f, frozenset(forbidden))] == []


def replaced(file: str, old: str, new: str) -> Callable[[Path], None]:
    def change(garment: Path) -> None:
        path = garment / "knowledge" / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, (file, old)
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change


def without_line(file: str, start: str) -> Callable[[Path], None]:
    def change(garment: Path) -> None:
        path = garment / "knowledge" / file
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(start)]
        assert len(kept) == len(lines) - 1, (file, start)
        path.write_text("".join(kept), encoding="utf-8")

    return change


PIECES = {
    # 11.4 mg/kg is above a limit of 10, for the maker's 12 as well; the laboratory's flag still says yes.
    "a limit": (
        replaced("garment-act-2026.ttl", "comity:value 75.0", "comity:value 10.0"),
        ON,
        (),
        ("arc-ga-art3-1-b", "satisfied", "conflicting"),
    ),
    # Without the condition of babies the strict limit binds every article; no test method is stated.
    "a condition": (
        replaced("arcadia.ttl", "    comity:condition <https://arcadia.example/condition/for-babies> ;\n", ""),
        ON,
        (),
        ("arc-ga-art3-1-a", "not-applicable", "insufficient-assurance"),
    ),
    # Once the act is adopted, 12 months after it are the first day.
    "a floating date": (
        replaced(
            "arcadia.ttl",
            "<https://arcadia.example/act/organic-labelling> a comity:Act ;\n",
            "<https://arcadia.example/act/organic-labelling> a comity:Act ;\n"
            '    comity:adoptedOn "2026-10-01"^^xsd:date ;\n',
        ),
        "2027-12-01",
        (),
        ("arc-ga-art4-1", "undetermined/insufficient-assurance", "insufficient-assurance"),
    ),
    # Nobody is exempt any more: nothing is shown of a workshop of eight.
    "an exemption": (
        replaced("arcadia.ttl", "    comity:exemption <https://arcadia.example/exemption/small-workshop> ;\n", ""),
        ON,
        (FEW,),
        ("arc-ga-art6-1", "not-applicable", "missing"),
    ),
    # Nothing else ties the standard to the act.
    "a mapping": (
        without_line("fair-loom--garment-act.sssom.tsv", "fl-ga-1\t"),
        ON,
        (),
        ("arc-ga-art5-1", "satisfied", "missing"),
    ),
    # The certificate's citation means nothing; the values of laboratory and maker are left, for a method assumed.
    "an alias": (
        without_line("aliases.csv", "https://arcadia.example/law/garment-act-2026#art-3-1-b,"),
        ON,
        (),
        ("arc-ga-art3-1-b", "satisfied", "insufficient-assurance"),
    ),
    # No default fills the method in: what the stricter limit asks for is not stated.
    "a default": (
        without_line("qualifier-defaults.csv", "garment-test-method,"),
        ON,
        (BABY,),
        ("arc-ga-art3-1-a", "insufficient-assurance", "undetermined"),
    ),
    # Nobody says how the shirt is worn: the fact is asked for.
    "a derivation": (
        replaced("fact-derivations.csv", "characteristics.wearClass,^II$", "characteristics.wearKlass,^II$"),
        ON,
        (),
        ("arc-ga-art3-1-b", "satisfied", "undetermined/satisfied"),
    ),
}


@pytest.mark.parametrize("piece", PIECES)
def test_each_piece_of_data_decides_a_verdict(piece: str, garment: Path) -> None:
    change, on, given, (rule, before, after) = PIECES[piece]
    assert verdicts(garment, on, *given)[rule] == before
    change(garment)
    assert verdicts(garment, on, *given)[rule] == after


def rows(root: Path, name: str, *parameters: str, documents: bool = True) -> list[dict[str, str]]:
    garment = root / "examples" / "garment"
    given = [str(garment / "documents")] if documents else []
    arguments = [a for p in parameters for a in ("-p", p)]
    result = CliRunner().invoke(
        comity, ["query", name, *given, *arguments, "--with", str(garment / "knowledge"), "--on", ON, "--format", "csv"]
    )
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_queries_answer_for_it(root: Path) -> None:
    (way,) = rows(root, "what-would-satisfy-this-rule", "rule=arc-ga-art5-1", documents=False)
    assert (way["criterion"], way["authority"], way["row"]) == ("fair-loom-2-4.2", "reviewed", "fl-ga-1")

    # Nobody publishes a gap of wages; the other rules that apply by then meet a value or a finding.
    (open_,) = rows(root, "requirements-without-evidence", "market=arcadia", f"on={ON}")
    assert (open_["requirement"], open_["label"]) == ("arc-ga-art6-1", "Living-wage gap published")

    (later,) = rows(
        root, "upcoming-requirements", "market=arcadia", "from=2026-11-01", "until=2027-12-31", documents=False
    )
    assert (later["requirement"], later["date"], later["certain"]) == ("arc-ga-art4-1", "2027-01-01", "not before")

    # The laboratory tested the formaldehyde and not the cotton.
    (unassessed,) = rows(root, "claims-without-assessment")
    assert unassessed["claim"] == "Organic cotton"

    served = {(r["finding"], r["requirement"], r["serves"]) for r in rows(root, "what-this-certificate-could-serve")}
    assert served == {
        ("Effluent of the mill", "arc-ga-art5-1", "all"),
        ("Formaldehyde in shirt 21", "arc-ga-art3-1-b", "all"),
        # 16 mg/kg is stricter than 75: conformity with the weaker limit shows a part.
        ("Formaldehyde in shirt 21", "arc-ga-art3-1-a", "some"),
    }

    (shown,) = rows(root, "does-this-claim-satisfy-that-rule", "rule=arc-ga-art5-1", f"on={ON}")
    assert (shown["criterion"], shown["shows"], shown["answer"]) == ("fair-loom-2-4.2", "all", "yes")
