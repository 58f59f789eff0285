"""What an author's file says, whatever its format: criteria, mapping rows, and what is wrong with them.

Every reader ends in a :class:`Draft`, and every import writes one in the text formats that Comity keeps
(:func:`comity.authoring.turtle.write_turtle`, :func:`comity.authoring.sssom.write_sssom`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from fractions import Fraction
from typing import Literal

from comity.model.classes import dataclass
from comity.model.places import Finding, Place
from comity.model.scales import Authority, Basis, Comparator, Kind, Level, Lift, ThresholdRole

Sort = Literal["criteria", "mappings"]


@dataclass(frozen=True, slots=True)
class CellFinding(Finding):
    """Something wrong with one cell of a table.

    :param column: its heading, as the author wrote it.
    :param value: what stands in the cell.
    :param allowed: what may stand there; empty where anything of a sort may.
    """

    column: str = ""
    value: str = ""
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftScheme:
    """The edition that drafted criteria belong to.

    :param iri: of the edition.
    :param notation: such as ``hive-2``.
    :param scheme: IRI of the text whatever its edition.
    :param stewards: identifiers of those who may sign mappings for it.
    :param more: what has no place of its own, by IRI of the property; carried into Turtle.
    :param cells: where each slot stands, or where it is left empty, by the slot's name.
    """

    iri: str
    notation: str
    label: str
    place: Place
    version: str = ""
    scheme: str = ""
    scheme_label: str = ""
    source: str = ""
    description: str = ""
    basis: Basis = Basis.NOT_VERIFIED
    in_force_from: date | None = None
    in_force_until: date | None = None
    withdrawn_from: date | None = None
    stewards: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    jurisdiction: str = ""
    state: str = ""
    more: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cells: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftLimit:
    """A number in a text.

    :param metric: IRI of the metric.
    :param unit: QUDT unit IRI; ``None`` for a pure number, or where there is no value.
    :param qualifiers: IRIs of qualifier values.
    :param iri: as it was imported; empty to be made from the criterion's.
    :param metric_label: of a metric that Comity does not know, and that is then declared beside the criterion.
    """

    metric: str
    role: ThresholdRole
    comparator: Comparator | None = None
    value: Fraction | None = None
    unit: str | None = None
    qualifiers: tuple[str, ...] = ()
    start_event: str = ""
    iri: str = ""
    metric_label: str = ""


@dataclass(frozen=True, slots=True)
class DraftCriterion:
    """One criterion.

    :param iri: as it was imported, or made from the edition's and the number.
    :param notation: such as ``hive-2-4.1``.
    :param text: a paraphrase, or the text itself.
    :param parent: IRI of the criterion that it is a part of; empty for none.
    :param limits: several are written as children of it, which together make it up.
    :param tags: free words of its owner.
    :param same_as: identifiers that others know it by (alignments, earlier IRIs).
    :param more: what has no place of its own, by IRI of the property; carried into Turtle.
    """

    iri: str
    notation: str
    label: str
    kind: Kind
    level: Level
    place: Place
    text: str = ""
    citation: str = ""
    source: str = ""
    basis: Basis = Basis.NOT_VERIFIED
    parent: str = ""
    limits: tuple[DraftLimit, ...] = ()
    unit_parts: tuple[str, ...] = ()
    lifts: frozenset[Lift] = frozenset()
    topics: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    more: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftWhole:
    """What is said of how a criterion is made up of its parts.

    :param iri: of the decomposition, as it was imported; empty to be made from the criterion's.
    :param note: why the parts make it up, or not entirely.
    :param basis: how that was checked; ``None`` for as the criterion was.
    """

    iri: str = ""
    note: str = ""
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One mapping row.

    :param id: its record id, as a CURIE of the draft's prefixes or an IRI; empty to be made from both ends.
    :param predicate: IRI of the relation; empty while the author has left it open.
    :param reason: why, in the words of its author.
    :param foreign: the relation as another format wrote it, where a table turned it into ``predicate``.
    :param note: a remark that is no reason.
    :param more: other slots of SSSOM, by name.
    :param cells: where each slot stands, by the slot's name.
    """

    subject: str
    predicate: str
    object: str
    place: Place
    id: str = ""
    negated: bool = False
    reason: str = ""
    subject_label: str = ""
    object_label: str = ""
    justification: str = ""
    author_id: str = ""
    author_label: str = ""
    reviewer_id: str = ""
    reviewer_label: str = ""
    confidence: float | None = None
    stated_on: date | None = None
    authority: Authority | None = None
    scope: str = ""
    joint_group: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    basis: Basis | None = None
    foreign: str = ""
    note: str = ""
    more: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """What one file says.

    :param name: the file's, as the user gave it.
    :param kind: what it is mainly about; criteria may bring rows (alignments) with them.
    :param assumed: what stands in for the edition while the file does not say which it is; for checks only.
    :param complete: IRIs of criteria whose parts make them up entirely, as the scheme declares.
    :param wholes: what else is said of how criteria are made up, by their IRIs.
    :param header: of a mapping set, by the names of SSSOM, apart from prefixes and extensions.
    :param prefixes: to shorten IRIs of rows with.
    :param problems: errors, warnings and what could not be carried (code ``not-carried``).
    """

    name: str
    kind: Sort
    scheme: DraftScheme | None = None
    criteria: tuple[DraftCriterion, ...] = ()
    rows: tuple[DraftRow, ...] = ()
    complete: frozenset[str] = frozenset()
    wholes: Mapping[str, DraftWhole] = field(default_factory=dict)
    header: Mapping[str, object] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Finding, ...] = ()
    assumed: DraftScheme | None = None
