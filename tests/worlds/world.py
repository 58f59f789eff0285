"""A world: everything that one question stands on, as model objects that the real engine judges unchanged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from comity.evidence import identity
from comity.judgement import Given, TrustList, question
from comity.judgement.judge import judge_market
from comity.judgement.question import Question
from comity.model.evidence import Document, Party
from comity.model.knowledge import Knowledge
from comity.model.requirements import Market
from comity.model.scales import Level
from comity.model.verdicts import Judgement

ON = date(2030, 6, 1)
"""The day judged."""

ROLE = "https://w3id.org/comity/role/notified-body"

LEVELS = {
    "thing": Level.ITEM,
    "batch": Level.BATCH,
    "twin": Level.ITEM,
    "site": Level.FACILITY,
    "plant": Level.FACILITY,
    "org": Level.ORGANISATION,
}
"""What documents are about; every other name is an organisation."""


@dataclass(frozen=True)
class World:
    """A question and the market that it is put to.

    :param seed: names the world: its IRIs hold it, so that no two worlds share one.
    :param judged: names of the subjects that are judged.
    """

    seed: int
    knowledge: Knowledge
    documents: tuple[Document, ...]
    trust: TrustList
    given: tuple[Given, ...]
    market: Market
    judged: tuple[str, ...]

    @cached_property
    def question(self) -> Question:
        """Put the world to the engine."""
        return question(
            self.knowledge,
            self.documents,
            on=ON,
            trust=self.trust,
            given=self.given,
            subjects=[identifier(self.seed, name) for name in self.judged],
        )

    @cached_property
    def judgements(self) -> Sequence[Judgement]:
        """What the engine says of every requirement of the market."""
        return tuple(judge_market(self.question, self.market))


def base(seed: int) -> str:
    """Name what all IRIs of a world's knowledge begin with."""
    return f"https://w3id.org/comity/world/{seed}/"


def identifier(seed: int, name: str) -> str:
    """Name a subject or a party."""
    return f"https://id.example/world-{seed}/{name}"


def key(seed: int, name: str) -> str:
    """Return the canonical key of a subject or a party."""
    return identity.best(identity.keys(LEVELS.get(name, Level.ORGANISATION), identifier(seed, name)))


def party(seed: int, name: str) -> Party:
    """Make a party."""
    return Party(identifier(seed, name), name, identity.keys(Level.ORGANISATION, identifier(seed, name)))
