"""What is open and no evidence decides, folded: what is not known yet, and of what nothing is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from comity.model.requirements import CaseFact
from comity.model.scales import Verdict
from comity.model.verdicts import Judgement
from comity.report.explain.fact import answer
from comity.report.gaps import actor_of, capital
from comity.report.grounds import source_asked, wanted
from comity.report.message import add_message
from comity.report.page import BODY, Page
from comity.report.whose import Voices
from comity.report.words import GAPS, WIDTH, counted, cut, sentence, squeeze, verdict_name

MOST_NAMES = 6
MOST_ITEMS = 3
MOST_ACTORS = 4
"""Who must act, each told by name."""
ITEM = 44
"""Columns of a kind of evidence."""
MOST_REASONS = 8
MOST_FACTS = 10


def add_unknown(page: Page, judged: Sequence[Judgement], voices: Voices, questions: Sequence[CaseFact]) -> None:
    """Add what cannot be told yet: by reason, and the facts that would settle it."""
    found = [j for j in judged if j.verdict in (Verdict.UNDETERMINED, None)]
    if not found:
        return
    page.gap()
    page.add(f"NOT KNOWN YET ({len(found)})")
    asking = [j for j in found if any(c.value is None for c in j.conditions)]
    # All that is asked is known, and there is a verdict that it would be: what is not known is the start.
    starting = [j for j in found if j not in asking and j.would_be is not None]
    _starts(page, starting)
    reasons: dict[str, list[Judgement]] = {}
    for one in found:
        if one not in asking and one not in starting:
            reasons.setdefault(one.reason, []).append(one)
    ordered = sorted(reasons.items(), key=lambda item: -len(item[1]))
    for reason, rules in ordered[:MOST_REASONS]:
        if len(rules) == 1:
            add_message(page, rules[0], voices)
        else:
            said = f"{named(rules)}: {sentence(reason)}"
            page.verdict(verdict_name(rules[0].verdict), squeeze(said, 2 * WIDTH - 40), rules[0].verdict)
    left = sum(len(rules) for _, rules in ordered[MOST_REASONS:])
    if left:
        page.add(f"and {counted(left, 'rule')} for {len(ordered) - MOST_REASONS} more reasons (-v)", 2)
    _facts(page, asking, questions)


def _starts(page: Page, judged: Sequence[Judgement]) -> None:
    if not judged:
        return
    reasons = list(dict.fromkeys(j.reason for j in judged))
    many = counted(len(judged), "rule")
    page.verdict("UNDETERMINED", f"{many} whose start is not known ({would(judged)})", judged[0].verdict)
    said = sentence(reasons[0])
    others = f" And {len(reasons) - 1} more (-v)." if len(reasons) > 1 else ""
    page.add(squeeze(said, WIDTH - BODY - len(others)) + others, BODY)


def _facts(page: Page, judged: Sequence[Judgement], questions: Sequence[CaseFact]) -> None:
    """Add the facts that rules wait for, those that most wait for first."""
    if not judged:
        return
    then = f" ({would(judged)})" if would(judged) else ""
    many = counted(len(judged), "rule")
    wait = "waits" if len(judged) == 1 else "wait"
    page.verdict("UNDETERMINED", f"{many} {wait} for facts that no document states{then}", judged[0].verdict)
    waiting = Counter(name for j in judged for name in set(j.subject.asked))
    known = {fact.name: fact for fact in questions}
    for name, count in sorted(waiting.items(), key=lambda item: (-item[1], item[0]))[:MOST_FACTS]:
        fact = known.get(name)
        asks = f" {fact.question}{f' ({answer(fact)})' if answer(fact) else ''}" if fact is not None else ""
        page.add(squeeze(f"--fact {name}=...  {counted(count, 'rule')}.{asks}", 2 * (WIDTH - BODY) - 30), BODY, 2)
    if len(waiting) > MOST_FACTS:
        page.add(f"and {len(waiting) - MOST_FACTS} more (-v)", BODY)


def add_missing(page: Page, judged: Sequence[Judgement]) -> None:
    """Add of what nothing is shown: by who must act, and which evidence is wanted from whom."""
    found = [j for j in judged if j.verdict is Verdict.MISSING]
    if not found:
        return
    page.gap()
    page.add(f"NOTHING SHOWN ({len(found)})")
    actors: dict[str, list[Judgement]] = {}
    for one in found:
        actors.setdefault(actor_of(one), []).append(one)
    ordered = sorted(actors.items(), key=lambda item: (-len(item[1]), item[0]))
    # One actor more takes no more room than the line that would count it.
    shown = MOST_ACTORS if len(ordered) > MOST_ACTORS + 1 else len(ordered)
    for actor, rules in ordered[:shown]:
        _missing(page, actor, rules)
    if left := ordered[shown:]:
        many = counted(sum(len(rules) for _, rules in left), "rule")
        more = f" and {len(left) - MOST_ITEMS} more" if len(left) > MOST_ITEMS else ""
        page.add(f"and {many} for {'; '.join(cut(actor, ITEM) for actor, _ in left[:MOST_ITEMS])}{more} (-v)", 2, 2)


def _missing(page: Page, actor: str, rules: Sequence[Judgement]) -> None:
    asked: dict[str, list[Judgement]] = {}
    for rule in rules:
        asked.setdefault(source_asked(rule), []).append(rule)
    for source, own in asked.items():
        said = f"{capital(actor)} ({len(own)}, {source or 'any evidence'}): {_items(own)}"
        page.verdict("MISSING", said, Verdict.MISSING)


def _items(rules: Sequence[Judgement]) -> str:
    found = Counter(wanted(rule) for rule in rules)
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    told = [f"{count} × {cut(what, ITEM)}" if count > 1 else cut(what, ITEM) for what, count in ordered[:MOST_ITEMS]]
    more = [f"and {len(ordered) - MOST_ITEMS} more (-v)"] if len(ordered) > MOST_ITEMS else []
    return "; ".join((*told, *more))


def named(rules: Sequence[Judgement]) -> str:
    """Name rules while they are few, else count them."""
    if len(rules) > MOST_NAMES:
        return counted(len(rules), "rule")
    return ", ".join(dict.fromkeys(rule.notation for rule in rules))


def would(rules: Iterable[Judgement]) -> str:
    """Say what rules would be, were it not for what keeps them open: the worst first."""
    found = Counter(rule.would_be for rule in rules if rule.would_be)
    order = [v for v in (*GAPS, *Verdict) if v in found]
    parts = [f"{found[v]} {v.value.replace('-', ' ')}" for v in dict.fromkeys(order) if v is not None]
    return f"would be: {', '.join(parts)}" if parts else ""
