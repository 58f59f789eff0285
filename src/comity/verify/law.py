"""Replay of what a law recognises, and the authority that mapping rows earn by it."""

from __future__ import annotations

from collections.abc import Sequence

from comity.model.criteria import JointCoverage
from comity.model.mappings import Row
from comity.model.requirements import Recognition
from comity.model.scales import Authority, Basis
from comity.verify.bench import Bench
from comity.verify.problems import shown
from comity.verify.replay import Replay
from comity.verify.steps import Step

JOINT = "https://w3id.org/comity/joint/"
"""What the name of a group of rows follows in the IRI of the joint coverage that they state."""


def recognition(replay: Replay, step: Step) -> None:
    """The knowledge has the recognition; which rows rest on it, the mapping that stands on it says."""
    if step.premises:
        replay.wrong(step, "premises", "none")
    if step.number not in replay.users():
        replay.wrong(step, "step", "used by a mapping", step.number)


def earned(bench: Bench, rows: Sequence[Row], subject: str) -> tuple[Authority, list[Recognition]]:
    """Return the authority of rows for one subject, and the recognitions that it rests on.

    What claims to be recognised in law counts as what its signers give it, unless a recognition names it on the day;
    and so does what a recognition for other materials names.
    """
    found = {r.id: _of(bench, r) for r in rows if r.authority is Authority.RECOGNISED_IN_LAW}
    lowest = min(_lowered(bench, r) for r in rows)
    if lowest is not Authority.RECOGNISED_IN_LAW:
        return lowest, []
    recognitions = [one for one in found.values() if one is not None]
    words = bench.words(subject)
    for one in recognitions:
        materials = {w.lower() for m in one.materials for w in (m, m.replace(" ", "-"))}
        if materials and not materials & words:
            return min(r.signed for r in rows), []
    return lowest, recognitions


def joined(bench: Bench, joint: JointCoverage) -> tuple[Authority, bool] | None:
    """Return the authority of a joint coverage, and whether it is in doubt; ``None`` when it does not count on the day.

    It is no better, and lasts no longer, than the rows that state it.
    """
    rows = [r for r in bench.given.knowledge.rows if r.joint_group and joint.iri == JOINT + r.joint_group]
    if not all(is_valid(r, bench.on) for r in rows):
        return None
    lowest = min((_lowered(bench, r) for r in rows), default=joint.authority)
    doubted = any(r.disputed or r.id in bench.given.disputed or r.scope for r in rows)
    return min(joint.authority, lowest), doubted or joint.basis is Basis.NOT_VERIFIED


def is_valid(row: Row, on: str) -> bool:
    """Tell whether a day lies within a row's own validity."""
    begun = row.valid_from is None or row.valid_from.isoformat() <= on
    return begun and (row.valid_until is None or on <= row.valid_until.isoformat())


def _lowered(bench: Bench, row: Row) -> Authority:
    claims = row.authority is Authority.RECOGNISED_IN_LAW
    return row.signed if claims and _of(bench, row) is None else row.authority


def rests(replay: Replay, step: Step, wanted: Sequence[Recognition], steps: Sequence[Step]) -> None:
    """The steps are those recognitions, each as the knowledge has it."""
    if len(steps) != len(wanted):
        names = [one.iri for one in wanted]
        replay.wrong(step, "premises", f"recognitions: {shown(names)}")
        for extra in steps if not wanted else ():
            replay.wrong(extra, "iri", "absent: the rows rest on no recognition")
        return
    for one, should in zip(steps, wanted, strict=True):
        fields = {"iri": should.iri, "label": should.label, "provision": should.provision}
        replay.same(one, {**fields, "instrument": should.instrument})


def _of(bench: Bench, row: Row) -> Recognition | None:
    knowledge, on = bench.given.knowledge, bench.on
    ends = [knowledge.criteria[iri].version for iri in (row.subject, row.object) if iri in knowledge.criteria]
    for one in knowledge.recognitions:
        begun = one.valid_from is None or one.valid_from.isoformat() <= on
        lasts = one.valid_until is None or on <= one.valid_until.isoformat()
        if row.id in one.rows and one.recognised in ends and one.basis is not Basis.NOT_VERIFIED and begun and lasts:
            return one
    return None
