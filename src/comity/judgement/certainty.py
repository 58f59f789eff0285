"""How sure it is that mapping rows hold (semantics, section 4, *Confidence*): reported, and never decides.

Nothing is known of how the rows' errors depend on each other, so there are bounds, and no product: Fréchet's
inequalities (Fréchet 1935), for "all of these rows hold" and for "all rows of one of these proofs hold".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from comity.model.mappings import Row

Bounds = tuple[float, float]
"""From 0 to 1, the lower first."""


def of_rows(rows: Iterable[Row]) -> Bounds | None:
    """Bound the confidence that all rows of a proof hold.

    A row that states none may be sure or hopeless: it takes the lower bound to 0 and leaves the upper one.

    :param rows: those that somebody wrote; what the engine derives is exact.
    :returns: ``None`` when no row states its confidence, or there is none.
    """
    return all_of([r.confidence for r in rows])


def all_of(confidences: Sequence[float | None]) -> Bounds | None:
    """Bound the confidence that all of several statements hold.

    >>> all_of([0.9, 0.8]), all_of([0.9, None]), all_of([None])
    ((0.7, 0.8), (0.0, 0.9), None)
    """
    stated = [c for c in confidences if c is not None]
    if not stated:
        return None
    unstated = len(confidences) - len(stated)
    low = 0.0 if unstated else max(0.0, sum(stated) - (len(stated) - 1))
    return round(low, 6), min(stated)


def any_of(ways: Iterable[Bounds]) -> Bounds | None:
    """Bound the confidence that all rows of one of several proofs hold.

    No more is claimed than the weakest step of the best proof allows: proofs that share their doubts are no more
    certain for being many.

    >>> any_of([(0.7, 0.8), (0.2, 0.5)]), any_of([(0.0, 0.3), (0.0, 0.3)]), any_of([])
    ((0.7, 0.8), (0.0, 0.3), None)
    """
    found = list(ways)
    if not found:
        return None
    return max(low for low, _ in found), min(1.0, sum(high for _, high in found), max(high for _, high in found))
