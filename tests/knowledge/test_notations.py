"""Whatever was ever collected has a name, and each name stands for one criterion."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from comity.knowledge import resolve
from comity.model.knowledge import Knowledge


def test_every_notation_of_the_table_resolves(known: Knowledge, root: Path) -> None:
    with (root / "ontology" / "tables" / "notations.csv").open(encoding="utf-8", newline="") as table:
        names = [row["notation"] for row in csv.DictReader(table)]
    assert len(names) == len(set(names)) == 1211
    # five steps of CCCMC, and twelve provisions of law, stand in the table twice
    assert len({resolve(known, name).iri for name in names}) == 1211 - 5 - 12


@pytest.mark.parametrize(
    ("name", "stands_for"),
    [
        ("cn-cccmc-step4", "cccmc-2-step-4"),  # one text, collected among the law of China and among the standards
        ("cn-cccmc-2022", "cccmc-2"),
        ("eu-3tg-art-4-c", "eu-3tg-art4-c"),
        ("eu-3tg-art-6", "eu-3tg-art6-1"),
        ("au-msa-2018-s.5", "au-msa-s5"),
    ],
)
def test_what_was_collected_twice_is_one_criterion(known: Knowledge, name: str, stands_for: str) -> None:
    assert resolve(known, name) is known.criteria[known.by_notation[stands_for]]
