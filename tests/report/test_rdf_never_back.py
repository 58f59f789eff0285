"""What was judged is never read back: a report is no evidence and no knowledge, and is never pushed."""

from __future__ import annotations

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
