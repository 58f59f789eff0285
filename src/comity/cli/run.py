"""Put a question of the command line to the judgement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from comity.cli import listing, load
from comity.cli.base import Refused
from comity.cli.exits import nothing_readable
from comity.cli.options import Question
from comity.model.classes import dataclass
from comity.model.evidence import Document, DocumentKind
from comity.model.knowledge import Knowledge, OwnFile
from comity.model.places import Finding
from comity.model.scales import Kind
from comity.model.verdicts import Judgement, Report

if TYPE_CHECKING:
    from comity.engines.graph import EvidenceGraph
    from comity.judgement.case import Given
    from comity.judgement.trust import TrustList

SHOWN = 10
"""Findings that a message names when nothing could be read."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What became of one rule, and by which knowledge."""

    judgements: tuple[Judgement, ...]
    version: str
    checked_on: date
    documents: tuple[Document, ...]
    own: tuple[OwnFile, ...] = ()


def check(question: Question, engine: str = "default") -> Report:
    """Judge the documents against the markets, or their claims against what they cite.

    :param engine: ``default``, or ``shacl`` for what conforms to the published shapes.
    :raises ComityError: when the question cannot be answered as asked.
    """
    from comity import judgement
    from comity.knowledge import market

    knowledge = _knowledge(question)
    markets = [market(knowledge, m) for m in dict.fromkeys(question.markets)]
    asked, documents, skipped = _asked(question, knowledge)
    report = judgement.judge(knowledge, documents, markets=[m.notation for m in markets], **asked)
    if engine == "shacl":
        from comity.engines.check import by_shacl

        report = by_shacl(judgement.question(knowledge, documents, **asked), report, markets)
    return replace(report, findings=(*skipped, *report.findings))


def ask(question: Question, rule: str) -> Answers:
    """Judge one rule: by the markets named, else by every market that binds it, else by itself.

    :raises ComityError: when the question cannot be answered as asked.
    """
    from comity import judgement
    from comity.knowledge import market, requirements_of, resolve

    knowledge = _knowledge(question)
    criterion = resolve(knowledge, rule)
    binding = {r.market for r in requirements_of(knowledge, criterion.iri)}
    markets = [market(knowledge, m) for m in question.markets or sorted(binding)]
    asked, documents, _ = _asked(question, knowledge)
    if criterion.kind is Kind.EXPLAINED and not any(
        r.criterion == criterion.iri for m in markets for r in m.requirements
    ):
        why = f"{criterion.notation} asks for nothing by itself: it is explained, and never judged."
        raise Refused(f"{why} Run: comity explain {criterion.notation}")
    found = judgement.ask(judgement.question(knowledge, documents, **asked), criterion, markets)
    return Answers(found, knowledge.version, knowledge.checked_on, documents, knowledge.own)


def unanswered(report: Report) -> str:
    """Say why a report judges nothing."""
    if not report.policy.markets:
        return (
            "Nothing was judged: the documents make no claim that cites a criterion. Name a --market to ask for more."
        )
    markets = " and ".join(report.policy.markets)
    return (
        f"Nothing was judged: the documents are about nothing that a rule of {markets} is asked of. "
        "State facts of what they name, in a case file or by --fact."
    )


def unread(documents: Iterable[Document]) -> Iterator[str]:
    """Say which documents an answer leaves out, and why none of them could be read."""
    for document in documents:
        if document.kind is DocumentKind.UNREADABLE:
            for f in document.findings:
                yield f"Not read: {listing.place(f.place)}: {f.message} {f.fix}".rstrip()


def turtle(question: Question, answers: Answers) -> str:
    """Write answers as RDF."""
    from comity.report.rdf import answers_as_turtle

    return answers_as_turtle(
        answers.judgements,
        on=question.on,
        documents=answers.documents,
        checked_on=answers.checked_on,
        knowledge_version=answers.version,
    )


def evidence(question: Question, name: str) -> EvidenceGraph:
    """Write the evidence graph of a market.

    :raises ComityError: when the question cannot be answered as asked.
    """
    from comity import judgement
    from comity.engines.graph import evidence_graph
    from comity.knowledge import market

    knowledge = _knowledge(question)
    found = market(knowledge, name)
    asked, documents, _ = _asked(question, knowledge)
    return evidence_graph(judgement.question(knowledge, documents, **asked), found)


def readable(names: tuple[str, ...]) -> tuple[tuple[Document, ...], tuple[Finding, ...]]:
    """Read documents, and say which files were passed over.

    :raises Refused: when none of them can be read; it names what is wrong with each.
    """
    documents, skipped = load.documents(names)
    if nothing_readable(documents):
        findings = [f for d in documents for f in d.findings] or list(skipped)
        lines = [f"  {listing.place(f.place)}: {f.message} {f.fix}".rstrip() for f in findings[:SHOWN]]
        more = [f"  and {len(findings) - SHOWN} more"] if len(findings) > SHOWN else []
        raise Refused("\n".join([f"there is nothing to read in {', '.join(names)}", *lines, *more]))
    return documents, skipped


def asked(question: Question, knowledge: Knowledge) -> tuple[dict[str, Any], tuple[Document, ...], tuple[str, ...]]:
    """Read what the user gave: the judgement's arguments, the documents, and the notations of the markets named.

    :raises ComityError: when the question cannot be answered as asked.
    """
    from comity.knowledge import market

    markets = tuple(dict.fromkeys(market(knowledge, m).notation for m in question.markets))
    stated, documents, _ = _asked(question, knowledge)
    return stated, documents, markets


def _asked(
    question: Question, knowledge: Knowledge
) -> tuple[dict[str, Any], tuple[Document, ...], tuple[Finding, ...]]:
    """Read what the user gave, small things first; return it as the judgement's arguments."""
    stated = {
        "on": question.on,
        "given": given(question, knowledge),
        "trust": _trust(question),
        "assurance": question.assurance,
        "authority": question.authority,
        "subjects": question.subjects,
    }
    return stated, *readable(question.documents)


def given(question: Question, knowledge: Knowledge) -> tuple[Given, ...]:
    """Read the facts that the user states, those of the case file first.

    :raises ComityError: when a fact or the file cannot be read.
    """
    from comity.judgement import case

    read = case.read(question.case, knowledge) if question.case else ()
    stated = ((f.subject or "", case.parse(f"{f.name}={f.value}", knowledge)) for f in question.facts)
    return (*read, *(replace(found, subject=subject) for subject, found in stated))


def _knowledge(question: Question) -> Knowledge:
    return load.knowledge(question.extra, (*question.documents, question.case, question.trust))


def _trust(question: Question) -> TrustList:
    from comity.judgement import trust

    return trust.read(question.trust) if question.trust else trust.NOBODY
