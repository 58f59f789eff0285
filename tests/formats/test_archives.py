"""Files, folders, archives and standard input as one list of inputs."""

from __future__ import annotations

import io
import struct
import sys
import zipfile
from pathlib import Path

import pytest

from comity.formats import archives, limits
from comity.formats.archives import Input, open_inputs, skipped
from comity.model.errors import UnreadableError
from comity.model.places import Severity


def packed(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def codes(inputs: list[Input]) -> list[str]:
    return [i.problem.code for i in inputs if i.problem is not None]


def test_a_folder_is_walked_in_sorted_order(tmp_path: Path) -> None:
    for name in ("b.json", "a/z.json", "a/B.JSON", "README.md", ".git/x.json", ".hidden.json"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    found = list(open_inputs([tmp_path]))
    assert [i.name.removeprefix(f"{tmp_path}/") for i in found] == ["README.md", "b.json", "a/B.JSON", "a/z.json"]
    assert [i.data for i in found if i.problem is None] == [b"b.json", b"a/B.JSON", b"a/z.json"]


def test_a_file_that_is_no_document_is_passed_over_with_a_word(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    (tmp_path / "notes.md").write_text("# Notes")
    found = list(open_inputs([tmp_path]))
    assert [(f.code, f.severity, f.place.document) for f in skipped(found)] == [
        ("skipped-file", Severity.INFO, str(tmp_path / "notes.md"))
    ]


def test_a_file_that_is_named_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "credential").write_text("{}")
    assert [i.data for i in open_inputs([tmp_path / "credential"])] == [b"{}"]


@pytest.mark.parametrize("name", [None, "picture.png"])
def test_a_folder_without_documents_is_an_error(tmp_path: Path, name: str | None) -> None:
    if name:
        (tmp_path / name).write_bytes(b"")
    problem = list(open_inputs([tmp_path]))[-1].problem
    assert problem is not None
    assert (problem.code, problem.severity) == ("no-documents", Severity.ERROR)


def test_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    assert codes(list(open_inputs([tmp_path / "no.json"]))) == ["not-found"]


def test_a_zip_is_opened_in_sorted_order(tmp_path: Path) -> None:
    content = packed({"b.json": b"2", "a/a.json": b"1", "__MACOSX/a.json": b"", "x.txt": b"", "inner.zip": b"PK"})
    (tmp_path / "all.zip").write_bytes(content)
    found = list(open_inputs([tmp_path / "all.zip"]))
    assert [i.name.removeprefix(f"{tmp_path}/") for i in found] == [
        "all.zip/a/a.json",
        "all.zip/b.json",
        "all.zip/inner.zip",
        "all.zip/x.txt",
    ]
    assert [i.data for i in found if i.problem is None] == [b"1", b"2"]
    assert codes(found) == ["nested-zip", "skipped-file"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip at all"])
def test_a_broken_zip_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    assert codes(list(open_inputs([tmp_path / "a.zip"]))) == ["broken-zip"]


def test_a_damaged_entry_does_not_hide_the_others(tmp_path: Path) -> None:
    content = bytearray(packed({"a.json": b"a" * 100, "b.json": b'{"b": 2}'}))
    where = content.find(b"a.json") + len("a.json")
    content[where : where + 3] = b"\xff\xff\xff"
    (tmp_path / "a.zip").write_bytes(bytes(content))
    first, second = open_inputs([tmp_path / "a.zip"])
    with pytest.raises(UnreadableError) as caught:
        _ = first.data
    assert caught.value.code == "broken-zip"
    assert second.data == b'{"b": 2}'


def test_a_zip_bomb_is_refused_with_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(limits.VARIABLE, "1000")
    (tmp_path / "bomb.zip").write_bytes(packed({f"{n}.json": bytes(900) for n in range(12)}))
    problem = next(iter(open_inputs([tmp_path / "bomb.zip"]))).problem
    assert problem is not None
    assert problem.code == "zip-bomb"
    assert "10800" in problem.message
    assert "10000" in problem.message
    assert "COMITY_MAX_BYTES=1080" in problem.fix
    monkeypatch.setenv(limits.VARIABLE, "1080")
    assert codes(list(open_inputs([tmp_path / "bomb.zip"]))) == []


def test_an_entry_that_lies_about_its_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(limits.VARIABLE, "1000")
    honest = packed({"a.json": bytes(50_000)})
    lying = honest.replace(struct.pack("<I", 50_000), struct.pack("<I", 500))
    assert lying != honest
    (tmp_path / "a.zip").write_bytes(lying)
    (entry,) = open_inputs([tmp_path / "a.zip"])
    with pytest.raises(UnreadableError):
        _ = entry.data


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(limits.VARIABLE, "10")
    (tmp_path / "a.json").write_bytes(bytes(11))
    with pytest.raises(UnreadableError) as caught:
        _ = next(iter(open_inputs([tmp_path / "a.json"]))).data
    assert caught.value.code == "too-large"


class Standard:
    """Standard input with bytes in it."""

    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)


def test_standard_input_may_be_a_document_or_an_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Standard(b"{}"))
    assert [(i.name, i.data) for i in open_inputs([Path("-")])] == [("-", b"{}")]
    monkeypatch.setattr(sys, "stdin", Standard(packed({"a.json": b"1"})))
    assert [(i.name, i.data) for i in open_inputs([Path("-")])] == [("-/a.json", b"1")]


def test_a_workbook_on_standard_input_is_no_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    book = packed({"[Content_Types].xml": b"", "xl/workbook.xml": b""})
    monkeypatch.setattr(sys, "stdin", Standard(book))
    assert [i.name for i in open_inputs([Path("-")])] == ["-"]


def test_every_suffix_read_is_lower_case() -> None:
    assert all(s == s.lower() and s.startswith(".") for s in archives.SUFFIXES)
