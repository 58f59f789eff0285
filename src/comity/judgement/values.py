"""Which limits a stated value bears on, and how it comes out there (semantics, section 3, Thresholds)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from comity import units
from comity.algebra.comparison import PURE, Comparison, Fit, compare, decimal
from comity.judgement.chain import qualifier_falls_under
from comity.judgement.unit import Stated, complete, default_for
from comity.model.classes import dataclass
from comity.model.criteria import Criterion, Limit, Metric
from comity.model.errors import IncommensurableError, UnknownNameError
from comity.model.evidence import Subject
from comity.model.knowledge import Knowledge, MetricRule, QualifierDefault
from comity.model.quantities import Quantity, Value
from comity.model.scales import Comparator, Fact, ThresholdRole

JUDGED = (ThresholdRole.LIMIT, ThresholdRole.DECLARE)
"""The numbers in a text that values are held against; a trigger, a period or a sanction is no limit."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a value measures, as understood.

    :param rule: the data rule that read it from the metric's name, where one was needed.
    """

    metric: str
    qualifiers: Mapping[str, str]
    rule: MetricRule | None = None


@dataclass(frozen=True, slots=True)
class Bearing:
    """A value against one limit.

    :param fact: all inside, not-all outside, ``None`` when it says nothing.
    :param assumptions: the defaults used, in the order of the limit's qualifiers and unit parts.
    :param missing: what would have to be stated, in sentences.
    """

    criterion: str
    limit: Limit
    reading: Reading
    fact: Fact | None
    comparison: Comparison | None
    assumptions: tuple[QualifierDefault, ...] = ()
    missing: tuple[str, ...] = ()


def read(value: Value, knowledge: Knowledge) -> Reading | None:
    """Tell what a value measures; ``None`` when no metric of ours is meant."""
    metric = value.metric or ""
    if metric in knowledge.metrics:
        return Reading(metric, value.qualifiers)
    for known in knowledge.metrics.values():
        if metric and known.notation == metric:
            return Reading(known.iri, value.qualifiers)
    last = metric.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1].lower()
    name = " ".join(value.name.lower().split())
    for rule in knowledge.metric_rules:
        if (not rule.iri or rule.iri.lower() == last) and (not rule.name or re.search(rule.name, name)):
            return None if _at_odds(rule, value, knowledge) else _ruled(rule, value)
    return None


def _ruled(rule: MetricRule, value: Value) -> Reading:
    return Reading(rule.metric, {**rule.qualifiers, **value.qualifiers}, rule)


def _at_odds(rule: MetricRule, value: Value, knowledge: Knowledge) -> bool:
    """Tell whether a value states another qualifier than its metric's name: then nobody knows what it is of."""
    both = rule.qualifiers.keys() & value.qualifiers.keys()
    return any(not qualifier_falls_under(knowledge, value.qualifiers[d], rule.qualifiers[d]) for d in both)


@dataclass(frozen=True, slots=True)
class Frame:
    """Whose value it is, and of what.

    :param cited: criteria that the claim or assessment cites: there the value carries the criterion's own qualifier.
    :param stated: what the claim or assessment states of the unit that it is about.
    :param subject: ``None`` when no document describes it.
    :param name: gives the one key of a thing.
    """

    cited: frozenset[str]
    stated: Stated
    subject: Subject | None
    name: Callable[[str], str]


def bearings(
    value: Value, frame: Frame, knowledge: Knowledge, limited: Mapping[str, Sequence[Criterion]]
) -> Iterator[Bearing]:
    """Hold a value against every limit of its metric.

    :param limited: metric IRI to the criteria with a limit on it.
    """
    reading = read(value, knowledge)
    if reading is None:
        return
    for criterion in limited.get(reading.metric, ()):
        if criterion.limit is not None and criterion.limit.role in JUDGED:
            bearing = _against(value, reading, criterion, criterion.limit, frame, knowledge)
            if bearing is not None:
                yield bearing


def _against(
    value: Value, reading: Reading, criterion: Criterion, limit: Limit, frame: Frame, knowledge: Knowledge
) -> Bearing | None:
    qualified = _qualified(reading, limit, criterion.iri in frame.cited, knowledge)
    if qualified is None:
        return None
    assumed, missing = qualified
    unit = complete(
        criterion.unit_parts,
        frame.stated.of(value),
        frame.subject,
        frame.name,
        default_for(knowledge, reading.metric),
    )
    assumed, missing = [*assumed, *unit.assumed], [*missing, *unit.missing]
    if value.quantity is None:
        return Bearing(criterion.iri, limit, reading, None, None, (), ("the value has a grade but no number",))
    outcome = compare(value.quantity, limit)
    absurd = impossible(value.quantity, knowledge.metrics[limit.metric])
    if absurd or outcome.fit is Fit.UNKNOWN:
        missing.append(absurd or outcome.reason)
    fact = None
    if not missing:
        fact = Fact.ALL if outcome.fit is Fit.INSIDE else Fact.NOT_ALL
        if not _says(fact, reading, limit, knowledge):
            return None
    return Bearing(criterion.iri, limit, reading, fact, outcome, tuple(assumed), tuple(missing))


def _qualified(
    reading: Reading, limit: Limit, own: bool, knowledge: Knowledge
) -> tuple[list[QualifierDefault], list[str]] | None:
    """Hold qualifiers against the limit's: what is assumed and what is missing; ``None`` when they do not count.

    What a value is of is never assumed. A qualifier that the limit does not have makes it a value of something
    narrower, which says nothing of the whole, unless it is stated for that very criterion.
    """
    assumed: list[QualifierDefault] = []
    missing: list[str] = []
    for dimension, wanted in sorted(limit.qualifiers.items()):
        stated = reading.qualifiers.get(dimension)
        if stated is not None:
            if not qualifier_falls_under(knowledge, stated, wanted):
                return None
        elif not own:
            if not knowledge.dimensions[dimension].assumable:
                return None
            default = _default(reading.metric, dimension, wanted, knowledge)
            if default is None:
                missing.append(f"{knowledge.dimensions[dimension].label} of the value is not stated")
            else:
                assumed.append(default)
    extra = [d for d in reading.qualifiers if d not in limit.qualifiers]
    if extra and not (own and all(d in knowledge.dimensions and knowledge.dimensions[d].assumable for d in extra)):
        return None
    return assumed, missing


def _says(fact: Fact, reading: Reading, limit: Limit, knowledge: Knowledge) -> bool:
    """Tell whether a value of a part of what the limit is about says something of the whole.

    Enough of one sort is enough of all sorts, and too much of one is too much of all; nothing else follows.
    """
    narrower = any(
        reading.qualifiers.get(d, wanted) != wanted and not knowledge.dimensions[d].assumable
        for d, wanted in limit.qualifiers.items()
    )
    if not narrower:
        return True
    upwards = limit.comparator in (Comparator.AT_LEAST, Comparator.MORE_THAN)
    downwards = limit.comparator in (Comparator.AT_MOST, Comparator.LESS_THAN)
    return limit.role is ThresholdRole.LIMIT and (upwards if fact is Fact.ALL else downwards)


def impossible(quantity: Quantity, metric: Metric) -> str:
    """Say why a value cannot be one of its metric: a share of more than all, a mass below nothing.

    >>> from fractions import Fraction
    >>> share = Metric("urn:share", "share", "share", "http://qudt.org/vocab/unit/PERCENT", None, Fraction(100))
    >>> impossible(Quantity(Fraction(16), PURE), share)
    '1600 % cannot be: share is at most 100 %'
    """
    if quantity.unit is None and quantity.unit_text.strip():
        return ""
    value, unit = quantity.value, metric.unit or PURE
    if metric.unit is not None and quantity.unit is None:
        return ""
    try:
        value = units.convert(quantity, unit).value if quantity.unit not in (None, unit) else value
    except (IncommensurableError, UnknownNameError):
        if metric.unit is not None:
            return ""
    symbol = (units.symbol(metric.unit) or "") if metric.unit else ""
    for wrong, words, bound in (
        (metric.lowest is not None and value < metric.lowest, "at least", metric.lowest),
        (metric.highest is not None and value > metric.highest, "at most", metric.highest),
    ):
        if wrong and bound is not None:
            shown, end = f"{decimal(value)} {symbol}".strip(), f"{decimal(bound)} {symbol}".strip()
            return f"{shown} cannot be: {metric.label} is {words} {end}"
    return ""


def _default(metric: str, dimension: str, wanted: str, knowledge: Knowledge) -> QualifierDefault | None:
    for default in knowledge.defaults:
        if default.dimension != dimension or default.metric not in ("", metric):
            continue
        if not default.value or not wanted or qualifier_falls_under(knowledge, default.value, wanted):
            return default
    return None
