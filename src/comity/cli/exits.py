"""Exit codes, named once, and what makes a command fail."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from comity.model.evidence import Document, DocumentKind
from comity.model.places import Severity
from comity.model.scales import Verdict
from comity.model.verdicts import Judgement, Report

ERROR = "error"
"""The word of ``--fail-on`` for an unreadable document or a finding that is an error."""

DEFAULT_FAIL_ON = "failed,conflicting,insufficient-assurance,expired,partial,missing,undetermined,error"

FAIL_ON_WORDS = (*(v.value for v in Verdict), ERROR)


class Exit(IntEnum):
    """What a command's exit code says."""

    CLEAN = 0
    FINDINGS = 1
    REFUSED = 2
    """Usage, an unknown name, nothing readable, or nothing that a rule is asked of."""


def nothing_readable(documents: Iterable[Document]) -> bool:
    """Tell whether no document could be read."""
    return all(d.kind is DocumentKind.UNREADABLE for d in documents)


def nothing_judged(report: Report) -> bool:
    """Tell whether a report answers nothing: no rule of the markets, or no claim where no market was asked about."""
    return not (report.requirements if report.policy.markets else report.claims)


def of_report(report: Report, fail_on: frozenset[str]) -> Exit:
    """Say whether a report holds something that ``fail_on`` names.

    Claims count only when no market was asked for. A verdict that an engine leaves open counts as undetermined.
    """
    if nothing_readable(report.documents) or nothing_judged(report):
        return Exit.REFUSED
    rows = report.requirements if report.policy.markets else report.claims
    found = {(row.verdict or Verdict.UNDETERMINED).value for row in rows}
    findings = [*report.findings, *(f for d in report.documents for f in d.findings)]
    if any(f.severity is Severity.ERROR for f in findings) or any(
        d.kind is DocumentKind.UNREADABLE for d in report.documents
    ):
        found.add(ERROR)
    return Exit.FINDINGS if found & fail_on else Exit.CLEAN


def of_answers(answers: Iterable[Judgement], documents: Iterable[Document]) -> Exit:
    """Say whether a rule is satisfied by every subject that it was asked of, by one at least, and all could be read."""
    verdicts = [a.verdict for a in answers]
    satisfied = bool(verdicts) and all(v is Verdict.SATISFIED for v in verdicts)
    read = all(d.kind is not DocumentKind.UNREADABLE for d in documents)
    return Exit.CLEAN if satisfied and read else Exit.FINDINGS
