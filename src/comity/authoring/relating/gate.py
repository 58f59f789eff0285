"""A gate that keeps weak rows out, and says what it kept out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from comity.model.classes import dataclass
from comity.model.mappings import Row
from comity.model.scales import Authority


@dataclass(frozen=True, slots=True)
class Gate:
    """What a row must have to be used.

    :param authority: the lowest authority; ``None`` for any.
    :param confidence: the lowest confidence, 0 to 1; ``None`` for any. A row that states none does not reach it.
    """

    authority: Authority | None = None
    confidence: float | None = None

    @property
    def open(self) -> bool:
        """True when every row passes."""
        return self.authority is None and self.confidence is None

    def passes(self, row: Row) -> bool:
        """Tell whether a row may be used.

        >>> from comity.model.mappings import Relation
        >>> from comity.model.places import Place
        >>> weak = Row("1", "a", "equal", "b", Relation.EQ, Authority.DRAFT, Place(""), confidence=0.4)
        >>> Gate(confidence=0.5).passes(weak), Gate(Authority.DRAFT, 0.4).passes(weak)
        (False, True)
        """
        if self.authority is not None and row.authority < self.authority:
            return False
        return self.confidence is None or (row.confidence is not None and row.confidence >= self.confidence)

    def divided(self, rows: Iterable[Row]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
        """Divide rows into those that pass and those that do not."""
        passed: list[Row] = []
        stopped: list[Row] = []
        for row in rows:
            (passed if self.passes(row) else stopped).append(row)
        return tuple(passed), tuple(stopped)

    def __str__(self) -> str:
        """Name what it asks."""
        parts = [f"authority {self.authority.token}"] if self.authority is not None else []
        parts += [f"confidence {self.confidence:g}"] if self.confidence is not None else []
        return " and ".join(parts) or "anything"


OPEN: Final = Gate()
"""Lets every row pass."""
