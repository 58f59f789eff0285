"""The number in a criterion, in words."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from comity import units
from comity.model.classes import dataclass
from comity.model.criteria import Limit
from comity.model.knowledge import Knowledge
from comity.model.scales import Comparator, ThresholdRole

COMPARATORS: Mapping[Comparator, str] = {
    Comparator.AT_LEAST: "at least",
    Comparator.MORE_THAN: "more than",
    Comparator.AT_MOST: "at most",
    Comparator.LESS_THAN: "less than",
    Comparator.EXACTLY: "exactly",
}

ROLES: Mapping[ThresholdRole, str] = {
    ThresholdRole.LIMIT: "A limit that values are compared with",
    ThresholdRole.DECLARE: "A number to be declared",
    ThresholdRole.TRIGGER: "A number that sets something off",
    ThresholdRole.SCOPE: "A number that decides whom it is for",
    ThresholdRole.RETENTION: "A time for which something is kept",
    ThresholdRole.SANCTION: "A penalty: explained, never judged",
}

SPELT: Mapping[str, str] = {"YR": "year", "MO": "month", "WK": "week", "DAY": "day", "HR": "hour", "NUM": ""}
"""Units that are written out, because few people know their symbols, by their name in QUDT."""


@dataclass(frozen=True, slots=True)
class Number:
    """A limit, ready to read.

    :param role: what the number is for.
    :param value: with its comparison and unit.
    :param qualifiers: what the value is of, by dimension.
    """

    role: str
    metric: str
    value: str
    qualifiers: tuple[tuple[str, str], ...]
    start_event: str

    @property
    def sentence(self) -> str:
        """All of it in one line."""
        of = f" ({', '.join(value for _, value in self.qualifiers)})" if self.qualifiers else ""
        return f"{self.metric}: {self.value}{of}"


def number(knowledge: Knowledge, limit: Limit) -> Number:
    """Write a limit in words."""
    metric = knowledge.metrics.get(limit.metric)
    named = []
    for dimension, value in limit.qualifiers.items():
        of, what = knowledge.dimensions.get(dimension), knowledge.qualifiers.get(value)
        named.append((of.label if of else dimension, what.label if what else value))
    return Number(
        role=ROLES[limit.role],
        metric=metric.label if metric else limit.metric,
        value=_value(limit),
        qualifiers=tuple(sorted(named)),
        start_event=limit.start_event,
    )


def _value(limit: Limit) -> str:
    if limit.value is None:
        return "not set yet" if limit.comparator else "any value, once stated"
    words = (COMPARATORS[limit.comparator] if limit.comparator else "", exact(limit.value), _unit(limit))
    return " ".join(w for w in words if w)


def _unit(limit: Limit) -> str:
    if not limit.unit:
        return ""
    word = SPELT.get(limit.unit.rpartition("/")[2])
    if word is None:
        return units.symbol(limit.unit)
    return word if limit.value == 1 or not word else f"{word}s"


def exact(value: Fraction) -> str:
    """Write a number as people read it.

    >>> exact(Fraction(16)), exact(Fraction(1, 8)), exact(Fraction(500000))
    ('16', '0.125', '500,000')
    """
    return f"{value.numerator:,}" if value.denominator == 1 else f"{float(value):,g}"
