"""The names that the knowledge is written in, and how its words are read."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import TypeVar

from comity.model.scales import Comparator, Deontic, Scale

NS = "https://w3id.org/comity/ns#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
DCTERMS = "http://purl.org/dc/terms/"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
UNIT = "http://qudt.org/vocab/unit/"
SEMAPV = "https://w3id.org/semapv/vocab/"

LABEL = RDFS + "label"
NOTATION = SKOS + "notation"
HIDDEN_LABEL = SKOS + "hiddenLabel"
BROADER = SKOS + "broader"
DESCRIPTION = DCTERMS + "description"
SOURCE = DCTERMS + "source"
HEADER = "https://w3id.org/comity/knowledge"
JOINT = "https://w3id.org/comity/joint/"

UNITLESS = UNIT + "UNITLESS"
"""How a limit says that its value is a pure number."""

Word = TypeVar("Word", bound=StrEnum)
Rank = TypeVar("Rank", bound=Scale)


@cache
def token(text: str) -> str:
    """Turn an individual of the vocabulary, or a word of a table, into a token.

    >>> token("https://w3id.org/comity/ns#accreditedThirdParty"), token("comity:limitRole"), token("reviewed")
    ('accredited-third-party', 'limit', 'reviewed')
    """
    name = text.removeprefix(NS).removeprefix("comity:")
    if len(name) > 4 and name.endswith("Role"):
        name = name.removesuffix("Role")
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"-\1", name).lower()


def word(text: str, words: type[Word]) -> Word:
    """Read a member of a closed list.

    :raises ValueError: naming what is allowed.
    """
    try:
        return words(token(text))
    except ValueError:
        raise ValueError(_allowed(text, [w.value for w in words])) from None


def deontic(text: str) -> Deontic:
    """Read what a provision does: ``comity:sanctionRule``, as ``comity:sanction`` would name a property.

    :raises ValueError: naming what is allowed.

    >>> deontic("comity:sanctionRule").value, deontic("comity:scopeDefinition").value
    ('sanction', 'scope-definition')
    """
    return word(text.removesuffix("Rule"), Deontic)


def rank(text: str, scale: type[Rank]) -> Rank:
    """Read a member of an ordered scale.

    :raises ValueError: naming what is allowed.
    """
    try:
        return scale.of(token(text))
    except ValueError:
        raise ValueError(_allowed(text, [m.token for m in scale])) from None


def comparator(text: str) -> Comparator:
    """Read ``comity:atLeast`` and its like.

    :raises ValueError: naming what is allowed.

    >>> comparator("comity:atLeast").value
    '>='
    """
    names = {c.name.lower().replace("_", "-"): c for c in Comparator}
    if token(text) not in names:
        raise ValueError(_allowed(text, list(names)))
    return names[token(text)]


def fold(text: str) -> str:
    """Fold case and white space, for names that people write.

    >>> fold("  Living   ROOM ")
    'living room'
    """
    return " ".join(text.casefold().split())


def _allowed(text: str, words: list[str]) -> str:
    return f"{text.removeprefix(NS)!r} is none of {', '.join(words)}"
