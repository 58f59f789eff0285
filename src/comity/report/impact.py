"""The verdicts that another edition or mapping set changes, as text for people and as plain data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from comity.authoring.comparing.impact import Impact, Judged, Reading
from comity.judgement.flips import Answer, Flip
from comity.model.scales import Verdict
from comity.report.words import counted, sentence, verdict_name, wrap

MOST = 6
"""Names that a line holds; the rest is counted."""

WHEN = {
    Reading.WITHDRAWN: "once {old} counts no more, for certificates that exist as well",
    Reading.RESTATED: "when statements about either are read as about {old}, then as about {new}",
    Reading.ROWS: "by the new rows",
}


def as_lines(judged: Judged | None, old: str = "", new: str = "") -> list[str]:
    """Write what changes on documents, each way of asking in a block of its own.

    :param old: notation of the old edition, where editions are compared.
    """
    if judged is None:
        return []
    lines = ["", *wrap(_judged(judged))]
    told: set[Reading] = set()
    for impact in judged.impacts:
        when = WHEN[impact.reading].format(old=old, new=new)
        lines += ["", *_impact(impact, when, impact.reading in told)]
        if impact.flips:
            told.add(impact.reading)
    return lines


def _judged(judged: Judged) -> str:
    claims = {id(v) for v in judged.impacts[0].verdicts if v.about not in judged.markets}
    rest = len(judged.impacts[0].verdicts) - len(claims)
    of = ", ".join(judged.markets)
    asked = f" and {counted(rest, 'requirement')} of {counted(len(judged.markets), 'market')} ({of})"
    return f"Judged on the documents as of {judged.on}: {counted(len(claims), 'claim')}{asked}."


def _impact(impact: Impact, when: str, others: bool) -> Iterator[str]:
    count = len(impact.flips)
    told = f"{counted(count, 'verdict')} {'changes' if count == 1 else 'change'}" if count else "No verdict changes"
    if impact.authority is not None:
        told = told.replace("verdict", "more verdict") if others else told
        when = f"{when} (--authority {impact.authority.token})"
    yield from wrap(f"{told} {when}.")
    yield from wrap(sentence(impact.why), 2, 2)
    for flip in impact.flips:
        yield from _flip(flip)
    if kept := [v for v in impact.verdicts if not v.changes]:
        yield from wrap(f"As before: {_kept(kept)}.", 2, 4)


def _flip(flip: Flip) -> Iterator[str]:
    yield from wrap(f"{flip.about}  {flip.rule}  about {flip.subject}", 2, 4)
    yield from wrap(f"{_name(flip.before)} -> {_name(flip.after)}", 4, 6)
    for word, side in (("before", flip.before), ("after", flip.after)):
        if side is not None:
            rows = f" By {named(side.rows)}." if side.rows else ""
            yield from wrap(f"{word}: {sentence(side.reason)}{rows}", 6, 8)


def _name(answer: Answer | None) -> str:
    if answer is None:
        return "not judged"
    later = f" (would be {verdict_name(answer.would_be)})" if answer.would_be is not None else ""
    return f"{verdict_name(answer.verdict)}{later}"


def _kept(kept: Sequence[Flip]) -> str:
    """Count what stays as it is by its verdict; name the rules but where they do not apply."""
    by: dict[Verdict, list[str]] = defaultdict(list)
    for flip in kept:
        answer = flip.after
        assert answer is not None
        by[answer.verdict].append(flip.rule)
    parts = []
    for verdict in sorted(by, key=lambda v: (v is Verdict.NOT_APPLICABLE, list(Verdict).index(v))):
        names = [] if verdict is Verdict.NOT_APPLICABLE else list(dict.fromkeys(by[verdict]))
        told = f": {named(names)}" if names else ""
        parts.append(f"{len(by[verdict])} {verdict_name(verdict)}{told}")
    return "; ".join(parts)


def named(names: Sequence[str]) -> str:
    """List names while they are few, and count the rest.

    >>> named(["a", "b"]), named([*"abcdefgh"])
    ('a, b', 'a, b, c, d, e, f and 2 more')
    """
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return ", ".join(names[:MOST]) + more


def as_data(judged: Judged | None) -> dict[str, object]:
    """Write every verdict before and after as plain data; ``flips`` are those that change."""
    if judged is None:
        return {"judged": None, "flips": None}
    return {
        "judged": {
            "on": judged.on.isoformat(),
            "markets": list(judged.markets),
            "readings": [
                {
                    "reading": i.reading.value,
                    "authority": _token(i),
                    "why": i.why,
                    "verdicts": [_datum(v, i) for v in i.verdicts],
                }
                for i in judged.impacts
            ],
        },
        "flips": [_datum(v, i) for i in judged.impacts for v in i.flips],
    }


def _datum(flip: Flip, impact: Impact) -> dict[str, object]:
    found: dict[str, object] = {
        "reading": impact.reading.value,
        "authority": _token(impact),
        "about": flip.about,
        "rule": flip.rule,
        "subject": flip.subject,
        "flips": flip.changes,
    }
    for word, side in (("before", flip.before), ("after", flip.after)):
        found[word] = side.verdict.value if side else None
        found[f"{word}_would_be"] = side.would_be.value if side and side.would_be else None
        found[f"{word}_reason"] = side.reason if side else None
        found[f"{word}_rows"] = list(side.rows) if side else []
    return found


def _token(impact: Impact) -> str | None:
    return impact.authority.token if impact.authority is not None else None
