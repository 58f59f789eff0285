"""Words of a site for what the data says in tokens."""

from __future__ import annotations

from collections.abc import Mapping

from comity.model.classes import dataclass
from comity.model.mappings import Relation, Row
from comity.model.scales import Assurance, Authority, Basis, Deontic, Kind

AUTHORITY: Mapping[Authority, str] = {
    Authority.INFERRED: "Inferred",
    Authority.SUGGESTED: "Suggested by a machine",
    Authority.DRAFT: "Draft",
    Authority.REVIEWED: "Reviewed",
    Authority.ASSERTED_BY_OWNER: "Asserted by an owner",
    Authority.AGREED_BY_OWNERS: "Agreed by both owners",
    Authority.RECOGNISED_IN_LAW: "Recognised in law",
}

AUTHORITY_MEANS: Mapping[Authority, str] = {
    Authority.INFERRED: "It follows from other statements; nobody has stated it.",
    Authority.SUGGESTED: "A program proposes it; no person has signed it.",
    Authority.DRAFT: "A person wrote it; nobody else has reviewed it yet.",
    Authority.REVIEWED: "An expert has reviewed it.",
    Authority.ASSERTED_BY_OWNER: "The owner of one of the two texts stands behind it.",
    Authority.AGREED_BY_OWNERS: "The owners of both texts stand behind it.",
    Authority.RECOGNISED_IN_LAW: "A law says so, in its own words.",
}

ASSURANCE: Mapping[Assurance, str] = {
    Assurance.UNATTRIBUTED: "anybody’s word",
    Assurance.SELF: "the operator’s own word",
    Assurance.SECOND_PARTY: "a second party, such as a buyer",
    Assurance.THIRD_PARTY: "a third party",
    Assurance.ACCREDITED_THIRD_PARTY: "an accredited third party",
    Assurance.PUBLIC_AUTHORITY: "a public authority",
}

BASIS: Mapping[Basis, str] = {
    Basis.READ_IN_SOURCE: "Read in the source",
    Basis.SECONDARY: "Known from a secondary source",
    Basis.NOT_VERIFIED: "Not verified",
}

BASIS_MEANS: Mapping[Basis, str] = {
    Basis.READ_IN_SOURCE: "The record was compared with the text itself.",
    Basis.SECONDARY: "The record was compared with somebody else’s account of the text.",
    Basis.NOT_VERIFIED: "Nobody has compared the record with its source. Nothing is satisfied on its word.",
}

KIND: Mapping[Kind, str] = {
    Kind.PERFORMANCE: "Performance",
    Kind.DISCLOSURE: "Disclosure",
    Kind.POLICY: "Policy",
    Kind.PROCESS: "Process",
    Kind.VERIFICATION: "Verification",
    Kind.PERMIT: "Permit",
    Kind.ROOT: "The whole text",
    Kind.GROUP: "Heading",
    Kind.EXPLAINED: "Explained, never judged",
}

KIND_MEANS: Mapping[Kind, str] = {
    Kind.PERFORMANCE: "something is to be so",
    Kind.DISCLOSURE: "something is to be said",
    Kind.POLICY: "a policy is to be in place",
    Kind.PROCESS: "something is to be done",
    Kind.VERIFICATION: "somebody is to verify it",
    Kind.PERMIT: "a permit is to be held",
    Kind.ROOT: "conformity with all of the text",
    Kind.GROUP: "a heading: nothing conforms to it by itself",
    Kind.EXPLAINED: "a definition, power or sanction",
}


@dataclass(frozen=True, slots=True)
class RelationGroup:
    """A kind of statement, seen from one of its ends.

    :param key: for the style of a page.
    :param title: a heading.
    :param means: what follows, in a sentence; ``{this}`` is the end that the page is about.
    """

    key: str
    title: str
    means: str


GIVEN = RelationGroup("given", "What guarantees it", "Meeting any one of these guarantees meeting {this}.")
SAME = RelationGroup(
    "same", "What asks the same", "Meeting {this} guarantees meeting each of these, and the other way round."
)
GIVES = RelationGroup("gives", "What it guarantees", "Meeting {this} guarantees meeting each of these.")
PART = RelationGroup(
    "part",
    "What it shares obligations with",
    "Meeting {this} meets a part of each of these, and the other way round; neither is known to guarantee the other.",
)
APART = RelationGroup("apart", "What it has nothing in common with", "Meeting {this} says nothing about these.")
NOT = RelationGroup("not", "What is not guaranteed", "Somebody looked, and says so.")
LEAD = RelationGroup("lead", "What it is named together with", "Leads to look into. Nothing follows from them.")

SEEN_FROM = (GIVEN, SAME, GIVES, PART, NOT, APART, LEAD)
"""The groups of a criterion’s page, in its order."""

BETWEEN: Mapping[str, tuple[str, str, str]] = {
    "same": (
        "Each guarantees the other",
        "They ask the same: meeting either one guarantees meeting the other.",
        "asks the same as",
    ),
    "gives": ("The first guarantees the second", "Meeting the first guarantees meeting the second.", "guarantees"),
    "given": (
        "The second guarantees the first",
        "Meeting the second guarantees meeting the first; meeting the first meets a part of the second.",
        "is guaranteed by",
    ),
    "part": (
        "The first meets a part of the second",
        "They share obligations; neither is known to guarantee the other.",
        "meets a part of",
    ),
    "not": (
        "No guarantee",
        "Somebody looked, and says what does not guarantee what.",
        "does not guarantee",
    ),
    "apart": (
        "Nothing in common",
        "Meeting the first says nothing about the second.",
        "has nothing in common with",
    ),
    "lead": (
        "Named together",
        "Leads, for whoever looks further: nothing follows from them.",
        "is named together with",
    ),
}
"""The groups of a mapping set’s page: a heading, what follows, and the words between the two ends."""

BETWEEN_ORDER = ("same", "gives", "given", "part", "not", "apart", "lead")

_FITS = (
    (Relation.EQ, SAME),
    (Relation.COVERS, GIVES),
    (Relation.COVERED_BY, GIVEN),
    (Relation.OVERLAPS, PART),
    (Relation.DR, APART),
)


def group(row: Row, mask: Relation) -> RelationGroup:
    """Tell what sort of statement a row makes, read in the direction of ``mask``."""
    if row.lead or mask == Relation.ANYTHING:
        return LEAD
    return next((found for fits, found in _FITS if not mask & ~fits), NOT)


def between(row: Row, mask: Relation) -> str:
    """Return the words that stand between the two ends of a row, read in the direction of ``mask``.

    >>> from comity.model.places import Place
    >>> row = Row("m:1", "a", "covers", "b", ~Relation.COVERS, Authority.DRAFT, Place("a.tsv"), negated=True)
    >>> between(row, row.mask)
    'does not guarantee'
    """
    key = group(row, mask).key
    if key != NOT.key:
        return BETWEEN[key][2]
    lacking = (Relation.COVERS | Relation.COVERED_BY, "does not guarantee, nor is guaranteed by,")
    others = ((Relation.COVERS, "does not guarantee"), (Relation.COVERED_BY, "is not guaranteed by"))
    found = (words for fits, words in (lacking, *others, (Relation.EQ, "is not the same as")) if not mask & fits)
    return next(found, "is somehow related to")


def deontic(word: Deontic | None) -> str:
    """Name what a provision does, as a heading; empty for what is no law."""
    return word.value.replace("-", " ").capitalize() if word else ""
