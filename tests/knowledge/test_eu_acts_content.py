"""What the knowledge says of the Union's acts beside the Batteries Regulation: numbers and dates written by hand.

Each expectation names its provision. What was not read in the act itself says so, and what is known from memory alone
is marked as not verified.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.knowledge.reading import NS, UNIT, criterion, holds, qualifiers, stated

from comity.algebra.conditions import Outcome, evaluate
from comity.judgement.applicability import State, apply
from comity.model import requirements
from comity.model.criteria import Limit
from comity.model.knowledge import Knowledge
from comity.model.requirements import Combination, FloatingDate, Requirement
from comity.model.scales import Assurance, Authority, Basis, Comparator, Deontic, Kind, Level, Lift, ThresholdRole
from comity.model.verdicts import FactValue

ACTS = {
    "EU Conflict Minerals Regulation": "eu-3tg/2017-821",
    "CSDDD": "eu-csddd/2024-1760",
    "CRMA": "eu-crma/2024-1252",
    "CBAM": "eu-cbam/2023-956",
    "EU Forced Labour Regulation": "eu-flr/2024-3015",
    "ESPR": "eu-espr/2024-1781",
    "DPP registry IR": "eu-dppreg/2026-1778",
    "EUDR": "eu-eudr/2023-1115",
}
OURS = tuple(v.partition("/")[0] + "-" for v in ACTS.values())


@pytest.fixture(scope="module")
def asked(known: Knowledge) -> dict[str, Requirement]:
    return {r.notation: r for r in known.markets["eu"].requirements if r.notation.startswith(OURS)}


@pytest.fixture(scope="module")
def facts(root: Path) -> Path:
    folder = root.parent / "shared" / "facts"
    if not (folder / "law-requirements.json").exists():
        pytest.skip("the collected facts are not here")
    return folder


def limit(known: Knowledge, notation: str) -> Limit:
    found = criterion(known, notation).limit
    assert found is not None
    return found


def outcome(known: Knowledge, condition: str, **given: str) -> Outcome:
    return evaluate(f"{NS}condition/{condition}", known.conditions, stated(given), known.facts)


class TestConflictMinerals:
    """Regulation (EU) 2017/821. The consolidation of 19 November 2020 was not read."""

    @pytest.mark.parametrize(
        ("line", "kilograms", "material"),
        [  # Annex I, each confirmed by a source
            ("tin-ores", 5_000, "tin"),
            ("w-ores", 250_000, "tungsten"),
            ("au-ores", 4_000_000, "gold"),
            ("au-lt995", 100, "gold"),
            ("au-ge995", 100, "gold"),
            ("w-oxides", 100_000, "tungsten"),
            ("tungstates", 100_000, "tungsten"),
            ("tantalates", 30, "tantalum"),
            ("sn-unwrought", 100_000, "tin"),
            ("sn-bars", 1_400, "tin"),
            ("sn-other", 2_100, "tin"),
            ("w-wire", 250, "tungsten"),
        ],
    )
    def test_thresholds_that_a_source_confirms(
        self, known: Knowledge, line: str, kilograms: int, material: str
    ) -> None:
        found = limit(known, f"eu-3tg-anx1-{line}")
        assert (found.role, found.comparator) == (ThresholdRole.SCOPE, Comparator.AT_LEAST), "at or above it applies"
        assert (found.value, found.unit) == (Fraction(kilograms), UNIT + "KiloGM")
        assert qualifiers(found) == {"goods": line, "material": material, "period": "calendar-year"}
        assert criterion(known, f"eu-3tg-anx1-{line}").basis is Basis.SECONDARY
        name = f"import_kg_{line.replace('-', '_')}"
        assert outcome(known, f"3tg-import-{line}", **{name: str(kilograms)}).value is True
        assert outcome(known, f"3tg-import-{line}", **{name: str(kilograms - 1)}).value is False

    @pytest.mark.parametrize(
        ("line", "kilograms", "material"),
        [  # Annex I from memory: to be checked against 02017R0821-20201119
            ("ta-ores", 100_000, "tantalum"),
            ("sn-oxides", 3_600, "tin"),
            ("sn-chlorides", 10_000, "tin"),
            ("w-carbides", 10_000, "tungsten"),
            ("ta-carbides", 770, "tantalum"),
            ("fe-w", 25_000, "tungsten"),
            ("w-powder", 2_500, "tungsten"),
            ("w-unwrought", 500, "tungsten"),
            ("w-bars", 350, "tungsten"),
            ("ta-unwrought", 2_500, "tantalum"),
            ("ta-bars", 150, "tantalum"),
        ],
    )
    def test_thresholds_from_memory_decide_nothing_unchecked(
        self, known: Knowledge, line: str, kilograms: int, material: str
    ) -> None:
        found, record = limit(known, f"eu-3tg-anx1-{line}"), criterion(known, f"eu-3tg-anx1-{line}")
        assert (found.value, found.unit) == (Fraction(kilograms), UNIT + "KiloGM")
        assert (record.basis, record.unverified) == (Basis.NOT_VERIFIED, True)
        assert qualifiers(found)["material"] == material
        name = f"import_kg_{line.replace('-', '_')}"
        for volume, checked, expected in [
            (kilograms, "", None),
            (kilograms - 1, "", None),
            (0, "", False),
            (kilograms, "true", True),
            (kilograms - 1, "true", False),
            (1, "false", True),  # whoever knows the number to be unchecked is on the safe side
        ]:
            given = {name: str(volume)} | ({"annex_i_memory_thresholds_checked": checked} if checked else {})
            assert outcome(known, f"3tg-import-{line}", **given).value is expected, (volume, checked)

    def test_one_volume_at_its_threshold_is_enough(self, known: Knowledge) -> None:
        """Art. 1(3); of metals that are not imported no volume is asked."""
        one = outcome(known, "3tg-volume", conflict_minerals_imported="tin", import_kg_sn_bars="1400")
        assert one.value is True
        open_ = outcome(known, "3tg-volume", conflict_minerals_imported="tin", import_kg_sn_bars="1399")
        assert open_.value is None
        assert not [name for name in open_.unknown if name.startswith(("import-kg-w", "import-kg-au", "import-kg-ta"))]

    def test_importers_only(self, known: Knowledge, asked: dict[str, Requirement]) -> None:
        """Art. 1(1): it binds Union importers; a manufacturer that imports none of these is out."""
        assert holds(known, asked["eu-3tg-art4-a"], role="manufacturer") is False
        volume = {"conflict_minerals_imported": "gold", "import_kg_au_ge995": "100"}
        assert holds(known, asked["eu-3tg-art4-a"], role="importer-of-3tg-metals", **volume) is True
        assert holds(known, asked["eu-3tg-art5-1-a"], role="importer-of-3tg-metals", **volume) is False, "minerals"
        assert holds(known, asked["eu-3tg-art5-4"], role="importer-of-3tg-metals", **volume) is True, "metals"

    def test_dates_and_exemptions(self, known: Knowledge, asked: dict[str, Requirement]) -> None:
        duties = {n: r for n, r in asked.items() if n.startswith("eu-3tg-")}
        assert {r.starts for r in duties.values()} == {date(2021, 1, 1)}, "importers' duties since 1 January 2021"
        assert known.schemes[NS + "eu-3tg/2017-821"].in_force_from == date(2017, 6, 8)
        recycled, stocks = NS + "exemption/3tg-recycled", NS + "exemption/3tg-stocks"
        assert set(duties["eu-3tg-art4-a"].exemptions) == {recycled, stocks}
        assert duties["eu-3tg-art7-4"].exemptions == (), "Art. 7(4) is for recycled metals"
        assert NS + "exemption/3tg-smelters" in duties["eu-3tg-art6-1"].exemptions, "Art. 6(2)"

    def test_records_are_kept_five_years(self, known: Knowledge) -> None:
        """Art. 4(c), against ten in Art. 49(1)(c) of the Batteries Regulation."""
        here, there = limit(known, "eu-3tg-art4-c"), limit(known, "eu-batt-art49-1-c")
        assert (here.role, here.value, here.unit) == (ThresholdRole.RETENTION, Fraction(5), UNIT + "YR")
        assert (there.role, there.value, there.unit) == (ThresholdRole.RETENTION, Fraction(10), UNIT + "YR")

    def test_the_report_is_yearly(self, known: Knowledge, asked: dict[str, Requirement]) -> None:
        assert limit(known, "eu-3tg-art7-3-interval").value == 1
        assert asked["eu-3tg-art7-3"].deadlines == ("every year",)

    def test_smelters_are_asked_metal_by_metal_through_the_chain(
        self, known: Knowledge, asked: dict[str, Requirement]
    ) -> None:
        for metal in ("tin", "tantalum", "tungsten", "gold"):
            requirement = asked[f"eu-3tg-art4-g-smelters-{metal}"]
            assert (requirement.ranges_over, requirement.level) == ("sources-from", Level.BATCH)
            assert requirement.rank is Assurance.THIRD_PARTY
            assert Lift.INHERITS_DOWN in known.criteria[requirement.criterion].lifts

    def test_what_is_known_from_memory_is_marked(self, known: Knowledge) -> None:
        for name in ("art1-6", "art3-1", "art4-h", "art5-1-a", "art8-1", "art9-1", "art11-1"):
            assert criterion(known, f"eu-3tg-{name}").unverified, name
        for name in ("art4-a", "art4-g", "art6-1", "art7-1"):
            assert not criterion(known, f"eu-3tg-{name}").unverified, name


class TestRecognition:
    """Implementing Decision (EU) 2025/2071 under Art. 8(3) of Regulation (EU) 2017/821."""

    def test_four_metals_by_three_standards(self, known: Knowledge) -> None:
        found = {r.materials: r.recognised.removeprefix(NS) for r in known.recognitions}
        assert found == {
            ("tin",): "rmap-tin-tantalum/2023",
            ("tantalum",): "rmap-tin-tantalum/2023",
            ("tungsten",): "rmap-tungsten/2023",
            ("gold",): "rmap-gold/undated",
        }
        assert {r.valid_from for r in known.recognitions} == {date(2025, 10, 16)}, "the day of adoption"
        assert {r.basis for r in known.recognitions} == {Basis.SECONDARY}
        for one in known.recognitions:
            assert any("Articles 4 to 7" in text for text in one.leaves)
            assert any("cross-recognises" in text for text in one.leaves)

    def test_each_names_its_row_and_the_row_its_metal(self, known: Knowledge) -> None:
        rows = {row.id: row for row in known.rows}
        for one in known.recognitions:
            (name,) = one.rows
            row = rows[name]
            assert row.authority is Authority.RECOGNISED_IN_LAW
            assert (row.scope,) == one.materials
            assert row.object == f"{NS}eu-3tg/2017-821/art4-g/smelters-{row.scope}"
            assert row.valid_from == date(2025, 10, 17), "the database has the Decision of that day"

    def test_nothing_else_is_recognised_in_law(self, known: Knowledge) -> None:
        named = {name for one in known.recognitions for name in one.rows}
        assert {row.id for row in known.rows if row.authority is Authority.RECOGNISED_IN_LAW} == named

    def test_the_layers_are_not_merged(self, known: Knowledge) -> None:
        modes = {e.iri.rsplit("/", 1)[1]: (e.mode, e.state) for e in known.effects}
        assert len(modes) == 17
        assert modes["batt-art53"] == ("recognised-by-law", "none found (sources to October 2026)")
        assert modes["csddd-art20"][0] == "supporting-evidence-only"
        assert modes["espr-art41"][0] == "presumption-of-conformity"
        assert modes["uflpa"][0] == "rebuttable-presumption-against"
        assert all(e.applies_to for e in known.effects)

    def test_every_record_is_there(self, known: Knowledge, facts: Path) -> None:
        ids = {r["id"] for r in json.loads((facts / "recognitions.json").read_text("utf-8"))}
        kept = {e.iri.rsplit("/", 1)[1] for e in known.effects}
        kept |= {r.iri.rsplit("/", 1)[1].rpartition("-")[0] for r in known.recognitions}
        assert kept == ids


class TestSustainabilityDueDiligence:
    """Directive (EU) 2024/1760 as of 18 March 2026."""

    def test_dates(self, asked: dict[str, Requirement]) -> None:
        """Art. 37(1): from 26 July 2029; Art. 16 for financial years from 1 January 2030."""
        duties = {n.removeprefix("eu-csddd-"): r for n, r in asked.items() if n.startswith("eu-csddd-")}
        assert len(duties) == 12
        assert duties.pop("art16").starts == date(2030, 1, 1)
        assert {r.starts for r in duties.values()} == {date(2029, 7, 26)}
        earlier = {(e.day, e.until) for r in duties.values() for e in r.earlier_starts}
        # of the largest: the text of 2024, until Directive (EU) 2025/794 came into force; that, until Omnibus I
        assert earlier == {
            (date(2027, 7, 26), date(2025, 4, 17)),
            (date(2028, 7, 26), date(2026, 3, 18)),
        }

    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ({"established_in_union": "true", "employees": "5001", "worldwide_turnover_eur": "1500000001"}, True),
            ({"established_in_union": "true", "employees": "5000", "worldwide_turnover_eur": "1500000001"}, False),
            ({"established_in_union": "true", "employees": "5001", "worldwide_turnover_eur": "1500000000"}, False),
            ({"established_in_union": "false", "union_turnover_eur": "1500000001"}, True),
            ({"established_in_union": "false", "union_turnover_eur": "1500000000"}, False),
            ({"franchise_royalties_eur": "75000001", "worldwide_turnover_eur": "275000001"}, True),
            ({"established_in_union": "true", "employees": "5001"}, None),  # asked for, never taken as out of scope
            ({"established_in_union": "true", "employees": "3200"}, False),
        ],
    )
    def test_size(
        self, known: Knowledge, asked: dict[str, Requirement], given: dict[str, str], expected: bool | None
    ) -> None:
        """Art. 2(1)(a), 2(1)(c), 2(2)(a), 2(5)."""
        base = {"csddd_two_years": "true", "franchise_royalties_eur": "0"}
        assert holds(known, asked["eu-csddd-art7"], **(base | given)) is expected

    def test_one_year_is_not_enough(self, known: Knowledge, asked: dict[str, Requirement]) -> None:
        large = {"established_in_union": "false", "union_turnover_eur": "2000000000"}
        assert holds(known, asked["eu-csddd-art7"], csddd_two_years="false", **large) is False
        assert limit(known, "eu-csddd-art2-5").value == 2

    def test_numbers(self, known: Knowledge) -> None:
        fine = limit(known, "eu-csddd-art27-4")
        assert (fine.role, fine.value, fine.unit) == (ThresholdRole.SANCTION, Fraction(3), UNIT + "PERCENT")
        assert qualifiers(fine) == {"denominator": "net-worldwide-turnover"}
        assert (limit(known, "eu-csddd-art5-4").role, limit(known, "eu-csddd-art5-4").value) == (
            ThresholdRole.RETENTION,
            Fraction(5),
        )
        assert (limit(known, "eu-csddd-art7").value, limit(known, "eu-csddd-art7").unit) == (Fraction(24), UNIT + "MO")
        assert (limit(known, "eu-csddd-art15").value, limit(known, "eu-csddd-art15").unit) == (Fraction(5), UNIT + "YR")
        assert limit(known, "eu-csddd-art8-2a").value == 5000

    def test_the_penalty_and_the_transposition_are_explained(
        self, known: Knowledge, asked: dict[str, Requirement]
    ) -> None:
        assert asked["eu-csddd-art11"].penalties == (criterion(known, "eu-csddd-art27-4").iri,)
        transposition = criterion(known, "eu-csddd-art37")
        assert (transposition.kind, transposition.actors) == (Kind.EXPLAINED, (NS + "role/member-state",))
        assert "26 July 2028" in transposition.text


class TestRawMaterials:
    """Regulation (EU) 2024/1252."""

    def test_benchmarks_of_2030(self, known: Knowledge) -> None:
        """Art. 5(1): 10, 40, 25 and at most 65 %."""
        parts = {p: limit(known, f"eu-crma-art5-1-{p}") for p in ("extraction", "processing", "recycling")}
        assert {p: found.value for p, found in parts.items()} == {"extraction": 10, "processing": 40, "recycling": 25}
        one = limit(known, "eu-crma-art5-1-one-country")
        assert (one.comparator, one.value) == (Comparator.AT_MOST, Fraction(65))
        assert criterion(known, "eu-crma-art5-1").deontic is Deontic.TARGET

    def test_permits(self, known: Knowledge) -> None:
        """Art. 11(1): 27 months for extraction, 15 for processing or recycling."""
        assert limit(known, "eu-crma-art11-1-extraction").value == 27
        assert limit(known, "eu-crma-art11-1-processing-or-recycling").value == 15

    def test_large_users(self, known: Knowledge, asked: dict[str, Requirement]) -> None:
        """Art. 24(2) with 2(29): more than 500 employees and EUR 150 million; every three years."""
        requirement = asked["eu-crma-art24-2"]
        assert requirement.starts == date(2025, 5, 24)
        assert limit(known, "eu-crma-art24-2").value == 3
        user = {"employees": "501", "worldwide_turnover_eur": "150000001", "strategic_technology": "batteries"}
        assert holds(known, requirement, **user) is True
        assert holds(known, requirement, **(user | {"employees": "500"})) is False
        assert holds(known, requirement, **(user | {"worldwide_turnover_eur": "150000000"})) is False
        assert holds(known, requirement, **(user | {"strategic_technology": "none"})) is False

    def test_dates_that_wait_for_acts(self, known: Knowledge, asked: dict[str, Requirement]) -> None:
        footprint, label = asked["eu-crma-art31-6"].starts, asked["eu-crma-art28-magnets"].starts
        vehicles = asked["eu-crma-art28-magnets-vehicles"].starts
        assert isinstance(footprint, FloatingDate)
        assert (footprint.fixed, footprint.months) == (None, 0)
        assert isinstance(label, FloatingDate)
        assert (label.fixed, label.months) == (None, 24)
        assert isinstance(vehicles, FloatingDate)
        assert vehicles.fixed == date(2029, 5, 24)
        assert {known.acts[d.act].adopted_on for d in (footprint, label, vehicles)} == {None}


class TestCarbonBorder:
    """Regulation (EU) 2023/956 as of 20 October 2025."""

    def test_fifty_tonnes(self, known: Knowledge, asked: dict[str, Requirement]) -> None:
        """Art. 2a: exempt up to 50 t in all; electricity and hydrogen never."""
        found = limit(known, "eu-cbam-art2a")
        assert (found.comparator, found.value, found.unit) == (Comparator.AT_MOST, Fraction(50), UNIT + "TONNE")
        importer = {"role": "importer-of-cbam-goods", "cbam_goods_imported": "aluminium"}
        assert holds(known, asked["eu-cbam-art4"], cbam_net_mass_t="50", **importer) is False
        assert holds(known, asked["eu-cbam-art4"], cbam_net_mass_t="50.001", **importer) is True
        hydrogen = importer | {"cbam_goods_imported": "hydrogen"}
        assert holds(known, asked["eu-cbam-art4"], cbam_net_mass_t="0", **hydrogen) is True
        assert holds(known, asked["eu-cbam-art4"], role="manufacturer") is False

    def test_dates_and_shares(self, known: Knowledge, asked: dict[str, Requirement]) -> None:
        assert asked["eu-cbam-art4"].starts == date(2026, 1, 1)
        assert asked["eu-cbam-art22-2"].starts == date(2027, 1, 1)
        assert limit(known, "eu-cbam-art22-2").value == 50
        for name in ("art6-1", "art22-1"):
            assert "30 September" in asked[f"eu-cbam-{name}"].deadlines[0]
        assert asked["eu-cbam-art8-1"].rank is Assurance.ACCREDITED_THIRD_PARTY

    def test_batteries_are_not_on_the_list(self, known: Knowledge) -> None:
        assert "8507" in criterion(known, "eu-cbam-scope").text


class TestForcedLabour:
    """Regulation (EU) 2024/3015."""

    def test_one_prohibition_from_14_december_2027(self, asked: dict[str, Requirement]) -> None:
        assert [n for n in asked if n.startswith("eu-flr-")] == ["eu-flr-art3"]
        assert asked["eu-flr-art3"].starts == date(2027, 12, 14)
        assert asked["eu-flr-art3"].conditions == (), "every product of every operator"

    def test_articles_from_memory(self, known: Knowledge) -> None:
        for name, days in (("art17", 30), ("art18", 60)):
            assert criterion(known, f"eu-flr-{name}").unverified
            assert limit(known, f"eu-flr-{name}").value == days
        assert criterion(known, "eu-flr-art20").deontic is Deontic.SANCTION


class TestEcodesignAndRegistry:
    """Regulation (EU) 2024/1781 and Implementing Regulation (EU) 2026/1778."""

    def test_passports_wait_for_delegated_acts(self, known: Knowledge, asked: dict[str, Requirement]) -> None:
        for name in ("art9-1", "art10-1", "art11"):
            starts = asked[f"eu-espr-{name}"].starts
            assert isinstance(starts, FloatingDate)
            assert known.acts[starts.act].adopted_on is None

    def test_no_day_is_guessed(self, known: Knowledge, asked: dict[str, Requirement]) -> None:
        """Art. 9(1): with the act unknown, a product that it may cover is undetermined, on whatever later day."""
        given = {"espr-delegated-act": FactValue("espr-delegated-act", ("true",), "given", "test")}
        found = apply(asked["eu-espr-art9-1"], given, known, date(2030, 1, 1))
        assert found.state is State.UNKNOWN
        assert found.reason.startswith("it applies from the day of a delegated act on ecodesign")

    def test_unsold_products(self, known: Knowledge, asked: dict[str, Requirement]) -> None:
        """Art. 24 and 25: medium-sized enterprises from 19 July 2030, micro and small ones not at all."""
        assert asked["eu-espr-art24-1"].starts == date(2024, 7, 18)
        assert asked["eu-espr-art25-1"].starts == date(2026, 7, 19)
        assert {asked[f"eu-espr-{n}-medium"].starts for n in ("art24-1", "art25-1")} == {date(2030, 7, 19)}
        given = {"discards_unsold_consumer_products": "true", "enterprise_size": "medium"}
        assert holds(known, asked["eu-espr-art24-1"], **given) is False
        assert holds(known, asked["eu-espr-art24-1-medium"], **given) is True

    def test_registry(self, known: Knowledge, asked: dict[str, Requirement]) -> None:
        assert asked["eu-dppreg-art4-2"].starts == date(2026, 8, 6)
        assert asked["eu-dppreg-art8-2"].starts == date(2027, 2, 18)
        assert (limit(known, "eu-dppreg-art4-2").value, limit(known, "eu-dppreg-art4-2").unit) == (
            Fraction(3),
            UNIT + "YR",
        )
        battery = {"product_group": "battery", "battery_category": "industrial"}
        assert holds(known, asked["eu-dppreg-art8-2"], capacity_kwh="2", **battery) is False
        assert holds(known, asked["eu-dppreg-art8-2"], capacity_kwh="2.1", **battery) is True


class TestDeforestation:
    """Regulation (EU) 2023/1115 as of 26 December 2025."""

    def test_dates(self, asked: dict[str, Requirement]) -> None:
        """Art. 38(2) and (3): 30 December 2026, most micro and small undertakings 30 June 2027."""
        duties = {n: r for n, r in asked.items() if n.startswith("eu-eudr-")}
        small = {n: r for n, r in duties.items() if n.endswith("-micro-small")}
        assert {r.starts for r in small.values()} == {date(2027, 6, 30)}
        others = [r for n, r in duties.items() if n not in small]
        assert {r.starts for r in others} == {date(2026, 12, 30)}
        # the text of 2023, until Regulation (EU) 2024/3234; that, until Regulation (EU) 2025/2650
        assert {tuple((e.day, e.until) for e in r.earlier_starts) for r in others} == {
            ((date(2024, 12, 30), date(2024, 12, 26)), (date(2025, 12, 30), date(2025, 12, 26)))
        }
        assert {tuple((e.day, e.until) for e in r.earlier_starts) for r in small.values()} == {
            ((date(2025, 6, 30), date(2024, 12, 26)), (date(2026, 6, 30), date(2025, 12, 26)))
        }
        assert (len(small), len(others)) == (5, 6), "Art. 12(3) spares small and medium-sized ones"

    def test_seven_commodities(self, known: Knowledge, asked: dict[str, Requirement]) -> None:
        large = {"enterprise_size": "large"}
        for commodity in ("cattle", "cocoa", "coffee", "oil-palm", "rubber", "soya", "wood"):
            assert holds(known, asked["eu-eudr-art3"], eudr_commodity=commodity, **large) is True
        assert holds(known, asked["eu-eudr-art3"], eudr_commodity="none", **large) is False

    def test_small_ones_later_but_not_for_timber(self, known: Knowledge, asked: dict[str, Requirement]) -> None:
        given = {"eudr_commodity": "wood", "enterprise_size": "small", "eudr_established_by_2024_12_31": "true"}
        later, now = asked["eu-eudr-art3-micro-small"], asked["eu-eudr-art3"]
        assert (holds(known, later, eutr_annex_product="false", **given), holds(known, now, **given)) == (True, None)
        assert holds(known, now, eutr_annex_product="true", **given) is True
        assert holds(known, later, eutr_annex_product="true", **given) is False

    def test_the_cut_off_day(self, known: Knowledge) -> None:
        """Art. 2(13): 31 December 2020."""
        assert outcome(known, "land-deforested-after-2020", land_deforested_on="2020-12-31").value is False
        assert outcome(known, "land-deforested-after-2020", land_deforested_on="2021-01-01").value is True

    def test_five_years(self, known: Knowledge) -> None:
        for name in ("art4-2", "art5", "art9-1"):
            found = limit(known, f"eu-eudr-{name}")
            assert (found.role, found.value, found.unit) == (ThresholdRole.RETENTION, Fraction(5), UNIT + "YR")


class TestAllActs:
    def test_authorities_are_explained_and_never_asked(self, known: Knowledge, asked: dict[str, Requirement]) -> None:
        bound = {r.criterion for r in asked.values()}
        authorities = {
            NS + f"role/{r}" for r in ("commission", "member-state", "competent-authority", "customs-authority")
        }
        found = [c for c in known.criteria.values() if set(c.actors) & authorities and c.notation.startswith(OURS)]
        assert len(found) >= 20
        assert {c.kind for c in found} == {Kind.EXPLAINED}
        assert not bound & {c.iri for c in found}

    def test_only_obligations_and_prohibitions_are_asked(self, known: Knowledge, asked: dict[str, Requirement]) -> None:
        kinds = {known.criteria[r.criterion].deontic for r in asked.values()}
        assert kinds == {Deontic.OBLIGATION, Deontic.PROHIBITION}
        assert Kind.EXPLAINED not in {known.criteria[r.criterion].kind for r in asked.values()}

    def test_every_duty_of_a_private_actor_is_asked(self, known: Knowledge, asked: dict[str, Requirement]) -> None:
        """But for the subject matter of Regulation (EU) 2024/3015, which Art. 3 repeats, and what schemes are asked.

        A part of a duty is asked with it. Points of the Deforestation Regulation that were collected from memory stand
        beside the duties that were read.
        """
        bound = {r.criterion for r in asked.values()}
        bound |= {part for d in known.decompositions if d.whole in bound for part in d.parts}
        versions = {NS + v for v in ACTS.values()}
        duties = [
            c.notation
            for c in known.criteria.values()
            if c.version in versions and c.deontic in (Deontic.OBLIGATION, Deontic.PROHIBITION)
            if not c.notation.startswith("eudr-2023-1115-")
            if c.iri not in bound and not any("/role/" in a and _public(a) for a in c.actors)
        ]
        # Article 7 as a whole is asked for paragraph by paragraph
        assert sorted(duties) == ["eu-3tg-art-7", "eu-crma-anx4-1", "eu-crma-anx4-2", "eu-flr-art1-1"]

    def test_every_record_is_a_criterion_with_its_numbers(
        self, known: Knowledge, asked: dict[str, Requirement], facts: Path
    ) -> None:
        records = json.loads((facts / "law-requirements.json").read_text("utf-8"))
        ours = [r for r in records if r["act_short"] in ACTS]
        assert len(ours) == 130
        lost = []
        for record in ours:
            found = criterion(known, record["id"])
            assert found.version == NS + ACTS[record["act_short"]]
            lost += [(record["id"], n) for n in _numbers(record) if n not in set(_held(known, asked, record["id"]))]
        assert lost == []

    def test_every_date_is_that_of_the_record(self, asked: dict[str, Requirement], facts: Path) -> None:
        records = {r["id"]: r for r in json.loads((facts / "law-requirements.json").read_text("utf-8"))}
        for notation in sorted(asked.keys() & records.keys()):
            given, starts = records[notation]["applies_from"], asked[notation].starts
            assert (starts.isoformat() if isinstance(starts, date) else None) == given, notation


def _public(role: str) -> bool:
    return role.endswith(("commission", "member-state", "authority"))


def _numbers(record: dict[str, Any]) -> Iterator[str]:
    """The numbers of a record's thresholds, as fractions; days as written."""
    for threshold in record["thresholds"]:
        value = threshold.get("value")
        if isinstance(value, int | float):
            yield str(Fraction(str(value)))
        elif value and value != "09-30":  # a day of the year stands in the deadline's words
            yield value


def _held(known: Knowledge, asked: dict[str, Requirement], notation: str) -> Iterator[str]:
    """The numbers that a record's criterion, its parts, and the conditions of its requirement hold."""
    iri = known.by_notation[notation]
    parts = [p for d in known.decompositions if d.whole == iri for p in d.parts]
    for one in (iri, *parts):
        held = known.criteria[one].limit
        if held is not None and held.value is not None:
            yield str(held.value)
    todo = list(asked[notation].conditions) if notation in asked else []
    if notation == "eu-eudr-art3":
        todo.append(NS + "condition/land-deforested-after-2020")
    while todo:
        condition = known.conditions[todo.pop()]
        if isinstance(condition, Combination):
            todo += condition.operands
        elif isinstance(condition, requirements.Test):
            yield from (value if "-" in value else _number(value) for value in condition.values)


def _number(text: str) -> str:
    try:
        return str(Fraction(text))
    except ValueError:
        return text
