"""One gap as a message: the place in the user's file, the verdict, the rule, one sentence, the citation."""

from __future__ import annotations

from comity.model.classes import dataclass
from comity.model.proofs import Proof, StepKind
from comity.model.scales import Verdict
from comity.model.verdicts import Judgement
from comity.report.grounds import measured, outcome, sources
from comity.report.page import Page
from comity.report.whose import Voices, plain_reason
from comity.report.words import WIDTH, cut, place_name, sentence, squeeze, verdict_name, wrap

HANG = 10
LINES = 2
"""Lines of a message below its place."""
LEAST = 12
"""Columns that a label keeps when it gives way."""
SHORTEST = 24
"""Columns that what is said keeps when it gives way."""
NOT_SHOWN = "not shown: "


@dataclass(frozen=True, slots=True)
class Said:
    """What is wrong with one rule, in parts.

    :param about: what the rule is called.
    :param values: the numbers held against their limits; empty where there are none.
    :param why: whose word it is and whose is asked, or what else is wrong.
    :param link: what stands between the values and the reason.
    """

    about: str
    values: str
    why: str
    link: str = ": "

    @property
    def label(self) -> str:
        """The part that may be cut: values say more than what the rule is called."""
        return "" if self.values else self.about

    @property
    def text(self) -> str:
        """The part that is told whole where it fits."""
        return f"{self.values}{self.link}{self.why}" if self.values else self.why


def add_message(page: Page, judged: Judgement, voices: Voices) -> None:
    """Add a gap: three lines at most, the place among them."""
    if judged.place is not None and judged.place != page.last:
        page.add(squeeze(page.short(place_name(judged.place)), WIDTH))
        page.last = judged.place
    word = verdict_name(judged.verdict)
    said = said_of(judged, voices)
    label, text = page.short(said.label), page.short(said.text)
    head, tail = f"  {word}  {judged.notation}  ", f"{page.short(judged.citation)}."
    alone, whole = fitted(head, label, text, "", 1), fitted(head, label, text, tail, 1)
    if "…" not in alone and "…" in whole:
        # The sentence fills a line: the citation gets its own.
        page.verdict(word, f"{judged.notation}  {alone}", judged.verdict, HANG - 2)
        page.add(cut(tail, WIDTH - HANG), HANG)
    else:
        told = fitted(head, label, text, tail, LINES)
        page.verdict(word, f"{judged.notation}  {told}", judged.verdict, HANG - 2)


def fitted(head: str, label: str, said: str, tail: str, lines: int, hang: int = HANG) -> str:
    """Make a sentence of a label and what is said, that fits into some lines with what stands around it.

    The label gives way first, at its end; then what is said, in its middle.

    >>> fitted("  FAILED  r-1  ", "Wash your hands", "not met, says Ann", "Rules, 1.", 1)
    'Wash your hands: not met, says Ann. Rules, 1.'
    """

    def text(label: str, said: str) -> str:
        return f"{sentence(f'{label}: {said}' if label and said else label or said)} {tail}".rstrip()

    def fits(text: str) -> bool:
        return len(wrap(head + text, 0, hang)) <= lines

    for width in range(len(label), min(LEAST, len(label)) - 1, -1):
        if fits(text(cut(label, width), said)):
            return text(cut(label, width), said)
    for width in range(len(said), SHORTEST, -1):
        if fits(text(cut(label, LEAST), squeeze(said, width))):
            return text(cut(label, LEAST), squeeze(said, width))
    return text(cut(label, LEAST), squeeze(said, SHORTEST))


def said_of(judged: Judgement, voices: Voices) -> Said:
    """Say what is wrong with one rule."""
    proof, verdict = judged.proof, judged.verdict
    values = measured(proof)
    if verdict is Verdict.FAILED:
        return _failed(judged, values, voices)
    if verdict is Verdict.CONFLICTING:
        against = judged.counter_proof
        where = ", ".join(dict.fromkeys(s.place.document for s in sources(against)))
        no = f"{voices.speakers(against)}{f' ({where})' if where else ''}"
        return Said(judged.label, "", f"met, says {voices.speakers(proof)}; not met, says {no}")
    if verdict is Verdict.EXPIRED:
        then = f"would be {verdict_name(judged.would_be).lower()}, but " if judged.would_be else ""
        return Said(judged.label, "", f"{then}{periods(proof) or judged.reason}")
    if verdict is Verdict.INSUFFICIENT_ASSURANCE:
        return Said(judged.label, values, plain_reason(judged, voices), ", but ")
    if verdict is Verdict.PARTIAL:
        return Said(judged.label, "", part_of(judged, voices))
    return Said(judged.label, "", judged.reason)


def _failed(judged: Judgement, values: str, voices: Voices) -> Said:
    who = voices.speakers(judged.proof)
    if (judged.proof is not None and judged.proof.labels.admission) or not who:
        return Said(judged.label, values, judged.reason, ": ")
    return Said(judged.label, values, f"says {who}" if values else f"not met, says {who}", ", ")


def part_of(judged: Judgement, voices: Voices) -> str:
    """Say which parts are not shown, where the texts name them; else who says that it is not met, or which part is."""
    parts = unshown(judged)
    if parts:
        return f"not shown: {'; '.join(parts)}"
    if judged.challenges:
        against = judged.challenges[0]
        return f"{outcome(against)}, says {voices.speakers(against)}"
    return f"a part is shown: {outcome(judged.proof)}" if judged.proof is not None else judged.reason


def unshown(judged: Judgement) -> tuple[str, ...]:
    """List the parts that are not shown, without what they have in common with the rule's own label."""
    # A part is told as its notation and its label; a label often begins as that of the whole.
    labels = (line.removeprefix(NOT_SHOWN).partition(" ")[2] for line in judged.missing if line.startswith(NOT_SHOWN))
    return tuple(dict.fromkeys(_own(label, judged.label) for label in labels))


def _own(label: str, whole: str) -> str:
    shared, colon, own = label.partition(": ")
    return own if colon and whole.startswith(shared) else label


def periods(proof: Proof | None) -> str:
    """Say when the evidence of a proof was valid, or will be."""
    steps = proof.steps if proof is not None else ()
    times = [s for s in steps if s.kind is StepKind.TIME and s.detail.get("outcome") != "within"]
    said = dict.fromkeys(s.text.partition(": ")[2] or s.text for s in times)
    return f"the evidence was {'; '.join(said)}" if said else ""
