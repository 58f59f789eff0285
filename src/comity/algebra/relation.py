"""Arithmetic of relation masks: converse, complement, composition, and the words for them.

Source: the algebra of RCC-5 (Randell, Cui & Cohn 1992) over non-empty sets of obligations; semantics, section 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from comity.model.mappings import Relation

EQ, SUB, SUP, PO, DR = Relation.EQ, Relation.SUB, Relation.SUP, Relation.PO, Relation.DR
ANYTHING: Final = Relation.ANYTHING

RENDERED: Final = (EQ, SUB, SUP, PO, DR)
"""The base relations in the order in which they are shown."""

TABLE: Final[Mapping[tuple[Relation, Relation], Relation]] = {
    (EQ, EQ): EQ,
    (EQ, SUB): SUB,
    (EQ, SUP): SUP,
    (EQ, PO): PO,
    (EQ, DR): DR,
    (SUB, EQ): SUB,
    (SUB, SUB): SUB,
    (SUB, SUP): ANYTHING,
    (SUB, PO): SUB | PO | DR,
    (SUB, DR): DR,
    (SUP, EQ): SUP,
    (SUP, SUB): EQ | SUB | SUP | PO,
    (SUP, SUP): SUP,
    (SUP, PO): SUP | PO,
    (SUP, DR): SUP | PO | DR,
    (PO, EQ): PO,
    (PO, SUB): SUB | PO,
    (PO, SUP): SUP | PO | DR,
    (PO, PO): ANYTHING,
    (PO, DR): SUP | PO | DR,
    (DR, EQ): DR,
    (DR, SUB): SUB | PO | DR,
    (DR, SUP): DR,
    (DR, PO): SUB | PO | DR,
    (DR, DR): ANYTHING,
}
"""A r1 B and B r2 C give A TABLE[r1, r2] C."""

TOKENS: Final[Mapping[str, Relation]] = {
    "equal": EQ,
    "superset": SUP,
    "subset": SUB,
    "intersects": PO,
    "disjoint": DR,
    "covers": Relation.COVERS,
    "coveredBy": Relation.COVERED_BY,
    "overlaps": Relation.OVERLAPS,
}
"""The predicates that state something, without their prefix."""

LEADS: Final = frozenset(
    {"closeMatch", "relatedMatch", "references", "seeAlso", "exactMatch", "narrowMatch", "broadMatch"}
)
"""The predicates that state nothing facts may travel along: all five bits. Those of SKOS that look like a relation
are one only where the author confirms it, by writing ours."""

_NAMESPACES: Final = ("comity:", "https://w3id.org/comity/ns#", "skos:", "http://www.w3.org/2004/02/skos/core#")


@cache
def converse(mask: Relation) -> Relation:
    """Return the mask read from the other side: superset and subset change places.

    >>> converse(Relation.COVERS) is Relation.COVERED_BY
    True
    """
    kept = mask & ~Relation(SUB | SUP)
    return kept | (SUP if SUB & mask else Relation(0)) | (SUB if SUP & mask else Relation(0))


def complement(mask: Relation) -> Relation:
    """Return what a negated row says: every base relation but those of the mask.

    >>> names(complement(Relation.COVERS))
    ('SUB', 'PO', 'DR')
    """
    return ANYTHING & ~mask


@cache
def compose(first: Relation, second: Relation) -> Relation:
    """Return what "A first B" and "B second C" say of A and C: the union over their base relations.

    An empty mask, which no pair of sets has, gives an empty one.

    >>> names(compose(Relation.SUP, Relation.PO))
    ('SUP', 'PO')
    """
    result = Relation(0)
    for one in bits(first):
        for other in bits(second):
            result |= TABLE[one, other]
    return result


def bits(mask: Relation) -> tuple[Relation, ...]:
    """Return the base relations of a mask in the order in which they are shown."""
    return tuple(bit for bit in RENDERED if bit & mask)


def names(mask: Relation) -> tuple[str, ...]:
    """Return the names of a mask's base relations, in the order EQ, SUB, SUP, PO, DR.

    >>> names(Relation.OVERLAPS)
    ('EQ', 'SUB', 'SUP', 'PO')
    """
    return tuple(str(bit.name) for bit in bits(mask))


def of_names(text: str) -> Relation:
    """Read names joined by ``|``, in any order.

    :raises ValueError: when one of them names no base relation.

    >>> of_names("EQ|SUP") is Relation.COVERS
    True
    """
    known = {str(bit.name): bit for bit in RENDERED}
    mask = Relation(0)
    for name in text.split("|"):
        if name.strip() not in known:
            raise ValueError(f"{name!r} is none of {', '.join(known)}")
        mask |= known[name.strip()]
    return mask


def of_predicate(predicate: str, *, negated: bool = False) -> Relation:
    """Return what a row with this predicate states; all five bits for a lead, negated or not.

    :param predicate: a token, CURIE or IRI (``covers``, ``comity:covers``, ``skos:closeMatch``).
    :raises ValueError: when it is no predicate of a mapping.

    >>> names(of_predicate("comity:covers", negated=True))
    ('SUB', 'PO', 'DR')
    """
    token = predicate
    for namespace in _NAMESPACES:
        token = token.removeprefix(namespace)
    if token in LEADS:
        return ANYTHING
    if token not in TOKENS:
        raise ValueError(f"{predicate!r} is none of {', '.join((*TOKENS, *sorted(LEADS)))}")
    return complement(TOKENS[token]) if negated else TOKENS[token]


def token(mask: Relation) -> str | None:
    """Return the predicate whose meaning is exactly this mask, ``None`` when there is none.

    >>> token(Relation.EQ | Relation.SUP)
    'covers'
    """
    return next((name for name, meant in TOKENS.items() if meant == mask), None)
