"""Schemes, criteria and what a text says about them (semantics, sections 1 and 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from fractions import Fraction

from comity.model.classes import dataclass
from comity.model.requirements import FloatingDate
from comity.model.scales import Authority, Basis, Comparator, Confidence, Deontic, Kind, Level, Lift, ThresholdRole


@dataclass(frozen=True, slots=True)
class Limit:
    """A number in a text.

    :param metric: IRI of the metric.
    :param value: exact; ``None`` for a declaration, or a limit that the law has not set yet.
    :param unit: QUDT unit IRI, ``None`` when the value is a pure number or not set.
    :param qualifiers: dimension IRI to the IRI of the qualifier value that the text demands.
    :param start_event: the event at which the clock of a retention period starts, in words; empty for none.
    """

    iri: str
    metric: str
    role: ThresholdRole
    comparator: Comparator | None = None
    value: Fraction | None = None
    unit: str | None = None
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    start_event: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A set of obligations, fixed by scheme, version, level, unit and applicability.

    :param version: IRI of the scheme version that it belongs to.
    :param unit_parts: names of the parts of a compound unit, such as ``model``, ``plant``, ``year``.
    :param doubts: what is doubtful about the record, in sentences.
    :param deontic: what the provision does; ``None`` for what is no law.
    :param actors: IRIs of the roles that must act, where no requirement says so; as are its days, deadlines and
        the evidence that it names.
    :param tightened_by: IRIs of criteria that ask for more of the same later, without repealing this one.
    :param superseded_by: IRIs of what took its place.
    :param notes: what is to be known of how the record was checked, beyond its basis.
    :param confidence: how far the record is trusted by whoever made it; ``None`` for not said.
    :param concerns: IRIs of the qualifier values that the text is about, such as materials; none for not said.
    """

    iri: str
    notation: str
    label: str
    text: str
    version: str
    kind: Kind
    level: Level
    citation: str
    source: str
    basis: Basis
    unit_parts: tuple[str, ...] = ()
    limit: Limit | None = None
    lifts: frozenset[Lift] = frozenset()
    topics: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    file: str = ""
    deontic: Deontic | None = None
    actors: tuple[str, ...] = ()
    tightened_by: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    confidence: Confidence | None = None
    starts: date | FloatingDate | None = None
    ends: date | None = None
    deadlines: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()

    @property
    def unverified(self) -> bool:
        """Whether nothing is satisfied on the record's word alone: not verified, or of low confidence."""
        return self.basis is Basis.NOT_VERIFIED or self.confidence is Confidence.LOW


@dataclass(frozen=True, slots=True)
class SchemeVersion:
    """One edition of a standard, guidance or act.

    :param in_force_from: first day on which it may be assessed against.
    :param in_force_until: last day on which it may be assessed against.
    :param withdrawn_from: first day on which existing certificates count no more.
    :param root: IRI of the criterion "conforms to the whole of it".
    :param stewards: identifiers of those who may sign rows for it.
    :param bodies: identifiers of the assessment bodies that it lists.
    :param consolidation_read: the consolidated text of an act that was read.
    :param consolidations_known: newer ones that are known and were not read.
    :param amended_by: IRIs of acts that changed it.
    :param superseded_by: IRIs of what took its place.
    :param state: where it stands, such as ``lapsed`` or ``draft``; empty for not said.
    """

    iri: str
    notation: str
    label: str
    scheme: str
    version: str
    source: str
    basis: Basis
    root: str | None = None
    in_force_from: date | None = None
    in_force_until: date | None = None
    withdrawn_from: date | None = None
    stewards: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    jurisdiction: str | None = None
    file: str = ""
    consolidation_read: str = ""
    consolidations_known: tuple[str, ...] = ()
    amended_by: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    state: str = ""
    notes: tuple[str, ...] = ()
    confidence: Confidence | None = None

    @property
    def is_draft(self) -> bool:
        """True for a text put up for comment: nobody can be assessed against it yet."""
        return self.state == "draft"


@dataclass(frozen=True, slots=True)
class Decomposition:
    """What a scheme declares of a whole and its parts."""

    iri: str
    whole: str
    parts: tuple[str, ...]
    complete: bool
    basis: Basis = Basis.READ_IN_SOURCE


@dataclass(frozen=True, slots=True)
class JointCoverage:
    """An author's "these together cover that".

    :param basis: ``None`` where its author does not say.
    """

    iri: str
    members: tuple[str, ...]
    covers: str
    authority: Authority
    reason: str = ""
    basis: Basis | None = Basis.READ_IN_SOURCE


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A choice: one option all gives the whole all."""

    iri: str
    whole: str
    options: tuple[str, ...]
    basis: Basis = Basis.READ_IN_SOURCE


@dataclass(frozen=True, slots=True)
class Metric:
    """Something that can be measured.

    :param unit: the QUDT unit that its values are shown in.
    :param lowest: what no value can be below, in that unit; ``None`` where anything can be.
    :param highest: what no value can be above: a share of something is never more than all of it.
    """

    iri: str
    notation: str
    label: str
    unit: str | None = None
    lowest: Fraction | None = None
    highest: Fraction | None = None


@dataclass(frozen=True, slots=True)
class QualifierValue:
    """A value of a qualifier dimension, such as a substance of the dimension "material".

    :param broader: IRIs of the values that this one falls under.
    """

    iri: str
    dimension: str
    notation: str
    label: str
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dimension:
    """A qualifier dimension.

    :param assumable: false for what a value is *of*: never filled from a table of defaults.
    """

    iri: str
    notation: str
    label: str
    assumable: bool = True
