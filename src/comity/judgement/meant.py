"""Which of the parties that links reach a requirement means: each of one sort in a chain, and not everybody.

A requirement that says so by conditions means the parties that they hold of. A party of which that is not known stays
among those asked; one that is known not to be meant shows nothing, and is not asked. What came through it must still
have come from somebody who is meant. Whoever leaves out what stands further back is not better off than who tells it:
a way ends at nobody but one who is known not to be meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from comity.algebra.conditions import evaluate
from comity.model.classes import dataclass
from comity.model.evidence import Link, LinkKind
from comity.model.knowledge import Knowledge
from comity.model.requirements import Requirement
from comity.model.verdicts import FactValue


@dataclass(frozen=True, slots=True)
class Shown:
    """A condition that came out true or false of a party, with the facts that decide it."""

    party: str
    condition: str
    value: bool
    facts: tuple[FactValue, ...]


@dataclass(frozen=True, slots=True)
class Membership:
    """Whether a party is one of those meant.

    :param value: ``None`` where that is not known.
    :param shown: what decides it: every condition of a party that is meant, one that is false of another.
    :param unknown: names of the facts that would decide it.
    :param against: who contradicts whom about them, in words.
    """

    value: bool | None
    shown: tuple[Shown, ...] = ()
    unknown: tuple[str, ...] = ()
    against: str = ""


MEANT = Membership(True)
"""Of a requirement that has no condition for parties: all are meant."""


@dataclass(frozen=True, slots=True)
class Means:
    """Whom a requirement means.

    :param over: what names them, all together (``Requirement.over``).
    :param text: what holds of each, in words.
    :param member: tells whether a party is one of them.
    :param plants: true when the plants of what is reached are parties as well: what each of them shows, the criterion
        would hand down to what was made there, so that one of several plants would answer for all.
    """

    over: str
    text: str
    member: Callable[[str], Membership]
    plants: bool = False


def warily(found: Membership, read: Membership) -> Membership:
    """Keep a party among those asked where documents say that it is meant, and the user alone that it is not.

    :param read: the same, of what documents say.
    """
    if found.value is not False or not read.value:
        return found
    told, stated = ([f for s in m.shown for f in s.facts] for m in (found, read))
    names = tuple(dict.fromkeys(f.name for f in (*told, *stated)))
    sayings = ", ".join(dict.fromkeys(f"{f.pointer} says {' and '.join(f.value)}" for f in (*told, *stated)))
    return Membership(None, (), names, sayings)


def membership(
    requirement: Requirement, party: str, facts: Mapping[str, FactValue], knowledge: Knowledge
) -> Membership:
    """Tell whether a requirement means a party.

    :param facts: those known of the party, by name.
    """
    known = {name: value.value for name, value in facts.items()}
    shown: list[Shown] = []
    unknown: list[str] = []
    for iri in requirement.party_conditions:
        outcome = evaluate(iri, knowledge.conditions, known, knowledge.facts)
        if outcome.value is None:
            unknown += outcome.unknown
            continue
        used = tuple(facts[name] for name in outcome.used if name in facts)
        one = Shown(party, knowledge.conditions[iri].label, outcome.value, used)
        if not outcome.value:
            return Membership(False, (one,))
        shown.append(one)
    if unknown:
        return Membership(None, (), tuple(dict.fromkeys(unknown)))
    return Membership(True, tuple(shown))


Ends = Mapping[tuple[str, LinkKind], Mapping[str, Link]]
"""By start and kind of link: the far ends."""


@dataclass(frozen=True, slots=True)
class Walk:
    """What leads from a subject to the parties that are meant.

    :param first: the parties meant that are met first on some way; what lies behind them is theirs.
    :param astray: what leads to nobody of whom it is known that he is meant.
    """

    first: tuple[str, ...]
    astray: tuple[str, ...]


def walk(subject: str, kind: LinkKind, ends: Ends, members: Mapping[str, Membership]) -> Walk:
    """Follow every way from a subject until it meets a party that is meant.

    A thing that somebody who is meant has handled came from him, whoever else handled it.
    """
    first: dict[str, None] = {}
    on: dict[str, Sequence[str]] = {subject: ()}
    todo = [subject]
    for current in todo:
        near = ends.get((current, kind), {})
        sure = [e for e in near if e in members and members[e].value]
        first |= dict.fromkeys(sure)
        if kind is LinkKind.SOURCES_FROM:
            on[current] = [*near]
        else:
            on[current] = sure or [*ends.get((current, LinkKind.SOURCES_FROM), {})]
        for end in on[current]:
            if end not in first and end not in on:
                on[end] = ()
                todo.append(end)
    led = dict.fromkeys(first)
    before = -1
    while before < len(led):
        before = len(led)
        led |= dict.fromkeys(n for n in reversed(todo) if on[n] and all(e in led for e in on[n]))
    lost = () if subject in led else tuple(n for n in todo if n not in led)
    return Walk(tuple(first), tuple(n for n in lost if not on[n]) or lost)


def endless(subject: str, sources: Mapping[str, Iterable[str]], ended: Callable[[str], bool]) -> Iterator[str]:
    """Tell of what it is not known where it came from, in words: of what is reached from a subject by sources.

    :param sources: what each thing reached was made from; empty where nobody says so.
    :param ended: tells whether it is known that before a thing there is nobody who could be meant.
    """
    known = {n for n, before in sources.items() if not before}
    for name in sorted(known - {subject}):
        if not ended(name):
            yield f"nobody says what {name} has by {LinkKind.SOURCES_FROM}"
    while more := {n for n, before in sources.items() if n not in known and known.issuperset(before)}:
        known |= more
    if circling := sorted(sources.keys() - known):
        yield f"a circle: by {LinkKind.SOURCES_FROM} nothing else stands before some of {', '.join(circling)}"
