"""What is wrong with one document that can still be read: one function for each kind of dirt.

The kinds are those found in the pilots' credentials, ``D1`` to ``D26``; each becomes a finding with that
code, and ``comity explain D13`` shows its page. None of them makes a document unreadable.
"""

from __future__ import annotations

from itertools import islice

from comity.evidence.detect import Credential
from comity.evidence.dirt import envelope, identifiers, keys, links, places, words
from comity.evidence.node import Node
from comity.evidence.notes import Notes

__all__ = ["check"]

MOST_OBJECTS = 200_000
"""Objects that are searched; real documents have some hundreds, and each one searched takes memory."""


def check(credential: Credential, name: str, signed_by: str, notes: Notes) -> None:
    """Find the dirt in one document.

    :param name: of the document, whose words are held against its content.
    :param signed_by: the key that its token names, empty where it is not in a token.
    """
    envelope.check(credential, name, signed_by, notes)
    nodes = walk(credential)
    if len(nodes) == MOST_OBJECTS:
        message = f"Only the first {MOST_OBJECTS} objects were searched for what is wrong with them."
        notes.warn("too-many-objects", nodes[0].place, message, "Split the document.")
    identifiers.check(credential, nodes, notes)
    keys.check(nodes, credential.version, notes)
    words.check(nodes, notes)
    places.check(nodes, notes)
    links.check(nodes, notes)


def walk(credential: Credential) -> list[Node]:
    """List the objects of a document with their kinds, parents before children, up to a limit."""
    todo = [credential.envelope] if credential.envelope is not None else []
    todo += credential.subjects
    for node in todo:
        for key, inner in node.members():
            if not (node.kind == "credential" and key == "credentialSubject"):
                todo += islice((n for n in inner.items() if n.is_object), MOST_OBJECTS - len(todo))
    return todo
