"""Comity's own Turtle: what is written as evidence is read back as the same evidence."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

import pyoxigraph
import pytest
from tests.evidence.documents import clean, read

from comity.model.evidence import Document, DocumentKind
from comity.model.places import Place
from comity.stores.serialise import documents_quads

CHAIN = [f"0.7.0-chain/{k}" for k in ("dpp", "dfr", "dcc", "dia", "dte")]


def turtle(*documents: Document) -> bytes:
    triples = [q.triple for q in documents_quads(documents)]
    written = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.TURTLE)
    assert isinstance(written, bytes)
    return written


def bare(thing: Any) -> Any:
    """Return evidence without what a change of file changes: places, names, order, and who knew which key."""
    if isinstance(thing, Place):
        return None
    if is_dataclass(thing) and not isinstance(thing, type):
        kept = {f.name: bare(getattr(thing, f.name)) for f in fields(thing)}
        left_out = {"document", "findings", "sha256", "name", "status", "addresses", "scheme", "auditor", "keys"}
        is_document = isinstance(thing, Document)
        return tuple((k, v) for k, v in kept.items() if not (k in left_out and (is_document or k != "name")))
    if isinstance(thing, tuple):
        return tuple(sorted((bare(t) for t in thing), key=repr))
    return tuple(sorted(thing.items())) if isinstance(thing, dict) else thing


@pytest.mark.parametrize("name", [*CHAIN, "0.6.1-passport-and-certificate/dcc", "0.5-passport-and-certificate/dpp"])
def test_one_document_comes_back(name: str) -> None:
    (document,) = read(a=clean(name)).values()
    (again,) = read(**{"a.ttl": turtle(document)}).values()
    assert bare(again) == bare(document)
    assert again.status[0] == "not signed"


def test_a_chain_of_documents_comes_back() -> None:
    documents = read(**{n: clean(n) for n in CHAIN})
    again = read(**{"-": turtle(*documents.values())})
    assert len(again) == len(documents)
    assert sorted((bare(replace(d, subjects=())) for d in again.values()), key=repr) == sorted(
        (bare(replace(d, subjects=())) for d in documents.values()), key=repr
    )


def test_what_was_judged_elsewhere_is_passed_over() -> None:
    (document,) = read(a=clean("0.7.0-chain/dcc")).values()
    judged = b"\n<https://x.example/view> <https://w3id.org/comity/ns#meetsAll> <https://x.example/c> .\n"
    (again,) = read(**{"a.ttl": turtle(document) + judged}).values()
    assert bare(again) == bare(document)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"@prefix x: <http://x.example/> .\nx:a x:b .", "not-turtle"),
        (b"<http://a.example/x> a <http://a.example/Y> .", "no-evidence"),
    ],
)
def test_other_turtle_is_named(content: bytes, code: str) -> None:
    (document,) = read(**{"a.ttl": content}).values()
    assert (document.kind, document.findings[0].code) == (DocumentKind.UNREADABLE, code)


def test_places_are_lines_of_the_file() -> None:
    (document,) = read(a=clean("0.7.0-chain/dpp")).values()
    content = turtle(document)
    (again,) = read(**{"a.ttl": content}).values()
    line = int(again.claims[0].place.pointer.removeprefix("line "))
    assert "performanceClaim/0>" in content.decode().split("\n")[line - 1]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b" 0.1 ", b' "1e999999999" '),
        (b" 0.1 ", b' "many" '),
        (b'"produced-at"', b'"made-by-magic"'),
        (b"2025-02-02", b"2025-02-30"),
    ],
)
def test_turtle_that_comity_did_not_write_is_named(right: bytes, wrong: bytes) -> None:
    (document,) = read(a=clean("0.7.0-chain/dpp")).values()
    content = turtle(document)
    changed = content.replace(right, wrong)
    assert changed != content
    (found,) = read(**{"a.ttl": changed}).values()
    assert (found.kind, found.findings[0].code) == (DocumentKind.UNREADABLE, "no-evidence")
