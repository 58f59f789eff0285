"""Relations between obligation sets and the rows that state them (semantics, section 2)."""

from __future__ import annotations

from datetime import date
from enum import IntFlag

from comity.model.classes import dataclass
from comity.model.places import Place
from comity.model.scales import Authority, Basis


class Relation(IntFlag):
    """The five base relations of RCC-5 as bits; a mask is a union of them.

    Source: Randell, Cui & Cohn 1992; used for controls by NIST IR 8477.

    >>> Relation.COVERS
    <Relation.COVERS: 5>
    """

    EQ = 1
    SUB = 2
    SUP = 4
    PO = 8
    DR = 16
    COVERS = EQ | SUP
    COVERED_BY = EQ | SUB
    OVERLAPS = EQ | SUB | SUP | PO
    ANYTHING = EQ | SUB | SUP | PO | DR


@dataclass(frozen=True, slots=True)
class Row:
    """One statement "subject RELATION object" of a mapping set.

    :param predicate: name of ours, such as ``covers``; a CURIE, such as ``skos:closeMatch``, of others.
    :param mask: what the row says, a negation already complemented.
    :param lead: true when the predicate states nothing that facts may travel along.
    :param scope: what its author limits it to, in words; empty for no limit.
    :param authority: by its record: what its cell claims, or less where those who signed do not have that.
    :param signed: the authority that its signers give it, for when nothing recognises it in law as it claims.
    :param place: file and line.
    :param basis: ``None`` where its author does not say; such a row counts, and claims no reading.
    """

    id: str
    subject: str
    predicate: str
    object: str
    mask: Relation
    authority: Authority
    place: Place
    negated: bool = False
    lead: bool = False
    confidence: float | None = None
    justification: str = ""
    reason: str = ""
    author: str = ""
    reviewer: str = ""
    signed: Authority = Authority.DRAFT
    stated_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    joint_group: str | None = None
    basis: Basis | None = None
    disputed: bool = False
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Declined:
    """A pair that somebody has judged and not mapped.

    :param subject: IRI of a criterion; in words, where the text is not held.
    :param object: likewise.
    """

    subject: str
    object: str
    reason: str
    basis: Basis = Basis.NOT_VERIFIED
    declined_on: date | None = None
