"""The report for a person: the heaviest first, and once what repeats."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from comity.model.evidence import Document, DocumentKind, Party
from comity.model.places import Finding, Place, Severity
from comity.model.proofs import Proof, Step, StepKind
from comity.model.requirements import CaseFact
from comity.model.scales import Assurance, Authority, Fact, Level, Verdict
from comity.model.verdicts import AssessmentUse, Judgement, Lead, MarketReport, Report
from comity.report import as_table
from comity.report.words import WIDTH

WHOLE = """\
Judged as of 2026-05-01, for meadow. Knowledge 1.2, checked on 2026-04-01.
Read in shop/: 3 documents, 0 claims, 0 assessments; no signature or revocation is checked.

1 ERROR in the documents; 1 document unreadable
docs/bad.json
  ERROR  bad-json  It is cut off. Send it again.

MEADOW: 7 rules of Hive 1 asked about Jar of honey (model).
  1 failed, 1 insufficient assurance, 1 undetermined, 2 missing, 1 satisfied, 1 upcoming, 1 not applicable.

NOT MET, DISPUTED, OR NOT SHOWN WELL ENOUGH (2)
Beekeeper · Jar of honey (2)
docs/dpp.json  $.claim[0]
  FAILED  failed-1  Water of 20 % does not meet at most 18.5 %, says a third party. failed-1.
  INSUFFICIENT ASSURANCE  weak-1  Water of 18 % meets at most 18.5 %, but only the operator's own word; a
          third party is asked. weak-1.

NOT KNOWN YET (1)
  UNDETERMINED  1 rule waits for facts that no document states (would be: 1 missing)
      --fact hives=...  1 rule. How many hives are there? (a number)

NOTHING SHOWN (2)
  MISSING  Shopkeeper (2, third party or better): laboratory report; seal

  SATISFIED  1 rule: good-1
  UPCOMING  from 2027-01-01 (would be: 1 failed): later-1
  Note: Jars are not weighed.

Claims against what they cite: 1 insufficient assurance (shown without --market).
Whose word: Lab listed by Hive 1 (third party); declared by Honey Ltd (self-declared).
Taken for granted: the season is assumed (-v).
Rule not verified: weak-1. 1 rule has a doubt of its own (-v).

ABOUT THE DOCUMENTS: 2 warnings, 1 note (-v lists them, comity explain CODE says what each means)
docs/dcc.json  $.id
  WARNING  D9  The id is odd. Give another. And 1 more like it.

→ comity explain failed-1 | comity ask failed-1 DOCUMENT... | comity check -v for all of it
"""

HIVES = CaseFact(
    "http://hive.example/fact/hives", "hives", "hives", "decimal", False, Level.MODEL, "How many hives are there?"
)


YEAR = "the year is assumed: none is stated"


@pytest.fixture
def report(report: Report) -> Report:
    return replace(report, questions=(HIVES,))


@pytest.fixture
def tell(report: Report) -> Callable[..., str]:
    """Write the table of some verdicts."""

    def told(*judged: Judgement, **changes: object) -> str:
        return as_table(replace(report, requirements=judged, **changes))  # type: ignore[arg-type]

    return told


def _below(text: str, heading: str) -> list[str]:
    """Return the lines below a heading, to the next empty one."""
    lines = text.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(heading))
    end = lines.index("", start)
    return lines[start + 1 : end]


def test_the_whole_table(report: Report) -> None:
    assert as_table(report) == WHOLE


def test_no_line_is_wider_than_the_page(report: Report) -> None:
    long = "word " * 100
    judged = tuple(replace(j, reason=long, label=long, citation=long) for j in report.requirements)
    assert max(map(len, as_table(replace(report, requirements=judged)).splitlines())) <= WIDTH


def test_colour_changes_nothing_but_colour(report: Report) -> None:
    painted = as_table(report, colour=True)
    assert "\x1b[31;1mFAILED\x1b[0m" in painted
    assert "\x1b" not in as_table(report)
    assert re.sub("\x1b\\[[0-9;]*m", "", painted) == as_table(report)


@pytest.mark.parametrize(
    "verdict", [Verdict.FAILED, Verdict.CONFLICTING, Verdict.EXPIRED, Verdict.INSUFFICIENT_ASSURANCE]
)
def test_a_gap_takes_three_lines_at_most_however_much_there_is_to_say(
    tell: Callable[..., str], make: Callable[..., Judgement], prove: Callable[..., Proof], verdict: Verdict
) -> None:
    long = "a rule that goes on about " + "one thing and another " * 20
    proof = prove("18", "folder/" + "d" * 150 + ".json", Assurance.SELF)
    gap = make("long-1", verdict, label=long, reason=long, citation=f"Hive 1, {'a paragraph of ' * 6}it", proof=proof)
    lines = _below(tell(gap), "Beekeeper")
    assert len(lines) == 3
    assert "long-1" in lines[1]


def test_the_number_the_limit_whose_word_and_whose_is_asked_are_told(
    tell: Callable[..., str], make: Callable[..., Judgement], prove: Callable[..., Proof]
) -> None:
    proof = prove("18", "a.json", Assurance.SELF)
    gap = make("x", Verdict.INSUFFICIENT_ASSURANCE, proof=proof, role="http://hive.example/role/sworn-taster")
    text = " ".join(tell(gap).split())
    assert (
        "Water of 18 % meets at most 18.5 %, but only the operator's own word; "
        "a sworn taster (third party) is asked. x." in text
    )


def test_an_assessor_without_the_role_asked_is_told_from_a_weak_one(
    tell: Callable[..., str], make: Callable[..., Judgement], prove: Callable[..., Proof]
) -> None:
    # The assurance is enough; the role is not.
    proof = prove("18", "a.json", Assurance.THIRD_PARTY)
    gap = make("x", Verdict.INSUFFICIENT_ASSURANCE, proof=proof, role="http://hive.example/role/sworn-taster")
    assert "not shown to be a sworn taster; a sworn taster (third party) is asked" in " ".join(tell(gap).split())


def test_what_stands_on_assumptions_alone_keeps_its_reason(
    tell: Callable[..., str], make: Callable[..., Judgement], prove: Callable[..., Proof]
) -> None:
    # Neither assurance nor role is lacking: the judgement's own reason is told.
    proof = prove("18", "a.json", Assurance.THIRD_PARTY)
    gap = make("x", Verdict.INSUFFICIENT_ASSURANCE, proof=proof, reason="it stands on assumptions")
    assert "but it stands on assumptions" in tell(gap)


def test_both_sides_of_a_dispute_are_named(
    report: Report, make: Callable[..., Judgement], prove: Callable[..., Proof]
) -> None:
    issuers = tuple(
        Document(f"{name}.json", name, DocumentKind.DCC, issuer=Party(f"did:web:{name}", name.title()))
        for name in ("ann", "bo")
    )
    gap = make(
        "x",
        Verdict.CONFLICTING,
        proof=prove("17", "ann.json", Assurance.THIRD_PARTY),
        counter_proof=prove("20", "bo.json", Assurance.THIRD_PARTY, Fact.NOT_ALL),
    )
    text = as_table(replace(report, documents=issuers, requirements=(gap,)))
    assert "Rule x: met, says Ann; not met, says Bo (bo.json)" in text


def test_what_has_expired_says_when_and_what_it_would_be(
    tell: Callable[..., str], make: Callable[..., Judgement], prove: Callable[..., Proof]
) -> None:
    proof = prove("17", "a.json", Assurance.THIRD_PARTY, valid=False)
    ended = Step(StepKind.TIME, (0,), {"outcome": "ended"}, "on 2026-05-01: valid until 2026-01-31")
    gap = make("x", Verdict.EXPIRED, would_be=Verdict.SATISFIED, proof=replace(proof, steps=(*proof.steps[:1], ended)))
    assert "Rule x: would be satisfied, but the evidence was valid until 2026-01-31." in tell(gap)


def test_gaps_alike_are_told_together_a_line_each_with_where_it_stands_and_is_written(
    tell: Callable[..., str], make: Callable[..., Judgement], prove: Callable[..., Proof]
) -> None:
    proof = prove("18", "a.json", Assurance.SELF)
    alike = [
        make(f"x{n}", Verdict.INSUFFICIENT_ASSURANCE, proof=proof, place=Place("a.json", f"/claim/{n}/value"))
        for n in range(3)
    ]
    assert _below(tell(*alike), "Beekeeper") == [
        "a.json  $.claim",
        "  INSUFFICIENT ASSURANCE  3 rules: Only the operator's own word; a third party is asked.",
        *(f"      x{n}  Water of 18 % meets at most 18.5 %. (x{n}; [{n}].value)" for n in range(3)),
    ]


def test_two_gaps_alike_are_told_one_by_one(tell: Callable[..., str], make: Callable[..., Judgement]) -> None:
    both = [make(f"x{n}", Verdict.FAILED, reason="shown not to be met") for n in range(2)]
    assert "2 rules:" not in tell(*both)


def test_the_heaviest_comes_first_whoever_must_act_and_in_whatever_order_rules_come(
    report: Report, make: Callable[..., Judgement]
) -> None:
    judged = (
        make("a", Verdict.MISSING, actor="ann"),
        make("b", Verdict.PARTIAL, actor="ann"),
        make("c", Verdict.EXPIRED, actor="bo"),
        make("d", Verdict.INSUFFICIENT_ASSURANCE, actor="bo"),
        make("e", Verdict.FAILED, actor="cy"),
        make("f", Verdict.UNDETERMINED, actor="ann"),
    )
    text = as_table(replace(report, requirements=judged))
    assert re.findall("^  (FAILED|EXPIRED|INSUFFICIENT|PARTIAL|UNDETERMINED|MISSING)", text, re.MULTILINE) == [
        "FAILED", "EXPIRED", "INSUFFICIENT", "PARTIAL", "UNDETERMINED", "MISSING",
    ]  # fmt: skip
    assert as_table(replace(report, requirements=judged[::-1])) == text


def test_a_rule_shown_in_part_says_which_part_is_not(tell: Callable[..., str], make: Callable[..., Judgement]) -> None:
    # The label of a part begins as that of the whole, which is not told again.
    missing = ("not shown: x-lid Rule x: the lid", "not shown: x-rim Rule x: the rim", "wanted: a seal")
    text = tell(make("x", Verdict.PARTIAL, missing=missing))
    assert _below(text, "SHOWN IN PART (1)") == [
        "Beekeeper · docs/dpp.json (1)",
        "  PARTIAL  x  Not shown: the lid; the rim.",
    ]


def test_a_rule_shown_in_part_without_named_parts_says_what_is_shown(
    tell: Callable[..., str], make: Callable[..., Judgement], prove: Callable[..., Proof]
) -> None:
    proof = prove("18", "a.json", Assurance.SELF, Fact.SOME)
    assert "PARTIAL  x  Rule x: a part is shown: water of 18 %" in tell(make("x", Verdict.PARTIAL, proof=proof))


def test_a_rule_shown_in_part_that_somebody_says_is_not_met_says_so(
    tell: Callable[..., str], make: Callable[..., Judgement], prove: Callable[..., Proof]
) -> None:
    # A value is stated, which is a part of it; that it lies outside the limit is what there is to know.
    part = prove("20", "a.json", Assurance.UNATTRIBUTED, Fact.SOME)
    against = prove("20", "a.json", Assurance.UNATTRIBUTED, Fact.NOT_ALL)
    text = tell(make("x", Verdict.PARTIAL, proof=part, challenges=(against,)))
    assert "PARTIAL  x  Water of 20 % does not meet at most 18.5 %, says somebody unknown." in text


def test_facts_are_asked_for_with_their_question_those_first_that_most_wait_for(
    report: Report, make: Callable[..., Judgement]
) -> None:
    open_ = report.requirements[5]
    assert open_.notation == "open-1"
    two = replace(open_, notation="open-2", subject=replace(open_.subject, asked=("hives", "colour")))
    colour = replace(
        HIVES, name="colour", datatype="string", many=True, allowed=("dark", "light"), question="Of what colour?"
    )
    text = as_table(replace(report, requirements=(open_, two), questions=(colour, HIVES)))
    assert _below(text, "NOT KNOWN YET (2)") == [
        "  UNDETERMINED  2 rules wait for facts that no document states (would be: 2 missing)",
        "      --fact hives=...  2 rules. How many hives are there? (a number)",
        "      --fact colour=...  1 rule. Of what colour? (dark, light, several by comma)",
    ]


def test_rules_whose_start_is_not_known_are_told_together(
    tell: Callable[..., str], make: Callable[..., Judgement]
) -> None:
    # Nothing about them is unknown but the day: there is a verdict that they would have.
    days = [make(f"x{n}", Verdict.UNDETERMINED, would_be=Verdict.MISSING, reason=f"from the act {n}") for n in (1, 2)]
    assert _below(tell(*days), "NOT KNOWN YET (2)") == [
        "  UNDETERMINED  2 rules whose start is not known (would be: 2 missing)",
        "      From the act 1. And 1 more (-v).",
    ]


def test_what_evidence_leaves_open_is_told_by_its_reason(
    tell: Callable[..., str], make: Callable[..., Judgement]
) -> None:
    text = tell(
        make("a", Verdict.UNDETERMINED, reason="the evidence states no date"),
        make("b", Verdict.UNDETERMINED, reason="no unit is stated"),
        make("c", Verdict.UNDETERMINED, reason="no unit is stated"),
    )
    assert _below(text, "NOT KNOWN YET (3)") == [
        "  UNDETERMINED  b, c: No unit is stated.",
        "docs/dpp.json  $.claim[0]",
        "  UNDETERMINED  a  Rule a: the evidence states no date. a.",
    ]


def test_what_is_missing_is_told_by_who_must_act_and_from_whom_it_must_be(
    tell: Callable[..., str], make: Callable[..., Judgement]
) -> None:
    text = tell(
        make("a", Verdict.MISSING),
        make("b", Verdict.MISSING, evidence=("seal", "stamp")),
        make("c", Verdict.MISSING, evidence=("seal", "stamp")),
        make("d", Verdict.MISSING, rank=Assurance.SELF, evidence=()),
        make("e", Verdict.MISSING, actor="shopkeeper", role="http://hive.example/role/sworn-taster"),
    )
    assert _below(text, "NOTHING SHOWN (5)") == [
        "  MISSING  Beekeeper (3, third party or better): 2 × seal or stamp; laboratory report",
        "  MISSING  Beekeeper (1, self-declared or better): an assessment of it",
        "  MISSING  Shopkeeper (1, from a sworn taster (third party or better)): laboratory report",
    ]


@pytest.mark.parametrize(
    ("others", "last"),
    [
        (4, "  MISSING  Taster 4 (1, third party or better): seal"),  # a fifth takes no more room than its count
        (6, "  and 3 rules for taster 4; taster 5; taster 6 (-v)"),
        (9, "  and 6 rules for taster 4; taster 5; taster 6 and 3 more (-v)"),
    ],
)
def test_few_of_those_who_must_act_are_told_of_what_is_missing(
    tell: Callable[..., str], make: Callable[..., Judgement], others: int, last: str
) -> None:
    rules = [make(f"m{n}", Verdict.MISSING, actor="beekeeper", evidence=("seal",)) for n in range(2)]
    rules += [make(f"t{n}", Verdict.MISSING, actor=f"taster {n}", evidence=("seal",)) for n in range(1, others + 1)]
    told = _below(tell(*rules), f"NOTHING SHOWN ({others + 2})")
    assert told[0] == "  MISSING  Beekeeper (2, third party or better): 2 × seal"
    assert told[-1] == last


def test_an_act_that_most_rules_are_of_is_named_once(tell: Callable[..., str], make: Callable[..., Judgement]) -> None:
    rules = [make(f"f{n}", Verdict.FAILED, citation=f"Hive 1, Art. {n}") for n in range(1, 4)]
    text = tell(*rules, make("other", Verdict.FAILED, citation="Comb 2, Art. 9"))
    assert "4 rules, 3 of Hive 1 (cited without its name), asked about" in text
    assert "Hive 1, Art." not in text
    assert "Art. 2" in text
    assert "Comb 2, Art. 9" in text
    half = tell(*rules[:1], make("other", Verdict.FAILED, citation="Comb 2, Art. 9"))
    assert "Hive 1, Art. 1" in half, "of two texts, neither is the one that most rules are of"


def test_what_an_engine_leaves_open_is_a_gap(tell: Callable[..., str], make: Callable[..., Judgement]) -> None:
    text = tell(make("x", None, reason="nothing that counts"), make("y", Verdict.SATISFIED))
    assert "1 undecided, 1 satisfied." in text
    assert "UNDECIDED  x  Rule x: nothing that counts." in text
    assert "SATISFIED  1 rule: y\n" in text


def test_subjects_are_told_apart(report: Report, make: Callable[..., Judgement]) -> None:
    other = replace(report.subjects[0], id="b", key="b", label="Jar of wax")
    text = as_table(replace(report, requirements=(make("x", Verdict.FAILED), make("x", Verdict.FAILED, subject=other))))
    assert "2 rules of Hive 1 asked about Jar of honey (model) and Jar of wax (model)." in text
    assert "Beekeeper · Jar of honey (1)" in text
    assert "Beekeeper · Jar of wax (1)" in text


def test_a_citation_names_the_text_only_where_not_all_rules_are_of_one(
    tell: Callable[..., str], make: Callable[..., Judgement]
) -> None:
    one, other = make("x", Verdict.FAILED, citation="Hive 1, Art. 2"), make("y", Verdict.FAILED, citation="Comb 2, 3")
    assert "Art. 2." in tell(one)
    assert "Hive 1, Art. 2." not in tell(one)
    assert "Hive 1, Art. 2." in tell(one, other)


def test_a_rule_that_was_not_read_in_its_source_says_so(
    tell: Callable[..., str], make: Callable[..., Judgement]
) -> None:
    text = tell(make("x", Verdict.SATISFIED, basis="secondary"), make("y", Verdict.SATISFIED))
    assert "Rule read in a secondary source only: x." in text


def test_a_challenge_to_a_satisfied_rule_is_seen(
    tell: Callable[..., str], make: Callable[..., Judgement], prove: Callable[..., Proof]
) -> None:
    proof, against = prove("18", "a.json", Assurance.THIRD_PARTY), prove("20", "b.json", Assurance.SELF, Fact.NOT_ALL)
    text = tell(make("x", Verdict.SATISFIED, proof=proof, challenges=(against,)))
    assert "Somebody says otherwise of x, and it does not count (-v)." in text


def test_those_for_whom_the_same_is_said_are_named_together(
    report: Report, make: Callable[..., Judgement], prove: Callable[..., Proof]
) -> None:
    def vouched(name: str) -> Proof:
        proof = prove("17", f"{name}.json", Assurance.THIRD_PARTY)
        steps = (
            replace(s, text=f"{name} is listed by Hive 1") if s.kind is StepKind.ASSURANCE else s for s in proof.steps
        )
        return replace(proof, steps=tuple(steps))

    issuers = tuple(Document(f"{n}.json", n, DocumentKind.DCC, issuer=Party(f"did:web:{n}", n)) for n in ("Ann", "Bo"))
    judged = tuple(make(n, Verdict.SATISFIED, proof=vouched(n)) for n in ("Ann", "Bo"))
    both = as_table(replace(report, documents=issuers, requirements=judged))
    assert "Whose word: Ann, Bo: listed by Hive 1 (third party)." in both
    one = as_table(replace(report, documents=issuers, requirements=judged[:1]))
    assert "Whose word: Ann is listed by Hive 1 (third party)." in one


def test_what_is_assumed_is_told_once_and_by_how_it_begins(
    tell: Callable[..., str], make: Callable[..., Judgement]
) -> None:
    text = tell(
        make("x", Verdict.FAILED, assumptions=("exemption not claimed: wild bees", YEAR)),
        make("y", Verdict.MISSING, assumptions=("exemption not claimed: one hive", YEAR)),
    )
    assert text.count("assumed") == 1
    assert "Taken for granted: exemption not claimed (2 times), the year is assumed (-v)." in text


def test_a_doubt_is_told_once_where_most_rules_share_it(
    tell: Callable[..., str], make: Callable[..., Judgement]
) -> None:
    doubts = ("the newest text was not read",)
    shared = tuple(make(f"r{n}", Verdict.MISSING, doubts=doubts) for n in range(3))
    assert tell(*shared).count("Doubt about all rules: The newest text was not read.") == 1
    assert "Doubt about most rules: The newest text was not read." in tell(*shared, make("z", Verdict.MISSING))
    own = make("z", Verdict.MISSING, doubts=("the number is from memory",))
    assert "1 rule has a doubt of its own (-v)." in tell(*shared, own)


def test_the_trust_list_and_what_was_asked_for_are_told(report: Report) -> None:
    policy = replace(report.policy, trust="t.toml", assurance=Assurance.SELF, authority=Authority.DRAFT, engine="shacl")
    text = as_table(replace(report, policy=policy, trust_used=("Lab (town) (did:web:lab) as third-party",)))
    assert "Asked for: assurance self, authority draft, engine shacl." in text
    assert "Leans on your trust list t.toml: Lab (town)." in text


def test_without_a_market_claims_are_shown_alike_ones_together(report: Report) -> None:
    claim = report.claims[0]
    other = replace(claim, place=Place(claim.document, "/claim/1"))
    alone = replace(report, policy=replace(report.policy, markets=()), requirements=(), claims=(claim, other))
    assert _below(as_table(alone), "CLAIMS against what they cite: 2 insufficient assurance") == [
        "docs/dpp.json  $.claim[0]",
        "  INSUFFICIENT ASSURANCE  hive-1-a  Low in water: only the operator's own word; a third party is asked. About",
        "          Jar of honey. One assessment, which does not count. 1 more alike.",
    ]


def test_how_many_assessments_of_a_claim_count_is_told(report: Report) -> None:
    uses = (AssessmentUse(Place("a.json"), "alias", True, ""), *report.claims[0].assessments)
    claim = replace(report.claims[0], verdict=Verdict.MISSING, reason="only leads bear on it", assessments=uses)
    alone = replace(report, policy=replace(report.policy, markets=()), requirements=(), claims=(claim,))
    assert "only leads bear on it. About Jar of honey. 2 assessments, 1 counts." in " ".join(as_table(alone).split())


def test_a_market_that_asks_nothing_says_so_and_all_that_it_notes(report: Report) -> None:
    notes = tuple(Lead(f"Note {n}", "Hive 1, recital 3") for n in range(5))
    silent = MarketReport("meadow", report.subjects[0].key, (), notes)
    text = as_table(replace(report, requirements=report.requirements[:1], markets=(silent,)))
    assert "MEADOW: none of 1 rule applies." in text
    assert "Asks nothing of Jar of honey." in text
    assert text.count("Hive 1, recital 3.") == 5
    assert "No gaps" not in text


def test_no_gaps_is_said_where_something_applies(report: Report) -> None:
    assert "No gaps." in as_table(replace(report, requirements=(report.requirements[1],)))


def test_errors_come_before_verdicts_and_warnings_after(report: Report) -> None:
    text = as_table(report)
    assert text.index("ERROR  bad-json") < text.index("FAILED  failed-1") < text.index("WARNING  D9")


@pytest.mark.parametrize("count", [6, 60])
def test_many_findings_are_counted_not_listed(report: Report, count: int) -> None:
    found = tuple(Finding(f"D{n}", Severity.WARNING, Place("a.json", f"/{n}"), "odd") for n in range(count))
    text = as_table(replace(report, documents=(replace(report.documents[0], findings=found),)))
    assert text.count("WARNING  ") == 3
    assert f"ABOUT THE DOCUMENTS: {count} warnings" in text


@pytest.mark.parametrize("count", [50, 500])
def test_a_report_of_many_gaps_stays_short_and_counts_them(
    tell: Callable[..., str], make: Callable[..., Judgement], report: Report, count: int
) -> None:
    subjects = [replace(report.subjects[0], key=f"k{n}", label=f"Jar {n}") for n in range(count)]
    judged = [make(f"r{v.value}", v, subject=s) for v in Verdict for s in subjects]
    text = tell(*judged)
    assert len(text.splitlines()) < 150
    assert f"{count} failed, {count} conflicting" in text
    assert "(-v)" in text
