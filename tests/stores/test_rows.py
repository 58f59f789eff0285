"""Answers of several stores become one table."""

from __future__ import annotations

from comity.stores.rows import XSD, Row, Rows, Term, TermKind, merge


def _numbers(*values: str, datatype: str = "integer", ordered: bool = False) -> Rows:
    return Rows(("n",), tuple((Term.literal(v, XSD + datatype),) for v in values), ordered)


def _values(rows: Rows) -> list[str | None]:
    return [t.value if (t := row[0]) is not None else None for row in rows.rows]


def test_one_store_keeps_the_order_that_the_query_fixes() -> None:
    assert _values(merge([_numbers("2", "10", "1", ordered=True)])) == ["2", "10", "1"]


def test_one_store_without_an_order_gets_one() -> None:
    assert _values(merge([_numbers("2", "10", "1")])) == ["1", "2", "10"]


def test_several_stores_are_ordered_whichever_comes_first() -> None:
    a, b = _numbers("2", "10", ordered=True), _numbers("1", "10", ordered=True)
    assert merge([a, b]) == merge([b, a])
    assert _values(merge([a, b])) == ["1", "2", "10"]


def test_a_number_written_twice_is_one_row() -> None:
    """One server writes 16.0, another 16: the same xsd:decimal."""
    assert len(merge([_numbers("16.0", datatype="decimal"), _numbers("16", datatype="decimal")]).rows) == 1


def test_a_string_and_a_number_are_two_rows() -> None:
    text = Rows(("n",), ((Term.literal("16"),),))
    assert len(merge([_numbers("16"), text]).rows) == 2


def test_columns_in_another_order_are_put_right() -> None:
    x, y = Term.literal("x"), Term.literal("y")
    one, two = Rows(("a", "b"), ((x, y),)), Rows(("b", "a"), ((y, x),))
    assert merge([one, two]).rows == ((x, y),)


def test_unbound_comes_first() -> None:
    rows: tuple[Row, ...] = ((Term.literal("x"),), (None,))
    assert _values(merge([Rows(("a",), rows)])) == [None, "x"]


def test_blank_nodes_of_two_stores_are_two() -> None:
    blank = Rows(("a",), ((Term(TermKind.BLANK, "b0"),),))
    assert len(merge([blank, blank]).rows) == 2


def test_ask_is_true_when_any_store_says_so() -> None:
    for answers, expected in (((True, False), "true"), ((False, False), "false")):
        assert _values(merge([Rows.answer(a) for a in answers])) == [expected]
