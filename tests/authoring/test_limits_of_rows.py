"""What rows state of two criteria with limits on one metric, beside what the limits say."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from tests.authoring.conftest import comity

HEAD = """# title: {name} Standard 1 (fiction)
# short name: {name}-1
# iri: https://{name}.example/standard/1
# scheme iri: https://{name}.example/standard
# scheme name: {name} Standard (fiction)
# version: 1
# source: https://{name}.example/standard/1.pdf
# basis: read in source
number,name,text,kind,level,metric,comparison,value,unit,qualifiers
"""
LIMITS = {
    "min16": ">=,16,%,origin=waste",
    "min20": ">=,20,%,origin=waste",
    "fifth": ">=,0.2,1,origin=waste",
    "max10": "<=,10,%,origin=waste",
    "max16": "<=,16,%,origin=waste",
    "max30": "<=,30,%,origin=waste",
    "over16": ">,16,%,origin=waste",
    "lithium": ">=,6,%,material=lithium;origin=waste",
    "cobalt": ">=,6,%,material=cobalt;origin=waste",
    **{f"step{n}": f">=,{40 + n},%,origin=waste" for n in range(10)},
}
SET = """#curie_map:
#  mill: https://mill.example/standard/1/
#  hall: https://hall.example/standard/1/
record_id\tsubject_id\tpredicate_id\tpredicate_modifier\tobject_id\tcomment
"""


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two standards of the same criteria, each with one limit on one metric."""
    folder = tmp_path_factory.mktemp("limits")
    for name in ("mill", "hall"):
        rows = (f"{n},Clause {n},Text {n}.,performance,product,recycled-content-share,{x}" for n, x in LIMITS.items())
        table = folder.parent / f"{name}-1.csv"
        table.write_text(HEAD.format(name=name) + "\n".join(rows) + "\n", "utf-8")
        done = comity("import", table, "-o", folder / f"{name}-1.ttl")
        assert done.exit_code == 0, done.stderr
    return folder


def check(editions: Path, folder: Path, rows: Iterable[str], *options: str) -> Any:
    told = ((n, *_parts(row)) for n, row in enumerate(rows, 1))
    lines = (f"m{n}\t{a}\tcomity:{p}\t{no}\t{b}\tx" for n, a, no, p, b in told)
    file = folder / "m.sssom.tsv"
    file.write_text(SET + "\n".join(lines) + "\n", "utf-8")
    done = comity("mappings", "check", file, "--with", editions, *options)
    return json.loads(done.stdout) if options else done


def _parts(row: str) -> tuple[str, str, str, str]:
    words = row.split()
    return words[0], "Not" if "not" in words else "", words[-2], words[-1]


def warned(found: Any) -> list[str]:
    return [f["message"] for f in found["findings"] if f["code"] == "limits-disagree"]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("mill:max10 covers hall:min16", "no value meets both"),
        ("mill:max10 equal hall:min16", "no value meets both"),
        ("mill:min16 coveredBy hall:max10", "no value meets both"),
        ("mill:max16 superset hall:over16", "no value meets both"),
        ("mill:max10 covers hall:fifth", "no value meets both"),
        ("mill:max30 subset hall:min16", "a value can meet the one and not the other"),
        ("mill:lithium equal hall:cobalt", "they are limits of different things"),
        ("mill:cobalt covers hall:lithium", "they are limits of different things"),
    ],
)
def test_a_guarantee_that_the_limits_do_not_give_is_a_warning(
    row: str, why: str, editions: Path, tmp_path: Path
) -> None:
    """Both may ask for more than their numbers, so that it is no contradiction: the row is taken at its word."""
    found = check(editions, tmp_path, [row], "--format", "json")
    assert [message.rpartition(": ")[2] for message in warned(found)] == [f"{why}."]
    assert found["contradictions"] == []


@pytest.mark.parametrize(
    "row",
    [
        "mill:max10 intersects hall:min16",
        "mill:max10 overlaps hall:min16",
        "mill:max10 disjoint hall:min16",
        "mill:max10 not covers hall:min16",
        "mill:max10 closeMatch hall:min16",
        "mill:min20 covers hall:min16",
        "mill:min20 equal hall:fifth",
        # One names a material and the other does not: what the one says of the other cannot be told.
        "mill:lithium covers hall:min16",
    ],
)
def test_what_the_limits_leave_open_or_bear_out_is_none(row: str, editions: Path, tmp_path: Path) -> None:
    found = check(editions, tmp_path, [row], "--format", "json")
    assert (warned(found), found["contradictions"]) == ([], [])


def test_both_limits_are_named(editions: Path, tmp_path: Path) -> None:
    done = check(editions, tmp_path, ["mill:max10 covers hall:min16", "mill:min16 covers hall:max10"])
    text = " ".join(done.stdout.split())
    assert done.exit_code == 0
    ten, sixteen = (f"'share of recycled content {x} % (waste of any kind)'" for x in ("<= 10", ">= 16"))
    assert f"mill-1-max10 covers hall-1-min16; the limits are {ten} and {sixteen}: no value meets both." in text
    assert f"mill-1-min16 covers hall-1-max10; the limits are {sixteen} and {ten}: no value meets both." in text


def test_a_wrong_number_accuses_no_row_that_is_right(editions: Path, tmp_path: Path) -> None:
    """From 40 % to 49 % there are more ways round than are searched; the rows of equal limits lie on them."""
    wrong = ["mill:step0 superset hall:step9", "mill:step1 equal hall:step8", "mill:step2 covers hall:step7"]
    right = ["mill:step5 equal hall:step5", "mill:step4 equal hall:step4"]
    found = check(editions, tmp_path, [*wrong, *right], "--format", "json")
    assert [(c["code"], [r["id"] for r in c["rows"]], len(c["given"])) for c in found["contradictions"]] == [
        ("against-thresholds", ["m1"], 1),
        ("against-thresholds", ["m2"], 1),
        ("against-thresholds", ["m3"], 1),
    ]
