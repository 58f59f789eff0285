"""Verdicts in RDF: what a report, or the answers to one rule, come to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from pyoxigraph import Literal, NamedNode, Triple

from comity import __version__
from comity.model.evidence import Document
from comity.model.verdicts import ClaimJudgement, Judgement, Report
from comity.report.plain import answers_as_json, as_json, as_text
from comity.report.rdf.proofs import DERIVED, Plain, proof_triples
from comity.report.rdf.slots import Naming, Pair, Slots, pairs, triples
from comity.report.rdf.tables import ASKED, CLAIM, DCTERMS, PROOFS, REQUIREMENT, SSSOM
from comity.stores import terms
from comity.stores.terms import PROV, TYPE, comity
from comity.stores.turtle import write

PREFIXES = {
    "comity": terms.NS,
    "dcterms": DCTERMS,
    "prov": PROV,
    "rdfs": terms.RDFS,
    "sssom": SSSOM,
    "unit": "http://qudt.org/vocab/unit/",
    "xsd": terms.XSD,
}
_GENERATED = NamedNode(PROV + "generatedAtTime")


def as_turtle(report: Report) -> str:
    """Write a report as Turtle."""
    plain = as_json(report)
    names = _names(as_text(plain), report.documents)
    return write(_report(report, plain, names), PREFIXES)


def answers_as_turtle(
    answers: Sequence[Judgement], *, on: date, documents: Iterable[Document], checked_on: date, knowledge_version: str
) -> str:
    """Write the answers to ``comity ask`` as Turtle.

    :param on: the day judged.
    :param documents: those that were read.
    """
    plain = answers_as_json(answers)
    read = tuple(documents)
    names = _names(as_text(plain), read)
    head = _head(on, checked_on, knowledge_version)
    found = [*_about(names, head, read), *_requirements(plain, answers, "", names, on)]
    return write(found, PREFIXES)


def _names(text: str, documents: Iterable[Document]) -> Naming:
    sha256 = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return Naming(sha256, {d.name: d.sha256 for d in documents})


def _report(report: Report, plain: Plain, names: Naming) -> Iterator[Triple]:
    head = _head(report.on, report.checked_on, report.knowledge_version)
    head.append((comity("knowledgeHash"), terms.text(report.knowledge_sha256)))
    head += ((comity("marketNotation"), terms.text(market)) for market in report.policy.markets)
    yield from _about(names, head, report.documents)
    yield from _requirements(plain["requirements"], report.requirements, "/requirements", names, report.on)
    for position, (claim, judged) in enumerate(zip(plain["claims"], report.claims, strict=True)):
        pointer = f"/claims/{position}"
        own = [(comity("aboutSubject"), terms.subject(judged.subject)), *_judges(judged, names)]
        own += [(comity("criterion"), named)] if (named := _criterion(judged)) else []
        yield from _judgement(claim, CLAIM, pointer, names, report.on, own)


def _head(on: date, checked_on: date, version: str) -> list[Pair]:
    return [
        (TYPE, comity("Report")),
        (comity("judgedOn"), terms.day(on)),
        (comity("checkedOn"), terms.day(checked_on)),
        (comity("knowledgeVersion"), terms.text(version)),
        (comity("programVersion"), terms.text(__version__)),
    ]


def _about(names: Naming, head: Iterable[Pair], documents: Iterable[Document]) -> Iterator[Triple]:
    """Say what the report is, and which documents were read."""
    yield from (Triple(*t) for t in triples(names.whole, head))
    for document in documents:
        node = terms.graph(document.sha256)
        yield Triple(names.whole, DERIVED, node)
        yield Triple(node, TYPE, comity("Document"))
        yield Triple(node, comity("name"), terms.text(document.name))
        yield Triple(node, comity("sha256"), terms.text(document.sha256))
        yield Triple(node, comity("documentKind"), terms.text(document.kind.value))
        if issued := document.validity.issued:
            yield Triple(node, comity("issuedOn"), terms.day(issued))
            yield from (Triple(node, _GENERATED, moment) for moment in _moment(issued))


def _moment(day: str) -> Iterator[Literal]:
    """Write the beginning of a day, in no time zone: PROV-O asks for an instant, and documents state days."""
    written = terms.day(day)
    if written.datatype.value == terms.XSD + "date":
        yield Literal(f"{day}T00:00:00", datatype=NamedNode(terms.XSD + "dateTime"))


def _requirements(
    plain: Sequence[Plain], judged: Sequence[Judgement], above: str, names: Naming, on: date
) -> Iterator[Triple]:
    for position, (found, judgement) in enumerate(zip(plain, judged, strict=True)):
        own: list[Pair] = [(comity("aboutSubject"), terms.subject(judgement.subject.key))]
        own += pairs(found["asked"], ASKED, names)
        requirement = terms.iri(judgement.id.removesuffix(f"#{judgement.subject.key}"))
        if judgement.market is not None and requirement is not None:
            own.append((comity("requirement"), requirement))
        yield from _judgement(found, REQUIREMENT, f"{above}/{position}", names, on, own)


def _judgement(
    plain: Plain, slots: Slots, pointer: str, names: Naming, on: date, own: Iterable[Pair]
) -> Iterator[Triple]:
    this = names.part(pointer)
    yield Triple(names.whole, comity("judgement"), this)
    found: list[Pair] = [(TYPE, comity("Judgement")), (comity("judgedOn"), terms.day(on)), *own]
    found += pairs(plain, slots, names)
    found += ((comity("unitStated"), terms.text(f"{part}={value}")) for part, value in plain["unit"].items())
    for name, bound in zip(("confidenceLow", "confidenceHigh"), plain.get("confidence") or (), strict=False):
        found.append((comity(name), Literal(str(bound), datatype=NamedNode(terms.XSD + "decimal"))))
    for key, predicate in PROOFS.items():
        listed = plain[key] if isinstance(plain[key], list) else [plain[key]]
        for position, proof in enumerate(listed):
            if proof is not None:
                place = f"{pointer}/{key}/{position}" if isinstance(plain[key], list) else f"{pointer}/{key}"
                found += ((comity(predicate), names.part(place)), (DERIVED, names.part(place)))
                yield from proof_triples(proof, place, names)
    yield from (Triple(*t) for t in triples(this, found))


def _judges(claim: ClaimJudgement, names: Naming) -> Iterator[Pair]:
    place = names.place(claim.place.document, claim.place.pointer)
    if place is not None:
        yield comity("judges"), place
        yield DERIVED, place


def _criterion(claim: ClaimJudgement) -> NamedNode | None:
    proofs = (claim.proof, claim.counter_proof, *claim.challenges)
    return next((terms.iri(p.criterion) for p in proofs if p is not None), None)
