"""Write drafts as workbooks and text tables, and tell what has no column there."""

from __future__ import annotations

from comity.authoring.draft import Draft
from comity.authoring.exchange.written import Losses, Written
from comity.authoring.sheets.grid import grid
from comity.authoring.sheets.known import extended
from comity.authoring.sheets.template import as_text, as_workbook
from comity.model.knowledge import Knowledge
from comity.model.places import Finding

BOM = "\ufeff"
"""By which spreadsheets know that a text table is UTF-8."""


def write_workbook(draft: Draft, knowledge: Knowledge) -> Written:
    """Write a workbook, with the sheets and drop-down lists of a template."""
    content = as_workbook(draft, draft.kind, extended(knowledge, [draft]))
    return Written(content, _lost(draft, knowledge, "a workbook"))


def write_text(draft: Draft, knowledge: Knowledge) -> Written:
    """Write a text table, its cells separated by commas."""
    text = BOM + as_text(draft, draft.kind, extended(knowledge, [draft]))
    return Written(text.encode("utf-8"), _lost(draft, knowledge, "a text table"))


def _lost(draft: Draft, knowledge: Knowledge, name: str) -> tuple[Finding, ...]:
    """Tell what has no column, and the rows of an edition, for which a table of mappings is another file."""
    losses = Losses(name)
    for row in draft.rows if draft.kind == "criteria" else ():
        losses.add("mapping rows of an edition", f"{row.subject_label} → {row.object_label or row.object}")
    return (*grid(draft, draft.kind, knowledge).findings, *losses.findings())
