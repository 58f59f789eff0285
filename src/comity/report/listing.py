"""The parts of the table that list: findings, claims, and which evidence serves how many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from comity.model.evidence import DocumentKind
from comity.model.places import Finding, Severity
from comity.model.verdicts import ClaimJudgement, Report
from comity.report.matrix import matrix
from comity.report.page import BODY, Page
from comity.report.plain import UNDECIDED, summary
from comity.report.words import FOLDED, GAPS, SHOWN, counted, paint, place_name, sentence, verdict_name

SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)
MOST_ERRORS = 10
MOST_WARNINGS = 3
MOST_EVIDENCE = 5


def told(counts: Mapping[str, int]) -> str:
    """Write counts of verdicts, the worst first.

    >>> told({"upcoming": 3, "satisfied": 2, "insufficient-assurance": 1})
    '1 insufficient assurance, 2 satisfied, 3 upcoming'
    """
    order = [verdict.value if verdict else UNDECIDED for verdict in (*GAPS, *SHOWN, *FOLDED)]
    found = sorted(counts.items(), key=lambda item: order.index(item[0]))
    return ", ".join(f"{count} {verdict.replace('-', ' ')}" for verdict, count in found)


def add_findings(page: Page, report: Report) -> None:
    """Add every finding, what is alike in one document together: the errors first, the notes last."""
    found = _every(report)
    if not found:
        return
    page.gap()
    page.add(f"FINDINGS: {_count(found)}{_unreadable(report)}")
    for group in _alike(found):
        for finding in group:
            _finding(page, finding)


def add_errors(page: Page, report: Report) -> None:
    """Add the errors of the documents, and how many could not be read."""
    found = [f for f in _every(report) if f.severity is Severity.ERROR]
    if not found:
        return
    page.gap()
    page.add(f"{counted(len(found), 'ERROR')} in the documents{_unreadable(report)}")
    for finding in found[:MOST_ERRORS]:
        _finding(page, finding)
    if len(found) > MOST_ERRORS:
        page.add(f"and {len(found) - MOST_ERRORS} more (-v)", 2)


def add_warnings(page: Page, report: Report) -> None:
    """Add the first warnings about the documents, what is alike once, and count the rest."""
    found = [f for f in _every(report) if f.severity is not Severity.ERROR]
    groups = [group for group in _alike(found) if group[0].severity is Severity.WARNING]
    if not groups:
        return
    page.gap()
    page.add(f"ABOUT THE DOCUMENTS: {_count(found)} (-v lists them, comity explain CODE says what each means)")
    for first, *others in groups[:MOST_WARNINGS]:
        _finding(page, first, f" And {len(others)} more like it." if others else "")


def _every(report: Report) -> list[Finding]:
    # What makes a document unreadable stands with the document and with the whole.
    own = [f for d in report.documents for f in d.findings]
    said = {(f.code, f.place.pointer, f.message) for f in own}
    return own + [f for f in report.findings if (f.code, f.place.pointer, f.message) not in said]


def _alike(found: Iterable[Finding]) -> list[list[Finding]]:
    """Gather what has one code in one document, the worst first."""
    alike: dict[tuple[int, str, str], list[Finding]] = {}
    for finding in found:
        key = (SEVERITIES.index(finding.severity), finding.place.document, finding.code)
        alike.setdefault(key, []).append(finding)
    return [alike[key] for key in sorted(alike)]


def _count(found: Sequence[Finding]) -> str:
    names = (("error", Severity.ERROR), ("warning", Severity.WARNING), ("note", Severity.INFO))
    counts = ((name, sum(f.severity is severity for f in found)) for name, severity in names)
    return ", ".join(counted(count, name) for name, count in counts if count)


def _unreadable(report: Report) -> str:
    unreadable = sum(d.kind is DocumentKind.UNREADABLE for d in report.documents)
    return f"; {counted(unreadable, 'document')} unreadable" if unreadable else ""


def _finding(page: Page, finding: Finding, more: str = "") -> None:
    page.place(finding.place)
    said = f"{finding.code}  {sentence(finding.message)} {finding.fix}".rstrip() + more
    page.verdict(finding.severity.value.upper(), said, finding.severity)


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
    for use in claim.assessments:
        said = "counts" if use.counts else f"does not count: {use.why}"
        page.add(f"assessment: {place_name(use.place)} ({use.via}) {said}.", BODY, 2)
    page.below("assumed", claim.assumptions)
    page.below("lead", [f"{lead.text}: {lead.why}" for lead in claim.leads if lead.why != claim.reason])


def add_matrix(page: Page, report: Report, most: int = MOST_EVIDENCE) -> None:
    """Add, where several markets were asked about, how many rules each piece of evidence serves.

    :param most: pieces of evidence that are told; the rest is counted.
    """
    markets = report.policy.markets
    rows = matrix(report) if len(markets) > 1 else ()
    if not rows:
        return
    page.gap()
    page.add("EVIDENCE and how many rules it satisfies, of those that it bears on")
    for row in rows[:most]:
        counts = ", ".join(f"{market} {row.satisfies[market]} of {row.bears[market]}" for market in markets)
        page.add(f"{place_name(row.place)}: {counts}", 2, 2)
    if len(rows) > most:
        page.add(f"and {len(rows) - most} more (--format matrix)", 2)
