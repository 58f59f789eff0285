"""The mining standards and what their mapping sets say: expected by hand, with the reason."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from tests.knowledge.reading import NS, criterion, mask, members

from comity.judgement.chain import derived_rows
from comity.model.knowledge import Knowledge
from comity.model.mappings import Relation, Row
from comity.model.scales import Authority, Basis, Comparator, Confidence, Kind, Level

MINING = (
    *("irma/", "irma-coc/", "icmm/", "tsm-", "cmsi/", "gri-14/", "rgmp/"),
    *("asi/", "responsiblesteel/", "cera/", "gistm/", "lme/"),
)


def parts(known: Knowledge, whole: str) -> set[str]:
    iri = criterion(known, whole).iri
    return {known.criteria[p].notation for d in known.decompositions if d.whole == iri for p in d.parts}


@pytest.mark.parametrize(
    ("version", "count"),
    [
        # 26 chapters, 136 headings, 20 requirements, 4 levels; what levels 50, 75 and 100 are made of is 4 more
        ("irma/1.0", 26 + 136 + 20 + 4 + 4),
        ("irma-coc/1.0", 5),  # five models
        ("icmm/2022", 39),  # since June 2022; 38 before
        ("tsm-indigenous/2019", 5),
        ("tsm-safety/2023", 5),
        ("tsm-edi/2023", 3),
        ("tsm-crisis/undated", 3),
        ("tsm-labour/undated", 2),
        ("tsm-climate/2021", 3),
        ("tsm-tailings/2022", 5),
        ("tsm-biodiversity/2020", 3),
        ("tsm-water/2018", 4),
        ("tsm-levels/undated", 5),  # C, B, A, AA, AAA
        ("cmsi/draft-2024", 24),  # performance areas
        ("gri-14/2024", 25),  # topics 14.1 to 14.25
        ("rgmp/2019", 10),
        ("asi/3", 11),
        ("responsiblesteel/2.1", 13),
        ("cera/4in1", 4),
        ("gistm/2020", 15),  # principles; the 77 requirements are not recorded
        ("lme/2019", 6),  # three tracks and the choice among them, two certificates
    ],
)
def test_each_standard_has_what_is_recorded_of_it(known: Knowledge, version: str, count: int) -> None:
    assert len(members(known, version)) == count


def test_only_the_rating_scale_has_no_whole_to_conform_to(known: Knowledge) -> None:
    ours = [v for v in known.schemes.values() if v.iri.removeprefix(NS).startswith(MINING)]
    assert [v.notation for v in ours if v.root is None] == ["tsm-levels"]
    assert [v.notation for v in ours if not v.stewards or not v.source] == []
    # nine protocols, as the Mining Association counts them now; older papers count eight
    assert len([v for v in ours if v.notation.startswith("tsm-") and v.root]) == 9


def test_chapters_oblige_and_headings_do_not(known: Knowledge) -> None:
    of = {kind: {c.notation for c in members(known, "irma/1.0") if c.kind is kind} for kind in Kind}
    assert len(of[Kind.GROUP]) == 136
    assert {"irma-1.0-1.1.1", "irma-1.0-4.8.3"} <= of[Kind.GROUP]
    assert {"irma-1.0-1.1", "irma-1.0-4.8"} <= of[Kind.PROCESS]
    assert of[Kind.DISCLOSURE] == {"irma-1.0-4.2.5.1"}  # volumes of water are published every year
    assert of[Kind.POLICY] == {"irma-1.0-1.3.1.1", "irma-1.0-1.5.5.1"}


@pytest.mark.parametrize(
    ("whole", "count"),
    [("irma-1.0", 26), ("irma-1.0-1.1", 5), ("irma-1.0-2.1", 10), ("irma-1.0-3.1", 10), ("irma-1.0-3.1.7", 2)],
)
def test_a_chapter_has_its_headings_and_a_heading_its_requirements(known: Knowledge, whole: str, count: int) -> None:
    assert len(parts(known, whole)) == count


def test_no_list_of_parts_is_declared_complete_that_was_not_read(known: Knowledge) -> None:
    ours = [d for d in known.decompositions if d.iri.removeprefix(NS).startswith(MINING)]
    # the protocol on biodiversity was encoded before, by a summary that counts its three points
    assert [d.iri for d in ours if d.complete] == [NS + "tsm-biodiversity/2020/decomposition/root"]


def test_a_candidate_is_never_taken_for_a_critical_requirement(known: Knowledge) -> None:
    seen = {"1.1.1.1", "1.2.2.2", "1.3.1.1", "1.3.2.1", "1.3.3.3", "1.4.1.1"}
    critical = parts(known, "irma-1.0-IRMA-100-critical") - {"irma-1.0-IRMA-50-critical"}
    assert critical == {"irma-1.0-" + number for number in seen}
    candidates = [c for c in members(known, "irma/1.0") if any("A candidate only" in d for d in c.doubts)]
    assert len(candidates) == 13
    assert {c.basis for c in candidates} == {Basis.NOT_VERIFIED}
    assert not {c.notation for c in candidates} & critical


def test_irma_levels_have_their_scores(known: Knowledge) -> None:
    limits = {n: criterion(known, "irma-1.0-" + n).limit for n in ("IRMA-50-score", "IRMA-75-score", "IRMA-100")}
    found = {n: (x.comparator, x.value, x.metric.rpartition("/")[2]) for n, x in limits.items() if x}
    assert found == {
        "IRMA-50-score": (Comparator.AT_LEAST, Fraction(50), "score-in-weakest-principle"),
        "IRMA-75-score": (Comparator.AT_LEAST, Fraction(75), "score-in-weakest-principle"),
        "IRMA-100": (Comparator.EXACTLY, Fraction(100), "requirements-met-share"),
    }
    # a score alone makes no level: the critical requirements come beside it
    assert criterion(known, "irma-1.0-IRMA-50").limit is None
    assert parts(known, "irma-1.0-IRMA-75") == {
        *("irma-1.0-IRMA-50", "irma-1.0-IRMA-75-score", "irma-1.0-IRMA-50-critical"),
    }
    assert "irma-1.0" in parts(known, "irma-1.0-IRMA-100")


def test_a_higher_grade_is_met_only_with_the_lower_ones(known: Knowledge) -> None:
    grades = ["C", "B", "A", "AA", "AAA"]
    iris = [criterion(known, "tsm-levels-" + grade).iri for grade in grades]
    limits = [known.criteria[i].limit for i in iris]
    assert [(x.comparator, x.value) for x in limits if x] == [(Comparator.AT_LEAST, Fraction(n)) for n in range(5)]
    covers = {(r.subject, r.object) for r in derived_rows(known) if r.mask in (Relation.SUP, Relation.COVERS)}
    under = {(r.object, r.subject) for r in derived_rows(known) if r.mask in (Relation.SUB, Relation.COVERED_BY)}
    for low, high in pairwise(iris):
        assert (high, low) in covers | under
        assert (low, high) not in covers | under


def test_no_row_leads_from_a_grade_of_something_to_a_protocol(known: Knowledge) -> None:
    grades = {c.iri for c in members(known, "tsm-levels/undated")}
    assert [r.id for r in known.rows if {r.subject, r.object} & grades] == []


def test_a_report_is_a_report(known: Knowledge) -> None:
    topics = members(known, "gri-14/2024")
    assert {(c.kind, c.level) for c in topics} == {(Kind.DISCLOSURE, Level.ORGANISATION)}
    # the list of topics was seen from 14.4 to 14.21, its ends were not
    unseen = {c.notation.rpartition("-")[2] for c in topics if c.basis is Basis.NOT_VERIFIED}
    assert unseen == {"14.1", "14.2", "14.3", "14.22", "14.23", "14.24", "14.25"}


def test_a_draft_says_that_it_is_one(known: Knowledge) -> None:
    assert [v.notation for v in known.schemes.values() if v.state == "draft"] == ["cmsi-draft-2024"]
    assert all(any("draft" in d for d in c.doubts) for c in members(known, "cmsi/draft-2024"))


@pytest.mark.parametrize("version", ["rgmp/2019", "asi/3", "responsiblesteel/2.1", "cera/4in1", "gistm/2020"])
def test_what_is_known_by_title_alone_satisfies_nothing(known: Knowledge, version: str) -> None:
    assert {c.basis for c in members(known, version)} == {Basis.NOT_VERIFIED}


def test_confidence_is_kept(known: Knowledge) -> None:
    assert criterion(known, "irma-1.0-2.2.1").confidence is Confidence.LOW
    assert criterion(known, "irma-1.0-1.1.1").confidence is Confidence.MEDIUM
    assert criterion(known, "icmm-2022-1.1").confidence is Confidence.HIGH
    ours = [
        c for v in known.schemes for c in members(known, v.removeprefix(NS)) if v.removeprefix(NS).startswith(MINING)
    ]
    assert [c.notation for c in ours if c.confidence is None or not c.doubts or not c.text or not c.source] == []


@pytest.mark.parametrize(
    ("notation", "kind", "level"),
    [
        ("irma-1.0-IRMA-Transparency", Kind.VERIFICATION, Level.FACILITY),  # audited, and scores published
        ("irma-1.0-1.1.1.1", Kind.PERFORMANCE, Level.FACILITY),
        ("irma-coc-1.0-CoC-MB", Kind.PROCESS, Level.BATCH),
        ("irma-coc-1.0-CoC-BC", Kind.PROCESS, Level.ORGANISATION),  # credits follow no material
        ("icmm-2022-1.5", Kind.DISCLOSURE, Level.ORGANISATION),
        ("icmm-2022-10.4", Kind.VERIFICATION, Level.ORGANISATION),
        ("tsm-climate-2021-1", Kind.PROCESS, Level.ORGANISATION),  # corporate
        ("tsm-climate-2021-2", Kind.PROCESS, Level.FACILITY),
        ("cera-4in1-CFS", Kind.GROUP, Level.PRODUCT),
        ("gistm-2020-15", Kind.DISCLOSURE, Level.FACILITY),
        ("lme-2019-track-A", Kind.VERIFICATION, Level.ORGANISATION),
        ("lme-2019-track-C", Kind.DISCLOSURE, Level.ORGANISATION),  # published is not audited
    ],
)
def test_kinds_and_levels_are_kept_apart(known: Knowledge, notation: str, kind: Kind, level: Level) -> None:
    found = criterion(known, notation)
    assert (found.kind, found.level) == (kind, level)


def test_a_brand_takes_one_of_three_tracks(known: Knowledge) -> None:
    (choice,) = [c for c in known.choices if c.whole == criterion(known, "lme-2019-track").iri]
    assert {known.criteria[o].notation for o in choice.options} == {f"lme-2019-track-{x}" for x in "ABC"}


def test_alternative_models_are_no_parts(known: Knowledge) -> None:
    # one who balances masses does not keep identities: no model follows from the whole, nor the whole from a model
    ours = [d.iri for d in known.decompositions if "/irma-coc/" in d.iri]
    assert (ours, [c.iri for c in known.choices if "/irma-coc/" in c.iri]) == ([], [])


SOME = Relation.OVERLAPS
PART = Relation.COVERED_BY
NOT_ENOUGH = ~Relation.COVERS & Relation.ANYTHING


@pytest.mark.parametrize(
    ("subject", "object_", "expected"),
    [
        # complying with host-country law is a part of complying with all law that applies
        ("irma-1.0-1.1.1.1", "rra-3.0-5", PART),
        # forced, bonded and trafficked labour are the words of both; one adds responsible recruitment
        ("irma-1.0-3.1.8.1", "rra-3.0-12", PART),
        # the other list of workers' rights names forced labour only
        ("irma-1.0-3.1.8.1", "icmm-2022-3.4", SOME),
        # least ages were not seen in one of the two: neither guarantees the other
        ("irma-1.0-3.1.7.3", "rra-3.0-11", SOME),
        # tailings out of the sea, and tailings managed on land
        ("irma-1.0-4.1.8.1", "rra-3.0-31", Relation.ANYTHING),
        ("irma-1.0-4.1.8.1", "tsm-tailings-2022", NOT_ENOUGH),
        # consent in hand, and work to obtain it
        ("irma-1.0-2.2.2.2", "icmm-2022-3.7", SOME),
        # an award to a mine is no claim about what it sells, at any level
        ("irma-1.0-IRMA-100", "irma-coc-1.0", NOT_ENOUGH),
        ("irma-1.0", "irma-coc-1.0", NOT_ENOUGH),
        # each has subjects that the other lacks, and they share some: nobody wrote that, so it is not there
        ("irma-1.0", "rra-3.0", NOT_ENOUGH & ~Relation.COVERED_BY),
        # due diligence on human rights asks after forced labour; a mine without it is a result at one place
        ("eu-batt-anx10-2-forced-labour", "irma-1.0-1.3", SOME),
        ("eu-batt-anx10-2-forced-labour", "irma-1.0-3.1.8.1", Relation.ANYTHING),
        ("eu-batt-anx10-2-water", "icmm-2022-6.2", Relation.ANYTHING),
        ("eu-batt-anx10-2-biodiversity", "tsm-biodiversity-2020", Relation.ANYTHING),
        ("irma-1.0", "eu-batt-art48-1", NOT_ENOUGH),
        # a report is no performance
        ("gri-14-2024-14.18", "rra-3.0-11", NOT_ENOUGH),
        ("gri-14-2024-14.6", "gistm-2020", NOT_ENOUGH),
        # and shares something with another report
        ("gri-14-2024-14.23", "rra-3.0-4", SOME),
        ("gri-14-2024-14.6", "gistm-2020-15", SOME),
    ],
)
def test_a_pair_relates_as_its_texts_let_one_say(
    known: Knowledge, subject: str, object_: str, expected: Relation
) -> None:
    assert mask(known, subject, object_) == expected


def test_a_report_guarantees_nothing_but_a_report(known: Knowledge) -> None:
    topics = {c.iri for c in known.criteria.values() if c.version == NS + "gri-14/2024"}
    rows = [r for r in known.rows if r.subject in topics and not r.lead and r.mask & Relation.COVERS]
    # what no report can give is denied; what shares something is a report itself, or has one within
    assert {r.mask for r in rows} == {SOME}
    assert {known.criteria[r.object].kind for r in rows} <= {Kind.DISCLOSURE, Kind.PROCESS}
    processes = {known.criteria[r.object].notation for r in rows} - {
        c.notation for c in known.criteria.values() if c.kind is Kind.DISCLOSURE
    }
    assert processes == {"irma-1.0-1.5"}  # a chapter on publishing payments and on corruption


def ours(known: Knowledge) -> list[Row]:
    versions = tuple(NS + v for v in MINING)
    return [r for r in known.rows if r.subject.startswith(versions) or r.object.startswith(versions)]


def test_what_rests_on_memory_is_marked_so(known: Knowledge) -> None:
    at_fault = [
        r.id
        for r in ours(known)
        if (known.criteria[r.subject].unverified or known.criteria[r.object].unverified)
        and r.basis is not Basis.NOT_VERIFIED
    ]
    assert at_fault == []


def test_nothing_from_paraphrases_covers_and_nobody_signs(known: Knowledge) -> None:
    rows = [r for r in ours(known) if r.subject.startswith((NS + "irma", NS + "icmm", NS + "gri", NS + "eu-batt"))]
    assert len(rows) > 250
    assert {r.authority for r in rows} == {Authority.DRAFT}
    # no text was read side by side with another, so no row gives a criterion of the other as a whole
    assert [r.id for r in rows if not r.lead and r.mask | Relation.COVERS == Relation.COVERS] == []


def test_no_two_rows_give_the_same_reason(known: Knowledge) -> None:
    said = Counter(" ".join(re.sub(r"\S*\d\S*", "", r.reason).lower().split()) for r in ours(known))
    assert [reason for reason, times in said.items() if times > 1] == []


@pytest.mark.parametrize(
    ("subject", "object_"),
    [
        # IRMA levels, benchmarked by ResponsibleSteel for mines that deliver to it
        ("irma-1.0", "responsiblesteel-2.1-3"),
        # ICMM's own references to texts that are held
        ("icmm-2022-3.1", "ungp-2011-15"),
        ("icmm-2022-4.2", "oecd-minerals-3"),
        ("icmm-2022-6.3", "gistm-2020"),
        ("gri-14-2024", "icmm-2022-10.3"),
        # and two that do not follow
        ("irma-1.0", "irma-coc-1.0"),
        ("gri-14-2024-14.6", "gistm-2020"),
    ],
)
def test_a_lead_on_texts_that_are_held_has_its_row(known: Knowledge, subject: str, object_: str) -> None:
    ends = criterion(known, subject).iri, criterion(known, object_).iri
    assert [r.id for r in known.rows if (r.subject, r.object) == ends]


@pytest.mark.parametrize(
    ("subject", "object_"),
    [
        ("GRI 303, disclosure 303-3", "gri-14-2024-14.7"),
        ("GRI 303", "ESRS E3-4, paragraph 28(c)"),
        ("GRI 2, disclosure 2-30", "ESRS S1-8"),
        ("GRI 305, disclosure 305-1", "ESRS E1-6"),
        ("icmm-2022-3.3", "Voluntary Principles on Security and Human Rights"),
        ("icmm-2022-8.2", "UN Globally Harmonised System of classification and labelling"),
        ("icmm-2022-10.2", "EITI Standard"),
    ],
)
def test_a_lead_on_a_text_that_is_not_held_is_declined(root: Path, subject: str, object_: str) -> None:
    lines = (root / "mappings" / "declined.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert lines == sorted(lines, key=lambda line: line.split("\t")[:2])
    assert [subject, object_] in [line.split("\t")[:2] for line in lines]


def test_every_lead_from_gri_to_the_esrs_was_judged(root: Path) -> None:
    lines = (root / "mappings" / "declined.tsv").read_text(encoding="utf-8").splitlines()[1:]
    # eleven of GRI 2 by the index, eight of topic standards from memory, one that answers nothing
    assert len([line for line in lines if line.startswith("GRI ") and "\tESRS " in line]) == 11 + 8 + 1


OWNERS = (
    "IRMA",
    "ICMM",
    "Towards",
    "Consolidated Mining",
    "GRI",
    "Responsible",
    "ASI",
    "CERA",
    "Global Industry",
    "LME",
)


def test_titles_levels_basis_and_confidence_are_those_recorded(known: Knowledge, root: Path) -> None:
    facts = root.parent / "shared" / "facts"
    if not facts.is_dir():
        pytest.skip("the records are not beside this checkout (../shared/facts)")
    with (facts / "notations.csv").open(encoding="utf-8", newline="") as file:
        notations = {(r["text"], r["version"], r["record"]): r["notation"] for r in csv.DictReader(file)}
    records = json.loads((facts / "standards-criteria.json").read_bytes())
    mine = [r for r in records if r["standard"].startswith(OWNERS)]
    # 186 of IRMA, 5, 39, 38, 24, 25, 10, 11, 13, 4, 15 and 5
    assert len(mine) == 375
    for record in mine:
        found = criterion(known, notations[record["standard"], record["version"], record["id"]])
        if found.version == NS + "tsm-biodiversity/2020":
            continue  # encoded from a sample certificate before these records were made
        assert found.label == record["title"]
        assert found.confidence is not None
        assert found.confidence.name.lower() == record["confidence"], found.notation
        from_memory = record["basis"].startswith("own knowledge")
        assert (found.basis is Basis.NOT_VERIFIED) is from_memory, found.notation
        if record["subject_level"] != "chain-of-custody":
            assert found.level.value == record["subject_level"], found.notation
        value = (record["threshold"] or {}).get("value")
        if value is not None:
            holder = found if found.limit else criterion(known, found.notation + "-score")
            assert holder.limit is not None
            assert holder.limit.value == Fraction(str(value))
