"""What a stated value measures, and which limit it bears on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from comity.model.criteria import Criterion
from comity.verify.bench import Bench
from comity.verify.items import Said, Stated
from comity.verify.limits import Outcome, compared, falls_under
from comity.verify.names import FACILITY
from comity.verify.replay import Leaf


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


def of_attribute(attribute: Said, bench: Bench) -> Iterator[tuple[Stated, str]]:
    """Take an attribute for a value, where a data rule says so."""
    knowledge = bench.given.knowledge
    for rule in knowledge.attribute_metrics:
        if rule.path == attribute.path:
            try:
                number = Fraction(attribute.text)
            except (ValueError, ZeroDivisionError):
                continue
            metric = knowledge.metrics[rule.metric]
            yield (
                Stated(rule.metric, metric.label, number, attribute.unit or metric.unit or "", rule.qualifiers),
                rule.id,
            )


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
            return Meaning(rule.metric, {**rule.qualifiers, **value.qualifiers}, rule.id)
    return None


def bears(leaf: Leaf, criterion: Criterion, bench: Bench) -> bool:
    """Tell whether one of a claim's values is on the metric of a criterion that it cites."""
    limit = criterion.limit
    if limit is None:
        return False
    means = [meaning(v, bench) for v, _ in leaf.values]
    found = [m for m in means if m is not None and m.metric == limit.metric]
    return any(_open(m, criterion, bench, own=True) is not None for m in found)


def bearing(value: Stated, rule: str, leaf: Leaf, criterion: Criterion, bench: Bench) -> Bearing | None:
    """Hold a value against a criterion's limit; ``None`` when it does not bear on it, or nothing can be said.

    :param rule: id of the rule that took an attribute for the value; empty for none.
    """
    means = meaning(value, bench)
    if means is None or criterion.limit is None or means.metric != criterion.limit.metric:
        return None
    own = any(c == criterion.iri for _, _, c in leaf.cited)
    unstated = _open(means, criterion, bench, own=own)
    outcome = compared(value, criterion.limit, bench.given.unit)
    if unstated is None or outcome is None or _of_another_year(value, leaf, criterion, bench):
        return None
    parts = {p: "" for p in criterion.unit_parts if not _states(p, value, leaf, bench)}
    return Bearing(value, replace(means, rule=means.rule or rule), outcome, {**unstated, **parts})


def _open(means: Meaning, criterion: Criterion, bench: Bench, *, own: bool) -> dict[str, str] | None:
    """List the qualifiers that a value leaves open; ``None`` when it is a value of something else."""
    knowledge, limit = bench.given.knowledge, criterion.limit
    found: dict[str, str] = {}
    for dimension, wanted in (limit.qualifiers if limit is not None else {}).items():
        value = means.qualifiers.get(dimension)
        if value is not None:
            if not falls_under(value, wanted, knowledge.qualifiers):
                return None
        elif not own:
            if not knowledge.dimensions[dimension].assumable:
                return None
            found[dimension] = wanted
    more = means.qualifiers.keys() - (limit.qualifiers.keys() if limit is not None else set())
    return None if any(not knowledge.dimensions[d].assumable for d in more) else found


def _of_another_year(value: Stated, leaf: Leaf, criterion: Criterion, bench: Bench) -> bool:
    made = {t.year for t in bench.scene.about(_subject(leaf, bench)) if t.year}
    if value.period is None or not made or "year" not in criterion.unit_parts:
        return False
    return not any(value.period[0][:4] <= year <= value.period[1][:4] for year in made)


def _states(part: str, value: Stated, leaf: Leaf, bench: Bench) -> bool:
    """Tell whether a part of a compound unit is stated: by the value, or by what it is a value of."""
    if part == "year":
        return value.period is not None and value.period[0][:4] == value.period[1][:4]
    if part == "plant":
        item = leaf.item
        things = item.subjects if item is not None and item.kind == "assessment" else ()
        return any(n.startswith(f"{FACILITY}:") for names in things for n in names)
    return part in {t.level for t in bench.scene.about(_subject(leaf, bench))}


def _subject(leaf: Leaf, bench: Bench) -> str:
    return bench.scene.same.of(leaf.step.text("subject"))
