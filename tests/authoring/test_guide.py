"""The author's guide: its tables are typed into the workbooks, its commands are run, and print what it shows."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import yaml  # type: ignore[import-untyped]  # its types are a package of their own
from click.testing import CliRunner
from tests.programs import program

from comity import __version__
from comity.cli.app import comity

STEP = re.compile(
    r"```console\n(?P<console>.*?)```"
    r"|<!-- (?P<act>type|mend): (?P<book>\S+) (?P<sheet>\S+) -->\n(?P<table>(?:\|[^\n]*\n)+)",
    re.DOTALL,
)
WHEEL = f"comity-{__version__}-py3-none-any.whl"


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "authoring.md").read_text("utf-8")


def _rows(table: str) -> list[list[str]]:
    lines = [line.strip()[1:-1] for line in table.strip().splitlines()]
    return [[cell.strip() for cell in line.split("|")] for line in lines if not set(line) <= set("|-")]


def _value(text: str) -> object:
    """Return what a spreadsheet makes of what is typed."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    return text or None


def _type(book: Path, sheet: str, rows: list[list[str]]) -> None:
    """Type a table below the headings of a sheet; on About, beside what stands there."""
    whole = openpyxl.load_workbook(book)
    page = whole[sheet]
    if sheet == "About":
        lines = {row[0].value: row[1] for row in page.iter_rows()}
        for title, value in rows[1:]:
            lines[title].value = value
    else:
        heads = {cell.value: cell.column for cell in page[1]}
        for title in rows[0]:
            assert title in heads, title
        page.delete_rows(2, page.max_row)
        for number, row in enumerate(rows[1:], 2):
            for title, text in zip(rows[0], row, strict=True):
                page.cell(number, heads[title]).value = _value(text)
    whole.save(book)


def _mend(book: Path, sheet: str, rows: list[list[str]]) -> None:
    whole = openpyxl.load_workbook(book)
    for cell, text in rows[1:]:
        whole[sheet][cell].value = _value(text)
    whole.save(book)


def _commands(console: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        command, *lines = part.splitlines()
        yield command, tuple(lines)


def test_an_author_gets_from_an_empty_workbook_to_a_set(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = 0
    for step in STEP.finditer(page):
        if step["act"]:
            act = _type if step["act"] == "type" else _mend
            act(tmp_path / step["book"], step["sheet"], _rows(step["table"]))
            continue
        for command, lines in _commands(step["console"]):
            run += 1
            result = CliRunner().invoke(comity, shlex.split(command)[1:])
            refused = any(line.startswith("Error: ") for line in lines)
            to_mend = any("error" in line or "something open" in line for line in lines)
            assert result.exit_code == (2 if refused else int(to_mend)), result.output
            for line in lines:
                assert line in result.output, f"{command} does not print {line!r}:\n{result.output}"
    assert run >= 10
    book = openpyxl.load_workbook(tmp_path / "mappings-marked.xlsx")
    assert book.sheetnames[0] == "Problems"


def test_it_begins_with_one_line_that_installs(page: str) -> None:
    first = page.split("\n## ")[0]
    assert re.findall(r"^```\n(.*?)\n```", first, re.DOTALL | re.MULTILINE) == [f"py -m pip install {WHEEL}"]
    assert set(re.findall(r"comity-\S+\.whl", page)) == {WHEEL}


def test_the_hooks_run_commands_that_there_are(root: Path) -> None:
    hooks = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [h["id"] for h in hooks] == ["comity-mappings", "comity-schemes"]
    for hook in hooks:
        words = shlex.split(hook["entry"])
        assert words[0] == "comity"
        assert CliRunner().invoke(comity, [*words[1:], "--help"]).exit_code == 0
    mappings, schemes = (re.compile(h["files"]) for h in hooks)
    assert [bool(mappings.search(n)) for n in ("a/b--c.sssom.tsv", "my-mappings.xlsx", "other.xlsx")] == [
        True,
        True,
        False,
    ]
    assert [bool(schemes.search(n)) for n in ("a/loom-2.ttl", "criteria.csv", "other.csv")] == [True, True, False]


@pytest.fixture
def kept_in_git(root: Path, page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The author's tables in a repository, with the snippet of the page for pre-commit."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    for name in [n for n in os.environ if n.startswith("GIT_")]:
        monkeypatch.delenv(name)
    snippet = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[0]
    criteria = str(root / "tests" / "cases" / "tables" / "loom" / "loom-2.csv")
    for name in ("loom-2.ttl", "loom-2.xlsx"):
        assert CliRunner().invoke(comity, ["import", criteria, "-o", name]).exit_code == 0
    _map("overlaps")
    Path(".pre-commit-config.yaml").write_text(snippet, "utf-8")
    git = program(("git",), ("git",), "git")
    for words in (["init", "-q"], ["add", "loom-2.ttl", "loom-2.xlsx", "mappings.xlsx", ".pre-commit-config.yaml"]):
        subprocess.run([git, *words], check=True, capture_output=True)
    return tmp_path


def _map(relation: str) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Mappings"
    book.active.append(["subject", "relation", "object", "why", "author"])
    book.active.append(["loom-2-2.1", relation, "rra-3.0-7", "Both want complaints to be heard.", "Ann Weaver"])
    book.save("mappings.xlsx")


def _hooks() -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--verbose"]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=300)


def test_the_snippet_for_pre_commit_works_as_it_stands(kept_in_git: Path) -> None:
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    done = _hooks()
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("Passed") == 2
    _map("overlapz")
    subprocess.run(["git", "add", "mappings.xlsx"], check=True)
    done = _hooks()
    assert done.returncode == 1
    assert "mappings.xlsx  Mappings!B2  error  unknown-predicate" in done.stdout
    assert done.stdout.count("Passed") == 1


def test_the_snippets_for_build_servers_are_yaml(page: str) -> None:
    snippets = [yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)]
    commands = [s["run"] for s in snippets[1]["jobs"]["check"]["steps"] if "run" in s] + snippets[2]["mappings"][
        "script"
    ]
    assert sum("comity mappings check" in c for c in commands) == 2
