"""What changed between two editions or two mapping sets, as text for people and as plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from comity.algebra.relation import token
from comity.authoring.comparing.editions import Change, Changed, Comparison
from comity.authoring.comparing.impact import Judged
from comity.authoring.comparing.limits import ChangedLimit, LimitChange
from comity.authoring.comparing.row_changes import RowDifference
from comity.knowledge.limit_words import in_words, number
from comity.model.criteria import Criterion, Limit
from comity.model.knowledge import Knowledge
from comity.model.mappings import Row
from comity.report.impact import as_data, as_lines
from comity.report.words import counted, wrap

TITLES = {
    Change.ADDED: "New",
    Change.REMOVED: "Removed: nothing stands for them",
    Change.SPLIT: "Split",
    Change.MERGED: "Merged",
    Change.TIGHTENED: "Tightened: asks for more than before",
    Change.LIMIT_ADDED: "Limit added: asks for a number that it did not ask for",
    Change.LOOSENED: "Loosened: asks for less than before",
    Change.LIMIT_REMOVED: "Limit removed: asks for a number no more",
    Change.LIMIT_CHANGED: "Limit changed: asks for other numbers, neither more nor less",
    Change.LEVEL: "Other level: asked of something else than before",
    Change.KIND: "Other kind of obligation",
    Change.RENUMBERED: "Renumbered",
    Change.REWORDED: "Reworded",
    Change.KEPT: "Kept as they were",
}
ALSO = {Change.LEVEL: "other level", Change.KIND: "other kind"}
"""What is said beside what is graver; the others by their own name."""
LIMITS = {
    LimitChange.MORE: "asks for more",
    LimitChange.LESS: "asks for less",
    LimitChange.OTHER: "asks for something else",
    LimitChange.COME: "new number",
    LimitChange.GONE: "number gone",
}
MOST = 8
"""Names that a line holds; the rest is counted."""


def editions_as_text(found: Comparison, judged: Judged | None, knowledge: Knowledge) -> str:
    """Write what changed between two editions; each criterion stands under the gravest of its changes.

    :param knowledge: that the editions are of; it has the names of metrics and qualifiers.
    """
    lines = wrap(f"From {found.old.label} ({found.old.notation}) to {found.new.label} ({found.new.notation}).")
    for change, title in TITLES.items():
        several = [c for c in found.changed if c.changes[0] is change]
        if several:
            lines += ["", f"{title} ({len(several)})"]
            lines += [line for c in several for line in _changed(c, knowledge)]
    lines += _stale(found)
    lines += _bound(found)
    lines += as_lines(judged, found.old.notation, found.new.notation)
    return "\n".join(lines)


def _changed(c: Changed, knowledge: Knowledge) -> Iterator[str]:
    old, new = (" and ".join(x.notation for x in side) for side in (c.old, c.new))
    label = (c.new or c.old)[0].label
    if not c.old or not c.new:
        yield from wrap(f"{old or new}  {label}", 2, 4)
        return
    also = [ALSO.get(change, change.value) for change in c.changes[1:]]
    share = f"{round(100 * (c.share or 0))} % of the words are the same"
    how = (
        f"guessed{' by number and title' if c.by_name else ''}: {share}"
        if c.guessed
        else ", ".join(sorted({_word(r) for r in c.rows}))
    )
    yield from wrap(f"{old} -> {new}  {label} ({'; '.join([how, *also])})", 2, 4)
    for limit in c.limits:
        yield from wrap(f"{LIMITS[limit.change]}: {_numbers(limit, knowledge)}", 6, 2)
    for change, word in ((Change.LEVEL, "level"), (Change.KIND, "kind")):
        if change in c.changes:
            before, after = (_fixed(side[0])[word] for side in (c.old, c.new))
            yield from wrap(f"{word}: {before} -> {after}", 6, 2)


def _numbers(found: ChangedLimit, knowledge: Knowledge) -> str:
    """Write a limit before and after; what both are of is said once."""
    old, new = found.old, found.new
    if old is None or new is None:
        return "".join(in_words(knowledge, side) for side in (old, new) if side is not None)
    same = (old.role, dict(old.qualifiers), old.start_event) == (new.role, dict(new.qualifiers), new.start_event)
    after = number(new) if same and old.value is not None else ""
    return f"{in_words(knowledge, old)} -> {after or in_words(knowledge, new)}"


def _fixed(c: Criterion) -> dict[str, str]:
    """Write of whom a criterion asks, and what sort of thing."""
    unit = f" (each {', '.join(sorted(c.unit_parts))})" if c.unit_parts else ""
    return {"level": c.level.value + unit, "kind": c.kind.value}


def _word(row: Row) -> str:
    return ("not " if row.negated else "") + (token(row.mask) or row.predicate.rpartition(":")[2])


def _stale(found: Comparison) -> list[str]:
    if not found.stale:
        return ["", f"No mapping row ends on {found.old.notation} but those to {found.new.notation}."]
    lines = ["", f"Mapping rows that go stale with {found.old.notation}: {len(found.stale)}"]
    for file, several in _by(found.stale, lambda r: r.place.document).items():
        lines += wrap(f"{file}: {_named([r.id for r in several])}", 2, 4)
    return lines


def _bound(found: Comparison) -> list[str]:
    if not found.bound:
        return [f"No market binds a criterion of {found.old.notation}."]
    return wrap(f"Requirements that bind {found.old.notation}: {_named([r.notation for r in found.bound])}", 0, 2)


def rows_as_text(found: Sequence[RowDifference], judged: Judged | None) -> str:
    """Write what changed between two mapping sets."""
    lines = [f"{counted(len(found), 'row')} differ" if len(found) != 1 else "1 row differs"]
    for d in found:
        row = d.new or d.old
        assert row is not None
        place = f"{row.place.document} {row.place.path}".strip()
        lines += wrap(f"{d.change.value}  {row.id}  ({place})", 2, 4)
        lines += [f"      {text}" for text in _fields(d)]
    lines += as_lines(judged)
    return "\n".join(lines)


def _fields(d: RowDifference) -> Iterator[str]:
    if d.old is None or d.new is None:
        return
    for name in d.fields:
        old, new = (_value(row, name) for row in (d.old, d.new))
        yield f"{name.replace('_', ' ')}: {old} -> {new}"


def _value(row: Row, name: str) -> str:
    if name == "mask":
        return _word(row)
    if name == "ends":
        return f"{row.subject} {row.object}"
    value = getattr(row, name)
    return getattr(value, "token", None) or (str(value) if value not in (None, "") else "none")


def editions_as_data(found: Comparison, judged: Judged | None, knowledge: Knowledge) -> dict[str, object]:
    """Write what changed between two editions as plain data.

    :param knowledge: that the editions are of; it has the names of metrics and qualifiers.
    """
    return {
        "old": found.old.notation,
        "new": found.new.notation,
        "changes": [
            {
                "changes": [change.value for change in c.changes],
                "old": [_criterion(x) for x in c.old],
                "new": [_criterion(x) for x in c.new],
                "rows": [r.id for r in c.rows],
                "guessed": c.guessed,
                "share": None if c.share is None else round(c.share, 3),
                "limits": [_limit(x, knowledge) for x in c.limits],
            }
            for c in found.changed
        ],
        "stale": [_row(r) for r in found.stale],
        "requirements": [{"market": r.market, "requirement": r.notation} for r in found.bound],
        **as_data(judged),
    }


def rows_as_data(found: Sequence[RowDifference], judged: Judged | None) -> dict[str, object]:
    """Write what changed between two mapping sets as plain data."""
    return {
        "rows": [
            {
                "change": d.change.value,
                "old": _row(d.old) if d.old else None,
                "new": _row(d.new) if d.new else None,
                "fields": list(d.fields),
                "matters": d.matters,
            }
            for d in found
        ],
        **as_data(judged),
    }


def _criterion(c: Criterion) -> dict[str, str]:
    return {"notation": c.notation, "iri": c.iri, "label": c.label, **_fixed(c)}


def _limit(found: ChangedLimit, knowledge: Knowledge) -> dict[str, str | None]:
    def words(limit: Limit | None) -> str | None:
        return None if limit is None else in_words(knowledge, limit)

    return {"change": found.change.value, "old": words(found.old), "new": words(found.new)}


def _row(r: Row) -> dict[str, str]:
    return {"id": r.id, "subject": r.subject, "predicate": _word(r), "object": r.object, "file": r.place.document}


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:MOST]) + (f" and {len(names) - MOST} more" if len(names) > MOST else "")


def _by(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found
