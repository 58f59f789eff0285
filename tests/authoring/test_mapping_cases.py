"""Each folder of tests/cases/mappings holds mapping sets and names all that a check must find."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from comity.algebra.glue import masses
from comity.authoring.checking import check
from comity.cli import app
from comity.report.explain import codes

CASES = Path(__file__).parent.parent / "cases"
FOLDERS = sorted(p for p in (CASES / "mappings").iterdir() if p.is_dir())
TEA = CASES / "report" / "explain" / "tea.ttl"


def _expected(folder: Path) -> list[str]:
    lines = (folder / "expected.txt").read_text("utf-8").splitlines()
    return sorted(line for line in lines if line and not line.startswith("#"))


def _check(folder: Path, monkeypatch: pytest.MonkeyPatch, *names: str) -> tuple[int, list[str]]:
    """Return the exit code and what is found, in the words of ``expected.txt``."""
    monkeypatch.chdir(folder)
    files = names or tuple(p.name for p in sorted(folder.glob("*.sssom.tsv")))
    done = CliRunner().invoke(app.comity, ["mappings", "check", *files, "--with", str(TEA), "--format", "json"])
    found = json.loads(done.stdout)
    lines = [" ".join([c["code"], *(r["id"] for r in c["rows"])]) for c in found["contradictions"]]
    lines += [" ".join(["forced-equal", *(r["id"] for r in e["rows"])]) for e in found["equal"]]
    told = (f for f in found["findings"] if f["severity"] == "error" or f["code"] in check.RULES)
    lines += [f"{f['severity']} {f['file']}:{f['line']} {f['code']}" for f in told]
    return done.exit_code, sorted(lines)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_what_is_wrong_is_found_and_nothing_else(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = _expected(folder)
    failing = any(not line.startswith(("forced-equal", "warning ")) for line in expected)
    assert _check(folder, monkeypatch) == (int(failing), expected)


@pytest.mark.parametrize("removed", ["1", "2", "3"])
def test_a_circle_is_open_when_any_row_is_removed(
    removed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """m4 stays when its file goes with m2: it is no part of the circle."""
    folder = tmp_path / "sets"
    shutil.copytree(CASES / "mappings" / "a-circle-in-three-files", folder)
    (folder / f"{removed}.sssom.tsv").unlink()
    assert _check(folder, monkeypatch) == (0, [])


def test_the_order_of_files_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = CASES / "mappings" / "a-circle-in-three-files"
    found = _check(folder, monkeypatch, "3.sssom.tsv", "1.sssom.tsv", "2.sssom.tsv", "1.sssom.tsv")
    assert found == (1, ["strict-circle m1 m2 m3"])


def test_every_code_has_a_page_and_a_case() -> None:
    shown = {line.split()[0] for folder in FOLDERS for line in _expected(folder)}
    shown |= {line.split()[-1] for folder in FOLDERS for line in _expected(folder)}
    elsewhere = {
        "unchecked-block",  # tests/algebra: needs a block past the bound
        "exploding-reach",  # below, with a smaller bound
    }
    assert set(check.RULES) - shown == elsewhere
    assert set(check.RULES) <= set(codes.pages())


def test_rows_that_glue_a_mass_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows of equal criteria, each borne out by what all of it intersects, and one row that ties them."""
    rows = [f"{x}{n} equal {x}{n + 1}" for x in "pq" for n in range(6)]
    rows += [f"{x}{n} intersects {x}" for x in "pq" for n in range(7)] + ["p3 equal q2"]
    text = ["#curie_map:", "#  ex: https://ex.example/", "record_id\tsubject_id\tpredicate_id\tobject_id\tcomment"]
    for number, row in enumerate(rows):
        subject, predicate, obj = row.split()
        text.append(f"m{number}\tex:{subject}\tcomity:{predicate}\tex:{obj}\tx")
    (tmp_path / "m.sssom.tsv").write_text("\n".join(text) + "\n", "utf-8")
    monkeypatch.setattr(check, "masses", lambda ties: masses(ties, 10))
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app.comity, ["mappings", "check", "m.sssom.tsv"])
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0].startswith(
        "EXPLODING REACH  14 criteria hang together by 1 row that nothing else"
    )
    assert f"  m.sssom.tsv line {3 + len(rows)}  m{len(rows) - 1}" in done.stdout.splitlines()
