"""Whose word a piece of evidence is: what it declares, and what its issuer's identity allows.

What an issuer is said to be known as may lower its word, to the operator's own; only its own identifier, which a
signature can be checked against, may raise it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from comity.model.classes import dataclass
from comity.model.criteria import SchemeVersion
from comity.model.scales import Assurance
from comity.verify import dates
from comity.verify.given import Trusted
from comity.verify.items import Item
from comity.verify.names import ORGANISATION, names
from comity.verify.reading import Anchor, Reading
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


def own_word(one: Reading | None) -> Standing:
    """Weigh a claim: the operator's own word, or nobody's."""
    if one is None or one.issued_by is None:
        return Standing(Assurance.SELF, Assurance.UNATTRIBUTED, NO_ISSUER)
    if one.forged:
        return Standing(Assurance.SELF, Assurance.UNATTRIBUTED, UNANCHORED)
    return Standing(Assurance.SELF, Assurance.SELF, OPERATOR)


def answers_for(scene: Scene, party: frozenset[str] | None, subject: str) -> bool:
    """Tell whether a party answers for a thing."""
    return bool(scene.same.all_of(party or ()) & scene.operators.get(subject, frozenset()))


def admits(scene: Scene, party: frozenset[str] | None, subject: str) -> bool:
    """Tell whether a party's "no" about a thing is an admission."""
    return bool(scene.same.all_of(party or ()) & scene.owners.get(subject, frozenset()))


def weighed(
    scene: Scene, item: Item, document: str, subject: str, scheme: SchemeVersion | None, on: str
) -> list[Standing]:
    """Weigh an assessment of a thing against an edition; several, where several anchors would do."""
    stated = declared(item.codes, scene.given.knowledge.codes)
    if item.issuer is None:
        return [Standing(stated, Assurance.UNATTRIBUTED, NO_ISSUER)]
    if answers_for(scene, item.issuer | item.auditor, subject):
        return [Standing(stated, min(stated, Assurance.SELF), OPERATOR)]
    if scene.is_forged(document):
        return [Standing(stated, Assurance.UNATTRIBUTED, UNANCHORED)]
    edition = scheme.notation if scheme is not None else ""
    entry = _vouched(scene, item.signer, edition)
    if entry is not None:
        return [Standing(stated, min(stated, entry.assurance), TRUST_LIST, tuple(sorted(entry.roles)), entry.id)]
    if scheme is not None and item.signer & frozenset(n for b in scheme.bodies for n in names(ORGANISATION, b)):
        # Who speaks for the public is for the law to say, not for a scheme.
        highest = Assurance.PUBLIC_AUTHORITY if scheme.jurisdiction else Assurance.ACCREDITED_THIRD_PARTY
        return [Standing(stated, min(stated, highest), LISTED)]
    interested = scene.same.all_of(item.issuer) | scene.operators.get(subject, frozenset())
    found = [
        _by_register(stated, register, anchor, entry, scheme)
        for register, anchor in scene.anchors()
        if not scene.is_forged(register)
        and _is_sound(scene, anchor, item.signer, interested, on)
        and (entry := _vouched(scene, anchor.signer, edition)) is not None
    ]
    best = max(((s.effective, len(s.roles)) for s in found), default=None)
    sound = [s for s in found if (s.effective, len(s.roles)) == best]
    return sound or [Standing(stated, Assurance.UNATTRIBUTED, UNANCHORED)]


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


def _by_register(
    stated: Assurance, document: str, anchor: Anchor, entry: Trusted, scheme: SchemeVersion | None
) -> Standing:
    """Accreditation counts in its scope; any other register says who the issuer is, and no more."""
    place = f"{document}#{anchor.pointer}"
    scoped = scheme is not None and bool({scheme.iri, scheme.notation} & set(anchor.scope))
    if anchor.kind.lower() == "accreditation" and scoped:
        roles = tuple(sorted(set(anchor.scope)))
        return Standing(stated, min(stated, entry.assurance), ACCREDITED, roles, entry.id, place)
    capped = min(stated, entry.assurance, Assurance.THIRD_PARTY)
    return Standing(stated, capped, ANCHORED, (), entry.id, place)


def _is_sound(scene: Scene, anchor: Anchor, signer: frozenset[str], interested: frozenset[str], on: str) -> bool:
    """Tell whether an anchor is the issuer's, holds on the day, and is by nobody who has an interest in it."""
    registrar = scene.same.all_of(anchor.registrar)
    holds = dates.when(on, anchor.period) == "within"
    anchored = scene.same.all_of(anchor.identity)
    return holds and bool(anchor.identity & signer) and not registrar & (interested | anchored)


def _vouched(scene: Scene, signer: Iterable[str], edition: str) -> Trusted | None:
    for entry in scene.given.trust:
        if names(ORGANISATION, entry.id) & frozenset(signer) and (not entry.schemes or edition in entry.schemes):
            return entry
    return None
