"""What a market asks of somebody, told by facts alone: no document is read, and nothing is judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from comity.judgement.applicability import Application, State, apply, starts_as_of
from comity.judgement.case import Given
from comity.judgement.time import add_months
from comity.model.errors import KnowledgeError
from comity.model.knowledge import Knowledge
from comity.model.places import Place
from comity.model.requirements import FloatingDate, Market, Requirement
from comity.model.verdicts import FactValue


@dataclass(frozen=True, slots=True)
class Entry:
    """One requirement and how it stands to whom the facts describe.

    :param earliest: the first day on which it may apply; ``None`` when it has no start of its own.
    :param certain: false when that day waits for an act that was not adopted when the knowledge was checked.
    """

    requirement: Requirement
    application: Application
    earliest: date | None
    certain: bool

    @property
    def state(self) -> State:
        """Does it apply, will it, can it."""
        return self.application.state


@dataclass(frozen=True, slots=True)
class Agenda:
    """All that a market asks, on a day.

    :param entries: in order of notation.
    """

    market: Market
    on: date
    facts: Mapping[str, FactValue]
    entries: tuple[Entry, ...]

    def of(self, state: State) -> tuple[Entry, ...]:
        """Return the entries of one state."""
        return tuple(e for e in self.entries if e.state is state)

    @property
    def asked(self) -> tuple[str, ...]:
        """Names of the facts that would settle what is unknown, those that settle most first."""
        count: dict[str, int] = {}
        for entry in self.of(State.UNKNOWN):
            for name in entry.application.asked:
                count[name] = count.get(name, 0) + 1
        return tuple(sorted(count, key=lambda name: (-count[name], name)))


def agenda(knowledge: Knowledge, market: Market, facts: Mapping[str, FactValue], on: date) -> Agenda:
    """Test every requirement of a market against facts.

    :param facts: by name, whatever subject each is of (:func:`pooled`).
    """
    entries = (
        Entry(r, apply(r, facts, knowledge, on), *_earliest(starts_as_of(r, on), knowledge, market.checked_on))
        for r in sorted(market.requirements, key=lambda r: r.notation)
    )
    return Agenda(market, on, facts, tuple(entries))


def pooled(given: Iterable[Given], subjects: Sequence[str] = ()) -> Mapping[str, FactValue]:
    """Take what the user states of several subjects for what is known of one case: who makes what, and where.

    :param subjects: identifiers of those that are meant, empty for all; what is stated of nobody is of all.
    :raises KnowledgeError: when two subjects differ in a fact: whom is meant must be said.

    >>> pooled([Given("", "size", ("3",), "--fact")])["size"].value
    ('3',)
    """
    found: dict[str, FactValue] = {}
    of: dict[str, str] = {}
    for g in given:
        if subjects and g.subject and g.subject not in subjects:
            continue
        if g.values is None:
            found.pop(g.name, None)
            continue
        if g.name in found and of[g.name] != g.subject and found[g.name].value != g.values and g.subject:
            message = f"{g.name} differs between {of[g.name] or 'all'} and {g.subject}."
            raise KnowledgeError(Place(g.source), message, "Say which is meant: --subject ID.")
        found[g.name] = FactValue(g.name, g.values, "given", g.source)
        of[g.name] = g.subject
    return found


def _earliest(starts: date | FloatingDate | None, knowledge: Knowledge, checked: date) -> tuple[date | None, bool]:
    if not isinstance(starts, FloatingDate):
        return starts, True
    act = knowledge.acts[starts.act]
    after = add_months(act.adopted_on or checked, starts.months)
    return max(after, starts.fixed or after), act.adopted_on is not None
