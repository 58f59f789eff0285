"""A draft mapping set from an old edition to a new one: who belongs together, and nothing of how."""

from __future__ import annotations

from datetime import date

from comity.authoring.comparing.editions import Changed, Comparison
from comity.authoring.draft import Draft, DraftRow
from comity.authoring.suggesting.rows import begun
from comity.knowledge.vocabulary import NS, SEMAPV
from comity.model.knowledge import Knowledge
from comity.model.places import Place
from comity.model.scales import Authority, Basis

_HERE = Place("proposal")


def proposal(knowledge: Knowledge, found: Comparison, on: date) -> Draft:
    """Return the pairs that were guessed as rows that a person finishes: suggestions, and no relation yet."""
    rows = [_row(c, on) for c in found.changed if c.guessed]
    return begun(knowledge, found.old, found.new, rows, on, "comity diff")


def _row(changed: Changed, on: date) -> DraftRow:
    (a,), (b,), share = changed.old, changed.new, changed.share or 0
    alike = "Number and title are the same. " if changed.by_name else ""
    return DraftRow(
        subject=a.iri,
        predicate=NS + "closeMatch",
        object=b.iri,
        place=_HERE,
        subject_label=a.label,
        object_label=b.label,
        justification=SEMAPV + "LexicalMatching",
        stated_on=on,
        authority=Authority.SUGGESTED,
        basis=Basis.NOT_VERIFIED,
        reason=f"{alike}{round(100 * share)} % of the words are the same. Does meeting the old guarantee the new?",
        more={"similarity_score": f"{share:.2f}", "similarity_measure": "comity diff"},
    )
