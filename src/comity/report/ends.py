"""What stands once at the end of the table: what is shown, what comes later, and what repeats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from comity.model.proofs import Proof, StepKind
from comity.model.scales import Assurance, Verdict
from comity.model.verdicts import Judgement, MarketReport, Report
from comity.report.folded import named, would
from comity.report.gaps import capital
from comity.report.grounds import Source, acceptance, opposition, sources
from comity.report.page import Page
from comity.report.whose import Voices
from comity.report.words import GAPS, SHOWN, WIDTH, basis_name, counted, cut, listed, sentence, squeeze, verdict_name

MOST_VOICES = 6
MOST_NOTES = 2
MOST_SHOWN = 24
MOST_SUBJECTS = 6
MOST_DAYS = 4
NOTE = WIDTH - 2
"""Columns of a note where there is more to say."""
MOST_DOUBT = WIDTH - 10
"""Columns of a doubt that many rules share."""


def add_shown(page: Page, judged: Sequence[Judgement]) -> None:
    """Add what is satisfied or supported: the rules by name, and those that somebody disputes."""
    found = [j for j in judged if j.verdict in SHOWN]
    for verdict in SHOWN:
        own = [j for j in found if j.verdict is verdict]
        if own:
            names = listed(list(dict.fromkeys(j.notation for j in own)), MOST_SHOWN)
            page.verdict(verdict_name(verdict), f"{counted(len(own), 'rule')}: {names}", verdict)
        if own and verdict is Verdict.SUPPORTED:
            page.add(" ".join((*dict.fromkeys(sentence(j.reason) for j in own), sentence(acceptance(own)))), 6)
    disputed = [j.notation for j in found if opposition(j)]
    if disputed:
        page.add(f"Somebody says otherwise of {listed(disputed, MOST_SHOWN)}, and it does not count (-v).", 6)


def add_later(page: Page, judged: Sequence[Judgement]) -> None:
    """Add what applies later, by day."""
    days: dict[str, list[Judgement]] = {}
    for one in sorted((j for j in judged if j.verdict is Verdict.UPCOMING), key=lambda j: j.applies_from or "~"):
        days.setdefault(one.applies_from or "", []).append(one)
    for day, rules in list(days.items())[:MOST_DAYS]:
        then = would(rules)
        when = f"from {day}" if day else "from a day that is not fixed yet"
        page.verdict("UPCOMING", f"{when}{f' ({then})' if then else ''}: {named(rules)}", Verdict.UPCOMING)
    left = sum(len(rules) for rules in list(days.values())[MOST_DAYS:])
    if left:
        page.verdict("UPCOMING", f"{counted(left, 'rule')} later still (-v)", Verdict.UPCOMING)


def add_beside(page: Page, report: Report, markets: Sequence[MarketReport], *, open_: bool) -> None:
    """Say of whom a market asks nothing, and what else it says; at length where nothing is open."""
    products = {s.key: s.label for s in report.subjects if s.level.is_product}
    silent = [products[m.subject] for m in markets if not m.asks and m.subject in products]
    if silent:
        page.add(f"Asks nothing of {listed(silent, MOST_SUBJECTS)}.", 2, 4)
    leads = list(dict.fromkeys((lead.text, lead.why) for m in markets for lead in m.leads))
    notes = [sentence(text) if open_ else f"{sentence(text)} {sentence(why)}" for text, why in leads]
    most = MOST_NOTES if open_ else len(notes)
    for note in notes[:most]:
        page.add(squeeze(f"Note: {note}", NOTE) if open_ else f"Note: {note}", 2, 4)
    if len(notes) > most:
        page.add(f"Note: and {len(notes) - most} more (-v).", 2, 4)


def add_repeated(page: Page, judged: Iterable[Judgement], voices: Voices) -> None:
    """Add what many verdicts have in common: whose word the evidence is, what is assumed, what is in doubt."""
    told = [j for j in judged if j.verdict in (*GAPS, *SHOWN)]
    add_voices(page, (p for j in told for p in (j.proof, j.counter_proof, *j.challenges)), voices)
    assumed = _assumed(told)
    if assumed:
        page.add(sentence(f"Taken for granted: {assumed}"), 0, 2)
    for line in _doubts(told):
        page.add(line, 0, 2)


def add_voices(page: Page, proofs: Iterable[Proof | None], voices: Voices) -> None:
    """Tell once who vouches for whom; of what operators claim, who they are."""
    found = dict.fromkeys(source for proof in proofs for source in sources(proof))
    claims = [s for s in found if s.kind is StepKind.CLAIM and s.assurance == Assurance.SELF.token]
    others = [s for s in found if s.kind is not StepKind.CLAIM or s.assurance != Assurance.SELF.token]
    told = {voices.name(s) for s in others if s.assurance == Assurance.SELF.token}
    lines = _joined(others, voices)
    own = {voices.name(s): s.text for s in claims if not voices.name(s) or voices.name(s) not in told}
    lines += [f"{name} for itself (self-declared)" if name else text for name, text in own.items()]
    more = [f"and {len(lines) - MOST_VOICES} more (-v)"] if len(lines) > MOST_VOICES else []
    if lines:
        page.add(sentence(f"Whose word: {'; '.join([*lines[:MOST_VOICES], *more])}"), 0, 2)


def _joined(found: Iterable[Source], voices: Voices) -> list[str]:
    """Say who vouches for whom; of several for whom the same is said, once: "Ann, Bo: accredited by Cy"."""
    said: dict[str, dict[str, str]] = {}
    for source in found:
        name, text = voices.name(source), source.text
        own = name and text.startswith(name)
        rest = text.removeprefix(name).lstrip(": ").removeprefix("is ") if own else text
        said.setdefault(rest, {})[name if own else ""] = text
    return [
        f"{', '.join(names)}: {rest}" if len(names) > 1 else next(iter(names.values())) for rest, names in said.items()
    ]


def _assumed(told: Sequence[Judgement]) -> str:
    """Tell what is taken for granted by how it begins ("exemption not claimed: ..."), and count what begins alike."""
    heads = Counter(line.partition(": ")[0] for line in dict.fromkeys(line for j in told for line in j.assumptions))
    parts = [f"{head[:1].lower()}{head[1:]}{f' ({count} times)' if count > 1 else ''}" for head, count in heads.items()]
    return f"{', '.join(parts)} (-v)" if parts else ""


def _doubts(told: Sequence[Judgement]) -> list[str]:
    """Tell the doubts that most rules share, how rules were checked, and count the other doubts."""
    counts = Counter(doubt for j in told for doubt in set(j.doubts))
    common = sorted(doubt for doubt, count in counts.items() if 2 * count > len(told))
    own = {j.notation for j in told if set(j.doubts) - set(common)}
    bases: dict[str, list[Judgement]] = {}
    for one in told:
        if basis_name(one.basis, one.confidence):
            bases.setdefault(basis_name(one.basis, one.confidence), []).append(one)
    most = "Doubt about all rules" if all(counts[d] == len(told) for d in common) else "Doubt about most rules"
    lines = [f"{most}: {' '.join(cut(sentence(doubt), MOST_DOUBT) for doubt in common)}"] if common else []
    lines += [f"{capital(basis)}: {named(rules)}." for basis, rules in sorted(bases.items())]
    have = "has a doubt of its own" if len(own) == 1 else "have doubts of their own"
    if own and lines:
        return [*lines[:-1], f"{lines[-1]} {counted(len(own), 'rule')} {have} (-v)."]
    return [f"{counted(len(own), 'rule')} {have} (-v)."] if own else lines
