"""Reading a million rows into a table says what reading them into objects says."""

from __future__ import annotations

import io
import random
from datetime import date

import pytest

from comity.algebra.ties import tabulate
from comity.formats import sssom
from comity.knowledge import bulk
from comity.knowledge.ends import Texts
from comity.knowledge.problems import Problems
from comity.knowledge.rows import read_rows
from comity.model.criteria import SchemeVersion
from comity.model.places import Severity
from comity.model.scales import Authority, Basis

ON = date(2026, 1, 1)
COLUMNS = "record_id subject_id predicate_id predicate_modifier object_id confidence mapping_date authority valid_from valid_until basis author_id reviewer_id mapping_justification comment"  # noqa: E501
HEADER = "#curie_map:\n#  a: http://a.example/\n#  b: http://b.example/1/\n" + "\t".join(COLUMNS.split()) + "\n"
NOTHING = Texts({}, {}, {}, ON)


def line(number: int, **cells: str) -> str:
    default = {"record_id": f"r{number}", "subject_id": "a:1", "predicate_id": "comity:covers", "object_id": "b:2"}
    row = {**default, "comment": "x", **cells}
    return "\t".join(row.get(c, "") for c in COLUMNS.split()) + "\n"


def both(text: str, known: Texts = NOTHING) -> tuple[bulk.BulkRows, list[tuple[str, ...]], list[tuple[str, str]]]:
    """Read a text both ways; return the table, and what the objects say."""
    problems = Problems()
    rows = read_rows([sssom.read(text.encode(), "m")], known, problems)
    table, kept = tabulate(rows, ON)
    stated: list[tuple[str, ...]] = sorted(
        (r.id, r.subject, r.object, str(int(r.mask)), str(int(r.authority)), r.place.pointer) for r in kept
    )
    errors = [(f.code, f.place.pointer) for f in problems.ordered() if f.severity is Severity.ERROR]
    assert list(table.names) == sorted({end for r in kept for end in (r.subject, r.object)})
    return bulk.read([("m", io.StringIO(text, newline=""))], ON, known), stated, errors


def told(read: bulk.BulkRows) -> list[tuple[str, ...]]:
    rows = [read.row(n) for n in range(len(read.keys))]
    return sorted((r.id, r.subject, r.object, str(int(r.mask)), str(int(r.authority)), r.place.pointer) for r in rows)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({}, "a row like many"),
        ({"predicate_modifier": "Not"}, "a negated row"),
        ({"predicate_id": "skos:closeMatch"}, "a lead says nothing"),
        ({"predicate_id": "comity:sideways"}, "no relation"),
        ({"subject_id": "c:1"}, "a prefix that nobody gives"),
        ({"subject_id": ""}, "no subject"),
        ({"subject_id": "b:2"}, "related to itself"),
        ({"confidence": "1.5"}, "more than sure"),
        ({"mapping_date": "yesterday"}, "no date"),
        ({"authority": "reviewed", "reviewer_id": "http://expert"}, "an expert's word"),
        ({"authority": "reviewed"}, "a typed word"),
        ({"authority": "draft", "mapping_justification": "semapv:LexicalMatching"}, "nobody's word"),
        ({"authority": "asserted-by-owner"}, "an owner's word without a signature"),
        ({"authority": "nobody"}, "no authority"),
        ({"valid_until": "2025-12-31"}, "no longer valid"),
        ({"valid_from": "2026-01-02"}, "not valid yet"),
        ({"valid_from": "2026-01-01", "valid_until": "2026-01-01"}, "valid on the day"),
        ({"record_id": ""}, "a row known by its line"),
        ({"comment": '"two\nlines"'}, "a cell over two lines"),
        ({"comment": '"unclosed'}, "a quotation mark that stays open"),
        ({"comment": "x\ty"}, "a cell too many"),
        ({"comment": "x" + "\ty" * (len(COLUMNS.split()) + 1)}, "as many cells as two rows and a line end have"),
        ({"object_id": " b:2 "}, "spaces around"),
    ],
)
def test_a_row_says_the_same_either_way(cells: dict[str, str], why: str) -> None:
    rows = [line(1, subject_id="a:9"), line(2, **cells), line(3, predicate_id="comity:equal"), line(4, object_id="a:5")]
    read, stated, errors = both(HEADER + "".join(rows))
    assert told(read) == stated, why
    assert [(f.code, f.place.pointer) for f in read.findings] == [e for e in errors if e[0] != "record-id"], why


def test_an_owner_is_whom_the_scheme_lists() -> None:
    scheme = SchemeVersion(
        "http://b.example/1", "b", "b", "http://b.example/", "1", "", Basis.READ_IN_SOURCE, stewards=("http://own",)
    )
    known = Texts({}, {scheme.iri: scheme}, {}, ON)
    rows = [
        line(1, subject_id="b:1", authority="asserted-by-owner", author_id="http://own"),
        line(2, authority="asserted-by-owner", author_id="http://else"),
        line(3, authority="reviewed", author_id="http://else", reviewer_id="http://expert"),
        line(4, subject_id="a:7", object_id="a:8", authority="reviewed", author_id="http://own"),
        line(5, subject_id="a:7", authority="reviewed", author_id="http://own"),  # of whose scheme the object is
    ]
    read, stated, _ = both(HEADER + "".join(rows), known)
    assert told(read) == stated
    counts = [Authority(a).token for a in read.table.authorities]
    assert counts == ["asserted-by-owner", "draft", "reviewed", "draft", "reviewed"]


def test_many_blocks_are_read_like_one(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(3)
    predicates = ("comity:equal", "comity:subset", "comity:intersects", "comity:references", "comity:overlaps", "oops")
    rows = [
        line(
            n,
            subject_id=f"a:{draw.randrange(40)}",
            object_id=f"b:{draw.randrange(40)}",
            predicate_id=draw.choices(predicates, (9, 9, 9, 3, 9, 1))[0],
            predicate_modifier=draw.choices(("", "Not"), (9, 1))[0],
            authority=draw.choice(("draft", "reviewed", "")),
            valid_until=draw.choices(("", "2020-01-01", "2030-01-01"), (8, 1, 1))[0],
            comment=draw.choices(("x", '"a ""b""\nc"'), (9, 1))[0],
        )
        for n in range(500)
    ]
    monkeypatch.setattr(sssom, "_BLOCK", 700)
    read, stated, errors = both(HEADER + "".join(rows))
    assert told(read) == stated
    assert [(f.code, f.place.pointer) for f in read.findings] == errors


def test_rows_of_several_files_keep_their_places() -> None:
    texts = [
        (name, io.StringIO(HEADER + line(n) + line(n + 1, object_id="b:3"), newline=""))
        for n, name in ((1, "m"), (7, "n"))
    ]
    read = bulk.read(texts, ON)
    assert [(read.place(n).document, read.place(n).pointer) for n in range(4)] == [
        ("m", "line 5"),
        ("m", "line 6"),
        ("n", "line 5"),
        ("n", "line 6"),
    ]


def test_a_file_without_the_columns_is_reported() -> None:
    read = bulk.read([("m", io.StringIO("subject_id\tobject_id\na:1\ta:2\n"))], ON)
    assert [f.code for f in read.findings] == ["sssom-columns"]
    assert not read.keys
