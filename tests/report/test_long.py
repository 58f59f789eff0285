"""The report for a person at length: nothing is left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from comity.model.places import Finding, Place, Severity
from comity.model.proofs import Proof
from comity.model.scales import Assurance, Authority, Fact, Verdict
from comity.model.verdicts import Judgement, Report
from comity.report import as_long
from comity.report.words import WIDTH

WHOLE = """\
Judged as of 2026-05-01, for meadow. Knowledge 1.2, checked on 2026-04-01.
Read in shop/: 3 documents, 0 claims, 0 assessments. Signatures and revocation are not checked (not signed:
  2).

FINDINGS: 1 error, 2 warnings, 1 note; 1 document unreadable
docs/bad.json
  ERROR  bad-json  It is cut off. Send it again.
docs/dcc.json  $.id
  WARNING  D9  The id is odd. Give another.
docs/dcc.json  $.name
  WARNING  D9  The name is odd. Give another.
docs/dcc.json  $.x
  INFO  D1  A note.

MEADOW: 1 failed, 1 insufficient assurance, 1 undetermined, 2 missing, 1 satisfied, 1 upcoming, 1 not
  applicable

BEEKEEPER must act (3)
docs/dpp.json  $.claim[0]
  FAILED  failed-1  Water of 20 % does not meet at most 18.5 %.
      Rule failed-1. Hive 1, failed-1. Shown not to be met.
      evidence: Lab listed by Hive 1 (third party).
      against: Water of 20 % does not meet at most 18.5 %: Lab listed by Hive 1 (third party), docs/dcc.json
        $.claim[0].
      needs: Laboratory report, third party or better.
  INSUFFICIENT ASSURANCE  weak-1*  Water of 18 % meets at most 18.5 %.
      Rule weak-1. Hive 1, weak-1. Only the operator's own word; a third party is asked.
      evidence: Declared by Honey Ltd (self-declared).
      assumed: The season is assumed.
      doubtful: Rule not verified.
      needs: Laboratory report, third party or better.
  UNDETERMINED  (would be missing)  open-1  Rule open-1.
      Hive 1, open-1. Not known: hives.
      tell: --fact hives=...
      needs: Laboratory report, third party or better.

SHOPKEEPER must act (2)
docs/dpp.json  $.claim[0]
  MISSING  2 rules: Nothing bears on it.
      needs laboratory report, third party or better:
        miss-1  Rule miss-1
      needs seal, third party or better:
        miss-2  Rule miss-2

  SATISFIED  1 rule: Lab listed by Hive 1 (third party).
      good-1  Rule good-1

  UPCOMING  (would be failed)  later-1  Rule later-1. Later.
  NOT APPLICABLE  1 rule to Jar of honey: It is no jar.
      never-1
  note: Jars are not weighed. Hive 1, recital 3.

The claims against what they cite: 1 insufficient assurance (shown without --market).

→ comity explain RULE says what a rule asks; comity ask RULE DOCUMENT... shows the proof.

* Doubt about weak-1: The number is from memory.
"""


def test_the_whole_table(report: Report) -> None:
    assert as_long(report) == WHOLE


def test_no_line_is_wider_than_the_page(report: Report) -> None:
    long = "word " * 100
    text = as_long(replace(report, requirements=tuple(replace(j, reason=long) for j in report.requirements)))
    assert max(map(len, text.splitlines())) <= WIDTH


def test_colour_changes_nothing_but_colour(report: Report) -> None:
    painted = as_long(report, colour=True)
    assert "\x1b[31;1mFAILED\x1b[0m" in painted
    assert "\x1b" not in as_long(report)
    assert re.sub("\x1b\\[[0-9;]*m", "", painted) == as_long(report)


def test_verdicts_in_any_order_give_one_table_by_actor(report: Report) -> None:
    turned = replace(report, requirements=tuple(reversed(report.requirements)))
    kept = [line for line in as_long(report).splitlines() if line.endswith(")") and "must act" in line]
    assert kept == [line for line in as_long(turned).splitlines() if "must act" in line]


def test_what_an_engine_leaves_open_is_a_gap_and_needs_no_proof(report: Report, make: Callable[..., Judgement]) -> None:
    both = (make("x", None, reason="nothing that counts"), make("y", Verdict.SATISFIED))
    text = as_long(replace(report, requirements=both))
    assert "MEADOW: 1 undecided, 1 satisfied" in text
    assert "UNDECIDED  x  Rule x." in text
    assert "SATISFIED  1 rule\n" in text


def test_several_subjects_are_named(report: Report) -> None:
    other = replace(report.subjects[0], id="b", key="b", label="Jar of wax")
    both = replace(report, requirements=(*report.requirements, replace(report.requirements[-1], subject=other)))
    text = as_long(both)
    assert "Jar of wax (model). Rule failed-1." in text
    assert "MISSING  2 rules about Jar of honey (model)" in text


def test_a_record_that_nobody_verified_is_seen(
    report: Report, make: Callable[..., Judgement], prove: Callable[..., Proof]
) -> None:
    proof = prove("18", "a.json", Assurance.THIRD_PARTY, unverified=True)
    text = as_long(replace(report, requirements=(make("x", Verdict.UNDETERMINED, proof=proof),)))
    assert "doubtful: the proof rests on a record that nobody has verified" in text.lower()


def test_a_satisfied_rule_that_was_not_read_in_its_source_says_so(
    report: Report, make: Callable[..., Judgement], prove: Callable[..., Proof]
) -> None:
    proof = prove("18", "a.json", Assurance.THIRD_PARTY)
    text = as_long(replace(report, requirements=(make("x", Verdict.SATISFIED, proof=proof, basis="secondary"),)))
    assert "SATISFIED  1 rule (rule read in a secondary source only): Lab" in text


def test_a_challenge_to_a_satisfied_rule_is_seen(
    report: Report, make: Callable[..., Judgement], prove: Callable[..., Proof]
) -> None:
    proof, against = prove("18", "a.json", Assurance.THIRD_PARTY), prove("20", "b.json", Assurance.SELF, Fact.NOT_ALL)
    text = as_long(replace(report, requirements=(make("x", Verdict.SATISFIED, proof=proof, challenges=(against,)),)))
    assert "challenged: Water of 20 % does not meet at most 18.5 %: declared by Honey Ltd (self-declared)" in text


def test_what_several_blocks_assume_is_told_once(report: Report, make: Callable[..., Judgement]) -> None:
    both = (
        make("x", Verdict.FAILED, assumptions=("a year is assumed",)),
        make("y", Verdict.MISSING, assumptions=("a year is assumed",)),
    )
    text = as_long(replace(report, requirements=both))
    assert text.count("A year is assumed.") == 1
    assert text.count("assumed: [1]") == 2


def test_a_doubt_that_most_rules_share_is_told_once(report: Report, make: Callable[..., Judgement]) -> None:
    many = tuple(make(f"r{n}", Verdict.MISSING, doubts=("the newest text was not read",)) for n in range(9))
    text = as_long(replace(report, requirements=many))
    assert text.count("The newest text was not read.") == 1
    assert "*" not in text


def test_the_trust_list_and_what_was_asked_for_are_told(report: Report) -> None:
    policy = replace(report.policy, trust="t.toml", assurance=Assurance.SELF, authority=Authority.DRAFT, engine="shacl")
    text = as_long(replace(report, policy=policy, trust_used=("Lab",)))
    assert "Asked for: assurance self, authority draft, engine shacl." in text
    assert "Leans on your trust list t.toml: Lab." in text


def test_without_a_market_claims_are_shown_with_their_assessments(report: Report) -> None:
    text = as_long(replace(report, policy=replace(report.policy, markets=()), requirements=(), markets=()))
    assert text.index("docs/dpp.json  $.claim[0]") < text.index("INSUFFICIENT ASSURANCE  hive-1-a  Low in water.")
    assert "assessment: docs/dcc.json  $.assessment[0] (exact id) does not count: no identity anchor." in text
    assert "About Jar of honey." in text
    assert "lead: A leaflet: closeMatch: a lead." in text


def test_a_market_that_asks_nothing_says_so(report: Report) -> None:
    silent = replace(report.markets[0], asks=())
    text = as_long(replace(report, requirements=report.requirements[:1], markets=(silent,)))
    assert "asks nothing of: Jar of honey" in text
    assert "note: Jars are not weighed. Hive 1, recital 3." in text
    assert "No gaps" not in text


def test_no_gaps_is_said_where_something_applies(report: Report) -> None:
    assert "No gaps." in as_long(replace(report, requirements=(report.requirements[1],)))


@pytest.mark.parametrize("count", [6, 60])
def test_every_finding_is_listed(report: Report, count: int) -> None:
    found = tuple(Finding(f"D{n}", Severity.WARNING, Place("a.json", f"/{n}"), "odd") for n in range(count))
    text = as_long(replace(report, documents=(replace(report.documents[0], findings=found),)))
    assert text.count("WARNING") == count


def test_every_rule_is_named_whatever_its_verdict(report: Report, make: Callable[..., Judgement]) -> None:
    many = tuple(make(f"r{v.value}{n}", v) for v in Verdict for n in range(40))
    text = as_long(replace(report, requirements=many))
    assert [j.notation for j in many if not re.search(rf"\b{j.notation}\b", text)] == []


def test_every_assessment_of_a_claim_is_told(report: Report) -> None:
    use = report.claims[0].assessments[0]
    uses = tuple(replace(use, place=Place("a.json", f"/assessment/{n}"), why=f"reason {n}") for n in range(9))
    claim = replace(report.claims[0], assessments=uses)
    text = as_long(replace(report, policy=replace(report.policy, markets=()), requirements=(), claims=(claim,)))
    assert [n for n in range(9) if f"reason {n}." not in text] == []
