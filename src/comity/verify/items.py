"""What a document says, piece by piece: claims, assessments, values, citations, attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from decimal import Decimal
from fractions import Fraction

from comity.model.classes import dataclass
from comity.verify import dates
from comity.verify.dates import Period
from comity.verify.node import Node

LARGEST = 400
"""Digits and decimal places beyond which a number counts as not stated."""

CRITERION, STANDARD, REGULATION, PERMIT = "criterion", "standard", "regulation", "permit"

_CITED = (
    ("referenceCriteria", CRITERION),
    ("assessmentCriteria", CRITERION),
    ("referenceStandard", STANDARD),
    ("referenceRegulation", REGULATION),
)
_PLAIN = re.compile(r"^[+-]?\d{1,100}(\.\d{1,100})?([eE][+-]?\d{1,2})?$")
_NUMBER = re.compile(r"^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$")


@dataclass(frozen=True, slots=True)
class Cited:
    """An identifier of a criterion or text, and the name beside it."""

    kind: str
    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A value.

    :param qualifiers: dimension to value, where the document names them.
    :param period: first and last day that it is for.
    :param lower: distance of the lower end of the stated tolerance.
    :param bare: true when a number stands alone, and its unit is the metric's own.
    """

    metric: str
    name: str
    number: Fraction | None
    unit: str
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    period: tuple[str, str] | None = None
    lower: Fraction = Fraction(0)
    upper: Fraction = Fraction(0)
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A claim or an assessment.

    :param kind: ``claim`` or ``assessment``.
    :param subjects: for each thing that it is about, the names that the item gives it.
    :param inferred: the same, where the item does not say what it is about and its attestation does.
    :param why: how that was inferred, in words.
    :param issuer: names of who issued it; ``None`` when nobody did.
    :param signer: the names of the issuer's own identifier alone.
    :param claimant: names of who claims it, in a sheet; empty where the document's issuer does.
    :param auditor: names of who did the work, where that is somebody else.
    :param codes: the assurance that it declares of itself, as codes.
    """

    kind: str
    pointer: str
    subjects: tuple[frozenset[str], ...]
    cited: tuple[Cited, ...]
    values: tuple[Stated, ...]
    period: Period
    issuer: frozenset[str] | None
    dated: str | None = None
    conformance: bool | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    condition: str = ""
    inferred: tuple[frozenset[str], ...] = ()
    why: str = ""
    signer: frozenset[str] = frozenset()
    auditor: frozenset[str] = frozenset()
    claimant: frozenset[str] = frozenset()
    undisclosed: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """An attribute of a thing.

    :param path: in today's names, such as ``characteristics.colour``.
    """

    names: frozenset[str]
    path: str
    text: str
    unit: str
    pointer: str


def citations(node: Node) -> tuple[Cited, ...]:
    """List what a claim or an assessment names, criteria first."""
    found = [
        Cited(kind, cited.text, cited.said("name") if cited.is_object else "")
        for name, kind in _CITED
        for cited in node.all(name)
    ]
    return tuple(dict.fromkeys(c for c in found if c.iri or c.name))


def values(node: Node, name: str) -> tuple[Stated, ...]:
    """List the values of a claim or an assessment."""
    period = node.first("applicablePeriod")
    days = None
    if period is not None:
        start, end = dates.day(period.said("startDate")), dates.day(period.said("endDate"), end=True)
        days = (start, end) if start and end else None
    return tuple(v for p in node.all(name) if p.is_object for v in _value(p, days))


def _value(performance: Node, period: tuple[str, str] | None) -> Iterator[Stated]:
    metric = performance.first("metric")
    iri = metric.said("id") if metric is not None else ""
    name = metric.said("name") if metric is not None else performance.said("metricName")
    measure = performance.first("measure")
    if measure is None:
        return
    value = number(measure.first("value") if measure.is_object else measure)
    if value is None:
        return
    lower = abs(number(measure.first("lowerTolerance")) or Fraction(0))
    upper = abs(number(measure.first("upperTolerance")) or Fraction(0))
    share = number(performance.first("accuracy"))
    if share:
        lower, upper = max(lower, abs(value * share)), max(upper, abs(value * share))
    yield Stated(iri, name, value, measure.said("unit"), {}, period, lower, upper)


def plain(text: str) -> Fraction | None:
    """Read a number that stands alone as text; ``None`` for what is none, or beyond belief."""
    return Fraction(text.strip()) if _PLAIN.match(text.strip()) else None


def number(node: Node | None) -> Fraction | None:
    """Read an exact number; ``None`` for what is none, or beyond belief."""
    if node is None or isinstance(node.value, bool):
        return None
    if isinstance(node.value, str):
        text = node.value.strip()
        return exact(Decimal(text)) if _NUMBER.match(text) else None
    return exact(Decimal(node.value)) if isinstance(node.value, int | Decimal) else None


def exact(value: Decimal) -> Fraction | None:
    """Turn a decimal into a fraction."""
    digits = value.as_tuple().digits
    if not value.is_finite() or abs(value.adjusted()) > LARGEST or len(digits) > LARGEST:
        return None
    return Fraction(value)
