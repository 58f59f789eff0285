"""What an exporter writes into a claim sheet, and what a market makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from comity.evidence import read
from comity.formats.archives import open_inputs
from comity.judgement import ask, case, judge, question
from comity.judgement.agenda import agenda, pooled
from comity.judgement.trust import NOBODY, Trusted, TrustList
from comity.knowledge import resolve
from comity.model.knowledge import Knowledge
from comity.model.scales import Assurance, Verdict
from comity.model.verdicts import Report

HEADER = "subject,level,criterion,metric,value,unit,material,substance,date,valid until,issuer,operator,assurance"
BATTERY = ("product-group=battery", "battery-category=EV", "role=manufacturer")
MAKER = "did:web:maker.example"
LAB = "did:web:lab.example"


def judged(knowledge: Knowledge, folder: Path, rows: Sequence[str], on: date, trust: TrustList = NOBODY) -> Report:
    sheet = folder / "claims.csv"
    sheet.write_text("\n".join((HEADER, *rows)) + "\n", "utf-8")
    given = [case.parse(text, knowledge) for text in BATTERY]
    return judge(knowledge, tuple(read(open_inputs([sheet]))), on=on, markets=("eu",), given=given, trust=trust)


def vouched(party: str) -> TrustList:
    keys = frozenset({f"organisation:id:{party}"})
    return TrustList("trust", (Trusted(party, party, keys, Assurance.THIRD_PARTY, frozenset(), frozenset(), "seen"),))


def verdicts(report: Report, notation: str) -> dict[str, Verdict | None]:
    return {j.subject.id.rsplit("/", 1)[1]: j.verdict for j in report.requirements if j.notation == notation}


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ("mercury content,4,mg/kg,,", Verdict.SATISFIED),  # 0.0004 %
        ("mercury content,6,mg/kg,,", Verdict.FAILED),  # 0.0006 %
        ("substance concentration,4,mg/kg,,Mercury", Verdict.SATISFIED),
        ("substance concentration,6,mg/kg,,mercury", Verdict.FAILED),
        ("substance concentration,4,mg/kg,,lead", Verdict.MISSING),  # a value of something else
        ("mercury content,4,mg/kg,,lead", Verdict.UNDETERMINED),  # the name and the column are at odds
        ("lead content,4,mg/kg,,", Verdict.MISSING),
        ("mercury content,4,mg/L,,", Verdict.UNDETERMINED),  # no share of a mass
        ("mercury content,0.0004,% w/w,,", Verdict.SATISFIED),
        ("mercury content,0.0004,% v/v,,", Verdict.UNDETERMINED),  # a share of a volume
        ("mercury content,0.0004,vol%,,", Verdict.UNDETERMINED),
        ("mercury content,4,ppm{vol},,", Verdict.UNDETERMINED),
        ("mercury content,0.0004,mol%,,", Verdict.UNDETERMINED),  # a share of the amount of substance
    ],
)
def test_mercury_by_the_words_that_a_sheet_uses(
    knowledge: Knowledge, tmp_path: Path, cells: str, verdict: Verdict
) -> None:
    """Annex I, entry 1: at most 0.0005 % by weight; what a value is of is read from its name or its column."""
    row = f"https://x.example/b,model,eu-batt-art6-1-hg,{cells},2027-01-01,2029-01-01,{MAKER},{MAKER}"
    report = judged(knowledge, tmp_path, [row], date(2027, 8, 18))
    assert verdicts(report, "eu-batt-art6-1-hg") == {"b": verdict}


def test_recycled_lead_is_no_lead_content(knowledge: Knowledge, tmp_path: Path) -> None:
    """A share that is recycled is none of what the battery holds: Annex I, entry 3, has nothing to hold it against."""
    row = f"https://x.example/b,model,,recycled lead content,90,%,,,2027-01-01,2029-01-01,{MAKER},{MAKER}"
    report = judged(knowledge, tmp_path, [row], date(2027, 8, 18))
    assert all(j.verdict is not Verdict.FAILED for j in report.requirements)


def test_a_product_is_judged_when_its_only_value_cannot_be_compared(knowledge: Knowledge, tmp_path: Path) -> None:
    """An assessment in kilograms of a share says nothing; the product is still asked about, and told what is wrong."""
    rows = [
        f"https://x.example/{name},model,eu-batt-art8-2-co,recycled content,17,{unit},cobalt,,2031-09-01,,{LAB},"
        for name, unit in (("percent", "%"), ("mass", "kg"))
    ]
    report = judged(knowledge, tmp_path, rows, date(2031, 12, 1))
    assert verdicts(report, "eu-batt-art8-2-co").keys() == {"percent", "mass"}
    assert verdicts(report, "eu-batt-art8-2-co")["mass"] is not Verdict.SATISFIED


@pytest.mark.parametrize(("placed", "asked"), [("2030-05-01", False), ("2030", False), ("soon", True)])
def test_a_day_that_is_given_is_not_asked_for(knowledge: Knowledge, placed: str, asked: bool) -> None:
    """Articles 7 and 8(1) wait for acts: to know when the battery was placed on the market does not settle them."""
    texts = [*BATTERY, "active-materials=cobalt"]
    given = [case.parse(text, knowledge) for text in texts]
    facts = dict(pooled(given))
    day = pooled([case.parse("placed-on-market=2030-05-01", knowledge)])["placed-on-market"]
    facts["placed-on-market"] = replace(day, value=(placed,))
    found = agenda(knowledge, knowledge.markets["eu"], facts, date(2032, 1, 1))
    assert ("placed-on-market" in found.asked) is asked


def test_a_rule_is_asked_of_a_facility_that_only_a_certificate_names(knowledge: Knowledge, tmp_path: Path) -> None:
    """Nothing is known of the mine but what was found at it, and that is what the question is about."""
    sheet = tmp_path / "claims.csv"
    row = f"did:web:mine.example,facility,rra-3.0-26,,yes,,,,2026-01-01,2028-01-01,{LAB},"
    sheet.write_text(f"{HEADER}\n{row}\n", "utf-8")
    asked = question(knowledge, tuple(read(open_inputs([sheet]))), on=date(2027, 1, 1))
    (found,) = ask(asked, resolve(knowledge, "rra-3.0-26"), [])
    assert found.subject.id == "did:web:mine.example"
    assert found.verdict is Verdict.INSUFFICIENT_ASSURANCE, "nobody vouches for the laboratory"


CITED = "https://x.example/b,model,eu-batt-art6-1-hg"
SAID = {
    "yes": f"{CITED},,yes,,,,2027-01-01,2029-01-01",
    "no": f"{CITED},,no,,,,2027-01-01,2029-01-01",
    "4": f"{CITED},mercury content,4,mg/kg,,,2027-01-01,2029-01-01",
    "6": f"{CITED},mercury content,6,mg/kg,,,2027-01-01,2029-01-01",
}
OTHER = (
    "https://x.example/other,model,eu-batt-art6-1-hg,,yes,,,,2027-01-01,2029-01-01,did:web:b.example,did:web:b.example"
)


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        ((f"{SAID['yes']},{MAKER},{MAKER}",), Verdict.SATISFIED),
        ((f"{SAID['yes']},{MAKER},{MAKER}", f"{SAID['no']},{MAKER},{MAKER}"), Verdict.CONFLICTING),
        ((f"{SAID['4']},{MAKER},{MAKER}", f"{SAID['no']},{MAKER},{MAKER}"), Verdict.CONFLICTING),
        ((f"{SAID['4']},{LAB},{MAKER},third-party", f"{SAID['no']},{MAKER},{MAKER}"), Verdict.CONFLICTING),
        ((f"{SAID['4']},{LAB},{MAKER},third-party", f"{SAID['no']},,{MAKER}"), Verdict.CONFLICTING),
        ((f"{SAID['4']},{LAB},{MAKER},third-party", f"{SAID['no']},{MAKER},"), Verdict.CONFLICTING),
        ((f"{SAID['4']},{LAB},{MAKER},third-party", f"{SAID['6']},{MAKER},{MAKER}"), Verdict.CONFLICTING),
        ((f"{SAID['4']},{LAB},{MAKER},third-party", f"{SAID['6']},,{MAKER}"), Verdict.CONFLICTING),
        ((f"{SAID['4']},{LAB},{MAKER},third-party", f"{SAID['6']},{MAKER},{MAKER}", OTHER), Verdict.CONFLICTING),
        ((f"{SAID['4']},{LAB},{MAKER},third-party", f"{SAID['no']},did:web:rival.example,"), Verdict.SATISFIED),
    ],
)
def test_what_an_operator_admits_stands_against_everything(
    knowledge: Knowledge, tmp_path: Path, rows: Sequence[str], verdict: Verdict
) -> None:
    """Its "no" about its own subject, in words or in a number, counts at any rank; a stranger's does not."""
    trust = vouched(LAB)
    report = judged(knowledge, tmp_path, rows, date(2027, 8, 18), trust)
    assert verdicts(report, "eu-batt-art6-1-hg")["b"] is verdict


def test_who_operates_a_thing_is_no_third_party_about_it(knowledge: Knowledge, tmp_path: Path) -> None:
    """Whatever a row declares of itself: one row names the operator, another is signed by it."""
    rows = [
        f"{SAID['yes'].replace('art6-1-hg', 'art6-1-pb')},{LAB},{MAKER},third-party",
        f"{SAID['4']},{MAKER},,third-party",
    ]
    trust = vouched(MAKER)
    report = judged(knowledge, tmp_path, rows, date(2027, 8, 18), trust)
    (found,) = [j for j in report.requirements if j.notation == "eu-batt-art6-1-hg"]
    assert found.proof is not None
    assert found.proof.labels.rank is Assurance.SELF


def test_a_later_finding_about_a_batch_leaves_the_one_about_the_model(knowledge: Knowledge, tmp_path: Path) -> None:
    """In two sheets, one identifier is a model's and a batch's: the later "yes" takes the place of no "no"."""
    for number, (level, value, day) in enumerate((("model", "6", "2027-01-01"), ("batch", "4", "2027-02-01"))):
        row = SAID[value].replace("model", level).replace("2027-01-01", day)
        (tmp_path / f"{number}.csv").write_text(f"{HEADER}\n{row},{LAB},{MAKER},third-party\n", "utf-8")
    trust = vouched(LAB)
    given = [case.parse(text, knowledge) for text in BATTERY]
    documents = tuple(read(open_inputs([tmp_path])))
    report = judge(knowledge, documents, on=date(2027, 8, 18), markets=("eu",), given=given, trust=trust)
    assert verdicts(report, "eu-batt-art6-1-hg") == {"b": Verdict.CONFLICTING}


@pytest.mark.parametrize(
    "metric",
    [
        "mercury content of packaging",
        "mercury content of the electrolyte",
        "packaging mercury content",
        "mercury content in solder",
        "content of mercury in sludge",
    ],
)
def test_a_content_of_something_else_is_none_of_the_battery(knowledge: Knowledge, tmp_path: Path, metric: str) -> None:
    """What a name says the content is of is not the battery: 6 mg/kg there breaks no limit of the battery."""
    row = f"https://x.example/b,model,,{metric},6,mg/kg,,,2027-01-01,2029-01-01,{LAB},,third-party"
    report = judged(knowledge, tmp_path, [row], date(2027, 8, 18), vouched(LAB))
    assert verdicts(report, "eu-batt-art6-1-hg") == {"b": Verdict.MISSING}
    assert [f.place.pointer for f in report.findings if f.code == "unknown-metric"] == ["E2"]


@pytest.mark.parametrize("metric", ["recycled content of packaging", "recycled cobalt content of the casing"])
def test_a_recycled_share_of_something_else_is_none_of_the_battery(
    knowledge: Knowledge, tmp_path: Path, metric: str
) -> None:
    row = f"https://x.example/b,model,,{metric},1,%,cobalt,,2031-09-01,2033-01-01,{LAB},,third-party"
    report = judged(knowledge, tmp_path, [row], date(2031, 12, 1), vouched(LAB))
    (found,) = [j for j in report.requirements if j.notation == "eu-batt-art8-2-co"]
    assert Verdict.MISSING in (found.verdict, found.would_be)
    assert found.counter_proof is None


@pytest.mark.parametrize("metric", ["mercury content of the battery", "content of mercury in the battery"])
def test_a_content_of_the_thing_itself_is_read(knowledge: Knowledge, tmp_path: Path, metric: str) -> None:
    row = f"https://x.example/b,model,,{metric},6,mg/kg,,,2027-01-01,2029-01-01,{LAB},,third-party"
    report = judged(knowledge, tmp_path, [row], date(2027, 8, 18), vouched(LAB))
    assert verdicts(report, "eu-batt-art6-1-hg") == {"b": Verdict.FAILED}


@pytest.mark.parametrize(
    ("value", "denominator", "verdict"),
    [
        ("4", "battery mass", Verdict.SATISFIED),
        ("6", "battery mass", Verdict.FAILED),
        ("4", "", Verdict.INSUFFICIENT_ASSURANCE),  # an assumption satisfies nothing
        ("4", "homogeneous material", Verdict.MISSING),  # a share of something else
        ("4", "bettery mass", Verdict.MISSING),
    ],
)
def test_a_row_with_a_metric_alone_may_say_of_what_it_is_a_share(
    knowledge: Knowledge, tmp_path: Path, value: str, denominator: str, verdict: Verdict
) -> None:
    """Annex I, entry 1, is by weight of the battery: a row that cites no criterion says so in a column."""
    sheet = tmp_path / "claims.csv"
    head = "subject,level,metric,value,unit,denominator,date,valid until,issuer,assurance"
    cells = f"mercury content,{value},mg/kg,{denominator},2027-01-01,2029-01-01,{LAB},third-party"
    sheet.write_text(f"{head}\nhttps://x.example/b,model,{cells}\n", "utf-8")
    given = [case.parse(text, knowledge) for text in BATTERY]
    documents = tuple(read(open_inputs([sheet])))
    report = judge(knowledge, documents, on=date(2027, 8, 18), markets=("eu",), given=given, trust=vouched(LAB))
    assert verdicts(report, "eu-batt-art6-1-hg") == {"b": verdict}
    unknown = [f.fix for f in report.findings if f.code == "unknown-qualifier"]
    assert len(unknown) == (denominator == "bettery mass")
    assert all("battery-mass" in fix for fix in unknown)
