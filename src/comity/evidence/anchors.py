"""Identity anchors: a register's statement that an identity belongs to a registered party."""

from __future__ import annotations

from comity.evidence import identity, parties, tables
from comity.evidence.node import Node
from comity.evidence.notes import Notes
from comity.model.evidence import Anchor, Party, Validity
from comity.model.scales import Level

_LEVELS = {"facility": Level.FACILITY, "product": Level.PRODUCT}


def read(subject: Node, issuer: Party | None, validity: Validity, notes: Notes) -> Anchor | None:
    """Read an anchor; ``None`` when it names no identity or nobody vouches for it.

    The registered identifier is not made a key of the identity: whoever writes an anchor could otherwise
    take over anybody's name. Whether an anchor counts is judged, not read.
    """
    register = _register_type(subject, notes)
    level = _level(subject.text("id"), register)
    found = identity.keys(level, subject.text("id"))
    if not found or issuer is None:
        message = "The anchor names no identity." if not found else "Nobody is named who issued the anchor."
        notes.warn("bad-anchor", subject.place, message, "State the identity's id, and the issuer of the credential.")
        return None
    written = subject.text("registeredId")
    return Anchor(
        place=subject.place,
        document=subject.place.document,
        identity=identity.best(found),
        registered_as=min(identity.keys(level, "", written, subject.text("schemeId")), default=written),
        registrar=issuer,
        register_type=register,
        scope=tuple(s.as_text() for s in subject.all("registrationScope") if s.as_text()),
        validity=validity,
    )


def _level(identifier: str, register: str) -> Level:
    """Find what is anchored: a DID is somebody's, whatever register lists it; a product's register lists products."""
    if identifier.strip().startswith("did:") and register != "product":
        return Level.ORGANISATION
    return _LEVELS.get(register, Level.ORGANISATION)


def _register_type(subject: Node, notes: Notes) -> str:
    node = subject.first("registerType")
    if node is None or not node.as_text():
        return ""
    found = parties.code("register-types", node.as_text())
    token = tables.codes("register-types").get(found.casefold())
    if token is None:
        known = ", ".join(sorted(tables.spelled("register-types").values()))
        notes.warn(
            "unknown-code", node.place, f"{node.as_text()!r} is no register type of UNTP.", f"Known are {known}."
        )
    return token or found
