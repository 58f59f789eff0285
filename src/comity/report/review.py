"""What is open in mapping sets, as text for people and as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from comity.algebra.relation import token
from comity.authoring.review.signing import Signed
from comity.authoring.review.status import MEANINGS, Open, Reviewed, ReviewedSet
from comity.model.criteria import Criterion
from comity.model.mappings import Row
from comity.report.words import counted, wrap


def as_text(sets: Sequence[ReviewedSet], criteria: Mapping[str, Criterion], rows: bool) -> str:
    """Write what is open, set by set.

    :param rows: each row too, and not only their number.
    """
    lines: list[str] = []
    for one in sets:
        lines += [*_heading(one), *(_rows(one, criteria) if rows else ())]
        lines += ["  " + f"{f.place.path}: {f.message}" for f in one.findings]
    counts = Counter(point for one in sets for r in one.rows for point in r.open)
    total = sum(len(one.rows) for one in sets)
    waiting = sum(bool(r.open) for one in sets for r in one.rows)
    lines += ["", f"{counted(total, 'row')} in {counted(len(sets), 'mapping set')}, {waiting} with something open"]
    width = max((len(str(n)) for n in counts.values()), default=1)
    lines += [f"  {counts[point]:>{width}}  {point.value}: {MEANINGS[point]}" for point in Open if counts[point]]
    return "\n".join(lines).lstrip("\n")


def _heading(one: ReviewedSet) -> Iterator[str]:
    waiting = sum(bool(r.open) for r in one.rows)
    yield ""
    yield f"{one.name}: {counted(len(one.rows), 'row')}, {waiting} with something open"
    yield from wrap(f"asserted by {_people(r.signatures.author for r in one.rows)}", 2, 2)
    reviewers = _people(name for r in one.rows for name in (r.signatures.reviewer or "nobody").split("|"))
    yield from wrap(f"reviewed by {reviewers}", 2, 2)


def _people(names: Iterable[str]) -> str:
    counts = Counter(name or "nobody who is named" for name in names)
    return ", ".join(f"{name} ({count})" for name, count in sorted(counts.items(), key=lambda x: (-x[1], x[0])))


def _rows(one: ReviewedSet, criteria: Mapping[str, Criterion]) -> Iterator[str]:
    for r in one.rows:
        if r.open:
            yield from _row(r, criteria)


def _row(r: Reviewed, criteria: Mapping[str, Criterion]) -> Iterator[str]:
    row = r.row
    ends = [criteria[iri].notation if iri in criteria else iri for iri in (row.subject, row.object)]
    yield from wrap(f"{row.id}  {ends[0]} {_word(row)} {ends[1]} ({row.place.path})", 2, 4)
    yield from wrap(f"open: {', '.join(point.value for point in r.open)}", 6, 2)
    yield from wrap(_signed(r), 6, 2)
    if r.claimed:
        yield from wrap(f"claims to be {r.claimed}, earns {r.row.authority.token}", 6, 2)
    for no in r.signatures.objections:
        yield from wrap(f"objection: {no}", 6, 2)
    if r.against:
        yield from wrap(f"others say otherwise: {', '.join(r.against)}", 6, 2)


def _signed(r: Reviewed) -> str:
    said = f"{r.row.authority.token}; asserted by {r.signatures.author or 'nobody who is named'}"
    said += f" on {r.row.stated_on}" if r.row.stated_on else ""
    if not r.signatures.agreeing:
        return said + "; reviewed by nobody"
    when = f" on {r.signatures.reviewed_on}" if r.signatures.reviewed_on else ""
    agreement = r.signatures.agreement
    share = f", agreement {agreement:g}" if agreement is not None and agreement < 1 else ""
    return f"{said}; reviewed by {r.signatures.reviewer.replace('|', ', ')}{when}{share}"


def _word(row: Row) -> str:
    return ("not " if row.negated else "") + (token(row.mask) or row.predicate.rpartition(":")[2])


def as_data(sets: Sequence[ReviewedSet]) -> list[dict[str, object]]:
    """Write what is open as plain data, every row with it."""
    return [
        {
            "set": one.name,
            "rows": [_data(r) for r in one.rows],
            "errors": [{"place": f.place.path, "code": f.code, "message": f.message} for f in one.findings],
        }
        for one in sets
    ]


def _data(r: Reviewed) -> dict[str, object]:
    row, signatures = r.row, r.signatures
    return {
        "id": row.id,
        "place": row.place.path,
        "subject": row.subject,
        "relation": _word(row),
        "object": row.object,
        "authority": r.row.authority.token,
        "claimed": r.claimed or None,
        "author": signatures.author or None,
        "author_ids": list(signatures.authors),
        "stated_on": row.stated_on.isoformat() if row.stated_on else None,
        "reviewers": list(signatures.names or signatures.reviewers),
        "reviewer_ids": list(signatures.reviewers),
        "reviewed_on": signatures.reviewed_on or None,
        "agreement": signatures.agreement,
        "objections": [
            {"by": o.by, "name": o.name, "on": o.on.isoformat() if o.on else None, "why": o.why}
            for o in signatures.objections
        ],
        "against": list(r.against),
        "open": [point.value for point in r.open],
    }


def signed_as_text(name: str, signed: Sequence[Signed]) -> str:
    """Write what a signature did."""
    lines = []
    for one in signed:
        became = f"{one.before.token} -> {one.after.token}" if one.before is not one.after else one.after.token
        text = f"{one.id}: {became}" if one.changed else f"{one.id}: had this signature already"
        note = "; the relation is still open, it counts as a lead" if one.open else ""
        lines += wrap(text + note, 2, 2)
        lines += wrap(f"it stays {one.after.token}: {one.why}", 6, 2) if one.why else []
    changed = sum(one.changed for one in signed)
    return "\n".join([f"{name}: {counted(changed, 'row')} signed", *lines])
