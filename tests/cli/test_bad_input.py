"""Bad input, each kind alone and beside a good document."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from comity.cli import app


def jwt() -> bytes:
    header = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=")
    return header + b"." + base64.urlsafe_b64encode(b"not json").rstrip(b"=") + b".c2ln"


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"{number}.json", b" " * 90_000_000)
    return target.getvalue()


BAD: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty file": ("empty.json", lambda: b""),
    "truncated JSON": ("truncated.json", lambda: b'{"type": ["DigitalProductPassport"'),
    "JSON that is no credential": ("other.json", lambda: b'{"colour": "red"}'),
    "JWT with a bad payload": ("token.jwt", jwt),
    "broken archive": ("broken.zip", lambda: b"PK\x03\x04 and no more"),
    "zip bomb": ("bomb.zip", bomb),
    "5,000 levels": ("deep.json", lambda: b"[" * 5000 + b"]" * 5000),
    "NaN": ("nan.json", lambda: b'{"type": ["VerifiableCredential"], "x": NaN}'),
    "UTF-16": ("utf16.json", lambda: '{"type": ["VerifiableCredential"]}'.encode("utf-16")),
}


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(app.comity, [str(a) for a in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.mark.parametrize("kind", BAD)
def test_alone_it_is_named_on_one_screen(kind: str, tmp_path: Path) -> None:
    name, content = BAD[kind]
    (tmp_path / name).write_bytes(content())
    result = run("check", tmp_path / name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert name in result.stderr
    assert 2 <= len(result.stderr.splitlines()) <= 24
    assert max(map(len, result.stderr.splitlines())) < 400


def test_beside_it_the_good_document_is_judged(root: Path, tmp_path: Path) -> None:
    for name, content in BAD.values():
        (tmp_path / name).write_bytes(content())
    good = (root / "examples" / "ev-battery" / "documents" / "dpp-battery.json").read_bytes()
    (tmp_path / "good.json").write_bytes(good)
    result = run("check", tmp_path, "--market", "eu", "--on", "2031-08-18", "--format", "json")
    report = json.loads(result.stdout)
    kinds = {Path(d["name"]).name: d["kind"] for d in report["documents"]}
    assert result.exit_code == 1
    assert kinds == {**dict.fromkeys((name for name, _ in BAD.values()), "unreadable"), "good.json": "dpp"}
    assert any(r["verdict"] == "failed" for r in report["requirements"])
    unreadable = [d for d in report["documents"] if d["kind"] == "unreadable"]
    assert all(any(f["severity"] == "error" and f["message"] for f in d["findings"]) for d in unreadable)
    assert "9 documents unreadable" in run("check", tmp_path, "--market", "eu", "--on", "2031-08-18").stdout
