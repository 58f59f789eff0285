"""The ordered scales and closed lists of ``semantics.md``: what may be compared with ``<``.

Every member has a *token*, the word that stands in data files, JSON and on the command line.
"""

from __future__ import annotations

from enum import Enum, IntEnum, StrEnum
from typing import Self


class Scale(IntEnum):
    """An ordered list of words; lower is weaker."""

    @property
    def token(self) -> str:
        """The word used in files and on the command line.

        >>> Assurance.THIRD_PARTY.token
        'third-party'
        """
        return self.name.lower().replace("_", "-")

    @classmethod
    def of(cls, token: str) -> Self:
        """Read a token.

        :raises ValueError: when the token is none of the scale's; the message lists them.

        >>> Assurance.of("second-party")
        <Assurance.SECOND_PARTY: 2>
        """
        for member in cls:
            if member.token == token:
                return member
        allowed = ", ".join(m.token for m in cls)
        raise ValueError(f"{token!r} is none of {allowed}")


class Assurance(Scale):
    """Whose word a piece of evidence is (semantics, section 4)."""

    UNATTRIBUTED = 0
    SELF = 1
    SECOND_PARTY = 2
    THIRD_PARTY = 3
    ACCREDITED_THIRD_PARTY = 4
    PUBLIC_AUTHORITY = 5


class Authority(Scale):
    """Who stands behind a mapping row (semantics, section 4)."""

    INFERRED = 0
    SUGGESTED = 1
    DRAFT = 2
    REVIEWED = 3
    ASSERTED_BY_OWNER = 4
    AGREED_BY_OWNERS = 5
    RECOGNISED_IN_LAW = 6


class Level(StrEnum):
    """What kind of thing a criterion, a requirement or a subject is about."""

    ORGANISATION = "organisation"
    FACILITY = "facility"
    MODEL = "model"
    BATCH = "batch"
    ITEM = "item"
    PRODUCT = "product"
    """Any of model, batch, item: the law often says only "product"."""

    @property
    def is_product(self) -> bool:
        """True for a product at whatever granularity.

        >>> Level.ITEM.is_product, Level.FACILITY.is_product
        (True, False)
        """
        return self in (Level.PRODUCT, Level.MODEL, Level.BATCH, Level.ITEM)

    def accepts(self, other: Level) -> bool:
        """Tell whether a subject of level ``other`` stands on this level.

        >>> Level.PRODUCT.accepts(Level.ITEM), Level.FACILITY.accepts(Level.ITEM)
        (True, False)
        """
        return self is other or (self.is_product and other.is_product)


class Fact(StrEnum):
    """The four facts about a criterion and a subject (semantics, section 3)."""

    ALL = "all"
    SOME = "some"
    NONE = "none"
    NOT_ALL = "not-all"

    @property
    def weaker(self) -> Fact | None:
        """The fact that this one implies: all gives some, none gives not-all.

        >>> Fact.ALL.weaker, Fact.SOME.weaker
        (<Fact.SOME: 'some'>, None)
        """
        return {Fact.ALL: Fact.SOME, Fact.NONE: Fact.NOT_ALL}.get(self)

    @property
    def opposite(self) -> Fact:
        """The weakest fact that contradicts this one.

        >>> Fact.ALL.opposite, Fact.SOME.opposite
        (<Fact.NOT_ALL: 'not-all'>, <Fact.NONE: 'none'>)
        """
        return {
            Fact.ALL: Fact.NOT_ALL,
            Fact.NOT_ALL: Fact.ALL,
            Fact.SOME: Fact.NONE,
            Fact.NONE: Fact.SOME,
        }[self]


class Verdict(StrEnum):
    """The answers of semantics, section 7."""

    NOT_APPLICABLE = "not-applicable"
    UNDETERMINED = "undetermined"
    UPCOMING = "upcoming"
    CONFLICTING = "conflicting"
    FAILED = "failed"
    SATISFIED = "satisfied"
    SUPPORTED = "supported"
    INSUFFICIENT_ASSURANCE = "insufficient-assurance"
    PARTIAL = "partial"
    EXPIRED = "expired"
    MISSING = "missing"


class Basis(StrEnum):
    """How a record of the knowledge was checked."""

    READ_IN_SOURCE = "read-in-source"
    SECONDARY = "secondary"
    NOT_VERIFIED = "not-verified"


class Kind(StrEnum):
    """What sort of obligation a criterion is; kinds are never equal to one another."""

    PERFORMANCE = "performance"
    DISCLOSURE = "disclosure"
    POLICY = "policy"
    PROCESS = "process"
    VERIFICATION = "verification"
    PERMIT = "permit"
    ROOT = "root"
    """Conformity with a whole scheme version."""
    GROUP = "group"
    """A heading: nothing conforms to it and no row may end there."""
    EXPLAINED = "explained"
    """A definition, power or sanction: explained, never judged."""


class Confidence(Scale):
    """How far a record of the knowledge is trusted by whoever made it."""

    LOW = 0
    MEDIUM = 1
    HIGH = 2


class Deontic(StrEnum):
    """What a provision does."""

    OBLIGATION = "obligation"
    PROHIBITION = "prohibition"
    PERMISSION = "permission"
    PRESUMPTION = "presumption"
    RECOGNITION = "recognition"
    SANCTION = "sanction"
    POWER = "power"
    SCOPE_DEFINITION = "scope-definition"
    EXEMPTION = "exemption"
    TARGET = "target"
    RECOMMENDATION = "recommendation"


class Comparator(Enum):
    """The comparison of a limit."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    LESS_THAN = "<"
    EXACTLY = "="


class ThresholdRole(StrEnum):
    """What a number in a text is for (semantics, section 3, Thresholds)."""

    LIMIT = "limit"
    DECLARE = "declare"
    TRIGGER = "trigger"
    SCOPE = "scope"
    RETENTION = "retention"
    SANCTION = "sanction"


class Lift(StrEnum):
    """How a criterion's conformity moves between levels (semantics, section 4)."""

    INHERITS_DOWN = "inherits-down"
    AGGREGATES_UP = "aggregates-up"
