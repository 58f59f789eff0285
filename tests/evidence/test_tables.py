"""The data tables that reading leans on are whole."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from comity.evidence import catalogue, tables, topics
from comity.evidence.node import INLINE, OPEN
from comity.model.evidence import DocumentKind
from comity.model.scales import Assurance, Level
from comity.units import unit

TABLES = Path(__file__).resolve().parent.parent.parent / "ontology" / "tables"
SOURCES = TABLES.parent.parent / "src" / "comity"


def rows(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("name", "key"), [("untp-keys.csv", ("kind", "key", "version")), ("codes.csv", ("list", "code"))]
)
def test_no_row_stands_twice_and_all_are_sorted(name: str, key: tuple[str, ...]) -> None:
    found = [tuple(r[k].casefold() for k in key) for r in rows(name)]
    assert len(set(found)) == len(found)
    assert [f[0] for f in found] == sorted(f[0] for f in found)


def test_every_kind_that_a_key_holds_has_keys() -> None:
    kinds = {r["kind"] for r in rows("untp-keys.csv")}
    held = {r["holds"] for r in rows("untp-keys.csv")} - {"", OPEN, "subject"}
    assert held <= kinds
    assert set(INLINE) <= kinds
    assert {k for _, k in INLINE.values()} <= kinds


def test_versions_are_those_that_are_told_apart() -> None:
    assert {r["version"] for r in rows("untp-keys.csv")} == {
        "0.5",
        "0.6.0",
        "0.6.1",
        "0.7.0",
        tables.EVERY,
        tables.VARIANT,
    }


def test_a_key_means_one_thing_in_a_kind() -> None:
    for found in tables.keys().values():
        assert len({(k.canonical, k.holds) for k in found}) == 1, found


RENAMED = {
    # Section 2.6 of the survey, as (kind, name today, names of old).
    ("product", "performanceClaim", "conformityClaim"),
    ("claim", "referenceCriteria", "assessmentCriteria"),
    ("claim", "claimDate", "assessmentDate"),
    ("claim", "claimedPerformance", "declaredValue"),
    ("claim", "claimedPerformance", "declaredValues"),
    ("performance", "measure", "metricValue"),
    ("claim", "evidence", "conformityEvidence"),
    ("link", "digestMultibase", "hashDigest"),
    ("criterion", "requiredPerformance", "passThreshold"),
    ("criterion", "requiredPerformance", "thresholdValue"),
    ("criterion", "requiredPerformance", "thresholdValues"),
    ("criterion", "tag", "tags"),
    ("attestation", "conformityAssessment", "assessment"),
    ("assessment", "assessedPerformance", "declaredValue"),
    ("facilityVerification", "idVerifiedByCAB", "IDverifiedByCAB"),
    ("attestation", "referenceScheme", "scope"),
    ("passport", "idGranularity", "granularityLevel"),
    ("product", "itemNumber", "serialNumber"),
    ("passport", "materialProvenance", "materialsProvenance"),
    ("material", "mass", "massAmount"),
    ("material", "recycledMassFraction", "recycledAmount"),
    ("party", "alsoKnownAs", "otherIdentifier"),
    ("party", "alsoKnownAs", "partyAlsoKnownAs"),
    ("issuer", "alsoKnownAs", "issuerAlsoKnownAs"),
    ("facility", "alsoKnownAs", "facilityAlsoKnownAs"),
    ("identity", "registeredName", "name"),
    ("identity", "registrationScope", "registrationScopeList"),
    ("identity", "schemeId", "idScheme"),
    ("classification", "schemeId", "schemeID"),
}


@pytest.mark.parametrize(("kind", "today", "old"), sorted(RENAMED))
def test_every_renamed_key_is_known(kind: str, today: str, old: str) -> None:
    assert {k.canonical for k in tables.keys()[kind, old]} == {today}


def test_tokens_are_words_of_the_scales() -> None:
    for listed in ("assessor", "assurance"):
        assert all(Assurance.of(t) is not None for t in tables.codes(listed).values())
    assert {Level(t) for t in tables.codes("granularity").values()} == {Level.ITEM, Level.BATCH, Level.MODEL}
    assert {DocumentKind(t) for t in tables.codes("document-types").values()} == set(DocumentKind) - {
        DocumentKind.SHEET,
        DocumentKind.TURTLE,
        DocumentKind.UNREADABLE,
    }


def test_nothing_declared_by_the_assessed_party_itself_is_more_than_its_own_word() -> None:
    assert Assurance.of(tables.codes("assessor")["self"]) is Assurance.SELF
    assert Assurance.of(tables.codes("assurance")["no-endorsement"]) is Assurance.UNATTRIBUTED


def test_units_of_metrics_are_known_and_patterns_compile() -> None:
    assert [m for m, u in tables.codes("metric-units").items() if unit(u) is None] == []
    for pattern in tables.spelled("contexts").values():
        re.compile(pattern)


@pytest.mark.parametrize(
    ("written", "slugs"),
    [
        (
            "governance.transparency",
            ("open-reporting", "ethical-material-sourcing", "supply-chain-traceability", "transparent-communication"),
        ),
        (
            "https://test.uncefact.org/vocabulary/untp/core/0/conformityTopicCode#environment.energy",
            ("renewable-energy-use",),
        ),
        ("https://vocabulary.uncefact.org/conformity-topics/water-conservation/", ("water-conservation",)),
        ("https://vocabulary.uncefact.org/untp/conformity-topic/governance-compliance", ("legal-compliance",)),
        ("http://vocabulary.uncefact.org/sustainability/x/carbon-footprint-reduction", ("greenhouse-gas-emissions",)),
        ("", ()),
    ],
)
def test_three_generations_of_topics_meet(written: str, slugs: tuple[str, ...]) -> None:
    assert topics.slugs(written) == slugs


def test_every_code_that_is_raised_has_a_page_and_every_page_is_raised() -> None:
    raised = re.compile(r"(?:\binfo|\bwarn|\bbroken|UnreadableError|\bFinding)\(\s*\"([A-Za-z0-9-]+)\"")
    files = [*(SOURCES / "evidence").rglob("*.py")]
    files += [
        SOURCES / "formats" / f"{n}.py" for n in ("archives", "jose", "json", "limits", "sheets", "text", "turtle")
    ]
    found = {code for f in files for code in raised.findall(f.read_text(encoding="utf-8"))}
    assert found == set(catalogue.RULES)
