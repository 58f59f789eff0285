"""The report for a person: gaps first, by who must act, then what is shown, then what is folded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from comity.model.scales import Verdict
from comity.model.verdicts import Judgement, MarketReport, Report
from comity.report.blocks import OPEN, Block, gaps, lacking, shown
from comity.report.grounds import outcome
from comity.report.heading import documents, head
from comity.report.listing import add_claims, add_findings, add_matrix, told
from comity.report.page import BODY, Page, folder_of, repeated
from comity.report.plain import summary
from comity.report.words import (
    GAPS,
    basis_name,
    counted,
    paint,
    sentence,
    verdict_name,
)

MOST_LABELS = 4
"""Rules of one block that are printed with their labels; more are printed by notation alone."""
MOST_LINES = 3
MOST_NOTES = 3


def as_table(report: Report, *, colour: bool = False) -> str:
    """Write a report for a person.

    :param colour: use the escape codes of a terminal.
    """
    page = Page(colour, folder_of(document.name for document in report.documents))
    head(page, report.on, report.checked_on, report.knowledge_version, report.policy.markets)
    documents(page, report)
    add_findings(page, report)
    for market in report.policy.markets:
        _market(page, report, market)
    add_claims(page, report, whole=not report.policy.markets)
    add_matrix(page, report)
    page.foot("Assumed, in more than one place:")
    if report.requirements:
        page.gap()
        page.add("→ comity explain RULE says what a rule asks; comity ask RULE DOCUMENT... shows the proof.")
    _doubts(page, report)
    return page.text()


def _market(page: Page, report: Report, market: str) -> None:
    judged = [j for j in report.requirements if j.market == market]
    blocks = gaps(judged)
    page.repeated = repeated(block.assumed for block in blocks)
    subjects = {j.subject.key for j in judged if j.verdict is not Verdict.NOT_APPLICABLE}
    page.gap()
    counts = told(summary(report)[market])
    page.add(f"{market.upper()}: {counts or 'asks nothing of these subjects'}", 0, 2)
    actor = None
    for block in blocks:
        if block.actor != actor:
            actor = block.actor
            page.gap()
            page.add(f"{actor.upper()} must act ({sum(len(b.rules) for b in blocks if b.actor == actor)})")
        _block(page, block, len(subjects) > 1, _common(report))
    if subjects and not blocks:
        page.add("No gaps.")
    _shown(page, shown(judged), len(subjects) > 1, _common(report))
    _fold(page, judged)
    _beside(page, report, [m for m in report.markets if m.id == market], open_=bool(blocks))


def _block(page: Page, block: Block, several: bool, common: frozenset[str]) -> None:
    page.place(block.place)
    word = paint(verdict_name(block.verdict), block.verdict, page.colour)
    about = f"{block.subject.label} ({block.subject.level})" if several else ""
    if len(block.rules) == 1:
        _single(page, word, block.first, about, common)
    else:
        many = counted(len(block.rules), "rule") + (f" about {about}" if about else "")
        alike = len({rule.reason for rule in block.rules}) == 1
        page.add(f"{word}  {many}{f': {sentence(block.first.reason)}' if alike else ''}", 2, BODY - 2)
        _rules(page, block, common)
    single = len(block.rules) == 1
    if single or block.verdict not in OPEN:
        page.below("evidence", block.have, MOST_LINES)
    page.below("against", block.against, MOST_LINES)
    if single or block.verdict not in (Verdict.UNDETERMINED, Verdict.PARTIAL):
        page.below("lacks", block.lacks, MOST_LINES)
    page.below("assumed", block.assumed, MOST_LINES)
    if block.verdict in OPEN:
        page.below("lead", block.leads, 1)
    doubt = [basis_name(block.first.basis)] if basis_name(block.first.basis) else []
    doubt += ["the proof rests on a record that nobody has verified"] if block.unverified else []
    page.below("doubtful", doubt)
    if block.tell:
        page.add("tell: " + " ".join(f"--fact {name}=..." for name in block.tell), BODY, 2)
    if single or block.verdict not in OPEN:
        page.below("needs", [need for need in block.by_need() if need])
        page.add(f"→ comity explain {block.first.notation}", BODY)


def _single(page: Page, word: str, rule: Judgement, about: str, common: frozenset[str]) -> None:
    shows = "" if rule.verdict is Verdict.MISSING else outcome(rule.proof)
    would = f" (would be {verdict_name(rule.would_be).lower()})" if rule.would_be else ""
    page.add(f"{word}{would}  {_name(rule, common)}  {sentence(shows or rule.label)}", 2, BODY - 2)
    label = f"{sentence(rule.label)} " if shows else ""
    page.add(f"{sentence(about)} {label}{sentence(rule.citation)} {sentence(rule.reason)}".strip(), BODY)


def _rules(page: Page, block: Block, common: frozenset[str]) -> None:
    """Name the rules of a block: with what they show while they are few, else by what they have in common."""
    if block.verdict not in OPEN:
        for rule in block.rules[:MOST_LABELS]:
            shows = outcome(rule.proof)
            lacks = lacking(rule) if rule.verdict is Verdict.PARTIAL else ()
            said = "; ".join(filter(None, (shows, *lacks)))
            page.add(f"{_name(rule, common)}  {rule.label}{f': {said}' if said else ''}", BODY, 2)
        if len(block.rules) > MOST_LABELS:
            page.add(", ".join(_name(rule, common) for rule in block.rules[MOST_LABELS:]), BODY, 2)
        return
    if block.verdict is Verdict.MISSING:
        for need, rules in block.by_need().items():
            names = ", ".join(_name(rule, common) for rule in rules)
            page.add(f"{names}{f': needs {need}' if need else ''}", BODY, 2)
        return
    reasons = block.by_reason()
    for reason, outcomes in reasons.items():
        if len(reasons) > 1:
            page.add(sentence(reason), BODY)
        for would, rules in outcomes.items():
            names = ", ".join(_name(rule, common) for rule in rules)
            page.add(f"{f'would be {verdict_name(would).lower()}: ' if would else ''}{names}", BODY + 2, 2)


def _name(rule: Judgement, common: frozenset[str]) -> str:
    """Write a rule's notation, starred when there is a doubt about it that not all rules share."""
    return rule.notation + ("*" if set(rule.doubts) - common else "")


def _shown(page: Page, blocks: Sequence[Block], several: bool, common: frozenset[str]) -> None:
    if blocks:
        page.gap()
    for block in blocks:
        word = paint(verdict_name(block.verdict), block.verdict, page.colour)
        about = f" about {block.subject.label}" if several else ""
        doubt = f" ({basis_name(block.first.basis)})" if basis_name(block.first.basis) else ""
        whose = f": {sentence('; '.join(block.have))}" if block.have else ""
        page.add(f"{word}  {counted(len(block.rules), 'rule')}{about}{doubt}{whose}", 2, BODY - 2)
        if len(block.rules) <= MOST_LABELS:
            for rule in block.rules:
                page.add(f"{_name(rule, common)}  {rule.label}", BODY, 2)
        else:
            page.add(", ".join(_name(rule, common) for rule in block.rules), BODY)
        if block.verdict is Verdict.SUPPORTED:
            page.add(sentence(block.first.reason), BODY)
        page.below("challenged", block.against, MOST_LINES)


def _fold(page: Page, judged: Sequence[Judgement]) -> None:
    later = [j for j in judged if j.verdict is Verdict.UPCOMING]
    never = [j for j in judged if j.verdict is Verdict.NOT_APPLICABLE]
    if later or never:
        page.gap()
    if later:
        would = Counter(j.would_be for j in later if j.would_be)
        then = ", ".join(f"{would[v]} {v.value.replace('-', ' ')}" for v in Verdict if would[v])
        days = sorted(j.applies_from for j in later if j.applies_from and j.applies_from[:4].isdigit())
        first = f"; the first from {days[0]}" if days else ""
        page.add(f"upcoming: {len(later)}{f' (would be: {then})' if then else ''}{first}", 2, 4)
    if never:
        subjects = Counter(j.subject.label for j in never)
        each = ", ".join(f"{label} {count}" for label, count in subjects.items())
        page.add(f"not applicable: {len(never)}{f' ({each})' if len(subjects) > 1 else ''}", 2, 4)


def _beside(page: Page, report: Report, markets: Sequence[MarketReport], *, open_: bool) -> None:
    """Say of whom a market asks nothing, and what else it says; at length where nothing is open."""
    products = {s.key: s.label for s in report.subjects if s.level.is_product}
    silent = [products[m.subject] for m in markets if not m.asks and m.subject in products]
    if silent:
        page.add(f"asks nothing of: {', '.join(silent)}", 2, 4)
    notes = list(dict.fromkeys(f"{sentence(lead.text)} {sentence(lead.why)}" for m in markets for lead in m.leads))
    most = MOST_NOTES if open_ else len(notes)
    for note in notes[:most]:
        page.add(f"note: {note}", 2, 4)
    if len(notes) > most:
        page.add(f"note: and {len(notes) - most} more (--format json)", 2, 4)


def _common(report: Report) -> frozenset[str]:
    """Return the doubts that more than half of the rules shown share."""
    shown_ = [j for j in report.requirements if j.verdict in (*GAPS, Verdict.SATISFIED, Verdict.SUPPORTED)]
    counts = Counter(doubt for judged in shown_ for doubt in set(judged.doubts))
    return frozenset(doubt for doubt, count in counts.items() if 2 * count > len(shown_))


def _doubts(page: Page, report: Report) -> None:
    common = _common(report)
    shown_ = [j for j in report.requirements if j.verdict in (*GAPS, Verdict.SATISFIED, Verdict.SUPPORTED)]
    own = {j.notation for j in shown_ if set(j.doubts) - common}
    if common or own:
        page.gap()
    for doubt in sorted(common):
        page.add(f"Doubt about most of these rules: {sentence(doubt)}", 0, 2)
    if own:
        page.add(f"* There is a doubt about {counted(len(own), 'rule')}; comity explain RULE tells it.", 0, 2)
