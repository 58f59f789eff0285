"""Whether a verdict is one that its proofs' labels allow, under what was asked (semantics, section 7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from comity.model.classes import dataclass
from comity.model.scales import Assurance, Authority
from comity.verify.proof import Labels

BEFORE = ("not-applicable", "upcoming")
"""Verdicts that the application of a requirement decides, whatever the evidence."""


SILENT = ("missing", "undetermined")
"""Verdicts that may stand without a proof: that there is none, no proof shows."""

NEEDING = frozenset({"satisfied", "supported", "failed", "conflicting", "insufficient-assurance", "partial", "expired"})
"""Verdicts that need a proof."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a proof must reach.

    :param unverified: true when the requirement's own record was verified by nobody.
    """

    assurance: Assurance
    authority: Authority
    role: str | None = None
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """What keeps an answer open without a proof.

    :param unset: true when the value of the limit that is asked for is not set yet.
    :param named: true when the report names something that is not known.
    """

    unset: bool = False
    named: bool = False


CLOSED = Open()


@dataclass(frozen=True, slots=True)
class Shown:
    """A proof as it was replayed: its fact, and the labels that its steps add up to."""

    fact: str
    labels: Labels

    def rank(self) -> Assurance:
        """Its assurance."""
        return Assurance.of(str(self.labels["assurance"]))

    def authority(self) -> Authority:
        """The authority of its rows; the highest where it uses none."""
        stated = self.labels["authority"]
        return max(Authority) if stated is None else Authority.of(str(stated))

    def has(self, label: str) -> bool:
        """Tell whether a label is set."""
        return bool(self.labels[label])


def allowed(
    proof: Shown | None,
    counter: Shown | None,
    challenges: Sequence[Shown],
    asked: Asked,
    left: Open = CLOSED,
) -> Iterator[str]:
    """List the verdicts on the evidence that proofs allow.

    What only a search can tell (that nothing stands against a step on the way, that nothing better is there)
    cannot be seen in the proofs that are shown.

    :param left: what keeps the answer open where no proof is shown.
    """
    if any(_stands(c, asked) for c in challenges):
        return
    if proof is None:
        if counter is None:
            yield "undetermined" if challenges or left.unset or left.named else "missing"
        return
    if not proof.has("valid") and proof.has("dated"):
        yield "expired"
        return
    if proof.fact == "not-all":
        if counter is None:
            yield from ("failed",) if _stands(proof, asked) else ("undetermined",) if not proof.has("dated") else ()
        return
    clean = proof.has("valid") and not (proof.has("disputed") or proof.has("unverified") or asked.unverified)
    if not clean:
        yield from ("undetermined",) if counter is None else ()
        return
    # Whether an opposite proof contests a step on the way, labels do not say.
    yield from _clean(proof, counter, asked)


def _clean(proof: Shown, counter: Shown | None, asked: Asked) -> Iterator[str]:
    enough = proof.authority() >= asked.authority
    if counter is not None:
        equal = enough and proof.rank() >= min(asked.assurance, counter.rank()) and not proof.has("assumed")
        yield from ("conflicting",) if proof.fact == "all" and equal and _stands(counter, asked) else ()
        return
    yield "undetermined"
    if proof.fact == "some":
        yield from ("partial",) if enough else ()
        return
    roles = proof.labels["roles"]
    role = asked.role is None or (isinstance(roles, list) and asked.role in roles)
    if proof.rank() >= asked.assurance and role and not proof.has("assumed"):
        yield "satisfied" if enough else "supported"
    else:
        yield "insufficient-assurance"


def _stands(proof: Shown, asked: Asked) -> bool:
    """Tell whether a proof of not-all counts against."""
    if not proof.has("valid") or proof.has("unverified") or proof.has("disputed") or asked.unverified:
        return False
    high = proof.rank() >= asked.assurance or proof.has("admission")
    return proof.fact == "not-all" and high and proof.authority() >= asked.authority


def revived(proof: Shown | None) -> frozenset[str]:
    """List the verdicts that evidence which no longer counts, or not yet, may have on another day.

    Which proofs there are beside the one shown, only a search tells; but one that shows more is shown first.
    """
    whole = {"satisfied", "supported", "insufficient-assurance", "conflicting"}
    against = {"failed", "undetermined", "partial", "missing"}
    if proof is None:
        return frozenset()
    return frozenset({"all": whole | against, "some": against - {"failed"}}.get(proof.fact, against))


def differs(
    verdict: object, would_be: object, found: Sequence[str], application: str, other: frozenset[str] = frozenset()
) -> Mapping[str, str]:
    """Compare a verdict with those that are allowed.

    :param application: how the requirement stands to the subject: ``applies``, ``upcoming``, ``unknown``,
        ``ended``.
    :param other: what evidence that has expired may be on another day.
    :returns: field to what it should be; empty when all is right.
    """
    here = " or ".join(found) or "none that these proofs allow"
    if application == "ended":
        wrong = {} if verdict == "not-applicable" else {"verdict": "not-applicable"}
        return wrong | ({} if would_be is None else {"would_be": "null"})
    if application in ("upcoming", "unknown"):
        should = "upcoming" if application == "upcoming" else "undetermined"
        wrong = {} if verdict == should else {"verdict": should}
        return wrong | ({} if would_be in found else {"would_be": here})
    if verdict not in found:
        return {"verdict": here}
    if verdict == "expired":
        return {} if would_be in other else {"would_be": " or ".join(sorted(other))}
    return {} if would_be is None else {"would_be": "null"}
