"""Properties that a table of criteria has no column for: columns of their own, headed by the property's name."""

from __future__ import annotations

import re

from comity.knowledge.records import short
from comity.knowledge.vocabulary import DCTERMS, NS, RDFS, SKOS
from comity.model.scales import Deontic

DEONTIC = NS + "deonticType"
_RULES = (Deontic.SANCTION, Deontic.EXEMPTION, Deontic.RECOGNITION, Deontic.TARGET)
_DEONTIC = {d.value.replace("-", ""): f"{d.value}Rule" if d in _RULES else d.value for d in Deontic}
_DEONTIC["scopedefinition"] = "scopeDefinition"
"""Word to the name of what a provision does; what has a name of its own as a property ends with Rule."""

_SPACES = {"comity": NS, "skos": SKOS, "rdfs": RDFS, "dcterms": DCTERMS}


def heading(predicate: str) -> str:
    """Return the heading under which a property's values stand.

    >>> heading("https://w3id.org/comity/ns#actor"), heading("https://a.example/p")
    ('comity:actor', '<https://a.example/p>')
    """
    return short(predicate)


def value_of(predicate: str, text: str) -> str:
    """Return what a cell says of a property: a word of a closed list as what it names.

    >>> value_of(DEONTIC, "Sanction"), value_of(DEONTIC, "comity:scopeDefinition"), value_of("urn:a", "b")
    ('https://w3id.org/comity/ns#sanctionRule', 'https://w3id.org/comity/ns#scopeDefinition', 'b')
    """
    bare = re.sub(r"[^a-z]+", "", text.casefold().removeprefix("comity:")).removesuffix("rule")
    name = _DEONTIC.get(bare) if predicate == DEONTIC else None
    return NS + name if name else text


def shown(predicate: str, value: str) -> str:
    """Write a value as a cell has it: the opposite of :func:`value_of`.

    >>> shown(DEONTIC, "https://w3id.org/comity/ns#sanctionRule")
    'sanction'
    """
    words = {value_of(predicate, d.value): d.value for d in Deontic} if predicate == DEONTIC else {}
    return words.get(value, value)


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
