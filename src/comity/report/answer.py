"""The answer to ``comity ask`` for a person: the verdict on each subject, with its proof step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from comity.model.knowledge import OwnFile
from comity.model.places import Place
from comity.model.proofs import Proof, Step, StepKind
from comity.model.scales import Fact, Verdict
from comity.model.verdicts import Judgement
from comity.report.grounds import acceptance, needs, outcome
from comity.report.heading import head, own_knowledge
from comity.report.page import Page, folder_of
from comity.report.whose import plain_reason
from comity.report.words import (
    assurance_name,
    bare,
    basis_name,
    counted,
    paint,
    place_name,
    printable,
    sentence,
    verdict_name,
)

ASSUMED = "assumed: "

_FACTS = {
    Fact.ALL: "all of it is met",
    Fact.SOME: "a part of it is met",
    Fact.NONE: "none of it is met",
    Fact.NOT_ALL: "not all of it is met",
}


def answers_as_text(
    answers: Sequence[Judgement],
    *,
    on: date,
    checked_on: date | None = None,
    knowledge_version: str = "",
    own: Sequence[OwnFile] = (),
    colour: bool = False,
) -> str:
    """Write the answers to one rule.

    :param on: the day judged.
    :param checked_on: when the knowledge was checked.
    :param own: the files of the user's own knowledge.
    """
    proofs = [p for a in answers for p in (a.proof, a.counter_proof, *a.challenges) if p is not None]
    places = [a.place.document for a in answers if a.place is not None]
    page = Page(colour, folder_of([*(name for p in proofs for name in p.documents), *places]))
    markets = tuple(dict.fromkeys(a.market for a in answers if a.market))
    head(page, on, checked_on, knowledge_version, markets)
    named = f" Documents are named from {page.folder} on." if page.folder else ""
    page.lines.append(f"Signatures and revocation are not checked.{printable(named, colour)}")
    own_knowledge(page, own)
    if not answers:
        page.add("No subject of these documents stands on the level of this rule.")
    told: set[tuple[str, str | None]] = set()
    for answer in answers:
        if answer.verdict is Verdict.NOT_APPLICABLE:
            continue
        if (answer.id.partition("#")[0], answer.market) not in told:
            told.add((answer.id.partition("#")[0], answer.market))
            _rule(page, answer)
        _answer(page, answer)
    never = [a for a in answers if a.verdict is Verdict.NOT_APPLICABLE]
    if never:
        page.gap()
    for answer in never:
        word = paint(verdict_name(answer.verdict), answer.verdict, colour)
        page.add(f"{word}  {answer.notation}  to {answer.subject.label}: {sentence(answer.reason)}", 0, 2)
    return page.text()


def _rule(page: Page, answer: Judgement) -> None:
    page.gap()
    page.add(f"{answer.notation}  {answer.label}")
    page.add(sentence(answer.citation), 2)
    bound = f"asked by {answer.market} of the {answer.actor}" if answer.market else "bound by no market"
    applies = f", from {answer.applies_from}" if answer.applies_from else ""
    tested = f", tested on {answer.tested_on}" if answer.tested_on else ""
    page.add(sentence(f"{bound}{applies}{tested}"), 2)
    if needs(answer):
        page.add(f"needs: {sentence(needs(answer))}", 2, 2)
    if basis_name(answer.basis, answer.confidence):
        page.add(f"doubtful: {sentence(basis_name(answer.basis, answer.confidence))}", 2, 2)
    if answer.doubts:
        page.add(f"doubt: {' '.join(sentence(doubt) for doubt in answer.doubts)}", 2, 2)


def _answer(page: Page, answer: Judgement) -> None:
    page.gap()
    unit = ", ".join(f"{part} {bare(value)}" for part, value in sorted(answer.unit.items()))
    page.add(f"{answer.subject.label}  ({answer.subject.level}{f'; {unit}' if unit else ''})", 0, 2)
    if answer.place is not None:
        page.add(place_name(answer.place), 2, 2)
    word = paint(verdict_name(answer.verdict), answer.verdict, page.colour)
    would = f" (would be {verdict_name(answer.would_be).lower()})" if answer.would_be else ""
    page.add(f"{word}{would}  {sentence(plain_reason(answer))}", 2, 4)
    for condition in answer.conditions:
        if condition.value is None:
            page.add(f"not known: {condition.text} ({', '.join(condition.facts)})", 2, 2)
    if answer.proof is not None:
        _proof(page, "Proof", answer.proof)
    if answer.counter_proof is not None:
        _proof(page, "Proof against", answer.counter_proof)
    for challenge in answer.challenges:
        _proof(page, "Challenge", challenge)
    steps = answer.proof.steps if answer.proof is not None else ()
    taken = {step.text: number for number, step in enumerate(steps, 1) if step.kind is StepKind.ASSUMPTION}
    for name, lines in (
        ("assumed", _joined([line for line in answer.assumptions if line not in taken])),
        ("missing", _missing(answer.missing, taken)),
        ("lead", [f"{lead.text}: {lead.why}" for lead in answer.leads]),
    ):
        for line in lines:
            page.add(f"{name}: {sentence(line)}", 2, 2)
    if how := acceptance([answer]):
        page.add(f"then: {sentence(how)}", 2, 2)
    page.add(f"→ comity explain {answer.notation}", 2)


def _text(step: Step) -> str:
    """Write a step; where a fact was read is told as a place in the document that it stands on."""
    pointer = str(step.detail.get("pointer") or "")
    document, mark, inside = pointer.partition("#")
    if step.kind is not StepKind.FACT or not mark:
        return step.text
    return f"{step.text.partition(' (')[0]} ({Place(document, inside).path})"


def _missing(lines: Sequence[str], taken: Mapping[str, int]) -> list[str]:
    """Say what is missing; what a step of the proof assumes, by the step's number."""
    told = [line for line in lines if not line.startswith("wanted: ") and line.removeprefix(ASSUMED) not in taken]
    numbers = [str(taken[line.removeprefix(ASSUMED)]) for line in lines if line.removeprefix(ASSUMED) in taken]
    if not numbers:
        return told
    which = f"step {numbers[0]} assumes" if len(numbers) == 1 else f"steps {', '.join(numbers)} assume"
    return [*told, f"evidence of what {which}"]


def _joined(lines: Sequence[str]) -> list[str]:
    """Join what begins alike ("exemption not claimed: ...")."""
    heads: dict[str, list[str]] = {}
    for line in lines:
        head, colon, rest = line.partition(": ")
        heads.setdefault(head + colon, []).append(rest)
    return [head + "; ".join(rest) for head, rest in heads.items()]


def _proof(page: Page, title: str, proof: Proof) -> None:
    labels = proof.labels
    told = [assurance_name(labels.rank)]
    told += [f"rows {labels.authority.token}"] if any(s.kind.value == "mapping" for s in proof.steps) else []
    told += [
        name
        for name, holds in (
            ("not valid on the day", labels.dated and not labels.valid),
            ("undated", not labels.dated),
            ("disputed", labels.disputed),
            ("assumed", labels.assumed),
            ("not verified", labels.unverified),
            ("the operator's own admission", labels.admission),
        )
        if holds
    ]
    shown = f": {outcome(proof)}" if outcome(proof) else ""
    page.add(f"{title} that {_FACTS[proof.fact]} ({', '.join(told)}){shown}", 2, 4)
    width = len(str(len(proof.steps)))
    for number, step in enumerate(proof.steps, 1):
        stands = f"  [{','.join(str(p + 1) for p in step.premises)}]" if step.premises else ""
        page.add(f"{number:>{width}}. {step.kind.value}: {_text(step)}{stands}", 2, width + 2)
    if proof.confidence is not None:
        low, high = proof.confidence
        page.add(f"Confidence that all rows hold: {low:g} to {high:g}.", 2)
    documents = counted(len(proof.documents), "document")
    page.add(f"To disclose, {documents}: {', '.join(proof.documents)}", 2, 2)
