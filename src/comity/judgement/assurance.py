"""Effective assurance: the lower of what is declared and what the issuer's identity allows (semantics, section 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from comity.judgement import time
from comity.judgement.trust import Trusted, TrustList
from comity.judgement.world import World
from comity.model.evidence import Anchor, Assessment
from comity.model.knowledge import Knowledge
from comity.model.scales import Assurance


@dataclass(frozen=True, slots=True)
class Standing:
    """Whose word an assessment is, in effect.

    :param why: the sentence for the proof.
    :param trusted: the trust-list entry that it leans on, if it does.
    """

    declared: Assurance
    effective: Assurance
    why: str
    roles: frozenset[str] = frozenset()
    trusted: Trusted | None = None


def standing(
    assessment: Assessment, subject: str, scheme: str, world: World, knowledge: Knowledge, trust: TrustList, on: date
) -> Standing:
    """Weigh an assessment about one subject.

    :param subject: the one key of the subject.
    :param scheme: IRI of the scheme version of the criterion assessed, empty when it is not known.
    """
    stated = declared(assessment.declared, knowledge.codes)
    version = knowledge.schemes.get(scheme)
    if assessment.issuer is None:
        return Standing(stated, Assurance.UNATTRIBUTED, "no issuer is named")
    issuer = world.party(assessment.issuer)
    who = assessment.issuer.name or assessment.issuer.id
    if issuer & world.operators.get(subject, frozenset()):
        return Standing(
            stated,
            min(stated, Assurance.SELF),
            f"issued by {who}, which also answers for the subject: the operator's own word",
        )
    entry = trust.find(issuer, version.notation if version else "")
    if entry is not None:
        capped = min(stated, entry.assurance)
        return Standing(
            stated, capped, f"{who} is on the trust list {trust.file} as {entry.assurance.token}", entry.roles, entry
        )
    if version is not None and issuer & _keys_of(version.bodies):
        return Standing(stated, stated, f"{version.label} lists {who}")
    anchors = [a for a in world.anchors if world.name(a.identity) in issuer and time.against(a.validity, on).valid]
    sound = [a for a in anchors if not _self_anchored(a, issuer, world)]
    if not sound:
        why = (
            "its identity anchor is its own or its subject's"
            if anchors
            else "no identity anchor, listing or trust entry"
        )
        return Standing(stated, Assurance.UNATTRIBUTED, f"{who}: {why}")
    return _anchored(stated, sound, who, version.notation if version else "", world, trust)


def declared(codes: Mapping[str, str], lists: Mapping[str, Mapping[str, str]]) -> Assurance:
    """Read the assurance that a document declares of itself.

    :param codes: ``assurance`` (a token of the scale) or UNTP's ``assessorLevel`` and ``assessmentLevel``.
    :param lists: the code lists of the knowledge: ``assessor`` and ``assurance``.
    """
    direct = codes.get("assurance")
    if direct:
        return Assurance.of(direct)
    assessor = lists.get("assessor", {}).get(codes.get("assessorLevel", "").lower())
    level = lists.get("assurance", {}).get(codes.get("assessmentLevel", "").lower())
    base = Assurance.of(assessor) if assessor else Assurance.UNATTRIBUTED
    raised = Assurance.of(level) if level else Assurance.UNATTRIBUTED
    if assessor is None:
        return raised
    return max(base, raised) if base >= Assurance.THIRD_PARTY else base


def _anchored(
    stated: Assurance, anchors: list[Anchor], who: str, scheme: str, world: World, trust: TrustList
) -> Standing:
    roles: set[str] = set()
    for anchor in anchors:
        vouched = trust.find(world.party(anchor.registrar), "")
        if anchor.register_type.lower() == "accreditation" and vouched is not None:
            roles.update(anchor.scope)
            if scheme in anchor.scope or any(s.endswith(f"/{scheme}") for s in anchor.scope) or roles:
                return Standing(
                    stated,
                    min(stated, vouched.assurance),
                    f"{who} is accredited by {anchor.registrar.name or anchor.registrar.id}, on your trust list",
                    frozenset(roles),
                    vouched,
                )
    capped = min(stated, Assurance.THIRD_PARTY)
    register = anchors[0].registrar.name or anchors[0].registrar.id
    return Standing(stated, capped, f"{who} is anchored by {register}; no accreditation in scope was shown")


def _self_anchored(anchor: Anchor, issuer: frozenset[str], world: World) -> bool:
    registrar = world.party(anchor.registrar)
    return bool(registrar & issuer) or world.name(anchor.identity) in registrar


def _keys_of(identifiers: tuple[str, ...]) -> frozenset[str]:
    from comity.evidence import identity
    from comity.model.scales import Level

    return frozenset(k for i in identifiers for k in identity.keys(Level.ORGANISATION, i))
