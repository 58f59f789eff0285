"""What an explanation holds, before it is text."""

from __future__ import annotations

from comity.model.classes import dataclass


@dataclass(frozen=True, slots=True)
class WayStep:
    """One step from a criterion to the next.

    :param relation: what ties the two, such as ``superset`` or ``part of``.
    :param record: id of the mapping rows, or IRI of the decomposition, that says so; empty for limits.
    :param author: who says so, empty where a scheme declares it or it follows from the limits.
    :param reason: why, in the author's words.
    """

    source: str
    relation: str
    target: str
    record: str
    author: str
    reason: str


@dataclass(frozen=True, slots=True)
class Way:
    """A criterion whose conformity gives the rule's, and the chain that says so.

    :param authority: the lowest authority of the chain's rows; ``None`` when it has none, and the schemes say so.
    :param satisfies: markets that ask for the rule, by notation, whose policy that meets.
    :param enough: whether it satisfies: in such a market or, where no market asks for the rule, as claims are judged
        without one.
    """

    criterion: str
    label: str
    authority: str | None
    satisfies: tuple[str, ...]
    enough: bool
    steps: tuple[WayStep, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Something mapped to the rule that does not give it, and why not."""

    criterion: str
    label: str
    relation: str
    record: str
    author: str
    why_not: str
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """Criteria that give the rule together, or of which one is enough."""

    record: str
    members: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Binding:
    """What a market makes of a criterion.

    :param applies_from: a day, or in words where it floats.
    :param conditions: all of them must hold, in words.
    :param over: the parties that it is asked of, in words, where these are others than its subject.
    :param exemptions: ways out that somebody must claim, with their citation.
    :param confidence: how far the record is trusted; ``None`` where that is not said.
    :param notes: what is to be known of how the record was checked.
    :param before: from when it applied before an act changed it, in words.
    :param deadlines: by when, or how often, the duty is to be met, in words.
    :param penalties: what follows when it is not met.
    """

    requirement: str
    market: str
    label: str
    citation: str
    actor: str
    level: str
    unit: tuple[str, ...]
    applies_from: str | None
    applies_until: str | None
    conditions: tuple[str, ...]
    exemptions: tuple[str, ...]
    assurance: str
    role: str | None
    evidence: tuple[str, ...]
    basis: str
    doubts: tuple[str, ...]
    confidence: str | None = None
    notes: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()
    penalties: tuple[str, ...] = ()
    over: str | None = None


@dataclass(frozen=True, slots=True)
class RulePage:
    """The page of a criterion, with every requirement that binds it.

    :param on: the day whose mapping rows are shown.
    :param deontic: what the provision does; ``None`` for what is no law.
    :param actors: who must act, where no requirement says so; as are days, deadlines and evidence.
    :param concerns: what the text is about, such as materials; empty where that is not said.
    :param state: where the text stands: its state, the consolidation read, newer ones, acts that changed it.
    :param effects: what laws make of it without naming a scheme.
    :param some_parts: parts that are on record, where they are not said to be all; with their numbers, as ``parts``.
    """

    on: str
    id: str
    notation: str
    label: str
    text: str
    scheme: str
    kind: str
    level: str
    unit: tuple[str, ...]
    citation: str
    source: str
    basis: str
    doubts: tuple[str, ...]
    limit: str | None
    bindings: tuple[Binding, ...]
    parts: tuple[str, ...]
    ways: tuple[Way, ...]
    together: tuple[Group, ...]
    one_of: tuple[Group, ...]
    near: tuple[NearMiss, ...]
    recognitions: tuple[str, ...]
    deontic: str | None = None
    actors: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    confidence: str | None = None
    notes: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    applies_from: str | None = None
    applies_until: str | None = None
    deadlines: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    tightened_by: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    some_parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MappingPage:
    """The page of a mapping row.

    :param basis: ``None`` where its author does not say.
    :param disputed_with: the other rows of a contradiction that it lies in; ``None`` when it lies in none.
    """

    id: str
    subject: str
    subject_label: str
    relation: str
    object: str
    object_label: str
    says: str
    reason: str
    justification: str
    author: str
    reviewer: str
    authority: str
    confidence: float | None
    valid_from: str | None
    valid_until: str | None
    basis: str | None
    disputed_with: tuple[str, ...] | None
    place: str


@dataclass(frozen=True, slots=True)
class FactPage:
    """The page of a fact of the case.

    :param answer: what may be answered.
    :param unit: IRI of the unit that numbers are taken in; ``None`` where there is none.
    :param read_from: where documents state it, as paths of attributes.
    :param decides: the requirements whose conditions or exemptions turn on it.
    :param dates: the requirements that are tested on the day that it gives.
    """

    fact: str
    label: str
    question: str
    answer: str
    level: str
    unit: str | None
    read_from: tuple[str, ...]
    decides: tuple[str, ...]
    dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodePage:
    """The page of a finding's code.

    :param severity: the highest that it has.
    :param area: where it is found.
    :param also: what else people may mean by the code, each by the name that :func:`explain` takes for it, with its
        label.
    """

    code: str
    severity: str
    meaning: str
    area: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DoubtPage:
    """The page of a doubt about what Comity knows.

    :param reason: why it is doubtful.
    :param check: what to look at to settle it.
    :param about: what it is about, by notation and label.
    :param stands_with: the requirements that it is told with.
    """

    doubt: str
    label: str
    reason: str
    check: str
    checked_on: str | None
    about: tuple[str, ...]
    stands_with: tuple[str, ...]


Page = RulePage | MappingPage | FactPage | CodePage | DoubtPage
