"""The report for a person at length: gaps first, by who must act, each with all that is known of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from comity.model.scales import Verdict
from comity.model.verdicts import Judgement, MarketReport, Report
from comity.report.blocks import OPEN, Block, gaps, lacking, shown
from comity.report.grounds import acceptance, outcome
from comity.report.heading import documents, head
from comity.report.listing import add_claims, add_findings, add_matrix, told
from comity.report.page import BODY, Page, folder_of, repeated
from comity.report.plain import summary
from comity.report.whose import plain_reason
from comity.report.words import GAPS, basis_name, counted, sentence, verdict_name

EVERY = 1_000_000
"""More than there ever is: the long form leaves nothing out."""


def as_long(report: Report, *, colour: bool = False) -> str:
    """Write a report for a person, with nothing left out.

    :param colour: use the escape codes of a terminal.
    """
    page = Page(colour, folder_of(document.name for document in report.documents))
    head(page, report.on, report.checked_on, report.knowledge_version, report.policy.markets)
    documents(page, report)
    add_findings(page, report)
    for market in report.policy.markets:
        _market(page, report, market)
    add_claims(page, report, whole=not report.policy.markets)
    add_matrix(page, report, EVERY)
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
    _beside(page, report, [m for m in report.markets if m.id == market])


def _block(page: Page, block: Block, several: bool, common: frozenset[str]) -> None:
    page.place(block.place)
    about = f"{block.subject.label} ({block.subject.level})" if several else ""
    if len(block.rules) == 1:
        _single(page, block.first, about, common)
    else:
        many = counted(len(block.rules), "rule") + (f" about {about}" if about else "")
        alike = len({plain_reason(rule) for rule in block.rules}) == 1
        said = f"{many}{f': {sentence(plain_reason(block.first))}' if alike else ''}"
        page.verdict(verdict_name(block.verdict), said, block.verdict)
        _rules(page, block, common)
    page.below("evidence", block.have)
    page.below("against", block.against)
    if block.verdict is not Verdict.PARTIAL or len(block.rules) == 1:
        page.below("lacks", block.lacks)
    page.below("assumed", block.assumed)
    if block.verdict in OPEN:
        page.below("lead", block.leads)
    doubtful = basis_name(block.first.basis, block.first.confidence)
    doubt = [doubtful] if doubtful else []
    doubt += ["the proof rests on a record that nobody has verified"] if block.unverified else []
    page.below("doubtful", doubt)
    if block.tell:
        page.add("tell: " + " ".join(f"--fact {name}=..." for name in block.tell), BODY, 2)
    if len(block.rules) == 1 or block.verdict is not Verdict.MISSING:
        page.below("needs", [need for need in block.by_need() if need])


def _single(page: Page, rule: Judgement, about: str, common: frozenset[str]) -> None:
    shows = "" if rule.verdict is Verdict.MISSING else outcome(rule.proof)
    would = f"(would be {verdict_name(rule.would_be).lower()})  " if rule.would_be else ""
    page.verdict(
        verdict_name(rule.verdict), f"{would}{_name(rule, common)}  {sentence(shows or rule.label)}", rule.verdict
    )
    label = f"{sentence(rule.label)} " if shows else ""
    page.add(f"{sentence(about)} {label}{sentence(rule.citation)} {sentence(plain_reason(rule))}".strip(), BODY)


def _rules(page: Page, block: Block, common: frozenset[str]) -> None:
    """Name the rules of a block with their labels, and with what each shows or by what they have in common."""
    if block.verdict not in OPEN:
        for rule in block.rules:
            shows = outcome(rule.proof)
            lacks = lacking(rule) if rule.verdict is Verdict.PARTIAL else ()
            said = "; ".join(filter(None, (shows, *lacks)))
            page.add(f"{_name(rule, common)}  {rule.label}{f': {said}' if said else ''}", BODY, 2)
        return
    if block.verdict is Verdict.MISSING:
        for need, rules in block.by_need().items():
            if need:
                page.add(f"needs {need}:", BODY)
            for rule in rules:
                page.add(f"{_name(rule, common)}  {rule.label}", BODY + 2, 2)
        return
    reasons = block.by_reason()
    for reason, outcomes in reasons.items():
        if len(reasons) > 1:
            page.add(sentence(reason), BODY)
        for would, rules in outcomes.items():
            then = f"would be {verdict_name(would).lower()}: " if would else ""
            for rule in rules:
                page.add(f"{then}{_name(rule, common)}  {rule.label}", BODY + 2, 2)


def _name(rule: Judgement, common: frozenset[str]) -> str:
    """Write a rule's notation, starred when there is a doubt about it that not all rules share."""
    return rule.notation + ("*" if set(rule.doubts) - common else "")


def _shown(page: Page, blocks: Sequence[Block], several: bool, common: frozenset[str]) -> None:
    if blocks:
        page.gap()
    for block in blocks:
        about = f" about {block.subject.label}" if several else ""
        doubtful = basis_name(block.first.basis, block.first.confidence)
        doubt = f" ({doubtful})" if doubtful else ""
        whose = f": {sentence('; '.join(block.have))}" if block.have else ""
        said = f"{counted(len(block.rules), 'rule')}{about}{doubt}{whose}"
        page.verdict(verdict_name(block.verdict), said, block.verdict)
        for rule in block.rules:
            page.add(f"{_name(rule, common)}  {rule.label}", BODY, 2)
        if block.verdict is Verdict.SUPPORTED:
            page.add(f"{sentence(block.first.reason)} {sentence(acceptance(block.rules))}", BODY)
        page.below("challenged", block.against)


def _fold(page: Page, judged: Sequence[Judgement]) -> None:
    """Add what applies later, rule by rule, and what does not apply, by the reason."""
    later = [j for j in judged if j.verdict is Verdict.UPCOMING]
    never = [j for j in judged if j.verdict is Verdict.NOT_APPLICABLE]
    if later or never:
        page.gap()
    for one in later:
        would = f"(would be {verdict_name(one.would_be).lower()})  " if one.would_be else ""
        page.verdict("UPCOMING", f"{would}{one.notation}  {one.label}. {sentence(one.reason)}", Verdict.UPCOMING)
    reasons: dict[tuple[str, str], list[str]] = {}
    for one in never:
        reasons.setdefault((one.subject.label, one.reason), []).append(one.notation)
    for (label, reason), rules in reasons.items():
        said = f"{counted(len(rules), 'rule')} to {label}: {sentence(reason)}"
        page.verdict("NOT APPLICABLE", said, Verdict.NOT_APPLICABLE)
        page.add(", ".join(rules), BODY)


def _beside(page: Page, report: Report, markets: Sequence[MarketReport]) -> None:
    """Say of whom a market asks nothing, and what else it says."""
    products = {s.key: s.label for s in report.subjects if s.level.is_product}
    silent = [products[m.subject] for m in markets if not m.asks and m.subject in products]
    if silent:
        page.add(f"asks nothing of: {', '.join(silent)}", 2, 4)
    for note in dict.fromkeys(f"{sentence(lead.text)} {sentence(lead.why)}" for m in markets for lead in m.leads):
        page.add(f"note: {note}", 2, 4)


def _common(report: Report) -> frozenset[str]:
    """Return the doubts that more than half of the rules shown share."""
    shown_ = [j for j in report.requirements if j.verdict in (*GAPS, Verdict.SATISFIED, Verdict.SUPPORTED)]
    counts = Counter(doubt for judged in shown_ for doubt in set(judged.doubts))
    return frozenset(doubt for doubt, count in counts.items() if 2 * count > len(shown_))


def _doubts(page: Page, report: Report) -> None:
    common = _common(report)
    shown_ = [j for j in report.requirements if j.verdict in (*GAPS, Verdict.SATISFIED, Verdict.SUPPORTED)]
    own: dict[str, list[str]] = {}
    for judged in shown_:
        for doubt in set(judged.doubts) - common:
            own.setdefault(doubt, []).append(judged.notation)
    if common or own:
        page.gap()
    for doubt in sorted(common):
        page.add(f"Doubt about most of these rules: {sentence(doubt)}", 0, 2)
    for doubt, rules in sorted(own.items()):
        page.add(f"* Doubt about {', '.join(dict.fromkeys(rules))}: {sentence(doubt)}", 0, 2)
