"""A question about one rule, judged by what is tied to that rule, has the answer of the whole knowledge."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from comity import evidence, judgement
from comity.formats.archives import open_inputs
from comity.judgement import case, trust
from comity.judgement.chain import derived_rows, quarantined
from comity.judgement.nearby import nearby
from comity.judgement.question import Question
from comity.knowledge import load
from comity.knowledge.limits import by_metric
from comity.knowledge.snapshot import Stored
from comity.model.knowledge import Knowledge
from comity.model.requirements import Market

ON = date(2031, 8, 18)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="module")
def battery(root: Path, knowledge: Knowledge) -> Question:
    folder = root / "examples" / "ev-battery"
    given = case.read(folder / "case.toml", knowledge)
    documents = evidence.read(list(open_inputs([folder])))
    return judgement.question(knowledge, documents, on=ON, given=given, trust=trust.read(folder / "trust.toml"))


def bound(knowledge: Knowledge) -> Iterator[tuple[str, list[Market]]]:
    market = knowledge.markets["eu"]
    for iri in sorted({r.criterion for r in market.requirements}):
        yield iri, [market]


def test_every_rule_has_the_answer_of_the_whole(
    battery: Question, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken = {d.atom[1].criterion for d in battery.evidence.leaves}
    asked = [(iri, m) for n, (iri, m) in enumerate(bound(knowledge)) if n % 12 == 0 or iri in spoken]
    assert len(asked) > 10
    of_part = [judgement.ask(battery, knowledge.criteria[iri], markets) for iri, markets in asked]
    monkeypatch.setattr(sys.modules[Question.__module__], "nearby", lambda known, _: known)
    of_whole = [judgement.ask(battery, knowledge.criteria[iri], markets) for iri, markets in asked]
    assert of_part == of_whole


def test_the_rows_in_quarantine_are_those_of_the_whole(knowledge: Knowledge) -> None:
    """Two rows that contradict each other, made of one that is shipped: both are in the part, and disputed there."""
    row = next(r for r in knowledge.rows if not r.lead and not r.negated)
    opposite = replace(row, id="x:opposite", mask=~row.mask & type(row.mask).ANYTHING)
    worse = replace(knowledge, rows=(*knowledge.rows, opposite))
    whole, _ = quarantined(worse, tuple(derived_rows(worse)))
    for end in (row.subject, row.object):
        part = nearby(worse, [end])
        rows, _ = quarantined(part, tuple(derived_rows(part)))
        disputed = {r.id for r in rows if r.disputed}
        assert {"x:opposite", row.id} <= disputed
        assert disputed == {r.id for r in whole if r.disputed} & {r.id for r in rows}


def test_what_nothing_ties_is_left_out(knowledge: Knowledge) -> None:
    criterion = knowledge.by_notation["eu-batt-art8-2-co"]
    part = nearby(knowledge, [criterion])
    assert criterion in part.criteria
    assert len(part.criteria) < len(knowledge.criteria) / 4
    metric = knowledge.criteria[criterion].limit
    assert metric is not None
    of_metric = {c.iri for c in knowledge.criteria.values() if c.limit and c.limit.metric == metric.metric}
    assert of_metric <= set(part.criteria)


def test_criteria_by_metric_are_the_same_from_a_snapshot(knowledge: Knowledge) -> None:
    again = load().criteria
    assert isinstance(again, Stored), "what was loaded once is kept"
    plain, stored = by_metric(dict(knowledge.criteria)), by_metric(again)
    assert dict(stored) == dict(plain)
    assert list(stored) == list(plain)
    assert len(stored) == len(plain)
    assert "https://a.example/metric/none" not in stored
