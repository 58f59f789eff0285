"""``comity review``: what is open in mapping sets, and signatures that change nothing but the cells of their rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from comity.cli.app import comity
from comity.knowledge import load

SCHEMES = """@prefix comity: <https://w3id.org/comity/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
EDITION = """
<https://ex.example/{name}> a comity:SchemeVersion ;
    rdfs:label "{name}"@en ; skos:notation "{name}" ; comity:basis comity:readInSource ;
    comity:scheme <https://ex.example/scheme/{name}> ; {more} comity:version "1" .
"""
CRITERION = """
<https://ex.example/{name}/1> a comity:Criterion ;
    rdfs:label "First"@en ; skos:notation "{name}-1" ; comity:basis comity:readInSource ;
    comity:citation "{name} 1" ; comity:inVersion <https://ex.example/{name}> ; comity:kind comity:process ;
    comity:level comity:facility .
"""
OVER = 'comity:inForceUntil "2020-12-31"^^xsd:date ;'

HEAD = """#curie_map:
#  ex: "https://ex.example/"
#  comity: "https://w3id.org/comity/ns#"
#extension_definitions:
#    - slot_name: authority
#      property: "comity:authority"
#      type_hint: "xsd:string"
"""
COLUMNS = [
    "record_id",
    "subject_id",
    "predicate_id",
    "object_id",
    "mapping_justification",
    "author_id",
    "author_label",
    "comment",
    "confidence",
    "authority",
]
ANN, BOB, HIVE = "did:web:ann.example", "did:web:bob.example", "https://hive.example"


def line(key: str, ends: str = "hive oak", said: str = "covers", **cells: str) -> str:
    one, other = ends.split()
    row = {
        "record_id": key,
        "subject_id": f"ex:{one}/1",
        "predicate_id": f"comity:{said}",
        "object_id": f"ex:{other}/1",
        "mapping_justification": "semapv:ManualMappingCuration",
        "author_id": ANN,
        "author_label": "Ann",
        "comment": "All of it.",
        "confidence": "0.9",
        "authority": "draft",
    } | cells
    return "\t".join(row[c] for c in COLUMNS)


def text(*lines: str) -> str:
    return HEAD + "\n".join(["\t".join(COLUMNS), *lines]) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    named = {"hive": f"comity:steward <{HIVE}> ;", "oak": "comity:steward <did:web:oak.example> ;", "old": OVER}
    parts = [EDITION.format(name=n, more=m) + CRITERION.format(name=n) for n, m in named.items()]
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "schemes.ttl").write_text(SCHEMES + "".join(parts), "utf-8")
    return tmp_path


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(comity, ["review", *arguments, "--with", str(folder / "own"), "--on", "2026-11-23"])


def written(folder: Path, content: str) -> Path:
    path = folder / "set.sssom.tsv"
    path.write_bytes(content.encode())
    return path


def rows(folder: Path, path: Path) -> dict[str, dict[str, Any]]:
    result = run(folder, str(path), "--format", "json")
    assert result.exit_code in (0, 1), result.output
    (found,) = json.loads(result.stdout)
    assert found["errors"] == []
    return {row["id"]: row for row in found["rows"]}


def sign(folder: Path, path: Path, key: str, who: str, name: str, *more: str) -> Result:
    return run(folder, str(path), "--sign", key, "--as", who, "--name", name, *more)


def cells(path: Path, key: str) -> dict[str, str]:
    lines = [x for x in path.read_bytes().decode().splitlines() if not x.startswith("#")]
    names = lines[0].split("\t")
    (row,) = [x.split("\t") for x in lines[1:] if x.startswith(key + "\t")]
    return dict(zip(names, row, strict=True))


@pytest.mark.parametrize(
    ("changed", "ends", "expected"),
    [
        ({}, "hive oak", {"draft", "unreviewed"}),
        ({"comment": ""}, "hive oak", {"draft", "unreviewed", "no-reason"}),
        ({"confidence": ""}, "hive oak", {"draft", "unreviewed", "no-confidence"}),
        ({"authority": "suggested"}, "hive oak", {"suggested", "unreviewed"}),
        ({"authority": "reviewed"}, "hive oak", {"draft", "unreviewed", "unearned"}),
        ({"authority": "agreed-by-owners"}, "hive oak", {"draft", "unearned", "unreviewed"}),
        ({}, "hive old", {"draft", "unreviewed", "stale"}),
    ],
)
def test_what_is_open(folder: Path, changed: dict[str, str], ends: str, expected: set[str]) -> None:
    path = written(folder, text(line("a", ends, **changed)))
    assert set(rows(folder, path)["a"]["open"]) == expected


def test_a_typed_word_earns_nothing(folder: Path) -> None:
    """Reviewed by nobody is a draft, and so is an owner's word that no steward of theirs has signed."""
    path = written(folder, text(line("a", authority="reviewed"), line("b", "oak hive", authority="asserted-by-owner")))
    found = rows(folder, path)
    assert (found["a"]["authority"], found["a"]["claimed"]) == ("draft", "reviewed")
    assert (found["b"]["authority"], found["b"]["claimed"]) == ("draft", "asserted-by-owner")


def test_a_review_is_recorded(folder: Path) -> None:
    path = written(folder, text(line("a"), line("b", "oak hive")))
    assert sign(folder, path, "a", BOB, "Bob").exit_code == 0
    row = cells(path, "a")
    assert (row["reviewer_id"], row["reviewer_label"], row["review_date"]) == (BOB, "Bob", "2026-11-23")
    assert (row["authority"], row["reviewer_agreement"]) == ("reviewed", "1")
    assert rows(folder, path)["a"]["open"] == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_no_other_byte_changes(folder: Path, end: str, mark: str) -> None:
    """Quotation marks, a line end inside of a cell, a missing line end and a line of its own stay as they are."""
    odd = line("b", "oak hive", comment='"He said ""no"".\n#1"')
    plain = [*text(line("a"), odd, line("c", "old oak")).rstrip("\n").split("\n")]
    columns = next(i for i, x in enumerate(plain) if x.startswith("record_id"))
    added = "\treviewer_id\treviewer_label\treview_date\treviewer_agreement"
    before = mark + end.join(plain)
    path = written(folder, before)
    assert sign(folder, path, "a", BOB, "Bob").exit_code == 0
    expected = list(plain)
    expected[columns] += added
    expected[columns + 1] = line("a", authority="reviewed") + f"\t{BOB}\tBob\t2026-11-23\t1"
    expected[columns + 3] += "\t\t\t\t"  # the row whose cell has a line end closes on its second line
    expected[columns + 4] += "\t\t\t\t"
    assert path.read_bytes().decode() == mark + end.join(expected)
    kept = path.read_bytes()
    assert sign(folder, path, "a", BOB, "Bob").exit_code == 0
    assert path.read_bytes() == kept, "to sign again changes nothing"


def test_a_steward_makes_it_the_owners_word_and_both_make_it_agreed(folder: Path) -> None:
    path = written(folder, text(line("a")))
    sign(folder, path, "a", HIVE, "Hive Board")
    assert cells(path, "a")["authority"] == "asserted-by-owner"
    sign(folder, path, "a", "did:web:oak.example", "Oak Board")
    assert cells(path, "a")["authority"] == "agreed-by-owners"
    assert cells(path, "a")["reviewer_label"] == "Hive Board|Oak Board"
    assert rows(folder, path)["a"]["authority"] == "agreed-by-owners"


def test_another_of_a_like_name_is_no_steward(folder: Path) -> None:
    path = written(folder, text(line("a")))
    sign(folder, path, "a", "https://hive.example.evil", "Hive Board")
    assert cells(path, "a")["authority"] == "reviewed"


def test_a_suggestion_stays_one_until_somebody_signs(folder: Path) -> None:
    path = written(folder, text(line("a", said="closeMatch", authority="suggested", author_id="", author_label="")))
    assert set(rows(folder, path)["a"]["open"]) == {"relation-open", "unreviewed"}
    result = sign(folder, path, "a", BOB, "Bob")
    assert "the relation is still open" in result.stderr
    assert rows(folder, path)["a"]["authority"] == "reviewed"


def test_an_author_does_not_review_their_own_row(folder: Path) -> None:
    path = written(folder, text(line("a")))
    before = path.read_bytes()
    result = sign(folder, path, "a", ANN, "Ann")
    assert result.exit_code == 2
    assert "a review is somebody else's word" in result.stderr
    assert path.read_bytes() == before


def test_an_objection_is_kept_with_its_reason_and_shown(folder: Path) -> None:
    path = written(folder, text(line("a")))
    sign(folder, path, "a", BOB, "Bob")
    sign(folder, path, "a", "did:web:cy.example", "Cy", "--disagree", "The levels differ.")
    row = rows(folder, path)["a"]
    assert row["open"] == ["disagreement"]
    assert (row["agreement"], row["reviewers"]) == (0, ["Bob"])
    assert row["objections"] == [
        {"by": "did:web:cy.example", "name": "Cy", "on": "2026-11-23", "why": "The levels differ."}
    ]
    assert "slot_name: objection" in path.read_text("utf-8")
    sign(folder, path, "a", "did:web:cy.example", "Cy")
    assert rows(folder, path)["a"]["open"] == [], "who signs after all objects no more"


def test_who_changes_their_mind_takes_their_review_back(folder: Path) -> None:
    path = written(folder, text(line("a")))
    sign(folder, path, "a", HIVE, "Hive Board")
    sign(folder, path, "a", HIVE, "Hive Board", "--disagree", "It was withdrawn.")
    row = cells(path, "a")
    assert (row["authority"], row["reviewer_id"], row["reviewer_agreement"]) == ("draft", "", "-1")


def test_rows_of_others_that_exclude_it_are_a_disagreement(folder: Path) -> None:
    other = line("b", "oak hive", "disjoint", author_id=BOB, author_label="Bob")
    path = written(folder, text(line("a"), other))
    found = rows(folder, path)
    assert found["a"]["against"] == ["b"]
    assert found["b"]["against"] == ["a"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--sign", "aa", "--as", BOB), "Did you mean a?"),
        (("--sign", "a"), "--as"),
        (("--sign", "a", "--as", "Bob"), "no DID, ORCID or web address"),
        (("--sign", "a", "--as", "0000-0002-1825-0098"), "last digit"),
        (("--as", BOB), "go with --sign"),
    ],
)
def test_what_cannot_be_signed_is_refused(folder: Path, arguments: tuple[str, ...], says: str) -> None:
    path = written(folder, text(line("a")))
    before = path.read_bytes()
    result = run(folder, str(path), *arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert path.read_bytes() == before


def test_a_workbook_is_to_be_imported_first(folder: Path) -> None:
    path = folder / "set.xlsx"
    path.write_bytes(b"PK\x03\x04")
    for arguments in ((), ("--sign", "a", "--as", BOB)):
        result = run(folder, str(path), *arguments)
        assert result.exit_code == 2
        assert "comity import" in result.stderr


def test_the_sets_that_come_with_comity_are_counted(folder: Path) -> None:
    result = CliRunner().invoke(comity, ["review", "--on", "2026-11-23"])
    assert result.exit_code == 1
    assert "mappings/rra-2.0--rra-3.0.sssom.tsv: " in result.stdout
    knowledge = load()
    recognised = {row for one in knowledge.recognitions for row in one.rows}
    open_rows = len(knowledge.rows) - len(recognised)
    assert f"{open_rows}  unreviewed: nobody has reviewed it" in result.stdout
    assert "unearned" not in result.stdout


def test_who_reviews_their_own_row_is_told(folder: Path) -> None:
    own = text(line("a", authority="reviewed") + f"\t{ANN}").replace("\tauthority\n", "\tauthority\treviewer_id\n")
    row = rows(folder, written(folder, own))["a"]
    assert (row["authority"], set(row["open"])) == ("draft", {"draft", "unearned", "self-reviewed"})


def test_a_typed_recognition_is_the_word_of_those_who_sign(folder: Path) -> None:
    """No law that is known names the row, so that it is its author's draft, in the review and on its page."""
    path = written(folder, text(line("a", authority="recognised-in-law")))
    row = rows(folder, path)["a"]
    assert (row["authority"], row["claimed"]) == ("draft", "recognised-in-law")
    assert set(row["open"]) == {"draft", "unearned", "unreviewed"}
    page = CliRunner().invoke(comity, ["explain", "a", "--with", str(folder)]).stdout
    assert "draft" in page
    assert "recognised-in-law" not in page


@pytest.mark.parametrize(
    ("author", "signer", "says"),
    [
        # 0000-0002-1825-0097 is the ORCID that ORCID itself gives as an example.
        ("Ann Weaver", ("0000-0002-1825-0097", "ann  weaver"), "stays draft: Ann Weaver asserts the row; a review is"),
        ("Ann Weaver", (BOB, "Bob"), ""),
    ],
)
def test_an_author_known_by_name_who_signs_their_own_row_is_told_why_it_stays_a_draft(
    folder: Path, author: str, signer: tuple[str, str], says: str
) -> None:
    path = written(folder, text(line("a", author_id="", author_label=author)))
    result = sign(folder, path, "a", *signer)
    assert result.exit_code == 0
    assert says in " ".join(result.stderr.split())
    assert ("stays" in result.stderr) is bool(says)
    assert cells(path, "a")["authority"] == ("draft" if says else "reviewed")


def test_a_name_and_an_identifier_may_be_one_person(folder: Path) -> None:
    """The author is known by an identifier alone, the signer whom the table names by a name alone."""
    path = written(folder, text(line("a", author_id="", author_label="Ann Weaver")))
    result = run(folder, str(path), "--sign", "a", "--as", "0000-0002-1825-0097")
    said = " ".join(result.stderr.split())
    assert "stays draft: who signs may be who asserts the row" in said
    assert "sign with --name" in said
    assert cells(path, "a")["authority"] == "draft"
