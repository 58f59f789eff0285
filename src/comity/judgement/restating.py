"""What documents say of one edition, read as if it were said of another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from comity.judgement.resolve import How, Meaning, Resolver
from comity.model.classes import dataclass
from comity.model.criteria import SchemeVersion
from comity.model.evidence import Assessment, Claim, Document
from comity.model.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Counterparts:
    """What stands for the criteria of one edition in another.

    :param version: the edition that statements are read as statements about.
    :param of: a criterion of the other edition to those that stand for it; none where nothing does.
    :param together: a criterion to those that became one with it: only all of them show what they became.
    """

    version: SchemeVersion
    of: Mapping[str, tuple[str, ...]]
    together: Mapping[str, frozenset[str]]


class Restating(Resolver):
    """Resolves citations of one edition as citations of what stands for them in another.

    Warning: this answers "what if": nobody was assessed against the other edition.
    """

    def __init__(self, knowledge: Knowledge, parts: Counterparts, documents: Iterable[Document]) -> None:
        super().__init__(knowledge)
        self._parts = parts
        plain = Resolver(knowledge)
        self._said = {m.criterion for m in meanings(plain, documents)}

    def claim(self, claim: Claim) -> tuple[Meaning, ...]:
        """Tell what a claim cites."""
        return tuple(new for meaning in super().claim(claim) for new in self._restated(meaning))

    def assessment(self, assessment: Assessment) -> tuple[Meaning, ...]:
        """Tell what an assessment assesses."""
        return tuple(new for meaning in super().assessment(assessment) for new in self._restated(meaning))

    def _restated(self, meaning: Meaning) -> Iterator[Meaning]:
        if meaning.criterion not in self._parts.of:
            yield meaning
            return
        known = self._knowledge.criteria[meaning.criterion].notation
        found = self._parts.of[meaning.criterion]
        unsaid = self._parts.together.get(meaning.criterion, frozenset()) - self._said
        if found and not unsaid:
            for criterion in found:
                yield replace(meaning, criterion=criterion)
            return
        reason = f"nothing in {self._parts.version.notation} stands for {known}"
        if unsaid:
            names = ", ".join(sorted(self._knowledge.criteria[c].notation for c in unsaid))
            reason = f"{known} became one with {names} in {self._parts.version.notation}, and nothing is said of that"
        yield Meaning(meaning.citation, How.NOTHING, "", reason)


def meanings(resolver: Resolver, documents: Iterable[Document]) -> Iterator[Meaning]:
    """Visit what every claim and assessment of documents cites."""
    for document in documents:
        for claim in document.claims:
            yield from resolver.claim(claim)
        for assessment in document.assessments:
            yield from resolver.assessment(assessment)


def cited(knowledge: Knowledge, documents: Iterable[Document]) -> Mapping[str, int]:
    """Count the statements of documents by the criterion that they cite.

    A whole text that is cited counts for its root.
    """
    return Counter(m.criterion for m in meanings(Resolver(knowledge), documents) if m.criterion)


def timeless(knowledge: Knowledge, *versions: SchemeVersion) -> Knowledge:
    """Return the knowledge as if editions had been in force at all times."""
    freed = {
        v.iri: replace(v, in_force_from=None, in_force_until=None, withdrawn_from=None, state="") for v in versions
    }
    return replace(knowledge, schemes={**knowledge.schemes, **freed})
