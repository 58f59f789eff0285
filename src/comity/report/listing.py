"""The parts of the table that list: findings, claims, and which evidence serves how many."""

from __future__ import annotations

from collections.abc import Mapping

from comity.model.evidence import DocumentKind
from comity.model.places import Finding, Severity
from comity.model.verdicts import ClaimJudgement, Report
from comity.report.matrix import matrix
from comity.report.page import BODY, Page
from comity.report.plain import UNDECIDED, summary
from comity.report.words import FOLDED, GAPS, SHOWN, counted, paint, place_name, sentence, verdict_name

MOST_FINDINGS = 5
MOST_EVIDENCE = 8
MOST_ASSESSMENTS = 2


def told(counts: Mapping[str, int]) -> str:
    """Write counts of verdicts, the worst first.

    >>> told({"upcoming": 3, "satisfied": 2, "insufficient-assurance": 1})
    '1 insufficient assurance, 2 satisfied, 3 upcoming'
    """
    order = [verdict.value if verdict else UNDECIDED for verdict in (*GAPS, *SHOWN, *FOLDED)]
    found = sorted(counts.items(), key=lambda item: order.index(item[0]))
    return ", ".join(f"{count} {verdict.replace('-', ' ')}" for verdict, count in found)


def add_findings(page: Page, report: Report) -> None:
    """Add every error, the first warnings, what is alike in one document once, and a count of the rest."""
    # What makes a document unreadable stands with the document and with the whole.
    own = [f for d in report.documents for f in d.findings]
    said = {(f.code, f.place.pointer, f.message) for f in own}
    every = own + [f for f in report.findings if (f.code, f.place.pointer, f.message) not in said]
    loud = [f for f in every if f.severity is not Severity.INFO]
    alike: dict[tuple[bool, str, str, Severity], list[Finding]] = {}
    for finding in loud:
        key = (finding.severity is not Severity.ERROR, finding.place.document, finding.code, finding.severity)
        alike.setdefault(key, []).append(finding)
    if loud:
        page.gap()
        unreadable = sum(d.kind is DocumentKind.UNREADABLE for d in report.documents)
        note = f"; {counted(unreadable, 'document')} unreadable" if unreadable else ""
        page.add(f"FINDINGS: {len(loud)}{note}")
    groups = [alike[key] for key in sorted(alike, key=lambda k: k[:3])]
    shown = max(MOST_FINDINGS, sum(group[0].severity is Severity.ERROR for group in groups))
    for first, *others in groups[:shown]:
        page.place(first.place)
        word = paint(first.severity.value.upper(), first.severity, page.colour)
        more = f" And {len(others)} more like it." if others else ""
        page.add(f"{word}  {first.code}  {sentence(first.message)} {first.fix}".rstrip() + more, 2, BODY - 2)
    _rest(page, sum(len(group) for group in groups[shown:]), len(every) - len(loud))


def _rest(page: Page, more: int, quiet: int) -> None:
    parts = [f"{more} more"] if more else []
    parts += [counted(quiet, "note")] if quiet else []
    if parts:
        page.add(f"{' and '.join(parts)} about the documents (--format json).", 2)


def add_claims(page: Page, report: Report, *, whole: bool) -> None:
    """Add the claims judged against what they cite.

    :param whole: false for a line with counts, as when markets were asked about.
    """
    counts = summary(report)["claims"]
    page.gap()
    if not whole:
        if counts:
            page.add(f"The claims against what they cite: {told(counts)} (shown without --market).")
        return
    page.add(f"CLAIMS against what they cite: {told(counts) or 'none'}")
    labels = {subject.key: subject.label for subject in report.subjects}
    for claim in sorted(report.claims, key=lambda c: GAPS.index(c.verdict) if c.verdict in GAPS else len(GAPS)):
        _claim(page, claim, labels)


def _claim(page: Page, claim: ClaimJudgement, labels: Mapping[str, str]) -> None:
    page.place(claim.place)
    word = paint(verdict_name(claim.verdict), claim.verdict, page.colour)
    would = f" (would be {verdict_name(claim.would_be).lower()})" if claim.would_be else ""
    page.add(f"{word}{would}  {claim.criterion or 'no criterion'}  {sentence(claim.label)}", 2, BODY - 2)
    if claim.criterion is None:
        page.add(f"cites: {claim.cited}", BODY, 2)
    page.add(f"{sentence(claim.reason)} About {labels.get(claim.subject, claim.subject)}.", BODY)
    counting = sum(use.counts for use in claim.assessments)
    for use in claim.assessments[:MOST_ASSESSMENTS]:
        said = "counts" if use.counts else f"does not count: {use.why}"
        page.add(f"assessment: {place_name(use.place)} ({use.via}) {said}.", BODY, 2)
    if len(claim.assessments) > MOST_ASSESSMENTS:
        page.add(f"assessments: {len(claim.assessments)} in all, of which {counting} count.", BODY, 2)
    page.below("assumed", claim.assumptions)
    page.below("lead", [f"{lead.text}: {lead.why}" for lead in claim.leads if lead.why != claim.reason], 2)


def add_matrix(page: Page, report: Report) -> None:
    """Add, where several markets were asked about, how many rules each piece of evidence serves."""
    markets = report.policy.markets
    rows = matrix(report) if len(markets) > 1 else ()
    if not rows:
        return
    page.gap()
    page.add("EVIDENCE and how many rules it satisfies, of those that it bears on")
    for row in rows[:MOST_EVIDENCE]:
        counts = ", ".join(f"{market} {row.satisfies[market]} of {row.bears[market]}" for market in markets)
        page.add(f"{place_name(row.place)}: {counts}", 2, 2)
    if len(rows) > MOST_EVIDENCE:
        page.add(f"and {len(rows) - MOST_EVIDENCE} more (--format matrix)", 2)
