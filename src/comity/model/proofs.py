"""Proofs as data (semantics, section 8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from comity.model.classes import dataclass
from comity.model.scales import Assurance, Authority, Fact


class StepKind(StrEnum):
    """The kinds of steps; one ``$defs/step`` each in the report's schema."""

    CLAIM = "claim"
    ASSESSMENT = "assessment"
    DOCUMENT = "document"
    MAPPING = "mapping"
    DERIVED_ROW = "derived-row"
    DECOMPOSITION = "decomposition"
    JOINT = "joint"
    LIFT = "lift"
    LINK = "link"
    THRESHOLD = "threshold"
    CONVERSION = "conversion"
    ASSUMPTION = "assumption"
    CONDITION = "condition"
    FACT = "fact"
    TIME = "time"
    ASSURANCE = "assurance"
    AUTHORITY = "authority"
    RECOGNITION = "recognition"


Scalar = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    :param premises: positions of the steps that it stands on, all smaller than its own.
    :param detail: what the kind asks for (docs/report.md), JSON scalars and lists of them.
    :param text: the sentence that a person reads.
    """

    kind: StepKind
    premises: tuple[int, ...]
    detail: Mapping[str, Scalar | tuple[str, ...]]
    text: str


@dataclass(frozen=True, slots=True)
class Labels:
    """What a proof carries beside its fact.

    :param rank: lowest effective assurance of the evidence used.
    :param authority: lowest authority of the rows used; the highest when it uses none.
    :param roles: the roles that every assessment used has.
    :param valid: D lies in the validity of all evidence used.
    :param dated: all evidence used states a date.
    :param opposition: the highest rank of an opposite proof at a node passed through, the end
        excepted; 9 for an admission, -1 for none. Decides ``contested`` against the rank asked.
    """

    rank: Assurance
    authority: Authority
    roles: frozenset[str] = frozenset()
    valid: bool = True
    dated: bool = True
    opposition: int = -1
    disputed: bool = False
    assumed: bool = False
    unverified: bool = False
    admission: bool = False

    def contested(self, rank: Assurance) -> bool:
        """Tell whether the proof is contested when ``rank`` is asked (semantics, section 7, step 4)."""
        return self.opposition >= min(rank, self.rank) if self.opposition >= 0 else False


@dataclass(frozen=True, slots=True)
class Proof:
    """A minimal, acyclic derivation of one fact.

    :param criterion: IRI of the criterion that it ends at.
    :param subject: canonical key.
    :param steps: premises before conclusions; the last is the end.
    :param documents: names of the documents used: the smallest disclosure.
    """

    fact: Fact
    criterion: str
    subject: str
    labels: Labels
    steps: tuple[Step, ...]
    documents: tuple[str, ...]
    confidence: tuple[float, float] | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
