"""All that Comity knows, in one frozen container, and the names by which it is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from comity.model.classes import dataclass
from comity.model.criteria import (
    AnyOf,
    Criterion,
    Decomposition,
    Dimension,
    JointCoverage,
    Metric,
    QualifierValue,
    SchemeVersion,
)
from comity.model.mappings import Declined, Row
from comity.model.places import Finding
from comity.model.requirements import (
    Act,
    CaseFact,
    Condition,
    Doubt,
    Exemption,
    LegalEffect,
    Market,
    Recognition,
)


@dataclass(frozen=True, slots=True)
class Alias:
    """An identifier seen in real documents and what it means there.

    :param iri: as documents write it.
    :param name: the criterion's name that must stand beside it, case and space folded; ``*`` matches the
        rest of a name; empty when the identifier alone decides.
    :param target: IRI of a criterion, or empty when it is known to mean nothing that can be judged.
    :param document_level: true when it cites a whole text: a lead, and never a claim of each criterion.
    :param permit: true when it stands for holding a permit.
    :param reason: why, for the proof.
    """

    iri: str
    name: str
    target: str
    document_level: bool
    permit: bool
    reason: str


@dataclass(frozen=True, slots=True)
class MetricRule:
    """A data rule that reads a metric, and what its value is of, from a document's metric.

    :param iri: last path segment of the metric IRI, empty for any.
    :param name: regular expression that the folded name must match, empty for any.
    :param metric: IRI of our metric.
    :param qualifiers: dimension IRI to qualifier value IRI.
    """

    id: str
    iri: str
    name: str
    metric: str
    qualifiers: Mapping[str, str]
    reason: str


@dataclass(frozen=True, slots=True)
class QualifierDefault:
    """What an unstated qualifier, or an unstated part of a unit, is taken to be.

    :param metric: metric IRI, or empty for any.
    :param dimension: dimension IRI, or the name of a unit part.
    :param value: qualifier value IRI; empty for "as the limit asks".
    """

    id: str
    metric: str
    dimension: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """A data rule that reads a fact of the case from a document.

    :param fact: name of the fact.
    :param path: attribute path (:class:`comity.model.evidence.Attribute`) that it reads.
    :param match: regular expression over the attribute's value; empty for any.
    :param value: the fact's value; empty for the attribute's own.
    :param when: tests on other derived facts of the same subject, ``name=value``, all of which must hold.
    """

    id: str
    fact: str
    path: str
    match: str
    value: str
    when: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class AttributeMetric:
    """A data rule that takes an attribute of a subject for a stated value of a metric.

    :param path: attribute path (:class:`comity.model.evidence.Attribute`).
    :param metric: IRI of our metric.
    """

    id: str
    path: str
    metric: str
    qualifiers: Mapping[str, str]
    reason: str


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file of knowledge that the user brought.

    :param name: as the user gave it, or as it lies in a folder that the user gave.
    :param sha256: of its bytes, in hexadecimal.
    """

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything known, indexed by IRI. See :func:`comity.knowledge.load`."""

    version: str
    checked_on: date
    sha256: str
    schemes: Mapping[str, SchemeVersion]
    criteria: Mapping[str, Criterion]
    decompositions: tuple[Decomposition, ...]
    joints: tuple[JointCoverage, ...]
    choices: tuple[AnyOf, ...]
    rows: tuple[Row, ...]
    markets: Mapping[str, Market]
    """by notation"""
    facts: Mapping[str, CaseFact]
    """by name"""
    conditions: Mapping[str, Condition]
    acts: Mapping[str, Act]
    metrics: Mapping[str, Metric]
    dimensions: Mapping[str, Dimension]
    qualifiers: Mapping[str, QualifierValue]
    aliases: tuple[Alias, ...]
    metric_rules: tuple[MetricRule, ...]
    defaults: tuple[QualifierDefault, ...]
    derivations: tuple[Derivation, ...]
    recognitions: tuple[Recognition, ...]
    by_notation: Mapping[str, str] = field(default_factory=dict)
    """notation (folded) to criterion IRI"""
    findings: tuple[Finding, ...] = ()
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """code list name to (folded code to token), such as ``assurance``"""
    exemptions: Mapping[str, Exemption] = field(default_factory=dict)
    attribute_metrics: tuple[AttributeMetric, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    """IRI to label of what is only named: roles, topics"""
    effects: tuple[LegalEffect, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    declined: tuple[Declined, ...] = ()
    """pairs that were judged and have no row"""
    own: tuple[OwnFile, ...] = ()
    """files of the user's, in order of name"""

    @property
    def markets_by_iri(self) -> Mapping[str, Market]:
        """Markets by IRI, as requirements name them."""
        return {m.iri: m for m in self.markets.values()}
