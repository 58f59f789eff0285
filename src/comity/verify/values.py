"""Replay of values against limits, their conversion, and what is taken for granted of them."""

from __future__ import annotations

from fractions import Fraction

from comity.model.criteria import Criterion
from comity.model.knowledge import Knowledge, QualifierDefault
from comity.verify import stated
from comity.verify.attestation import INFERRED, TAKEN_CONDITION
from comity.verify.leaf import accepts, source
from comity.verify.limits import falls_under
from comity.verify.problems import shown
from comity.verify.replay import Conclusion, Leaf, Replay
from comity.verify.stated import Bearing
from comity.verify.steps import Step

SCOPE = "scope"
"""The rule of an assumption that a subject lies in the scope of a mapping row."""


def assumption(replay: Replay, step: Step) -> None:
    """What is taken for granted is what a data rule, or the document, says."""
    replay.sum.assumed = True
    if not replay.count_premises(step, 1, 1):
        return
    before, rule = step.premises[0], step.text("rule")
    if rule == SCOPE:
        if before in replay.concluded:
            replay.concluded[step.number] = replay.concluded[before]
        return
    leaf = root(replay, before)
    if leaf is None:
        replay.wrong(step, "premises", "the claim or assessment that it is about")
        return
    if rule in (INFERRED, TAKEN_CONDITION):
        _of_document(replay, step, before, leaf)
    elif leaf.step.detail["by"] != "value":
        _of_unit(replay, step, before, leaf)
    elif before != leaf.step.number:
        replay.wrong(step, "premises", f"the claim or assessment, step {leaf.step.number}")
    else:
        _of_table(replay, step)


def root(replay: Replay, number: int) -> Leaf | None:
    """Return the leaf that a step, or the assumptions before it, is about."""
    step = replay.at(number)
    while step is not None and step.kind == "assumption" and len(step.premises) == 1:
        step = replay.at(step.premises[0])
    return replay.leaves.get(step.number) if step is not None else None


def _of_document(replay: Replay, step: Step, before: int, leaf: Leaf) -> None:
    rule, item = step.text("rule"), leaf.item
    pending = replay.pending.get(before, frozenset())
    if rule not in pending or item is None:
        replay.wrong(step, "rule", "one that fills what the document leaves out: it states this")
        return
    reason = item.why if rule == INFERRED else f"the assessor's condition holds: {item.condition}"
    dimension = "subject" if rule == INFERRED else "condition"
    replay.same(step, {"dimension": dimension, "value": leaf.taken[rule], "reason": reason})
    _take(replay, step, before, leaf, rule)


def _of_unit(replay: Replay, step: Step, before: int, leaf: Leaf) -> None:
    """A row of the table of defaults fills in a part of the unit that a citation leaves open."""
    part, pending = step.text("dimension"), replay.pending.get(before, frozenset())
    _of_table(replay, step)
    known = replay.bench.criterion(leaf.step.text("criterion"))
    metric = known.limit.metric if known is not None and known.limit is not None else ""
    rule = next((d for d in replay.bench.given.knowledge.defaults if d.id == step.detail["rule"]), None)
    if part not in pending or part in (INFERRED, TAKEN_CONDITION):
        replay.wrong(step, "dimension", f"one of {shown(sorted(pending))}, which is left open")
    elif rule is not None and rule.metric not in ("", metric):
        replay.wrong(step, "rule", f"a rule for the metric {metric}")
    _take(replay, step, before, leaf, part)


def _take(replay: Replay, step: Step, before: int, leaf: Leaf, what: str) -> None:
    """What is taken for granted is pending no more; a citation counts when nothing is."""
    pending = replay.pending.get(before, frozenset())
    replay.pending[step.number] = pending - {what}
    if pending == {what} and leaf.step.detail["by"] != "value":
        replay.concluded[step.number] = leaf.conclusion


def _of_table(replay: Replay, step: Step) -> None:
    found = next((d for d in replay.bench.given.knowledge.defaults if d.id == step.detail["rule"]), None)
    if found is None:
        replay.wrong(step, "rule", "the id of a row of the table of defaults")
        return
    replay.same(step, {"dimension": found.dimension, "value": found.value, "reason": found.reason})


def conversion(replay: Replay, step: Step) -> None:
    """A conversion is exact; which value it is of, the threshold that stands on it says."""
    replay.count_premises(step, 1, 1)
    if step.number not in replay.users():
        replay.wrong(step, "step", "used by a threshold", step.number)


def threshold(replay: Replay, step: Step) -> None:
    """A value stands where the leaf says, bears on the criterion's limit, and lies to it as the step says."""
    first = replay.premise(step, 0, "claim", "assessment")
    if first is None or first.number not in replay.leaves:
        return
    leaf = replay.leaves[first.number]
    if first.detail["by"] != "value":
        replay.wrong(first, "by", '"value": a threshold stands on it')
    for name in ("criterion", "fact"):
        if step.detail[name] != first.detail[name]:
            replay.wrong(step, name, f"{shown(first.detail[name])}, as in step {first.number}")
            replay.wrong(first, name, f"{shown(step.detail[name])}, as in step {step.number}")
    known = replay.bench.criterion(step.text("criterion"))
    if known is None or known.limit is None:
        replay.wrong(step, "criterion", "a criterion with a limit")
        return
    if not accepts(known.level, first.text("subject")):
        replay.wrong(first, "subject", f"a {known.level.value}, as the criterion asks")
    who = source(replay, leaf)
    found = [stated.bearing(v, rule, who, known, replay.bench) for v, rule in leaf.values]
    candidates = [(_expected(b, known), b) for b in found if b is not None]
    if not candidates:
        replay.wrong(step, "value", "a value that stands at the claim or assessment, and bears on the criterion")
        return
    expected, chosen = min(candidates, key=lambda c: sum(_differs(step, n, v) for n, v in c[0].items()))
    for name, value in expected.items():
        if _differs(step, name, value):
            replay.wrong(step, name, shown(str(value) if isinstance(value, Fraction) else value))
    _premises(replay, step, leaf, chosen, known)
    replay.concluded[step.number] = Conclusion(step.text("fact"), known.iri, first.text("subject"))


def _expected(b: Bearing, known: Criterion) -> dict[str, object]:
    limit = known.limit
    assert limit is not None
    return {
        "metric": b.meaning.metric,
        "read_by": b.meaning.rule,
        "qualifiers": [f"{d}={v}" for d, v in sorted(b.meaning.qualifiers.items())],
        "comparator": limit.comparator.value if limit.comparator else "",
        "limit": limit.value if limit.value is not None else "",
        "unit": limit.unit or "",
        "value": b.outcome.value,
        "outcome": "inside" if b.outcome.inside else "outside",
        "fact": "all" if b.outcome.inside else "not-all",
    }


def _differs(step: Step, name: str, value: object) -> bool:
    if isinstance(value, Fraction):
        return exact(step.text(name)) != value
    return step.detail[name] != value


def exact(text: str) -> Fraction | None:
    """Read an exact number as a report writes it."""
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None


def _premises(replay: Replay, step: Step, leaf: Leaf, chosen: Bearing, known: Criterion) -> None:
    """Everything that the value leaves open is taken for granted by a rule, and nothing else is."""
    steps = [replay.at(p) for p in step.premises[1:]]
    defaults, taken, conversions = [], set(), []
    for one in steps:
        if one is None or one.kind not in ("assumption", "conversion"):
            replay.wrong(step, "premises", "a claim or assessment, then assumptions and a conversion")
        elif one.kind == "conversion":
            conversions.append(one)
        elif root(replay, one.number) is not leaf:
            replay.wrong(step, "premises", f"assumptions about step {leaf.step.number}")
        elif one.detail["rule"] in (INFERRED, TAKEN_CONDITION):
            taken.add(one.text("rule"))
        else:
            defaults.append(one)
    for rule in sorted(leaf.taken.keys() - taken):
        replay.wrong(step, "premises", f"an assumption by the rule {rule} as well")
    _defaults(replay, step, defaults, chosen, known)
    _conversion(replay, step, conversions, chosen, leaf)


def _defaults(replay: Replay, step: Step, defaults: list[Step], chosen: Bearing, known: Criterion) -> None:
    knowledge = replay.bench.given.knowledge
    for one in defaults:
        dimension = one.text("dimension")
        rule = next((d for d in knowledge.defaults if d.id == one.detail["rule"]), None)
        if dimension not in chosen.open:
            replay.wrong(one, "dimension", f"one of {shown(sorted(chosen.open))}, which the document leaves open")
        elif rule is not None and rule.metric not in ("", chosen.meaning.metric):
            replay.wrong(one, "rule", f"a rule for the metric {chosen.meaning.metric}")
        elif rule is not None and not _fills(rule, chosen.open[dimension], knowledge):
            replay.wrong(one, "value", f"{chosen.open[dimension]}, or narrower")
    filled = [one.text("dimension") for one in defaults]
    for dimension in chosen.open:
        if filled.count(dimension) != 1:
            replay.wrong(step, "premises", f"one assumption about {dimension}, which the document leaves open")


def _fills(rule: QualifierDefault, wanted: str, knowledge: Knowledge) -> bool:
    return not rule.value or not wanted or falls_under(rule.value, wanted, knowledge.qualifiers)


def _conversion(replay: Replay, step: Step, conversions: list[Step], chosen: Bearing, leaf: Leaf) -> None:
    source, target = chosen.outcome.source, chosen.outcome.target
    if source is None or target is None:
        if conversions:
            replay.wrong(conversions[0], "step", "absent: the value is in the limit's unit", conversions[0].number)
        return
    if len(conversions) != 1:
        replay.wrong(step, "premises", f"one conversion into {target.iri}")
        return
    one = conversions[0]
    if one.premises != (leaf.step.number,):
        replay.wrong(one, "premises", f"the claim or assessment, step {leaf.step.number}")
    for name, value in (("from_value", chosen.stated.number), ("to_value", chosen.outcome.value)):
        if exact(one.text(name)) != value:
            replay.wrong(one, name, shown(str(value)))
    replay.same(one, {"from_unit": source.iri, "to_unit": target.iri})
