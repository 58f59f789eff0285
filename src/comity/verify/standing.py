"""Whose word a piece of evidence is: what it declares, and what its issuer's identity allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from comity.model.criteria import SchemeVersion
from comity.model.scales import Assurance
from comity.verify import dates
from comity.verify.given import Trusted
from comity.verify.items import Item
from comity.verify.names import ORGANISATION, names
from comity.verify.reading import Anchor
from comity.verify.scene import Scene

NO_ISSUER, OPERATOR, TRUST_LIST, LISTED = "no-issuer", "operator", "trust-list", "listed-by-scheme"
ACCREDITED, ANCHORED, UNANCHORED = "accredited", "anchored", "unanchored"


@dataclass(frozen=True, slots=True)
class Standing:
    """Whose word it is, in effect.

    :param anchor: ``DOCUMENT#POINTER`` of the identity anchor that it leans on.
    """

    declared: Assurance
    effective: Assurance
    basis: str
    roles: tuple[str, ...] = ()
    trusted: str | None = None
    anchor: str | None = None


def own_word(issued_by: frozenset[str] | None) -> Standing:
    """Weigh a claim: the operator's own word, or nobody's."""
    if issued_by is None:
        return Standing(Assurance.SELF, Assurance.UNATTRIBUTED, NO_ISSUER)
    return Standing(Assurance.SELF, Assurance.SELF, OPERATOR)


def answers_for(scene: Scene, party: frozenset[str] | None, subject: str) -> bool:
    """Tell whether a party answers for a thing."""
    return bool(party) and bool(scene.same.all_of(party or ()) & scene.operators.get(subject, frozenset()))


def weighed(scene: Scene, item: Item, subject: str, scheme: SchemeVersion | None, on: str) -> list[Standing]:
    """Weigh an assessment of a thing against an edition; several, where several anchors would do."""
    stated = declared(item.codes, scene.given.knowledge.codes)
    if item.issuer is None:
        return [Standing(stated, Assurance.UNATTRIBUTED, NO_ISSUER)]
    if answers_for(scene, item.issuer, subject):
        return [Standing(stated, min(stated, Assurance.SELF), OPERATOR)]
    issuer = scene.same.all_of(item.issuer)
    entry = _vouched(scene, issuer, scheme.notation if scheme is not None else "")
    if entry is not None:
        return [Standing(stated, min(stated, entry.assurance), TRUST_LIST, tuple(sorted(entry.roles)), entry.id)]
    if scheme is not None and issuer & _parties(scene, scheme.bodies):
        return [Standing(stated, stated, LISTED)]
    sound = [(d, a) for d, a in scene.anchors() if _is_sound(scene, a, issuer, on)]
    accredited = [s for d, a in sound for s in _accredited(scene, stated, d, a, scheme)]
    if accredited:
        return accredited
    capped = min(stated, Assurance.THIRD_PARTY)
    anchored = [Standing(stated, capped, ANCHORED, anchor=f"{d}#{a.pointer}") for d, a in sound]
    return anchored or [Standing(stated, Assurance.UNATTRIBUTED, UNANCHORED)]


def declared(codes: Mapping[str, str], lists: Mapping[str, Mapping[str, str]]) -> Assurance:
    """Read the assurance that a document declares of itself."""
    if "assurance" in codes:
        return Assurance.of(codes["assurance"])
    who = lists.get("assessor", {}).get(codes.get("assessorLevel", ""))
    how = lists.get("assurance", {}).get(codes.get("assessmentLevel", ""))
    raised = Assurance.of(how) if how else Assurance.UNATTRIBUTED
    if not who:
        return raised
    base = Assurance.of(who)
    # Somebody who is no third party does not become one by the scheme that it works under.
    return max(base, raised) if base >= Assurance.THIRD_PARTY else base


def _accredited(
    scene: Scene, stated: Assurance, document: str, anchor: Anchor, scheme: SchemeVersion | None
) -> Iterable[Standing]:
    entry = _vouched(scene, scene.same.all_of(anchor.registrar), "")
    scoped = scheme is not None and bool({scheme.iri, scheme.notation} & set(anchor.scope))
    if anchor.kind.lower() == "accreditation" and entry is not None and scoped:
        roles, place = tuple(sorted(set(anchor.scope))), f"{document}#{anchor.pointer}"
        yield Standing(stated, min(stated, entry.assurance), ACCREDITED, roles, entry.id, place)


def _is_sound(scene: Scene, anchor: Anchor, issuer: frozenset[str], on: str) -> bool:
    """Tell whether an anchor is the issuer's, holds on the day, and was not made by the issuer itself."""
    identity, registrar = scene.same.all_of(anchor.identity), scene.same.all_of(anchor.registrar)
    holds = dates.lies(on, anchor.period.start, anchor.period.end) == "within"
    return holds and bool(identity & issuer) and not registrar & (issuer | identity)


def _vouched(scene: Scene, party: frozenset[str], scheme: str) -> Trusted | None:
    for entry in scene.given.trust:
        if party & _parties(scene, [entry.id]) and (not entry.schemes or scheme in entry.schemes):
            return entry
    return None


def _parties(scene: Scene, identifiers: Iterable[str]) -> frozenset[str]:
    return frozenset(scene.same.of(n) for i in identifiers for n in names(ORGANISATION, i))
