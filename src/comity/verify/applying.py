"""Whether a report says rightly how a requirement applies to a subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from comity.model.classes import dataclass
from comity.model.requirements import Requirement
from comity.verify import application
from comity.verify.application import Days
from comity.verify.bench import Bench
from comity.verify.problems import shown

Object = Mapping[str, object]
Value = tuple[object, object]
"""The words of a condition, and how it came out."""

EXEMPT = "exempt: "


@dataclass(frozen=True, slots=True)
class Applying:
    """How a requirement applies, recomputed.

    :param differing: fields that say something else, with what they should say.
    :param not_claimed: exemptions of which it is not known whether they hold; ``None`` where the facts are not told.
    :param asked: names of the facts that would settle it.
    """

    state: str
    differing: tuple[tuple[str, str], ...]
    not_claimed: tuple[str, ...] | None
    asked: frozenset[str] = frozenset()


def applying_to(
    requirement: Requirement, key: str, answer: Object, bench: Bench, of_proof: Sequence[Value] | None
) -> Applying:
    """Recompute conditions, exemptions and dates from the facts that the report tells of its subjects.

    An answer to one rule tells no facts: what came out of its conditions is taken as it stands there.

    :param key: of the subject.
    :param of_proof: the conditions that the proof shows; ``None`` without a proof.
    """
    days = application.tested(requirement, key, bench, answer.get("tested_on"))
    stated = [(c.get("text"), c.get("value")) for c in listed(answer, "conditions")]
    came_out, exempt, not_claimed = _as_stated(requirement, answer, stated, bench)
    asked: set[str] = set()
    if bench.told is not None:
        facts = application.words(requirement, key, bench)
        came_out = [*application.conditions(requirement, facts, bench)]
        held = application.exemptions(requirement, facts, bench)
        exempt = True in held.values()
        not_claimed = tuple(text for text, holds in held.items() if holds is None)
        asked = {n for iri in requirement.conditions for n in application.unsettled(iri, facts, bench)}
    state = application.state(requirement, (v for _, v in came_out), days, bench, exempt=exempt)
    if days.event and application.period_of(requirement, days, bench) == application.UNKNOWN and _is_vague(days):
        asked.add(str(requirement.event))
    found = _differing(requirement, answer, days, bench, (came_out, of_proof))
    return Applying(state, tuple(found), not_claimed, frozenset() if state == application.ENDED else frozenset(asked))


def _as_stated(
    requirement: Requirement, answer: Object, stated: Sequence[Value], bench: Bench
) -> tuple[list[Value], bool, tuple[str, ...] | None]:
    """Take the outcomes that stand in the report, under the words that stand in the knowledge."""
    known = bench.given.knowledge
    values = dict(stated)
    labels = [known.conditions[iri].label for iri in requirement.conditions]
    exempt = [known.exemptions[iri] for iri in requirement.exemptions]
    named = {f"{EXEMPT}{e.label} ({e.citation})" for e in exempt}
    return [(label, values.get(label)) for label in labels], answer.get("reason") in named, None


def _is_vague(days: Days) -> bool:
    return days.first != days.last


def _differing(
    requirement: Requirement,
    answer: Object,
    days: Days,
    bench: Bench,
    conditions: tuple[Sequence[Value], Sequence[Value] | None],
) -> Iterator[tuple[str, str]]:
    came_out, of_proof = conditions
    if answer.get("tested_on") != days.tested(bench):
        yield "tested_on", shown(days.tested(bench))
    starts = application.applies_from(requirement, days, bench)
    if answer.get("applies_from") != starts:
        yield "applies_from", shown(starts)
    written = listed(answer, "conditions")
    stated = [(c.get("text"), c.get("value")) for c in written]
    if stated != list(came_out) or (of_proof is not None and stated != list(of_proof)):
        yield "conditions", shown(came_out if stated != list(came_out) else of_proof)
        return
    for iri, condition in zip(requirement.conditions, written, strict=True):
        asks = set(application.asks(iri, bench))
        facts = condition.get("facts")
        if not isinstance(facts, list) or not facts or not {str(f) for f in facts} <= asks:
            yield "conditions", f"{shown(condition.get('text'))} with facts of {shown(sorted(asks))}"


def listed(value: object, name: str) -> list[Object]:
    """Return a list of objects; what is none is left out."""
    found = value.get(name) if isinstance(value, dict) else None
    return [v for v in found if isinstance(v, dict)] if isinstance(found, list) else []
