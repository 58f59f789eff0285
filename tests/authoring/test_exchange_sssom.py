"""SSSOM that we write, read by the readers of others."""

from __future__ import annotations

import csv
import io
import logging
from pathlib import Path

import pytest
from tests.authoring.exchanging import case, rows

from comity.authoring.draft import Draft
from comity.authoring.exchange import sssom
from comity.authoring.sheets.reading import read
from comity.model.knowledge import Knowledge


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
    assert b'#  - slot_name: record_id\n#    property: "https://w3id.org/sssom/record_id"' in older
    assert b"slot_name: record_id" not in newer


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
