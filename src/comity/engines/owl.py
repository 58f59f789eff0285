"""Rules of the judgement as OWL 2 RL: what the axioms of the vocabulary need beside them.

How facts travel along edges is stated once, in the vocabulary. What several criteria show together cannot be:
each decomposition, joint coverage and choice becomes classes of views, named, so that there is no blank node.
A view that meets every member lies in the intersection of "meets all of that member"; the intersection is a
subclass of "reaches all of the whole". Whether what is reached *passes* on from there is for the evidence to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from pyoxigraph import NamedNode, Triple

from comity.algebra.edges import Edge
from comity.algebra.propagate import FOR, Rule
from comity.judgement.chain import Lifted
from comity.judgement.gathering import Gathered
from comity.model.criteria import Decomposition
from comity.model.scales import Authority, Fact, Lift
from comity.stores.mappings import edge_triples
from comity.stores.terms import OWL, RDF, RDFS, TYPE, comity

BASE = "https://w3id.org/comity/"
CLASSES = BASE + "class/"

MEETS = {
    Fact.ALL: comity("meetsAll"),
    Fact.SOME: comity("meetsSome"),
    Fact.NONE: comity("meetsNone"),
    Fact.NOT_ALL: comity("meetsNotAll"),
}
"""What says of a view and a criterion that a fact is shown and may be used further."""

REACHES = MEETS | {Fact.ALL: comity("reachesAll")}
"""What says so of the outcome of several facts together: only facts for can be contested there."""

_SOME = NamedNode(OWL + "someValuesFrom")
_SUBCLASS = NamedNode(RDFS + "subClassOf")
_FIRST, _REST, _NIL = (NamedNode(RDF + name) for name in ("first", "rest", "nil"))
_LIST = NamedNode(RDF + "List")
_CLASS, _RESTRICTION = (NamedNode(OWL + name) for name in ("Class", "Restriction"))
_ON, _HAS, _INTERSECTION = (NamedNode(OWL + name) for name in ("onProperty", "hasValue", "intersectionOf"))


def structure(rules: Iterable[Rule]) -> tuple[Triple, ...]:
    """Write rules as edges, lifts and classes, whatever subjects they are made for.

    :param rules: those that count at the authority asked (:func:`counting`).
    :returns: triples without repetition, in a stable order.
    """
    known = list(rules)
    writer = _Writer()
    writer.triples += edge_triples({r.source for r in known if isinstance(r.source, Edge) and not r.source.scopes})
    for rule in known:
        if isinstance(rule.source, Edge) and rule.source.scopes:
            writer.limited(rule, rule.source)
        elif isinstance(rule.source, Lifted):
            writer.lift(rule.source)
        elif isinstance(rule.source, Gathered):
            writer.gathered(rule)
        elif isinstance(rule.source, Decomposition) and _is_part_of(rule, rule.source):
            writer.part(rule.source.whole, _other(rule, rule.source))
        elif not isinstance(rule.source, Edge):
            writer.together(rule)
    for criterion in outcomes(known):
        writer.gate(criterion)
    return tuple(sorted(set(writer.triples), key=str))


def counting(rules: Iterable[Rule], authority: Authority) -> tuple[Rule, ...]:
    """Keep the rules from which a verdict that counts may be drawn; what is assumed can only speak against."""
    return tuple(
        r
        for r in rules
        if not (r.disputed or r.unverified or (r.assumed and r.conclusion[0] in FOR))
        and (r.authority is None or r.authority >= authority)
    )


def reached(rules: Iterable[Rule], stated: Iterable[tuple[Fact, str]]) -> tuple[Rule, ...]:
    """Keep the rules that what evidence states can reach, whatever its subjects; the rest can give nothing.

    :param stated: facts of criteria that evidence states by itself.
    """
    waiting = list(rules)
    known = {(f, c) for fact, c in stated for f in (fact, fact.weaker) if f is not None}
    kept: list[Rule] = []
    while True:
        ready = [r for r in waiting if all((f, n.criterion) in known for f, n in r.premises)]
        if not ready:
            return tuple(kept)
        kept += ready
        waiting = [r for r in waiting if not all((f, n.criterion) in known for f, n in r.premises)]
        gained = ((r.conclusion[0], r.conclusion[1].criterion) for r in ready)
        known |= {(f, c) for fact, c in gained for f in (fact, fact.weaker) if f is not None}


def outcomes(rules: Iterable[Rule]) -> frozenset[str]:
    """Name the criteria where "all" may be the outcome of several facts, of a choice or of a lift.

    An opposite proof that stands at the end of an edge travels back along it to where the proof started. At
    these criteria it does not, so that a view must say whether it passes them.
    """
    return frozenset(r.conclusion[1].criterion for r in rules if r.conclusion[0] is Fact.ALL and not _is_edge(r))


def _is_edge(rule: Rule) -> bool:
    return isinstance(rule.source, Edge) or (isinstance(rule.source, Decomposition) and _is_part_of(rule, rule.source))


def _is_part_of(rule: Rule, whole: Decomposition) -> bool:
    """Tell whether a rule says only what holds between the whole and one part: that the whole covers it."""
    if len(rule.premises) != 1:
        return False
    downwards = rule.premises[0][1].criterion == whole.whole
    return downwards or rule.conclusion[0] in (Fact.SOME, Fact.NOT_ALL)


def _other(rule: Rule, whole: Decomposition) -> str:
    ends = (rule.premises[0][1].criterion, rule.conclusion[1].criterion)
    return ends[1] if ends[0] == whole.whole else ends[0]


class _Writer:
    """Writes classes and what is said of them."""

    def __init__(self) -> None:
        self.triples: list[Triple] = []

    def lift(self, lift: Lifted) -> None:
        criterion = NamedNode(lift.criterion)
        kind = comity("heritable" if lift.kind is Lift.INHERITS_DOWN else "aggregable")
        self.triples.append(Triple(criterion, kind, criterion))

    def part(self, whole: str, part: str) -> None:
        self.triples.append(Triple(NamedNode(whole), comity("covers"), NamedNode(part)))

    def together(self, rule: Rule) -> None:
        """Write that several facts together give one."""
        fact, node = rule.conclusion
        target = self._restriction(REACHES[fact], node.criterion)
        members = [self._restriction(MEETS[given], premise.criterion) for given, premise in rule.premises]
        self._implies(members, target, path(rule.name))

    def gathered(self, rule: Rule) -> None:
        """Write that what the views of parts show, the view of their whole reaches: by one property for each part."""
        fact, node = rule.conclusion
        members = [
            self._some(belongs(node.subject, premise.subject), self._restriction(MEETS[given], premise.criterion))
            for given, premise in rule.premises
        ]
        self._implies(members, self._restriction(REACHES[fact], node.criterion), path(rule.name))

    def limited(self, rule: Rule, edge: Edge) -> None:
        """Write what travels along an edge that its author limits: for, only where the subject is known to lie within.

        An edge that is written as a property says the same of every view; this one is a class for each direction.
        """
        (given, premise), (fact, node) = rule.premises[0], rule.conclusion
        members = [self._restriction(MEETS[given], premise.criterion)]
        if fact in FOR:
            members += [self._holding(comity("liesWithin"), scope(text)) for text in edge.scopes]
        self._implies(members, self._restriction(MEETS[fact], node.criterion), path(rule.name))

    def gate(self, criterion: str) -> None:
        """Write that what a view reaches at a criterion that it passes, it may use further."""
        reached = self._restriction(REACHES[Fact.ALL], criterion)
        passed = self._restriction(comity("passes"), criterion)
        self._implies([reached, passed], self._restriction(MEETS[Fact.ALL], criterion), "passing")

    def _implies(self, members: Sequence[NamedNode], target: NamedNode, name: str) -> None:
        joined = members[0] if len(members) == 1 else self._intersection(f"{target.value}/by/{name}", members)
        self.triples.append(Triple(joined, _SUBCLASS, target))

    def _restriction(self, predicate: NamedNode, criterion: str) -> NamedNode:
        return self._holding(predicate, NamedNode(criterion))

    def _holding(self, predicate: NamedNode, value: NamedNode) -> NamedNode:
        this = NamedNode(f"{CLASSES}{predicate.value.rpartition('#')[2]}/{path(value.value)}")
        self.triples += (Triple(this, TYPE, _RESTRICTION), Triple(this, _ON, predicate), Triple(this, _HAS, value))
        return this

    def _some(self, predicate: NamedNode, of: NamedNode) -> NamedNode:
        this = NamedNode(f"{CLASSES}some/{path(predicate.value)}/{path(of.value)}")
        self.triples += (Triple(this, TYPE, _RESTRICTION), Triple(this, _ON, predicate), Triple(this, _SOME, of))
        return this

    def _intersection(self, name: str, members: Sequence[NamedNode]) -> NamedNode:
        this = NamedNode(name)
        nodes = [NamedNode(f"{name}/{n}") for n in range(1, len(members) + 1)]
        self.triples += (Triple(this, TYPE, _CLASS), Triple(this, _INTERSECTION, nodes[0]))
        for at, member, after in zip(nodes, members, (*nodes[1:], _NIL), strict=True):
            self.triples += (Triple(at, TYPE, _LIST), Triple(at, _FIRST, member), Triple(at, _REST, after))
        return this


def scope(text: str) -> NamedNode:
    """Name what the author of a row limits it to.

    >>> scope("One, other").value
    'https://w3id.org/comity/scope/one%2C%20other'
    """
    return NamedNode(f"{BASE}scope/{quote(text.lower(), safe='')}")


def belongs(whole: str, part: str) -> NamedNode:
    """Return the property that leads from the view of a whole to that of one of its parts."""
    return NamedNode(f"{BASE}part/{quote(whole, safe='')}/{quote(part, safe='')}")


def path(iri: str) -> str:
    """Write an IRI, or any name, as the end of an IRI of ours; what is ours already keeps its path.

    >>> path("https://w3id.org/comity/a/1.0/2"), path("https://b.example/3")
    ('a/1.0/2', 'https%3A%2F%2Fb.example%2F3')
    """
    own = iri.removeprefix(BASE)
    return own if own != iri and "#" not in own else quote(iri, safe="")
