"""Tokens: the payload, or which part is bad."""

from __future__ import annotations

import base64
import json

import pytest

from comity.formats import jose
from comity.model.errors import UnreadableError


def part(value: object) -> str:
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


BROKEN = part(b'{"a":')
OTHER = part(b"\xff\xfe")
HEADER = part({"alg": "EdDSA", "kid": "did:web:a.example#1"})


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADER}.{part({'a': 1})}.c2ln",
        f" {HEADER}.{part({'a': 1})}.\n",
        f"data:application/vc+jwt,{HEADER}.{part({'a': 1})}.c2ln",
        f"data:application/vc-ld+jwt;charset=utf-8,{HEADER}.{part({'a': 1})}.c2ln",
        f"{HEADER}.{part({'a': 1})}.c2ln~WyJhIl0~",
    ],
)
def test_the_payload_is_read(text: str) -> None:
    token = jose.read(text, "a.jwt")
    assert token.payload == {"a": 1}
    assert token.header["kid"] == "did:web:a.example#1"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("eyJh.eyJh", "this one has 2"),
        (f"{HEADER}.!!!.x", "payload is not base64url"),
        (f"a.{part({})}.x", "header is not base64url"),
        (f"{HEADER}.{BROKEN}.x", "payload is not readable: The JSON breaks off"),
        (f"{part([1])}.{part({})}.x", "header is no JSON object"),
        (f"{HEADER}.{OTHER}.x", "payload is not readable: The file is UTF-16"),
    ],
)
def test_a_bad_part_is_named(text: str, says: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        jose.read(text, "a.json", "/id")
    assert caught.value.code == "bad-jwt"
    assert caught.value.place.pointer == "/id"
    assert says in caught.value.message


@pytest.mark.parametrize("text", ["https://a.example/1", "data:text/plain,a.b.c", ""])
def test_other_identifiers_are_no_envelope(text: str) -> None:
    assert not jose.is_envelope(text)
