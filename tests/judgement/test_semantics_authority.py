"""Semantics, section 4: whose word a row is, what the law recognises, and how sure a chain of rows is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.judgement.worlds import (
    ON,
    SATISFIED,
    SCHEME,
    SUPPORTED,
    Ask,
    asked,
    assessed,
    joint,
    judged,
    known,
    row,
    trusted,
    verdict,
)

from comity.judgement import Given
from comity.judgement.judge import judge
from comity.knowledge import load
from comity.model.evidence import Document
from comity.model.mappings import Relation, Row
from comity.model.proofs import StepKind
from comity.model.requirements import CaseFact, Recognition
from comity.model.scales import Authority, Basis, Level, Verdict

ONE, TWO = "https://sceptic-one.example", "https://sceptic-two.example"
STRANGER, EXPERT = "https://stranger.example", "https://expert.example"
LAW = Authority.RECOGNISED_IN_LAW
RECOGNITION = Recognition(
    "urn:recognition",
    "the decision",
    "Art. 8",
    "Decision 1",
    SCHEME,
    ("a-EQ-c",),
    (),
    date(2029, 1, 1),
    date(2031, 12, 31),
    ("its own report",),
    Basis.READ_IN_SOURCE,
)
MADE = known("a", "c", rows=[row("a", Relation.EQ, "c", LAW)], recognitions=[RECOGNITION])
STRICT = Ask(authority=LAW)
YES = assessed("a")


def test_the_order_of_authorities() -> None:
    """Section 4: "inferred < suggested by a machine < draft < reviewed by an expert < asserted by one owner < agreed by
    both owners < recognised in law"."""
    words = "inferred suggested draft reviewed asserted-by-owner agreed-by-owners recognised-in-law"
    assert [a.token for a in sorted(Authority)] == words.split()


class TestRecognition:
    """Section 4: "recognition names act, scheme version, subject, materials, stage, risk categories, dates, and what
    stays with the operator"."""

    def test_a_row_that_a_recognition_names(self) -> None:
        answer = judged(MADE, [YES], "c", STRICT)
        assert answer.verdict is SATISFIED
        assert answer.proof is not None
        (step,) = [s for s in answer.proof.steps if s.kind is StepKind.RECOGNITION]
        assert step.detail["provision"] == "Art. 8"
        assert "its own report" in step.text

    @pytest.mark.parametrize(
        "wrong",
        [
            replace(RECOGNITION, rows=("another-row",)),
            replace(RECOGNITION, recognised="https://w3id.org/comity/test/2"),
            replace(RECOGNITION, valid_from=date(2030, 6, 2)),
            replace(RECOGNITION, valid_until=date(2030, 5, 31)),
            replace(RECOGNITION, basis=Basis.NOT_VERIFIED),
            None,
        ],
        ids=["row", "edition", "not begun", "ended", "not verified", "none"],
    )
    def test_a_row_that_none_names_is_its_signers_word(self, wrong: Recognition | None) -> None:
        """Nobody but its author signs it, so it is a draft; one that an expert has reviewed is worth that."""
        made = replace(MADE, recognitions=(wrong,) if wrong else ())
        assert verdict(made, [YES], "c", STRICT) is SUPPORTED
        assert verdict(made, [YES], "c") is SUPPORTED
        assert verdict(made, [YES], "c", Ask(authority=Authority.DRAFT)) is SATISFIED
        reviewed = replace(made, rows=(replace(made.rows[0], signed=Authority.REVIEWED),))
        assert verdict(reviewed, [YES], "c", STRICT) is SUPPORTED
        assert verdict(reviewed, [YES], "c") is SATISFIED

    def test_and_a_finding_says_so(self) -> None:
        made = replace(MADE, recognitions=())
        question, market = asked(made, [YES], "c")
        report = judge(replace(made, markets={"test": market}), question.world.documents, on=ON, trust=trusted())
        assert [f.code for f in report.findings if f.code == "standing"] == ["standing"]

    def test_it_names_materials(self) -> None:
        material = CaseFact("urn:fact:material", "material", "material", "string", True, Level.PRODUCT, "Of what?")
        made = replace(MADE, recognitions=(replace(RECOGNITION, materials=("tin", "rare earths")),))
        made = replace(made, facts={"material": material})
        for words, met in ((("tin",), SATISFIED), (("rare-earths",), SATISFIED), (("cobalt",), SUPPORTED)):
            how = replace(STRICT, given=(Given("", "material", words, "--fact"),))
            assert verdict(made, [YES], "c", how) is met, words
        assert verdict(made, [YES], "c", STRICT) is SUPPORTED


class TestOwners:
    """Section 4: "Owner standing needs a signer listed among the scheme's stewards"."""

    scheme = """
@prefix comity: <https://w3id.org/comity/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<https://w3id.org/comity/{name}/1> a comity:SchemeVersion ;
    comity:basis comity:readInSource ;
    comity:scheme <https://w3id.org/comity/{name}> ;
    comity:steward <https://{name}.example> ;
    comity:version "1" ;
    dcterms:source <https://{name}.example/text> ;
    rdfs:label "{name} 1"@en ;
    skos:notation "{name}-1" .

<https://w3id.org/comity/{name}/1/x> a comity:Criterion ;
    comity:basis comity:readInSource ;
    comity:citation "{name} 1, x" ;
    comity:inVersion <https://w3id.org/comity/{name}/1> ;
    comity:kind comity:process ;
    comity:level comity:facility ;
    dcterms:description "x"@en ;
    dcterms:source <https://{name}.example/text> ;
    rdfs:label "{name} x"@en ;
    skos:notation "{name}-1-x" .
"""
    rows = (
        "# curie_map:\n#   one: https://w3id.org/comity/sceptic-one/1/\n#   two: https://w3id.org/comity/sceptic-two/1/\n"
        "# mapping_set_id: https://w3id.org/comity/mapping/test\n# license: https://creativecommons.org/publicdomain/zero/1.0/\n"
        "record_id\tsubject_id\tpredicate_id\tobject_id\tmapping_justification\tauthor_id\treviewer_id\tcomment\t"
        "authority\n"
        "r1\tone:x\tcomity:equal\ttwo:x\tsemapv:ManualMappingCuration\t{signer}\t{reviewer}\treason\t{authority}\n"
    )

    @pytest.mark.parametrize(
        ("claimed", "signer", "reviewer", "counts"),
        [
            ("assertedByOwner", ONE, "", Authority.ASSERTED_BY_OWNER),
            ("assertedByOwner", TWO, "", Authority.ASSERTED_BY_OWNER),
            ("assertedByOwner", STRANGER, ONE, Authority.ASSERTED_BY_OWNER),
            ("assertedByOwner", STRANGER, "", Authority.DRAFT),
            ("assertedByOwner", STRANGER, EXPERT, Authority.REVIEWED),
            ("assertedByOwner", "", "", Authority.DRAFT),
            ("agreedByOwners", ONE, "", Authority.ASSERTED_BY_OWNER),
            ("agreedByOwners", f"{ONE}|{TWO}", "", Authority.AGREED_BY_OWNERS),
            ("agreedByOwners", ONE, TWO, Authority.AGREED_BY_OWNERS),
            ("agreedByOwners", STRANGER, EXPERT, Authority.REVIEWED),
            ("reviewed", STRANGER, EXPERT, Authority.REVIEWED),
            ("reviewed", STRANGER, "", Authority.DRAFT),
            ("reviewed", STRANGER, STRANGER, Authority.DRAFT),
            ("reviewed", ONE, "", Authority.REVIEWED),
        ],
    )
    def test_who_signs(self, tmp_path: Path, claimed: str, signer: str, reviewer: str, counts: Authority) -> None:
        """A row counts as no more than those who signed it have, and a finding says so.

        A review is an expert's word on what another asserts; an owner's own word is more than that.
        """
        for name in ("sceptic-one", "sceptic-two"):
            (tmp_path / f"{name}.ttl").write_text(self.scheme.format(name=name), "utf-8")
        text = self.rows.format(signer=signer, reviewer=reviewer, authority=claimed)
        (tmp_path / "one--two.sssom.tsv").write_text(text, "utf-8")
        knowledge = load([tmp_path])
        (found,) = [r for r in knowledge.rows if r.id == "r1"]
        assert found.authority is counts
        lowered = [f for f in knowledge.findings if f.code == "standing"]
        assert bool(lowered) is (counts.token.replace("-", "") != claimed.lower())


class TestConfidence:
    """Section 4: "a chain of n distinct rows lies in [max(0, sum-(n-1)), min]"; it "is reported, never decides"."""

    def chain(self, first: float | None, second: float | None) -> tuple[tuple[float, float] | None, Verdict]:
        rows = [
            row("a", Relation.EQ, "b", confidence=first),
            row("b", Relation.EQ, "c", confidence=second),
        ]
        answer = judged(known("a", "b", "c", rows=rows), [YES], "c")
        assert answer.proof is not None
        assert answer.verdict is not None
        return answer.proof.confidence, answer.verdict

    def test_the_bounds(self) -> None:
        assert self.chain(0.9, 0.8) == ((0.7, 0.8), SATISFIED)
        assert self.chain(0.3, 0.4) == ((0.0, 0.3), SATISFIED)

    def test_it_never_decides(self) -> None:
        assert self.chain(0.0, 0.0) == ((0.0, 0.0), SATISFIED)

    def test_nothing_stated_is_nothing_reported(self) -> None:
        assert self.chain(None, None) == (None, SATISFIED)

    def test_a_row_that_states_none_may_be_hopeless(self) -> None:
        """Its confidence lies somewhere from 0 to 1, so the chain's lies from 0 to that of the other row."""
        assert self.chain(None, 0.8) == ((0.0, 0.8), SATISFIED)

    @pytest.mark.parametrize(
        ("first", "second", "bounds"),
        [
            # [max of lows, min(1, sum of highs)] is [0.6, 1]; no more than the best proof's weakest step: 0.6.
            (0.5, 0.6, (0.6, 0.6)),
            # [0, 0.7], capped at 0.4.
            (0.3, 0.4, (0.4, 0.4)),
            # Of one proof nothing is known, so nothing is known of both together.
            (None, 0.6, None),
        ],
    )
    def test_alternatives(self, first: float | None, second: float | None, bounds: tuple[float, float] | None) -> None:
        """Two proofs, neither better than the other: one by better evidence, one by a better row."""
        rows = [
            row("a", Relation.EQ, "c", confidence=first),
            row("b", Relation.EQ, "c", Authority.ASSERTED_BY_OWNER, confidence=second),
        ]
        documents = [assessed("a", by="lab"), assessed("b", by="auditor")]
        answer = judged(known("a", "b", "c", rows=rows), documents, "c")
        assert (answer.verdict, answer.certainty) == (SATISFIED, bounds)

    def test_evidence_of_the_rule_itself_needs_no_row(self) -> None:
        rows = [row("a", Relation.EQ, "c", confidence=0.5)]
        answer = judged(known("a", "c", rows=rows), [assessed("a", by="lab"), assessed("c")], "c")
        assert (answer.verdict, answer.certainty) == (SATISFIED, None)


def test_what_is_supported_names_the_rows_that_somebody_would_have_to_sign() -> None:
    """Section 8: "A negative verdict carries its nearest misses and the first thing that failed in each"."""
    rows = [row("a", Relation.EQ, "b", Authority.DRAFT), row("b", Relation.EQ, "c")]
    answer = judged(known("a", "b", "c", rows=rows), [YES], "c")
    assert answer.verdict is SUPPORTED
    assert answer.missing[0] == "row a-EQ-b by nobody who is named has authority draft"


def test_a_document_says_nothing_of_rows() -> None:
    """Section 4: authority is of rows alone; a document cannot bring one."""
    made = known("a", "c")
    documents: list[Document] = [assessed("a")]
    assert verdict(made, documents, "c") is Verdict.MISSING


class TestJointCoverage:
    """Section 3: "*joint coverage* (an author's "these together cover that")": it is no better than the rows that state
    it; section 4: "Owner standing needs a signer"."""

    unsigned = """
@prefix comity: <https://w3id.org/comity/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .

<https://w3id.org/comity/test/joint> a comity:JointCoverage ;
    comity:authority comity:agreedByOwners ;
    comity:basis comity:readInSource ;
    comity:jointlyCovers <https://w3id.org/comity/sceptic-two/1/x> ;
    comity:member <https://w3id.org/comity/sceptic-one/1/x>, <https://w3id.org/comity/sceptic-three/1/x> ;
    dcterms:description "Together they do."@en .
"""
    documents = (assessed("a"), assessed("b"))
    stated = (row("a", Relation.SUB, "w", joint_group="g"), row("b", Relation.SUB, "w", joint_group="g"))
    together = replace(joint("w", "a", "b", authority=LAW), iri="https://w3id.org/comity/joint/g")

    def ask(self, *rows: Row, authority: Authority = Authority.REVIEWED) -> Verdict:
        made = known("a", "b", "w", "x", rows=rows, joints=[self.together])
        return verdict(made, list(self.documents), "w", Ask(authority=authority))

    def test_its_authority_is_the_lowest_of_its_rows(self) -> None:
        assert self.ask(*self.stated) is SATISFIED
        assert self.ask(*self.stated, authority=Authority.ASSERTED_BY_OWNER) is SUPPORTED
        assert self.ask(self.stated[0], replace(self.stated[1], authority=Authority.DRAFT)) is SUPPORTED

    def test_one_that_no_row_states_is_a_draft(self, tmp_path: Path) -> None:
        """Nobody can have signed it, whatever authority it states."""
        for name in ("sceptic-one", "sceptic-two", "sceptic-three"):
            (tmp_path / f"{name}.ttl").write_text(TestOwners.scheme.format(name=name), "utf-8")
        (tmp_path / "joint.ttl").write_text(self.unsigned, "utf-8")
        knowledge = load([tmp_path])
        (found,) = [j for j in knowledge.joints if j.iri == "https://w3id.org/comity/test/joint"]
        assert found.authority is Authority.DRAFT
        assert [f.code for f in knowledge.findings if f.place.document.endswith("joint.ttl")] == ["standing"]

    def test_it_is_valid_as_long_as_its_rows(self) -> None:
        old = replace(self.stated[1], valid_until=date(2030, 5, 31))
        assert self.ask(self.stated[0], old) is Verdict.PARTIAL

    def test_a_disputed_row_disputes_it(self) -> None:
        apart = row("a", Relation.DR, "w")
        assert self.ask(*self.stated, apart) is Verdict.UNDETERMINED

    def test_a_row_for_a_scope_proves_nothing_for_all(self) -> None:
        assert self.ask(self.stated[0], replace(self.stated[1], scope="tin")) is Verdict.UNDETERMINED
