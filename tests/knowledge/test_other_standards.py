"""Guidance, management and social standards, garments and farms, and the rows between them: expected by hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from tests.knowledge.reading import NS, UNIT, criterion, mask, members

from comity.engines.queries import find
from comity.engines.sparql import dataset, run
from comity.formats import sssom
from comity.judgement.chain import derived_rows
from comity.knowledge.problems import Problems
from comity.knowledge.tables import Names, read_declined, read_table
from comity.model.knowledge import Knowledge
from comity.model.mappings import Declined, Relation
from comity.model.scales import Authority, Basis, Comparator, Confidence, Kind, Level, Lift, ThresholdRole

Matrix = Callable[..., list[dict[str, str]]]


def parts(known: Knowledge, whole: str) -> dict[bool, set[str]]:
    """By completeness."""
    iri = criterion(known, whole).iri
    found = [d for d in known.decompositions if d.whole == iri]
    return {d.complete: {known.criteria[p].notation for p in d.parts} for d in found}


@pytest.mark.parametrize(
    ("version", "count", "level"),
    [
        ("cccmc/2", 7, Level.ORGANISATION),  # five steps, two types of risk
        ("ungp/2011", 12, Level.ORGANISATION),  # 11, 15 to 23, 29 and 31
        ("oecd-mne/2023", 11, Level.ORGANISATION),  # chapters I to XI
        ("oecd-rbc/2018", 6, Level.ORGANISATION),  # six steps: remediation is one
        ("oecd-env/2023", 5, Level.ORGANISATION),
        ("iso-14001/2015", 21, Level.ORGANISATION),
        ("iso-45001/2018", 22, Level.ORGANISATION),  # the same clauses, and 5.4 on workers
        ("sa8000/2014", 9 + 2, Level.FACILITY),  # nine elements, and two numbers inside them
        ("zdhc/3.1", 10 + 2, Level.FACILITY),  # a range of pH is two limits
        ("higg-fem/4.0", 7 + 3, Level.FACILITY),  # seven sections, three levels
        ("gots/6.0", 10, Level.PRODUCT),
        ("oeko-tex-100/annual", 10 + 4, Level.PRODUCT),  # two ranges of pH
        ("oecd-garment/2017", 12, Level.ORGANISATION),
        ("globalgap-ifa/6", 10, Level.FACILITY),
        ("rainforest/2020", 10, Level.FACILITY),
        ("rspo/2018", 10, Level.FACILITY),
    ],
)
def test_each_text_has_what_is_recorded_of_it(known: Knowledge, version: str, count: int, level: Level) -> None:
    found = members(known, version)
    assert (len(found), {c.level for c in found}) == (count, {level})
    root = known.schemes[NS + version].root
    assert root is not None
    assert known.criteria[root].kind is Kind.ROOT
    # what these texts ask besides was not seen: nowhere is a whole said to be its parts
    assert [d for d in known.decompositions if d.whole == root and d.complete] == []


def test_only_the_chinese_guidelines_were_seen_at_second_hand(known: Knowledge) -> None:
    versions = "ungp/2011 oecd-mne/2023 oecd-rbc/2018 oecd-env/2023 iso-14001/2015 iso-45001/2018 sa8000/2014 zdhc/3.1"
    versions += " higg-fem/4.0 gots/6.0 oeko-tex-100/annual oecd-garment/2017 globalgap-ifa/6 rainforest/2020 rspo/2018"
    memory = {c.basis for version in versions.split() for c in members(known, version)}
    assert memory == {Basis.NOT_VERIFIED}
    assert {c.basis for c in members(known, "cccmc/2")} == {Basis.SECONDARY}
    # the steps are on record among the law of China as well, with less confidence, which is taken
    sure = {c.notation.removeprefix("cccmc-2-"): c.confidence for c in members(known, "cccmc/2")}
    assert {n for n, one in sure.items() if one is Confidence.HIGH} == {"type-1", "type-2"}
    assert {n for n, one in sure.items() if one is Confidence.MEDIUM} == {f"step-{n}" for n in range(1, 6)}
    assert {c.confidence for c in members(known, "gots/6.0")} == {Confidence.MEDIUM}


def test_headings_and_explanations_are_never_judged(known: Knowledge) -> None:
    # only chapters of the Guidelines are on record; the handbook adds no requirement
    assert Counter(c.kind for c in members(known, "oecd-mne/2023")) == {Kind.GROUP: 10, Kind.EXPLAINED: 1}
    assert {c.kind for c in members(known, "oecd-env/2023")} == {Kind.EXPLAINED}


def test_a_certificate_of_an_organisation_says_nothing_of_each_site(known: Knowledge) -> None:
    iso = [c for v in ("iso-14001/2015", "iso-45001/2018") for c in members(known, v)]
    assert [c.notation for c in iso if Lift.INHERITS_DOWN in c.lifts] == []
    root = criterion(known, "iso-14001-2015")
    assert any("names the sites" in doubt for doubt in root.doubts)


LIMITS = """
zdhc-WWG-pH-lowest                >= 6     UNITLESS            ph medium/waste-water
zdhc-WWG-pH-highest               <= 9     UNITLESS            ph medium/waste-water
zdhc-WWG-COD-F                    <= 150   MilliGM-PER-L       chemical-oxygen-demand medium/waste-water
zdhc-WWG-COD-A                    <= 40    MilliGM-PER-L       chemical-oxygen-demand medium/waste-water
zdhc-WWG-BOD-F                    <= 30    MilliGM-PER-L       biochemical-oxygen-demand medium/waste-water
zdhc-WWG-TSS-F                    <= 50    MilliGM-PER-L       total-suspended-solids medium/waste-water
zdhc-WWG-TN-F                     <= 20    MilliGM-PER-L       total-nitrogen medium/waste-water
zdhc-WWG-TP-F                     <= 3     MilliGM-PER-L       total-phosphorus medium/waste-water
gots-6.0-2.2.1-95                 >= 95    PERCENT             certified-organic-fibre-share denominator/fibre-mass
gots-6.0-2.2.1-70                 >= 70    PERCENT             certified-organic-fibre-share denominator/fibre-mass
oeko-tex-100-PH-I-II-lowest       >= 4.0   UNITLESS            ph textile i-or-ii
oeko-tex-100-PH-I-II-highest      <= 7.5   UNITLESS            ph textile i-or-ii
oeko-tex-100-PH-III-IV-lowest     >= 4.0   UNITLESS            ph textile iii-or-iv
oeko-tex-100-PH-III-IV-highest    <= 9.0   UNITLESS            ph textile iii-or-iv
oeko-tex-100-HCHO-II              <= 75    MilliGM-PER-KiloGM  content formaldehyde ii
oeko-tex-100-HCHO-III             <= 150   MilliGM-PER-KiloGM  content formaldehyde iii
oeko-tex-100-HCHO-IV              <= 300   MilliGM-PER-KiloGM  content formaldehyde iv
oeko-tex-100-PB-EXT-I             <= 0.2   MilliGM-PER-KiloGM  content lead portion/extractable i
oeko-tex-100-PB-EXT-II            <= 1.0   MilliGM-PER-KiloGM  content lead portion/extractable ii-to-iv
oeko-tex-100-CD-EXT               <= 0.1   MilliGM-PER-KiloGM  content cadmium portion/extractable
oeko-tex-100-PHTH                 <= 0.1   PERCENT             content phthalates
oeko-tex-100-APEO                 <= 100   MilliGM-PER-KiloGM  content alkylphenols-and-ethoxylates
globalgap-ifa-6-MAJOR             =  100   PERCENT             requirements-met-share requirement-grade/major-musts
globalgap-ifa-6-MINOR             >= 95    PERCENT             requirements-met-share requirement-grade/minor-musts
rainforest-2020-5.5.1             <= 48    HR                  weekly-working-hours hours-counted/normal-hours
sa8000-2014-7-normal-week         <= 48    HR                  weekly-working-hours hours-counted/normal-hours
rba-vap-8.0.2-A3                  <= 60    HR                  weekly-working-hours hours-counted/with-overtime
rba-vap-8.0.2-A4-overtime-premium >= 1.25  UNITLESS            overtime-pay-factor
rba-vap-8.0.2-A2-minimum-age      >= 15    YR                  minimum-worker-age kind-of-work/any-work
rra-3.0-11-minimum-age            >= 15    YR                  minimum-worker-age kind-of-work/any-work
rra-3.0-11-hazardous-work         >= 18    YR                  minimum-worker-age kind-of-work/hazardous-work
sa8000-2014-1-minimum-age         >= 15    YR                  minimum-worker-age kind-of-work/any-work
oecd-minerals-3-AII.10-six-months <= 6     MO                  time-to-measurable-mitigation
rainforest-2020-6.1.1             <= 0     HA                  converted-ecosystem-area converted-since/since-2014-01-01
rspo-2018-7.12                    <= 0     HA                  cleared-forest-area converted-since/since-2018-11-15
"""
"""Number by number as recorded; of a date of cut-off: nothing may have been converted after it."""

SHORT = {
    "textile": ("medium/textile-extract",),
    "content": ("denominator/textile-mass",),
    **{c: (f"product-class/product-class-{c}",) for c in ("i", "ii", "iii", "iv", "i-or-ii", "iii-or-iv", "ii-to-iv")},
    **{
        s: (f"substance/{s}",)
        for s in ("formaldehyde", "lead", "cadmium", "phthalates", "alkylphenols-and-ethoxylates")
    },
}
SIGNS = {">=": Comparator.AT_LEAST, "<=": Comparator.AT_MOST, "=": Comparator.EXACTLY}


@pytest.mark.parametrize("line", LIMITS.strip().splitlines(), ids=lambda line: line.partition(" ")[0])
def test_a_number_is_a_limit_of_something(known: Knowledge, line: str) -> None:
    notation, sign, value, unit, metric, *qualifiers = line.split()
    comparator = SIGNS[sign]
    if metric == "content":
        metric, qualifiers = "substance-concentration", [*qualifiers, "content"]
    qualifiers = [q for short in qualifiers for q in SHORT.get(short, (short,))]
    limit = criterion(known, notation).limit
    assert limit is not None
    assert (limit.metric, limit.role) == (f"{NS}metric/{metric}", ThresholdRole.LIMIT)
    assert (limit.comparator, limit.value) == (comparator, Fraction(value))
    assert limit.unit == (None if unit == "UNITLESS" else UNIT + unit)
    assert set(limit.qualifiers.values()) == {f"{NS}qualifier/{q}" for q in qualifiers}


def test_a_number_that_is_a_part_of_a_criterion_does_not_decide_it(known: Knowledge) -> None:
    # who employs nobody under 15 may still fail to support children found working
    assert criterion(known, "sa8000-2014-1").limit is None
    assert parts(known, "sa8000-2014-1") == {False: {"sa8000-2014-1-minimum-age"}}
    assert parts(known, "rra-3.0-11") == {False: {"rra-3.0-11-minimum-age", "rra-3.0-11-hazardous-work"}}
    # a range is its two ends and nothing else
    assert parts(known, "zdhc-WWG-pH") == {True: {"zdhc-WWG-pH-lowest", "zdhc-WWG-pH-highest"}}


def test_nobody_must_reach_an_aspirational_limit_or_the_stricter_label(known: Knowledge) -> None:
    assert "zdhc-WWG-COD-A" not in parts(known, "zdhc")[False]
    assert "gots-6.0-2.2.1-95" not in parts(known, "gots-6.0")[False]
    # minor musts may be missed, one product is of one class, a level is reached section by section
    assert parts(known, "globalgap-ifa-6")[False] == {"globalgap-ifa-6-MAJOR", "globalgap-ifa-6-MINOR"}
    assert parts(known, "oeko-tex-100")[False] == {f"oeko-tex-100-{x}" for x in ("CD-EXT", "PHTH", "APEO")}
    assert not parts(known, "higg-fem-4.0")[False] & {f"higg-fem-4.0-L{n}" for n in (1, 2, 3)}


def test_numbers_order_what_asks_for_the_same_thing_alone(known: Knowledge) -> None:
    names = {c.iri: c.notation for c in known.criteria.values()}
    ordered = {(names[r.subject], names[r.object]): r.mask for r in derived_rows(known)}
    assert ordered["zdhc-WWG-COD-A", "zdhc-WWG-COD-F"] == Relation.SUP
    assert ordered["gots-6.0-2.2.1-70", "gots-6.0-2.2.1-95"] == Relation.SUB
    assert ordered["rainforest-2020-5.5.1", "sa8000-2014-7-normal-week"] == Relation.EQ
    # 48 normal hours and 60 with overtime are not measured alike, nor are the classes of a textile
    pairs = {frozenset(pair) for pair in ordered}
    assert frozenset(("rba-vap-8.0.2-A3", "sa8000-2014-7-normal-week")) not in pairs
    assert frozenset(("oeko-tex-100-HCHO-II", "oeko-tex-100-HCHO-III")) not in pairs
    assert frozenset(("rainforest-2020-6.1.1", "rspo-2018-7.12")) not in pairs
    # two reports are due every year: how often is alike, what they hold is not
    assert frozenset(("eu-3tg-art7-3", "eu-batt-art52-3")) not in pairs


@pytest.mark.parametrize(
    ("subject", "object_", "expected"),
    [
        # the importer's Regulation is for four metals, the Guidance for what a company buys
        ("eu-3tg-art4-b", "oecd-minerals-3-1.A", Relation.OVERLAPS),
        ("eu-3tg-art4-e", "oecd-minerals-3-1.E", Relation.OVERLAPS),
        # papers on lots against a system of a company, an audit of the importer against one of the smelter
        ("eu-3tg-art4-g", "oecd-minerals-3-1.C", Relation.ANYTHING),
        ("eu-3tg-art6-1", "oecd-minerals-3-4", Relation.ANYTHING),
        # five steps do not reach all impacts on people and the environment
        ("oecd-minerals-3-2", "eu-csddd-art8-2", Relation.SUB | Relation.PO),
        ("oecd-minerals-3-5", "eu-csddd-art16", Relation.SUB | Relation.PO),
        ("oecd-rbc-2018-6", "eu-csddd-art12", Relation.OVERLAPS),
        # the publisher says that its steps are those of the Guidance, and adds a second type of risk
        ("cccmc-2-step-2", "oecd-minerals-3-2", Relation.COVERS),
        # a policy towards suppliers is no practice of a workplace
        ("oecd-minerals-3-AII.1.iii", "sa8000-2014-1", Relation.SUB | Relation.PO | Relation.DR),
        ("oecd-minerals-3-AII.1.ii", "rra-3.0-12", Relation.SUB | Relation.PO | Relation.DR),
        ("eu-batt-anx10-2-ohs", "iso-45001-2018-6.1", Relation.ANYTHING),
        ("eu-batt-art49-1-f", "ungp-2011-29", Relation.OVERLAPS),
        ("oecd-minerals-3-1.A", "ungp-2011-16", Relation.SUB | Relation.PO),
        ("iso-14001-2015-5.2", "iso-45001-2018-5.2", Relation.ANYTHING),  # no row: one title, two subjects
    ],
)
def test_a_pair_relates_as_its_texts_do(known: Knowledge, subject: str, object_: str, expected: Relation) -> None:
    assert mask(known, subject, object_) == expected


NEW = (
    *("eu-3tg-2017-821--oecd-minerals-3", "oecd-minerals-3--eu-csddd-2024-1760", "oecd-rbc-2018--eu-csddd-2024-1760"),
    *(
        "cccmc-2--oecd-minerals-3",
        "oecd-minerals-3--ungp-2011",
        "eu-batt-2023-1542--ungp-2011",
    ),
    *("eu-batt-2023-1542--iso-14001-2015", "eu-batt-2023-1542--iso-45001-2018", "eu-batt-2023-1542--sa8000-2014"),
    *("oecd-minerals-3--sa8000-2014", "oecd-minerals-3--rra-2.0", "oecd-minerals-3--rra-3.0"),
    *("eu-crma-2024-1252--rra-2.0", "eu-crma-2024-1252--rra-3.0"),
)


def test_rows_that_nobody_reviewed_are_drafts(known: Knowledge) -> None:
    rows = [r for r in known.rows if any(r.place.document.endswith(f"{name}.sssom.tsv") for name in NEW)]
    assert len(rows) == 14 + 14 + 7 + 8 + 7 + 12 + 7 + 2 + 5 + 4 + 5 + 8 + 1 + 1
    assert {r.authority for r in rows} == {Authority.DRAFT}
    memory = ("ungp", "iso-", "sa8000", "oecd-rbc")
    assert {r.basis for r in rows if any(m in r.id for m in memory)} == {Basis.NOT_VERIFIED}


def said(comment: str) -> str:
    """What a comment says when ids and numbers are taken out."""
    return re.sub(r"[^a-z]+", " ", re.sub(r"\S*\d\S*", "", comment.casefold())).strip()


def test_no_two_comments_say_the_same(root: Path) -> None:
    files = sorted((root / "mappings").glob("*.sssom.tsv"))
    rows = (row.cells for f in files for row in sssom.read(f.read_bytes(), f.name).rows)
    comments = [(said(row.get("comment", "")), row["record_id"]) for row in rows]
    assert len(comments) > 250
    counts = Counter(text for text, _ in comments)
    assert [pair for pair in comments if counts[pair[0]] > 1 or not pair[0]] == []


def test_a_declined_pair_is_read_and_its_mistakes_are_named() -> None:
    names = Names({"a-1": "http://hive.example/1/a"}, {}, {}, {}, {})
    header = "subject\tobject\treason\tbasis\tdeclined_on\n"
    good = 'A-1\tA text "not" held\tOther things.\tsecondary\t2026-11-23\n'
    problems = Problems()
    (pair,) = read_declined(read_table((header + good).encode(), "declined.tsv", problems), names)
    assert pair == Declined(
        "http://hive.example/1/a", 'A text "not" held', "Other things.", Basis.SECONDARY, pair.declined_on
    )
    assert problems.findings == []
    bad = "a-1\tx\t\tsecond\t23 November\n"
    read_declined(read_table((header + good + bad + good).encode(), "declined.tsv", problems), names)
    assert [(f.place.pointer, f.message.partition(" ")[0]) for f in problems.findings] == [
        ("line 3", "reason"),
        ("line 3", "basis"),
        ("line 3", "declined_on"),
        ("line 4", "iri"),  # twice in the table
    ]


@pytest.fixture(scope="module")
def matrix(known: Knowledge) -> Matrix:
    store, query = dataset(known, on=date(2026, 12, 1)), find("coverage-matrix")

    def ask(**parameters: str) -> list[dict[str, str]]:
        answer = run(query, [store], {name: [value] for name, value in parameters.items()})
        cells = ([term.value if term else "" for term in row] for row in answer.rows)
        return [dict(zip(answer.columns, row, strict=True)) for row in cells]

    return ask


def test_the_matrix_shows_gaps(matrix: Matrix) -> None:
    # Of 33 criteria and two ages inside the eleventh, 30 are met in part. 26 has a lead; 18 and 30 were judged and
    # have no row; of the two ages nobody has said anything.
    (line,) = matrix(by="rra-2.0", of="rra-3.0")
    numbers = ("criteria", "covered", "partly", "lead", "declined", "unmapped")
    assert [line[n] for n in numbers] == ["35", "0", "30", "1", "2", "2"]
    # every clause but those that no ISO 14001 clause was judged against: all were, 5.4 against the whole
    (line,) = matrix(by="iso-14001-2015", of="iso-45001-2018")
    assert [line[n] for n in numbers] == ["22", "0", "0", "0", "22", "0"]
    # the other way the whole was judged, which is no clause
    (line,) = matrix(by="iso-45001-2018", of="iso-14001-2015")
    assert [line[n] for n in numbers] == ["21", "0", "0", "0", "21", "0"]
    for line in matrix():
        assert sum(int(line[n]) for n in numbers[1:]) == int(line["criteria"]), line


def test_only_a_higher_authority_covers_in_the_matrix(matrix: Matrix) -> None:
    # the rows are drafts: reviewed, there is nothing but what they speak of
    (line,) = matrix(by="cccmc-2", of="oecd-minerals-3", authority="reviewed")
    assert (line["covered"], line["partly"], line["lead"]) == ("0", "0", "8")
    (line,) = matrix(by="cccmc-2", of="oecd-minerals-3", authority="draft")
    # five steps; Annex II by three rows
    assert (line["covered"], line["partly"], line["lead"]) == ("5", "3", "0")
