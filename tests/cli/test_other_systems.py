"""What would break on Windows, as far as it shows elsewhere: encodings of consoles, line ends, names of files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from comity.authoring.file_names import file_name
from comity.cli import payload
from comity.cli.app import NAMES, comity

ROOT = Path(__file__).parents[2]
BATTERY = "examples/ev-battery"
EU = (BATTERY, "--market", "eu", "--on", "2031-08-18", "--case", f"{BATTERY}/case.toml")

FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f]|[ .]$')
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)

COMMANDS: tuple[tuple[str, ...], ...] = (
    *((name, "--help") for name in NAMES),
    ("check", *EU),
    ("check", "-v", *EU),
    ("check", "nothing→here.json"),
    ("ask", "eu-batt-art8-2-co", *EU),
    ("diff", "rra-2.0", "rra-3.0", "--documents", "examples/copper-canada"),
    ("explain", "eu-batt-art8-2-co"),
    ("explain", "rra-2.0-≥"),
    ("export", "rra-3.0", "--format", "svc"),
    ("export", "rra-2.0--rra-3.0", "--format", "csv"),
    ("mappings", "check", "mappings/rra-2.0--rra-3.0.sssom.tsv"),
    ("mappings", "relate", "rra-2.0-1", "rra-3.0-5"),
    ("markets", "list"),
    ("markets", "show", "eu"),
    ("query", "rows-to-review"),
    ("review", "mappings/rra-2.0--rra-3.0.sssom.tsv"),
    ("schemes", "list"),
    ("schemes", "show", "cn-cccmc-2022"),
    ("suggest", "rra-2.0", "rra-3.0"),
    ("template", "criteria", "--format", "csv"),
)


@pytest.mark.parametrize("encoding", ["cp1252", "cp850"])
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_no_sign_is_too_much_for_a_console(
    arguments: tuple[str, ...], encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a command prints is UTF-8, or goes through where the console knows fewer signs."""
    monkeypatch.chdir(ROOT)
    result = CliRunner(charset=encoding).invoke(comity, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception


def test_a_folder_whose_name_the_console_cannot_write(tmp_path: Path) -> None:
    arguments = ["publish", str(tmp_path / "seite→"), "--only", "cn"]
    result = CliRunner(charset="cp1252").invoke(comity, arguments)
    assert result.exit_code == 0, result.exception
    assert "seite→" in result.stdout_bytes.decode("utf-8")


@pytest.mark.parametrize("suffix", ["json", "csv", "ttl", "tsv", "html"])
def test_names_of_files_that_an_editor_finds_in_the_checkout(suffix: str) -> None:
    """A checkout on Windows has every file of ours, and no two of them are one there."""
    folders = ("ontology", "mappings", "shapes", "queries", "examples", "docs", "tests/cases")
    found = [p.relative_to(ROOT) for f in folders for p in (ROOT / f).rglob(f"*.{suffix}")]
    parts = {part for path in found for part in path.parts}
    assert not [part for part in parts if FORBIDDEN.search(part) or RESERVED.fullmatch(part)]
    assert len({p.as_posix().casefold() for p in found}) == len(found)


@pytest.mark.parametrize(
    "name", ["a:b", "a/b", "a\\b", 'a"b', "a<b>", "a|b?", "a*", "con", "NUL.tsv", "com1.x.y", "a.", "a ", "a\tb"]
)
def test_names_of_files_that_are_made_of_other_names(name: str) -> None:
    made = file_name(name)
    assert made
    assert not FORBIDDEN.search(made)
    assert not RESERVED.fullmatch(made)


def test_places_are_named_with_slashes_on_every_system() -> None:
    """A path is written by as_posix wherever a message, a report or a comparison uses it.

    Otherwise what was found in one way would not be found again in the other, and reports would differ by system.
    """
    wrong = [
        f"{file.relative_to(ROOT)}: {line.strip()}"
        for file in (ROOT / "src" / "comity").rglob("*.py")
        for line in file.read_text("utf-8").splitlines()
        if re.search(r"\bstr\((path|folder|member|beside|target|found_in)\)", line) and '== "-"' not in line
    ]
    assert wrong == ["src/comity/cli/checking.py: payload.write(marked(content, name, findings), str(target))"]


def test_text_is_written_with_the_same_line_ends_on_every_system() -> None:
    wrong = [
        f"{file.relative_to(ROOT)}: {line.strip()}"
        for file in (ROOT / "src" / "comity").rglob("*.py")
        for line in file.read_text("utf-8").splitlines()
        if ".write_text(" in line and "newline=" not in line
    ]
    assert not wrong


def test_a_console_of_windows_is_coloured_only_where_it_understands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    for name in (*payload.COLOURFUL, "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    assert not payload.is_coloured(None)
    monkeypatch.setenv("WT_SESSION", "1")
    assert payload.is_coloured(None)
