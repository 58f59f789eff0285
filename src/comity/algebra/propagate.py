"""The least fixpoint of the four facts, with Pareto-best proofs (semantics, sections 3 and 4).

Facts live on *nodes* (a criterion and a subject). Rules are Horn: some facts on some nodes give a fact on a
node. Nothing is ever retracted, so the result does not depend on the order of rules. Each fact keeps one
derivation for every combination of labels that no other derivation beats, the shortest of each.

The search settles derivations in order of their number of steps (Knuth 1977, a generalisation of Dijkstra's
algorithm to grammars): labels only get worse along a rule, so a derivation that restates one of its ancestors
is always beaten by that ancestor, and proofs are acyclic without being checked.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from comity.model.classes import dataclass
from comity.model.proofs import Labels
from comity.model.scales import Authority, Fact

FOR = (Fact.ALL, Fact.SOME)
AGAINST = (Fact.NONE, Fact.NOT_ALL)


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """A criterion and the subject of whom a fact is told."""

    criterion: str
    subject: str


Atom = tuple[Fact, Node]


@dataclass(frozen=True, slots=True)
class Rule:
    """Premises that together give a conclusion.

    :param authority: the authority of the rows used; ``None`` when it uses none.
    :param assumed: what must be taken for granted for it to hold; empty for nothing.
    :param name: orders rules stably; the id of a row, a decomposition, a lift.
    :param source: what the rule was made of, for the proof.
    """

    premises: tuple[Atom, ...]
    conclusion: Atom
    name: str
    source: object
    authority: Authority | None = None
    disputed: bool = False
    unverified: bool = False
    assumed: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Derivation:
    """One way in which a fact was reached. Each is itself: two are one only when they are the same object.

    :param origin: the rule, or the piece of evidence at a leaf.
    :param size: number of rules and leaves in it.
    """

    atom: Atom
    labels: Labels
    origin: object
    premises: tuple[Derivation, ...]
    size: int
    name: str = ""


Fixpoint = Mapping[Atom, Sequence[Derivation]]
Opposition = Callable[[Atom], int]


def beats(a: Labels, b: Labels) -> bool:
    """Tell whether labels ``a`` are as good as ``b`` or better in every respect."""
    return (
        a.rank >= b.rank
        and a.authority >= b.authority
        and a.roles >= b.roles
        and a.valid >= b.valid
        and (a.dated if a.valid else a.dated == b.dated)
        and a.opposition <= b.opposition
        and a.disputed <= b.disputed
        and a.assumed <= b.assumed
        and a.unverified <= b.unverified
        and a.admission >= b.admission
    )


def combine(parts: Iterable[Labels]) -> Labels:
    """Take the worst of each label: a proof is as good as its weakest part."""
    first, *rest = parts
    for other in rest:
        first = Labels(
            rank=min(first.rank, other.rank),
            authority=min(first.authority, other.authority),
            roles=first.roles & other.roles,
            valid=first.valid and other.valid,
            dated=first.dated and other.dated,
            opposition=max(first.opposition, other.opposition),
            disputed=first.disputed or other.disputed,
            assumed=first.assumed or other.assumed,
            unverified=first.unverified or other.unverified,
            admission=first.admission and other.admission,
        )
    return first


def no_opposition(_: Atom) -> int:
    """Nothing stands against anything."""
    return -1


def fixpoint(
    leaves: Iterable[Derivation], rules: Iterable[Rule], opposition: Opposition = no_opposition
) -> dict[Atom, list[Derivation]]:
    """Derive everything that follows, with the Pareto-best derivations of each fact.

    :param leaves: what evidence states itself.
    :param opposition: for an atom, the highest rank that stands against it on its node; -1 for none.
        It is added to a derivation when a rule uses it, never at its end.
    :returns: for each fact reached, its derivations, best authority, then rank, then fewest steps first.
    """
    waiting: dict[Atom, list[Rule]] = defaultdict(list)
    for rule in sorted(rules, key=lambda r: (r.name, r.conclusion)):
        for premise in dict.fromkeys(rule.premises):
            waiting[premise].append(rule)
    settled: dict[Atom, list[Derivation]] = defaultdict(list)
    queue: list[tuple[int, str, int, Derivation]] = []
    for leaf in leaves:
        heapq.heappush(queue, (leaf.size, leaf.name, len(queue), leaf))
    count = len(queue)
    while queue:
        *_, new = heapq.heappop(queue)
        if any(beats(old.labels, new.labels) for old in settled[new.atom]):
            continue
        settled[new.atom].append(new)
        for made in _consequences(new, waiting, settled, opposition):
            if not any(beats(old.labels, made.labels) for old in settled[made.atom]):
                count += 1
                heapq.heappush(queue, (made.size, made.name, count, made))
    return {atom: sorted(found, key=preference) for atom, found in settled.items() if found}


def preference(d: Derivation) -> tuple[int, int, int, str]:
    """Order derivations as they are printed: by authority, then rank, then steps."""
    return (-d.labels.authority, -d.labels.rank, d.size, d.name)


def _consequences(
    new: Derivation,
    waiting: Mapping[Atom, Sequence[Rule]],
    settled: Mapping[Atom, Sequence[Derivation]],
    opposition: Opposition,
) -> Iterator[Derivation]:
    weaker = new.atom[0].weaker
    if weaker is not None:
        yield Derivation((weaker, new.atom[1]), new.labels, "implies", (new,), new.size, new.name)
    for rule in waiting.get(new.atom, ()):
        yield from _choices(rule, new, settled, opposition)


def _choices(
    rule: Rule, new: Derivation, settled: Mapping[Atom, Sequence[Derivation]], opposition: Opposition
) -> Iterator[Derivation]:
    """Combine ``new`` with what is settled for the other premises, dropping beaten combinations as it goes."""
    partial: list[tuple[Labels, tuple[Derivation, ...]]] = [(_passed(new, opposition), ())]
    for atom in rule.premises:
        options = [new] if atom == new.atom else settled.get(atom, ())
        grown: list[tuple[Labels, tuple[Derivation, ...]]] = []
        for labels, premises in partial:
            for option in options:
                joined = combine((labels, _passed(option, opposition)))
                if not any(beats(kept, joined) for kept, _ in grown):
                    grown.append((joined, (*premises, option)))
        partial = grown
    for labels, premises in partial:
        yield _conclude(rule, labels, premises)


def _passed(d: Derivation, opposition: Opposition) -> Labels:
    """The labels of a derivation that goes on past its node."""
    against = opposition(d.atom)
    return d.labels if against <= d.labels.opposition else replace(d.labels, opposition=against)


def _conclude(rule: Rule, labels: Labels, premises: tuple[Derivation, ...]) -> Derivation:
    labels = replace(
        labels,
        authority=labels.authority if rule.authority is None else min(labels.authority, rule.authority),
        disputed=labels.disputed or rule.disputed,
        unverified=labels.unverified or rule.unverified,
        assumed=labels.assumed or bool(rule.assumed),
    )
    name = "|".join((rule.name, *(p.name for p in premises)))
    return Derivation(rule.conclusion, labels, rule, premises, 1 + sum(p.size for p in premises), name)
