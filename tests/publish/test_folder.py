"""A site is written to a folder of its own, and nowhere else."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tests.publish.conftest import ON

from comity.model.errors import UnknownNameError
from comity.model.knowledge import Knowledge
from comity.publish import FolderError, publish
from comity.publish.folder import MARKER, Folder


def _write(folder: Folder, *names: str) -> None:
    assert [name for name, _ in folder.write((name, b"x") for name in names)] == list(names)
    folder.finish()


def test_a_folder_that_holds_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(FolderError, match="did not write.*--force"):
        Folder(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]


def test_force_keeps_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    _write(Folder(tmp_path, force=True), "index.html")
    assert (tmp_path / "thesis.txt").read_text() == "mine"
    _write(Folder(tmp_path), "other.html")
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_what_a_later_site_no_longer_has_goes_and_strangers_stay(tmp_path: Path) -> None:
    _write(Folder(tmp_path), "a/b/old.html", "a/kept.html")
    (tmp_path / "a" / "stranger.html").write_text("not ours")
    _write(Folder(tmp_path), "a/kept.html")
    assert not (tmp_path / "a" / "b").exists()
    assert sorted(p.name for p in (tmp_path / "a").iterdir()) == ["kept.html", "stranger.html"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("")
    with pytest.raises(FolderError, match="It is a file"):
        Folder(tmp_path / "site")


@pytest.mark.parametrize("name", ["../out.html", "/out.html", "a/../../out.html", "a\\..\\out.html"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(FolderError, match="outside"):
        _write(Folder(tmp_path / "site"), name)
    assert not list(tmp_path.glob("out.html"))


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "secret.html").write_text("mine")
    site = tmp_path / "site"
    _write(Folder(site), "index.html")
    (site / "sub").symlink_to(tmp_path / "elsewhere")
    (site / "index.html").unlink()
    (site / "index.html").symlink_to(tmp_path / "secret.html")
    _write(Folder(site), "index.html")
    assert (tmp_path / "secret.html").read_text() == "mine"
    with pytest.raises(FolderError, match="outside"):
        _write(Folder(site), "sub/page.html")
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_marker_that_was_tampered_with_removes_nothing_outside(tmp_path: Path) -> None:
    site = tmp_path / "site"
    _write(Folder(site), "index.html")
    (tmp_path / "mine.txt").write_text("mine")
    (site / MARKER).write_text(json.dumps({"made_by": "comity publish", "files": ["../mine.txt"]}))
    with pytest.raises(FolderError, match="outside"):
        _write(Folder(site), "index.html")
    assert (tmp_path / "mine.txt").exists()


def test_a_name_that_nothing_has_is_refused_before_anything_is_written(known: Knowledge, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="hostile-1"):
        publish(known, tmp_path / "site", ON, only=("hostile-l",))
    assert not (tmp_path / "site").exists()
