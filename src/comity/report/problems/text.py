"""Findings as lines: the place first, then how bad it is, what is wrong, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from comity.model.places import Finding, Severity
from comity.report.words import counted, paint, place_name, wrap


def as_lines(findings: Iterable[Finding], *, colour: bool = False) -> list[str]:
    """Write each finding in two lines or more."""
    lines: list[str] = []
    for finding in findings:
        word = paint(finding.severity.value, finding.severity, colour)
        lines.append(f"{place_name(finding.place)}  {word}  {finding.code}")
        lines += wrap(f"{finding.message} {finding.fix}".strip(), 2)
    return lines


def summary(findings: Sequence[Finding]) -> str:
    """Count what was found.

    >>> summary(())
    'no problems'
    """
    counts = [(s, sum(f.severity is s for f in findings)) for s in Severity]
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    return ", ".join(counted(n, names[s]) for s, n in counts if n) or "no problems"
