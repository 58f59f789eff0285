"""Write figures as tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.measure import Figure


def seconds(value: float) -> str:
    """Write a time as precisely as it deserves.

    >>> seconds(12.3456), seconds(1.2345), seconds(0.0123456)
    ('12.3 s', '1.23 s', '12.3 ms')
    """
    return f"{value:.3g} s" if value >= 1 else f"{value * 1000:.3g} ms"


def gigabytes(value: float) -> str:
    """Write an amount of memory."""
    return f"{value:.2f} GB"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table.

    :param figure: what was measured, or why nothing was.
    :param beside: what the ratio is to.
    :param budget: the most that is allowed, as a time or an amount.
    :param most: the most that the ratio may be.
    """

    what: str
    figure: Figure | str
    beside: Figure | None = None
    budget: float | None = None
    most: float | None = None
    unit: Callable[[float], str] = seconds

    def cells(self) -> tuple[str, ...]:
        """Write what, median, least and most, ratio, budget, and whether it was met."""
        if isinstance(self.figure, str):
            return self.what, self.figure, "", "", "", ""
        low, high = self.figure.spread
        ratio = self.figure.median / self.beside.median if self.beside else None
        allowed = [self.unit(self.budget)] if self.budget is not None else []
        allowed += [f"ratio {self.most:g}"] if self.most is not None else []
        return (
            self.what,
            self.unit(self.figure.median),
            f"{self.unit(low)} – {self.unit(high)}",
            "" if ratio is None else f"{ratio:.3g}",
            ", ".join(allowed),
            self._told(self.figure, ratio) if allowed else "",
        )

    def _told(self, figure: Figure, ratio: float | None) -> str:
        """Tell whether the budgets are kept."""
        if self.most is not None and (ratio is None or ratio > self.most):
            return "**missed**"
        if self.budget is None or figure.median <= self.budget:
            return "met"
        return "**missed**, met by the least" if figure.spread[0] <= self.budget else "**missed**"


@dataclass(frozen=True, slots=True)
class Section:
    """A table with what was run.

    :param notes: sentences below the table.
    """

    title: str
    text: str
    lines: Sequence[Line]
    notes: Sequence[str] = field(default=())

    def markdown(self) -> str:
        """Write the section."""
        head = ("", "median", "least – most", "ratio", "budget", "")
        rows = [head, ("---",) * len(head), *(line.cells() for line in self.lines)]
        table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
        return "\n\n".join((f"## {self.title}", self.text, table, *self.notes)) + "\n"
