"""What a citation means: an exact criterion, an alias, a whole text, or something Comity does not know."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cached_property

from comity.model.classes import dataclass
from comity.model.evidence import Assessment, Citation, CitationKind, Claim
from comity.model.knowledge import Alias, Knowledge


class How(StrEnum):
    """How a citation was understood."""

    EXACT = "exact"
    ALIAS = "alias"
    UNKNOWN = "unknown"
    """An identifier that Comity has no criterion for: it stands for itself."""
    DOCUMENT = "document"
    """A whole text, not a criterion of it: a lead."""
    AMBIGUOUS = "ambiguous"
    """An identifier used for several things, beside a name that is not known: a lead."""
    NOTHING = "nothing"
    """Known to mean nothing that can be judged."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A citation and what it stands for.

    :param criterion: IRI that facts are told of; empty for a lead that names nothing.
    :param permit: true when what is cited is the statute of a permit, and the criterion is holding that permit.
    """

    citation: Citation
    how: How
    criterion: str
    reason: str = ""
    permit: bool = False

    @property
    def counts(self) -> bool:
        """True when a fact may be told of the criterion itself."""
        return self.how in (How.EXACT, How.ALIAS, How.UNKNOWN)


class Resolver:
    """Resolves citations against the aliases of a knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    @property
    def aliases(self) -> tuple[Alias, ...]:
        """Every alias of the knowledge."""
        return self._knowledge.aliases

    @cached_property
    def _aliases(self) -> Mapping[str, Sequence[Alias]]:
        index: dict[str, list[Alias]] = defaultdict(list)
        for alias in self._knowledge.aliases:
            index[_trim(alias.iri)].append(alias)
        return index

    def meaning(self, citation: Citation) -> Meaning:
        """Tell what one citation stands for."""
        known = self._knowledge
        if citation.iri in known.criteria:
            return Meaning(citation, How.EXACT, citation.iri)
        # A text is often called as its edition is: only where a criterion is cited does that mean all of the text.
        notation = known.by_notation.get(citation.iri.strip().lower())
        if notation and citation.kind is CitationKind.CRITERION:
            return Meaning(citation, How.EXACT, notation, "by its notation")
        named = self._aliases.get(_trim(citation.iri), ())
        for alias in named:
            if name_matches(alias.name, citation.name):
                return _by_alias(citation, alias)
        if named:
            why = f"{citation.iri} is used for several things, and the name {citation.name!r} is none of those known"
            return Meaning(citation, How.AMBIGUOUS, "", why)
        if citation.kind is CitationKind.CRITERION:
            return Meaning(citation, How.UNKNOWN, citation.iri, "not a criterion that Comity knows")
        return Meaning(citation, How.DOCUMENT, "", "a whole text is cited, not a criterion of it")

    def claim(self, claim: Claim) -> tuple[Meaning, ...]:
        """Tell what a claim cites, criteria first; one meaning for each thing cited."""
        return _distinct(self.meaning(c) for c in _order(claim.citations))

    def assessment(self, assessment: Assessment) -> tuple[Meaning, ...]:
        """Tell what an assessment assesses.

        Where it names no criterion, what it names instead decides: a permit and its statute, or a text that
        is one criterion by itself (semantics, section 4).
        """
        criteria = [c for c in assessment.citations if c.kind is CitationKind.CRITERION]
        cited = criteria or [c for c in assessment.citations if c.kind is not CitationKind.SCHEME]
        return _distinct(_held(self.meaning(c)) for c in cited)


def name_matches(pattern: str, name: str) -> bool:
    """Compare a criterion's name with an alias's, case and space folded; ``*`` matches any rest.

    >>> name_matches("ghg emissions*", " GHG  Emissions — Criterion 26")
    True
    """
    if not pattern:
        return True
    regex = ".*".join(re.escape(_fold(p)) for p in pattern.split("*"))
    return re.fullmatch(regex, _fold(name)) is not None


def _by_alias(citation: Citation, alias: Alias) -> Meaning:
    if not alias.target:
        return Meaning(citation, How.NOTHING, "", alias.reason)
    if alias.document_level:
        return Meaning(citation, How.DOCUMENT, alias.target, alias.reason)
    return Meaning(citation, How.ALIAS, alias.target, alias.reason, alias.permit)


def _held(meaning: Meaning) -> Meaning:
    """Only a credential that is a permit shows that the permit is held: to cite its statute is no permit."""
    if not meaning.permit or meaning.citation.kind in (CitationKind.PERMIT, CitationKind.CRITERION):
        return meaning
    reason = "the statute of a permit is cited; the credential is no permit"
    return Meaning(meaning.citation, How.DOCUMENT, meaning.criterion, reason, True)


def _order(citations: Iterable[Citation]) -> list[Citation]:
    return sorted(citations, key=lambda c: c.kind is not CitationKind.CRITERION)


def _distinct(meanings: Iterable[Meaning]) -> tuple[Meaning, ...]:
    seen: dict[tuple[str, How], Meaning] = {}
    for meaning in meanings:
        seen.setdefault((meaning.criterion or meaning.citation.iri, meaning.how), meaning)
    return tuple(seen.values())


def _fold(text: str) -> str:
    return " ".join(text.lower().replace("—", "-").replace("–", "-").split())


def _trim(iri: str) -> str:
    return iri.strip().rstrip("/")
