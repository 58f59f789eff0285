"""The page of a doubt: what is doubtful and why, what would settle it, and which rules it stands with."""

from __future__ import annotations

from collections.abc import Iterator

from comity.judgement.doubts import under
from comity.model.knowledge import Knowledge
from comity.model.requirements import Doubt
from comity.report.explain import record
from comity.report.explain.pages import DoubtPage


def page(knowledge: Knowledge, doubt: Doubt) -> DoubtPage:
    """Build the page of a doubt."""
    return DoubtPage(
        doubt=doubt.notation,
        label=doubt.label,
        reason=doubt.reason,
        check=doubt.check,
        checked_on=doubt.checked_on.isoformat() if doubt.checked_on else None,
        about=record.named(knowledge, doubt.bears_on),
        stands_with=tuple(
            r.notation
            for name in sorted(knowledge.markets)
            for r in knowledge.markets[name].requirements
            if not under(knowledge, r).isdisjoint(doubt.bears_on)
        ),
    )


def called(knowledge: Knowledge, name: str) -> Doubt | None:
    """Find the doubt that a name stands for: its notation, in any case, or its IRI."""
    folded = name.casefold()
    return next((d for d in knowledge.doubts if folded == d.notation.casefold() or name == d.iri), None)


def meant(knowledge: Knowledge, name: str) -> Iterator[str]:
    """Yield the doubts that people may mean by a name which is not, or not only, theirs; with their labels."""
    folded = name.casefold()
    for doubt in knowledge.doubts:
        if folded == doubt.notation.casefold():
            yield f"{doubt.iri}  {doubt.label}"
        elif folded in map(str.casefold, doubt.formerly):
            yield f"{doubt.notation}  {doubt.label}"
