"""A die that also answers yes or no."""

from __future__ import annotations

from random import Random


class Draw(Random):
    """Plain pseudo-random numbers from a seed."""

    def may(self, chance: float) -> bool:
        """Say yes with a probability."""
        return self.random() < chance
