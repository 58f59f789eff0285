"""What a market asks: requirements, conditions, periods (semantics, section 6)."""

from __future__ import annotations

from datetime import date

from comity.model.classes import dataclass
from comity.model.scales import Assurance, Authority, Basis, Confidence, Level


@dataclass(frozen=True, slots=True)
class CaseFact:
    """A fact about a subject that conditions may ask for.

    :param datatype: ``string``, ``decimal``, ``boolean`` or ``date``.
    :param many: true for a list.
    :param scope: true when "unknown" must be asked for and is never taken as "does not apply".
    :param allowed: the words allowed, empty for any.
    :param broader: word to the broader word that it falls under (a manufacturer is an operator).
    :param unit: QUDT unit IRI that numbers are taken in; ``None`` for a pure number, and for what is no number.
    """

    iri: str
    name: str
    label: str
    datatype: str
    many: bool
    level: Level
    question: str
    scope: bool = True
    allowed: tuple[str, ...] = ()
    broader: tuple[tuple[str, str], ...] = ()
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Test:
    """A test of one fact.

    :param operator: ``=``, ``!=``, ``>``, ``>=``, ``<``, ``<=``, ``in`` or ``includes`` (a list fact has the word).
    :param values: the words or numbers compared with, as written.
    """

    iri: str
    label: str
    fact: str
    operator: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Combination:
    """A three-valued combination of conditions.

    :param operator: ``and``, ``or``, ``not`` or ``at-least``.
    :param at_least: the k of a k-of-n condition.
    """

    iri: str
    label: str
    operator: str
    operands: tuple[str, ...]
    at_least: int = 0


Condition = Test | Combination


@dataclass(frozen=True, slots=True)
class Act:
    """A legal act that a floating date waits for.

    :param adopted_on: ``None`` when it was not adopted on the day the knowledge was checked.
    :param state: where it stands, in words; empty for not said.
    """

    iri: str
    label: str
    adopted_on: date | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class FloatingDate:
    """The later of a fixed date and a number of months after an act.

    :param months: whole months after the act enters into force.
    """

    iri: str
    act: str
    months: int
    fixed: date | None = None


@dataclass(frozen=True, slots=True)
class EarlierStart:
    """A day from which a requirement applied before an act changed it.

    :param until: the first day on which the act that changed it counts.
    :param changed_by: IRI of that act.
    """

    iri: str
    day: date
    until: date
    changed_by: str


@dataclass(frozen=True, slots=True)
class Exemption:
    """A way out that somebody must claim.

    :param condition: IRI of the condition under which it holds.
    """

    iri: str
    label: str
    citation: str
    condition: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """A criterion bound to a market, an actor, a unit and a period.

    :param unit_parts: the parts of the legal unit, such as ``model``, ``plant``, ``year``.
    :param starts: fixed date, floating date or ``None`` when it applies as long as the act does.
    :param event: name of the fact that dates the event on which application is tested.
    :param rank: the lowest effective assurance that counts.
    :param role: IRI of the role that every assessment must have, if any.
    :param ranges_over: the link by which it ranges over other parties (``sources-from``), if any.
    :param party_conditions: IRIs of the conditions that hold of the parties meant; empty where it means all.
    :param evidence: what the text accepts as evidence, in words.
    :param earlier_starts: by the day until which each counts.
    :param deadlines: by when, or how often, the duty is to be met, in words.
    :param penalties: IRIs of the criteria that say what follows when it is not met.
    :param notes: what is to be known of how the record was checked, beyond its basis.
    :param confidence: how far the record is trusted by whoever made it; ``None`` for not said.
    """

    iri: str
    notation: str
    market: str
    criterion: str
    label: str
    citation: str
    actor: str
    actor_label: str
    level: Level
    basis: Basis
    rank: Assurance
    unit_parts: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    exemptions: tuple[str, ...] = ()
    starts: date | FloatingDate | None = None
    ends: date | None = None
    event: str | None = None
    role: str | None = None
    ranges_over: str | None = None
    evidence: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    file: str = ""
    earlier_starts: tuple[EarlierStart, ...] = ()
    deadlines: tuple[str, ...] = ()
    penalties: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    confidence: Confidence | None = None
    party_conditions: tuple[str, ...] = ()

    @property
    def over(self) -> str | None:
        """What names the parties that it ranges over, all together; ``None`` when it is about the subject itself."""
        return f"{self.ranges_over}:{self.notation}" if self.party_conditions else self.ranges_over

    @property
    def unverified(self) -> bool:
        """Whether nothing is satisfied on the record's word alone: not verified, or of low confidence."""
        return self.basis is Basis.NOT_VERIFIED or self.confidence is Confidence.LOW


@dataclass(frozen=True, slots=True)
class MarketNote:
    """What a market says of a subject beside its requirements: a silence, or a downstream buyer's rule.

    :param condition: IRI of the condition under which the note is shown.
    """

    iri: str
    label: str
    citation: str
    condition: str


@dataclass(frozen=True, slots=True)
class Market:
    """A place where goods are sold, and what it asks.

    :param authority: the authority from which a mapped proof is ``satisfied``.
    """

    iri: str
    notation: str
    label: str
    authority: Authority
    checked_on: date
    requirements: tuple[Requirement, ...]
    notes: tuple[MarketNote, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class Recognition:
    """A law's statement that a scheme counts for something (semantics, section 4)."""

    iri: str
    label: str
    provision: str
    instrument: str
    recognised: str
    rows: tuple[str, ...]
    materials: tuple[str, ...]
    valid_from: date | None
    valid_until: date | None
    leaves: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class LegalEffect:
    """What a law makes of evidence or of conformity without naming a scheme.

    :param mode: in which way, such as ``presumption-of-conformity``.
    :param applies_to: IRIs of the criteria that it is about.
    :param state: where it stands, such as ``none found``; empty for not said.
    :param leaves: what stays with the operator, in sentences.
    """

    iri: str
    label: str
    provision: str
    mode: str
    text: str = ""
    instrument: str = ""
    applies_to: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    state: str = ""
    leaves: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    basis: Basis = Basis.NOT_VERIFIED
    valid_from: date | None = None
    valid_until: date | None = None
    file: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in the knowledge that is to be checked.

    :param reason: why it is doubtful.
    :param check: what to look at to settle it.
    :param bears_on: IRIs of what it is about: criteria, versions, acts, requirements.
    :param formerly: other names that people may look for it by, such as its number in the list that it was taken from.
    """

    iri: str
    notation: str
    label: str
    reason: str
    check: str
    bears_on: tuple[str, ...]
    checked_on: date | None = None
    file: str = ""
    formerly: tuple[str, ...] = ()
