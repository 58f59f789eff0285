"""How large worlds are, and how often each thing occurs in one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Chances:
    """Numbers are drawn between both ends; the rest are probabilities.

    :param atoms: the obligations that criteria are made of, where rows are made to be true; fewer are easier to fit.
    :param trust: the user vouches for more than one register, and anchors may be out of date or accredit somebody.
    :param conversion: that a limit or a value is in another unit than usual.
    :param elsewhere: requirements may be about products where their criteria are not.
    :param truthful: that rows and structures are read off such sets, rather than made up.
    """

    criteria: tuple[int, int] = (3, 6)
    atoms: int = 5
    truthful: float = 0.4
    rows: tuple[int, int] = (2, 8)
    documents: tuple[int, int] = (4, 10)
    names: tuple[str, ...] = ("thing", "site", "org")
    judged: tuple[str, ...] = ("thing", "site")
    whole: float = 0.35
    partial: float = 0.15
    joint: float = 0.3
    choice: float = 0.25
    limit: float = 0.25
    declared: bool = True
    default: float = 0.5
    lift: float = 0.3
    doubtful: float = 0.05
    negated: float = 0.12
    lead: float = 0.06
    low: float = 0.12
    period: float = 0.08
    scoped: float = 0.22
    edition: float = 0.15
    unit_part: float = 0.1
    claim: float = 0.25
    value: float = 0.5
    twice: float = 0.15
    programme: float = 0.3
    dirty: float = 0.12
    anchor: float = 0.4
    linked: float = 0.8
    trust: bool = True
    conversion: float = 0.6
    elsewhere: bool = True
    role: float = 0.2
    condition: float = 0.08
    exemption: float = 0.05
    start: float = 0.1
    plain_rank: float = 0.7


SMALL = Chances()
"""For all four executions: at most six criteria, at one rank."""

TINY = Chances(
    criteria=(2, 4), atoms=4, truthful=0.6, rows=(1, 5), documents=(1, 5), names=("thing", "org"), judged=("thing",),
    whole=0.3, joint=0.25, choice=0.2, limit=0.15, lift=0.15, condition=0.0, exemption=0.0, start=0.0, claim=0.3,
)  # fmt: skip
"""For the referee: at most four criteria over four atoms."""

PLAIN = Chances(
    whole=0.0, joint=0.0, lift=0.0, doubtful=0.0, scoped=0.0, edition=0.0, unit_part=0.0, twice=0.0, programme=0.0,
    dirty=0.0, role=0.0, condition=0.0, exemption=0.0, start=0.0, judged=("thing", "site", "org"), limit=0.5,
    value=1.5, declared=False, default=1.0, claim=0.4, anchor=0.7, linked=1.0, trust=False, conversion=0.0,
    elsewhere=False,
)  # fmt: skip
"""For the query that people ask by hand: nothing of what its header leaves out, as far as chance can tell."""

LARGE = Chances(
    criteria=(10, 24), atoms=8, truthful=0.9, rows=(10, 45), documents=(8, 30),
    names=("thing", "batch", "twin", "site", "plant", "org"),
    judged=("thing", "batch", "twin", "site"), whole=0.9, partial=0.5, joint=0.9, choice=0.9, lift=0.4,
)  # fmt: skip
"""For the executions that are quick."""
