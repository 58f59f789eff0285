"""Rows that state a guarantee which two limits do not bear out (semantics, section 3, Thresholds).

Where one limit covers another, judgement has a row of its own, and who says otherwise contradicts it. Here is the rest:
limits of which neither covers the other. Of two sets of obligations that says nothing, as they may share more than the
numbers, so that nothing follows; but who wrote that the one guarantees the other is asked to look again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from comity.algebra.comparison import Guarantee, covers, guarantee
from comity.judgement.chain import qualifier_falls_under
from comity.knowledge.limit_words import in_words
from comity.model.criteria import Limit
from comity.model.knowledge import Knowledge
from comity.model.mappings import Relation, Row
from comity.model.places import Finding, Severity

CODE: Final = "limits-disagree"

_WORDS: Final = {
    Relation.EQ: "equals",
    Relation.SUP: "asks for strictly more than",
    Relation.SUB: "asks for strictly less than",
    Relation.COVERS: "covers",
    Relation.COVERED_BY: "is covered by",
}


def disagreeing(knowledge: Knowledge, rows: Iterable[Row]) -> Iterator[Finding]:
    """Find rows that say that one criterion guarantees another, where the limits of both say that it need not.

    A row that leaves it open that each has something of its own is never wrong by its limits alone.
    """
    for row in rows:
        a, b = knowledge.criteria.get(row.subject), knowledge.criteria.get(row.object)
        if row.lead or a is None or b is None or a.limit is None or b.limit is None:
            continue
        alike = a.level.accepts(b.level) and b.level.accepts(a.level) and set(a.unit_parts) == set(b.unit_parts)
        why = _refuted(knowledge, row.mask, a.limit, b.limit) if alike else None
        if why is not None:
            said = _WORDS.get(row.mask, "guarantees, or is guaranteed by,")
            limits = " and ".join(f"'{in_words(knowledge, limit)}'" for limit in (a.limit, b.limit))
            message = f"The row says that {a.notation} {said} {b.notation}; the limits are {limits}: {why.value}."
            fix = "Does meeting the one guarantee meeting the other? Write intersects or disjoint, or mend the limit."
            yield Finding(CODE, Severity.WARNING, row.place, message, fix)


def _refuted(knowledge: Knowledge, mask: Relation, a: Limit, b: Limit) -> Guarantee | None:
    """Say why none of the relations of a mask can hold, as far as the limits go; ``None`` where one can."""

    def falls_under(value: str, other: str) -> bool:
        return qualifier_falls_under(knowledge, value, other)

    if covers(a, b, falls_under) is not None:
        return None
    there, back = guarantee(a, b, falls_under), guarantee(b, a, falls_under)
    possible = Relation.PO | Relation.DR
    possible |= Relation(0) if there.refuted else Relation.SUP
    possible |= Relation(0) if back.refuted else Relation.SUB
    possible |= Relation(0) if there.refuted or back.refuted else Relation.EQ
    if mask & possible:
        return None
    return there if there.refuted else back
