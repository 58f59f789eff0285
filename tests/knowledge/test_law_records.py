"""Who, what, of which materials, how sure: every field of the records of the law, where these records are at hand.

Numbers and days are held against them in ``test_against_facts.py``. What may differ is written here, with its reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from comity.knowledge import load, resolve
from comity.model import requirements as law
from comity.model.criteria import Criterion, Limit
from comity.model.knowledge import Knowledge
from comity.model.requirements import Combination, Requirement
from comity.model.scales import Basis

FACTS = Path(__file__).resolve().parents[3] / "shared" / "facts" / "law-requirements.json"
pytestmark = pytest.mark.skipif(not FACTS.is_file(), reason="the records of law are not part of the repository")

Record = dict[str, Any]
BASES = {
    "primary_text_read": Basis.READ_IN_SOURCE,
    "secondary_source": Basis.SECONDARY,
    "official_page_excerpt_read": Basis.SECONDARY,
    "primary_text_read_other_language_or_mirror": Basis.SECONDARY,
    "own_knowledge_unverified": Basis.NOT_VERIFIED,
    "source_seen_url_not_retained": Basis.NOT_VERIFIED,
}
ACTORS = {
    "FLETF": {"public-authority"},
    "Minister": {"public-authority"},
    "EGC": {"cobalt-operator"},
    "agent": {"mine-owner-agent-or-manager"},
    "authorised CBAM declarant": {"cbam-declarant"},
    "authorised_representative_for_EPR": {"epr-representative"},
    "battery manufacturer": {"battery-or-vehicle-maker", "battery-or-vehicle-maker-or-recycler", "manufacturer"},
    "Chinese companies extracting, trading or using minerals": {"mineral-company"},
    "cobalt exporter": {"exporter"},
    "cobalt refiner": {"refiner"},
    "company doing business in Japan": {"company-in-market"},
    "company in scope (Art 2)": {"company-in-scope"},
    "economic operator placing the second-life battery on the market": {"second-life-operator"},
    "economic_operator_placing_on_market": {"operator"},
    "economic_operator_placing_on_market_or_putting_into_service": {"operator"},
    "entity (s.2, s.9)": {"reporting-entity"},
    "European Commission": {"commission"},
    "exporter from China": {"exporter"},
    "fulfilment_service_provider": {"fulfilment-provider"},
    "importer": {"importer", "importer-of-cbam-goods"},
    "lead competent authority": {"competent-authority"},
    "manager": {"mine-owner-agent-or-manager"},
    "Member State competent authority": {"competent-authority"},
    "micro or small primary operator": {"micro-primary-operator"},
    "mine owner": {"mine-owner-agent-or-manager"},
    "operator": {"eudr-operator"},
    "operator of installation in third country": {"installation-operator"},
    "person placing on the market": {"placing-person"},
    "producer (Art 3(47)(d))": {"producer"},
    "qualified manufacturer": {"taxpayer"},
    "recycler": {"recycler", "battery-or-vehicle-maker-or-recycler"},
    "reporting entity (s.5)": {"reporting-entity"},
    "responsible operator (Art 77(4) or (7))": {"passport-operator"},
    "SEC issuer (Exchange Act s.13(a) or 15(d))": {"sec-issuer"},
    "supplier_of_cells_or_modules": {"cell-supplier"},
    "Union importer": {"importer-of-3tg"},
    "Union importer (may rely)": {"importer-of-3tg"},
    "Union importer of metals": {"importer-of-3tg-metals"},
    "Union importer of minerals": {"importer-of-3tg-minerals"},
    "vehicle manufacturer": {
        "battery-or-vehicle-maker",
        "battery-or-vehicle-maker-or-recycler",
        "vehicle-manufacturer",
    },
}
"""Roles by the words of the records; other words are a role's notation, but for spaces and underscores."""

BEGINNINGS = {
    "large company (Art 2(29))": "large-user-of-strategic-raw-materials",
    "natural or legal person placing on the market a product": "host-product-operator",
}
PLACERS = {"manufacturer", "importer"}
"""Those who place batteries on the market: the role is ``operator`` where a duty is theirs together (Art. 5 and 6)."""

EVERYBODY = {"all"}
MATERIALS = {
    "any; priority sectors include lithium, copper, steel, aluminium, caustic soda": ["goods of all materials"],
    "all minerals": ["minerals of all kinds"],
    "critical raw materials (Annex II)": ["critical raw materials (Regulation (EU) 2024/1252, Annex II)"],
    "iron and steel": ["iron", "steel"],
    "other Annex I Section 1 materials": [
        "other strategic raw materials (Regulation (EU) 2024/1252, Annex I, Section 1)"
    ],
    "other critical minerals": ["other critical minerals (26 U.S.C. 45X)"],
    **{
        f"chemical compounds of {those} needed for active materials": [
            "chemical compounds of cobalt, natural graphite, lithium or nickel that active materials need"
        ]
        for those in ("these", "cobalt, natural graphite, lithium or nickel")
    },
    **{f"{m} (battery grade)": [f"{m} of battery grade"] for m in ("graphite", "lithium", "manganese", "nickel")},
}
"""Labels of qualifier values by the words of the records; other words are a label."""

CATEGORIES = {"portable", "LMT", "SLI", "industrial", "EV"}
OTHER_TEST = {
    "eu-dppreg-art4-2": "its operator is asked for passport batteries by one fact of the organisation",
    "cn-export-58-2025": "the control lists goods by what they are made of",
    **dict.fromkeys(("us-ira-pfe-45x", "us-ira-pfe-48e"), "a credit is claimed for components, or for storage"),
    **dict.fromkeys(
        ("in-bwmr-epr", "in-bwmr-label", "in-bwmr-landfill", "in-bwmr-recovery"), "batteries of every kind in India"
    ),
}
"""Records whose categories of batteries are tested in another way, or are all that there are."""


def records() -> dict[str, Record]:
    return {r["id"]: r for r in json.loads(FACTS.read_text("utf-8"))} if FACTS.is_file() else {}


LAW = records()


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load()


@pytest.fixture(scope="module")
def bound(known: Knowledge) -> dict[str, list[Requirement]]:
    """The requirements of each record's criterion; those of its parts, where it has none of its own."""
    by: dict[str, list[Requirement]] = {}
    for market in known.markets.values():
        for one in market.requirements:
            by.setdefault(one.criterion, []).append(one)
    parts: dict[str, list[str]] = {}
    for whole in known.decompositions:
        parts.setdefault(whole.whole, []).extend(whole.parts)
    return {
        name: by.get(iri) or [r for p in parts.get(iri, ()) for r in by.get(p, ())]
        for name in LAW
        for iri in [of(known, name).iri]
    }


def of(known: Knowledge, record: str) -> Criterion:
    return resolve(known, record)


def told(known: Knowledge, record: str, bound: dict[str, list[Requirement]], field: str) -> set[str]:
    return {t for one in (of(known, record), *bound[record]) for t in getattr(one, field)}


def test_what_each_does_at_which_level_and_how_sure(known: Knowledge) -> None:
    wrong = []
    for name, record in LAW.items():
        found = of(known, name)
        assert found.deontic is not None
        assert found.confidence is not None
        deontic = found.deontic.value.replace("-", "_").removesuffix("_rule")
        level = record["subject_level"].replace("authority", "organisation")  # the authority is the actor
        have = (deontic, found.level.value, found.basis, found.confidence.name.casefold())
        want = (record["deontic_type"], level, BASES[record["verification"]], record["confidence"])
        wrong += [(name, have, want)] if have != want else []
    assert wrong == []


def roles(word: str) -> set[str]:
    for beginning, role in BEGINNINGS.items():
        if word.startswith(beginning):
            return {role}
    return ACTORS.get(word, {word.casefold().replace(" ", "-").replace("_", "-")})


def test_who_must_act(known: Knowledge, bound: dict[str, list[Requirement]]) -> None:
    lost = []
    for name, record in LAW.items():
        have = {a.rpartition("/")[2] for a in (*of(known, name).actors, *(r.actor for r in bound[name]))}
        words = set(record["obligated_actor"]) - EVERYBODY
        if words <= PLACERS and have == {"operator"}:
            continue
        lost += [(name, word, sorted(have)) for word in sorted(words) if not roles(word) & have]
    assert lost == []


def test_which_materials_it_is_about(known: Knowledge) -> None:
    wanted = {n: r["materials_scope"] for n, r in LAW.items() if r["materials_scope"]}
    assert len(wanted) == 216
    for name, record in LAW.items():
        have = {known.qualifiers[q].label for q in of(known, name).concerns}
        want = {label for word in record["materials_scope"] or () for label in MATERIALS.get(word, [word])}
        assert have == want, name


def test_what_is_accepted_as_evidence(known: Knowledge, bound: dict[str, list[Requirement]]) -> None:
    lost = []
    for name, record in LAW.items():
        have = told(known, name, bound, "evidence")
        lost += [(name, e) for e in record["evidence"] if e.replace("_", " ") not in have]
    # the permit is named by what shows it
    assert lost == [("ca-bc-minesact-s10-permit", "Mines Act permit")]


def test_a_doubt_is_not_dropped(known: Knowledge, bound: dict[str, list[Requirement]]) -> None:
    doubtful = [name for name, record in LAW.items() if record["doubt"]]
    assert len(doubtful) > 150
    assert [name for name in doubtful if not told(known, name, bound, "doubts")] == []


def test_where_its_text_stands(known: Knowledge) -> None:
    for name, record in LAW.items():
        found = of(known, name)
        text = known.schemes[found.version]
        assert record["eli_subdivision"] in (None, found.source), name
        assert (record["consolidated_celex_read"] or "") == text.consolidation_read, name
        assert record["newer_consolidation_known"] in (None, *text.consolidations_known), name
        assert len(record["amended_by"]) <= len(text.amended_by), name


def asked_by(known: Knowledge, condition: str) -> Iterator[law.Test]:
    found = known.conditions[condition]
    if isinstance(found, Combination):
        for operand in found.operands:
            yield from asked_by(known, operand)
    else:
        yield found


@pytest.mark.parametrize(
    "name", [n for n, r in LAW.items() if CATEGORIES & {p["category"] for p in r["product_scope"]}]
)
def test_which_products_it_is_about(known: Knowledge, bound: dict[str, list[Requirement]], name: str) -> None:
    if not bound[name]:
        return  # explained, and judged of no product
    tests = [t for r in bound[name] for c in r.conditions for t in asked_by(known, c)]
    scope = LAW[name]["product_scope"]
    categories = {v for t in tests if "categor" in t.fact for v in t.values}
    if name in OTHER_TEST:
        assert categories == set()
        return
    assert categories == {p["category"] for p in scope}
    facts = {t.fact for t in tests}
    assert {k for p in scope for k in ("rechargeable", "storage") if k in p} <= facts
    sizes = {(t.operator, *t.values) for t in tests if t.fact == "capacity-kwh"}
    wanted = [p["capacity_kWh"] for p in scope if "capacity_kWh" in p]
    assert {(size["op"], str(size["value"])) for size in wanted} <= sizes


EXEMPTIONS: dict[str, str | tuple[str, ...]] = {
    "Art 1(5) military and space": "art1-5",
    "Art 1(6)": "art1-6",
    "Annex V parameters": "in words",  # asked for in the text of the criterion
    "Annex XIV(2)": "anx14-2",
    "Art 6(3)": "in words",  # lifts restrictions adopted under Art. 6(2), and not those of Annex I
    "Art 7(5)": "art7-5",
    "Art 8(4)": "art8-4",
    "applies only where the active materials": "active-materials-",
    "Art 10(4)": "art10-4",
    "Art 11(2)(a)": "art11-2-a",
    "Art 11(2)(b)": "art11-2-b",
    "Art 11(3) continuous": "art11-3",
    "Art 13(7)": "in words",
    "Art 28(10)": "magnet-late-product",
    "Art 47 1st para": "due-diligence-turnover",
    "Art 47 2nd para": "art47-second-life",
    "AIFs and UCITS": "csddd-funds",
    "button cells": "art9-1-button-cells",
    "companies below Art 2": "csddd-in-scope",
    "two consecutive": "csddd-in-scope",
    "companies subject to Directive 2013/34": "csddd-reporting",
    "company allocations differ": "in words",
    "default values": "cbam-default-values",
    "hazardous-waste batteries": "cn-nev-batt-hazardous",
    "import volume": "3tg-volume",
    "materials included in": "critical-raw-material",  # the fact asks for the material as such
    "medium-sized until": "enterprise-medium",
    "micro and small": "espr-micro-small",
    "micro/small undertakings": ("eudr-not-later", "not-sme"),
    "portable zinc-air": "anx1-zinc-air",
    "recycled metals": "3tg-recycled",
    "stocks created": "3tg-stocks",
}
"""By how an exemption of a record begins: the exemption or the condition that lifts the duty."""

NOT_THEIRS = {"eu-batt-art49-2-share": "a supplier", "eu-batt-art51-1": "a notified body", "eu-batt-art51-2": "one"}
"""Duties of others than the operator whom Art. 47 exempts."""


def lifted(rules: Iterable[Requirement]) -> set[str]:
    return {iri.rpartition("/")[2] for r in rules for iri in (*r.exemptions, *r.conditions)}


@pytest.mark.parametrize("name", [n for n, r in LAW.items() if r["exemptions"]])
def test_what_lifts_a_duty(bound: dict[str, list[Requirement]], name: str) -> None:
    if not bound[name] or name in NOT_THEIRS:
        return
    have = lifted(bound[name])
    for text in LAW[name]["exemptions"]:
        [by] = [by for beginning, by in EXEMPTIONS.items() if text.startswith(beginning)]
        if by != "in words":
            assert any(h.startswith(by) for h in have), (text, have)


def test_what_follows_when_a_duty_is_not_met(known: Knowledge, bound: dict[str, list[Requirement]]) -> None:
    """An act of whose sanctions a record tells has them at each of its duties."""
    sanctions = {of(known, n).version for n, r in LAW.items() if r["deontic_type"] == "sanction"}
    assert len(sanctions) == 6
    duties = [r for m in known.markets.values() for r in m.requirements]
    open_ = [r.notation for r in duties if known.criteria[r.criterion].version in sanctions and not r.penalties]
    assert open_ == []


def limits(known: Knowledge, name: str) -> Iterator[Limit]:
    """Yield the limits of a record and of its parts."""
    open_, seen = [of(known, name).iri], set()
    while open_:
        one = open_.pop()
        if one not in seen:
            seen.add(one)
            open_ += [p for d in known.decompositions if d.whole == one for p in d.parts]
            if (limit := known.criteria[one].limit) is not None:
                yield limit


@pytest.mark.parametrize("name", [n for n, r in LAW.items() if any("material" in t for t in r["thresholds"])])
def test_of_which_material_a_number_is(known: Knowledge, name: str) -> None:
    if name == "eu-batt-art13-5":
        return  # two triggers, which are conditions of its parts
    held = list(limits(known, name))
    for threshold in LAW[name]["thresholds"]:
        for material in threshold["material"].split("|"):
            of_it = [x for x in held if material in {known.qualifiers[q].label for q in x.qualifiers.values()}]
            values = [x.value for x in of_it]
            assert (None if threshold["value"] is None else Fraction(str(threshold["value"]))) in values


@pytest.mark.parametrize(
    ("name", "start"),
    [(n, t["start"]) for n, r in LAW.items() for t in r["thresholds"] if t.get("start")],
)
def test_when_a_clock_starts(known: Knowledge, name: str, start: str) -> None:
    told = " ".join(x.start_event for x in limits(known, name)).casefold()
    assert told
    assert {"battery": "battery", "last": "last"}.get(start.split()[0], "unit") in told
