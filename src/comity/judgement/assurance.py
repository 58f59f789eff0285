"""Effective assurance: the lower of what is declared and what the issuer's identity allows (semantics, section 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from comity.evidence import identity
from comity.judgement import time
from comity.judgement.trust import Trusted, TrustList
from comity.judgement.world import World
from comity.model.classes import dataclass
from comity.model.criteria import SchemeVersion
from comity.model.evidence import Anchor, Assessment
from comity.model.knowledge import Knowledge
from comity.model.places import Place
from comity.model.scales import Assurance, Level


class Ground(StrEnum):
    """What decides whose word an assessment is, in the order in which it is looked for."""

    NO_ISSUER = "no-issuer"
    OPERATOR = "operator"
    TRUST_LIST = "trust-list"
    LISTED = "listed-by-scheme"
    ACCREDITED = "accredited"
    ANCHORED = "anchored"
    UNANCHORED = "unanchored"


@dataclass(frozen=True, slots=True)
class Standing:
    """Whose word an assessment is, in effect.

    :param basis: what decided it.
    :param why: the same in a sentence.
    :param anchor: the identity anchor that it leans on, if it does.
    :param trusted: the trust-list entry that it leans on, if it does.
    """

    declared: Assurance
    effective: Assurance
    basis: Ground
    why: str
    anchor: Place | None = None
    roles: frozenset[str] = frozenset()
    trusted: Trusted | None = None


def standing(
    assessment: Assessment, subject: str, scheme: str, world: World, knowledge: Knowledge, trust: TrustList, on: date
) -> Standing:
    """Weigh an assessment about one subject.

    What an issuer is said to be known as may lower its word, to the operator's own; only the identifier that its
    signature can be checked against may raise it.

    :param subject: the one key of the subject.
    :param scheme: IRI of the scheme version of the criterion assessed, empty when it is not known.
    """
    stated = declared(assessment.declared, knowledge.codes)
    version = knowledge.schemes.get(scheme)
    if assessment.issuer is None:
        return Standing(stated, Assurance.UNATTRIBUTED, Ground.NO_ISSUER, "no issuer is named")
    issuer, own = world.party(assessment.issuer), identity.own(assessment.issuer)
    who = assessment.issuer.name or assessment.issuer.id
    operators = world.operators.get(subject, frozenset())
    auditor = world.party(assessment.auditor) if assessment.auditor is not None else frozenset()
    if (issuer | auditor) & operators:
        done = "issued" if issuer & operators else "done"
        by = who if issuer & operators or assessment.auditor is None else assessment.auditor.name
        why = f"{done} by {by}, which also answers for the subject: the operator's own word"
        return Standing(stated, min(stated, Assurance.SELF), Ground.OPERATOR, why)
    if assessment.document in world.forged:
        why = f"{who} is named as issuer, but the signing key belongs to somebody else"
        return Standing(stated, Assurance.UNATTRIBUTED, Ground.UNANCHORED, why)
    entry = trust.find(own, version.notation if version else "")
    if entry is not None:
        capped = min(stated, entry.assurance)
        why = f"{who} is on the trust list {trust.file} as {entry.assurance.token}"
        return Standing(stated, capped, Ground.TRUST_LIST, why, None, entry.roles, entry)
    if version is not None and own & _keys_of(version.bodies):
        # A scheme may say who assesses for it; who speaks for the public is for the law to say.
        highest = Assurance.PUBLIC_AUTHORITY if version.jurisdiction else Assurance.ACCREDITED_THIRD_PARTY
        return Standing(stated, min(stated, highest), Ground.LISTED, f"{version.label} lists {who}")
    anchors = [a for a in world.anchors if a.identity in own and time.against(a.validity, on).valid]
    sound = [a for a in anchors if _independent(a, issuer | operators, world)]
    vouched = [
        (a, v) for a in sound if (v := trust.find(identity.own(a.registrar), version.notation if version else ""))
    ]
    if not vouched:
        why = "no identity anchor, listing or trust entry"
        if anchors:
            why = (
                "nobody vouches for the register that anchors it"
                if sound
                else "its identity anchor is its own or its subject's"
            )
        return Standing(stated, Assurance.UNATTRIBUTED, Ground.UNANCHORED, f"{who}: {why}")
    return _anchored(stated, vouched, who, version)


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
    stated: Assurance, anchors: Sequence[tuple[Anchor, Trusted]], who: str, version: SchemeVersion | None
) -> Standing:
    """Weigh an issuer by the registers that anchor it and that the user vouches for; the best of them counts.

    Accreditation counts in its scope alone; any other register says who the issuer is, and no more.
    """
    found: list[Standing] = []
    for anchor, vouched in anchors:
        register = anchor.registrar.name or anchor.registrar.id
        if version is not None and anchor.register_type.lower() == "accreditation" and _in_scope(anchor, version):
            why = f"{who} is accredited by {register}, on your trust list"
            capped, roles = min(stated, vouched.assurance), frozenset(anchor.scope)
            found.append(Standing(stated, capped, Ground.ACCREDITED, why, anchor.place, roles, vouched))
        else:
            why = f"{who} is anchored by {register}, on your trust list; no accreditation in scope was shown"
            capped = min(stated, vouched.assurance, Assurance.THIRD_PARTY)
            found.append(Standing(stated, capped, Ground.ANCHORED, why, anchor.place, frozenset(), vouched))
    return max(found, key=lambda s: (s.effective, len(s.roles)))


def _in_scope(anchor: Anchor, version: SchemeVersion) -> bool:
    """Tell whether an accreditation names the scheme version, by its IRI or its notation."""
    return version.iri in anchor.scope or version.notation in anchor.scope


def _independent(anchor: Anchor, interested: frozenset[str], world: World) -> bool:
    """Tell whether an anchor is by somebody else than the issuer and those who answer for what it assesses."""
    if anchor.document in world.forged:
        return False
    registrar = world.party(anchor.registrar)
    return not registrar & interested and world.name(anchor.identity) not in registrar


def _keys_of(identifiers: tuple[str, ...]) -> frozenset[str]:
    return frozenset(k for i in identifiers for k in identity.keys(Level.ORGANISATION, i))
