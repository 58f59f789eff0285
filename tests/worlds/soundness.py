"""What the engine claims of a tiny world, held against every model of what each claim stands on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tests.worlds.draw import Draw
from tests.worlds.limits import compared
from tests.worlds.referee import FACTS, RELATIONS, Models, Universe, universe
from tests.worlds.world import ON, World

from comity.algebra.edges import Edge
from comity.algebra.propagate import Derivation, Rule
from comity.judgement.chain import Lifted, derived_rows, quarantined
from comity.judgement.inference import Inference
from comity.model.criteria import AnyOf, Decomposition, JointCoverage
from comity.model.mappings import Relation, Row
from comity.model.proofs import Labels
from comity.model.scales import Assurance, Authority, Basis, Fact, Lift

FOR, AGAINST = (Fact.ALL, Fact.SOME), (Fact.NONE, Fact.NOT_ALL)
CARRIED = {Lift.INHERITS_DOWN: ("all",), Lift.AGGREGATES_UP: ("some", "not-all")}


@dataclass(frozen=True)
class Held:
    """How claims fared.

    :param wrong: claims that fail in a model of what they stand on, in words.
    :param counts: what was claimed and what was missed, by sort.
    """

    wrong: tuple[str, ...]
    counts: Counter[str]


@dataclass(frozen=True)
class Trial:
    """One world before the referee."""

    world: World

    @cached_property
    def criteria(self) -> Sequence[str]:
        """In the order in which the referee numbers them."""
        return tuple(self.world.knowledge.criteria)

    @cached_property
    def inference(self) -> Inference:
        """Everything that the engine derives of any criterion."""
        asked = self.world.question
        return Inference(asked.setting, asked.net, asked.evidence, frozenset(self.criteria), self.leaves)

    @property
    def leaves(self) -> tuple[Derivation, ...]:
        """What evidence states itself."""
        return self.world.question.evidence.leaves

    @cached_property
    def subjects(self) -> Sequence[str]:
        """Those that evidence speaks of, and those that lifts tie them to, in a stable order."""
        tied = {s for lift in self.inference.lifts for s in (lift.source, lift.target)}
        return sorted({d.atom[1].subject for d in self.leaves} | tied)

    @cached_property
    def universe(self) -> Universe:
        """All models; with lifts subjects share one, which is over three atoms to stay small."""
        together = len(self.subjects) if self.inference.lifts else 1
        return universe(len(self.criteria), 4 if together == 1 else 3, max(1, together))

    def judge(self) -> Held:
        """Hold every derivation against the models of its own premises, and count what is missed."""
        wrong = [text for d in self.derivations() for text in self._wrong(d)]
        counts = Counter(self._claimed(d) for d in self.derivations())
        counts.update(self._missed())
        return Held(tuple(wrong), counts)

    def derivations(self) -> Iterator[Derivation]:
        """List every derivation that the engine keeps, at whatever labels."""
        for found in (self.inference.against, self.inference.for_(self.world.market.authority)):
            for several in found.values():
                yield from several

    def _claimed(self, d: Derivation) -> str:
        """Name the sort of a claim; what no model has at all follows from itself and from everything else."""
        return "claims" if self._stood_on(Used.of(d)) else "claims on what no sets fit"

    def _stood_on(self, used: Used) -> Models:
        return self._hold(self._premises(used.rows, used.structures, used.lifts), used.leaves)

    def _wrong(self, d: Derivation) -> Iterator[str]:
        used = Used.of(d)
        premises = self._stood_on(used)
        fact, node = d.atom
        if not self.universe.follows(premises, self._fact(d)):
            yield f"{fact} of {node.criterion} does not follow from {d.name}"
        labels = self._labels(used)
        if replace(d.labels, opposition=-1) != labels:
            yield f"{fact} of {node.criterion}: {d.labels} should be {labels}"
        for row in used.rows:
            begun = row.valid_from is None or row.valid_from <= ON
            if row.lead or not begun or (row.valid_until is not None and row.valid_until < ON):
                yield f"{fact} of {node.criterion} leans on {row.id}, which says nothing today"

    def _premises(self, rows: Iterable[Row], structures: Iterable[object], lifts: Iterable[Lifted]) -> Models:
        found = self.universe.everything
        for row in rows:
            found &= self._row(row)
        for structure in structures:
            found &= self._structure(structure)
        for lift in lifts:
            for fact in CARRIED[lift.kind]:
                ends = (self._subject(lift.source), self._subject(lift.target))
                found &= self.universe.carried(fact, self._number(lift.criterion), *ends)
        return found

    def _row(self, row: Row) -> Models:
        known = {r.id: r for r in self.world.knowledge.rows}
        if row.predicate == "part":
            bases: Sequence[str] = ("EQ", "SUB")
        elif row.predicate == "derived":
            bases = compared(self.world.knowledge, row.subject, row.object)
        else:
            bases = [b for b in RELATIONS if known[row.id].mask & Relation[b]]
        return self.universe.related(self._number(row.subject), self._number(row.object), bases)

    def _structure(self, structure: object) -> Models:
        match structure:
            case Decomposition(whole=whole, parts=parts, complete=complete):
                numbers = [self._number(p) for p in parts]
                if complete:
                    return self.universe.whole(self._number(whole), numbers)
                found = self.universe.everything
                for number in numbers:
                    found &= self.universe.related(number, self._number(whole), ("EQ", "SUB"))
                return found
            case JointCoverage(members=members, covers=covered):
                return self.universe.covered(self._number(covered), [self._number(m) for m in members])
            case AnyOf(whole=whole, options=options):
                found = self.universe.everything
                for subject in range(self.universe.subjects):
                    found &= self.universe.any_of(self._number(whole), [self._number(o) for o in options], subject)
                return found
        raise TypeError(structure)

    def _hold(self, models: Models, leaves: Iterable[Derivation]) -> Models:
        for leaf in leaves:
            models &= self._fact(leaf)
        return models

    def _fact(self, d: Derivation) -> Models:
        fact, node = d.atom
        return self.universe.fact(fact.value, self._number(node.criterion), self._subject(node.subject))

    def _number(self, criterion: str) -> int:
        return self.criteria.index(criterion)

    def _subject(self, subject: str) -> int:
        return self.subjects.index(subject) if self.universe.subjects > 1 else 0

    def _labels(self, used: Used) -> Labels:
        """Work out labels from the parts alone: a proof is as good as its weakest part (semantics, section 4)."""
        known = self.world.knowledge
        own = [leaf.labels for leaf in used.leaves]
        passed = {c for c in used.criteria if known.criteria[c].basis is Basis.NOT_VERIFIED}
        bases = [r.basis for r in used.rows] + [_basis(s) for s in used.structures]
        authorities = [r.authority for r in used.rows]
        authorities += [s.authority for s in used.structures if isinstance(s, JointCoverage)]
        return Labels(
            rank=min((x.rank for x in own), default=max(Assurance)),
            authority=min(authorities, default=max(Authority)),
            roles=frozenset.intersection(*(x.roles for x in own)),
            valid=all(x.valid for x in own),
            dated=all(x.dated for x in own),
            disputed=any(r.disputed for r in used.rows),
            assumed=any(x.assumed for x in own) or any(self._outside(r, s) for r, s in used.scoped),
            unverified=any(x.unverified for x in own) or bool(passed) or Basis.NOT_VERIFIED in bases,
            admission=all(x.admission for x in own),
        )

    def _outside(self, row: Row, subject: str) -> bool:
        return not self.world.question.setting.within(subject, row.scope)

    def _missed(self) -> Counter[str]:
        """Count what holds in every model of all that is said, and whether the engine derives it."""
        known, counts = self.world.knowledge, Counter[str]()
        derived = tuple(derived_rows(known))
        rows, _ = quarantined(known, derived)
        sound = [r for r in rows if self._says(r)]
        structures = (*known.decompositions, *known.joints, *known.choices)
        frame = self._premises([*sound, *derived], structures, self.inference.lifts)
        if not frame:
            return Counter({"rows that no sets fit": 1})
        valid = [d for d in self.leaves if d.labels.valid]
        for subject in self._apart():
            own = [d for d in valid if d.atom[1].subject in subject]
            counts.update(self._missed_of(frame, own, subject))
        return counts

    def _missed_of(self, frame: Models, own: Sequence[Derivation], subjects: Sequence[str]) -> Iterator[str]:
        towards = self._hold(frame, [d for d in own if d.atom[0] in FOR])
        away = self._hold(frame, [d for d in own if d.atom[0] in AGAINST])
        both = towards & away
        if not both:
            yield "evidence that no met set fits"
        derived = {d.atom for d in self.derivations() if d.labels.valid and not d.labels.disputed}
        for subject in subjects:
            for criterion in self.criteria:
                for fact in FACTS:
                    conclusion = self.universe.fact(fact, self._number(criterion), self._subject(subject))
                    same = towards if Fact(fact) in FOR else away
                    alone = self.universe.follows(same, conclusion)
                    if alone or (both and self.universe.follows(both, conclusion)):
                        found = any(
                            a[0] == fact and a[1].criterion == criterion and a[1].subject == subject for a in derived
                        )
                        sides = "one side" if alone else "both sides"
                        yield f"{self.sort}: {sides} {'derived' if found else 'missed'}"

    @property
    def sort(self) -> str:
        """Name what the world's knowledge holds beside rows with a named mask."""
        known = self.world.knowledge
        if self.inference.lifts:
            return "lifts"
        if known.joints or known.choices or any(d.complete for d in known.decompositions):
            return "wholes, joint coverage, choices"
        return "negated rows" if any(r.negated and not r.lead for r in known.rows) else "rows"

    def _apart(self) -> Iterator[Sequence[str]]:
        """List subjects that can be looked at one by one, or all together where lifts tie them."""
        if self.universe.subjects > 1:
            yield self.subjects
        else:
            yield from ((s,) for s in self.subjects)

    def _says(self, row: Row) -> bool:
        begun = row.valid_from is None or row.valid_from <= ON
        return begun and (row.valid_until is None or row.valid_until >= ON) and not (row.lead or row.disputed)


@dataclass(frozen=True)
class Used:
    """What a derivation stands on.

    :param criteria: those that it comes to on its way.
    :param scoped: rows that their author limits, each with the subject that it was used for.
    """

    rows: tuple[Row, ...]
    structures: tuple[object, ...]
    lifts: tuple[Lifted, ...]
    leaves: tuple[Derivation, ...]
    criteria: frozenset[str]
    scoped: tuple[tuple[Row, str], ...]

    @classmethod
    def of(cls, d: Derivation) -> Used:
        """Walk through a derivation."""
        rows: dict[str, Row] = {}
        structures: list[object] = []
        lifts: list[Lifted] = []
        leaves: list[Derivation] = []
        criteria: set[str] = set()
        scoped: list[tuple[Row, str]] = []
        todo = [d]
        while todo:
            current = todo.pop()
            todo += current.premises
            criteria.add(current.atom[1].criterion)
            source = current.origin.source if isinstance(current.origin, Rule) else None
            if isinstance(source, Edge):
                rows |= {r.id: r for r in source.rows}
                scoped += [(r, current.atom[1].subject) for r in source.rows if r.scope]
            elif isinstance(source, Lifted):
                lifts.append(source)
            elif source is not None:
                structures.append(source)
            elif not current.premises:
                leaves.append(current)
        return cls(
            tuple(rows.values()), tuple(structures), tuple(lifts), tuple(leaves), frozenset(criteria), tuple(scoped)
        )


def stirred(trial: Trial, seed: int) -> Trial:
    """Let evidence state any of the four facts, as no document can yet: rules for each must hold as well."""
    draw = Draw(seed)
    leaves = tuple(replace(d, atom=(draw.choice(list(Fact)), d.atom[1])) for d in trial.leaves)
    return Stirred(trial.world, leaves)


@dataclass(frozen=True)
class Stirred(Trial):
    """A world whose evidence states other facts."""

    stated: tuple[Derivation, ...] = ()

    @property
    def leaves(self) -> tuple[Derivation, ...]:
        """What is stated instead."""
        return self.stated


def summed(held: Iterable[Held]) -> Mapping[str, int]:
    """Add up the counts of many worlds."""
    total = Counter[str]()
    for one in held:
        total.update(one.counts)
    return total


def _basis(structure: object) -> Basis | None:
    assert isinstance(structure, Decomposition | JointCoverage | AnyOf)
    return structure.basis
