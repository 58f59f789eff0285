"""What evidence says of the unit that it is about, and what has to be assumed of it (semantics, section 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from comity.model.classes import dataclass
from comity.model.evidence import Subject
from comity.model.knowledge import Knowledge, QualifierDefault
from comity.model.quantities import Value
from comity.model.scales import Level


@dataclass(frozen=True, slots=True)
class Stated:
    """What a claim or an assessment states of a compound unit beside its subject.

    :param plants: the one keys of the facilities that it names.
    :param period: first and last day that it is for.
    """

    plants: frozenset[str] = frozenset()
    period: tuple[str, str] | None = None

    @property
    def year(self) -> str:
        """The one calendar year that it is for; empty when it is for none, or for more than one."""
        if self.period is None or self.period[0][:4] != self.period[1][:4]:
            return ""
        return self.period[0][:4]

    def of(self, value: Value) -> Stated:
        """Return what is stated of one of its values."""
        return Stated(self.plants, value.period)

    @classmethod
    def of_all(cls, plants: Iterable[str], values: Iterable[Value]) -> Stated:
        """Return what is stated as a whole: a period where all values are for the same."""
        periods = {v.period for v in values}
        return cls(frozenset(plants), periods.pop() if len(periods) == 1 else None)


@dataclass(frozen=True, slots=True)
class Completed:
    """A unit with what was filled in.

    :param assumed: rows of the table of defaults that were used.
    :param missing: what would have to be stated, in sentences; evidence that misses something gives no fact.
    """

    assumed: tuple[QualifierDefault, ...] = ()
    missing: tuple[str, ...] = ()


WHOLE = Completed()


def complete(
    parts: Iterable[str],
    stated: Stated,
    subject: Subject | None,
    name: Callable[[str], str],
    default: Callable[[str], QualifierDefault | None],
) -> Completed:
    """Complete a compound unit, part by part.

    A part that is stated must be that of the subject: evidence for another plant, or another year, is about
    another unit. Where the subject does not say its own, nobody can tell, and the part counts as not stated.

    :param parts: the parts of the unit, such as ``model``, ``plant``, ``year``.
    :param name: gives the one key of a thing.
    :param default: gives the row of the table that fills in a part, if there is one.
    """
    assumed: list[QualifierDefault] = []
    missing: list[str] = []
    for part in parts:
        own = subject.parts.get(part, "") if subject is not None else ""
        said, other = _said(part, stated, subject, name(own) if part == "plant" and own else own)
        if other:
            missing.append(other)
        elif not said:
            filled = default(part)
            if filled is None:
                missing.append(f"the {part} that the evidence is for is not stated")
            else:
                assumed.append(filled)
    return Completed(tuple(assumed), tuple(missing))


def _said(part: str, stated: Stated, subject: Subject | None, own: str) -> tuple[bool, str]:
    """Tell whether a part is stated and the subject's, or say that it is another's.

    :param own: the subject's own part, empty where no document says it.
    """
    if part == "plant" and stated.plants and own:
        other = f"it is about {', '.join(sorted(stated.plants))}; the subject was made at {own}"
        return own in stated.plants, "" if own in stated.plants else other
    if part == "year" and stated.period is not None and own:
        first, last = stated.period[0][:4], stated.period[1][:4]
        if not first <= own <= last:
            return False, f"it is for {first if first == last else f'{first} to {last}'}; the subject was made in {own}"
        return bool(stated.year), ""
    if subject is None:
        return False, ""
    return subject.level == part and subject.level in (Level.MODEL, Level.BATCH, Level.ITEM), ""


def default_for(knowledge: Knowledge, metric: str) -> Callable[[str], QualifierDefault | None]:
    """Return what fills in an unstated part of the unit of a metric, or of any where ``metric`` is empty."""

    def find(part: str) -> QualifierDefault | None:
        rows = (d for d in knowledge.defaults if d.dimension == part and d.metric in ("", metric))
        return next(rows, None)

    return find
