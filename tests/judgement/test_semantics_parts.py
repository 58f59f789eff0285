"""Semantics, section 4: what all parts of a whole show together, and requirements that range over other parties."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.judgement.worlds import (
    FAILED,
    MISSING,
    PARTIAL,
    SATISFIED,
    SELF,
    THIRD,
    UNDETERMINED,
    Ask,
    assessed,
    attribute,
    claimed,
    criterion,
    judged,
    known,
    link,
    passport,
    row,
    subject,
    verdict,
)

from comity.model.evidence import Attribute, Document, Link, LinkKind, Validity
from comity.model.mappings import Relation
from comity.model.proofs import StepKind
from comity.model.scales import Fact, Level, Lift, Verdict


def listed(
    whole: str, name: str, shares: Sequence[tuple[str, str]], unit: str = "P1", pointer: str = ""
) -> list[Attribute]:
    """What a document declares: ``characteristics.parts: [{id, share: {value, unit}}]``."""
    found = []
    for position, (part, share) in enumerate(shares):
        place = f"{pointer}/characteristics/{name}/{position}"
        path = f"characteristics.{name}"
        found.append(attribute(f"{path}.id", f"https://id.example/{part}", about=whole, pointer=f"{place}/id"))
        found.append(attribute(f"{path}.share.value", share, unit, whole, f"{place}/share/value"))
    return found


HALVES = [("thing", "60"), ("other-thing", "40")]


class TestAggregatesUp:
    """Section 4: "`aggregates up` (all parts all gives all only if the part list is declared complete, shares summing
    to 100 %; one part some gives some; one part not-all gives not-all)"."""

    made = known(criterion("c", lifts=[Lift.AGGREGATES_UP]))
    tie = link(LinkKind.PRODUCED_AT, "other-thing", "site")
    both = (assessed("c"), assessed("c", about="other-thing"))
    how = Ask(about="site")

    def ask(self, *attributes: Attribute, documents: Sequence[Document] = both, tie: Link = tie) -> Verdict:
        return verdict(self.made, [passport(tie, attributes=attributes), *documents], "c", self.how)

    def test_all_parts_of_a_complete_list(self) -> None:
        assert self.ask(*listed("site", "parts", HALVES)) is SATISFIED

    def test_all_parts_of_no_list_are_a_part(self) -> None:
        assert self.ask() is PARTIAL

    @pytest.mark.parametrize(
        "shares",
        [
            [("thing", "60"), ("other-thing", "39.999")],
            [("thing", "60"), ("other-thing", "41")],
            [("thing", "100")],
            [("thing", "50"), ("thing", "50"), ("other-thing", "0")],
            [("thing", "60"), ("other-thing", "30"), ("unknown", "10")],
            [("thing", "110"), ("other-thing", "-10")],
            [("thing", "60"), ("other-thing", "much")],
        ],
    )
    def test_a_list_that_is_not_all_of_it(self, shares: Sequence[tuple[str, str]]) -> None:
        assert self.ask(*listed("site", "parts", shares)) is PARTIAL

    def test_shares_are_exact_in_any_unit(self) -> None:
        thirds = [("thing", "0.6"), ("other-thing", "0.4")]
        assert self.ask(*listed("site", "parts", thirds, "")) is SATISFIED
        assert self.ask(*listed("site", "parts", HALVES, "")) is PARTIAL
        assert self.ask(*listed("site", "parts", HALVES, "KGM")) is PARTIAL

    def test_a_part_that_is_linked_and_not_listed_is_missing_from_the_list(self) -> None:
        third = link(LinkKind.PRODUCED_AT, "model", "site")
        documents = [passport(self.tie, third, attributes=listed("site", "parts", HALVES)), *self.both]
        assert verdict(self.made, documents, "c", self.how) is PARTIAL

    def test_two_lists_that_differ_are_none(self) -> None:
        other = listed("site", "parts", [("thing", "50"), ("other-thing", "50")])
        first = passport(self.tie, attributes=listed("site", "parts", HALVES))
        second = passport(attributes=other, name="another passport")
        assert verdict(self.made, [first, second, *self.both], "c", self.how) is PARTIAL

    def test_a_list_in_a_document_that_is_not_valid_declares_nothing(self) -> None:
        old = passport(self.tie, attributes=listed("site", "parts", HALVES), valid=Validity("2020-01-01", "2021-01-01"))
        assert verdict(self.made, [old, *self.both], "c", self.how) is PARTIAL

    def test_every_part_must_show_it(self) -> None:
        assert self.ask(*listed("site", "parts", HALVES), documents=self.both[:1]) is PARTIAL

    def test_one_part_that_fails_fails_the_whole(self) -> None:
        documents = [self.both[0], assessed("c", about="other-thing", conforms=False)]
        assert self.ask(*listed("site", "parts", HALVES), documents=documents) is FAILED

    def test_the_weakest_part_decides_the_rank(self) -> None:
        documents = [self.both[0], assessed("c", about="other-thing", by="buyer")]
        assert self.ask(*listed("site", "parts", HALVES), documents=documents) is Verdict.INSUFFICIENT_ASSURANCE

    def test_a_contested_part_contests_the_whole(self) -> None:
        """Section 7, step 4: a proof is contested at a node that it passes through; here the part."""
        documents = [*self.both, assessed("c", by="second-auditor", conforms=False)]
        assert self.ask(*listed("site", "parts", HALVES), documents=documents) is FAILED

    def test_parts_may_show_it_through_rows(self) -> None:
        made = known(criterion("c", lifts=[Lift.AGGREGATES_UP]), "a", rows=[row("a", Relation.SUP, "c")])
        home = passport(self.tie, attributes=listed("site", "parts", HALVES))
        documents = [home, assessed("a"), assessed("c", about="other-thing")]
        assert verdict(made, documents, "c", self.how) is SATISFIED

    def test_a_criterion_that_does_not_declare_it_does_not_aggregate(self) -> None:
        home = passport(self.tie, attributes=listed("site", "parts", HALVES))
        assert verdict(known("c"), [home, *self.both], "c", self.how) is MISSING

    def test_the_proof_names_the_links_and_the_list(self) -> None:
        home = passport(self.tie, attributes=listed("site", "parts", HALVES))
        proof = judged(self.made, [home, *self.both], "c", self.how).proof
        assert proof is not None
        assert [s.kind for s in proof.steps].count(StepKind.LINK) == 2
        (fact,) = [s for s in proof.steps if s.kind is StepKind.FACT]
        assert "=0.6" in str(fact.detail["value"])
        assert all(p < n for n, s in enumerate(proof.steps) for p in s.premises)


class TestRangesOver:
    """Section 4, Subject: "Evidence about somebody else counts for nothing, unless the requirement ranges over that
    party (each smelter of the chain) and an explicit link (`sources from`, `processed at`) reaches it"."""

    made = known(criterion("c"))
    how = Ask(ranges_over="sources-from")
    ties = (
        link(LinkKind.SOURCES_FROM, "thing", "other-thing"),
        link(LinkKind.SOURCES_FROM, "thing", "model"),
    )
    full = listed("thing", "sources", [("other-thing", "60"), ("model", "40")])
    both = (assessed("c", about="other-thing"), assessed("c", about="model"))

    def ask(self, *documents: Document, attributes: Sequence[Attribute] = tuple(full), how: Ask = how) -> Verdict:
        return verdict(self.made, [passport(*self.ties, attributes=attributes), *documents], "c", how)

    def test_every_party_must_show_it(self) -> None:
        assert self.ask(*self.both) is SATISFIED

    def test_one_party_that_shows_nothing_leaves_a_part(self) -> None:
        answer = judged(self.made, [passport(*self.ties, attributes=self.full), self.both[0]], "c", self.how)
        assert answer.verdict is PARTIAL
        assert "not shown: product:id:https://id.example/model" in answer.missing

    def test_one_party_that_fails_fails_it(self) -> None:
        assert self.ask(self.both[0], assessed("c", about="model", conforms=False)) is FAILED

    def test_a_list_that_is_not_known_to_be_complete_is_undetermined(self) -> None:
        answer = judged(self.made, [passport(*self.ties), *self.both], "c", self.how)
        assert answer.verdict is UNDETERMINED
        assert "nobody declares" in answer.reason

    def test_and_still_fails_by_one_that_is_known(self) -> None:
        refused = assessed("c", about="model", conforms=False)
        assert verdict(self.made, [passport(*self.ties), refused], "c", self.how) is FAILED

    def test_no_link_reaches_anybody(self) -> None:
        assert verdict(self.made, [passport(), *self.both], "c", self.how) is UNDETERMINED

    def test_evidence_about_the_subject_itself_is_not_what_is_asked(self) -> None:
        """Safe reading: the maker's own certificate says nothing of its smelters."""
        assert self.ask(assessed("c"), self.both[0]) is PARTIAL
        assert verdict(self.made, [passport(), assessed("c")], "c", self.how) is UNDETERMINED

    def test_without_a_range_evidence_about_somebody_else_counts_for_nothing(self) -> None:
        assert self.ask(*self.both, how=Ask()) is MISSING

    def test_the_range_is_followed_to_its_end(self) -> None:
        deeper = (*self.ties, link(LinkKind.SOURCES_FROM, "model", "deep"))
        things = [subject("deep", level=Level.BATCH)]
        lists = [*self.full, *listed("model", "sources", [("deep", "100")])]
        home = passport(*deeper, attributes=lists, subjects=things)
        assert verdict(self.made, [home, *self.both], "c", self.how) is PARTIAL
        assert verdict(self.made, [home, *self.both, assessed("c", about="deep")], "c", self.how) is SATISFIED

    def test_the_operators_word_about_its_own_supplier_is_a_claim(self) -> None:
        documents = [claimed("c", about="other-thing"), self.both[1]]
        assert self.ask(*documents) is Verdict.INSUFFICIENT_ASSURANCE
        assert self.ask(*documents, how=Ask(ranges_over="sources-from", rank=SELF)) is SATISFIED

    def test_the_rank_is_that_of_the_weakest_party(self) -> None:
        documents = [assessed("c", about="other-thing", by="lab"), assessed("c", about="model", by="buyer")]
        assert self.ask(*documents, how=Ask(ranges_over="sources-from", rank=THIRD)) is Verdict.INSUFFICIENT_ASSURANCE


class TestSmelters:
    """Section 4: "(each smelter of the chain)": plants that handled what the thing is made from."""

    made = known(criterion("c", level=Level.FACILITY))
    how = Ask(ranges_over="processed-at")
    ties = (
        link(LinkKind.SOURCES_FROM, "thing", "other-thing"),
        link(LinkKind.SOURCES_FROM, "thing", "model"),
        link(LinkKind.PROCESSED_AT, "other-thing", "site"),
        link(LinkKind.PROCESSED_AT, "model", "other-site"),
    )
    lists = (
        *listed("thing", "sources", [("other-thing", "60"), ("model", "40")]),
        *listed("other-thing", "processors", [("site", "100")]),
        *listed("model", "processors", [("other-site", "100")]),
    )
    audits = (assessed("c", about="site"), assessed("c", about="other-site"))

    def test_every_smelter(self) -> None:
        home = passport(*self.ties, attributes=self.lists)
        assert verdict(self.made, [home, *self.audits], "c", self.how) is SATISFIED
        assert verdict(self.made, [home, self.audits[0]], "c", self.how) is PARTIAL

    def test_a_source_of_which_nobody_says_where_it_was_smelted(self) -> None:
        home = passport(*self.ties[:3], attributes=self.lists[:6])
        answer = judged(self.made, [home, self.audits[0]], "c", self.how)
        assert answer.verdict is UNDETERMINED
        assert "nobody says what product:id:https://id.example/model has by processed-at" in answer.reason

    def test_a_part_of_the_sources_undisclosed(self) -> None:
        short = listed("thing", "sources", [("other-thing", "60"), ("model", "30")])
        home = passport(*self.ties, attributes=[*short, *self.lists[4:]])
        assert verdict(self.made, [home, *self.audits], "c", self.how) is UNDETERMINED

    def test_facts_are_of_the_chain(self) -> None:
        home = passport(*self.ties, attributes=self.lists)
        answer = judged(self.made, [home, *self.audits], "c", self.how)
        assert answer.facts == (Fact.ALL, Fact.SOME)
        assert answer.proof is not None
        assert answer.proof.steps[-1].kind is StepKind.LIFT
