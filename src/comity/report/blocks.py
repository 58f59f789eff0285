"""Verdicts gathered for a reader: those that one and the same thing is wrong with become one block."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from comity.model.classes import dataclass
from comity.model.places import Place
from comity.model.scales import Verdict
from comity.model.verdicts import Judgement, SubjectReport
from comity.report.grounds import needs, opposition, outcome, sources
from comity.report.words import GAPS, SHOWN

Key = TypeVar("Key", bound=Hashable)

OPEN = (Verdict.MISSING, Verdict.UNDETERMINED, None)
"""Gaps that no evidence decides: what they have in common is the reason, not the evidence."""


@dataclass(frozen=True, slots=True)
class Block:
    """Verdicts on one subject for one reason; what differs between the rules is kept by rule."""

    rules: tuple[Judgement, ...]

    @property
    def first(self) -> Judgement:
        """The rule that stands for what all have in common."""
        return self.rules[0]

    @property
    def actor(self) -> str:
        """Who must act."""
        return self.first.actor or "whoever answers for it"

    @property
    def verdict(self) -> Verdict | None:
        """The verdict of all."""
        return self.first.verdict

    @property
    def subject(self) -> SubjectReport:
        """The subject of all."""
        return self.first.subject

    @property
    def place(self) -> Place | None:
        """Where the first piece of evidence, or the subject, stands."""
        return self.first.place

    @property
    def have(self) -> tuple[str, ...]:
        """Whose word the evidence is, and at which assurance."""
        return _once(source.text for rule in self.rules for source in sources(rule.proof))

    @property
    def against(self) -> tuple[str, ...]:
        """What speaks against, and whose word that is."""
        return _once(line for rule in self.rules for line in opposition(rule))

    @property
    def lacks(self) -> tuple[str, ...]:
        """What else is missing, beside the evidence needed, assumptions, and whose word it is."""
        return _once(line for rule in self.rules for line in lacking(rule))

    @property
    def assumed(self) -> tuple[str, ...]:
        """What is taken for granted."""
        return _once(line for rule in self.rules for line in rule.assumptions)

    @property
    def tell(self) -> tuple[str, ...]:
        """Facts that the user is asked for."""
        unknown = {name for rule in self.rules for c in rule.conditions if c.value is None for name in c.facts}
        return tuple(sorted(unknown & {name for rule in self.rules for name in rule.subject.asked}))

    @property
    def leads(self) -> tuple[str, ...]:
        """What bears on it and proves nothing."""
        return _once(f"{lead.text}: {lead.why}" for rule in self.rules for lead in rule.leads)

    @property
    def unverified(self) -> bool:
        """True when a proof rests on a record that nobody has verified."""
        return any(rule.proof is not None and rule.proof.labels.unverified for rule in self.rules)

    def by_need(self) -> Mapping[str, tuple[Judgement, ...]]:
        """Part the rules by the evidence that would satisfy them."""
        return _parted(self.rules, [needs(rule) for rule in self.rules])

    def by_reason(self) -> Mapping[str, Mapping[Verdict | None, tuple[Judgement, ...]]]:
        """Part the rules by why they are open, and each part by what the rules would be."""
        parts = _parted(self.rules, [rule.reason for rule in self.rules])
        return {why: _parted(rules, [rule.would_be for rule in rules]) for why, rules in parts.items()}


def gaps(judged: Iterable[Judgement]) -> tuple[Block, ...]:
    """Gather what somebody must act on: by who must act, the worst first."""
    order = {verdict: position for position, verdict in enumerate(GAPS)}
    blocks = _gather((j for j in judged if j.verdict in order), _alike)
    worst: dict[str, int] = {}
    for block in blocks:
        worst[block.actor] = min(order[block.verdict], worst.get(block.actor, len(order)))
    return tuple(sorted(blocks, key=lambda b: (worst[b.actor], b.actor, order[b.verdict])))


def shown(judged: Iterable[Judgement]) -> tuple[Block, ...]:
    """Gather what is satisfied or supported, satisfied first, by whose word it is."""
    blocks = _gather((j for j in judged if j.verdict in SHOWN), _alike_shown)
    return tuple(sorted(blocks, key=lambda b: b.verdict is not Verdict.SATISFIED))


def _alike(judged: Judgement) -> tuple[object, ...]:
    common = (judged.actor, judged.verdict, judged.subject.key, judged.basis, judged.confidence)
    if judged.verdict in OPEN:
        return (*common, opposition(judged))
    have = tuple(source.text for source in sources(judged.proof))
    if judged.verdict is Verdict.PARTIAL:
        return (*common, judged.reason, have, opposition(judged), needs(judged))
    return (
        *common, judged.reason, judged.would_be, judged.place, have, opposition(judged), needs(judged), lacking(judged)
    )  # fmt: skip


def _alike_shown(judged: Judgement) -> tuple[object, ...]:
    have = tuple(source.text for source in sources(judged.proof))
    reason = judged.reason if judged.verdict is Verdict.SUPPORTED else ""
    return (judged.verdict, judged.subject.key, judged.basis, judged.confidence, have, reason, opposition(judged))


def _gather(judged: Iterable[Judgement], alike: Callable[[Judgement], object]) -> list[Block]:
    found: dict[object, list[Judgement]] = {}
    for one in judged:
        found.setdefault(alike(one), []).append(one)
    return [Block(tuple(rules)) for rules in found.values()]


def _parted(rules: Sequence[Judgement], keys: Sequence[Key]) -> Mapping[Key, tuple[Judgement, ...]]:
    parts: dict[Key, list[Judgement]] = {}
    for rule, key in zip(rules, keys, strict=True):
        parts.setdefault(key, []).append(rule)
    return {key: tuple(part) for key, part in parts.items()}


def lacking(judged: Judgement) -> tuple[str, ...]:
    """Say what a verdict lacks, beside the evidence needed, assumptions, and whose word the evidence is."""
    said = {source.why for source in sources(judged.proof)} | {judged.reason, outcome(judged.proof)}
    return tuple(
        line
        for line in judged.missing
        if not line.startswith(("wanted: ", "assumed: ")) and line not in said and line.partition(": ")[2] not in said
    )


def _once(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lines))
