"""Limits in words."""

from __future__ import annotations

from comity import units
from comity.algebra.comparison import decimal
from comity.model.criteria import Limit
from comity.model.knowledge import Knowledge


def in_words(knowledge: Knowledge, limit: Limit) -> str:
    """Write a limit as a person reads it: metric, comparator, value, unit, qualifiers; nothing of its role."""
    metric = knowledge.metrics[limit.metric].label if limit.metric in knowledge.metrics else limit.metric
    named = (knowledge.qualifiers[q].label if q in knowledge.qualifiers else q for q in limit.qualifiers.values())
    qualifiers = ", ".join(sorted(named))
    words = " ".join(w for w in (metric, number(limit)) if w)
    clock = f", from: {limit.start_event}" if limit.start_event else ""
    return words + (f" ({qualifiers})" if qualifiers else "") + clock


def number(limit: Limit) -> str:
    """Write comparator, value and unit of a limit; empty where it is declared alone."""
    comparator = limit.comparator.value if limit.comparator else ""
    if limit.value is None:
        return f"{comparator} not set yet" if comparator else ""
    unit = units.symbol(limit.unit) if limit.unit else ""
    return " ".join(w for w in (comparator, decimal(limit.value), unit) if w)
