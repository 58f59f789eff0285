"""The knowledge from its snapshot is the knowledge from its text, and a snapshot that is not right is not there."""

from __future__ import annotations

import copy
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from comity.knowledge import cache, load, snapshot
from comity.knowledge.loader import assemble
from comity.knowledge.problems import Problems
from comity.knowledge.sources import Source, package_sources
from comity.model.errors import KnowledgeError
from comity.model.knowledge import Knowledge

METRIC = """@prefix comity: <https://w3id.org/comity/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://a.example/metric/height> a comity:Metric ;
  rdfs:label "{}"@en ;
  skos:notation "height" .
"""
HEIGHT = "https://a.example/metric/height"


@pytest.fixture(scope="module")
def read() -> Knowledge:
    """What Comity ships, from its text."""
    return assemble(package_sources(), Problems())


@pytest.fixture(scope="module")
def key() -> str:
    return snapshot.key(package_sources())


@pytest.fixture
def kept(read: Knowledge, key: str, folder: Path) -> Path:
    """The one snapshot of a folder."""
    snapshot.keep(key, read)
    (file,) = folder.iterdir()
    return file


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "cache"
    monkeypatch.setenv(cache.VARIABLE, str(place))
    return place


def kinds(thing: Any) -> object:
    """Name the types of a thing and of all that is in it."""
    name = type(thing).__name__
    if isinstance(thing, Mapping):
        return [(key, kinds(one)) for key, one in thing.items()]
    if isinstance(thing, tuple):
        return name, [kinds(one) for one in thing]
    if isinstance(thing, frozenset):
        return name, sorted(str(kinds(one)) for one in thing)
    return name, [kinds(getattr(thing, f.name)) for f in fields(thing)] if is_dataclass(thing) else []


def found(key: str) -> Knowledge:
    knowledge = snapshot.find(key)
    assert knowledge is not None
    return knowledge


@pytest.mark.usefixtures("kept")
def test_it_is_what_was_read(read: Knowledge, key: str) -> None:
    again = found(key)
    assert again == read
    assert read == again
    for field in fields(Knowledge):  # an equal number may still be of another type
        assert kinds(getattr(again, field.name)) == kinds(getattr(read, field.name)), field.name


@pytest.mark.usefixtures("kept")
def test_it_is_read_record_by_record(read: Knowledge, key: str) -> None:
    criteria, last = found(key).criteria, list(read.criteria)[-1]
    assert criteria[last] == read.criteria[last]
    assert criteria[last] is criteria[last]
    assert last in criteria
    assert "https://a.example/none" not in criteria
    assert criteria.get("https://a.example/none") is None
    with pytest.raises(KeyError):
        criteria["https://a.example/none"]
    one = criteria[last]
    assert list(criteria) == list(read.criteria)
    assert criteria[last] is one
    assert len(criteria) == len(read.criteria)
    assert "https://a.example/none" not in criteria


@pytest.mark.usefixtures("kept")
def test_it_can_be_copied(read: Knowledge, key: str) -> None:
    assert copy.deepcopy(found(key)) == read
    assert replace(found(key), version="x") == replace(read, version="x")


@pytest.mark.parametrize("part", [0, 0.3, 0.6, 1])
def test_a_damaged_one_is_not_there(part: float, kept: Path, read: Knowledge, key: str) -> None:
    content = bytearray(kept.read_bytes())
    content[int(part * (len(content) - 1))] ^= 1
    kept.write_bytes(content)
    assert snapshot.find(key) is None
    assert load() == read
    assert snapshot.find(key) is not None, "it is made again"


@pytest.mark.parametrize("size", [0, 1, 31, 32, 33, 4096, -1])
def test_one_that_was_cut_off_is_not_there(size: int, kept: Path, read: Knowledge, key: str) -> None:
    kept.write_bytes(kept.read_bytes()[:size])
    assert snapshot.find(key) is None
    assert load() == read


def test_one_of_other_knowledge_is_not_there(kept: Path, key: str, folder: Path) -> None:
    other = "0" * len(key)
    kept.rename(folder / f"knowledge-{other[:32]}.sqlite")
    assert snapshot.find(other) is None


def test_one_that_is_no_database_is_not_there(key: str, folder: Path) -> None:
    cache.write(f"knowledge-{key[:32]}", b"something else")
    assert len(list(folder.iterdir())) == 1
    assert snapshot.find(key) is None


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_one_that_others_may_write_is_not_there(kept: Path, key: str) -> None:
    kept.chmod(0o622)
    assert snapshot.find(key) is None
    kept.chmod(0o644)
    assert snapshot.find(key) is not None


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_nobody_else_reads_what_the_user_brought(kept: Path) -> None:
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.parent.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="who may write everywhere")
def test_a_folder_that_cannot_be_written(folder: Path, read: Knowledge) -> None:
    folder.mkdir(mode=0o500)
    assert load() == read
    assert list(folder.iterdir()) == []


def test_a_disk_that_cannot_be_written(folder: Path, read: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "replace", refuse)
    assert load() == read
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_none(folder: Path, read: Knowledge) -> None:
    folder.write_text("a file", "utf-8")
    assert load() == read
    assert folder.read_text("utf-8") == "a file"


def test_what_cannot_be_written_is_not_kept(
    folder: Path, read: Knowledge, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise TypeError("cannot be written")

    monkeypatch.setattr(snapshot, "coding", fail)
    snapshot.keep(key, read)
    assert not folder.exists()


RACE = "from comity.knowledge import load; k = load(); print(len(k.criteria), len(k.rows), k.sha256)"


def test_two_that_start_at_once(folder: Path, read: Knowledge) -> None:
    command = [sys.executable, "-c", RACE]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = {process.communicate(timeout=120)[0].strip() for process in running}
    assert said == {f"{len(read.criteria)} {len(read.rows)} {read.sha256}"}
    assert [p.suffix for p in folder.iterdir()] == [".sqlite"]


def test_a_changed_source_is_never_served_as_it_was(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    for label in ("Height", "Depth!", "Height"):  # of one length and one time: only the content tells
        own.write_text(METRIC.format(label))
        os.utime(own, (1_000_000_000, 1_000_000_000))
        assert load([own]).metrics[HEIGHT].label == label
        assert load([own]).metrics[HEIGHT].label == label
    assert len(list(folder.iterdir())) == 2


@pytest.mark.usefixtures("folder")
def test_places_are_those_of_the_files_given(tmp_path: Path) -> None:
    text = METRIC.format("Height") + '<https://a.example/x> a comity:Metrics ; rdfs:label "x" .\n'
    for name in ("one.ttl", "other.ttl"):
        own = tmp_path / name
        own.write_text(METRIC.format("Height"))
        load([own])
        own.write_text(text)
        with pytest.raises(KnowledgeError, match=name):
            load([own])


@pytest.mark.usefixtures("folder")
def test_what_is_not_sound_is_refused_each_time(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(KnowledgeError, match="no such file"):
            load([tmp_path / "none.ttl"])


@pytest.mark.parametrize("word", ["off", "OFF", ""])
def test_none_is_made_where_none_is_wanted(
    word: str, tmp_path: Path, read: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv(cache.VARIABLE, word)
    assert load() == read
    assert list(tmp_path.iterdir()) == []


def test_where_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(cache.VARIABLE)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache.folder() == tmp_path / "xdg" / "comity"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative, which the convention says to ignore")
    assert cache.folder() == tmp_path / "home" / ".cache" / "comity"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert cache.folder() == tmp_path / "home" / "Library" / "Caches" / "comity"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert cache.folder() == tmp_path / "local" / "comity"


def test_the_oldest_go(folder: Path) -> None:
    for number in range(cache.KEPT + 3):
        cache.write(f"n{number}", b"content")
        os.utime(folder / f"n{number}.sqlite", (number, number))
    cache.write("last", b"content")
    left = {p.stem for p in folder.iterdir()}
    assert left == {"last", *(f"n{number}" for number in range(4, cache.KEPT + 3))}


def keys() -> Iterator[tuple[str, tuple[Source, ...]]]:
    a, b = Source("a.ttl", b"one"), Source("b.ttl", b"two")
    yield "another content", (replace(a, content=b"One"), b)
    yield "another name", (replace(a, name="c.ttl"), b)
    yield "another owner", (replace(a, own=False), b)
    yield "another border", (replace(a, content=b"onet"), replace(b, content=b"wo"))
    yield "one less", (a,)
    yield "one more", (a, b, Source("c.ttl", b""))


@pytest.mark.parametrize("sources", [pytest.param(s, id=name) for name, s in keys()])
def test_all_that_decides_is_in_the_key(sources: tuple[Source, ...]) -> None:
    before = (Source("a.ttl", b"one"), Source("b.ttl", b"two"))
    assert snapshot.key(before) == snapshot.key(before)
    assert snapshot.key(sources) != snapshot.key(before)


def test_our_own_code_is_in_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = snapshot.key(())
    monkeypatch.setattr(snapshot, "CODE", snapshot.CODE[:-1])
    snapshot._code.cache_clear()
    try:
        assert snapshot.key(()) != before
    finally:
        snapshot._code.cache_clear()
