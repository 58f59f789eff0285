"""SSSOM that we write, read by the readers of others."""

from __future__ import annotations

import csv
import io
import logging
from dataclasses import replace
from pathlib import Path

import pytest
from tests.authoring.conftest import comity
from tests.authoring.exchanging import CASES, case, rows

from comity.authoring import exchange
from comity.authoring.draft import Draft
from comity.authoring.exchange import sssom
from comity.authoring.sheets.reading import read
from comity.authoring.sssom import write_sssom
from comity.model.knowledge import Knowledge
from comity.model.places import Severity


def drafts(root: Path, known: Knowledge) -> list[Draft]:
    paths = sorted((root / "mappings").glob("*.sssom.tsv"))
    ours = [read(p.read_bytes(), p.name, known) for p in paths[:3] + paths[-3:]]
    name, content = case("rows.sssom.tsv")
    return [*ours, read(content, name, known)]


def cells(content: bytes) -> list[dict[str, str]]:
    lines = [line for line in content.decode().splitlines(keepends=True) if not line.startswith("#")]
    return list(csv.DictReader(io.StringIO("".join(lines)), delimiter="\t"))


@pytest.mark.parametrize("write", [sssom.write, sssom.write_first], ids=["1.1", "1.0"])
def test_rows_come_back(write: object, root: Path, known: Knowledge) -> None:
    for draft in drafts(root, known):
        written = write(draft, known)  # type: ignore[operator]
        assert written.losses == ()
        again = read(written.content, draft.name, known)
        assert rows(again) == rows(draft)
        header = {k: v for k, v in again.header.items() if k != "sssom_version"}
        assert header == draft.header


def test_version_is_said(known: Knowledge) -> None:
    name, content = case("rows.sssom.tsv")
    draft = read(content, name, known)
    newer, older = sssom.write(draft, known).content, sssom.write_first(draft, known).content
    assert b'#sssom_version: "1.1"' in newer
    assert b"sssom_version" not in older
    assert b'#  - slot_name: comity_record_id\n#    property: "https://w3id.org/sssom/record_id"' in older
    assert b"record_id" not in newer.partition(b"\nrecord_id\t")[0]


def test_sssom_pydantic_reads_what_we_write(tmp_path: Path, root: Path, known: Knowledge) -> None:
    sssom_pydantic = pytest.importorskip("sssom_pydantic", reason="sssom-pydantic is not installed")
    for draft in drafts(root, known):
        file = tmp_path / "set.sssom.tsv"
        content = sssom.write(draft, known).content
        file.write_bytes(content)
        found, _, metadata, errors = sssom_pydantic.read(file, return_errors=True)
        assert list(errors) == []
        wanted = cells(content)
        assert len(found) == len(wanted)
        for mapping, cell in zip(found, wanted, strict=True):
            assert mapping.record.curie == cell["record_id"]
            assert (mapping.subject.curie, mapping.object.curie) == (cell["subject_id"], cell["object_id"])
            assert mapping.predicate.curie == cell["predicate_id"]
            assert (mapping.predicate_modifier or "") == cell.get("predicate_modifier", "")
            assert (mapping.comment or "") == cell.get("comment", "")
            assert mapping.confidence == (float(cell["confidence"]) if cell.get("confidence") else None)
            assert str(mapping.mapping_date or "") == cell.get("mapping_date", "")
            assert mapping.justification.curie == cell["mapping_justification"]
            stated = {k: slot.value for k, slot in (mapping.extensions or {}).items()}
            ours = {k: cell[k] for k in ("authority", "basis", "joint_group", "scope", "valid_from") if cell.get(k)}
            assert {k: str(v) for k, v in stated.items() if k in ours} == ours
        assert str(metadata.id) == draft.header["mapping_set_id"]


def test_sssom_py_reads_what_we_write(tmp_path: Path, root: Path, known: Knowledge) -> None:
    parsers = pytest.importorskip(
        "sssom.parsers",
        reason="sssom-py is not installed: with LinkML it weighs 390 MB, and is no part of the dev extra",
    )
    logging.disable(logging.WARNING)
    try:
        for draft in drafts(root, known):
            file = tmp_path / "set.sssom.tsv"
            content = sssom.write(draft, known).content
            file.write_bytes(content)
            found = parsers.parse_sssom_table(file)
            wanted = cells(content)
            assert found.metadata["mapping_set_id"] == draft.header["mapping_set_id"]
            got = {row["record_id"]: row for row in found.df.to_dict("records")}
            assert set(got) == {cell["record_id"] for cell in wanted}
            for cell in wanted:
                row = got[cell["record_id"]]
                for slot in ("subject_id", "predicate_id", "object_id", "mapping_justification", "comment"):
                    assert row[slot] == cell.get(slot, ""), slot
                assert (row.get("predicate_modifier") or "") == cell.get("predicate_modifier", "")
                if cell.get("confidence"):
                    assert float(row["confidence"]) == float(cell["confidence"])
    finally:
        logging.disable(logging.NOTSET)


AUTHORED = """# title: A set
# set id: https://norm.example/sets/a
# subject scheme: rra-3.0
# object scheme: oecd-minerals-3
# licence: https://creativecommons.org/licenses/by/4.0/
subject,relation,object,why,author id,reviewer id
rra-3.0-26,overlaps,oecd-minerals-3-1,Both ask for systems.,https://people.example/7,did:web:norm.example
rra-3.0-27,subset,oecd-minerals-3-2,It asks for less.,https://norm.example,https://norm.example/
"""


@pytest.mark.parametrize("form", ["sssom", "sssom-1.0"])
def test_what_authors_begin_with_a_template_is_read_by_others(tmp_path: Path, form: str) -> None:
    """Sources, authors and reviewers are addresses that no criterion begins with: each has a prefix."""
    sssom_pydantic = pytest.importorskip("sssom_pydantic", reason="sssom-pydantic is not installed")
    begun, imported, exported = tmp_path / "set.csv", tmp_path / "set.sssom.tsv", tmp_path / "out.sssom.tsv"
    assert comity("template", "mappings", "rra-3.0", "oecd-minerals-3", "-o", begun).exit_code == 0
    empty = {line.partition(":")[0] for line in begun.read_text("utf-8-sig").splitlines() if line.startswith("# ")}
    assert {"# set id", "# subject scheme", "# licence"} <= empty, "the test fills in what a template asks for"
    begun.write_text(AUTHORED, "utf-8")
    assert comity("import", begun, "-o", imported).exit_code == 0
    assert comity("export", imported, "--format", form, "-o", exported).exit_code == 0
    for file in (imported, exported):
        found, converter, metadata, errors = sssom_pydantic.read(file, return_errors=True)
        assert list(errors) == []
        assert str(metadata.id) == "https://norm.example/sets/a"
        assert [converter.expand_reference(m.subject) for m in found] == [
            "https://w3id.org/comity/rra/3.0/26",
            "https://w3id.org/comity/rra/3.0/27",
        ]
        assert {converter.expand_reference(m.subject_source) for m in found} == {"https://w3id.org/comity/rra/3.0"}
        assert {converter.expand_reference(m.object_source) for m in found} == {
            "https://w3id.org/comity/oecd-minerals/3"
        }
        assert [converter.expand_reference(m.authors[0]) for m in found] == [
            "https://people.example/7",
            "https://norm.example",
        ]
        assert [converter.expand_reference(m.reviewers[0]) for m in found] == [
            "did:web:norm.example",
            "https://norm.example/",
        ]
        assert [m.comment for m in found] == ["Both ask for systems.", "It asks for less."]


def test_sssom_1_0_keeps_the_ids_of_rows_under_a_name_that_no_reader_refuses(
    tmp_path: Path, root: Path, known: Knowledge
) -> None:
    """SSSOM 1.0 has no record_id, and 1.1 has: a reader of both refuses an extension of that very name."""
    sssom_pydantic = pytest.importorskip("sssom_pydantic", reason="sssom-pydantic is not installed")
    for draft in drafts(root, known):
        file = tmp_path / "set.sssom.tsv"
        file.write_bytes(sssom.write_first(draft, known).content)
        found, _, _, errors = sssom_pydantic.read(file, return_errors=True)
        assert list(errors) == []
        assert [m.extensions["comity_record_id"].value for m in found] == [r.id for r in draft.rows]


def test_a_set_without_an_address_is_an_error_of_the_export(known: Knowledge) -> None:
    name, content = case("rows.sssom.tsv")
    draft = read(content, name, known)
    bare = replace(draft, header={k: v for k, v in draft.header.items() if k != "mapping_set_id"})
    for write in (sssom.write, sssom.write_first):
        assert [x.severity for x in write(bare, known).losses] == [Severity.ERROR]
        assert write(draft, known).losses == ()


def test_alignments_of_vocabularies_are_a_set_that_others_read(tmp_path: Path, known: Knowledge) -> None:
    sssom_pydantic = pytest.importorskip("sssom_pydantic", reason="sssom-pydantic is not installed")
    cvc_files = [(p.name, p.read_bytes()) for p in sorted((CASES / "cvc").glob("*.json"))]
    [vocabulary] = exchange.read_all(cvc_files)
    name, content = case("svc.json")
    [older] = exchange.read_all([(name, content)])
    name, content = case("skos.ttl")
    [concepts] = exchange.read_all([(name, content)])
    for draft, address in (
        (vocabulary.draft, "https://wool.example/scheme/spinning/2.1.0/mappings"),
        (older.draft, "https://yarn.example/rules/3.0/mappings"),
        (concepts.draft, "https://dye.example/code/2/mappings"),
    ):
        file = tmp_path / "set.sssom.tsv"
        file.write_text(write_sssom(draft), "utf-8")
        found, _, metadata, errors = sssom_pydantic.read(file, return_errors=True)
        assert list(errors) == []
        assert len(found) == len(draft.rows) > 0
        assert str(metadata.id) == address
