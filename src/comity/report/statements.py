"""The claims in the short table: what each comes to against what it cites, alike ones together."""

from __future__ import annotations

from collections.abc import Sequence

from comity.model.scales import Assurance, Verdict
from comity.model.verdicts import ClaimJudgement, Report
from comity.report.ends import add_voices
from comity.report.grounds import sources
from comity.report.listing import told
from comity.report.message import HANG, LINES, fitted
from comity.report.page import Page
from comity.report.plain import summary
from comity.report.whose import Voices, rank_asked, together
from comity.report.words import GAPS, WIDTH, counted, place_name, squeeze, verdict_name

MOST_GROUPS = 12
MOST_RULE = 40
"""Columns of a rule: a claim may cite what nobody knows by an IRI of any length."""


def add_counts(page: Page, report: Report) -> None:
    """Add a line with the verdicts on the claims, as when markets were asked about."""
    counts = summary(report)["claims"]
    if counts:
        page.add(f"Claims against what they cite: {told(counts)} (shown without --market).", 0, 2)


def add_statements(page: Page, report: Report, voices: Voices) -> None:
    """Add the claims judged against what they cite, the worst first; what is alike is told once."""
    counts = summary(report)["claims"]
    page.gap()
    page.add(f"CLAIMS against what they cite: {told(counts) or 'none'}")
    labels = {subject.key: subject.label for subject in report.subjects}
    asked = report.policy.assurance or Assurance.THIRD_PARTY
    groups: dict[tuple[object, ...], list[ClaimJudgement]] = {}
    for claim in sorted(report.claims, key=_weight):
        key = (claim.verdict, claim.criterion, claim.label, claim.reason, claim.subject, _uses(claim))
        groups.setdefault(key, []).append(claim)
    for alike in list(groups.values())[:MOST_GROUPS]:
        about = labels.get(alike[0].subject, alike[0].subject)
        _statement(page, alike, about, _reason(alike[0], asked, voices))
    left = sum(len(alike) for alike in list(groups.values())[MOST_GROUPS:])
    if left:
        page.add(f"and {counted(left, 'claim')} more (-v)", 2)
    page.gap()
    add_voices(page, (claim.proof for claim in report.claims), voices)


def _weight(claim: ClaimJudgement) -> int:
    return GAPS.index(claim.verdict) if claim.verdict in GAPS else len(GAPS)


def _statement(page: Page, alike: Sequence[ClaimJudgement], about: str, reason: str) -> None:
    first, *others = alike
    word, rule = verdict_name(first.verdict), squeeze(first.criterion or "no criterion", MOST_RULE)
    page.add(squeeze(page.short(place_name(first.place)), WIDTH))
    more = f"{len(others)} more alike." if others else ""
    tail = " ".join(filter(None, (f"About {about.rstrip('.')}.", _uses(first), more)))
    said = fitted(f"  {word}  {rule}  ", first.label, page.short(reason), tail, LINES)
    page.verdict(word, f"{rule}  {said}", first.verdict, HANG - 2)


def _reason(claim: ClaimJudgement, asked: Assurance, voices: Voices) -> str:
    """Give the reason of a verdict; where more assurance is asked, whose word there is and whose is asked."""
    weak = [s for s in sources(claim.proof) if not s.assurance or Assurance.of(s.assurance) < asked]
    if claim.verdict is not Verdict.INSUFFICIENT_ASSURANCE or not weak:
        return claim.reason
    return f"only {together(voices.word(s) for s in weak)}; {rank_asked(asked)} is asked"


def _uses(claim: ClaimJudgement) -> str:
    """Say how many assessments bear on a claim, and how many of them count."""
    if not claim.assessments:
        return ""
    count = sum(use.counts for use in claim.assessments)
    found = len(claim.assessments)
    if found == 1:
        return f"One assessment, which {'counts' if count else 'does not count'}."
    return f"{found} assessments, {count or 'none'} {'count' if count > 1 else 'counts'}."
