"""Claim sheets: every row a claim or an assessment, every bad cell a finding."""

from __future__ import annotations

import io
from fractions import Fraction

import openpyxl
import pytest
from tests.evidence.documents import clean, one, read

from comity.model.evidence import CitationKind, Document, DocumentKind, LinkKind
from comity.model.scales import Level

HEAD = "subject,criterion,metric,value,unit,material,date,valid until,issuer,assurance\n"


def table(lines: str, head: str = HEAD) -> Document:
    return one(head + lines, "claims.csv")


def codes(document: Document) -> list[tuple[str, str]]:
    return [(f.code, f.place.pointer) for f in document.findings]


def test_a_row_without_an_issuer_is_a_claim() -> None:
    document = table("https://mugs.example/mug-7,glaze-1-3,lead-released,0.10,NA,Lead,2025-01-02,2026-01-01,,\n")
    assert document.kind is DocumentKind.SHEET
    assert codes(document) == []
    (claim,) = document.claims
    assert claim.subject == "product:id:https://mugs.example/mug-7"
    assert [(c.kind, c.iri, c.place.pointer) for c in claim.citations] == [(CitationKind.CRITERION, "glaze-1-3", "B2")]
    assert claim.validity is not None
    assert (claim.dated, claim.validity.end) == ("2025-01-02", "2026-01-01")
    (value,) = claim.values
    assert value.quantity is not None
    assert (value.metric, value.quantity.value, value.quantity.unit_text) == ("lead-released", Fraction(1, 10), "NA")
    material = "https://w3id.org/comity/qualifier/material"
    assert value.qualifiers == {material: f"{material}/lead"}
    assert value.place.pointer == "D2"


def test_a_row_with_an_issuer_is_an_assessment() -> None:
    document = table("https://mugs.example/mug-7,glaze-1-3,,yes,,,2025-01-02,,did:web:assessors.example,Third Party\n")
    (assessment,) = document.assessments
    assert assessment.conformance is True
    assert assessment.declared == {"assurance": "third-party"}
    assert assessment.issuer is not None
    assert assessment.issuer.keys == {"organisation:id:did:web:assessors.example"}
    assert assessment.validity.start == "2025-01-02"
    assert codes(document) == []


def test_the_operator_as_issuer_makes_a_claim() -> None:
    document = table("mug,glaze-1-3,did:web:a.example,did:web:a.example\n", "subject,criterion,issuer,operator\n")
    assert (len(document.claims), len(document.assessments)) == (1, 0)
    document = table("did:web:a.example,policy-1,did:web:a.example,yes\n", "subject,criterion,issuer,value\n")
    assert (len(document.claims), len(document.assessments)) == (1, 0)


def test_a_sheet_is_the_word_of_the_one_issuer_that_every_claim_names() -> None:
    """Whoever names nobody in one row, or two, leaves open whose word the sheet is: then it is nobody's."""
    head = "subject,criterion,issuer,operator\n"
    mine = "mug,glaze-1-3,did:web:a.example,did:web:a.example\n"
    issuer = table(mine + mine.replace("glaze-1-3", "glaze-1-4"), head).issuer
    assert issuer is not None
    assert issuer.keys == {"organisation:id:did:web:a.example"}
    assert table(mine + "mug,glaze-1-4,,did:web:a.example\n", head).issuer is None
    assert table(mine + mine.replace("a.example", "b.example"), head).issuer is None
    # Somebody else's finding is no claim, and says nothing of whose sheet it is.
    assert table(mine + "mug,glaze-1-4,did:web:lab.example,did:web:a.example\n", head).issuer == issuer


def test_the_column_operator_says_who_answers_for_the_subject() -> None:
    """Whoever issues the row: a tie of subject and operator, in the operator's cell."""
    document = table(
        "mug,glaze-1-3,did:web:lab.example,did:web:a.example,yes\n", "subject,criterion,issuer,maker,value\n"
    )
    assert document.links == ()
    head = "subject,criterion,issuer,operator,value\n"
    document = table("mug,glaze-1-3,did:web:lab.example,did:web:a.example,yes\n", head)
    (link,) = document.links
    assert (link.kind, link.source, link.target) == (
        LinkKind.OPERATED_BY,
        "product:id:mug",
        "organisation:id:did:web:a.example",
    )
    assert link.place.pointer == "D2"


@pytest.mark.parametrize("word", ["yes", "no"])
def test_a_row_without_an_issuer_is_spoken_by_its_operator(word: str) -> None:
    document = table(f"mug,glaze-1-3,did:web:a.example,{word}\n", "subject,criterion,operator,value\n")
    assert len(document.claims) + len(document.assessments) == 1
    issuer = document.claims[0].issuer if document.claims else document.assessments[0].issuer
    assert issuer is not None
    assert issuer.keys == {"organisation:id:did:web:a.example"}


def test_an_identifier_with_two_levels_is_refused() -> None:
    """Nobody knows which of the two things a row is about: a later row might take the place of a failure."""
    head = "subject,level,criterion,value,issuer\n"
    rows = "mug,model,glaze-1-3,no,did:web:l.example\nmug,batch,glaze-1-3,yes,did:web:l.example\n"
    document = table(f"{rows}cup,batch,glaze-1-3,yes,did:web:l.example\n", head)
    assert [a.subjects for a in document.assessments] == [("product:id:cup",)]
    assert codes(document) == [("two-levels", "B3")]
    assert "model in B2" in document.findings[0].message


def test_a_product_may_be_told_more_exactly() -> None:
    head = "subject,level,criterion,value,issuer\n"
    rows = "mug,,glaze-1-3,yes,did:web:l.example\nmug,product,glaze-1-4,yes,did:web:l.example\n"
    document = table(f"{rows}mug,model,glaze-1-5,yes,did:web:l.example\n", head)
    assert [s.level for s in document.subjects] == [Level.MODEL]
    assert len(document.assessments) == 3
    assert codes(document) == []


@pytest.mark.parametrize("word", ["no", "NO", "false", "fail"])
def test_an_operator_that_says_no_claims_nothing(word: str) -> None:
    document = table(f"mug,glaze-1-3,,{word},,,,,,\n")
    assert document.claims == ()
    (admission,) = document.assessments
    assert admission.conformance is False
    assert admission.declared == {"assurance": "self"}


@pytest.mark.parametrize(
    "head",
    [
        "Subject, CRITERION ,Metric,Value,Unit,Material,Date,Valid_Until,Issuer,Assurance\n",
        HEAD.replace(" ", "-").upper(),
    ],
)
def test_headers_in_any_case_and_spelling(head: str) -> None:
    (claim,) = table("mug,glaze-1-3,,,,,,2026-01-01,,\n", head).claims
    assert claim.validity is not None
    assert claim.validity.end == "2026-01-01"


def test_one_column_may_hold_criterion_or_metric() -> None:
    (claim,) = table("mug,lead-released,0.1,NA\n", "subject,criterion or metric,value,unit\n").claims
    assert claim.citations[0].iri == "lead-released"
    assert claim.values[0].metric == "lead-released"


@pytest.mark.parametrize(
    ("row", "code", "cell", "right"),
    [
        (",glaze-1-3,,,,,,,,", "bad-cell", "A2", "identifier of the subject"),
        ("mug,,,5,P1,,,,,", "bad-cell", "A2", "criterion"),
        ('mug,c,m,"16,5",P1,,,,,', "bad-cell", "D2", "point for decimals"),
        ("mug,c,m,lots,P1,,,,,", "bad-cell", "D2", "such as 16.5"),
        ("mug,c,m,5,dollops,,,,,", "D17", "E2", "Rec 20"),
        ("mug,c,m,5,,,,,,", "D17", "D2", "Rec 20"),
        ("mug,c,,,,,2025-02-30,,,", "D13", "G2", "the date that is meant"),
        ("mug,c,,,,,,soon,,", "D13", "H2", "2025-01-31"),
        ("mug,c,,yes,,,,,did:web:x.example,gold", "bad-cell", "J2", "third-party"),
        ("mug,c,,,,,,,did:web:x.example,", "bad-cell", "A2", "yes, no or a number"),
        ("mug,c,,,,,,,,third party", "bad-cell", "J2", "who assessed it"),
    ],
)
def test_each_bad_cell_says_what_would_be_right(row: str, code: str, cell: str, right: str) -> None:
    document = table(f"{row}\nother,glaze-1-3,,,,,,,,\n")
    assert (code, cell) in codes(document)
    assert any(right in f.fix for f in document.findings if f.place.pointer == cell)
    assert "other" in [c.subject.rpartition(":")[2] for c in document.claims], "the other rows are read"


@pytest.mark.parametrize(("value", "unit"), [("16%", ""), ("16 %", ""), ("16", "%"), ("16.0", "P1")])
def test_a_unit_may_stand_with_the_value(value: str, unit: str) -> None:
    head, row = (
        ("subject,metric,value,unit\n", f"mug,m,{value},{unit}\n")
        if unit
        else ("subject,metric,value\n", f"mug,m,{value}\n")
    )
    (found,) = table(row, head).claims[0].values
    assert found.quantity is not None
    assert found.quantity.value == 16
    assert found.quantity.unit == "http://qudt.org/vocab/unit/PERCENT"


def test_unknown_columns_are_passed_over_with_a_word() -> None:
    document = table("mug,c,hello\n", "subject,criterion,Remarks\n")
    assert codes(document) == [("sheet-column", "C1")]
    assert len(document.claims) == 1


def test_a_table_without_the_columns_needed_is_named() -> None:
    document = one("name,amount\na,1\n", "claims.csv")
    assert document.kind is DocumentKind.UNREADABLE
    assert document.findings[0].code == "sheet-columns"
    assert "name, amount" in document.findings[0].message


def test_workbooks_are_read_sheet_by_sheet() -> None:
    book = openpyxl.Workbook()
    front, claims = book.active, book.create_sheet("Claims")
    front.append(["Please fill in the next sheet"])
    claims.append(["Subject", "Criterion or metric", "Value", "Unit"])
    claims.append(["https://mugs.example/mug-7", "lead-released", 0.1, "NA"])
    buffer = io.BytesIO()
    book.save(buffer)
    for name in ("claims.xlsx", "-"):
        document = one(buffer.getvalue(), name)
        (claim,) = document.claims
        assert claim.place.pointer == "Claims!A2"
        assert claim.values[0].quantity is not None
        assert claim.values[0].quantity.value == Fraction(1, 10)


def test_a_text_table_on_standard_input_is_known_by_its_headers() -> None:
    assert one(HEAD + "mug,c,,,,,,,,\n", "-").kind is DocumentKind.SHEET


def test_what_a_subject_is_comes_from_the_other_documents() -> None:
    lines = "https://plants.example/kiln-1,glaze-1-3,,,,,,,,\nhttps://mugs.example/mug-7,glaze-1-3,,,,,,,,\n"
    alone = table(lines)
    assert [c.subject for c in alone.claims] == [
        "product:id:https://plants.example/kiln-1",
        "product:id:https://mugs.example/mug-7",
    ]
    together = read(**{"claims.csv": HEAD + lines, "dpp.json": clean("0.7.0-chain/dpp")})["claims.csv"]
    assert [c.subject for c in together.claims] == [
        "facility:id:https://plants.example/kiln-1",
        "product:id:https://mugs.example/mug-7",
    ]
    assert [s.level for s in together.subjects] == [Level.FACILITY, Level.BATCH]


def test_a_level_that_is_stated_stays() -> None:
    lines = "https://plants.example/kiln-1,organisation,c\n"
    found = read(**{"claims.csv": "subject,level,criterion\n" + lines, "dpp.json": clean("0.7.0-chain/dpp")})
    assert found["claims.csv"].claims[0].subject == "organisation:id:https://plants.example/kiln-1"


@pytest.mark.parametrize(
    ("subject", "key"),
    [
        ("did:web:a.example", "organisation:id:did:web:a.example"),
        ("https://x.example/414/9520123456788", "facility:gs1:414/9520123456788"),
        ("https://x.example/gtin/9520123456788", "product:gs1:01/09520123456788"),
        ("MUG 7", "product:id:MUG 7"),
    ],
)
def test_what_a_subject_is_alone_is_read_from_its_identifier(subject: str, key: str) -> None:
    assert table(f"{subject},c,,,,,,,,\n").claims[0].subject == key


def test_a_substance_is_not_a_material() -> None:
    """What a thing is made of and what it holds traces of are two dimensions, and each has its column."""
    document = table("m7,released,0.1,mg/kg,Lead Oxide\n", "subject,metric,value,unit,substance\n")
    (value,) = document.claims[0].values
    substance = "https://w3id.org/comity/qualifier/substance"
    assert value.qualifiers == {substance: f"{substance}/lead-oxide"}


def test_a_cell_that_shows_a_hundred_times_what_it_holds_is_told() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Subject", "Metric", "Value", "Unit"])
    sheet.append(["https://mugs.example/mug-7", "recycled-content-share", 0.16, "P1"])
    sheet["C2"].number_format = "0%"
    buffer = io.BytesIO()
    book.save(buffer)
    found = [f for f in one(buffer.getvalue(), "claims.xlsx").findings if f.code == "bad-cell"]
    assert [(f.place.pointer, f.message) for f in found] == [
        ("Sheet!C2", "The cell holds 0.16 and shows 16 %; it was read as 0.16 P1.")
    ]
