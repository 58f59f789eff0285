"""Write mapping rows as SSSOM TSV, 1.1 or 1.0, with embedded metadata."""

from __future__ import annotations

from dataclasses import replace

from comity.authoring.draft import Draft
from comity.authoring.exchange.written import Losses, Written
from comity.authoring.sssom import write_sssom
from comity.formats.sssom import SLOTS as _SSSOM
from comity.model.knowledge import Knowledge
from comity.model.places import Finding, Place, Severity

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

_OLDER = "comity_"
"""What the name of a newer slot begins with in SSSOM 1.0: no extension may have the name of a slot of a later version,
else whoever reads both refuses the set."""
_MARK = "#extension_definitions:"


def write(draft: Draft, knowledge: Knowledge) -> Written:
    """Write SSSOM 1.1, which carries all that Comity keeps of rows."""
    del knowledge
    stated = replace(draft, header={**draft.header, "sssom_version": "1.1"})
    return Written(write_sssom(stated).encode("utf-8"), (*_needed(draft), *_losses(draft, "SSSOM 1.1").findings()))


def write_first(draft: Draft, knowledge: Knowledge) -> Written:
    """Write SSSOM 1.0: slots that are newer are declared as extensions of it, by the property that they have."""
    del knowledge
    losses = _losses(draft, "SSSOM 1.0")
    for key in NEWER_OF_SETS[1:]:
        if key in draft.header:
            losses.add("newer metadata", key)
    kept = {k: v for k, v in draft.header.items() if k not in NEWER_OF_SETS}
    lines = write_sssom(replace(draft, header=kept)).splitlines(keepends=True)
    row = next(n for n, line in enumerate(lines) if not line.startswith("#"))
    columns = lines[row].rstrip("\n").split("\t")
    lines[row] = "\t".join(_OLDER + c if c in NEWER else c for c in columns) + "\n"
    declared = [
        f'#  - slot_name: {_OLDER}{slot}\n#    property: "{_SSSOM}{slot}"\n#    type_hint: "xsd:string"\n'
        for slot in NEWER
        if slot in columns
    ]
    at = lines.index(_MARK + "\n") + 1 if _MARK + "\n" in lines else 0
    added = declared if at else [_MARK + "\n", *declared]
    content = "".join([*lines[:at], *added, *lines[at:]]).encode("utf-8")
    return Written(content, (*_needed(draft), *losses.findings()))


def _needed(draft: Draft) -> tuple[Finding, ...]:
    """Tell what SSSOM asks of every set and this one does not say."""
    if draft.header.get("mapping_set_id"):
        return ()
    message = "The set has no address of its own (mapping_set_id), and other programs refuse a set without one."
    fix = "Write it in the header: #mapping_set_id: https://…"
    return (Finding("needed", Severity.ERROR, Place(draft.name), message, fix),)


def _losses(draft: Draft, name: str) -> Losses:
    losses = Losses(name)
    for criterion in draft.criteria:
        losses.add("criteria", criterion.notation)
    return losses
