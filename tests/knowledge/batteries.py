"""The Batteries Regulation as the knowledge holds it, by the ends of its names: ``art8-2-co``."""

from __future__ import annotations

from comity.model.criteria import Criterion, Decomposition
from comity.model.knowledge import Knowledge
from comity.model.requirements import Requirement

ACT = "https://w3id.org/comity/eu-batt/2023-1542/"


def criterion(known: Knowledge, name: str) -> Criterion:
    """Find a criterion of the act."""
    return known.criteria[ACT + name]


def decomposition(known: Knowledge, name: str) -> Decomposition:
    """Find the one list of the parts of a criterion."""
    [found] = [d for d in known.decompositions if d.whole == ACT + name]
    return found


def duties(known: Knowledge) -> dict[str, Requirement]:
    """Return what this act asks; the market holds other acts too."""
    own = [r for r in known.markets["eu"].requirements if r.criterion.startswith(ACT)]
    return {r.notation.removeprefix("eu-batt-"): r for r in own}
