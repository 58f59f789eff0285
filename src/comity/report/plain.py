"""A report as plain data: the shape of ``report.schema.json``, in one fixed order.

Nothing here reads a clock or draws lots, so one report is one text.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from comity import __version__
from comity.model.evidence import Document
from comity.model.places import Finding, Place
from comity.model.proofs import Proof, Scalar, Step, StepKind
from comity.model.scales import Scale, Verdict
from comity.model.verdicts import (
    AssessmentUse,
    ClaimJudgement,
    FactValue,
    Judgement,
    Lead,
    MarketReport,
    Report,
    SubjectReport,
)

Json = dict[str, object]

ROWS = frozenset({StepKind.MAPPING, StepKind.JOINT})
"""Steps that stand on somebody's statement about two texts, and have that statement's authority."""

UNDECIDED = "undecided"
"""What stands for the verdict of an engine that tells only some verdicts."""


def as_text(plain: object) -> str:
    """Write plain data as the JSON of ``--format json``, to the byte."""
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def as_json(report: Report) -> Json:
    """Turn a report into plain data for :func:`json.dumps`."""
    ids = {subject.key: subject.id for subject in report.subjects}
    return {
        "comity": __version__,
        "on": report.on.isoformat(),
        "policy": _policy(report),
        "knowledge": {
            "version": report.knowledge_version,
            "checked_on": report.checked_on.isoformat(),
            "sha256": report.knowledge_sha256,
        },
        "documents": [_document(d) for d in report.documents],
        "subjects": [_subject(s) for s in report.subjects],
        "findings": [{"document": f.place.document, **_finding(f)} for f in report.findings],
        "claims": [_claim(c, ids) for c in report.claims],
        "markets": [_market(m, ids) for m in report.markets],
        "summary": summary(report),
        "requirements": [_requirement(j) for j in report.requirements],
    }


def answers_as_json(answers: Iterable[Judgement]) -> list[Json]:
    """Turn the answers to ``comity ask`` into plain data: requirement objects, one for each subject."""
    return [_requirement(answer) for answer in answers]


def summary(report: Report) -> dict[str, dict[str, int]]:
    """Count verdicts: of the claims, and in each market, in the order of the verdicts."""
    counted = {"claims": _count(claim.verdict for claim in report.claims)}
    for market in report.policy.markets:
        counted[market] = _count(j.verdict for j in report.requirements if j.market == market)
    return counted


def _count(verdicts: Iterable[Verdict | None]) -> dict[str, int]:
    counter = Counter(verdicts)
    named = {verdict.value: counter[verdict] for verdict in Verdict if counter[verdict]}
    return named | ({UNDECIDED: counter[None]} if counter[None] else {})


def _policy(report: Report) -> Json:
    policy = report.policy
    return {
        "markets": list(policy.markets),
        "assurance": _token(policy.assurance),
        "authority": _token(policy.authority),
        "trust": policy.trust,
        "trust_used": list(report.trust_used),
        "engine": policy.engine,
        **({"subjects": list(policy.subjects)} if policy.subjects else {}),
        **({"with": [{"name": f.name, "sha256": f.sha256} for f in report.own]} if report.own else {}),
    }


def _token(step: Scale | None) -> str | None:
    return step.token if step is not None else None


def _document(document: Document) -> Json:
    return {
        "name": document.name,
        "sha256": document.sha256,
        "kind": document.kind.value,
        "version": document.version,
        "claims": len(document.claims),
        "assessments": len(document.assessments),
        "status": list(document.status),
        "findings": [_finding(f) for f in document.findings],
    }


def _finding(finding: Finding) -> Json:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "pointer": finding.place.pointer,
        "message": finding.message,
        "fix": finding.fix,
    }


def _subject(subject: SubjectReport) -> Json:
    return {
        "id": subject.id,
        "key": subject.key,
        "label": subject.label,
        "level": subject.level.value,
        "roles": list(subject.roles),
        "judged": subject.judged,
        "why": subject.why,
        "facts": {fact.name: _fact(fact) for fact in sorted(subject.facts, key=lambda f: f.name)},
        "asked": list(subject.asked),
    }


def _fact(fact: FactValue) -> Json:
    value = fact.value[0] if len(fact.value) == 1 else list(fact.value)
    return {"value": value, "source": fact.source, "pointer": fact.pointer}


def _market(market: MarketReport, ids: Mapping[str, str]) -> Json:
    return {
        "id": market.id,
        "subject": ids.get(market.subject, market.subject),
        "asks": list(market.asks),
        "leads": [_lead(lead) for lead in market.leads],
    }


def _claim(claim: ClaimJudgement, ids: Mapping[str, str]) -> Json:
    return {
        "document": claim.document,
        "pointer": claim.place.pointer,
        "label": claim.label,
        "subject": ids.get(claim.subject, claim.subject),
        "unit": dict(sorted(claim.unit.items())),
        "criterion": claim.criterion,
        "cited": claim.cited,
        "verdict": claim.verdict.value,
        "would_be": _value(claim.would_be),
        "reason": claim.reason,
        "assessments": [_use(use) for use in claim.assessments],
        "counter_proof": proof_as_json(claim.counter_proof) if claim.counter_proof else None,
        **_grounds(claim.proof, claim.challenges, claim.assumptions, claim.missing, claim.leads),
    }


def _use(use: AssessmentUse) -> Json:
    return {**_place(use.place), "via": use.via, "counts": use.counts, "why": use.why}


def _requirement(judged: Judgement) -> Json:
    return {
        "id": judged.id,
        "notation": judged.notation,
        "criterion": judged.criterion,
        "market": judged.market,
        "label": judged.label,
        "citation": judged.citation,
        "basis": judged.basis,
        "record_confidence": _token(judged.confidence),
        "doubts": list(judged.doubts),
        "actor": judged.actor,
        "applies_from": judged.applies_from,
        "tested_on": judged.tested_on.isoformat() if judged.tested_on else None,
        "asked": _asked(judged),
        "conditions": [{"text": c.text, "value": c.value, "facts": list(c.facts)} for c in judged.conditions],
        "subject": {"id": judged.subject.id, "label": judged.subject.label, "level": judged.subject.level.value},
        "unit": dict(sorted(judged.unit.items())),
        "place": _place(judged.place) if judged.place else None,
        "verdict": _value(judged.verdict),
        "would_be": _value(judged.would_be),
        "reason": judged.reason,
        "facts": [fact.value for fact in judged.facts],
        "confidence": list(judged.certainty) if judged.certainty else None,
        "counter_proof": proof_as_json(judged.counter_proof) if judged.counter_proof else None,
        **_grounds(judged.proof, judged.challenges, judged.assumptions, judged.missing, judged.leads),
    }


def _asked(judged: Judgement) -> Json:
    return {
        "assurance": _token(judged.rank),
        "authority": _token(judged.authority),
        "role": judged.role,
        "evidence": list(judged.evidence),
    }


def _value(verdict: Verdict | None) -> str | None:
    return verdict.value if verdict is not None else None


def _place(place: Place) -> Json:
    return {"document": place.document, "pointer": place.pointer}


def _grounds(
    proof: Proof | None,
    challenges: Sequence[Proof],
    assumptions: Sequence[str],
    missing: Sequence[str],
    leads: Sequence[Lead],
) -> Json:
    return {
        "proof": proof_as_json(proof) if proof else None,
        "challenges": [proof_as_json(challenge) for challenge in challenges],
        "assumptions": list(assumptions),
        "missing": list(missing),
        "leads": [_lead(lead) for lead in leads],
    }


def _lead(lead: Lead) -> Json:
    return {
        "text": lead.text,
        "why": lead.why,
        "document": lead.place.document if lead.place else None,
        "pointer": lead.place.pointer if lead.place else None,
        "row": lead.row,
    }


def proof_as_json(proof: Proof) -> Json:
    """Turn a proof into plain data: what it ends at, its labels, its steps and the documents to disclose."""
    labels = proof.labels
    return {
        "fact": proof.fact.value,
        "criterion": proof.criterion,
        "subject": proof.subject,
        "assurance": labels.rank.token,
        "authority": labels.authority.token if any(s.kind in ROWS for s in proof.steps) else None,
        "roles": sorted(labels.roles),
        "valid": labels.valid,
        "dated": labels.dated,
        "disputed": labels.disputed,
        "assumed": labels.assumed,
        "unverified": labels.unverified,
        "admission": labels.admission,
        "confidence": list(proof.confidence) if proof.confidence else None,
        "steps": [_step(step) for step in proof.steps],
        "documents": list(proof.documents),
    }


def _step(step: Step) -> Json:
    # A condition's own sentence gives way to the step's, which says how it came out.
    detail = {("condition" if key == "text" else key): _plain(value) for key, value in sorted(step.detail.items())}
    return {"kind": step.kind.value, "premises": list(step.premises), **detail, "text": step.text}


def _plain(value: Scalar | tuple[str, ...]) -> object:
    return list(value) if isinstance(value, tuple) else value
