"""Who has signed a mapping row, as its cells say: asserted, reviewed, objected; and the authority that this earns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from comity.knowledge.standing import People, several, standing
from comity.model.classes import dataclass
from comity.model.criteria import SchemeVersion
from comity.model.scales import Authority

OBJECTION: Final = "objection"
"""The column in which those stand who disagree; those who agree stand in the reviewer's columns of SSSOM."""

_BETWEEN = " | "
_OBJECTION = re.compile(r"(?P<on>\d{4}-\d\d-\d\d) (?P<by>\S+?)(?: \((?P<name>.*?)\))?: (?P<why>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Objection:
    """Somebody's no to a row.

    :param on: ``None`` where a cell does not say.
    """

    by: str
    name: str
    on: date | None
    why: str

    def __str__(self) -> str:
        name = f" ({self.name})" if self.name else ""
        return f"{self.on} {self.by}{name}: {self.why}"


@dataclass(frozen=True, slots=True)
class Signatures:
    """All who have signed a row.

    :param authors: identifiers of those who assert it.
    :param author: their names, or else their identifiers.
    :param reviewers: identifiers of those who agree.
    :param names: of those who agree.
    """

    authors: tuple[str, ...] = ()
    author: str = ""
    reviewers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    reviewed_on: str = ""
    objections: tuple[Objection, ...] = ()

    @classmethod
    def of(cls, cells: Mapping[str, str]) -> Signatures:
        """Read the cells of a row, those that its file's header states for all rows with them."""
        authors = several(cells.get("author_id", "")) + several(cells.get("creator_id", ""))
        return cls(
            authors=tuple(dict.fromkeys(authors)),
            author=cells.get("author_label") or cells.get("author_id", ""),
            reviewers=several(cells.get("reviewer_id", "")),
            names=several(cells.get("reviewer_label", "")),
            reviewed_on=cells.get("review_date", ""),
            objections=_objections(cells.get(OBJECTION, "")),
        )

    @property
    def reviewer(self) -> str:
        """Names, or else identifiers, of those who agree."""
        return "|".join(self.names or self.reviewers)

    @property
    def agreeing(self) -> int:
        """How many agree."""
        return max(len(self.names), len(self.reviewers))

    @property
    def agreement(self) -> float | None:
        """From -1, all disagree, to 1, all agree; ``None`` while nobody has reviewed."""
        count = self.agreeing + len(self.objections)
        return (self.agreeing - len(self.objections)) / count if count else None

    @property
    def only_by_author(self) -> bool:
        """True when the one who reviewed is the one who asserts."""
        asserting, agreeing = self._people
        return bool(agreeing) and not agreeing.others_than(asserting)

    def earn(self, versions: Iterable[SchemeVersion | None], justification: str) -> Authority:
        """Return the authority of a row by those who assert it and those who agree.

        :param versions: the editions of both ends; owner standing is their stewards'.
        :param justification: how the pair was found.
        """
        return standing(*self._people, [v.stewards if v else () for v in versions], justification)

    @property
    def _people(self) -> tuple[People, People]:
        return People.of(self.authors, several(self.author)), People.of(self.reviewers, self.names)


def written(objections: Sequence[Objection]) -> str:
    """Write objections into one cell.

    >>> no = Objection("did:web:a.example", "Ana", date(2026, 11, 23), "The levels differ.")
    >>> written([no]), Signatures.of({"objection": written([no, no])}).objections == (no, no)
    ('2026-11-23 did:web:a.example (Ana): The levels differ.', True)
    """
    return _BETWEEN.join(str(o).replace(_BETWEEN, " / ") for o in objections)


def _objections(cell: str) -> tuple[Objection, ...]:
    found = []
    for text in filter(None, cell.split(_BETWEEN)):
        match = _OBJECTION.fullmatch(text)
        if match is None:
            found.append(Objection("", "", None, text))
        else:
            found.append(Objection(match["by"], match["name"] or "", _day(match["on"]), match["why"]))
    return tuple(found)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
