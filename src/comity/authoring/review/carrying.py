"""Carry signatures over to a mapping set that is made anew: a signature is on what was signed, and on nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest

from comity.authoring.draft import Draft, DraftRow
from comity.authoring.review.signatures import OBJECTION, Signatures, written
from comity.authoring.review.signing import effective, read
from comity.authoring.sssom import prefixes_for, record_ids
from comity.formats.sssom import expand
from comity.knowledge.slots import PREFIXES
from comity.model.classes import dataclass
from comity.model.errors import UnreadableError
from comity.model.knowledge import Knowledge
from comity.model.places import Place
from comity.model.scales import Authority, Basis

_SIGNED = ("review_date", "reviewer_agreement", OBJECTION)
"""The columns of a signature that a table of the author's has no column of its own for."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of the signatures of one row.

    :param id: its record id, as the new set writes it; as the old one did where the row is gone.
    :param people: who had signed.
    :param changed: what differs from what they signed.
    :param standing: who of them stands in the author's own table, although the row is no longer what they signed.
    :param gone: whether the new set has no such row.
    """

    id: str
    people: tuple[str, ...]
    changed: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    gone: bool = False

    @property
    def kept(self) -> bool:
        """Tell whether the signatures are kept."""
        return not self.changed and not self.gone


def carry(old: Draft, new: Draft, knowledge: Knowledge) -> tuple[Draft, tuple[Carried, ...]]:
    """Give the rows of a set that is made anew the signatures that the set holds, row by row.

    A row is known by its record id or, where that has changed, by what it says. It keeps its signatures when what
    they are on is the same: both ends, the relation, the reason, the scope, what it holds together with, from when to
    when, and whether it is verified. Who stands as reviewer in the new rows alone stays there.

    :param old: the set as it is.
    :param new: the set as the author's table says; without signatures, or with those that it had when it was made.
    :returns: the new set, and what became of the signatures of each row that had any.
    """
    before, names = _by_id(old), _ids(new)
    said = {_statement(row): key for key, row in before.items()}
    found: dict[str, Carried] = {}
    rows = []
    for key, row in zip(names, new.rows, strict=True):
        known = key if key in before else said.get(_statement(row), "")
        earlier = before.get(known)
        if earlier is None or not _signed(earlier) or known in found:
            rows.append(row)
            continue
        changed = _changed(earlier, row)
        rows.append(row if changed else _with(earlier, row, knowledge, (old, new)))
        standing = _standing(earlier, row) if changed else ()
        found[known] = Carried(_short(key, new), _people(earlier), changed, standing)
    for known, row in before.items():
        if known not in found and _signed(row):
            found[known] = Carried(_short(known, old), _people(row), gone=True)
    return replace(new, rows=tuple(rows)), tuple(found.values())


def has_row_of(old: Draft, new: Draft) -> bool:
    """Tell whether two sets share a row, by its record id or by what it says."""
    ids, said = set(_ids(old)), {_statement(row) for row in old.rows}
    return any(key in ids for key in _ids(new)) or any(_statement(row) in said for row in new.rows)


def signed_rows(content: bytes, name: str) -> Draft:
    """Read a mapping set in SSSOM TSV as it stands, rows that an edition no longer fits as well.

    :raises UnreadableError: when a part of it cannot be read, in which there may be signatures.
    """
    file = read(content, name)
    for found in file.findings:
        raise UnreadableError(found.code, found.place, found.message, found.fix)
    prefixes = {**PREFIXES, **file.prefixes}
    rows = (_row(effective(file, r), prefixes, file.place(r.line)) for r in file.rows)
    return Draft(name, "mappings", rows=tuple(rows), header=file.header, prefixes=file.prefixes)


def _row(cells: Mapping[str, str], prefixes: Mapping[str, str], place: Place) -> DraftRow:
    def iri(slot: str) -> str:
        return expand(cells.get(slot, ""), prefixes) or cells.get(slot, "")

    return DraftRow(
        subject=iri("subject_id"),
        predicate=iri("predicate_id"),
        object=iri("object_id"),
        place=place,
        id=cells.get("record_id", ""),
        negated=bool(cells.get("predicate_modifier")),
        reason=cells.get("comment", ""),
        justification=iri("mapping_justification"),
        author_id=cells.get("author_id", ""),
        author_label=cells.get("author_label", ""),
        reviewer_id=cells.get("reviewer_id", ""),
        reviewer_label=cells.get("reviewer_label", ""),
        authority=next((a for a in Authority if a.token == cells.get("authority")), None),
        scope=cells.get("scope", ""),
        joint_group=cells.get("joint_group", ""),
        valid_from=_day(cells.get("valid_from", "")),
        valid_until=_day(cells.get("valid_until", "")),
        basis=next((b for b in Basis if b.value == cells.get("basis")), None),
        more={slot: cells[slot] for slot in (*_SIGNED, "creator_id") if slot in cells},
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


_WHAT = ("subject", "relation", "object", "reason", "scope", "joint group", "validity", "basis")


def _statement(row: DraftRow) -> tuple[object, ...]:
    """Return what a signature is on, in the order of the names for it."""
    return (
        row.subject,
        (row.predicate, row.negated),
        row.object,
        " ".join(row.reason.split()),
        row.scope,
        row.joint_group,
        (row.valid_from, row.valid_until),
        row.basis is Basis.NOT_VERIFIED,
    )


def _changed(earlier: DraftRow, row: DraftRow) -> tuple[str, ...]:
    pairs = zip(_WHAT, _statement(earlier), _statement(row), strict=True)
    return tuple(name for name, one, other in pairs if one != other)


def _ids(draft: Draft) -> list[str]:
    prefixes = prefixes_for(draft)
    return [expand(key, prefixes) or key for key in record_ids(draft)]


def _short(key: str, draft: Draft) -> str:
    """Return a record id as its set writes it."""
    return dict(zip(_ids(draft), record_ids(draft), strict=True)).get(key, key)


def _by_id(draft: Draft) -> dict[str, DraftRow]:
    return dict(zip(_ids(draft), draft.rows, strict=True))


def _cells(row: DraftRow, header: Mapping[str, object]) -> dict[str, str]:
    """Return the cells that signatures are read from, those that the header states for all rows with them."""
    stated = {k: str(v) for k, v in header.items() if k in ("author_id", "author_label", "creator_id")}
    own = {
        **row.more,
        "author_id": row.author_id,
        "author_label": row.author_label,
        "reviewer_id": row.reviewer_id,
        "reviewer_label": row.reviewer_label,
    }
    return {**stated, **{k: v for k, v in own.items() if v}}


def _signed(row: DraftRow) -> bool:
    """Tell whether somebody has signed; a name that an author has typed is no more than that."""
    return bool(row.reviewer_id or any(row.more.get(slot) for slot in _SIGNED))


def _people(row: DraftRow) -> tuple[str, ...]:
    signatures = Signatures.of(_cells(row, {}))
    agreeing = signatures.names or signatures.reviewers
    against = (f"{o.name or o.by or 'somebody'} (who does not agree)" for o in signatures.objections)
    return (*agreeing, *against)


def _standing(earlier: DraftRow, row: DraftRow) -> tuple[str, ...]:
    """Return who has signed the earlier row and stands with the same signature in the changed one."""
    one, other = Signatures.of(_cells(earlier, {})), Signatures.of(_cells(row, {}))
    objecting = [o.name or o.by for o in other.objections if o in one.objections]
    return (*(r for r in other.reviewers if r in one.reviewers), *objecting)


def _with(earlier: DraftRow, row: DraftRow, knowledge: Knowledge, sets: tuple[Draft, Draft]) -> DraftRow:
    """Give a row the signatures of the earlier one, and the authority that follows from them.

    Those in the set are the later ones: who has changed their mind there has done so.
    """
    one, other = Signatures.of(_cells(earlier, sets[0].header)), Signatures.of(_cells(row, sets[1].header))
    against = {o.by for o in one.objections} | {o.name for o in one.objections}
    agreeing = {*one.reviewers, *one.names}
    more_no = [o for o in other.objections if not {o.by, o.name} & (against | agreeing - {""})]
    signatures = replace(
        other,
        reviewers=_joined(one.reviewers, other.reviewers, against),
        names=_joined(one.names, other.names, against),
        reviewed_on=one.reviewed_on or other.reviewed_on,
        objections=(*one.objections, *more_no),
    )
    agreement = "" if signatures.agreement is None else f"{round(signatures.agreement, 2):g}"
    cells = (signatures.reviewed_on, agreement, written(signatures.objections))
    more = {k: v for k, v in row.more.items() if k not in _SIGNED}
    return replace(
        row,
        reviewer_id="|".join(signatures.reviewers),
        reviewer_label="|".join(signatures.names),
        authority=_authority(earlier, row, (one, signatures), knowledge),
        more=more | {slot: text for slot, text in zip_longest(_SIGNED, cells) if text},
    )


def _joined(one: Sequence[str], other: Iterable[str], but: set[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *(x for x in other if x not in but))))


def _authority(
    earlier: DraftRow, row: DraftRow, signed: tuple[Signatures, Signatures], knowledge: Knowledge
) -> Authority | None:
    """Return what the set says while the same people stand behind the row; else what these earn."""
    before, after = signed
    if row.authority is Authority.RECOGNISED_IN_LAW:
        return row.authority
    if replace(before, objections=()) == replace(after, objections=()):
        return earlier.authority
    versions = [
        knowledge.schemes.get(c.version) if (c := knowledge.criteria.get(iri)) else None
        for iri in (row.subject, row.object)
    ]
    earned = after.earn(versions, row.justification)
    return min(earned, earlier.authority or earned) if after.objections else earned
