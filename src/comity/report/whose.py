"""Whose word evidence is, and whose is asked, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from comity.model.classes import dataclass
from comity.model.evidence import Document
from comity.model.places import Place
from comity.model.proofs import Proof
from comity.model.scales import Assurance, Verdict
from comity.model.verdicts import Judgement
from comity.report.grounds import Source, role_name, sources
from comity.report.words import an, assurance_name

MOST = 2
"""Voices that one sentence names."""

OWN = "the operator's own word"

_ASKED: Mapping[Assurance, str] = {
    Assurance.UNATTRIBUTED: "somebody's word",
    Assurance.SELF: OWN,
    Assurance.SECOND_PARTY: "a second party",
    Assurance.THIRD_PARTY: "a third party",
    Assurance.ACCREDITED_THIRD_PARTY: "an accredited third party",
    Assurance.PUBLIC_AUTHORITY: "a public authority",
}


@dataclass(frozen=True, slots=True)
class Voices:
    """The names of those whose word the evidence is.

    :param issuers: place of an assessment to its issuer's name; empty where nobody issued it.
    :param documents: name of a document to its issuer's name.
    """

    issuers: Mapping[Place, str] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Voices:
        """Gather the names that documents give their issuers."""
        read = list(documents)
        made = {a.place: (a.issuer.name or a.issuer.id) if a.issuer else "" for d in read for a in d.assessments}
        return cls(made, {d.name: d.issuer.name or d.issuer.id for d in read if d.issuer})

    def name(self, source: Source) -> str:
        """Return the name of whoever issued a piece of evidence; empty when nobody is named."""
        issued = self.issuers.get(source.place)
        return self.documents.get(source.place.document, "") if issued is None else issued

    def word(self, source: Source) -> str:
        """Say whose word it is, as a thing that one can have; whose an operator's own is, stands at the end."""
        if source.assurance == Assurance.SELF.token:
            return OWN
        return f"the word of {self.speaker(source)}"

    def speaker(self, source: Source) -> str:
        """Say who speaks, and where it hardly counts, that it does not."""
        who = self.name(source)
        if source.assurance == Assurance.SELF.token:
            return f"{who} itself" if who else "the operator itself"
        if source.assurance == Assurance.UNATTRIBUTED.token:
            return f"{who}, for whom nobody vouches" if who else "somebody unknown"
        rank = assurance_name(Assurance.of(source.assurance)) if source.assurance else ""
        return who or (an(rank) if rank else "somebody")

    def speakers(self, proof: Proof | None) -> str:
        """Say who speaks in a proof."""
        return together(self.speaker(source) for source in sources(proof))

    def only(self, judged: Judgement) -> str:
        """Say that a proof is not enough: whose word it is, and whose is asked."""
        proof = judged.proof
        if proof is None or judged.rank is None:
            return ""
        weak = proof.labels.rank < judged.rank
        if not weak and (judged.role is None or judged.role in proof.labels.roles):
            return ""
        found = [s for s in sources(proof) if not weak or not s.assurance or Assurance.of(s.assurance) < judged.rank]
        whose = together(self.word(source) for source in found)
        unlike = "" if weak else f", not shown to be {an(role_name(judged.role))}"
        return f"only {whose}{unlike}; {asked_of(judged)} is asked"


def asked_of(judged: Judgement) -> str:
    """Say whose word a rule asks for."""
    if judged.rank is None:
        return "evidence"
    return f"{an(role_name(judged.role))} ({assurance_name(judged.rank)})" if judged.role else rank_asked(judged.rank)


def rank_asked(rank: Assurance) -> str:
    """Say whose word an assurance asks for.

    >>> rank_asked(Assurance.THIRD_PARTY)
    'a third party'
    """
    return _ASKED[rank]


def plain_reason(judged: Judgement, voices: Voices | None = None) -> str:
    """Give the reason of a verdict; where more assurance is asked, whose word there is and whose is asked."""
    if judged.verdict is Verdict.INSUFFICIENT_ASSURANCE:
        return (voices or Voices()).only(judged) or judged.reason
    return judged.reason


def together(names: Iterable[str]) -> str:
    """Join what is said, each once; a few by name and the rest by number.

    >>> together(["Ann", "Bo", "Ann"]), together(["Ann", "Bo", "Cy", "Di"])
    ('Ann and Bo', 'Ann, Bo and 2 more')
    """
    found: Sequence[str] = list(dict.fromkeys(names))
    if len(found) > MOST:
        return f"{', '.join(found[:MOST])} and {len(found) - MOST} more"
    return " and ".join(found)
