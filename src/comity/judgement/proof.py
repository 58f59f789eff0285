"""Turn a derivation into a proof: flat, minimal, premises before conclusions (semantics, section 8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from comity.algebra.comparison import decimal
from comity.algebra.edges import Edge
from comity.algebra.propagate import Derivation, Rule
from comity.judgement import certainty
from comity.judgement.base import Setting
from comity.judgement.chain import Lifted
from comity.judgement.gathering import Gathered
from comity.judgement.leaf import Detail, Leaf, assumption, document_detail
from comity.judgement.meant import Shown
from comity.judgement.recognition import rests_on
from comity.model.criteria import AnyOf, Decomposition, JointCoverage
from comity.model.evidence import Link
from comity.model.mappings import Row
from comity.model.proofs import Proof, Scalar, Step, StepKind
from comity.model.scales import Authority, Fact
from comity.model.verdicts import FactValue

DERIVED = frozenset({"derived", "part"})
"""Predicates of rows that follow from the texts themselves: nobody's word, so of no authority."""


class Writer:
    """Collects the steps of one proof; what is used twice is written once."""

    def __init__(self, of: Setting) -> None:
        self._of = of
        self._knowledge = of.knowledge
        self.steps: list[Step] = []
        self._ends: dict[Derivation, int] = {}
        self._documents: dict[str, int] = {}
        self._facts: dict[FactValue, int] = {}
        self._links: dict[Link, int] = {}
        self.rows: dict[str, Row] = {}

    def derivation(self, d: Derivation) -> int:
        """Write a derivation and return the position of its last step."""
        if d in self._ends:
            return self._ends[d]
        if isinstance(d.origin, Leaf):
            end = self._leaf(d.origin)
        elif isinstance(d.origin, Rule):
            end = self._rule(d, d.origin, tuple(dict.fromkeys(self.derivation(p) for p in d.premises)))
        else:
            end = self.derivation(d.premises[0])
        self._ends[d] = end
        return end

    def add(
        self, kind: StepKind, premises: Iterable[int], text: str, detail: Mapping[str, Scalar | tuple[str, ...]]
    ) -> int:
        """Write one step and return its position."""
        self.steps.append(Step(kind, tuple(premises), detail, text))
        return len(self.steps) - 1

    def fact(self, fact: FactValue) -> int:
        """Write a fact of the case, with the document that states it, and return its position."""
        if fact in self._facts:
            return self._facts[fact]
        premises = (self._document(self._stated_in(fact.pointer)),) if fact.source == "derived" else ()
        detail: Detail = {"name": fact.name, "value": fact.value, "source": fact.source, "pointer": fact.pointer}
        text = f"{fact.name} is {', '.join(fact.value)} ({fact.source} {fact.pointer})"
        self._facts[fact] = self.add(StepKind.FACT, premises, text, detail)
        return self._facts[fact]

    @property
    def documents(self) -> tuple[str, ...]:
        """The names of the documents used: the smallest disclosure."""
        return tuple(self._documents)

    def _stated_in(self, pointer: str) -> str:
        names = (d.name for d in self._of.world.documents if pointer.startswith(f"{d.name}#"))
        return max(names, key=len)

    def _document(self, name: str) -> int:
        if name not in self._documents:
            detail = document_detail(self._of.world.document(name))
            self._documents[name] = self.add(StepKind.DOCUMENT, (), name, detail)
        return self._documents[name]

    def _leaf(self, leaf: Leaf) -> int:
        placed: list[int] = []
        for step in leaf.steps:
            if step.kind is StepKind.DOCUMENT:
                placed.append(self._document(str(step.detail["document"])))
            else:
                placed.append(self.add(step.kind, (placed[p] for p in step.premises), step.text, step.detail))
        return placed[-1]

    def _rule(self, d: Derivation, rule: Rule, premises: tuple[int, ...]) -> int:
        source = rule.source
        given, gives = rule.premises[0][0], rule.conclusion[0]
        if isinstance(source, Edge):
            if rule.assumed:
                taken = assumption("scope", "scope", "; ".join(source.scopes), rule.assumed)
                premises = (*premises, self.add(StepKind.ASSUMPTION, premises, rule.assumed, taken))
            if rule.authority is Authority.RECOGNISED_IN_LAW:
                premises = (*premises, *self._recognitions(source))
            return self._edge(source, given, gives, premises, rule.authority or source.authority)
        if isinstance(source, Lifted):
            return self._lift(source, gives, premises)
        if isinstance(source, Gathered):
            return self._gathered(source, gives, premises)
        iri, kind = _structure(source)
        whole = d.atom[1].criterion
        detail: dict[str, Scalar | tuple[str, ...]] = {
            "iri": iri,
            "premises_of": tuple(dict.fromkeys(a[1].criterion for a in rule.premises)),
            "conclusion": whole,
            "given": given.value,
            "fact": gives.value,
        }
        parts = ", ".join(self._name(a[1].criterion) for a in rule.premises[:4])
        more = f" and {len(rule.premises) - 4} more" if len(rule.premises) > 4 else ""
        return self.add(kind, premises, f"{parts}{more}: {given} gives {gives} of {self._name(whole)}", detail)

    def _recognitions(self, edge: Edge) -> Iterator[int]:
        """Write what makes rows recognised in law, and what that leaves to the operator."""
        for row in edge.rows:
            found = rests_on(row, self._knowledge, self._of.on)
            if found is not None:
                detail: Detail = {
                    "iri": found.iri,
                    "label": found.label,
                    "provision": found.provision,
                    "instrument": found.instrument,
                }
                left = f"; it leaves to the operator: {', '.join(found.leaves)}" if found.leaves else ""
                yield self.add(StepKind.RECOGNITION, (), f"{found.label} ({found.provision}){left}", detail)

    def _edge(self, edge: Edge, given: Fact, gives: Fact, premises: tuple[int, ...], authority: Authority) -> int:
        rows = []
        for row in edge.rows:
            self.rows[row.id] = row
            rows.append(row)
        kind = StepKind.DERIVED_ROW if all(r.predicate in DERIVED for r in rows) else StepKind.MAPPING
        relation = rows[0].predicate.rsplit(":", 1)[-1] if len(rows) == 1 else edge.travel.value
        text = f"{self._name(edge.source)} {given} gives {gives} of {self._name(edge.target)} ({relation}"
        text += "; disputed)" if edge.disputed else ")"
        return self.add(kind, premises, text, _edge_detail(edge, given, gives, authority))

    def _lift(self, lift: Lifted, gives: Fact, premises: tuple[int, ...]) -> int:
        # One statement ties the two; the nearest at hand is one from a document that is used already.
        tie = min(lift.links, key=lambda x: (x.place.document not in self._documents, x.place, x.kind, x.role))
        text = f"{self._name(lift.criterion)} {'inherits down' if lift.kind == 'inherits-down' else 'aggregates up'}"
        detail: dict[str, Scalar | tuple[str, ...]] = {
            "criterion": lift.criterion,
            "source": lift.source,
            "target": lift.target,
            "lift": lift.kind.value,
            "fact": gives.value,
        }
        text = f"{text} from {lift.source} to {lift.target}"
        return self.add(StepKind.LIFT, (*premises, self._link(tie)), text, detail)

    def _gathered(self, source: Gathered, gives: Fact, premises: tuple[int, ...]) -> int:
        """Write that all parts, or one of them, show something of the whole; with the list by which they are all."""
        used = [*premises, *(self._link(link) for link in source.links)]
        for listed in source.lists:
            shares = tuple(f"{part}={decimal(share)}" for part, share in sorted(listed.shares.items()))
            pointer = f"{listed.place.document}#{listed.place.pointer}"
            detail: Detail = {"name": "parts", "value": shares, "source": "derived", "pointer": pointer}
            text = f"{listed.whole} is made up of {', '.join(shares)} ({pointer})"
            used.append(self.add(StepKind.FACT, (self._document(listed.place.document),), text, detail))
        used += [self._shown(one) for one in source.shown]
        parts = ", ".join(source.parts)
        detail_: Detail = {
            "criterion": source.criterion,
            "source": " ".join(source.parts),
            "target": source.target,
            "lift": "aggregates-up",
            "fact": gives.value,
        }
        return self.add(
            StepKind.LIFT, used, f"{self._name(source.criterion)} of {parts} gives {gives} of {source.target}", detail_
        )

    def _shown(self, one: Shown) -> int:
        """Write that a condition holds of a party, or does not, with its facts."""
        held = "holds" if one.value else "does not hold"
        detail: Detail = {"text": one.condition, "value": one.value, "subject": one.party}
        premises = [self.fact(f) for f in one.facts]
        return self.add(StepKind.CONDITION, premises, f"{one.condition}: {held} of {one.party}", detail)

    def _link(self, link: Link) -> int:
        if link not in self._links:
            self._links[link] = self._tie(link)
        return self._links[link]

    def _tie(self, link: Link) -> int:
        document = self._document(link.place.document)
        detail: dict[str, Scalar | tuple[str, ...]] = {
            "link": link.kind.value,
            "source": link.source,
            "target": link.target,
            "role": link.role,
            "document": link.place.document,
            "pointer": link.place.pointer,
        }
        text = f"{link.source} {link.kind.value} {link.target} ({link.place.document} {link.place.path})"
        return self.add(StepKind.LINK, (document,), text, detail)

    def _name(self, criterion: str) -> str:
        known = self._knowledge.criteria.get(criterion)
        return known.notation if known else criterion


def prove(d: Derivation, of: Setting, writer: Writer | None = None) -> Proof:
    """Write the proof of one derivation.

    :param writer: holds the steps that stand before it, if there are any.
    """
    writer = writer or Writer(of)
    writer.derivation(d)
    fact, node = d.atom
    return Proof(
        fact,
        node.criterion,
        node.subject,
        d.labels,
        tuple(writer.steps),
        writer.documents,
        certainty.of_rows(r for r in writer.rows.values() if r.predicate not in DERIVED),
    )


def sure(ways: Iterable[Derivation]) -> certainty.Bounds | None:
    """Bound the confidence that the rows of one of several derivations hold.

    :returns: ``None`` when one of them needs no row, or one has rows of which nobody says how sure they are.
    """
    found = []
    for way in ways:
        bounds = certainty.of_rows(written(way))
        if bounds is None:
            return None
        found.append(bounds)
    return certainty.any_of(found)


def written(d: Derivation) -> tuple[Row, ...]:
    """List the rows that a derivation leans on and that somebody wrote, each once."""
    found: dict[str, Row] = {}
    todo = [d]
    while todo:
        current = todo.pop()
        todo += current.premises
        source = current.origin.source if isinstance(current.origin, Rule) else None
        if isinstance(source, Edge):
            found |= {r.id: r for r in source.rows if r.predicate not in DERIVED}
    return tuple(found[k] for k in sorted(found))


def leaves(d: Derivation) -> tuple[Leaf, ...]:
    """List the evidence that a derivation stands on, each piece once."""
    found: dict[str, Leaf] = {}
    todo = [d]
    while todo:
        current = todo.pop()
        if isinstance(current.origin, Leaf):
            found[current.name] = current.origin
        todo += current.premises
    return tuple(found[k] for k in sorted(found))


def _structure(source: object) -> tuple[str, StepKind]:
    if isinstance(source, JointCoverage):
        return source.iri, StepKind.JOINT
    assert isinstance(source, Decomposition | AnyOf)
    return source.iri, StepKind.DECOMPOSITION


def _edge_detail(edge: Edge, given: Fact, gives: Fact, authority: Authority) -> dict[str, Scalar | tuple[str, ...]]:
    rows = edge.rows
    return {
        "rows": tuple(r.id for r in rows),
        "subject": edge.source,
        "object": edge.target,
        "mask": tuple(m.name or "" for m in edge.mask),
        "travel": edge.travel.value,
        "authority": None if all(r.predicate in DERIVED for r in rows) else authority.token,
        "authors": tuple(dict.fromkeys(r.author for r in rows)),
        "justifications": tuple(dict.fromkeys(r.justification for r in rows)),
        "confidences": tuple(str(r.confidence) if r.confidence is not None else "" for r in rows),
        "places": tuple(f"{r.place.document}:{r.place.pointer}" for r in rows),
        "reasons": tuple(r.reason for r in rows),
        "given": given.value,
        "fact": gives.value,
    }
