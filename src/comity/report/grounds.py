"""What a verdict stands on, in sentences: whose evidence, what it comes to, what would do instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from comity.model.classes import dataclass
from comity.model.places import Place
from comity.model.proofs import Proof, Step, StepKind
from comity.model.scales import Assurance, Verdict
from comity.model.verdicts import Judgement
from comity.report.words import an, assurance_name, place_name

EVIDENCE = (StepKind.CLAIM, StepKind.ASSESSMENT)


@dataclass(frozen=True, slots=True)
class Source:
    """A claim or assessment that a proof stands on.

    :param assurance: its effective assurance, as a token; empty when the proof does not say.
    :param why: whose word it is.
    """

    label: str
    place: Place
    assurance: str
    why: str
    kind: StepKind

    @property
    def text(self) -> str:
        """Whose word it is and how much that counts."""
        rank = assurance_name(Assurance.of(self.assurance)) if self.assurance else ""
        return f"{self.why or self.label} ({rank})" if rank else self.why or self.label


def sources(proof: Proof | None) -> tuple[Source, ...]:
    """List the claims and assessments that a proof stands on, each once, in the proof's order."""
    if proof is None:
        return ()
    return tuple(dict.fromkeys(_source(step, proof.steps) for step in proof.steps if step.kind in EVIDENCE))


def outcome(proof: Proof | None) -> str:
    """Say what a proof's evidence comes to: values against their limits, or what was said."""
    if proof is None:
        return ""
    return measured(proof) or "; ".join(dict.fromkeys(source.label for source in sources(proof)))


def needs(judged: Judgement) -> str:
    """Say which evidence would satisfy a rule, from whom, at which assurance."""
    if judged.rank is None:
        return ""
    return f"{wanted(judged)}, {source_asked(judged)}"


def acceptance(judged: Iterable[Judgement]) -> str:
    """Say how rules would count as met that are met by mapping rows of too low an authority; empty where none is."""
    proofs = [j.proof for j in judged if j.verdict is Verdict.SUPPORTED and j.proof is not None]
    if not proofs:
        return ""
    lowest = min(proof.labels.authority for proof in proofs)
    return f"--authority {lowest.token} takes such rows as they are; comity review records who signs them"


def wanted(judged: Judgement) -> str:
    """Say which evidence a rule accepts."""
    return " or ".join(judged.evidence) or "an assessment of it"


def source_asked(judged: Judgement) -> str:
    """Say from whom evidence must be, and at which assurance at least."""
    if judged.rank is None:
        return ""
    least = assurance_name(judged.rank) + ("" if judged.rank is Assurance.PUBLIC_AUTHORITY else " or better")
    return f"from {an(role_name(judged.role))} ({least})" if judged.role else least


def role_name(role: str | None) -> str:
    """Return a role's words from its IRI.

    >>> role_name("https://w3id.org/comity/role/lead-auditor")
    'lead auditor'
    """
    return (role or "").rpartition("/")[2].replace("-", " ")


def measured(proof: Proof | None) -> str:
    """Say which values a proof holds against which limits."""
    steps = proof.steps if proof is not None else ()
    return "; ".join(dict.fromkeys(step.text for step in steps if step.kind is StepKind.THRESHOLD))


def opposition(judged: Judgement) -> tuple[str, ...]:
    """Say what speaks against a verdict, whose word that is, and where it stands."""
    proofs = (*((judged.counter_proof,) if judged.counter_proof else ()), *judged.challenges)
    lines = []
    for proof in proofs:
        whose = "; ".join(f"{source.text}, {place_name(source.place)}" for source in sources(proof))
        lines.append(f"{outcome(proof)}: {whose}")
    return tuple(dict.fromkeys(lines))


def _source(step: Step, steps: Sequence[Step]) -> Source:
    whose = next((steps[p] for p in step.premises if steps[p].kind is StepKind.ASSURANCE), None)
    assurance = str(whose.detail.get("effective", "")) if whose else ""
    place = Place(str(step.detail.get("document", "")), str(step.detail.get("pointer", "")))
    label = step.text.removesuffix(f" ({place.path})")
    return Source(label, place, assurance, whose.text if whose else "", step.kind)
