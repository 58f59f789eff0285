"""Replay of mapping rows, and of the rows that follow from limits and decompositions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from comity.model.mappings import Relation, Row
from comity.model.places import Place
from comity.model.requirements import Recognition
from comity.model.scales import Authority, Basis
from comity.verify import law
from comity.verify.bench import Bench
from comity.verify.limits import ordered
from comity.verify.problems import shown
from comity.verify.relations import BITS, TRAVELS, together, within
from comity.verify.replay import Conclusion, Replay
from comity.verify.steps import Step
from comity.verify.values import SCOPE

DERIVED, PART = "derived", "part"


def row(replay: Replay, step: Step) -> None:
    """Rows are as the knowledge has them, say together what the step says, and carry the fact that it says."""
    source, target = step.text("subject"), step.text("object")
    found = [_row(replay, i, source, target) for i in step.texts("rows")]
    rows = [r for r in found if r is not None]
    if not rows or len(rows) < len(found) or len(set(step.texts("rows"))) < len(rows):
        known = sorted(r.id for r in replay.bench.rows.values() if {r.subject, r.object} == {source, target})
        replay.wrong(step, "rows", f"rows between {source} and {target}: {shown(known)}")
        return
    derived = all(r.predicate in (DERIVED, PART) for r in rows)
    if step.kind != ("derived-row" if derived else "mapping"):
        replay.wrong(step, "kind", "derived-row" if derived else "mapping", step.kind)
    replay.same(step, _expected(source, rows))
    _travels(replay, step, source, rows)
    _counts(replay, step, rows)
    subject = replay.shows(step, step.premises[0], step.text("given"), source) if step.premises else None
    about = replay.bench.scene.same.of(subject or replay.subject)
    authority, recognitions = law.earned(replay.bench, rows, about)
    replay.same(step, {"authority": None if derived else authority.token})
    if subject is not None:
        _premises(replay, step, rows, about, recognitions)
        replay.concluded[step.number] = Conclusion(step.text("fact"), target, subject)
    elif not step.premises:
        replay.wrong(step, "premises", f"a step that shows {step.text('given')} of {source}")
    if not derived:
        replay.sum.authorities.append(authority)
    replay.sum.rows |= {r.id: r for r in rows}
    replay.sum.disputed |= any(r.id in replay.bench.given.disputed or r.disputed for r in rows)
    replay.sum.unverified |= any(r.basis is Basis.NOT_VERIFIED for r in rows)
    replay.doubt(target)


def _expected(source: str, rows: list[Row]) -> dict[str, object]:
    mask = together(source, rows)
    return {
        "mask": [b.name for b in BITS if b & mask],
        "authors": list(dict.fromkeys(r.author for r in rows)),
        "justifications": list(dict.fromkeys(r.justification for r in rows)),
        "confidences": ["" if r.confidence is None else str(r.confidence) for r in rows],
        "places": [f"{r.place.document}:{r.place.pointer}" for r in rows],
        "reasons": [r.reason for r in rows],
    }


def _travels(replay: Replay, step: Step, source: str, rows: list[Row]) -> None:
    """The mask allows the travel, the travel carries the fact, and no row can be dropped."""
    travel, mask = step.text("travel"), together(source, rows)
    if not within(mask, travel):
        allowed = [name for name in TRAVELS if within(mask, name)]
        replay.wrong(step, "travel", f"one of {shown(allowed)}, which the rows allow")
        return
    pairs = TRAVELS[travel][1]
    given, fact = step.text("given"), step.text("fact")
    if (given, fact) not in pairs:
        if given in {g for g, _ in pairs}:
            replay.wrong(step, "fact", " or ".join(sorted(f for g, f in pairs if g == given)))
        else:
            replay.wrong(step, "given", " or ".join(sorted(g for g, _ in pairs)))
    for one in rows if len(rows) > 1 else []:
        if within(together(source, [r for r in rows if r is not one]), travel):
            replay.wrong(step, "rows", f"only rows that are needed: without {one.id} the same follows")


def _counts(replay: Replay, step: Step, rows: list[Row]) -> None:
    on = replay.bench.on
    for one in rows:
        if one.lead or one.mask == Relation.ANYTHING or not law.is_valid(one, on):
            replay.wrong(step, "rows", f"rows that facts may travel along on {on}; {one.id} is none")


def _premises(replay: Replay, step: Step, rows: list[Row], subject: str, recognitions: Sequence[Recognition]) -> None:
    """Beside what it starts from, a row stands on the scope that is assumed, and on what makes it law."""
    others = [replay.at(p) for p in step.premises[1:]]
    assumed = [s for s in others if s is not None and s.kind == "assumption" and s.detail["rule"] == SCOPE]
    recognised = [s for s in others if s is not None and s.kind == "recognition"]
    if len(assumed) + len(recognised) < len(others):
        replay.wrong(step, "premises", "one step, what is assumed of the scope, and recognitions")
    _scopes(replay, step, rows, subject, assumed)
    law.rests(replay, step, recognitions, recognised)


def _scopes(replay: Replay, step: Step, rows: list[Row], subject: str, assumed: list[Step]) -> None:
    """Where the subject is not known to lie in a row's scope, an assumption says that it does."""
    known = replay.bench.words(subject)
    scopes = list(dict.fromkeys(r.scope for r in rows if r.scope))
    unknown = [s for s in scopes if not {w.strip() for w in re.split(r",| and ", s.lower())} & known]
    if len(assumed) != bool(unknown):
        should = f"an assumption that the subject lies in the scope {shown(unknown)}"
        replay.wrong(step, "premises", should if unknown else "no assumption: nothing needs to be assumed")
        return
    for one in assumed:
        if one.premises != step.premises[:1]:
            replay.wrong(one, "premises", f"what the row is applied to, step {step.premises[0]}")
        reason = f"the mapping is meant for {' and '.join(unknown)} only: the subject is taken to be so"
        replay.same(one, {"dimension": "scope", "value": "; ".join(scopes), "reason": reason})


def _row(replay: Replay, name: str, source: str, target: str) -> Row | None:
    found = replay.bench.rows.get(name) or _derived(replay.bench, name, source, target)
    found = found or _part(replay.bench, name, source, target)
    return found if found is not None and {found.subject, found.object} == {source, target} else None


def _derived(bench: Bench, name: str, source: str, target: str) -> Row | None:
    """Order two limits anew."""
    first, second = (bench.criterion(iri) for iri in sorted((source, target)))
    if first is None or second is None or name != f"derived:{first.iri}--{second.iri}":
        return None
    mask = ordered(first, second, bench.given.knowledge.qualifiers, bench.given.unit)
    if mask is None:
        return None
    doubtful = Basis.NOT_VERIFIED in (first.basis, second.basis)
    return Row(
        name,
        first.iri,
        DERIVED,
        second.iri,
        mask,
        max(Authority),
        Place("derived from the limits"),
        justification="threshold order",
        reason="the stricter limit covers the weaker one",
        basis=Basis.NOT_VERIFIED if doubtful else Basis.READ_IN_SOURCE,
    )


def _part(bench: Bench, name: str, source: str, target: str) -> Row | None:
    """A partial decomposition says of each part that the whole covers it."""
    for d in bench.given.knowledge.decompositions:
        for part in (source, target):
            if not d.complete and part in d.parts and name == f"{d.iri}#{part}":
                return Row(
                    name,
                    part,
                    PART,
                    d.whole,
                    Relation.COVERED_BY,
                    max(Authority),
                    Place(d.iri),
                    justification="declared by the scheme",
                    reason="a declared part of the whole",
                    basis=d.basis,
                )
    return None
