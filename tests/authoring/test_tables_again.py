"""What tables carry, there and back; and the words in which spreadsheets and other formats say the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.authoring.conftest import comity
from tests.authoring.exchanging import case, criteria, rows, scheme

from comity.authoring.draft import Draft
from comity.authoring.exchange import rdf, tables
from comity.authoring.sheets.reading import read
from comity.authoring.turtle import write_turtle
from comity.knowledge.vocabulary import NS
from comity.model.knowledge import Knowledge
from comity.model.places import Severity

FORMS = (("a.csv", tables.write_text), ("a.xlsx", tables.write_workbook))

ABOUT = "# title: Crates\n# short name: crates-1\n# iri: https://crates.example/rules/1\n"
OWN_METRIC = ABOUT + (
    "number,name,text,kind,level,metric,comparison,value,unit\n"
    "1,Reuse,Use crates again.,performance,facility,Crates reused,>=,40,%\n"
)


@pytest.mark.parametrize(("name", "write"), FORMS, ids=["csv", "xlsx"])
def test_a_metric_of_ones_own_keeps_its_name(name: str, write: object, tmp_path: Path, known: Knowledge) -> None:
    """Also where the edition is known by then, so that the metric has a notation, crates-reused."""
    kept, again = tmp_path / "crates.ttl", tmp_path / name
    kept.write_text(write_turtle(read(OWN_METRIC.encode(), "crates.csv", known)), "utf-8")
    assert comity("export", "crates-1", "--with", kept, "-o", again).exit_code == 0
    found = read(again.read_bytes(), name, known)
    [limit] = criteria(found)["https://crates.example/rules/1/1"].limits
    assert (limit.metric, limit.metric_label) == (
        "https://crates.example/rules/1/metric/crates-reused",
        "Crates reused",
    )
    told = write(found, known).losses  # type: ignore[operator]
    assert told == ()


def _kept(draft: Draft) -> object:
    assert draft.scheme is not None
    return criteria(draft), replace(scheme(draft), cells={}), draft.complete


ODD = """
@prefix comity: <https://w3id.org/comity/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://odd.example/1> a comity:SchemeVersion ; rdfs:label "Odd"@en ; skos:notation "odd-1" ;
  comity:scheme <https://odd.example/1> ; comity:root <https://odd.example/1/root> ; comity:basis comity:secondary ;
  comity:verificationNote "Half of it was read."@en .
<https://odd.example/1/root> a comity:Criterion ; rdfs:label "All"@en ; skos:notation "odd-1" ;
  comity:inVersion <https://odd.example/1> ; comity:kind comity:root ; comity:level comity:facility ;
  comity:basis comity:secondary .
<https://odd.example/1/1> a comity:Criterion ; rdfs:label "One"@en ; skos:notation "odd-1-1" ;
  comity:inVersion <https://odd.example/1> ; comity:kind comity:process ; comity:level comity:facility ;
  comity:basis comity:secondary ; comity:confidence comity:medium ; dcterms:rights "Ours."@en .
<https://odd.example/1/parts> a comity:Decomposition ; comity:whole <https://odd.example/1/root> ;
  comity:part <https://odd.example/1/1> ; comity:completeness comity:partial ; comity:basis comity:notVerified ;
  dcterms:description "There is more."@en .
"""


@pytest.mark.parametrize(("name", "write"), FORMS, ids=["csv", "xlsx"])
def test_what_comes_back_is_not_told_as_lost(name: str, write: object, known: Knowledge) -> None:
    """Properties have columns headed by their names, and parts have columns for what is said of them."""
    draft = rdf.read(ODD.encode(), "odd.ttl")
    assert draft.scheme is not None
    assert draft.scheme.more == {NS + "verificationNote": ('"Half of it was read."@en',)}
    written = write(draft, known)  # type: ignore[operator]
    assert written.losses == ()
    again = read(written.content, name, known)
    assert _kept(again) == _kept(draft)
    assert again.wholes == draft.wholes


def test_what_has_no_column_is_still_told(known: Knowledge) -> None:
    name, content = case("edition.ttl")
    draft = rdf.read(content, name)
    lined = replace(draft.criteria[-1], more={"https://a.example/p": ("one\ntwo",)})
    written = tables.write_text(replace(draft, criteria=(*draft.criteria[:-1], lined)), known)
    assert any("a line end in <https://a.example/p>" in x.message for x in written.losses)


LAW = ABOUT + (
    "# jurisdiction: EU\n# in force from: 2026-01-01\n# source: https://crates.example/law\n"
    "number,name,text,kind,level,duty\n1,Reuse,Use crates again.,process,facility,{duty}\n"
)


def test_a_law_says_in_a_table_what_its_provisions_do(tmp_path: Path, known: Knowledge) -> None:
    """A finding asks it of laws, and so there is a column for it."""
    for word, name in (
        ("Obligation", "obligation"),
        ("sanction", "sanctionRule"),
        ("scope definition", "scopeDefinition"),
    ):
        draft = read(LAW.format(duty=word).encode(), "law.csv", known)
        assert [p for p in draft.problems if p.severity is Severity.ERROR] == []
        assert criteria(draft)["https://crates.example/rules/1/1"].more == {NS + "deonticType": (NS + name,)}
        assert f"comity:deonticType comity:{name}" in write_turtle(draft)
        again = read(tables.write_text(draft, known).content, "law.csv", known)
        assert criteria(again) == criteria(draft)
    [wrong] = [p for p in read(LAW.format(duty="duty").encode(), "law.csv", known).problems if "duty" in p.message]
    assert wrong.code == "unknown-value"
    for duty, asked in (("obligation", False), ("", True)):
        file = tmp_path / "law.ttl"
        file.write_text(write_turtle(read(LAW.format(duty=duty).encode(), "law.csv", known)), "utf-8")
        done = comity("schemes", "check", file)
        assert ("does not say what it does" in done.stdout) is asked


@pytest.mark.parametrize(
    ("written", "negated"),
    [(w, True) for w in ("Not", "TRUE", "True", "yes", "1")] + [(w, False) for w in ("FALSE", "No", "0", "")],
)
def test_truth_as_spreadsheets_write_it_negates_a_row(written: str, negated: bool, known: Knowledge) -> None:
    table = f"subject,relation,negated,object,why\nrra-3.0-26,covers,{written},oecd-minerals-3-1,Both ask.\n"
    draft = read(table.encode(), "set.csv", known)
    assert [p for p in draft.problems if p.severity is Severity.ERROR] == []
    assert [row.negated for row in rows(draft)] == [negated]


def test_relationships_of_oscal_are_words_of_tables(known: Knowledge) -> None:
    """As docs/exchange.md lists them, and written as OSCAL does."""
    wanted = {
        "equal-to": "equal",
        "equivalent-to": "equal",
        "superset-of": "superset",
        "subset-of": "subset",
        "intersects-with": "intersects",
        "no-relationship": "disjoint",
    }
    for word, relation in wanted.items():
        table = f"subject,relation,object,why\nrra-3.0-26,{word},oecd-minerals-3-1,Both ask.\n"
        draft = read(table.encode(), "set.csv", known)
        assert [(row.predicate, row.foreign) for row in draft.rows] == [(NS + relation, word)]
