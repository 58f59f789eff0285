"""What a stated value measures, which limit it bears on, and what it leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from comity.model.classes import dataclass
from comity.model.criteria import Criterion, Limit
from comity.model.scales import Comparator, ThresholdRole
from comity.verify.bench import Bench
from comity.verify.items import Item, Said, Stated, plain
from comity.verify.limits import PURE, Outcome, compared, falls_under, into
from comity.verify.names import FACILITY

JUDGED = (ThresholdRole.LIMIT, ThresholdRole.DECLARE)
"""The numbers in a text that values are held against."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a value measures.

    :param rule: id of the data rule that says so; empty where the document names our metric.
    """

    metric: str
    qualifiers: Mapping[str, str]
    rule: str


@dataclass(frozen=True, slots=True)
class Bearing:
    """A value against the limit of one criterion.

    :param open: dimensions and parts of the unit that it leaves unstated, with what the limit asks there.
    """

    stated: Stated
    meaning: Meaning
    outcome: Outcome
    open: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """Who states something: what it is about, and what it cites.

    :param subject: leading name of the thing that it is about.
    :param cited: the criteria that it is about.
    """

    item: Item | None
    subject: str
    cited: frozenset[str]


def of_attribute(attribute: Said, bench: Bench) -> Iterator[tuple[Stated, str]]:
    """Take an attribute for a value, where a data rule says so; with the rule's id."""
    knowledge = bench.given.knowledge
    for rule in knowledge.attribute_metrics:
        if rule.path == attribute.path:
            number = plain(attribute.text)
            if number is None:
                continue
            metric = knowledge.metrics[rule.metric]
            unit = attribute.unit or metric.unit or ""
            yield Stated(rule.metric, metric.label, number, unit, rule.qualifiers, bare=not attribute.unit), rule.id


def meaning(value: Stated, bench: Bench) -> Meaning | None:
    """Tell what a value measures: our metric, or what the first data rule reads in the metric's name."""
    knowledge = bench.given.knowledge
    for metric in knowledge.metrics.values():
        if value.metric and value.metric in (metric.iri, metric.notation):
            return Meaning(metric.iri, value.qualifiers, "")
    last = re.split(r"[/#]", value.metric.rstrip("/"))[-1].lower()
    name = " ".join(value.name.lower().split())
    for rule in knowledge.metric_rules:
        by_iri = not rule.iri or rule.iri.lower() == last
        if by_iri and (not rule.name or re.search(rule.name, name)):
            # A value that states another qualifier than its name does is of nobody knows what.
            both = rule.qualifiers.keys() & value.qualifiers.keys()
            if all(falls_under(value.qualifiers[d], rule.qualifiers[d], knowledge.qualifiers) for d in both):
                return Meaning(rule.metric, {**rule.qualifiers, **value.qualifiers}, rule.id)
            return None
    return None


def left_to_value(item: Item, criterion: Criterion, bench: Bench) -> bool:
    """Tell whether the values of a claim decide on a criterion that it cites, or might."""
    if criterion.limit is None or criterion.limit.role not in JUDGED:
        return False
    means = [meaning(v, bench) for v in item.values]
    return any(m is None or m.metric == criterion.limit.metric for m in means)


def bearing(value: Stated, rule: str, source: Source, criterion: Criterion, bench: Bench) -> Bearing | None:
    """Hold a value against a criterion's limit; ``None`` when it does not bear on it, or nothing can be said.

    :param rule: id of the rule that took an attribute for the value; empty for none.
    """
    means, limit = meaning(value, bench), criterion.limit
    if means is None or limit is None or means.metric != limit.metric:
        return None
    unstated = _open(means, limit, bench, own=criterion.iri in source.cited)
    outcome = compared(value, limit, bench.given.unit)
    parts = open_parts(criterion.unit_parts, [value], source, bench)
    if unstated is None or outcome is None or parts is None or _is_impossible(value, limit, bench):
        return None
    if not _says(outcome, means, limit, bench):
        return None
    if value.bare and limit.role is not ThresholdRole.DECLARE and limit.unit is not None:
        return None
    return Bearing(value, replace(means, rule=means.rule or rule), outcome, {**unstated, **parts})


def _open(means: Meaning, limit: Limit, bench: Bench, *, own: bool) -> dict[str, str] | None:
    """List the qualifiers that a value leaves open; ``None`` when it is a value of something else."""
    knowledge = bench.given.knowledge
    found: dict[str, str] = {}
    for dimension, wanted in limit.qualifiers.items():
        value = means.qualifiers.get(dimension)
        if value is not None:
            if not falls_under(value, wanted, knowledge.qualifiers):
                return None
        elif not own:
            if not knowledge.dimensions[dimension].assumable:
                return None
            found[dimension] = wanted
    more = [knowledge.dimensions.get(d) for d in means.qualifiers.keys() - limit.qualifiers.keys()]
    # What is narrower than the limit says nothing of the whole, unless it is stated for that very criterion.
    return found if not more or (own and all(d is not None and d.assumable for d in more)) else None


def _says(outcome: Outcome, means: Meaning, limit: Limit, bench: Bench) -> bool:
    """A part of what a limit is about says something of the whole when enough, or too much, of one is of all."""
    dimensions = bench.given.knowledge.dimensions
    parts = [d for d, w in limit.qualifiers.items() if means.qualifiers.get(d, w) != w and not dimensions[d].assumable]
    if not parts:
        return True
    up = limit.comparator in (Comparator.AT_LEAST, Comparator.MORE_THAN)
    down = limit.comparator in (Comparator.AT_MOST, Comparator.LESS_THAN)
    return limit.role is ThresholdRole.LIMIT and (up if outcome.inside else down)


def _is_impossible(value: Stated, limit: Limit, bench: Bench) -> bool:
    """Tell whether a value cannot be one of its metric, such as a share of more than all."""
    metric, unit = bench.given.knowledge.metrics[limit.metric], bench.given.unit
    source = unit(value.unit) if value.unit else None
    if value.number is None or (source is None and (value.unit.strip() or metric.unit is not None)):
        return False
    target = unit(metric.unit or PURE)
    number: Fraction | None = value.number
    if source is not None and target is not None:
        number = into(value.number, source, target)
        if number is None:
            if metric.unit is not None:
                return False
            number = value.number
    low = metric.lowest is not None and number is not None and number < metric.lowest
    return low or (metric.highest is not None and number is not None and number > metric.highest)


def open_parts(parts: Iterable[str], values: Iterable[Stated], source: Source, bench: Bench) -> dict[str, str] | None:
    """List the parts of a compound unit that are left open; ``None`` when another unit is meant.

    :param values: what is stated together; their period counts where all have the same.
    """
    periods = {v.period for v in values}
    period = periods.pop() if len(periods) == 1 else None
    found = {}
    for part in parts:
        said = _says_part(part, period, source, bench)
        if said is None:
            return None
        if not said:
            found[part] = ""
    return found


def _says_part(part: str, period: tuple[str, str] | None, source: Source, bench: Bench) -> bool | None:
    """Tell whether a part is stated; ``None`` when it is stated to be another than the subject's own."""
    if part == "plant":
        own = bench.scene.plants(source.subject)
        item = source.item
        names = [s for s in item.subjects if _is_plant(s)] if item is not None and item.kind == "assessment" else []
        plants = frozenset(bench.scene.same.of(min(s)) for s in names)
        if plants and own:
            return True if plants & own else None
    if part == "year":
        made = bench.scene.years(source.subject)
        if period is not None and made:
            first, last = period[0][:4], period[1][:4]
            return first == last if any(first <= year <= last for year in made) else None
    return part in ("model", "batch", "item") and part in bench.scene.levels(source.subject)


def _is_plant(names: frozenset[str]) -> bool:
    return any(name.startswith(f"{FACILITY}:") for name in names)
