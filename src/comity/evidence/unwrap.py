"""From bytes to credentials: envelopes, presentations and lists are opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from comity.evidence import kinds
from comity.evidence.detect import Credential, detect
from comity.formats import jose, json, limits, text
from comity.formats.json import Json
from comity.model.classes import dataclass
from comity.model.errors import UnreadableError
from comity.model.evidence import Document
from comity.model.places import Finding, Place, Severity

if TYPE_CHECKING:
    from comity.evidence.sheet import Claims

_DEPTH = 4
"""Envelopes within envelopes; more is a trick."""

_LINES = (".ndjson", ".jsonl")


@dataclass(frozen=True, slots=True)
class Loose:
    """One of the documents that an input holds: a credential, a sheet, finished evidence, or a problem.

    :param name: of the input, with a fragment where it holds several.
    :param is_token: true for what came out of a JSON Web Token.
    :param key: the key that a token says it is signed with, and who it says signed it, with a space between.
    """

    name: str
    credential: Credential | None = None
    claims: Claims | None = None
    document: Document | None = None
    problem: UnreadableError | None = None
    findings: tuple[Finding, ...] = ()
    is_token: bool = False
    key: str = ""


def documents(content: bytes, name: str) -> Iterator[Loose]:
    """Open an input.

    :raises UnreadableError: when it cannot be read as a whole.
    """
    limits.refuse_above(len(content), name)
    # Sheets and RDF need libraries that most documents do not.
    if kinds.is_sheet(content, name):
        from comity.evidence import sheet

        yield Loose(name, claims=sheet.read(content, name))
        return
    if kinds.is_turtle(content, name):
        from comity.evidence import rdf

        yield from (Loose(d.name, document=d) for d in rdf.read(content, name))
        return
    source, findings = text.decode(content, name)
    if jose.is_token(source) or name.lower().endswith(".jwt"):
        yield from _token(source, name, "", 0)
    elif name.lower().endswith(_LINES):
        yield from _lines(source, name)
    else:
        value, found = json.parse(source, name, findings)
        yield from _open(value, name, "", 0, Loose(name, findings=found))


def _lines(source: str, name: str) -> Iterator[Loose]:
    lines = source.split("\n")
    if len(lines) > limits.MAX_ENTRIES:
        message = f"The file has {len(lines)} lines; the limit is {limits.MAX_ENTRIES}."
        raise UnreadableError("too-many", Place(name), message, "Split the file.")
    for number, line in enumerate(lines, 1):
        if line.strip():
            place = f"{name}#line-{number}"
            try:
                value, found = json.parse(line, place)
                yield from _open(value, place, "", 0, Loose(place, findings=found))
            except UnreadableError as error:
                yield Loose(place, problem=error)


def _open(value: Json, name: str, pointer: str, depth: int, base: Loose) -> Iterator[Loose]:
    if depth > _DEPTH:
        message = f"Envelopes stand within envelopes, more than {_DEPTH}."
        raise UnreadableError("too-deep", Place(name, pointer), message, "Give the credential that is inside.")
    if isinstance(value, dict):
        inner = _inside(value)
        if inner is not None:
            yield from _several(inner[1], name, f"{pointer}/{inner[0]}", depth + 1, base)
            return
        identifier = value.get("id")
        if isinstance(identifier, str) and jose.is_envelope(identifier):
            yield from _token(identifier, name, f"{pointer}/id", depth)
            return
    found = detect(value, Place(name, pointer))
    if found is not None:
        yield replace(base, name=name, credential=found)
    elif isinstance(value, list) and _is_list_of_objects(value, name, pointer) and depth < _DEPTH:
        yield from _several(value, name, pointer, depth + 1, base)
    else:
        raise UnreadableError("not-a-credential", Place(name, pointer), _what(value), _WANTED)


def _is_list_of_objects(value: list[Json], name: str, pointer: str) -> bool:
    if not value or not all(isinstance(v, dict | list) for v in value):
        return False
    if len(value) > limits.MAX_ENTRIES:
        message = f"The list has {len(value)} members; the limit is {limits.MAX_ENTRIES}."
        raise UnreadableError("too-many", Place(name, pointer), message, "Split the file.")
    return True


def _several(value: Json, name: str, pointer: str, depth: int, base: Loose) -> Iterator[Loose]:
    """Open a list of credentials: each is a document, and one that is bad does not hide the others."""
    if not isinstance(value, list):
        yield from _open(value, name, pointer, depth, base)
        return
    found: list[Loose] = []
    for position, member in enumerate(value):
        place = f"{pointer}/{position}"
        try:
            found += _open(
                member, name if len(value) == 1 else f"{name}#{place}", place, depth, replace(base, findings=())
            )
        except UnreadableError as error:
            found.append(Loose(f"{name}#{place}", problem=error))
    if found and all(f.problem is not None for f in found):
        raise UnreadableError("not-a-credential", Place(name, pointer), _what(value), _WANTED)
    found[:1] = [replace(f, findings=base.findings + f.findings) for f in found[:1]]
    yield from found


def _token(source: str, name: str, pointer: str, depth: int) -> Iterator[Loose]:
    token = jose.read(source, name, pointer)
    note = Finding(
        "enveloped",
        Severity.INFO,
        Place(name, pointer),
        "The credential stands in a token; pointers count inside its payload. The signature was not checked.",
    )
    payload = _claims(token.payload)
    issuer = token.payload.get("iss") if isinstance(token.payload, dict) else None
    keys = " ".join(k for k in (token.header.get("kid"), issuer) if isinstance(k, str))
    base = Loose(name, findings=(note, *token.findings), is_token=True, key=keys)
    yield from _open(payload, name, "", depth + 1, base)


def _claims(payload: Json) -> Json:
    """Take a credential of the first data model out of the claims of its token (VC Data Model 1.1, section 6.3.1)."""
    inner = payload.get("vc") if isinstance(payload, dict) else None
    if not isinstance(payload, dict) or not isinstance(inner, dict):
        return payload
    found: dict[str, Json] = dict(inner)
    for claim, key in (("iss", "issuer"), ("jti", "id")):
        if claim in payload:
            found.setdefault(key, payload[claim])
    for claim, key in (("nbf", "validFrom"), ("exp", "validUntil")):
        moment = payload.get(claim)
        if isinstance(moment, int) and 0 <= moment < 253402300800:
            found.setdefault(key, datetime.fromtimestamp(moment, UTC).isoformat())
    return found


def _inside(value: dict[str, Json]) -> tuple[str, Json] | None:
    """Return what a presentation presents."""
    inner = value.get("verifiableCredential")
    return ("verifiableCredential", inner) if inner is not None and "credentialSubject" not in value else None


def _what(value: Json) -> str:
    if isinstance(value, dict) and "credentialSubject" in value:
        return f"This is a credential, but none of UNTP: its type is {_shown(value.get('type'))}."
    if isinstance(value, dict):
        shown = ", ".join(list(value)[:5])
        return f"This JSON is no credential: an object with the keys {shown or '(none)'}."
    if isinstance(value, list):
        return "This JSON is no credential, and no list of credentials."
    return "This JSON is no credential: a single value."


def _shown(types: Json) -> str:
    listed = types if isinstance(types, list) else [types]
    return ", ".join(str(t)[:60] for t in listed[:5] if t is not None) or "not stated"


_WANTED = "Give a UNTP credential (product passport, facility record, conformity credential, identity anchor, event)."
