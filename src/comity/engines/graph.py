"""The evidence graph: what a third party's OWL RL and SHACL engines need, and no verdict.

It holds the evidence as read and what rules cannot compute: validity on the day, effective rank and role,
how values compare with limits, conditions, lifts, edges at the market's authority, and where an opposite
proof stands. A *view* is what counts about one subject at the rank and role asked; a *binding* is one
requirement for one subject, standing on a view.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import quote

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple

from comity.algebra.propagate import Node
from comity.engines import owl, shown
from comity.engines.views import View, Views, rival_views
from comity.judgement.applicability import Application, State, apply
from comity.judgement.gathering import judged_as
from comity.judgement.judge import goal_of, inference_of
from comity.judgement.question import Question, candidates, facts_of
from comity.judgement.verdict import Asked
from comity.model.classes import dataclass
from comity.model.evidence import Citation, Subject
from comity.model.requirements import Market, Requirement
from comity.stores import terms
from comity.stores.serialise import Resolver, documents_quads
from comity.stores.terms import TYPE, comity

PREFIXES = {
    "comity": terms.NS,
    "owl": terms.OWL,
    "prov": terms.PROV,
    "rdf": terms.RDF,
    "rdfs": terms.RDFS,
    "unit": "http://qudt.org/vocab/unit/",
    "xsd": terms.XSD,
}


@dataclass(frozen=True, slots=True)
class Binding:
    """One requirement, one subject and one unit, judged together.

    :param judgement: id of the judgement that answers the same question.
    """

    requirement: Requirement
    subject: Subject
    asked: Asked
    application: Application
    judgement: str

    @property
    def iri(self) -> NamedNode:
        """Its IRI, by the requirement and the subject's key."""
        return NamedNode(f"{binding_class(self.requirement)}/{quote(self.subject.key, safe='/:')}")

    @property
    def node(self) -> Node:
        """The criterion and what it is judged of: the subject, or every party that the requirement ranges over."""
        return Node(self.requirement.criterion, judged_as(self.subject.key, self.requirement.over))

    @property
    def view(self) -> View | None:
        """The view it stands on; none when nobody has verified the record of the requirement."""
        return None if self.asked.unverified else View(self.node.subject, self.asked.rank, self.asked.role)


@dataclass(frozen=True, slots=True)
class EvidenceGraph:
    """The evidence graph of one market, in its parts.

    :param bindings: requirements of subjects.
    :param facts: views, edges, lifts and classes: all that an OWL RL engine has to see.
    :param applied: how the requirements apply, with their conditions.
    :param decided: base facts and comparisons: how it was decided what counts.
    :param documents: evidence as read, each document in its own named graph.
    """

    bindings: tuple[Binding, ...]
    facts: tuple[Triple, ...]
    applied: tuple[Triple, ...]
    decided: tuple[Triple, ...]
    documents: tuple[Quad, ...]

    def turtle(self) -> bytes:
        """Write everything as one Turtle graph; nodes of documents still tell theirs by their IRI."""
        triples = {*self.facts, *self.applied, *self.decided, *(q.triple for q in self.documents)}
        return _serialise(sorted(triples, key=str), RdfFormat.TURTLE)

    def trig(self) -> bytes:
        """Write everything as TriG, each document in its named graph and the rest in the default graph."""
        rest = sorted({*self.facts, *self.applied, *self.decided}, key=str)
        quads = [*(Quad(t.subject, t.predicate, t.object) for t in rest), *self.documents]
        return _serialise(quads, RdfFormat.TRIG)


def evidence_graph(asked: Question, market: Market) -> EvidenceGraph:
    """Write the evidence graph of a market for all subjects that it may bind.

    :param asked: documents, knowledge, day, and what the user asks instead of each requirement's own terms.
    """
    inference = inference_of(asked, market.requirements)
    found = tuple(bindings(asked, market))
    rivals = {b.judgement: rival_views(b.node, b.asked, inference) if b.view else () for b in found}
    wanted = frozenset(v for b in found if b.view is not None for v in (b.view, *rivals[b.judgement]))
    views = Views(inference, asked.authority or market.authority, wanted)
    facts = [
        *owl.structure(views.rules),
        *views.triples(),
        *(t for b in found for t in _viewed(b, rivals[b.judgement])),
    ]
    return EvidenceGraph(
        found,
        tuple(dict.fromkeys(facts)),
        tuple(t for b in found for t in _applied(b, market, asked.on)),
        tuple(shown.base_facts(views)),
        tuple(documents_quads(asked.world.documents, asked.world.name, _resolver(asked))),
    )


def bindings(asked: Question, market: Market) -> Iterator[Binding]:
    """Pair each requirement of a market with each subject that it may bind."""
    for requirement in market.requirements:
        for subject in candidates(asked, requirement.level):
            application = apply(requirement, facts_of(asked, subject.key), asked.knowledge, asked.on)
            goal = goal_of(asked, market, requirement)
            yield Binding(requirement, subject, goal, application, f"{requirement.iri}#{subject.key}")


def binding_class(requirement: Requirement) -> str:
    """Name the class of a requirement's bindings, which its shape targets.

    The shapes are made from requirements as well, so that graph and shapes meet in this name alone.
    """
    return f"{requirement.iri}/binding"


def _viewed(binding: Binding, rivals: Iterable[View]) -> Iterator[Triple]:
    if binding.view is not None:
        yield Triple(binding.iri, comity("view"), binding.view.iri)
        yield Triple(binding.iri, comity("admissions"), binding.view.admissions.iri)
        for rival in rivals:
            yield Triple(binding.iri, comity("rivalView"), rival.iri)


def _applied(binding: Binding, market: Market, on: date) -> Iterator[Triple]:
    this, requirement, state = binding.iri, binding.requirement, binding.application.state
    yield Triple(this, TYPE, comity("Binding"))
    yield Triple(this, TYPE, NamedNode(binding_class(requirement)))
    yield Triple(this, comity("requirement"), NamedNode(requirement.iri))
    yield Triple(this, comity("market"), NamedNode(market.iri))
    yield Triple(this, comity("criterion"), NamedNode(requirement.criterion))
    yield Triple(this, comity("aboutSubject"), terms.subject(binding.subject.key))
    yield Triple(this, comity("judgedOn"), terms.day(on))
    for part, stated in sorted(binding.subject.parts.items()):
        if part in requirement.unit_parts:
            yield Triple(this, comity("unitStated"), terms.text(f"{part}={stated}"))
    if state is not State.UNKNOWN:
        yield Triple(this, comity("applies"), terms.boolean(state is not State.NOT_APPLICABLE))
    if state in (State.APPLIES, State.UPCOMING):
        yield Triple(this, comity("started"), terms.boolean(state is State.APPLIES))
    names = {True: "conditionHolds", False: "conditionFails", None: "conditionUnknown"}
    for condition, report in zip(requirement.conditions, binding.application.conditions, strict=True):
        yield Triple(this, comity(names[report.value]), NamedNode(condition))


def _resolver(asked: Question) -> Resolver:
    def resolve(citation: Citation) -> str | None:
        meaning = asked.setting.resolver.meaning(citation)
        return meaning.criterion if meaning.counts else None

    return resolve


def _serialise(statements: list[Triple] | list[Quad], syntax: RdfFormat) -> bytes:
    written = pyoxigraph.serialize(statements, format=syntax, prefixes=PREFIXES)
    assert written is not None
    return written
