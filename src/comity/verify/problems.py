"""What a replay finds wrong: always a place in the report, what stands there and what should."""

from __future__ import annotations

import json

from comity.model.classes import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a report that does not follow from the documents and the knowledge.

    :param where: position in the report, such as ``requirements[3].proof``.
    :param about: what the proof is of: a rule or claim, and its subject.
    :param step: number of the step, from 0; ``None`` when it is no step's.
    :param kind: of the step; empty when it is no step's.
    :param field: the key that is wrong.
    :param stands: what stands there, as JSON.
    :param should: what should, in words or as JSON.
    """

    where: str
    about: str
    step: int | None
    kind: str
    field: str
    stands: str
    should: str

    @property
    def place(self) -> str:
        """Where in the report it is.

        >>> Problem("claims[0].proof", "", 2, "time", "on", "", "").place
        'claims[0].proof.steps[2]'
        """
        return self.where if self.step is None else f"{self.where}.steps[{self.step}]"

    def __str__(self) -> str:
        kind = f" ({self.kind})" if self.kind else ""
        return f"{self.place}{kind} of {self.about}: {self.field} is {self.stands}; it should be {self.should}"


def shown(value: object) -> str:
    """Write a value as it would stand in a report.

    >>> shown(None), shown(["a"]), shown(True)
    ('null', '["a"]', 'true')
    """
    return json.dumps(value, ensure_ascii=False, default=str)
