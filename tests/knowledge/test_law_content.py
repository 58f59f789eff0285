"""What the knowledge says of the Batteries Regulation, against numbers and dates written by hand from the act.

The act was read as the consolidation 02023R1542-20250731. Every expectation names its provision.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import pytest
from tests.knowledge.batteries import ACT, criterion, decomposition, duties
from tests.knowledge.reading import holds, qualifiers

from comity.algebra.conditions import evaluate
from comity.judgement.doubts import about_requirement
from comity.model.knowledge import Knowledge
from comity.model.requirements import FloatingDate, Requirement
from comity.model.scales import Assurance, Basis, Comparator, Kind, Level, ThresholdRole

PERCENT = "http://qudt.org/vocab/unit/PERCENT"
NOTIFIED_BODY = "https://w3id.org/comity/role/notified-body"


@pytest.fixture(scope="module")
def asked(known: Knowledge) -> dict[str, Requirement]:
    return duties(known)


@pytest.mark.parametrize(
    ("name", "starts", "value", "material", "denominator", "origin"),
    [
        # Art. 8(2): cobalt, lithium and nickel in active materials, lead in the battery.
        ("art8-2-co", "2031-08-18", 16, "cobalt", "active-materials", "battery-manufacturing-or-post-consumer-waste"),
        ("art8-2-pb", "2031-08-18", 85, "lead", "battery", "waste"),
        ("art8-2-li", "2031-08-18", 6, "lithium", "active-materials", "battery-manufacturing-or-post-consumer-waste"),
        ("art8-2-ni", "2031-08-18", 6, "nickel", "active-materials", "battery-manufacturing-or-post-consumer-waste"),
        # Art. 8(3).
        ("art8-3-co", "2036-08-18", 26, "cobalt", "active-materials", "battery-manufacturing-or-post-consumer-waste"),
        ("art8-3-pb", "2036-08-18", 85, "lead", "battery", "waste"),
        ("art8-3-li", "2036-08-18", 12, "lithium", "active-materials", "battery-manufacturing-or-post-consumer-waste"),
        ("art8-3-ni", "2036-08-18", 15, "nickel", "active-materials", "battery-manufacturing-or-post-consumer-waste"),
    ],
)
def test_recycled_content(
    known: Knowledge,
    asked: dict[str, Requirement],
    name: str,
    starts: str,
    value: int,
    material: str,
    denominator: str,
    origin: str,
) -> None:
    found, requirement = criterion(known, name), asked[name]
    assert found.limit is not None
    assert (found.limit.role, found.limit.comparator) == (ThresholdRole.LIMIT, Comparator.AT_LEAST)
    assert (found.limit.value, found.limit.unit) == (Fraction(value), PERCENT)
    assert qualifiers(found.limit) == {"material": material, "denominator": denominator, "origin": origin}
    assert requirement.starts == date.fromisoformat(starts)
    assert requirement.ends is None, "Art. 8(3) adds to Art. 8(2) and does not repeal it"
    assert requirement.unit_parts == ("model", "plant", "year")
    assert (requirement.rank, requirement.role) == (Assurance.THIRD_PARTY, NOTIFIED_BODY), "Art. 17(2)"


@pytest.mark.parametrize(
    ("name", "starts", "value", "substance"),
    [
        ("art6-1-hg", "2024-02-18", "0.0005", "mercury"),  # Annex I, entry 1; Art. 96
        ("art6-1-cd", "2024-02-18", "0.002", "cadmium"),  # Annex I, entry 2
        ("art6-1-pb", "2024-08-18", "0.01", "lead"),  # Annex I, entry 3(1)
    ],
)
def test_substances(
    known: Knowledge, asked: dict[str, Requirement], name: str, starts: str, value: str, substance: str
) -> None:
    found = criterion(known, name)
    assert found.limit is not None
    assert (found.limit.comparator, found.limit.value) == (Comparator.AT_MOST, Fraction(value))
    assert qualifiers(found.limit) == {"substance": substance, "denominator": "battery-mass"}
    assert asked[name].starts == date.fromisoformat(starts)
    assert (asked[name].rank, asked[name].role) == (Assurance.SELF, None), "Art. 17(1) allows module A"


@pytest.mark.parametrize(
    ("name", "fixed", "months"),
    [
        ("art7-1-ev", "2025-02-18", 12),
        ("art7-1-ind", "2026-02-18", 18),
        ("art7-1-lmt", "2028-08-18", 18),
        ("art7-1-indx", "2030-08-18", 18),
        ("art7-2-ev", "2026-08-18", 18),
        ("art7-2-ind", "2027-08-18", 18),
        ("art7-2-lmt", "2030-02-18", 18),
        ("art7-2-indx", "2032-02-18", 18),
        ("art7-3-ev", "2028-02-18", 18),
        ("art7-3-ind", "2029-02-18", 18),
        ("art7-3-lmt", "2031-08-18", 18),
        ("art7-3-indx", "2033-08-18", 18),
        ("art8-1-co", "2028-08-18", 24),
        ("art10-2", "2027-08-18", 18),
        ("art10-3", "2028-08-18", 18),
        # The passport starts on 18 February 2027; Art. 7(1) may start later.
        ("anx13-1-c-ev", "2027-02-18", 12),
        ("anx13-1-c-lmt", "2028-08-18", 18),
        ("anx13-1-e-co", "2028-08-18", 24),
    ],
)
def test_dates_that_wait_for_an_act(
    known: Knowledge, asked: dict[str, Requirement], name: str, fixed: str, months: int
) -> None:
    starts = asked[name].starts
    assert isinstance(starts, FloatingDate)
    assert (starts.fixed, starts.months) == (date.fromisoformat(fixed), months)
    assert known.acts[starts.act].adopted_on is None, "none of these acts was adopted on 23 November 2026"


def test_each_category_waits_for_its_own_act(asked: dict[str, Requirement]) -> None:
    waits = [asked[f"art7-{p}-{c}"].starts for p in (1, 2, 3) for c in ("ev", "ind", "lmt", "indx")]
    assert len({s.act for s in waits if isinstance(s, FloatingDate)}) == 12


@pytest.mark.parametrize(
    ("name", "starts"),
    [
        ("art8-1-lmt-co", "2033-08-18"),  # Art. 8(1), second subparagraph
        ("art10-1", "2024-08-18"),
        ("art48-1", "2027-08-18"),  # as changed by Regulation (EU) 2025/1561, before: 18 August 2025
        ("art52-3", "2027-08-18"),
        ("art77-1", "2027-02-18"),
        ("anx13-1-g", "2027-02-18"),
        ("anx13-1-d", "2027-08-18"),  # the report of Art. 52(3) starts then
        ("anx13-1-e-co-lmt", "2033-08-18"),
    ],
)
def test_fixed_dates(asked: dict[str, Requirement], name: str, starts: str) -> None:
    assert asked[name].starts == date.fromisoformat(starts)


def test_maximum_footprint_is_not_set_and_strict(known: Knowledge) -> None:
    limit = criterion(known, "art7-3-ev").limit
    assert limit is not None
    assert (limit.value, limit.comparator) == (None, Comparator.LESS_THAN), "Art. 7(3): 'below'"


BATTERY = {"product_group": "battery"}
INDUSTRIAL = {"battery_category": "industrial", "active_materials": "cobalt"}


@pytest.mark.parametrize(
    ("name", "facts", "expected"),
    [
        ("art8-2-co", {"battery_category": "EV", "active_materials": "nickel,manganese,cobalt,lithium"}, True),
        ("art8-2-pb", {"battery_category": "EV", "active_materials": "nickel,manganese,cobalt,lithium"}, False),
        ("art8-2-co", {"battery_category": "SLI", "active_materials": "lead"}, False),
        ("art8-2-pb", {"battery_category": "SLI", "active_materials": "lead"}, True),
        ("art8-2-co", {"battery_category": "portable", "active_materials": "cobalt"}, False),
        ("art8-2-co", {"battery_category": "LMT", "active_materials": "cobalt"}, False),  # LMT only from Art. 8(3)
        ("art8-3-co", {"battery_category": "LMT", "active_materials": "cobalt"}, True),
        ("art8-2-co", {"battery_category": "EV"}, None),  # the materials are asked for
        ("art8-2-co", {"active_materials": "cobalt"}, None),  # the category is asked for
        # "a capacity greater than 2 kWh": 2 kWh is not greater; external storage is out, rechargeable or not.
        ("art8-2-co", {**INDUSTRIAL, "capacity_kwh": "2", "storage": "internal"}, False),
        ("art8-2-co", {**INDUSTRIAL, "capacity_kwh": "2.1", "storage": "internal"}, True),
        ("art8-2-co", {**INDUSTRIAL, "capacity_kwh": "50", "storage": "external"}, False),
        ("art8-2-co", {**INDUSTRIAL, "capacity_kwh": "50"}, None),
        # Art. 7 asks for rechargeable industrial batteries; external storage has a paragraph of its own.
        ("art7-1-ind", {**INDUSTRIAL, "capacity_kwh": "50", "rechargeable": "true", "storage": "internal"}, True),
        ("art7-1-ind", {**INDUSTRIAL, "capacity_kwh": "50", "rechargeable": "false", "storage": "internal"}, False),
        ("art7-1-indx", {**INDUSTRIAL, "capacity_kwh": "50", "rechargeable": "true", "storage": "external"}, True),
        ("art7-1-ev", {"battery_category": "EV"}, True),
        ("art7-1-ev", {"battery_category": "LMT"}, False),
        # Art. 77(1): any industrial battery above 2 kWh, rechargeable or not, wherever its energy is stored.
        ("art77-1", {"battery_category": "industrial", "capacity_kwh": "50"}, True),
        ("art77-1", {"battery_category": "SLI"}, False),
        ("anx13-1-k", {"battery_category": "EV"}, True),  # "only for electric vehicle batteries"
        ("anx13-1-k", {"battery_category": "LMT"}, False),
        ("art6-1-hg", {}, True),  # every battery
        ("art6-1-cd", {"battery_category": "EV"}, False),  # portable batteries only
    ],
)
def test_scope(
    known: Knowledge, asked: dict[str, Requirement], name: str, facts: dict[str, str], expected: bool | None
) -> None:
    assert holds(known, asked[name], **BATTERY, **facts) is expected


def test_other_products_are_out(known: Knowledge, asked: dict[str, Requirement]) -> None:
    products = [r for r in asked.values() if r.level.is_product]
    assert len(products) > 80
    kept = [r.notation for r in products if holds(known, r, product_group="copper-concentrate") is not False]
    assert kept == [], "the act is about batteries"


@pytest.mark.parametrize(
    ("net", "group", "bound"),
    [
        # Art. 47: out when below EUR 40 million and in no group that exceeds EUR 40 million.
        ("39999999", "40000000", False),
        ("40000000", "40000000", True),
        ("39999999", "40000001", True),
        ("1", None, None),  # the group's turnover is asked for
        ("41000000", None, True),  # it would change nothing
        (None, None, None),
    ],
)
def test_turnover(
    known: Knowledge, asked: dict[str, Requirement], net: str | None, group: str | None, bound: bool | None
) -> None:
    facts = {"role": "importer"}
    facts |= {"net_turnover_eur": net} if net else {}
    facts |= {"group_turnover_eur": group} if group else {}
    assert holds(known, asked["art48-1"], **facts) is bound


def test_roles(known: Knowledge, asked: dict[str, Requirement]) -> None:
    rich = {"net_turnover_eur": "90000000"}
    answers = {
        role: holds(known, asked["art48-1"], role=role, **rich)
        for role in ("manufacturer", "importer", "second-life-operator", "distributor", "supplier")
    }
    assert answers == {
        "manufacturer": True,
        "importer": True,
        "second-life-operator": True,  # Art. 38(11): a manufacturer
        "distributor": False,  # makes available, does not place on the market
        "supplier": False,
    }
    assert holds(known, asked["art48-1"], **rich) is None, "an unknown role is asked for"


def test_due_diligence_is_a_notified_bodys_to_confirm(asked: dict[str, Requirement]) -> None:
    chapter = {n: r for n, r in asked.items() if re.match(r"art(48|49|50|52)-", n)}
    own_word = {n for n, r in chapter.items() if r.role != NOTIFIED_BODY}
    assert own_word == {"art48-3", "art49-2-share"}, "keeping files, and suppliers who pass on reports"
    assert {r.rank for n, r in chapter.items() if n not in own_word} == {Assurance.THIRD_PARTY}


def test_passport_is_the_operators_own_word(asked: dict[str, Requirement]) -> None:
    passport = [r for n, r in asked.items() if n.startswith(("art77", "art78", "anx13"))]
    assert {(r.rank, r.role) for r in passport} == {(Assurance.SELF, None)}
    assert {asked[f"anx13-4-{x}"].unit_parts for x in "abcd"} == {("item",)}, "data of an individual battery"
    assert asked["anx13-1-g"].unit_parts == (), "any passport may state the data of its model"


def test_performance_document_has_ten_values_and_an_explanation(known: Knowledge) -> None:
    whole = decomposition(known, "art10-1")
    assert whole.complete
    assert sorted(p.removeprefix(ACT + "art10-1/") for p in whole.parts) == [
        "capacity-fade",  # Annex IV, Part A, point 1
        "energy-round-trip-efficiency",  # 4
        "energy-round-trip-efficiency-fade",  # 4
        "expected-lifetime-cycles",  # 5
        "expected-lifetime-years",  # 5
        "explanation",  # Art. 10(1), second subparagraph
        "internal-resistance",  # 3
        "internal-resistance-increase",  # 3
        "power",  # 2
        "power-fade",  # 2
        "rated-capacity",  # 1
    ]
    roles = [known.criteria[p].limit.role for p in whole.parts if known.criteria[p].limit]  # type: ignore[union-attr]
    assert roles == [ThresholdRole.DECLARE] * 10


def test_footprint_declaration_is_more_than_its_total(known: Knowledge) -> None:
    whole = decomposition(known, "art7-1-ev")
    assert (whole.complete, len(whole.parts)) == (False, 7), "Art. 7(1)(a) to (g), 'at least'"
    assert qualifiers(criterion(known, "art7-1-ev/carbon-footprint").limit) == {
        "functional-unit": "kwh-over-service-life",
        "stage": "whole-life-cycle",
    }


def test_recycled_content_is_documented_metal_by_metal(known: Knowledge, asked: dict[str, Requirement]) -> None:
    whole = decomposition(known, "art8-1")
    assert whole.complete
    assert sorted(p.rsplit("/", 1)[1] for p in whole.parts) == ["co", "li", "ni", "pb"]
    assert "art8-1" not in asked, "a battery without lead has nothing to say of lead"
    facts = {**BATTERY, "battery_category": "EV", "active_materials": "lithium,iron,phosphate"}
    assert [m for m in ("co", "li", "ni", "pb") if holds(known, asked[f"art8-1-{m}"], **facts)] == ["li"]


def test_annex_x_lists_fifteen_risk_categories(known: Knowledge) -> None:
    whole = decomposition(known, "art50-1-a")
    assert (whole.complete, len(whole.parts)) == (False, 15), "nine, five and one"
    assert {known.criteria[p].level for p in whole.parts} == {Level.ORGANISATION}


def test_nothing_explained_is_asked(known: Knowledge, asked: dict[str, Requirement]) -> None:
    kinds = {known.criteria[r.criterion].kind for r in asked.values()}
    assert Kind.EXPLAINED not in kinds
    assert {r.notation for r in asked.values() if known.criteria[r.criterion].kind is Kind.PERMIT} == {
        "eu-batt-art55-2",  # registration of producers
        "eu-batt-art58-1",  # authorisation to fulfil extended producer responsibility
    }
    explained = {c.iri.removeprefix(ACT) for c in known.criteria.values() if c.kind is Kind.EXPLAINED}
    assert {"art47-turnover", "art53-2", "art84-2", "art77-9", "art8-5", "anx10-1-a"} <= explained


def test_everything_else_is_asked_or_is_part_of_it(known: Knowledge, asked: dict[str, Requirement]) -> None:
    wanted = {r.criterion for r in asked.values()}
    parts = {p for d in known.decompositions for p in d.parts} | {o for c in known.choices for o in c.options}
    wholes = {d.whole for d in known.decompositions}
    left = {
        c.iri.removeprefix(ACT)
        for c in known.criteria.values()
        if c.iri.startswith(ACT) and c.kind not in (Kind.EXPLAINED, Kind.ROOT)
        if c.iri not in wanted | parts | wholes
    }
    assert left == {"art77-7-waste"}, "what happens to the passport of waste is the waste holder's, not the seller's"


def test_doubts_are_told(known: Knowledge, asked: dict[str, Requirement]) -> None:
    for notation, requirement in asked.items():
        assert any("02023R1542-20260813" in d for d in about_requirement(known, requirement)), notation
        # Art. 71(3) leans on Delegated Regulation (EU) 2025/606, which was not read itself.
        read = Basis.SECONDARY if notation == "art71-3" else Basis.READ_IN_SOURCE
        assert requirement.basis is read, notation
    for notation in ("art48-1", "art49-1-a", "art52-3"):
        assert any("EUR 200 million" in d for d in asked[notation].doubts), "Omnibus IV would change Art. 47"
    assert any("five-yearly" in d for d in asked["art52-3"].doubts)
    assert any("Art. 17(2)" in d for d in asked["art8-2-co"].doubts), "the day of the notified body is open"


OWN_FACTS = {"active-materials", "battery-category", "chemistry", "material", "product-group", "rechargeable", "role"}
"""What this act asks about and documents say; the rules of other acts read more."""


def derived(known: Knowledge, path: str, text: str) -> dict[str, set[str]]:
    """Read facts from one attribute, tests on other facts left aside."""
    found: dict[str, set[str]] = {}
    for rule in known.derivations:
        if (
            rule.fact in OWN_FACTS
            and rule.path == path
            and (not rule.match or re.search(rule.match, text, re.IGNORECASE))
        ):
            found.setdefault(rule.fact, set()).update((rule.value or text).split(","))
    return found


@pytest.mark.parametrize(
    ("path", "text", "facts"),
    [
        (
            "characteristics.batteryChemistry",
            "NMC 811 (LiNi0.8Mn0.1Co0.1O2)",
            {
                "active-materials": {"nickel", "manganese", "cobalt", "lithium"},
                "chemistry": {"NMC"},
                "product-group": {"battery"},
                "rechargeable": {"true"},
            },
        ),
        (
            "characteristics.batteryChemistry",
            "LFP",
            {
                "active-materials": {"lithium", "iron", "phosphate"},
                "chemistry": {"LFP"},
                "product-group": {"battery"},
                "rechargeable": {"true"},
            },
        ),
        (
            "characteristics.batteryChemistry",
            "Lithium-ion",  # which metals, nobody says: the list must be complete
            {"product-group": {"battery"}, "rechargeable": {"true"}},
        ),
        ("characteristics.batteryCategory", "EV", {"battery-category": {"EV"}, "product-group": {"battery"}}),
        ("productCategory.name", "Primary cells and primary batteries", {"product-group": {"battery"}}),
        (
            "productCategory.name",
            "Copper ores and concentrates",
            {"product-group": {"copper-concentrate"}, "material": {"copper"}},
        ),
        ("productCategory.name", "Unwrought copper", {"product-group": {"copper-cathode"}, "material": {"copper"}}),
        ("productCategory.name", "Cotton fabrics", {}),
        ("productCategory.code", "14210", {}),  # passports disagree on what this code means
        ("productionDate", "2025-03-01", {}),  # making is not placing on the market
    ],
)
def test_facts_read_from_documents(known: Knowledge, path: str, text: str, facts: dict[str, set[str]]) -> None:
    assert derived(known, path, text) == facts


def test_a_party_has_a_role_only_beside_a_battery(known: Knowledge) -> None:
    rules = [r for r in known.derivations if r.fact == "role"]
    assert len(rules) == 5
    assert {r.when for r in rules} == {("product-group=battery",)}


def test_what_a_value_is_of_is_never_assumed(known: Knowledge) -> None:
    never = {d.notation for d in known.dimensions.values() if not d.assumable}
    assert {"material", "substance", "waste-stream"} <= never
    assert "denominator" not in never
    assert not [d for d in known.defaults if d.dimension.rsplit("/", 1)[-1] in never | {"functional-unit", "stage"}]
    kept = {d.dimension.rsplit("/", 1)[-1] for d in known.defaults if d.metric.endswith("/recycled-content-share")}
    assert kept == {"denominator", "origin", "model", "plant", "year"}


def test_which_waste_counts(known: Knowledge) -> None:
    def under(name: str) -> set[str]:
        value = known.qualifiers[f"https://w3id.org/comity/qualifier/origin/{name}"]
        return {b.rsplit("/", 1)[1] for b in value.broader}

    assert under("post-consumer-waste") == under("battery-manufacturing-waste")
    assert under("post-consumer-waste") == {"battery-manufacturing-or-post-consumer-waste"}
    assert under("pre-consumer-waste") == {"waste"}, "other manufacturing waste does not count for cobalt"


def test_what_the_market_says_of_copper(known: Knowledge) -> None:
    notes = known.markets["eu"].notes
    said = [
        n.label
        for n in notes
        if evaluate(n.condition, known.conditions, {"material": ("copper",)}, known.facts).value is True
    ]
    assert any("not among the raw materials of the battery due diligence duties" in t for t in said)
    assert any("no conflict mineral" in t for t in said)
    assert any("14 December 2027" in t for t in said), "the forced labour regulation covers every product"
    assert not any("18 August 2027 whoever places batteries" in t for t in said), "that is said of listed materials"
