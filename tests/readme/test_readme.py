"""The numbers that the README states, computed (skipped where other people's documents are absent)."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from comity.evidence import read
from comity.formats.archives import open_inputs
from comity.judgement import judge, trust
from comity.knowledge import load
from comity.model.verdicts import ClaimJudgement

ON = date(2026, 2, 1)
TRUST = "examples/trust/samples.toml"
BLOCK = re.compile(r"<!-- claims:begin -->\n(.*?)<!-- claims:end -->", re.DOTALL)
ROW = re.compile(r"\| (?P<what>[^|]+?) \| (?P<without>\d+) \| (?P<trusting>\d+) \|")


@pytest.fixture(scope="module")
def block(root: Path) -> str:
    (found,) = BLOCK.findall((root / "README.md").read_text(encoding="utf-8"))
    assert isinstance(found, str)
    return found


@pytest.fixture(scope="module")
def judged(root: Path, untp_documents: Path) -> tuple[tuple[ClaimJudgement, ...], ...]:
    """The claims, judged without and with the example's trust list."""
    knowledge, documents = load(), read(open_inputs([untp_documents / "samples" / "0.7.0-pre"]))
    vouched = trust.read(root / TRUST)
    return tuple(judge(knowledge, documents, on=ON, trust=t).claims for t in (trust.NOBODY, vouched))


def _counted(claims: tuple[ClaimJudgement, ...]) -> dict[str, int]:
    found = [c for c in claims if c.assessments]
    none = [c for c in claims if not c.assessments]
    idle = [c for c in found if not any(a.counts for a in c.assessments)]
    return {
        "claims": len(claims),
        "find an assessment by the very identifier that they cite": sum(_exact(c) for c in found),
        "find one through aliases, mappings, links and lifts": len(found),
        "… and it counts": len(found) - len(idle),
        "… and it does not: nothing says who its issuer is": sum(_anonymous(c) for c in idle),
        "find none: nobody assessed the criterion that they cite": sum(c.criterion is not None for c in none),
        "find none: the standard has no provision of the kind": sum(c.criterion is None for c in none),
    }


def _exact(claim: ClaimJudgement) -> bool:
    return any(a.via.startswith("exact id") for a in claim.assessments)


def _anonymous(claim: ClaimJudgement) -> bool:
    return all("no identity anchor, listing or trust entry" in a.why for a in claim.assessments)


def test_the_table_says_what_is_computed(block: str, judged: tuple[tuple[ClaimJudgement, ...], ...]) -> None:
    without, trusting = (_counted(claims) for claims in judged)
    stated = {m["what"]: (int(m["without"]), int(m["trusting"])) for m in ROW.finditer(block)}
    assert stated == {what: (without[what], trusting[what]) for what in without}


def test_every_claim_is_in_one_row(judged: tuple[tuple[ClaimJudgement, ...], ...]) -> None:
    for claims in judged:
        counted = list(_counted(claims).values())
        assert sum(counted[3:]) == counted[0]


def test_the_text_names_the_day_and_the_trust_list(block: str, root: Path) -> None:
    assert ON.isoformat() in block
    assert TRUST in block
    assert (root / TRUST).is_file()
    assert "Fiction" in (root / TRUST).read_text(encoding="utf-8")
