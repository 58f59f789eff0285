"""OWL RL and SHACL by owlrl and pySHACL: the one module that knows rdflib, owlrl and pySHACL.

All three keep state for the whole process. In particular, after a syntax error in the shapes pySHACL leaves
``rdflib.NORMALIZE_LITERALS`` false; so shapes are parsed here, before it runs, and it is given graphs only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.abc import Traversable

import owlrl
import pyoxigraph
import pyshacl
import rdflib
from rdflib import OWL, RDF, RDFS, SH, XSD, Graph, Literal, Namespace, URIRef

from comity.engines.graph import EvidenceGraph
from comity.model.classes import dataclass
from comity.model.errors import KnowledgeError
from comity.model.places import Place

COMITY = Namespace("https://w3id.org/comity/ns#")

_AXIOMS = (RDFS.subPropertyOf, OWL.inverseOf, OWL.propertyChainAxiom, RDF.first, RDF.rest)


@dataclass(frozen=True, slots=True)
class Conformance:
    """How a binding fared against the shape of its requirement.

    :param shape: IRI of the shape; ``None`` when no shape targets the binding, and then it does not conform.
    :param messages: why it does not conform, in the language asked, sorted.
    :param failed: it is shown not to be met, by what nothing of equal standing speaks against.
    """

    conforms: bool
    shape: str | None
    messages: tuple[str, ...] = ()
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Violation:
    """One result of a validation.

    :param shape: IRI of what was not met: the SPARQL constraint or the property shape where there is one.
    """

    focus: str
    shape: str
    severity: str
    message: str


def read(files: Iterable[Traversable]) -> Graph:
    """Parse Turtle files into one graph.

    :param files: paths, or files of a package.

    :raises KnowledgeError: naming the file and the line that is no Turtle.
    """
    found = Graph(bind_namespaces="none")
    for file in files:
        try:
            found += parse(file.read_bytes())
        except SyntaxError as error:
            place = Place(str(file), f"line {error.lineno}" if error.lineno else "")
            raise KnowledgeError(place, f"it is not Turtle: {error.msg}.", "Mend the Turtle at this line.") from error
    return found


def parse(turtle: bytes) -> Graph:
    """Parse Turtle.

    :raises SyntaxError: with the line, when it is no Turtle.
    """
    return graph(q.triple for q in pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE))


def graph(triples: Iterable[pyoxigraph.Triple]) -> Graph:
    """Turn triples of Oxigraph into a graph of rdflib."""
    found = Graph(bind_namespaces="none")
    for triple in triples:
        found.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))
    return found


def axioms(vocabulary: Graph) -> Graph:
    """Keep what rules over facts need of a vocabulary; its labels and classes only slow them down."""
    found = Graph(bind_namespaces="none")
    for subject, predicate, value in vocabulary:
        if predicate == RDFS.subPropertyOf and not str(value).startswith(COMITY):
            continue  # what our words mean in other vocabularies
        if predicate in _AXIOMS or (predicate == RDF.type and value == OWL.SymmetricProperty):
            found.add((subject, predicate, value))
    return found


class _WithoutEquality(owlrl.OWLRL_Semantics):  # type: ignore[misc]
    """OWL 2 RL/RDF but for the rules eq-*: without ``owl:sameAs`` they only say that each thing is itself."""

    def _equality(self, triple: object, cycle_num: int) -> None: ...


def expand(data: Graph) -> Graph:
    """Add all that follows by the rules of OWL 2 RL/RDF, in place."""
    rules = owlrl.OWLRL_Semantics if (None, OWL.sameAs, None) in data else _WithoutEquality
    closure = owlrl.DeductiveClosure(rules, rdfs_closure=False, axiomatic_triples=False, datatype_axioms=False)
    closure.expand(data)
    return data


def validate(data: Graph, shapes: Graph, language: str = "en") -> tuple[Violation, ...]:
    """Hold a graph against shapes (SHACL Core), and return the results in a stable order.

    :param language: of the messages; English where a shape has none in it, then any.
    """
    with _unchanged():
        _, report, _ = pyshacl.validate(
            data, shacl_graph=shapes, inference="none", advanced=False, do_owl_imports=False
        )
    found = [
        Violation(
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.sourceConstraint) or report.value(result, SH.sourceShape)),
            str(report.value(result, SH.resultSeverity)).removeprefix(str(SH)),
            _message(report.objects(result, SH.resultMessage), language),
        )
        for result in report.objects(None, SH.result)  # and not the details below one
    ]
    return tuple(sorted(found, key=lambda v: (v.focus, v.shape, v.message)))


def targets(shapes: Graph) -> Mapping[str, str]:
    """Return the classes that shapes target, each with its shape."""
    return {str(c): str(s) for s, c in shapes.subject_objects(SH.targetClass)}


def check(evidence: EvidenceGraph, shapes: Graph, vocabulary: Graph, language: str = "en") -> Mapping[str, Conformance]:
    """Run OWL RL, then SHACL, over an evidence graph.

    :param shapes: the shapes of the market.
    :param vocabulary: the ontology with the axioms.
    :returns: id of a judgement to whether its binding conforms to the shape of its requirement, which is
        what ``satisfied`` means, and whether it has ``failed``.
    """
    facts = graph(t for t in evidence.facts if not _is_declaration(t))
    data = expand(facts + axioms(vocabulary)) + graph(evidence.applied)
    failed: dict[str, list[str]] = {}
    for violation in validate(data, shapes, language):
        failed.setdefault(violation.focus, []).append(violation.message)
    by_class = targets(shapes)
    found: dict[str, Conformance] = {}
    for binding in evidence.bindings:
        this = binding.iri.value
        classes = sorted(str(c) for c in data.objects(URIRef(this), RDF.type))
        shape = next((by_class[c] for c in classes if c in by_class), None)
        messages = tuple(sorted(set(failed.get(this, ()))))
        failed_ = _failed(data, this, binding.requirement.criterion)
        found[binding.judgement] = Conformance(shape is not None and not messages, shape, messages, failed_)
    return found


def _failed(data: Graph, binding: str, criterion: str) -> bool:
    """Tell whether a binding applies, has started and shows that its criterion is not met, without a rival."""
    this, of, yes = URIRef(binding), URIRef(criterion), Literal("true", datatype=XSD.boolean)
    shown = [(this, COMITY.applies, yes), (this, COMITY.started, yes), (this, COMITY.showsNotAll, of)]
    return all(t in data for t in shown) and (this, COMITY.rivalShowsAll, of) not in data


def _is_declaration(triple: pyoxigraph.Triple) -> bool:
    """Tell whether a triple only says that something is a list, a class or a restriction: no rule asks for it."""
    return str(triple.object).startswith((f"<{OWL}", f"<{RDF}")) and str(triple.predicate) == f"<{RDF.type}>"


def _message(messages: Iterable[rdflib.term.Node], language: str) -> str:
    found = [m for m in messages if isinstance(m, Literal)]
    order = (language, "en", None)
    rank = {name: position for position, name in reversed(list(enumerate(order)))}
    return str(min(found, key=lambda m: (rank.get(m.language, len(order)), m), default=""))


@contextmanager
def _unchanged() -> Iterator[None]:
    normalised = rdflib.NORMALIZE_LITERALS
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = normalised


def _term(term: object) -> rdflib.term.Node:
    match term:
        case pyoxigraph.NamedNode():
            return URIRef(term.value)
        case pyoxigraph.Literal():
            if term.language:
                return Literal(term.value, lang=term.language)
            # rdflib tells a plain string from one of xsd:string, RDF 1.1 does not.
            datatype = URIRef(term.datatype.value)
            return Literal(term.value, datatype=None if datatype == XSD.string else datatype)
        case pyoxigraph.BlankNode():
            return rdflib.BNode(term.value)
    raise TypeError(f"no RDF 1.1 term: {term!r}")
