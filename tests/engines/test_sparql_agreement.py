"""The main query against the engine, on the examples: what it says must not contradict the verdict."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from comity import evidence
from comity import knowledge as base
from comity.engines import sparql
from comity.engines.queries import find
from comity.formats.archives import open_inputs
from comity.judgement import judge, trust
from comity.model.scales import Verdict

ON = date(2031, 8, 18)

V = Verdict
MEANS: dict[frozenset[str], frozenset[Verdict]] = {
    frozenset({"yes"}): frozenset({V.SATISFIED}),
    frozenset({"yes, if the role is held"}): frozenset({V.SATISFIED, V.INSUFFICIENT_ASSURANCE}),
    frozenset({"assumed"}): frozenset({V.INSUFFICIENT_ASSURANCE}),
    frozenset({"weak word"}): frozenset({V.INSUFFICIENT_ASSURANCE}),
    frozenset({"part"}): frozenset({V.PARTIAL}),
    frozenset({"no"}): frozenset({V.FAILED}),
    frozenset({"no", "part"}): frozenset({V.FAILED}),
    frozenset({"no", "yes, if the role is held"}): frozenset({V.FAILED, V.CONFLICTING}),
    frozenset({"not valid"}): frozenset({V.EXPIRED}),
}
"""What the answers about one rule and subject together allow the verdict to be; a clash is not in it."""

STRONGER = ("yes", "yes, if the role is held", "assumed", "weak word")


def _strongest(answers: set[str]) -> frozenset[str]:
    """Keep the best answer for the rule and the one against; what is over counts only where nothing else is."""
    best = next((a for a in STRONGER if a in answers), "part" if "part" in answers else "")
    kept = {a for a in (best, "no" if "no" in answers else "") if a}
    return frozenset(kept or answers)


@pytest.mark.parametrize("folder", ["ev-battery"])
def test_answers_do_not_contradict_verdicts(folder: str, root: Path) -> None:
    knowledge = base.load()
    documents = evidence.read(open_inputs([root / "examples" / folder]))
    vouched = trust.read(root / "examples" / folder / "trust.toml")
    report = judge(knowledge, documents, on=ON, markets=["eu"], trust=vouched)
    store = sparql.dataset(knowledge, documents, on=ON)
    asked = [r for r in report.requirements if r.verdict is not V.NOT_APPLICABLE]
    rules = sorted({knowledge.criteria[r.criterion].notation for r in asked})
    given = {"rule": rules, "on": [ON.isoformat()], "register": [entry.id for entry in vouched.entries]}
    rows = sparql.run(find("does-this-claim-satisfy-that-rule"), [store], given)
    answers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows.rows:
        told = dict(zip(rows.columns, ("" if t is None else t.value for t in row), strict=True))
        # A weak "no" is a challenge: it moves no verdict where anything else bears on the rule.
        if told["answer"] != "other level" and (told["answer"], told["shows"]) != ("weak word", "not-all"):
            answers[told["rule"], told["subject"]].add(told["answer"])
    compared = 0
    for requirement in asked:
        key = knowledge.criteria[requirement.criterion].notation, requirement.subject.label
        if key in answers:
            compared += 1
            verdict = requirement.would_be or requirement.verdict
            assert verdict in MEANS[_strongest(answers[key])], (key, verdict, answers[key])
    assert compared >= 10
