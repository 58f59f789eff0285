"""OSCAL control-mapping collections, in and out."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.authoring.exchanging import CASES, NOWHERE, case, codes, rows

from comity import knowledge
from comity.authoring.draft import Draft, DraftRow
from comity.authoring.exchange import oscal, oscal_writing
from comity.authoring.sheets.reading import read as read_table
from comity.knowledge.slots import PREDICATES
from comity.knowledge.vocabulary import NS
from comity.model.knowledge import Knowledge

SCHEMA = Draft202012Validator(json.loads((CASES / "oscal-mapping.schema.json").read_text("utf-8")))
WOOL, YARN = "https://wool.example/catalog.json#", "https://yarn.example/catalog.json#"


def _valid(content: bytes) -> None:
    assert [f"{e.json_path}: {e.message}" for e in SCHEMA.iter_errors(json.loads(content))] == []


def test_sample_is_of_the_shape() -> None:
    _valid(case("mapping-collection.json")[1])


def test_collection_is_read() -> None:
    name, content = case("mapping-collection.json")
    draft = oscal.read(content, name)
    found = [(r.subject, r.predicate.removeprefix(NS), r.object, r.foreign) for r in draft.rows]
    assert found == [
        (WOOL + "w-1", "superset", YARN + "y-1", "oscal: superset-of"),
        # Two that together equal one: each is a part of it, and the group says that together they cover it.
        (WOOL + "w-2", "coveredBy", YARN + "y-2", "oscal: equal-to"),
        (WOOL + "w-3", "coveredBy", YARN + "y-2", "oscal: equal-to"),
        # The same words may ask for different things.
        (WOOL + "w-4", "closeMatch", YARN + "y-4", "oscal: equal-to"),
        (WOOL + "w-5", "disjoint", YARN + "y-5", "oscal: no-relationship"),
    ]
    first, second, third, *_ = draft.rows
    assert (first.confidence, first.reason) == (0.75, "Wool asks for dust as well.")
    assert second.joint_group == third.joint_group == "1a0a7f2e-8c1b-4f7e-9b2d-0d4a5c6b7e05"
    assert draft.header == {
        "mapping_set_id": "urn:uuid:1a0a7f2e-8c1b-4f7e-9b2d-0d4a5c6b7e01",
        "mapping_set_title": "Wool to Yarn",
        "mapping_set_version": "0.3",
        "mapping_set_description": "Which rules of wool are those of yarn.",
    }


def test_what_is_left_out_or_turned_is_told() -> None:
    name, content = case("mapping-collection.json")
    draft = oscal.read(content, name)
    assert codes(draft) == ["not-carried", "not-carried", "relation-read", "relation-read"]
    told = {p.message for p in draft.problems if p.code == "not-carried"}
    assert told == {
        "'parties' of the metadata has no place among mapping rows.",
        "'qualifiers' of the map has no place among mapping rows.",
    }


def test_every_set_of_ours_comes_back(root: Path, known: Knowledge) -> None:
    for path in sorted((root / "mappings").glob("*.sssom.tsv")):
        draft = read_table(path.read_bytes(), path.name, known)
        written = oscal_writing.write(draft, known)
        _valid(written.content)
        assert written.losses == ()
        again = oscal.read(written.content, path.name)
        assert rows(again) == rows(draft), path.name
        assert (again.header, again.prefixes) == (draft.header, draft.prefixes), path.name


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.just("\n"), max_size=12)
ROWS = st.builds(
    DraftRow,
    subject=st.sampled_from(["https://a.example/1", "https://a.example/2#x"]),
    predicate=st.sampled_from([*PREDICATES, "https://other.example/ns#likes"]),
    object=st.sampled_from(["https://b.example/1", "urn:b:2"]),
    place=st.just(NOWHERE),
    id=st.sampled_from(["r:1", "r:2", ""]),
    negated=st.booleans(),
    reason=TEXT.map(str.strip),
    author_label=TEXT,
    note=TEXT,
    scope=TEXT,
    confidence=st.none() | st.sampled_from([0.1, 0.25, 1.0]),
)


@given(st.lists(ROWS, min_size=1, max_size=4))
def test_any_row_comes_back(made: list[DraftRow]) -> None:
    draft = Draft("set", "mappings", rows=tuple(made))
    written = oscal_writing.write(draft, knowledge.load())
    _valid(written.content)
    assert rows(oscal.read(written.content, "set")) == rows(draft)


def test_a_text_without_a_collection_is_refused() -> None:
    for content in (b"{}", b"[]", b"nothing", b'{"mapping-collection": 3}'):
        draft = oscal.read(content, "a.json")
        assert draft.rows == ()
        assert [p.severity.value for p in draft.problems] == ["error"]
