"""A naive model of what may be claimed: every way to choose obligation sets and met sets, one bit for each.

Shares no code with the engine. A *model* gives each criterion a non-empty set of atomic obligations, and each subject
the set of those that it meets. All models of a few criteria, atoms and subjects are numbered; a statement is the set
of the models in which it is true, as the bits of one integer. What follows from premises is then plain: no model has
the premises and not the conclusion. Sources: semantics, sections 1 to 3, and its sentences alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property

Models = int
"""A set of models, one bit for each."""

RELATIONS = ("EQ", "SUB", "SUP", "PO", "DR")
FACTS = ("all", "some", "none", "not-all")


class Universe:
    """Every model of some criteria over some atoms, for some subjects.

    :param criteria: how many; they are called 0, 1, 2 ...
    :param subjects: how many, each with a met set of its own.
    """

    def __init__(self, criteria: int, atoms: int, subjects: int) -> None:
        self.criteria, self.atoms, self.subjects = criteria, atoms, subjects
        self._sets = range(1, 1 << atoms)
        self._assignments = int(len(self._sets) ** criteria)
        self._mets: int = 1 << (atoms * subjects)

    @cached_property
    def everything(self) -> Models:
        """All models."""
        return (1 << (self._assignments * self._mets)) - 1

    @property
    def size(self) -> int:
        """How many models there are."""
        return self._assignments * self._mets

    def no(self, statement: Models) -> Models:
        """Return where a statement is false."""
        return self.everything ^ statement

    def follows(self, premises: Models, conclusion: Models) -> bool:
        """Tell whether a conclusion holds in every model of its premises."""
        return not premises & self.no(conclusion)

    @cache  # noqa: B019 -- universes are few and kept
    def relation(self, a: int, b: int, base: str) -> Models:
        """Return where two criteria stand in a base relation."""
        found = 0
        for one in self._sets:
            for other in self._sets:
                if _base(one, other) == base:
                    found |= self._has(a, one) & self._has(b, other)
        return self._whatever_is_met(found)

    def related(self, a: int, b: int, bases: Sequence[str]) -> Models:
        """Return where two criteria stand in one of several base relations."""
        found = 0
        for base in bases:
            found |= self.relation(a, b, base)
        return found

    @cache  # noqa: B019
    def fact(self, fact: str, criterion: int, subject: int) -> Models:
        """Return where a fact is true of a criterion and a subject."""
        if fact == "not-all":
            return self.no(self.fact("all", criterion, subject))
        if fact == "none":
            return self.no(self.fact("some", criterion, subject))
        blocks = []
        for met in range(1 << self.atoms):
            block = 0
            for obligations in self._sets:
                if (not obligations & ~met) if fact == "all" else (obligations & met):
                    block |= self._has(criterion, obligations)
            blocks.append(block)
        found = 0
        for number in reversed(range(self._mets)):
            met = number >> (self.atoms * subject) & ((1 << self.atoms) - 1)
            found = found << self._assignments | blocks[met]
        return found

    def covered(self, criterion: int, members: Sequence[int]) -> Models:
        """Return where every obligation of a criterion is one of some member."""
        return self._whatever_is_met(self._covered(criterion, tuple(members)))

    def whole(self, criterion: int, parts: Sequence[int]) -> Models:
        """Return where a criterion is its parts, no more and no less."""
        found = self.covered(criterion, parts)
        for part in parts:
            found &= self.related(part, criterion, ("EQ", "SUB"))
        return found

    def any_of(self, criterion: int, options: Sequence[int], subject: int) -> Models:
        """Return where a subject meets all of a criterion just when it meets all of one option."""
        one = 0
        for option in options:
            one |= self.fact("all", option, subject)
        return self.no(one ^ self.fact("all", criterion, subject))

    def carried(self, fact: str, criterion: int, source: int, target: int) -> Models:
        """Return where a fact of one subject is one of another as well."""
        return self.no(self.fact(fact, criterion, source)) | self.fact(fact, criterion, target)

    @cache  # noqa: B019
    def _covered(self, criterion: int, members: tuple[int, ...]) -> int:
        """Atom by atom: where the criterion has it, some member does."""
        found = (1 << self._assignments) - 1
        for atom in range(self.atoms):
            held = 0
            for member in members:
                held |= self._holding(member, atom)
            found &= ((1 << self._assignments) - 1) ^ self._holding(criterion, atom) | held
        return found

    @cache  # noqa: B019
    def _holding(self, criterion: int, atom: int) -> int:
        found = 0
        for obligations in self._sets:
            if obligations >> atom & 1:
                found |= self._has(criterion, obligations)
        return found

    @cache  # noqa: B019
    def _has(self, criterion: int, obligations: int) -> int:
        """Return the assignments in which a criterion has just these obligations.

        Assignments are numbers with one digit for each criterion.
        """
        count = len(self._sets)
        width = int(count**criterion)
        block = ((1 << width) - 1) << (width * (obligations - 1))
        repeated = ((1 << self._assignments) - 1) // ((1 << (width * count)) - 1)
        return block * repeated

    def _whatever_is_met(self, assignments: int) -> Models:
        """Take a set of assignments for a set of models: with every met set."""
        found, copies = assignments, 1
        while copies < self._mets:
            found |= found << (self._assignments * copies)
            copies *= 2
        return found


@cache
def universe(criteria: int, atoms: int, subjects: int) -> Universe:
    """Return a universe; each is built once."""
    return Universe(criteria, atoms, subjects)


def _base(one: int, other: int) -> str:
    if one == other:
        return "EQ"
    if not one & other:
        return "DR"
    if one & other == other:
        return "SUP"
    return "SUB" if one & other == one else "PO"
