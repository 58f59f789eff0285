"""Properties that a table of criteria has no column for: columns of their own, headed by the property's name."""

from __future__ import annotations

import re

from comity.knowledge.records import short
from comity.knowledge.vocabulary import DCTERMS, NS, RDFS, SKOS

_SPACES = {"comity": NS, "skos": SKOS, "rdfs": RDFS, "dcterms": DCTERMS}


def heading(predicate: str) -> str:
    """Return the heading under which a property's values stand.

    >>> heading("https://w3id.org/comity/ns#actor"), heading("https://a.example/p")
    ('comity:actor', '<https://a.example/p>')
    """
    return short(predicate)


def property_of(text: str) -> str:
    """Return the property that a heading names; empty where it names none.

    >>> property_of("comity:actor"), property_of("<https://a.example/p>"), property_of("remarks: mine")
    ('https://w3id.org/comity/ns#actor', 'https://a.example/p', '')
    """
    whole = re.fullmatch(r"<([a-z][a-z0-9+.-]*:[^<>\s]+)>", text)
    if whole:
        return whole[1]
    prefix, _, name = text.partition(":")
    return _SPACES[prefix] + name if prefix in _SPACES and re.fullmatch(r"[A-Za-z]\w*", name) else ""
