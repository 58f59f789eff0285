"""What the law recognises, and in which scope (semantics, section 4, Authority of a row)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from comity.algebra.edges import Edge
from comity.model.classes import dataclass
from comity.model.knowledge import Knowledge
from comity.model.mappings import Row
from comity.model.places import Finding, Severity
from comity.model.requirements import Recognition
from comity.model.scales import Authority, Basis


@dataclass(frozen=True, slots=True)
class Recognised:
    """Rows, each with the authority that it has earned.

    :param by_row: id of a row to the recognition that it rests on.
    :param lowered: rows that claim to be recognised in law, and by no recognition that is known are.
    """

    rows: tuple[Row, ...]
    by_row: Mapping[str, Recognition]
    lowered: tuple[Row, ...] = ()


def weigh(rows: Iterable[Row], knowledge: Knowledge, on: date) -> Recognised:
    """Lower rows that claim to be recognised in law to what their signers give, unless a recognition names them then.

    A recognition names the row and the edition that it recognises, and has been checked.
    """
    kept: list[Row] = []
    by_row: dict[str, Recognition] = {}
    lowered: list[Row] = []
    for row in rows:
        if row.authority is not Authority.RECOGNISED_IN_LAW:
            kept.append(row)
            continue
        found = rests_on(row, knowledge, on)
        if found is None:
            lowered.append(row)
            kept.append(replace(row, authority=row.signed))
        else:
            by_row[row.id] = found
            kept.append(row)
    return Recognised(tuple(kept), by_row, tuple(lowered))


def rests_on(row: Row, knowledge: Knowledge, on: date) -> Recognition | None:
    """Return the recognition that names a row on a day, ``None`` when there is none."""
    if row.authority is not Authority.RECOGNISED_IN_LAW:
        return None
    return next((r for r in knowledge.recognitions if _names(r, row, knowledge, on)), None)


def authority(
    edge: Edge, subject: str, by_row: Mapping[str, Recognition], within: Callable[[str, str], bool]
) -> Authority:
    """Return the authority of an edge for one subject: a recognition for some materials is none for others."""
    if edge.authority is not Authority.RECOGNISED_IN_LAW:
        return edge.authority
    for recognition in (by_row[r.id] for r in edge.rows if r.id in by_row):
        words = {w for m in recognition.materials for w in (m, m.replace(" ", "-"))}
        if words and not any(within(subject, w) for w in words):
            return min(row.signed for row in edge.rows)
    return edge.authority


def findings(lowered: Iterable[Row]) -> Iterable[Finding]:
    """Say which rows count as less than they claim."""
    for row in lowered:
        message = (
            f"row {row.id} claims to be recognised in law, by nothing that is known on the day; "
            f"it counts as {row.signed.token}."
        )
        fix = "Add a comity:Recognition that names the row and the edition."
        yield Finding("standing", Severity.WARNING, row.place, message, fix)


def _names(recognition: Recognition, row: Row, knowledge: Knowledge, on: date) -> bool:
    ends = [knowledge.criteria.get(iri) for iri in (row.subject, row.object)]
    editions = {c.version for c in ends if c is not None}
    if (
        row.id not in recognition.rows
        or recognition.recognised not in editions
        or recognition.basis is Basis.NOT_VERIFIED
    ):
        return False
    begun = recognition.valid_from is None or recognition.valid_from <= on
    return begun and (recognition.valid_until is None or on <= recognition.valid_until)
