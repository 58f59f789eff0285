"""Replay of the facts of a case, and of the conditions that come out of them."""

from __future__ import annotations

from collections.abc import Iterable

from comity.model.requirements import CaseFact, Combination
from comity.verify.conditions import holds
from comity.verify.problems import shown
from comity.verify.replay import Replay
from comity.verify.steps import Step

GIVEN, DERIVED = "given", "derived"


def fact(replay: Replay, step: Step) -> None:
    """A rule derives the fact from the place, or the user gave it."""
    name, source = step.text("name"), step.text("source")
    known = replay.bench.given.knowledge.facts.get(name)
    if known is None:
        replay.wrong(step, "name", "the name of a fact that the knowledge declares")
        return
    _told(replay, step, known)
    if source == DERIVED:
        _derived(replay, step, known)
    elif source == GIVEN:
        _given(replay, step, known)
    else:
        replay.wrong(step, "source", f"{GIVEN} or {DERIVED}")


def _told(replay: Replay, step: Step, known: CaseFact) -> None:
    """The report says the same of the subject, or of the nearest thing above it."""
    bench = replay.bench
    if bench.told is None:
        return
    above = bench.scene.above(bench.scene.same.of(replay.subject))
    found = next((bench.told[s][known.name] for s in above if known.name in bench.told.get(s, {})), None)
    if found is None:
        replay.wrong(step, "name", "a fact that the report states of the subject, or of what stands above it")
        return
    for name, value in zip(("value", "source", "pointer"), (list(found[0]), *found[1:]), strict=True):
        if step.detail[name] != value:
            replay.wrong(step, name, f"{shown(value)}, as the report says of the subject")


def _derived(replay: Replay, step: Step, known: CaseFact) -> None:
    bench = replay.bench
    above = bench.scene.above(bench.scene.same.of(replay.subject))
    found = [f for s in above if (f := bench.derived.get(s, {}).get(known.name)) is not None]
    if not found:
        replay.wrong(step, "name", "a fact that a rule derives from the documents")
        return
    one = next((f for f in found if step.text("pointer") in f.places), found[0])
    if step.text("pointer") not in one.places:
        replay.wrong(step, "pointer", f"one of {shown(list(one.places))}")
    texts = step.texts("value")
    if (set(texts), len(texts)) != (set(one.value), len(one.value)):
        replay.wrong(step, "value", shown(list(one.value)))
    paper = replay.premise(step, 0, "document") if replay.count_premises(step, 1, 1) else None
    if paper is not None and not step.text("pointer").startswith(f"{paper.text('document')}#"):
        replay.wrong(step, "premises", "the document step of the place")


def _given(replay: Replay, step: Step, known: CaseFact) -> None:
    """What the user says stands in no document; it must be one of the words allowed."""
    if step.premises:
        replay.wrong(step, "premises", "none: the user gave it")
    if any(step.text("pointer").startswith(f"{name}#") for name in replay.bench.scene.by_name):
        replay.wrong(step, "pointer", "the option or file by which the user gave it")
    if known.allowed and not set(step.texts("value")) <= set(known.allowed):
        replay.wrong(step, "value", f"some of {shown(list(known.allowed))}")


def condition(replay: Replay, step: Step) -> None:
    """The requirement has the condition, and it comes out of the facts as the step says."""
    knowledge, requirement = replay.bench.given.knowledge, replay.requirement
    named = {i: knowledge.conditions[i].label for i in (requirement.conditions if requirement is not None else ())}
    mine = [iri for iri, label in named.items() if label == step.detail["condition"]]
    if not mine:
        replay.wrong(step, "condition", f"one of {shown(list(named.values()))}")
        return
    premises = [replay.at(p) for p in step.premises]
    facts = [s for s in premises if s is not None and s.kind == "fact"]
    if len(facts) < len(premises):
        replay.wrong(step, "premises", "facts")
    known = {s.text("name"): tuple(s.texts("value")) for s in facts}
    asked = [set(_asks(replay, iri)) for iri in mine]
    if not any(known.keys() <= names for names in asked):
        replay.wrong(step, "premises", f"facts that the condition asks for: {shown(sorted(set().union(*asked)))}")
    values = [holds(iri, knowledge.conditions, known, knowledge.facts) for iri in mine]
    if step.detail["value"] not in values:
        replay.wrong(step, "value", shown(values[0]))


def _asks(replay: Replay, iri: str) -> Iterable[str]:
    found = replay.bench.given.knowledge.conditions.get(iri)
    if isinstance(found, Combination):
        return [name for operand in found.operands for name in _asks(replay, operand)]
    return [found.fact] if found is not None else []
