"""The report for a person: what was judged, the gaps in order of weight, and once at the end what repeats.

What is folded here stands in full in the long form (:mod:`comity.report.long`).
"""

from __future__ import annotations

from collections.abc import Sequence

from comity.model.scales import Verdict
from comity.model.verdicts import Judgement, Report
from comity.report.ends import add_beside, add_later, add_repeated, add_shown
from comity.report.folded import add_missing, add_unknown
from comity.report.gaps import add_partial, add_spoken
from comity.report.heading import documents, head
from comity.report.listing import add_errors, add_matrix, add_warnings, told
from comity.report.page import Page, folder_of
from comity.report.plain import summary
from comity.report.statements import add_counts, add_statements
from comity.report.whose import Voices
from comity.report.words import GAPS, act_of, counted, sentence

MOST_SUBJECTS = 3


def as_table(report: Report, *, colour: bool = False) -> str:
    """Write a report for a person, the heaviest first.

    :param colour: use the escape codes of a terminal.
    """
    page = Page(colour, folder_of(document.name for document in report.documents))
    voices = Voices.of(report.documents)
    head(page, report.on, report.checked_on, report.knowledge_version, report.policy.markets)
    documents(page, report, brief=True)
    add_errors(page, report)
    for market in report.policy.markets:
        _market(page, report, market, voices)
    if report.policy.markets:
        page.gap()
        add_counts(page, report)
        add_repeated(page, report.requirements, voices)
    else:
        add_statements(page, report, voices)
    add_matrix(page, report)
    add_warnings(page, report)
    _next(page, report)
    return page.text()


def _market(page: Page, report: Report, market: str, voices: Voices) -> None:
    judged = [j for j in report.requirements if j.market == market]
    asked = [j for j in judged if j.verdict is not Verdict.NOT_APPLICABLE]
    open_ = [j for j in asked if j.verdict in GAPS]
    act, count = act_of([j.citation for j in asked])
    page.gap()
    page.add(f"{market.upper()}: {_asks(asked, len(judged), act, count)}", 0, 2)
    page.act = act
    if asked:
        page.add(sentence(told(summary(report)[market])), 2)
        add_spoken(page, open_, voices)
        add_partial(page, open_, voices)
        add_unknown(page, open_, voices, report.questions)
        add_missing(page, open_)
        page.gap()
        if not open_:
            page.add("No gaps.", 2)
        add_shown(page, judged)
        add_later(page, judged)
    add_beside(page, report, [m for m in report.markets if m.id == market], open_=bool(open_))
    page.act = ""


def _asks(asked: Sequence[Judgement], judged: int, act: str, count: int) -> str:
    """Say how many rules are asked, of which text, about what."""
    if not asked:
        return f"none of {counted(judged, 'rule')} applies."
    labels = list({j.subject.key: f"{j.subject.label} ({j.subject.level})" for j in asked}.values())
    if len(labels) > MOST_SUBJECTS:
        labels = [*labels[:MOST_SUBJECTS], f"{len(labels) - MOST_SUBJECTS} more"]
    of = f" of {act}" if act else ""
    if 0 < count < len(asked):
        of = f", {count} of {act} (cited without its name),"
    return f"{counted(len(asked), 'rule')}{of} asked about {' and '.join(labels)}."


def _next(page: Page, report: Report) -> None:
    """Say where to read on, once, with the name of the first gap."""
    gap = next((j for v in GAPS for j in report.requirements if j.verdict is v), None)
    claim = next((c for v in GAPS for c in report.claims if c.verdict is v and c.criterion), None)
    rule = gap.notation if gap is not None else (claim.criterion if claim is not None else "RULE")
    page.gap()
    page.add(f"→ comity explain {rule} | comity ask {rule} DOCUMENT... | comity check -v for all of it", 0, 2)
