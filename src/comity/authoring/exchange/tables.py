"""Write drafts as workbooks and text tables, and tell what has no column there."""

from __future__ import annotations

from comity.authoring.draft import Draft
from comity.authoring.exchange.written import Losses, Written
from comity.authoring.grid import grid
from comity.authoring.template import as_text, as_workbook
from comity.model.knowledge import Knowledge
from comity.model.places import Finding


def write_workbook(draft: Draft, knowledge: Knowledge) -> Written:
    """Write a workbook, with the sheets and drop-down lists of a template."""
    return Written(as_workbook(draft, draft.kind, knowledge), _lost(draft, knowledge, "a workbook"))


def write_text(draft: Draft, knowledge: Knowledge) -> Written:
    """Write a text table, its cells separated by commas."""
    return Written(as_text(draft, draft.kind, knowledge).encode("utf-8"), _lost(draft, knowledge, "a text table"))


def _lost(draft: Draft, knowledge: Knowledge, name: str) -> tuple[Finding, ...]:
    losses = Losses(name)
    for row in draft.rows if draft.kind == "criteria" else ():
        losses.add("mapping rows of a table of criteria", f"{row.subject_label} → {row.object_label or row.object}")
    return (*grid(draft, draft.kind, knowledge).findings, *losses.findings())
