"""Every number and date of the records that the knowledge was written from, where these records are at hand.

The JSON beside the repository is read here by itself, and not through anything that wrote the knowledge. What the law
asks for is written by hand in the other tests of this folder; this one finds numbers and days lost or mistyped.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from comity.knowledge import load, resolve
from comity.model import requirements as law
from comity.model.knowledge import Knowledge
from comity.model.requirements import Combination, FloatingDate, Requirement
from comity.model.scales import Kind, ThresholdRole

FACTS = Path(__file__).resolve().parents[3] / "shared" / "facts"
pytestmark = pytest.mark.skipif(not FACTS.is_dir(), reason="the records are not part of the repository")

Record = dict[str, Any]
SEVERAL = "a minimum for each of several parameters, none of which is set: the text says so in words, and has no metric"
NO_NUMBER: dict[tuple[str, str], str] = {
    ("eu-batt-art9-1", "Annex III parameters"): SEVERAL,
    ("eu-batt-art10-2", "Annex IV Part A parameters"): SEVERAL,
    ("eu-batt-art10-3", "Annex IV Part A parameters"): SEVERAL,
}
"""Numbers of a record, by its metric, that the knowledge does not hold as a number, and why."""


def records(name: str) -> list[Record]:
    path = FACTS / name
    return list(json.loads(path.read_text())) if path.exists() else []


LAW = {r["id"]: r for r in records("law-requirements.json")}


@cache
def known() -> Knowledge:
    return load()


@cache
def notations() -> dict[tuple[str, str, str], str]:
    rows = csv.DictReader((FACTS / "notations.csv").read_text(encoding="utf-8").splitlines())
    return {
        (r["text"], r["version"], r["record"]): r["same_as_law_record"] or r["notation"]
        for r in rows
        if r["file"] == "standards-criteria.json"
    }


@cache
def children() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for d in known().decompositions:
        found.setdefault(d.whole, set()).update(d.parts)
    for a in known().choices:
        found.setdefault(a.whole, set()).update(a.options)
    return found


def below(criterion: str) -> set[str]:
    """Return a criterion and all its parts."""
    found, open_ = set(), [criterion]
    while open_:
        one = open_.pop()
        if one not in found:
            found.add(one)
            open_.extend(children().get(one, ()))
    return found


def requirements(criteria: set[str]) -> list[Requirement]:
    return [r for m in known().markets.values() for r in m.requirements if r.criterion in criteria]


def asked_by(condition: str) -> Iterator[law.Test]:
    found = known().conditions[condition]
    if isinstance(found, Combination):
        for operand in found.operands:
            yield from asked_by(operand)
    else:
        yield found


def numbers(notation: str) -> set[tuple[str, Fraction | None]]:
    """Return the numbers below a criterion: limits, and what the conditions of its requirements compare with."""
    criteria = below(iri_of(notation))
    found: set[tuple[str, Fraction | None]] = set()
    for iri in criteria:
        if (limit := known().criteria[iri].limit) is not None:
            op = limit.comparator.value if limit.comparator else "declare"
            found.add(("declare" if limit.role is ThresholdRole.DECLARE else op, limit.value))
    for r in requirements(criteria):
        found |= compared(*r.conditions, *(known().exemptions[e].condition for e in r.exemptions))
    return found


def compared(*conditions: str) -> set[tuple[str, Fraction | None]]:
    """Return what conditions compare with, and how many of several must hold."""
    found: set[tuple[str, Fraction | None]] = set()
    for one in conditions:
        for test in asked_by(one):
            found |= {(test.operator, Fraction(v)) for v in test.values if re.fullmatch(r"-?\d+(\.\d+)?", v)}
        counted = known().conditions[one]
        if isinstance(counted, Combination) and counted.at_least:
            found.add((">=", Fraction(counted.at_least)))
    return found


OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@cache
def of_scope() -> set[tuple[str, Fraction | None]]:
    """Return what all conditions compare with: what says whom a text binds stands with those whom it asks."""
    return compared(*known().conditions)


def is_explained(notation: str) -> bool:
    return known().criteria[iri_of(notation)].kind is Kind.EXPLAINED


def missing(notation: str, thresholds: list[Record]) -> list[str]:
    have = numbers(notation)
    lost = []
    for t in thresholds:
        op = "=" if t["op"] == "==" else str(t["op"])
        value = Fraction(str(t["value"])) if isinstance(t["value"], int | float) else None
        if isinstance(t["value"], str):  # a day or a word, which a limit does not hold
            continue
        scope = {(op, value), (OPPOSITE.get(op, op), value)} if is_explained(notation) else set()
        if (op, value) not in have and not scope & of_scope():
            lost.append(f"{t['metric']} {op} {t['value']} {t.get('unit')}; have {sorted(map(str, have))[:12]}")
    return lost


def in_words(day: str) -> str:
    """Write a day as the knowledge's sentences do."""
    found = date.fromisoformat(day)
    return f"{found.day} {found:%B %Y}"


def told(version: str) -> str:
    """Return all that is said in words of a text and what it asks."""
    criteria = [c for c in known().criteria.values() if c.version == version]
    asked = requirements({c.iri for c in criteria})
    parts = [t for c in criteria for t in (c.text, *c.doubts, *c.deadlines, *c.notes)]
    acts = [a.label for a in known().acts.values()]
    return " ".join([*parts, *acts, *(t for r in asked for t in (r.label, *r.doubts, *r.deadlines, *r.notes))])


def iri_of(record: str) -> str:
    return resolve(known(), record).iri


def starts_of(record: str) -> set[date | FloatingDate | None]:
    criteria = below(iri_of(record))
    own = {known().criteria[c].starts for c in criteria}
    return own | {r.starts for r in requirements(criteria)}


def is_there(record: str, day: str) -> bool:
    """Tell whether a day is the first of a record, of one of its parts, or of the text that it is in."""
    version = known().schemes[known().criteria[iri_of(record)].version]
    return date.fromisoformat(day) in starts_of(record) or version.in_force_from == date.fromisoformat(day)


def test_no_record_of_the_law_is_lost() -> None:
    assert len({iri_of(r) for r in LAW}) == len(LAW) == 484


@pytest.mark.parametrize("record", [r for r, found in LAW.items() if found["thresholds"]])
def test_numbers_of_the_law(record: str) -> None:
    asked = [t for t in LAW[record]["thresholds"] if (record, t["metric"]) not in NO_NUMBER]
    assert missing(record, asked) == []


@pytest.mark.parametrize(("record", "metric"), NO_NUMBER)
def test_an_exception_is_needed(record: str, metric: str) -> None:
    assert missing(record, [t for t in LAW[record]["thresholds"] if t["metric"] == metric]) != []


@pytest.mark.parametrize("record", [r for r, found in LAW.items() if found["applies_from"]])
def test_first_days_of_the_law(record: str) -> None:
    assert is_there(record, LAW[record]["applies_from"])


@pytest.mark.parametrize("record", [r for r, found in LAW.items() if found["applies_until"]])
def test_last_days_of_the_law(record: str) -> None:
    criteria = below(iri_of(record))
    ends = {known().criteria[c].ends for c in criteria} | {r.ends for r in requirements(criteria)}
    assert date.fromisoformat(LAW[record]["applies_until"]) in ends


@pytest.mark.parametrize("record", [r for r, found in LAW.items() if found["applies_from_rule"]])
def test_days_that_float(record: str) -> None:
    rule = LAW[record]["applies_from_rule"]
    while rule["op"] == "same_as":  # the rule of another record, or of all whose ids begin alike
        record = next(r for r in LAW if re.fullmatch(rule["ref"].replace("*", ".*"), r))
        rule = LAW[record]["applies_from_rule"]
    years, months = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)[MD])?", rule.get("offset", "P0M")).groups()  # type: ignore[union-attr]
    wanted = (rule.get("fixed_date"), 12 * int(years or 0) + int(months or 0))
    floating = [s for s in starts_of(record) if isinstance(s, FloatingDate)]
    assert wanted in [(s.fixed.isoformat() if s.fixed else None, s.months) for s in floating]


def replaced_days(record: str) -> list[str]:
    found = LAW[record]["superseded"] or {}
    text = json.dumps([found.get(k) for k in ("previous_date", "previous_dates")])
    return re.findall(r"\d{4}-\d{2}-\d{2}", text)


@pytest.mark.parametrize("record", [r for r in LAW if replaced_days(r)])
def test_days_that_an_act_changed(record: str) -> None:
    """An earlier start; or in words, where nobody is asked for the record or the day of the change is not known."""
    earlier = {e.day.isoformat() for r in requirements(below(iri_of(record))) for e in r.earlier_starts}
    text = told(known().criteria[iri_of(record)].version)
    assert [d for d in replaced_days(record) if d not in earlier and in_words(d) not in text and d not in text] == []


@pytest.mark.parametrize("record", [r for r, found in LAW.items() if "by" in (found["superseded"] or {})])
def test_what_takes_the_place_of_a_record(record: str) -> None:
    by, criterion = LAW[record]["superseded"]["by"], known().criteria[iri_of(record)]
    if by in LAW:
        assert iri_of(by) in (*criterion.tightened_by, *criterion.superseded_by)
    else:  # an act; its label names it
        acts = [known().acts[a].label for a in criterion.superseded_by if a in known().acts]
        assert any(by.split(" s.")[0] in label for label in acts)


STANDARDS = [r for r in records("standards-criteria.json") if r["threshold"] and "op" in r["threshold"]]


@pytest.mark.parametrize("record", STANDARDS, ids=lambda r: f"{r['standard']} {r['id']}")
def test_numbers_of_the_standards(record: Record) -> None:
    notation = notations()[record["standard"], record["version"] or "", record["id"]]
    threshold = record["threshold"]
    if threshold["op"] == "between":  # one record, two limits
        low, high = threshold["value"]
        asked = [threshold | {"op": ">=", "value": low}, threshold | {"op": "<=", "value": high}]
    else:
        asked = [threshold]
    assert missing(notation, asked) == []
