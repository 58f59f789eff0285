"""Which limits a stated value bears on, and how it comes out there (semantics, section 3, Thresholds)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from comity.algebra.comparison import Comparison, Fit, compare
from comity.judgement.chain import qualifier_falls_under
from comity.model.criteria import Criterion, Limit
from comity.model.evidence import Subject
from comity.model.knowledge import Knowledge, MetricRule, QualifierDefault
from comity.model.quantities import Value
from comity.model.scales import Fact, Level


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
            return Reading(rule.metric, {**rule.qualifiers, **value.qualifiers}, rule)
    return None


def bearings(
    value: Value,
    of: frozenset[str],
    stated: frozenset[str],
    subject: Subject | None,
    knowledge: Knowledge,
    limited: Mapping[str, list[Criterion]],
) -> Iterator[Bearing]:
    """Hold a value against every limit of its metric.

    :param of: criteria that the claim or assessment cites: there the value carries the criterion's own qualifier.
    :param stated: parts of a compound unit that the claim or assessment states, such as ``plant``.
    :param limited: metric IRI to the criteria with a limit on it.
    """
    reading = read(value, knowledge)
    if reading is None:
        return
    for criterion in limited.get(reading.metric, ()):
        assert criterion.limit is not None
        bearing = _against(value, reading, criterion, criterion.limit, criterion.iri in of, stated, subject, knowledge)
        if bearing is not None:
            yield bearing


def _against(
    value: Value,
    reading: Reading,
    criterion: Criterion,
    limit: Limit,
    own: bool,
    stated_parts: frozenset[str],
    subject: Subject | None,
    knowledge: Knowledge,
) -> Bearing | None:
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
    if any(d not in limit.qualifiers and not knowledge.dimensions[d].assumable for d in reading.qualifiers):
        return None
    other = _other_year(value, subject) if "year" in criterion.unit_parts else ""
    if other:
        missing.append(other)
    for part in criterion.unit_parts:
        if part not in stated_parts and not _states(value, subject, part):
            default = _default(reading.metric, part, "", knowledge)
            if default is None:
                missing.append(f"the {part} that the value is for is not stated")
            else:
                assumed.append(default)
    if value.quantity is None:
        return Bearing(criterion.iri, limit, reading, None, None, (), ("the value has a grade but no number",))
    outcome = compare(value.quantity, limit)
    if outcome.fit is Fit.UNKNOWN:
        missing.append(outcome.reason)
    fact = None
    if not missing:
        fact = Fact.ALL if outcome.fit is Fit.INSIDE else Fact.NOT_ALL
    return Bearing(criterion.iri, limit, reading, fact, outcome, tuple(assumed), tuple(missing))


def _default(metric: str, dimension: str, wanted: str, knowledge: Knowledge) -> QualifierDefault | None:
    for default in knowledge.defaults:
        if default.dimension != dimension or default.metric not in ("", metric):
            continue
        if not default.value or not wanted or qualifier_falls_under(knowledge, default.value, wanted):
            return default
    return None


def _other_year(value: Value, subject: Subject | None) -> str:
    """Say when a value is for another year than the one that the subject was made in."""
    made = subject.parts.get("year") if subject is not None else None
    if value.period is None or made is None:
        return ""
    first, last = value.period[0][:4], value.period[1][:4]
    return "" if first <= made <= last else f"the value is for {first}, the subject was made in {made}"


def _states(value: Value, subject: Subject | None, part: str) -> bool:
    """Tell whether a part of a compound unit is stated, by the value or by what the subject is."""
    if part == "year":
        return value.period is not None and value.period[0][:4] == value.period[1][:4]
    if subject is None:
        return False
    if part == "model":
        return subject.level is Level.MODEL
    if part in ("item", "batch"):
        return subject.level == part
    return False
