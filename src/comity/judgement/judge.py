"""Judge documents: what each market asks of each subject, and what each claim comes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from comity.algebra.propagate import Node
from comity.judgement import recognition
from comity.judgement.applicability import Application, State, apply
from comity.judgement.base import Note, NoteKind
from comity.judgement.case import Given
from comity.judgement.doubts import about_criterion, about_requirement, lowest_confidence
from comity.judgement.gathering import Chain, judged_as
from comity.judgement.inference import Inference
from comity.judgement.leaf import Detail, Leaf
from comity.judgement.misses import leads, missing, notes_about, wanted
from comity.judgement.proof import Writer, leaves, prove, sure
from comity.judgement.question import Question, candidates, facts_of, question
from comity.judgement.ranging import chain_of, contradictions, undecided, unshown
from comity.judgement.resolve import Resolver
from comity.judgement.subjects import market_reports, subject_report, subject_reports
from comity.judgement.trust import NOBODY, TrustList
from comity.judgement.verdict import UNVERIFIED, Asked, Found, decide
from comity.model.criteria import Criterion
from comity.model.errors import UnknownNameError
from comity.model.evidence import Document, Subject
from comity.model.knowledge import Knowledge
from comity.model.places import Finding, Place, Severity
from comity.model.proofs import Proof, StepKind
from comity.model.requirements import Market, Requirement
from comity.model.scales import Assurance, Authority, Verdict
from comity.model.verdicts import FactValue, Judgement, Policy, Report

GRANULARITIES = frozenset({"model", "batch", "item"})
"""Parts of a unit that the subject is, rather than what evidence says of it."""


def judge(
    knowledge: Knowledge,
    documents: Iterable[Document],
    *,
    on: date,
    markets: Sequence[str] = (),
    given: Iterable[Given] = (),
    trust: TrustList = NOBODY,
    assurance: Assurance | None = None,
    authority: Authority | None = None,
    subjects: Sequence[str] = (),
    resolver: Resolver | None = None,
) -> Report:
    """Judge documents as of a day.

    :param on: the day judged.
    :param markets: notations of the markets asked about; none to judge claims alone.
    :param given: facts that the user states.
    :param assurance: the rank asked instead of each requirement's own.
    :param authority: the authority asked instead of each market's policy.
    :param resolver: what tells what citations mean, where it is not the knowledge alone.
    :raises UnknownNameError: for a market or a subject that nothing has.
    """
    from comity.judgement.claims import judge_claims

    asked = question(
        knowledge,
        documents,
        on=on,
        given=given,
        trust=trust,
        assurance=assurance,
        authority=authority,
        subjects=subjects,
        resolver=resolver,
    )
    chosen = [find_market(m, knowledge) for m in markets]
    claims = tuple(judge_claims(asked.setting, asked.net, asked.evidence, assurance, authority))
    judged = tuple(j for m in chosen for j in judge_market(asked, m))
    reports = subject_reports(asked, judged)
    notations = tuple(m.notation for m in chosen)
    policy = Policy(assurance, authority, notations, trust.file or None, subjects=tuple(subjects))
    return Report(
        on=on,
        policy=policy,
        knowledge_version=knowledge.version,
        checked_on=knowledge.checked_on,
        knowledge_sha256=knowledge.sha256,
        documents=asked.world.documents,
        subjects=reports,
        findings=(*_findings(asked), *contradictions(asked, [r for m in chosen for r in m.requirements])),
        claims=claims,
        markets=tuple(r for m in chosen for r in market_reports(asked, m, judged)),
        requirements=judged,
        trust_used=trust_used(asked),
        own=knowledge.own,
        questions=tuple(knowledge.facts[n] for n in sorted({n for r in reports for n in r.asked})),
    )


def find_market(name: str, knowledge: Knowledge) -> Market:
    """Return a market by its notation.

    :raises UnknownNameError: with the nearest names.
    """
    from difflib import get_close_matches

    market = knowledge.markets.get(name.lower())
    if market is None:
        near = get_close_matches(name.lower(), knowledge.markets, 3, 0.4) or sorted(knowledge.markets)
        raise UnknownNameError("market", name, near)
    return market


def judge_market(asked: Question, market: Market) -> Iterable[Judgement]:
    """Judge every requirement of a market for every subject that it may bind."""
    inference = inference_of(asked, market.requirements)
    for requirement in market.requirements:
        for subject in candidates(asked, requirement.level):
            yield judge_requirement(asked, market, requirement, subject, inference)


def ask(asked: Question, criterion: Criterion, markets: Sequence[Market]) -> tuple[Judgement, ...]:
    """Judge one rule: each requirement of the markets that binds it, else the criterion by itself."""
    asked = replace(asked, about=frozenset({criterion.iri}))
    bound = [(m, r) for m in markets for r in m.requirements if r.criterion == criterion.iri]
    inference = inference_of(asked, [r for _, r in bound], frozenset({criterion.iri}))
    if bound:
        return tuple(judge_requirement(asked, m, r, s, inference) for m, r in bound for s in candidates(asked, r.level))
    return tuple(judge_criterion(asked, criterion, s, inference) for s in candidates(asked, criterion.level))


def inference_of(asked: Question, requirements: Iterable[Requirement], more: frozenset[str] = frozenset()) -> Inference:
    """Return what follows for requirements: for their subjects, and for every party that they range over.

    :param more: criteria asked about beside those of the requirements.
    """
    wanted = list(requirements)
    chains = [
        g
        for r in wanted
        for s in candidates(asked, r.level)
        if (c := chain_of(asked, r, s))
        for g in c.gathered(r.criterion)
    ]
    targets = more | {r.criterion for r in wanted}
    return Inference(asked.setting, asked.net, asked.evidence, targets, asked.evidence.leaves, tuple(chains))


def _about(
    node: Node, asked: Question, inference: Inference, authority: Authority, subject: Subject, parties: Chain | None
) -> list[Note]:
    """List what was said and gave no fact: of a subject, or of every party that a rule ranges over."""
    if parties is None:
        return list(notes_about(node, asked.evidence, inference))
    nodes = (Node(node.criterion, party) for party in parties.parties)
    notes = [n for each in nodes for n in notes_about(each, asked.evidence, inference)]
    if parties.missing:
        text = f"whether every party is known that {subject.label} reaches by {parties.kind}"
        notes.append(Note(NoteKind.MISSING, node.criterion, subject.key, text, parties.missing, subject.place))
    return [*notes, *undecided(node, asked, inference, authority, parties)]


def judge_requirement(
    asked: Question, market: Market, requirement: Requirement, subject: Subject, inference: Inference
) -> Judgement:
    """Judge one requirement for one subject: application first, then the evidence."""
    facts = facts_of(asked, subject.key)
    application = apply(requirement, facts, asked.knowledge, asked.on)
    goal = goal_of(asked, market, requirement)
    parties = chain_of(asked, requirement, subject)
    node = Node(requirement.criterion, judged_as(subject.key, requirement.over))
    notes = _about(node, asked, inference, goal.authority, subject, parties)
    found = decide(node, goal, inference, notes)
    verdict, would_be, reason = _conclude(application, found)
    shown = application.state is not State.NOT_APPLICABLE
    proof = _prove(asked, application, found, facts) if shown else None
    gaps = missing(found, goal, node, inference, notes) if shown else ()
    if shown and found.verdict not in (Verdict.SATISFIED,):
        gaps = (*gaps, *unshown(node, inference, goal.authority, parties), f"wanted: {wanted(requirement, goal)}")
    return Judgement(
        id=f"{requirement.iri}#{subject.key}",
        notation=requirement.notation,
        criterion=requirement.criterion,
        market=market.notation,
        label=requirement.label,
        citation=requirement.citation,
        basis=requirement.basis.value,
        doubts=about_requirement(asked.knowledge, requirement),
        actor=requirement.actor_label or requirement.actor,
        applies_from=application.applies_from,
        tested_on=application.tested_on,
        conditions=application.conditions,
        subject=subject_report(asked, subject, True, "", application.asked),
        unit={p: subject.parts[p] for p in requirement.unit_parts if p in subject.parts},
        verdict=verdict,
        would_be=would_be,
        reason=reason,
        facts=found.facts if shown else (),
        proof=proof,
        counter_proof=prove(found.against, asked.setting) if shown and found.against is not None else None,
        challenges=tuple(prove(d, asked.setting) for d in found.challenges) if shown else (),
        assumptions=(*_assumed(found), *application.notes) if shown else (),
        missing=gaps,
        leads=leads(found, goal, node, inference, notes) if shown else (),
        rank=goal.rank,
        authority=goal.authority,
        role=goal.role,
        place=_place(found) or subject.place,
        evidence=requirement.evidence,
        confidence=lowest_confidence(asked.knowledge, requirement),
        certainty=sure(found.ways) if shown else None,
    )


def judge_criterion(asked: Question, criterion: Criterion, subject: Subject, inference: Inference) -> Judgement:
    """Judge a criterion that no market binds: third party and reviewed rows, unless the user asks otherwise."""
    goal = Asked(
        asked.assurance or Assurance.THIRD_PARTY,
        asked.authority or Authority.REVIEWED,
        None,
        UNVERIFIED if criterion.unverified else "",
    )
    node = Node(criterion.iri, subject.key)
    notes = notes_about(node, asked.evidence, inference)
    found = decide(node, goal, inference, notes)
    return Judgement(
        id=f"{criterion.iri}#{subject.key}",
        notation=criterion.notation,
        criterion=criterion.iri,
        market=None,
        label=criterion.label,
        citation=criterion.citation,
        basis=criterion.basis.value,
        doubts=about_criterion(asked.knowledge, criterion),
        actor=None,
        applies_from=None,
        tested_on=None,
        conditions=(),
        subject=subject_report(asked, subject, True, "", ()),
        unit={p: subject.parts[p] for p in criterion.unit_parts if p in subject.parts},
        verdict=found.verdict,
        would_be=found.would_be,
        reason=found.reason,
        facts=found.facts,
        proof=prove(found.best, asked.setting) if found.best is not None else None,
        counter_proof=prove(found.against, asked.setting) if found.against is not None else None,
        challenges=tuple(prove(d, asked.setting) for d in found.challenges),
        assumptions=_assumed(found),
        missing=missing(found, goal, node, inference, notes),
        leads=leads(found, goal, node, inference, notes),
        rank=goal.rank,
        authority=goal.authority,
        role=None,
        place=_place(found) or subject.place,
        confidence=criterion.confidence,
        certainty=sure(found.ways),
    )


def goal_of(asked: Question, market: Market, requirement: Requirement) -> Asked:
    """What a proof must reach for a requirement: its own rank and role, unless the user asks otherwise."""
    known = asked.knowledge.criteria.get(requirement.criterion)
    doubt = ""
    if requirement.unverified or (known is not None and known.unverified):
        doubt = UNVERIFIED
    elif left_open := set(requirement.unit_parts) - set(known.unit_parts if known else ()) - GRANULARITIES:
        doubt = f"it is asked for each {' and '.join(sorted(left_open))}, and the text cited is not"
    return Asked(asked.assurance or requirement.rank, asked.authority or market.authority, requirement.role, doubt)


def _conclude(application: Application, found: Found) -> tuple[Verdict, Verdict | None, str]:
    """Steps 1 to 3 of section 7 stand before the evidence."""
    if application.state is State.NOT_APPLICABLE:
        return Verdict.NOT_APPLICABLE, None, application.reason
    if application.state is State.UNKNOWN:
        return Verdict.UNDETERMINED, found.verdict, application.reason
    if application.state is State.UPCOMING:
        return Verdict.UPCOMING, found.verdict, application.reason
    return found.verdict, found.would_be, found.reason


def _prove(asked: Question, application: Application, found: Found, facts: Mapping[str, FactValue]) -> Proof | None:
    """Put the evidence's proof on top of the conditions and facts by which the requirement applies."""
    if found.best is None:
        return None
    writer = Writer(asked.setting)
    for condition in application.conditions:
        premises = [writer.fact(facts[name]) for name in condition.facts if name in facts]
        held = {True: "holds", False: "does not hold", None: "is not known"}[condition.value]
        detail_: Detail = {"text": condition.text, "value": condition.value}
        writer.add(StepKind.CONDITION, premises, f"{condition.text}: {held}", detail_)
    return prove(found.best, asked.setting, writer)


def _assumed(found: Found) -> tuple[str, ...]:
    if found.best is None:
        return ()
    return tuple(dict.fromkeys(a for leaf in leaves(found.best) for a in leaf.assumptions))


def _place(found: Found) -> Place | None:
    return leaves(found.best)[0].place if found.best is not None else None


def trust_used(asked: Question) -> tuple[str, ...]:
    """List the trust-list entries that some evidence leans on."""
    used: dict[str, None] = {}
    for d in asked.evidence.leaves:
        if isinstance(d.origin, Leaf) and d.origin.standing.trusted is not None:
            entry = d.origin.standing.trusted
            used[f"{entry.name} ({entry.id}) as {entry.assurance.token}"] = None
    return tuple(used)


def _findings(asked: Question) -> tuple[Finding, ...]:
    found = [*asked.case.findings, *asked.evidence.findings]
    found += [f for d in asked.world.documents for f in d.findings if f.severity is Severity.ERROR]
    places = {r.id: r.place for r in asked.knowledge.rows}
    for conflict in asked.net.conflicts:
        text = f"the rows {', '.join(conflict.rows)} cannot all be true: none of them is used."
        fix = "Run: comity mappings check"
        found.append(Finding("disputed-rows", Severity.WARNING, places[conflict.rows[0]], text, fix))
    found += recognition.findings(asked.net.lowered)
    file = asked.setting.trust.file
    for line in trust_used(asked):
        found.append(Finding("trust-used", Severity.INFO, Place(file), f"leans on your trust list: {line}"))
    return tuple(found)
