"""The parties that a requirement ranges over, for one subject: who they are, and what is not known of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from comity.algebra.propagate import Node
from comity.judgement.base import Note, NoteKind
from comity.judgement.gathering import Chain, chain
from comity.judgement.inference import Inference
from comity.judgement.meant import Means, Membership, membership, warily
from comity.judgement.parts import Lists
from comity.judgement.question import Question, candidates, facts_of
from comity.model.evidence import LinkKind, Subject
from comity.model.places import Finding, Place, Severity
from comity.model.requirements import Requirement
from comity.model.scales import Authority, Fact, Lift


def chain_of(asked: Question, requirement: Requirement, subject: Subject) -> Chain | None:
    """Return the parties that a requirement ranges over for a subject; ``None`` when it is about the subject itself."""
    if requirement.ranges_over is None:
        return None
    known = asked.knowledge.criteria.get(requirement.criterion)
    level = known.level if known is not None else requirement.level
    lists, kind = Lists(asked.world, asked.on), LinkKind(requirement.ranges_over)
    if not requirement.party_conditions:
        return chain(asked.world, lists, subject.key, kind, level)

    def member(party: str) -> Membership:
        found = membership(requirement, party, facts_of(asked, party), asked.knowledge)
        if found.value is not False:
            return found
        return warily(found, membership(requirement, party, facts_of(asked.documented, party), asked.knowledge))

    text = ", and that ".join(asked.knowledge.conditions[iri].label for iri in requirement.party_conditions)
    hands_down = known is not None and Lift.INHERITS_DOWN in known.lifts
    means = Means(requirement.over or "", text, member, hands_down or kind is LinkKind.PROCESSED_AT)
    return chain(asked.world, lists, subject.key, kind, level, means)


def undecided(
    node: Node, asked: Question, inference: Inference, authority: Authority, parties: Chain
) -> Iterator[Note]:
    """Tell of which parties it is not known whether the rule means them, unless they show it and nothing is open."""
    made = inference.for_(authority)
    for party in parties.parties:
        member = parties.members[party]
        unknown = member.unknown
        shown = any(d.labels.valid for d in made.get((Fact.ALL, Node(node.criterion, party)), ()))
        if unknown and (parties.missing or not shown):
            known = asked.world.subjects.get(party)
            name, place = (known.id, known.place) if known is not None else (party, Place(party))
            why = f"not known of {name}: {', '.join(unknown)}" + (f" ({member.against})" if member.against else "")
            yield Note(NoteKind.MISSING, node.criterion, party, f"whether {name} is meant", why, place)


def unshown(node: Node, inference: Inference, authority: Authority, parties: Chain | None) -> Iterator[str]:
    """Name the parties that show nothing."""
    made = inference.for_(authority)
    for party in parties.parties if parties is not None else ():
        if not any(d.labels.valid for d in made.get((Fact.ALL, Node(node.criterion, party)), ())):
            yield f"not shown: {party}"


def contradictions(asked: Question, requirements: Iterable[Requirement]) -> Iterator[Finding]:
    """Report parties of whom the user says that a requirement does not mean them, and documents that it does."""
    found: dict[str, str] = {}
    for requirement in (r for r in requirements if r.party_conditions):
        for subject in candidates(asked, requirement.level):
            parties = chain_of(asked, requirement, subject)
            members = parties.members if parties is not None else {}
            found |= {party: m.against for party, m in members.items() if m.against}
    for party, against in sorted(found.items()):
        known = asked.world.subjects.get(party)
        name, place = (known.id, known.place) if known is not None else (party, Place(party))
        text = f"{against}: whether {name} is one of those asked for evidence is taken as unknown."
        fix = "Leave the fact out of what you state, or have the record of the party put right."
        yield Finding("contradicted-party", Severity.WARNING, place, text, fix)
