"""What criteria are declared to be made of, and the numbers that are theirs by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from comity.authoring.comparing.limits import Number
from comity.model.classes import dataclass
from comity.model.criteria import Criterion
from comity.model.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Parts:
    """Criteria by what they are made of.

    :param of_whole: criterion to its parts, and whether these are all.
    """

    criteria: Mapping[str, Criterion]
    of_whole: Mapping[str, Sequence[tuple[str, bool]]]

    @classmethod
    def of(cls, knowledge: Knowledge) -> Parts:
        """Index what is declared."""
        found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
        for d in knowledge.decompositions:
            found[d.whole] += [(part, d.complete) for part in d.parts]
        return cls(knowledge.criteria, found)

    def telling(self, wholes: Iterable[Criterion]) -> list[Criterion]:
        """List the parts that have a text; one that is a number and no more is told with its whole."""
        known = ((c, self.criteria.get(p)) for c in wholes for p, _ in self.of_whole.get(c.iri, ()))
        return list({p.iri: p for c, p in known if p is not None and p.text and p.version == c.version}.values())

    def numbers(self, wholes: Iterable[Criterion], *, apart: bool) -> tuple[Number, ...]:
        """List the limits of criteria: several limits in one record are parts of it (semantics, section 3).

        :param apart: true when parts that have a text are told by themselves.
        """
        found: list[Number] = []
        todo, seen = [(c, True) for c in wholes], set[str]()
        while todo:
            criterion, certain = todo.pop(0)
            if criterion.iri in seen:
                continue
            seen.add(criterion.iri)
            if criterion.limit is not None:
                found.append(Number(criterion.limit, criterion.limit.metric.removeprefix(criterion.version), certain))
            parts = ((self.criteria.get(p), complete) for p, complete in self.of_whole.get(criterion.iri, ()))
            todo += [(p, certain and complete) for p, complete in parts if p is not None and not (apart and p.text)]
        return tuple(found)
