"""A smelter's certificate, its recognition in law, and the importer's question (Regulation (EU) 2017/821)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from comity.engines.check import by_shacl
from comity.evidence import read
from comity.formats.archives import open_inputs
from comity.judgement import case, judge, question, trust
from comity.model.evidence import Document
from comity.model.knowledge import Knowledge
from comity.model.proofs import StepKind
from comity.model.scales import Authority, Verdict
from comity.model.verdicts import Judgement, Report

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "tin-importer"
TODAY = date(2027, 3, 31)
FIRST, SECOND = (f"https://id.isar-metals.example/consignment/2027-0{n}" for n in (1, 2))
LOT, ORE = "https://id.banka-smelting.example/lot/b-118", "https://id.bangka-mining.example/lot/o-77"
BANKA = "did:web:banka-smelting.example"
SMELTERS = "eu-3tg-art4-g-smelters-tin"
OWN_DUTIES = "its own duties under Articles 4 to 7 of Regulation (EU) 2017/821"


def documents(*without: str) -> tuple[Document, ...]:
    paths = sorted(p for p in (EXAMPLE / "documents").iterdir() if p.name not in without)
    assert len(paths) == 13 - len(without)
    return tuple(read(open_inputs(paths)))


def judged(
    knowledge: Knowledge, *facts: str, on: date = TODAY, without: Sequence[str] = (), authority: Authority | None = None
) -> Report:
    given = (*case.read(EXAMPLE / "case.toml", knowledge), *(case.parse(f, knowledge) for f in facts))
    trusted = trust.read(EXAMPLE / "trust.toml")
    return judge(
        knowledge, documents(*without), on=on, markets=("eu",), given=given, trust=trusted, authority=authority
    )


def answer(report: Report, notation: str, about: str) -> Judgement:
    (found,) = [j for j in report.requirements if j.notation == notation and j.subject.id == about]
    return found


@pytest.fixture(scope="module")
def report(knowledge: Knowledge) -> Report:
    return judged(knowledge)


def test_a_certificate_for_tin_answers_through_the_link_to_the_supplier(report: Report) -> None:
    """The consignment is made up of one lot, the lot was made at the smelter, the smelter is certified for tin."""
    found = answer(report, SMELTERS, FIRST)
    assert found.verdict is Verdict.SATISFIED
    assert found.proof is not None
    links = [(s.detail["link"], s.detail["target"]) for s in found.proof.steps if s.kind is StepKind.LINK]
    assert sorted(links) == [
        ("produced-at", "facility:id:https://facilities.register.example/banka"),
        ("sources-from", "product:id:https://id.banka-smelting.example/lot/b-118"),
    ]


def test_the_mine_behind_the_smelter_is_not_asked(knowledge: Knowledge, report: Report) -> None:
    """Art. 4(g) asks for evidence on each smelter and refiner: the ore was bought from neither."""
    proof = answer(report, SMELTERS, FIRST).proof
    assert proof is not None
    conditions = [s.detail for s in proof.steps if s.kind is StepKind.CONDITION and "subject" in s.detail]
    assert {d["subject"]: d["value"] for d in conditions} == {
        "product:id:https://id.banka-smelting.example/lot/b-118": True,
        "product:id:https://id.bangka-mining.example/lot/o-77": False,
    }
    untold = answer(judged(knowledge, f"{ORE}:activity="), SMELTERS, FIRST)
    assert untold.verdict is Verdict.UNDETERMINED
    assert untold.reason.endswith(f"not known of {ORE}: activity")
    smelted = answer(judged(knowledge, f"{ORE}:activity=smelting-refining"), SMELTERS, FIRST)
    assert smelted.verdict is Verdict.UNDETERMINED, "what a smelter sold came from somewhere"
    assert f"nobody says what product:id:{ORE} has by sources-from" in smelted.reason
    assert f"not shown: product:id:{ORE}" in smelted.missing


def test_a_lot_of_which_nobody_says_that_it_was_smelted_hides_its_smelter(knowledge: Knowledge) -> None:
    """Had Banka traded the lot, the smelter would be somebody else, of whom nothing is known."""
    traded = answer(judged(knowledge, f"{LOT}:activity=trading"), SMELTERS, FIRST)
    assert traded.verdict is Verdict.UNDETERMINED
    assert "leads by sources-from to nobody of whom it is known" in traded.reason


def test_the_proof_names_the_decision_and_what_stays_with_the_importer(report: Report) -> None:
    proof = answer(report, SMELTERS, FIRST).proof
    assert proof is not None
    (step,) = [s for s in proof.steps if s.kind is StepKind.RECOGNITION]
    assert str(step.detail["instrument"]).startswith("Implementing Decision (EU) 2025/2071")
    assert step.detail["provision"] == "Regulation (EU) 2017/821, Art. 8(3)"
    assert OWN_DUTIES in step.text
    (row,) = [s for s in proof.steps if s.kind is StepKind.MAPPING]
    assert row.detail["authority"] == "recognised-in-law"


def test_the_importers_own_duties_stay_open(report: Report) -> None:
    """Articles 4 to 7 bind the importer: nothing that a supplier holds shows its policy, audit or report."""
    for name in ("art4-a", "art4-c", "art5-4", "art6-1", "art7-3"):
        assert answer(report, f"eu-3tg-{name}", "did:web:isar-metals.example").verdict is Verdict.MISSING


def test_a_certificate_for_cobalt_says_nothing(knowledge: Knowledge, report: Report) -> None:
    """The Decision names tin and tantalum, tungsten and gold: no row leads from the cobalt standard."""
    assert answer(report, SMELTERS, SECOND).verdict is Verdict.MISSING
    without = judged(knowledge, without=["dcc-rmap-tin-banka.json"])
    assert answer(without, SMELTERS, FIRST).verdict is Verdict.MISSING, "Banka has one for cobalt as well"


@pytest.mark.parametrize(("cited", "verdict"), [("tantalum", Verdict.MISSING), ("root", Verdict.SATISFIED)])
def test_a_finding_for_the_other_metal_of_the_standard_says_nothing(
    knowledge: Knowledge, tmp_path: Path, cited: str, verdict: Verdict
) -> None:
    """Smelters are listed metal by metal: tantalum is not tin, and the standard as a whole is both of them."""
    certificate = tmp_path / "dcc-rmap-banka.json"
    text = (EXAMPLE / "documents" / "dcc-rmap-tin-banka.json").read_text("utf-8")
    certificate.write_text(text.replace("rmap-tin-tantalum/2023/tin", f"rmap-tin-tantalum/2023/{cited}"), "utf-8")
    others = (p for p in sorted((EXAMPLE / "documents").iterdir()) if p.name != "dcc-rmap-tin-banka.json")
    report = judge(
        knowledge,
        tuple(read(open_inputs([certificate, *others]))),
        on=TODAY,
        markets=("eu",),
        given=case.read(EXAMPLE / "case.toml", knowledge),
        trust=trust.read(EXAMPLE / "trust.toml"),
    )
    assert answer(report, SMELTERS, FIRST).verdict is verdict


def test_before_the_decision_the_row_was_nobodys_law(knowledge: Knowledge) -> None:
    """The row counts from 17 October 2025: the certificate alone, on an earlier day, bears on nothing."""
    found = answer(judged(knowledge, on=date(2025, 10, 16)), SMELTERS, FIRST)
    assert found.verdict is not Verdict.SATISFIED


def test_nothing_above_a_law_can_be_asked(knowledge: Knowledge) -> None:
    found = answer(judged(knowledge, authority=Authority.RECOGNISED_IN_LAW), SMELTERS, FIRST)
    assert found.verdict is Verdict.SATISFIED


def test_a_lot_of_another_metal_is_not_reached(knowledge: Knowledge) -> None:
    """The recognition is metal by metal: had the lots been gold, a certificate for tin would not answer."""
    facts = (f"{FIRST}:material=gold", f"{FIRST}:product-group=gold-product")
    gold = judged(knowledge, *facts, "did:web:isar-metals.example:conflict-minerals-imported=tin,gold")
    assert answer(gold, SMELTERS, FIRST).verdict is Verdict.NOT_APPLICABLE
    assert answer(gold, "eu-3tg-art4-g-smelters-gold", FIRST).verdict is not Verdict.SATISFIED


def test_below_the_threshold_nothing_applies(knowledge: Knowledge) -> None:
    """Annex I: unwrought tin counts from 100 000 kg a year; every other line of tin is said to be none."""
    lines = ("tin-ores", "sn-bars", "sn-other", "sn-oxides", "sn-chlorides")
    none = tuple(f"did:web:isar-metals.example:import-kg-{line}=0" for line in lines)
    below = judged(knowledge, "did:web:isar-metals.example:import-kg-sn-unwrought=99999", *none)
    assert answer(below, SMELTERS, FIRST).verdict is Verdict.NOT_APPLICABLE
    at = judged(knowledge, "did:web:isar-metals.example:import-kg-sn-unwrought=100000", *none)
    assert answer(at, SMELTERS, FIRST).verdict is Verdict.SATISFIED


def test_a_threshold_from_memory_decides_nothing_until_somebody_checks_it(knowledge: Knowledge) -> None:
    """Tin oxides, 3 600 kg by memory: above or below, it is asked whether the number was checked."""
    isar = "did:web:isar-metals.example"
    others = ("tin-ores", "sn-bars", "sn-other", "sn-unwrought", "sn-chlorides")
    none = tuple(f"{isar}:import-kg-{line}=0" for line in others)
    for volume in ("3599", "3600"):
        open_ = answer(judged(knowledge, f"{isar}:import-kg-sn-oxides={volume}", *none), SMELTERS, FIRST)
        assert (open_.verdict, open_.subject.asked) == (Verdict.UNDETERMINED, ("annex-i-memory-thresholds-checked",))
    checked = (*none, f"{isar}:annex-i-memory-thresholds-checked=true")
    below = judged(knowledge, f"{isar}:import-kg-sn-oxides=3599", *checked)
    assert answer(below, SMELTERS, FIRST).verdict is Verdict.NOT_APPLICABLE
    at = judged(knowledge, f"{isar}:import-kg-sn-oxides=3600", *checked)
    assert answer(at, SMELTERS, FIRST).verdict is Verdict.SATISFIED


@pytest.mark.parametrize("article", ["art48-1", "art48-2", "art49-1-a", "art50-1-a", "art52-1"])
def test_under_the_batteries_regulation_no_scheme_is_recognised(knowledge: Knowledge, article: str) -> None:
    """Art. 53 has recognised none, and Art. 48(2) asks for a notified body: at most ``supported``, whoever asks."""
    facts = (f"{BANKA}:role=operator", f"{BANKA}:group-turnover-eur=90000000", f"{BANKA}:net-turnover-eur=90000000")
    found = answer(judged(knowledge, *facts, on=date(2028, 1, 1)), f"eu-batt-{article}", BANKA)
    assert found.verdict not in (Verdict.SATISFIED, Verdict.NOT_APPLICABLE, Verdict.UPCOMING)


def test_a_battery_maker_is_asked_nothing_about_tin(knowledge: Knowledge) -> None:
    """Its documents name it as a manufacturer: it is no importer of tin, tantalum, tungsten or gold."""
    folder = EXAMPLE.parent / "ev-battery"
    given = case.read(folder / "case.toml", knowledge)
    found = judge(knowledge, read(open_inputs([folder])), on=date(2031, 8, 18), markets=("eu",), given=given)
    others = ("eu-3tg-", "eu-cbam-", "eu-eudr-", "eu-espr-", "eu-csddd-")
    verdicts = {j.verdict for j in found.requirements if j.notation.startswith(others)}
    assert verdicts == {Verdict.NOT_APPLICABLE}
    assert not [q.name for q in found.questions if q.name.startswith(("import-kg", "cbam", "eudr"))]


def test_both_engines_agree(knowledge: Knowledge, report: Report) -> None:
    given = case.read(EXAMPLE / "case.toml", knowledge)
    of = question(knowledge, documents(), on=TODAY, given=given, trust=trust.read(EXAMPLE / "trust.toml"))
    found = {j.id: j.verdict for j in by_shacl(of, report, [knowledge.markets["eu"]]).requirements}
    satisfied = {i for i, verdict in found.items() if verdict is Verdict.SATISFIED}
    assert satisfied == {answer(report, SMELTERS, FIRST).id}
