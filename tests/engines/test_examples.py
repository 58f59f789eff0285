"""The examples, once by the judgement, once by OWL RL and SHACL, once by a script that knows nothing of Comity."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from io import StringIO
from pathlib import Path

import pytest

from comity import knowledge
from comity.engines.check import by_shacl
from comity.engines.graph import EvidenceGraph, evidence_graph
from comity.evidence import read
from comity.formats.archives import open_inputs
from comity.judgement import case, judge, question, trust
from comity.judgement.question import Question
from comity.model.scales import Verdict
from comity.model.verdicts import Report

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
FOLDERS = [EXAMPLES / n for n in ("copper-canada", "lithium-australia", "cobalt-congo", "ev-battery")]
TRUTH = list(csv.DictReader(StringIO((ROOT / "tests/cases/examples/truth.csv").read_text(encoding="utf-8"))))
DAYS = sorted({row["on"] for row in TRUTH})
MARKETS = ("ca-bc", "eu")
NAME = re.compile(r"[\w.-]+")


@cache
def asked(on: str) -> Question:
    known = knowledge.load()
    given = case.read(EXAMPLES / "ev-battery/case.toml", known)
    trusted = trust.read(EXAMPLES / "ev-battery/trust.toml")
    return question(known, read(open_inputs(FOLDERS)), on=date.fromisoformat(on), given=given, trust=trusted)


@cache
def judged(on: str) -> Report:
    of = asked(on)
    given = case.read(EXAMPLES / "ev-battery/case.toml", of.knowledge)
    trusted = of.setting.trust
    return judge(of.knowledge, of.world.documents, on=of.on, markets=MARKETS, given=given, trust=trusted)


@cache
def graph(on: str, market: str) -> EvidenceGraph:
    return evidence_graph(asked(on), asked(on).knowledge.markets[market])


@pytest.mark.parametrize("on", DAYS)
def test_both_engines_agree_on_the_examples(on: str) -> None:
    expected = {j.id: j.verdict for j in judged(on).requirements}
    markets = [asked(on).knowledge.markets[m] for m in MARKETS]
    report = by_shacl(asked(on), judged(on), markets)
    assert report.policy.engine == "shacl"
    assert report.claims == ()
    found = {j.id: j.verdict for j in report.requirements}
    assert found == {i: v if v is Verdict.SATISFIED else None for i, v in expected.items()}


def test_neither_set_is_empty() -> None:
    """Agreement on nothing would prove nothing; at least the number of satisfied rows that the table asks for."""
    count = Counter(j.verdict for on in DAYS for j in judged(on).requirements)
    assert count[Verdict.SATISFIED] >= 5
    assert count[Verdict.FAILED] >= 5
    assert len([v for v in count if v is not Verdict.SATISFIED]) >= 8


def test_a_reason_is_given_for_each() -> None:
    on = DAYS[0]
    markets = [asked(on).knowledge.markets[m] for m in MARKETS]
    for found in by_shacl(asked(on), judged(on), markets).requirements:
        assert found.reason.startswith("conforms to http") if found.verdict else found.citation in found.reason


@pytest.fixture(scope="session")
def without_comity(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder from which rdflib, owlrl, pySHACL and what they need can be imported, and nothing else."""
    folder = tmp_path_factory.mktemp("packages")
    for name in _needed("rdflib", "owlrl", "pyshacl"):
        for top in {f.parts[0] for f in distribution(name).files or () if f.parts[0] not in ("..", "bin")}:
            target = Path(str(distribution(name).locate_file(top)))
            if not (folder / top).exists() and top != "__pycache__":
                (folder / top).symlink_to(target)
    return folder


def _needed(*names: str) -> Iterator[str]:
    seen: set[str] = set()
    todo = list(names)
    while todo:
        name = todo.pop()
        if name in seen or not _installed(name):
            continue
        seen.add(name)
        yield name
        todo += [NAME.match(text)[0] for text in distribution(name).requires or () if "extra ==" not in text]  # type: ignore[index]


def _installed(name: str) -> bool:
    """Tell a package from one that only other versions of Python need."""
    try:
        return bool(distribution(name).files)
    except PackageNotFoundError:
        return False


def plain(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python without its site packages, with those of a folder."""
    start = "import sys, runpy; sys.path.append(sys.argv.pop(1)); runpy.run_path(sys.argv.pop(1), run_name='__main__')"
    command = [sys.executable, "-I", "-S", "-c", start, str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)


def test_comity_cannot_be_imported_there(without_comity: Path, tmp_path: Path) -> None:
    script = tmp_path / "try.py"
    script.write_text("import rdflib, owlrl, pyshacl\nimport comity\n", "utf-8")
    assert "No module named 'comity'" in plain(without_comity, str(script)).stderr


@pytest.mark.parametrize("market", MARKETS)
def test_a_plain_script_gets_the_same_from_the_published_files(
    market: str, without_comity: Path, tmp_path: Path
) -> None:
    on = DAYS[-1]
    evidence = tmp_path / "evidence.ttl"
    evidence.write_bytes(graph(on, market).turtle())
    published = [ROOT / "ontology" / "comity.ttl", ROOT / "shapes" / "markets" / f"{market}.ttl", evidence]
    done = plain(without_comity, str(Path(__file__).with_name("plain_pyshacl.py")), *(str(p) for p in published))
    assert done.returncode == 0, done.stderr
    printed = {binding: word == "true" for _, binding, word in (line.split() for line in done.stdout.splitlines())}
    verdicts = {j.id: j.verdict for j in judged(on).requirements}
    expected = {b.iri.value: verdicts[b.judgement] is Verdict.SATISFIED for b in graph(on, market).bindings}
    assert printed == expected
    assert set(printed.values()) == {True, False}
