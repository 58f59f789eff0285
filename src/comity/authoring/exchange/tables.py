"""Write drafts as workbooks and text tables, and tell what has no column there."""

from __future__ import annotations

from comity.authoring.draft import Draft
from comity.authoring.exchange.written import Losses, Written
from comity.authoring.sheets.grid import grid
from comity.authoring.sheets.known import extended
from comity.authoring.sheets.template import as_text, as_workbook
from comity.knowledge.records import short
from comity.model.knowledge import Knowledge
from comity.model.places import Finding
from comity.stores.terms import decimal

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
    losses = Losses(name)
    if draft.kind == "mappings":
        return grid(draft, draft.kind, knowledge).findings
    if draft.scheme is not None:
        for predicate in draft.scheme.more:
            losses.add(f"the property {short(predicate)}", draft.scheme.notation)
    for row in draft.rows:
        losses.add("mapping rows of an edition", f"{row.subject_label} → {row.object_label or row.object}")
    for criterion in draft.criteria:
        where = criterion.notation
        for predicate in criterion.more:
            losses.add(f"the property {short(predicate)}", where)
        for limit in criterion.limits:
            if limit.iri not in ("", f"{criterion.iri}/limit"):
                losses.add("addresses of limits", where)
            if limit.value is not None and decimal(limit.value) is None:
                losses.add("values that are no decimal numbers", where)
        whole = draft.wholes.get(criterion.iri)
        if whole is not None and (whole.note or whole.basis not in (None, criterion.basis)):
            losses.add("what is said of how criteria are made up", where)
    return losses.findings()
