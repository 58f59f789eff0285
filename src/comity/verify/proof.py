"""One proof: its steps one after the other, then its end and its labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from comity.model.classes import dataclass
from comity.model.requirements import Requirement
from comity.verify import facts, law, leaf, lifts, rows, values, wholes
from comity.verify.bench import Bench
from comity.verify.problems import Problem, shown
from comity.verify.relations import implies
from comity.verify.replay import Replay, Sum
from comity.verify.steps import Step, faults, read

KINDS: Mapping[str, Callable[[Replay, Step], None]] = {
    "claim": leaf.said,
    "assessment": leaf.said,
    "document": leaf.document,
    "time": leaf.later,
    "assurance": leaf.later,
    "threshold": values.threshold,
    "conversion": values.conversion,
    "assumption": values.assumption,
    "mapping": rows.row,
    "derived-row": rows.row,
    "decomposition": wholes.decomposition,
    "joint": wholes.joint,
    "lift": lifts.lift,
    "link": lifts.link,
    "recognition": law.recognition,
    "fact": facts.fact,
    "condition": facts.condition,
}
"""How each kind of step is replayed."""

Labels = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of a proof.

    :param labels: as recomputed from the steps.
    :param kinds: of the steps that show evidence, in order.
    :param conditions: the conditions shown, with how they came out.
    """

    problems: tuple[Problem, ...]
    labels: Labels
    kinds: tuple[str, ...] = ()
    conditions: tuple[tuple[str, object], ...] = ()


def replay(
    bench: Bench,
    proof: object,
    where: str,
    about: str,
    requirement: Requirement | None,
    ranging: Requirement | None = None,
) -> Replayed:
    """Replay a proof.

    :param proof: as the report writes it.
    :param requirement: whose conditions the proof must show; ``None`` for none.
    :param ranging: whose parties it may be about.
    """
    if not isinstance(proof, dict) or not isinstance(proof.get("steps"), list) or not proof["steps"]:
        return Replayed((Problem(where, about, None, "", "steps", shown(proof), "a list of steps"),), {})
    written = proof["steps"]
    this = Replay(bench, where, about, str(proof.get("subject")), requirement, [], ranging)
    this.steps = [read(s, n) for n, s in enumerate(written)]
    for number, value in enumerate(written):
        kind = value.get("kind") if isinstance(value, dict) else None
        for name, should, stands in faults(value, number):
            this.problems.append(Problem(where, about, number, str(kind or ""), name, shown(stands), should))
    for step in this.steps:
        if step is not None:
            KINDS[step.kind](this, step)
    _used(this)
    _shown(this)
    _end(this, proof)
    labels = _labels(this)
    for name, value in labels.items():
        if proof.get(name) != value:
            this.wrong(None, name, shown(value), proof.get(name))
    wanted = {"fact", "criterion", "subject", "steps", *labels}
    for name in sorted(proof.keys() ^ wanted):
        this.wrong(None, name, "absent" if name in proof else "present", proof.get(name))
    kinds = tuple(s.kind for s in this.steps if s is not None)
    conditions = tuple((s.text("condition"), s.detail["value"]) for s in _own(this))
    return Replayed(tuple(this.problems), labels, kinds, conditions)


def _used(this: Replay) -> None:
    """No step can be dropped: each is a condition, the end, or something that another step stands on."""
    used = this.users()
    for number, step in enumerate(this.steps[:-1]):
        if step is not None and step.kind != "condition" and number not in used:
            this.wrong(step, "step", "used by a later step", number)
    for number in this.leaves:
        leaf_ = this.leaves[number].step
        if leaf_.detail["by"] == "value" and not _has_threshold(this, number):
            this.wrong(leaf_, "by", "how the citation was understood: no threshold stands on it")


def _has_threshold(this: Replay, number: int) -> bool:
    return any(s is not None and s.kind == "threshold" and s.premises[:1] == (number,) for s in this.steps)


def _shown(this: Replay) -> None:
    """A requirement's proof shows each of its conditions."""
    if this.requirement is None:
        return
    conditions = this.bench.given.knowledge.conditions
    wanted = sorted(conditions[i].label for i in this.requirement.conditions)
    found = sorted(s.text("condition") for s in _own(this))
    if found != wanted and None not in this.steps:
        this.wrong(None, "steps", f"the conditions {shown(wanted)}", found)


def _own(this: Replay) -> list[Step]:
    """List the conditions of the requirement itself; on those of parties a later step stands."""
    used = this.users()
    return [s for s in this.steps if s is not None and s.kind == "condition" and s.number not in used]


def _end(this: Replay, proof: Mapping[str, object]) -> None:
    """The last step shows what the proof says that it proves."""
    last = this.concluded.get(len(this.steps) - 1)
    if last is None:
        this.wrong(this.steps[-1], "step", "one that shows a fact about a criterion", len(this.steps) - 1)
        return
    fact = str(proof.get("fact"))
    if not implies(last.fact, fact):
        this.wrong(None, "fact", shown(last.fact), proof.get("fact"))
    for name, value in (("criterion", last.criterion), ("subject", last.subject)):
        if proof.get(name) != value:
            this.wrong(None, name, shown(value), proof.get(name))


def _labels(this: Replay) -> Labels:
    found = this.sum
    roles = frozenset.intersection(*found.roles) if found.roles else frozenset()
    return {
        "assurance": min(found.ranks).token if found.ranks else "unattributed",
        "authority": min(found.authorities).token if found.authorities else None,
        "roles": sorted(roles),
        "valid": found.valid,
        "dated": found.dated,
        "disputed": found.disputed,
        "assumed": found.assumed,
        "unverified": found.unverified,
        "admission": bool(found.admissions) and all(found.admissions),
        "confidence": _confidence(found),
        "documents": this.documents(),
    }


def _confidence(found: Sum) -> list[float] | None:
    """Bound the confidence that all rows hold: Fréchet's bounds."""
    stated = [r.confidence for r in found.rows.values() if r.confidence is not None]
    return [round(max(0.0, sum(stated) - (len(stated) - 1)), 6), min(stated)] if stated else None
