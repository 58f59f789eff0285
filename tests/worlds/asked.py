"""The query that people ask by hand, of worlds: the dataset that it sees, and what its answers come to.

The query answers for each claim and assessment. It leaves out what its header says; :func:`comparable` names the
requirements of which that is no part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Triple
from tests.worlds.world import ON, World, identifier

from comity.algebra.edges import Edge
from comity.algebra.propagate import Derivation, Rule
from comity.engines import sparql
from comity.engines.graph import bindings
from comity.engines.queries import find
from comity.judgement.base import NoteKind
from comity.judgement.inference import Inference
from comity.model.criteria import Limit
from comity.model.knowledge import Knowledge
from comity.model.requirements import Market
from comity.model.scales import Authority, Fact
from comity.stores import terms
from comity.stores.embedded import EmbeddedStore
from comity.stores.terms import TYPE, comity

QUERY = find("does-this-claim-satisfy-that-rule")
_NOTATION = NamedNode("http://www.w3.org/2004/02/skos/core#notation")
_BROADER = NamedNode("http://www.w3.org/2004/02/skos/core#broader")
COMPARATORS = {">=": "atLeast", ">": "moreThan", "<=": "atMost", "<": "lessThan", "=": "exactly"}


@dataclass(frozen=True)
class Told:
    """What the query tells of one rule and one subject.

    :param answers: of the claims and assessments, each with the assurance that it found.
    """

    answers: frozenset[tuple[str, int]]

    @property
    def verdict(self) -> str | None:
        """What they come to: satisfied, failed or neither; none where the answers leave it open.

        What is both a weak word and assumed stands against nothing; the query calls it a weak word.
        """
        no = [rank for answer, rank in self.answers if answer == "no"]
        if no and any(answer == "weak word" and rank >= max(no) for answer, rank in self.answers):
            return None
        yes = any(answer == "yes" for answer, _ in self.answers)
        if no:
            return "neither" if yes else "failed"
        return "satisfied" if yes else "neither"


def by_query(worlds: Sequence[World]) -> Mapping[str, str]:
    """Ask of every rule of worlds, those of one authority at once.

    :returns: id of a judgement to satisfied, failed or neither, where the query covers all that bears on it.
    """
    found: dict[str, str] = {}
    by_authority: dict[Authority, list[World]] = defaultdict(list)
    for world in worlds:
        by_authority[world.market.authority].append(world)
    for authority, some in sorted(by_authority.items()):
        told = _told(some, authority)
        for name in sorted(n for w in some for n in comparable(w)):
            verdict = told.get(name, Told(frozenset())).verdict
            if verdict is not None:
                found[name] = verdict
    return found


def _told(worlds: Sequence[World], authority: Authority) -> Mapping[str, Told]:
    rules = {c.notation: (w, c.iri) for w in worlds for c in w.knowledge.criteria.values()}
    given = {"rule": list(rules), "on": [ON.isoformat()], "authority": [authority.token]}
    given["register"] = [identifier(w.seed, "register") for w in worlds]
    answers: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for row in sparql.run(QUERY, [dataset(worlds)], given).rows:
        told = {name: term.value if term else "" for name, term in zip(_columns(), row, strict=True)}
        world, criterion = rules[told["rule"]]
        subject = next(s for s in world.question.world.subjects.values() if s.label == told["subject"])
        for requirement in world.market.requirements:
            if requirement.criterion == criterion:
                answers[f"{requirement.iri}#{subject.key}"].add((told["answer"], int(told["assurance"])))
    return {name: Told(frozenset(found)) for name, found in answers.items()}


def _columns() -> Sequence[str]:
    return [c.name for c in QUERY.columns]


def dataset(worlds: Sequence[World]) -> EmbeddedStore:
    """Put worlds into one store, beside the knowledge that Comity ships, whose IRIs are others."""
    first = worlds[0].knowledge
    known = replace(
        first,
        schemes={k: v for w in worlds for k, v in w.knowledge.schemes.items()},
        criteria={k: v for w in worlds for k, v in w.knowledge.criteria.items()},
        rows=tuple(r for w in worlds for r in w.knowledge.rows),
        decompositions=tuple(d for w in worlds for d in w.knowledge.decompositions),
        joints=(),
        choices=tuple(a for w in worlds for a in w.knowledge.choices),
        aliases=tuple(a for w in worlds for a in w.knowledge.aliases),
        metrics={k: v for w in worlds for k, v in w.knowledge.metrics.items()},
        metric_rules=tuple(r for w in worlds for r in w.knowledge.metric_rules),
    )
    store = sparql.dataset(known, [d for w in worlds for d in w.documents], on=ON)
    store.put("urn:worlds", [t for w in worlds for t in _market(w.market)] + list(_texts(known)))
    return store


def _texts(known: Knowledge) -> Iterator[Triple]:
    """Write what the files of a scheme would say, as far as the query asks for it."""
    for version in known.schemes.values():
        for body in version.bodies:
            yield Triple(NamedNode(version.iri), comity("listsBody"), NamedNode(body))
    for c in known.criteria.values():
        this = NamedNode(c.iri)
        yield Triple(this, TYPE, comity("Criterion"))
        yield Triple(this, _NOTATION, terms.text(c.notation))
        yield Triple(this, comity("inVersion"), NamedNode(c.version))
        yield Triple(this, comity("level"), terms.scaled(c.level))
        yield from (Triple(this, comity("unitPart"), terms.text(part)) for part in c.unit_parts)
        if c.limit is not None:
            yield Triple(this, comity("limit"), NamedNode(c.limit.iri))
            yield from _limit(c.limit)
    for d in known.decompositions:
        yield Triple(NamedNode(d.iri), TYPE, comity("Decomposition"))
        yield Triple(NamedNode(d.iri), comity("whole"), NamedNode(d.whole))
        yield from (Triple(NamedNode(d.iri), comity("part"), NamedNode(p)) for p in d.parts)
    for a in known.choices:
        yield Triple(NamedNode(a.iri), TYPE, comity("AnyOf"))
        yield Triple(NamedNode(a.iri), comity("whole"), NamedNode(a.whole))
        yield from (Triple(NamedNode(a.iri), comity("option"), NamedNode(o)) for o in a.options)
    for dimension in known.dimensions.values():
        yield Triple(NamedNode(dimension.iri), comity("assumable"), terms.boolean(dimension.assumable))
    for value in known.qualifiers.values():
        yield Triple(NamedNode(value.iri), TYPE, comity("QualifierValue"))
        yield Triple(NamedNode(value.iri), comity("dimension"), NamedNode(value.dimension))
        yield from (Triple(NamedNode(value.iri), _BROADER, NamedNode(b)) for b in value.broader)


def _limit(limit: Limit) -> Iterator[Triple]:
    this = NamedNode(limit.iri)
    yield Triple(this, TYPE, comity("Limit"))
    yield Triple(this, comity("metric"), NamedNode(limit.metric))
    yield Triple(this, comity("thresholdRole"), comity(f"{limit.role}Role"))
    yield from (Triple(this, comity("qualifier"), NamedNode(q)) for q in limit.qualifiers.values())
    if limit.comparator is not None and limit.value is not None:
        yield Triple(this, comity("comparator"), comity(COMPARATORS[limit.comparator.value]))
        yield Triple(this, comity("value"), Literal(terms.number(limit.value).value, datatype=_DECIMAL))
    if limit.unit is not None:
        yield Triple(this, comity("unit"), NamedNode(limit.unit))


_DECIMAL = NamedNode(terms.XSD + "decimal")


def _market(market: Market) -> Iterator[Triple]:
    for r in market.requirements:
        yield Triple(NamedNode(r.iri), TYPE, comity("Requirement"))
        yield Triple(NamedNode(r.iri), comity("criterion"), NamedNode(r.criterion))
        yield Triple(NamedNode(r.iri), comity("assurance"), terms.scaled(r.rank))


def comparable(world: World) -> frozenset[str]:
    """Name the requirements of subjects, by their judgements, on which nothing bears that the query leaves out.

    It leaves out what is replaced or contested, what passes through a choice or a whole, and what takes several facts.
    """
    asked, market = world.question, world.market
    if any(note.kind is NoteKind.REPLACED for note in asked.evidence.notes):
        return frozenset()
    targets = frozenset(r.criterion for r in market.requirements)
    inference = Inference(asked.setting, asked.net, asked.evidence, targets, asked.evidence.leaves)
    found = set()
    for b in bindings(asked, market):
        proofs = [*inference.for_(b.asked.authority).get((Fact.ALL, b.node), ())]
        proofs += inference.against.get((Fact.NOT_ALL, b.node), ())
        if not any(d.labels.contested(b.asked.rank) or _through(d) for d in proofs):
            found.add(b.judgement)
    return frozenset(found)


def _through(d: Derivation) -> bool:
    """Tell whether a derivation passes through a choice or a whole, or takes several facts."""
    todo = list(d.premises)
    several = len(d.premises) > 1 or (_is_structure(d) and d.atom[0] is Fact.NOT_ALL)
    while todo:
        current = todo.pop()
        several |= len(current.premises) > 1 or _is_structure(current)
        todo += current.premises
    return several


def _is_structure(d: Derivation) -> bool:
    return isinstance(d.origin, Rule) and not isinstance(d.origin.source, Edge)
