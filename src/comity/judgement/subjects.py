"""What a report says of subjects: what is known, whether each is judged, what a market asks of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from comity.algebra.conditions import evaluate
from comity.judgement.question import Question, facts_of
from comity.model.evidence import Subject
from comity.model.requirements import Market
from comity.model.scales import Verdict
from comity.model.verdicts import Judgement, Lead, MarketReport, SubjectReport


def subject_report(asked: Question, subject: Subject, judged: bool, why: str, facts: Sequence[str]) -> SubjectReport:
    """Describe a subject and what is known of it."""
    known = asked.case.of(subject.key)
    roles = known["role"].value if "role" in known else ()
    values = tuple(known[n] for n in sorted(known))
    return SubjectReport(
        subject.id, subject.key, subject.label, subject.level, roles, judged, why, values, tuple(facts)
    )


def subject_reports(asked: Question, judged: Sequence[Judgement]) -> tuple[SubjectReport, ...]:
    """Describe every subject of the documents; say why one is not judged."""
    reports = []
    for key, subject in asked.world.subjects.items():
        own = [j for j in judged if j.subject.key == key]
        wanted_ = tuple(dict.fromkeys(n for j in own for n in j.subject.asked))
        if not own:
            why = (
                "no rule of a market was asked of anything in the documents"
                if not judged
                else "nothing is known of it that a market asks about"
            )
        elif all(j.verdict is Verdict.NOT_APPLICABLE for j in own):
            why = own[0].reason
        else:
            why = ""
        reports.append(subject_report(asked, subject, bool(own) and not why, why, wanted_))
    return tuple(reports)


def market_reports(asked: Question, market: Market, judged: Sequence[Judgement]) -> Iterable[MarketReport]:
    """Say what a market asks of each subject, and what it says beside that."""
    for key in dict.fromkeys((*asked.world.main, *(j.subject.key for j in judged))):
        own = [j for j in judged if j.subject.key == key and j.market == market.notation]
        asks = tuple(j.notation for j in own if j.verdict is not Verdict.NOT_APPLICABLE)
        yield MarketReport(market.notation, key, asks, _notes(asked, market, key))


def _notes(asked: Question, market: Market, subject: str) -> tuple[Lead, ...]:
    known = {name: f.value for name, f in facts_of(asked, subject).items()}
    return tuple(
        Lead(note.label, note.citation)
        for note in market.notes
        if evaluate(note.condition, asked.knowledge.conditions, known, asked.knowledge.facts).value
    )
