"""comity mappings: what people see, where it goes, and how it exits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from comity.cli import app


@pytest.fixture
def sets(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = root / "tests" / "cases" / "mappings"
    monkeypatch.chdir(folder / "a-circle-in-three-files")
    return folder


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app.comity, ["mappings", *arguments], input=stdin)


def test_check_names_file_line_author_and_date_of_each_row(sets: Path) -> None:
    done = run("check", "1.sssom.tsv", "2.sssom.tsv", "3.sssom.tsv")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[1:7] == [
        "  1.sssom.tsv line 5  m1",
        "    ex:a equal ex:b   (Ann, 2026-01-05)",
        "  2.sssom.tsv line 5  m2",
        "    ex:b superset ex:c   (Bob, 2026-01-06)",
        "  3.sssom.tsv line 5  m3",
        "    ex:c superset ex:a   (Cyd, 2026-01-07)",
    ]
    assert "m4" not in done.stdout


def test_check_of_our_own_sets_finds_nothing_to_mend() -> None:
    done = run("check", "--format", "json")
    found = json.loads(done.stdout)
    assert done.exit_code == 0
    assert found["contradictions"] == []
    assert found["rows"] > 0


def test_check_reads_a_folder_and_standard_input(sets: Path) -> None:
    assert run("check", ".").exit_code == 1
    text = (sets / "a-circle-in-three-files" / "1.sssom.tsv").read_bytes()
    done = run("check", "-", stdin=text)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1] == "1 row in 1 mapping set: no problems"


def test_check_writes_to_a_file(sets: Path, tmp_path: Path) -> None:
    target = tmp_path / "found.json"
    done = run("check", ".", "-o", str(target))
    assert (done.exit_code, done.stdout) == (1, "")
    row = json.loads(target.read_text("utf-8"))["contradictions"][0]["rows"][0]
    assert row == {
        "id": "m1",
        "subject": "https://ex.example/a",
        "predicate": "equal",
        "object": "https://ex.example/b",
        "relation": ["EQ"],
        "authority": "draft",
        "file": "1.sssom.tsv",
        "line": 5,
        "author": "Ann",
        "reviewer": "",
        "date": "2026-01-05",
    }


@pytest.mark.parametrize("name", ["no-such-file.sssom.tsv", "empty"])
def test_what_cannot_be_read_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    done = run("check", name)
    assert (done.exit_code, done.stdout) == (2, "")
    assert name in done.stderr


def test_an_empty_file_is_no_mapping_set(tmp_path: Path) -> None:
    file = tmp_path / "nothing.sssom.tsv"
    file.write_text("", "utf-8")
    done = run("check", str(file))
    assert done.exit_code == 2
    assert "The file is empty" in done.stderr


def test_a_row_stands_for_ours_of_the_same_id(root: Path, tmp_path: Path) -> None:
    """Who edits a set of ours and checks it hears of the edit, and of no repetition."""
    first = sorted((root / "mappings").glob("*.sssom.tsv"))[0]
    copy = tmp_path / first.name
    copy.write_bytes(first.read_bytes())
    done = run("check", str(copy), "--format", "json")
    found = json.loads(done.stdout)
    assert done.exit_code == 0
    assert [f for f in found["findings"] if f["code"] in ("record-id", "duplicate-row")] == []


def test_warnings_of_one_sort_are_one_message(tmp_path: Path) -> None:
    rows = "".join(f"m{n}\thttps://x.example/{n}\tcomity:covers\thttps://y.example/{n}\n" for n in range(3))
    file = tmp_path / "m.sssom.tsv"
    file.write_text("#\nrecord_id\tsubject_id\tpredicate_id\tobject_id\n" + rows, "utf-8")
    done = run("check", str(file))
    assert done.exit_code == 0
    assert f"{file}  lines 3, 4, 5  warning  no-reason" in done.stdout.splitlines()


def test_closure_writes_what_chains_say(sets: Path) -> None:
    """Of the circle, one row is missing: b asks for more than c, and so does a, which is b."""
    done = run("closure", "1.sssom.tsv", "2.sssom.tsv", "--from", "ex:a", "--on", "2026-02-01")
    assert (done.exit_code, done.stderr) == (0, "rows as of 2026-02-01\n")
    assert [line.split("\t") for line in done.stdout.splitlines()] == [
        ["subject_id", "relation", "object_id", "hops"],
        ["https://ex.example/a", "EQ", "https://ex.example/b", "1"],
        ["https://ex.example/a", "SUP", "https://ex.example/c", "2"],
        ["https://ex.example/a", "PO", "https://ex.example/d", "2"],
    ]


def test_closure_of_everything_holds_both_directions(sets: Path, tmp_path: Path) -> None:
    target = tmp_path / "closure.json"
    done = run("closure", "1.sssom.tsv", "2.sssom.tsv", "-o", str(target))
    assert (done.exit_code, done.stdout) == (0, "")
    found = {
        (p["subject_id"][-1], p["object_id"][-1]): (p["relation"], p["hops"]) for p in json.loads(target.read_text())
    }
    assert len(found) == 12
    assert found["c", "a"] == (["SUB"], 2)
    assert found["d", "c"] == (["SUP", "PO", "DR"], 2)


def test_closure_leaves_out_rows_that_cannot_all_be_true(sets: Path) -> None:
    done = run("closure", ".")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[1:] == [
        "https://ex.example/b\tPO\thttps://ex.example/d\t1",
        "https://ex.example/d\tPO\thttps://ex.example/b\t1",
    ]
    assert done.stderr.splitlines()[1:] == [
        "warning: 3 rows cannot all be true and are left out (comity mappings check):",
        "  1.sssom.tsv line 5  m1",
        "  2.sssom.tsv line 5  m2",
        "  3.sssom.tsv line 5  m3",
    ]


def test_closure_names_rows_that_it_cannot_read(tmp_path: Path) -> None:
    file = tmp_path / "m.sssom.tsv"
    text = "#curie_map:\n#  a: http://a.example/\nsubject_id\tpredicate_id\tobject_id\na:1\tcomity:equal\ta:2\na:1\tcomity:eqal\ta:3\n"
    file.write_text(text, "utf-8")
    done = run("closure", str(file))
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 3
    assert done.stderr.splitlines()[1:] == [
        f"{file} line 5: predicate_id 'comity:eqal' is no relation. Did you mean comity:equal?"
    ]


def test_closure_refuses_what_nobody_asked_for(sets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.cli.closing.LIMIT", 11)
    target = tmp_path / "closure.tsv"
    done = run("closure", "1.sssom.tsv", "2.sssom.tsv", "-o", str(target))
    assert done.exit_code == 2
    assert "more than 11 pairs" in done.stderr
    assert not target.exists()
    assert run("closure", "1.sssom.tsv", "2.sssom.tsv", "--all").stdout.count("\n") == 13


def test_closure_refuses_a_criterion_that_no_row_names(sets: Path) -> None:
    done = run("closure", "1.sssom.tsv", "--from", "https://ex.example/aa")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == (
        "Error: unknown criterion 'https://ex.example/aa'. Did you mean https://ex.example/a or https://ex.example/b?"
    )


@pytest.fixture
def tea(root: Path) -> str:
    return str(root / "tests" / "cases" / "report" / "explain")


def test_relate_gives_the_relation_and_the_chain(tea: str) -> None:
    """Hottest covers hotter, which is more than hot, which is more than warm: so hottest is more than warm."""
    done = run("relate", "tea-1-hottest", "tea-1-warm", "--with", tea, "--on", "2026-01-01", "--format", "json")
    found = json.loads(done.stdout)
    assert done.exit_code == 0
    assert list(found)[:2] == ["subject", "object"]
    assert (found["relation"], found["contradiction"], found["on"]) == (["SUP"], None, "2026-01-01")
    assert [[row["id"] for row in path["rows"]] for path in found["paths"]] == [["t2", "t1", "t3"]]
    assert found["paths"][0]["rows"][0]["line"] == 8
    travel = {(f["given"], f["gives"], f["authority"]) for f in found["facts"]}
    assert ("all", "all", "draft") in travel
    assert ("not-all", "not-all", "draft") not in travel


def test_relate_says_in_words_what_follows(tea: str) -> None:
    done = run("relate", "tea-1-warm", "tea-1-hot", "--with", tea)
    assert "  Meeting tea-1-warm meets a part of tea-1-hot; meeting tea-1-hot guarantees tea-1-warm." in done.stdout
    assert "meets a part of tea-1-warm" in done.stdout


def test_relate_names_a_contradiction_between_the_two(tea: str) -> None:
    """t6 and t7 say of ice that it is hot, and that it shares nothing with hot."""
    done = run("relate", "tea-1-ice", "tea-1-hot", "--with", tea, "--format", "json")
    found = json.loads(done.stdout)
    assert done.exit_code == 1
    assert [r["id"] for r in found["contradiction"]["rows"]] == ["t6", "t7"]
    assert found["relation"] == ["EQ", "SUB", "SUP", "PO", "DR"]
    assert run("relate", "tea-1-hotter", "tea-1-hot", "--with", tea).exit_code == 0


def test_relate_refuses_an_unknown_name(tea: str) -> None:
    done = run("relate", "tea-1-hot", "tea-1-wram", "--with", tea)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Did you mean tea-1-warm" in done.stderr


def test_relate_tells_what_a_gate_keeps_out(tea: str) -> None:
    """Rows below the gate are not used; what would be known with them is said beside them."""
    names = ("tea-1-hottest", "tea-1-warm", "--with", tea, "--on", "2026-01-01", "--format", "json")
    whole = json.loads(run("relate", *names).stdout)
    assert whole["gate"] is None
    gated = json.loads(run("relate", *names, "--authority", "recognised-in-law").stdout)
    assert gated["relation"] == ["EQ", "SUB", "SUP", "PO", "DR"]
    assert gated["gate"]["relation_without"] == whole["relation"] != gated["relation"]
    assert {r["id"] for r in gated["gate"]["removed"]} == {r["id"] for p in whole["paths"] for r in p["rows"]}
    text = run("relate", *names[:6], "--min-confidence", "1").stdout
    assert "Kept out by the gate (confidence 1); with them: " in text


GATED = """#curie_map:
#  a: https://a.example/
#extension_definitions:
#  - slot_name: authority
#    property: https://w3id.org/comity/ns#authority
record_id\tsubject_id\tpredicate_id\tobject_id\tauthor_label\treviewer_label\tauthority\tconfidence\tcomment
m1\ta:1\tcomity:equal\ta:2\tAnn\tBob\treviewed\t0.9\tr
m2\ta:2\tcomity:superset\ta:3\tAnn\t\tdraft\t0.8\tr
m3\ta:3\tcomity:superset\ta:4\tAnn\tBob\treviewed\t\tr
m4\ta:4\tcomity:superset\ta:5\tAnn\tBob\tasserted-by-owner\t0.95\tr
"""


@pytest.mark.parametrize(
    ("gate", "left", "out"),
    [
        ((), {"12", "13", "14", "15", "23", "24", "25", "34", "35", "45"}, None),
        (("--authority", "draft"), {"12", "13", "14", "15", "23", "24", "25", "34", "35", "45"}, 0),
        # m2 is a draft, so that nothing leads from 2 to 3; nobody of the owners signed m4: it is a reviewed row.
        (("--authority", "reviewed"), {"12", "34", "35", "45"}, 1),
        (("--authority", "asserted-by-owner"), set(), 4),
        # m3 does not say how sure it is.
        (("--min-confidence", "0.8"), {"12", "13", "23", "45"}, 1),
        (("--min-confidence", "0.85", "--authority", "reviewed"), {"12", "45"}, 2),
    ],
)
def test_closure_uses_the_rows_that_are_asked_for_and_says_how_many_it_does_not(
    tmp_path: Path, gate: tuple[str, ...], left: set[str], out: int | None
) -> None:
    file = tmp_path / "m.sssom.tsv"
    file.write_text(GATED, "utf-8")
    done = run("closure", str(file), *gate, "--format", "json")
    pairs = {p["subject_id"][-1] + p["object_id"][-1] for p in json.loads(done.stdout)}
    assert pairs == left | {p[::-1] for p in left}
    told = [line for line in done.stderr.splitlines() if line.startswith("kept out")]
    wanted = " and ".join(f"{a.removeprefix('--min-').removeprefix('--')} {b}" for a, b in sorted(_pairs(gate)))
    assert told == ([] if out is None else [f"kept out for less than {wanted}: {out} of 4 rows"])


def _pairs(gate: tuple[str, ...]) -> list[tuple[str, str]]:
    return list(zip(gate[::2], gate[1::2], strict=True))


def test_closure_and_relate_keep_out_the_same_rows(tmp_path: Path) -> None:
    """The word of the text's steward is the owner's; the scheme that says so comes with --with."""
    file, yarn = tmp_path / "yarn--spun.sssom.tsv", tmp_path / "yarn.ttl"
    file.write_text(GATED.replace("reviewer_label\t", "reviewer_id\t").replace("Bob", "https://a.example"), "utf-8")
    yarn.write_text(
        """@prefix comity: <https://w3id.org/comity/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://a.example/s> a comity:SchemeVersion ; comity:basis comity:secondary ; comity:root <https://a.example/0> ;
  comity:scheme <https://a.example/ss> ; comity:steward <https://a.example> ; comity:version "1" ;
  dcterms:source <https://a.example> ; rdfs:label "Yarn"@en ; skos:notation "yarn-1" .
"""
        + "".join(
            f"""<https://a.example/{n}> a comity:Criterion ; comity:basis comity:secondary ; comity:citation "{n}" ;
  comity:inVersion <https://a.example/s> ; comity:kind comity:{"process" if n else "root"} ;
  comity:level comity:facility ; dcterms:source <https://a.example> ; rdfs:label "{n}"@en ;
  skos:notation "yarn-1-{n}" .
"""
            for n in range(6)
        ),
        "utf-8",
    )
    gate = ("--authority", "asserted-by-owner", "--with", str(yarn), "--format", "json")
    done = run("closure", str(file), *gate)
    assert {p["subject_id"][-1] + p["object_id"][-1] for p in json.loads(done.stdout)} == {"45", "54"}, done.stderr
    for pair, known in (("45", ["SUP"]), ("34", ["EQ", "SUB", "SUP", "PO", "DR"])):
        one, other = (f"https://a.example/{n}" for n in pair)
        related = run("relate", one, other, *gate, "--with", str(file))
        assert json.loads(related.stdout)["relation"] == known
