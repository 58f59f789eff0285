"""The codes of findings, gathered from the tables beside what finds them."""

from __future__ import annotations

from comity.knowledge import problems
from comity.report.explain.pages import CodePage


def pages() -> dict[str, CodePage]:
    """Return the page of every code."""
    found = {}
    for code, (severity, meaning) in problems.RULES.items():
        found[code] = CodePage(code, severity.value, meaning, "knowledge")
    return found
