"""Suggested pairs as text for people and as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from comity.authoring.suggesting.rows import reasons
from comity.authoring.suggesting.suggest import Suggestion
from comity.model.criteria import SchemeVersion
from comity.model.knowledge import Knowledge
from comity.report.words import counted, wrap


def as_text(
    knowledge: Knowledge, subject: SchemeVersion, object_: SchemeVersion, found: Sequence[Suggestion], known: int
) -> str:
    """Write suggestions under the criterion that they are for.

    :param known: how many pairs were left out because somebody has judged them.
    """
    left = f" {counted(known, 'pair')} that a row relates or somebody declined left out." if known else ""
    lines = wrap(f"{subject.label} ({subject.notation}) to {object_.label} ({object_.notation}).{left}")
    if not found:
        return "\n".join([*lines, "", "No pair is suggested."])
    for one, several in groupby(found, key=lambda s: s.subject):
        lines += ["", *wrap(f"{one.notation}  {one.label}", 0, 2)]
        for s in several:
            lines += wrap(f"{s.score:.2f}  {s.object.notation}  {s.object.label}", 2, 6)
            lines += [line for reason in reasons(knowledge, s) for line in wrap(reason, 8, 2)]
    ends = len({s.subject.iri for s in found})
    lines += [
        "",
        f"{counted(len(found), 'pair')} for {counted(ends, 'criterion', 'criteria')}; how they relate is open.",
    ]
    return "\n".join(lines)


def as_data(knowledge: Knowledge, found: Sequence[Suggestion]) -> list[dict[str, object]]:
    """Write suggestions as plain data."""
    return [
        {
            "subject": _criterion(s.subject.iri, s.subject.notation, s.subject.label),
            "object": _criterion(s.object.iri, s.object.notation, s.object.label),
            "score": s.score,
            "reasons": list(reasons(knowledge, s)),
            "words": list(s.words),
            "topics": list(s.topics),
            "metric": s.limits[0].metric if s.limits else None,
            "path": [r.id for r in s.passage.rows] if s.passage else [],
        }
        for s in found
    ]


def _criterion(iri: str, notation: str, label: str) -> dict[str, str]:
    return {"iri": iri, "notation": notation, "label": label}
