"""Verdicts as rows of CSV, for a spreadsheet."""

from __future__ import annotations

import csv
import io

from comity.model.verdicts import Report
from comity.report.grounds import needs, sources
from comity.report.whose import plain_reason
from comity.report.words import basis_name

COLUMNS = (
    "on", "market", "verdict", "would_be", "rule", "label", "citation", "actor", "subject", "subject_label",
    "document", "pointer", "reason", "evidence", "needs", "assumed", "applies_from", "doubt",
)  # fmt: skip


def as_csv(report: Report) -> str:
    """Write one row for each verdict: of the requirements, or, without a market, of the claims."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_requirements(report) if report.policy.markets else _claims(report))
    return text.getvalue()


def _requirements(report: Report) -> list[dict[str, str]]:
    return [
        {
            "on": report.on.isoformat(),
            "market": judged.market or "",
            "verdict": judged.verdict.value if judged.verdict else "",
            "would_be": judged.would_be.value if judged.would_be else "",
            "rule": judged.notation,
            "label": judged.label,
            "citation": judged.citation,
            "actor": judged.actor or "",
            "subject": judged.subject.id,
            "subject_label": judged.subject.label,
            "document": judged.place.document if judged.place else "",
            "pointer": judged.place.pointer if judged.place else "",
            "reason": plain_reason(judged),
            "evidence": "; ".join(dict.fromkeys(source.text for source in sources(judged.proof))),
            "needs": needs(judged),
            "assumed": "; ".join(judged.assumptions),
            "applies_from": judged.applies_from or "",
            "doubt": "; ".join(filter(None, (basis_name(judged.basis, judged.confidence), *judged.doubts))),
        }
        for judged in report.requirements
    ]


def _claims(report: Report) -> list[dict[str, str]]:
    ids = {subject.key: subject for subject in report.subjects}
    return [
        {
            "on": report.on.isoformat(),
            "verdict": claim.verdict.value,
            "would_be": claim.would_be.value if claim.would_be else "",
            "rule": claim.criterion or "",
            "label": claim.label,
            "citation": claim.cited,
            "subject": ids[claim.subject].id if claim.subject in ids else claim.subject,
            "subject_label": ids[claim.subject].label if claim.subject in ids else "",
            "document": claim.document,
            "pointer": claim.place.pointer,
            "reason": claim.reason,
            "evidence": "; ".join(dict.fromkeys(source.text for source in sources(claim.proof))),
            "assumed": "; ".join(claim.assumptions),
        }
        for claim in report.claims
    ]
