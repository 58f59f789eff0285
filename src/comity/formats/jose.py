"""Credentials in JSON Web Tokens (RFC 7515, W3C VC-JOSE-COSE): the payload is read, the signature is not checked."""

from __future__ import annotations

import base64
import binascii
import re

from comity.formats import json
from comity.model.classes import dataclass
from comity.model.errors import UnreadableError
from comity.model.places import Finding, Place

_DATA = re.compile(r"^data:application/(?:vc|vp)(?:-ld)?\+(?:sd-)?jwt[^,]*,(?P<token>.*)$", re.DOTALL | re.IGNORECASE)
_TOKEN = re.compile(r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*(~[A-Za-z0-9_~-]*)?$")


@dataclass(frozen=True, slots=True)
class Token:
    """What a token carries.

    :param header: of the token, where ``kid`` names the key that is said to have signed it.
    """

    header: dict[str, json.Json]
    payload: json.Json
    findings: tuple[Finding, ...] = ()


def is_envelope(identifier: str) -> bool:
    """Tell whether an ``id`` is a credential in a ``data:`` URL.

    >>> is_envelope("data:application/vc+jwt,eyJ.eyJ.x"), is_envelope("https://example.org/1")
    (True, False)
    """
    return _DATA.match(identifier.strip()) is not None


def is_token(text: str) -> bool:
    """Tell whether a text looks like one token in compact form.

    >>> is_token("eyJhbGciOiJub25lIn0.e30."), is_token("{}")
    (True, False)
    """
    return _TOKEN.match(text.strip()) is not None


def read(text: str, name: str, pointer: str = "") -> Token:
    """Decode header and payload of a token or of a ``data:`` URL with one.

    :raises UnreadableError: code ``bad-jwt``, saying which part is bad and why.

    >>> read("eyJhbGciOiJub25lIn0.eyJhIjoxfQ.", "a.jwt").payload
    {'a': 1}
    """
    match = _DATA.match(text.strip())
    compact = (match["token"] if match else text.strip()).partition("~")[0]
    place = Place(name, pointer)
    parts = compact.split(".")
    if len(parts) != 3:
        raise UnreadableError(
            "bad-jwt",
            place,
            f"A token has three parts between dots, this one has {len(parts)}.",
            "Fetch the credential again.",
        )
    header, _ = _part(parts[0], "header", place)
    if not isinstance(header, dict):
        raise UnreadableError("bad-jwt", place, "The token's header is no JSON object.", "Fetch the credential again.")
    payload, findings = _part(parts[1], "payload", place)
    return Token(header, payload, findings)


def _part(encoded: str, what: str, place: Place) -> tuple[json.Json, tuple[Finding, ...]]:
    try:
        content = base64.b64decode(encoded + "=" * (-len(encoded) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnreadableError(
            "bad-jwt", place, f"The token's {what} is not base64url: {error}.", "Fetch the credential again."
        ) from error
    try:
        parsed = json.read(content, place.document)
    except UnreadableError as error:
        raise UnreadableError(
            "bad-jwt",
            place,
            f"The token's {what} is not readable: {error.message}",
            error.fix or "Fetch the credential again.",
        ) from error
    return parsed.value, parsed.findings
