"""Rows as slots of SSSOM, by name, for formats that carry them as properties."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from comity.authoring.draft import DraftRow
from comity.knowledge.vocabulary import token
from comity.model.places import Place
from comity.model.scales import Authority, Basis

TEXTS: Mapping[str, str] = {
    "record_id": "id",
    "subject_label": "subject_label",
    "object_label": "object_label",
    "mapping_justification": "justification",
    "author_id": "author_id",
    "author_label": "author_label",
    "reviewer_id": "reviewer_id",
    "reviewer_label": "reviewer_label",
    "comment": "reason",
    "scope": "scope",
    "joint_group": "joint_group",
    "predicate_label": "foreign",
    "other": "note",
}
"""Slot to the field of :class:`~comity.authoring.draft.DraftRow` that is a text."""
DAYS: Mapping[str, str] = {"mapping_date": "stated_on", "valid_from": "valid_from", "valid_until": "valid_until"}
"""Slot to the field that is a day."""
_MEANT = frozenset({*TEXTS, *DAYS, "authority", "basis"})


def slots(row: DraftRow) -> dict[str, str]:
    """Return what a row says beside its ends, its relation and its confidence, by slot; empty ones left out."""
    found = {slot: getattr(row, name) for slot, name in TEXTS.items()}
    found |= {slot: day.isoformat() for slot, name in DAYS.items() if (day := getattr(row, name)) is not None}
    found["authority"] = row.authority.token if row.authority is not None else ""
    found["basis"] = row.basis.value if row.basis is not None else ""
    found |= row.more
    return {slot: text for slot, text in found.items() if text}


def filled(
    texts: Mapping[str, str],
    *,
    subject: str,
    predicate: str,
    object_: str,
    place: Place,
    negated: bool = False,
    confidence: float | None = None,
) -> DraftRow:
    """Return the row whose slots are these: what :func:`slots` took apart.

    A word that is none of a closed list stays among the other slots, where it is seen.
    """
    texts = {slot: text for slot, text in texts.items() if text}
    fields = {name: texts[slot] for slot, name in TEXTS.items() if slot in texts}
    days = {name: _day(texts[slot]) for slot, name in DAYS.items() if slot in texts}
    authority = next((a for a in Authority if a.token == token(texts.get("authority", ""))), None)
    basis = next((b for b in Basis if b.value == token(texts.get("basis", ""))), None)
    return DraftRow(
        subject=subject,
        predicate=predicate,
        object=object_,
        place=place,
        negated=negated,
        confidence=confidence,
        authority=authority,
        basis=basis,
        more={slot: text for slot, text in texts.items() if slot not in _MEANT},
        **fields,  # type: ignore[arg-type]
        **days,  # type: ignore[arg-type]
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
