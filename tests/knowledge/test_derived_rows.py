"""Rows that the engine derives from limits, between texts: each is expected, with its reason.

A derived row is nobody's judgement: it follows when two limits have one metric, one level and the same qualifiers. A
pair that is not here has a qualifier too few: what its value is *of*.
"""

from __future__ import annotations

from comity.judgement.chain import derived_rows
from comity.knowledge import load
from comity.model.mappings import Relation

AGE = "nobody younger than 15 works: the number alone, whatever the rest of the criterion asks"
HAZARD = "nobody younger than 18 does hazardous work"
WEEK = "a normal week has at most 48 hours"

EXPECTED = {
    ("rba-vap-8.0.2-A2-minimum-age", "rra-3.0-11-minimum-age"): AGE,
    ("rba-vap-8.0.2-A2-minimum-age", "sa8000-2014-1-minimum-age"): AGE,
    ("rra-3.0-11-minimum-age", "sa8000-2014-1-minimum-age"): AGE,
    ("rba-vap-8.0.2-A2-hazardous-work", "rra-3.0-11-hazardous-work"): HAZARD,
    ("rainforest-2020-5.5.1", "sa8000-2014-7-normal-week"): WEEK,
}


def test_rows_derived_between_texts() -> None:
    known = load()
    found = {}
    for row in derived_rows(known):
        one, other = known.criteria[row.subject], known.criteria[row.object]
        if one.version != other.version:
            found[one.notation, other.notation] = row.mask
    assert found == dict.fromkeys(EXPECTED, Relation.EQ)


def test_one_report_shows_nothing_of_another() -> None:
    """Two deadlines of one act, for what is placed on the market and for what is treated, are two duties."""
    known = load()
    about = [
        {known.criteria[iri].notation for iri in (row.subject, row.object)}
        for row in derived_rows(known)
        if "reporting" in (limit.metric if (limit := known.criteria[row.subject].limit) else "")
    ]
    assert about == []
