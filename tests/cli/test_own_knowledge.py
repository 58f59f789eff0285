"""``--with``: every answer says that it leans on the user's own knowledge, and what of it nothing reads."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from comity.cli import app

ON = ("--on", "2027-03-01")


@pytest.fixture(scope="module")
def garment(root: Path) -> Path:
    return root / "examples" / "garment"


@pytest.fixture
def mine(garment: Path, tmp_path: Path) -> Path:
    """A user's folder: nine files of knowledge."""
    return Path(shutil.copytree(garment / "knowledge", tmp_path / "mine"))


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(app.comity, [str(a) for a in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def told(result: Result) -> str:
    """Return a page without its line breaks."""
    return " ".join(result.stdout.split())


@pytest.mark.parametrize("form", ["table", "long"])
def test_the_heading_names_the_users_folder(garment: Path, mine: Path, form: str) -> None:
    result = run("check", garment / "documents", "--market", "arcadia", "--with", mine, "--format", form, *ON)
    assert f"Leans on your own knowledge: {mine} (9 files)." in told(result)
    assert result.stderr == ""


def test_an_answer_names_the_users_file(garment: Path, mine: Path) -> None:
    # Nothing in the answer comes from it, and it is named all the same.
    lone = mine / "fair-loom-2.ttl"
    arguments = ("ask", "eu-batt-art48-1", garment / "documents", "--with", lone, *ON)
    assert f"Leans on your own knowledge: {lone}." in told(run(*arguments))
    by_machine = run(*arguments, "--format", "json")
    assert json.loads(by_machine.stdout) is not None
    assert f"Leans on your own knowledge: {lone}.\n" in by_machine.stderr


def test_the_report_names_the_users_files_by_content(garment: Path, mine: Path) -> None:
    result = run("check", garment / "documents", "--market", "arcadia", "--with", mine, "--format", "json", *ON)
    report = json.loads(result.stdout)
    files = sorted(mine.iterdir())
    assert report["policy"]["with"] == [{"name": str(f), "sha256": sha256(f.read_bytes()).hexdigest()} for f in files]
    schema = json.loads(run("schema", "report").stdout)
    jsonschema.Draft202012Validator(schema).validate(report)


def test_without_own_knowledge_nothing_is_said_of_it(garment: Path) -> None:
    assert "your own knowledge" not in run("check", garment / "documents", *ON).stdout
    assert "with" not in json.loads(run("check", garment / "documents", "--format", "json", *ON).stdout)["policy"]


def test_what_nothing_reads_is_a_warning_by_name(garment: Path, mine: Path) -> None:
    (mine / "policies.csv").write_text("a,b\n1,2\n")
    (mine / "statement.csv").write_text("subject,criterion,value\n")
    (mine / "case.toml").write_text("")
    documents = shutil.copytree(garment / "documents", mine / "documents")
    # The documents and the sheet are given as such: only the table is nothing at all.
    given = (documents, mine / "statement.csv", "--case", mine / "case.toml")
    result = run("check", *given, "--market", "arcadia", "--with", mine, *ON)
    said = [line for line in result.stderr.splitlines() if line.startswith("Warning")]
    assert len(said) == 1
    assert said[0].startswith(f"Warning: {mine}/policies.csv: Nothing reads it as knowledge. Comity reads *.ttl,")


def test_what_is_doubtful_in_the_users_own_is_said(garment: Path, mine: Path) -> None:
    rows = next(mine.glob("fair-loom--*.tsv"))
    header, *rest = rows.read_text("utf-8").splitlines()
    cells = next(i for i, line in enumerate(rest) if line.startswith("record_id"))
    rest[cells] += "\tcolour"
    rows.write_text("\n".join([header, *rest]) + "\n", "utf-8")
    result = run("check", garment / "documents", "--market", "arcadia", "--with", mine, *ON)
    assert f"Warning: {rows}: Nothing reads the column colour." in result.stderr


def test_schemes_check_names_what_is_added_to_what_comity_ships(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        "@prefix comity: <https://w3id.org/comity/ns#> .\n"
        "<https://w3id.org/comity/market/eu> comity:policyAuthority comity:draft .\n"
    )
    result = run("schemes", "check", own)
    assert result.exit_code == 1
    assert f"{own} line 2" in result.stdout
    assert "comity:policyAuthority of <https://w3id.org/comity/market/eu>" in told(result)


def test_a_replay_refuses_what_the_judgement_refuses(root: Path, garment: Path, mine: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    run("check", garment / "documents", "--market", "arcadia", "--with", mine, "-o", report, *ON)
    documents = shutil.copytree(garment / "documents", mine / "documents")
    replayed = run("verify", report, documents, "--with", mine)
    # The documents lie in the folder of knowledge, and are given as documents: nothing is unread.
    assert (replayed.exit_code, replayed.stderr) == (0, "")
    (mine / "more.ttl").write_text(
        "@prefix comity: <https://w3id.org/comity/ns#> .\n"
        "<https://own.example/d> a comity:AnyOf ; comity:basis comity:readInSource ;\n"
        "    comity:whole <https://w3id.org/comity/eu-batt/2023-1542/art48-1> ;\n"
        "    comity:option <https://w3id.org/comity/rra/3.0/1> .\n"
    )
    refused = run("verify", report, garment / "documents", "--with", mine)
    assert refused.exit_code == 2
    assert "more.ttl line 3" in refused.stderr
