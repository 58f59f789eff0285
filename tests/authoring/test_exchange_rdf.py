"""Turtle, JSON-LD and SKOS, in and out."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple
from tests.authoring.conftest import comity
from tests.authoring.exchanging import case, codes, criteria, rows, scheme

from comity.authoring.exchange import rdf, rdf_writing, selecting, skos, skos_reading, svc
from comity.authoring.exchange.graph import parse
from comity.authoring.sheets.reading import read as read_table
from comity.authoring.turtle import write_turtle
from comity.knowledge.vocabulary import LABEL, NS, SKOS
from comity.model.knowledge import Knowledge
from comity.model.places import Severity
from comity.model.scales import Comparator, Kind


def triples(content: bytes, syntax: RdfFormat = RdfFormat.TURTLE) -> set[str]:
    return {str(Triple(q.subject, q.predicate, q.object)) for q in pyoxigraph.parse(content, format=syntax)}


def test_edition_in_our_own_shape_comes_back_as_the_same_graph() -> None:
    name, content = case("edition.ttl")
    draft = rdf.read(content, name)
    assert draft.problems == ()
    assert triples(write_turtle(draft).encode()) == triples(content)


def test_edition_is_read() -> None:
    name, content = case("edition.ttl")
    draft = rdf.read(content, name)
    one = criteria(draft)["https://felt.example/rules/4/1"]
    [limit] = one.limits
    assert (limit.comparator, str(limit.value), limit.metric_label) == (
        Comparator.LESS_THAN,
        "1/4",
        "Acid that is left",
    )
    assert one.label == "Acid"
    assert one.more[LABEL] == ('"Säure"@de',), "the other language is kept"
    [place] = [c.place.pointer for c in draft.criteria if c.iri == one.iri]
    assert content.decode().splitlines()[int(place.removeprefix("line ")) - 1].startswith(f"<{one.iri}>")
    assert draft.complete == {"https://felt.example/rules/4/root"}


def test_every_edition_of_ours_is_written_whole(known: Knowledge) -> None:
    for version in known.schemes.values():
        found = selecting.edition_triples(known, version)
        wanted = {str(t) for t in found}
        assert triples(rdf_writing.turtle(found)) == wanted
        assert triples(rdf_writing.jsonld(found), RdfFormat.JSON_LD) == wanted
        read = rdf.draft(parse(rdf_writing.turtle(found), "edition.ttl"))
        lost = wanted - triples(write_turtle(read).encode())
        told = [p for p in read.problems if p.code == "not-carried"]
        assert bool(lost) == bool(told), f"{version.notation}: what a draft cannot hold is said"


def test_rows_come_back(root: Path, known: Knowledge) -> None:
    for path in (*sorted((root / "mappings").glob("rra*.sssom.tsv")), Path(case("rows.sssom.tsv")[0])):
        content = path.read_bytes() if path.is_absolute() else case(path.name)[1]
        draft = read_table(content, path.name, known)
        for written, name in (
            (rdf_writing.write_turtle(draft, known), "rows.ttl"),
            (rdf_writing.write_jsonld(draft, known), "rows.jsonld"),
        ):
            assert written.losses == ()
            again = rdf.read(written.content, name)
            assert rows(again) == rows(draft), path.name
            assert (again.header, again.prefixes) == (draft.header, draft.prefixes)


def test_skos_is_read_and_matches_are_leads() -> None:
    name, content = case("skos.ttl")
    draft = rdf.read(content, name)
    assert (scheme(draft).notation, scheme(draft).version) == ("dye-2", "2")
    assert str(scheme(draft).in_force_from) == "2025-03-01"
    assert scheme(draft).stewards == ("https://dye.example",)
    found = criteria(draft)
    vats = found["https://dye.example/code/2/vats"]
    assert (vats.notation, vats.parent) == ("dye-2-1.1", "https://dye.example/code/2/baths")
    assert vats.more == {SKOS + "changeNote": ('"New in 2."@en',)}
    assert found["https://dye.example/code/2/baths"].label == "Baths", "English where there is some"
    said = {(r.object, r.predicate.removeprefix(SKOS), r.foreign) for r in draft.rows}
    assert said == {
        ("https://wool.example/criterion/dust/1.0.0", "narrowMatch", "skos:narrowMatch"),
        ("https://wool.example/criterion/noise/2.1.0", "closeMatch", "skos:closeMatch"),
    }
    assert codes(draft) == ["kind-assumed", "relation-read"]


def test_skos_matches_are_relations_where_their_author_confirms() -> None:
    name, content = case("skos.ttl")
    draft = skos_reading.draft(parse(content, name), confirmed=True)
    # The concept is broader as a text and asks for more: narrowMatch says that the other is narrower.
    assert {r.predicate for r in draft.rows} == {NS + "superset", SKOS + "closeMatch"}
    assert all(r.foreign.startswith("skos:") for r in draft.rows), "how it was written stays on record"


def test_skos_in_json() -> None:
    name, content = case("skos.jsonld")
    draft = rdf.read(content, name)
    assert [c.label for c in draft.criteria] == ["Dye Code 3 as a whole", "Madder"]
    assert draft.criteria[0].kind is Kind.ROOT


def test_skos_comes_back(known: Knowledge) -> None:
    name, content = case("skos.ttl")
    draft = rdf.read(content, name)
    again = rdf.read(skos.write(draft, known).content, "again.ttl")
    first, second = criteria(draft), criteria(again)
    assert set(first) == set(second)
    for iri, one in first.items():
        two = second[iri]
        assert (two.label, two.text, two.notation, two.parent) == (one.label, one.text, one.notation, one.parent)
    assert {(r.subject, r.predicate, r.object) for r in again.rows} == {
        (r.subject, r.predicate, r.object) for r in draft.rows
    }


def test_relations_are_weakened_in_skos_and_said(known: Knowledge) -> None:
    name, content = case("rows.sssom.tsv")
    written = skos.write(read_table(content, name, known), known)
    felt, wool = NamedNode("https://felt.example/rules/4/1"), "https://wool.example/criterion/"
    assert triples(written.content) == {
        str(Triple(felt, NamedNode(SKOS + "narrowMatch"), NamedNode(wool + "dust/1.0.0"))),
        str(Triple(felt, NamedNode(SKOS + "relatedMatch"), NamedNode(wool + "pay/2.1.0"))),
    }, "a denied relation has no match, and must not become one"
    assert any("rows that deny something of 1" in x.message for x in written.losses)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ttl", b"<a"),
        ("a.ttl", b""),
        ("a.jsonld", b'{"@context": "https://context.example/", "@id": "urn:a", "a": 1}'),
        ("a.rdf", b"<rdf"),
    ],
)
def test_what_is_no_rdf_or_says_nothing_is_told(name: str, content: bytes) -> None:
    draft = rdf.read(content, name)
    assert [p.severity for p in draft.problems] == [Severity.ERROR]


def test_literals_with_a_type_are_kept_through_a_draft() -> None:
    from comity.authoring.exchange.graph import spelled
    from comity.authoring.turtle import named

    for term in (
        Literal('a "b" \\ c\nd', language="de"),
        Literal("2026-11-30", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date")),
        Literal("plain"),
        NamedNode("https://a.example/x"),
    ):
        assert named(spelled(term)) == term


KEPT_IN_SKOS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://sk.example/s> a skos:ConceptScheme ; skos:prefLabel "SK Standard"@en, "SK Norm"@de ;
  dcterms:title "Norm of SK" ; dcterms:issued "2026-01-02"^^xsd:date .
<https://sk.example/s/1.1> a skos:Concept ; skos:inScheme <https://sk.example/s> ;
  skos:topConceptOf <https://sk.example/s> ;
  skos:prefLabel "Heat"@en, "Hitze"@de ; skos:altLabel "Warmth"@en ; skos:related <https://sk.example/s/1.2> .
<https://sk.example/s/1.2> a skos:Concept ; skos:inScheme <https://sk.example/s> ;
  skos:topConceptOf <https://sk.example/s> ;
  skos:prefLabel "Kälte"@de ; skos:definition "Nicht frieren."@de .
"""


def test_numbers_in_addresses_are_no_versions() -> None:
    draft = rdf.read(KEPT_IN_SKOS.encode(), "sk.ttl")
    assert [c.notation for c in draft.criteria] == ["s", "s-1.1", "s-1.2"]


def test_other_labels_languages_and_related_concepts_come_back_by_way_of_turtle(
    tmp_path: Path, known: Knowledge
) -> None:
    file = tmp_path / "sk.ttl"
    file.write_text(KEPT_IN_SKOS, "utf-8")
    kept, out = tmp_path / "kept.ttl", tmp_path / "out.ttl"
    assert comity("import", file, "-o", kept).exit_code == 0
    done = comity("export", kept, "--format", "skos", "-o", out)
    assert done.exit_code == 0, done.stderr
    assert "other properties" not in done.stderr
    direct = skos.write(rdf.read(KEPT_IN_SKOS.encode(), "sk.ttl"), known)
    assert not any("other properties" in x.message for x in direct.losses)
    wanted = triples(KEPT_IN_SKOS.encode())
    for content in (out.read_bytes(), direct.content):
        written = triples(content)
        assert wanted - written == set()
        notation, valid = f"<{SKOS}notation>", "<http://purl.org/dc/terms/valid>"
        added = {t for t in written - wanted if notation not in t and valid not in t}
        # A draft has one English label; one that was read in German alone has none added.
        assert added == set()


def test_keys_of_others_are_no_part_of_skos_and_told(known: Knowledge) -> None:
    name, content = case("svc.json")
    written = skos.write(svc.read(content, name), known)
    assert b"urn:comity:untp" not in written.content
    # The scheme has its owner, one criterion a level of performance, one a status.
    assert any("other properties of 3 " in x.message for x in written.losses)
