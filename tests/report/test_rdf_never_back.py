"""What was judged is never read back: a report is no evidence and no knowledge, and is never pushed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner
from rdflib import RDF, Graph
from tests.report.rdf_graphs import BATTERY, ON, C, graph, run, vocabulary

from comity.cli import app
from comity.stores import remote


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("report") / "report.ttl"
    run("check", BATTERY, "--market", "eu", *ON, "-o", target)
    assert (None, C.verdict, C.satisfiedVerdict) in Graph().parse(target)
    return target


def test_a_report_is_no_evidence(written: Path) -> None:
    result = CliRunner().invoke(app.comity, ["check", str(written)])
    assert result.exit_code == 2
    assert "it holds verdicts and proofs, and no evidence. Give the documents that it was made from." in result.stderr


def test_the_evidence_graph_has_no_verdict_even_beside_a_report(written: Path) -> None:
    text = run("evidence", BATTERY, written, "--market", "eu", *ON)
    found = graph(text)
    judged = {C.Report, C.Judgement, C.Proof, C.Step, C.Inference}
    assert not judged & set(found.objects(None, RDF.type))
    assert not {C.verdict, C.wouldBe, C.proof} & set(found.predicates())
    assert not set(vocabulary().subjects(RDF.type, C.Verdict)) & set(found.objects())


@pytest.mark.parametrize("option", [(), ("--with",)])
def test_a_report_is_not_pushed(written: Path, option: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    pushed: list[pyoxigraph.Triple] = []
    monkeypatch.setattr(remote.RemoteStore, "put", lambda self, graph, triples: pushed.extend(triples))
    arguments = ["push", "--endpoint", "http://127.0.0.1:9/", *option, str(written)]
    result = CliRunner().invoke(app.comity, arguments)
    assert result.exit_code == 2
    assert "report" in result.stderr
    assert pushed == []
    both = CliRunner().invoke(app.comity, ["push", "--endpoint", "http://127.0.0.1:9/", str(written), str(BATTERY)])
    assert both.exit_code == 0, both.output
    assert len(pushed) > 1000
    assert not [t for t in pushed if t.predicate.value in (C.verdict, C.wouldBe, C.proof)]


def test_the_steps_of_a_verdict_can_be_asked_of_a_report(written: Path) -> None:
    arguments = ("query", "steps-of-a-verdict", "-p", "rule=eu-batt-art8-2-co", "--format", "csv", "--report")
    rows = list(csv.DictReader(io.StringIO(run(*arguments, written))))
    judged = json.loads(run("check", BATTERY, "--market", "eu", *ON, "--format", "json"))["requirements"]
    (proof,) = [r["proof"] for r in judged if r["notation"] == "eu-batt-art8-2-co" and r["proof"]]
    assert [row["step"] for row in rows] == [step["text"] for step in proof["steps"]]
    assert [row["kind"] for row in rows] == [step["kind"] for step in proof["steps"]]
    assert [row["premises"] for row in rows] == [" ".join(map(str, step["premises"])) for step in proof["steps"]]
    assert [row["position"] for row in rows] == [str(n) for n in range(len(rows))]
    assert {(row["side"], row["verdict"]) for row in rows} == {("proof", "satisfied")}
    assert {row["document"] for row in rows if row["kind"] == "document"} == set(proof["documents"])


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("absent.ttl", None, "absent.ttl cannot be read: No such file"),
        ("other.ttl", "<urn:a> a <urn:B> .", "other.ttl is no report in Turtle"),
        ("broken.ttl", "<urn:a> a", "broken.ttl"),
        ("report.json", "{}", "report.json"),
    ],
)
def test_what_is_no_report_is_refused(tmp_path: Path, name: str, content: str | None, says: str) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, "utf-8")
    result = CliRunner().invoke(app.comity, ["query", "steps-of-a-verdict", "--report", str(tmp_path / name)])
    assert result.exit_code == 2
    assert says in result.stderr


def test_a_server_is_asked_alone(written: Path) -> None:
    arguments = ["query", "steps-of-a-verdict", "--report", str(written), "--endpoint", "http://127.0.0.1:9"]
    result = CliRunner().invoke(app.comity, arguments)
    assert result.exit_code == 2
    assert "a server answers from what it holds" in result.stderr
