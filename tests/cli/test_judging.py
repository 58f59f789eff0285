"""check, ask, evidence: smoke tests on the example of the README, and what becomes of bad input."""

from __future__ import annotations

import csv
import io
import json
import shlex
import shutil
import zipfile
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from comity.cli import app

ON = ("--on", "2031-08-18")


@pytest.fixture(scope="module")
def battery(root: Path) -> Path:
    return root / "examples" / "ev-battery"


@pytest.fixture(scope="module")
def passport(battery: Path) -> Path:
    return battery / "documents" / "dpp-battery.json"


def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    result = CliRunner().invoke(app.comity, [str(a) for a in arguments], input=stdin)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_check_writes_json_that_its_own_schema_accepts(battery: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    result = run("check", battery, "--market", "eu", *ON, "-o", target)
    assert (result.exit_code, result.stdout) == (1, "")
    report = json.loads(target.read_text("utf-8"))
    schema = json.loads(run("schema", "report").stdout)
    jsonschema.Draft202012Validator(schema).validate(report)
    assert report["on"] == "2031-08-18"
    assert len(report["documents"]) == len(list(battery.glob("documents/*.json")))


def test_check_prints_the_day_and_the_gaps(battery: Path) -> None:
    result = run("check", battery, "--market", "eu", *ON)
    assert result.exit_code == 1
    assert result.stdout.startswith("Judged as of 2031-08-18, for eu.")
    assert "eu-batt-art8-2-li" in result.stdout
    assert "\x1b" not in result.stdout


def test_verbose_is_the_long_form_and_tells_more(battery: Path) -> None:
    arguments = ("check", battery, "--market", "eu", *ON)
    long = run(*arguments, "-v").stdout
    assert long == run(*arguments, "--format", "long").stdout
    assert len(long.splitlines()) > 2 * len(run(*arguments).stdout.splitlines())


def test_verbose_is_no_way_to_write_data(passport: Path) -> None:
    result = run("check", passport, *ON, "-v", "--format", "json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "it cannot stand beside --format json" in result.stderr


def test_the_story_of_the_demo_fits_on_three_screens(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    battery = Path("examples/ev-battery")
    story = (battery, *ON, "--case", battery / "case.toml", "--trust", battery / "trust.toml")
    table, answer = run("check", *story, "--market", "eu").stdout, run("ask", "eu-batt-art8-2-co", *story).stdout
    # Nine acts of the Union are asked about, of which one, that for batteries, fills three screens.
    assert len(table.splitlines()) + len(answer.splitlines()) <= 134
    # The first screen reaches from what was judged to what is not met.
    first = "\n".join(table.splitlines()[:40])
    for said in (
        "Judged as of 2031-08-18",
        "of Regulation (EU) 2023/1542",
        "FAILED",
        "CONFLICTING",
        "EXPIRED",
        "INSUFFICIENT ASSURANCE",
    ):
        assert said in first


def test_check_fails_only_on_what_is_named(battery: Path) -> None:
    verdicts = json.loads(run("check", battery, "--market", "eu", *ON, "--format", "json").stdout)["summary"]["eu"]
    assert "conflicting" not in verdicts
    assert run("check", battery, "--market", "eu", *ON, "--fail-on", "conflicting").exit_code == 0
    assert run("check", battery, "--market", "eu", *ON, "--fail-on", "none").exit_code == 0
    assert run("check", battery, "--market", "eu", *ON, "--fail-on", "satisfied").exit_code == 1


def test_without_a_market_claims_decide_the_exit_code(passport: Path) -> None:
    # nobody assessed the claims of the passport alone: "missing"
    assert run("check", passport, *ON, "--fail-on", "missing").exit_code == 1
    assert run("check", passport, *ON, "--fail-on", "failed").exit_code == 0


def test_facts_of_the_command_line_and_of_a_case_are_used(battery: Path) -> None:
    arguments = ("check", battery, "--market", "eu", *ON, "--format", "json")
    operator = "did:web:northcell.example"
    given = json.loads(run(*arguments, "--fact", f"{operator}:net-turnover-eur=5").stdout)
    facts = {s["id"]: s["facts"] for s in given["subjects"]}
    assert facts[operator]["net-turnover-eur"]["value"] == "5"
    assert facts[operator]["net-turnover-eur"]["source"] == "given"
    case = json.loads(run(*arguments, "--case", battery / "case.toml").stdout)
    assert {s["id"]: s["facts"] for s in case["subjects"]}[operator]["net-turnover-eur"]["value"] == "2100000000"


def test_only_the_subjects_named_are_judged(battery: Path) -> None:
    everything = json.loads(run("check", battery, "--market", "eu", *ON, "--format", "json").stdout)
    one = everything["requirements"][0]["subject"]["id"]
    some = json.loads(run("check", battery, "--market", "eu", *ON, "--format", "json", "--subject", one).stdout)
    assert {r["subject"]["id"] for r in some["requirements"]} == {one}


def test_documents_come_from_standard_input_and_archives(passport: Path, tmp_path: Path) -> None:
    archive = tmp_path / "documents.zip"
    with zipfile.ZipFile(archive, "w") as members:
        members.write(passport, "dpp.json")
    plain = json.loads(run("check", passport, *ON, "--format", "json").stdout)
    for result in (
        run("check", archive, *ON, "--format", "json"),
        run("check", "-", *ON, "--format", "json", stdin=passport.read_bytes()),
    ):
        found = json.loads(result.stdout)
        assert [d["sha256"] for d in found["documents"]] == [d["sha256"] for d in plain["documents"]]
        assert found["summary"] == plain["summary"]


def test_ask_is_0_only_when_satisfied(battery: Path) -> None:
    trusting = ("--trust", battery / "trust.toml", "--case", battery / "case.toml")
    yes = run("ask", "eu-batt-art8-2-co", battery, *ON, *trusting)
    assert (yes.exit_code, "SATISFIED" in yes.stdout) == (0, True)
    # nobody vouches for the register that anchors the notified body
    no = run("ask", "eu-batt-art8-2-co", battery, *ON, "--format", "json")
    assert no.exit_code == 1
    answers = json.loads(no.stdout)
    assert {a["verdict"] for a in answers} == {"insufficient-assurance"}
    assert {a["market"] for a in answers} == {"eu"}


def test_ask_judges_a_rule_of_any_text(battery: Path) -> None:
    result = run("ask", "rra-3.0-26", battery, *ON, "--format", "json")
    answers = json.loads(result.stdout)
    assert result.exit_code == 1
    assert all((a["market"], a["actor"], a["applies_from"]) == (None, None, None) for a in answers)


def test_evidence_is_rdf_without_verdicts(battery: Path, tmp_path: Path) -> None:
    target = tmp_path / "evidence.trig"
    assert run("evidence", battery, "--market", "eu", *ON, "-o", target).exit_code == 0
    text = target.read_text("utf-8")
    assert "comity:Binding" in text
    assert "comity:verdict" not in text
    turtle = run("evidence", battery, "--market", "eu", *ON).stdout
    assert "GRAPH" not in turtle
    assert turtle.startswith("@prefix")


def test_the_shacl_engine_says_satisfied_or_nothing(battery: Path) -> None:
    result = run("check", battery, "--market", "eu", *ON, "--engine", "shacl", "--format", "json")
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert {r["verdict"] for r in report["requirements"]} == {"satisfied", None}
    assert report["policy"]["engine"] == "shacl"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--on", "2025-02-30"), "2025-02-30 is not in the calendar"),
        (("--market", "euu"), "unknown market 'euu'. Did you mean eu?"),
        (("--fact", "net-turnover=5"), "unknown fact 'net-turnover'. Did you mean net-turnover-eur"),
        (("--fact", "x"), "'x' is not a fact"),
        (("--subject", "did:web:nobody.example"), "unknown subject 'did:web:nobody.example'"),
        (("--assurance", "3rd"), "'3rd' is none of unattributed, self,"),
        (("--fail-on", "fail"), "'fail' is none of"),
        (("--trust", "no-such.toml"), "no-such.toml"),
        (("--case", "no-such.toml"), "no-such.toml"),
        (("--with", "no-such.ttl"), "no-such.ttl"),
        (("--engine", "shacl"), "--engine shacl needs a --market"),
        (("-o", "report.pdf"), "no format has this extension"),
        (("-o", "no-such-folder/report.json"), "cannot write no-such-folder/report.json"),
    ],
)
def test_what_cannot_be_asked_is_one_message_and_exit_2(passport: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run("check", passport, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert len(result.stderr.splitlines()) < 24


def test_an_unknown_rule_gets_the_nearest(passport: Path) -> None:
    result = run("ask", "eu-bat-art8-2-co", passport)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "unknown rule 'eu-bat-art8-2-co'. Did you mean eu-batt-art8-2-co" in result.stderr


def test_an_unreadable_document_does_not_hide_the_others(passport: Path, tmp_path: Path) -> None:
    shutil.copy(passport, tmp_path / "good.json")
    (tmp_path / "bad.json").write_text('{"type": [', "utf-8")
    result = run("check", tmp_path, *ON, "--fail-on", "error", "--format", "json")
    kinds = {Path(d["name"]).name: d["kind"] for d in json.loads(result.stdout)["documents"]}
    assert (result.exit_code, kinds) == (1, {"bad.json": "unreadable", "good.json": "dpp"})
    assert run("check", tmp_path, *ON, "--fail-on", "failed").exit_code == 0


def test_ask_names_what_it_could_not_read(battery: Path, tmp_path: Path) -> None:
    """What was not read may have said the contrary: a rule is not simply satisfied beside it."""
    held = shutil.copytree(battery, tmp_path / "held")
    (held / "bad.json").write_text('{"type": [', "utf-8")
    trusting = ("--trust", battery / "trust.toml", "--case", battery / "case.toml")
    result = run("ask", "eu-batt-art8-2-co", held, *ON, *trusting)
    assert "SATISFIED" in result.stdout
    assert "bad.json" in result.stderr
    assert result.exit_code == 1


@pytest.mark.parametrize("command", ["check", "ask", "evidence"])
def test_nothing_readable_is_exit_2_and_says_what_is_wrong(command: str, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text('{"type": [', "utf-8")
    (tmp_path / "empty.json").write_bytes(b"")
    rule = ["eu-batt-art8-2-co"] if command == "ask" else []
    result = run(command, *rule, tmp_path, "--market", "eu")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "bad.json" in result.stderr
    assert "empty.json" in result.stderr


def test_a_folder_without_documents_is_exit_2(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("nothing", "utf-8")
    result = run("check", tmp_path)
    assert result.exit_code == 2
    assert "The folder holds no document." in result.stderr


def test_the_examples_of_the_help_run(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    table = (root / "ontology" / "tables" / "help-examples.csv").read_text("utf-8")
    monkeypatch.chdir(root)
    for row in csv.DictReader(io.StringIO(table)):
        arguments = shlex.split(row["example"])[1:]
        if "--endpoint" in arguments or any(a.startswith("my-") for a in arguments):
            continue
        if "-o" in arguments:
            place = arguments.index("-o") + 1
            arguments[place] = str(tmp_path / arguments[place])
        assert run(*arguments).exit_code in (0, 1), row["example"]
