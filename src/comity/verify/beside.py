"""What stands beside the proofs of an answer: assumptions, facts, confidence, what is said to be missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from comity.model.criteria import Criterion
from comity.model.scales import Fact, ThresholdRole
from comity.verify.problems import shown
from comity.verify.verdict import Open

Object = Mapping[str, object]
Differing = Iterator[tuple[str, str]]
"""Field, and what it should be."""

NOT_CLAIMED = "exemption not claimed: "
_NOT_WHAT_KEEPS_OPEN = ("wanted: ", "not shown: ")
_SCOPE = "scope"
"""The rule of the assumption that a row's scope is meant: it is told with the row, and not again."""


def texts(value: object, name: str) -> list[str]:
    """Return a list of texts; what is no text is left out."""
    found = value.get(name) if isinstance(value, dict) else None
    return [t for t in found if isinstance(t, str)] if isinstance(found, list) else []


def left_open(answer: Object, criterion: Criterion | None) -> Open:
    """Tell what keeps an answer open without a proof.

    That something is missing, only the report says: it is what the search found out.
    """
    limit = criterion.limit if criterion is not None else None
    unset = limit is not None and limit.role is ThresholdRole.LIMIT and limit.value is None
    named = any(not line.startswith(_NOT_WHAT_KEEPS_OPEN) for line in texts(answer, "missing"))
    return Open(unset=unset, named=named)


def assumptions(answer: Object, not_claimed: Iterable[str] | None) -> Differing:
    """Compare what is taken for granted with the proof's assumptions and the exemptions that nobody claims.

    :param not_claimed: those exemptions; ``None`` where the report does not tell the facts of the case.
    """
    stands = set(texts(answer, "assumptions"))
    steps = _steps(answer)
    assumed = [s for s in steps if s.get("kind") == "assumption"]
    should = {str(s.get("reason")) for s in assumed if s.get("rule") != _SCOPE}
    may = {str(s.get("reason")) for s in assumed}
    if not_claimed is None:
        may |= {t for t in stands if t.startswith(NOT_CLAIMED)}
    else:
        should |= {f"{NOT_CLAIMED}{text}" for text in not_claimed}
    if not should <= stands <= may | should:
        yield "assumptions", shown(sorted(should))


def facts(answer: Object) -> Differing:
    """A proof whose evidence counts on the day shows one of the facts that are listed."""
    stands = texts(answer, "facts")
    shows = [
        str(proof.get("fact"))
        for name in ("proof", "counter_proof")
        if isinstance(proof := answer.get(name), dict) and proof.get("valid") is True
    ]
    if not set(shows) <= set(stands) or not set(stands) <= set(Fact):
        yield "facts", f"a list with {shown(shows)}"


def confidence(answer: Object) -> Differing:
    """Bounds stand beside a proof that all is met by rows with a confidence; they are no lower than that proof's."""
    stands, proof = answer.get("confidence"), answer.get("proof")
    outcome = answer.get("would_be") or answer.get("verdict")
    own = proof.get("confidence") if isinstance(proof, dict) else None
    if stands is None:
        return
    low, high = _bounds(stands)
    if outcome not in ("satisfied", "supported") or own is None:
        yield "confidence", "null"
    elif not (_bounds(own)[1] <= high <= 1 and 0 <= low <= high):
        yield "confidence", f"bounds that hold {shown(own)}"


def nothing_shown(answer: Object) -> Differing:
    """Where a rule does not apply, nothing is shown of it."""
    for name in ("proof", "counter_proof", "confidence"):
        if answer.get(name) is not None:
            yield name, "null: the rule does not apply"
    for name in ("challenges", "facts", "assumptions", "missing", "leads"):
        if answer.get(name):
            yield name, "[]: the rule does not apply"


def place(answer: Object) -> Differing:
    """The place is that of a piece of evidence that the proof uses."""
    stands = answer.get("place")
    steps = [s for s in _steps(answer) if s.get("kind") in ("claim", "assessment")]
    found = [{"document": s.get("document"), "pointer": s.get("pointer")} for s in steps]
    if found and stands not in found:
        yield "place", shown(found[0])


def _steps(answer: Object) -> list[Object]:
    proof = answer.get("proof")
    steps = proof.get("steps") if isinstance(proof, dict) else None
    return [s for s in steps if isinstance(s, dict)] if isinstance(steps, list) else []


def _bounds(value: object) -> tuple[float, float]:
    """Read bounds; what is none has a low end above its high one."""
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(v, int | float) for v in value):
        return (1, 0)
    return value[0], value[1]
