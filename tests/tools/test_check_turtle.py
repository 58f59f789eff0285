"""The check of the order of our Turtle finds what is out of order, and puts it right without changing what it says."""

from __future__ import annotations

import pyoxigraph
import pytest
from tools.check_turtle import canonical, main, offence

HEAD = "@prefix a: <urn:a#> .\n@prefix b: <urn:b#> .\n"
GOOD = f"""# A remark.
{HEAD}
<urn:a> a b:T ;
    a:p 2, <urn:x>, <urn:x/1>, a:o, b:o, "text",
        "zebra"@en ;
    b:p true .

<urn:a/1> a:p 1.5 .
"""


def test_canonical_order_is_accepted_however_its_lines_break() -> None:
    assert offence(GOOD) == ""
    assert offence(GOOD.replace(" ;\n    b:p", " ; b:p")) == ""


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        (HEAD, "@prefix b: <urn:b#> .\n@prefix a: <urn:a#> .\n", "line 2: 'b:' stands where 'a:' should"),
        (HEAD, f"{HEAD}@prefix c: <urn:c#> .\n", "line 4: '@prefix' stands where '<urn:a>' should"),
        ("<urn:a> a b:T ;\n", "<urn:a/0> a b:T .\n\n<urn:a>\n", "line 5: '<urn:a/0>' stands where '<urn:a>' should"),
        ("a b:T ;\n    a:p", "a:k 1 ;\n    a b:T ;\n    a:p", "line 5: 'a:k' stands where 'a' should"),
        ("<urn:x>, <urn:x/1>", "<urn:x/1>, <urn:x>", "line 6: '<urn:x/1>,' stands where '<urn:x>,' should"),
        ('b:o, "text"', '"text", b:o', """line 6: '"text",' stands where 'b:o,' should"""),
        ("b:p true", "b:p true ; a:q 1", "line 8: 'b:p' stands where 'a:q' should"),
        ("a:o, b:o", "<urn:a#o>, b:o", "line 6: '<urn:a#o>,' stands where 'a:o,' should"),
        ("<urn:a/1>", "# In between.\n<urn:a/1>", "line 10: '#' stands where '<urn:a/1>' should"),
        ("a:p 1.5", "a:p [ a:p 1.5 ]", "it has a blank node"),
        ("a:p 1.5", "a:p", "line 10: "),
    ],
)
def test_what_is_out_of_order_is_named_with_its_line(was: str, now: str, says: str) -> None:
    assert was in GOOD
    assert offence(GOOD.replace(was, now, 1)).startswith(says)


def test_putting_it_in_order_changes_nothing_that_it_says() -> None:
    mixed = f'# A remark.\n{HEAD}a:y b:p "z", "y" ; a a:T .\na:x a:p 1 .\na:y a:p <urn:x> .\n'
    fixed = canonical(mixed)
    assert _triples(fixed) == _triples(mixed)
    assert offence(mixed) != ""
    assert offence(fixed) == ""
    assert fixed.startswith("# A remark.\n@prefix a:")


def _triples(text: str) -> set[str]:
    return {str(q.triple) for q in pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.TURTLE)}


def test_the_files_of_the_product_are_in_order() -> None:
    assert main([]) == 0
