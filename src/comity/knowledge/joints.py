"""Joint coverage that mapping rows state by a common group (semantics, section 3)."""

from __future__ import annotations

from collections.abc import Iterable

from comity.knowledge.problems import Problems
from comity.knowledge.vocabulary import JOINT
from comity.model.criteria import JointCoverage
from comity.model.mappings import Row
from comity.model.scales import Basis


def joint_groups(rows: Iterable[Row], stated: Iterable[JointCoverage], problems: Problems) -> tuple[JointCoverage, ...]:
    """Return the stated joint coverages and those that groups of rows make up; of two that say the same, the latter.

    The subjects of a group's rows together cover its one object; its authority is the lowest of
    the rows, and its basis the weakest.
    """
    joints: dict[tuple[frozenset[str], str], JointCoverage] = {}
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if row.joint_group:
            groups.setdefault(row.joint_group, []).append(row)
    for name, members in sorted(groups.items()):
        objects = {row.object for row in members}
        subjects = {row.subject for row in members}
        if len(objects) > 1 or len(subjects) < 2 or any(row.negated or row.lead for row in members):
            message = (
                f"the rows of joint group {name!r} must be of two subjects or more, with one object, and none of them "
                "negated or a lead."
            )
            problems.add("joint-group", members[0].place, message)
            continue
        joint = _joint(name, members)
        joints.setdefault((frozenset(joint.members), joint.covers), joint)
    return tuple(({(frozenset(j.members), j.covers): j for j in stated} | joints).values())


_ORDER = (Basis.READ_IN_SOURCE, Basis.SECONDARY, None, Basis.NOT_VERIFIED)
"""How rows were checked, from the best to the worst; ``None`` is what nobody says."""


def _joint(name: str, rows: list[Row]) -> JointCoverage:
    authority = min(row.authority for row in rows)
    basis = max((row.basis for row in rows), key=_ORDER.index)
    reason = next((row.reason for row in rows if row.reason), "")
    return JointCoverage(JOINT + name, tuple(row.subject for row in rows), rows[0].object, authority, reason, basis)
