"""Adding a document never removes a proof: it may replace one, speak against it, or change a fact."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

import pytest
from tests.metamorphic.conftest import Open
from tests.metamorphic.sets import SETS, Answer, Bench

from comity.formats.archives import Input
from comity.judgement import case
from comity.model.scales import Fact, Verdict

ASKED = [pytest.param(s.name, s.day, id=s.name) for s in SETS]


@pytest.mark.parametrize(("name", "day"), ASKED)
def test_what_part_of_the_documents_shows_all_of_them_show(name: str, day: date, open_set: Open) -> None:
    bench = open_set(name)
    shuffled = list(bench.inputs)
    random.Random(7).shuffle(shuffled)
    most = _ask(bench, day, shuffled[: len(shuffled) * 2 // 3])
    few = _ask(bench, day, shuffled[: len(shuffled) // 3])
    assert _lost(few, most) == []
    assert _lost(most, bench.first(day)) == []


def _lost(part: Answer, whole: Answer) -> list[str]:
    """List what only the part shows.

    Where a new document changes a fact, so that a rule does not apply, nothing is shown of that rule.
    """
    later = {(j.market, j.notation, j.subject.key): j for j in whole.report.requirements}
    lost = []
    for j in part.report.requirements:
        now = later[j.market, j.notation, whole.name(j.subject.key)]
        if now.verdict is not Verdict.NOT_APPLICABLE and not set(j.facts) <= set(now.facts):
            lost.append(f"{j.notation} {j.subject.key}: {j.facts} became {now.facts}")
    kept = {r[:5] for r in whole.rows() if r[0] == "evidence"}
    return lost + [str(r) for r in part.rows(whole.name) if r[0] == "evidence" and r[:5] not in kept]


def _ask(bench: Bench, day: date, inputs: Sequence[Input]) -> Answer:
    """Ask with the facts that are stated of subjects that these documents know."""
    whole = bench.ask(day, inputs, given=()).question.world
    given = [g for g in bench.given if not g.subject or case.find_subject(g.subject, whole) is not None]
    return bench.ask(day, inputs, given=given)


def test_an_opposite_finding_stands_beside_the_proof_and_does_not_remove_it(open_set: Open) -> None:
    bench, day = open_set("examples"), date(2031, 8, 18)
    without = [i for i in bench.inputs if not i.name.endswith("dcc-due-diligence-second-opinion.json")]
    (before,) = [j for j in bench.ask(day, without).report.requirements if j.notation == "eu-batt-art50-1-a"]
    (after,) = [j for j in bench.first(day).report.requirements if j.notation == "eu-batt-art50-1-a"]
    assert (before.verdict, after.verdict) == (Verdict.SATISFIED, Verdict.CONFLICTING)
    assert before.proof is not None
    assert after.proof is not None
    assert after.proof.documents == before.proof.documents
    assert after.counter_proof is not None
    assert after.counter_proof.fact is Fact.NOT_ALL
