"""Judge each claim against each criterion that it cites, by what others found (semantics, section 7, end)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from comity.algebra.edges import Edge
from comity.algebra.propagate import Derivation, Node, Rule
from comity.judgement.base import Evidence, Setting
from comity.judgement.chain import Lifted, Network
from comity.judgement.inference import Inference
from comity.judgement.leaf import Leaf
from comity.judgement.misses import leads, missing, notes_about
from comity.judgement.proof import prove
from comity.judgement.resolve import How, Meaning
from comity.judgement.time import When
from comity.judgement.verdict import UNVERIFIED, Asked, Found, decide
from comity.model.evidence import CitationKind, Claim, Document
from comity.model.places import Place
from comity.model.proofs import StepKind
from comity.model.scales import Assurance, Authority, Fact, Verdict
from comity.model.verdicts import AssessmentUse, ClaimJudgement, Lead


def judge_claims(
    of: Setting, net: Network, evidence: Evidence, assurance: Assurance | None, authority: Authority | None
) -> Iterator[ClaimJudgement]:
    """Judge every claim of the documents.

    :param assurance: the rank asked; third party unless given.
    :param authority: the authority asked; reviewed unless given.
    """
    asked = Asked(assurance or Assurance.THIRD_PARTY, authority or Authority.REVIEWED)
    others = tuple(d for d in evidence.leaves if isinstance(d.origin, Leaf) and d.origin.kind is StepKind.ASSESSMENT)
    cited = [(document, claim, meaning) for document, claim, meaning in _cited(of)]
    targets = frozenset(m.criterion for _, _, m in cited if m.criterion)
    inference = Inference(of, net, evidence, targets, others)
    for document, claim, meaning in cited:
        yield _judge(document, claim, meaning, asked, inference)


def _cited(of: Setting) -> Iterator[tuple[Document, Claim, Meaning]]:
    """List what claims cite: their criteria, or, where they name none, the text that they name."""
    for document in of.world.documents:
        for claim in document.claims:
            meanings = of.resolver.claim(claim)
            criteria = [m for m in meanings if m.citation.kind is CitationKind.CRITERION]
            for meaning in criteria or meanings:
                yield document, claim, meaning


def _judge(document: Document, claim: Claim, meaning: Meaning, asked: Asked, inference: Inference) -> ClaimJudgement:
    of = inference.of
    subject = of.world.name(claim.subject)
    known = of.knowledge.criteria.get(meaning.criterion)
    named = known.notation if known else (meaning.criterion or None)
    cited = f"{meaning.citation.iri} {meaning.citation.name}".strip()
    parts = of.world.subjects[subject].parts if subject in of.world.subjects else {}
    unit = {p: parts[p] for p in (known.unit_parts if known else ()) if p in parts}
    if not meaning.criterion:
        reason = meaning.reason or "it cites nothing that can be judged"
        lead = Lead(cited, reason, claim.place)
        return ClaimJudgement(
            claim.place,
            document.name,
            claim.label,
            subject,
            unit,
            None,
            cited,
            Verdict.MISSING,
            None,
            reason,
            leads=(lead,),
        )
    node = Node(meaning.criterion, subject)
    if known is not None and known.unverified:
        asked = replace(asked, doubt=UNVERIFIED)
    notes = notes_about(node, inference.evidence, inference)
    relevant = tuple(n for n in notes if n.place != claim.place)
    found = decide(node, asked, inference, relevant)
    proof = prove(found.best, of) if found.best is not None else None
    return ClaimJudgement(
        claim.place,
        document.name,
        claim.label,
        subject,
        unit,
        named,
        cited,
        found.verdict,
        found.would_be,
        _reason(found, meaning, asked),
        tuple(_uses(node, asked, inference)),
        proof,
        tuple(prove(d, of) for d in found.challenges),
        tuple(a for d in ([found.best] if found.best else []) for leaf in _leaves(d) for a in leaf.assumptions),
        missing(found, asked, node, inference, relevant),
        leads(found, asked, node, inference, relevant),
        prove(found.against, of) if found.against is not None else None,
    )


def _reason(found: Found, meaning: Meaning, asked: Asked) -> str:
    text = found.reason
    if found.verdict is Verdict.INSUFFICIENT_ASSURANCE and found.best is not None:
        whose = dict.fromkeys(x.standing.why for x in _leaves(found.best) if x.standing.effective < asked.rank)
        text = "; ".join((text, *whose))
    if meaning.how is How.DOCUMENT:
        text += "; the claim cites a whole text, judged as conformity with all of it"
    return text


def _uses(node: Node, asked: Asked, inference: Inference) -> Iterator[AssessmentUse]:
    """Say of each assessment that bears on a claim through what, and whether it counts."""
    seen: set[Place] = set()
    for leaf_, route in inference.bearing_on(node):
        leaf = leaf_.origin
        assert isinstance(leaf, Leaf)
        if leaf.place in seen:
            continue
        seen.add(leaf.place)
        why = against_counting(leaf_, route, asked)
        yield AssessmentUse(leaf.place, describe(leaf, route), not why, why)


def describe(leaf: Leaf, route: Sequence[Rule]) -> str:
    """Say through what a piece of evidence reaches a criterion.

    Exact identifier, alias, mapping rows, a declared whole, a lift: in the order of the route.
    """
    words = [_how(leaf)]
    for rule in route:
        source = rule.source
        if isinstance(source, Edge):
            words.append("mapping " + "+".join(r.id for r in source.rows))
        elif isinstance(source, Lifted):
            words.append(f"{source.kind} from {source.source}")
        else:
            words.append(f"part of {rule.name.rsplit('/', 1)[-1]}")
    return ", ".join(dict.fromkeys(words))


def _how(leaf: Leaf) -> str:
    if leaf.meaning is None:
        return "value"
    if leaf.meaning.how is How.ALIAS:
        return "alias"
    return "exact id" if leaf.meaning.citation.kind is CitationKind.CRITERION else "named text"


def against_counting(d: Derivation, route: Sequence[Rule], asked: Asked) -> str:
    """Give the first reason why a piece of evidence does not count; empty when it does."""
    leaf = d.origin
    assert isinstance(leaf, Leaf)
    if leaf.moment.when is When.UNDATED:
        return "the credential states no date"
    if not leaf.moment.valid:
        return leaf.moment.text
    if leaf.standing.effective < asked.rank:
        return f"{leaf.standing.effective.token}: {leaf.standing.why}"
    if leaf.assumptions:
        return leaf.assumptions[0]
    if any(r.disputed for r in route):
        return "depends on disputed rows"
    low = [r for r in route if r.authority is not None and r.authority < asked.authority]
    if low and low[0].authority is not None:
        return f"row {low[0].name} has authority {low[0].authority.token}"
    if route and route[-1].conclusion[0] is not Fact.ALL and d.atom[0] is Fact.ALL:
        return "shows a part of it only"
    return ""


def _leaves(d: Derivation) -> tuple[Leaf, ...]:
    from comity.judgement.proof import leaves as found

    return found(d)
