"""What is open in mapping sets: rows that nobody has reviewed, that lack something, went stale or are disputed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum

from comity.algebra.relation import converse
from comity.authoring.review.signatures import Signatures
from comity.authoring.review.signing import effective
from comity.formats.sssom import SssomFile, SssomRow
from comity.knowledge.loader import mapping_sets
from comity.model.classes import dataclass
from comity.model.criteria import SchemeVersion
from comity.model.knowledge import Knowledge
from comity.model.mappings import Relation, Row
from comity.model.places import Finding, Severity
from comity.model.scales import Authority


class Open(Enum):
    """What somebody has to see to."""

    UNREVIEWED = "unreviewed"
    DRAFT = "draft"
    SUGGESTED = "suggested"
    NO_REASON = "no-reason"
    NO_CONFIDENCE = "no-confidence"
    STALE = "stale"
    DISAGREEMENT = "disagreement"
    SELF_REVIEWED = "self-reviewed"
    UNEARNED = "unearned"
    RELATION_OPEN = "relation-open"


MEANINGS: Mapping[Open, str] = {
    Open.UNREVIEWED: "nobody has reviewed it",
    Open.DRAFT: "it is a draft",
    Open.SUGGESTED: "a machine suggests it, and nobody has signed",
    Open.NO_REASON: "it gives no reason",
    Open.NO_CONFIDENCE: "it says nothing of its confidence",
    Open.STALE: "it ends on a superseded edition",
    Open.DISAGREEMENT: "those who signed disagree",
    Open.SELF_REVIEWED: "its reviewer is its author",
    Open.UNEARNED: "it claims an authority that its signers do not have",
    Open.RELATION_OPEN: "a machine suggests the pair, and how the two relate is open",
}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One row, with who signed it and what is open.

    :param claimed: the authority that its cell states, where its signers do not have that.
    :param against: ids of rows by others that say otherwise of the same pair.
    """

    row: Row
    signatures: Signatures
    open: tuple[Open, ...]
    claimed: str = ""
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewedSet:
    """One mapping set.

    :param findings: errors, for which rows may be missing.
    """

    name: str
    rows: tuple[Reviewed, ...]
    findings: tuple[Finding, ...]


def review(knowledge: Knowledge, files: Iterable[SssomFile], on: date) -> tuple[ReviewedSet, ...]:
    """Say of each row of mapping sets who signed it, and what is open on a day."""
    listed = list(files)
    read = mapping_sets(knowledge, listed)
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in read.rows:
        rows[row.place.document].append(row)
    errors = [f for f in read.findings if f.severity is Severity.ERROR]
    others = _by_pair({(r.place.document, r.id): r for r in (*knowledge.rows, *read.rows)}.values())
    versions = _versions(knowledge)
    return tuple(
        ReviewedSet(
            file.name,
            tuple(_reviewed(file, rows[file.name], versions, others, on)),
            tuple(f for f in errors if f.place.document == file.name),
        )
        for file in listed
    )


Versions = Mapping[str, SchemeVersion]
Pairs = Mapping[frozenset[str], Sequence[Row]]


def _versions(knowledge: Knowledge) -> Versions:
    known = knowledge.schemes
    return {iri: known[c.version] for iri, c in knowledge.criteria.items() if c.version in known}


def _by_pair(rows: Iterable[Row]) -> Pairs:
    pairs: dict[frozenset[str], list[Row]] = defaultdict(list)
    for row in rows:
        pairs[frozenset((row.subject, row.object))].append(row)
    return pairs


def _reviewed(file: SssomFile, rows: Iterable[Row], versions: Versions, others: Pairs, on: date) -> Iterator[Reviewed]:
    records = {f"line {r.line}": r for r in file.rows}
    for row in rows:
        record: SssomRow = records[row.place.pointer]
        cells = effective(file, record)
        signatures = Signatures.of(cells)
        against = tuple(r.id for r in others[frozenset((row.subject, row.object))] if _denies(row, r))
        stated = cells.get("authority", "")
        claimed = stated if stated and stated != row.authority.token else ""
        found = tuple(_open(row, signatures, versions, on, bool(against), bool(claimed)))
        yield Reviewed(row, signatures, found, claimed, against)


def _open(
    row: Row,
    signatures: Signatures,
    versions: Versions,
    on: date,
    denied: bool,
    claims: bool,
) -> Iterator[Open]:
    recognised = row.authority is Authority.RECOGNISED_IN_LAW
    if signatures.objections or denied:
        yield Open.DISAGREEMENT
    if claims:
        yield Open.UNEARNED
    if _stale(row, versions, on):
        yield Open.STALE
    if row.authority is Authority.SUGGESTED:
        yield Open.RELATION_OPEN if row.mask is Relation.ANYTHING else Open.SUGGESTED
    elif row.authority is Authority.DRAFT:
        yield Open.DRAFT
    if signatures.agreement is None and not recognised:
        yield Open.UNREVIEWED
    elif signatures.only_by_author and not recognised:
        yield Open.SELF_REVIEWED
    if not row.reason:
        yield Open.NO_REASON
    if row.confidence is None:
        yield Open.NO_CONFIDENCE


def _stale(row: Row, versions: Versions, on: date) -> bool:
    """Tell whether a row ends on an edition that is out of force, unless it says what became of that edition."""
    ends = [versions.get(row.subject), versions.get(row.object)]
    if len({v.scheme for v in ends if v}) == 1 and None not in ends:
        return False
    return any(v and (v.superseded_by or _over(v.withdrawn_from, on) or _over(v.in_force_until, on)) for v in ends)


def _over(day: date | None, on: date) -> bool:
    return day is not None and day < on


def _denies(row: Row, other: Row) -> bool:
    """Tell whether another's row says what cannot be true together with this one."""
    if (row.author, row.reviewer) == (other.author, other.reviewer) or row.id == other.id:
        return False
    mask = other.mask if other.subject == row.subject else converse(other.mask)
    return not row.mask & mask
