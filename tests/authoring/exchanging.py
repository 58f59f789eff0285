"""What the tests of other formats share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from comity.authoring.draft import Draft, DraftCriterion, DraftRow, DraftScheme
from comity.model.places import Place

CASES = Path(__file__).parents[1] / "cases" / "exchange"
NOWHERE = Place("")


def case(name: str) -> tuple[str, bytes]:
    """Return the name and content of a file of tests/cases/exchange."""
    return name, (CASES / name).read_bytes()


def criteria(draft: Draft) -> dict[str, DraftCriterion]:
    """Return the criteria of a draft by address, wherever they stood; lists that are sets are sorted."""
    return {
        c.iri: replace(c, place=NOWHERE, tags=tuple(sorted(c.tags)), topics=tuple(sorted(c.topics)))
        for c in draft.criteria
    }


def scheme(draft: Draft) -> DraftScheme:
    """Return the edition of a draft, wherever it stood."""
    assert draft.scheme is not None
    return replace(draft.scheme, place=NOWHERE)


def rows(draft: Draft) -> list[DraftRow]:
    """Return the rows of a draft in order of their ends, wherever they stood."""
    bare = (replace(r, place=NOWHERE, cells={}) for r in draft.rows)
    return sorted(bare, key=lambda r: (r.subject, r.object, r.predicate, r.id))


def codes(draft: Draft) -> list[str]:
    """Return the codes of a draft's problems."""
    return sorted(p.code for p in draft.problems)
