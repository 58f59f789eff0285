"""Three-valued evaluation of conditions over the facts of a case (semantics, section 6).

Combinations are Kleene's: what is unknown makes an outcome unknown only where it could still change it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from comity.algebra.operators import ORDERED, Interval, compare_list, compare_scalar, interval
from comity.model.classes import dataclass
from comity.model.errors import KnowledgeError
from comity.model.places import Place
from comity.model.requirements import CaseFact, Combination, Condition, Test

Facts = Mapping[str, tuple[str, ...] | None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a condition came out.

    :param value: ``None`` when it cannot be told.
    :param unknown: names of the facts that would settle it, in the order in which they are asked for; empty when
        the value is known.
    :param used: names of the facts that the value rests on, so few that none can be dropped.
    """

    value: bool | None
    unknown: tuple[str, ...] = ()
    used: tuple[str, ...] = ()


def evaluate(iri: str, conditions: Mapping[str, Condition], facts: Facts, declared: Mapping[str, CaseFact]) -> Outcome:
    """Evaluate a condition.

    :param facts: by name; a fact that is absent or ``None`` is unknown, an empty tuple is a list known to be empty.
    :param declared: the facts that may be asked for, by name.
    :raises KnowledgeError: when the condition or one in it is not there, contains itself, asks for a fact that is not
        declared, or compares what cannot be compared.
    """
    return _evaluate(iri, _Case(conditions, facts, declared), ())


@dataclass(frozen=True, slots=True)
class _Case:
    conditions: Mapping[str, Condition]
    facts: Facts
    declared: Mapping[str, CaseFact]


def _evaluate(iri: str, case: _Case, around: tuple[str, ...]) -> Outcome:
    condition = case.conditions.get(iri)
    if condition is None or iri in around:
        wrong = "it contains itself." if condition else f"there is no condition <{iri}>."
        raise KnowledgeError(Place(around[-1] if around else iri), wrong)
    if isinstance(condition, Test):
        return _test(condition, case)
    operands = [_evaluate(operand, case, (*around, iri)) for operand in condition.operands]
    return _combine(condition, operands)


def _combine(condition: Combination, operands: list[Outcome]) -> Outcome:
    sizes = {"and": len(operands), "or": 1, "at-least": condition.at_least, "not": 1}
    needed = sizes.get(condition.operator, 0)
    if not 0 < needed <= len(operands) or (condition.operator == "not" and len(operands) != 1):
        number = f"{needed} of " if condition.operator == "at-least" else ""
        wrong = f"{condition.operator} over {number}{len(operands)} conditions means nothing."
        raise KnowledgeError(Place(condition.iri), wrong)
    outcome = _at_least(needed, operands)
    if condition.operator == "not" and outcome.value is not None:
        return Outcome(not outcome.value, (), outcome.used)
    return outcome


def _at_least(needed: int, operands: list[Outcome]) -> Outcome:
    """Return the outcome of k of n, of which ``and`` and ``or`` are the ends."""
    true = [o for o in operands if o.value is True]
    false = [o for o in operands if o.value is False]
    if len(true) >= needed:
        return Outcome(True, (), _distinct(true[:needed], lambda o: o.used))
    if len(operands) - len(false) < needed:
        return Outcome(False, (), _distinct(false[: len(operands) - needed + 1], lambda o: o.used))
    unknown = _distinct(operands, lambda o: o.unknown)
    return Outcome(None, unknown, _distinct(operands, lambda o: o.used))


def _distinct(operands: list[Outcome], names: Callable[[Outcome], tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for operand in operands for name in names(operand)))


def _test(test: Test, case: _Case) -> Outcome:
    fact = case.declared.get(test.fact)
    if fact is None:
        raise KnowledgeError(Place(test.iri), f"no fact is called {test.fact!r}.")
    wanted = _wanted(test, fact)
    stated = case.facts.get(test.fact)
    value: bool | None = None
    if stated is not None and fact.many:
        value = compare_list(test.operator, fact, stated, wanted)
    elif stated:
        # Several values of a fact that has one: they must agree.
        values = {compare_scalar(test.operator, fact, text, wanted) for text in stated}
        value = values.pop() if len(values) == 1 else None
    return Outcome(value, () if value is not None else (test.fact,), (test.fact,))


def _wanted(test: Test, fact: CaseFact) -> tuple[Interval | str, ...]:
    """Return the test's values as the fact's datatype reads them."""
    ordering = test.operator in (">", ">=", "<", "<=")
    if test.operator not in ("=", "!=", "in", "includes") and not ordering:
        raise KnowledgeError(Place(test.iri), f"{test.operator!r} is no operator.")
    if ordering and (fact.datatype not in ORDERED or fact.many):
        what = "a list" if fact.many else f"a {fact.datatype}"
        raise KnowledgeError(Place(test.iri), f"{test.fact} is {what}: {test.operator} cannot compare it.")
    if not test.values or (len(test.values) > 1 and (ordering or (test.operator in ("=", "!=") and not fact.many))):
        raise KnowledgeError(Place(test.iri), f"{test.operator} cannot compare with {len(test.values)} values.")
    if test.operator == "includes" and not fact.many:
        raise KnowledgeError(Place(test.iri), f"{test.fact} is no list: it includes nothing.", "Write in.")
    read = tuple(interval(text, fact.datatype) for text in test.values)
    for text, found in zip(test.values, read, strict=True):
        if found is None:
            raise KnowledgeError(Place(test.iri), f"{text!r} is no {fact.datatype}.")
    return tuple(found for found in read if found is not None)
