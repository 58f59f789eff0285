"""The answer to one question, with its proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from comity.model.places import Place
from comity.model.proofs import Proof, Step, StepKind
from comity.model.scales import Assurance, Authority, Fact, Verdict
from comity.model.verdicts import ConditionReport, Judgement, Lead
from comity.report import answers_as_text

ON = date(2026, 5, 1)


def test_the_proof_is_printed_step_by_step(make: Callable[..., Judgement], prove: Callable[..., Proof]) -> None:
    answer = make("r-1", Verdict.SATISFIED, proof=prove("17", "dcc.json", Assurance.THIRD_PARTY), reason="shown")
    text = answers_as_text([answer], on=ON, checked_on=date(2026, 4, 1), knowledge_version="1.2")
    assert text == (
        "Judged as of 2026-05-01, for meadow. Knowledge 1.2, checked on 2026-04-01.\n"
        "Signatures and revocation are not checked.\n"
        "\n"
        "r-1  Rule r-1\n"
        "  Hive 1, r-1.\n"
        "  Asked by meadow of the beekeeper, from 2026-01-01, tested on 2026-05-01.\n"
        "  needs: Laboratory report, third party or better.\n"
        "\n"
        "Jar of honey  (model)\n"
        "  shop/docs/dpp.json  $.claim[0]\n"
        "  SATISFIED  Shown.\n"
        "  Proof that all of it is met (third party): water of 17 % meets at most 18.5 %\n"
        "  1. document: dcc.json\n"
        "  2. time: on 2026-05-01: valid from 2026-01-01  [1]\n"
        "  3. assurance: Lab listed by Hive 1  [1]\n"
        "  4. assessment: Low in water ($.claim[0])  [1,2,3]\n"
        "  5. threshold: water of 17 % meets at most 18.5 %  [4]\n"
        "  Confidence that all rows hold: 0.8 to 0.9.\n"
        "  To disclose, 1 document: dcc.json\n"
        "  → comity explain r-1\n"
    )


def test_both_proofs_of_a_conflict_and_the_challenges_are_shown(
    make: Callable[..., Judgement], prove: Callable[..., Proof]
) -> None:
    answer = make(
        "r-1",
        Verdict.CONFLICTING,
        proof=prove("17", "a.json", Assurance.THIRD_PARTY),
        counter_proof=prove("20", "b.json", Assurance.THIRD_PARTY, Fact.NOT_ALL),
        challenges=(prove("30", "c.json", Assurance.SELF, Fact.NOT_ALL),),
    )
    text = answers_as_text([answer], on=ON)
    assert "Proof that all of it is met (third party): water of 17 %" in text
    assert "Proof against that not all of it is met (third party): water of 20 %" in text
    assert "Challenge that not all of it is met (self-declared): water of 30 %" in text


def test_what_weakens_a_proof_is_named(make: Callable[..., Judgement], prove: Callable[..., Proof]) -> None:
    proof = prove("17", "a.json", Assurance.THIRD_PARTY, valid=False, assumed=True, unverified=True, disputed=True)
    text = answers_as_text([make("r-1", Verdict.EXPIRED, proof=proof)], on=ON)
    assert "(third party, not valid on the day, disputed, assumed, not verified)" in text


def test_unknown_conditions_assumptions_gaps_and_leads_are_listed(make: Callable[..., Judgement]) -> None:
    answer = make(
        "r-1",
        Verdict.UNDETERMINED,
        basis="not-verified",
        doubts=("The number is from memory.",),
        conditions=(ConditionReport("there are ten hives", None, ("hives",)),),
        assumptions=("the season is assumed",),
        missing=("the season is not stated", "wanted: a laboratory report"),
        leads=(Lead("a leaflet", "a lead", Place("x.json")),),
    )
    text = answers_as_text([answer], on=ON)
    for line in (
        "  doubtful: Rule not verified.",
        "  doubt: The number is from memory.",
        "  not known: there are ten hives (hives)",
        "  assumed: The season is assumed.",
        "  missing: The season is not stated.",
        "  lead: A leaflet: a lead.",
    ):
        assert line in text.splitlines()
    assert "wanted" not in text  # the line "needs" has said so


def test_a_rule_that_no_market_binds(make: Callable[..., Judgement]) -> None:
    free = make("r-1", Verdict.MISSING, market=None, actor=None, applies_from=None, tested_on=None)
    text = answers_as_text([free], on=ON)
    assert text.startswith("Judged as of 2026-05-01.\n")
    assert "  Bound by no market.\n" in text


def test_what_does_not_apply_stands_at_the_end_in_a_line(make: Callable[..., Judgement]) -> None:
    never = make("r-1", Verdict.NOT_APPLICABLE, reason="it is no jar")
    other = make("r-1", Verdict.MISSING)
    text = answers_as_text([never, replace(other, subject=replace(other.subject, label="Jar two", key="two"))], on=ON)
    assert text.rstrip().endswith("NOT APPLICABLE  r-1  to Jar of honey: It is no jar.")
    assert text.count("Rule r-1") == 1


def test_no_subject_is_said(make: Callable[..., Judgement]) -> None:
    assert "No subject of these documents stands on the level of this rule." in answers_as_text([], on=ON)


def test_what_a_step_assumes_is_told_once_and_then_by_its_number(
    make: Callable[..., Judgement], prove: Callable[..., Proof]
) -> None:
    proof = prove("18", "a.json", Assurance.SELF, assumed=True)
    step = Step(StepKind.ASSUMPTION, (3,), {}, "The season is assumed: none is stated.")
    answer = make(
        "r-1",
        Verdict.INSUFFICIENT_ASSURANCE,
        proof=replace(proof, steps=(*proof.steps, step)),
        assumptions=(step.text, "exemption not claimed: one hive", "exemption not claimed: wild bees"),
        missing=(f"assumed: {step.text}", "a.json: not shown to be by a taster"),
    )
    text = answers_as_text([answer], on=ON)
    assert text.count("The season is assumed") == 1
    assert "  missing: Evidence of what step 6 assumes.\n" in text
    assert "  assumed: Exemption not claimed: one hive; wild bees.\n" in text


def test_whose_word_there_is_and_whose_is_asked_reads_as_a_sentence(
    make: Callable[..., Judgement], prove: Callable[..., Proof]
) -> None:
    proof = prove("18", "a.json", Assurance.SELF)
    answer = make(
        "r-1", Verdict.INSUFFICIENT_ASSURANCE, proof=proof, reason="the evidence is self; third-party is asked"
    )
    assert "INSUFFICIENT ASSURANCE  Only the operator's own word; a third party is asked." in answers_as_text(
        [answer], on=ON
    )


def test_places_are_told_from_the_last_folder_that_documents_share(
    make: Callable[..., Judgement], prove: Callable[..., Proof]
) -> None:
    proof = prove("18", "shop/docs/dcc.json", Assurance.SELF)
    text = answers_as_text([make("r-1", Verdict.SATISFIED, proof=proof)], on=ON)
    assert "Documents are named from shop/ on." in text
    assert "\n  docs/dpp.json  $.claim[0]\n" in text
    assert "To disclose, 1 document: docs/dcc.json" in text


def test_where_a_fact_was_read_is_a_place_and_what_was_given_names_the_option(
    make: Callable[..., Judgement], prove: Callable[..., Proof]
) -> None:
    proof = prove("18", "a.json", Assurance.SELF)
    read = Step(StepKind.FACT, (0,), {"pointer": "a.json#/kind/0"}, "kind is forest (derived a.json#/kind/0)")
    given = Step(StepKind.FACT, (), {"pointer": "--fact"}, "hives is 4 (given --fact)")
    text = answers_as_text(
        [make("r", Verdict.SATISFIED, proof=replace(proof, steps=(*proof.steps, read, given)))], on=ON
    )
    assert "6. fact: kind is forest ($.kind[0])  [1]" in text
    assert "7. fact: hives is 4 (given --fact)" in text


def test_what_is_met_by_rows_of_too_low_an_authority_says_how_they_would_count(
    make: Callable[..., Judgement], prove: Callable[..., Proof]
) -> None:
    proof = prove("17", "dcc.json", Assurance.THIRD_PARTY)
    low = replace(proof, labels=replace(proof.labels, authority=Authority.DRAFT))
    then = "then: --authority draft takes such rows as they are; comity review records who signs them."
    for verdict, told in ((Verdict.SUPPORTED, True), (Verdict.SATISFIED, False)):
        answer = make("r-1", verdict, proof=low, reason="shown")
        text = answers_as_text([answer], on=ON, checked_on=ON, knowledge_version="1.2")
        assert (then in text) is told
