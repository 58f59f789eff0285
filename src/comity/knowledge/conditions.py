"""Facts of a case and the conditions that ask for them: records to domain objects."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from comity.knowledge.graph import Graph
from comity.knowledge.records import Record, truth
from comity.knowledge.schemes import notation, read_unit
from comity.knowledge.vocabulary import LABEL, NS, token
from comity.model.requirements import CaseFact, Combination, Condition, Test
from comity.model.scales import Level

DATATYPES = ("string", "decimal", "boolean", "date")
OPERATORS = ("=", "!=", ">", ">=", "<", "<=", "in", "includes")
COMBINATIONS = ("And", "Or", "Not", "AtLeast")


def read_facts(graph: Graph) -> Mapping[str, CaseFact]:
    """Return the facts of a case by name."""
    facts: dict[str, CaseFact] = {}
    for record in graph.of("CaseFact"):
        fact = _fact(record)
        if fact.name in facts:
            record.fault("duplicate-notation", "", f"the name {fact.name!r} is that of <{facts[fact.name].iri}> too.")
        facts[fact.name] = fact
    return facts


def read_conditions(graph: Graph, facts: Mapping[str, CaseFact]) -> Mapping[str, Condition]:
    """Return the conditions by IRI, each of its tests on a fact that is declared."""
    tests: dict[str, Condition] = {r.iri: _test(r, facts) for r in graph.of("Test")}
    conditions = tests | {r.iri: _combination(r) for r in graph.of(*COMBINATIONS)}
    for record in graph.of(*COMBINATIONS):
        combination = conditions[record.iri]
        operands = combination.operands if isinstance(combination, Combination) else ()
        for operand in operands:
            graph.known(record, NS + "operand", operand, conditions, "condition")
        if _contains_itself(record.iri, conditions):
            record.fault("circular", NS + "operand", "it contains itself.")
    return conditions


def readable(text: str, fact: CaseFact) -> str:
    """Say what is wrong with a word or number as a value of a fact; empty when nothing is.

    >>> from comity.model.scales import Level
    >>> area = CaseFact("x", "area", "Area", "decimal", False, Level.FACILITY, "How large?")
    >>> readable("4", area), readable("four", area)
    ('', "'four' is no decimal number")
    """
    if fact.allowed and text not in fact.allowed:
        return f"{text!r} is none of {', '.join(fact.allowed)}"
    try:
        match fact.datatype:
            case "decimal":
                Fraction(text)
            case "date":
                date.fromisoformat(text)
            case "boolean":
                truth(text)
    except (ValueError, ZeroDivisionError):
        return f"{text!r} is no {'decimal number' if fact.datatype == 'decimal' else fact.datatype}"
    return ""


def _fact(record: Record) -> CaseFact:
    return CaseFact(
        iri=record.iri,
        name=notation(record),
        label=record.text(LABEL, required=True),
        datatype=record.read(NS + "datatype", _datatype, "string"),
        many=record.flag(NS + "many", False),
        level=record.choice(NS + "level", Level, Level.PRODUCT, required=True),
        question=record.text(NS + "question", required=True),
        scope=record.flag(NS + "scope", True),
        allowed=record.texts(NS + "allowed"),
        broader=tuple(pair for text in record.texts(NS + "broaderWord") if (pair := _pair(record, text))),
        unit=read_unit(record),
    )


def _datatype(text: str) -> str:
    if text not in DATATYPES:
        raise ValueError(f"{text!r} is none of {', '.join(DATATYPES)}")
    return text


def _pair(record: Record, text: str) -> tuple[str, str] | None:
    narrow, mark, broad = (part.strip() for part in text.partition(">"))
    if mark and narrow and broad:
        return narrow, broad
    record.fault("unknown-value", NS + "broaderWord", f"{text!r} is not written narrow>broad.", "", text)
    return None


def _operator(text: str) -> str:
    if text not in OPERATORS:
        raise ValueError(f"{text!r} is none of {', '.join(OPERATORS)}")
    return text


def _test(record: Record, facts: Mapping[str, CaseFact]) -> Test:
    name = record.text(NS + "fact", required=True)
    values = record.texts(NS + "value")
    if not values:
        record.fault("missing-property", "", "it has no comity:value.")
    check_fact(record, NS + "fact", name, facts)
    for text in values if name in facts else ():
        if wrong := readable(text, facts[name]):
            record.fault("unknown-value", NS + "value", f"as a value of {name}, {wrong}.", "", text)
    operator = record.read(NS + "operator", _operator, "=", required=True)
    return Test(record.iri, record.text(LABEL, required=True), name, operator, values)


def check_fact(record: Record, predicate: str, name: str, facts: Mapping[str, CaseFact]) -> None:
    """Report a fact that nobody declared."""
    if name and name not in facts:
        from comity.knowledge.names import near

        meant = near(name, sorted(facts))
        fix = f"Did you mean {' or '.join(meant)}?" if meant else "Declare it as a comity:CaseFact, with its question."
        record.fault("unknown-fact", predicate, f"no fact is called {name!r}.", fix, name)


def _combination(record: Record) -> Combination:
    operands = record.iris(NS + "operand")
    wanted = int(record.number(NS + "k") or 0) if record.sort == "AtLeast" else 0
    if not operands or (record.sort == "Not" and len(operands) != 1):
        record.fault("missing-property", NS + "operand", "its operands are not as many as it needs.")
    if record.sort == "AtLeast" and not 1 <= wanted <= len(operands):
        record.fault("unknown-value", NS + "k", f"comity:k is {wanted}, of {len(operands)} operands.")
    return Combination(record.iri, record.text(LABEL, required=True), token(record.sort), operands, wanted)


def _contains_itself(iri: str, conditions: Mapping[str, Condition]) -> bool:
    seen: set[str] = set()
    open_ = [iri]
    while open_:
        condition = conditions.get(open_.pop())
        for operand in condition.operands if isinstance(condition, Combination) else ():
            if operand == iri:
                return True
            if operand not in seen:
                seen.add(operand)
                open_.append(operand)
    return False
