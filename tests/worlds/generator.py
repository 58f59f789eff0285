"""Random worlds from a seed: schemes, rows of every kind, structures, limits, dates, and evidence that conflicts."""

from __future__ import annotations

from dataclasses import replace

from tests.worlds.chances import SMALL, Chances
from tests.worlds.draw import Draw
from tests.worlds.papers import Papers
from tests.worlds.texts import Texts
from tests.worlds.world import World


def world(seed: int, chances: Chances = SMALL) -> World:
    """Make the world of a seed; the same seed and chances always give the same world."""
    draw = Draw(seed)
    texts = Texts(seed, chances, draw)
    knowledge = texts.knowledge()
    market = texts.market(knowledge)
    knowledge = replace(knowledge, markets={market.notation: market})
    papers = Papers(seed, chances, draw, knowledge)
    documents = tuple(papers.documents())
    return World(seed, knowledge, documents, papers.trust(), tuple(papers.given()), market, chances.judged)
