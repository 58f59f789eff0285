"""The codes of findings, gathered from the tables beside what finds them."""

from __future__ import annotations

from collections.abc import Mapping

from comity.authoring import faults
from comity.authoring.checking import check, soundness
from comity.authoring.exchange import rules as foreign
from comity.evidence import catalogue
from comity.knowledge import problems
from comity.model.places import Severity
from comity.report.explain.pages import CodePage

JUDGING: Mapping[str, tuple[Severity, str]] = {
    "contradicted-fact": (
        Severity.WARNING,
        "Two documents, or a document and you, say different things of one fact of the case. What you say counts; "
        "between documents the fact is taken as unknown.",
    ),
    "contradicted-party": (
        Severity.WARNING,
        "You say of a party, or of what it made, what would leave it out of those that a rule asks for evidence, and a "
        "document says what keeps it in. Your word alone takes nobody out: whether it is asked is taken as unknown.",
    ),
    "unknown-criterion": (
        Severity.WARNING,
        "A row of a claim sheet cites what no criterion is called by. It may still state a value of a metric; of the "
        "criterion that was meant it says nothing.",
    ),
    "unknown-metric": (
        Severity.WARNING,
        "A row of a claim sheet states a value of what no metric is called, or of something else than the thing, "
        "such as its packaging. It is held against no limit.",
    ),
    "unknown-qualifier": (
        Severity.WARNING,
        "A row of a claim sheet says that its value is of a material, a substance or a share of what Comity has no "
        "name for. It is held against no limit that is about one.",
    ),
    "disputed-rows": (
        Severity.WARNING,
        "Mapping rows cannot all be true together. Nothing follows from any of them until somebody mends one; what "
        "rests on them alone is undetermined.",
    ),
    "fact-outlives-document": (
        Severity.INFO,
        "A fact of the case comes from a document that is not valid on the day judged. Facts of a thing outlive the "
        "document that states them; what the document claims does not.",
    ),
    "fact-unreadable": (
        Severity.WARNING,
        "A document states a fact of the case as what is no number, or in no unit, or in one that cannot be converted "
        "to the fact's own. The fact is taken as unknown.",
    ),
    "flag-against-value": (
        Severity.WARNING,
        "An assessment's conformance flag says one thing and its value another: a clash inside one document, "
        "which shows neither.",
    ),
    "trust-used": (
        Severity.INFO,
        "What counts as evidence leans on your own trust list, and not on what the documents show.",
    ),
}


def pages() -> dict[str, CodePage]:
    """Return the page of every code; one that several areas use is explained by the first."""
    found: dict[str, CodePage] = {}
    for area, rules in (
        ("documents", catalogue.RULES),
        ("judgement", JUDGING),
        ("knowledge", problems.RULES),
        ("mappings", check.RULES),
        ("knowledge as a whole", soundness.RULES),
        ("authors' tables", faults.RULES),
        ("other formats", foreign.RULES),
    ):
        for code, (severity, meaning) in rules.items():
            found.setdefault(code, CodePage(code, severity.value, meaning, area))
    return found
