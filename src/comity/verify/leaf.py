"""Replay of what evidence says: documents, dates, whose word it is, claims and assessments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from comity.model.criteria import Criterion
from comity.model.scales import Level
from comity.verify import dates, standing, stated
from comity.verify.attestation import INFERRED, TAKEN_CONDITION
from comity.verify.dates import Period
from comity.verify.items import Item, Said
from comity.verify.names import PRODUCT
from comity.verify.problems import shown
from comity.verify.replay import Leaf, Replay
from comity.verify.standing import Standing
from comity.verify.stated import Source
from comity.verify.steps import Step


def document(replay: Replay, step: Step) -> None:
    """A document is there, is the one that was judged, and is issued by whom the step says."""
    scene, name = replay.bench.scene, step.text("document")
    known = scene.hash_of(name)
    if step.premises:
        replay.wrong(step, "premises", "none")
    if known is None:
        replay.wrong(step, "document", "the name or the content of a document that was given")
        return
    if step.detail["sha256"] != known:
        replay.wrong(step, "sha256", f"{shown(known)}, the hash of the document that was given")
    readings = scene.by_name.get(name, [])
    if not readings:
        replay.wrong(step, "document", "a credential or claim sheet, which alone can be replayed")
    elif step.detail["issuer"] not in {r.issuer for r in readings}:
        replay.wrong(step, "issuer", shown(readings[0].issuer))


def later(replay: Replay, step: Step) -> None:
    """Dates and standing are replayed with the claim or assessment that stands on them."""
    if step.number not in replay.users():
        replay.wrong(step, "step", "used by a claim or an assessment", step.number)


def said(replay: Replay, step: Step) -> None:
    """A claim or an assessment stands where the step says, says what the step says, and counts as it says."""
    leaf = _found(replay, step)
    if not replay.count_premises(step, 3, 3):
        return
    paper, dated, whose = (replay.premise(step, n, kind) for n, kind in enumerate(("document", "time", "assurance")))
    if paper is not None and paper.detail["document"] != step.detail["document"]:
        replay.wrong(step, "document", shown(paper.detail["document"]))
    if leaf is None:
        return
    replay.leaves[step.number] = leaf
    replay.pending[step.number] = frozenset(leaf.taken)
    if step.detail["by"] == "value":
        if step.detail["cited"] is not None:
            replay.wrong(step, "cited", "null: the value decides")
    else:
        _cited(replay, step, leaf)
        if not leaf.taken:
            replay.concluded[step.number] = leaf.conclusion
    if dated is not None:
        _dated(replay, dated, step, leaf)
    if whose is not None:
        _weighed(replay, whose, step, leaf)
    _label(replay, step, leaf)


def _found(replay: Replay, step: Step) -> Leaf | None:
    """Find the claim, assessment or attribute at the step's place that is about its subject."""
    scene = replay.bench.scene
    name, pointer, subject = step.text("document"), step.text("pointer"), step.text("subject")
    items = [i for i in scene.items(name, pointer) if i.kind == step.kind]
    attributes = scene.said(name, pointer) if step.kind == "claim" else []
    if not items and not attributes:
        replay.wrong(step, "pointer", f"the place of a {'claim' if step.kind == 'claim' else 'finding'} in {name}")
        return None
    leading = scene.same.of(subject) if scene.same.knows(subject) else ""
    for item in items:
        if any(scene.is_one(names, leading) for names in (*item.subjects, *item.inferred)):
            return _of_item(replay, step, item)
    for attribute in attributes:
        if scene.is_one(attribute.names, leading):
            return _of_attribute(replay, step, attribute)
    names = [n for i in items for s in (*i.subjects, *i.inferred) for n in s] + [n for a in attributes for n in a.names]
    replay.wrong(step, "subject", f"one of {shown(sorted(set(names)))}")
    return _of_item(replay, step, items[0]) if items else _of_attribute(replay, step, attributes[0])


def _of_item(replay: Replay, step: Step, item: Item) -> Leaf:
    taken = {INFERRED: step.text("subject")} if item.inferred and not item.subjects else {}
    taken |= {TAKEN_CONDITION: item.condition} if item.condition else {}
    leaf = Leaf(step, item, tuple((v, "") for v in item.values), tuple(replay.bench.dictionary.counted(item)), taken)
    known = replay.bench.criterion(step.text("criterion"))
    if known is None or step.detail["by"] == "value":
        return leaf
    parts = stated.open_parts(known.unit_parts, item.values, source(replay, leaf), replay.bench)
    if parts is None:
        replay.wrong(step, "criterion", "one whose unit is the one that is stated")
    return replace(leaf, taken={**(parts or {}), **taken})


def source(replay: Replay, leaf: Leaf) -> Source:
    """Say who states what a leaf states."""
    subject = replay.bench.scene.same.of(leaf.step.text("subject"))
    return Source(leaf.item, subject, frozenset(c for _, _, c in leaf.cited))


def _of_attribute(replay: Replay, step: Step, attribute: Said) -> Leaf:
    return Leaf(step, None, tuple(stated.of_attribute(attribute, replay.bench)), (), {})


def _cited(replay: Replay, step: Step, leaf: Leaf) -> None:
    """The citation means the criterion, and the claim or the finder's flag gives the fact."""
    named = [(how, criterion) for c, how, criterion in leaf.cited if c.iri == step.detail["cited"]]
    if not named:
        replay.wrong(step, "cited", f"one of {shown([c.iri for c, _, _ in leaf.cited])}")
        return
    wanted = (step.text("by"), step.text("criterion"))
    if wanted not in named:
        how, criterion = next((n for n in named if n[1] == wanted[1]), named[0])
        replay.same(step, {"by": how, "criterion": criterion})
    item = leaf.item
    if item is None or item.undisclosed:
        replay.wrong(step, "fact", "nothing: no criterion is claimed here")
        return
    gives = "all" if item.kind == "claim" else {True: "all", False: "not-all", None: None}[item.conformance]
    if step.detail["fact"] != gives:
        replay.wrong(step, "fact", shown(gives))
    known = replay.bench.criterion(wanted[1])
    if item.kind == "claim" and known is not None and stated.left_to_value(item, known, replay.bench):
        replay.wrong(step, "by", '"value": a value is claimed, and it decides')
    if item.kind == "assessment" and known is not None:
        _level(replay, step, item, known)


def _level(replay: Replay, step: Step, item: Item, known: Criterion) -> None:
    """Of several things assessed, the criterion is about the one of its level; never about what stands above it."""
    accepted = [s for s in (*item.subjects, *item.inferred) if any(accepts(known.level, n) for n in s)]
    mine = step.text("subject")
    if not accepts(known.level, mine) and (accepted or _height(mine) > _height(f"{known.level.value}:")):
        replay.wrong(step, "subject", f"a {known.level.value}, as the criterion asks")


def accepts(level: Level, name: str) -> bool:
    """Tell whether the thing of a name stands on a level."""
    sort = name.partition(":")[0]
    return level.is_product if sort == PRODUCT else level.value == sort


def _height(name: str) -> int:
    return {"organisation": 2, "facility": 1}.get(name.partition(":")[0], 0)


def _dated(replay: Replay, time: Step, step: Step, leaf: Leaf) -> None:
    """The dates are those of the document, and the day lies to them as the step says; so does the edition."""
    item, on = leaf.item, replay.bench.on
    period = _period(replay, step, item)
    assessed = item.dated if item is not None and item.kind == "assessment" else None
    known = replay.bench.criterion(step.text("criterion"))
    edition = known.version if known is not None else None
    outcome = dates.when(on, period, assessed)
    if outcome in ("within", "undated") and edition is not None:
        outcome = _under(replay, edition, assessed or period.start, outcome)
    expected = {"on": on, "valid_from": period.start, "valid_until": period.end, "assessed": assessed}
    replay.same(time, {**expected, "edition": edition, "outcome": outcome})
    if time.premises != step.premises[:1]:
        replay.wrong(time, "premises", f"the document, step {step.premises[0]}")
    replay.sum.valid &= outcome == "within"
    replay.sum.dated &= outcome != "undated"


def _period(replay: Replay, step: Step, item: Item | None) -> Period:
    if item is not None:
        return item.period
    readings = replay.bench.scene.by_name.get(step.text("document"), [])
    return readings[0].period if readings else Period()


def _under(replay: Replay, edition: str, dated: str | None, outcome: str) -> str:
    """Tell how evidence within its own dates, or without any, stands to the edition's."""
    scheme = replay.bench.given.knowledge.schemes.get(edition)
    if scheme is None:
        return outcome
    if scheme.withdrawn_from is not None and replay.bench.on >= scheme.withdrawn_from.isoformat():
        return "ended"
    if outcome == "undated":
        return outcome
    if scheme.is_draft:
        return "not-begun"
    open_ = not dated or dates.was_open(scheme.in_force_from, scheme.in_force_until, dated)
    return outcome if open_ else "ended"


def _weighed(replay: Replay, whose: Step, step: Step, leaf: Leaf) -> None:
    """The declared assurance stands in the document; the effective one follows from who issued it."""
    scene, item = replay.bench.scene, leaf.item
    subject = scene.same.of(step.text("subject"))
    known = replay.bench.criterion(step.text("criterion"))
    scheme = replay.bench.given.knowledge.schemes.get(known.version) if known is not None else None
    if item is not None and item.kind == "assessment":
        found = standing.weighed(scene, item, step.text("document"), subject, scheme, replay.bench.on)
    else:
        readings = scene.by_name.get(step.text("document"), [])
        found = [standing.own_word(readings[0] if readings else None)]
    one = next((s for s in found if s.anchor == whose.detail["anchor"]), found[0])
    replay.same(whose, _fields(one))
    _anchored(replay, whose, step, one)
    replay.sum.ranks.append(one.effective)
    replay.sum.roles.append(frozenset(one.roles))


def _fields(one: Standing) -> Mapping[str, object]:
    return {
        "declared": one.declared.token,
        "effective": one.effective.token,
        "basis": one.basis,
        "roles": list(one.roles),
        "trusted": one.trusted,
        "anchor": one.anchor,
    }


def _anchored(replay: Replay, whose: Step, step: Step, one: Standing) -> None:
    """The standing rests on the document, and on the one with the identity anchor that it leans on."""
    wanted = [step.text("document")]
    name = _document_of(one.anchor, replay.bench.scene.by_name) if one.anchor is not None else wanted[0]
    wanted += [name] if name not in wanted else []
    papers = [replay.at(p) for p in whose.premises]
    used = [p.text("document") for p in papers if p is not None and p.kind == "document"]
    if used != wanted or len(papers) != len(used):
        replay.wrong(whose, "premises", f"the document steps of {' and '.join(wanted)}")


def _document_of(place: str, names: Iterable[str]) -> str:
    """Return the document of ``DOCUMENT#POINTER``."""
    return max((n for n in names if place.startswith(f"{n}#")), key=len, default="")


def _label(replay: Replay, step: Step, leaf: Leaf) -> None:
    readings = replay.bench.scene.by_name.get(step.text("document"), [])
    issuer = readings[0].issued_by if readings else None
    if leaf.item is not None:
        issuer = leaf.item.issuer if leaf.item.kind == "assessment" else leaf.item.claimant or issuer
    own = standing.admits(replay.bench.scene, issuer, replay.bench.scene.same.of(step.text("subject")))
    replay.sum.admissions.append(own and step.detail["fact"] in ("none", "not-all"))
    replay.doubt(step.text("criterion"))
