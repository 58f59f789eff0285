"""The verdict procedure: the first that holds (semantics, section 7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from comity.algebra.propagate import Derivation, Node
from comity.judgement.base import Note, NoteKind
from comity.judgement.inference import Inference
from comity.model.classes import dataclass
from comity.model.criteria import Criterion
from comity.model.scales import Assurance, Authority, Fact, ThresholdRole, Verdict


@dataclass(frozen=True, slots=True)
class Asked:
    """What a proof must reach.

    :param role: IRI of a role that every assessment must have, if any.
    :param doubt: why no proof can decide, empty when one can: the requirement itself rests on a record that nobody
        has checked, or is for a unit that evidence of its criterion leaves open.
    """

    rank: Assurance
    authority: Authority
    role: str | None = None
    doubt: str = ""

    @property
    def unverified(self) -> bool:
        """True when no proof can decide."""
        return bool(self.doubt)


UNVERIFIED = "rests on a record that nobody has verified yet"


@dataclass(frozen=True, slots=True)
class Found:
    """A verdict on the evidence alone (steps 4 to 8), and what it stands on.

    :param best: the derivation that is shown as the proof.
    :param against: the derivation that is shown beside it, where something speaks against.
    :param ways: every derivation that gives the verdict, where it says that all is met; the best among them.
    """

    verdict: Verdict
    reason: str
    best: Derivation | None = None
    against: Derivation | None = None
    challenges: tuple[Derivation, ...] = ()
    would_be: Verdict | None = None
    facts: tuple[Fact, ...] = ()
    ways: tuple[Derivation, ...] = ()


@dataclass(frozen=True, slots=True)
class Proofs:
    """Every proof that ends at one node."""

    all: Sequence[Derivation]
    some: Sequence[Derivation]
    not_all: Sequence[Derivation]


def decide(node: Node, asked: Asked, inference: Inference, notes: Iterable[Note] = ()) -> Found:
    """Judge what evidence shows of one criterion and subject.

    :param notes: what was said and gave no fact; a missing part makes the answer ``undetermined``.
    """
    made = inference.for_(asked.authority)
    proofs = Proofs(
        made.get((Fact.ALL, node), ()),
        made.get((Fact.SOME, node), ()),
        inference.against.get((Fact.NOT_ALL, node), ()),
    )
    missing = [n for n in notes if n.kind is NoteKind.MISSING]
    criterion = inference.of.knowledge.criteria.get(node.criterion)
    found = _evidence(proofs, asked, missing, criterion)
    facts = tuple(
        fact
        for fact in Fact
        if any(
            d.labels.valid for d in (made if fact in (Fact.ALL, Fact.SOME) else inference.against).get((fact, node), ())
        )
    )
    return replace(found, facts=facts)


def _evidence(proofs: Proofs, asked: Asked, missing: Sequence[Note], criterion: Criterion | None) -> Found:
    against = [d for d in proofs.not_all if _stands(d, asked)]
    challenges = tuple(d for d in proofs.not_all if d.labels.valid and d not in against)
    clean = [d for d in proofs.all if _clean(d, asked) and not d.labels.assumed]
    if against:
        return _failed(clean, against, challenges, asked)
    ranked = [d for d in clean if d.labels.rank >= asked.rank and (asked.role is None or asked.role in d.labels.roles)]
    enough = [d for d in ranked if d.labels.authority >= asked.authority]
    if enough:
        why = "shown by evidence at the assurance asked"
        return Found(Verdict.SATISFIED, why, enough[0], challenges=challenges, ways=tuple(enough))
    if ranked:
        held = ranked[0].labels.authority.token
        why = f"shown, but by rows of authority {held}; {asked.authority.token} is asked"
        return Found(Verdict.SUPPORTED, why, ranked[0], challenges=challenges, ways=tuple(ranked))
    weak = [d for d in proofs.all if _clean(d, asked)]
    if weak:
        best = max(weak, key=lambda d: (d.labels.rank, not d.labels.assumed, d.labels.authority, -d.size))
        return Found(Verdict.INSUFFICIENT_ASSURANCE, _lacks(best, asked), best, challenges=challenges)
    return _without_proof(proofs, asked, missing, challenges, criterion)


def _failed(
    clean: Sequence[Derivation], against: Sequence[Derivation], challenges: tuple[Derivation, ...], asked: Asked
) -> Found:
    highest = max(d.labels.rank for d in against)
    equal = [d for d in clean if d.labels.authority >= asked.authority and d.labels.rank >= min(asked.rank, highest)]
    worst = max(against, key=lambda d: (d.labels.rank, d.labels.authority, -d.size))
    if equal:
        why = "evidence of equal standing says both that it is met and that it is not"
        return Found(Verdict.CONFLICTING, why, equal[0], worst, challenges)
    why = "the operator's own word shows that it is not met" if worst.labels.admission else "shown not to be met"
    return Found(Verdict.FAILED, why, worst, None, challenges)


def _without_proof(
    proofs: Proofs,
    asked: Asked,
    missing: Sequence[Note],
    challenges: tuple[Derivation, ...],
    criterion: Criterion | None,
) -> Found:
    """Steps 5 to 8: nothing shows that it is met."""
    some = [d for d in proofs.some if _clean(d, asked) and d.labels.authority >= asked.authority]
    tainted = [d for d in proofs.all if _tainted(d, asked)]
    if tainted:
        return Found(Verdict.UNDETERMINED, _taint(tainted[0], asked), tainted[0], challenges=challenges)
    if challenges and not some:
        why = "only challenged: somebody says that it is not met, at less than the assurance asked"
        return Found(Verdict.UNDETERMINED, why, None, None, challenges)
    undated = [d for d in proofs.not_all if not d.labels.dated]
    if undated and not some:
        return Found(Verdict.UNDETERMINED, _taint(undated[0], asked), undated[0], None, challenges)
    if missing:
        why = "; ".join(dict.fromkeys(n.why for n in missing))
        return Found(Verdict.UNDETERMINED, why, None, None, challenges)
    limit = criterion.limit if criterion is not None else None
    if limit is not None and limit.role is ThresholdRole.LIMIT and limit.value is None:
        return Found(Verdict.UNDETERMINED, "the law has not set the limit yet", None, None, challenges)
    if some:
        return Found(Verdict.PARTIAL, "a part of it is shown", some[0], challenges=challenges)
    hazy = [d for d in proofs.some if _tainted(d, asked) and d.labels.authority >= asked.authority]
    if hazy:
        return Found(Verdict.UNDETERMINED, _taint(hazy[0], asked), hazy[0], challenges=challenges)
    return _expired(proofs, asked, challenges, criterion)


def _expired(proofs: Proofs, asked: Asked, challenges: tuple[Derivation, ...], criterion: Criterion | None) -> Found:
    past = [d for d in (*proofs.all, *proofs.not_all, *proofs.some) if d.labels.dated and not d.labels.valid]
    bearing = [d for d in past if d.atom[0] is not Fact.SOME or d.labels.authority >= asked.authority]
    if not bearing:
        why = "only leads bear on it" if proofs.all or proofs.some else "nothing bears on it"
        return Found(Verdict.MISSING, why, None, None, challenges)
    revived = Proofs(_revive(proofs.all), _revive(proofs.some), _revive(proofs.not_all))
    would_be = _evidence(revived, asked, (), criterion)
    why = "all evidence that bears on it is not valid on the day judged: " + _periods(bearing)
    return Found(Verdict.EXPIRED, why, bearing[0], None, challenges, would_be.verdict)


def _revive(found: Sequence[Derivation]) -> list[Derivation]:
    """Return proofs as they would be on a day on which their evidence counts; without a date none is known."""
    from comity.judgement.proof import leaves

    revived = []
    for d in found:
        if d.labels.dated:
            known = not any(leaf.moment.undated for leaf in leaves(d))
            revived.append(replace(d, labels=replace(d.labels, valid=known, dated=known)))
    return revived


def _periods(found: Sequence[Derivation]) -> str:
    from comity.judgement.proof import leaves

    texts = {x.moment.text for d in found for x in leaves(d) if not x.moment.valid}
    return "; ".join(sorted(texts))


def _stands(d: Derivation, asked: Asked) -> bool:
    """Tell whether a proof of not-all counts (the G of section 7)."""
    x = d.labels
    if not x.valid or x.unverified or asked.unverified or x.disputed or x.authority < asked.authority:
        return False
    return x.rank >= asked.rank or x.admission


def _clean(d: Derivation, asked: Asked) -> bool:
    x = d.labels
    return x.valid and not (x.contested(asked.rank) or x.disputed or x.unverified or asked.unverified)


def _tainted(d: Derivation, asked: Asked) -> bool:
    """Tell whether a proof is only contested, disputed, unverified or undated, rather than past its time."""
    return not d.labels.dated or (d.labels.valid and not _clean(d, asked))


def _taint(d: Derivation, asked: Asked) -> str:
    x = d.labels
    if x.disputed:
        return "depends on disputed rows"
    if not x.dated:
        return "the evidence states no date"
    if x.contested(asked.rank):
        return "contested: evidence of equal standing speaks against a step on the way"
    return asked.doubt or UNVERIFIED


def _lacks(d: Derivation, asked: Asked) -> str:
    x = d.labels
    if x.rank < asked.rank:
        return f"the evidence is {x.rank.token}; {asked.rank.token} is asked"
    if asked.role is not None and asked.role not in x.roles:
        return f"the assessor is not shown to be a {asked.role.rsplit('/', 1)[-1].replace('-', ' ')}"
    return "it stands on assumptions"
