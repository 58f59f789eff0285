"""Knowledge with the criteria of drafts in it, so that rows can be checked before anything is imported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from comity.authoring.draft import Draft, DraftCriterion, DraftScheme
from comity.knowledge.vocabulary import fold
from comity.model.criteria import Criterion, Decomposition, Limit, QualifierValue, SchemeVersion
from comity.model.knowledge import Knowledge
from comity.model.scales import Kind


def extended(knowledge: Knowledge, drafts: Iterable[Draft]) -> Knowledge:
    """Return the knowledge with drafted editions; a draft of an edition that is known takes its place."""
    described = [d for d in drafts if d.scheme is not None]
    if not described:
        return knowledge
    schemes, criteria = dict(knowledge.schemes), dict(knowledge.criteria)
    wholes = list(knowledge.decompositions)
    for draft in described:
        if draft.scheme is None:
            continue
        version = draft.scheme.iri
        criteria = {iri: c for iri, c in criteria.items() if c.version != version}
        drafted = {c.iri: _criterion(c, version, knowledge.qualifiers) for c in draft.criteria}
        criteria |= drafted
        wholes = [d for d in wholes if d.whole in criteria] + _wholes(draft)
        schemes[version] = _version(draft.scheme, draft.criteria)
    notations = {fold(c.notation): iri for iri, c in criteria.items()}
    return replace(knowledge, schemes=schemes, criteria=criteria, decompositions=tuple(wholes), by_notation=notations)


def _version(scheme: DraftScheme, criteria: Iterable[DraftCriterion]) -> SchemeVersion:
    return SchemeVersion(
        iri=scheme.iri,
        notation=scheme.notation,
        label=scheme.label,
        scheme=scheme.scheme or scheme.iri,
        version=scheme.version,
        source=scheme.source,
        basis=scheme.basis,
        root=next((c.iri for c in criteria if c.kind is Kind.ROOT), None),
        in_force_from=scheme.in_force_from,
        in_force_until=scheme.in_force_until,
        withdrawn_from=scheme.withdrawn_from,
        stewards=scheme.stewards,
        bodies=scheme.bodies,
        jurisdiction=scheme.jurisdiction or None,
        state=scheme.state,
    )


def _criterion(criterion: DraftCriterion, version: str, qualifiers: Mapping[str, QualifierValue]) -> Criterion:
    return Criterion(
        iri=criterion.iri,
        notation=criterion.notation,
        label=criterion.label,
        text=criterion.text,
        version=version,
        kind=criterion.kind,
        level=criterion.level,
        citation=criterion.citation or criterion.notation,
        source=criterion.source,
        basis=criterion.basis,
        unit_parts=criterion.unit_parts,
        limit=_limit(criterion, qualifiers) if len(criterion.limits) == 1 else None,
        lifts=criterion.lifts,
        topics=criterion.topics,
        doubts=criterion.doubts,
    )


def _limit(criterion: DraftCriterion, qualifiers: Mapping[str, QualifierValue]) -> Limit:
    limit = criterion.limits[0]
    return Limit(
        limit.iri or f"{criterion.iri}/limit",
        limit.metric,
        limit.role,
        limit.comparator,
        limit.value,
        limit.unit,
        {qualifiers[q].dimension: q for q in limit.qualifiers if q in qualifiers},
        limit.start_event,
    )


def _wholes(draft: Draft) -> list[Decomposition]:
    parts: dict[str, list[str]] = {}
    known = {c.iri for c in draft.criteria}
    for criterion in draft.criteria:
        if criterion.parent in known:
            parts.setdefault(criterion.parent, []).append(criterion.iri)
    return [Decomposition(f"{w}/decomposition", w, tuple(m), w in draft.complete) for w, m in parts.items()]
