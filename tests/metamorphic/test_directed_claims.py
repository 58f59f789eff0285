"""One change to other people's credentials: what becomes of the claims that they bear on, predicted by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.metamorphic import rewriting
from tests.metamorphic.conftest import Open

from comity.judgement import trust

SAMPLES, MINE, ENVELOPES = "samples/0.7.0-pre", "pilot/copper_mine", "samples/0.6.1"
AUDITOR = "did:web:auditor.test"
TSM, PERMIT = "dcc_tsm_mine.json", "ordered.json"
CERTIFICATE = "dcc.ConformityCredential_instance.json"
RECORD, CONCENTRATE = "dfr.DigitalFacilityRecord_instance.json", "dpp.DigitalProductPassport_instance.json"
FIRST = "/credentialSubject/conformityAssessment/0"
WHOLE = "/credentialSubject/assessment/2/assessedFacility"
THE_MINE = [{"type": ["Facility"], "id": "https://idr.bcmine.pyx.io/gs1/414/9359502000034?linkType=gs1:locationInfo"}]

Edit = tuple[str, str, Any]


@dataclass(frozen=True)
class Change:
    """What is changed, who is vouched for, and what must move.

    :param trusted: issuer and the assurance vouched for.
    :param moves: (end of the file's name, position of the claim) to the new verdict.
    """

    reason: str
    of: str
    day: str
    edits: tuple[Edit, ...]
    moves: Mapping[tuple[str, int], str]
    trusted: tuple[tuple[str, str], ...] = ()


def both(position_in_record: int, position_in_passport: int, verdict: str) -> dict[tuple[str, int], str]:
    return {
        ("dfr_copper_mine.json", position_in_record): verdict,
        ("dpp_copper_concentrate.json", position_in_passport): verdict,
    }


CAB = (("did:web:sample-cab.example.com", "third-party"),)

DIRECTED = {
    "TSM by somebody whom nobody knows": Change(
        "Not the operator any more, but without an anchor: unattributed is no better.",
        MINE,
        "2024-06-01",
        ((TSM, "/issuer/id", AUDITOR),),
        {},
    ),
    "TSM by an auditor who is vouched for": Change(
        "A third party, but the assessment of the whole protocol names no subject: the mine is assumed.",
        MINE,
        "2024-06-01",
        ((TSM, "/issuer/id", AUDITOR),),
        {},
        ((AUDITOR, "third-party"),),
    ),
    "TSM by an auditor who is vouched for, about the mine": Change(
        "A third party certifies the whole protocol for the mine: the claims of mine and concentrate are met.",
        MINE,
        "2024-06-01",
        ((TSM, "/issuer/id", AUDITOR), (TSM, WHOLE, THE_MINE)),
        both(1, 1, "satisfied"),
        ((AUDITOR, "third-party"),),
    ),
    "TSM by an auditor about the mine, a year later": Change(
        "The credential ended with 2024; it would have shown it.",
        MINE,
        "2025-06-01",
        ((TSM, "/issuer/id", AUDITOR), (TSM, WHOLE, THE_MINE)),
        both(1, 1, "expired/satisfied"),
        ((AUDITOR, "third-party"),),
    ),
    "TSM until 2025": Change(
        "Valid again, and the operator's own word again.",
        MINE,
        "2025-06-01",
        ((TSM, "/validUntil", "2025-12-31T12:00:00"),),
        both(1, 1, "insufficient-assurance"),
    ),
    "TSM from the day after": Change(
        "Not begun: the end of validity is not the only bound.",
        MINE,
        "2024-06-01",
        ((TSM, "/validFrom", "2024-06-02T00:00:00"),),
        both(1, 1, "expired/insufficient-assurance"),
    ),
    "the permitting officer is vouched for": Change(
        "The facility's own identity issued the permit: nobody can vouch an operator out of its own word.",
        MINE,
        "2024-06-01",
        (),
        {},
        (("did:web:vckit.bcmine.pyx.io", "public-authority"),),
    ),
    "the permit by an office that is vouched for": Change(
        "An office that is not the operator, vouched for as an authority, which signs with a key of its own.",
        MINE,
        "2024-06-01",
        (
            (PERMIT, "/issuer/id", "did:web:office.test"),
            (PERMIT, "/proof/0/verificationMethod", "did:web:office.test#key-1"),
        ),
        both(3, 4, "satisfied"),
        (("did:web:office.test", "public-authority"),),
    ),
    "the permit by an office in whose name another one signed": Change(
        "What is signed with somebody else's key is nobody's word: no more is shown than before.",
        MINE,
        "2024-06-01",
        ((PERMIT, "/issuer/id", "did:web:office.test"),),
        {},
        (("did:web:office.test", "public-authority"),),
    ),
    "the certifier of the samples is vouched for": Change(
        "Six claims find an assessment of the criterion that they cite, by alias, and by lift from plant to product.",
        SAMPLES,
        "2026-02-01",
        (),
        {
            (RECORD, 0): "satisfied",
            (RECORD, 1): "satisfied",
            ("dfr.DigitalFacilityRecord_smelter_instance.json", 0): "satisfied",
            ("dpp.DigitalProductPassport_cathode_instance.json", 0): "satisfied",
            (CONCENTRATE, 0): "satisfied",
            (CONCENTRATE, 1): "satisfied",
        },
        CAB,
    ),
    "greenhouse gases not conformant": Change(
        "The mine's certificate says no: its record fails. Failing is not inherited by the product.",
        SAMPLES,
        "2026-02-01",
        ((CERTIFICATE, f"{FIRST}/conformance", False),),
        {
            (RECORD, 0): "failed",
            (RECORD, 1): "satisfied",
            ("dfr.DigitalFacilityRecord_smelter_instance.json", 0): "satisfied",
            ("dpp.DigitalProductPassport_cathode_instance.json", 0): "satisfied",
            (CONCENTRATE, 0): "missing",
            (CONCENTRATE, 1): "satisfied",
        },
        CAB,
    ),
    "greenhouse gases not conformant, by nobody known": Change(
        "Said by an unattributed body it only challenges.",
        SAMPLES,
        "2026-02-01",
        ((CERTIFICATE, f"{FIRST}/conformance", False),),
        {(RECORD, 0): "undetermined", (CONCENTRATE, 0): "missing"},
    ),
    "greenhouse gases without a flag": Change(
        "An assessment that does not say whether it conforms gives nothing.",
        SAMPLES,
        "2026-02-01",
        ((CERTIFICATE, f"{FIRST}/conformance", ...),),
        {(RECORD, 0): "missing", (CONCENTRATE, 0): "missing"},
    ),
    "the certificate of another mine": Change(
        "Evidence about somebody else counts for nothing.",
        SAMPLES,
        "2026-02-01",
        (
            (
                CERTIFICATE,
                f"{FIRST}/assessedFacility/0/facility",
                {"type": ["Facility"], "id": "https://facility-register.example.com/fac-999", "name": "Another"},
            ),
        ),
        {(RECORD, 0): "missing", (CONCENTRATE, 0): "missing"},
    ),
    "the number follows the name": Change(
        "Aliases go by content: under the name of the energy criterion the number 26 stands for nothing.",
        SAMPLES,
        "2026-02-01",
        ((CERTIFICATE, f"{FIRST}/assessmentCriteria/0/name", "Energy Use and Efficiency"),),
        {(RECORD, 0): "missing", (CONCENTRATE, 0): "missing"},
    ),
    "the plant is no longer named in the passport": Change(
        "Without the link from product to plant nothing is inherited.",
        SAMPLES,
        "2026-02-01",
        ((CONCENTRATE, "/credentialSubject/producedAtFacility", ...),),
        {(CONCENTRATE, 0): "missing", (CONCENTRATE, 1): "missing"},
    ),
}


@pytest.mark.parametrize("name", DIRECTED)
def test_what_is_predicted_moves_and_nothing_else(name: str, open_set: Open, tmp_path: Path) -> None:
    change = DIRECTED[name]
    bench, day = open_set(change.of), date.fromisoformat(change.day)
    inputs = bench.inputs
    for edit in change.edits:
        inputs = rewriting.edit(inputs, *edit)
    trusted = tmp_path / "trust.toml"
    trusted.write_text("".join(f'[[issuer]]\nid = "{i}"\nassurance = "{a}"\n' for i, a in change.trusted))
    before = bench.first(day).report.claims
    after = bench.ask(day, inputs, trusted=trust.read(trusted)).report.claims
    moves = {}
    for old, new in zip(before, after, strict=True):
        assert (old.document, old.place.pointer, old.cited) == (new.document, new.place.pointer, new.cited)
        if (old.verdict, old.would_be) != (new.verdict, new.would_be):
            found = f"{new.verdict}/{new.would_be}" if new.would_be else str(new.verdict)
            moves[Path(new.document).name, int(new.place.pointer.rsplit("/", 1)[1])] = found
    assert moves == change.moves, change.reason


@pytest.mark.parametrize(
    ("auditor", "verdict"),
    [
        # The operator still did the work: whoever signs it, it is the operator's own word.
        (None, "insufficient-assurance"),
        ({"type": ["Party"], "id": AUDITOR, "name": "Auditor"}, "satisfied"),
    ],
    ids=["another issuer", "another issuer and auditor"],
)
def test_the_samples_of_0_6_1_are_met_once_somebody_else_issues_and_makes_them(
    auditor: dict[str, Any] | None, verdict: str, open_set: Open, tmp_path: Path
) -> None:
    """Issuer, auditor and operator are one in all of them; each of the twelve claims cites what is assessed."""
    bench, day = open_set(ENVELOPES), date(2026, 2, 1)
    trusted = tmp_path / "trust.toml"
    trusted.write_text(f'[[issuer]]\nid = "{AUDITOR}"\nassurance = "third-party"\n')

    def other(value: Any) -> Any:
        if isinstance(value, list):
            return [other(v) for v in value]
        if not isinstance(value, dict):
            return value
        changed = {k: auditor if k == "auditor" and auditor else other(v) for k, v in value.items()}
        if "DigitalConformityCredential" in value.get("type", ()):
            changed["issuer"] = {"type": ["CredentialIssuer"], "id": AUDITOR, "name": "Auditor"}
        return changed

    report = bench.ask(day, rewriting.rewrite(bench.inputs, other), trusted=trust.read(trusted)).report
    assert [str(c.verdict) for c in report.claims] == [verdict] * 12
