"""Other people's real documents: what must come out, by hand from the texts (skipped where they are absent)."""

from __future__ import annotations

from pathlib import Path

from tests.judgement.conftest import Check

from comity.model.scales import Verdict
from comity.model.verdicts import ClaimJudgement, Judgement, Report


def requirement(report: Report, notation: str) -> Judgement:
    (found,) = [
        j for j in report.requirements if j.notation == notation and j.subject.level.is_product and j.subject.judged
    ]
    return found


def battery(report: Report, notation: str) -> Judgement:
    (found,) = [j for j in report.requirements if j.notation == notation and "Battery Pack" in j.subject.label]
    return found


def test_the_chain_of_samples_is_read_whole(check: Check, untp_documents: Path) -> None:
    report = check([untp_documents / "samples/0.7.0-pre"], "2031-08-18", ["eu"])
    assert len(report.documents) == 17
    assert sum(len(d.claims) for d in report.documents) == 16
    assert sum(len(d.assessments) for d in report.documents) == 9


def test_declared_recycled_content_meets_the_minima_but_is_self_declared(check: Check, untp_documents: Path) -> None:
    """16 >= 16, 6 >= 6, 8 >= 6: met, by the manufacturer's own word; a notified body is asked."""
    report = check([untp_documents / "samples/0.7.0-pre"], "2031-08-18", ["eu"])
    for metal in ("co", "li", "ni"):
        found = battery(report, f"eu-batt-art8-2-{metal}")
        assert found.verdict is Verdict.INSUFFICIENT_ASSURANCE
        assumed = " ".join(found.assumptions).lower()
        for word in ("denominator", "origin", "model", "plant", "year"):
            assert word in assumed, (metal, word)
        assert not any("material" in a.lower() and "assumed" in a.lower() for a in found.assumptions)
        assert found.proof is not None
        read_by = [s.detail["read_by"] for s in found.proof.steps if s.kind == "threshold"]
        assert read_by
        assert all(read_by), "the material is read from the metric's name by a data rule that the proof shows"
    assert battery(report, "eu-batt-art8-2-pb").verdict is Verdict.NOT_APPLICABLE


def test_the_unnamed_share_stands_for_no_material(check: Check, untp_documents: Path) -> None:
    """The first performance says 16 % of nothing named: no proof may lean on it."""
    report = check([untp_documents / "samples/0.7.0-pre"], "2031-08-18", ["eu"])
    for metal, value in (("co", "16"), ("li", "6"), ("ni", "8")):
        proof = battery(report, f"eu-batt-art8-2-{metal}").proof
        assert proof is not None
        assert [s.detail["value"] for s in proof.steps if s.kind == "threshold"] == [value]


def test_the_minima_of_2036_are_upcoming_and_would_fail(check: Check, untp_documents: Path) -> None:
    """16 < 26, 6 < 12, 8 < 15, said by the operator itself: an admission."""
    report = check([untp_documents / "samples/0.7.0-pre"], "2031-08-18", ["eu"])
    for metal in ("co", "li", "ni"):
        found = battery(report, f"eu-batt-art8-3-{metal}")
        assert (found.verdict, found.would_be) == (Verdict.UPCOMING, Verdict.FAILED)


def test_a_floating_date_is_certain_only_where_it_can_be(check: Check, untp_documents: Path) -> None:
    samples = [untp_documents / "samples/0.7.0-pre"]
    late = battery(check(samples, "2031-08-18", ["eu"]), "eu-batt-art7-1-ev")
    soon = battery(check(samples, "2026-12-01", ["eu"]), "eu-batt-art7-1-ev")
    assert late.verdict is Verdict.UNDETERMINED
    assert soon.verdict is Verdict.UPCOMING
    assert late.applies_from is None


def test_a_passport_past_its_end_is_expired(check: Check, untp_documents: Path) -> None:
    report = check([untp_documents / "samples/0.7.0-pre"], "2036-08-18", ["eu"])
    for rule in ("eu-batt-art8-2-co", "eu-batt-art8-3-co", "eu-batt-art8-3-ni"):
        assert battery(report, rule).verdict is Verdict.EXPIRED


def claims(report: Report, name: str) -> list[ClaimJudgement]:
    return [c for c in report.claims if name.lower() in c.cited.lower()]


def test_the_copper_mine_is_read_whole(check: Check, untp_documents: Path) -> None:
    report = check([untp_documents / "pilot/copper_mine"], "2024-06-01", ["eu", "ca-bc"])
    assert len(report.documents) == 6
    assert sum(len(d.claims) for d in report.documents) == 9
    assert sum(len(d.assessments) for d in report.documents) == 36


def test_a_mining_permit_does_not_prove_origin(check: Check, untp_documents: Path) -> None:
    report = check([untp_documents / "pilot/copper_mine"], "2024-06-01", ["eu", "ca-bc"])
    found = claims(report, "Country Of Origin")
    assert len(found) == 2
    assert all(c.verdict is Verdict.MISSING and not c.assessments for c in found)


def test_a_certificate_of_another_edition_is_only_a_lead(check: Check, untp_documents: Path) -> None:
    """Version 3.0 is claimed as a whole, 2.0 is attested, without a date."""
    report = check([untp_documents / "pilot/copper_mine"], "2024-06-01", ["eu", "ca-bc"])
    found = claims(report, "RRA-v3.0")
    assert len(found) == 2
    for claim in found:
        assert claim.verdict not in (Verdict.SATISFIED, Verdict.SUPPORTED)
        assert any(lead.row and "rra-2.0" in lead.row for lead in claim.leads), claim.leads


def test_credentials_issued_by_the_operator_are_its_own_word(check: Check, untp_documents: Path) -> None:
    report = check([untp_documents / "pilot/copper_mine"], "2024-06-01", ["eu", "ca-bc"])
    own = claims(report, "Towards Sustainable Mining Protocol") + claims(report, "Mines Act Permit")
    assert len(own) == 4
    for claim in own:
        assert claim.verdict is Verdict.INSUFFICIENT_ASSURANCE
        assert "operator's own word" in claim.reason


def test_the_tsm_credential_ends_with_2024(check: Check, untp_documents: Path) -> None:
    report = check([untp_documents / "pilot/copper_mine"], "2025-06-01", ["eu", "ca-bc"])
    assert {c.verdict for c in claims(report, "Towards Sustainable Mining Protocol")} == {Verdict.EXPIRED}


def test_what_the_eu_asks_of_copper_is_said_and_what_it_does_not(check: Check, untp_documents: Path) -> None:
    report = check([untp_documents / "pilot/copper_mine"], "2024-06-01", ["eu"])
    (product,) = [m for m in report.markets if m.subject.startswith("product:")]
    # a footprint once there is a method for copper, and that no forced labour was used, as of every product
    assert product.asks == ("eu-crma-art31-6", "eu-flr-art3")
    assert any("copper" in lead.text.lower() for lead in product.leads)


def test_samples_of_0_6_1_list_their_exact_assessments_and_none_is_supported(
    check: Check, untp_documents: Path
) -> None:
    """Issuer and operator are one: did:web:identifiers.example-company.com:12345."""
    report = check([untp_documents / "samples/0.6.1"], "2026-02-01")
    assert len(report.claims) == 12
    for claim in report.claims:
        assert any(a.via.startswith("exact id") for a in claim.assessments)
        assert claim.verdict is Verdict.INSUFFICIENT_ASSURANCE
        assert "operator's own word" in claim.reason


def test_six_of_sixteen_claims_find_an_assessment_and_none_counts(check: Check, untp_documents: Path) -> None:
    """Found through aliases by content and lifts; the certifiers have no identity anchor."""
    report = check([untp_documents / "samples/0.7.0-pre"], "2026-02-01")
    assert len(report.claims) == 16
    found = [c for c in report.claims if c.assessments]
    assert len(found) == 6
    assert not [c for c in found if any(a.counts for a in c.assessments)]
    assert all("no identity anchor" in a.why for c in found for a in c.assessments)


def test_a_passport_whose_end_cannot_be_read_satisfies_nothing(
    check: Check, untp_documents: Path, tmp_path: Path
) -> None:
    """30 February 2025 is no end: what the passport declares may be years past its time."""
    passport = untp_documents / "samples/0.7.0-pre/dpp.DigitalProductPassport_battery_instance.json"
    text = passport.read_text(encoding="utf-8").replace("2035-03-01T00:00:00Z", "2025-02-30T00:00:00Z")
    changed = tmp_path / "passport.json"
    changed.write_text(text, encoding="utf-8")
    report = check([changed], "2031-08-18", ["eu"])
    assert not [j for j in report.requirements if j.verdict is Verdict.SATISFIED]
    assert battery(report, "eu-batt-art8-2-co").verdict is Verdict.UNDETERMINED
