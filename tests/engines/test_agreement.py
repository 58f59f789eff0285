"""OWL RL with SHACL gives what the judgement gives, on worlds made at random and on every hard case by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.engines.worlds import BASE, ROLE, World, criterion, finding, requirement, row, world, worlds

from comity.engines import shacl
from comity.engines.graph import evidence_graph
from comity.engines.shapes import market_shapes
from comity.judgement.judge import judge_market
from comity.model.criteria import AnyOf, Decomposition, JointCoverage
from comity.model.mappings import Relation, Row
from comity.model.scales import Assurance, Authority, Basis, Level, Lift, Verdict

VOCABULARY = shacl.read([Path(__file__).parents[2] / "ontology" / "comity.ttl"])


def compared(made: World) -> Counter[tuple[Verdict | None, str]]:
    """Run both engines; count pairs of verdict and what the other engine says: satisfied, failed or neither."""
    graph = evidence_graph(made.asked, made.market)
    shapes = shacl.parse(market_shapes(made.market).encode())
    conforms = shacl.check(graph, shapes, VOCABULARY)
    judged = list(judge_market(made.asked, made.market))
    assert {j.id for j in judged} == set(conforms)
    return Counter((j.verdict, said(conforms[j.id])) for j in judged)


def said(outcome: shacl.Conformance) -> str:
    assert not (outcome.conforms and outcome.failed)
    return "satisfied" if outcome.conforms else "failed" if outcome.failed else "neither"


def disagreeing(found: Counter[tuple[Verdict | None, str]]) -> list[tuple[Verdict | None, str]]:
    return [p for p in found if p[1] != (p[0] if p[0] in (Verdict.SATISFIED, Verdict.FAILED) else "neither")]


def test_both_engines_agree_on_worlds_made_at_random() -> None:
    """Neither set may be empty: nothing satisfied, or nothing else, would be no agreement."""
    seen: Counter[tuple[Verdict | None, str]] = Counter()

    @settings(max_examples=40)
    @given(worlds())
    def agree(made: World) -> None:
        found = compared(made)
        seen.update(found)
        assert disagreeing(found) == []

    agree()
    verdicts = Counter[Verdict | None]()
    for (verdict, _), number in seen.items():
        verdicts[verdict] += number
    assert verdicts[Verdict.SATISFIED] > 30
    assert verdicts[Verdict.FAILED] > 30
    assert verdicts[Verdict.CONFLICTING] > 3


@dataclass(frozen=True)
class Hard:
    """A case where one execution could go astray, and what the judgement must say of some requirements."""

    reason: str
    made: World
    expected: Mapping[str, Verdict]


THIRD = Assurance.THIRD_PARTY
ALWAYS = frozenset({Lift.INHERITS_DOWN})


def hard(reason: str, expected: Mapping[str, Verdict], findings: str, **parts: object) -> Hard:
    """Read findings such as ``auditor: thing 0 yes, org: thing 1 no assumed``."""
    read = []
    for position, text in enumerate(findings.split(",")):
        issuer, _, rest = text.strip().partition(": ")
        about, cited, conforms, *how = rest.split()
        read.append(finding(position, about, int(cited), conforms == "yes", issuer, *(how or ["valid"])))
    criteria = parts.pop("criteria", tuple(criterion(n) for n in range(6)))
    requirements = parts.pop("requirements", tuple(requirement(n, THIRD) for n in range(6)))
    return Hard(reason, world(criteria, tuple(read), requirements, **parts), expected)  # type: ignore[arg-type]


def covers(
    *pairs: tuple[int, int], authority: Authority = Authority.REVIEWED, disputed: bool = False
) -> tuple[Row, ...]:
    basis = Basis.READ_IN_SOURCE
    return tuple(row(10 * a + b, a, b, Relation.COVERS, authority, disputed, basis) for a, b in pairs)


def limited(rows: tuple[Row, ...], scope: str) -> tuple[Row, ...]:
    return tuple(replace(r, scope=scope) for r in rows)


def iri(*numbers: int) -> tuple[str, ...]:
    return tuple(BASE + str(n) for n in numbers)


JOINT = (JointCoverage("urn:joint", iri(0, 1), BASE + "2", Authority.REVIEWED),)
WHOLE = (Decomposition("urn:whole", BASE + "2", iri(0, 1), True),)
CHOICE = (AnyOf("urn:choice", BASE + "2", iri(0, 1)),)
INHERITED = tuple(criterion(n, lifts=ALWAYS if n == 0 else frozenset()) for n in range(6))
AGGREGATED = tuple(criterion(n, lifts=frozenset({Lift.AGGREGATES_UP})) for n in range(6))
UNVERIFIED = tuple(criterion(n, Basis.NOT_VERIFIED if n == 1 else Basis.READ_IN_SOURCE) for n in range(6))
SITES = tuple(requirement(n, THIRD, None, Level.FACILITY) for n in range(6))
ROLES = tuple(requirement(n, THIRD, ROLE) for n in range(6))
UNCHECKED = tuple(replace(requirement(n, THIRD), basis=Basis.NOT_VERIFIED) for n in range(6))
DOUBTFUL = (row(0, 0, 1, Relation.COVERS, Authority.REVIEWED, False, Basis.NOT_VERIFIED),)
SELF = tuple(requirement(n, Assurance.SELF) for n in range(6))
YES, NO, OPEN = Verdict.SATISFIED, Verdict.FAILED, Verdict.UNDETERMINED

HARD = [
    hard(
        "members together carry on",
        {"2": YES, "3": YES},
        "auditor: thing 0 yes, auditor: thing 1 yes",
        joints=JOINT,
        rows=covers((2, 3)),
    ),
    hard("one member is not enough", {"2": Verdict.MISSING}, "auditor: thing 0 yes", joints=JOINT),
    hard(
        "what members show is contested in between",
        {"2": Verdict.CONFLICTING, "3": OPEN},
        "auditor: thing 0 yes, auditor: thing 1 yes, auditor: thing 2 no",
        joints=JOINT,
        rows=covers((2, 3)),
    ),
    hard(
        "a weaker word contests nothing",
        {"2": YES, "3": YES},
        "auditor: thing 0 yes, auditor: thing 1 yes, buyer: thing 2 no",
        joints=JOINT,
        rows=covers((2, 3)),
    ),
    hard(
        "an admission contests at every rank",
        {"2": Verdict.CONFLICTING, "3": OPEN},
        "auditor: thing 0 yes, auditor: thing 1 yes, org: thing 2 no",
        joints=JOINT,
        rows=covers((2, 3)),
    ),
    hard(
        "parts give the whole, and the whole gives its parts",
        {"2": YES, "3": YES},
        "auditor: thing 0 yes, auditor: thing 1 yes",
        decompositions=WHOLE,
        rows=covers((2, 3)),
    ),
    hard(
        "a failed part fails the whole",
        {"2": NO, "1": NO, "0": YES},
        "auditor: thing 0 yes, auditor: thing 1 no",
        decompositions=WHOLE,
    ),
    hard(
        "what parts show is contested in between",
        {"2": Verdict.CONFLICTING, "3": OPEN},
        "auditor: thing 0 yes, auditor: thing 1 yes, auditor: thing 2 no",
        decompositions=WHOLE,
        rows=covers((2, 3)),
    ),
    hard(
        "one option is enough",
        {"2": YES, "3": YES},
        "auditor: thing 1 yes, auditor: thing 0 no",
        choices=CHOICE,
        rows=covers((2, 3)),
    ),
    hard("no option left fails the choice", {"2": NO}, "auditor: thing 0 no, auditor: thing 1 no", choices=CHOICE),
    hard(
        "what an option shows is contested in between",
        {"2": Verdict.CONFLICTING, "3": OPEN},
        "auditor: thing 0 yes, auditor: thing 2 no",
        choices=CHOICE,
        rows=covers((2, 3)),
    ),
    hard(
        "a certificate and an admission do not add up",
        {"2": YES},
        "auditor: thing 0 no, org: thing 1 no, auditor: thing 2 yes",
        choices=CHOICE,
    ),
    hard(
        "what inherits down carries on",
        {"0": YES, "1": YES},
        "auditor: org 0 yes",
        criteria=INHERITED,
        rows=covers((0, 1)),
    ),
    hard(
        "what inherits down is contested below",
        {"0": Verdict.CONFLICTING, "1": OPEN},
        "auditor: org 0 yes, auditor: thing 0 no",
        criteria=INHERITED,
        rows=covers((0, 1)),
    ),
    hard(
        "it passes a place where it is contested",
        {"0": OPEN},
        "auditor: org 0 yes, auditor: site 0 no",
        criteria=INHERITED,
    ),
    hard(
        "one failing part fails what it is part of",
        {"0": NO},
        "auditor: thing 0 no",
        criteria=AGGREGATED,
        requirements=SITES,
    ),
    hard(
        "opposition at the end of a row travels back to its start",
        {"1": NO, "2": OPEN},
        "auditor: thing 0 yes, auditor: thing 1 no",
        rows=covers((0, 1), (0, 2)),
    ),
    hard(
        "opposition that nobody has verified ends nothing where it stands",
        {"0": YES, "2": OPEN},
        "auditor: thing 0 yes, auditor: thing 1 no",
        criteria=UNVERIFIED,
        rows=covers((0, 1), (0, 2)),
    ),
    hard(
        "that a subject lies within what a row is limited to is an assumption, which may fail and not satisfy",
        {"1": Verdict.INSUFFICIENT_ASSURANCE, "2": NO},
        "auditor: thing 0 yes, auditor: thing 3 no",
        rows=(*limited(covers((0, 1), (2, 3)), "tin"),),
    ),
    hard(
        "what speaks against one subject does not open a limited row for another",
        {"1": Verdict.INSUFFICIENT_ASSURANCE, "2": Verdict.INSUFFICIENT_ASSURANCE},
        "auditor: thing 0 yes, auditor: site 1 no",
        rows=(*limited(covers((0, 1)), "tin"), *covers((1, 2))),
    ),
    hard(
        "every assessment must have the role",
        {"2": Verdict.INSUFFICIENT_ASSURANCE},
        "lab: thing 0 yes, auditor: thing 1 yes",
        joints=JOINT,
        requirements=ROLES,
    ),
    hard(
        "the role is enough when all have it",
        {"2": YES},
        "lab: thing 0 yes, lab: thing 1 yes",
        joints=JOINT,
        requirements=ROLES,
    ),
    hard(
        "a draft row only supports",
        {"1": Verdict.SUPPORTED},
        "auditor: thing 0 yes",
        rows=covers((0, 1), authority=Authority.DRAFT),
    ),
    hard("a disputed row derives nothing", {"1": OPEN}, "auditor: thing 0 yes", rows=covers((0, 1), disputed=True)),
    hard("an assumption does not satisfy", {"0": Verdict.INSUFFICIENT_ASSURANCE}, "auditor: thing 0 yes assumed"),
    hard("an assumption may fail", {"0": NO}, "auditor: thing 0 no assumed"),
    hard(
        "what has ended counts neither way",
        {"0": YES, "1": Verdict.EXPIRED},
        "auditor: thing 0 yes, auditor: thing 0 no ended, auditor: thing 1 yes ended",
    ),
    hard(
        "the operator's own word is enough where it is asked",
        {"0": YES, "1": NO},
        "org: thing 0 yes, org: thing 1 no",
        requirements=SELF,
    ),
    hard("nobody's word undoes no certificate", {"0": YES}, "auditor: thing 0 yes, stranger: thing 0 no"),
    hard("an unverified record satisfies nothing", {"1": OPEN}, "auditor: thing 1 yes", criteria=UNVERIFIED),
    hard("the whole gives each part", {"0": YES, "1": YES, "2": YES}, "auditor: thing 2 yes", decompositions=WHOLE),
    hard(
        "a failing part stands against what the whole is said to meet",
        {"0": Verdict.CONFLICTING},
        "auditor: site 0 yes, auditor: thing 0 no",
        criteria=AGGREGATED,
        requirements=SITES,
    ),
    hard("a row that nobody has verified proves nothing", {"0": YES, "1": OPEN}, "auditor: thing 0 yes", rows=DOUBTFUL),
    hard("nor does a requirement that nobody has", {"0": OPEN}, "auditor: thing 0 yes", requirements=UNCHECKED),
]


@pytest.mark.parametrize("case", HARD, ids=[c.reason.replace(" ", "-") for c in HARD])
def test_hard_cases(case: Hard) -> None:
    judged = {j.notation.partition("-")[0]: j.verdict for j in judge_market(case.made.asked, case.made.market)}
    assert {name: judged[name] for name in case.expected} == case.expected
    assert disagreeing(compared(case.made)) == []
