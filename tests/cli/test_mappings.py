"""comity mappings: what people see, where it goes, and how it exits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from comity.cli import app


@pytest.fixture
def sets(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = root / "tests" / "cases" / "mappings"
    monkeypatch.chdir(folder / "a-circle-in-three-files")
    return folder


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app.comity, ["mappings", *arguments], input=stdin)


def test_check_names_file_line_author_and_date_of_each_row(sets: Path) -> None:
    done = run("check", "1.sssom.tsv", "2.sssom.tsv", "3.sssom.tsv")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[1:7] == [
        "  1.sssom.tsv line 5  m1",
        "    ex:a equal ex:b   (Ann, 2026-01-05)",
        "  2.sssom.tsv line 5  m2",
        "    ex:b superset ex:c   (Bob, 2026-01-06)",
        "  3.sssom.tsv line 5  m3",
        "    ex:c superset ex:a   (Cyd, 2026-01-07)",
    ]
    assert "m4" not in done.stdout


def test_check_of_our_own_sets_finds_nothing_to_mend() -> None:
    done = run("check", "--format", "json")
    found = json.loads(done.stdout)
    assert done.exit_code == 0
    assert found["contradictions"] == []
    assert found["rows"] > 0


def test_check_reads_a_folder_and_standard_input(sets: Path) -> None:
    assert run("check", ".").exit_code == 1
    text = (sets / "a-circle-in-three-files" / "1.sssom.tsv").read_bytes()
    done = run("check", "-", stdin=text)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1] == "1 row in 1 mapping set: no problems"


def test_check_writes_to_a_file(sets: Path, tmp_path: Path) -> None:
    target = tmp_path / "found.json"
    done = run("check", ".", "-o", str(target))
    assert (done.exit_code, done.stdout) == (1, "")
    row = json.loads(target.read_text("utf-8"))["contradictions"][0]["rows"][0]
    assert row == {
        "id": "m1",
        "subject": "https://ex.example/a",
        "predicate": "equal",
        "object": "https://ex.example/b",
        "relation": ["EQ"],
        "authority": "draft",
        "file": "1.sssom.tsv",
        "line": 5,
        "author": "Ann",
        "reviewer": "",
        "date": "2026-01-05",
    }


@pytest.mark.parametrize("name", ["no-such-file.sssom.tsv", "empty"])
def test_what_cannot_be_read_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    done = run("check", name)
    assert (done.exit_code, done.stdout) == (2, "")
    assert name in done.stderr


def test_an_empty_file_is_no_mapping_set(tmp_path: Path) -> None:
    file = tmp_path / "nothing.sssom.tsv"
    file.write_text("", "utf-8")
    done = run("check", str(file))
    assert done.exit_code == 2
    assert "There is no row of column names" in done.stderr


def test_a_row_stands_for_ours_of_the_same_id(root: Path, tmp_path: Path) -> None:
    """Who edits a set of ours and checks it hears of the edit, and of no repetition."""
    first = sorted((root / "mappings").glob("*.sssom.tsv"))[0]
    copy = tmp_path / first.name
    copy.write_bytes(first.read_bytes())
    done = run("check", str(copy), "--format", "json")
    found = json.loads(done.stdout)
    assert done.exit_code == 0
    assert [f for f in found["findings"] if f["code"] in ("record-id", "duplicate-row")] == []


def test_warnings_of_one_sort_are_one_message(tmp_path: Path) -> None:
    rows = "".join(f"m{n}\thttps://x.example/{n}\tcomity:covers\thttps://y.example/{n}\n" for n in range(3))
    file = tmp_path / "m.sssom.tsv"
    file.write_text("#\nrecord_id\tsubject_id\tpredicate_id\tobject_id\n" + rows, "utf-8")
    done = run("check", str(file))
    assert done.exit_code == 0
    assert f"{file}  lines 3, 4, 5  warning  no-reason" in done.stdout.splitlines()
