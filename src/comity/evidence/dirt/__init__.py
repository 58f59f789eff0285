"""What is wrong with one document that can still be read: one function for each kind of dirt.

The kinds are those found in the pilots' credentials, ``D1`` to ``D26``; each becomes a finding with that
code, and ``comity explain D13`` shows its page. None of them makes a document unreadable.
"""

from __future__ import annotations

from comity.evidence.detect import Credential
from comity.evidence.dirt import envelope, identifiers, keys, links, places, words
from comity.evidence.node import Node
from comity.evidence.notes import Notes

__all__ = ["check"]


def check(credential: Credential, name: str, signed_by: str, notes: Notes) -> None:
    """Find the dirt in one document.

    :param name: of the document, whose words are held against its content.
    :param signed_by: the key that its token names, empty where it is not in a token.
    """
    envelope.check(credential, name, signed_by, notes)
    nodes = walk(credential)
    identifiers.check(credential, nodes, notes)
    keys.check(nodes, credential.version, notes)
    words.check(nodes, notes)
    places.check(nodes, notes)
    links.check(nodes, notes)


def walk(credential: Credential) -> list[Node]:
    """List every object of a document with its kind, parents before children."""
    todo = [credential.envelope] if credential.envelope is not None else []
    todo += credential.subjects
    for node in todo:
        for key, inner in node.members():
            if not (node.kind == "credential" and key == "credentialSubject"):
                todo += (n for n in inner.items() if n.is_object)
    return todo
