"""Which evidence serves how many rules, and verdicts as rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace

import pytest

from comity.model.proofs import Proof
from comity.model.scales import Assurance, Verdict
from comity.model.verdicts import Judgement, Report
from comity.report import REPORTERS, as_csv, as_matrix, as_table
from comity.report.matrix import matrix


@pytest.fixture
def two_markets(report: Report, make: Callable[..., Judgement], prove: Callable[..., Proof]) -> Report:
    lab, own = prove("17", "dcc.json", Assurance.THIRD_PARTY), prove("18", "dpp.json", Assurance.SELF)
    return replace(
        report,
        policy=replace(report.policy, markets=("meadow", "town")),
        requirements=(
            make("a", Verdict.SATISFIED, proof=lab),
            make("b", Verdict.SATISFIED, proof=lab),
            make("c", Verdict.INSUFFICIENT_ASSURANCE, proof=own),
            make("d", Verdict.SATISFIED, proof=lab, market="town"),
            make("e", Verdict.UNDETERMINED, proof=lab, market="town"),
            make("f", Verdict.NOT_APPLICABLE, proof=own, market="town"),  # asks nothing, so nothing bears on it
            make("g", Verdict.MISSING, market="town"),
        ),
    )


def test_evidence_is_counted_by_market_the_most_useful_first(two_markets: Report) -> None:
    lab, own = matrix(two_markets)
    assert (lab.place.document, dict(lab.satisfies), dict(lab.bears)) == (
        "dcc.json",
        {"meadow": 2, "town": 1},
        {"meadow": 2, "town": 2},
    )
    assert (own.place.document, dict(own.satisfies), dict(own.bears)) == (
        "dpp.json",
        {"meadow": 0, "town": 0},
        {"meadow": 1, "town": 0},
    )


def test_the_matrix_is_csv(two_markets: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(as_matrix(two_markets))))
    assert [row["document"] for row in rows] == ["dcc.json", "dpp.json"]
    assert (rows[0]["town satisfies"], rows[0]["town bears on"]) == ("1", "2")
    assert rows[0]["assurance"] == "third-party"


def test_the_table_shows_the_matrix_for_several_markets_only(two_markets: Report, report: Report) -> None:
    assert "dcc.json  $.claim[0]: meadow 2 of 2, town 1 of 2" in as_table(two_markets)
    assert "EVIDENCE" not in as_table(report)


def test_csv_has_one_row_for_each_verdict(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(report))))
    assert [row["rule"] for row in rows] == [j.notation for j in report.requirements]
    failed = rows[-1]
    assert (failed["verdict"], failed["document"], failed["pointer"]) == ("failed", "shop/docs/dpp.json", "/claim/0")
    assert failed["needs"] == "laboratory report, third party or better"
    assert rows[6]["doubt"] == "rule not verified; The number is from memory."
    assert rows[6]["reason"] == "only the operator's own word; a third party is asked"


def test_csv_without_a_market_has_the_claims(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(replace(report, policy=replace(report.policy, markets=()))))))
    assert [(row["rule"], row["verdict"]) for row in rows] == [("hive-1-a", "insufficient-assurance")]


def test_every_reporter_writes_every_report(report: Report, two_markets: Report) -> None:
    assert list(REPORTERS) == ["table", "long", "json", "csv", "matrix", "turtle"]
    for reporter in REPORTERS.values():
        for one in (report, two_markets, replace(report, documents=(), requirements=(), claims=(), markets=())):
            assert reporter(one).endswith("\n")
