"""What each piece of evidence states by itself: the leaves of every proof, with their labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from comity.algebra.propagate import Derivation, Node
from comity.judgement import time
from comity.judgement.assurance import Ground, Standing, standing
from comity.judgement.case import Case
from comity.judgement.leaf import Leaf, leaf_steps
from comity.judgement.resolve import How, Meaning, Resolver
from comity.judgement.trust import TrustList
from comity.judgement.values import Bearing, bearings
from comity.judgement.world import World
from comity.model.criteria import Criterion
from comity.model.evidence import Assessment, Claim, Document, DocumentKind, Validity
from comity.model.knowledge import Knowledge
from comity.model.places import Finding, Place, Severity
from comity.model.proofs import Labels, StepKind
from comity.model.quantities import Value
from comity.model.scales import Assurance, Authority, Basis, Fact, Level


class NoteKind(StrEnum):
    """Why something that was said gives no fact."""

    LEAD = "lead"
    MISSING = "missing"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Note:
    """Something that bears on a criterion of a subject and proves nothing.

    :param criterion: IRI, or the root of the text that was cited.
    """

    kind: NoteKind
    criterion: str
    subject: str
    text: str
    why: str
    place: Place


@dataclass(frozen=True, slots=True)
class Evidence:
    """All leaves of a world, for and against, and all that gave none."""

    leaves: tuple[Derivation, ...]
    notes: tuple[Note, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What evidence is read against: the same for every leaf of one question."""

    world: World
    knowledge: Knowledge
    resolver: Resolver
    trust: TrustList
    on: date
    limited: Mapping[str, list[Criterion]]
    words: Mapping[str, frozenset[str]]

    def within(self, subject: str, scope: str) -> bool:
        """Tell whether a subject, or something tied to it, is known by a fact to lie within a row's scope.

        :param scope: what a row's author limits it to: words, any of which is enough.
        """
        wanted = {w.strip() for part in scope.lower().split(",") for w in part.split(" and ")}
        return bool(wanted & self.words.get(subject, frozenset()))


def setting(world: World, knowledge: Knowledge, trust: TrustList, on: date, case: Case) -> Setting:
    """Index what the leaves of a question need."""
    limited: dict[str, list[Criterion]] = defaultdict(list)
    for criterion in knowledge.criteria.values():
        if criterion.limit is not None:
            limited[criterion.limit.metric].append(criterion)
    return Setting(world, knowledge, Resolver(knowledge), trust, on, limited, _words(world, case))


def _words(world: World, case: Case) -> dict[str, frozenset[str]]:
    """Collect the words that facts say of each subject and of what it is tied to, one step up or down."""
    own = {k: {w.lower() for f in case.of(k).values() for w in f.value} for k in world.subjects}
    found = {k: set(words) for k, words in own.items()}
    for high, low, _ in world.above():
        found.setdefault(high, set()).update(own.get(low, ()))
        found.setdefault(low, set()).update(own.get(high, ()))
    return {k: frozenset(words) for k, words in found.items()}


def gather(of: Setting) -> Evidence:
    """Turn every claim and assessment into leaves and notes."""
    leaves: list[Derivation] = []
    notes: list[Note] = []
    findings: list[Finding] = []
    for document in of.world.documents:
        for claim in document.claims:
            _claim(of, document, claim, leaves, notes)
        for assessment in document.assessments:
            for subject in dict.fromkeys(of.world.name(s) for s in assessment.subjects):
                _assessment(of, document, assessment, subject, leaves, notes, findings)
        if document.kind is DocumentKind.DPP:
            _attributes(of, document, leaves, notes)
    kept, replaced = _replace(leaves)
    return Evidence(tuple(kept), (*notes, *replaced), tuple(findings))


def _claim(of: Setting, document: Document, claim: Claim, leaves: list[Derivation], notes: list[Note]) -> None:
    subject = of.world.name(claim.subject)
    standing_ = operator_standing(of, document, subject)
    moment = time.against(claim.validity or document.validity, of.on)
    unread = Leaf(StepKind.CLAIM, claim.place, document, claim.label, claim.id, claim, moment, standing_)
    meanings = of.resolver.claim(claim)
    cited = frozenset(m.criterion for m in meanings if m.counts)
    decided: set[str] = set()
    for value in claim.values:
        for bearing in _bearings(of, value, cited, subject):
            decided.add(bearing.criterion)
            made = replace(unread, bearing=bearing)
            _bear(of, made, subject, bearing, leaves, notes)
    for meaning in meanings:
        if not meaning.counts:
            notes += _lead(meaning, subject, claim.place, claim.label)
        elif meaning.criterion not in decided and not claim.undisclosed:
            made = Leaf(
                StepKind.CLAIM, claim.place, document, claim.label, claim.id, claim, moment, standing_, None, meaning
            )
            leaves.append(_derivation(of, made, Fact.ALL, meaning.criterion, subject))
        elif claim.undisclosed:
            text = (
                f"{claim.label}: the value is kept from this reader; ask for the variant of the document for your role"
            )
            notes.append(Note(NoteKind.MISSING, meaning.criterion, subject, text, "undisclosed", claim.place))


def _assessment(
    of: Setting,
    document: Document,
    assessment: Assessment,
    subject: str,
    leaves: list[Derivation],
    notes: list[Note],
    findings: list[Finding],
) -> None:
    meanings = of.resolver.assessment(assessment)
    cited = frozenset(m.criterion for m in meanings if m.counts)
    moment = time.against(assessment.validity, of.on, assessment.dated)

    def leaf(criterion: str, bearing: Bearing | None, meaning: Meaning | None) -> Leaf:
        version = of.knowledge.criteria[criterion].version if criterion in of.knowledge.criteria else ""
        weighed = standing(assessment, subject, version, of.world, of.knowledge, of.trust, of.on)
        when = _in_force(of, version, assessment, moment)
        return Leaf(
            StepKind.ASSESSMENT,
            assessment.place,
            document,
            assessment.label,
            assessment.id,
            assessment,
            when,
            weighed,
            bearing,
            meaning,
        )

    by_value: dict[str, Fact] = {}
    plant = frozenset({"plant"}) if any(_level(of, s) is Level.FACILITY for s in assessment.subjects) else frozenset()
    for value in assessment.values:
        for bearing in _bearings(of, value, cited, subject, plant):
            if bearing.fact is not None:
                by_value[bearing.criterion] = bearing.fact
            _bear(of, leaf(bearing.criterion, bearing, None), subject, bearing, leaves, notes)
    for meaning in meanings:
        misplaced = _too_high(of, meaning.criterion, subject, assessment.subjects)
        if misplaced == "about another level":
            continue
        if not meaning.counts:
            notes += _lead(meaning, subject, assessment.place, assessment.label)
        elif misplaced:
            notes.append(Note(NoteKind.LEAD, meaning.criterion, subject, assessment.label, misplaced, assessment.place))
        elif assessment.conformance is None:
            why = "the assessment does not say whether the subject conforms"
            notes.append(Note(NoteKind.LEAD, meaning.criterion, subject, assessment.label, why, assessment.place))
        else:
            fact = Fact.ALL if assessment.conformance else Fact.NOT_ALL
            leaves.append(_derivation(of, leaf(meaning.criterion, None, meaning), fact, meaning.criterion, subject))
            if by_value.get(meaning.criterion, fact) is not fact:
                findings.append(
                    Finding(
                        "flag-against-value",
                        Severity.WARNING,
                        assessment.place,
                        f"conformance says {str(assessment.conformance).lower()}, the assessed value says otherwise.",
                        "Ask the assessor which of the two holds.",
                    )
                )


def _attributes(of: Setting, document: Document, leaves: list[Derivation], notes: list[Note]) -> None:
    """Take what a passport states of its subject for declared values, where a data rule says so."""
    from comity.judgement.attributes import stated_values

    for rule, attribute, value in stated_values(document, of.knowledge):
        subject = of.world.name(attribute.subject)
        standing_ = operator_standing(of, document, subject)
        moment = time.against(document.validity, of.on)
        for bearing in _bearings(of, value, frozenset(), subject):
            made = Leaf(
                StepKind.CLAIM, attribute.place, document, rule.reason, rule.id, attribute, moment, standing_, bearing
            )
            _bear(of, made, subject, bearing, leaves, notes)


def operator_standing(of: Setting, document: Document, subject: str) -> Standing:
    """Weigh an operator's own word: ``self``, or unattributed where nobody issued the document."""
    if document.issuer is None:
        return Standing(Assurance.SELF, Assurance.UNATTRIBUTED, Ground.NO_ISSUER, "the document names no issuer")
    own = of.world.party(document.issuer) & of.world.operators.get(subject, frozenset())
    who = document.issuer.name or document.issuer.id
    why = f"declared by {who}, who answers for the subject" if own else f"declared by {who}"
    return Standing(Assurance.SELF, Assurance.SELF, Ground.OPERATOR, why)


def _bearings(
    of: Setting, value: Value, cited: frozenset[str], subject: str, stated: frozenset[str] = frozenset()
) -> Iterator[Bearing]:
    """Hold a value against the limits of its metric that are about the subject's level."""
    known = of.world.subjects.get(subject)
    for bearing in bearings(value, cited, stated, known, of.knowledge, of.limited):
        if known is None or of.knowledge.criteria[bearing.criterion].level.accepts(known.level):
            yield bearing


def _level(of: Setting, subject: str) -> Level | None:
    known = of.world.subjects.get(of.world.name(subject))
    return known.level if known else None


def _too_high(of: Setting, criterion: str, subject: str, subjects: Sequence[str]) -> str:
    """Say why an assessment that names several subjects is not about this one; empty when it is.

    An assessment of a plant also names the company: that says nothing of the company's other plants.
    """
    known, level = of.knowledge.criteria.get(criterion), _level(of, subject)
    if known is None or level is None or known.level.accepts(level):
        return ""
    if any(other is not None and known.level.accepts(other) for other in (_level(of, s) for s in subjects)):
        return "about another level"
    if level is Level.ORGANISATION:
        return f"it names an organisation; the criterion is about a {known.level}"
    return ""


def _bear(of: Setting, leaf: Leaf, subject: str, bearing: Bearing, leaves: list[Derivation], notes: list[Note]) -> None:
    if bearing.fact is not None:
        leaves.append(_derivation(of, leaf, bearing.fact, bearing.criterion, subject))
        return
    why = "; ".join(bearing.missing)
    notes.append(Note(NoteKind.MISSING, bearing.criterion, subject, leaf.label, why, leaf.place))


def _derivation(of: Setting, leaf: Leaf, fact: Fact, criterion: str, subject: str) -> Derivation:
    known = of.knowledge.criteria.get(criterion)
    own = leaf.document.issuer is not None and bool(
        of.world.party(leaf.document.issuer) & of.world.operators.get(subject, frozenset())
    )
    labels = Labels(
        rank=leaf.standing.effective,
        authority=max(Authority),
        roles=leaf.standing.roles,
        valid=leaf.moment.valid,
        dated=leaf.moment.when is not time.When.UNDATED,
        assumed=bool(leaf.assumptions),
        unverified=known is not None and known.basis is Basis.NOT_VERIFIED,
        admission=own and fact in (Fact.NOT_ALL, Fact.NONE),
    )
    anchored = of.world.document(leaf.standing.anchor.document) if leaf.standing.anchor is not None else None
    steps = leaf_steps(leaf, fact, criterion, subject, of.on, of.knowledge, anchored)
    named = f"{leaf.place.document}#{leaf.place.pointer}#{criterion}#{fact}"
    return Derivation((fact, Node(criterion, subject)), labels, replace(leaf, steps=steps), (), len(steps), named)


def _in_force(of: Setting, version: str, assessment: Assessment, moment: time.Moment) -> time.Moment:
    """An edition counts when in force on the assessment date and not withdrawn for certificates on D."""
    scheme = of.knowledge.schemes.get(version)
    if scheme is None or not moment.valid:
        return moment
    dated = assessment.dated or assessment.validity.start or assessment.validity.issued
    if dated and not scheme_was_open(scheme.in_force_from, scheme.in_force_until, dated):
        return time.Moment(time.When.ENDED, f"{scheme.label} was not in force on the assessment date {dated}")
    if scheme.withdrawn_from is not None and of.on >= scheme.withdrawn_from:
        return time.Moment(time.When.ENDED, f"{scheme.label} is withdrawn since {scheme.withdrawn_from}")
    return moment


def scheme_was_open(first: date | None, last: date | None, dated: str) -> bool:
    """Tell whether an edition could be assessed against on an ISO date or in a bare year.

    >>> scheme_was_open(date(2024, 1, 1), None, "2023-12-31")
    False
    """
    if first is not None and dated[:10] < first.isoformat()[: len(dated[:10])]:
        return False
    return last is None or dated[:10] <= last.isoformat()[: len(dated[:10])]


def _lead(meaning: Meaning, subject: str, place: Place, label: str) -> list[Note]:
    if meaning.how is How.NOTHING and not meaning.criterion:
        return []
    return [Note(NoteKind.LEAD, meaning.criterion, subject, label, meaning.reason, place)]


def _replace(leaves: Sequence[Derivation]) -> tuple[list[Derivation], list[Note]]:
    """Let a later assessment of the same programme or issuer take the place of an earlier one (section 4, Time)."""
    latest: dict[tuple[Node, str], tuple[str, Assurance, Derivation]] = {}
    for d in leaves:
        for programme in _programmes(d):
            dated = _dated(d)
            best = latest.get((d.atom[1], programme))
            if dated and (best is None or dated > best[0]):
                latest[d.atom[1], programme] = (dated, d.labels.rank, d)
    kept, notes = [], []
    for d in leaves:
        later = _later(d, latest)
        if later is None:
            kept.append(d)
            continue
        leaf, new = d.origin, later.origin
        assert isinstance(leaf, Leaf)
        assert isinstance(new, Leaf)
        why = f"replaced by {new.label} of {_dated(later)} ({new.place.document})"
        notes.append(Note(NoteKind.REPLACED, d.atom[1].criterion, d.atom[1].subject, leaf.label, why, leaf.place))
    return kept, notes


def _later(d: Derivation, latest: Mapping[tuple[Node, str], tuple[str, Assurance, Derivation]]) -> Derivation | None:
    dated = _dated(d)
    for programme in _programmes(d):
        found = latest.get((d.atom[1], programme))
        if found is not None and dated and found[0] > dated and found[1] >= d.labels.rank:
            return found[2]
    return None


def _programmes(d: Derivation) -> Iterable[str]:
    """Who re-audits: the issuer, and the scheme's programme. A re-audit that has not begun replaces nothing."""
    leaf = d.origin
    if not isinstance(leaf, Leaf) or not isinstance(leaf.item, Assessment) or leaf.moment.when is time.When.NOT_BEGUN:
        return ()
    issuer = leaf.item.issuer.id if leaf.item.issuer else ""
    return tuple(p for p in (issuer, leaf.item.programme) if p)


def _dated(d: Derivation) -> str:
    leaf = d.origin
    if not isinstance(leaf, Leaf) or not isinstance(leaf.item, Assessment):
        return ""
    validity: Validity = leaf.item.validity
    return leaf.item.dated or validity.start or validity.issued or ""
