"""Small worlds made of model objects: every sentence of the semantics gets one that could break it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tests.judgement.names import (
    BODIES,
    CONFLICTING,
    DENOMINATOR,
    DR,
    EQ,
    EXPIRED,
    FAILED,
    INSUFFICIENT,
    KILOGRAM,
    LAB,
    LEVELS,
    LONG,
    MARKET,
    MATERIAL,
    MISSING,
    NOT_APPLICABLE,
    ON,
    ONE,
    OPEN,
    PARTIAL,
    PERCENT,
    PERIOD,
    PO,
    REVIEWED,
    ROLE,
    SATISFIED,
    SCHEME,
    SELF,
    SHARE,
    SUB,
    SUP,
    SUPPORTED,
    THIRD,
    UNDETERMINED,
    UPCOMING,
    iri,
    key,
    party,
    subject,
)
from tests.judgement.papers import (
    OFFICE,
    anchor,
    assessed,
    attribute,
    cite,
    claimed,
    found,
    link,
    no,
    passport,
    trust_entry,
    trusted,
    value,
)
from tests.judgement.texts import (
    CHAIN,
    EDITION,
    PLAIN,
    C,
    any_of,
    at_least,
    at_most,
    criterion,
    declare,
    default,
    joint,
    known,
    of,
    row,
    whole,
)

from comity.judgement import Given, TrustList, question
from comity.judgement.judge import judge_market
from comity.judgement.question import Question
from comity.judgement.trust import NOBODY
from comity.model.evidence import (
    Document,
)
from comity.model.knowledge import Knowledge
from comity.model.requirements import (
    EarlierStart,
    FloatingDate,
    Market,
    Requirement,
)
from comity.model.scales import (
    Assurance,
    Authority,
    Basis,
    Confidence,
    Level,
    Verdict,
)
from comity.model.verdicts import Judgement

__all__ = [
    "BODIES",
    "CHAIN",
    "CONFLICTING",
    "DENOMINATOR",
    "DR",
    "EDITION",
    "EQ",
    "EXPIRED",
    "FAILED",
    "INSUFFICIENT",
    "KILOGRAM",
    "LAB",
    "LEVELS",
    "LONG",
    "MARKET",
    "MATERIAL",
    "MISSING",
    "NOT_APPLICABLE",
    "OFFICE",
    "ON",
    "ONE",
    "OPEN",
    "PARTIAL",
    "PERCENT",
    "PERIOD",
    "PLAIN",
    "PO",
    "REVIEWED",
    "ROLE",
    "SATISFIED",
    "SCHEME",
    "SELF",
    "SHARE",
    "SUB",
    "SUP",
    "SUPPORTED",
    "THIRD",
    "UNDETERMINED",
    "UNTRUSTED",
    "UPCOMING",
    "USUAL",
    "Ask",
    "C",
    "anchor",
    "any_of",
    "asked",
    "assessed",
    "at_least",
    "at_most",
    "attribute",
    "cite",
    "claimed",
    "criterion",
    "declare",
    "default",
    "found",
    "iri",
    "joint",
    "judged",
    "key",
    "known",
    "link",
    "no",
    "of",
    "party",
    "passport",
    "row",
    "subject",
    "trust_entry",
    "trusted",
    "value",
    "verdict",
    "whole",
]


@dataclass(frozen=True)
class Ask:
    """How a question is put; the fields that a test does not care about have the plainest value."""

    rank: Assurance = THIRD
    role: str | None = None
    authority: Authority = REVIEWED
    on: date = ON
    trust: TrustList = field(default_factory=trusted)
    level: Level | None = None
    units: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    exemptions: tuple[str, ...] = ()
    starts: date | FloatingDate | None = None
    ends: date | None = None
    event: str | None = None
    ranges_over: str | None = None
    basis: Basis = Basis.READ_IN_SOURCE
    given: tuple[Given, ...] = ()
    about: str = "thing"
    earlier: tuple[EarlierStart, ...] = ()
    confidence: Confidence | None = None
    party_conditions: tuple[str, ...] = ()

    def requirement(self, name: str, knowledge: Knowledge) -> Requirement:
        """Bind a criterion."""
        level = self.level or LEVELS.get(self.about, Level.ORGANISATION)
        return Requirement(
            f"{MARKET}/{name}", f"test-{name}", MARKET, iri(name), f"rule {name}", "Art. 1", "", "",
            Level.PRODUCT if level.is_product else level, self.basis, self.rank, self.units, self.conditions,
            self.exemptions, self.starts, self.ends, self.event, self.role, self.ranges_over,
            earlier_starts=self.earlier, confidence=self.confidence, party_conditions=self.party_conditions,
        )  # fmt: skip


USUAL = Ask()
UNTRUSTED = Ask(trust=NOBODY)


def asked(knowledge: Knowledge, documents: Sequence[Document], name: str, how: Ask = USUAL) -> tuple[Question, Market]:
    """Make the question and the market of one requirement."""
    market = Market(
        MARKET, "test", "Test", how.authority, knowledge.checked_on, (how.requirement(name, knowledge),)
    )  # fmt: skip
    known_ = replace(knowledge, markets={"test": market})
    everything = [passport(), *documents] if all(d.name != "passport" for d in documents) else documents
    made = question(
        known_, everything, on=how.on, trust=how.trust, given=how.given, subjects=[f"https://id.example/{how.about}"]
    )
    return made, market


def judged(knowledge: Knowledge, documents: Sequence[Document], name: str, how: Ask = USUAL) -> Judgement:
    """Judge one criterion of the test scheme, bound by one requirement, for one subject.

    The usual passport is added, unless one of the documents is called ``passport``.
    """
    (answer,) = judge_market(*asked(knowledge, documents, name, how))
    return answer


def verdict(knowledge: Knowledge, documents: Sequence[Document], name: str, how: Ask = USUAL) -> Verdict:
    """Return the verdict alone; see :func:`judged`."""
    answer = judged(knowledge, documents, name, how).verdict
    assert answer is not None
    return answer
