"""The page of a fact of the case: what is asked, what may be answered, and what turns on it."""

from __future__ import annotations

from comity.algebra.conditions import evaluate
from comity.model.knowledge import Knowledge
from comity.model.requirements import CaseFact, Requirement
from comity.report.explain.pages import FactPage


def page(knowledge: Knowledge, fact: CaseFact) -> FactPage:
    """Build the page of a fact."""
    return FactPage(
        fact=fact.name,
        label=fact.label,
        question=fact.question,
        answer=answer(fact),
        level=fact.level.value,
        unit=fact.unit,
        read_from=tuple(dict.fromkeys(rule.path for rule in knowledge.derivations if rule.fact == fact.name)),
        decides=tuple(
            r.notation
            for name in sorted(knowledge.markets)
            for r in knowledge.markets[name].requirements
            if fact.name in _asked(knowledge, r)
        ),
        dates=tuple(
            r.notation
            for name in sorted(knowledge.markets)
            for r in knowledge.markets[name].requirements
            if r.event == fact.name
        ),
    )


def answer(fact: CaseFact) -> str:
    """Say what may be answered to the question of a fact; empty for any word.

    >>> from comity.model.scales import Level
    >>> answer(CaseFact("", "age", "age", "decimal", False, Level.MODEL, "How old?"))
    'a number'
    """
    kinds = {"boolean": "true or false", "decimal": "a number", "date": "a day, as YYYY-MM-DD"}
    one = ", ".join(fact.allowed) or kinds.get(fact.datatype, "")
    return ", ".join(filter(None, (one, "several by comma" if fact.many else "")))


def _asked(knowledge: Knowledge, requirement: Requirement) -> frozenset[str]:
    """List the facts that a requirement's conditions and exemptions are about."""
    exempt = (knowledge.exemptions[e].condition for e in requirement.exemptions)
    conditions = (*requirement.conditions, *requirement.party_conditions, *exempt)
    return frozenset(n for c in conditions for n in evaluate(c, knowledge.conditions, {}, knowledge.facts).unknown)
