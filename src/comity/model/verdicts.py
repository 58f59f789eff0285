"""Verdicts and the report that carries them (semantics, section 7; design, JSON)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from comity.model.classes import dataclass
from comity.model.evidence import Document
from comity.model.knowledge import OwnFile
from comity.model.places import Finding, Place
from comity.model.proofs import Proof
from comity.model.requirements import CaseFact
from comity.model.scales import Assurance, Authority, Confidence, Fact, Level, Verdict


@dataclass(frozen=True, slots=True)
class FactValue:
    """A fact of the case and where it comes from.

    :param source: ``given``, ``derived`` or ``assumed``.
    :param pointer: where it stands: ``DOCUMENT#JSON-POINTER`` for a derived fact, the option or file for a given one.
    """

    name: str
    value: tuple[str, ...]
    source: str
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class SubjectReport:
    """A subject, what is known of it, whether it is judged and why."""

    id: str
    key: str
    label: str
    level: Level
    roles: tuple[str, ...]
    judged: bool
    why: str
    facts: tuple[FactValue, ...]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConditionReport:
    """A condition as it came out: true, false or unknown (``None``)."""

    text: str
    value: bool | None
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """Something that bears on a question but proves nothing.

    :param why: why it does not count.
    :param row: id of the mapping row, where there is one.
    """

    text: str
    why: str
    place: Place | None = None
    row: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict for one (requirement, subject, unit, D)."""

    id: str
    notation: str
    criterion: str
    market: str | None
    label: str
    citation: str
    basis: str
    doubts: tuple[str, ...]
    actor: str | None
    applies_from: str | None
    tested_on: date | None
    conditions: tuple[ConditionReport, ...]
    subject: SubjectReport
    unit: Mapping[str, str]
    verdict: Verdict | None
    would_be: Verdict | None
    reason: str
    facts: tuple[Fact, ...] = ()
    proof: Proof | None = None
    counter_proof: Proof | None = None
    challenges: tuple[Proof, ...] = ()
    assumptions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    leads: tuple[Lead, ...] = ()
    rank: Assurance | None = None
    authority: Authority | None = None
    role: str | None = None
    place: Place | None = None
    evidence: tuple[str, ...] = ()
    confidence: Confidence | None = None
    certainty: tuple[float, float] | None = None
    """bounds on the confidence that the mapping rows of one of its proofs hold; ``None`` when that is not known, or
    no row is needed"""


@dataclass(frozen=True, slots=True)
class AssessmentUse:
    """An assessment beside a claim: through what it bears on it, and whether it counts."""

    place: Place
    via: str
    counts: bool
    why: str


@dataclass(frozen=True, slots=True)
class ClaimJudgement:
    """The verdict for one (claim, criterion cited).

    :param criterion: notation or IRI of the criterion, ``None`` when the citation resolves to nothing.
    :param cited: identifier and name as the document wrote them.
    """

    place: Place
    document: str
    label: str
    subject: str
    unit: Mapping[str, str]
    criterion: str | None
    cited: str
    verdict: Verdict
    would_be: Verdict | None
    reason: str
    assessments: tuple[AssessmentUse, ...] = ()
    proof: Proof | None = None
    challenges: tuple[Proof, ...] = ()
    assumptions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    leads: tuple[Lead, ...] = ()
    counter_proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class MarketReport:
    """What a market asks of a subject, and what it says beside that."""

    id: str
    subject: str
    asks: tuple[str, ...]
    leads: tuple[Lead, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """How the question was asked.

    :param subjects: identifiers or labels of those asked about, as the user wrote them; none for all.
    """

    assurance: Assurance | None = None
    authority: Authority | None = None
    markets: tuple[str, ...] = ()
    trust: str | None = None
    engine: str = "default"
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The answer to ``comity check``; one serialiser turns it into JSON, one reporter into a table.

    :param questions: the facts that some subject is asked for, as the knowledge declares them.
    :param own: the files of the user's own knowledge.
    """

    on: date
    policy: Policy
    knowledge_version: str
    checked_on: date
    knowledge_sha256: str
    documents: tuple[Document, ...]
    subjects: tuple[SubjectReport, ...] = ()
    findings: tuple[Finding, ...] = ()
    claims: tuple[ClaimJudgement, ...] = ()
    markets: tuple[MarketReport, ...] = ()
    requirements: tuple[Judgement, ...] = ()
    trust_used: tuple[str, ...] = field(default_factory=tuple)
    questions: tuple[CaseFact, ...] = ()
    own: tuple[OwnFile, ...] = ()
