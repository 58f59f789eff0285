"""What each piece of evidence states by itself: the leaves of every proof, with their labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from comity.algebra.propagate import Derivation, Node
from comity.judgement import citing, time
from comity.judgement.assurance import Ground, Standing, standing
from comity.judgement.case import Case
from comity.judgement.leaf import Leaf, leaf_steps
from comity.judgement.reaudit import dated, replacements
from comity.judgement.resolve import How, Meaning, Resolver
from comity.judgement.trust import TrustList
from comity.judgement.unit import Stated, complete, default_for
from comity.judgement.values import JUDGED, Bearing, Frame, bearings, read
from comity.judgement.world import World
from comity.knowledge.limits import by_metric
from comity.model.classes import dataclass
from comity.model.criteria import Criterion, SchemeVersion
from comity.model.evidence import Assessment, Attribute, Claim, Document, DocumentKind
from comity.model.knowledge import Knowledge
from comity.model.places import Finding, Place, Severity
from comity.model.proofs import Labels, StepKind
from comity.model.quantities import Value
from comity.model.scales import Assurance, Authority, Fact, Level, ThresholdRole

ELSEWHERE = "about another of its subjects"
"""Why a finding says nothing of a thing that it only names beside what it is about."""


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
    limited: Mapping[str, Sequence[Criterion]]
    words: Mapping[str, frozenset[str]]

    def within(self, subject: str, scope: str) -> bool:
        """Tell whether a subject, or something tied to it, is known by a fact to lie within a row's scope.

        :param scope: what a row's author limits it to: words, any of which is enough.
        """
        wanted = {w.strip() for part in scope.lower().split(",") for w in part.split(" and ")}
        return bool(wanted & self.words.get(subject, frozenset()))


def setting(world: World, knowledge: Knowledge, trust: TrustList, on: date, case: Case) -> Setting:
    """Index what the leaves of a question need."""
    return Setting(world, knowledge, Resolver(knowledge), trust, on, by_metric(knowledge.criteria), _words(world, case))


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
    findings = list(citing.findings(of.world, of.knowledge, of.resolver))
    for document in of.world.documents:
        for claim in document.claims:
            _claim(of, document, claim, leaves, notes)
        for assessment in document.assessments:
            for subject in dict.fromkeys(of.world.name(s) for s in assessment.subjects):
                _assessment(of, document, assessment, subject, leaves, notes, findings)
        if document.kind is DocumentKind.DPP:
            _attributes(of, document, leaves, notes)
    kept, replaced = _without_replaced(of, leaves)
    return Evidence(tuple(kept), (*notes, *replaced), tuple(findings))


def _claim(of: Setting, document: Document, claim: Claim, leaves: list[Derivation], notes: list[Note]) -> None:
    subject = of.world.name(claim.subject)
    standing_ = operator_standing(of, document, subject)
    validity = claim.validity or document.validity
    moment = time.against(validity, of.on)
    meanings = of.resolver.claim(claim)
    cited = frozenset(m.criterion for m in meanings if m.counts)

    def leaf(criterion: str, stated: Stated, bearing: Bearing | None, meaning: Meaning | None) -> Leaf:
        """Make what the claim shows of one criterion."""
        when = time.in_force(_version(of, criterion), validity.start or validity.issued, of.on, moment)
        made = Leaf(
            StepKind.CLAIM, claim.place, document, claim.label, claim.id, claim, when, standing_, bearing, meaning
        )
        return replace(made, unit=_unit(of, criterion, stated), own=criterion in cited)

    for value in claim.values:
        stated = Stated(frozenset(), value.period)
        for bearing in _bearings(of, value, cited, subject, stated):
            _bear(of, leaf(bearing.criterion, stated, bearing, None), subject, bearing, leaves, notes)
    stated = Stated.of_all((), claim.values)
    for meaning in meanings:
        if not meaning.counts:
            notes += _lead(meaning, subject, claim.place, claim.label)
        elif claim.undisclosed:
            text = (
                f"{claim.label}: the value is kept from this reader; ask for the variant of the document for your role"
            )
            notes.append(Note(NoteKind.MISSING, meaning.criterion, subject, text, "undisclosed", claim.place))
        elif not (kept := _left_to_value(of, claim, meaning.criterion)):
            _cite(of, leaf(meaning.criterion, stated, None, meaning), Fact.ALL, subject, stated, leaves, notes)
        elif kept is not True:
            notes.append(Note(NoteKind.MISSING, meaning.criterion, subject, claim.label, kept, claim.place))


def _left_to_value(of: Setting, claim: Claim, criterion: str) -> str | bool:
    """Tell whether values decide on a criterion that a claim cites (semantics, section 4).

    :returns: false when they do not; true when they do; a sentence when it cannot be told what they measure.
    """
    known = of.knowledge.criteria.get(criterion)
    if known is None or known.limit is None or known.limit.role not in JUDGED:
        return False
    readings = [read(value, of.knowledge) for value in claim.values]
    if any(r is not None and r.metric == known.limit.metric for r in readings):
        return True
    return "a value is stated, and it is not known what it measures" if None in readings else False


def _cite(
    of: Setting, leaf: Leaf, fact: Fact, subject: str, stated: Stated, leaves: list[Derivation], notes: list[Note]
) -> None:
    """Enter what somebody says of a criterion as a whole, completing the unit that it is said of."""
    assert leaf.meaning is not None
    criterion = leaf.meaning.criterion
    known = of.knowledge.criteria.get(criterion)
    metric = known.limit.metric if known is not None and known.limit is not None else ""
    parts = known.unit_parts if known is not None else ()
    about = of.world.subjects.get(subject)
    unit = complete(parts, stated, about, of.world.name, default_for(of.knowledge, metric))
    if unit.missing:
        notes.append(Note(NoteKind.MISSING, criterion, subject, leaf.label, "; ".join(unit.missing), leaf.place))
    else:
        leaves.append(_derivation(of, replace(leaf, completed=unit.assumed), fact, criterion, subject))


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
    plants = [of.world.name(s) for s in assessment.subjects if _level(of, s) is Level.FACILITY]
    leaf = _weighed(of, document, assessment, subject, cited)
    by_value: dict[str, set[Fact]] = defaultdict(set)
    for value in assessment.values:
        stated = Stated(frozenset(plants), value.period)
        for bearing in _bearings(of, value, cited, subject, stated):
            if bearing.fact is not None:
                by_value[bearing.criterion].add(bearing.fact)
            _bear(of, leaf(bearing.criterion, stated, bearing, None), subject, bearing, leaves, notes)
    stated = Stated.of_all(plants, assessment.values)
    for meaning in meanings:
        misplaced = _misplaced(of, meaning.criterion, subject, assessment.subjects)
        if misplaced == ELSEWHERE:
            continue
        if not meaning.counts:
            notes += _lead(meaning, subject, assessment.place, assessment.label)
        elif misplaced or assessment.conformance is None:
            why = misplaced or "the assessment does not say whether the subject conforms"
            notes.append(Note(NoteKind.LEAD, meaning.criterion, subject, assessment.label, why, assessment.place))
        else:
            fact = Fact.ALL if assessment.conformance else Fact.NOT_ALL
            _cite(of, leaf(meaning.criterion, stated, None, meaning), fact, subject, stated, leaves, notes)
            if by_value.get(meaning.criterion, {fact}) != {fact}:
                findings.append(_clash(assessment))


def _weighed(
    of: Setting, document: Document, assessment: Assessment, subject: str, cited: frozenset[str]
) -> Callable[[str, Stated, Bearing | None, Meaning | None], Leaf]:
    """Return what makes leaves of an assessment: each is weighed within the scheme of its criterion."""
    moment = time.against(assessment.validity, of.on, assessment.dated)
    if moment.valid and assessment.dated and time.before(of.on, assessment.dated):
        moment = time.Moment(time.When.NOT_BEGUN, f"assessed only on {assessment.dated}")
    dated = assessment.dated or assessment.validity.start or assessment.validity.issued

    def leaf(criterion: str, stated: Stated, bearing: Bearing | None, meaning: Meaning | None) -> Leaf:
        """Make what the assessment shows of one criterion, weighed within its scheme."""
        version = _version(of, criterion)
        name = version.iri if version else ""
        weighed = standing(assessment, subject, name, of.world, of.knowledge, of.trust, of.on)
        when = time.in_force(version, dated, of.on, moment)
        label, place = assessment.label, assessment.place
        made = Leaf(
            StepKind.ASSESSMENT, place, document, label, assessment.id, assessment, when, weighed, bearing, meaning
        )
        return replace(made, unit=_unit(of, criterion, stated), own=criterion in cited)

    return leaf


def _clash(assessment: Assessment) -> Finding:
    said = str(assessment.conformance).lower()
    message = f"conformance says {said}, the assessed value says otherwise."
    fix = "Ask the assessor which of the two holds."
    return Finding("flag-against-value", Severity.WARNING, assessment.place, message, fix)


def _unit(of: Setting, criterion: str, stated: Stated) -> dict[str, str]:
    """Return what is stated of the plant and the year, as far as the criterion's unit has them."""
    known = of.knowledge.criteria.get(criterion)
    said = {"plant": " ".join(sorted(stated.plants)), "year": stated.year}
    return {part: said[part] for part in (known.unit_parts if known else ()) if said.get(part)}


def _version(of: Setting, criterion: str) -> SchemeVersion | None:
    known = of.knowledge.criteria.get(criterion)
    return of.knowledge.schemes.get(known.version) if known is not None else None


def _attributes(of: Setting, document: Document, leaves: list[Derivation], notes: list[Note]) -> None:
    """Take what a passport states of its subject for declared values, where a data rule says so."""
    from comity.judgement.attributes import stated_values

    validity = document.validity
    moment = time.against(validity, of.on)
    for rule, attribute, value in stated_values(document, of.knowledge):
        subject = of.world.name(attribute.subject)
        standing_ = operator_standing(of, document, subject)
        for bearing in _bearings(of, value, frozenset(), subject, Stated()):
            when = time.in_force(_version(of, bearing.criterion), validity.start or validity.issued, of.on, moment)
            made = Leaf(
                StepKind.CLAIM, attribute.place, document, rule.reason, rule.id, attribute, when, standing_, bearing
            )
            _bear(of, made, subject, _measured(bearing, attribute), leaves, notes)


def _measured(bearing: Bearing, attribute: Attribute) -> Bearing:
    """A number alone may stand for a statement; held against a limit it has to say its unit."""
    if attribute.unit or bearing.limit.role is ThresholdRole.DECLARE or bearing.limit.unit is None:
        return bearing
    return replace(bearing, fact=None, missing=(*bearing.missing, "no unit is stated"))


def operator_standing(of: Setting, document: Document, subject: str) -> Standing:
    """Weigh an operator's own word: ``self``, or unattributed where nobody issued the document."""
    if document.issuer is None:
        return Standing(Assurance.SELF, Assurance.UNATTRIBUTED, Ground.NO_ISSUER, "the document names no issuer")
    own = of.world.party(document.issuer) & of.world.operators.get(subject, frozenset())
    who = document.issuer.name or document.issuer.id
    if document.name in of.world.forged:
        why = f"{who} is named as issuer, but the signing key belongs to somebody else"
        return Standing(Assurance.SELF, Assurance.UNATTRIBUTED, Ground.UNANCHORED, why)
    why = f"declared by {who}, who answers for the subject" if own else f"declared by {who}"
    return Standing(Assurance.SELF, Assurance.SELF, Ground.OPERATOR, why)


def _bearings(of: Setting, value: Value, cited: frozenset[str], subject: str, stated: Stated) -> Iterator[Bearing]:
    """Hold a value against the limits of its metric that are about the subject's level."""
    frame = Frame(cited, stated, of.world.subjects.get(subject), of.world.name)
    level = _level(of, subject)
    for bearing in bearings(value, frame, of.knowledge, of.limited):
        if level is None or of.knowledge.criteria[bearing.criterion].level.accepts(level):
            yield bearing


def _level(of: Setting, subject: str) -> Level | None:
    """Return the level of a subject; where no document describes it, its key says what sort of thing it is."""
    known = of.world.subjects.get(of.world.name(subject))
    return known.level if known else next((v for v in Level if v == subject.partition(":")[0]), None)


def _misplaced(of: Setting, criterion: str, subject: str, subjects: Sequence[str]) -> str:
    """Say why an assessment says nothing of one of its subjects; empty when it does.

    An assessment of a plant also names the company: that says nothing of the company's other plants. What is found
    of a plant as a whole says nothing of each product, where the criterion is about products.
    """
    known, level = of.knowledge.criteria.get(criterion), _level(of, subject)
    if known is None or level is None or known.level.accepts(level):
        return ""
    if any(other is not None and known.level.accepts(other) for other in (_level(of, s) for s in subjects)):
        return ELSEWHERE
    if _height(level) > _height(known.level):
        return f"it is about {_one(level)}; the criterion is about {_one(known.level)}"
    return ""


def _one(level: Level) -> str:
    return f"{'an' if level.value[0] in 'aeiou' else 'a'} {level}"


def _height(level: Level) -> int:
    """Return how high a level stands; products of every granularity stand on one."""
    return {Level.ORGANISATION: 2, Level.FACILITY: 1}.get(level, 0)


def _bear(of: Setting, leaf: Leaf, subject: str, bearing: Bearing, leaves: list[Derivation], notes: list[Note]) -> None:
    if bearing.fact is not None:
        leaves.append(_derivation(of, leaf, bearing.fact, bearing.criterion, subject))
        return
    why = "; ".join(bearing.missing)
    notes.append(Note(NoteKind.MISSING, bearing.criterion, subject, leaf.label, why, leaf.place))


def _derivation(of: Setting, leaf: Leaf, fact: Fact, criterion: str, subject: str) -> Derivation:
    known = of.knowledge.criteria.get(criterion)
    issuer = leaf.document.issuer
    if isinstance(leaf.item, Assessment) or (isinstance(leaf.item, Claim) and leaf.item.issuer is not None):
        issuer = leaf.item.issuer
    own = issuer is not None and bool(of.world.party(issuer) & of.world.owners.get(subject, frozenset()))
    labels = Labels(
        rank=leaf.standing.effective,
        authority=max(Authority),
        roles=leaf.standing.roles,
        valid=leaf.moment.valid,
        dated=leaf.moment.when is not time.When.UNDATED,
        assumed=bool(leaf.assumptions),
        unverified=known is not None and known.unverified,
        admission=own and fact in (Fact.NOT_ALL, Fact.NONE),
    )
    anchored = of.world.document(leaf.standing.anchor.document) if leaf.standing.anchor is not None else None
    steps = leaf_steps(leaf, fact, criterion, subject, of.on, of.knowledge, anchored)
    named = f"{leaf.place.document}#{leaf.place.pointer}#{criterion}#{fact}"
    return Derivation((fact, Node(criterion, subject)), labels, replace(leaf, steps=steps), (), len(steps), named)


def _lead(meaning: Meaning, subject: str, place: Place, label: str) -> list[Note]:
    if meaning.how is How.NOTHING and not meaning.criterion:
        return []
    return [Note(NoteKind.LEAD, meaning.criterion, subject, label, meaning.reason, place)]


def _without_replaced(of: Setting, leaves: Sequence[Derivation]) -> tuple[list[Derivation], list[Note]]:
    """Leave out what a later assessment replaces, and say so."""
    found = replacements(leaves, of.knowledge, of.resolver)
    notes = []
    for d, later in found.items():
        leaf, new = d.origin, later.origin
        assert isinstance(leaf, Leaf)
        assert isinstance(new, Leaf)
        why = f"replaced by {new.label} of {dated(later)} ({new.place.document})"
        notes.append(Note(NoteKind.REPLACED, d.atom[1].criterion, d.atom[1].subject, leaf.label, why, leaf.place))
    return [d for d in leaves if d not in found], notes
