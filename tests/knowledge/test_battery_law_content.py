"""The duties of Regulation (EU) 2023/1542 beside due diligence and passport: numbers, dates, actors, by hand.

The act was read as the consolidation 02023R1542-20250731. Every expectation names its provision.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from tests.knowledge.batteries import ACT, criterion, decomposition, duties
from tests.knowledge.reading import holds, qualifiers

from comity.model.knowledge import Knowledge
from comity.model.requirements import FloatingDate, Requirement
from comity.model.scales import Assurance, Basis, Comparator, Deontic, Kind, Level, ThresholdRole

ROLE = "https://w3id.org/comity/role/"


@pytest.fixture(scope="module")
def asked(known: Knowledge) -> dict[str, Requirement]:
    return duties(known)


@pytest.mark.parametrize(
    ("name", "percent", "starts", "stream"),
    [
        ("art59-3-a", 45, "2025-08-18", "portable-batteries"),  # by 2023, but Chapter VIII applies later
        ("art59-3-b", 63, "2027-12-31", "portable-batteries"),
        ("art59-3-c", 73, "2030-12-31", "portable-batteries"),
        ("art60-3-a", 51, "2028-12-31", "lmt-batteries"),
        ("art60-3-b", 61, "2031-12-31", "lmt-batteries"),
    ],
)
def test_collection_targets(
    known: Knowledge, asked: dict[str, Requirement], name: str, percent: int, starts: str, stream: str
) -> None:
    """Art. 59(3) and 60(3): shares of what was made available, by the formula of Annex XI, kept up from then on."""
    found, duty = criterion(known, name), asked[name]
    assert found.limit is not None
    assert (found.limit.comparator, found.limit.value) == (Comparator.AT_LEAST, Fraction(percent))
    assert qualifiers(found.limit) == {"waste-stream": stream, "method": "annex-xi", "period": "calendar-year"}
    assert (duty.starts, duty.ends) == (date.fromisoformat(starts), None)
    assert (duty.level, duty.unit_parts) == (Level.ORGANISATION, ("year",))
    assert duty.actor == ROLE + "producer-or-organisation"
    assert any("kept up" in d for d in duty.deadlines)
    assert found.deontic is Deontic.TARGET


def test_every_collection_target_is_tightened_by_the_next(known: Knowledge) -> None:
    chain = ("art59-3-a", "art59-3-b"), ("art59-3-b", "art59-3-c"), ("art60-3-a", "art60-3-b")
    assert [criterion(known, early).tightened_by for early, _ in chain] == [(ACT + late,) for _, late in chain]


def test_all_other_batteries_are_taken_back(known: Knowledge, asked: dict[str, Requirement]) -> None:
    """Art. 61(1): "all waste SLI batteries, waste industrial batteries and waste electric vehicle batteries"."""
    limit = criterion(known, "art61-1").limit
    assert limit is not None
    assert (limit.comparator, limit.value) == (Comparator.EXACTLY, Fraction(100))
    assert any("our reading of 'all" in d for d in asked["art61-1"].doubts)


@pytest.mark.parametrize(
    ("name", "percent", "starts", "stream"),
    [
        ("anx12-b1-lead-acid", 75, "2025-12-31", "lead-acid"),  # Annex XII, Part B(1)(a)
        ("anx12-b1-lithium-based", 65, "2025-12-31", "lithium-based"),
        ("anx12-b1-nickel-cadmium", 80, "2025-12-31", "nickel-cadmium"),
        ("anx12-b1-other", 50, "2025-12-31", "other-batteries"),
        ("anx12-b2-lead-acid", 80, "2030-12-31", "lead-acid"),  # Part B(2)
        ("anx12-b2-lithium-based", 70, "2030-12-31", "lithium-based"),
    ],
)
def test_recycling_efficiencies(
    known: Knowledge, asked: dict[str, Requirement], name: str, percent: int, starts: str, stream: str
) -> None:
    found, duty = criterion(known, name), asked[name]
    assert found.limit is not None
    assert (found.limit.comparator, found.limit.value) == (Comparator.AT_LEAST, Fraction(percent))
    assert found.limit.metric.endswith("/recycling-efficiency")
    assert qualifiers(found.limit)["waste-stream"] == stream
    assert qualifiers(found.limit)["denominator"] == "average-weight-of-waste", "by average weight"
    assert (duty.starts, duty.level, duty.actor) == (date.fromisoformat(starts), Level.FACILITY, ROLE + "recycler")


RECOVERY = {"cobalt": (90, 95), "copper": (90, 95), "lead": (90, 95), "lithium": (50, 80), "nickel": (90, 95)}
"""Annex XII, Part C: by 31 December 2027, and by 31 December 2031."""


@pytest.mark.parametrize("metal", RECOVERY)
def test_recovery_of_materials(known: Knowledge, asked: dict[str, Requirement], metal: str) -> None:
    early, late = (criterion(known, f"anx12-{step}-{metal}") for step in ("c1", "c2"))
    assert early.limit is not None
    assert late.limit is not None
    assert (early.limit.value, late.limit.value) == tuple(map(Fraction, RECOVERY[metal]))
    assert qualifiers(early.limit)["material"] == qualifiers(late.limit)["material"] == metal
    assert early.tightened_by == (late.iri,)
    assert asked[f"anx12-c1-{metal}"].starts == date(2027, 12, 31)
    assert asked[f"anx12-c2-{metal}"].starts == date(2031, 12, 31)
    assert asked[f"anx12-c1-{metal}"].ends is None, "the later one adds to it"


PLANT = {"country": "BE", "activity": "recycling", "waste_batteries_treated": "lithium-based"}


@pytest.mark.parametrize(
    ("name", "facts", "expected"),
    [
        ("anx12-b1-lithium-based", PLANT, True),
        ("anx12-b1-lead-acid", PLANT, False),
        ("anx12-b1-lithium-based", {**PLANT, "country": "CD"}, False),  # the Regulation binds facilities of the Union
        ("anx12-b1-lithium-based", {"country": "BE", "activity": "mining"}, False),
        ("anx12-b1-lithium-based", {"country": "BE", "activity": "recycling"}, None),  # which batteries, is asked
        ("anx12-c1-cobalt", {**PLANT, "waste_battery_materials": "lithium,copper"}, False),
        ("anx12-c1-cobalt", {**PLANT, "waste_battery_materials": "lithium,cobalt"}, True),
        ("art70-2", PLANT, True),  # who recycles, treats
        ("anx12-a4", {**PLANT, "waste_batteries_treated": "lead-acid"}, False),  # lithium-based batteries alone
    ],
)
def test_which_plants_are_bound(
    known: Knowledge, asked: dict[str, Requirement], name: str, facts: dict[str, str], expected: bool | None
) -> None:
    assert holds(known, asked[name], **facts) is expected


@pytest.mark.parametrize(
    ("name", "comparator", "value", "unit"),
    [
        ("art13-4/share-of-largest-side", Comparator.AT_LEAST, "3", "PERCENT"),
        ("art13-4/share-of-cylinder", Comparator.AT_LEAST, "1.5", "PERCENT"),
        ("art13-4/largest-size", Comparator.AT_MOST, "5", "CentiM"),  # 5 x 5 cm
        ("art13-4/on-packaging", Comparator.AT_LEAST, "1", "CentiM"),  # 1 x 1 cm
        ("art13-5/size", Comparator.AT_LEAST, "0.25", None),  # "at least one-quarter the size of the symbol"
    ],
)
def test_sizes_of_symbols(known: Knowledge, name: str, comparator: Comparator, value: str, unit: str | None) -> None:
    limit = criterion(known, name).limit
    assert limit is not None
    assert (limit.role, limit.comparator, limit.value) == (ThresholdRole.LIMIT, comparator, Fraction(value))
    assert (limit.unit or "").rpartition("/")[2] == (unit or "")


def test_the_label_names_ten_things_when_its_act_is_there(known: Knowledge, asked: dict[str, Requirement]) -> None:
    """Art. 13(1) and Annex VI, Part A; critical raw materials above 0.1 % by weight."""
    whole = decomposition(known, "art13-1")
    assert (whole.complete, len(whole.parts)) == (True, 10)
    trigger = criterion(known, "art13-1/critical-raw-materials").limit
    assert trigger is not None
    assert (trigger.role, trigger.comparator) == (ThresholdRole.TRIGGER, Comparator.MORE_THAN)
    assert trigger.value == Fraction("0.1")


@pytest.mark.parametrize(
    ("name", "fixed", "months"),
    [
        ("art9-1", "2028-08-18", 24),
        ("art13-1", "2026-08-18", 18),
        ("art13-2", "2026-08-18", 18),
        ("art13-3", "2026-08-18", 18),
        ("art17-2", None, 12),  # after the first list of notified bodies; no fixed day
    ],
)
def test_dates_that_wait(
    known: Knowledge, asked: dict[str, Requirement], name: str, fixed: str | None, months: int
) -> None:
    starts = asked[name].starts
    assert isinstance(starts, FloatingDate)
    assert (starts.fixed, starts.months) == (date.fromisoformat(fixed) if fixed else None, months)
    assert known.acts[starts.act].adopted_on is None


@pytest.mark.parametrize(
    ("name", "starts"),
    [
        ("art5-1", "2024-02-18"),  # Art. 96(2), general
        ("art11-1", "2027-02-18"),
        ("art12-2-a", "2024-08-18"),
        ("art13-4-symbol", "2025-08-18"),
        ("art13-6", "2027-02-18"),
        ("art14-1", "2024-08-18"),
        ("art17-1", "2024-08-18"),
        ("art38-1", "2024-08-18"),  # Chapter VI
        ("art41-1", "2024-08-18"),
        ("art55-2", "2025-08-18"),  # Chapter VIII
        ("art71-3", "2025-07-24"),  # Delegated Regulation (EU) 2025/606
    ],
)
def test_fixed_dates(asked: dict[str, Requirement], name: str, starts: str) -> None:
    assert asked[name].starts == date.fromisoformat(starts)


@pytest.mark.parametrize(
    ("name", "years", "begins"),
    [
        ("art38-4", 10, "placed on the market or put into service"),  # manufacturer
        ("anx8-retain", 10, "last battery of the model"),
        ("art40-3", 10, ""),  # authorised representative: no day of beginning
        ("art41-7", 10, "placed on the market"),  # importer
        ("art46-2", 10, "supplied"),  # counted after receipt and after supply
        ("art48-3", 10, "last battery made under the policy"),
        ("art11-7", 5, "last unit of the model"),  # spare parts
    ],
)
def test_how_long_things_are_kept(known: Knowledge, name: str, years: int, begins: str) -> None:
    limit = criterion(known, name).limit
    assert limit is not None
    assert (limit.role, limit.comparator, limit.value) == (
        ThresholdRole.RETENTION,
        Comparator.AT_LEAST,
        Fraction(years),
    )
    assert str(limit.unit).endswith("/YR")
    assert begins in limit.start_event
    assert bool(begins) == bool(limit.start_event)


@pytest.mark.parametrize(
    ("name", "most", "unit"),
    [
        ("art58-5", 3, "YR"),  # self-control at least every three years
        ("art69-5", 5, "YR"),  # surveys by Member States
        ("art75-1", 6, "MO"),  # data, within six months after the reporting year
        ("art76-1", 18, "MO"),  # what Member States publish
    ],
)
def test_how_often_and_how_soon(known: Knowledge, name: str, most: int, unit: str) -> None:
    limit = criterion(known, name).limit
    assert limit is not None
    assert (limit.comparator, limit.value) == (Comparator.AT_MOST, Fraction(most))
    assert str(limit.unit).endswith("/" + unit)


def test_conformity_is_assessed_by_one_of_the_modules(known: Knowledge, asked: dict[str, Requirement]) -> None:
    """Art. 17: A, D1 or G for safety, substances and labels; D1 or G, with a notified body, for Articles 7 and 8."""
    options = {c.whole: {o.rsplit("/", 1)[1] for o in c.options} for c in known.choices if c.whole.startswith(ACT)}
    assert options[ACT + "art17-1"] == {"module-a", "module-d1", "module-g"}
    assert options[ACT + "art17-2"] == {"module-d1", "module-g"}
    assert (asked["art17-1"].rank, asked["art17-1"].role) == (Assurance.SELF, None)
    assert (asked["art17-2"].rank, asked["art17-2"].role) == (Assurance.THIRD_PARTY, ROLE + "notified-body")
    assert asked["art17-2"].unit_parts == ("model", "plant")


BATTERY = {"product_group": "battery"}


@pytest.mark.parametrize(
    ("name", "facts", "expected"),
    [
        # Art. 11 binds whoever places the product with the battery in it on the market.
        ("art11-1", {**BATTERY, "battery_category": "portable"}, False),
        ("art11-1", {"product_group": "battery-powered-product", "battery_category": "portable"}, True),
        ("art11-5", {"product_group": "battery-powered-product", "battery_category": "LMT"}, True),
        ("art11-8", {**BATTERY, "battery_category": "LMT"}, True),  # no locks, in the battery either
        # Art. 12 and 14: a stationary system is an industrial battery made for it.
        ("art12-1", {**BATTERY, "battery_category": "EV"}, False),
        ("art12-1", {**BATTERY, "battery_category": "industrial", "stationary_storage": "true"}, True),
        ("art12-1", {**BATTERY, "battery_category": "industrial"}, None),
        ("art14-1", {**BATTERY, "battery_category": "EV"}, True),
        ("art14-1", {**BATTERY, "battery_category": "SLI"}, False),
        # Art. 13(2) and (3).
        ("art13-2", {**BATTERY, "battery_category": "SLI"}, True),
        ("art13-2", {**BATTERY, "battery_category": "portable", "rechargeable": "false"}, False),
        ("art13-3", {**BATTERY, "battery_category": "portable", "rechargeable": "false"}, True),
        ("art13-3", {**BATTERY, "battery_category": "EV"}, False),
        ("art9-1", {**BATTERY, "battery_category": "portable"}, None),  # of general use, or not
        ("art9-1", {**BATTERY, "battery_category": "EV"}, False),
        ("art17-2", {**BATTERY, "battery_category": "portable"}, False),
        ("art73-1", {**BATTERY, "battery_category": "SLI"}, False),  # LMT, industrial and EV batteries
    ],
)
def test_scope(
    known: Knowledge, asked: dict[str, Requirement], name: str, facts: dict[str, str], expected: bool | None
) -> None:
    assert holds(known, asked[name], **facts) is expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"role": "producer-for-waste"}, True),
        ({"role": "manufacturer", "first_supplies_in_member_state": "true"}, True),
        ({"role": "manufacturer", "first_supplies_in_member_state": "false"}, False),
        ({"role": "manufacturer"}, None),  # Art. 3(1)(47): whether it is the first, is asked
        ({"role": "supplier", "first_supplies_in_member_state": "true"}, False),  # of raw material, not batteries
    ],
)
def test_who_is_a_producer(
    known: Knowledge, asked: dict[str, Requirement], facts: dict[str, str], expected: bool | None
) -> None:
    assert holds(known, asked["art56-1"], **facts) is expected


def test_exemptions_lift_what_they_name(known: Knowledge, asked: dict[str, Requirement]) -> None:
    lifted = {e.rsplit("/", 1)[1]: set[str]() for r in asked.values() for e in r.exemptions}
    for name, duty in asked.items():
        for exemption in duty.exemptions:
            lifted[exemption.rsplit("/", 1)[1]].add(name)
    assert lifted["art11-2-a"] == lifted["art11-2-b"] == {"art11-1"}
    assert lifted["art11-3"] == {"art11-1", "art11-5"}
    assert lifted["art9-1-button-cells"] == {"art9-1"}
    assert lifted["anx14-2"] == {"art72-2-anx14"}
    chapters = {n.partition("-")[0] for n in lifted["art1-6"]}
    assert chapters == {"art13", "art14", "art38", "art77", "art78", "anx13"}, "Chapters III and IX; Art. 38(8) is 14"
    assert lifted["art1-6"] & {n for n in asked if n.startswith("art38")} == {"art38-8"}


def test_what_binds_authorities_is_told_and_never_asked(known: Knowledge, asked: dict[str, Requirement]) -> None:
    bound = {
        "art30-2": "commission",
        "art69-1": "member-state",
        "art69-5": "member-state",
        "art76-1": "member-state",
        "art85-1": "contracting-authority",
        "art93": "member-state",
    }
    for name, actor in bound.items():
        found = criterion(known, name)
        assert (found.kind, found.actors) == (Kind.EXPLAINED, (ROLE + actor,)), name
        assert name not in asked
    assert criterion(known, "art69-5").starts == date(2026, 1, 1)


def test_every_provision_says_what_it_does(known: Knowledge, asked: dict[str, Requirement]) -> None:
    own = {c.iri.removeprefix(ACT): c for c in known.criteria.values() if c.iri.startswith(ACT)}
    silent = [n for n, c in own.items() if c.deontic is None and c.kind is not Kind.ROOT]
    assert silent == []
    kinds = {
        "art1-4": Deontic.SCOPE_DEFINITION,
        "art1-5": Deontic.EXEMPTION,
        "art5-1": Deontic.PROHIBITION,
        "art8-2-co": Deontic.OBLIGATION,
        "art8-5": Deontic.POWER,
        "art11-2": Deontic.PERMISSION,
        "art15-3": Deontic.PRESUMPTION,
        "art53-2": Deontic.RECOGNITION,
        "art84-2": Deontic.SANCTION,
    }
    assert {name: own[name].deontic for name in kinds} == kinds
    binding = {Deontic.OBLIGATION, Deontic.PROHIBITION, Deontic.TARGET}
    odd = {n for n, r in asked.items() if known.criteria[r.criterion].deontic not in binding}
    assert odd == set(), "definitions, permissions, presumptions, powers and sanctions are never judged"


def test_the_whole_act_is_there(known: Knowledge, asked: dict[str, Requirement]) -> None:
    version = known.schemes[ACT.rstrip("/")]
    assert version.consolidation_read == "02023R1542-20250731"
    assert version.consolidations_known == ("02023R1542-20260813",)
    assert len(version.amended_by) == 3
    assert {r.basis for n, r in asked.items() if n != "art71-3"} == {Basis.READ_IN_SOURCE}
    assert all(r.penalties for r in asked.values()), "Art. 93: penalties for infringements of this Regulation"
    chapter = {n for n, r in asked.items() if ACT + "art84-2" in r.penalties}
    assert {n.partition("-")[0] for n in chapter} == {"art48", "art49", "art50"}, "Art. 84(1)"


def test_the_delay_of_due_diligence_is_kept(asked: dict[str, Requirement]) -> None:
    """Regulation (EU) 2025/1561, in force on 31 July 2025, put 18 August 2025 off to 18 August 2027."""
    (before,) = asked["art48-1"].earlier_starts
    assert (before.day, before.until) == (date(2025, 8, 18), date(2025, 7, 31))
    moved = {n.partition("-")[0] for n, r in asked.items() if r.earlier_starts}
    assert moved == {"art48", "art49", "art50", "art51", "art52"}
