"""What every proof of one report is held against: made once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from comity.model.classes import dataclass
from comity.model.criteria import Criterion
from comity.model.mappings import Row
from comity.model.requirements import Requirement
from comity.verify.case import Derived, derive
from comity.verify.citing import Dictionary
from comity.verify.given import Given
from comity.verify.scene import Scene

Told = Mapping[str, tuple[tuple[str, ...], str, str]]
"""Name of a fact to its value, source and pointer."""


@dataclass(frozen=True)
class Bench:
    """Documents and knowledge, indexed.

    :param on: the day that everything must be as of.
    :param told: what a report says of its subjects: subject to facts; ``None`` where it does not say.
    """

    given: Given
    scene: Scene
    on: str
    told: Mapping[str, Told] | None = None

    @cached_property
    def dictionary(self) -> Dictionary:
        """What citations mean."""
        return Dictionary(self.given.knowledge)

    @cached_property
    def rows(self) -> Mapping[str, Row]:
        """Mapping rows by id."""
        return {row.id: row for row in self.given.knowledge.rows}

    @cached_property
    def derived(self) -> Mapping[str, Mapping[str, Derived]]:
        """The facts that documents show, by subject and name."""
        return derive(self.scene)

    @cached_property
    def requirements(self) -> Mapping[str, Requirement]:
        """Requirements of all markets, by IRI."""
        return {r.iri: r for m in self.given.knowledge.markets.values() for r in m.requirements}

    def criterion(self, iri: str) -> Criterion | None:
        """Return a criterion that is known."""
        return self.given.knowledge.criteria.get(iri)

    def is_unverified(self, iri: str) -> bool:
        """Tell whether nobody has verified the record of a criterion."""
        known = self.criterion(iri)
        return known is not None and known.unverified

    def words(self, subject: str) -> frozenset[str]:
        """List the words that facts say of a thing and of what it is tied to, case folded."""
        found: set[str] = set()
        for near in self.scene.beside(subject):
            if self.told is not None:
                found |= {w.lower() for value, _, _ in self.told.get(near, {}).values() for w in value}
            else:
                found |= {w.lower() for fact in self.derived.get(near, {}).values() for w in fact.value}
        return frozenset(found)
