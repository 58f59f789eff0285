"""What an export wrote, and what it could not carry: nothing is left out without a word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from comity.model.classes import dataclass
from comity.model.places import Finding, Place, Severity

CODE = "not-carried"
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Written:
    """A file in some format.

    :param losses: what has no place in the format, or only a poorer one.
    """

    content: bytes
    losses: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Losses:
    """Gathers what is not carried, and says it once for each kind of loss, with a count.

    :param name: of the format, as people call it.

    >>> losses = Losses("SKOS")
    >>> losses.add("limits", "a-1", "They are not written.")
    >>> losses.add("limits", "a-2", "They are not written.")
    >>> losses.findings()[0].message
    'limits of 2 (a-1, a-2) have no place in SKOS. They are not written.'
    """

    name: str
    _found: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def add(self, what: str, where: str, instead: str = "") -> None:
        """Note a loss.

        :param what: a plural, such as ``comparators``.
        :param where: the notation or id of what loses it.
        :param instead: what was written instead.
        """
        places = self._found.setdefault((what, instead), [])
        if where not in places:
            places.append(where)

    def findings(self) -> tuple[Finding, ...]:
        """Return one finding for each kind of loss, with how many it meets and the first of them."""
        return tuple(self._finding(*one, places) for one, places in sorted(self._found.items()))

    def _finding(self, what: str, instead: str, places: list[str]) -> Finding:
        shown = ", ".join(places[:_SHOWN]) + (", …" if len(places) > _SHOWN else "")
        message = f"{what} of {len(places)} ({shown}) have no place in {self.name}. {instead}".strip()
        return Finding(CODE, Severity.WARNING, Place(self.name), message)


def total(losses: Iterable[Finding]) -> int:
    """Count the findings that are losses."""
    return sum(1 for loss in losses if loss.code == CODE)
