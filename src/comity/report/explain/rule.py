"""Build the page of a rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from comity.algebra.edges import Edge
from comity.algebra.relation import converse
from comity.judgement.chain import Network, network
from comity.judgement.doubts import about_criterion, about_requirement
from comity.knowledge import requirements_of
from comity.knowledge.limit_words import in_words
from comity.model.criteria import AnyOf, Criterion, JointCoverage, Limit
from comity.model.knowledge import Knowledge
from comity.model.mappings import Relation, Row
from comity.model.requirements import Market, Requirement
from comity.model.scales import Authority, Basis
from comity.report.explain import record
from comity.report.explain.pages import Binding, Group, NearMiss, RulePage, Way, WayStep
from comity.report.explain.ways import Chain, Link, chains

NAMES: Mapping[Relation, str] = {
    Relation.EQ: "equal",
    Relation.SUP: "superset",
    Relation.SUB: "subset",
    Relation.PO: "intersects",
    Relation.DR: "disjoint",
    Relation.COVERS: "covers",
    Relation.COVERED_BY: "covered by",
    Relation.OVERLAPS: "overlaps",
}

UNBOUND = Authority.REVIEWED
"""The lowest authority that satisfies a rule which no market asks for (semantics, section 7)."""


def page(knowledge: Knowledge, criterion: Criterion, on: date) -> RulePage:
    """Build the page of a criterion, with what the markets ask by it.

    :param on: the day whose mapping rows are shown.
    """
    known = network(knowledge, on)
    bound = requirements_of(knowledge, criterion.iri)
    asking = {r.market for r in bound}
    markets = [knowledge.markets[n] for n in sorted(knowledge.markets) if knowledge.markets[n].iri in asking]
    ways = tuple(_way(knowledge, c, markets) for c in chains(known, knowledge.choices, criterion.iri))
    return RulePage(
        on=on.isoformat(),
        id=criterion.iri,
        notation=criterion.notation,
        label=criterion.label,
        text=criterion.text,
        scheme=knowledge.schemes[criterion.version].label,
        kind=criterion.kind.value,
        level=criterion.level.value,
        unit=criterion.unit_parts,
        citation=criterion.citation,
        source=criterion.source,
        basis=criterion.basis.value,
        doubts=about_criterion(knowledge, criterion),
        limit=limit_text(knowledge, criterion.limit) if criterion.limit else None,
        bindings=tuple(binding(knowledge, r) for r in bound),
        parts=tuple(_part(knowledge, p) for p in _parts(known, criterion.iri)),
        some_parts=tuple(_part(knowledge, p) for p in _some_parts(knowledge, criterion.iri)),
        ways=ways,
        together=tuple(_joint(knowledge, j) for j in knowledge.joints if j.covers == criterion.iri),
        one_of=tuple(_choice(knowledge, a) for a in knowledge.choices if a.whole == criterion.iri),
        near=tuple(_near(knowledge, criterion.iri, {w.criterion for w in ways}, disputed(known))),
        recognitions=tuple(recognised(knowledge, criterion.iri)),
        **record.of_criterion(knowledge, criterion),
    )


def recognised(knowledge: Knowledge, criterion: str) -> Iterator[str]:
    """Write what laws recognise for a criterion, by the rows that they name, and what that leaves to the operator."""
    rows = {row.id for row in knowledge.rows if row.object == criterion}
    for one in knowledge.recognitions:
        if rows.intersection(one.rows):
            left = f"; it leaves to the operator: {'; '.join(one.leaves)}" if one.leaves else ""
            yield f"{one.label} ({one.provision}; {one.instrument}){left}"


def limit_text(knowledge: Knowledge, limit: Limit) -> str:
    """Write a limit as a person reads it: role, metric, comparator, value, unit, qualifiers."""
    return f"{limit.role.value}: {in_words(knowledge, limit)}"


def starts(requirement: Requirement, knowledge: Knowledge) -> str | None:
    """Write the day from which a requirement applies, in words where it floats."""
    return record.starts(requirement.starts, knowledge)


def _name(knowledge: Knowledge, iri: str) -> str:
    known = knowledge.criteria.get(iri)
    return f"{known.notation}  {known.label}" if known else iri


def _part(knowledge: Knowledge, iri: str) -> str:
    known = knowledge.criteria.get(iri)
    number = f" [{limit_text(knowledge, known.limit)}]" if known and known.limit else ""
    return _name(knowledge, iri) + number


def _notation(knowledge: Knowledge, iri: str) -> str:
    return knowledge.criteria[iri].notation if iri in knowledge.criteria else iri


def binding(knowledge: Knowledge, found: Requirement) -> Binding:
    """Write what a market asks by a criterion, in words."""
    market = knowledge.markets_by_iri.get(found.market)
    return Binding(
        requirement=found.notation,
        market=market.notation if market else found.market,
        label=found.label,
        citation=found.citation,
        actor=found.actor_label,
        level=found.level.value,
        unit=found.unit_parts,
        applies_from=starts(found, knowledge),
        applies_until=found.ends.isoformat() if found.ends else None,
        conditions=tuple(record.condition(knowledge, c) for c in found.conditions),
        exemptions=tuple(f"{e.label} ({e.citation})" for e in map(knowledge.exemptions.__getitem__, found.exemptions)),
        assurance=found.rank.token,
        role=knowledge.labels.get(found.role, found.role) if found.role else None,
        evidence=found.evidence,
        basis=found.basis.value,
        doubts=about_requirement(knowledge, found),
        **record.of_requirement(knowledge, found),
    )


def _parts(known: Network, criterion: str) -> list[str]:
    return [p for d in known.wholes.get(criterion, ()) if d.whole == criterion for p in d.parts]


def _some_parts(knowledge: Knowledge, criterion: str) -> list[str]:
    return [p for d in knowledge.decompositions if d.whole == criterion and not d.complete for p in d.parts]


def _joint(knowledge: Knowledge, joint: JointCoverage) -> Group:
    return Group(joint.iri, tuple(_name(knowledge, m) for m in joint.members), joint.reason)


def _choice(knowledge: Knowledge, choice: AnyOf) -> Group:
    return Group(choice.iri, tuple(_name(knowledge, o) for o in choice.options), "")


def _way(knowledge: Knowledge, chain: Chain, markets: Sequence[Market]) -> Way:
    known = knowledge.criteria.get(chain.source)
    least = min((m.authority for m in markets), default=UNBOUND)
    return Way(
        criterion=_notation(knowledge, chain.source),
        label=known.label if known else "",
        authority=chain.authority.token if any(_stated(link) for _, link, _ in chain.links) else None,
        satisfies=tuple(m.notation for m in markets if chain.authority >= m.authority),
        enough=chain.authority >= least,
        steps=tuple(_step(knowledge, *link) for link in chain.links),
    )


def _step(knowledge: Knowledge, source: str, link: Link, target: str) -> WayStep:
    ends = _notation(knowledge, source), _notation(knowledge, target)
    if not isinstance(link, Edge):
        relation = "one of the options of" if isinstance(link, AnyOf) else "the whole of"
        return WayStep(ends[0], relation, ends[1], link.iri, "", "")
    return WayStep(
        source=ends[0],
        relation=NAMES.get(link.mask, "covers"),
        target=ends[1],
        record="+".join(r.id for r in _stated(link)),
        author="; ".join(dict.fromkeys(r.author for r in link.rows if r.author)),
        reason=" ".join(dict.fromkeys(r.reason for r in link.rows if r.reason)),
    )


def _stated(link: Link) -> list[Row]:
    """Return the rows that somebody stated; others follow from the texts themselves."""
    return [r for r in link.rows if r.predicate not in ("derived", "part")] if isinstance(link, Edge) else []


def disputed(known: Network) -> frozenset[str]:
    """Return the ids of rows that contradict others, and therefore derive nothing."""
    return frozenset(row for conflict in known.conflicts for row in conflict.rows)


def _near(knowledge: Knowledge, criterion: str, giving: set[str], quarantined: frozenset[str]) -> Iterator[NearMiss]:
    """Yield the rows at a rule that do not give it, in the order of their ids."""
    for row in sorted(knowledge.rows, key=lambda r: r.id):
        if criterion not in (row.subject, row.object):
            continue
        other = row.object if row.subject == criterion else row.subject
        if _notation(knowledge, other) in giving:
            continue
        mask = row.mask if row.object == criterion else converse(row.mask)
        known = knowledge.criteria.get(other)
        yield NearMiss(
            criterion=_notation(knowledge, other),
            label=known.label if known else "",
            relation=relation(row, mask),
            record=row.id,
            author=row.author,
            why_not=why_not(row, mask, row.id in quarantined),
            reason=row.reason,
        )


def relation(row: Row, mask: Relation) -> str:
    """Name what a row says, read in the direction of ``mask``."""
    if row.lead:
        return row.predicate.replace("#", "/").rpartition("/")[2]
    return NAMES.get(mask) or " or ".join(NAMES[r] for r in Relation if r & mask)


def why_not(row: Row, mask: Relation, disputed: bool) -> str:
    """Say in a sentence why a row does not let its subject give its object."""
    if row.lead or mask == Relation.ANYTHING:
        return "A lead: it says that the two are related, not that one guarantees the other."
    if disputed:
        return "Disputed: it contradicts other rows, and derives nothing until that is mended."
    if row.basis is Basis.NOT_VERIFIED:
        return "Nobody has checked it against the source yet."
    if not mask & ~Relation.COVERS:
        return "Not in force on the day asked for."
    if not mask & ~Relation.COVERED_BY:
        return "It asks for less: meeting it meets a part of the rule."
    if not mask & Relation.DR:
        return "They share obligations, and each has its own: meeting it meets a part of the rule."
    if mask == Relation.DR:
        return "They share nothing: meeting it says nothing about the rule."
    return "It does not guarantee the rule."
