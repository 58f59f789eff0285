"""What the knowledge says of law outside the Union, against numbers and dates written by hand.

Hardly any of these texts was read: the expectations are those of the records, each with its provision, and what is
tested beside them is that what was not verified says so, and never satisfies anybody.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.knowledge.reading import NS, UNIT, criterion, holds

from comity.cli import app
from comity.evidence import read
from comity.formats.archives import open_inputs
from comity.judgement import case, judge, trust
from comity.judgement.case import Given
from comity.model.criteria import Criterion, Decomposition
from comity.model.knowledge import Knowledge
from comity.model.requirements import Market, Requirement
from comity.model.scales import Assurance, Authority, Basis, Comparator, Confidence, Kind, Level, ThresholdRole, Verdict
from comity.model.verdicts import Report

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
FACTS = ROOT.parent / "shared" / "facts"
OURS = ("au", "ca", "cd", "cn", "icglr", "in", "jp", "kr", "us")
JURISDICTIONS = ("AU", "AU-WA", "CA", "CD", "CN", "ICGLR", "IN", "JP", "KR", "US")
CHECKED = date(2026, 11, 23)
FLAKE = "https://id.baobab-graphite.example/product/flake-94/lot/2026-07"
ANODE = "https://id.steppe-anode.example/product/anode/lot/2026-08"


def asked(known: Knowledge, notation: str) -> Requirement:
    [found] = [r for n in OURS for r in known.markets[n].requirements if r.notation == notation]
    return found


def ours(known: Knowledge) -> list[Criterion]:
    versions = {v.iri for v in known.schemes.values() if v.jurisdiction in JURISDICTIONS}
    return [c for c in known.criteria.values() if c.version in versions]


@pytest.mark.parametrize(
    ("name", "role", "comparator", "value", "unit"),
    [
        # 26 U.S.C. 30D(e)(1): critical minerals, by year
        ("us-ira-30d-cm-2023", "limit", ">=", 40, "PERCENT"),
        ("us-ira-30d-cm-2024", "limit", ">=", 50, "PERCENT"),
        ("us-ira-30d-cm-2025", "limit", ">=", 60, "PERCENT"),
        ("us-ira-30d-cm-2026", "limit", ">=", 70, "PERCENT"),
        ("us-ira-30d-cm-2027", "limit", ">=", 80, "PERCENT"),
        # 26 U.S.C. 30D(e)(2): battery components, by year
        ("us-ira-30d-bc-2023", "limit", ">=", 50, "PERCENT"),
        ("us-ira-30d-bc-2024", "limit", ">=", 60, "PERCENT"),
        ("us-ira-30d-bc-2025", "limit", ">=", 60, "PERCENT"),
        ("us-ira-30d-bc-2026", "limit", ">=", 70, "PERCENT"),
        ("us-ira-30d-bc-2027", "limit", ">=", 80, "PERCENT"),
        ("us-ira-30d-bc-2028", "limit", ">=", 90, "PERCENT"),
        ("us-ira-30d-bc-2029", "limit", ">=", 100, "PERCENT"),
        # 26 U.S.C. 7701(a)(52) with 48E: material assistance cost ratio by the year in which construction begins
        ("us-ira-pfe-48e-2026", "limit", ">=", 55, "PERCENT"),
        ("us-ira-pfe-48e-2027", "limit", ">=", 60, "PERCENT"),
        ("us-ira-pfe-48e-2028", "limit", ">=", 65, "PERCENT"),
        ("us-ira-pfe-48e-2029", "limit", ">=", 70, "PERCENT"),
        ("us-ira-pfe-48e-2030", "limit", ">=", 75, "PERCENT"),
        # ... with 45X: battery components, critical minerals
        ("us-ira-pfe-45x-battery-component-2026", "limit", ">=", 60, "PERCENT"),
        ("us-ira-pfe-45x-battery-component-2027", "limit", ">=", 65, "PERCENT"),
        ("us-ira-pfe-45x-battery-component-2028", "limit", ">=", 70, "PERCENT"),
        ("us-ira-pfe-45x-battery-component-2029", "limit", ">=", 80, "PERCENT"),
        ("us-ira-pfe-45x-battery-component-2030", "limit", ">=", 85, "PERCENT"),
        ("us-ira-pfe-45x-critical-mineral-2030", "limit", ">=", 25, "PERCENT"),
        ("us-ira-pfe-45x-critical-mineral-2031", "limit", ">=", 30, "PERCENT"),
        ("us-ira-pfe-45x-critical-mineral-2032", "limit", ">=", 40, "PERCENT"),
        ("us-ira-pfe-45x-critical-mineral-2033", "limit", ">=", 50, "PERCENT"),
        ("us-uflpa-entity-list", "scope", "=", 187, "NUM"),  # the list on 3 August 2026
        ("ca-s211-s19", "sanction", "<=", 250_000, "CCY_CAD"),  # s. 19
        ("au-msa-s5", "scope", ">=", 100_000_000, "CCY_AUD"),  # s. 5
        ("au-msa-s13", "retention", "<=", 6, "MO"),  # s. 13: six months after the reporting period
        ("au-nger-2007-facility", "trigger", ">=", 25_000, "TONNE"),  # facility threshold, scopes 1 and 2
        ("au-nger-2007-safeguard", "trigger", ">", 100_000, "TONNE"),  # safeguard threshold, scope 1
        ("icglr-rcm-inspection", "limit", "<=", 1, "YR"),  # Manual, s. II.3
        ("icglr-rcm-yellow", "retention", "<=", 3, "MO"),
        ("icglr-rcm-red", "retention", ">=", 6, "MO"),
        ("cd-cobalt-quota-2025", "scope", "<=", 18_125, "TONNE"),  # decisions 004 and 005/ARECOMS/2025
        ("cd-cobalt-quota-2026-2027", "scope", "<=", 96_600, "TONNE"),  # for each of the two years
        ("cd-strategic-cobalt", "scope", "=", 10, "PERCENT"),  # royalty, Décret 18/042
        ("in-bwmr-recovery-2024-25", "limit", ">=", 70, "PERCENT"),  # rule 11
        ("in-bwmr-recovery-2025-26", "limit", ">=", 80, "PERCENT"),
        ("in-bwmr-recovery-2026-27", "limit", ">=", 90, "PERCENT"),
        ("in-bwmr-recycled-content-2027-28", "limit", ">=", 5, "PERCENT"),  # rule 4(14)
        ("in-bwmr-recycled-content-2028-29", "limit", ">=", 10, "PERCENT"),
        ("in-bwmr-recycled-content-2029-30", "limit", ">=", 15, "PERCENT"),
        ("in-bwmr-recycled-content-2030-31", "limit", ">=", 20, "PERCENT"),
    ],
)
def test_numbers(known: Knowledge, name: str, role: str, comparator: str, value: int, unit: str) -> None:
    limit = criterion(known, name).limit
    assert limit is not None
    assert (limit.role, limit.comparator) == (ThresholdRole(role), Comparator(comparator))
    assert (limit.value, limit.unit) == (Fraction(value), UNIT + unit)


def test_no_other_number(known: Knowledge) -> None:
    assert len([c for c in ours(known) if c.limit is not None]) == 45, "as many as test_numbers has"


@pytest.mark.parametrize(
    ("name", "starts", "ends"),
    [
        ("us-uflpa-exception", "2022-06-21", None),  # s. 3: 180 days after the Act of 23 December 2021
        ("us-df1502-rcoi", "2012-11-13", None),
        ("us-ira-30d-cm-2023", "2023-04-18", "2023-12-31"),
        ("us-ira-30d-cm-2024", "2024-01-01", "2024-12-31"),
        ("us-ira-30d-cm-2025", "2025-01-01", "2025-09-30"),  # Pub. L. 119-21, s. 70502 ended the credit
        ("us-ira-30d-feoc", "2024-01-01", "2025-09-30"),
        ("us-ira-pfe-48e-2026", "2026-01-01", "2026-12-31"),
        ("us-ira-pfe-48e-2030", "2030-01-01", None),
        ("us-ira-pfe-45x-critical-mineral-2033", "2033-01-01", None),
        ("ca-s211-s11-1", "2024-01-01", None),
        ("au-msa-s13", "2019-01-01", None),
        ("cn-nev-batt-2026", "2026-04-01", None),
        ("cn-export-graphite", "2023-12-01", None),
        ("cn-export-58-2025", "2026-11-11", None),  # the day after the suspension
        ("icglr-rcm-certificate", "2020-07-01", None),
        ("cd-cobalt-suspension", "2025-02-22", "2025-10-16"),
        ("cd-cobalt-quota-2025", "2025-10-16", "2025-12-31"),
        ("cd-cobalt-quota-2026-2027", "2026-01-01", "2027-12-31"),
        ("cd-icglr-transposition", "2012-02-29", None),
        ("in-bwmr-epr", "2022-08-22", None),
        ("in-bwmr-recovery-2025-26", "2025-04-01", "2026-03-31"),
        ("in-bwmr-recycled-content-2027-28", "2027-04-01", "2028-03-31"),
        ("kr-mvma-safety-cert", "2025-02-17", None),  # 14 or 17 February: the later
    ],
)
def test_dates(known: Knowledge, name: str, starts: str, ends: str | None) -> None:
    found = asked(known, name)
    assert found.starts == date.fromisoformat(starts)
    assert found.ends == (date.fromisoformat(ends) if ends else None)


@pytest.mark.parametrize(
    ("name", "deadline"),
    [
        ("us-df1502-deadline", "by 31 May (05-31) of each year, for the calendar year before"),
        ("ca-s211-s11-1", "by 31 May (05-31) of each year, for the financial year before"),
        ("au-msa-s13", "within six months of the end of the reporting period, each year"),
    ],
)
def test_deadlines(known: Knowledge, name: str, deadline: str) -> None:
    assert asked(known, name).deadlines == (deadline,)


def test_how_many_rules_each_market_has(known: Knowledge) -> None:
    # us: 3 of the UFLPA, 4 of Form SD, 7 of 30D, 5 of 48E, 5 + 4 of 45X
    counts = {n: len(known.markets[n].requirements) for n in OURS}
    assert counts == {"au": 11, "ca": 4, "cd": 5, "cn": 3, "icglr": 5, "in": 10, "jp": 0, "kr": 3, "us": 28}
    assert {known.markets[n].authority for n in OURS} == {Authority.REVIEWED}
    assert all(known.markets[n].notes for n in OURS), "each says what is not held"


# --- who is bound


@pytest.mark.parametrize(
    ("facts", "bound"),
    [
        # s. 2: listed in Canada is enough
        ({"listed_on_exchange_in": "CA", "goods_activity": "imports"}, True),
        # two of three: CAD 20 million of assets, CAD 40 million of revenue, 250 employees
        ({"assets_cad": "20000000", "revenue_cad": "40000000", "employees": "10"}, True),
        ({"assets_cad": "20000000", "revenue_cad": "39999999", "employees": "250"}, True),
        ({"assets_cad": "20000000", "revenue_cad": "39999999", "employees": "249"}, False),
        ({"assets_cad": "20000000", "revenue_cad": "39999999"}, None),
        ({"assets_cad": "90000000", "revenue_cad": "90000000", "business_in": "US"}, False),
        ({"assets_cad": "90000000", "revenue_cad": "90000000", "goods_activity": "none"}, False),
    ],
)
def test_entity_of_the_canadian_act(known: Knowledge, facts: dict[str, str], bound: bool | None) -> None:
    case_ = {"listed_on_exchange_in": "none", "business_in": "CA", "goods_activity": "produces", **facts}
    for name in ("ca-s211-s11-1", "ca-s211-s11-3", "ca-s211-s11-4", "ca-s211-s13"):
        assert holds(known, asked(known, name), **case_) is bound


@pytest.mark.parametrize(
    ("revenue", "business", "bound"),
    [("100000000", "AU", True), ("99999999", "AU", False), ("100000000", "NZ", False), ("50000000", "AU", False)],
)
def test_reporting_entity_of_the_australian_act(known: Knowledge, revenue: str, business: str, bound: bool) -> None:
    duty = asked(known, "au-msa-s13")  # s. 5; the proposal of AUD 50 million is no law
    assert holds(known, duty, consolidated_revenue_aud=revenue, business_in=business) is bound


@pytest.mark.parametrize(
    ("name", "fact", "tonnes", "bound"),
    [
        ("au-nger-2007-facility", "emissions_scope_1_and_2_tonnes", "25000", True),
        ("au-nger-2007-facility", "emissions_scope_1_and_2_tonnes", "24999.9", False),
        ("au-nger-2007-safeguard", "emissions_scope_1_tonnes", "100000", False),  # more than
        ("au-nger-2007-safeguard", "emissions_scope_1_tonnes", "100000.1", True),
    ],
)
def test_emission_thresholds(known: Knowledge, name: str, fact: str, tonnes: str, bound: bool) -> None:
    assert holds(known, asked(known, name), country="AU", **{fact: tonnes}) is bound


@pytest.mark.parametrize(
    ("xinjiang", "listed", "presumed"),
    [("true", "", True), ("", "true", True), ("false", "false", False), ("false", "", None), ("", "", None)],
)
def test_presumption_of_forced_labour(known: Knowledge, xinjiang: str, listed: str, presumed: bool | None) -> None:
    facts = {n: v for n, v in (("xinjiang_input", xinjiang), ("uflpa_listed_entity", listed)) if v}
    found = asked(known, "us-uflpa-exception")
    assert holds(known, found, **facts) is presumed
    assert found.rank is Assurance.PUBLIC_AUTHORITY, "only customs lifts the presumption (s. 3(b))"


def test_conflict_minerals_of_the_united_states(known: Knowledge) -> None:
    duty = asked(known, "us-df1502-rcoi")
    assert holds(known, duty, sec_issuer="true", necessary_minerals="copper,gold") is True
    assert holds(known, duty, sec_issuer="true", necessary_minerals="cobalt,lithium") is False
    assert holds(known, duty, sec_issuer="false") is False
    report = asked(known, "us-df1502-cmr")
    assert [known.exemptions[e].condition for e in report.exemptions] == [NS + "condition/us-only-scrap"]
    assert any("7.4.2017" in doubt for doubt in report.doubts), "Item 1.01(c) is not enforced, and still the rule"


@pytest.mark.parametrize(
    ("country", "group", "material", "bound"),
    [
        ("RW", "ore-or-concentrate", "tantalum", True),
        ("RW", "ore-or-concentrate", "cobalt", False),  # not designated (Manual, s. II.1)
        ("ZA", "ore-or-concentrate", "tantalum", False),  # no member state
        ("CD", "battery", "tin", False),
    ],
)
def test_designated_minerals(known: Knowledge, country: str, group: str, material: str, bound: bool) -> None:
    duty = asked(known, "icglr-rcm-certificate")
    facts = {"country_of_production": country, "product_group": group, "material": material}
    assert holds(known, duty, **facts) is bound


@pytest.mark.parametrize("market", [n for n in OURS if n not in ("us", "cn", "kr", "in")])
def test_a_maker_of_batteries_is_asked_nothing_about_minerals(known: Knowledge, market: str) -> None:
    facts = {"product_group": "battery", "battery_category": "EV", "country_of_production": "SE"}
    products = [r for r in known.markets[market].requirements if r.level.is_product]
    assert [r.notation for r in products if holds(known, r, **facts) is not False] == []


# --- what is lapsed, suspended, voluntary


def test_the_clean_vehicle_credit_is_lapsed(known: Knowledge) -> None:
    version = known.schemes[NS + "us-ira-30d/2022"]
    assert (version.state, version.in_force_until) == ("lapsed", date(2025, 9, 30))
    bound = [r for r in known.markets["us"].requirements if r.notation.startswith("us-ira-30d")]
    assert {r.event for r in bound} == {"vehicle-acquired"}
    assert max(r.ends for r in bound if r.ends) == date(2025, 9, 30)
    assert all(r.ends for r in bound)
    assert criterion(known, "us-ira-30d-cm").superseded_by == (NS + "act/us-pl-119-21",)


def test_the_suspended_control_had_an_earlier_start(known: Knowledge) -> None:
    found = asked(known, "cn-export-58-2025")
    [earlier] = found.earlier_starts
    assert (earlier.day, earlier.until) == (date(2025, 11, 8), date(2025, 11, 7))
    assert earlier.changed_by == NS + "act/cn-mofcom-70-2025"
    assert any("status after 10.11.2026 unknown" in doubt for doubt in found.doubts)
    facts = {"country_of_production": "CN", "export_control_cn": "58-2025", "product_group": "battery"}
    assert holds(known, found, **facts) is None, "whether it came back is asked"


def test_what_is_voluntary_is_asked_of_nobody(known: Knowledge) -> None:
    voluntary = [c for c in ours(known) if c.deontic is not None and c.deontic.value == "recommendation"]
    assert len(voluntary) == 3  # the cobalt standard, two of Japan; the steps of CCCMC are a standard's
    bound = {r.criterion for m in known.markets.values() for r in m.requirements}
    assert not bound & {c.iri for c in voluntary}


def test_what_is_explained_is_never_asked(known: Knowledge) -> None:
    explained = {c.iri for c in ours(known) if c.kind is Kind.EXPLAINED}
    # UFLPA: presumption, list, sectors; Form SD: scope, scrap; 30D: end; Canada: s. 2, 9, 19; Australia: s. 5, 16A;
    # ICGLR: designated, green, yellow, blue; DRC: strategic; Korea: used batteries; Japan: two
    assert len(explained) == 19
    bound = {r.criterion for m in known.markets.values() for r in m.requirements}
    assert not bound & explained


@pytest.mark.parametrize(
    ("whole", "parts", "complete"),
    [
        ("us-ira-30d-cm", 5, True),
        ("us-ira-30d-bc", 7, True),
        ("us-ira-pfe-48e", 5, True),
        ("us-ira-pfe-45x", 9, True),
        ("in-bwmr-recovery", 3, True),
        ("in-bwmr-recycled-content", 4, True),
        ("cd-cobalt-quota", 2, True),
        ("au-msa-2018-s.16", 6, False),  # point (g), any other relevant information, is not on record
        ("ca-s211-2023", 4, False),
        ("icglr-rcm-2", 5, False),
    ],
)
def test_wholes_have_their_parts(known: Knowledge, whole: str, parts: int, complete: bool) -> None:
    found: list[Decomposition] = [d for d in known.decompositions if d.whole == criterion(known, whole).iri]
    assert [(len(d.parts), d.complete) for d in found] == [(parts, complete)]


# --- how it is known


def test_nothing_of_it_was_read_in_the_source(known: Knowledge) -> None:
    assert {c.basis for c in ours(known)} == {Basis.SECONDARY, Basis.NOT_VERIFIED}
    assert [c.notation for c in ours(known) if c.kind is not Kind.ROOT and not c.notes] == []
    assert [c.notation for c in ours(known) if c.kind is not Kind.ROOT and c.confidence is None] == []
    low = {c.version.removeprefix(NS) for c in ours(known) if c.confidence is Confidence.LOW}
    assert {"us-df1502/2012", "us-ira-pfe/2025", "in-bwmr/2022", "kr-mvma/2025", "jp-hrdd/2022"} <= low


def test_a_requirement_is_no_surer_than_its_criterion(known: Knowledge) -> None:
    for market in OURS:
        for requirement in known.markets[market].requirements:
            criterion = known.criteria[requirement.criterion]
            assert (requirement.basis, requirement.confidence) == (criterion.basis, criterion.confidence)
            assert set(criterion.doubts) <= set(requirement.doubts)
            assert requirement.level is criterion.level
            assert requirement.citation == criterion.citation


# --- what the examples come to


def check(known: Knowledge, folder: str, markets: Iterable[str], on: date, *given: Given) -> Report:
    path = EXAMPLES / folder
    cases = case.read(path / "case.toml", known) if (path / "case.toml").is_file() else ()
    vouched = trust.read(path / "trust.toml") if (path / "trust.toml").is_file() else trust.NOBODY
    documents = read(open_inputs([path]))
    return judge(known, documents, on=on, markets=list(markets), given=[*cases, *given], trust=vouched)


def verdict(report: Report, notation: str, subject: str) -> Verdict | None:
    [found] = [r.verdict for r in report.requirements if r.notation == notation and r.subject.id == subject]
    return found


FOLDERS = sorted(p.name for p in EXAMPLES.iterdir() if (p / "documents").is_dir() and not (p / "knowledge").is_dir())


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_market_judges_every_example(known: Knowledge, folder: str) -> None:
    for on in (CHECKED, date(2031, 8, 18)):
        report = check(known, folder, known.markets, on)
        assert report.policy.markets == tuple(known.markets)
        for found in (r for r in report.requirements if r.market in OURS):
            rule = asked(known, found.notation)
            assert not (rule.unverified and found.verdict in (Verdict.SATISFIED, Verdict.SUPPORTED))


@pytest.mark.parametrize("market", OURS)
def test_the_command_runs_for_every_market(market: str) -> None:
    folders = [str(EXAMPLES / folder) for folder in FOLDERS]
    result = CliRunner().invoke(app.comity, ["check", *folders, "--market", market, "--on", str(CHECKED)])
    # Of Japan no binding rule is on record: nothing can be judged.
    assert result.exit_code in ((2,) if market == "jp" else (0, 1)), result.output
    assert ("Nothing was judged" in result.output) is (market == "jp")
    assert f"{market.upper()}: " in result.output


def test_graphite_for_the_united_states(known: Knowledge) -> None:
    report = check(known, "graphite-us", ["us"], CHECKED)
    # held and released: not of Xinjiang, and customs found the tracing in order
    assert verdict(report, "us-uflpa-exception", FLAKE) is Verdict.NOT_APPLICABLE
    assert verdict(report, "us-uflpa-tracing", FLAKE) is Verdict.SATISFIED
    # the address of the plant is enough for the presumption; nothing shows an exception
    assert verdict(report, "us-uflpa-exception", ANODE) is Verdict.MISSING
    assert verdict(report, "us-uflpa-tracing", ANODE) is Verdict.NOT_APPLICABLE


def test_the_exporter_s_own_word_on_tracing_is_not_enough(known: Knowledge) -> None:
    path = EXAMPLES / "graphite-us"
    report = judge(
        known,
        read(open_inputs([path])),  # and no trust list: nobody vouches for the authority
        on=CHECKED,
        markets=["us"],
        given=case.read(path / "case.toml", known),
    )
    assert verdict(report, "us-uflpa-tracing", FLAKE) is Verdict.INSUFFICIENT_ASSURANCE


def test_graphite_leaving_china(known: Knowledge) -> None:
    report = check(known, "graphite-us", ["cn"], CHECKED)
    assert verdict(report, "cn-export-graphite", ANODE) is Verdict.MISSING
    assert verdict(report, "cn-export-58-2025", ANODE) is Verdict.UNDETERMINED
    assert verdict(report, "cn-export-graphite", FLAKE) is Verdict.NOT_APPLICABLE
    # exported while the control was suspended
    suspended = Given(ANODE, "exported-on", ("2026-11-10",), "test")
    report = check(known, "graphite-us", ["cn"], CHECKED, suspended)
    assert verdict(report, "cn-export-58-2025", ANODE) is Verdict.NOT_APPLICABLE


def test_a_licence_under_a_rule_that_was_not_verified_satisfies_nothing(known: Knowledge, tmp_path: Path) -> None:
    example = EXAMPLES / "graphite-us"
    review = json.loads((example / "documents" / "dcc-customs-review.json").read_text("utf-8"))
    assessment = review["credentialSubject"]["conformityAssessment"][0]
    licence = criterion(known, "cn-export-graphite")
    assessment["assessmentCriteria"][0] |= {"id": licence.iri, "name": licence.label}
    assessment["assessedProduct"][0]["product"]["id"] = ANODE
    (tmp_path / "licence.json").write_text(json.dumps(review), "utf-8")
    vouched = (example / "trust.toml").read_text("utf-8").replace('schemes = ["us-uflpa-2021"]\n', "")
    (tmp_path / "trust.toml").write_text(vouched, "utf-8")
    report = judge(
        known,
        read(open_inputs([example / "documents", tmp_path / "licence.json"])),
        on=CHECKED,
        markets=["cn"],
        given=case.read(example / "case.toml", known),
        trust=trust.read(tmp_path / "trust.toml"),
    )
    [found] = [r for r in report.requirements if r.notation == "cn-export-graphite" and r.subject.id == ANODE]
    assert found.verdict is Verdict.UNDETERMINED
    assert "nobody has verified" in found.reason


@pytest.mark.parametrize(
    ("country", "category", "verdicts"),
    [
        # the mechanism asks a yearly inspection of the mine, and its status is not known
        ("RW", "Tin ores and concentrates", {"inspection": Verdict.MISSING, "red": Verdict.UNDETERMINED}),
        ("RW", "Copper ores and concentrates", dict.fromkeys(("inspection", "red"), Verdict.NOT_APPLICABLE)),
        ("ZA", "Tin ores and concentrates", dict.fromkeys(("inspection", "red"), Verdict.NOT_APPLICABLE)),
    ],
)
def test_a_mine_of_the_great_lakes(
    known: Knowledge, tmp_path: Path, country: str, category: str, verdicts: dict[str, Verdict]
) -> None:
    record = json.loads((EXAMPLES / "graphite-us/documents/dfr-mine.json").read_text("utf-8"))
    record["credentialSubject"]["countryOfOperation"]["countryCode"] = country
    record["credentialSubject"]["processCategory"][0]["name"] = category
    (tmp_path / "mine.json").write_text(json.dumps(record), "utf-8")
    report = judge(known, read(open_inputs([tmp_path])), on=CHECKED, markets=["icglr"])
    assert {r.notation.removeprefix("icglr-rcm-"): r.verdict for r in report.requirements} == verdicts


def test_the_ended_credit_asks_nothing_of_a_battery_of_today(known: Knowledge) -> None:
    claimed = Given("", "credit-claimed", ("30D",), "test")
    report = check(known, "ev-battery", ["us"], CHECKED, claimed)
    bound = [r for r in report.requirements if r.notation.startswith("us-ira-30d")]
    assert len(bound) == 7
    assert {r.verdict for r in bound} == {Verdict.NOT_APPLICABLE}
    # a vehicle acquired while the credit lived is judged by the year of its own
    then = Given("", "vehicle-acquired", ("2025-06-01",), "test")
    report = check(known, "ev-battery", ["us"], CHECKED, claimed, then)
    open_ = {r.notation for r in report.requirements if r.verdict is Verdict.MISSING}
    assert {n for n in open_ if n.startswith("us-ira-30d")} == {
        "us-ira-30d-bc-2025",
        "us-ira-30d-cm-2025",
        "us-ira-30d-feoc",
    }


def test_a_mine_in_western_australia(known: Knowledge) -> None:
    report = check(known, "lithium-australia", ["au"], CHECKED)
    found = {r.notation: r.verdict for r in report.requirements}
    assert found == {
        "au-nger-2007-facility": Verdict.UNDETERMINED,
        "au-nger-2007-safeguard": Verdict.UNDETERMINED,
        "wa-whs-mines-2022-MSMS": Verdict.MISSING,
        "wa-whs-mines-2022-PHMP": Verdict.MISSING,
    }
    size = [Given("", "consolidated-revenue-aud", ("150000000",), "t"), Given("", "business-in", ("AU",), "t")]
    found = {r.notation: r.verdict for r in check(known, "lithium-australia", ["au"], CHECKED, *size).requirements}
    assert {n for n, v in found.items() if n.startswith("au-msa") and v is Verdict.MISSING} == {
        "au-msa-s13",
        *(f"au-msa-s16-1-{x}" for x in "abcdef"),
    }


@pytest.mark.parametrize(
    ("exported", "asked_of"), [("2025-12-01", "cd-cobalt-quota-2025"), ("2026-06-01", "cd-cobalt-quota-2026-2027")]
)
def test_cobalt_leaves_the_drc_within_a_quota(known: Knowledge, exported: str, asked_of: str) -> None:
    facts = {"country-of-production": "CD", "exported-on": exported}
    given = [Given("", name, (value,), "test") for name, value in facts.items()]
    report = check(known, "cobalt-congo", ["cd"], CHECKED, *given)
    assert {r.notation for r in report.requirements if r.verdict is Verdict.MISSING} == {asked_of}


# --- the records


@pytest.mark.skipif(not FACTS.is_dir(), reason="the records of law are not here")
def test_every_record_is_a_criterion_as_recorded(known: Knowledge) -> None:
    records = json.loads((FACTS / "law-requirements.json").read_text("utf-8"))
    records = [r for r in records if r["jurisdiction"] in JURISDICTIONS and r["act_short"] != "CCCMC Guidelines"]
    assert len(records) == 64  # the five steps of CCCMC are criteria of a standard
    bases = {"secondary_source": Basis.SECONDARY, "official_page_excerpt_read": Basis.SECONDARY}
    for record in records:
        found = criterion(known, record["id"])
        assert found.text == record["paraphrase"]
        assert found.label == record["title"]
        assert found.basis is bases.get(record["verification"], Basis.NOT_VERIFIED)
        assert found.confidence is Confidence.of(record["confidence"])
        assert record["doubt"] is None or record["doubt"] in found.doubts
        assert found.level == {"authority": Level.ORGANISATION}.get(record["subject_level"], record["subject_level"])


@pytest.mark.skipif(not FACTS.is_dir(), reason="the records of law are not here")
def test_every_number_and_date_of_the_records_is_there(known: Knowledge) -> None:
    records = json.loads((FACTS / "law-requirements.json").read_text("utf-8"))
    tests = {Fraction(v) for c in known.conditions.values() for v in getattr(c, "values", ()) if v.isdigit()}
    ours_ = (r for r in records if r["jurisdiction"] in JURISDICTIONS and r["act_short"] != "CCCMC Guidelines")
    for record in ours_:
        name = record["id"]
        near = [c for c in ours(known) if c.notation == name or c.notation.startswith(f"{name}-")]
        bound = [r for n in OURS for r in known.markets[n].requirements if r.criterion in {c.iri for c in near}]
        values = {c.limit.value for c in near if c.limit is not None}
        for threshold in record["thresholds"]:
            if threshold["metric"] == "deadline" and isinstance(threshold["value"], str):
                assert any(threshold["value"] in d for r in bound for d in r.deadlines), name
            elif threshold["metric"] != "criteria_met":  # the k of a k-of-n, tested above
                assert Fraction(threshold["value"]) in values | tests, (name, threshold)
        days = {c.starts for c in near} | {r.starts for r in bound} | {e.day for r in bound for e in r.earlier_starts}
        ends = {c.ends for c in near} | {r.ends for r in bound}
        steps = any(c.notation != name for c in near)
        assert record["applies_from"] is None or date.fromisoformat(record["applies_from"]) in days, name
        assert steps or record["applies_until"] is None or date.fromisoformat(record["applies_until"]) in ends, name


@pytest.mark.parametrize("market", OURS)
def test_every_rule_names_who_must_act(known: Knowledge, market: str) -> None:
    found: Market = known.markets[market]
    assert [r.notation for r in found.requirements if r.actor not in known.labels] == []
    assert [r.notation for r in found.requirements if not r.conditions] == []
