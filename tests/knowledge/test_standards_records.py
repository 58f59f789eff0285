"""What was collected of the standards is all here: each record, how sure it is, each number and each date."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from comity.model.criteria import Criterion, Limit
from comity.model.knowledge import Knowledge
from comity.model.scales import Basis, Comparator, ThresholdRole

Record = dict[str, Any]
COMPARATORS = {">": Comparator.MORE_THAN, ">=": Comparator.AT_LEAST, "<=": Comparator.AT_MOST, "=": Comparator.EXACTLY}
LAW = ("au-", "bc-", "eu-", "eudr-2023-1115-art-10", "wa-")
"""Acts that were collected among the standards: they are held with the law, by its notations, and tested there."""

LEVELS = {"chain-of-custody": {"batch", "organisation"}}
"""What is collected at a level that we do not have: book and claim is about an organisation, all else about lots."""

UNITS = {
    "%": "PERCENT",
    "USD": "CCY_USD",
    "hectare": "HA",
    "hour": "HR",
    "mg/L": "MilliGM-PER-L",
    "mg/kg": "MilliGM-PER-KiloGM",
    "month": "MO",
    "year": "YR",
}


@pytest.fixture(scope="module")
def records(root: Path) -> dict[str, Record]:
    """By notation."""
    file = root.parent / "shared" / "facts" / "standards-criteria.json"
    if not file.is_file():
        pytest.skip("the records are not beside this checkout (../shared/facts)")
    collected = json.loads(file.read_text("utf-8"))
    notations = file.with_name("notations.csv")
    with notations.open(encoding="utf-8", newline="") as table:
        named = [row for row in csv.DictReader(table) if row["file"] == file.name]
    pairs = zip(named, collected, strict=True)
    return {name["notation"]: record for name, record in pairs if not name["notation"].startswith(LAW)}


@pytest.fixture(scope="module")
def held(known: Knowledge, records: dict[str, Record]) -> dict[str, Criterion]:
    found = ((name, known.by_notation.get(name.casefold())) for name in records)
    return {name: known.criteria[iri] for name, iri in found if iri}


def test_every_record_is_a_criterion(records: dict[str, Record], held: dict[str, Criterion]) -> None:
    assert len(records) == 705
    assert sorted(records.keys() - held.keys()) == []


def test_each_is_of_whom_it_was_of_and_as_sure_as_it_was(
    records: dict[str, Record], held: dict[str, Criterion]
) -> None:
    sure = {name: one.confidence.name.casefold() for name, one in held.items() if one.confidence is not None}
    # the steps of CCCMC are on record among the law of China too, with less confidence, which is taken
    less = {f"cccmc-2-step-{n}": "medium" for n in range(1, 6)}
    assert sure == {name: one["confidence"] for name, one in records.items()} | less
    levels = {name: one["subject_level"] for name, one in records.items()}
    moved = {n for n, one in held.items() if one.level.value not in LEVELS.get(levels[n], {levels[n]})}
    # the first indicator is a company's commitment, and its result is reported site by site; Article 3 is judged of
    # what is placed on the market, and so are its parts
    assert moved == {"tsm-biodiversity-2020-1", *(f"eudr-2023-1115-art-3-{point}" for point in "abc")}


def test_what_is_from_memory_is_unverified(records: dict[str, Record], held: dict[str, Criterion]) -> None:
    memory = {name for name, one in records.items() if one["basis"] == "own knowledge, unverified"}
    assert len(memory) > 250
    assert sorted(name for name in memory & held.keys() if held[name].basis is not Basis.NOT_VERIFIED) == []


def wanted(threshold: Record) -> Iterator[tuple[Comparator, Fraction, str]]:
    """The ends of a range are two limits."""
    values = threshold["value"] if isinstance(threshold["value"], list) else [threshold["value"]]
    operators = [">=", "<="] if threshold["op"] == "between" else [threshold["op"]]
    for operator, value in zip(operators, values, strict=True):
        yield COMPARATORS[operator], Fraction(str(value)), UNITS.get(threshold["unit"], "")


def test_every_number_is_a_limit_there_or_in_a_part(
    known: Knowledge, records: dict[str, Record], held: dict[str, Criterion]
) -> None:
    parts: dict[str, set[str]] = defaultdict(set)
    for one in known.decompositions:
        parts[one.whole].update(one.parts)
    lost: list[object] = []
    seen = 0
    for name, record in records.items():
        threshold = record["threshold"]
        if threshold is None or threshold.get("unit", "date") == "date":  # grades have an order and no unit
            continue
        iri = held[name].iri
        criteria = (known.criteria[c] for c in (iri, *parts[iri]))
        limits: list[Limit] = [c.limit for c in criteria if c.limit is not None]
        assert {limit.role for limit in limits} <= {ThresholdRole.LIMIT, ThresholdRole.TRIGGER}, name
        stated = {(x.comparator, x.value, (x.unit or "").rpartition("/")[2]) for x in limits}
        seen += 1
        lost.extend((name, number) for number in wanted(threshold) if number not in stated)
    assert seen == 36
    assert lost == []


def test_every_date_is_what_a_limit_counts_from(records: dict[str, Record], held: dict[str, Criterion]) -> None:
    dated = {n: r["threshold"]["value"] for n, r in records.items() if (r["threshold"] or {}).get("unit") == "date"}
    for name in dated.keys() & held.keys():
        limit = held[name].limit
        assert limit is not None, name
        assert any(value.endswith(dated[name]) for value in limit.qualifiers.values()), name
    assert dated.keys() == {"eudr-2023-1115-art-3-a", "rainforest-2020-6.1.1", "rspo-2018-7.12"}


def test_every_section_stands_under_its_chapter(
    known: Knowledge, records: dict[str, Record], held: dict[str, Criterion]
) -> None:
    wholes: dict[str, set[str]] = defaultdict(set)
    for one in known.decompositions:
        for part in one.parts:
            wholes[part].add(one.whole)
    ids = {(r["standard"], r["version"], r["id"]): held[name].iri for name, r in records.items()}
    above = {name: ids.get((r["standard"], r["version"], r.get("parent"))) for name, r in records.items()}
    stated = {name: iri for name, iri in above.items() if iri is not None}
    assert len(stated) == 167  # the rest are chapters, whose principle their number says, and Annex II
    assert [name for name, iri in stated.items() if iri not in wholes[held[name].iri]] == []


def test_a_note_is_a_doubt(known: Knowledge, records: dict[str, Record], held: dict[str, Criterion]) -> None:
    noted = [name for name, record in records.items() if record.get("note")]
    assert len(noted) > 200
    assert [name for name in noted if not held[name].doubts] == []
