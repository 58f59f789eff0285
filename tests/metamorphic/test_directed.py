"""One change to a real document, or to an example: exactly the verdicts predicted by hand move, and no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from tests.metamorphic import rewriting
from tests.metamorphic.conftest import Open
from tests.metamorphic.rewriting import Number
from tests.metamorphic.sets import moved

SAMPLES, EXAMPLES = "samples/0.7.0-pre", "examples"
PACK = "dpp.DigitalProductPassport_battery_instance.json"
SHARES = "/credentialSubject/performanceClaim/1/claimedPerformance"
RECYCLED, DUTY = "dcc-recycled-content.json", "dcc-due-diligence.json"
FIRST = "/credentialSubject/conformityAssessment/0"

BELOW = (RECYCLED, f"{FIRST}/assessedPerformance/0/measure/value", Number("15.9"))
UNFLAGGED = (RECYCLED, f"{FIRST}/conformance", ...)
UNDATED = (RECYCLED, f"{FIRST}/applicablePeriod", ...)
"""Edits of the certificate: its cobalt is below 16 %; it says neither yes nor no; it names no year."""


@dataclass(frozen=True)
class Change:
    """What is changed, and what must move.

    :param edits: (end of a file's name, JSON Pointer, new value); ``...`` as value removes.
    :param moves: notation to the new verdict, ``verdict/would_be`` where it would be another.
    :param without: ends of the names of files that are left out.
    """

    reason: str
    edits: tuple[tuple[str, str, Any], ...]
    moves: Mapping[str, str]
    of: str = SAMPLES
    day: str = "2031-08-18"
    without: tuple[str, ...] = field(default=())


def share(position: int, value: str, unit: str = "P1") -> tuple[str, str, dict[str, Any]]:
    return (PACK, f"{SHARES}/{position}/measure", {"value": Number(value), "unit": unit})


def cobalt(limit: str, later: str | None, declared: str, passport: str | None) -> dict[str, str]:
    """What becomes of the limit of 2031, the limit of 2036, and the duties to state the share.

    The duty of Art. 8(1) waits for an act that was not adopted, that of Annex XIII for the same documentation.
    """
    moves = {"eu-batt-art8-2-co": limit, "eu-batt-art8-1-co": f"undetermined/{declared}"}
    moves |= {"eu-batt-art8-3-co": f"upcoming/{later}"} if later else {}
    return moves | ({"eu-batt-anx13-1-e-co": f"undetermined/{passport}"} if passport else {})


PER_METAL = ("art8-1", "art8-2", "art8-3", "anx13-1-e")
NOTHING = cobalt("missing", "missing", "missing", "missing")

DIRECTED = {
    "cobalt of 15.9 percent": Change(
        "15.9 < 16, said by the operator itself: an admission. 2036 asks for more and fails as before.",
        (share(1, "15.9"),),
        {"eu-batt-art8-2-co": "failed"},
    ),
    "cobalt of 26 percent": Change(
        "26 >= 26: what was failing for 2036 is met, and as self-declared as before.",
        (share(1, "26"),),
        {"eu-batt-art8-3-co": "upcoming/insufficient-assurance"},
    ),
    "cobalt becomes nickel": Change(
        "Nothing is said of cobalt any more, and the unnamed 16 % stands for no material. "
        "Nickel has 16 and 8 now: both meet 6; for 2036 8 < 15 is still an admission.",
        ((PACK, f"{SHARES}/1/metric/name", "Nickel Recycled Content"),),
        NOTHING,
    ),
    "cobalt loses its name": Change(
        "Two unnamed shares of 16 % stand for no material; what a value is of is never assumed.",
        ((PACK, f"{SHARES}/1/metric/name", "Recycled Content"),),
        NOTHING,
    ),
    "the unnamed share changes": Change("It stands for nothing, whatever its value.", (share(0, "1"),), {}),
    "the same share as a fraction": Change(
        "0.16 of one is 16 %; so are 6 and 8 % as fractions.",
        (share(1, "0.16", "C62"), share(2, "0.06", "C62"), share(3, "0.08", "C62")),
        {},
    ),
    "the same share in other words for percent": Change(
        "Percent by weight is percent, and so is %.", (share(1, "16", "Percent by Weight"), share(3, "8", "%")), {}
    ),
    "the fraction in percent": Change(
        "0.16 % < 16 %: an admission.", (share(1, "0.16"),), {"eu-batt-art8-2-co": "failed"}
    ),
    "cobalt in kilograms": Change(
        "A mass is no share: it can be compared with neither limit, and states no share.",
        (share(1, "16", "KGM"),),
        cobalt("undetermined", "undetermined", "undetermined", "undetermined"),
    ),
    "a year before the one judged": Change(
        "Claims state no year: the date of the claim decides nothing, the envelope's validity does.",
        ((PACK, "/credentialSubject/performanceClaim/1/claimDate", "2020-01-01"),),
        {},
    ),
    "a lead-acid chemistry": Change(
        "Lead alone is in its active materials: the limits of cobalt, lithium and nickel do not apply, that of lead "
        "does, and nothing is said of lead.",
        ((PACK, "/credentialSubject/characteristics/batteryChemistry", "Lead-acid"),),
        {
            **{f"eu-batt-{rule}-{m}": "not-applicable" for rule in PER_METAL for m in ("co", "li", "ni")},
            "eu-batt-anx13-1-e-pb": "undetermined/missing",
            "eu-batt-art8-1-pb": "undetermined/missing",
            "eu-batt-art8-2-pb": "missing",
            "eu-batt-art8-3-pb": "upcoming/missing",
        },
    ),
    "the last day of validity": Change(
        "The end of validity is its last day.", ((PACK, "/validUntil", "2031-08-18T00:00:00Z"),), {}
    ),
    "cobalt certified by a body without a role": Change(
        "Nobody vouches for the audit firm in the scope of the act: unattributed. Of 2036 a part is shown, and 17 < 26 "
        "only challenges. Lithium fails by the passport's own 5 %.",
        ((RECYCLED, "/issuer/id", "did:web:audit-firm.example"),),
        cobalt("insufficient-assurance", "partial", "insufficient-assurance", "insufficient-assurance"),
        EXAMPLES,
    ),
    "cobalt certified by the manufacturer": Change(
        "The operator's own word, whatever the certificate calls it. 17 < 26 is an admission; passports are its word.",
        ((RECYCLED, "/issuer/id", "did:web:northcell.example"),),
        cobalt("insufficient-assurance", None, "insufficient-assurance", None),
        EXAMPLES,
    ),
    "cobalt of 15.9 percent, conformant": Change(
        "The flag says yes and the value no, by one notified body: a clash inside one document. The way from the "
        "limit to the duty to state the share is contested; the value itself states it, for a year that is assumed.",
        (BELOW,),
        cobalt("conflicting", None, "insufficient-assurance", "insufficient-assurance"),
        EXAMPLES,
    ),
    "cobalt of 15.9 percent, not conformant": Change(
        "Flag and value agree: not met. The value states the share, for a year that is assumed.",
        (BELOW, (RECYCLED, f"{FIRST}/conformance", False)),
        cobalt("failed", None, "insufficient-assurance", "insufficient-assurance"),
        EXAMPLES,
    ),
    "cobalt without a flag": Change(
        "The value alone decides: 17 >= 16, for the plant and the year that the certificate states.",
        (UNFLAGGED,),
        {},
        EXAMPLES,
    ),
    "cobalt without a flag and a period": Change(
        "The value alone decides: 17 >= 16, for a year that is assumed, because nobody states it.",
        (UNFLAGGED, UNDATED),
        cobalt("insufficient-assurance", None, "insufficient-assurance", "insufficient-assurance"),
        EXAMPLES,
    ),
    "cobalt without a period": Change(
        "A certificate that names no year is about an assumed one, whatever its flag says.",
        (UNDATED,),
        cobalt("insufficient-assurance", None, "insufficient-assurance", "insufficient-assurance"),
        EXAMPLES,
    ),
    "the certificate of the year before": Change(
        "A share of 2029 says nothing of a battery made in 2030; its own flag is about 2029, too.",
        (
            (RECYCLED, f"{FIRST}/applicablePeriod/startDate", "2029-01-01"),
            (RECYCLED, f"{FIRST}/applicablePeriod/endDate", "2029-12-31"),
        ),
        cobalt("undetermined", "undetermined", "undetermined", "insufficient-assurance"),
        EXAMPLES,
    ),
    "the certificate of another plant": Change(
        "A share of another plant of the same company says nothing of a battery made in this one.",
        ((RECYCLED, f"{FIRST}/assessedFacility/0/facility/id", "https://facilities.register.example/northcell-2"),),
        cobalt("undetermined", "undetermined", "undetermined", "insufficient-assurance"),
        EXAMPLES,
    ),
    "cobalt without a flag, below the limit": Change(
        "The value alone decides: 15.9 < 16.",
        (UNFLAGGED, BELOW),
        cobalt("failed", None, "insufficient-assurance", "insufficient-assurance"),
        EXAMPLES,
    ),
    "the certificate not begun": Change(
        "Valid from the day after: cobalt expires and would be satisfied; lithium fails by the passport's own 5 %.",
        ((RECYCLED, "/validFrom", "2031-08-19T00:00:00Z"),),
        cobalt("expired/satisfied", "expired", "expired", "expired"),
        EXAMPLES,
    ),
    "the certificate ended": Change(
        "Valid until the day before.",
        ((RECYCLED, "/validUntil", "2031-08-17T00:00:00Z"),),
        cobalt("expired/satisfied", "expired", "expired", "expired"),
        EXAMPLES,
    ),
    "the certificate left out": Change(
        "Nothing bears on cobalt; lithium fails by the passport's own 5 %.",
        (),
        NOTHING,
        EXAMPLES,
        without=(RECYCLED,),
    ),
    "the anchor of the notified body left out": Change(
        "Without its accreditation the body is unattributed: what it found for is insufficient, what it found "
        "against only challenges; the second body alone says that risks are not assessed.",
        (),
        {
            **cobalt("insufficient-assurance", "partial", "insufficient-assurance", "insufficient-assurance"),
            "eu-batt-art49-1-a": "insufficient-assurance",
            "eu-batt-art49-1-c": "undetermined",
            "eu-batt-art49-1-d": "undetermined",
            "eu-batt-art49-1-e": "expired/insufficient-assurance",
            "eu-batt-art49-1-f": "undetermined",
            "eu-batt-art50-1-a": "failed",
            "eu-batt-art50-2": "undetermined",
        },
        EXAMPLES,
        without=("dia-notified-body.json",),
    ),
    "the second opinion left out": Change(
        "Nothing speaks against any more.",
        (),
        {"eu-batt-art50-1-a": "satisfied"},
        EXAMPLES,
        without=("dcc-due-diligence-second-opinion.json",),
    ),
    "the second opinion changed": Change(
        "Both bodies say yes.",
        (("dcc-due-diligence-second-opinion.json", f"{FIRST}/conformance", True),),
        {"eu-batt-art50-1-a": "satisfied"},
        EXAMPLES,
    ),
    "the policy not conformant": Change(
        "The notified body says no.",
        ((DUTY, f"{FIRST}/conformance", False),),
        {"eu-batt-art49-1-a": "failed"},
        EXAMPLES,
    ),
    "contracts not conformant": Change(
        "It ended in 2030; it would have failed.",
        (("dcc-contracts-2028.json", f"{FIRST}/conformance", False),),
        {"eu-batt-art49-1-e": "expired/failed"},
        EXAMPLES,
    ),
    "mercury of 0.0006 percent": Change(
        "0.0006 > 0.0005: an admission.",
        (
            (
                "dpp-battery.json",
                "/credentialSubject/performanceClaim/0/claimedPerformance/0/measure/value",
                Number("0.0006"),
            ),
        ),
        {"eu-batt-art6-1-hg": "failed"},
        EXAMPLES,
    ),
    "mercury in milligrams": Change(
        "5 mg/kg are 0.0005 %: at the limit, which is met.",
        (
            (
                "dpp-battery.json",
                "/credentialSubject/performanceClaim/0/claimedPerformance/0/measure",
                {"value": Number("5"), "unit": "NA"},
            ),
        ),
        {},
        EXAMPLES,
    ),
    "the permit issued by the mine": Change(
        "The operator's own word: no public authority's.",
        (("dcc-mines-act-permit.json", "/issuer/id", "did:web:cedar-copper.example"),),
        {"ca-bc-minesact-s10-permit": "insufficient-assurance"},
        EXAMPLES,
    ),
    "the permit of another mine": Change(
        "Evidence about somebody else counts for nothing.",
        (
            (
                "dcc-mines-act-permit.json",
                f"{FIRST}/assessedFacility/0/facility/id",
                "https://facilities.register.example/other-mine",
            ),
        ),
        {"ca-bc-minesact-s10-permit": "missing"},
        EXAMPLES,
    ),
}


@pytest.mark.parametrize("name", DIRECTED)
def test_what_is_predicted_moves_and_nothing_else(name: str, open_set: Open) -> None:
    change = DIRECTED[name]
    bench, day = open_set(change.of), date.fromisoformat(change.day)
    inputs = [i for i in bench.inputs if not i.name.endswith(change.without)] if change.without else bench.inputs
    assert len(inputs) == len(bench.inputs) - len(change.without)
    for file, pointer, value in change.edits:
        inputs = rewriting.edit(inputs, file, pointer, value)
    found = {notation: after for (notation, _), (_, after) in moved(bench.first(day), bench.ask(day, inputs)).items()}
    assert found == change.moves, change.reason
