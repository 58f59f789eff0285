"""From bytes to JSON values: tokens, presentations and lists are opened; no signature is checked."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from comity.model.classes import dataclass

Json = None | bool | int | Decimal | str | list["Json"] | dict[str, "Json"]

_TOKEN = re.compile(r"^[\w-]+\.[\w-]+\.[\w-]*(~[\w~-]*)?$", re.ASCII)
_WRAPPED = re.compile(r"^data:application/(?:vc|vp)(?:-ld)?\+(?:sd-)?jwt[^,]*,(.*)$", re.DOTALL | re.IGNORECASE)
_DEEPEST = 4
_NESTED = 200
"""Levels of nesting beyond which JSON is not read; real credentials have fewer than 20."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of an input.

    :param sha256: of the whole input.
    :param value: the credential, bare subject or list that it is.
    :param signers: who a token says signed it: the key that its header names, and its issuer.
    :param pointer: where that stands in what pointers count from: the input, or the payload of a token.
    """

    name: str
    sha256: str
    value: Json
    pointer: str = ""
    signers: tuple[str, ...] = ()


def digest(content: bytes) -> str:
    """Hash an input."""
    return hashlib.sha256(content).hexdigest()


def papers(content: bytes, name: str) -> Iterator[Paper]:
    """Open an input; what cannot be read as JSON is no paper."""
    sha256 = digest(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return
    if _TOKEN.match(text.strip()) or name.lower().endswith(".jwt"):
        yield from _token(text, name, sha256, 1)
    elif name.lower().endswith((".ndjson", ".jsonl")):
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield from _open(parse(line), f"{name}#line-{number}", "", sha256, 0)
    else:
        yield from _open(parse(text), name, "", sha256, 0)


def parse(text: str) -> Json:
    """Parse JSON with exact numbers; ``None`` for what is none."""
    try:
        value: Json = json.loads(text, parse_float=Decimal, parse_constant=lambda _: None)
    except (ValueError, RecursionError, InvalidOperation):
        return None
    return value if _is_shallow(value) else None


def _is_shallow(value: Json) -> bool:
    level = [value]
    for _ in range(_NESTED):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return True
    return False


def _token(text: str, name: str, sha256: str, depth: int) -> Iterator[Paper]:
    header, payload = _part(text, 0), _part(text, 1)
    said = [header.get("kid") if isinstance(header, dict) else None]
    said += [payload.get("iss")] if isinstance(payload, dict) else []
    inner = payload.get("vc") if isinstance(payload, dict) else None
    value = _of_claims(payload, inner) if isinstance(payload, dict) and isinstance(inner, dict) else payload
    signers = tuple(s for s in said if isinstance(s, str))
    yield from (replace(p, signers=p.signers or signers) for p in _open(value, name, "", sha256, depth))


def _open(value: Json, name: str, pointer: str, sha256: str, depth: int) -> Iterator[Paper]:
    if depth > _DEEPEST or not isinstance(value, dict | list):
        return
    if isinstance(value, dict):
        inner = value.get("verifiableCredential")
        if inner is not None and "credentialSubject" not in value:
            yield from _several(inner, name, f"{pointer}/verifiableCredential", sha256, depth + 1)
            return
        identifier = value.get("id")
        if isinstance(identifier, str) and _WRAPPED.match(identifier.strip()):
            yield from _token(identifier, name, sha256, depth + 1)
            return
        yield Paper(name, sha256, value, pointer)
        return
    # A list may be a document itself (of assessments, of events), or hold documents.
    yield Paper(name, sha256, value, pointer)
    yield from _several(value, name, pointer, sha256, depth + 1)


def _several(value: Json, name: str, pointer: str, sha256: str, depth: int) -> Iterator[Paper]:
    if not isinstance(value, list):
        yield from _open(value, name, pointer, sha256, depth)
        return
    for position, member in enumerate(value):
        place = f"{pointer}/{position}"
        yield from _open(member, name if len(value) == 1 else f"{name}#{place}", place, sha256, depth)


def _part(text: str, position: int) -> Json:
    """Decode the header or the payload of a token."""
    match = _WRAPPED.match(text.strip())
    parts = (match[1] if match else text.strip()).partition("~")[0].split(".")
    if len(parts) != 3:
        return None
    try:
        content = base64.b64decode(parts[position] + "=" * (-len(parts[position]) % 4), altchars=b"-_", validate=True)
        return parse(content.decode("utf-8"))
    except (binascii.Error, ValueError):
        return None


def _of_claims(claims: Mapping[str, Json], inner: Mapping[str, Json]) -> Json:
    """Take a credential of the first data model out of the claims of its token."""
    found = dict(inner)
    for claim, key in (("iss", "issuer"), ("jti", "id")):
        if claim in claims:
            found.setdefault(key, claims[claim])
    for claim, key in (("nbf", "validFrom"), ("exp", "validUntil")):
        moment = claims.get(claim)
        if isinstance(moment, int) and 0 <= moment < 253402300800:
            found.setdefault(key, datetime.fromtimestamp(moment, UTC).isoformat())
    return found
