"""What stands in the standards' files, aliases, rules and mapping sets: expected by hand, with the reason."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.knowledge.reading import NS, mask

from comity.judgement.resolve import How, Resolver
from comity.judgement.values import read
from comity.model import requirements
from comity.model.evidence import Citation, CitationKind
from comity.model.knowledge import Knowledge
from comity.model.mappings import Relation
from comity.model.places import Place
from comity.model.quantities import Value
from comity.model.scales import Assurance, Authority, Basis, Comparator, Kind, Level, Lift

HERE = Place("test", "")
RRA = "https://coppermark.org/rra/v3.0/criterion/"
GUIDE_2020 = "https://coppermark.org/wp-content/uploads/2020/08/Copper-Mark-Criteria-Guide_FINAL_24FEB20.pdf"
SCHEME = "https://sample-scheme.coppermark.org/criteria/"
VAP = "https://responsiblebusiness.org/vap/v8.0.2/criterion/"
CODE = "https://sample-scheme.responsiblebusiness.org/criteria/"
TSM = "https://mining.ca/wp-content/uploads/dlm_uploads/2024/05/FINAL-2020-Protocol-Biodiversity.pdf"
MINES_ACT = "https://www.bclaws.gov.bc.ca/civix/document/id/complete/statreg/96293_01"
UNTP = "https://vocabulary.uncefact.org/performance-metric/"
READ = {
    *("rra/3.0", "rra/2.0", "oecd-minerals/3", "rmap-all/1.1", "rmap-cobalt/2.0", "jdds/3", "rba-vap/8.0.2"),
    *("tsm-biodiversity/2020", "ca-bc-minesact/1996"),
}
"""Versions of which a source, if not the text itself, was seen for all but a few criteria."""


NUMBERS = {
    "oecd-minerals-3-AII.10-six-months",
    "rba-vap-8.0.2-A2-hazardous-work",
    "rba-vap-8.0.2-A2-minimum-age",
    "rba-vap-8.0.2-A4-overtime-premium",
    "rra-3.0-11-hazardous-work",
    "rra-3.0-11-minimum-age",
}
"""Parts of criteria that have a number where the criterion asks for more than that."""


def iri(known: Knowledge, notation: str) -> str:
    return known.by_notation[notation.lower()]


@pytest.mark.parametrize(
    ("version", "count"),
    [
        ("rra/3.0", 33),  # the owners publish 33 criteria
        ("rra/2.0", 32),  # and 32 issue areas before
        ("oecd-minerals/3", 34),  # 16 steps and points, 15 paragraphs of Annex II, 3 parts
        ("rmap-all/1.1", 23),
        ("rmap-cobalt/2.0", 6),  # five steps and one that is encouraged
        ("jdds/3", 5),  # sections 5.1 to 5.5
        ("rba-vap/8.0.2", 13),  # only those that a partial catalogue holds
        ("tsm-biodiversity/2020", 3),  # three indicators
        ("ca-bc-minesact/1996", 3),  # permit, security, code
    ],
)
def test_each_text_has_its_criteria_and_one_root(known: Knowledge, version: str, count: int) -> None:
    members = [c for c in known.criteria.values() if c.version == NS + version]
    roots = [c.iri for c in members if c.kind is Kind.ROOT]
    assert roots == [known.schemes[NS + version].root]
    # a number inside a criterion is a part of it, and no criterion that the text counts
    assert len([c for c in members if c.notation not in NUMBERS]) == count + 1


def test_every_notation_is_that_of_the_one_table(known: Knowledge, root: Path) -> None:
    with (root / "ontology" / "tables" / "notations.csv").open(encoding="utf-8", newline="") as file:
        named = {row["notation"] for row in csv.DictReader(file)}
    assert len(named) == 1211
    standards = [c for c in known.criteria.values() if not c.version.startswith(NS + "eu-batt/")]
    # a record with several limits has children, whose notations go on from its own; a choice stands above its options
    above = {c.notation for c in standards if any(one.startswith(c.notation + "-") for one in named)}
    unknown = {c.notation for c in standards if c.kind is not Kind.ROOT} - named - above
    unrecorded = {f"rmap-tin-tantalum-2023-{metal}" for metal in ("tin", "tantalum")}  # its text is on no record
    assert {n for n in unknown if not any(n.startswith(one + "-") for one in named)} == unrecorded


def test_versions_are_in_force_one_after_the_other(known: Knowledge) -> None:
    old, new = known.schemes[NS + "rra/2.0"], known.schemes[NS + "rra/3.0"]
    assert (old.in_force_until, new.in_force_from) == (date(2023, 12, 31), date(2024, 1, 1))


@pytest.mark.parametrize(
    ("whole", "parts", "complete"),
    [
        ("rra-3.0", 33, True),
        ("rra-2.0", 32, True),
        ("tsm-biodiversity-2020", 3, True),
        ("jdds-3", 5, True),
        ("rmap-cobalt-2.0", 5, True),  # the sixth step is encouraged: conformity does not need it
        ("rmap-all-1.1", 14, False),  # the catalogue leaves out whole sections
        ("rba-vap-8.0.2", 13, False),  # a partial catalogue
        ("oecd-minerals-3-1", 5, True),  # points A to E
        ("oecd-minerals-3-3", 4, True),  # points A to D
    ],
)
def test_wholes_have_their_parts(known: Knowledge, whole: str, parts: int, complete: bool) -> None:
    found = [d for d in known.decompositions if d.whole == iri(known, whole)]
    assert [(len(d.parts), d.complete) for d in found] == [(parts, complete)]


def test_only_what_is_known_from_memory_alone_is_unverified(known: Knowledge) -> None:
    standards = [c for c in known.criteria.values() if c.version.removeprefix(NS) in READ]
    unverified = {c.notation for c in standards if c.basis is Basis.NOT_VERIFIED}
    parts = {"oecd-minerals-3-S3T", "oecd-minerals-3-SAU", "oecd-minerals-3-ANXIII"}
    assert unverified == {*parts, "ca-bc-minesact-s10-security"}
    assert [c.notation for c in standards if c.basis is Basis.READ_IN_SOURCE] == []
    assert [c.notation for c in standards if c.kind is not Kind.ROOT and not c.doubts] == []


def test_disclosures_and_awards_do_not_reach_the_product(known: Knowledge) -> None:
    lifted = {c.notation for c in known.criteria.values() if Lift.INHERITS_DOWN in c.lifts}
    assert {"rra-3.0-27", "rra-3.0-28", "tsm-biodiversity-2020", "ca-bc-minesact-s10-permit"} <= lifted
    # a report is no property of what is made, and the award has a chain of custody standard of its own
    assert not lifted & {"rra-3.0", "rra-2.0", "rba-vap-8.0.2", "rra-3.0-4", "rra-3.0-6", "rra-2.0-32"}


def test_the_mass_balance_has_its_number(known: Knowledge) -> None:
    limit = known.criteria[iri(known, "rmap-all-1.1-1C-mass-balance")].limit
    assert limit is not None
    assert (limit.comparator, limit.value) == (Comparator.AT_MOST, Fraction(10))


def test_every_topic_is_described(known: Knowledge) -> None:
    topics = {topic for c in known.criteria.values() for topic in c.topics}
    assert sorted(topics - known.labels.keys()) == []


@pytest.mark.parametrize(
    ("cited", "name", "notation", "how"),
    [
        # number and content agree
        (RRA + "12", "Forced Labour — Coppermark Criterion 12", "rra-3.0-12", How.ALIAS),
        (RRA + "17", "Occupational Health and Safety — Coppermark Criterion 17", "rra-3.0-17", How.ALIAS),
        (RRA + "28", "Water Stewardship — Coppermark Criterion 28", "rra-3.0-28", How.ALIAS),
        (RRA + "29", "Waste Management — Coppermark Criterion 29", "rra-3.0-29", How.ALIAS),
        # 26 of version 3.0 is climate action, 27 greenhouse gases; there is none on energy
        (RRA + "26", "GHG Emissions — Coppermark Criterion 26", "rra-3.0-27", How.ALIAS),
        (RRA + "27", "Energy Use and Efficiency — Coppermark Criterion 27", "", How.NOTHING),
        # another name beside a number that misleads: nobody knows
        (RRA + "27", "Water Stewardship", "", How.AMBIGUOUS),
        (
            SCHEME + "ghg-management/v3",
            "GHG Emissions Management (Coppermark RRA Criterion 26)",
            "rra-3.0-27",
            How.ALIAS,
        ),
        (SCHEME + "water-stewardship/v3", "Water Stewardship (Coppermark RRA Criterion 27)", "rra-3.0-28", How.ALIAS),
        (
            SCHEME + "air-emissions-control/v3",
            "Air Emissions Control (Coppermark RRA Criterion 28)",
            "rra-3.0-33",
            How.ALIAS,
        ),
        (
            SCHEME + "recycled-feedstock/v3",
            "Recycled Feedstock Management (Coppermark RRA Criterion 31)",
            "rra-3.0-30",
            How.ALIAS,
        ),
        # the fragment decides: drafts repeat one name thirty-one times, and 16 is misnamed
        (
            GUIDE_2020 + "#15-greenhouse-emissions",
            "TEST - Copper-Mark: Greenhouse Gas Emissions",
            "rra-2.0-15",
            How.ALIAS,
        ),
        (GUIDE_2020 + "#16-energy-consumption", "TEST - Copper-Mark: Renewable Energy", "rra-2.0-16", How.ALIAS),
        (GUIDE_2020 + "#2-business-integrity", "Business Interity", "rra-2.0-2", How.ALIAS),
        # a whole guide is no criterion
        (GUIDE_2020, "The Criteria Guide for the Risk Readiness Assessment", "rra-2.0", How.DOCUMENT),
        (
            "https://coppermark.org/wp-content/uploads/2023/10/RRA-v3.0-Criteria-Guide_2023.pdf",
            "RISK READINESS ASSESSMENT CRITERIA GUIDE",
            "rra-3.0",
            How.DOCUMENT,
        ),
        # emergency preparedness is B2; nothing on record is about hazardous substances
        (VAP + "A1", "Freely Chosen Employment — RBA VAP Criterion A1", "rba-vap-8.0.2-A1", How.ALIAS),
        (VAP + "A7", "Emergency Preparedness — RBA VAP Criterion A7", "rba-vap-8.0.2-B2", How.ALIAS),
        (VAP + "C4", "Hazardous Substances — RBA VAP Criterion C4", "", How.NOTHING),
        (
            CODE + "ghg-reporting/v8",
            "GHG Emissions Reporting (RBA Code of Conduct Section C.1)",
            "rba-vap-8.0.2-C6",
            How.ALIAS,
        ),
        (
            CODE + "responsible-minerals/v8",
            "Responsible Minerals Sourcing (RBA Code of Conduct Section C.7)",
            "",
            How.NOTHING,
        ),
        # one file, three indicators: the name decides, and the file is the protocol
        (TSM, "Towards Sustainable Mining Protocol", "tsm-biodiversity-2020", How.ALIAS),
        (TSM, "FINAL-2020-Protocol-Biodiversity", "tsm-biodiversity-2020", How.ALIAS),
        (TSM, "SAMPLE TEST TSM: Commitment, Accontability and Communications", "tsm-biodiversity-2020-1", How.ALIAS),
        (TSM, "SAMPLE TEST Conservation Planning and Implementation", "tsm-biodiversity-2020-2", How.ALIAS),
        (TSM, "Some other protocol", "", How.AMBIGUOUS),
        # a permit to mine is no proof of origin, though both cite the statute
        (MINES_ACT, "Mines Act Permit", "ca-bc-minesact-s10-permit", How.ALIAS),
        (MINES_ACT, "Mines Act", "ca-bc-minesact-s10-permit", How.ALIAS),
        (MINES_ACT + "#section10", "", "ca-bc-minesact-s10-permit", How.ALIAS),
        (MINES_ACT, "Country Of Origin", "", How.NOTHING),
        (MINES_ACT, "Reclamation", "", How.AMBIGUOUS),
        ("https://eur-lex.europa.eu/eli/reg/2023/1542/oj", "EU Battery Regulation", "eu-batt-2023-1542", How.DOCUMENT),
        ("https://www.oecd.org/corporate/mne/mining.htm", "OECD Guidance", "oecd-minerals-3", How.DOCUMENT),
    ],
)
def test_a_citation_means_what_its_content_says(
    known: Knowledge, cited: str, name: str, notation: str, how: How
) -> None:
    meaning = Resolver(known).meaning(Citation(CitationKind.CRITERION, cited, name, HERE))
    assert (meaning.how, meaning.criterion) == (how, iri(known, notation) if notation else "")


def test_every_fragment_of_the_guide_of_2020_has_its_issue_area(known: Knowledge) -> None:
    found = {a.iri.partition("#")[2]: a.target for a in known.aliases if a.iri.startswith(GUIDE_2020 + "#")}
    assert len(found) == 32
    assert {s: iri(known, f"rra-2.0-{s.split('-')[0]}") for s in found} == found


def test_every_alias_says_why(known: Knowledge) -> None:
    assert [a.iri for a in known.aliases if not a.reason] == []


UNKNOWN = ("https://example.com/", "https://www.globalbattery.org/")
"""Placeholders of test credentials, and a rule book that Comity does not hold: they stand for themselves."""


def test_every_criterion_in_real_credentials_is_understood(known: Knowledge, untp_documents: Path) -> None:
    keys = {"assessmentCriteria", "referenceCriteria", "referenceStandard", "referenceRegulation"}
    resolver = Resolver(known)
    cited = [
        (node["id"], str(node.get("name", "")))
        for folder in ("samples", "pilot")
        for path in sorted((untp_documents / folder).rglob("*.json"))
        for node in _under(json.loads(path.read_bytes()), keys)
        if "id" in node and not node["id"].startswith(UNKNOWN)
    ]
    assert len(set(cited)) > 60
    how = Counter(resolver.meaning(Citation(CitationKind.CRITERION, *pair, HERE)).how for pair in cited)
    assert set(how) == {How.ALIAS, How.DOCUMENT, How.NOTHING}


def _under(node: Any, keys: set[str]) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [found for item in node for found in _under(item, keys)]
    if not isinstance(node, dict):
        return []
    found = [one for child in node.values() for one in _under(child, keys)]
    for key in keys & node.keys():
        children = node[key] if isinstance(node[key], list) else [node[key]]
        found.extend(child for child in children if isinstance(child, dict))
    return found


@pytest.mark.parametrize(
    ("metric", "name", "ours", "material"),
    [
        ("recycled-content-percentage", "Cobalt Recycled Content", "recycled-content-share", "cobalt"),
        ("recycled-content-percentage", "Lithium Recycled Content", "recycled-content-share", "lithium"),
        ("recycled-content-percentage", "Nickel Recycled Content", "recycled-content-share", "nickel"),
        ("recycled-content-percentage", "Lead Recycled Content", "recycled-content-share", "lead"),
        # no material, or two: what a value is of is never assumed
        ("recycled-content-percentage", "Recycled Content Percentage", "recycled-content-share", ""),
        ("recycled-content-percentage", "Cobalt and Nickel Recycled Content", "recycled-content-share", ""),
        ("recycled-content-percentage", "Leading Recycled Content", "recycled-content-share", ""),
        ("", "Recycled cobalt", "recycled-content-share", "cobalt"),
        ("product-carbon-footprint", "Product Carbon Footprint", "carbon-footprint", ""),
        # the samples put efficiencies under energy-intensity
        ("energy-intensity", "Initial Round Trip Energy Efficiency", "energy-round-trip-efficiency", ""),
        (
            "energy-intensity",
            "Round Trip Energy Efficiency at 50% Cycle-life",
            "energy-round-trip-efficiency-at-half-cycle-life",
            "",
        ),
        ("energy-intensity", "Energy Intensity", "energy-intensity", ""),
        ("ghg-emissions-intensity", "GHG Emissions Intensity", "greenhouse-gas-intensity", ""),
    ],
)
def test_a_metric_is_read_from_its_identifier_and_name(
    known: Knowledge, metric: str, name: str, ours: str, material: str
) -> None:
    reading = read(Value(HERE, UNTP + metric if metric else None, name, None), known)
    assert reading is not None
    of = {NS + "qualifier/material": NS + "qualifier/material/" + material} if material else {}
    assert (reading.metric, dict(reading.qualifiers)) == (NS + "metric/" + ours, of)


def test_nobody_signs_for_an_owner_and_nothing_is_called_equal(known: Knowledge) -> None:
    # nobody but the editors has looked at the rows, and no two of these texts were read side by side
    law = {name for one in known.recognitions for name in one.rows}
    assert {row.authority for row in known.rows if row.id not in law} == {Authority.DRAFT}
    assert [row.id for row in known.rows if row.mask is Relation.EQ] == []
    assert [row.id for row in known.rows if not row.reason or row.confidence is None] == []


def test_nothing_is_carried_over_by_number(known: Knowledge) -> None:
    old, new = NS + "rra/2.0/", NS + "rra/3.0/"
    rows = [r for r in known.rows if r.subject.startswith(old) and r.object.startswith(new)]
    same = [r.id for r in rows if r.subject.removeprefix(old) == r.object.removeprefix(new) != "root"]
    assert same == []
    assert {r.subject.removeprefix(old) for r in rows} == {"root", *map(str, range(1, 33))}
    # emergency preparedness, climate action proper and circular economy are new
    assert not {r.object.removeprefix(new) for r in rows if not r.lead} & {"18", "26", "30"}


@pytest.mark.parametrize(
    ("subject", "object_", "expected"),
    [
        # a new version with new criteria: meeting the old one shows a part
        ("rra-2.0", "rra-3.0", Relation.SUB | Relation.PO),
        ("rra-2.0-10", "rra-3.0-16", Relation.COVERED_BY),  # hours and pay merged
        ("rra-2.0-11", "rra-3.0-16", Relation.COVERED_BY),
        ("rra-2.0-14", "rra-3.0-1", Relation.OVERLAPS),  # split in two
        ("rra-2.0-14", "rra-3.0-2", Relation.OVERLAPS),
        ("rra-2.0-16", "rra-3.0-27", Relation.ANYTHING),  # a lead: energy is not emissions
        ("rra-2.0-27", "rra-3.0-27", Relation.ANYTHING),  # security and greenhouse gases: no row
        # owners: equal at the step, narrower below
        ("rmap-all-1.1-1A", "oecd-minerals-3-1.A", Relation.COVERS),
        ("rmap-all-1.1-1A-2", "oecd-minerals-3-1.A", Relation.COVERED_BY),
        ("rmap-cobalt-2.0-step-2", "oecd-minerals-3-2", Relation.COVERS),
        ("jdds-3-5.5", "oecd-minerals-3-5", Relation.COVERS),
        # Annex X is wider than Annex II, so due diligence by the Guidance shows a part
        ("oecd-minerals-3-1.A", "eu-batt-art49-1-a", Relation.SUB | Relation.PO),
        ("rmap-cobalt-2.0-step-2", "eu-batt-art50-1-a", Relation.SUB | Relation.PO),
        # an audit does not replace the notified body, and shows nothing of its work
        ("oecd-minerals-3-4", "eu-batt-art51-1", Relation.SUB | Relation.PO | Relation.DR),
        ("rmap-cobalt-2.0-step-4", "eu-batt-art51-1", Relation.SUB | Relation.PO | Relation.DR),
    ],
)
def test_a_pair_relates_as_its_texts_do(known: Knowledge, subject: str, object_: str, expected: Relation) -> None:
    assert mask(known, subject, object_) == expected


def test_what_was_declined_has_no_row(known: Knowledge, root: Path) -> None:
    lines = (root / "mappings" / "declined.tsv").read_text(encoding="utf-8").splitlines()
    declined = [dict(zip(lines[0].split("\t"), line.split("\t"), strict=True)) for line in lines[1:]]
    # a text that is not held has no notation: it is named in words
    held = {d[end]: known.by_notation.get(d[end].lower(), "") for d in declined for end in ("subject", "object")}
    assert [name for name, found in held.items() if not found and " " not in name] == []
    pairs = {(held[d["subject"]] or d["subject"], held[d["object"]] or d["object"]): d["reason"] for d in declined}
    assert len(pairs) == len(declined) >= 30
    assert all(pairs.values())
    rows = {(r.subject, r.object) for r in known.rows if not r.negated}
    assert sorted(pairs.keys() & rows) == []
    assert (iri(known, "ca-bc-minesact-s10-permit"), iri(known, "eu-batt-art49-2-c")) in pairs


def test_british_columbia_asks_a_mine_for_its_permit(known: Knowledge) -> None:
    market = known.markets["ca-bc"]
    (permit,) = market.requirements
    assert market.authority is Authority.REVIEWED
    assert (permit.notation, permit.level, permit.rank) == (
        "ca-bc-minesact-s10-permit",
        Level.FACILITY,
        Assurance.PUBLIC_AUTHORITY,
    )
    assert known.criteria[permit.criterion].kind is Kind.PERMIT
    conditions = [known.conditions[c] for c in permit.conditions]
    tests = {(t.fact, t.operator, t.values) for t in conditions if isinstance(t, requirements.Test)}
    assert tests == {("country", "=", ("CA",)), ("subdivision", "=", ("CA-BC",)), ("activity", "includes", ("mining",))}


MINING = ("asi", "cera", "cmsi", "gistm", "gri", "icmm", "irma", "lme", "responsiblesteel", "wgc")


@pytest.mark.parametrize("folder", ["rmi", "oecd", "coppermark", "rba", "mac", "ca-bc", *MINING])
def test_turtle_is_in_one_order(root: Path, folder: str) -> None:
    for path in sorted((root / "ontology" / "schemes" / folder).glob("*.ttl")):
        subjects = re.findall(r"^<([^>]+)> a ", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert subjects == sorted(subjects), path.name
        assert len(set(subjects)) == len(subjects) >= 3, path.name  # a scheme, its version, its root
