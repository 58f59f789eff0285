"""Three-valued conditions over the facts of a case."""

from __future__ import annotations

from itertools import product

import pytest

from comity.algebra.conditions import Outcome, evaluate
from comity.model import requirements
from comity.model.errors import KnowledgeError
from comity.model.requirements import CaseFact, Combination, Condition
from comity.model.scales import Level


def fact(
    name: str, datatype: str = "string", *, many: bool = False, broader: tuple[tuple[str, str], ...] = ()
) -> CaseFact:
    return CaseFact(f"f:{name}", name, name, datatype, many, Level.PRODUCT, f"{name}?", broader=broader)


ROLES = (("maker", "operator"), ("importer", "operator"), ("operator", "economic-operator"))
DECLARED = {
    f.name: f
    for f in (
        fact("category"),
        fact("mass", "decimal"),
        fact("washable", "boolean"),
        fact("sold-on", "date"),
        fact("role", many=True, broader=ROLES),
        fact("fibres", many=True),
        fact("sizes", "decimal", many=True),
        *(fact(letter, "boolean") for letter in "abc"),
    )
}
Facts = dict[str, tuple[str, ...] | None]


def holds(name: str, operator: str, values: tuple[str, ...], facts: Facts) -> Outcome:
    test = requirements.Test("t", "it holds", name, operator, values)
    return evaluate("t", {"t": test}, facts, DECLARED)


@pytest.mark.parametrize(
    ("name", "operator", "values", "stated", "expected", "why"),
    [
        ("category", "=", ("shirt",), ("shirt",), True, "the same word"),
        ("category", "=", ("shirt",), ("Shirt",), False, "words are compared as they are written"),
        ("category", "!=", ("shirt",), ("sock",), True, "another word"),
        ("category", "in", ("shirt", "sock"), ("sock",), True, "one of the words"),
        ("category", "in", ("shirt", "sock"), ("hat",), False, "none of them"),
        ("category", "=", ("shirt",), None, None, "not known"),
        ("category", "=", ("shirt",), (), None, "a fact with one value that has none is not known"),
        ("category", "=", ("shirt",), ("shirt", "sock"), None, "two documents disagree"),
        ("category", "!=", ("hat",), ("shirt", "sock"), True, "two documents disagree, but not on this"),
        ("mass", ">", ("2",), ("2.0",), False, "2.0 is not more than 2"),
        ("mass", ">=", ("2",), ("2.0",), True, "2.0 is 2"),
        ("mass", ">", ("2",), ("2.0000000000000000000000001",), True, "exact, where floating point is not"),
        ("mass", "=", ("0.3",), ("3/10",), True, "the same number"),
        ("mass", "<", ("10",), ("9",), True, "as numbers: as words 9 comes after 10"),
        ("mass", "<=", ("10",), ("10",), True, "the limit itself"),
        ("mass", "!=", ("10",), ("9",), True, "another number"),
        ("mass", ">", ("2",), ("about two",), None, "a value that is no number is not known"),
        ("washable", "=", ("true",), ("True",), True, "as documents write it"),
        ("washable", "=", ("true",), ("0",), False, "xsd:boolean writes false so too"),
        ("sold-on", ">=", ("2031-08-18",), ("2031-08-18",), True, "the day itself"),
        ("sold-on", "<", ("2031-08-18",), ("2031-08-17T23:00:00Z",), True, "the day before"),
        ("sold-on", ">=", ("2031-08-18",), ("2031",), None, "some days of that year are before, some after"),
        ("sold-on", ">=", ("2031-08-18",), ("2032",), True, "every day of that year is after"),
        ("sold-on", "<", ("2031-08-18",), ("2031-07",), True, "every day of that month is before"),
        ("sold-on", "=", ("2031",), ("2031-12-31",), True, "a day of that year"),
        ("sold-on", "=", ("2031-12-31",), ("2031",), None, "perhaps that day"),
        ("sold-on", "=", ("2031",), ("2032-01-01",), False, "no day of that year"),
        ("sold-on", ">", ("2031",), ("2031-12-31",), False, "not after that year"),
        ("sold-on", ">", ("2031-08-18",), ("2025-02-30",), None, "no such day"),
        ("fibres", "includes", ("wool",), ("wool", "silk"), True, "it is in the list"),
        ("fibres", "includes", ("hemp", "silk"), ("wool", "silk"), True, "one of them is"),
        ("fibres", "includes", ("wool",), ("silk",), False, "it is not in the list"),
        ("fibres", "includes", ("wool",), (), False, "the list is known to be empty"),
        ("fibres", "includes", ("wool",), None, None, "the list is not known"),
        ("fibres", "=", ("silk", "wool"), ("wool", "silk"), True, "the same words in another order"),
        ("fibres", "!=", ("wool",), ("wool", "silk"), True, "one word more"),
        ("sizes", "includes", ("2",), ("1", "2.0"), True, "the same number"),
        ("sizes", "includes", ("2",), ("1", "two"), None, "what cannot be read might be it"),
        ("sizes", "includes", ("2",), ("1", "3"), False, "it is not in the list"),
        ("sizes", "=", ("1", "2"), ("2.0", "1"), True, "the same numbers"),
        ("role", "includes", ("operator",), ("maker",), True, "a maker is an operator"),
        ("role", "includes", ("economic-operator",), ("maker",), True, "and an operator an economic operator"),
        ("role", "includes", ("maker",), ("importer",), False, "an importer is not a maker"),
        ("role", "includes", ("maker",), ("operator",), None, "of an operator it is not known what he does"),
        ("role", "includes", ("maker",), ("operator", "importer"), False, "an operator because he is an importer"),
    ],
)
def test_one_test(
    name: str, operator: str, values: tuple[str, ...], stated: tuple[str, ...] | None, expected: bool | None, why: str
) -> None:
    outcome = holds(name, operator, values, {name: stated})
    assert outcome.value is expected, why
    assert outcome.unknown == ((name,) if expected is None else ())
    assert outcome.used == (name,)


def test_a_fact_that_is_absent_is_not_known() -> None:
    assert holds("mass", ">", ("2",), {}) == Outcome(None, ("mass",), ("mass",))


@pytest.mark.parametrize(
    ("name", "operator", "values", "message"),
    [
        ("category", ">", ("a",), "category is a string: > cannot compare it"),
        ("washable", "<", ("true",), "washable is a boolean"),
        ("sizes", ">", ("2",), "sizes is a list"),
        ("mass", ">", ("two",), "'two' is no decimal"),
        ("sold-on", ">", ("2031-13-01",), "'2031-13-01' is no date"),
        ("mass", ">", ("1", "2"), "> cannot compare with 2 values"),
        ("mass", "=", (), "= cannot compare with 0 values"),
        ("mass", "includes", ("1",), "mass is no list"),
        ("mass", "~", ("1",), "'~' is no operator"),
        ("colour", "=", ("red",), "no fact is called 'colour'"),
    ],
)
def test_a_comparison_that_means_nothing_is_an_error_whatever_is_known(
    name: str, operator: str, values: tuple[str, ...], message: str
) -> None:
    with pytest.raises(KnowledgeError, match=message):
        holds(name, operator, values, {})


def letters(**values: bool | None) -> Facts:
    return {name: None if value is None else (str(value),) for name, value in values.items()}


def combine(operator: str, *operands: str, at_least: int = 0) -> dict[str, Condition]:
    tests: dict[str, Condition] = {name: requirements.Test(name, name, name, "=", ("true",)) for name in "abc"}
    return {**tests, "x": Combination("x", "x", operator, operands, at_least)}


VALUES = (True, False, None)


def kleene_and(values: tuple[bool | None, ...]) -> bool | None:
    return False if False in values else None if None in values else True


@pytest.mark.parametrize("values", list(product(VALUES, repeat=3)))
def test_combinations_are_those_of_kleene(values: tuple[bool | None, bool | None, bool | None]) -> None:
    facts = letters(a=values[0], b=values[1], c=values[2])

    def of(operator: str, at_least: int = 0) -> bool | None:
        return evaluate("x", combine(operator, "a", "b", "c", at_least=at_least), facts, DECLARED).value

    assert of("and") is of("at-least", 3) is kleene_and(values)
    negated = kleene_and(tuple(None if v is None else not v for v in values))
    assert of("or") is of("at-least", 1) is (None if negated is None else not negated)
    # two of three: true when two are, false when two are not, whatever the third
    assert of("at-least", 2) is (True if values.count(True) > 1 else False if values.count(False) > 1 else None)
    negation = evaluate("x", combine("not", "a"), facts, DECLARED).value
    assert negation is (None if values[0] is None else not values[0])


@pytest.mark.parametrize(
    ("operator", "at_least", "values", "expected", "why"),
    [
        ("and", 0, (True, None, None), Outcome(None, ("b", "c"), ("a", "b", "c")), "both would settle it"),
        ("and", 0, (None, False, None), Outcome(False, (), ("b",)), "what is not known does not matter"),
        ("and", 0, (False, False, True), Outcome(False, (), ("a",)), "one false is enough"),
        ("or", 0, (None, True, True), Outcome(True, (), ("b",)), "one true is enough"),
        ("or", 0, (False, False, False), Outcome(False, (), ("a", "b", "c")), "all are needed"),
        ("at-least", 2, (True, None, True), Outcome(True, (), ("a", "c")), "two are enough"),
        ("at-least", 2, (False, None, False), Outcome(False, (), ("a", "c")), "one is left"),
        ("at-least", 2, (True, None, False), Outcome(None, ("b",), ("a", "b", "c")), "it hangs on b"),
    ],
)
def test_it_names_the_facts_that_matter(
    operator: str, at_least: int, values: tuple[bool | None, ...], expected: Outcome, why: str
) -> None:
    facts = letters(a=values[0], b=values[1], c=values[2])
    assert evaluate("x", combine(operator, "a", "b", "c", at_least=at_least), facts, DECLARED) == expected, why


def test_combinations_nest_and_name_a_fact_once() -> None:
    conditions = combine("and", "y", "a")
    conditions["y"] = Combination("y", "y", "not", ("z",))
    conditions["z"] = Combination("z", "z", "or", ("a", "b"))
    assert evaluate("x", conditions, letters(b=False), DECLARED) == Outcome(None, ("a",), ("a", "b"))
    # a and not (a or b) is false whatever a is; Kleene's logic does not look inside, and asks for a


@pytest.mark.parametrize(
    ("conditions", "message"),
    [
        (combine("and", "a", "nothing"), "there is no condition <nothing>"),
        (combine("and", "a", "x"), "it contains itself"),
        (combine("xor", "a", "b"), "xor over 2 conditions"),
        (combine("not", "a", "b"), "not over 2 conditions"),
        (combine("at-least", "a", "b", at_least=3), "at-least over 3 of 2 conditions"),
        (combine("at-least", "a", "b"), "at-least over 0 of 2 conditions"),
        (combine("or"), "or over 0 conditions"),
    ],
)
def test_combinations_that_mean_nothing(conditions: dict[str, Condition], message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        evaluate("x", conditions, {}, DECLARED)
