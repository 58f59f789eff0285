"""Replay of wholes and parts, joint coverage and choices."""

from __future__ import annotations

from collections.abc import Iterator

from comity.model.criteria import AnyOf, Decomposition
from comity.model.scales import Basis
from comity.verify import law
from comity.verify.problems import shown
from comity.verify.replay import Conclusion, Replay
from comity.verify.steps import Step

DECISIVE = ("all", "none")

Rule = tuple[frozenset[str], str, str, str]
"""Criteria that must show a fact, that fact, the criterion that then shows one, and that fact."""


def decomposition(replay: Replay, step: Step) -> None:
    """The scheme declares the whole and its parts, or the choice, and they give the fact."""
    knowledge, iri = replay.bench.given.knowledge, step.text("iri")
    whole = next((d for d in knowledge.decompositions if d.iri == iri and d.complete), None)
    choice = next((a for a in knowledge.choices if a.iri == iri), None)
    if whole is None and choice is None:
        replay.wrong(step, "iri", "the IRI of a complete decomposition, or of a choice")
        return
    rules = list(_of_whole(whole)) if whole is not None else []
    rules += list(_of_choice(choice)) if choice is not None else []
    found = whole or choice
    _apply(replay, step, rules, found is not None and found.basis is Basis.NOT_VERIFIED)


def joint(replay: Replay, step: Step) -> None:
    """An author states that the members together cover a criterion."""
    found = next((j for j in replay.bench.given.knowledge.joints if j.iri == step.detail["iri"]), None)
    if found is None:
        replay.wrong(step, "iri", "the IRI of a joint coverage")
        return
    counts = law.joined(replay.bench, found)
    if counts is None:
        replay.wrong(step, "iri", f"a joint coverage whose rows count on {replay.bench.on}")
        return
    replay.sum.authorities.append(counts[0])
    rules = [(frozenset(found.members), fact, found.covers, fact) for fact in DECISIVE]
    _apply(replay, step, rules, counts[1])


def _of_whole(d: Decomposition) -> Iterator[Rule]:
    parts = frozenset(d.parts)
    for fact in DECISIVE:
        yield parts, fact, d.whole, fact
        yield from ((frozenset({d.whole}), fact, part, fact) for part in d.parts)
    for fact in ("some", "not-all"):
        yield from ((frozenset({part}), fact, d.whole, fact) for part in d.parts)


def _of_choice(a: AnyOf) -> Iterator[Rule]:
    yield from ((frozenset({option}), "all", a.whole, "all") for option in a.options)
    yield frozenset(a.options), "not-all", a.whole, "not-all"


def _apply(replay: Replay, step: Step, rules: list[Rule], doubtful: bool) -> None:
    """Find the rule that the step is, and check that its premises show what it needs."""
    named = step.texts("premises_of")
    stated = (frozenset(named), step.text("given"), step.text("conclusion"), step.text("fact"))
    if stated not in rules or len(set(named)) < len(named):
        _say(replay, step, rules, stated)
        return
    subject = _subject(replay, step)
    for criterion in named:
        if not any(replay.concluded[p].criterion == criterion for p in step.premises if p in replay.concluded):
            replay.wrong(step, "premises", f"steps that show {stated[1]} of {criterion}")
    for number in step.premises:
        shown_ = replay.concluded.get(number)
        criterion = shown_.criterion if shown_ is not None and shown_.criterion in named else named[0]
        replay.shows(step, number, stated[1], criterion, subject)
    if not replay.count_premises(step, len(named), len(named)) or subject is None:
        return
    replay.sum.unverified |= doubtful
    replay.doubt(stated[2])
    replay.concluded[step.number] = Conclusion(stated[3], stated[2], subject)


def _subject(replay: Replay, step: Step) -> str | None:
    return next((replay.concluded[p].subject for p in step.premises if p in replay.concluded), None)


def _say(replay: Replay, step: Step, rules: list[Rule], stated: Rule) -> None:
    """Say which field of the step differs from the rule that it is nearest to."""
    names = ("premises_of", "given", "conclusion", "fact")
    near = max(rules, key=lambda r: sum(a == b for a, b in zip(r, stated, strict=True)))
    for name, is_, should in zip(names, stated, near, strict=True):
        if is_ != should:
            replay.wrong(step, name, shown(sorted(should)) if isinstance(should, frozenset) else shown(should))
    if stated == near:
        replay.wrong(step, "premises_of", "each criterion once")
