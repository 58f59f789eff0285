"""One proof while it is replayed: what its steps conclude, the labels they add up to, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from comity.model.classes import dataclass
from comity.model.mappings import Row
from comity.model.requirements import Requirement
from comity.model.scales import Assurance, Authority
from comity.verify.bench import Bench
from comity.verify.items import Cited, Item, Stated
from comity.verify.problems import Problem, shown
from comity.verify.relations import implies
from comity.verify.steps import Step


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a step shows: a fact about a criterion and a subject."""

    fact: str
    criterion: str
    subject: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """A claim, an assessment or an attribute as it was found in its document.

    :param values: what it states, each with the rule that reads it; empty for none.
    :param cited: the criteria that it is about.
    :param taken: what must be taken for granted for it to count: a rule of the document to what it is taken to be,
        or a part of the unit, which a row of the table of defaults fills in.
    """

    step: Step
    item: Item | None
    values: tuple[tuple[Stated, str], ...]
    cited: tuple[tuple[Cited, str, str], ...]
    taken: Mapping[str, str]

    @property
    def conclusion(self) -> Conclusion:
        """What it says."""
        return Conclusion(self.step.text("fact"), self.step.text("criterion"), self.step.text("subject"))


@dataclass(slots=True)
class Sum:
    """What the steps add up to: the labels of the proof, each as bad as its worst part."""

    ranks: list[Assurance] = field(default_factory=list)
    authorities: list[Authority] = field(default_factory=list)
    roles: list[frozenset[str]] = field(default_factory=list)
    admissions: list[bool] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)
    valid: bool = True
    dated: bool = True
    disputed: bool = False
    assumed: bool = False
    unverified: bool = False


@dataclass(slots=True)
class Replay:
    """The state of one replay.

    :param where: position of the proof in the report.
    :param subject: key that the proof is about.
    :param requirement: whose conditions the proof shows, if it does.
    :param ranging: the requirement whose parties the proof may be about.
    :param steps: those that are written as they must be; ``None`` for the others.
    :param concluded: what each step shows, where it shows something by itself.
    :param pending: for a step: what is still to be taken for granted before it shows anything.
    """

    bench: Bench
    where: str
    about: str
    subject: str
    requirement: Requirement | None
    steps: list[Step | None]
    ranging: Requirement | None = None
    problems: list[Problem] = field(default_factory=list)
    concluded: dict[int, Conclusion] = field(default_factory=dict)
    leaves: dict[int, Leaf] = field(default_factory=dict)
    pending: dict[int, frozenset[str]] = field(default_factory=dict)
    sum: Sum = field(default_factory=Sum)

    def wrong(self, step: Step | None, name: str, should: str, stands: object = ...) -> None:
        """Note a problem of a step, or of the proof itself."""
        if stands is ...:
            stands = None if step is None else step.premises if name == "premises" else step.detail.get(name)
        number, kind = (None, "") if step is None else (step.number, step.kind)
        found = Problem(self.where, self.about, number, kind, name, shown(stands), should)
        if found not in self.problems:
            self.problems.append(found)

    def same(self, step: Step, expected: Mapping[str, object]) -> bool:
        """Compare fields of a step with what they should be."""
        differing = [(name, value) for name, value in expected.items() if step.detail[name] != value]
        for name, value in differing:
            self.wrong(step, name, shown(value))
        return not differing

    def premise(self, step: Step, position: int, *kinds: str) -> Step | None:
        """Return a premise of one of some kinds; note it when there is no such thing."""
        found = self.at(step.premises[position]) if position < len(step.premises) else None
        if found is None or found.kind not in kinds:
            self.wrong(step, "premises", f"a step of kind {' or '.join(kinds)} at position {position}")
            return None
        return found

    def at(self, number: int) -> Step | None:
        """Return a step that is written as it must be."""
        return self.steps[number]

    def count_premises(self, step: Step, least: int, most: int) -> bool:
        """Note when a step has too few or too many premises."""
        right = least <= len(step.premises) <= most
        if not right:
            self.wrong(step, "premises", f"{least} to {most} steps" if most > least else f"{most} steps")
        return right

    def shows(self, step: Step, number: int, fact: str, criterion: str, subject: str | None = None) -> str | None:
        """Check that a premise shows what a step needs, and return the subject that it shows it of."""
        found = self.concluded.get(number)
        right = (
            found is not None
            and found.criterion == criterion
            and implies(found.fact, fact)
            and subject in (None, found.subject)
        )
        if not right or found is None:
            who = f" about {subject}" if subject else ""
            self.wrong(step, "premises", f"steps that show {fact} of {criterion}{who}")
            return None
        return found.subject

    def documents(self) -> list[str]:
        """List the documents that the steps use, in order."""
        return list(dict.fromkeys(s.text("document") for s in self.steps if s is not None and s.kind == "document"))

    def whose(self, step: Step) -> frozenset[str]:
        """List the keys of those whose fact a step states: parties of which conditions on it tell, or the subject."""
        told = [s for s in self.steps if s is not None and s.kind == "condition" and step.number in s.premises]
        return frozenset(s.text("subject") or self.subject for s in told) or frozenset({self.subject})

    def users(self) -> frozenset[int]:
        """Return the numbers of all steps that some step stands on."""
        return frozenset(p for s in self.steps if s is not None for p in s.premises)

    def doubt(self, *conclusions: str) -> None:
        """A step is no better checked than the record of the criterion that it ends at."""
        if any(self.bench.is_unverified(c) for c in conclusions):
            self.sum.unverified = True


def best(candidates: Iterable[tuple[int, Mapping[str, object]]]) -> Mapping[str, object] | None:
    """Return the candidate with the fewest differences."""
    return min(candidates, key=lambda c: c[0], default=(0, None))[1]
