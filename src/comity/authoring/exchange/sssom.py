"""Write mapping rows as SSSOM TSV, 1.1 or 1.0, with embedded metadata."""

from __future__ import annotations

from dataclasses import replace

from comity.authoring.draft import Draft
from comity.authoring.exchange.written import Losses, Written
from comity.authoring.sssom import write_sssom
from comity.model.knowledge import Knowledge

NEWER = (
    "record_id",
    "predicate_type",
    "cardinality_scope",
    "mapping_tool_id",
    "review_date",
    "reviewer_agreement",
)
"""Slots of rows that SSSOM 1.0 does not have; those of a whole set are below. Source: the schema of SSSOM 1.1."""
NEWER_OF_SETS = ("sssom_version", "mapping_set_confidence")

_SSSOM = "https://w3id.org/sssom/"
_MARK = "#extension_definitions:"


def write(draft: Draft, knowledge: Knowledge) -> Written:
    """Write SSSOM 1.1, which carries all that Comity keeps of rows."""
    del knowledge
    stated = replace(draft, header={**draft.header, "sssom_version": "1.1"})
    return Written(write_sssom(stated).encode("utf-8"), _losses(draft, "SSSOM 1.1").findings())


def write_first(draft: Draft, knowledge: Knowledge) -> Written:
    """Write SSSOM 1.0: slots that are newer are declared as extensions of it."""
    del knowledge
    losses = _losses(draft, "SSSOM 1.0")
    for key in NEWER_OF_SETS[1:]:
        if key in draft.header:
            losses.add("newer metadata", key)
    kept = {k: v for k, v in draft.header.items() if k not in NEWER_OF_SETS}
    lines = write_sssom(replace(draft, header=kept)).splitlines(keepends=True)
    columns = next(line for line in lines if not line.startswith("#")).rstrip("\n").split("\t")
    declared = [
        f'#  - slot_name: {slot}\n#    property: "{_SSSOM}{slot}"\n#    type_hint: "xsd:string"\n'
        for slot in NEWER
        if slot in columns
    ]
    at = lines.index(_MARK + "\n") + 1 if _MARK + "\n" in lines else 0
    added = declared if at else [_MARK + "\n", *declared]
    return Written("".join([*lines[:at], *added, *lines[at:]]).encode("utf-8"), losses.findings())


def _losses(draft: Draft, name: str) -> Losses:
    losses = Losses(name)
    for criterion in draft.criteria:
        losses.add("criteria", criterion.notation)
    return losses
