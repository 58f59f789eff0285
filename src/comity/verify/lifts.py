"""Replay of links, and of conformity that moves along them to another level."""

from __future__ import annotations

from comity.verify import gathered
from comity.verify.problems import shown
from comity.verify.replay import Conclusion, Replay
from comity.verify.scene import Bond
from comity.verify.steps import Step

DOWN, UP = "inherits-down", "aggregates-up"


def link(replay: Replay, step: Step) -> None:
    """A document states, at the place, that the one thing is tied to the other."""
    scene = replay.bench.scene
    paper = replay.premise(step, 0, "document") if replay.count_premises(step, 1, 1) else None
    if paper is not None and paper.detail["document"] != step.detail["document"]:
        replay.wrong(step, "document", shown(paper.detail["document"]))
    here = [b for b in scene.bonds if (b.document, b.pointer) == (step.detail["document"], step.detail["pointer"])]
    if not here:
        replay.wrong(step, "pointer", f"the place of a statement that ties two things in {step.text('document')}")
        return
    near = min(here, key=lambda b: (len(_differing(replay, step, b)), b.kind, b.source, b.target))
    for name, should in _differing(replay, step, near).items():
        replay.wrong(step, name, should)


def _differing(replay: Replay, step: Step, bond: Bond) -> dict[str, str]:
    same = replay.bench.scene.same
    found = {}
    if step.detail["link"] != bond.kind:
        found["link"] = shown(bond.kind)
    for name, end in (("source", bond.source), ("target", bond.target)):
        if same.of(step.text(name)) != end:
            found[name] = f"a name of {end}, which stands there"
    if step.text("role").casefold() != bond.role.casefold():
        found["role"] = shown(bond.role)
    return found


def lift(replay: Replay, step: Step) -> None:
    """The criterion declares the lift, a link ties the two subjects, and the fact is one that it carries."""
    if gathered.is_gathered(replay, step):
        gathered.gather(replay, step)
        return
    if not replay.count_premises(step, 2, 2):
        return
    tie = replay.premise(step, 1, "link")
    criterion, kind, fact = step.text("criterion"), step.text("lift"), step.text("fact")
    source, target = step.text("source"), step.text("target")
    known = replay.bench.criterion(criterion)
    declared = {one.value for one in known.lifts} if known is not None else set()
    if kind not in declared:
        replay.wrong(step, "lift", f"one of {shown(sorted(declared))}, which {criterion} declares")
    carried = ("all",) if kind == DOWN else ("some", "not-all")
    if fact not in carried:
        replay.wrong(step, "fact", " or ".join(carried))
    if tie is not None:
        low, high = tie.text("source"), tie.text("target")
        ends = {"source": high, "target": low} if kind == DOWN else {"source": low, "target": high}
        replay.same(step, ends)
        stands = any(
            b.lifts and (b.kind, b.document, b.pointer) == (tie.detail["link"], *_place(tie))
            for b in replay.bench.scene.bonds
        )
        if not stands:
            replay.wrong(step, "premises", "a link to what stands above, or to who answers for it")
    before = replay.concluded.get(step.premises[0])
    if before is not None and before.criterion != criterion:
        replay.wrong(step, "criterion", shown(before.criterion))
    elif replay.shows(step, step.premises[0], fact, criterion, source) is not None:
        replay.doubt(criterion)
        replay.concluded[step.number] = Conclusion(fact, criterion, target)


def _place(step: Step) -> tuple[object, object]:
    return step.detail["document"], step.detail["pointer"]
