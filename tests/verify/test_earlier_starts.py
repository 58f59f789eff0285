"""A replay decides by itself from when a rule applies, as the law stood on the day judged."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import cast

import pytest

from comity.model.requirements import EarlierStart, Requirement
from comity.model.scales import Assurance, Basis, Level
from comity.verify.application import APPLIES, ENDED, UPCOMING, Days, state
from comity.verify.bench import Bench

PUT_OFF = Requirement(
    "urn:rule", "rule", "urn:market", "urn:criterion", "rule", "Art. 1", "urn:role", "", Level.PRODUCT,
    Basis.READ_IN_SOURCE, Assurance.THIRD_PARTY, starts=date(2027, 8, 18),
    earlier_starts=(EarlierStart("urn:earlier", date(2025, 7, 1), date(2025, 7, 31), "urn:act"),),
)  # fmt: skip
"""It applied from 2025-07-01, until an act that counts from 2025-07-31 put it off."""


@pytest.mark.parametrize(
    ("on", "tested", "event", "found"),
    [
        ("2025-06-30", "2025-06-30", False, UPCOMING),  # the older law, not begun
        ("2025-07-30", "2025-07-30", False, APPLIES),  # the older law's last day
        ("2025-07-31", "2025-07-31", False, UPCOMING),  # put off
        ("2027-08-18", "2027-08-18", False, APPLIES),
        ("2028-01-01", "2025-07-15", True, ENDED),  # sold while the older law held, judged by the newer one
        ("2025-07-30", "2025-07-15", True, APPLIES),
    ],
)
def test_the_law_of_the_day_judged_decides(on: str, tested: str, event: bool, found: str) -> None:
    bench = cast("Bench", SimpleNamespace(on=on))
    assert state(PUT_OFF, [True], Days(tested, tested, event), bench) == found
